/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/ioremap.h - dynamic mappings of physical addresses, in Linux's terms.
 *
 * Context of every function here: any, interrupts on or off, after
 * ioremap_init(); from an interrupt handler only where it says so.  Each masks
 * interrupts for its own duration.  Every refusal returns NULL, sets errno,
 * logs one line that names the range, the owner in the way and the reason, and
 * changes nothing.
 *
 *   EINVAL  size 0, or past 4 GiB
 *   EPERM   RAM of the linear map: use its linear address
 *   EBUSY   the page is mapped with another memory type, or is a row's code
 *   ENOMEM  no virtual range, no second-level table, no page block
 */
#ifndef MM_IOREMAP_H
#define MM_IOREMAP_H

#include "mm/types.h"

/**
 * ioremap() - map registers as device memory
 * @phys: any byte; the offset below a page is kept in what is returned
 * @size: bytes
 *
 * A static row of the same type that covers the range is reused and counted;
 * otherwise the range is rounded out to pages, given its own virtual range
 * with a guard page behind it, and mapped with the largest descriptors that
 * alignment allows.
 *
 * Return: pointer for readl() and friends, or NULL with errno set (above).
 */
void __iomem *ioremap(phys_addr_t phys, size_t size);
/** ioremap_new() - as ioremap(), but never the static row: always a fresh mapping. */
void __iomem *ioremap_new(phys_addr_t phys, size_t size);
/** ioremap_np() - strongly-ordered (non-posted writes). */
void __iomem *ioremap_np(phys_addr_t phys, size_t size);
/** ioremap_wc() - normal non-cached memory: writes may merge. */
void __iomem *ioremap_wc(phys_addr_t phys, size_t size);
/** ioremap_cache() - normal write-back memory. */
void __iomem *ioremap_cache(phys_addr_t phys, size_t size);

/**
 * iounmap() - undo exactly one mapping, or one count on a static row
 * @addr: what ioremap*() returned (any byte of its first page)
 *
 * Never mapped, twice, inside: logged, counted, errno EINVAL, harmless.
 * NULL is ignored, as free() does.
 */
void iounmap(volatile void __iomem *addr);

/** What is live and what was refused, for tests and `meminfo`. */
struct ioremap_stats {
	u32 live; /* dynamic mappings */
	u32 live_pages; /* pages in them */
	u32 quarantined; /* freed ranges that still wait */
	u32 static_counts; /* counts held on static rows */
	u32 maps; /* fresh maps since start */
	u32 refused; /* calls that returned NULL */
	u32 bad_unmaps; /* iounmap() of what is not mapped */
	u32 page_blocks; /* MiB of the window cut into pages */
};
void ioremap_stats(struct ioremap_stats *out);

/** ioremap_init() - empty the window; the static rows must be registered.  Context: start-up. */
void ioremap_init(void);

/** vmallocinfo_show() - the dynamic window through mm_log(), as /proc/vmallocinfo. */
void vmallocinfo_show(void);

/** What the window knows of an address. */
enum io_state { IO_NEVER = 0, IO_LIVE, IO_GUARD, IO_FREED, IO_OUTSIDE };
struct io_info {
	enum io_state state;
	va_t va; /* the mapping's first byte, page aligned */
	pa_t pa; /* likewise */
	u32 pages; /* without the guard */
	u32 type;
	u32 mapped_by; /* code address of the caller */
	u32 unmapped_by; /* likewise; 0 while live */
	u32 maps_ago; /* fresh maps made since it was unmapped */
};
/** ioremap_query() - describe @va.  Context: any, also from an interrupt or abort handler. */
void ioremap_query(va_t va, struct io_info *out);

#endif
