/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/types.h - the words the mapping kit is written in.
 *
 * Addresses are 32-bit integers, never pointers, so that a 64-bit host runs
 * the very code that runs on the board.  Pointers appear at the public edge
 * only: what ioremap() returns and what readl() takes.
 */
#ifndef MM_TYPES_H
#define MM_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint32_t u32;
typedef uint16_t u16;
typedef uint8_t u8;

/** A physical address, as the bus sees it (32 bits: no LPAE). */
typedef u32 pa_t;
/** A virtual address, as the core issues it (ARM: modified virtual address). */
typedef u32 va_t;
/** Linux's name for pa_t, for readers who know it. */
typedef pa_t phys_addr_t;

/*
 * __iomem marks a pointer to registers.  It may be handed to the accessors of
 * mm/io.h and to iounmap(), and dereferenced by nobody.
 */
#define __iomem

#define SZ_4K 0x1000u
#define SZ_16K 0x4000u
#define SZ_64K 0x10000u
#define SZ_1M 0x100000u
#define SZ_16M 0x1000000u
#define SZ_128M 0x8000000u
#define SZ_256M 0x10000000u
#define SZ_512M 0x20000000u
#define SZ_1G 0x40000000u

#define PAGE_SHIFT 12
#define PAGE_SIZE SZ_4K
#define PAGE_MASK (~(PAGE_SIZE - 1))
#define SECTION_SHIFT 20
#define SECTION_SIZE SZ_1M
#define SECTION_MASK (~(SECTION_SIZE - 1))

#define __phys_to_pfn(pa) ((u32)(pa) >> PAGE_SHIFT)
#define __pfn_to_phys(pfn) ((pa_t)(pfn) << PAGE_SHIFT)

/*
 * Kept out of a short path, so that the path saves few registers: __apart is
 * another usual case, __slow a rare one.
 */
#define __apart __attribute__((noinline))
#define __slow __attribute__((noinline, cold))

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/** An address literal as the accessors want it: IOMEM(0xF8000000). */
#define IOMEM(va) ((void __iomem *)(uintptr_t)(va))
/** The way back: the virtual address a register pointer stands for. */
static inline va_t iomem_va(const volatile void __iomem *p)
{
	return (va_t)(uintptr_t)p;
}

#endif
