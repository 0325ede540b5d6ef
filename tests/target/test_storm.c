/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/target/test_storm.c - the public calls under a storm of timer interrupts.
 *
 * Each test repeats one kind of call until enough interrupts have landed inside.
 * Their handler checks the kit's whole state (storm_sound.c) and calls what the
 * headers allow there: the accessors, walks, ioremap_query(), who owns an address,
 * the log, the clock, request_irq().  ioremap() and its kin, claims and
 * set_memory_*() are not allowed there, so the handler only watches them.
 */
#include <errno.h>
#include <string.h>

#include "board/board.h"
#include "boot/boot.h"
#include "drivers/console.h"
#include "drivers/irq.h"
#include "drivers/probe.h"
#include "drivers/timer.h"
#include "mm/io.h"
#include "mm/ioremap.h"
#include "mm/iotable.h"
#include "mm/log.h"
#include "mm/pgtable.h"
#include "mm/resource.h"
#include "mm/set_memory.h"
#include "mm/verify.h"
#include "mm/walk.h"
#include "seam.h"
#include "tests/target/groups.h"
#include "tests/target/spare_irq.h"
#include "tests/target/storm.h"
#include "tests/target/touch.h"

#define SEED 0x20111u
/* Interrupts that must land inside calls, for each kind of call. */
#define ENOUGH 120u
/* Rounds for one of them after which no more are waited for: far more than it takes. */
#define ROUNDS 20000u
/* Once none came at all, the next tests do not try for as long. */
#define ROUNDS_AGAIN 2000u

static struct storm storm;
static bool none_came;
static pa_t hole; /* HOLE bytes of physical addresses that nobody has */
#define HOLE (2 * SZ_16M)
static va_t ram; /* a MiB of RAM that nobody uses */

/* ---- the log, which both sides use ---- */

static volatile u32 thread_lines, thread_sum, handler_lines, cut_lines;

static u32 sum_of(const char *line)
{
	u32 sum = 0;

	while (*line)
		sum = (sum << 5 | sum >> 27) + (u8)*line++ * 0x9e3779b1u;
	return sum;
}

/* Runs on both sides: what the other one changes, this one leaves alone. */
static void keep_line(const char *line)
{
	if (storm_in_handler()) {
		handler_lines++;
		cut_lines += strncmp(line, "storm: ", 7) && strncmp(line, "irq ", 4);
		return;
	}
	thread_lines++;
	thread_sum += sum_of(line);
}

/* ---- one test ---- */

static const char *nothing_more(void)
{
	return NULL;
}

static void tell_what_was_wrong(void)
{
	mm_log("# storm: seed 0x%x, interrupt %u, at %S: %s", SEED, storm.ticks, storm.wrong_pc,
	       storm.wrong);
}

/* Rounds of @once until @enough has landed in them. */
static void weather(void (*once)(void), const char *(*look)(void), u32 enough)
{
	u32 rounds = none_came ? ROUNDS_AGAIN : enough * ROUNDS;

	storm = (struct storm){ .look = look };
	thread_lines = thread_sum = handler_lines = cut_lines = 0;
	storm_seed(SEED);
	storm_sound_start(hole, HOLE);
	mm_set_log(keep_line);
	if (storm_begin(&storm)) {
		while (rounds-- && !storm.wrong && storm.inside < enough)
			once();
		storm_end();
	}
	mm_set_log(console_log_line);
	none_came = !storm.ticks;
	if (storm.wrong)
		tell_what_was_wrong();
	CHECK(!storm.wrong);
	CHECK(storm.inside >= enough);
	CHECK_EQ(cut_lines, 0);
	CHECK(handler_lines >= storm.said);
	CHECK(irqs_enabled());
}

/* The end of a test: what the handler checked each time, once more, and all of it. */
static void is_sound(void)
{
	u32 flags = irq_save();
	const char *wrong = storm_sound(true);

	irq_restore(flags);
	if (wrong)
		mm_log("# storm: afterwards %s", wrong);
	CHECK(!wrong);
}

