/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/fault.c - an abort in words: what, where, whose, and the way out.
 *
 * Status codes: DDI 0406C B3.13.3, tables B3-23 (short descriptors).
 */
#include "mm/fault.h"

#include "mm/check.h"
#include "mm/ioremap.h"
#include "mm/iotable.h"
#include "mm/log.h"
#include "mm/resource.h"
#include "mm/walk.h"

enum {
	FS_ALIGNMENT = 0x01,
	FS_TRANSLATION_L1 = 0x05,
	FS_TRANSLATION_L2 = 0x07,
	FS_EXTERNAL = 0x08,
	FS_PERMISSION_L1 = 0x0d,
	FS_PERMISSION_L2 = 0x0f,
	FS_ASYNC_EXTERNAL = 0x16,
	FS_ASYNC_PARITY = 0x18,
};

u32 fault_status(u32 fsr)
{
	return (fsr & 0xf) | (fsr >> 6 & 0x10);
}

bool fault_is_write(u32 fsr)
{
	return fsr >> 11 & 1;
}

const char *fault_status_name(u32 fsr)
{
	switch (fault_status(fsr)) {
	case FS_ALIGNMENT:
		return "alignment fault";
	case 0x02:
		return "debug event";
	case 0x03:
		return "access flag fault on a section";
	case 0x04:
		return "fault on instruction cache maintenance";
	case FS_TRANSLATION_L1:
		return "translation fault, first level";
	case 0x06:
		return "access flag fault on a page";
	case FS_TRANSLATION_L2:
		return "translation fault, second level";
	case FS_EXTERNAL:
		return "external abort";
	case 0x09:
		return "domain fault on a section";
	case 0x0b:
		return "domain fault on a page";
	case 0x0c:
		return "external abort on a first-level walk";
	case FS_PERMISSION_L1:
		return "permission fault on a section";
	case 0x0e:
		return "external abort on a second-level walk";
	case FS_PERMISSION_L2:
		return "permission fault on a page";
	case 0x10:
		return "TLB conflict abort";
	case 0x14:
		return "lockdown abort";
	case FS_ASYNC_EXTERNAL:
		return "asynchronous external abort";
	case FS_ASYNC_PARITY:
		return "asynchronous parity error";
	case 0x19:
		return "parity error on memory access";
	case 0x1a:
		return "coprocessor abort";
	case 0x1c:
		return "parity error on a first-level walk";
	case 0x1e:
		return "parity error on a second-level walk";
	default:
		return "reserved status code";
	}
}

static const char *verb(const struct fault *f)
{
	if (f->prefetch)
		return "executing";
	return fault_is_write(f->fsr) ? "writing" : "reading";
}

/* ---- who had the address ---- */

static void tell_owner(pa_t pa)
{
	const struct resource *r = resource_owner(pa);
	const struct resource *past = resource_last_owner(pa);

	if (r)
		mm_log("  physical %p belongs to '%s'", pa, r->name);
	if (past && (!r || !(r->flags & IORESOURCE_BUSY)))
		mm_log("  physical %p was requested by '%s' and released", pa, past->name);
}

static void tell_window(va_t va)
{
	struct io_info i;

	ioremap_query(va, &i);
	switch (i.state) {
	case IO_FREED:
		mm_log("  unmapped by %S, %u maps ago: use after iounmap()", i.unmapped_by,
		       i.maps_ago);
		mm_log("  it was %p-%p -> %p, mapped by %S", i.va,
		       i.va + (i.pages << PAGE_SHIFT) - 1, i.pa, i.mapped_by);
		tell_owner(i.pa + (va - i.va));
		return;
	case IO_GUARD:
		mm_log("  the guard page behind %p-%p -> %p, mapped by %S: %u bytes past its end",
		       i.va, i.va + (i.pages << PAGE_SHIFT) - 1, i.pa, i.mapped_by,
		       va - (i.va + (i.pages << PAGE_SHIFT)) + 1);
		tell_owner(i.pa);
		return;
	case IO_LIVE:
		mm_log("  live mapping %p -> %p, mapped by %S", i.va, i.pa, i.mapped_by);
		tell_owner(i.pa + (va - i.va));
		return;
	default:
		mm_log("  in the dynamic window, but ioremap() never returned it, or long ago");
	}
}

static void tell_place(va_t va, bool mapped)
{
	const struct static_row *row = static_row_by_va(va);

	if (va < PAGE_SIZE)
		mm_log("  the NULL page: a null pointer, or a member of one (offset 0x%x)", va);
	else if (row)
		mm_log("  inside row '%s' %p-%p -> %p", row->desc->name, row->va, row->va_last,
		       row->pa);
	else if (va - VMALLOC_START < VMALLOC_END - VMALLOC_START)
		tell_window(va);
	else if (va - KIMAGE_VADDR < KIMAGE_SIZE)
		mm_log("  in the image's window%s",
		       mapped ? "" : ": a stack's guard page, or past the image");
	else if (va < TASK_SIZE)
		mm_log("  below TASK_SIZE: nothing is mapped there");
}

