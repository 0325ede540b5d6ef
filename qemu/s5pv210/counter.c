/* SPDX-License-Identifier: GPL-2.0-or-later */
/* qemu/s5pv210/counter.c - a down counter in virtual time: see counter.h. */
#include "qemu/osdep.h"
#include "qemu/host-utils.h"
#include "qemu/timer.h"
#include "counter.h"

/* A count that takes longer than this many seconds is never reached. */
#define A_LIFETIME 4000000000ull

static uint64_t steps(const S5PV210Counter *c)
{
    int64_t ns = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) - c->epoch;

    return muldiv64(MAX(ns, 0), c->hz, NANOSECONDS_PER_SECOND) / c->divisor;
}

uint64_t s5pv210_counter_get(const S5PV210Counter *c)
{
    uint64_t now;

    if (!c->running || !c->hz) {
        return c->running ? c->zero : c->count;
    }
    now = steps(c);
    return c->zero > now ? c->zero - now : 0;
}

/* The count is c->zero from now on. */
static void restart(S5PV210Counter *c, uint64_t count)
{
    c->count = count;
    c->zero = count;
    c->epoch = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
}

void s5pv210_counter_set_rate(S5PV210Counter *c, uint32_t hz, uint64_t divisor)
{
    if (c->hz == hz && c->divisor == divisor) {
        return;
    }
    restart(c, c->divisor ? s5pv210_counter_get(c) : c->count);
    c->hz = hz;
    c->divisor = divisor;
}

void s5pv210_counter_set(S5PV210Counter *c, uint64_t count)
{
    restart(c, count);
}

void s5pv210_counter_start(S5PV210Counter *c)
{
    if (!c->running) {
        restart(c, c->count);
        c->running = true;
    }
}

void s5pv210_counter_stop(S5PV210Counter *c)
{
    c->count = s5pv210_counter_get(c);
    c->running = false;
}

uint64_t s5pv210_counter_expired(S5PV210Counter *c, uint64_t reload)
{
    uint64_t now, rounds;

    if (!c->running || !c->hz) {
        return 0;
    }
    now = steps(c);
    if (now < c->zero) {
        return 0;
    }
    if (!reload) {
        c->running = false;
        c->count = 0;
        return 1;
    }
    rounds = 1 + (now - c->zero) / reload;
    c->zero += rounds * reload;
    return rounds;
}

int64_t s5pv210_counter_when(const S5PV210Counter *c, uint64_t count)
{
    uint64_t step = c->zero > count ? c->zero - count : 0;

    /* divided last: the product fits, a quotient of large divisors is 0 */
    if (!c->running || !c->hz || step > A_LIFETIME * c->hz / c->divisor) {
        return INT64_MAX;
    }
    return c->epoch +
           muldiv64_round_up(step * c->divisor, NANOSECONDS_PER_SECOND, c->hz);
}

const VMStateDescription s5pv210_counter_vmstate = {
    .name = "s5pv210.counter",
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT32(hz, S5PV210Counter),
        VMSTATE_UINT64(divisor, S5PV210Counter),
        VMSTATE_BOOL(running, S5PV210Counter),
        VMSTATE_UINT64(count, S5PV210Counter),
        VMSTATE_INT64(epoch, S5PV210Counter),
        VMSTATE_UINT64(zero, S5PV210Counter),
        VMSTATE_END_OF_LIST()
    }
};
