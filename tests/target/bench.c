/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/target/bench.c - bench_main(): executed instructions of the public calls.
 *
 * Under QEMU's -icount shift=0 an instruction takes a nanosecond of the guest's
 * time, so any clock counts them.  Where the core's cycle counter runs (1 GHz
 * there), each repetition is measured by itself: first, min and mean.  Where it
 * stands still, the board's timer is read before and after 1,000 repetitions,
 * which gives the mean.  The cost of an empty repetition is taken off.
 *
 * What is mapped is a hole of the physical map; nothing touches it.
 */
#include "boot/boot.h"
#include "drivers/timer.h"
#include "mm/ioremap.h"
#include "mm/iotable.h"
#include "mm/layout.h"
#include "mm/log.h"
#include "mm/pgtable.h"
#include "mm/resource.h"
#include "mm/set_memory.h"
#include "mm/walk.h"
#include "seam.h"
#include "tests/target/touch.h"

#define REPEAT 1000u
#define NS_PER_S 1000000000u

/** struct job - what is measured; @a and @b are up to it */
struct job {
	const char *name;
	void (*run)(u32 a, u32 b);
	u32 a, b;
};

static bool cycles_count;

static void run_nothing(u32 a, u32 b)
{
	(void)a;
	(void)b;
}

/* ---- with the cycle counter ---- */

struct sample {
	u32 first, min, mean;
};

static u32 run_once(const struct job *job)
{
	u32 from = cycle_counter_read();

	job->run(job->a, job->b);
	return cycle_counter_read() - from;
}

static struct sample sample_cycles(const struct job *job)
{
	struct sample s = { .first = run_once(job) };
	uint64_t sum = s.first;

	s.min = s.first;
	for (u32 i = 1; i < REPEAT; i++) {
		u32 n = run_once(job);

		sum += n;
		s.min = n < s.min ? n : s.min;
	}
	s.mean = (u32)((sum + REPEAT / 2) / REPEAT);
	return s;
}

/* ---- with the board's timer ---- */

static uint64_t run_many(const struct job *job)
{
	uint64_t from = timer_ticks();

	for (u32 i = 0; i < REPEAT; i++)
		job->run(job->a, job->b);
	return timer_ticks() - from;
}

static u32 mean_by_timer(const struct job *job)
{
	const uint64_t rate = (uint64_t)timer_rate() * REPEAT;

	return (u32)((run_many(job) * NS_PER_S + rate / 2) / rate);
}

/* ---- a case ---- */

static void tell(const char *name, const char *which, u32 n)
{
	mm_log("BENCH\t%s%s\t%u", name, which, n);
}

static u32 less(u32 n, u32 base)
{
	return n > base ? n - base : 0;
}

static void measure(const struct job *job)
{
	/* volatile: the compiler must not see that nothing is called */
	void (*volatile empty)(u32 a, u32 b) = run_nothing;
	const struct job nothing = { .run = empty };

	if (cycles_count) {
		u32 base = sample_cycles(&nothing).min;
		struct sample s = sample_cycles(job);

		tell(job->name, ", first", less(s.first, base));
		tell(job->name, ", min", less(s.min, base));
		tell(job->name, "", less(s.mean, base));
	} else {
		u32 base = mean_by_timer(&nothing);

		tell(job->name, "", less(mean_by_timer(job), base));
	}
}

static void measure_all(const struct job *jobs, u32 n)
{
	for (u32 i = 0; i < n; i++)
		measure(&jobs[i]);
}

/* ---- what is measured ---- */

static void run_pair(u32 pa, u32 size)
{
	iounmap(ioremap_new(pa, size));
}

static void run_row_pair(u32 pa, u32 size)
{
	iounmap(ioremap(pa, size));
}

static void run_claim(u32 pa, u32 size)
{
	request_mem_region(pa, size, "bench");
	release_mem_region(pa, size);
}

static void run_walk(u32 va, u32 root)
{
	struct walk w;

	walk(root, va, &w);
}

static void run_protect(u32 va, u32 pages)
{
	set_memory_ro(va, pages);
	set_memory_rw(va, pages);
}

static void run_row_by_pa(u32 pa, u32 last)
{
	static_row_by_pa(pa, last);
}

static void run_row_by_va(u32 va, u32 b)
{
	(void)b;
	static_row_by_va(va);
}

