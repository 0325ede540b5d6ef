/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/nand.c - NFCON with an erased NAND chip behind it: it answers
 * resets, ID and status, reads all ones, and fails to program.
 */
#include "qemu/osdep.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qemu/module.h"
#include "s5pv210.h"
#include "store.h"

OBJECT_DECLARE_SIMPLE_TYPE(S5PV210NandState, S5PV210_NFCON)

#define SIZE 0x1000
#define WORDS 0x11

enum {
    NFCMMD = 0x08,
    NFADDR = 0x0c,
    NFDATA = 0x10,
    NFSTAT = 0x28,
};

#define NFSTAT_READY 0x01
#define NFSTAT_READY_EDGE 0x10  /* write 1 to clear */

/* The chip's status: ready, not protected; and whether it failed. */
#define CHIP_STATUS 0xe0
#define CHIP_FAILED 0x01

static const S5PV210Row rows_table[] = {
    { 0x00, 0x24, 0, 0xffffffff },
    { NFSTAT, NFSTAT, NFSTAT_READY | NFSTAT_READY_EDGE, 0xffffffff },
    { 0x2c, 0x40, 0, 0 },
};
static const S5PV210Rows rows = S5PV210_ROWS("nfcon", rows_table);

/* 512 MiB, pages of 2 KiB, blocks of 128 KiB */
static const uint8_t chip_id[] = { 0xec, 0xdc, 0x10, 0x95, 0x54 };

struct S5PV210NandState {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    S5PV210Unknown unknown;
    uint32_t value[WORDS];
    uint8_t command;
    uint8_t failed;
    uint32_t at;                /* next byte of the ID */
};

static uint8_t chip_byte(S5PV210NandState *s)
{
    switch (s->command) {
    case 0x70:
        return CHIP_STATUS | (s->failed ? CHIP_FAILED : 0);
    case 0x90:
        if (s->at < ARRAY_SIZE(chip_id)) {
            return chip_id[s->at++];
        }
        return 0;
    default:
        return 0xff;
    }
}

static void chip_command(S5PV210NandState *s, uint8_t command)
{
    if (command == 0xff || command == 0xd0) {
        s->failed = false;
    }
    if (command == 0x10 || command == 0x15) {
        s->failed = true;
    }
    s->command = command;
    s->at = ARRAY_SIZE(chip_id);
    s->value[NFSTAT / 4] |= NFSTAT_READY_EDGE;
}

/* The ID is at address 0; ONFI's, at 0x20, this chip has not. */
static void chip_address(S5PV210NandState *s, uint8_t address)
{
    if (s->command == 0x90 && address == 0) {
        s->at = 0;
    }
}

static uint64_t nand_read(void *opaque, hwaddr offset, unsigned size)
{
    S5PV210NandState *s = opaque;
    uint64_t value = 0;

    if ((offset & ~3) == NFDATA) {
        for (unsigned i = 0; i < size; i++) {
            value |= (uint64_t)chip_byte(s) << 8 * i;
        }
        return value;
    }
    value = s5pv210_rows_read(&rows, s->value, &s->unknown, offset & ~3);
    return extract64(value, (offset & 3) * 8, size * 8);
}

static void nand_write(void *opaque, hwaddr offset, uint64_t value,
                       unsigned size)
{
    S5PV210NandState *s = opaque;
    uint32_t lanes = s5pv210_lanes(offset, size);

    switch (offset) {
    case NFCMMD:
        chip_command(s, value);
        break;
    case NFADDR:
        chip_address(s, value);
        break;
    case NFSTAT:
        s->value[NFSTAT / 4] &= ~(value & NFSTAT_READY_EDGE);
        return;
    }
    if ((offset & ~3) != NFDATA && (offset & ~3) != NFSTAT) {
        s5pv210_rows_write(&rows, s->value, &s->unknown, offset & ~3,
                           value << (offset & 3) * 8, lanes);
    }
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
    s->command = 0;
    s->failed = false;
    s->at = ARRAY_SIZE(chip_id);
}

static void nand_init(Object *obj)
{
    S5PV210NandState *s = S5PV210_NFCON(obj);

    s->unknown.block = "nfcon";
    memory_region_init_io(&s->iomem, obj, &nand_ops, s, "s5pv210.nfcon", SIZE);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
}

static const VMStateDescription nand_vmstate = {
    .name = TYPE_S5PV210_NFCON,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT32_ARRAY(value, S5PV210NandState, WORDS),
        VMSTATE_UINT8(command, S5PV210NandState),
        VMSTATE_UINT8(failed, S5PV210NandState),
        VMSTATE_UINT32(at, S5PV210NandState),
        VMSTATE_END_OF_LIST()
    }
};

static void nand_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    ResettableClass *rc = RESETTABLE_CLASS(klass);

    dc->vmsd = &nand_vmstate;
    dc->user_creatable = false;
    rc->phases.hold = nand_reset_hold;
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
