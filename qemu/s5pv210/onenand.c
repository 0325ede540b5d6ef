/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/onenand.c - the OneNAND window with an erased chip in it: it
 * answers resets, IDs and status, loads pages of all ones, and fails to
 * program.
 */
#include "qemu/osdep.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qemu/bswap.h"
#include "qemu/module.h"
#include "s5pv210.h"
#include "words.h"

OBJECT_DECLARE_SIMPLE_TYPE(S5PV210OnenandState, S5PV210_ONENAND)

#define SIZE 0x20000
#define BUFFER_SIZE 0x1400      /* 1 KiB boot buffer, 4 KiB data buffer */
#define DATA_BUFFER 0x400
#define SPARE 0x10000
#define SPARE_SIZE 0xa0
#define REGISTERS 0x1e000

/* Registers are 16 bits wide. */
enum {
    MANUFACTURER = 0x1e000,
    CHIP = 0x1e002,
    VERSION = 0x1e004,
    DATA_SIZE = 0x1e006,
    BOOT_SIZE = 0x1e008,
    BUFFERS = 0x1e00a,
    TECHNOLOGY = 0x1e00c,
    COMMAND = 0x1e440,
    STATUS = 0x1e480,
    INTERRUPT = 0x1e482,
    WP_STATUS = 0x1e49c,
};

#define STATUS_ERROR 0x0400
#define INT_MASTER 0x8000
#define INT_READ 0x0080
#define INT_WRITE 0x0040
#define INT_ERASE 0x0020
#define INT_RESET 0x0010
#define WP_UNLOCKED 0x0004

struct S5PV210OnenandState {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    uint8_t buffer[BUFFER_SIZE];
    uint8_t spare[SPARE_SIZE];
    uint16_t reg[(SIZE - REGISTERS) / 2];
    bool id_mode;               /* the boot buffer shows the IDs */
};

static uint16_t *reg_of(S5PV210OnenandState *s, hwaddr offset)
{
    return &s->reg[(offset - REGISTERS) / 2];
}

static void finish(S5PV210OnenandState *s, uint16_t what, uint16_t status)
{
    *reg_of(s, STATUS) = status;
    *reg_of(s, INTERRUPT) |= INT_MASTER | what;
}

static void do_command(S5PV210OnenandState *s, uint16_t command)
{
    switch (command) {
    case 0x00:                  /* load a page */
    case 0x13:                  /* load the spare area */
        memset(s->buffer + DATA_BUFFER, 0xff, BUFFER_SIZE - DATA_BUFFER);
        memset(s->spare, 0xff, SPARE_SIZE);
        finish(s, INT_READ, 0);
        break;
    case 0x80:                  /* program */
    case 0x1a:
        finish(s, INT_WRITE, STATUS_ERROR);
        break;
    case 0x94:
        finish(s, INT_ERASE, 0);
        break;
    case 0xf0:
    case 0xf3:
        finish(s, INT_RESET, 0);
        break;
    default:                    /* lock, unlock, and the like */
        finish(s, 0, 0);
        break;
    }
}

/* A store to the boot buffer is a command of its own. */
static void boot_command(S5PV210OnenandState *s, uint16_t command)
{
    s->id_mode = command == 0x90;
    if (command == 0xf0) {
        finish(s, INT_RESET, 0);
    }
}

static uint8_t *memory_at(S5PV210OnenandState *s, hwaddr offset)
{
    if (offset < BUFFER_SIZE) {
        return s->buffer + offset;
    }
    if (offset >= SPARE && offset < SPARE + SPARE_SIZE) {
        return s->spare + offset - SPARE;
    }
    return NULL;
}

static uint16_t read_half(S5PV210OnenandState *s, hwaddr offset)
{
    uint8_t *memory = memory_at(s, offset);

    if (s->id_mode && offset < 4) {
        return *reg_of(s, offset ? CHIP : MANUFACTURER);
    }
    if (memory) {
        return lduw_le_p(memory);
    }
    return offset >= REGISTERS ? *reg_of(s, offset) : 0xffff;
}

