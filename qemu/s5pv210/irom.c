/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/irom.c - the boot ROM: its memory with irom-code.c's program
 * in it, and what that program has to say to the person who boots.
 *
 * Stores to a ROM have no effect, so the last words of the window serve for
 * that (irom.h).
 */
#include "qemu/osdep.h"
#include "hw/qdev-properties.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qapi/error.h"
#include "qemu/bswap.h"
#include "qemu/error-report.h"
#include "qemu/log.h"
#include "qemu/module.h"
#include "irom.h"
#include "hw/arm/s5pv210/irom-image.h"
#include "s5pv210.h"
#include "target/arm/arm-powerctl.h"
#include "target/arm/cpu.h"
#include "trace.h"

OBJECT_DECLARE_SIMPLE_TYPE(S5PV210IromState, S5PV210_IROM)

#define ARGS 3

struct S5PV210IromState {
    SysBusDevice parent_obj;

    MemoryRegion rom;
    uint32_t arg[ARGS];
};

static const char *vector_name(uint32_t offset)
{
    static const char *const name[] = {
        "reset", "undefined instruction", "SWI", "prefetch abort",
        "data abort", "unused vector", "IRQ", "FIQ",
    };

    return name[offset / 4 % ARRAY_SIZE(name)];
}

static const char *medium_name(uint32_t medium)
{
    switch (medium) {
    case 0:
        return "SD channel 0";
    case IROM_NAND:
        return "NAND";
    default:
        return "SD channel 2";
    }
}

static void say_blank(uint32_t medium)
{
    if (medium == IROM_NAND) {
        warn_report("boot ROM: NAND: no BL1: its first 8 pages are erased "
                    "(-drive if=mtd,format=raw,file=... gives the chip its "
                    "contents)");
        return;
    }
    warn_report("boot ROM: %s: no BL1: sectors 1 to 32 are zero",
                medium_name(medium));
}

static void say_checksum(const uint32_t *arg)
{
    uint32_t size = arg[2];

    warn_report("boot ROM: %s: BL1 refused: its bytes 16 to 16383 "
                "add up to 0x%06x, its header (+8) says 0x%08x%s",
                medium_name(arg[0] & 0xff), arg[0] >> 8, arg[1],
                size > BL1_SIZE && size < 64 * MiB ?
                "; the size in the header (+0) is more than 16384" : "");
}

static void say_of_media(uint32_t event, const uint32_t *arg)
{
    switch (event) {
    case IROM_OM_OTHER:
        warn_report("boot ROM: the OM pins (0x%02x) name a medium that this "
                    "machine has not; trying SD channel 2 (-M om=0x0c: SD "
                    "channel 0; om=0x02: NAND)", arg[0]);
        break;
    case IROM_NO_CARD:
        warn_report("boot ROM: SD channel %u: no card (-drive if=sd,index=%u,"
                    "format=raw,file=... puts one there)", arg[0],
                    arg[0] ? 1 : 0);
        break;
    case IROM_CARD_FAILED:
        warn_report("boot ROM: SD channel %u: the card refuses CMD%u, or does "
                    "not answer it (argument 0x%08x)", arg[0], arg[1], arg[2]);
        break;
    case IROM_BLANK:
        say_blank(arg[0]);
        break;
    case IROM_CHECKSUM:
        say_checksum(arg);
        break;
    case IROM_UART:
        warn_report("boot ROM: waiting for a program on UART2");
        break;
    case IROM_UART_SIZE:
        warn_report("boot ROM: UART2: a program of %u bytes does not fit into "
                    "the internal RAM", arg[0]);
        break;
    case IROM_USB:
        error_report("boot ROM: nothing to boot; the chip would wait for USB "
                     "now, which is not modelled: stopped. -kernel FILE loads "
                     "a program as the USB loader does");
        break;
    default:
        break;
    }
}

/* A program that does not look at the answer runs on in empty memory. */
static void say_copy(const uint32_t *arg)
{
    static const uint8_t index[] = { 0, 3, 1, 2 };

    if (arg[2]) {
        warn_report_once("boot ROM: a program's copy from SD channel %u, "
                         "sector %u, failed: the card refuses CMD%u", arg[0],
                         arg[1], arg[2] - 1);
    } else {
        warn_report_once("boot ROM: a program's copy from SD channel %u "
                         "failed: no card (-drive if=sd,index=%u,format=raw,"
                         "file=... puts one there)", arg[0],
                         index[arg[0] % ARRAY_SIZE(index)]);
    }
}

