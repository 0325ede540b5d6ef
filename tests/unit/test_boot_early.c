/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_boot_early.c - the boot's own table code, from reset to the
 * end of the identity page, on the model of the machine.
 *
 * boot/early.c is compiled into this file as it is.  The linker script's marks
 * and the head's part (MMU on, between paging_init() and paging_finish()) are
 * made up here, the board is the one of helpers.h.
 */
#include "helpers.h"

#include <string.h>

#include "mm/pgtable_priv.h"
#include "mm/verify.h"

#include "board/board.h"

/* How many rows of board_devices this board has: a test may take some away. */
static u32 rows_of_devices;
#define board_device_rows rows_of_devices
#include "boot/early.c"
#undef board_device_rows

#define VECTORS 0x1000u
#define NOR_VA 0xfa300000u
#define TIMER_VA 0xfa301000u
#define GUARD(i) (0x32000u + (i)*0x2000u)

/*
 * What linker/mercator.ld.S says of the image: distances from its beginning.
 * Nothing is ever read there.
 */
const char image[IMAGE_TOTAL + 1] = { 0 };
__asm__(".globl __image_start, __text_end, __rodata_end, __image_end, __vectors_start\n"
	".globl __tables_start, __guard_svc, __guard_irq, __guard_abt, __guard_und, __guard_fiq\n"
	".set __image_start, image\n"
	".set __text_end, image + 0x8000\n"
	".set __rodata_end, image + 0xc000\n"
	".set __image_end, image + 0x40000\n"
	".set __vectors_start, image + 0x1000\n"
	".set __tables_start, image + 0xb000\n"
	".set __guard_svc, image + 0x32000\n"
	".set __guard_irq, image + 0x34000\n"
	".set __guard_abt, image + 0x36000\n"
	".set __guard_und, image + 0x38000\n"
	".set __guard_fiq, image + 0x3a000\n");

const struct map_desc map_io[] = {
	MAP_DEVICE("nor", NOR_VA, 0, SZ_4K),
	MAP_RAM("ram", RAM_PA, RAM_SIZE),
	MAP_RAM_NOMAP("framebuffer", FB_PA, SZ_1M),
	MAP_DEVICE("gpio", GPIO_VA, GPIO_PA, SZ_4K),
	MAP_DEVICE("uart", UART_VA, UART_PA, SZ_4K),
	MAP_DEVICE("sysregs", SYS_VA, SYS_PA, SZ_1M),
	MAP_DEVICE("bus", BUS_VA, BUS_PA, SZ_16M),
	MAP_ROW("slow", SLOW_VA, SLOW_PA, SZ_4K, MT_UNCACHED),
	MAP_ROW("rom", ROM_VA, ROM_PA, SZ_64K, MT_ROM),
	MAP_DEVICE("timer", TIMER_VA, GPIO_PA + SZ_4K, SZ_4K),
};
const struct device_desc board_devices[] = {
	LED("led0", "gpio", 1, 0),
	DEV(DEV_CONSOLE, "console", "made-up", UART_PA + 0x20, SZ_4K, .clock = 24000000, .aux = 7),
	DEV(DEV_CONSOLE, "second", "made-up", GPIO_PA, SZ_4K, .irq = -1),
};
BOARD("test");

/* ---- the console: what reaches the registers, and by which address ---- */

static struct {
	char text[4096];
	u32 n;
	u32 base, clock, aux, lost;
} said;

static void take_character(struct model_device *dev, u32 offset, u32 width, u32 v)
{
	(void)dev;
	(void)width;
	if (offset == 0x20 && said.n < sizeof(said.text) - 1)
		said.text[said.n++] = (char)v;
}
static struct model_device uart = { .write = take_character, .sensitive = true };

void earlycon_init(pa_t base, u32 clock, u32 aux)
{
	said.base = base;
	said.clock = clock;
	said.aux = aux;
}

