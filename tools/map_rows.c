/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tools/map_rows.c - a plan for programs to read: one record a line, fields
 * behind tabs, numbers in hexadecimal.
 *
 *   board  NAME
 *   window NAME FIRST LAST          the borders of mm/layout.h
 *   row    NAME TYPE VA PA LENGTH MAPPED
 *   piece  NAME WHAT TYPE RIGHTS VA PA LENGTH 16M 1M 64K 4K TABLES
 *   free   FIRST LAST               virtual addresses that rows may still use
 *   device NAME DRIVER PA SIZE ROW  "-": no row, ioremap() maps it
 *
 * A row's VA is 0 when it is not mapped; a piece that belongs to no row has "-".
 */
#include "tools/map_rows.h"

#include <stdio.h>

#include "board/board.h"
#include "tools/check_devices.h"

static const struct {
	const char *name;
	va_t first, last;
} windows[] = {
	{ "user", 0, TASK_SIZE - 1 },
	{ "image", KIMAGE_VADDR, KIMAGE_VADDR + KIMAGE_SIZE - 1 },
	{ "linear", PAGE_OFFSET, VMALLOC_START - 1 },
	{ "vmalloc", VMALLOC_START, VMALLOC_END - 1 },
	{ "fixmap", FIXADDR_START, FIXADDR_END - 1 },
	{ "vectors", FIXADDR_END, 0xffffffffu },
};

static void show_row(const struct map_desc *row)
{
	printf("row\t%s\t%s\t%x\t%x\t%x\t%x\n", row->name, map_type_name(row->type),
	       map_row_virt(map_io, map_io_rows, row), map_phys(row), row->length,
	       map_row_mapped(map_io, map_io_rows, row));
}

static void show_piece(const struct map_piece *p, bool supersections, u32 tables)
{
	u32 b[BLOCK_KINDS] = { 0 };

	map_piece_blocks(p, supersections, b);
	printf("piece\t%s\t%s\t%s\tr%s%s\t%x\t%x\t%x\t%x\t%x\t%x\t%x\t%x\n",
	       p->row ? p->row->name : "-", p->what, map_type_name(p->type),
	       p->type & MAP_WRITE ? "w" : "-", p->type & MAP_EXEC ? "x" : "-", p->va, p->pa,
	       p->length, b[BLOCK_16M], b[BLOCK_1M], b[BLOCK_64K], b[BLOCK_4K], tables);
}

static void show_device(const struct device_desc *d)
{
	struct registers r[2];

	for (u32 i = 0, n = device_registers(d, r); i < n; i++) {
		const struct map_desc *row = row_of_registers(&r[i]);

		printf("device\t%s\t%s\t%x\t%x\t%s\n", d->name, d->driver, r[i].first, r[i].size,
		       row ? row->name : "-");
	}
}

void map_rows_show(const struct map_layout *lo)
{
	static struct map_piece pieces[MAP_MAX_PIECES];
	u32 n = map_pieces(map_io, map_io_rows, lo, pieces);
	va_t first, last = TASK_SIZE - 1;

	printf("board\t%s\n", board_name);
	for (u32 i = 0; i < ARRAY_SIZE(windows); i++)
		printf("window\t%s\t%x\t%x\n", windows[i].name, windows[i].first, windows[i].last);
	for (u32 i = 0; i < map_io_rows; i++)
		show_row(&map_io[i]);
	for (u32 i = 0; i < n; i++)
		show_piece(&pieces[i], lo->supersections, map_tables_of(pieces, i));
	while (map_next_free(pieces, n, last + 1, &first, &last))
		printf("free\t%x\t%x\n", first, last);
	for (u32 i = 0; i < board_device_rows; i++)
		show_device(&board_devices[i]);
}
