/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/set_memory.c - who may change which rights; mm/protect.c does it.
 */
#include "mm/set_memory.h"

#include <errno.h>

#include "mm/check.h"
#include "mm/iotable.h"
#include "mm/log.h"
#include "mm/pgtable.h"
#include "mm/walk.h"
#include "seam.h"

#define KEEPS 8

static struct {
	va_t first, last;
	const char *name;
} keep[KEEPS];
static u32 keeps;
static struct map_image image;

void set_memory_init(const struct map_image *im)
{
	image = *im;
	keeps = 0;
}

int set_memory_keep(va_t first, va_t last, const char *name)
{
	if (keeps == KEEPS)
		return -ENOMEM;
	keep[keeps].first = first;
	keep[keeps].last = last;
	keep[keeps++].name = name;
	return 0;
}

static int refuse(const char *call, va_t va, u32 pages, int err, const char *why)
{
	mm_log("%s: %p, %u pages, refused: %s", call, va, pages, why);
	errno = -err;
	return err;
}

static bool in_image_window(va_t va)
{
	return va - KIMAGE_VADDR < image.total;
}

static bool in_linear_map(va_t va)
{
	return va - PAGE_OFFSET < LOWMEM_END - PAGE_OFFSET;
}

/* The other address of the page at @va, whose physical address is @pa; 0: none. */
static va_t other_address(va_t va, pa_t pa)
{
	if (in_image_window(va))
		return __phys_to_virt(pa);
	return pa - image.phys < image.total ? KIMAGE_VADDR + (pa - image.phys) : 0;
}

/* The page also shows at VECTORS_BASE, executable. */
static bool is_vectors(pa_t pa)
{
	return image.total && pa == image.phys + image.vectors;
}

/* May the page at @va get @grant?  W^X is judged over both its addresses. */
static int judge_page(const char *call, va_t va, u32 pages, va_t at, u32 grant)
{
	struct walk here, there = { .kind = WALK_FAULT };
	va_t other;

	walk(pgtable_root(), at, &here);
	if (here.kind == WALK_FAULT)
		return refuse(call, va, pages, -EFAULT, "a page of the range is not mapped");
	other = other_address(at, here.pa + (at - here.va));
	if (other)
		walk(pgtable_root(), other, &there);
	if ((grant & MAP_WRITE) &&
	    (here.exec || there.exec || is_vectors(here.pa + (at - here.va))))
		return refuse(call, va, pages, -EACCES,
			      "a page of it is executable; set_memory_nx() its code first");
	if ((grant & MAP_EXEC) && (here.write || there.write))
		return refuse(call, va, pages, -EACCES,
			      "a page of it is writable here or at its other address; "
			      "set_memory_ro() both first");
	return 0;
}

static int judge_span(const char *call, va_t va, u32 pages, u32 grant, u32 deny)
{
	va_t first, last;

	pgtable_protect_span(va, pages << PAGE_SHIFT, grant, deny, &first, &last);
	for (u32 i = 0; i < keeps; i++) {
		if (keep[i].first > last || keep[i].last < first)
			continue;
		mm_log("%s: %p, %u pages, refused: the descriptors to break, %p-%p, hold the %s",
		       call, va, pages, first, last, keep[i].name);
		errno = EBUSY;
		return -EBUSY;
	}
	return 0;
}

static int judge_range(const char *call, va_t va, u32 pages)
{
	va_t last;

	if (va & ~PAGE_MASK)
		return refuse(call, va, pages, -EINVAL, "the address is not on a 4 KiB boundary");
	if (!pages || pages > 1u << (32 - PAGE_SHIFT))
		return refuse(call, va, pages, -EINVAL, "give the size in pages, at least 1");
	last = va + (pages << PAGE_SHIFT) - 1;
	if ((in_image_window(va) && in_image_window(last)) ||
	    (last >= va && in_linear_map(va) && in_linear_map(last)))
		return 0;
	return refuse(call, va, pages, -EINVAL,
		      "only RAM of the linear map or of the image's window has rights to change");
}

/*
 * Memory becomes code: what was written there must have left the data cache,
 * and neither the instruction cache nor the branch predictor may know anything
 * older (B2.2.9).
 */
static void make_executable(va_t va, u32 pages)
{
	u32 line = cache_line_size(), bytes = pages << PAGE_SHIFT;

	for (u32 at = 0; at < bytes; at += line)
		dcache_clean_pou(va + at);
	dsb();
	icache_invalidate_all();
	branch_predictor_invalidate();
	dsb();
	isb();
}

static int set_rights(const char *call, va_t va, u32 pages, u32 grant, u32 deny)
{
	int err = judge_range(call, va, pages);
	u32 flags;

	for (u32 i = 0; !err && i < pages; i++)
		err = judge_page(call, va, pages, va + (i << PAGE_SHIFT), grant);
	if (!err)
		err = judge_span(call, va, pages, grant, deny);
	if (err)
		return err;
	flags = irq_save();
	err = pgtable_protect(va, pages << PAGE_SHIFT, grant, deny);
	if (!err && (grant & MAP_EXEC))
		make_executable(va, pages);
	irq_restore(flags);
	if (err)
		return refuse(call, va, pages, err,
			      "no second-level table for the split; raise MM_TABLES in board.mk");
	return 0;
}

int set_memory_ro(va_t va, u32 pages)
{
	return set_rights("set_memory_ro", va, pages, 0, MAP_WRITE);
}

int set_memory_rw(va_t va, u32 pages)
{
	return set_rights("set_memory_rw", va, pages, MAP_WRITE, 0);
}

int set_memory_x(va_t va, u32 pages)
{
	return set_rights("set_memory_x", va, pages, MAP_EXEC, 0);
}

int set_memory_nx(va_t va, u32 pages)
{
	return set_rights("set_memory_nx", va, pages, 0, MAP_EXEC);
}
