/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/systimer.c - the system timer: a tick generator, and an
 * interrupt counter that counts the ticks.
 *
 * The tick has TICNTB + 1 input clocks, the interrupt ICNTB + 1 ticks.  The
 * fraction (TFCNTB) is stored and not counted.
 *
 * What is written crosses to the timer's own clock, and its status bit comes
 * after that: the first read of INT_CSTAT does not show it yet, as programs
 * that wait for it to be 0 rely on; an interrupt it causes comes at once.
 */
#include "qemu/osdep.h"
#include "hw/irq.h"
#include "hw/qdev-clock.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qemu/log.h"
#include "qemu/module.h"
#include "qemu/timer.h"
#include "counter.h"
#include "s5pv210.h"
#include "words.h"

OBJECT_DECLARE_SIMPLE_TYPE(S5PV210SystimerState, S5PV210_SYSTIMER)

enum {
    TCFG = 0x00,
    TCON = 0x04,
    TICNTB = 0x08,
    TICNTO = 0x0c,
    TFCNTB = 0x10,
    ICNTB = 0x18,
    ICNTO = 0x1c,
    INT_CSTAT = 0x20,
};

#define TCFG_TICK_SWRST (1u << 16)
#define TCON_TICK_START (1u << 0)
#define TCON_INT_START (1u << 3)
#define TCON_INT_LOAD (1u << 4)
#define TCON_INT_RELOAD (1u << 5)
#define CSTAT_ENABLE (1u << 0)
#define CSTAT_STATUS (0x1fu << 1)
#define CSTAT_ENABLES (0x1fu << 6)
#define ST_EXPIRED (1u << 1)
#define ST_TICNTB (1u << 2)
#define ST_TFCNTB (1u << 3)
#define ST_ICNTB (1u << 4)
#define ST_TCON (1u << 5)
#define ENABLE_SHIFT 5          /* from a status bit to its enable */

#define XTAL_HZ 24000000
#define RTC_HZ 32768

struct S5PV210SystimerState {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    S5PV210Unknown unknown;
    Clock *pclk;
    qemu_irq irq;
    QEMUTimer *event;

    uint32_t tcfg, tcon, ticntb, tfcntb, icntb, cstat;
    uint32_t crossing;          /* status bits on their way */
    S5PV210Counter tick;        /* TICNTO, in input clocks */
    S5PV210Counter count;       /* ICNTO, in ticks */
};

static void systimer_arrive(S5PV210SystimerState *s)
{
    s->cstat |= s->crossing;
    s->crossing = 0;
}

static void systimer_update_irq(S5PV210SystimerState *s)
{
    uint32_t enabled = (s->cstat & CSTAT_ENABLES) >> ENABLE_SHIFT;

    if (s->crossing & enabled) {
        systimer_arrive(s);
    }
    qemu_set_irq(s->irq, (s->cstat & CSTAT_ENABLE) &&
                 (s->cstat & enabled & CSTAT_STATUS));
}

static void systimer_catch_up(S5PV210SystimerState *s)
{
    uint64_t reload = s->tcon & TCON_INT_RELOAD ? (uint64_t)s->icntb + 1 : 0;

    s5pv210_counter_expired(&s->tick, (uint64_t)s->ticntb + 1);
    if (s5pv210_counter_expired(&s->count, reload)) {
        s->cstat |= ST_EXPIRED;
    }
    systimer_update_irq(s);
}

static void systimer_plan(S5PV210SystimerState *s)
{
    int64_t when = s5pv210_counter_when(&s->count, 0);

    if (when == INT64_MAX || (s->cstat & ST_EXPIRED)) {
        timer_del(s->event);
    } else {
        timer_mod(s->event, when);
    }
}

static void systimer_event(void *opaque)
{
    systimer_catch_up(opaque);
    systimer_plan(opaque);
}

static uint32_t systimer_hz(S5PV210SystimerState *s)
{
    switch (extract32(s->tcfg, 12, 2)) {
    case 1:
        return RTC_HZ;
    case 3:
        return clock_get_hz(s->pclk);
    default:
        return XTAL_HZ;
    }
}

static void run(S5PV210Counter *c, bool on)
{
    if (on) {
        s5pv210_counter_start(c);
    } else {
        s5pv210_counter_stop(c);
    }
}

static void systimer_apply(S5PV210SystimerState *s)
{
    bool ticking = s->tcon & TCON_TICK_START;
    uint64_t divisor = (1 + extract32(s->tcfg, 0, 8)) *
                       (1ull << MIN(extract32(s->tcfg, 8, 3), 4));
    uint32_t hz = systimer_hz(s);

    s5pv210_counter_set_rate(&s->tick, hz, divisor);
    s5pv210_counter_set_rate(&s->count, hz,
                             divisor * ((uint64_t)s->ticntb + 1));
    run(&s->tick, ticking);
    /* one that has run out (one shot) waits for its next load */
    run(&s->count, ticking && (s->tcon & TCON_INT_START) &&
        s5pv210_counter_get(&s->count));
    systimer_plan(s);
    systimer_update_irq(s);
}

static void systimer_clock(void *opaque, ClockEvent event)
{
    if (event == ClockPreUpdate) {
        systimer_catch_up(opaque);
    } else {
        systimer_apply(opaque);
    }
}

