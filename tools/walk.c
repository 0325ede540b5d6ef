/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tools/walk.c - the shell's `walk ADDR`, before anything is flashed.
 *
 * The kit's own code builds a board's tables on this machine, where the image
 * would have them, as boot/early.c does; then its walker reads them.  What the
 * board would print goes to stdout, what only a porter wants to know to stderr.
 *
 * usage: walk --image ... ADDR...
 */
#include <stdio.h>
#include <string.h>

#include "board/board.h"
#include "mm/check.h"
#include "mm/iotable.h"
#include "mm/log.h"
#include "mm/pgtable.h"
#include "mm/walk.h"
#include "tools/flat_memory.h"
#include "tools/host_image.h"

static void print_line(const char *line)
{
	puts(line);
}

static int complain(const char *why, const char *what)
{
	fprintf(stderr, "walk: %s%s\n", why, what);
	fprintf(stderr, "usage: walk " HOST_IMAGE_USAGE " ADDR...\n");
	return 2;
}

/* ---- the tables, as paging_init() and paging_finish() leave them ---- */

static void take_tables(pa_t tables, const struct map_layout *lo)
{
	struct pgtable_pool pool = { .l2_count = lo->tables, .supersections = lo->supersections };

	pool.l1 = (tables + L1_BYTES - 1) & ~(L1_BYTES - 1);
	pool.l2 = pool.l1 + L1_BYTES;
	flat_memory(pool.l1, L1_BYTES + lo->tables * L2_BYTES);
	pgtable_init(&pool);
}

static int build(const struct map_layout *lo)
{
	if (lowmem_init(map_io, map_io_rows, lo) || iotable_init(map_io, map_io_rows))
		return -1;
	pgtable_unmap(lo->image.phys, PAGE_SIZE); /* the identity page */
	return 0;
}

/* ---- what a porter may have meant ---- */

static bool holds(pa_t first, u32 size, pa_t at)
{
	return size && at - first < size;
}

/* A carve-out lies inside a RAM row, and counts more. */
static const struct map_desc *row_at(pa_t pa)
{
	const struct map_desc *found = NULL;

	for (u32 i = 0; i < map_io_rows; i++)
		if (holds(map_phys(&map_io[i]), map_io[i].length, pa) &&
		    (!found || (map_io[i].type & MAP_NOMAP)))
			found = &map_io[i];
	return found;
}

static const char *device_at(pa_t pa)
{
	for (u32 i = 0; i < board_device_rows; i++)
		if (holds(board_devices[i].phys, board_devices[i].size, pa) ||
		    holds(board_devices[i].phys2, board_devices[i].size2, pa))
			return board_devices[i].name;
	return NULL;
}

static void note_row(const struct map_desc *row, pa_t pa)
{
	va_t va = map_row_virt(map_io, map_io_rows, row);

	if (row->type & MAP_NOMAP)
		fprintf(stderr, "walk: physical 0x%08x is in carve-out '%s': ioremap_wc() it\n", pa,
			row->name);
	else if (pa - map_phys(row) < map_row_mapped(map_io, map_io_rows, row))
		fprintf(stderr,
			"walk: physical 0x%08x is in row '%s': its virtual address is 0x%08x\n", pa,
			row->name, va + (pa - map_phys(row)));
	else
		fprintf(stderr,
			"walk: physical 0x%08x is RAM past the linear map: ioremap_cache() it\n",
			pa);
}

/* @va is not mapped.  Is it a physical address, or one that ioremap() gives? */
static void note(va_t va)
{
	const struct map_desc *row = row_at(va);
	const char *device = device_at(va);

	if (va - VMALLOC_START < VMALLOC_END - VMALLOC_START)
		fprintf(stderr,
			"walk: 0x%08x is in the dynamic window: on the board ioremap() may "
			"have mapped it\n",
			va);
	if (row) {
		note_row(row, va);
		return;
	}
	if (va < PAGE_SIZE)
		return;
	if (device)
		fprintf(stderr,
			"walk: physical 0x%08x is a register of '%s', which no row maps: "
			"ioremap() maps it at run time\n",
			va, device);
	else
		fprintf(stderr, "walk: if it is a device's physical address: no row maps it\n");
	fprintf(stderr, "walk:   the row that would: MAP_DEVICE(\"%s\", 0x%08x, 0x%08x, SZ_4K),\n",
		device ? device : "name",
		map_free_va(map_io, map_io_rows, va & PAGE_MASK, PAGE_SIZE), va & PAGE_MASK);
}

static void walk_one(va_t va)
{
	pa_t pa;

	walk_show(pgtable_root(), va);
	fflush(stdout);
	if (!walk_translate(pgtable_root(), va, &pa))
		note(va);
}

int main(int argc, char **argv)
{
	struct map_layout lo = { .tables = MM_TABLES, .supersections = true };
	const int first = 2 + HOST_IMAGE_WORDS;
	const char *bad;
	pa_t tables;
	u32 va;

	if (argc <= first || strcmp(argv[1], "--image"))
		return complain("which address, of which image?", "");
	bad = host_image(argv + 2, &lo.image, &tables);
	if (bad)
		return complain("not a 32-bit number of whole pages: ", bad);
	for (int i = first; i < argc; i++)
		if (host_number(argv[i], &va))
			return complain("not a 32-bit address: ", argv[i]);
	mm_set_log(print_line);
	if (map_check(map_io, map_io_rows, &lo))
		return 1;
	take_tables(tables, &lo);
	if (build(&lo))
		return 1;
	for (int i = first; i < argc; i++) {
		host_number(argv[i], &va);
		walk_one(va);
	}
	return 0;
}
