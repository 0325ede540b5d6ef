/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/iotable.h - the static map: iotable_init() and what remembers its rows.
 */
#ifndef MM_IOTABLE_H
#define MM_IOTABLE_H

#include "mm/map.h"

/**
 * iotable_init() - enter static I/O rows into the tables (Linux's name)
 * @rows, @n: rows that map_check() accepts; RAM rows are passed over
 *
 * Epoch: before the MMU is on.
 * Return: 0, -ENOMEM or -EEXIST (then nothing of that row has changed).
 */
int iotable_init(const struct map_desc *rows, u32 n);

struct map_layout;

/**
 * lowmem_init() - enter everything of map_pieces() that is no static row: RAM's
 * linear map and, if @lo describes an image, its window, vectors, identity page
 *
 * Epoch: before the MMU is on, after pgtable_init().
 * Return: 0, -ENOMEM or -EEXIST, with a line that names the piece.
 */
int lowmem_init(const struct map_desc *rows, u32 n, const struct map_layout *lo);

/**
 * static_rows_init() - remember the rows for lookups, and enter them and the
 * RAM banks into the resource tree as containers
 *
 * Epoch: once, after the MMU is on.  Return: 0 or -ENOMEM.
 */
int static_rows_init(const struct map_desc *rows, u32 n);

/** struct static_row - a row as the running kit knows it */
struct static_row {
	va_t va;
	va_t va_last; /* last byte */
	pa_t pa;
	pa_t pa_last;
	u32 type; /* MT_* */
	u32 count; /* ioremap()s served by it */
	const struct map_desc *desc;
};

/*
 * Context of what follows: any, after static_rows_init(); the rows do not change,
 * their counts do.
 */

/** static_row_by_pa() - the row that holds all of [@first, @last], or NULL. */
struct static_row *static_row_by_pa(pa_t first, pa_t last);
/** static_row_by_va() - the row that holds @va, or NULL. */
struct static_row *static_row_by_va(va_t va);
/**
 * static_row_conflict() - a row with a byte of [@first, @last] that forbids a
 * writable mapping of @type, or NULL: RAM, another memory type, code (W^X)
 */
struct static_row *static_row_conflict(pa_t first, pa_t last, u32 type);
/** static_row_kept_out() - is all of [@first, @last] in carve-outs (NOMAP rows)? */
bool static_row_kept_out(pa_t first, pa_t last);
/** static_row_get() - the @i-th row by physical address, or NULL past the end. */
struct static_row *static_row_get(u32 i);

/** static_rows_table() - the rows that static_rows_init() was given; @n: how many. */
const struct map_desc *static_rows_table(u32 *n);

/** __phys_to_virt(), __virt_to_phys() - the linear map's arithmetic (RAM only). */
va_t __phys_to_virt(pa_t pa);
pa_t __virt_to_phys(va_t va);

/** maps_show() - the static rows with their counts, through mm_log(). */
void maps_show(void);

#endif
