/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/window.c - the dynamic window's allocator.
 *
 * Bitmaps count from bit 31 of word 0, so that CLZ finds the lowest address.
 * `free` and `waits` never share a bit; what is in neither is live or taken.
 */
#include "mm/window_priv.h"

#include "mm/bitmap.h"
#include "mm/pgtable.h"
#include "seam.h"

struct window io_window;

void window_init(void)
{
	io_window.maps = io_window.search = io_window.slot_search = 0;
	io_window.first_waiting = io_window.last_waiting = io_window.pinned = NONE;
	bitmap_clear(io_window.blocks_with_room, 0, 64);
	bitmap_clear(io_window.blocks_unused, 0, 64);
	bitmap_set(io_window.blocks_unused, 0, MM_PAGE_BLOCKS);
	bitmap_set(io_window.slot_free, 0, WINDOW_SLOTS);
	bitmap_clear(io_window.slot_waits, 0, WINDOW_SLOTS);
	for (u32 i = 0; i < WINDOW_SLOTS; i++) {
		io_window.block_of_slot[i] = 0;
		big_area(i)->state = AREA_NONE;
	}
}

/* ---- page blocks ---- */

static void drop_block(u32 b)
{
	struct page_block *pb = &io_window.block[b];
	u32 slot = slot_of(pb->va);

	pgtable_free_l2(pb->va);
	io_window.block_of_slot[slot] = 0;
	bitmap_set(io_window.slot_free, slot, 1);
	bitmap_clear(io_window.blocks_with_room, b, 1);
	bitmap_set(io_window.blocks_unused, b, 1);
}

/* All its units free?  Then its MiB can serve a big mapping again. */
static bool block_is_empty(const struct page_block *pb)
{
	return (pb->free[0] & pb->free[1] & pb->free[2] & pb->free[3]) == 0xffffffffu;
}

static bool block_is_full(const struct page_block *pb)
{
	return !(pb->free[0] | pb->free[1] | pb->free[2] | pb->free[3]);
}

static void open_block(u32 b, u32 slot, pa_t table)
{
	struct page_block *pb = &io_window.block[b];

	pb->table = table;
	pb->va = slot_va(slot);
	bitmap_set(pb->free, 0, BLOCK_UNITS);
	bitmap_clear(pb->waits, 0, BLOCK_UNITS);
	for (u32 i = 0; i < BLOCK_UNITS; i++)
		small_area(b, i)->state = AREA_NONE;
	io_window.block_of_slot[slot] = (u8)(b + 1);
	bitmap_clear(io_window.slot_free, slot, 1);
	bitmap_clear(io_window.blocks_unused, b, 1);
	bitmap_set(io_window.blocks_with_room, b, 1);
}

/* ---- the queue of freed room ---- */

/* An empty block goes, unless it is needed now or is the last with room. */
static __slow void maybe_drop_block(u32 b)
{
	if (b == io_window.pinned || !block_is_empty(&io_window.block[b]))
		return;
	bitmap_clear(io_window.blocks_with_room, b, 1);
	if (io_window.blocks_with_room[0] | io_window.blocks_with_room[1])
		drop_block(b);
	else
		bitmap_set(io_window.blocks_with_room, b, 1);
}

static __apart void release_small(u32 number, const struct io_area *area)
{
	u32 b = number / BLOCK_UNITS, unit = number % BLOCK_UNITS;
	struct page_block *pb = &io_window.block[b];

	bitmap_move(pb->waits, pb->free, unit, area->room);
	bitmap_set(io_window.blocks_with_room, b, 1);
	if (pb->free[unit / 32] == 0xffffffffu)
		maybe_drop_block(b);
}

static inline void release_big(u32 slot, const struct io_area *area)
{
	bitmap_move(io_window.slot_waits, io_window.slot_free, slot, area->room);
}