static void write_register(S5PV210OnenandState *s, hwaddr offset,
                           uint16_t value)
{
    switch (offset) {
    case MANUFACTURER ... TECHNOLOGY:
    case STATUS:
    case WP_STATUS:
        break;
    case INTERRUPT:             /* zeros clear */
        *reg_of(s, offset) &= value;
        break;
    case COMMAND:
        *reg_of(s, offset) = value;
        do_command(s, value);
        break;
    default:
        *reg_of(s, offset) = value;
        break;
    }
}

static uint64_t onenand_read(void *opaque, hwaddr offset, unsigned size)
{
    uint16_t half = read_half(opaque, offset & ~1);

    return extract32(half, (offset & 1) * 8, size * 8);
}

static void onenand_write(void *opaque, hwaddr offset, uint64_t value,
                          unsigned size)
{
    S5PV210OnenandState *s = opaque;
    hwaddr at = offset & ~1;
    uint16_t half = deposit32(read_half(s, at), (offset & 1) * 8, size * 8,
                              value);

    if (at >= REGISTERS) {
        write_register(s, at, half);
    } else if (at < DATA_BUFFER) {
        boot_command(s, half);
    } else if (memory_at(s, at)) {
        stw_le_p(memory_at(s, at), half);
    }
}

static const MemoryRegionOps onenand_ops = {
    .read = onenand_read,
    .write = onenand_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .valid.min_access_size = 1,
    .valid.max_access_size = 8,
    .impl.min_access_size = 1,
    .impl.max_access_size = 2,
};

static void onenand_reset_hold(Object *obj, ResetType type)
{
    S5PV210OnenandState *s = S5PV210_ONENAND(obj);

    memset(s->buffer, 0xff, sizeof(s->buffer));
    memset(s->spare, 0xff, sizeof(s->spare));
    memset(s->reg, 0, sizeof(s->reg));
    s->id_mode = false;
    *reg_of(s, MANUFACTURER) = 0x00ec;
    *reg_of(s, CHIP) = 0x0050;
    *reg_of(s, VERSION) = 0x0131;
    *reg_of(s, DATA_SIZE) = 0x0800;
    *reg_of(s, BOOT_SIZE) = 0x0200;
    *reg_of(s, BUFFERS) = 0x0201;
    *reg_of(s, INTERRUPT) = INT_MASTER | INT_READ;
    *reg_of(s, WP_STATUS) = WP_UNLOCKED;
}

static void onenand_init(Object *obj)
{
    S5PV210OnenandState *s = S5PV210_ONENAND(obj);

    memory_region_init_io(&s->iomem, obj, &onenand_ops, s, "s5pv210.onenand",
                          SIZE);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
}

static const VMStateDescription onenand_vmstate = {
    .name = TYPE_S5PV210_ONENAND,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT8_ARRAY(buffer, S5PV210OnenandState, BUFFER_SIZE),
        VMSTATE_UINT8_ARRAY(spare, S5PV210OnenandState, SPARE_SIZE),
        VMSTATE_UINT16_ARRAY(reg, S5PV210OnenandState,
                             (SIZE - REGISTERS) / 2),
        VMSTATE_BOOL(id_mode, S5PV210OnenandState),
        VMSTATE_END_OF_LIST()
    }
};

static void onenand_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    ResettableClass *rc = RESETTABLE_CLASS(klass);

    dc->vmsd = &onenand_vmstate;
    dc->user_creatable = false;
    rc->phases.hold = onenand_reset_hold;
}

static const TypeInfo onenand_info = {
    .name = TYPE_S5PV210_ONENAND,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S5PV210OnenandState),
    .instance_init = onenand_init,
    .class_init = onenand_class_init,
};

static void onenand_register(void)
{
    type_register_static(&onenand_info);
}

type_init(onenand_register)
