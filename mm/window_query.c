/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/window_query.c - what the dynamic window knows: of an address, of all its
 * mappings, in numbers.  Changes nothing.
 */
#include "mm/window_priv.h"

static void describe(const struct io_area *area, va_t va, struct io_info *out)
{
	out->state = is_live(area) ? IO_LIVE : IO_FREED;
	out->va = va;
	out->pa = area->phys;
	out->pages = area->pages;
	out->type = area->type;
	out->mapped_by = area->mapped_by;
	out->unmapped_by = is_live(area) ? 0 : area->unmapped_by;
	out->maps_ago = is_live(area) ? 0 : io_window.maps - area->freed_at;
}

static va_t small_va(u32 b, u32 unit)
{
	return io_window.block[b].va + ((unit * 2 + small_area(b, unit)->skip) << PAGE_SHIFT);
}

static bool holds(const struct io_info *info, va_t va)
{
	/* with the guard page */
	return va - info->va < (info->pages + 1) << PAGE_SHIFT;
}

/*
 * Room is used again, so a place can lie in several records: one that is live
 * or waits is the truth; among those that are gone, the youngest is.
 */
struct query {
	va_t va;
	struct io_info *best;
	bool found;
};

static void consider(struct query *q, const struct io_area *area, va_t start)
{
	struct io_info info;

	if (area->state == AREA_NONE)
		return;
	describe(area, start, &info);
	if (!holds(&info, q->va))
		return;
	if (!q->found || area->state != AREA_GONE || info.maps_ago < q->best->maps_ago)
		*q->best = info;
	q->found = true;
}

static void query_block(struct query *q, u32 b)
{
	u32 i = (q->va - io_window.block[b].va) >> UNIT_SHIFT;

	do
		consider(q, small_area(b, i), small_va(b, i));
	while (i--);
}

static void query_big(struct query *q)
{
	u32 i = slot_of(q->va);

	do
		consider(q, big_area(i), slot_va(i) + (big_area(i)->skip << PAGE_SHIFT));
	while (i--);
}

static void query_window(va_t va, struct io_info *out)
{
	struct query q = { .va = va, .best = out };
	u32 b = io_window.block_of_slot[slot_of(va)];

	if (b)
		query_block(&q, b - 1);
	else
		query_big(&q);
	if (out->state == IO_LIVE && va - out->va >= out->pages << PAGE_SHIFT)
		out->state = IO_GUARD;
}

void ioremap_query(va_t va, struct io_info *out)
{
	*out = (struct io_info){ .state = in_window(va) ? IO_NEVER : IO_OUTSIDE };
	if (in_window(va))
		query_window(va, out);
}

static bool visit_area(const struct io_area *area, va_t va,
		       bool (*fn)(const struct io_info *info, void *arg), void *arg)
{
	struct io_info info;

	if (!is_live(area) && area->state != AREA_WAITS)
		return true;
	describe(area, va, &info);
	return fn(&info, arg);
}

void window_visit(bool (*fn)(const struct io_info *info, void *arg), void *arg)
{
	for (u32 slot = 0; slot < WINDOW_SLOTS; slot++) {
		u32 b = io_window.block_of_slot[slot];

		if (!b) {
			if (!visit_area(big_area(slot),
					slot_va(slot) + (big_area(slot)->skip << PAGE_SHIFT), fn,
					arg))
				return;
			continue;
		}
		for (u32 i = 0; i < BLOCK_UNITS; i++)
			if (!visit_area(small_area(b - 1, i), small_va(b - 1, i), fn, arg))
				return;
	}
}

static bool count_area(const struct io_info *info, void *arg)
{
	struct ioremap_stats *s = arg;

	s->live += info->state == IO_LIVE;
	s->live_pages += info->state == IO_LIVE ? info->pages : 0;
	s->quarantined += info->state == IO_FREED;
	return true;
}

void window_stats(struct ioremap_stats *out)
{
	out->live = out->live_pages = out->quarantined = out->page_blocks = 0;
	out->maps = io_window.maps;
	window_visit(count_area, out);
	for (u32 i = 0; i < WINDOW_SLOTS; i++)
		out->page_blocks += io_window.block_of_slot[i] != 0;
}