void earlycon_putc(pa_t base, char c)
{
	said.base = base;
	if (model_store(base, 4, (u32)c) != FAULT_NONE)
		said.lost++;
}

static bool has_said(const char *part)
{
	return strstr(said.text, part);
}

static jmp_buf halted;
static int halt_status;

void early_halt(int status)
{
	halt_status = status;
	longjmp(halted, 1);
}

/* ---- the head ---- */

static void reset_on(const struct model_config *config)
{
	memset(&said, 0, sizeof(said));
	memset(&boot_info, 0, sizeof(boot_info));
	console_base = 0;
	rows_of_devices = board_device_rows;
	model_reset(config);
	model_add_device(0, SZ_4K, NULL);
	model_add_ram(RAM_PA, RAM_SIZE);
	model_add_ram(ROM_PA, SZ_64K);
	model_add_device(0x50000000, 0x10000000, NULL);
	model_add_device(BUS_PA, 0x10000000, NULL);
	model_add_device(UART_PA, SZ_4K, &uart);
}

static void to_the_mmu(void)
{
	pa_t root = paging_init(IMAGE_PA, 0x1da, 0x00c5187d);

	model_mmu_on(root, 0x01);
	model_must_stay(KIMAGE_VADDR, false, true);
	model_must_stay(KIMAGE_VADDR + GUARD(0) - 8, true, false);
	model_must_stay(UART_VA + 0x20, true, false);
	paging_finish(PAGE_OFFSET - map_phys_offset(map_io, map_io_rows));
}

static int reset(void **state)
{
	(void)state;
	reset_on(NULL);
	return 0;
}

#define case_reset(fn) cmocka_unit_test_setup_teardown(fn, reset, power_off)

/* ---- the map that comes of it ---- */

static void every_page_is_as_declared(const struct model_config *config)
{
	static struct map_piece pieces[MAP_MAX_PIECES];
	u32 n;

	reset_on(config);
	to_the_mmu();
	n = map_pieces(map_io, map_io_rows, &boot_info.layout, pieces);
	assert_true(n > 12);
	for (u32 i = 0; i < n; i++) {
		const struct map_piece *p = &pieces[i];

		for (u32 at = 0; at < p->length && p->va >= TASK_SIZE; at += SZ_4K) {
			struct model_xlate x;

			assert_int_equal(model_probe(p->va + at, &x), FAULT_NONE);
			assert_int_equal(x.pa, p->pa + at);
			assert_int_equal(x.mem, p->type & MEM_KIND);
			assert_int_equal(x.write, !!(p->type & MAP_WRITE));
			assert_int_equal(x.exec, !!(p->type & MAP_EXEC));
		}
	}
	assert_int_equal(map_verify(map_io, map_io_rows, &boot_info.layout, boot_info.root), 0);
	assert_null(model_violated());
	assert_null(model_explained());
}

static void the_map_on_every_machine(void **state)
{
	static const struct model_config machines[] = {
		{ .line = 64 },
		{ .line = 32, .evict = EVICT_AT_ONCE },
		{ .line = 64, .evict = EVICT_RANDOM, .seed = 3 },
		{ .line = 64, .coherent_walk = true },
		{ .line = 64, .lazy = true },
		{ .line = 64, .no_supersections = true },
	};

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(machines); i++)
		every_page_is_as_declared(&machines[i]);
}

