/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/pwm.c - the five PWM timers and their outputs TOUT0..3.
 *
 * A timer takes TCNTB steps from load to 0.  Its output is low from the load
 * until the count equals TCMP, then high until the next load; the inverter
 * turns that round.
 *
 *   sysbus irq 0..4: the timers; GPIO out "tout" 0..3
 *   GPIO in "tout-select" 0..3: somebody looks at the output.  Edges nobody
 *   looks at are not made, so that a timer used as a clock costs nothing.
 *   clocks "pclk" and "sclk" (divider 5)
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
#include "trace.h"
#include "words.h"

OBJECT_DECLARE_SIMPLE_TYPE(S5PV210PwmState, S5PV210_PWM)

enum {
    TCFG0 = 0x00,
    TCFG1 = 0x04,
    TCON = 0x08,
    TIMER0 = 0x0c,              /* TCNTB, TCMPB, TCNTO of each timer */
    TCNTB4 = 0x3c,
    TCNTO4 = 0x40,
    TINT_CSTAT = 0x44,
};

#define TIMERS 5
#define TOUTS 4
#define SCLK_DIVIDER 5
#define STATUS_SHIFT 5
/* An output that is faster than this is left alone: no ear, no eye. */
#define FASTEST_EDGE_NS 500
/* Who reads TCNTO again within this polls it. */
#define POLL_NS (10 * 1000 * 1000)

typedef struct Timer {
    struct S5PV210PwmState *pwm;
    QEMUTimer *event;
    S5PV210Counter counter;
    uint32_t cntb, cmpb;        /* as written */
    uint32_t load, cmp;         /* what this round uses */
    int64_t seen;               /* when TCNTO was read, or it was started */
    bool passed;                /* 0 was there since */
    bool started;               /* nobody has seen it count */
    bool watched;
    bool level;
} Timer;

struct S5PV210PwmState {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    S5PV210Unknown unknown;
    Clock *pclk;
    Clock *sclk;
    qemu_irq irq[TIMERS];
    qemu_irq tout[TOUTS];

    uint32_t tcfg0, tcfg1, tcon;
    uint32_t enable, status;    /* one bit for each timer */
    Timer timer[TIMERS];
};

/* TCON's four bits of a timer; timer 4 has no inverter in between. */
typedef struct Control {
    bool start, update, invert, reload;
} Control;

static Control control_of(uint32_t tcon, int n)
{
    unsigned shift = n == 0 ? 0 : 4 + 4 * n;

    return (Control) {
        .start = extract32(tcon, shift, 1),
        .update = extract32(tcon, shift + 1, 1),
        .invert = n < TOUTS && extract32(tcon, shift + 2, 1),
        .reload = extract32(tcon, shift + (n < TOUTS ? 3 : 2), 1),
    };
}

static uint32_t start_bit(int n)
{
    return 1u << (n == 0 ? 0 : 4 + 4 * n);
}

static void set_rate(S5PV210PwmState *s, int n)
{
    unsigned prescaler = 1 + extract32(s->tcfg0, n < 2 ? 0 : 8, 8);
    unsigned divider = extract32(s->tcfg1, n * 4, 4);
    S5PV210Counter *c = &s->timer[n].counter;

    if (divider == SCLK_DIVIDER) {
        s5pv210_counter_set_rate(c, clock_get_hz(s->sclk), 1);
    } else {
        s5pv210_counter_set_rate(c, clock_get_hz(s->pclk),
                                 prescaler << MIN(divider, 4));
    }
}

/* ---- outputs and interrupts ---- */

static void update_output(S5PV210PwmState *s, int n)
{
    Timer *t = &s->timer[n];
    bool high = t->cmp <= t->load && s5pv210_counter_get(&t->counter) <= t->cmp;
    bool level = high != control_of(s->tcon, n).invert;

    if (n < TOUTS && level != t->level) {
        t->level = level;
        qemu_set_irq(s->tout[n], level);
    }
}

