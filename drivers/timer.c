/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/timer.c - the clock made 64 bits wide, delays, and the tick.
 */
#include "drivers/timer.h"

#include <errno.h>
#include <string.h>

#include "drivers/irq.h"
#include "mm/log.h"
#include "seam.h"

#define USECS_PER_SEC 1000000u
#define TICK_MAX_HZ 10000u

static const struct timer_ops *const drivers[] = {
	&timer_sp804_ops, &timer_generic_ops, &timer_s5p_ops,	&timer_twd_ops,
	&timer_sun4i_ops, &timer_imx_gpt_ops, &timer_omap3_ops, &timer_omap4_ops,
};

static struct timer *clock;
/*
 * The counter's value as if it had 64 bits: at timer_init(), and when it was last
 * read.  A reading adds the distance from the one before, which is right when
 * there is less than a round between them; catch_up() sees to the rest.
 */
static uint64_t first, last;
static uint64_t rounds; /* wraps that were interrupts */
static bool can_tick;
static bool no_clock_reported, stands_still;
/* Looks at a counter that does not move, before it is taken for standing still. */
#define STANDING_LOOKS (1u << 20)
static void (*tick_handler)(void *arg);
static void *tick_arg;

const char *timer_name(unsigned int i)
{
	return i < ARRAY_SIZE(drivers) ? drivers[i]->name : NULL;
}

const struct timer_ops *timer_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(drivers); i++)
		if (!strcmp(drivers[i]->name, name))
			return drivers[i];
	return NULL;
}

/*
 * The counter wrapped, maybe with no reading since it did so last: which round
 * this is comes from counting the interrupts.  One that is served early (the
 * counter stands at its end) or late is still nearest to its own round.
 */
static void catch_up(void)
{
	const uint64_t half = 1ull << (clock->bits - 1);
	uint64_t now = clock->ops->count(clock);

	rounds++;
	now += (now < half ? rounds : rounds - 1) << clock->bits;
	if (now > last)
		last = now;
}

static void timer_handler(u32 irq, void *arg)
{
	u32 what = clock->ops->ack(clock);

	(void)irq;
	(void)arg;
	if (what & TIMER_WRAPPED)
		catch_up();
	if ((what & TIMER_TICKED) && tick_handler)
		tick_handler(tick_arg);
}

static bool request_interrupts(struct timer *t)
{
	if (t->irq < 0)
		return false;
	if (request_irq((u32)t->irq, timer_handler, "timer", t))
		return false;
	if (t->tick_irq < 0)
		return true;
	return !request_irq((u32)t->tick_irq, timer_handler, "timer tick", t);
}

int timer_init(struct timer *t)
{
	int err;

	clock = NULL;
	can_tick = false;
	tick_handler = NULL;
	no_clock_reported = stands_still = false;
	err = t->ops->init(t);
	if (err)
		return err;
	first = last = t->ops->count(t);
	rounds = 0;
	clock = t;
	can_tick = request_interrupts(t);
	return 0;
}

uint64_t timer_ticks(void)
{
	uint64_t now, mask;
	u32 flags;

	if (!clock)
		return 0;
	mask = clock->bits < 64 ? (1ull << clock->bits) - 1 : ~0ull;
	/* A counter read before another reader's, but applied after it, would
	 * look like a wrap. */
	flags = irq_save();
	last += (clock->ops->count(clock) - last) & mask;
	now = last - first;
	irq_restore(flags);
	return now;
}

uint64_t timer_usecs(void)
{
	uint64_t t = timer_ticks();

	if (!clock)
		return 0;
	/* Whole seconds apart: the product would wrap after days at high rates. */
	return t / clock->rate * USECS_PER_SEC + t % clock->rate * USECS_PER_SEC / clock->rate;
}

u32 timer_rate(void)
{
	return clock ? clock->rate : 0;
}

/* A clock that is off, or that this side of the core may not read, never moves. */
static void wait_until(uint64_t from, uint64_t counts)
{
	uint64_t now, seen = from;
	u32 looks = 0;

	while ((now = timer_ticks()) - from < counts) {
		looks = now == seen ? looks + 1 : 0;
		seen = now;
		if (looks < STANDING_LOOKS)
			continue;
		mm_log("udelay: timer %s stands still, delays are left out; is its clock on, and "
		       "may this side of the core read it?",
		       clock->ops->name);
		stands_still = true;
		return;
	}
}

static void delay(uint64_t us)
{
	uint64_t from, counts;

	if (!clock) {
		if (!no_clock_reported)
			mm_log("udelay: there is no timer, delays are left out; "
			       "add a DEV_TIMER row to the board");
		no_clock_reported = true;
		return;
	}
	if (stands_still)
		return;
	from = timer_ticks();
	/* Rounded up, and one more: the first count may be nearly over. */
	counts = (us * clock->rate + USECS_PER_SEC - 1) / USECS_PER_SEC + 1;
	wait_until(from, counts);
}

void udelay(u32 us)
{
	delay(us);
}

void mdelay(u32 ms)
{
	delay((uint64_t)ms * 1000);
}

int timer_tick_start(u32 hz, void (*handler)(void *arg), void *arg)
{
	int err;

	if (!clock || !can_tick) {
		mm_log("timer tick: %s",
		       clock ? "the timer's interrupt is not to be had" : "there is no timer");
		return -ENODEV;
	}
	if (!hz || hz > TICK_MAX_HZ || !handler) {
		mm_log("timer tick: %u Hz; it takes 1 to %u Hz and a handler", hz, TICK_MAX_HZ);
		return -EINVAL;
	}
	timer_tick_stop();
	tick_arg = arg;
	tick_handler = handler;
	err = clock->ops->tick_start(clock, hz);
	if (err)
		tick_handler = NULL;
	return err;
}

void timer_tick_stop(void)
{
	u32 flags;

	if (!clock)
		return;
	flags = irq_save();
	clock->ops->tick_stop(clock);
	tick_handler = NULL;
	irq_restore(flags);
}