/* release_small() for one unit, without its loops. */
static inline void release_unit(u32 number)
{
	u32 b = number / BLOCK_UNITS, unit = number % BLOCK_UNITS, bit = bitmap_bit(unit);
	struct page_block *pb = &io_window.block[b];
	u32 left = pb->free[unit / 32] | bit;

	pb->waits[unit / 32] &= ~bit;
	pb->free[unit / 32] = left;
	io_window.blocks_with_room[b / 32] |= bitmap_bit(b);
	if (left == 0xffffffffu)
		maybe_drop_block(b);
}

static inline void release_oldest(void)
{
	u32 number = io_window.first_waiting, next;
	struct io_area *area = &io_window.area[number];

	area->state = AREA_GONE; /* what it was stays readable for the abort report */
	next = area->next;
	io_window.first_waiting = next;
	if (next == NONE)
		io_window.last_waiting = NONE;
	else
		io_window.due = io_window.area[next].freed_at + MM_QUARANTINE;
	if (number >= SMALL_AREAS)
		release_big(number - SMALL_AREAS, area);
	else if (area->room == 1)
		release_unit(number);
	else
		release_small(number, area);
}

static __apart void release_due(void)
{
	release_oldest();
}

/* A queue that grew long drains by two a map. */
static __slow void release_overdue(void)
{
	release_oldest();
	if (io_window.first_waiting != NONE && (int)(io_window.maps - io_window.due) >= 0)
		release_oldest();
}

static inline void count_map(void)
{
	u32 maps = io_window.maps + 1, overdue = maps - io_window.due;

	io_window.maps = maps;
	if (io_window.first_waiting == NONE || (int)overdue < 0)
		return;
	if (overdue < MM_QUARANTINE)
		release_due();
	else
		release_overdue();
}

static inline void enqueue(u32 number, struct io_area *area)
{
	area->next = NONE;
	area->freed_at = io_window.maps;
	if (io_window.last_waiting == NONE) {
		io_window.first_waiting = number;
		io_window.due = io_window.maps + MM_QUARANTINE;
	} else {
		io_window.area[io_window.last_waiting].next = (u16)number;
	}
	io_window.last_waiting = number;
}

/* ---- small mappings: units of a page block ---- */

/*
 * What a small mapping asks for.  With @step 8 it wants its first page to have
 * the same place in a 64 KiB group as its physical page has: large pages fit.
 */
struct want {
	u32 pages;
	u32 skip; /* pages before the first one in its first unit */
	u32 units;
	u32 step, offset; /* units */
};

static bool holds_aligned(pa_t pa, u32 pages, u32 size)
{
	u32 lead = (0u - pa) & (size - 1);

	return (pages << PAGE_SHIFT) >= size && (pages << PAGE_SHIFT) - size >= lead;
}

static void plan_small(struct want *w, pa_t pa, u32 pages)
{
	bool large = holds_aligned(pa, pages, SZ_64K);

	w->pages = pages;
	w->step = large ? 8 : 1;
	w->offset = large ? (pa >> UNIT_SHIFT) & 7 : 0;
	w->skip = large ? (pa >> PAGE_SHIFT) & 1 : 0;
	w->units = (w->skip + pages + 2) / 2;
}

static inline void fill(struct io_area *area, pa_t pa, u32 pages, u32 type, u32 caller, u32 skip,
			u32 room)
{
	area->phys = pa;
	area->mapped_by = caller;
	area->pages = (u16)pages;
	area->type = (u8)type;
	area->state = AREA_LIVE;
	area->skip = (u8)skip;
	area->room = (u8)room;
}

static va_t take_units(u32 b, u32 unit, const struct want *w, pa_t pa, u32 type, u32 caller)
{
	struct page_block *pb = &io_window.block[b];
	u32 index = unit * 2 + w->skip;

	bitmap_clear(pb->free, unit, w->units);
	if (block_is_full(pb))
		bitmap_clear(io_window.blocks_with_room, b, 1);
	fill(small_area(b, unit), pa, w->pages, type, caller, w->skip, w->units);
	pgtable_set_pages(pb->table, index, pa, w->pages, type);
	count_map();
	return pb->va + (index << PAGE_SHIFT);
}