/* ---- ioremap(), its variants, iounmap() ---- */

#define HELD 40u

typedef void __iomem *(*map_fn)(phys_addr_t phys, size_t size);

static void __iomem *volatile held[HELD];
static u32 mappings_wrong, refused, bad_unmaps;
static va_t volatile register_va; /* a device's register, mapped through the window, or 0 */

/* One of each size of descriptor, and what needs several; never over the hole's end. */
static u32 some_size(void)
{
	static const u32 sizes[] = { 4,
				     4,
				     4,
				     SZ_4K,
				     SZ_4K + 1,
				     SZ_64K,
				     SZ_1M,
				     SZ_64K + 8192,
				     SZ_1M,
				     3 * SZ_1M + 1,
				     SZ_16M + SZ_4K };

	return sizes[storm_below(ARRAY_SIZE(sizes))];
}

static pa_t some_pa(u32 size)
{
	static const u32 units[] = { SZ_4K, SZ_64K, SZ_1M };
	u32 unit = units[storm_below(ARRAY_SIZE(units))];

	return hole + storm_below((HOLE - size) / unit) * unit + (unit == SZ_4K ? 4 : 0);
}

/* A MiB has one memory type here: no two calls differ about a page. */
static map_fn call_for(pa_t pa, u32 size)
{
	static const map_fn calls[] = { ioremap, ioremap_new, ioremap_np, ioremap_wc,
					ioremap_cache };

	if (size > SZ_64K || (pa ^ (pa + size - 1)) & SECTION_MASK)
		return ioremap_new;
	return calls[(pa >> SECTION_SHIFT) % ARRAY_SIZE(calls)];
}

static void map_one(u32 i)
{
	u32 size = some_size();
	pa_t pa = some_pa(size), at;
	map_fn map = call_for(pa, size);
	void __iomem *p;

	STORM(p = map(pa, size));
	held[i] = p;
	refused += !p; /* as it may be: no room, or another type is there */
	if (p && (!walk_translate(pgtable_root(), iomem_va(p), &at) || at != pa))
		mappings_wrong++;
}

static void unmap_one(u32 i)
{
	void __iomem *p = held[i];
	pa_t at;

	held[i] = NULL;
	STORM(iounmap(p));
	mappings_wrong += walk_translate(pgtable_root(), iomem_va(p), &at);
}

static void refused_map(void)
{
	void __iomem *p;

	errno = 0;
	STORM(p = ioremap(__virt_to_phys(ram), 4));
	mappings_wrong += p || errno != EPERM;
	errno = 0;
	STORM(p = ioremap_new(hole, 0));
	mappings_wrong += p || errno != EINVAL;
	refused += 2;
}

static void refused_unmap(void)
{
	errno = 0;
	STORM(iounmap(IOMEM(VMALLOC_END - PAGE_SIZE)));
	mappings_wrong += errno != EINVAL;
	bad_unmaps++;
}

/* A static row serves it: no table changes, a count does. */
static void row_counted(void)
{
	const struct static_row *row = static_row_get(0);
	void __iomem *p;

	for (u32 i = 0; row && row->type != MT_DEVICE; i++)
		row = static_row_get(i);
	if (!row)
		return;
	STORM(p = ioremap(row->pa, 4));
	mappings_wrong += iomem_va(p) != row->va;
	STORM(iounmap(p));
}

static void map_register(void)
{
	void __iomem *p;

	STORM(p = ioremap_new(spare_register() + 8, 4));
	register_va = iomem_va(p);
	storm_below(2);
	register_va = 0;
	STORM(iounmap(p));
}

static void map_and_unmap(void)
{
	u32 i = storm_below(HELD);

	switch (storm_below(16)) {
	case 0:
		refused_map();
		return;
	case 1:
		refused_unmap();
		return;
	case 2:
		row_counted();
		return;
	case 3:
		map_register();
		return;
	default:
		if (held[i])
			unmap_one(i);
		else
			map_one(i);
	}
}

