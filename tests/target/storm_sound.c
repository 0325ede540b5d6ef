/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/target/storm_sound.c - storm_sound(): the kit's records against each other
 * and against a walk of the tables.
 *
 * Called with interrupts masked.  It looks at the records themselves, as nothing
 * but a test may, because it asks for more than any public call does.
 */
#include "mm/bitmap.h"
#include "mm/memtype.h"
#include "mm/pgtable.h"
#include "mm/resource.h"
#include "mm/walk.h"
#include "mm/window_priv.h"
#include "seam.h"
#include "tests/target/storm.h"

#define HOLE_MIBS 64u
#define L1_ENTRIES 4096u

static u32 hole_mib, hole_mibs; /* where only the storm maps */
static u32 tables; /* second-level tables, free or in use */

/* What the records say is mapped. */
static struct {
	u32 pages;
	u16 kind[HOLE_MIBS][4];
} live;

/* ---- a live mapping and the tables ---- */

static void count_kinds(const struct io_area *area)
{
	pa_t last = area->phys + (area->pages << PAGE_SHIFT) - 1;

	for (u32 mib = area->phys >> SECTION_SHIFT; mib <= last >> SECTION_SHIFT; mib++)
		if (mib - hole_mib < hole_mibs)
			live.kind[mib - hole_mib][area->type & MEM_KIND]++;
}

static bool leads_to(va_t va, pa_t pa)
{
	pa_t got;

	return walk_translate(pgtable_root(), va, &got) && got == pa;
}

static const char *live_is_sound(const struct io_area *area, va_t va)
{
	u32 bytes = area->pages << PAGE_SHIFT;
	pa_t got;

	live.pages += area->pages;
	count_kinds(area);
	if (!leads_to(va, area->phys))
		return "a live mapping's first page does not lead there";
	if (!leads_to(va + bytes - PAGE_SIZE, area->phys + bytes - PAGE_SIZE))
		return "a live mapping's last page does not lead there";
	if (walk_translate(pgtable_root(), va + bytes, &got))
		return "a guard page is mapped";
	return NULL;
}

/* ---- bitmaps and records ---- */

/* Is each of the bits in neither map? */
static bool in_neither(const u32 *a, const u32 *b, u32 pos, u32 n)
{
	for (u32 i = pos; i < pos + n; i++)
		if (bitmap_test(a, i) || bitmap_test(b, i))
			return false;
	return true;
}

static const char *block_is_sound(u32 b)
{
	const struct page_block *pb = &io_window.block[b];
	struct walk w;
	u32 unit = 0;

	walk(pgtable_root(), pb->va, &w);
	if ((w.l1 & 3) != 1 || (w.l1 & ~(L2_BYTES - 1)) != pb->table)
		return "a page block's table does not hang in the first level";
	while (unit < BLOCK_UNITS) {
		const struct io_area *area = small_area(b, unit);
		const char *wrong;

		if (!is_live(area)) {
			if (bitmap_test(pb->free, unit) == bitmap_test(pb->waits, unit))
				return "a unit is not one of free, waiting, live";
			unit++;
			continue;
		}
		if (!in_neither(pb->free, pb->waits, unit, area->room))
			return "a live mapping's units are free or waiting";
		wrong = live_is_sound(area, pb->va + ((unit * 2 + area->skip) << PAGE_SHIFT));
		if (wrong)
			return wrong;
		unit += area->room;
	}
	return NULL;
}

static const char *slot_is_sound(u32 *slot)
{
	const struct io_area *area = big_area(*slot);
	const u32 b = io_window.block_of_slot[*slot];
	va_t va = slot_va(*slot);
	u32 states = bitmap_test(io_window.slot_free, *slot) +
		     bitmap_test(io_window.slot_waits, *slot) + (b != 0) + is_live(area);

	if (states != 1)
		return "a slot is not one of free, waiting, cut into pages, live";
	if (!is_live(area)) {
		++*slot;
		return b ? block_is_sound(b - 1) : NULL;
	}
	if (!in_neither(io_window.slot_free, io_window.slot_waits, *slot, area->room))
		return "a live mapping's slots are free or waiting";
	*slot += area->room;
	return live_is_sound(area, va + (area->skip << PAGE_SHIFT));
}

static bool count_pages(const struct walk *w, void *arg)
{
	*(u32 *)arg += w->size >> PAGE_SHIFT;
	return true;
}

static u32 pages_in_window(void)
{
	u32 pages = 0;

	walk_visit(pgtable_root(), VMALLOC_START, VMALLOC_END - 1, count_pages, &pages);
	return pages;
}

static const char *window_is_sound(void)
{
	const char *wrong = NULL;

	live.pages = 0;
	for (u32 mib = 0; mib < hole_mibs; mib++)
		for (u32 kind = 0; kind < 4; kind++)
			live.kind[mib][kind] = 0;
	for (u32 slot = 0; !wrong && slot < WINDOW_SLOTS;)
		wrong = slot_is_sound(&slot);
	return wrong;
}

static const char *counts_are_sound(void)
{
	for (u32 mib = 0; mib < hole_mibs; mib++)
		for (u32 kind = 0; kind < 4; kind++)
			if (mib_users[hole_mib + mib].kind[kind] != live.kind[mib][kind])
				return "a count of memory types is not that of the live mappings";
	return NULL;
}

/* ---- the tree ---- */

static const char *tree_is_sound(const struct resource *parent)
{
	const struct resource *last = NULL;

	for (const struct resource *r = parent->child; r; last = r, r = r->sibling) {
		const char *wrong;

		if (r->parent != parent || r->start > r->end || r->start < parent->start ||
		    r->end > parent->end)
			return "a resource is not inside its parent";
		if (last && r->start <= last->end)
			return "resources are out of order";
		if ((r->flags & IORESOURCE_BUSY) && r->child)
			return "something lies inside a claim";
		wrong = tree_is_sound(r);
		if (wrong)
			return wrong;
	}
	return NULL;
}

/* ---- the pool ---- */

static u32 tables_in_use(void)
{
	const pa_t l1 = pgtable_root();
	u32 n = 0;

	for (u32 i = 0; i < L1_ENTRIES; i++)
		n += (table_read(l1 + i * 4) & 3) == 1;
	return n;
}

void storm_sound_start(pa_t hole, u32 size)
{
	hole_mib = hole >> SECTION_SHIFT;
	hole_mibs = size >> SECTION_SHIFT < HOLE_MIBS ? size >> SECTION_SHIFT : HOLE_MIBS;
	tables = tables_in_use() + pgtable_free_tables();
}

const char *storm_sound(bool all)
{
	const char *wrong = window_is_sound();

	if (!wrong)
		wrong = counts_are_sound();
	if (!wrong)
		wrong = tree_is_sound(&iomem_resource);
	if (wrong || !all)
		return wrong;
	if (pages_in_window() != live.pages)
		return "the window maps a page that no record has";
	if (tables_in_use() + pgtable_free_tables() != tables)
		return "a second-level table is neither free nor in use";
	return NULL;
}