static void where_the_image_says(void **state)
{
	(void)state;
	to_the_mmu();
	assert_int_equal(boot_info.root, L1_PA);
	assert_maps(KIMAGE_VADDR, IMAGE_PA, MEM_CACHED, false, true, SZ_4K);
	assert_maps(KIMAGE_VADDR + IMAGE_TEXT - 4, IMAGE_PA + IMAGE_TEXT - 4, MEM_CACHED, false,
		    true, SZ_4K);
	assert_maps(KIMAGE_VADDR + IMAGE_TEXT, IMAGE_PA + IMAGE_TEXT, MEM_CACHED, false, false,
		    SZ_4K);
	assert_maps(KIMAGE_VADDR + IMAGE_TEXT + IMAGE_RODATA, IMAGE_PA + IMAGE_TEXT + IMAGE_RODATA,
		    MEM_CACHED, true, false, SZ_4K);
	assert_maps(VECTORS_BASE, IMAGE_PA + VECTORS, MEM_CACHED, false, true, SZ_4K);
	for (u32 i = 0; i < MAP_GUARDS; i++) {
		assert_faults(KIMAGE_VADDR + GUARD(i), 7);
		assert_maps(KIMAGE_VADDR + GUARD(i) + SZ_4K, IMAGE_PA + GUARD(i) + SZ_4K,
			    MEM_CACHED, true, false, SZ_4K);
	}
	assert_faults(KIMAGE_VADDR + IMAGE_TOTAL, 7);
	/* 128 tables behind the first level, none of them in the map's way */
	assert_int_equal(pgtable.pool.l2, L2_PA);
	assert_int_equal(pgtable.pool.l2_count, MM_TABLES);
	assert_int_equal(boot_info.layout.tables, MM_TABLES);
}

/* The first level on its 16 KiB, wherever the load address leaves it. */
static void tables_on_their_boundary(void **state)
{
	static const pa_t want[] = { 0x20114000, 0x20114000, 0x20118000, 0x20118000, 0x20118000 };

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(want); i++) {
		reset_on(NULL);
		assert_int_equal(paging_init(IMAGE_PA + i * SZ_4K, 0x1d3, 0), want[i]);
		assert_int_equal(pgtable.pool.l1, want[i]);
		assert_int_equal(pgtable.pool.l2, want[i] + SZ_16K);
		assert_int_equal(boot_info.root, want[i]);
		assert_int_equal(boot_info.phys, IMAGE_PA + i * SZ_4K);
	}
}

static void supersections_where_the_core_has_them(void **state)
{
	static const struct model_config none = { .line = 64, .no_supersections = true };

	(void)state;
	to_the_mmu();
	assert_true(boot_info.layout.supersections);
	assert_maps(BUS_VA, BUS_PA, MEM_DEVICE, true, false, SZ_16M);
	reset_on(&none);
	to_the_mmu();
	assert_false(boot_info.layout.supersections);
	assert_maps(BUS_VA, BUS_PA, MEM_DEVICE, true, false, SZ_1M);
}

/* ---- what is closed when it ends ---- */

static void the_identity_page_is_gone(void **state)
{
	u32 insn;

	(void)state;
	to_the_mmu();
	assert_faults(IMAGE_PA, 5);
	assert_int_equal(model_fetch(IMAGE_PA, &insn), 5);
	/* and code goes on at its own address, nothing predicted by the old one */
	assert_int_equal(model_fetch(KIMAGE_VADDR, &insn), FAULT_NONE);
}

static void nothing_is_walked_below_task_size(void **state)
{
	u32 v;

	(void)state;
	to_the_mmu();
	/* a first-level entry there, well written, is not looked at any more */
	table_write(boot_info.root + 0x100 * 4, 0x51000416);
	table_clean(boot_info.root + 0x100 * 4);
	dsb();
	isb();
	assert_int_equal(model_load(0x10000000, 4, &v), 5);
	model_forgive(); /* the model knows what was written there */
	table_write(boot_info.root + 0x800 * 4, 0x54000416);
	table_clean(boot_info.root + 0x800 * 4);
	dsb();
	isb();
	assert_int_equal(model_load(TASK_SIZE, 4, &v), FAULT_NONE);
}

static void tables_are_reached_by_the_linear_map(void **state)
{
	(void)state;
	to_the_mmu();
	assert_int_equal(seam_table_offset, PAGE_OFFSET - RAM_PA);
	assert_int_equal(pgtable_map(0xfb000000, SYS_PA, SZ_4K, MT_DEVICE), 0);
	assert_maps(0xfb000000, SYS_PA, MEM_DEVICE, true, false, SZ_4K);
	pgtable_unmap(0xfb000000, SZ_4K);
	assert_faults(0xfb000000, 5);
}