/* What a driver's handler does: find its mapping there and read a register of it. */
static const char *look_at_mappings(void)
{
	struct io_info info;
	va_t va = register_va;
	pa_t pa;

	if (va) {
		ioremap_query(va, &info);
		if (info.state != IO_LIVE || readl(IOMEM(va)) != readl_relaxed(IOMEM(va)))
			return "ioremap_query() does not know a mapping that was returned";
	}
	for (u32 i = 0; i < HELD; i++) {
		va = iomem_va(held[i]);
		if (!va)
			continue;
		ioremap_query(va, &info);
		if (info.state != IO_LIVE || !walk_translate(pgtable_root(), va, &pa) ||
		    (pa & PAGE_MASK) != info.pa)
			return "ioremap_query() and the tables differ about a mapping";
	}
	return NULL;
}

static void unmap_all(void)
{
	for (u32 i = 0; i < HELD; i++)
		unmap_one(i);
}

static void mappings(void)
{
	struct ioremap_stats before, after;

	ioremap_stats(&before);
	mappings_wrong = refused = bad_unmaps = 0;
	weather(map_and_unmap, look_at_mappings, ENOUGH);
	unmap_all();
	CHECK_EQ(mappings_wrong, 0);
	ioremap_stats(&after);
	CHECK_EQ(after.live, before.live);
	CHECK_EQ(after.live_pages, before.live_pages);
	CHECK_EQ(after.static_counts, before.static_counts);
	CHECK_EQ(after.refused, before.refused + refused);
	CHECK_EQ(after.bad_unmaps, before.bad_unmaps + bad_unmaps);
	is_sound();
}

/* ---- claims ---- */

static volatile bool claimed_once;
static u32 claims_wrong;

static bool is_ours(const struct resource *r)
{
	return r && (r->flags & IORESOURCE_BUSY) && !strcmp(r->name, "storm");
}

/* Innermost released first: the nodes then keep the names that the handler looks for. */
static void claim_beside(void)
{
	struct resource *r;

	STORM(r = request_mem_region(hole + 16, 4, "beside"));
	claims_wrong += !r;
	errno = 0;
	STORM(r = request_mem_region(hole + 12, 8, "thief"));
	claims_wrong += r || errno != EBUSY;
	errno = 0;
	STORM(release_mem_region(hole + 12, 8));
	claims_wrong += errno != EINVAL;
	STORM(release_mem_region(hole + 16, 4));
}

static void claim_and_release(void)
{
	struct resource *r;

	STORM(r = request_mem_region(hole, 16, "storm"));
	claimed_once = true;
	claims_wrong += !is_ours(r) || resource_owner(hole + 15) != r;
	if (!storm_below(16))
		claim_beside();
	STORM(release_mem_region(hole, 16));
	claims_wrong += resource_owner(hole) != NULL;
}

/* At every moment it is claimed, or was: what an abort report would say. */
static const char *look_at_claims(void)
{
	const struct resource *owner = resource_owner(hole + 8);
	const struct resource *last = resource_last_owner(hole + 8);

	if (!claimed_once)
		return NULL;
	if (owner && !is_ours(owner))
		return "another one owns the claim";
	if (!owner && (!last || strcmp(last->name, "storm")))
		return "the claim has neither an owner nor a last owner";
	return NULL;
}

static void claims(void)
{
	const u32 bad = resource_bad_releases();

	claimed_once = false;
	claims_wrong = 0;
	/* what must not be seen lasts for two instructions */
	weather(claim_and_release, look_at_claims, 4 * ENOUGH);
	CHECK_EQ(claims_wrong, 0);
	CHECK(resource_bad_releases() > bad);
	CHECK(!resource_owner(hole));
	is_sound();
}

/* ---- rights ---- */

#define MARK 0x5707a9d5u
#define MIB_PAGES (SZ_1M / PAGE_SIZE)
static u32 rights_wrong;

static volatile u32 *word_of_page(u32 page)
{
	return (volatile u32 *)(ram + page * PAGE_SIZE);
}