static uint32_t systimer_read(S5PV210SystimerState *s, uint32_t offset)
{
    uint32_t v;

    systimer_catch_up(s);
    systimer_plan(s);
    switch (offset) {
    case TCFG:
        return s->tcfg;
    case TCON:
        return s->tcon;
    case TICNTB:
        return s->ticntb;
    case TICNTO:
        return s5pv210_counter_get(&s->tick);
    case TFCNTB:
        return s->tfcntb;
    case ICNTB:
        return s->icntb;
    case ICNTO:
        return s5pv210_counter_get(&s->count);
    case INT_CSTAT:
        v = s->cstat;
        systimer_arrive(s);
        return v;
    default:
        s5pv210_unknown(&s->unknown, offset, false, 0);
        return 0;
    }
}

static void systimer_write_tcon(S5PV210SystimerState *s, uint32_t value,
                                uint32_t lanes)
{
    uint32_t started;

    value = s5pv210_merge(s->tcon, value, lanes, 0x7f);
    started = value & ~s->tcon;
    if (started & TCON_TICK_START) {
        s5pv210_counter_set(&s->tick, (uint64_t)s->ticntb + 1);
    }
    if ((value & TCON_INT_LOAD) || (started & TCON_INT_START)) {
        s5pv210_counter_set(&s->count, (uint64_t)s->icntb + 1);
    }
    s->tcon = value;
}

static void systimer_write(S5PV210SystimerState *s, uint32_t offset,
                           uint32_t value, uint32_t lanes)
{
    systimer_catch_up(s);
    switch (offset) {
    case TCFG:
        s->tcfg = s5pv210_merge(s->tcfg, value, lanes, 0x1ffff);
        if (s->tcfg & TCFG_TICK_SWRST) {
            s5pv210_counter_set(&s->tick, (uint64_t)s->ticntb + 1);
            s->tcfg &= ~TCFG_TICK_SWRST;
        }
        break;
    case TCON:
        systimer_write_tcon(s, value, lanes);
        s->crossing |= ST_TCON;
        break;
    case TICNTB:
        s->ticntb = s5pv210_merge(s->ticntb, value, lanes, ~0);
        s5pv210_counter_set(&s->tick, (uint64_t)s->ticntb + 1);
        s->crossing |= ST_TICNTB;
        break;
    case TFCNTB:
        s->tfcntb = s5pv210_merge(s->tfcntb, value, lanes, 0xffff);
        s->crossing |= ST_TFCNTB;
        break;
    case ICNTB:
        s->icntb = s5pv210_merge(s->icntb, value, lanes, ~0);
        s->crossing |= ST_ICNTB;
        break;
    case INT_CSTAT:
        s->cstat &= ~(value & CSTAT_STATUS);
        s->cstat = s5pv210_merge(s->cstat, value, lanes,
                                 CSTAT_ENABLE | CSTAT_ENABLES);
        break;
    case TICNTO:
    case ICNTO:
        qemu_log_mask(LOG_GUEST_ERROR,
                      "systimer: write to read-only +0x%02x\n", offset);
        break;
    default:
        s5pv210_unknown(&s->unknown, offset, true, value);
        return;
    }
    systimer_apply(s);
}

S5PV210_WORD_OPS(systimer, S5PV210SystimerState);

static void systimer_reset_hold(Object *obj, ResetType type)
{
    S5PV210SystimerState *s = S5PV210_SYSTIMER(obj);

    s->tcfg = s->tcon = s->ticntb = s->tfcntb = s->icntb = s->cstat = 0;
    s->crossing = 0;
    run(&s->tick, false);
    run(&s->count, false);
    s5pv210_counter_set(&s->tick, 0);
    s5pv210_counter_set(&s->count, 0);
}

static void systimer_reset_exit(Object *obj, ResetType type)
{
    systimer_apply(S5PV210_SYSTIMER(obj));
}

static void systimer_init(Object *obj)
{
    S5PV210SystimerState *s = S5PV210_SYSTIMER(obj);

    s->unknown.block = "systimer";
    s->tick.divisor = s->count.divisor = 1;
    memory_region_init_io(&s->iomem, obj, &systimer_ops, s,
                          "s5pv210.systimer", 0x1000);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
    sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->irq);
    s->event = timer_new_ns(QEMU_CLOCK_VIRTUAL, systimer_event, s);
    s->pclk = qdev_init_clock_in(DEVICE(obj), "pclk", systimer_clock, s,
                                 ClockPreUpdate | ClockUpdate);
}

static const VMStateDescription systimer_vmstate = {
    .name = TYPE_S5PV210_SYSTIMER,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_CLOCK(pclk, S5PV210SystimerState),
        VMSTATE_TIMER_PTR(event, S5PV210SystimerState),
        VMSTATE_UINT32(tcfg, S5PV210SystimerState),
        VMSTATE_UINT32(tcon, S5PV210SystimerState),
        VMSTATE_UINT32(ticntb, S5PV210SystimerState),
        VMSTATE_UINT32(tfcntb, S5PV210SystimerState),
        VMSTATE_UINT32(icntb, S5PV210SystimerState),
        VMSTATE_UINT32(cstat, S5PV210SystimerState),
        VMSTATE_UINT32(crossing, S5PV210SystimerState),
        VMSTATE_S5PV210_COUNTER(tick, S5PV210SystimerState),
        VMSTATE_S5PV210_COUNTER(count, S5PV210SystimerState),
        VMSTATE_END_OF_LIST()
    }
};

static void systimer_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    ResettableClass *rc = RESETTABLE_CLASS(klass);

    dc->vmsd = &systimer_vmstate;
    rc->phases.hold = systimer_reset_hold;
    rc->phases.exit = systimer_reset_exit;
}

static const TypeInfo systimer_info = {
    .name = TYPE_S5PV210_SYSTIMER,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S5PV210SystimerState),
    .instance_init = systimer_init,
    .class_init = systimer_class_init,
};

static void systimer_register(void)
{
    type_register_static(&systimer_info);
}

type_init(systimer_register)
