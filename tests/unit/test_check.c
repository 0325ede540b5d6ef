/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_check.c - each kind of mistake in a map table is refused,
 * once, in words: who, which range, why, and the way out.
 */
#include "helpers.h"

#include <stdio.h>
#include <string.h>

#define GOOD_RAM MAP_RAM("ram", 0x20000000, 0x04000000)
#define GOOD_UART MAP_DEVICE("uart", 0xf8001000, 0x50010000, SZ_4K)

/* As small as a layout can be: no image, no console. */
static struct map_layout bare(void)
{
	return (struct map_layout){ .tables = 16, .supersections = true };
}

static struct map_layout with_image(void)
{
	struct map_layout lo = bare();

	lo.image.phys = 0x20108000;
	lo.image.text = 0x8000;
	lo.image.rodata = 0x4000;
	lo.image.total = 0x40000;
	return lo;
}

/* Each refusal is two lines: what is wrong, and the way out. */
static u32 check_rows(const struct map_desc *rows, u32 n, const struct map_layout *lo)
{
	u32 refused;

	log_forget();
	refused = map_check(rows, n, lo);
	assert_int_equal(log_lines(), 2 * refused);
	for (u32 i = 0; i < log_lines(); i++)
		assert_int_equal(!strncmp(log_line(i), "map:   fix: ", 12), i & 1);
	return refused;
}

/* Is @row refused beside a good RAM row, with exactly these two lines? */
static void refused(struct map_desc row, const char *why, const char *fix)
{
	struct map_desc rows[] = { GOOD_RAM, row };
	struct map_layout lo = bare();

	assert_int_equal(check_rows(rows, 2, &lo), 1);
	assert_logged(why, fix, NULL);
}

/* ---- tables that are right ---- */

static void the_test_board_is_accepted(void **state)
{
	(void)state;
	assert_int_equal(check_rows(test_rows, test_row_count, &test_layout), 0);
	assert_int_equal(log_lines(), 0);
}

static void edges_are_accepted(void **state)
{
	const struct map_desc rows[] = {
		GOOD_RAM,
		MAP_DEVICE("first", 0x80000000, 0x00000000, SZ_4K),
		MAP_DEVICE("below-image", 0xbefff000, 0x40000000, SZ_4K),
		MAP_DEVICE("above-window", 0xf8000000, 0xfffff000, SZ_4K),
		MAP_DEVICE("below-fixmap", 0xffbff000, 0x41000000, SZ_4K),
		MAP_DEVICE("touching-a", 0xf8001000, 0x50000000, SZ_4K),
		MAP_DEVICE("touching-b", 0xf8002000, 0x50001000, SZ_4K),
		MAP_DEVICE("same-type-again", 0xf8003000, 0x50001000, SZ_4K),
		MAP_DEVICE("beside-ram", 0xf8004000, 0x24000000, SZ_4K),
		MAP_DEVICE("touching-d", 0x80003000, 0x50004000, SZ_4K),
		MAP_DEVICE("touching-c", 0x80002000, 0x50003000, SZ_4K),
		MAP_ROW("code", 0x80004000, 0x60000000, SZ_4K, MEM_NC | MAP_EXEC),
	};
	struct map_layout lo = bare();

	(void)state;
	assert_int_equal(check_rows(rows, ARRAY_SIZE(rows), &lo), 0);
}

static void a_name_of_15_is_accepted(void **state)
{
	const struct map_desc rows[] = { GOOD_RAM, MAP_DEVICE("fifteen-letters", 0xf8000000,
							      0x50000000, SZ_4K) };
	struct map_layout lo = bare();

	(void)state;
	assert_int_equal(check_rows(rows, 2, &lo), 0);
}

/* ---- a row by itself ---- */

#define PAGES_FIX "map:   fix: map whole 4 KiB pages; a driver adds the offset inside the page"
#define WRAP_FIX "map:   fix: make it shorter or start lower"
#define NAME_FIX "map:   fix: give it a short name; refusals and reports use it"

static void misaligned_physical(void **state)
{
	(void)state;
	refused((struct map_desc)MAP_DEVICE("gpio", 0xf8000000, 0x50000240, SZ_4K),
		"map: row 'gpio' (va 0xf8000000, pa 0x50000240, size 0x1000): the physical address "
		"is not on a 4 KiB boundary",
		PAGES_FIX);
	refused((struct map_desc)MAP_DEVICE("gpio", 0xf8000000, 0x50000001, SZ_4K),
		"map: row 'gpio' (va 0xf8000000, pa 0x50000001, size 0x1000): the physical address "
		"is not on a 4 KiB boundary",
		PAGES_FIX);
}

static void misaligned_virtual(void **state)
{
	(void)state;
	refused((struct map_desc)MAP_DEVICE("gpio", 0xf8000240, 0x50000000, SZ_4K),
		"map: row 'gpio' (va 0xf8000240, pa 0x50000000, size 0x1000): the virtual address "
		"is not on a 4 KiB boundary",
		PAGES_FIX);
}

static void misaligned_length(void **state)
{
	(void)state;
	refused((struct map_desc)MAP_DEVICE("gpio", 0xf8000000, 0x50000000, 0x1004),
		"map: row 'gpio' (va 0xf8000000, pa 0x50000000, size 0x1004): the size is not a "
		"multiple of 4 KiB",
		PAGES_FIX);
}

static void zero_length(void **state)
{
	(void)state;
	refused((struct map_desc)MAP_DEVICE("gpio", 0xf8000000, 0x50000000, 0),
		"map: row 'gpio' (va 0xf8000000, pa 0x50000000, size 0x0): its size is 0",
		"map:   fix: give the size in bytes, at least 4 KiB");
}

