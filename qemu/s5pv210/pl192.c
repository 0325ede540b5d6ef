/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/pl192.c - ARM PrimeCell vectored interrupt controller
 * (PL192), with its sixteen priorities, vectored addresses and daisy chain.
 *
 * Registers and reset values: ARM DDI 0273, chapter 3.
 */
#include "qemu/osdep.h"
#include "hw/irq.h"
#include "hw/qdev-properties.h"
#include "migration/vmstate.h"
#include "qemu/log.h"
#include "qemu/module.h"
#include "pl192.h"
#include "trace.h"
#include "words.h"

OBJECT_DECLARE_SIMPLE_TYPE(PL192State, PL192)

enum {
    IRQSTATUS = 0x000,
    FIQSTATUS = 0x004,
    RAWINTR = 0x008,
    INTSELECT = 0x00c,
    INTENABLE = 0x010,
    INTENCLEAR = 0x014,
    SOFTINT = 0x018,
    SOFTINTCLEAR = 0x01c,
    PROTECTION = 0x020,
    SWPRIORITYMASK = 0x024,
    PRIORITYDAISY = 0x028,
    VECTADDR = 0x100,
    VECTPRIORITY = 0x200,
    ADDRESS = 0xf00,
    PERIPHID = 0xfe0,
};

#define SOURCES 32
#define DAISY SOURCES           /* behind the last source of our own */
#define PRIORITIES 16
#define NO_SOURCE -1

static const uint8_t pl192_id[] = {
    0x92, 0x11, 0x04, 0x00, 0x0d, 0xf0, 0x05, 0xb1
};

struct PL192State {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    qemu_irq irq;
    qemu_irq fiq;
    PL192State *daisy;
    S5PV210Unknown unknown;
    const char *name;

    uint32_t lines;             /* levels of the sources */
    uint32_t soft;
    uint32_t select;
    uint32_t enable;
    uint32_t protection;
    uint32_t priority_mask;
    uint32_t in_service;        /* one bit for each priority */
    uint32_t address;           /* what VICADDRESS gave last */
    bool daisy_irq;
    bool daisy_fiq;
    uint32_t vector[SOURCES];
    uint32_t priority[SOURCES + 1];     /* [DAISY]: VICPRIORITYDAISY */
};

static uint32_t pl192_raw(const PL192State *s)
{
    return s->lines | s->soft;
}

static uint32_t pl192_irqstatus(const PL192State *s)
{
    return pl192_raw(s) & s->enable & ~s->select;
}

static uint32_t pl192_fiqstatus(const PL192State *s)
{
    return pl192_raw(s) & s->enable & s->select;
}

/* The most urgent source that may interrupt what is in service, or none. */
static int pl192_winner(const PL192State *s)
{
    uint32_t status = pl192_irqstatus(s);
    int limit = s->in_service ? ctz32(s->in_service) : PRIORITIES;
    int winner = NO_SOURCE;

    for (int i = 0; i <= DAISY; i++) {
        bool asks = i == DAISY ? s->daisy_irq : extract32(status, i, 1);
        int priority = s->priority[i];

        if (asks && priority < limit &&
            extract32(s->priority_mask, priority, 1)) {
            limit = priority;
            winner = i;
        }
    }
    return winner;
}

static void pl192_update(PL192State *s)
{
    qemu_set_irq(s->irq, pl192_winner(s) != NO_SOURCE);
    qemu_set_irq(s->fiq, pl192_fiqstatus(s) || s->daisy_fiq);
}

/* A read of VICADDRESS: the vector; its priority is in service from now on. */
static uint32_t pl192_acknowledge(PL192State *s)
{
    int winner = pl192_winner(s);

    if (winner == NO_SOURCE) {
        return s->address;
    }
    s->in_service |= 1u << s->priority[winner];
    if (winner == DAISY) {
        s->address = s->daisy ? pl192_acknowledge(s->daisy) : 0;
    } else {
        s->address = s->vector[winner];
    }
    trace_pl192_acknowledge(s->name, winner, s->address);
    pl192_update(s);
    return s->address;
}

uint32_t pl192_vector(DeviceState *vic)
{
    return pl192_acknowledge(PL192(vic));
}

/* A write of VICADDRESS: the most urgent priority in service has ended. */
static void pl192_end(PL192State *s)
{
    s->in_service &= s->in_service - 1;
    pl192_update(s);
}

