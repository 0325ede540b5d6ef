/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/chipid.c - which chip this is, and its OM pins.
 */
#include "qemu/osdep.h"
#include "hw/qdev-properties.h"
#include "qemu/module.h"
#include "s5pv210.h"
#include "store.h"

OBJECT_DECLARE_SIMPLE_TYPE(S5PV210ChipidState, S5PV210_CHIPID)

#define SIZE 0x1000
#define WORDS 4
#define OMR 0x04

static const S5PV210Row rows_table[] = {
    { 0x00, 0x00, 0x43110220, 0 }, { OMR, 0x0c, 0, 0 },
};
static const S5PV210Rows rows = S5PV210_ROWS("chipid", rows_table);

struct S5PV210ChipidState {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    S5PV210Unknown unknown;
    uint32_t value[WORDS];
    uint32_t om;
};

static uint32_t chipid_read(S5PV210ChipidState *s, uint32_t offset)
{
    return s5pv210_rows_read(&rows, s->value, &s->unknown, offset);
}

static void chipid_write(S5PV210ChipidState *s, uint32_t offset,
                         uint32_t value, uint32_t lanes)
{
    s5pv210_rows_write(&rows, s->value, &s->unknown, offset, value, lanes);
}

S5PV210_WORD_OPS(chipid, S5PV210ChipidState);

static void chipid_reset_hold(Object *obj, ResetType type)
{
    S5PV210ChipidState *s = S5PV210_CHIPID(obj);

    s5pv210_rows_reset(&rows, s->value);
    s->value[OMR / 4] = s->om;
}

static void chipid_init(Object *obj)
{
    S5PV210ChipidState *s = S5PV210_CHIPID(obj);

    s->unknown.block = "chipid";
    memory_region_init_io(&s->iomem, obj, &chipid_ops, s, "s5pv210.chipid",
                          SIZE);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
}

static const Property chipid_properties[] = {
    DEFINE_PROP_UINT32("om", S5PV210ChipidState, om, S5PV210_OM_SD0),
};

static void chipid_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    ResettableClass *rc = RESETTABLE_CLASS(klass);

    device_class_set_props(dc, chipid_properties);
    dc->user_creatable = false;
    rc->phases.hold = chipid_reset_hold;
}

static const TypeInfo chipid_info = {
    .name = TYPE_S5PV210_CHIPID,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S5PV210ChipidState),
    .instance_init = chipid_init,
    .class_init = chipid_class_init,
};

static void chipid_register(void)
{
    type_register_static(&chipid_info);
}

type_init(chipid_register)