static void physical_wrap(void **state)
{
	(void)state;
	refused((struct map_desc)MAP_DEVICE("gpio", 0xf8000000, 0xfffff000, 2 * SZ_4K),
		"map: row 'gpio' (va 0xf8000000, pa 0xfffff000, size 0x2000): its physical range "
		"wraps past 4 GiB",
		WRAP_FIX);
}

static void virtual_wrap(void **state)
{
	(void)state;
	refused((struct map_desc)MAP_DEVICE("gpio", 0xfffff000, 0x50000000, 2 * SZ_4K),
		"map: row 'gpio' (va 0xfffff000, pa 0x50000000, size 0x2000): its virtual range "
		"wraps past 4 GiB",
		WRAP_FIX);
}

static void unnamed(void **state)
{
	(void)state;
	refused((struct map_desc)MAP_DEVICE("", 0xf8000000, 0x50000000, SZ_4K),
		"map: row #2 (va 0xf8000000, pa 0x50000000, size 0x1000): its name is empty or "
		"longer than 15 characters",
		NAME_FIX);
	refused((struct map_desc)MAP_DEVICE("", 0xf8000000, 0x50000240, SZ_4K),
		"map: row #2 (va 0xf8000000, pa 0x50000240, size 0x1000): its name is empty or "
		"longer than 15 characters",
		NAME_FIX);
}

static void name_without_an_end(void **state)
{
	struct map_desc row = MAP_DEVICE("x", 0xf8000000, 0x50000000, SZ_4K);

	(void)state;
	memset(row.name, 'n', 16);
	refused(row,
		"map: row #2 (va 0xf8000000, pa 0x50000000, size 0x1000): its name is empty or "
		"longer than 15 characters",
		NAME_FIX);
}

static void writable_and_executable(void **state)
{
	(void)state;
	refused((struct map_desc)MAP_ROW("code", 0xf8000000, 0x50000000, SZ_4K, MT_MEMORY_RWX),
		"map: row 'code' (va 0xf8000000, pa 0x50000000, size 0x1000): it is writable and "
		"executable",
		"map:   fix: use MT_ROM for code or MT_MEMORY_RW for data");
}

static void executable_device(void **state)
{
	static const u32 types[] = { MEM_DEVICE | MAP_EXEC, MEM_SO | MAP_EXEC };

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(types); i++)
		refused((struct map_desc)MAP_ROW("gpio", 0xf8000000, 0x50000000, SZ_4K, types[i]),
			"map: row 'gpio' (va 0xf8000000, pa 0x50000000, size 0x1000): it is device "
			"memory and executable",
			"map:   fix: use MT_DEVICE: speculative fetches must never reach a device");
}

static void ram_with_an_address_of_its_own(void **state)
{
	(void)state;
	refused((struct map_desc)MAP_ROW("ram1", 0xf8000000, 0x30000000, SZ_1M, MT_MEMORY_RW),
		"map: row 'ram1' (va 0xf8000000, pa 0x30000000, size 0x100000): a RAM row has no "
		"virtual address of its own",
		"map:   fix: write it with MAP_RAM(): the linear map places it");
}

/* ---- reserved windows ---- */

static void reserved(va_t va, u32 length, const char *window)
{
	struct map_desc row = MAP_DEVICE("gpio", va, 0x50000000, length);
	char line[160];

	snprintf(line, sizeof(line), "map: row 'gpio' va 0x%08x-0x%08x: reaches into %s", va,
		 va + length - 1, window);
	/* the place it reaches into counts as taken */
	if (va < VMALLOC_END && va + length - 1 >= VMALLOC_END)
		refused(row, line,
			"map:   fix: move 'gpio' to a free virtual address, say 0xf8100000");
	else
		refused(row, line,
			"map:   fix: move 'gpio' to a free virtual address, say 0xf8000000");
}

static void null_page(void **state)
{
	(void)state;
	reserved(0x00000000, SZ_4K, "the NULL page, 0x00000000-0x00000fff");
	/* also the window behind it: the first that is touched is told, alone */
	reserved(0x00000000, 2 * SZ_4K, "the NULL page, 0x00000000-0x00000fff");
}

static void user_half(void **state)
{
	static const char window[] = "the user half (below TASK_SIZE), 0x00001000-0x7fffffff";

	(void)state;
	reserved(0x00001000, SZ_4K, window);
	reserved(0x7ffff000, SZ_4K, window);
	reserved(0x7ffff000, 2 * SZ_4K, window);
}

static void image_window(void **state)
{
	static const char window[] = "the image's window, 0xbf000000-0xbfffffff";

	(void)state;
	reserved(0xbf000000, SZ_4K, window);
	reserved(0xbefff000, 2 * SZ_4K, window);
	reserved(0xbffff000, SZ_4K, window);
}

static void linear_map(void **state)
{
	static const char window[] = "RAM's linear map, 0xc0000000-0xe7ffffff";

	(void)state;
	reserved(0xc0000000, SZ_4K, window);
	reserved(0xe7fff000, SZ_4K, window);
}

static void dynamic_window(void **state)
{
	static const char window[] = "the dynamic window (ioremap), 0xe8000000-0xf7ffffff";

	(void)state;
	reserved(0xe8000000, SZ_4K, window);
	reserved(0xf7fff000, 2 * SZ_4K, window);
}

static void fixmap(void **state)
{
	static const char window[] = "the fixmap, 0xffc00000-0xffefffff";

	(void)state;
	reserved(0xffc00000, SZ_4K, window);
	reserved(0xffbff000, 2 * SZ_4K, window);
}

static void vectors(void **state)
{
	static const char window[] = "the vectors, 0xfff00000-0xffffffff";

	(void)state;
	reserved(0xfff00000, SZ_4K, window);
	reserved(0xffff0000, SZ_64K, window);
}

/* ---- pairs ---- */