static uint32_t pl192_read(PL192State *s, uint32_t offset)
{
    switch (offset) {
    case IRQSTATUS:
        return pl192_irqstatus(s);
    case FIQSTATUS:
        return pl192_fiqstatus(s);
    case RAWINTR:
        return pl192_raw(s);
    case INTSELECT:
        return s->select;
    case INTENABLE:
        return s->enable;
    case SOFTINT:
        return s->soft;
    case PROTECTION:
        return s->protection;
    case SWPRIORITYMASK:
        return s->priority_mask;
    case PRIORITYDAISY:
        return s->priority[DAISY];
    case INTENCLEAR:            /* write-only, read by some programs */
    case SOFTINTCLEAR:
        return 0;
    case ADDRESS:
        return pl192_acknowledge(s);
    case VECTADDR ... VECTADDR + 4 * SOURCES - 1:
        return s->vector[(offset - VECTADDR) / 4];
    case VECTPRIORITY ... VECTPRIORITY + 4 * SOURCES - 1:
        return s->priority[(offset - VECTPRIORITY) / 4];
    case PERIPHID ... PERIPHID + 4 * ARRAY_SIZE(pl192_id) - 1:
        return pl192_id[(offset - PERIPHID) / 4];
    default:
        s5pv210_unknown(&s->unknown, offset, false, 0);
        return 0;
    }
}

static void pl192_write(PL192State *s, uint32_t offset, uint32_t value,
                        uint32_t lanes)
{
    uint32_t *r;

    switch (offset) {
    case INTSELECT:
        s->select = s5pv210_merge(s->select, value, lanes, ~0);
        break;
    case INTENABLE:
        s->enable |= value;
        break;
    case INTENCLEAR:
        s->enable &= ~value;
        break;
    case SOFTINT:
        s->soft |= value;
        break;
    case SOFTINTCLEAR:
        s->soft &= ~value;
        break;
    case PROTECTION:
        s->protection = s5pv210_merge(s->protection, value, lanes, 1);
        break;
    case SWPRIORITYMASK:
        s->priority_mask = s5pv210_merge(s->priority_mask, value, lanes,
                                         0xffff);
        break;
    case PRIORITYDAISY:
        r = &s->priority[DAISY];
        *r = s5pv210_merge(*r, value, lanes, 0xf);
        break;
    case ADDRESS:
        pl192_end(s);
        return;
    case VECTADDR ... VECTADDR + 4 * SOURCES - 1:
        r = &s->vector[(offset - VECTADDR) / 4];
        *r = s5pv210_merge(*r, value, lanes, ~0);
        return;
    case VECTPRIORITY ... VECTPRIORITY + 4 * SOURCES - 1:
        r = &s->priority[(offset - VECTPRIORITY) / 4];
        *r = s5pv210_merge(*r, value, lanes, 0xf);
        break;
    case IRQSTATUS:             /* read-only */
    case FIQSTATUS:
    case RAWINTR:
    case PERIPHID ... PERIPHID + 4 * ARRAY_SIZE(pl192_id) - 1:
        qemu_log_mask(LOG_GUEST_ERROR, "%s: write to read-only +0x%03x\n",
                      s->name, offset);
        return;
    default:
        s5pv210_unknown(&s->unknown, offset, true, value);
        return;
    }
    pl192_update(s);
}

/* VICPROTECTION itself is always for privileged accesses only. */
static bool pl192_denies(const PL192State *s, hwaddr offset, MemTxAttrs attrs)
{
    return attrs.user && (s->protection || (offset & ~3) == PROTECTION);
}

static MemTxResult pl192_mmio_read(void *opaque, hwaddr offset, uint64_t *data,
                                   unsigned size, MemTxAttrs attrs)
{
    PL192State *s = opaque;

    if (pl192_denies(s, offset, attrs)) {
        return MEMTX_ERROR;
    }
    *data = extract32(pl192_read(s, offset & ~3), (offset & 3) * 8, size * 8);
    return MEMTX_OK;
}

static MemTxResult pl192_mmio_write(void *opaque, hwaddr offset,
                                    uint64_t value, unsigned size,
                                    MemTxAttrs attrs)
{
    PL192State *s = opaque;
    uint32_t lanes = s5pv210_lanes(offset, size);

    if (pl192_denies(s, offset, attrs)) {
        return MEMTX_ERROR;
    }
    pl192_write(s, offset & ~3, (uint32_t)(value << (offset & 3) * 8) & lanes,
                lanes);
    return MEMTX_OK;
}

