/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/books.c - do the records of the dynamic window add up?
 *
 * Each slot of the window and each unit of a page block has exactly one owner;
 * bitmaps, queue, page blocks and the counts of memory types say the same as the
 * records of the mappings.  Found out the slow way, from the records alone.
 */
#include "books.h"

#include "helpers.h"

#include <stdio.h>
#include <string.h>

#include "mm/bitmap.h"
#include "mm/iotable.h"
#include "mm/memtype.h"
#include "mm/window_priv.h"

enum owner { NOBODY, FREE, WAITING, LIVE, CUT };

/* Slots of the window, or units of a block. */
struct places {
	const struct io_area *area;
	const u32 *free, *waits;
	u32 n, pages; /* how many places, and pages in each */
	u8 owner[WINDOW_SLOTS];
};

static char *wrong(const char *what, u32 at)
{
	static char text[100];

	snprintf(text, sizeof(text), "%s (%u)", what, at);
	return text;
}

static bool take(struct places *p, u32 first, u32 n, enum owner owner)
{
	for (u32 i = first; i < first + n; i++) {
		if (i >= p->n || p->owner[i] != NOBODY)
			return false;
		p->owner[i] = (u8)owner;
	}
	return true;
}

static const char *area_wrong(struct places *p, u32 i, u32 *waiting)
{
	const struct io_area *a = &p->area[i];

	if (!is_live(a) && a->state != AREA_WAITS)
		return NULL;
	if (a->room != (a->skip + a->pages + p->pages) / p->pages)
		return wrong("more or less room than the pages and a guard take", i);
	if (a->state == AREA_PAGE && (a->pages != 1 || a->skip))
		return wrong("more than one page", i);
	*waiting += a->state == AREA_WAITS;
	if (!take(p, i, a->room, is_live(a) ? LIVE : WAITING))
		return wrong("two mappings in one place", i);
	return NULL;
}

static const char *places_wrong(struct places *p, u32 *waiting)
{
	for (u32 i = 0; i < p->n; i++) {
		const char *why = area_wrong(p, i, waiting);

		if (why)
			return why;
		if (bitmap_test(p->free, i) && !take(p, i, 1, FREE))
			return wrong("free and somebody's", i);
	}
	for (u32 i = 0; i < p->n; i++) {
		if (p->owner[i] == NOBODY)
			return wrong("lost: neither free nor anybody's", i);
		if (bitmap_test(p->waits, i) != (p->owner[i] == WAITING))
			return wrong("the bit of what waits", i);
	}
	return NULL;
}

static const char *block_wrong(u32 b, u32 *open, u32 *waiting)
{
	const struct page_block *pb = &io_window.block[b];
	struct places units = { small_area(b, 0), pb->free, pb->waits, BLOCK_UNITS, 2, { 0 } };
	bool used = !bitmap_test(io_window.blocks_unused, b);

	if (bitmap_test(io_window.blocks_with_room, b) !=
	    (used && bitmap_any(pb->free, BLOCK_UNITS)))
		return wrong("the bit of a block with room", b);
	if (!used)
		return NULL;
	++*open;
	if (io_window.block_of_slot[slot_of(pb->va)] != b + 1)
		return wrong("a block that its slot knows nothing of", b);
	return places_wrong(&units, waiting);
}

static const char *window_wrong(u32 *waiting)
{
	struct places slots = { big_area(0),  io_window.slot_free, io_window.slot_waits,
				WINDOW_SLOTS, L2_ENTRIES,	   { 0 } };
	u32 open = 0, cut = 0;

	for (u32 b = 0; b < MM_PAGE_BLOCKS; b++) {
		const char *why = block_wrong(b, &open, waiting);

		if (why)
			return why;
	}
	for (u32 i = 0; i < WINDOW_SLOTS; i++)
		if (io_window.block_of_slot[i]) {
			slots.owner[i] = CUT;
			cut++;
		}
	if (cut != open)
		return wrong("slots cut into pages that are no block's", cut);
	for (u32 b = MM_PAGE_BLOCKS; b < 64; b++)
		if (bitmap_test(io_window.blocks_unused, b) ||
		    bitmap_test(io_window.blocks_with_room, b))
			return wrong("a block that there is not", b);
	return places_wrong(&slots, waiting);
}

/* The queue holds all that waits, the oldest first. */
static const char *queue_wrong(u32 waiting)
{
	u32 n = 0, last = NONE, ago = 0xffffffffu;

	for (u32 i = io_window.first_waiting; i != NONE; last = i, i = io_window.area[i].next) {
		const struct io_area *a = &io_window.area[i];

		if (++n > waiting || a->state != AREA_WAITS)
			return wrong("the queue goes astray", i);
		if (io_window.maps - a->freed_at > ago)
			return wrong("the queue is out of order", i);
		ago = io_window.maps - a->freed_at;
		if (last == NONE && io_window.due != a->freed_at + MM_QUARANTINE)
			return wrong("the first in the queue is due at another time", i);
	}
	if (n != waiting || last != io_window.last_waiting)
		return wrong("the queue lacks somebody", n);
	return io_window.pinned == NONE ? NULL : wrong("a block is still pinned", 0);
}

static void count(union mib_users *users, pa_t first, pa_t last, u32 kind)
{
	for (u32 mib = first >> SECTION_SHIFT; mib <= last >> SECTION_SHIFT; mib++)
		users[mib].kind[kind]++;
}

static bool count_live(const struct io_info *info, void *arg)
{
	if (info->state == IO_LIVE)
		count(arg, info->pa, info->pa + (info->pages << PAGE_SHIFT) - 1,
		      info->type & MEM_KIND);
	return true;
}

/* Rows of RAM and of code count as every kind. */
static const char *counts_wrong(void)
{
	union mib_users users[ARRAY_SIZE(mib_users)];

	memset(users, 0, sizeof(users));
	for (u32 i = 0; static_row_get(i); i++) {
		const struct static_row *row = static_row_get(i);

		for (u32 kind = 0; kind < 4; kind++)
			if (row->type & (MAP_IS_RAM | MAP_EXEC) || (row->type & MEM_KIND) == kind)
				count(users, row->pa, row->pa_last, kind);
	}
	window_visit(count_live, users);
	for (u32 mib = 0; mib < ARRAY_SIZE(users); mib++)
		if (users[mib].word[0] != mib_users[mib].word[0] ||
		    users[mib].word[1] != mib_users[mib].word[1])
			return wrong("the count of memory types in a MiB", mib);
	return NULL;
}

const char *books_wrong(void)
{
	u32 waiting = 0;
	const char *why = window_wrong(&waiting);

	why = why ? why : queue_wrong(waiting);
	return why ? why : counts_wrong();
}

/* Live mappings without room, free units that are none, waits that nobody is in. */
void books_spoil(void)
{
	memset(&io_window, 0xff, sizeof(io_window));
	memset(io_window.area, AREA_LIVE, sizeof(io_window.area));
	memset(io_window.slot_free, 0, sizeof(io_window.slot_free));
	for (u32 b = 0; b < MM_PAGE_BLOCKS; b++)
		memset(io_window.block[b].free, 0, sizeof(io_window.block[b].free));
	memset(mib_users, 0xff, sizeof(mib_users));
}
