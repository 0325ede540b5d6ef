/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/ioremap.c - the public calls: reuse a static row, or make a mapping.
 *
 * The way of one ioremap(): is the range sane - does a static row serve it -
 * may these pages have this memory type (mm/memtype.c) - where is room
 * (mm/window.c) - enter the descriptors (mm/pgtable.c).  All that can fail
 * comes before the first change.
 */
#include "mm/ioremap.h"

#include <errno.h>

#include "mm/log.h"
#include "mm/map.h"
#include "mm/memtype.h"
#include "mm/pgtable.h"
#include "mm/resource.h"
#include "mm/static_rows.h"
#include "mm/walk.h"
#include "mm/window.h"
#include "seam.h"

static u32 refused, bad_unmaps;

void ioremap_init(void)
{
	refused = bad_unmaps = 0;
	memtype_init();
	window_init();
}

/* ---- saying no ---- */

static const char *owner_of(pa_t pa)
{
	const struct resource *r = resource_owner(pa);

	return r ? r->name : "nobody";
}

static void log_conflict(pa_t phys, pa_t last, u32 type, const struct memtype_holder *h)
{
	const char *want = walk_mem_name(type & MEM_KIND);
	pa_t from = h->row && phys < h->row->pa ? h->row->pa : phys;

	if (h->row && (h->row->type & MAP_IS_RAM) && static_row_kept_out(from, from))
		mm_log("ioremap: %p-%p refused: it reaches out of the carve-out into RAM row '%s'; "
		       "make it shorter",
		       phys, last, h->row->desc->name);
	else if (h->row && (h->row->type & MAP_IS_RAM))
		mm_log("ioremap: %p-%p refused: RAM row '%s' maps it already, "
		       "use its linear address %p",
		       phys, last, h->row->desc->name, __phys_to_virt(from));
	else if (h->row && (h->row->type & MAP_EXEC))
		mm_log("ioremap: %p-%p refused: row '%s' %p-%p is executable, a writable view of "
		       "it would break W^X; read it at %p",
		       phys, last, h->row->desc->name, h->row->pa, h->row->pa_last, h->row->va);
	else if (h->row)
		mm_log("ioremap: %p-%p as %s refused: row '%s' %p-%p is %s; ask for that type",
		       phys, last, want, h->row->desc->name, h->row->pa, h->row->pa_last,
		       walk_mem_name(h->row->type & MEM_KIND));
	else
		mm_log("ioremap: %p-%p as %s refused: '%s' (%S) has %p mapped as %s; "
		       "iounmap that first",
		       phys, last, want, owner_of(phys > h->pa ? phys : h->pa), h->caller, h->va,
		       walk_mem_name(h->type & MEM_KIND));
}

static __slow void __iomem *refuse(pa_t phys, size_t size, int err, const char *why)
{
	mm_log("ioremap: %p size 0x%x refused: %s", phys, (u32)size, why);
	refused++;
	errno = err;
	return 0;
}

static __slow void __iomem *refuse_type(pa_t phys, pa_t last, u32 type)
{
	struct memtype_holder h = { 0 };

	memtype_find_conflict(phys & PAGE_MASK, last | ~PAGE_MASK, type, &h);
	log_conflict(phys, last, type, &h);
	refused++;
	errno = h.row && (h.row->type & MAP_IS_RAM) ? EPERM : EBUSY;
	return 0;
}

/* ---- map ---- */

/* Any range; also one page where memory types meet in its MiB. */
static __apart void __iomem *map_range(pa_t phys, size_t size, u32 type, u32 caller)
{
	pa_t first = phys & PAGE_MASK, last = phys + (pa_t)size - 1;
	u32 pages = (last >> PAGE_SHIFT) - (phys >> PAGE_SHIFT) + 1;
	u32 flags = irq_save();
	va_t va;

	if (!memtype_allows(first, last, type)) {
		irq_restore(flags);
		return refuse_type(phys, last, type);
	}
	va = window_map(first, pages, type, caller);
	if (va)
		memtype_count(first, last, type, 1);
	irq_restore(flags);
	if (!va)
		return refuse(phys, size, ENOMEM, window_shortage(phys, pages));
	return IOMEM(va + (phys - first));
}