static void update_irq(S5PV210PwmState *s)
{
    for (int n = 0; n < TIMERS; n++) {
        qemu_set_irq(s->irq[n], extract32(s->status & s->enable, n, 1));
    }
}

/* Rounds that have passed since anybody looked. */
static void catch_up(S5PV210PwmState *s, int n)
{
    Timer *t = &s->timer[n];
    bool reload = control_of(s->tcon, n).reload;
    uint64_t rounds = s5pv210_counter_expired(&t->counter,
                                              reload ? t->cntb : 0);

    if (!rounds) {
        return;
    }
    trace_s5pv210_pwm_expire(n, rounds);
    if (t->counter.running) {
        t->load = t->cntb;
        t->cmp = t->cmpb;
        t->passed = true;
    } else {
        s->tcon &= ~start_bit(n);
    }
    s->status |= 1u << n;       /* also while its interrupt is off */
}

static bool wants_edges(const Timer *t)
{
    const S5PV210Counter *c = &t->counter;

    return t->watched && t->load &&
           s5pv210_counter_when(c, 0) - s5pv210_counter_when(c, t->load) >=
           2 * FASTEST_EDGE_NS;
}

/* When something will happen that somebody sees. */
static void plan(S5PV210PwmState *s, int n)
{
    Timer *t = &s->timer[n];
    bool edges = wants_edges(t);
    bool irq = extract32(s->enable & ~s->status, n, 1);
    int64_t when = INT64_MAX;

    if (edges || irq) {
        when = s5pv210_counter_when(&t->counter, 0);
    }
    if (edges && t->cmp <= t->load &&
        s5pv210_counter_get(&t->counter) > t->cmp) {
        when = s5pv210_counter_when(&t->counter, t->cmp);
    }
    if (when == INT64_MAX) {
        timer_del(t->event);
    } else {
        timer_mod(t->event, when);
    }
}

static void refresh(S5PV210PwmState *s)
{
    for (int n = 0; n < TIMERS; n++) {
        catch_up(s, n);
        update_output(s, n);
        plan(s, n);
    }
    update_irq(s);
}

static void timer_event(void *opaque)
{
    Timer *t = opaque;
    S5PV210PwmState *s = t->pwm;
    int n = t - s->timer;

    catch_up(s, n);
    update_output(s, n);
    plan(s, n);
    update_irq(s);
}

static void pwm_clock(void *opaque, ClockEvent event)
{
    S5PV210PwmState *s = opaque;

    for (int n = 0; n < TIMERS; n++) {
        if (event == ClockPreUpdate) {
            catch_up(s, n);
        } else {
            set_rate(s, n);
        }
    }
    refresh(s);
}

static void pwm_watch(void *opaque, int n, int level)
{
    S5PV210PwmState *s = opaque;

    s->timer[n].watched = level;
    refresh(s);
}

/* ---- registers ---- */

static void load(Timer *t)
{
    t->load = t->cntb;
    t->cmp = t->cmpb;
    t->passed = false;
    s5pv210_counter_set(&t->counter, t->cntb);
}

static void apply_control(S5PV210PwmState *s, int n)
{
    Timer *t = &s->timer[n];
    Control c = control_of(s->tcon, n);

    if (c.update) {
        load(t);
    }
    if (!c.start) {
        s5pv210_counter_stop(&t->counter);
        return;
    }
    /* nothing was loaded by hand: the first round begins by itself */
    if (!t->counter.running && !t->counter.count) {
        load(t);
    }
    if (!t->counter.running) {
        t->started = true;
        t->seen = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
    }
    s5pv210_counter_start(&t->counter);
}