/* Units in one of the blocks of @word that @mask lets through. */
static bool find_in_word(const struct want *w, u32 word, u32 mask, u32 *b, u32 *unit)
{
	u32 left = io_window.blocks_with_room[word] & mask;

	while (left) {
		u32 bit = (u32)__builtin_clz(left);

		*b = word * 32 + bit;
		*unit = bitmap_find_run(io_window.block[*b].free, 0, BLOCK_UNITS, w->units, w->step,
					w->offset);
		if (*unit < BLOCK_UNITS)
			return true;
		left &= ~(0x80000000u >> bit);
	}
	return false;
}

/*
 * Units in a block that has them free now.  The search goes on where the last
 * one ended: the blocks before that were found too full, and what was freed
 * there still waits.
 */
static bool find_units(const struct want *w, u32 *b, u32 *unit)
{
	u32 word = io_window.search / 32, from = 0xffffffffu >> io_window.search % 32;
	bool found = find_in_word(w, word, from, b, unit) ||
		     find_in_word(w, !word, 0xffffffffu, b, unit) ||
		     find_in_word(w, word, ~from, b, unit);

	if (found)
		io_window.search = *b;
	return found;
}

/* May another MiB be cut into pages? */
static bool can_open_block(void)
{
	return (io_window.blocks_unused[0] | io_window.blocks_unused[1]) && !seam_fail_alloc() &&
	       pgtable_has_table();
}

static u32 new_block(u32 slot)
{
	u32 b = bitmap_first(io_window.blocks_unused, 64);

	open_block(b, slot, pgtable_new_l2(slot_va(slot)));
	return b;
}

/* Would there be room in an open block if nobody waited? */
static bool find_waiting_block(const struct want *w, u32 *b)
{
	for (*b = 0; *b < MM_PAGE_BLOCKS; ++*b) {
		const struct page_block *pb = &io_window.block[*b];

		if (!bitmap_test(io_window.blocks_unused, *b) &&
		    bitmap_find_run(pb->free, pb->waits, BLOCK_UNITS, w->units, w->step,
				    w->offset) < BLOCK_UNITS)
			return true;
	}
	return false;
}

/*
 * Room by cutting waits short: the oldest goes first, until any block has room,
 * so what is handed out has waited longest.  One block is known to get it, and
 * must not be dropped when it becomes empty.
 */
static bool find_waiting_units(const struct want *w, u32 *b, u32 *unit)
{
	if (!find_waiting_block(w, b))
		return false;
	io_window.pinned = *b;
	while (!find_units(w, b, unit))
		release_oldest();
	io_window.pinned = NONE;
	return true;
}

/* The same range without the wish for large pages. */
static void plan_anywhere(struct want *w)
{
	w->step = 1;
	w->offset = w->skip = 0;
	w->units = (w->pages + 2) / 2;
}

static va_t map_small(pa_t pa, u32 pages, u32 type, u32 caller)
{
	u32 slot = bitmap_first(io_window.slot_free, WINDOW_SLOTS), b, unit;
	struct want w;

	plan_small(&w, pa, pages);
	if (seam_fail_alloc())
		return 0;
	if (find_units(&w, &b, &unit))
		return take_units(b, unit, &w, pa, type, caller);
	if (slot < WINDOW_SLOTS && can_open_block())
		return take_units(new_block(slot), w.offset, &w, pa, type, caller);
	plan_anywhere(&w);
	if (find_units(&w, &b, &unit) || find_waiting_units(&w, &b, &unit))
		return take_units(b, unit, &w, pa, type, caller);
	if (!bitmap_any(io_window.slot_waits, WINDOW_SLOTS) || !can_open_block())
		return 0;
	while ((slot = bitmap_first(io_window.slot_free, WINDOW_SLOTS)) == WINDOW_SLOTS)
		release_oldest();
	return take_units(new_block(slot), w.offset, &w, pa, type, caller);
}