/* ---- the nearest mapping ---- */

/* What is farther away has nothing to do with it. */
#define NEAR SZ_16M

/* Nothing is mapped at @va itself. */
static void tell_nearest(pa_t root, va_t va)
{
	struct walk w, best = { .kind = WALK_FAULT };
	u32 distance = 0;

	for (va_t at = va;;) { /* upwards */
		walk(root, at, &w);
		if (w.kind != WALK_FAULT) {
			best = w;
			distance = w.va - va;
			break;
		}
		if (w.va + w.size - 1 == 0xffffffffu)
			break;
		at = w.va + w.size;
	}
	for (va_t at = va;;) { /* downwards, as far as that */
		walk(root, at, &w);
		if (w.kind != WALK_FAULT &&
		    (best.kind == WALK_FAULT || va - (w.va + w.size) < distance)) {
			best = w;
			distance = va - (w.va + w.size);
		}
		if (!w.va || (best.kind != WALK_FAULT && va - w.va > distance))
			break;
		at = w.va - 1;
	}
	if (best.kind == WALK_FAULT || distance > NEAR)
		return;
	mm_log("  nearest mapping: %p-%p -> %p (%s), 0x%x bytes %s", best.va,
	       best.va + best.size - 1, best.pa, walk_mem_name(best.mem), distance,
	       best.va > va ? "above" : "below");
}

/* ---- a device without a row ---- */

static void tell_carve_out(pa_t pa)
{
	const struct resource *owner = resource_owner(pa);

	mm_log("  physical %p is in carve-out '%s', which is not mapped: ioremap_wc() or "
	       "ioremap_cache() it",
	       pa, owner ? owner->name : "?");
}

static void tell_rows_around(pa_t pa)
{
	const struct static_row *row, *below = NULL, *above = NULL;

	for (u32 i = 0; (row = static_row_get(i)); i++) {
		if (row->pa_last < pa && (!below || row->pa_last > below->pa_last))
			below = row;
		if (row->pa > pa && (!above || row->pa < above->pa))
			above = row;
	}
	if (below)
		mm_log("  nearest row below that: '%s' %p-%p at %p, 0x%x bytes away",
		       below->desc->name, below->pa, below->pa_last, below->va,
		       pa - below->pa_last - 1);
	if (above)
		mm_log("  nearest row above that: '%s' %p-%p at %p, 0x%x bytes away",
		       above->desc->name, above->pa, above->pa_last, above->va, above->pa - pa);
}

/* A name that can stand in quotes as it is. */
static bool is_row_name(const char *s)
{
	for (const char *c = s; *c; c++)
		if (*c < ' ' || *c > '~' || *c == '"' || *c == '\\')
			return false;
	return *s;
}

static void tell_row(va_t va, pa_t pa)
{
	const struct resource *owner = resource_owner(pa);

	mm_log("    MAP_DEVICE(\"%s\", 0x%08x, 0x%08x, SZ_4K),",
	       owner && is_row_name(owner->name) ? owner->name : "name", va, pa & PAGE_MASK);
}

/* May a further row map the page at @pa as registers? */
static bool takes_row(pa_t pa)
{
	const struct resource *owner = resource_owner(pa);
	u32 n;

	static_rows_table(&n);
	return n < MM_MAX_ROWS && !static_row_by_pa(pa, pa) && !static_row_kept_out(pa, pa) &&
	       !(owner && (owner->flags & IORESOURCE_RAM));
}

/* Where the image is loaded, the next boot maps a page flat: no row may be there. */
static pa_t flat_page(pa_t root)
{
	pa_t pa = 0;

	return walk_translate(root, KIMAGE_VADDR, &pa) ? pa : 0;
}

static void tell_physical(pa_t root, pa_t pa)
{
	const struct static_row *row = static_row_by_pa(pa, pa);
	const struct map_desc *rows;
	va_t va;
	u32 n;

	if (static_row_kept_out(pa, pa)) {
		tell_carve_out(pa);
		return;
	}
	if (row) {
		mm_log("  as a physical address it is in row '%s': use %p", row->desc->name,
		       row->va + (pa - row->pa));
		return;
	}
	rows = static_rows_table(&n);
	va = map_free_va(rows, n, flat_page(root), pa & PAGE_MASK, PAGE_SIZE);
	if (!takes_row(pa) || !va)
		return;
	mm_log("  if this is a device's physical address: ioremap(0x%08x, size), or this row:", pa);
	tell_row(va, pa);
	tell_rows_around(pa);
}

static u32 distance_to(const struct static_row *row, va_t va)
{
	return va < row->va ? row->va - va : va - row->va_last - 1;
}