/* One aligned MiB. */
static __apart void __iomem *map_section(pa_t phys, u32 type, u32 caller)
{
	u32 flags = irq_save();
	va_t va;

	if (memtype_meets_others(phys, type) && !memtype_allows(phys, phys + SZ_1M - 1, type)) {
		irq_restore(flags);
		return refuse_type(phys, phys + SZ_1M - 1, type);
	}
	va = window_map_section(phys, type, caller);
	if (va)
		memtype_count_mib(phys, type, 1);
	irq_restore(flags);
	return va ? IOMEM(va) : refuse(phys, SZ_1M, ENOMEM, window_shortage(phys, L2_ENTRIES));
}

/* What is not within one page; also a page where memory types meet in its MiB. */
static inline void __iomem *map_other(pa_t phys, size_t size, u32 type, u32 caller)
{
	if (size == SZ_1M && !(phys & ~SECTION_MASK))
		return map_section(phys, type, caller);
	return map_range(phys, size, type, caller);
}

static inline bool crosses_page(pa_t phys, size_t size)
{
	return ((phys + (pa_t)size - 1) ^ phys) & PAGE_MASK;
}

/* Within one page, as nearly every call: a straight line. */
static inline __attribute__((always_inline)) void __iomem *map_fresh(pa_t phys, size_t size,
								     u32 type, u32 caller)
{
	u32 flags;
	va_t va;

	if (crosses_page(phys, size))
		return map_other(phys, size, type, caller);
	flags = irq_save();
	if (memtype_meets_others(phys, type)) {
		irq_restore(flags);
		return map_other(phys, size, type, caller);
	}
	va = window_map_page(phys & PAGE_MASK, type, caller);
	if (va)
		memtype_count_mib(phys, type, 1);
	irq_restore(flags);
	if (!va)
		return refuse(phys, size, ENOMEM, window_shortage(phys, 1));
	return IOMEM(va + (phys & ~PAGE_MASK));
}

/* Out of line, so that a hit on a static row saves few registers. */
static __apart void __iomem *map_fresh_apart(pa_t phys, size_t size, u32 type, u32 caller)
{
	return map_fresh(phys, size, type, caller);
}

/* A 64-bit host's size_t can be larger than any physical range. */
static inline bool sane(pa_t phys, size_t size)
{
	return size - 1 <= 0xffffffffu - phys;
}

static __slow void __iomem *refuse_insane(pa_t phys, size_t size)
{
	if (!size)
		return refuse(phys, size, EINVAL, "its size is 0");
	return refuse(phys, size, EINVAL, "it reaches past 4 GiB");
}

/*
 * A static row of exactly this type that covers the range is counted, and that
 * is all: no table is touched.
 */
static inline void __iomem *map(pa_t phys, size_t size, u32 type, u32 caller)
{
	struct static_row *row;
	u32 flags;

	if (!sane(phys, size))
		return refuse_insane(phys, size);
	row = find_row_by_pa(phys, phys + (pa_t)size - 1);
	if (!row || row->type != type)
		return crosses_page(phys, size) ? map_other(phys, size, type, caller) :
						  map_fresh_apart(phys, size, type, caller);
	flags = irq_save();
	row->count++;
	irq_restore(flags);
	return IOMEM(row->va + (phys - row->pa));
}

void __iomem *ioremap(phys_addr_t phys, size_t size)
{
	return map(phys, size, MT_DEVICE, seam_caller());
}

void __iomem *ioremap_np(phys_addr_t phys, size_t size)
{
	return map(phys, size, MT_UNCACHED, seam_caller());
}

void __iomem *ioremap_wc(phys_addr_t phys, size_t size)
{
	return map(phys, size, MT_DEVICE_WC, seam_caller());
}

void __iomem *ioremap_cache(phys_addr_t phys, size_t size)
{
	return map(phys, size, MT_DEVICE_CACHED, seam_caller());
}