/* ---- what is said ---- */

static void greets_and_counts(void **state)
{
	(void)state;
	to_the_mmu();
	assert_int_equal(said.clock, 24000000);
	assert_int_equal(said.aux, 7);
	assert_string_equal(said.text,
			    "Mercator on test: loaded at 0x20108000, entered in HYP, MMU on, data "
			    "cache on\n"
			    "map: 10 rows checked and entered, table at 0x20114000; MMU on\n");
	assert_int_equal(boot_info.entry_cpsr, 0x1da);
	assert_int_equal(boot_info.entry_sctlr, 0x00c5187d);
	assert_int_equal(boot_info.midr, 0x413fc082);
}

static void names_how_it_was_entered(void **state)
{
	static const struct {
		u32 cpsr, sctlr;
		const char *said;
	} t[] = {
		{ 0x1d3, 0x00c50078, "entered in SVC, MMU off, data cache off\n" },
		{ 0x1df, 0x00c50079, "entered in System, MMU on, data cache off\n" },
		{ 0x1d6, 0x00c5007c, "entered in Monitor, MMU off, data cache on\n" },
		{ 0x1d7, 0x00c50078, "entered in an exception mode, MMU off" },
	};

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(t); i++) {
		reset_on(NULL);
		paging_init(IMAGE_PA, t[i].cpsr, t[i].sctlr);
		assert_true(has_said(t[i].said));
	}
}

/* Entered again, with the data section as the first life left it. */
static void whatever_was_before(void **state)
{
	(void)state;
	seam_table_offset = PAGE_OFFSET - RAM_PA;
	paging_init(IMAGE_PA, 0x1d3, 0);
	assert_int_equal(seam_table_offset, 0); /* no linear map yet */
	reset_on(NULL);
	seam_table_offset = PAGE_OFFSET - RAM_PA;
	to_the_mmu();
	assert_maps(GPIO_VA, GPIO_PA, MEM_DEVICE, true, false, SZ_4K);
}

static void the_console_moves_with_the_mmu(void **state)
{
	(void)state;
	paging_init(IMAGE_PA, 0x1d3, 0);
	assert_int_equal(said.base, UART_PA + 0x20);
	reset_on(NULL);
	to_the_mmu();
	mm_log("still here");
	assert_int_equal(said.base, UART_VA + 0x20);
	assert_true(has_said("still here\n"));
	assert_int_equal(said.lost, 0);
}

static void no_console_says_nothing(void **state)
{
	(void)state;
	rows_of_devices = 1; /* the LED */
	assert_int_equal(paging_init(IMAGE_PA, 0x1d3, 0), L1_PA);
	mm_log("nobody hears");
	model_mmu_on(L1_PA, 0x01);
	paging_finish(PAGE_OFFSET - RAM_PA);
	mm_log("nobody hears");
	assert_int_equal(boot_info.layout.console, 0);
	assert_int_equal(console_base, 0);
	assert_int_equal(said.n, 0);
	assert_int_equal(said.lost, 0);
}

static void the_last_device_is_a_console_too(void **state)
{
	(void)state;
	rows_of_devices = 2;
	to_the_mmu();
	assert_int_equal(said.base, UART_PA + 0x20);
	assert_true(has_said("; MMU on\n"));
}

/* The first and the last row, the edges of one: where registers are found. */
static void registers_are_found_in_their_row(void **state)
{
	static const struct {
		pa_t pa;
		va_t va;
	} t[] = {
		{ 0, 0 }, /* no console, though a row begins there */
		{ 4, NOR_VA + 4 },
		{ GPIO_PA, GPIO_VA },
		{ GPIO_PA + SZ_4K - 1, GPIO_VA + SZ_4K - 1 },
		{ GPIO_PA + SZ_4K, TIMER_VA },
		{ GPIO_PA + 2 * SZ_4K, 0 },
		{ UART_PA + 0x20, UART_VA + 0x20 },
		{ UART_PA - 1, 0 },
		{ BUS_PA + SZ_16M - 4, BUS_VA + SZ_16M - 4 },
		{ RAM_PA, 0 },
	};

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(t); i++) {
		boot_info.layout.console = t[i].pa;
		assert_int_equal(console_virtual(), t[i].va);
	}
}