static void refused_pair(struct map_desc a, struct map_desc b, const char *why, const char *fix)
{
	struct map_desc rows[] = { GOOD_RAM, a, b };
	struct map_layout lo = bare();

	assert_int_equal(check_rows(rows, 3, &lo), 1);
	assert_logged(why, fix, NULL);
	log_forget();
	rows[1] = b; /* the order of rows does not matter */
	rows[2] = a;
	assert_int_equal(map_check(rows, 3, &lo), 1);
	assert_log(1, fix);
}

/* The row that the last fix wants moved is moved there: then the table must be good. */
static void fix_by_moving(struct map_desc *rows, u32 n, const struct map_layout *lo)
{
	char name[MAP_NAME_LEN];
	unsigned int va;

	assert_int_equal(sscanf(log_line(log_lines() - 1),
				"map:   fix: move '%15[^']' to a free virtual address, say 0x%x",
				name, &va),
			 2);
	for (u32 i = 0; i < n; i++)
		if (!strcmp(rows[i].name, name))
			rows[i].virtual = va;
	assert_int_equal(check_rows(rows, n, lo), 0);
}

static void the_move_it_says_is_accepted(void **state)
{
	struct map_desc rows[] = {
		GOOD_RAM,
		MAP_DEVICE("a", 0xf8000000, 0x50000000, SZ_1M),
		MAP_DEVICE("b", 0xf8000000, 0x51000000, SZ_16M),
	};
	struct map_layout lo = with_image();

	(void)state;
	assert_int_equal(check_rows(rows, 3, &lo), 1);
	fix_by_moving(rows, 3, &lo);
	rows[2].virtual = 0xe8000000;
	assert_int_equal(check_rows(rows, 3, &lo), 1);
	fix_by_moving(rows, 3, &lo);
}

static void no_place_to_move_to(void **state)
{
	(void)state;
	refused((struct map_desc)MAP_DEVICE("huge", 0x80000000, 0x80000000, 0x40000000),
		"map: row 'huge' va 0x80000000-0xbfffffff: reaches into the image's window, "
		"0xbf000000-0xbfffffff",
		"map:   fix: make 'huge' shorter, no free virtual address has room for it");
}

static void virtual_overlap(void **state)
{
	(void)state;
	refused_pair((struct map_desc)MAP_DEVICE("gpio", 0xf8000000, 0x50000000, 4 * SZ_4K),
		     (struct map_desc)MAP_DEVICE("uart", 0xf8003000, 0x50010000, SZ_64K),
		     "map: rows 'gpio' 0xf8000000-0xf8003fff and 'uart' 0xf8003000-0xf8012fff: "
		     "overlap in virtual addresses, 0xf8003000-0xf8003fff",
		     "map:   fix: move 'gpio' to a free virtual address, say 0xf8100000");
}

static void virtual_overlap_by_nesting(void **state)
{
	(void)state;
	refused_pair((struct map_desc)MAP_DEVICE("bus", 0xf8000000, 0x50000000, SZ_1M),
		     (struct map_desc)MAP_DEVICE("uart", 0xf8040000, 0x60000000, SZ_4K),
		     "map: rows 'bus' 0xf8000000-0xf80fffff and 'uart' 0xf8040000-0xf8040fff: "
		     "overlap in virtual addresses, 0xf8040000-0xf8040fff",
		     "map:   fix: move 'uart' to a free virtual address, say 0xf8100000");
}

static void two_memory_types(void **state)
{
	(void)state;
	refused_pair(
		(struct map_desc)MAP_DEVICE("bus", 0xf8000000, 0x50000000, SZ_1M),
		(struct map_desc)MAP_ROW("fifo", 0xf8200000, 0x500ff000, 2 * SZ_4K, MT_DEVICE_WC),
		"map: rows 'bus' 0x50000000-0x500fffff and 'fifo' 0x500ff000-0x50100fff: the "
		"same physical addresses with two memory types, 0x500ff000-0x500fffff",
		"map:   fix: give both rows one type (DDI 0406C A3.5.7 forbids the mix)");
}

static void two_types_of_every_kind(void **state)
{
	static const u32 types[] = { MT_DEVICE, MT_UNCACHED, MT_DEVICE_WC, MT_DEVICE_CACHED };
	struct map_layout lo = bare();

	(void)state;
	for (u32 i = 0; i < 4; i++)
		for (u32 k = 0; k < 4; k++) {
			struct map_desc rows[] = {
				GOOD_RAM,
				MAP_ROW("a", 0xf8000000, 0x50000000, SZ_4K, types[i]),
				MAP_ROW("b", 0xf8001000, 0x50000000, SZ_4K, types[k]),
			};

			assert_int_equal(check_rows(rows, 3, &lo), i != k);
		}
}

static void writable_and_executable_by_two_rows(void **state)
{
	(void)state;
	refused_pair(
		(struct map_desc)MAP_ROW("rom", 0xf8000000, 0x00100000, SZ_64K, MT_ROM),
		(struct map_desc)MAP_ROW("patch", 0xf8200000, 0x0010f000, SZ_4K, MT_DEVICE_CACHED),
		"map: rows 'rom' 0x00100000-0x0010ffff and 'patch' 0x0010f000-0x0010ffff: writable "
		"by one row and executable by the other, 0x0010f000-0x0010ffff",
		"map:   fix: make one of them shorter: no page may be both, at any address");
	refused_pair(
		(struct map_desc)MAP_ROW("patch", 0xf8200000, 0x0010f000, SZ_4K, MT_DEVICE_CACHED),
		(struct map_desc)MAP_ROW("rom", 0xf8000000, 0x00100000, SZ_64K, MT_ROM),
		"map: rows 'patch' 0x0010f000-0x0010ffff and 'rom' 0x00100000-0x0010ffff: writable "
		"by one row and executable by the other, 0x0010f000-0x0010ffff",
		"map:   fix: make one of them shorter: no page may be both, at any address");
}