/* ---- big mappings: whole slots ---- */

struct want_big {
	u32 pages;
	u32 skip; /* pages before the first one in its first slot */
	u32 slots;
	u32 step, offset; /* slots */
};

/* With the guard page. */
static u32 slots_wanted(pa_t pa, u32 pages)
{
	return (((pa & ~SECTION_MASK) >> PAGE_SHIFT) + pages) / L2_ENTRIES + 1;
}

/* Same place in its MiB as the physical range has, or in its 16 MiB. */
static void plan_big(struct want_big *w, pa_t pa, u32 pages)
{
	bool super = pgtable_has_supersections() && holds_aligned(pa, pages, SZ_16M);

	w->pages = pages;
	w->skip = (pa & ~SECTION_MASK) >> PAGE_SHIFT;
	w->slots = slots_wanted(pa, pages);
	w->step = super ? 16 : 1;
	w->offset = super ? (pa >> SECTION_SHIFT) & 15 : 0;
}

/* Slots that could be had: waiting ones, and blocks with nothing live in them. */
static void slots_to_be_had(u32 *map)
{
	for (u32 i = 0; i < WINDOW_SLOTS / 32; i++)
		map[i] = io_window.slot_waits[i];
	for (u32 b = 0; b < MM_PAGE_BLOCKS; b++) {
		const struct page_block *pb = &io_window.block[b];

		if (!bitmap_test(io_window.blocks_unused, b) &&
		    bitmap_run_set(pb->free, pb->waits, 0, BLOCK_UNITS))
			bitmap_set(map, slot_of(pb->va), 1);
	}
}

/* Only a block with room can be empty. */
static bool drop_an_empty_block(void)
{
	for (u32 b = 0; b < MM_PAGE_BLOCKS; b++) {
		if (!bitmap_test(io_window.blocks_with_room, b) ||
		    !block_is_empty(&io_window.block[b]))
			continue;
		drop_block(b);
		return true;
	}
	return false;
}

/* Cut waits short, oldest first, until a run is free: the caller knows there is one. */
static u32 wait_no_more(const struct want_big *w)
{
	for (;;) {
		u32 slot = bitmap_find_run(io_window.slot_free, NULL, WINDOW_SLOTS, w->slots,
					   w->step, w->offset);

		if (slot < WINDOW_SLOTS)
			return slot;
		if (!drop_an_empty_block())
			release_oldest();
	}
}

/* Second-level tables for the pages at both ends of a big range. */
static u32 tables_of_ends(const struct want_big *w)
{
	u32 last = w->skip + w->pages;
	bool head = w->skip, tail = last % L2_ENTRIES;

	return head && tail && last < L2_ENTRIES ? 1 : (u32)head + tail;
}

static va_t take_slots(u32 slot, const struct want_big *w, pa_t pa, u32 type, u32 caller)
{
	bitmap_clear(io_window.slot_free, slot, w->slots);
	fill(big_area(slot), pa, w->pages, type, caller, w->skip, w->slots);
	count_map();
	return slot_va(slot) + (w->skip << PAGE_SHIFT);
}

static va_t enter_slots(u32 slot, const struct want_big *w, pa_t pa, u32 type, u32 caller)
{
	va_t va = slot_va(slot) + (w->skip << PAGE_SHIFT);

	if (pgtable_map(va, pa, w->pages << PAGE_SHIFT, type))
		return 0;
	return take_slots(slot, w, pa, type, caller);
}