static void tells_an_early_fault(void **state)
{
	(void)state;
	paging_init(IMAGE_PA, 0x1d3, 0);
	early_fault(1, 0x20108010, 0, 0);
	assert_true(
		has_said("boot: undefined instruction with the MMU off, lr 0x20108010, image at "
			 "0x20108000, DFSR 0x0, DFAR 0x00000000\n"));
	early_fault(3, 0, 5, 0);
	assert_true(has_said("boot: prefetch abort with"));
	early_fault(4, 0, 0x808, 0x1234);
	assert_true(has_said("boot: data abort with"));
	assert_true(has_said("DFSR 0x808, DFAR 0x00001234\n"));
}

/* ---- it stops before the MMU is on ---- */

static void stops_at(pa_t phys, const char *why)
{
	halt_status = 0;
	if (!setjmp(halted)) {
		paging_init(phys, 0x1d3, 0);
		fail_msg("went on");
	}
	assert_int_equal(halt_status, 1);
	assert_true(has_said(why));
}

static void a_refused_table_stops_it(void **state)
{
	(void)state;
	/* loaded over the carve-out, then where there is no RAM and a row is in the way */
	stops_at(FB_PA + SZ_1M - SZ_64K, "boot: stopped with the MMU off: correct the rows above");
	assert_true(has_said("in board/test/board.c\n"));
	assert_true(has_said("map: 1 mistake in"));
	reset_on(NULL);
	stops_at(GPIO_VA, "boot: stopped with the MMU off: correct the rows above");
	assert_true(has_said(" mistakes in board/test/board.c\n"));
}

static void a_place_off_a_page_stops_it(void **state)
{
	(void)state;
	stops_at(IMAGE_PA + 4,
		 "boot: stopped with the MMU off: load the image at a multiple of 4096");
	assert_int_equal(boot_info.root, 0);
	stops_at(IMAGE_PA + 1, "load the image at a multiple of 4096");
	stops_at(IMAGE_PA + 0x800, "load the image at a multiple of 4096");
}

static void no_table_left_stops_it(void **state)
{
	(void)state;
	model_fail_alloc_at(0);
	stops_at(IMAGE_PA, "boot: stopped with the MMU off: the map cannot be built");
	for (u32 i = 1; i < 40 && !has_said("the static rows cannot be entered"); i++) {
		reset_on(NULL);
		model_fail_alloc_at(i);
		if (!setjmp(halted))
			to_the_mmu();
	}
	assert_true(has_said("boot: stopped with the MMU off: the static rows cannot be entered"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		case_reset(the_map_on_every_machine),
		case_reset(where_the_image_says),
		case_reset(tables_on_their_boundary),
		case_reset(supersections_where_the_core_has_them),
		case_reset(the_identity_page_is_gone),
		case_reset(nothing_is_walked_below_task_size),
		case_reset(tables_are_reached_by_the_linear_map),
		case_reset(greets_and_counts),
		case_reset(names_how_it_was_entered),
		case_reset(whatever_was_before),
		case_reset(the_console_moves_with_the_mmu),
		case_reset(no_console_says_nothing),
		case_reset(the_last_device_is_a_console_too),
		case_reset(registers_are_found_in_their_row),
		case_reset(tells_an_early_fault),
		case_reset(a_refused_table_stops_it),
		case_reset(a_place_off_a_page_stops_it),
		case_reset(no_table_left_stops_it),
	};

	return cmocka_run_group_tests_name("boot_early", tests, NULL, NULL);
}