static void registers_in_ram(void **state)
{
	(void)state;
	refused((struct map_desc)MAP_DEVICE("gpio", 0xf8000000, 0x23fff000, 2 * SZ_4K),
		"map: rows 'ram' 0x20000000-0x23ffffff and 'gpio' 0x23fff000-0x24000fff: registers "
		"and RAM at the same physical addresses, 0x23fff000-0x23ffffff",
		"map:   fix: make the RAM row shorter, or keep the part out with MAP_RAM_NOMAP()");
}

/* The advice of the case above, followed; two carve-outs side by side serve as one. */
static void a_row_over_carve_outs(void **state)
{
	struct map_desc rows[] = {
		GOOD_RAM,
		MAP_ROW("view", 0xf8000000, 0x23000000, 2 * SZ_1M, MT_DEVICE_WC),
		MAP_RAM_NOMAP("right", 0x23100000, SZ_1M),
		MAP_RAM_NOMAP("left", 0x23000000, SZ_1M),
	};
	struct map_layout lo = bare();

	(void)state;
	assert_int_equal(check_rows(rows, 4, &lo), 0);
	rows[1].length += SZ_4K;
	assert_int_equal(check_rows(rows, 4, &lo), 1);
}

static void ram_of_a_type_of_its_own(void **state)
{
	(void)state;
	refused((struct map_desc)MAP_ROW("fast", 0, 0x30000000, SZ_1M, MT_ROM | MAP_IS_RAM),
		"map: row 'fast' (va 0x00000000, pa 0x30000000, size 0x100000): RAM of a type that "
		"the linear map does not have",
		"map:   fix: write it with MAP_RAM() or MAP_RAM_NOMAP()");
	refused((struct map_desc)MAP_ROW("half", 0, 0x30000000, SZ_1M, MT_DEVICE | MAP_NOMAP),
		"map: row 'half' (va 0x00000000, pa 0x30000000, size 0x100000): RAM of a type that "
		"the linear map does not have",
		"map:   fix: write it with MAP_RAM() or MAP_RAM_NOMAP()");
}

static void a_page_frame_past_4_gib(void **state)
{
	struct map_desc row = MAP_DEVICE("far", 0xf8000000, 0x50000000, SZ_4K);

	(void)state;
	row.pfn = 0x150000;
	refused(row,
		"map: row 'far' (va 0xf8000000, pa 0x50000000, size 0x1000): its physical range "
		"wraps past 4 GiB",
		"map:   fix: make it shorter or start lower");
}

static void the_same_ram_twice(void **state)
{
	(void)state;
	refused((struct map_desc)MAP_RAM("ram1", 0x23000000, 0x02000000),
		"map: rows 'ram' 0x20000000-0x23ffffff and 'ram1' 0x23000000-0x24ffffff: the same "
		"RAM twice, 0x23000000-0x23ffffff",
		"map:   fix: make one of them shorter");
}

static void a_carve_out_may_have_a_row(void **state)
{
	const struct map_desc rows[] = {
		GOOD_RAM,
		MAP_RAM_NOMAP("fb", 0x23000000, SZ_1M),
	};
	struct map_layout lo = bare();

	(void)state;
	assert_int_equal(check_rows(rows, 2, &lo), 0);
}

/* ---- the table as a whole ---- */

static void too_many_rows(void **state)
{
	struct map_desc rows[MM_MAX_ROWS + 1] = { GOOD_RAM };
	struct map_layout lo = bare();

	(void)state;
	for (u32 i = 1; i <= MM_MAX_ROWS; i++) {
		rows[i] = (struct map_desc)MAP_DEVICE("", 0xf8000000 + i * SZ_4K,
						      0x50000000 + i * SZ_4K, SZ_4K);
		snprintf(rows[i].name, MAP_NAME_LEN, "row%u", i & 255);
	}
	assert_int_equal(check_rows(rows, MM_MAX_ROWS, &lo), 0);
	assert_int_equal(check_rows(rows, MM_MAX_ROWS + 1, &lo), 1);
	assert_logged("map: 65 rows, room for 64: 'row64' is the first too many",
		      "map:   fix: join neighbouring rows of one type, or raise MM_MAX_ROWS in "
		      "mm/layout.h",
		      NULL);
}

static void no_ram(void **state)
{
	const struct map_desc rows[] = { GOOD_UART, MAP_RAM_NOMAP("fb", 0x23000000, SZ_1M) };
	struct map_layout lo = bare();

	(void)state;
	assert_int_equal(check_rows(rows, 2, &lo), 1);
	assert_logged("map: the table has no RAM row",
		      "map:   fix: add MAP_RAM(\"ram\", <physical start>, <size>)", NULL);
	assert_int_equal(check_rows(rows, 0, &lo), 1);
	lo = with_image(); /* where it lies cannot be judged then */
	assert_int_equal(check_rows(rows, 2, &lo), 1);
}

static void pool_too_small(void **state)
{
	const struct map_desc rows[] = {
		GOOD_RAM,
		MAP_DEVICE("gpio", 0xf8000000, 0x50000000, SZ_4K),
		MAP_DEVICE("uart", 0xf8100000, 0x50010000, SZ_4K),
		MAP_DEVICE("timer", 0xf8200000, 0x50020000, SZ_4K),
	};
	struct map_layout lo = bare();

	(void)state;
	lo.tables = 3;
	assert_int_equal(check_rows(rows, 4, &lo), 0);
	lo.tables = 2;
	assert_int_equal(check_rows(rows, 4, &lo), 1);
	assert_logged(
		"map: row 'timer' 0xf8200000-0xf8200fff: the pool of 2 second-level tables is "
		"used up; 3 are needed",
		"map:   fix: align big rows to 1 MiB in va and pa, or MM_TABLES := 32 in "
		"board.mk",
		NULL);
}