/* Is there a run if nobody waited?  Then it is made free, unless tables are short. */
static u32 find_waiting_slots(const struct want_big *w)
{
	u32 to_be_had[ARRAY_SIZE(io_window.slot_waits)];

	slots_to_be_had(to_be_had);
	if (bitmap_find_run(io_window.slot_free, to_be_had, WINDOW_SLOTS, w->slots, w->step,
			    w->offset) == WINDOW_SLOTS ||
	    tables_of_ends(w) > pgtable_free_tables() || seam_fail_alloc())
		return WINDOW_SLOTS;
	return wait_no_more(w);
}

static va_t map_waiting(u32 slot, const struct want_big *w, pa_t pa, u32 type, u32 caller)
{
	pgtable_enter(slot_va(slot) + (w->skip << PAGE_SHIFT), pa, w->pages << PAGE_SHIFT, type);
	return take_slots(slot, w, pa, type, caller);
}

/* Where supersections fit, by cutting waits short if need be; else anywhere. */
static va_t map_big(pa_t pa, u32 pages, u32 type, u32 caller)
{
	struct want_big w;
	u32 slot;

	plan_big(&w, pa, pages);
	if (w.slots >= WINDOW_SLOTS || seam_fail_alloc())
		return 0;
	for (;;) {
		slot = bitmap_find_run(io_window.slot_free, NULL, WINDOW_SLOTS, w.slots, w.step,
				       w.offset);
		if (slot < WINDOW_SLOTS)
			return enter_slots(slot, &w, pa, type, caller);
		slot = find_waiting_slots(&w);
		if (slot < WINDOW_SLOTS)
			return map_waiting(slot, &w, pa, type, caller);
		if (w.step == 1)
			return 0;
		w.step = 1;
		w.offset = 0;
	}
}

/* ---- the way in ---- */

/* No room in one block: whole slots.  What holds an aligned MiB is always that big. */
static bool is_big(u32 pages)
{
	return pages > 2 * BLOCK_UNITS - 18;
}

va_t window_map(pa_t pa, u32 pages, u32 type, u32 caller)
{
	if (is_big(pages))
		return map_big(pa, pages, type, caller);
	return map_small(pa, pages, type, caller);
}

static __slow va_t map_page_slow(pa_t pa, u32 type, u32 caller)
{
	return map_small(pa, 1, type, caller);
}

static __slow void mark_full(u32 b)
{
	if (block_is_full(&io_window.block[b]))
		bitmap_clear(io_window.blocks_with_room, b, 1);
}

/*
 * What nearly every ioremap() is.  The steps of map_small() and take_units(),
 * without their loops.
 */
va_t window_map_page(pa_t pa, u32 type, u32 caller)
{
	u32 b = bitmap_first(io_window.blocks_with_room, 64), word = 0, unit, left;
	struct page_block *pb;
	struct io_area *area;

	if (b == 64 || seam_fail_alloc())
		return map_page_slow(pa, type, caller);
	pb = &io_window.block[b];
	while (!pb->free[word])
		word++;
	unit = (u32)__builtin_clz(pb->free[word]);
	left = pb->free[word] & ~bitmap_bit(unit);
	pb->free[word] = left;
	if (!left)
		mark_full(b);
	unit += word * 32;
	area = small_area(b, unit);
	area->phys = pa;
	area->mapped_by = caller;
	area->pages = 1;
	area->type = (u8)type;
	area->state = AREA_PAGE;
	area->skip = 0;
	area->room = 1;
	pgtable_set_page(pb->table, unit * 2, pa, type);
	count_map();
	return pb->va + (unit << UNIT_SHIFT);
}

static __slow va_t map_section_slow(pa_t pa, u32 type, u32 caller)
{
	return map_big(pa, L2_ENTRIES, type, caller);
}

/* Free slots of a word that have a free one behind them. */
static inline u32 pairs_in(u32 word)
{
	return io_window.slot_free[word] & io_window.slot_free[word] << 1;
}