static void mark_pages(void)
{
	for (u32 i = 0; i < MIB_PAGES; i++)
		*word_of_page(i) = MARK + i;
}

static void change_rights(void)
{
	u32 first = storm_below(MIB_PAGES - 1), pages = 1 + storm_below(40);
	va_t va = ram + first * PAGE_SIZE;
	int err;

	pages = pages < MIB_PAGES - first ? pages : MIB_PAGES - first;
	STORM(err = set_memory_ro(va, pages));
	rights_wrong += err != 0;
	STORM(err = set_memory_x(va, pages));
	rights_wrong += err != 0;
	STORM(err = set_memory_rw(va, pages)); /* it would be writable and executable */
	rights_wrong += err != -EACCES;
	STORM(err = set_memory_nx(va, pages));
	rights_wrong += err != 0;
	STORM(err = set_memory_rw(va, pages));
	rights_wrong += err != 0;
}

/* Each page is there, and may be written where its descriptor says so. */
static const char *look_at_rights(void)
{
	for (u32 i = 0; i < MIB_PAGES; i++) {
		struct walk w;

		if (*word_of_page(i) != MARK + i)
			return "a page does not hold what it held";
		walk(pgtable_root(), ram + i * PAGE_SIZE, &w);
		if (w.write && w.exec)
			return "a page is writable and executable";
		if (w.write)
			*word_of_page(i) = MARK + i;
	}
	return NULL;
}

static void rights(void)
{
	struct walk before, after;

	walk(pgtable_root(), ram, &before);
	mark_pages();
	rights_wrong = 0;
	weather(change_rights, look_at_rights, ENOUGH);
	CHECK_EQ(rights_wrong, 0);
	walk(pgtable_root(), ram, &after);
	CHECK_EQ(after.kind, before.kind);
	CHECK_EQ(after.l1, before.l1);
	is_sound();
}

/* ---- accessors ---- */

#define BLOCK 1003u
static u8 pattern[BLOCK], thread_copy[BLOCK], handler_copy[BLOCK];
static va_t registers;
static u32 accesses_wrong;

/* @to is RAM that stands for a device's memory. */
static bool copies(void __iomem *to, u8 *back)
{
	memset_io(to, 0x5a, BLOCK + 1);
	if (readb(to) != 0x5a || readb(to + BLOCK) != 0x5a)
		return false;
	memcpy_toio(to, pattern, BLOCK);
	memcpy_fromio(back, to, BLOCK);
	return !memcmp(back, pattern, BLOCK) && readb(to + BLOCK) == 0x5a;
}

static bool stores(void __iomem *to)
{
	writel(0x12345678, to);
	writew(0xbeef, to + 4);
	writeb(0x42, to + 6);
	return readl(to) == 0x12345678 && readw(to + 4) == 0xbeef && readb(to + 6) == 0x42;
}

static void access_memory(void)
{
	bool good;

	STORM(good = copies(IOMEM(ram + storm_below(8)), thread_copy));
	accesses_wrong += !good;
	STORM(good = stores(IOMEM(ram)));
	accesses_wrong += !good;
	if (registers)
		STORM(good = readl(IOMEM(registers)) == readl_relaxed(IOMEM(registers)));
	accesses_wrong += !good;
}

static const char *look_at_memory(void)
{
	if (!copies(IOMEM(ram + SZ_4K + 1), handler_copy) || !stores(IOMEM(ram + 2 * SZ_4K)))
		return "an accessor did not do what it does elsewhere";
	return NULL;
}

static void accessors(void)
{
	const struct static_row *row = spare_row();

	tap_skip(NULL); /* without a register RAM has to do */
	registers = row ? readable_in(row) : 0;
	for (u32 i = 0; i < BLOCK; i++)
		pattern[i] = (u8)(i * 7 + 1);
	accesses_wrong = 0;
	weather(access_memory, look_at_memory, ENOUGH);
	CHECK_EQ(accesses_wrong, 0);
	is_sound();
}