static void image_outside_ram(void **state)
{
	const struct map_desc rows[] = { GOOD_RAM, GOOD_UART };
	struct map_layout lo = with_image();

	(void)state;
	assert_int_equal(check_rows(rows, 2, &lo), 0);
	lo.image.phys = 0x23fff000;
	assert_int_equal(check_rows(rows, 2, &lo), 1);
	assert_logged("map: the image at 0x23fff000-0x2403efff is not inside RAM of the linear map",
		      "map:   fix: correct the RAM row, or LOADADDR in board.mk", NULL);
}

static void image_beyond_the_linear_map(void **state)
{
	const struct map_desc rows[] = { MAP_RAM("ram", 0x20000000, 0x30000000), GOOD_UART };
	struct map_layout lo = with_image();

	(void)state;
	lo.image.phys = 0x47800000; /* LOWMEM_END - PAGE_OFFSET above the start */
	assert_int_equal(check_rows(rows, 2, &lo), 1);
	assert_log(0,
		   "map: the image at 0x47800000-0x4783ffff is not inside RAM of the linear map");
}

static void image_in_a_carve_out(void **state)
{
	const struct map_desc rows[] = { GOOD_RAM, MAP_RAM_NOMAP("fb", 0x20100000, SZ_1M) };
	struct map_layout lo = with_image();

	(void)state;
	assert_int_equal(check_rows(rows, 2, &lo), 1);
	assert_logged("map: row 'fb' 0x20100000-0x201fffff is kept out of the map, but the image "
		      "lies at 0x20108000-0x20147fff",
		      "map:   fix: move the carve-out, or LOADADDR in board.mk", NULL);
}

static void console_unmapped(void **state)
{
	/* the first free page lies behind two rows, and they stand the wrong way round */
	const struct map_desc rows[] = {
		GOOD_RAM,
		MAP_DEVICE("second", 0xf8001000, 0x50030000, SZ_64K),
		MAP_DEVICE("first", 0xf8000000, 0x50010000, SZ_4K),
	};
	const struct map_desc console_first[] = { rows[2], rows[0] };
	struct map_layout lo = bare();

	(void)state;
	lo.console = 0x50010000;
	assert_int_equal(check_rows(rows, 3, &lo), 0);
	assert_int_equal(check_rows(console_first, 2, &lo), 0);
	lo.console = 0x50010fff;
	assert_int_equal(check_rows(rows, 3, &lo), 0);
	lo.console = 0x5000ffff;
	assert_int_equal(check_rows(rows, 3, &lo), 1);
	lo.console = 0x50011018;
	assert_int_equal(check_rows(rows, 3, &lo), 1);
	assert_logged("map: no row maps the console's registers at 0x50011018",
		      "map:   fix: add MAP_DEVICE(\"console\", 0xf8011000, 0x50011000, SZ_4K),",
		      NULL);
}

/* RAM nearly everywhere: there is room for rows all the same, and never at 0. */
static void console_unmapped_beside_much_ram(void **state)
{
	struct map_desc rows[] = {
		MAP_RAM("ram", 0, 0xffe00000),
		MAP_DEVICE("all", 0xf8000000, 0xffe00000, 0x100000),
		MAP_DEVICE("low", 0x80000000, 0xffe00000, 0x100000),
	};
	struct map_layout lo = bare();

	(void)state;
	lo.console = 0xfff36000;
	assert_int_equal(check_rows(rows, 1, &lo), 1);
	assert_log(1, "map:   fix: add MAP_DEVICE(\"console\", 0xf8036000, 0xfff36000, SZ_4K),");
	rows[0].length = 0x80000000; /* and no place at all */
	rows[1] = (struct map_desc)MAP_DEVICE("all", 0xf8000000, 0x90000000, 0x07c00000);
	rows[2] = (struct map_desc)MAP_DEVICE("low", 0x80000000, 0xa0000000, 0x3f000000);
	assert_int_equal(check_rows(rows, 3, &lo), 1);
	assert_log(1, "map:   fix: make a row shorter, no virtual address is free; then add one "
		      "for them");
}

static void row_over_the_flat_page(void **state)
{
	const struct map_desc rows[] = {
		MAP_RAM("ram", 0x90000000, 0x04000000),
		MAP_DEVICE("gpio", 0x90100000, 0x50000000, SZ_1M),
	};
	struct map_layout lo = with_image();

	(void)state;
	lo.image.phys = 0x90200000; /* right behind the row, and right below it */
	assert_int_equal(check_rows(rows, 2, &lo), 0);
	lo.image.phys = 0x900ff000;
	assert_int_equal(check_rows(rows, 2, &lo), 0);
	lo.image.phys = 0x901ff000;
	assert_int_equal(check_rows(rows, 2, &lo), 1);
	lo.image.phys = 0x90108000;
	assert_int_equal(check_rows(rows, 2, &lo), 1);
	assert_logged("map: row 'gpio' va 0x90100000-0x901fffff covers 0x90108000, where the "
		      "switch-on code is mapped flat",
		      "map:   fix: load the image elsewhere (LOADADDR), or move the row", NULL);
}

static void image_where_the_vectors_are(void **state)
{
	const struct map_desc rows[] = { MAP_RAM("ram", 0xffff0000, 0x00010000) };
	struct map_layout lo = with_image();

	(void)state;
	lo.image.phys = VECTORS_BASE;
	lo.image.total = 0x10000;
	assert_int_equal(check_rows(rows, 1, &lo), 1);
	assert_logged("map: the image is loaded at 0xffff0000, where the vectors will be",
		      "map:   fix: load the image elsewhere (LOADADDR)", NULL);
}