/* One slot for the section and one for its guard; a pair across words is left to map_big(). */
va_t window_map_section(pa_t pa, u32 type, u32 caller)
{
	u32 word = io_window.slot_search, pairs = pairs_in(word), slot;
	struct io_area *area;

	for (u32 i = 1; !pairs && i < WINDOW_SLOTS / 32; i++) {
		word = (word + 1) % (WINDOW_SLOTS / 32);
		pairs = pairs_in(word);
	}
	if (!pairs || seam_fail_alloc())
		return map_section_slow(pa, type, caller);
	io_window.slot_search = word;
	slot = (u32)__builtin_clz(pairs);
	io_window.slot_free[word] &= ~(0xc0000000u >> slot);
	slot += word * 32;
	area = big_area(slot);
	area->phys = pa;
	area->mapped_by = caller;
	area->pages = L2_ENTRIES;
	area->type = (u8)type;
	area->state = AREA_LIVE;
	area->skip = 0;
	area->room = 2;
	pgtable_set_section(slot_va(slot), pa, type);
	count_map();
	return slot_va(slot);
}

const char *window_shortage(pa_t pa, u32 pages)
{
	if (slots_wanted(pa, pages) >= WINDOW_SLOTS)
		return "it is larger than the dynamic window";
	if (!pgtable_free_tables())
		return "no second-level table is free; raise MM_TABLES in board.mk";
	if (!is_big(pages) && !(io_window.blocks_unused[0] | io_window.blocks_unused[1]))
		return "all page blocks are in use; iounmap() what is not needed, or raise "
		       "MM_PAGE_BLOCKS in mm/layout.h";
	return "no room in the dynamic window; iounmap() what is not needed (vmallocinfo lists it)";
}

static inline void retire(struct io_area *area, u32 number, u32 caller)
{
	area->state = AREA_WAITS;
	area->unmapped_by = caller;
	enqueue(number, area);
}

static __apart const struct io_area *unmap_big(u32 slot, va_t va, u32 caller)
{
	struct io_area *area = big_area(slot);

	if (area->state != AREA_LIVE || (va >> PAGE_SHIFT) % L2_ENTRIES != area->skip)
		return NULL;
	if (area->pages == L2_ENTRIES && !area->skip) {
		pgtable_clear_section(va);
		bitmap_set(io_window.slot_waits, slot, 2);
	} else {
		pgtable_unmap(va & PAGE_MASK, (u32)area->pages << PAGE_SHIFT);
		bitmap_set(io_window.slot_waits, slot, area->room);
	}
	retire(area, SMALL_AREAS + slot, caller);
	return area;
}

/* Several pages in a block; or no mapping. */
static __apart const struct io_area *unmap_run(u32 b, u32 number, va_t va, u32 caller)
{
	struct io_area *area = &io_window.area[number];
	u32 page = (va >> PAGE_SHIFT) % L2_ENTRIES;

	if (area->state != AREA_LIVE || page % 2 != area->skip)
		return NULL;
	pgtable_clear_pages(io_window.block[b].table, page, va & PAGE_MASK, area->pages);
	bitmap_set(io_window.block[b].waits, page / 2, area->room);
	retire(area, number, caller);
	return area;
}

static __apart const struct io_area *unmap_in_block(u32 b, va_t va, u32 caller)
{
	u32 page = (va >> PAGE_SHIFT) % L2_ENTRIES, number = b * BLOCK_UNITS + page / 2;
	struct io_area *area = &io_window.area[number];

	if (area->state != AREA_PAGE || page % 2)
		return unmap_run(b, number, va, caller);
	pgtable_clear_page(io_window.block[b].table, page, va);
	io_window.block[b].waits[page / 64] |= bitmap_bit(page / 2);
	retire(area, number, caller);
	return area;
}

const struct io_area *window_unmap(va_t va, u32 caller)
{
	u32 b = io_window.block_of_slot[slot_of(va)];

	return b ? unmap_in_block(b - 1, va, caller) : unmap_big(slot_of(va), va, caller);
}
