/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/target/test_irq.c - interrupts: the tick arrives, can be held back, and
 * does not disturb who maps and unmaps meanwhile.
 *
 * Waits end when the tick has come; the limit is only how long a failure takes.
 */
#include <errno.h>

#include "drivers/irq.h"
#include "drivers/probe.h"
#include "drivers/timer.h"
#include "mm/io.h"
#include "mm/ioremap.h"
#include "mm/log.h"
#include "mm/pgtable.h"
#include "mm/walk.h"
#include "seam.h"
#include "tests/target/groups.h"
#include "tests/target/spare_irq.h"
#include "tests/target/touch.h"

#define LIMIT_US 5000000u
/* Once none came at all, the next are not waited for as long. */
#define LIMIT_AGAIN_US 100000u

static volatile u32 ticks;
static volatile bool masked_in_handler;

static void tick(void *arg)
{
	masked_in_handler = !irqs_enabled();
	ticks += (u32)arg;
}

static const struct device_desc *row_of(u32 class)
{
	const struct device_desc *row;

	for (u32 i = 0; (row = device_desc_at(i)); i++)
		if (row->class == class)
			return row;
	return NULL;
}

/* The interrupt that the tick comes by: its own, or the timer's. */
static u32 tick_irq(void)
{
	const struct device_desc *row = row_of(DEV_TIMER);

	return row->aux ? row->aux : (u32)row->irq;
}

static bool wait_for_ticks(u32 n)
{
	static u32 limit = LIMIT_US;
	uint64_t from = timer_usecs();

	while (ticks < n && timer_usecs() - from < limit)
		;
	if (!ticks && limit == LIMIT_US) {
		limit = LIMIT_AGAIN_US;
		mm_log("# interrupt %u of the timer never came: .irq of the timer's row (.aux "
		       "where the tick has its own)? It counts as drivers/irq.h says. Or the "
		       "windows of the DEV_INTC row?",
		       tick_irq());
	}
	return ticks >= n;
}

static void clock_runs(void)
{
	uint64_t last = timer_ticks(), from = last;

	CHECK(timer_rate());
	for (u32 i = 0; i < 10000; i++) {
		uint64_t now = timer_ticks();

		CHECK(now >= last);
		last = now;
	}
	udelay(1000);
	CHECK(timer_ticks() - from >= timer_rate() / 1000);
}

static void periodic(void)
{
	struct irq_stats before, after;
	u32 count = irq_count(tick_irq());

	ticks = 0;
	irq_stats(&before);
	NEED(!timer_tick_start(1000, tick, (void *)1));
	CHECK(wait_for_ticks(5));
	timer_tick_stop();
	CHECK(masked_in_handler);
	CHECK(irqs_enabled());
	irq_stats(&after);
	CHECK(after.served - before.served >= 5);
	CHECK(irq_count(tick_irq()) - count >= 5);
	CHECK_EQ(after.unhandled, before.unhandled);
}

static void stopped(void)
{
	u32 now, count;

	ticks = 0;
	NEED(!timer_tick_start(1000, tick, (void *)1));
	CHECK(wait_for_ticks(1));
	timer_tick_stop();
	now = ticks;
	count = irq_count(tick_irq());
	udelay(5000);
	CHECK_EQ(ticks, now);
	CHECK_EQ(irq_count(tick_irq()), count); /* not even unheard */
}

static void held_back(void)
{
	u32 now;

	ticks = 0;
	NEED(!timer_tick_start(1000, tick, (void *)1));
	CHECK(wait_for_ticks(1));
	CHECK_EQ(disable_irq(tick_irq()), 0);
	CHECK_EQ(disable_irq(tick_irq()), 0);
	now = ticks;
	udelay(5000);
	CHECK_EQ(ticks, now);
	CHECK_EQ(enable_irq(tick_irq()), 0);
	udelay(5000);
	CHECK_EQ(ticks, now); /* disabled twice, enabled once */
	CHECK_EQ(enable_irq(tick_irq()), 0);
	CHECK(wait_for_ticks(now + 1));
	timer_tick_stop();
	CHECK_EQ(enable_irq(tick_irq()), -EINVAL);
}

static void masked(void)
{
	u32 flags, now;

	ticks = 0;
	NEED(!timer_tick_start(1000, tick, (void *)1));
	CHECK(wait_for_ticks(1));
	flags = irq_save();
	now = ticks;
	udelay(5000);
	CHECK_EQ(ticks, now);
	irq_restore(flags);
	CHECK(wait_for_ticks(now + 1));
	timer_tick_stop();
}

static void nobody(u32 irq, void *arg)
{
	(void)irq;
	(void)arg;
}

