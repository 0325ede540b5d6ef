/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/rtc.c - the real-time clock: calendar in BCD, alarm, tick.
 *
 * The calendar always runs; RTCCON's bit 0 only lets the core write it.  An
 * alarm comes when all enabled fields are equal.  The calendar is in battery
 * land: a reset does not touch it.
 *
 *   sysbus irq 0: alarm, 1: tick
 */
#include "qemu/osdep.h"
#include "hw/irq.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qemu/bcd.h"
#include "qemu/cutils.h"
#include "qemu/log.h"
#include "qemu/module.h"
#include "qemu/timer.h"
#include "system/rtc.h"
#include "counter.h"
#include "s5pv210.h"
#include "words.h"

OBJECT_DECLARE_SIMPLE_TYPE(S5PV210RtcState, S5PV210_RTC)

enum {
    INTP = 0x30,
    RTCCON = 0x40,
    TICNT = 0x44,
    RTCALM = 0x50,
    ALMSEC = 0x54,
    ALMYEAR = 0x68,
    RTCRST = 0x6c,
    BCDSEC = 0x70,
    BCDYEAR = 0x88,
    CURTICCNT = 0x90,
    RTCLVD = 0x94,
};

/* In the order of the registers from BCDSEC on. */
enum { SEC, MIN_, HOUR, DATE, DAY, MON, YEAR, FIELDS };

#define RTCCON_WRITE (1u << 0)
#define RTCCON_CLKRST (1u << 3)
#define RTCCON_TICK (1u << 8)
#define RTCALM_GLOBAL (1u << 6)
#define INTP_TICK (1u << 0)
#define INTP_ALARM (1u << 1)
#define CRYSTAL_HZ 32768
/* Beyond this many seconds the calendar is computed, not counted. */
#define COUNT_SECONDS (2 * 86400)

static const uint32_t field_mask[FIELDS] = {
    0x7f, 0x7f, 0x3f, 0x3f, 0x07, 0x1f, 0xfff
};

/* RTCALM's bit for each field; the day of the week has no alarm. */
static const int alarm_bit[FIELDS] = { 0, 1, 2, 3, -1, 4, 5 };

struct S5PV210RtcState {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    S5PV210Unknown unknown;
    qemu_irq alarm_irq;
    qemu_irq tick_irq;
    QEMUTimer *second;
    QEMUTimer *tick_event;

    uint32_t intp, rtccon, ticnt, rtcalm, rtcrst, rtclvd;
    uint32_t alarm[FIELDS];     /* BCD */
    uint32_t now[FIELDS];       /* BCD, as of... */
    int64_t now_ns;             /* ... this virtual time */
    S5PV210Counter tick;
};

/* ---- the calendar ---- */

static uint32_t from_bcd3(uint32_t bcd)
{
    return from_bcd(bcd & 0xff) + 100 * (bcd >> 8);
}

static uint32_t to_bcd3(uint32_t n)
{
    return to_bcd(n % 100) | n / 100 % 10 << 8;
}

static uint32_t days_in_month(const uint32_t *now)
{
    static const uint8_t days[12] = {
        31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
    };
    uint32_t month = from_bcd(now[MON]), year = 2000 + from_bcd3(now[YEAR]);

    if (month == 2 && g_date_is_leap_year(year)) {
        return 29;
    }
    return month >= 1 && month <= 12 ? days[month - 1] : 31;
}

/* One more; true when it went back to first. */
static bool advance(uint32_t *bcd, uint32_t first, uint32_t last)
{
    uint32_t n = from_bcd3(*bcd) + 1;
    bool wrap = n > last;

    *bcd = to_bcd3(wrap ? first : n);
    return wrap;
}

static void next_second(uint32_t *now)
{
    if (!advance(&now[SEC], 0, 59) || !advance(&now[MIN_], 0, 59) ||
        !advance(&now[HOUR], 0, 23)) {
        return;
    }
    advance(&now[DAY], 1, 7);
    if (advance(&now[DATE], 1, days_in_month(now)) &&
        advance(&now[MON], 1, 12)) {
        advance(&now[YEAR], 0, 999);
    }
}

static void from_tm(S5PV210RtcState *s, const struct tm *tm)
{
    s->now[SEC] = to_bcd(MIN(tm->tm_sec, 59));
    s->now[MIN_] = to_bcd(tm->tm_min);
    s->now[HOUR] = to_bcd(tm->tm_hour);
    s->now[DATE] = to_bcd(tm->tm_mday);
    s->now[DAY] = to_bcd(tm->tm_wday + 1);
    s->now[MON] = to_bcd(tm->tm_mon + 1);
    s->now[YEAR] = to_bcd3(MAX(tm->tm_year - 100, 0) % 1000);
}