/* The timer whose TCNTB, TCMPB or TCNTO (*which 0, 4, 8) is at offset. */
static Timer *timer_at(S5PV210PwmState *s, uint32_t offset, uint32_t *which)
{
    if (offset == TCNTB4 || offset == TCNTO4) {
        *which = offset == TCNTB4 ? 0 : 8;
        return &s->timer[TIMERS - 1];
    }
    if (offset < TIMER0 || offset >= TCNTB4) {
        return NULL;
    }
    *which = (offset - TIMER0) % 12;
    return &s->timer[(offset - TIMER0) / 12];
}

/*
 * A program that polls TCNTO waits for what it cannot miss on the chip: the 0
 * between two rounds, which is there for one step, and that a short shot counts
 * at all.  Here a read may take longer than either; each is shown once.
 */
static uint32_t count_shown(Timer *t)
{
    int64_t now = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
    uint32_t count = s5pv210_counter_get(&t->counter);

    if (now - t->seen < POLL_NS) {
        if (t->passed) {
            count = 0;
        } else if (t->started && !count) {
            count = 1;
        }
    }
    t->passed = t->started = false;
    t->seen = now;
    return count;
}

static uint32_t pwm_read_timer(S5PV210PwmState *s, Timer *t, uint32_t which)
{
    if (which == 0) {
        return t->cntb;
    }
    if (which == 4) {
        return t->cmpb;
    }
    catch_up(s, t - s->timer);
    return count_shown(t);
}

static uint32_t pwm_read(S5PV210PwmState *s, uint32_t offset)
{
    uint32_t which;
    Timer *t = timer_at(s, offset, &which);

    if (t) {
        return pwm_read_timer(s, t, which);
    }
    switch (offset) {
    case TCFG0:
        return s->tcfg0;
    case TCFG1:
        return s->tcfg1;
    case TCON:
        refresh(s);
        return s->tcon;
    case TINT_CSTAT:
        refresh(s);
        return s->status << STATUS_SHIFT | s->enable;
    default:
        s5pv210_unknown(&s->unknown, offset, false, 0);
        return 0;
    }
}

static void pwm_write_timer(Timer *t, uint32_t which, uint32_t value,
                            uint32_t lanes)
{
    if (which == 0) {
        t->cntb = s5pv210_merge(t->cntb, value, lanes, ~0);
    } else if (which == 4) {
        t->cmpb = s5pv210_merge(t->cmpb, value, lanes, ~0);
    } else {
        qemu_log_mask(LOG_GUEST_ERROR, "pwm: write to read-only TCNTO\n");
    }
}

static void pwm_write_tcon(S5PV210PwmState *s, uint32_t value, uint32_t lanes)
{
    s->tcon = s5pv210_merge(s->tcon, value, lanes, 0x7fff1f);
    for (int n = 0; n < TIMERS; n++) {
        apply_control(s, n);
    }
}

static void pwm_write(S5PV210PwmState *s, uint32_t offset, uint32_t value,
                      uint32_t lanes)
{
    uint32_t which;
    Timer *t = timer_at(s, offset, &which);

    refresh(s);                 /* up to now the old values hold */
    if (t) {
        pwm_write_timer(t, which, value, lanes);
        refresh(s);
        return;
    }
    switch (offset) {
    case TCFG0:
        s->tcfg0 = s5pv210_merge(s->tcfg0, value, lanes, 0xffffff);
        break;
    case TCFG1:
        s->tcfg1 = s5pv210_merge(s->tcfg1, value, lanes, 0xfffff);
        break;
    case TCON:
        pwm_write_tcon(s, value, lanes);
        break;
    case TINT_CSTAT:
        s->enable = s5pv210_merge(s->enable, value, lanes, 0x1f);
        s->status &= ~(value >> STATUS_SHIFT);
        break;
    default:
        s5pv210_unknown(&s->unknown, offset, true, value);
        return;
    }
    for (int n = 0; n < TIMERS; n++) {
        set_rate(s, n);
    }
    refresh(s);
}

S5PV210_WORD_OPS(pwm, S5PV210PwmState);

/* ---- the device ---- */