/* ---- the clock ---- */

/* Nearly a round of a 32-bit counter: what one reading too few or too many looks like. */
#define LEAP 0xff000000u
static uint64_t clock_seen; /* by the handler */
static u32 clock_wrong;

static bool follows(uint64_t now, uint64_t before)
{
	return now >= before && now - before < LEAP;
}

static void read_clock(void)
{
	u32 flags = irq_save();
	uint64_t before = clock_seen, now;

	irq_restore(flags);
	STORM(now = timer_ticks());
	clock_wrong += !follows(now, before);
}

static const char *look_at_clock(void)
{
	uint64_t before = clock_seen;

	clock_seen = timer_ticks();
	return follows(clock_seen, before) ? NULL : "the clock went back, or leapt";
}

static void clock_reads(void)
{
	clock_wrong = 0;
	clock_seen = timer_ticks();
	weather(read_clock, look_at_clock, ENOUGH);
	CHECK_EQ(clock_wrong, 0);
}

/* ---- reports ---- */

static void show_everything(void)
{
	STORM(ptdump_show(pgtable_root()));
	STORM(vmallocinfo_show());
	STORM(iomem_show());
	STORM(maps_show());
	STORM(walk_show(pgtable_root(), ram));
}

static u32 reports, reports_wrong, sum_in_quiet, lines_in_quiet;

static void report_again(void)
{
	const u32 lines = thread_lines, sum = thread_sum;

	show_everything();
	reports++;
	reports_wrong += thread_lines - lines != lines_in_quiet || thread_sum - sum != sum_in_quiet;
}

/* Both print at a time; each line comes out whole. */
static void reporters(void)
{
	mm_set_log(keep_line);
	thread_lines = thread_sum = 0;
	show_everything();
	lines_in_quiet = thread_lines;
	sum_in_quiet = thread_sum;
	mm_set_log(console_log_line);
	CHECK(lines_in_quiet > 10);
	reports = reports_wrong = 0;
	weather(report_again, nothing_more, ENOUGH);
	CHECK(reports);
	CHECK_EQ(reports_wrong, 0);
	is_sound();
}

/* ---- interrupts themselves ---- */

static u32 requests_wrong;
/* The tick's; who else asks for one: the thread, the handler; and one that both switch. */
static u32 tick_irq, thread_irq, handler_irq, shared_irq;
static bool handler_has_it;

/* Should a line be up that nobody drives: once, and never again. */
static void silence(u32 irq, void *arg)
{
	(void)arg;
	disable_irq(irq);
}

static void request_and_free(void)
{
	int err;

	STORM(err = request_irq(thread_irq, silence, "storm", &storm));
	requests_wrong += err != 0;
	STORM(err = disable_irq(shared_irq));
	requests_wrong += err != 0;
	STORM(err = enable_irq(shared_irq));
	requests_wrong += err != 0;
	STORM(free_irq(thread_irq, &storm));
}

/* Every other interrupt takes back what the one before it did, so both last. */
static const char *look_and_ask(void)
{
	const bool had = handler_has_it;

	handler_has_it = !had;
	if (request_irq(handler_irq, silence, "handler", &storm) != (had ? -EBUSY : 0))
		return had ? "the handler's interrupt got lost" :
			     "the handler was refused an interrupt that is free";
	if (had)
		free_irq(handler_irq, &storm);
	if ((had ? enable_irq : disable_irq)(shared_irq))
		return "disable_irq() and enable_irq() lost count";
	return NULL;
}

static void hand_back(void)
{
	if (handler_has_it) {
		free_irq(handler_irq, &storm);
		CHECK_EQ(enable_irq(shared_irq), 0);
	}
	CHECK_EQ(enable_irq(shared_irq), 0);
	CHECK_EQ(enable_irq(shared_irq), -EINVAL); /* neither lost nor won one */
	free_irq(shared_irq, &storm);
	CHECK_EQ(disable_irq(handler_irq), -EINVAL); /* nobody kept it */
	CHECK_EQ(disable_irq(thread_irq), -EINVAL);
}