/* A long time at once, without an alarm on the way. */
static void skip_seconds(S5PV210RtcState *s, int64_t seconds)
{
    struct tm tm = {
        .tm_sec = from_bcd(s->now[SEC]),
        .tm_min = from_bcd(s->now[MIN_]),
        .tm_hour = from_bcd(s->now[HOUR]),
        .tm_mday = from_bcd(s->now[DATE]),
        .tm_mon = (int)from_bcd(s->now[MON]) - 1,
        .tm_year = from_bcd3(s->now[YEAR]) + 100,
    };
    time_t t = mktimegm(&tm) + seconds;
    uint32_t day = from_bcd(s->now[DAY]);

    gmtime_r(&t, &tm);
    day = (day + 6 + seconds / 86400) % 7 + 1;
    from_tm(s, &tm);
    s->now[DAY] = day;
}

static bool alarm_matches(const S5PV210RtcState *s)
{
    uint32_t enabled = 0;

    for (int f = 0; f < FIELDS; f++) {
        if (alarm_bit[f] < 0 || !extract32(s->rtcalm, alarm_bit[f], 1)) {
            continue;
        }
        enabled++;
        if (s->alarm[f] != s->now[f]) {
            return false;
        }
    }
    return enabled;
}

static void rtc_update_irq(S5PV210RtcState *s)
{
    qemu_set_irq(s->alarm_irq, !!(s->intp & INTP_ALARM));
    qemu_set_irq(s->tick_irq, !!(s->intp & INTP_TICK));
}

/* In steps of the tick's clock; never 0, so that TICNT may be set later. */
static uint64_t tick_period(const S5PV210RtcState *s)
{
    return (uint64_t)s->ticnt + 1;
}

static void rtc_catch_up(S5PV210RtcState *s)
{
    int64_t ns = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
    int64_t seconds = (ns - s->now_ns) / NANOSECONDS_PER_SECOND;

    s->now_ns += seconds * NANOSECONDS_PER_SECOND;
    if (seconds > COUNT_SECONDS) {
        skip_seconds(s, seconds - 1);
        seconds = 1;
    }
    while (seconds-- > 0) {
        next_second(s->now);
        if ((s->rtcalm & RTCALM_GLOBAL) && alarm_matches(s)) {
            s->intp |= INTP_ALARM;
        }
    }
    if (s5pv210_counter_expired(&s->tick, tick_period(s))) {
        s->intp |= INTP_TICK;
    }
    rtc_update_irq(s);
}

/* Wake up for each second while an alarm is set, and for the next tick. */
static void rtc_plan(S5PV210RtcState *s)
{
    int64_t when = s5pv210_counter_when(&s->tick, 0);

    if (s->rtcalm & RTCALM_GLOBAL) {
        timer_mod(s->second, s->now_ns + NANOSECONDS_PER_SECOND);
    } else {
        timer_del(s->second);
    }
    if (when == INT64_MAX || (s->intp & INTP_TICK)) {
        timer_del(s->tick_event);
    } else {
        timer_mod(s->tick_event, when);
    }
}

static void rtc_event(void *opaque)
{
    rtc_catch_up(opaque);
    rtc_plan(opaque);
}

/* ---- registers ---- */

/* The element of now[] or alarm[] at offset, or NULL. */
static uint32_t *field_at(S5PV210RtcState *s, uint32_t offset, int *field)
{
    static const int alarm_order[] = { SEC, MIN_, HOUR, DATE, MON, YEAR };

    if (offset >= BCDSEC && offset <= BCDYEAR) {
        *field = (offset - BCDSEC) / 4;
        return &s->now[*field];
    }
    if (offset >= ALMSEC && offset <= ALMYEAR) {
        *field = alarm_order[(offset - ALMSEC) / 4];
        return &s->alarm[*field];
    }
    return NULL;
}

static uint32_t rtc_read(S5PV210RtcState *s, uint32_t offset)
{
    int field;
    uint32_t *r = field_at(s, offset, &field);

    rtc_catch_up(s);
    rtc_plan(s);
    if (r) {
        return *r;
    }
    switch (offset) {
    case INTP:
        return s->intp;
    case RTCCON:
        return s->rtccon;
    case TICNT:
        return s->ticnt;
    case RTCALM:
        return s->rtcalm;
    case RTCRST:
        return s->rtcrst;
    case CURTICCNT:
        return MAX(s5pv210_counter_get(&s->tick), 1) - 1;
    case RTCLVD:
        return s->rtclvd;
    default:
        s5pv210_unknown(&s->unknown, offset, false, 0);
        return 0;
    }
}

static void rtc_write_rtccon(S5PV210RtcState *s, uint32_t value,
                             uint32_t lanes)
{
    bool ticked = s->rtccon & RTCCON_TICK;

    s->rtccon = s5pv210_merge(s->rtccon, value, lanes, 0x3ff);
    if (s->rtccon & RTCCON_CLKRST) {
        s->now_ns = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
    }
    s5pv210_counter_set_rate(&s->tick, CRYSTAL_HZ,
                             1u << extract32(s->rtccon, 4, 4));
    if (!(s->rtccon & RTCCON_TICK)) {
        s5pv210_counter_stop(&s->tick);
    } else if (!ticked) {
        s5pv210_counter_set(&s->tick, tick_period(s));
        s5pv210_counter_start(&s->tick);
    }
}