void __iomem *ioremap_new(phys_addr_t phys, size_t size)
{
	if (!sane(phys, size))
		return refuse_insane(phys, size);
	return map_fresh(phys, size, MT_DEVICE, seam_caller());
}

/* ---- unmap ---- */

static __slow void bad_unmap(va_t va)
{
	struct io_info info;

	bad_unmaps++;
	errno = EINVAL;
	ioremap_query(va, &info);
	switch (info.state) {
	case IO_FREED:
		mm_log("iounmap: %p refused: unmapped already by %S, %u maps ago", va,
		       info.unmapped_by, info.maps_ago);
		return;
	case IO_LIVE:
		mm_log("iounmap: %p refused: inside a mapping that begins at %p (%S)", va, info.va,
		       info.mapped_by);
		return;
	case IO_GUARD:
		mm_log("iounmap: %p refused: the guard page of %p (%S)", va, info.va,
		       info.mapped_by);
		return;
	default:
		mm_log("iounmap: %p refused: ioremap() never returned it, or long ago", va);
	}
}

static __slow void bad_unmap_static(va_t va, const struct static_row *row)
{
	bad_unmaps++;
	errno = EINVAL;
	mm_log("iounmap: %p refused: nobody holds static row '%s' by ioremap()", va,
	       row->desc->name);
}

static inline void unmap_static(va_t va)
{
	struct static_row *row = find_row_by_va(va);
	u32 flags, count;

	if (!row || (row->type & MAP_IS_RAM)) {
		if (va)
			bad_unmap(va);
		return;
	}
	flags = irq_save();
	count = row->count;
	if (count)
		row->count = count - 1;
	irq_restore(flags);
	if (!count)
		bad_unmap_static(va, row);
}

static inline bool in_one_mib(const struct io_area *area)
{
	return (area->phys & ~SECTION_MASK) + (area->pages << PAGE_SHIFT) <= SECTION_SIZE;
}

static __apart void uncount(const struct io_area *area)
{
	memtype_count(area->phys, area->phys + (area->pages << PAGE_SHIFT) - 1, area->type, -1);
}

void iounmap(volatile void __iomem *addr)
{
	va_t va = iomem_va(addr);
	const struct io_area *area;
	u32 flags;

	if (!in_window(va)) {
		unmap_static(va);
		return;
	}
	flags = irq_save();
	area = window_unmap(va, seam_caller());
	if (area && in_one_mib(area))
		memtype_count_mib(area->phys, area->type, -1);
	else if (area)
		uncount(area);
	irq_restore(flags);
	if (!area)
		bad_unmap(va);
}

/* ---- state ---- */

void ioremap_stats(struct ioremap_stats *out)
{
	window_stats(out);
	out->refused = refused;
	out->bad_unmaps = bad_unmaps;
	out->static_counts = 0;
	for (u32 i = 0; static_row_get(i); i++)
		out->static_counts += static_row_get(i)->count;
}

static bool show_area(const struct io_info *info, void *arg)
{
	(void)arg;
	if (info->state == IO_LIVE)
		mm_log("%p-%p %5u pages -> %p %-17s '%s' %S", info->va,
		       info->va + (info->pages << PAGE_SHIFT) - 1, info->pages, info->pa,
		       walk_mem_name(info->type & MEM_KIND), owner_of(info->pa), info->mapped_by);
	else
		mm_log("%p-%p %5u pages    waits, unmapped by %S %u maps ago", info->va,
		       info->va + (info->pages << PAGE_SHIFT) - 1, info->pages, info->unmapped_by,
		       info->maps_ago);
	return true;
}

void vmallocinfo_show(void)
{
	struct ioremap_stats s;

	window_visit(show_area, NULL);
	ioremap_stats(&s);
	mm_log("%u live (%u pages), %u waiting, %u on static rows, %u maps made, %u refused, "
	       "%u bad iounmaps",
	       s.live, s.live_pages, s.quarantined, s.static_counts, s.maps, s.refused,
	       s.bad_unmaps);
}