static void image_in_its_own_window(void **state)
{
	const struct map_desc rows[] = { MAP_RAM("ram", 0xbf000000, 0x01000000) };
	struct map_layout lo = with_image();

	(void)state;
	lo.image.phys = 0xbf008000;
	assert_int_equal(check_rows(rows, 1, &lo), 1);
	assert_logged("map: the image is loaded at 0xbf008000, inside its own virtual window",
		      "map:   fix: load the image elsewhere (LOADADDR)", NULL);
	lo.image.phys = 0xbf000000;
	assert_int_equal(check_rows(rows, 1, &lo), 1);
	lo.image.phys = 0xbffc0000;
	assert_int_equal(check_rows(rows, 1, &lo), 1);
}

/* Before a link only the address is known: nothing is said of the image then. */
static void an_image_of_unknown_size(void **state)
{
	const struct map_desc rows[] = {
		MAP_RAM("ram", 0x90000000, 0x04000000),
		MAP_DEVICE("gpio", 0x90100000, 0x50000000, SZ_1M),
	};
	struct map_layout lo = with_image();

	(void)state;
	lo.image.total = 0;
	lo.image.phys = 0x90108000;
	assert_int_equal(check_rows(rows, 2, &lo), 0);
	lo.image.phys = 0xbf008000;
	assert_int_equal(check_rows(rows, 2, &lo), 0);
}

static void image_where_the_linear_map_is(void **state)
{
	const struct map_desc rows[] = { MAP_RAM("ram", 0xc0000000, 0x01000000) };
	struct map_layout lo = with_image();

	(void)state;
	lo.image.phys = 0xc0000000; /* flat it is the linear map's own page */
	assert_int_equal(check_rows(rows, 1, &lo), 1);
	assert_log(0, "map: row 'ram' va 0xc0000000-0xc0ffffff covers 0xc0000000, where the "
		      "switch-on code is mapped flat");
}

/* Two rows in either order: the same verdict. */
static void either_way(struct map_desc a, struct map_desc b, u32 mistakes, const char *word)
{
	struct map_layout lo = bare();
	struct map_desc rows[] = { a, b, GOOD_RAM };
	struct map_desc turned[] = { GOOD_RAM, b, a };

	assert_int_equal(check_rows(rows, 3, &lo), mistakes);
	assert_true(!mistakes || log_has(word));
	assert_int_equal(check_rows(turned, 3, &lo), mistakes);
	assert_true(!mistakes || log_has(word));
}

static void the_order_of_rows_does_not_matter(void **state)
{
	const struct map_desc uart = GOOD_UART;
	const struct map_desc rom = MAP_ROW("rom", 0xfa000000, 0x40000000, SZ_64K, MT_ROM);
	const struct map_desc twin = MAP_ROW("twin", 0xfb000000, 0x40000000, SZ_64K, MT_ROM);
	const struct map_desc same =
		MAP_ROW("same", 0xfb000000, 0x4000f000, SZ_4K, MT_DEVICE_CACHED);
	const struct map_desc over = MAP_DEVICE("over", 0xfc000000, 0x23fff000, SZ_4K);
	const struct map_desc edge = MAP_DEVICE("edge", 0xfc000000, 0x23fff000, 2 * SZ_4K);
	const struct map_desc kept = MAP_RAM_NOMAP("kept", 0x23ffe000, 2 * SZ_4K);
	const struct map_desc two_kept[] = {
		MAP_RAM_NOMAP("high", 0x23fff000, SZ_4K),
		MAP_RAM_NOMAP("low", 0x23ffe000, SZ_4K),
		MAP_DEVICE("both", 0xfc000000, 0x23ffe000, 2 * SZ_4K),
		GOOD_RAM,
	};
	struct map_layout lo = bare();
	const struct map_desc bad = MAP_RAM_NOMAP("", 0x23ffe000, 2 * SZ_4K);

	(void)state;
	either_way(rom, twin, 0, NULL); /* both are only read */
	either_way(rom, same, 1, "writable by one row and executable by the other");
	either_way(uart, over, 1, "registers and RAM at the same physical addresses");
	either_way(kept, over, 0, NULL);
	either_way(kept, edge, 0, NULL); /* half over the carve-out, half past the RAM */
	/* a row over two carve-outs, the second of them first in the table */
	assert_int_equal(check_rows(two_kept, 4, &lo), 0);
	either_way(bad, over, 2, "registers and RAM at the same physical addresses");
}

/* Whatever else is wrong with such a row, its rights come first and are enough. */
static void forbidden_rights_are_told_once(void **state)
{
	const struct map_desc rows[] = {
		GOOD_RAM,
		MAP_ROW("fetched", 0xe8000000, 0x50000000, SZ_4K, MEM_DEVICE | MAP_EXEC),
		MAP_ROW("both", 0xe8100000, 0x51000000, SZ_4K, MEM_CACHED | MAP_WRITE | MAP_EXEC),
	};
	struct map_layout lo = bare();

	(void)state;
	assert_int_equal(check_rows(rows, 2, &lo), 1);
	assert_int_equal(check_rows(rows, 3, &lo), 2);
}

static void an_image_half_outside_ram(void **state)
{
	const struct map_desc ram = GOOD_RAM;
	const struct map_desc kept_in_ram[] = { MAP_RAM_NOMAP("kept", 0x23000000, SZ_1M),
						GOOD_RAM };
	const struct map_desc only_kept[] = { MAP_RAM_NOMAP("kept", 0x30000000, SZ_1M), GOOD_RAM };
	struct map_layout lo = with_image();

	(void)state;
	lo.image.phys = 0x23fe0000;
	assert_int_equal(check_rows(&ram, 1, &lo), 1);
	assert_true(log_has("is not inside RAM of the linear map"));
	lo.image.phys = 0x1ffe0000;
	assert_int_equal(check_rows(&ram, 1, &lo), 1);
	assert_true(log_has("is not inside RAM of the linear map"));
	assert_int_equal(check_rows(only_kept, 2, &lo), 1);
	lo.image.phys = 0x30000000; /* known, but not RAM that is mapped */
	assert_int_equal(check_rows(only_kept, 2, &lo), 2);
	assert_true(log_has("is not inside RAM of the linear map"));
	lo.image.phys = 0x23000000; /* RAM, but kept out of the map: one mistake, not two */
	assert_int_equal(check_rows(kept_in_ram, 2, &lo), 1);
	assert_true(log_has("is kept out of the map, but the image lies at"));
	lo.image.phys = 0x23fc0000;
	assert_int_equal(check_rows(&ram, 1, &lo), 0);
}