static void rtc_write_field(S5PV210RtcState *s, uint32_t *r, int field,
                            uint32_t offset, uint32_t value, uint32_t lanes)
{
    if (offset >= BCDSEC && !(s->rtccon & RTCCON_WRITE)) {
        qemu_log_mask(LOG_GUEST_ERROR,
                      "rtc: write to +0x%02x without RTCCON's bit 0\n", offset);
        return;
    }
    *r = s5pv210_merge(*r, value, lanes, field_mask[field]);
}

static void rtc_write(S5PV210RtcState *s, uint32_t offset, uint32_t value,
                      uint32_t lanes)
{
    int field;
    uint32_t *r = field_at(s, offset, &field);

    rtc_catch_up(s);
    if (r) {
        rtc_write_field(s, r, field, offset, value, lanes);
        rtc_plan(s);
        return;
    }
    switch (offset) {
    case INTP:
        s->intp &= ~value;
        break;
    case RTCCON:
        rtc_write_rtccon(s, value, lanes);
        break;
    case TICNT:
        s->ticnt = s5pv210_merge(s->ticnt, value, lanes, ~0);
        s5pv210_counter_set(&s->tick, tick_period(s));
        break;
    case RTCALM:
        s->rtcalm = s5pv210_merge(s->rtcalm, value, lanes, 0x7f);
        break;
    case RTCRST:
        s->rtcrst = s5pv210_merge(s->rtcrst, value, lanes, 0xf);
        break;
    case RTCLVD:
        s->rtclvd = s5pv210_merge(s->rtclvd, value, lanes, 0xff);
        break;
    case CURTICCNT:
        qemu_log_mask(LOG_GUEST_ERROR, "rtc: write to read-only CURTICCNT\n");
        break;
    default:
        s5pv210_unknown(&s->unknown, offset, true, value);
        return;
    }
    rtc_update_irq(s);
    rtc_plan(s);
}

S5PV210_WORD_OPS(rtc, S5PV210RtcState);

/* ---- the device ---- */

static void rtc_reset_hold(Object *obj, ResetType type)
{
    S5PV210RtcState *s = S5PV210_RTC(obj);

    s->intp = s->rtccon = s->ticnt = s->rtcalm = s->rtcrst = s->rtclvd = 0;
    memset(s->alarm, 0, sizeof(s->alarm));
    s5pv210_counter_stop(&s->tick);
    s5pv210_counter_set(&s->tick, 0);
    s5pv210_counter_set_rate(&s->tick, CRYSTAL_HZ, 1);
    timer_del(s->second);
    timer_del(s->tick_event);
}

static void rtc_reset_exit(Object *obj, ResetType type)
{
    rtc_update_irq(S5PV210_RTC(obj));
}

static void rtc_init(Object *obj)
{
    S5PV210RtcState *s = S5PV210_RTC(obj);

    s->unknown.block = "rtc";
    s->tick.divisor = 1;
    memory_region_init_io(&s->iomem, obj, &rtc_ops, s, "s5pv210.rtc", 0x1000);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
    sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->alarm_irq);
    sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->tick_irq);
    s->second = timer_new_ns(QEMU_CLOCK_VIRTUAL, rtc_event, s);
    s->tick_event = timer_new_ns(QEMU_CLOCK_VIRTUAL, rtc_event, s);
}

/* QEMU's -rtc says what time it is. */
static void rtc_realize(DeviceState *dev, Error **errp)
{
    S5PV210RtcState *s = S5PV210_RTC(dev);
    struct tm tm;

    qemu_get_timedate(&tm, 0);
    from_tm(s, &tm);
    s->now_ns = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
}

static const VMStateDescription rtc_vmstate = {
    .name = TYPE_S5PV210_RTC,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_TIMER_PTR(second, S5PV210RtcState),
        VMSTATE_TIMER_PTR(tick_event, S5PV210RtcState),
        VMSTATE_UINT32(intp, S5PV210RtcState),
        VMSTATE_UINT32(rtccon, S5PV210RtcState),
        VMSTATE_UINT32(ticnt, S5PV210RtcState),
        VMSTATE_UINT32(rtcalm, S5PV210RtcState),
        VMSTATE_UINT32(rtcrst, S5PV210RtcState),
        VMSTATE_UINT32(rtclvd, S5PV210RtcState),
        VMSTATE_UINT32_ARRAY(alarm, S5PV210RtcState, FIELDS),
        VMSTATE_UINT32_ARRAY(now, S5PV210RtcState, FIELDS),
        VMSTATE_INT64(now_ns, S5PV210RtcState),
        VMSTATE_S5PV210_COUNTER(tick, S5PV210RtcState),
        VMSTATE_END_OF_LIST()
    }
};

static void rtc_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    ResettableClass *rc = RESETTABLE_CLASS(klass);

    dc->realize = rtc_realize;
    dc->vmsd = &rtc_vmstate;
    rc->phases.hold = rtc_reset_hold;
    rc->phases.exit = rtc_reset_exit;
}

static const TypeInfo rtc_info = {
    .name = TYPE_S5PV210_RTC,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S5PV210RtcState),
    .instance_init = rtc_init,
    .class_init = rtc_class_init,
};

static void rtc_register(void)
{
    type_register_static(&rtc_info);
}

type_init(rtc_register)