static void say_of_program(uint32_t event, const uint32_t *arg)
{
    switch (event) {
    case IROM_EXCEPTION:
        error_report("boot ROM: %s (lr 0x%08x), and no handler at 0x%08x: "
                     "stopped", vector_name(arg[0]), arg[1],
                     0xd0037400 + arg[0]);
        break;
    case IROM_RETURNED:
        error_report("boot ROM: the program has returned: stopped");
        break;
    case IROM_COPY_MISSING:
        warn_report_once("boot ROM: the function at 0x%08x reads a medium that "
                    "this machine has not: it says failed", arg[0]);
        break;
    case IROM_COPY_FAILED:
        say_copy(arg);
        break;
    default:
        break;
    }
}

/*
 * The boot ROM waits for ever now, by WFI.  An interrupt that is pending and
 * masked would end that at once, each time, and keep a core of the host busy.
 */
static void rest(void)
{
    ARMCPU *cpu = current_cpu ? ARM_CPU(current_cpu) : NULL;
    uint64_t masked = PSTATE_I | PSTATE_F;

    if (cpu && (cpu->env.daif & masked) == masked) {
        arm_set_cpu_off(arm_cpu_mp_affinity(cpu));
    }
}

static void irom_event(S5PV210IromState *s, uint32_t event)
{
    trace_s5pv210_irom(event, s->arg[0], s->arg[1], s->arg[2]);
    say_of_media(event, s->arg);
    say_of_program(event, s->arg);
    if (event == IROM_USB || event == IROM_EXCEPTION ||
        event == IROM_RETURNED) {
        rest();
    }
}

static uint64_t irom_read(void *opaque, hwaddr offset, unsigned size)
{
    return 0;                   /* never: reads go to the ROM's contents */
}

static void irom_write(void *opaque, hwaddr offset, uint64_t value,
                       unsigned size)
{
    S5PV210IromState *s = opaque;

    if (offset == IROM_EVENT && (value & ~IROM_EVENT_MASK) == IROM_EVENT_KEY) {
        irom_event(s, value & IROM_EVENT_MASK);
        return;
    }
    if (offset >= IROM_ARG0 && offset < IROM_EVENT && offset % 4 == 0) {
        s->arg[(offset - IROM_ARG0) / 4] = value;
        return;
    }
    qemu_log_mask(LOG_GUEST_ERROR, "irom: write to +0x%04x dropped\n",
                  (unsigned)offset);
}

static const MemoryRegionOps irom_ops = {
    .read = irom_read,
    .write = irom_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .valid.min_access_size = 1,
    .valid.max_access_size = 8,
};

void s5pv210_irom_set_entry(DeviceState *irom, uint32_t entry)
{
    uint8_t *rom = memory_region_get_ram_ptr(&S5PV210_IROM(irom)->rom);

    stl_le_p(rom + IROM_ENTRY, entry);
}

static void irom_realize(DeviceState *dev, Error **errp)
{
    S5PV210IromState *s = S5PV210_IROM(dev);

    QEMU_BUILD_BUG_ON(sizeof(irom_image) == 0 ||
                      sizeof(irom_image) > IROM_ENTRY);
    /* QEMU reads a ROM device as wide as asked, also across its end. */
    if (!memory_region_init_rom_device(&s->rom, OBJECT(s), &irom_ops, s,
                                       "irom", S5PV210_IROM_SIZE + 4 * KiB,
                                       errp)) {
        return;
    }
    memory_region_set_size(&s->rom, S5PV210_IROM_SIZE);
    memcpy(memory_region_get_ram_ptr(&s->rom), irom_image,
           sizeof(irom_image));
    sysbus_init_mmio(SYS_BUS_DEVICE(dev), &s->rom);
}

static void irom_reset_hold(Object *obj, ResetType type)
{
    S5PV210IromState *s = S5PV210_IROM(obj);

    memset(s->arg, 0, sizeof(s->arg));
}

static const VMStateDescription irom_vmstate = {
    .name = TYPE_S5PV210_IROM,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT32_ARRAY(arg, S5PV210IromState, ARGS),
        VMSTATE_END_OF_LIST()
    }
};

static void irom_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    ResettableClass *rc = RESETTABLE_CLASS(klass);

    dc->realize = irom_realize;
    dc->vmsd = &irom_vmstate;
    dc->user_creatable = false;
    rc->phases.hold = irom_reset_hold;
}

static const TypeInfo irom_info = {
    .name = TYPE_S5PV210_IROM,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S5PV210IromState),
    .class_init = irom_class_init,
};

static void irom_register(void)
{
    type_register_static(&irom_info);
}

type_init(irom_register)
