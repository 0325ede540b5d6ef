/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/check.h - is a map table right, and what becomes of it?
 *
 * The same code runs on the host (`make check-map`), at boot with the MMU off,
 * and its sibling mm/verify.h once more on the live tables.  It allocates
 * nothing and calls nothing but mm_log().
 */
#ifndef MM_CHECK_H
#define MM_CHECK_H

#include "mm/map.h"
#include "mm/pgtable.h"

/* Stack guards: pages of the image that its window leaves out. */
#define MAP_GUARDS 5

/**
 * struct map_image - where the running image stands; all page aligned
 *
 * @total == 0 means "not known" (on the host, before a link): what depends on
 * the image is then left out.
 */
struct map_image {
	pa_t phys; /* first byte */
	u32 text; /* bytes of text: RX in the window */
	u32 rodata; /* bytes of rodata behind it: RO */
	u32 total; /* bytes in all: the rest is RW */
	u32 vectors; /* offset of the page that appears at VECTORS_BASE */
	u32 guard[MAP_GUARDS]; /* offsets of guard pages, ascending; 0: none */
};

/** struct map_layout - what a table is checked against */
struct map_layout {
	struct map_image image;
	u32 tables; /* second-level tables in the pool */
	bool supersections;
	pa_t console; /* a byte that must be mapped by a static row; 0: none */
};

/** struct map_piece - one stretch of the finished map with a single type */
struct map_piece {
	va_t va;
	pa_t pa;
	u32 length;
	u32 type;
	const struct map_desc *row; /* NULL: the kit's own, @what says what */
	const char *what;
};
#define MAP_MAX_PIECES 192

/**
 * map_pieces() - everything a table makes the kit map, in the order it is mapped
 * @out: room for MAP_MAX_PIECES
 *
 * RAM rows (without NOMAP holes, text and rodata read-only), static rows, the
 * image window without its guards, the vectors, and the identity page that the
 * switch-on needs.  The planner counts these pieces and paging_init() maps
 * them, so a plan cannot differ from what is built.
 *
 * Return: how many.
 */
u32 map_pieces(const struct map_desc *rows, u32 n, const struct map_layout *lo,
	       struct map_piece *out);

/** map_piece_blocks() - add the descriptors of each size that @piece takes to @blocks. */
void map_piece_blocks(const struct map_piece *piece, bool supersections, u32 blocks[]);

/**
 * map_next_free() - the lowest stretch at or above @from that rows may still use
 *
 * Return: false when there is none.
 */
bool map_next_free(const struct map_piece *pieces, u32 n, va_t from, va_t *first, va_t *last);

/** map_tables_of() - second-level tables that piece @i needs and no earlier piece has. */
u32 map_tables_of(const struct map_piece *pieces, u32 i);

/** map_phys_offset() - the physical address that PAGE_OFFSET shows. */
pa_t map_phys_offset(const struct map_desc *rows, u32 n);

/** struct map_plan - descriptors and memory a table takes */
struct map_plan {
	u32 blocks[BLOCK_KINDS];
	u32 tables; /* second-level tables */
	u32 bytes; /* of RAM for tables: 16 KiB + 1 KiB each */
	u32 lowmem; /* bytes of RAM in the linear map */
	u32 beyond; /* bytes of RAM rows past its end: not mapped */
	u32 nomap; /* bytes of RAM kept out */
};

/**
 * map_check() - refuse a bad table, in words
 * @rows, @n: the table
 * @lo:       what it is checked against
 *
 * Each mistake is one refusal: a line that names the row or both rows, their
 * ranges and the reason, and a line with the way out.  All are reported, not
 * only the first.
 *
 * Return: how many refusals; 0 means the table is good.
 */
u32 map_check(const struct map_desc *rows, u32 n, const struct map_layout *lo);

/** map_plan() - work out @plan for a table that map_check() accepts. */
void map_plan(const struct map_desc *rows, u32 n, const struct map_layout *lo,
	      struct map_plan *plan);

/** map_plan_show() - the plan, row by row, and the free virtual ranges. */
void map_plan_show(const struct map_desc *rows, u32 n, const struct map_layout *lo);

/**
 * map_free_va() - a virtual address for a row to add
 * @flat: where the image is loaded: its page is mapped flat for the switch-on;
 *        0: not known, then RAM's own addresses are the last choice
 * @pa, @length: what the row is to map, whole pages
 *
 * Free of rows and of what no row may touch, in the same place of a MiB as @pa
 * where there is one.  Return: 0 when there is no room.
 */
va_t map_free_va(const struct map_desc *rows, u32 n, pa_t flat, pa_t pa, u32 length);

/** map_row_virt() - where a row appears (RAM rows: in the linear map; past its end: 0). */
va_t map_row_virt(const struct map_desc *rows, u32 n, const struct map_desc *row);

/** map_row_mapped() - bytes of a row that are mapped (RAM: what fits below LOWMEM_END). */
u32 map_row_mapped(const struct map_desc *rows, u32 n, const struct map_desc *row);

/** map_type_name() - "device", "strongly-ordered", "normal cached", ... */
const char *map_type_name(u32 type);

#endif