static void pwm_reset_hold(Object *obj, ResetType type)
{
    S5PV210PwmState *s = S5PV210_PWM(obj);

    s->tcfg0 = 0x101;
    s->tcfg1 = s->tcon = 0;
    s->enable = s->status = 0;
    for (int n = 0; n < TIMERS; n++) {
        Timer *t = &s->timer[n];

        t->cntb = t->cmpb = t->load = t->cmp = 0;
        t->seen = -POLL_NS;
        t->passed = t->started = false;
        s5pv210_counter_stop(&t->counter);
        s5pv210_counter_set(&t->counter, 0);
        set_rate(s, n);
    }
}

static void pwm_reset_exit(Object *obj, ResetType type)
{
    refresh(S5PV210_PWM(obj));
}

static void pwm_init(Object *obj)
{
    S5PV210PwmState *s = S5PV210_PWM(obj);
    DeviceState *dev = DEVICE(obj);

    s->unknown.block = "pwm";
    memory_region_init_io(&s->iomem, obj, &pwm_ops, s, "s5pv210.pwm", 0x1000);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
    for (int n = 0; n < TIMERS; n++) {
        sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->irq[n]);
        s->timer[n].pwm = s;
        s->timer[n].counter.divisor = 1;
        s->timer[n].event = timer_new_ns(QEMU_CLOCK_VIRTUAL, timer_event,
                                         &s->timer[n]);
    }
    qdev_init_gpio_out_named(dev, s->tout, "tout", TOUTS);
    qdev_init_gpio_in_named(dev, pwm_watch, "tout-select", TOUTS);
    s->pclk = qdev_init_clock_in(dev, "pclk", pwm_clock, s,
                                 ClockPreUpdate | ClockUpdate);
    s->sclk = qdev_init_clock_in(dev, "sclk", pwm_clock, s,
                                 ClockPreUpdate | ClockUpdate);
}

static const VMStateDescription timer_vmstate = {
    .name = "s5pv210.pwm/timer",
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_TIMER_PTR(event, Timer),
        VMSTATE_S5PV210_COUNTER(counter, Timer),
        VMSTATE_UINT32(cntb, Timer),
        VMSTATE_UINT32(cmpb, Timer),
        VMSTATE_UINT32(load, Timer),
        VMSTATE_UINT32(cmp, Timer),
        VMSTATE_INT64(seen, Timer),
        VMSTATE_BOOL(passed, Timer),
        VMSTATE_BOOL(started, Timer),
        VMSTATE_BOOL(watched, Timer),
        VMSTATE_BOOL(level, Timer),
        VMSTATE_END_OF_LIST()
    }
};

static const VMStateDescription pwm_vmstate = {
    .name = TYPE_S5PV210_PWM,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_CLOCK(pclk, S5PV210PwmState),
        VMSTATE_CLOCK(sclk, S5PV210PwmState),
        VMSTATE_UINT32(tcfg0, S5PV210PwmState),
        VMSTATE_UINT32(tcfg1, S5PV210PwmState),
        VMSTATE_UINT32(tcon, S5PV210PwmState),
        VMSTATE_UINT32(enable, S5PV210PwmState),
        VMSTATE_UINT32(status, S5PV210PwmState),
        VMSTATE_STRUCT_ARRAY(timer, S5PV210PwmState, TIMERS, 1, timer_vmstate,
                             Timer),
        VMSTATE_END_OF_LIST()
    }
};

static void pwm_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    ResettableClass *rc = RESETTABLE_CLASS(klass);

    dc->vmsd = &pwm_vmstate;
    rc->phases.hold = pwm_reset_hold;
    rc->phases.exit = pwm_reset_exit;
}

static const TypeInfo pwm_info = {
    .name = TYPE_S5PV210_PWM,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S5PV210PwmState),
    .instance_init = pwm_init,
    .class_init = pwm_class_init,
};

static void pwm_register(void)
{
    type_register_static(&pwm_info);
}

type_init(pwm_register)
