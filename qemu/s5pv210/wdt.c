/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/wdt.c - the watchdog.
 *
 * It comes out of reset running (WTCON 0x8021), and the boot ROM stops it first
 * of all.  Where nothing has written to it when it first expires, the boot ROM
 * was gone round (by gdb, or -device loader,cpu-num=0), and it stops itself,
 * instead of a reset that the program would not have met behind a boot ROM.
 *
 *   sysbus irq 0; GPIO out "reset": to the PMU, which resets the chip
 */
#include "qemu/osdep.h"
#include "hw/irq.h"
#include "hw/qdev-clock.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qemu/error-report.h"
#include "qemu/module.h"
#include "qemu/timer.h"
#include "counter.h"
#include "s5pv210.h"
#include "trace.h"
#include "words.h"

OBJECT_DECLARE_SIMPLE_TYPE(S5PV210WdtState, S5PV210_WDT)

enum {
    WTCON = 0x00,
    WTDAT = 0x04,
    WTCNT = 0x08,
    WTCLRINT = 0x0c,
};

#define WTCON_RESET (1u << 0)
#define WTCON_IRQ (1u << 2)
#define WTCON_ENABLE (1u << 5)

struct S5PV210WdtState {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    S5PV210Unknown unknown;
    Clock *pclk;
    qemu_irq irq;
    qemu_irq reset;
    QEMUTimer *event;

    uint32_t wtcon, wtdat;
    S5PV210Counter counter;     /* WTCNT */
    bool pending;
    bool written;               /* since reset */
};

static void wdt_plan(S5PV210WdtState *s)
{
    int64_t when = s5pv210_counter_when(&s->counter, 0);

    if (when == INT64_MAX || !(s->wtcon & (WTCON_RESET | WTCON_IRQ))) {
        timer_del(s->event);
    } else {
        timer_mod(s->event, when);
    }
}

static void wdt_catch_up(S5PV210WdtState *s)
{
    if (!s5pv210_counter_expired(&s->counter, s->wtdat)) {
        return;
    }
    if (!s->written) {
        warn_report_once("watchdog: it runs since reset, because nothing has "
                         "passed the boot ROM, which stops it: stopped");
        s->wtcon = 0;
        s5pv210_counter_stop(&s->counter);
        return;
    }
    if (s->wtcon & WTCON_IRQ) {
        trace_s5pv210_wdt("interrupt");
        s->pending = true;
        qemu_set_irq(s->irq, 1);
    }
    if (s->wtcon & WTCON_RESET) {
        trace_s5pv210_wdt("reset");
        qemu_irq_pulse(s->reset);
    }
}

static void wdt_event(void *opaque)
{
    wdt_catch_up(opaque);
    wdt_plan(opaque);
}

static void wdt_apply(S5PV210WdtState *s)
{
    uint64_t prescaler = 1 + extract32(s->wtcon, 8, 8);

    s5pv210_counter_set_rate(&s->counter, clock_get_hz(s->pclk),
                             prescaler * (16 << extract32(s->wtcon, 3, 2)));
    if (s->wtcon & WTCON_ENABLE) {
        s5pv210_counter_start(&s->counter);
    } else {
        s5pv210_counter_stop(&s->counter);
    }
    wdt_plan(s);
}

static void wdt_clock(void *opaque, ClockEvent event)
{
    if (event == ClockPreUpdate) {
        wdt_catch_up(opaque);
    } else {
        wdt_apply(opaque);
    }
}

static uint32_t wdt_read(S5PV210WdtState *s, uint32_t offset)
{
    switch (offset) {
    case WTCON:
        return s->wtcon;
    case WTDAT:
        return s->wtdat;
    case WTCNT:
        wdt_catch_up(s);
        return s5pv210_counter_get(&s->counter);
    case WTCLRINT:              /* write-only */
        return 0;
    default:
        s5pv210_unknown(&s->unknown, offset, false, 0);
        return 0;
    }
}

static void wdt_write(S5PV210WdtState *s, uint32_t offset, uint32_t value,
                      uint32_t lanes)
{
    uint32_t count;

    wdt_catch_up(s);
    s->written = true;
    switch (offset) {
    case WTCON:
        s->wtcon = s5pv210_merge(s->wtcon, value, lanes, 0xff3d);
        break;
    case WTDAT:
        s->wtdat = s5pv210_merge(s->wtdat, value, lanes, 0xffff);
        break;
    case WTCNT:
        count = s5pv210_counter_get(&s->counter);
        s5pv210_counter_set(&s->counter,
                            s5pv210_merge(count, value, lanes, 0xffff));
        break;
    case WTCLRINT:
        s->pending = false;
        qemu_set_irq(s->irq, 0);
        return;
    default:
        s5pv210_unknown(&s->unknown, offset, true, value);
        return;
    }
    wdt_apply(s);
}

S5PV210_WORD_OPS(wdt, S5PV210WdtState);

static void wdt_reset_hold(Object *obj, ResetType type)
{
    S5PV210WdtState *s = S5PV210_WDT(obj);

    s->wtcon = 0x8021;
    s->written = false;
    s->wtdat = 0x8000;
    s->pending = false;
    s5pv210_counter_stop(&s->counter);
    s5pv210_counter_set(&s->counter, 0x8000);
}

static void wdt_reset_exit(Object *obj, ResetType type)
{
    S5PV210WdtState *s = S5PV210_WDT(obj);

    qemu_set_irq(s->irq, 0);
    wdt_apply(s);
}

static void wdt_init(Object *obj)
{
    S5PV210WdtState *s = S5PV210_WDT(obj);

    s->unknown.block = "wdt";
    s->counter.divisor = 1;
    memory_region_init_io(&s->iomem, obj, &wdt_ops, s, "s5pv210.wdt", 0x1000);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
    sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->irq);
    qdev_init_gpio_out_named(DEVICE(obj), &s->reset, "reset", 1);
    s->event = timer_new_ns(QEMU_CLOCK_VIRTUAL, wdt_event, s);
    s->pclk = qdev_init_clock_in(DEVICE(obj), "pclk", wdt_clock, s,
                                 ClockPreUpdate | ClockUpdate);
}

static const VMStateDescription wdt_vmstate = {
    .name = TYPE_S5PV210_WDT,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_CLOCK(pclk, S5PV210WdtState),
        VMSTATE_TIMER_PTR(event, S5PV210WdtState),
        VMSTATE_UINT32(wtcon, S5PV210WdtState),
        VMSTATE_UINT32(wtdat, S5PV210WdtState),
        VMSTATE_S5PV210_COUNTER(counter, S5PV210WdtState),
        VMSTATE_BOOL(pending, S5PV210WdtState),
        VMSTATE_BOOL(written, S5PV210WdtState),
        VMSTATE_END_OF_LIST()
    }
};

static void wdt_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    ResettableClass *rc = RESETTABLE_CLASS(klass);

    dc->vmsd = &wdt_vmstate;
    rc->phases.hold = wdt_reset_hold;
    rc->phases.exit = wdt_reset_exit;
}

static const TypeInfo wdt_info = {
    .name = TYPE_S5PV210_WDT,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S5PV210WdtState),
    .instance_init = wdt_init,
    .class_init = wdt_class_init,
};

static void wdt_register(void)
{
    type_register_static(&wdt_info);
}

type_init(wdt_register)
