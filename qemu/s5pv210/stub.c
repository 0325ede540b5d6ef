/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/stub.c - a block that is there and not modelled: every word
 * touched is reported once, with the block's name and the offset.
 */
#include "qemu/osdep.h"
#include "hw/qdev-properties.h"
#include "qapi/error.h"
#include "qemu/error-report.h"
#include "qemu/log.h"
#include "qemu/module.h"
#include "stub.h"
#include "words.h"

OBJECT_DECLARE_SIMPLE_TYPE(S5PV210StubState, S5PV210_STUB)

struct S5PV210StubState {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    S5PV210Unknown unknown;
    char *name;
    uint64_t size;
    uint32_t fill;
};

void s5pv210_unknown(S5PV210Unknown *u, uint32_t offset, bool is_write,
                     uint32_t value)
{
    g_autofree char *what = NULL;

    if (!u->seen) {
        u->seen = g_hash_table_new(NULL, NULL);
    }
    /* offsets are multiples of 4: one bit tells reads and writes apart */
    if (!g_hash_table_add(u->seen, GUINT_TO_POINTER(offset | is_write))) {
        return;
    }
    if (is_write) {
        what = g_strdup_printf("write of 0x%08x dropped", value);
    } else {
        what = g_strdup("read");
    }
    if (qemu_loglevel_mask(LOG_UNIMP)) {
        qemu_log("%s: +0x%03x is not modelled: %s\n", u->block, offset, what);
    } else {
        warn_report("%s: +0x%03x is not modelled: %s (said once)",
                    u->block, offset, what);
    }
}

static uint32_t stub_read(S5PV210StubState *s, uint32_t offset)
{
    s5pv210_unknown(&s->unknown, offset, false, 0);
    return s->fill;
}

static void stub_write(S5PV210StubState *s, uint32_t offset, uint32_t value,
                       uint32_t lanes)
{
    s5pv210_unknown(&s->unknown, offset, true, value);
}

S5PV210_WORD_OPS(stub, S5PV210StubState);

static void stub_realize(DeviceState *dev, Error **errp)
{
    S5PV210StubState *s = S5PV210_STUB(dev);

    if (!s->name || !s->size) {
        error_setg(errp, "%s: give name and size", TYPE_S5PV210_STUB);
        return;
    }
    s->unknown.block = s->name;
    memory_region_init_io(&s->iomem, OBJECT(s), &stub_ops, s, s->name,
                          s->size);
    sysbus_init_mmio(SYS_BUS_DEVICE(s), &s->iomem);
}

static const Property stub_properties[] = {
    DEFINE_PROP_STRING("name", S5PV210StubState, name),
    DEFINE_PROP_UINT64("size", S5PV210StubState, size, 0),
    DEFINE_PROP_UINT32("fill", S5PV210StubState, fill, 0),
};

static void stub_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);

    dc->realize = stub_realize;
    dc->user_creatable = false;
    device_class_set_props(dc, stub_properties);
}

DeviceState *s5pv210_stub_create(Object *parent, const char *name, hwaddr base,
                                 uint64_t size, uint32_t fill)
{
    DeviceState *dev = qdev_new(TYPE_S5PV210_STUB);

    object_property_add_child(parent, name, OBJECT(dev));
    qdev_prop_set_string(dev, "name", name);
    qdev_prop_set_uint64(dev, "size", size);
    qdev_prop_set_uint32(dev, "fill", fill);
    sysbus_realize_and_unref(SYS_BUS_DEVICE(dev), &error_fatal);
    sysbus_mmio_map_overlap(SYS_BUS_DEVICE(dev), 0, base, -1);
    return dev;
}

static const TypeInfo stub_info = {
    .name = TYPE_S5PV210_STUB,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S5PV210StubState),
    .class_init = stub_class_init,
};

static void stub_register(void)
{
    type_register_static(&stub_info);
}

type_init(stub_register)