static void requesters(void)
{
	u32 flags = irq_save();

	requests_wrong = 0;
	handler_has_it = false;
	thread_irq = spare_irq_after(tick_irq);
	handler_irq = spare_irq_after(thread_irq);
	shared_irq = spare_irq_after(handler_irq);
	CHECK_EQ(request_irq(shared_irq, silence, "shared", &storm), 0);
	CHECK_EQ(disable_irq(shared_irq), 0); /* switched, but never on */
	irq_restore(flags);
	weather(request_and_free, look_and_ask, ENOUGH);
	CHECK_EQ(requests_wrong, 0);
	hand_back();
}

/* ---- all of it ---- */

static void anything(void)
{
	switch (storm_below(4)) {
	case 0:
		change_rights();
		return;
	case 1:
		claim_and_release();
		return;
	default:
		map_and_unmap();
	}
}

static const char *look_at_anything(void)
{
	const char *wrong = look_at_mappings();

	if (!wrong)
		wrong = look_at_claims();
	return wrong ? wrong : look_at_rights();
}

static void all_at_once(void)
{
	claimed_once = false;
	mappings_wrong = claims_wrong = rights_wrong = 0;
	mark_pages();
	weather(anything, look_at_anything, ENOUGH);
	unmap_all();
	CHECK_EQ(mappings_wrong + claims_wrong + rights_wrong, 0);
	is_sound();
}

/* ---- afterwards ---- */

static bool count_one(const struct walk *w, void *arg)
{
	(void)w;
	++*(u32 *)arg;
	return true;
}

/* The static map is as the board declares it; beside it, only what was there before. */
static void as_before(void)
{
	u32 dynamic = 0;

	walk_visit(boot_info.root, VMALLOC_START, VMALLOC_END - 1, count_one, &dynamic);
	CHECK_EQ(map_verify(map_io, map_io_rows, &boot_info.layout, boot_info.root), dynamic);
	CHECK(storm_places() >= 80);
	mm_log("# storm: seed 0x%x, interrupts landed on %u different instructions of the kit",
	       SEED, storm_places());
}

static const struct tap_test tests[] = {
	{ "ioremap*() and iounmap()", mappings },
	{ "request_mem_region() and release_mem_region()", claims },
	{ "set_memory_*(): the handler uses the pages beside", rights },
	{ "readl(), writel(), memcpy_toio() and their kin, on both sides", accessors },
	{ "timer_ticks(), on both sides", clock_reads },
	{ "ptdump, vmallocinfo, iomem, maps, walk: line by line as in quiet", reporters },
	{ "request_irq() and disable_irq(), on both sides", requesters },
	{ "all of these mixed", all_at_once },
	{ "the map is what it was, and many instructions were hit", as_before },
};

static const struct device_desc *row_of(u32 class)
{
	const struct device_desc *row;

	for (u32 i = 0; (row = device_desc_at(i)); i++)
		if (row->class == class)
			return row;
	return NULL;
}

static const char *cannot_be_done(void)
{
	const struct device_desc *timer = row_of(DEV_TIMER);

	if (!timer || !row_of(DEV_INTC))
		return "the board has no DEV_TIMER row or no DEV_INTC row";
	tick_irq = timer->aux ? timer->aux : (u32)timer->irq;
	hole = hole_in_memory(HOLE, SZ_16M);
	ram = spare_ram(SZ_1M, SZ_1M);
	return hole && ram ? NULL : "no room: 32 MiB without a row and 1 MiB of spare RAM";
}

static void run(void)
{
	const char *cause = cannot_be_done();

	if (!cause) {
		tap_table(tests, ARRAY_SIZE(tests));
		return;
	}
	for (u32 i = 0; i < ARRAY_SIZE(tests); i++) {
		tap_begin(tests[i].name, "");
		tap_skip(cause);
		tap_end();
	}
}

const struct tap_group group_storm = { "storm", run };