static const MemoryRegionOps pl192_ops = {
    .read_with_attrs = pl192_mmio_read,
    .write_with_attrs = pl192_mmio_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .valid.min_access_size = 1,
    .valid.max_access_size = 8,
    .impl.min_access_size = 1,
    .impl.max_access_size = 4,
};

static void pl192_set_source(void *opaque, int n, int level)
{
    PL192State *s = opaque;

    s->lines = deposit32(s->lines, n, 1, !!level);
    pl192_update(s);
}

static void pl192_set_daisy_irq(void *opaque, int n, int level)
{
    PL192State *s = opaque;

    s->daisy_irq = level;
    pl192_update(s);
}

static void pl192_set_daisy_fiq(void *opaque, int n, int level)
{
    PL192State *s = opaque;

    s->daisy_fiq = level;
    pl192_update(s);
}

/* lines and the daisy inputs are wires: they are what drives them. */
static void pl192_reset_hold(Object *obj, ResetType type)
{
    PL192State *s = PL192(obj);

    s->soft = 0;
    s->select = 0;
    s->enable = 0;
    s->protection = 0;
    s->priority_mask = 0xffff;
    s->in_service = 0;
    s->address = 0;
    memset(s->vector, 0, sizeof(s->vector));
    for (int i = 0; i <= DAISY; i++) {
        s->priority[i] = PRIORITIES - 1;
    }
}

static void pl192_reset_exit(Object *obj, ResetType type)
{
    pl192_update(PL192(obj));
}

static void pl192_init(Object *obj)
{
    PL192State *s = PL192(obj);
    SysBusDevice *sbd = SYS_BUS_DEVICE(obj);

    memory_region_init_io(&s->iomem, obj, &pl192_ops, s, "pl192", 0x1000);
    sysbus_init_mmio(sbd, &s->iomem);
    sysbus_init_irq(sbd, &s->irq);
    sysbus_init_irq(sbd, &s->fiq);
    qdev_init_gpio_in(DEVICE(obj), pl192_set_source, SOURCES);
    qdev_init_gpio_in_named(DEVICE(obj), pl192_set_daisy_irq, "daisy-irq", 1);
    qdev_init_gpio_in_named(DEVICE(obj), pl192_set_daisy_fiq, "daisy-fiq", 1);
}

static void pl192_realize(DeviceState *dev, Error **errp)
{
    PL192State *s = PL192(dev);

    s->name = object_get_canonical_path_component(OBJECT(dev));
    s->unknown.block = s->name;
}

static const VMStateDescription pl192_vmstate = {
    .name = TYPE_PL192,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT32(lines, PL192State),
        VMSTATE_UINT32(soft, PL192State),
        VMSTATE_UINT32(select, PL192State),
        VMSTATE_UINT32(enable, PL192State),
        VMSTATE_UINT32(protection, PL192State),
        VMSTATE_UINT32(priority_mask, PL192State),
        VMSTATE_UINT32(in_service, PL192State),
        VMSTATE_UINT32(address, PL192State),
        VMSTATE_BOOL(daisy_irq, PL192State),
        VMSTATE_BOOL(daisy_fiq, PL192State),
        VMSTATE_UINT32_ARRAY(vector, PL192State, SOURCES),
        VMSTATE_UINT32_ARRAY(priority, PL192State, SOURCES + 1),
        VMSTATE_END_OF_LIST()
    }
};

static const Property pl192_properties[] = {
    DEFINE_PROP_LINK("daisy", PL192State, daisy, TYPE_PL192, PL192State *),
};

static void pl192_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    ResettableClass *rc = RESETTABLE_CLASS(klass);

    dc->realize = pl192_realize;
    dc->vmsd = &pl192_vmstate;
    rc->phases.hold = pl192_reset_hold;
    rc->phases.exit = pl192_reset_exit;
    device_class_set_props(dc, pl192_properties);
}

static const TypeInfo pl192_info = {
    .name = TYPE_PL192,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(PL192State),
    .instance_init = pl192_init,
    .class_init = pl192_class_init,
};

static void pl192_register(void)
{
    type_register_static(&pl192_info);
}

type_init(pl192_register)