static const struct static_row *device_row_nearest(va_t va)
{
	const struct static_row *row, *best = NULL;

	for (u32 i = 0; (row = static_row_get(i)); i++)
		if (!(row->type & MAP_IS_RAM) &&
		    (!best || distance_to(row, va) < distance_to(best, va)))
			best = row;
	return best;
}

static bool is_for_rows(va_t va)
{
	return va - VMALLOC_END < FIXADDR_START - VMALLOC_END ||
	       va - TASK_SIZE < KIMAGE_VADDR - TASK_SIZE;
}

/* Rows of one MiB are as far apart here as in physical addresses, as a rule. */
static void tell_virtual(va_t va)
{
	const struct static_row *row = device_row_nearest(va);
	u32 distance;
	pa_t pa;

	if (!row || !is_for_rows(va))
		return;
	distance = distance_to(row, va);
	pa = row->pa + ((va & PAGE_MASK) - row->va);
	if (distance > SECTION_SIZE || !takes_row(pa) || (va > row->va) != (pa > row->pa))
		return;
	mm_log("  if a row is missing here: as far from row '%s' as this, 0x%x bytes %s, it is",
	       row->desc->name, distance, va > row->va ? "above" : "below");
	tell_row(va & PAGE_MASK, pa);
}

/* Nothing is mapped at @va: is it a device's address, of either kind? */
static void tell_row_to_add(pa_t root, va_t va)
{
	struct io_info i = { .state = IO_NEVER };

	if (va - VMALLOC_START < VMALLOC_END - VMALLOC_START)
		ioremap_query(va, &i);
	if (va < PAGE_SIZE || va - KIMAGE_VADDR < KIMAGE_SIZE || i.state != IO_NEVER)
		return;
	tell_virtual(va);
	tell_physical(root, va);
}

/* ---- the report ---- */

static void tell_rights(const struct fault *f, const struct walk *w)
{
	if (w->kind == WALK_FAULT)
		return;
	mm_log("  %p-%p -> %p: %s, %s, r%s%s", w->va, w->va + w->size - 1, w->pa,
	       walk_kind_name(w->kind), walk_mem_name(w->mem), w->write ? "w" : "-",
	       w->exec ? "x" : "-");
	if (f->prefetch && !w->exec)
		mm_log("  it is execute-never: code here must be made so by set_memory_x()");
	else if (fault_is_write(f->fsr) && !w->write)
		mm_log("  it is read-only");
}

static void tell_cause(const struct fault *f, const struct walk *w)
{
	const struct static_row *row;

	switch (fault_status(f->fsr)) {
	case FS_TRANSLATION_L1:
	case FS_TRANSLATION_L2:
		tell_place(f->far, false);
		if (w->kind == WALK_FAULT) /* it may have been mapped since */
			tell_nearest(f->root, f->far);
		row = static_row_by_va(f->far);
		if (row) { /* in the linear map, and yet not mapped */
			tell_carve_out(row->pa + (f->far - row->va));
			return;
		}
		tell_row_to_add(f->root, f->far);
		return;
	case FS_ALIGNMENT:
		tell_rights(f, w);
		mm_log("  device memory takes accesses aligned to their width only: "
		       "readb/readw/readl,");
		mm_log("  memcpy_fromio() and memcpy_toio() make no others");
		return;
	case FS_EXTERNAL:
		tell_rights(f, w);
		mm_log("  the bus refused it: nothing answers at physical %p",
		       w->pa + (f->far - w->va));
		tell_place(f->far, true);
		if (static_row_by_va(f->far))
			mm_log("  is the row's physical address right, and the block's clock on?");
		return;
	default:
		tell_rights(f, w);
		tell_place(f->far, true);
	}
}

static bool is_asynchronous(const struct fault *f)
{
	u32 fs = fault_status(f->fsr);

	return !f->prefetch && (fs == FS_ASYNC_EXTERNAL || fs == FS_ASYNC_PARITY);
}

/* DFAR and the direction mean nothing then, and the culprit is long past (B3.13.3). */
static void report_asynchronous(const struct fault *f)
{
	mm_log("data abort, %s (DFSR 0x%03x): at an address the core does not tell",
	       fault_status_name(f->fsr), f->fsr);
	mm_log("  by an access some time before %S (pc %p)", f->pc, f->pc);
	mm_log("  usually a buffered write to a device that does not answer: readl() after the "
	       "writel() finds it");
}

void fault_report(const struct fault *f)
{
	struct walk w;

	if (is_asynchronous(f)) {
		report_asynchronous(f);
		return;
	}
	walk(f->root, f->far, &w);
	mm_log("%s abort %s %p: %s (%cFSR 0x%03x)", f->prefetch ? "prefetch" : "data", verb(f),
	       f->far, fault_status_name(f->fsr), f->prefetch ? 'I' : 'D', f->fsr);
	mm_log("  by %S (pc %p)", f->pc, f->pc);
	tell_cause(f, &w);
}