static void pairs(void)
{
	const struct job jobs[] = {
		{ "map+unmap 4K", run_pair, hole_in_memory(SZ_4K, SZ_4K), 4 },
		{ "map+unmap 64K", run_pair, hole_in_memory(SZ_64K, SZ_64K), SZ_64K },
		{ "map+unmap 1M", run_pair, hole_in_memory(SZ_1M, SZ_1M), SZ_1M },
		{ "map+unmap 16M", run_pair, hole_in_memory(SZ_16M, SZ_16M), SZ_16M },
	};

	for (u32 i = 0; i < ARRAY_SIZE(jobs); i++)
		if (jobs[i].a)
			measure(&jobs[i]);
}

#define LIVE_MAX 4096u

/* One more pair beside others that stay. */
static void pairs_among(void)
{
	static const struct {
		u32 live;
		const char *name;
	} cases[] = {
		{ 16, "map+unmap 4K, 16 live" },
		{ 256, "map+unmap 4K, 256 live" },
		{ 1024, "map+unmap 4K, 1024 live" },
		{ LIVE_MAX, "map+unmap 4K, 4096 live" },
	};
	static void __iomem *live[LIVE_MAX];
	pa_t pa = hole_in_memory((LIVE_MAX + 1) * SZ_4K, SZ_1M);
	u32 n = 0;

	for (u32 i = 0; pa && i < ARRAY_SIZE(cases); i++) {
		struct job job = { cases[i].name, run_pair, pa + LIVE_MAX * SZ_4K, 4 };

		while (n < cases[i].live && (live[n] = ioremap_new(pa + n * SZ_4K, 4)))
			n++;
		if (n < cases[i].live)
			mm_log("bench: only %u of %u mappings could be made: raise MM_TABLES", n,
			       cases[i].live);
		else
			measure(&job);
	}
	while (n)
		iounmap(live[--n]);
}

static void rows_between(const struct static_row *first, const struct static_row *last)
{
	const struct job jobs[] = {
		{ "static row map+unmap, first row", run_row_pair, first->pa, 4 },
		{ "static row map+unmap, last row", run_row_pair, last->pa, 4 },
		{ "static_row_by_pa, first row", run_row_by_pa, first->pa, first->pa_last },
		{ "static_row_by_pa, last row", run_row_by_pa, last->pa, last->pa_last },
		{ "static_row_by_va, last row", run_row_by_va, last->va, 0 },
		{ "walk, small page", run_walk, last->va, pgtable_root() },
	};

	measure_all(jobs, ARRAY_SIZE(jobs));
}

/* The device rows with the lowest and the highest physical address. */
static void rows(void)
{
	const struct static_row *first = NULL, *last = NULL;

	for (u32 i = 0; static_row_get(i); i++) {
		if (static_row_get(i)->type & MAP_IS_RAM)
			continue;
		last = static_row_get(i);
		first = first ? first : last;
	}
	if (first)
		rows_between(first, last);
}

/* With one page of its 16 MiB read-only already, a section stays a section. */
static void rights(void)
{
	va_t ram = spare_ram(SZ_16M, SZ_16M);
	const struct job whole[] = {
		{ "set_memory_ro+rw, page in 16M", run_protect, ram + SZ_1M, 1 },
		{ "walk, section or supersection", run_walk, ram, pgtable_root() },
	};
	const struct job section = { "set_memory_ro+rw, page in 1M", run_protect, ram + SZ_1M, 1 };
	const struct job page = { "set_memory_ro+rw, page among pages", run_protect, ram + SZ_64K,
				  1 };

	if (!ram)
		return;
	measure_all(whole, ARRAY_SIZE(whole));
	set_memory_ro(ram, 1);
	measure(&section);
	set_memory_ro(ram + SZ_64K + SZ_4K, 1);
	measure(&page);
	set_memory_rw(ram + SZ_64K + SZ_4K, 1);
	set_memory_rw(ram, 1);
}

static void claims(void)
{
	const struct static_row *row = spare_row();
	const struct job job = { "request+release region", run_claim, row ? row->pa + 0x800 : 0,
				 4 };

	if (!row)
		return;
	measure(&job);
}

/* The counter runs if it moves while a thousand instructions pass. */
static bool try_cycles(void)
{
	volatile u32 i;
	u32 from;

	cycle_counter_start();
	from = cycle_counter_read();
	for (i = 0; i < REPEAT; i++)
		;
	return cycle_counter_read() - from >= REPEAT;
}

int bench_main(void)
{
	cycles_count = try_cycles();
	if (!cycles_count && !timer_rate()) {
		mm_log("bench: the cycle counter stands still and the board has no timer: "
		       "add a DEV_TIMER row");
		return 1;
	}
	mm_log("bench: by %s; figures are instructions only under -icount shift=0 (make bench)",
	       cycles_count ? "the core's cycle counter" : "the board's timer");
	pairs();
	pairs_among();
	rows();
	rights();
	claims();
	return 0;
}
