/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/proof/window.c - the usual calls of the dynamic window: what holds before
 * one of them holds after it (window_state.h), what they hand out was free, what
 * was live stays as it is, and what waits has waited long enough when it goes.
 *
 * A map ends with count_map(), and that may call release_oldest(): each is proved as
 * a call of its own (COUNT, RELEASE), and is empty or a contract in the others.  A
 * RELEASE is shown in parts, the queue and the room, to take minutes and not hours.
 *
 * unwind: 10 window_init.0:65
 * options: --slice-formula --no-standard-checks --bounds-check --undefined-shift-check
 * options: -DPROOF_STORES=2 --external-sat-solver cadical
 * with: -DINIT
 * with: -DMAP_PAGE
 * with: -DMAP_SECTION
 * with: -DCOUNT
 * with: -DRELEASE -DROOM=false
 * with: -DRELEASE -DQUEUE=false -DUNIT
 * with: -DRELEASE -DQUEUE=false -DSLOT
 * with: -DUNMAP
 * narrow: mm/layout.h s/MM_PAGE_BLOCKS 48/MM_PAGE_BLOCKS 2/
 * narrow: mm/layout.h s/VMALLOC_END 0xF8000000/VMALLOC_END 0xEC000000/
 * narrow: mm/window_priv.h s/WINDOW_SLOTS == 256/WINDOW_SLOTS == 64/
 * narrow: mm/window_priv.h s/struct io_area area\[.+//
 * narrow: mm/window_priv.h s/struct page_block block.+//
 * narrow: mm/window_priv.h s/u32 (\w+)\[[^\]]+\];/u32 *$1;/g
 * narrow: mm/window_priv.h s/io_window\.area\[([^\]]*)\]/(*area_at($1))/g
 * narrow: mm/window.c s/io_window\.area\[([^\]]*)\]/(*area_at($1))/g
 * narrow: mm/window.c s/io_window\.block\[([^\]]*)\]/(*block_at($1))/g
 * narrow: mm/window.c s/release_oldest\(\);/release_first();/g
 * narrow: mm/window.c s/count_map\(\);/leave_the_count();/g
 * narrow: mm/window.c s/return map_small\(pa, 1, type, caller\);/return map_slow();/
 * narrow: mm/window.c s/return map_big\(pa, L2_ENTRIES, type, caller\);/return map_slow();/
 * bound: two page blocks, of 48, and 64 slots, of 256; the calls that find room at once
 * break: mm/window.c s/slot_free, 0, WINDOW_SLOTS/slot_free, 0, 1/
 * break: mm/window.c s/first_waiting = io_window.last_waiting = /first_waiting = /
 * break: mm/window.c s/mark_full\(b\);/;/
 * break: mm/window.c s/unit \+= word \* 32;/;/
 * break: mm/window.c s/&= ~\(0xc0000000u/&= ~(0x80000000u/
 * break: mm/window.c s/area->room = 2;/area->room = 1;/
 * break: mm/window.c s/\(int\)overdue < 0/(int)overdue < -1/
 * break: mm/window.c s/\(int\)\(io_window.maps - io_window.due\) >= 0/1/
 * break: mm/window.c s/freed_at \+ MM_QUARANTINE;/freed_at;/
 * break: mm/window.c s/pb->waits\[unit \/ 32\] &= ~bit;/;/
 * break: mm/window.c s/bitmap_set\(io_window.slot_free, slot, 1\);/;/
 * break: mm/window.c s/\|= bitmap_bit\(page \/ 2\);/|= bitmap_bit(page);/
 * break: mm/window.c s/due = io_window.maps \+ MM_QUARANTINE/due = io_window.maps/
 */
#include "window_bitmap.h"

/* The way that is not looked at here. */
static va_t map_slow(void)
{
	ASSUME(false);
	return 0;
}

/* A map counts itself last of all: one call, then another one. */
static void leave_the_count(void)
{
}

static void release_first(void);

#include "mm/window.c"

const u16 small_page_bits[16] = { 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2 };
const u32 section_bits[16] = { 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2 };
pa_t pgtable_l1 = PROOF_L1;

/* What one_call() asked for, and what it got. */
static pa_t pa;
static u32 type, caller;
static va_t va;

/* ---- the page tables ---- */

/* The table of a block goes when nothing is mapped by it. */
void pgtable_free_l2(va_t at)
{
	for (u32 b = 0; b < MM_PAGE_BLOCKS; b++)
		for (u32 i = 0; i < BLOCK_UNITS / 32; i++)
			assert(!is_open(b) || block_at(b)->va != at ||
			       block_at(b)->free[i] == 0xffffffffu);
}

static struct {
	pa_t table;
	va_t va;
	u32 index, pages;
} cleared;

void pgtable_clear_pages(pa_t table, u32 index, va_t at, u32 n)
{
	cleared.table = table;
	cleared.index = index;
	cleared.va = at;
	cleared.pages = n;
}

void pgtable_unmap(va_t at, u32 length)
{
	cleared.va = at;
	cleared.pages = length >> PAGE_SHIFT;
}

/* ---- the calls ---- */

/* The area that would begin at the unit of @at, or in its slot. */
static u32 spot_of(va_t at)
{
	u32 slot = (at - VMALLOC_START) >> 20 & (WINDOW_SLOTS - 1);
	u32 b = io_window.block_of_slot[slot];

	return b ? (b - 1) << 7 | (at >> 13 & 127) : SMALL_AREAS + slot;
}

static pa_t entry_of(u32 n, va_t at)
{
	return is_unit(n) ? block_at(n >> 7)->table + (at >> 12 & 255) * 4 :
			    PROOF_L1 + (at >> 20) * 4;
}

/* The room of FRESH was free; it is live, and what it says is true. */
static void check_mapped(u32 spot, u32 pages, u32 room, va_t offset_mask)
{
	const struct io_area *a = &now[FRESH].area;

	assert(va - VMALLOC_START < WINDOW_BYTES && (va & offset_mask) == (pa & offset_mask));
	ASSUME(known[FRESH] == spot);
	look(now);
	assert(was[FRESH].free && was[FRESH].open);
	assert(!covers(known[FRESH], &now[FRESH], known[PLACE]) || was[PLACE].free);
	assert(is_live(a) && a->phys == pa && a->pages == pages && a->type == type);
	assert(a->mapped_by == caller && a->skip == 0 && a->room == room);
	assert(table_read(entry_of(known[FRESH], va)) == (pa | 2));
	if (known[ANY] != known[FRESH])
		check_others();
}

#ifndef COUNT
static void release_first(void)
{
	ASSUME(false);
}
#endif

#ifdef INIT
/* From zeroed memory, as the boot leaves it. */
static void one_call(void)
{
	any_witnesses();
	place_bitmaps();
	is_owner = true; /* there is no spot that needs one */
	window_init();
	look(now);
}
#elif defined COUNT
static bool released;

/* Only what has waited for its time goes; what comes then is RELEASE's. */
static void release_first(void)
{
	assert(io_window.first_waiting != NONE);
	assert(io_window.maps - (io_window.due - MM_QUARANTINE) >= MM_QUARANTINE);
	released = true;
	io_window.first_waiting = nondet_u32();
	io_window.due = nondet_u32();
	ASSUME(io_window.maps - (io_window.due - MM_QUARANTINE) < MM_QUARANTINE + SPOTS);
}

static void one_call(void)
{
	any_window();
	ASSUME(io_window.first_waiting == NONE || io_window.first_waiting == known[FRESH]);
	count_map();
	ASSUME(!released);
	look(now);
}
#elif defined RELEASE
/* Before it a map may have been counted. */
static void one_call(void)
{
	any_window();
	ASSUME(known[FRESH] == io_window.first_waiting);
	io_window.maps += nondet_bool();
	release_oldest();
	look(now);
	first_turn++;
	assert(now[FRESH].area.state == AREA_GONE);
	if (known[ANY] != known[FRESH]) {
		assert(is_waiting(&was[ANY]) == is_waiting(&now[ANY]));
		check_others();
	}
}
#elif defined MAP_PAGE
static void one_call(void)
{
	any_window();
	pa = nondet_u32() & PAGE_MASK;
	va = window_map_page(pa, type, caller);
	check_mapped(spot_of(va), 1, 1, SZ_4K - 1);
}
#elif defined MAP_SECTION
static void one_call(void)
{
	any_window();
	pa = nondet_u32() & SECTION_MASK;
	va = window_map_section(pa, type, caller);
	check_mapped(SMALL_AREAS + ((va - VMALLOC_START) >> 20), 256, 2, SZ_1M - 1);
}
#else
/* The turns of those that are FRESH: the last one. */
static void queue_up(void)
{
	if (io_window.first_waiting == known[FRESH])
		first_turn = last_turn + 1;
	last_turn++;
	for (u32 i = 0; i < KNOWN; i++)
		if (known[i] == known[FRESH])
			turn[i] = last_turn;
}

static bool is_mapped_at(void)
{
	u32 page = va >> 12 & (is_unit(known[FRESH]) ? 1 : 255);

	return is_live(&was[FRESH].area) && page == was[FRESH].area.skip;
}

static void check_cleared(void)
{
	bool one = is_unit(known[FRESH]) ? was[FRESH].area.state == AREA_PAGE :
					   was[FRESH].area.pages == 256 && !was[FRESH].area.skip;

	if (one)
		assert(table_read(entry_of(known[FRESH], va)) == 0);
	else
		assert(cleared.va == (va & PAGE_MASK) && cleared.pages == was[FRESH].area.pages);
	if (!one && is_unit(known[FRESH]))
		assert(cleared.table + cleared.index * 4 == entry_of(known[FRESH], va));
}

/* What is unmapped waits, all of it; nothing else changes. */
static void check_unmapped(bool got)
{
	bool inside = got && covers(known[FRESH], &was[FRESH], known[PLACE]);

	assert(got == is_mapped_at());
	if (got)
		check_cleared();
	assert(now[PLACE].free == was[PLACE].free);
	assert(now[PLACE].waiting == (was[PLACE].waiting || inside));
	if (!got || known[ANY] != known[FRESH])
		assert(same_mapping(&was[ANY].area, &now[ANY].area));
}

static void one_call(void)
{
	u32 at = nondet_u32() & (WINDOW_BYTES - 1), n = SMALL_AREAS + (at >> 20);
	const struct io_area *got;
	struct spot slot;

	any_window();
	va = VMALLOC_START + at;
	slot = look_at(n);
	ASSUME(slot_is_good(n, &slot));
	ASSUME(known[FRESH] == spot_of(va));
	table_write(entry_of(known[FRESH], va), 2);
	got = window_unmap(va, caller);
	look(now);
	if (ROOM)
		check_unmapped(got);
	REACHED(!got);
	if (!got)
		return;
	REACHED(is_live(&was[ANY].area) && known[ANY] != known[FRESH]);
	assert(got == area_at(known[FRESH]) && is_waiting(&now[FRESH]));
	assert(got->unmapped_by == caller && io_window.last_waiting == known[FRESH]);
	queue_up();
}
#endif

int main(void)
{
	type = nondet_u32() & 15;
	caller = nondet_u32();
	proof_may_fail = true;
	one_call();
	if (ROOM)
		check_room();
	if (QUEUE)
		check_queue();
	REACHED(known[ANY] != known[FRESH]);
	return 0;
}
