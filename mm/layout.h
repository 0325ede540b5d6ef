/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/layout.h - the virtual address space, in Linux/ARM's names.
 *
 *   0x00000000  NULL page, and what a user space will get (TTBR0, TTBCR.N = 1)
 *   TASK_SIZE   the kernel's half begins (TTBR1)
 *   KIMAGE_VADDR  the image's own window, mapped page by page
 *   PAGE_OFFSET .. LOWMEM_END     RAM's linear map; behind it a hole of 8 MiB, so
 *                                 that what runs below the next window faults
 *   VMALLOC_START .. VMALLOC_END  the dynamic window: ioremap()
 *   VMALLOC_END .. FIXADDR_START  static I/O rows (any free place above
 *                                 TASK_SIZE will do)
 *   FIXADDR_START .. 0xFFFFFFFF   fixmap, then the vectors
 *
 * Assembly and the linker script include this file: plain numbers only.
 */
#ifndef MM_LAYOUT_H
#define MM_LAYOUT_H

#define TASK_SIZE 0x80000000
#define KIMAGE_VADDR 0xBF000000
#define KIMAGE_SIZE 0x01000000
#define PAGE_OFFSET 0xC0000000
#define LOWMEM_END 0xE7800000
#define VMALLOC_START 0xE8000000
#define VMALLOC_END 0xF8000000
#define FIXADDR_START 0xFFC00000
#define FIXADDR_END 0xFFF00000
#define VECTORS_BASE 0xFFFF0000

/* Second-level tables (1 KiB each) in the pool, for rows, splits and the
 * dynamic window together.  A board.mk may raise it: MM_TABLES := 256. */
#ifndef MM_TABLES
#define MM_TABLES 128
#endif

/* Rows a board's table may have. */
#define MM_MAX_ROWS 64

/* MiB of the dynamic window that may be cut into pages at one time.  Each
 * holds 128 one-page mappings with their guards and costs 3 KiB of RAM. */
#ifndef MM_PAGE_BLOCKS
#define MM_PAGE_BLOCKS 48
#endif

/* A freed range waits for this many further maps before it is handed out. */
#define MM_QUARANTINE 64

#endif