static void the_first_row_that_has_no_table_is_named(void **state)
{
	static struct map_desc many[34];
	const struct map_desc rows[] = {
		GOOD_RAM,
		MAP_DEVICE("a", 0xf8000000, 0x50000000, SZ_4K),
		MAP_DEVICE("b", 0xf8100000, 0x50001000, SZ_4K),
		MAP_DEVICE("c", 0xf8200000, 0x50002000, SZ_4K),
	};
	struct map_layout lo = bare();

	(void)state;
	lo.tables = 1;
	assert_int_equal(check_rows(rows, 4, &lo), 1);
	assert_log(0,
		   "map: row 'b' 0xf8100000-0xf8100fff: the pool of 1 second-level tables is used "
		   "up; 3 are needed");
	assert_log(
		1,
		"map:   fix: align big rows to 1 MiB in va and pa, or MM_TABLES := 32 in board.mk");
	many[0] = (struct map_desc)GOOD_RAM;
	for (u32 i = 1; i < 34; i++)
		many[i] = (struct map_desc)MAP_DEVICE("x", 0xf8000000 + i * SZ_1M,
						      0x50000000 + i * SZ_4K, SZ_4K);
	assert_int_equal(check_rows(many, 33, &lo), 1);
	assert_true(log_has("MM_TABLES := 32 in board.mk"));
	assert_int_equal(check_rows(many, 34, &lo), 1);
	assert_true(log_has("MM_TABLES := 64 in board.mk"));
	lo = with_image();
	lo.tables = 1; /* the linear map around the image has it */
	assert_int_equal(check_rows(rows, 1, &lo), 1);
	assert_log(0, "map: row 'text' 0xbf000000-0xbf007fff: the pool of 1 second-level tables is "
		      "used up; 4 are needed");
}

static void a_row_too_many_without_a_name(void **state)
{
	static struct map_desc rows[MM_MAX_ROWS + 1];
	struct map_layout lo = bare();

	(void)state;
	assert_int_equal(check_rows(rows, ARRAY_SIZE(rows), &lo), 1);
	assert_log(0, "map: 65 rows, room for 64: '?' is the first too many");
}

/* ---- more than one mistake ---- */

static void every_mistake_is_told(void **state)
{
	const struct map_desc rows[] = {
		GOOD_RAM,
		MAP_DEVICE("bad-pa", 0xf8000000, 0x50000240, SZ_4K),
		MAP_DEVICE("bad-va", 0xc0000000, 0x50000000, SZ_4K),
		MAP_DEVICE("a", 0xf8100000, 0x51000000, SZ_4K),
		MAP_DEVICE("b", 0xf8100000, 0x52000000, SZ_4K),
	};
	struct map_layout lo = bare();

	(void)state;
	assert_int_equal(check_rows(rows, 5, &lo), 3);
	assert_true(log_has("'bad-pa'"));
	assert_true(log_has("'bad-va'"));
	assert_true(log_has("'a' 0xf8100000-0xf8100fff and 'b' 0xf8100000-0xf8100fff"));
	assert_log(5, "map:   fix: move 'b' to a free virtual address, say 0xf8200000");
	assert_int_equal(log_lines(), 6);
}

static void one_mistake_is_told_once(void **state)
{
	/* wraps, so it would also overlap: only the wrap is told */
	const struct map_desc rows[] = {
		GOOD_RAM,
		MAP_DEVICE("wraps", 0xf8000000, 0xfffff000, SZ_1M),
		MAP_DEVICE("uart", 0xf8001000, 0x50010000, SZ_4K),
	};
	/* both lie where no row may lie: their common address is no third mistake */
	const struct map_desc windowed[] = {
		GOOD_RAM,
		MAP_DEVICE("one", 0xe8000000, 0x50000000, SZ_4K),
		MAP_DEVICE("two", 0xe8000000, 0x50010000, SZ_4K),
	};
	struct map_layout lo = bare();

	(void)state;
	assert_int_equal(check_rows(rows, 3, &lo), 1);
	assert_int_equal(log_lines(), 2);
	assert_int_equal(check_rows(windowed, 3, &lo), 2);
}

/* Rows with more mistakes than one: the first that is looked for is told, and no other. */
static void the_first_mistake_of_a_row_is_told(void **state)
{
	static const struct {
		const char *why;
		struct map_desc row;
	} bad[] = {
		{ "its name is empty", MAP_DEVICE("", 0xe8000240, 0, 0) },
		{ "its size is 0", MAP_DEVICE("x", 0xe8000000, 0x50000240, 0) },
		{ "the physical address is not on a 4 KiB boundary",
		  MAP_DEVICE("x", 0xe8000240, 0xfffff240, 2 * SZ_4K) },
		{ "its physical range wraps",
		  MAP_ROW("x", 0xe8000000, 0xfffff000, 2 * SZ_4K, MT_MEMORY_RWX) },
		{ "it is writable and executable",
		  MAP_ROW("x", 0xe8000000, 0x50000000, SZ_4K, MEM_SO | MAP_WRITE | MAP_EXEC) },
		{ "it is device memory and executable",
		  MAP_ROW("x", 0xe8000000, 0x50000000, SZ_4K, MEM_SO | MAP_EXEC | MAP_IS_RAM) },
		{ "RAM of a type that the linear map does not have",
		  MAP_ROW("x", 0xe8000000, 0x50000000, SZ_4K, MT_DEVICE | MAP_IS_RAM) },
		{ "a RAM row has no virtual address of its own",
		  MAP_ROW("x", 0xe8000000, 0x50000000, SZ_4K, MT_MEMORY_RW) },
		/* so far past 4 GiB that both ends lie in one window */
		{ "its virtual range wraps", MAP_DEVICE("x", 0xe8002000, 0, 0xfffff000) },
	};
	struct map_layout lo = bare();

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(bad); i++) {
		struct map_desc rows[] = { GOOD_RAM, bad[i].row };

		assert_int_equal(check_rows(rows, 2, &lo), 1);
		assert_int_equal(log_lines(), 2);
		assert_non_null(strstr(log_line(0), bad[i].why));
	}
}

