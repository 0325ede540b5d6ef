/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/nand.c - NFCON, the NAND controller, with the chip at its
 * first chip select (nand-chip.c).
 *
 *   property "drive": the image of the chip's cells; without, it is erased
 *   sysbus irq 0: ready again
 */
#include "qemu/osdep.h"
#include "hw/irq.h"
#include "hw/qdev-properties.h"
#include "hw/qdev-properties-system.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qemu/module.h"
#include "nand-chip.h"
#include "s5pv210.h"
#include "store.h"

OBJECT_DECLARE_SIMPLE_TYPE(S5PV210NandState, S5PV210_NFCON)

#define SIZE 0x1000
#define WORDS 0x11

enum {
    NFCONT = 0x04,
    NFCMMD = 0x08,
    NFADDR = 0x0c,
    NFDATA = 0x10,
    NFSTAT = 0x28,
};

#define NFCONT_NCE0 0x002       /* 1: the chip is not selected */
#define NFCONT_READY_IRQ 0x200

#define NFSTAT_READY 0x01
#define NFSTAT_READY_EDGE 0x10  /* write 1 to clear */

static const S5PV210Row rows_table[] = {
    { 0x00, 0x24, 0, 0xffffffff },
    { NFSTAT, NFSTAT, NFSTAT_READY | NFSTAT_READY_EDGE, 0xffffffff },
    { 0x2c, 0x40, 0, 0 },
};
static const S5PV210Rows rows = S5PV210_ROWS("nfcon", rows_table);

struct S5PV210NandState {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    S5PV210Unknown unknown;
    qemu_irq irq;
    uint32_t value[WORDS];
    S5PV210NandChip chip;
};

static bool selected(const S5PV210NandState *s)
{
    return !(s->value[NFCONT / 4] & NFCONT_NCE0);
}

static void nand_update_irq(S5PV210NandState *s)
{
    qemu_set_irq(s->irq, s->value[NFCONT / 4] & NFCONT_READY_IRQ &&
                 s->value[NFSTAT / 4] & NFSTAT_READY_EDGE);
}

static uint64_t nand_read(void *opaque, hwaddr offset, unsigned size)
{
    S5PV210NandState *s = opaque;
    uint64_t value = 0;

    if ((offset & ~3) == NFDATA) {
        for (unsigned i = 0; i < size; i++) {
            value |= (uint64_t)(selected(s) ? nand_chip_read(&s->chip) : 0xff)
                     << 8 * i;
        }
        return value;
    }
    value = s5pv210_rows_read(&rows, s->value, &s->unknown, offset & ~3);
    return extract64(value, (offset & 3) * 8, size * 8);
}

/* What the chip does takes no time, but that it was busy can be seen. */
static void command(S5PV210NandState *s, uint8_t value)
{
    nand_chip_command(&s->chip, value);
    s->value[NFSTAT / 4] |= NFSTAT_READY_EDGE;
}

static void to_chip(S5PV210NandState *s, hwaddr offset, uint64_t value,
                    unsigned size)
{
    switch (offset) {
    case NFCMMD:
        command(s, value);
        break;
    case NFADDR:
        nand_chip_address(&s->chip, value);
        break;
    case NFDATA ... NFDATA + 3:
        for (unsigned i = 0; i < size; i++) {
            nand_chip_write(&s->chip, value >> 8 * i);
        }
        break;
    }
}

static void nand_write(void *opaque, hwaddr offset, uint64_t value,
                       unsigned size)
{
    S5PV210NandState *s = opaque;
    hwaddr word = offset & ~3;

    if (word == NFSTAT) {
        if (offset == NFSTAT) {
            s->value[NFSTAT / 4] &= ~(value & NFSTAT_READY_EDGE);
        }
    } else if (word != NFDATA) {
        s5pv210_rows_write(&rows, s->value, &s->unknown, word,
                           value << (offset & 3) * 8,
                           s5pv210_lanes(offset, size));
    }
    if (selected(s)) {
        to_chip(s, offset, value, size);
    }
    nand_update_irq(s);
}

static const MemoryRegionOps nand_ops = {
    .read = nand_read,
    .write = nand_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .valid.min_access_size = 1,
    .valid.max_access_size = 8,
    .impl.min_access_size = 1,
    .impl.max_access_size = 4,
};

static void nand_reset_hold(Object *obj, ResetType type)
{
    S5PV210NandState *s = S5PV210_NFCON(obj);

    s5pv210_rows_reset(&rows, s->value);
    nand_chip_reset(&s->chip);
}

static void nand_reset_exit(Object *obj, ResetType type)
{
    nand_update_irq(S5PV210_NFCON(obj));
}

static void nand_init(Object *obj)
{
    S5PV210NandState *s = S5PV210_NFCON(obj);

    s->unknown.block = "nfcon";
    memory_region_init_io(&s->iomem, obj, &nand_ops, s, "s5pv210.nfcon", SIZE);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
    sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->irq);
}

static void nand_realize(DeviceState *dev, Error **errp)
{
    nand_chip_start(&S5PV210_NFCON(dev)->chip, OBJECT(dev), errp);
}

static const Property nand_properties[] = {
    DEFINE_PROP_DRIVE("drive", S5PV210NandState, chip.image),
};

static const VMStateDescription nand_vmstate = {
    .name = TYPE_S5PV210_NFCON,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT32_ARRAY(value, S5PV210NandState, WORDS),
        VMSTATE_STRUCT(chip, S5PV210NandState, 1, vmstate_s5pv210_nand_chip,
                       S5PV210NandChip),
        VMSTATE_END_OF_LIST()
    }
};

static void nand_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    ResettableClass *rc = RESETTABLE_CLASS(klass);

    dc->realize = nand_realize;
    dc->vmsd = &nand_vmstate;
    dc->user_creatable = false;
    device_class_set_props(dc, nand_properties);
    rc->phases.hold = nand_reset_hold;
    rc->phases.exit = nand_reset_exit;
}

static const TypeInfo nand_info = {
    .name = TYPE_S5PV210_NFCON,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S5PV210NandState),
    .instance_init = nand_init,
    .class_init = nand_class_init,
};

static void nand_register(void)
{
    type_register_static(&nand_info);
}

type_init(nand_register)
