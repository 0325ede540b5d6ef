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

static const char *device_at(pa_t pa)
{
	for (u32 i = 0; i < board_device_rows; i++)
		if (holds(board_devices[i].phys, board_devices[i].size, pa) ||
		    holds(board_devices[i].phys2, board_devices[i].size2, pa))
			return board_devices[i].name;
	return NULL;
}

/* @va is not mapped, and no row has it as a physical address. */
static void note(va_t va, pa_t flat)
{
	const char *device = device_at(va);
	va_t free = map_free_va(map_io, map_io_rows, flat, va & PAGE_MASK, PAGE_SIZE);

	if (va < PAGE_SIZE)
		return;
	if (!device && va - VMALLOC_END < FIXADDR_START - VMALLOC_END) {
		fprintf(stderr, "walk: 0x%08x is free for a row: nothing is shown there\n", va);
		return;
	}
	if (device)
		fprintf(stderr,
			"walk: physical 0x%08x is a register of '%s', which no row maps: "
			"ioremap() maps it at run time\n",
			va, device);
	else
		fprintf(stderr, "walk: if it is a device's physical address: no row maps it\n");
	if (free)
		fprintf(stderr,
			"walk:   the row that would: MAP_DEVICE(\"%s\", 0x%08x, 0x%08x, SZ_4K),\n",
			device ? device : "name", free, va & PAGE_MASK);
	else
		fprintf(stderr, "walk:   a row has no room: no virtual address is free\n");
}

static void walk_one(va_t va, pa_t flat)
{
	bool row;
	pa_t pa;

	walk_show(pgtable_root(), va);
	row = walk_show_physical(map_io, map_io_rows, pgtable_root(), va);
	fflush(stdout);
	if (walk_translate(pgtable_root(), va, &pa))
		return;
	if (va - VMALLOC_START < VMALLOC_END - VMALLOC_START)
		fprintf(stderr,
			"walk: 0x%08x is in the dynamic window: on the board ioremap() may "
			"have mapped it\n",
			va);
	if (!row)
		note(va, flat);
}

static int not_an_address(const char *word)
{
	fprintf(stderr,
		"walk: '%s' is no address: write 0x and up to 8 hexadecimal digits, "
		"as in ADDR=0xF8000000\n",
		word);
	return 2;
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
			return not_an_address(argv[i]);
	mm_set_log(print_line);
	if (map_check(map_io, map_io_rows, &lo))
		return 1;
	take_tables(tables, &lo);
	if (build(&lo))
		return 1;
	for (int i = first; i < argc; i++) {
		host_number(argv[i], &va);
		walk_one(va, lo.image.phys);
	}
	return 0;
}