static void requests(void)
{
	u32 irq = spare_irq_after(tick_irq());
	int here;

	CHECK_EQ(request_irq(tick_irq(), nobody, "test", NULL), -EBUSY);
	CHECK_EQ(request_irq(IRQ_MAX, nobody, "test", NULL), -EINVAL);
	CHECK_EQ(request_irq(irq, NULL, "test", NULL), -EINVAL);
	CHECK_EQ(request_irq(irq, nobody, NULL, NULL), -EINVAL);
	CHECK_EQ(disable_irq(irq), -EINVAL);
	CHECK_EQ(request_irq(irq, nobody, "test", &here), 0);
	free_irq(irq, NULL); /* another argument: refused */
	CHECK_EQ(request_irq(irq, nobody, "test", &here), -EBUSY);
	free_irq(irq, &here);
	CHECK_EQ(request_irq(irq, nobody, "test", &here), 0);
	free_irq(irq, &here);
	CHECK_EQ(timer_tick_start(0, tick, NULL), -EINVAL);
	CHECK_EQ(timer_tick_start(1000, NULL, NULL), -EINVAL);
}

static int said_in_handler;

/* What the headers allow a handler: of its own interrupt and of others. */
static void tick_once(void *arg)
{
	u32 other = spare_irq_after(tick_irq());

	tick(arg);
	said_in_handler = disable_irq(tick_irq());
	said_in_handler |= request_irq(other, nobody, "test", arg);
	said_in_handler |= disable_irq(other);
	said_in_handler |= enable_irq(other);
	free_irq(other, arg);
}

static void from_handler(void)
{
	ticks = 0;
	said_in_handler = -EINVAL;
	NEED(!timer_tick_start(1000, tick_once, (void *)1));
	CHECK(wait_for_ticks(1));
	udelay(5000);
	CHECK_EQ(ticks, 1); /* held back by itself */
	CHECK_EQ(said_in_handler, 0);
	CHECK_EQ(enable_irq(tick_irq()), 0);
	CHECK(wait_for_ticks(2));
	timer_tick_stop();
	CHECK_EQ(enable_irq(tick_irq()), 0); /* the second call's */
	CHECK_EQ(request_irq(spare_irq_after(tick_irq()), nobody, "test", NULL), 0);
	free_irq(spare_irq_after(tick_irq()), NULL);
}

/* An abort is caught while ticks come; both keep their state apart. */
static void aborts_among_ticks(void)
{
	u32 caught = 0, tries = 0;

	ticks = 0;
	NEED(!timer_tick_start(10000, tick, (void *)1));
	NEED(wait_for_ticks(1));
	while ((ticks < 20 || !caught) && tries++ < 1000000) {
		struct abort_info info;

		caught += touch(access_read32, 0, 0, &info) && info.far == 0;
	}
	timer_tick_stop();
	CHECK(ticks >= 20);
	CHECK(caught);
}

#define PAIRS 2000u

/* At least PAIRS pairs, and until enough ticks fell between them. */
static void storm(void)
{
	pa_t hole = hole_in_memory(SZ_16M, SZ_1M);
	u32 wrong = 0, pairs = 0;

	if (!hole)
		return;
	ticks = 0;
	NEED(!timer_tick_start(10000, tick, (void *)1));
	NEED(wait_for_ticks(1));
	while (pairs < PAIRS || (ticks < 50 && pairs < 1000 * PAIRS)) {
		pa_t pa = hole + pairs % 16 * SZ_4K, at;
		void __iomem *p = ioremap_new(pa, pairs % 5 ? 4 : SZ_64K);

		wrong += !p || !walk_translate(pgtable_root(), iomem_va(p), &at) || at != pa;
		iounmap(p);
		wrong += walk_translate(pgtable_root(), iomem_va(p), &at);
		pairs++;
	}
	timer_tick_stop();
	CHECK_EQ(wrong, 0);
	CHECK(ticks >= 50);
	CHECK(irqs_enabled());
}

static const struct tap_test tests[] = {
	{ "the clock runs and never goes back", clock_runs },
	{ "the periodic tick arrives, interrupts masked in its handler", periodic },
	{ "a stopped tick does not come any more", stopped },
	{ "disable_irq() nests and holds the tick back", held_back },
	{ "irq_save() holds the tick back, not for ever", masked },
	{ "bad requests are refused, free_irq() wants its argument", requests },
	{ "a handler may hold back its own interrupt, request and free others", from_handler },
	{ "aborts are caught while the tick runs at 10 kHz", aborts_among_ticks },
	{ "2000 mappings come and go while the tick runs at 10 kHz", storm },
};

static void run(void)
{
	if (row_of(DEV_TIMER) && row_of(DEV_INTC)) {
		tap_table(tests, ARRAY_SIZE(tests));
		return;
	}
	for (u32 i = 0; i < ARRAY_SIZE(tests); i++) {
		tap_begin(tests[i].name, "");
		tap_skip("the board has no DEV_TIMER row or no DEV_INTC row");
		tap_end();
	}
}

const struct tap_group group_irq = { "irq", run };