static void every_refusal_has_a_way_out(void **state)
{
	struct rng r = { 4711 };
	u32 refusals = 0;

	(void)state;
	for (u32 i = 0; i < 2000; i++) {
		struct map_desc rows[4] = { GOOD_RAM };
		struct map_layout lo = rnd_below(&r, 2) ? with_image() : bare();

		for (u32 k = 1; k < 4; k++) {
			snprintf(rows[k].name, MAP_NAME_LEN, "row%u", k);
			rows[k].virtual = 0xf7f00000 + rnd_below(&r, 0x300) * 0x800;
			rows[k].pfn = 0x50000 + rnd_below(&r, 8);
			rows[k].length = rnd_below(&r, 6) * 0x800;
			rows[k].type = rnd_below(&r, 32);
		}
		lo.tables = rnd_below(&r, 3);
		refusals += check_rows(rows, 4, &lo);
	}
	assert_true(refusals > 2000);
}

static void longest_names_fit(void **state)
{
	const struct map_desc rows[] = {
		GOOD_RAM,
		MAP_DEVICE("fifteen-letters", 0xf8000000, 0x50000000, SZ_1M),
		MAP_ROW("another-15-name", 0xf8080000, 0x50080000, SZ_1M, MT_DEVICE_WC),
		MAP_DEVICE("inside-ram-row-", 0xf9000000, 0x20001000, SZ_1M),
		MAP_DEVICE("fourteen-short", 0xe8000000, 0x70000000, SZ_1M),
	};
	struct map_layout lo = bare();

	(void)state;
	assert_int_equal(check_rows(rows, 5, &lo), 4);
	for (u32 i = 0; i < log_lines(); i++)
		if (strstr(log_line(i), "..."))
			fail_msg("cut: %s", log_line(i));
}

static void type_names(void **state)
{
	(void)state;
	assert_string_equal(map_type_name(MT_DEVICE), "device");
	assert_string_equal(map_type_name(MT_UNCACHED), "strongly-ordered");
	assert_string_equal(map_type_name(MT_DEVICE_WC), "normal non-cached");
	assert_string_equal(map_type_name(MT_DEVICE_CACHED), "normal cached");
	assert_string_equal(map_type_name(MT_ROM), "normal cached");
	assert_string_equal(map_type_name(MT_MEMORY_RW), "RAM");
	assert_string_equal(map_type_name(MT_RAM_NOMAP), "RAM, not mapped");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		case_machine(the_test_board_is_accepted),
		case_machine(edges_are_accepted),
		case_machine(a_name_of_15_is_accepted),
		case_machine(misaligned_physical),
		case_machine(misaligned_virtual),
		case_machine(misaligned_length),
		case_machine(zero_length),
		case_machine(physical_wrap),
		case_machine(virtual_wrap),
		case_machine(unnamed),
		case_machine(name_without_an_end),
		case_machine(writable_and_executable),
		case_machine(executable_device),
		case_machine(ram_with_an_address_of_its_own),
		case_machine(null_page),
		case_machine(user_half),
		case_machine(image_window),
		case_machine(linear_map),
		case_machine(dynamic_window),
		case_machine(fixmap),
		case_machine(vectors),
		case_machine(virtual_overlap),
		case_machine(virtual_overlap_by_nesting),
		case_machine(the_move_it_says_is_accepted),
		case_machine(no_place_to_move_to),
		case_machine(two_memory_types),
		case_machine(two_types_of_every_kind),
		case_machine(writable_and_executable_by_two_rows),
		case_machine(registers_in_ram),
		case_machine(a_row_over_carve_outs),
		case_machine(ram_of_a_type_of_its_own),
		case_machine(a_page_frame_past_4_gib),
		case_machine(the_same_ram_twice),
		case_machine(a_carve_out_may_have_a_row),
		case_machine(too_many_rows),
		case_machine(no_ram),
		case_machine(pool_too_small),
		case_machine(image_outside_ram),
		case_machine(image_beyond_the_linear_map),
		case_machine(image_in_a_carve_out),
		case_machine(console_unmapped),
		case_machine(console_unmapped_beside_much_ram),
		case_machine(row_over_the_flat_page),
		case_machine(image_in_its_own_window),
		case_machine(image_where_the_vectors_are),
		case_machine(image_where_the_linear_map_is),
		case_machine(an_image_of_unknown_size),
		case_machine(every_mistake_is_told),
		case_machine(one_mistake_is_told_once),
		case_machine(the_first_mistake_of_a_row_is_told),
		case_machine(every_refusal_has_a_way_out),
		case_machine(longest_names_fit),
		case_machine(type_names),
		case_machine(the_order_of_rows_does_not_matter),
		case_machine(forbidden_rights_are_told_once),
		case_machine(an_image_half_outside_ram),
		case_machine(the_first_row_that_has_no_table_is_named),
		case_machine(a_row_too_many_without_a_name),
	};

	return cmocka_run_group_tests_name("check", tests, NULL, NULL);
}
