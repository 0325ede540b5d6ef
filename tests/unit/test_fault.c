/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_fault.c - the abort report: what happened, to whom the
 * address belonged, and the way out.  Aborts are taken on the model, so FSR and
 * FAR are what a core would leave behind.
 */
#include "helpers.h"

#include <stdio.h>
#include <string.h>

#include "mm/fault.h"
#include "mm/ioremap.h"
#include "mm/iotable.h"
#include "mm/resource.h"

/* ---- the status register ---- */

static void status_names(void **state)
{
	static const struct {
		u32 fs;
		const char *name;
	} t[] = {
		{ 0x00, "reserved status code" },
		{ 0x01, "alignment fault" },
		{ 0x02, "debug event" },
		{ 0x03, "access flag fault on a section" },
		{ 0x04, "fault on instruction cache maintenance" },
		{ 0x05, "translation fault, first level" },
		{ 0x06, "access flag fault on a page" },
		{ 0x07, "translation fault, second level" },
		{ 0x08, "external abort" },
		{ 0x09, "domain fault on a section" },
		{ 0x0a, "reserved status code" },
		{ 0x0b, "domain fault on a page" },
		{ 0x0c, "external abort on a first-level walk" },
		{ 0x0d, "permission fault on a section" },
		{ 0x0e, "external abort on a second-level walk" },
		{ 0x0f, "permission fault on a page" },
		{ 0x10, "TLB conflict abort" },
		{ 0x11, "reserved status code" },
		{ 0x12, "reserved status code" },
		{ 0x13, "reserved status code" },
		{ 0x14, "lockdown abort" },
		{ 0x15, "reserved status code" },
		{ 0x16, "asynchronous external abort" },
		{ 0x17, "reserved status code" },
		{ 0x18, "asynchronous parity error" },
		{ 0x19, "parity error on memory access" },
		{ 0x1a, "coprocessor abort" },
		{ 0x1b, "reserved status code" },
		{ 0x1c, "parity error on a first-level walk" },
		{ 0x1d, "reserved status code" },
		{ 0x1e, "parity error on a second-level walk" },
		{ 0x1f, "reserved status code" },
	};

	(void)state;
	for (u32 i = 0; i < 32; i++) {
		u32 fsr = (i & 15) | (i & 16) << 6;

		assert_int_equal(t[i].fs, i);
		assert_int_equal(fault_status(fsr), i);
		assert_string_equal(fault_status_name(fsr), t[i].name);
		/* domain, WnR, ExT and the rest do not matter */
		assert_string_equal(fault_status_name(fsr | 0xffffe8f0 | 0x1800), t[i].name);
	}
}

static void write_not_read(void **state)
{
	(void)state;
	assert_true(fault_is_write(0x800));
	assert_true(fault_is_write(0x805));
	assert_false(fault_is_write(0x7ff));
	assert_false(fault_is_write(0xfffff7ff));
}

/* ---- reports ---- */

#define PC 0xbf001234u

static void report_data(void)
{
	struct fault f = {
		.fsr = model_cp15.dfsr,
		.far = model_cp15.dfar,
		.pc = PC,
		.root = pgtable_root(),
	};

	log_forget();
	model_symbol("led_blink", 0xbf001200, 0x100);
	fault_report(&f);
	for (u32 i = 0; i < log_lines(); i++)
		if (strstr(log_line(i), "..."))
			fail_msg("cut: %s", log_line(i));
}

static void read_at(va_t va, u32 fs)
{
	u32 v;

	assert_int_equal(model_load(va, 4, &v), fs);
	report_data();
}

static void write_at(va_t va, u32 fs)
{
	assert_int_equal(model_store(va, 4, 0), fs);
	report_data();
}

static void run_at(va_t va, u32 fs)
{
	struct fault f = { .prefetch = true, .pc = va, .root = pgtable_root() };
	u32 insn;

	assert_int_equal(model_fetch(va, &insn), fs);
	f.fsr = model_cp15.ifsr;
	f.far = model_cp15.ifar;
	log_forget();
	fault_report(&f);
}

/* DFAR is whatever was there before: nobody is blamed for it. */
static void asynchronous(void **state)
{
	const struct fault f = { .fsr = 0xc06, .far = GPIO_VA, .pc = PC, .root = pgtable_root() };

	(void)state;
	log_forget();
	fault_report(&f);
	assert_logged("data abort, asynchronous external abort (DFSR 0xc06): at an address the "
		      "core does not tell",
		      "  by an access some time before 0xbf001234 (pc 0xbf001234)",
		      "  usually a buffered write to a device that does not answer: readl() after "
		      "the writel() finds it",
		      NULL);
}

static void in_a_carve_out(void **state)
{
	(void)state;
	read_at(FB_PA + 0x1234, 5);
	assert_true(
		log_has("  physical 0x23001234 is in carve-out 'framebuffer', which is not mapped: "
			"ioremap_wc() or ioremap_cache() it"));
	assert_false(log_has("use 0xc3001234"));
	read_at(0xc3001234, 5);
	assert_logged("data abort reading 0xc3001234: translation fault, first level (DFSR 0x005)",
		      "  by led_blink+0x34 (pc 0xbf001234)",
		      "  inside row 'ram' 0xc0000000-0xc3ffffff -> 0x20000000",
		      "  nearest mapping: 0xc2000000-0xc2ffffff -> 0x22000000 (normal cached), "
		      "0x1234 bytes below",
		      "  physical 0x23001234 is in carve-out 'framebuffer', which is not mapped: "
		      "ioremap_wc() or ioremap_cache() it",
		      NULL);
}

static void null_pointer(void **state)
{
	(void)state;
	read_at(SZ_4K, 5);
	assert_false(log_has("the NULL page"));
	assert_true(log_has("MAP_DEVICE(\"name\", 0xf8201000, 0x00001000, SZ_4K)"));
	model_cp15.dfar = SZ_4K - 1;
	report_data();
	assert_true(log_has("the NULL page"));
	assert_false(log_has("MAP_DEVICE"));
	read_at(0x10, 5);
	assert_logged("data abort reading 0x00000010: translation fault, first level (DFSR 0x005)",
		      "  by led_blink+0x34 (pc 0xbf001234)",
		      "  the NULL page: a null pointer, or a member of one (offset 0x10)", NULL);
	write_at(0, 5);
	assert_log(0, "data abort writing 0x00000000: translation fault, first level (DFSR 0x805)");
}

/* What the report calls the callers of ioremap() and iounmap(). */
static void name_callers(va_t va)
{
	struct io_info info;

	ioremap_query(va, &info);
	model_symbol("led_init", info.mapped_by, 1);
	model_symbol("led_exit", info.unmapped_by, 1);
}

static void after_iounmap(void **state)
{
	va_t va;

	(void)state;
	request_mem_region(FREE_PA + 0x240, 4, "led");
	va = iomem_va(ioremap(FREE_PA + 0x240, 4));
	iounmap(IOMEM(va));
	release_mem_region(FREE_PA + 0x240, 4);
	ioremap(FREE_PA + SZ_4K, 4);
	ioremap(FREE_PA + SZ_4K, 4);
	name_callers(va);
	write_at(va, 7);
	assert_logged("data abort writing 0xe8000240: translation fault, second level (DFSR 0x807)",
		      "  by led_blink+0x34 (pc 0xbf001234)",
		      "  unmapped by led_exit+0x0, 2 maps ago: use after iounmap()",
		      "  it was 0xe8000000-0xe8000fff -> 0x70000000, mapped by led_init+0x0",
		      "  physical 0x70000240 was requested by 'led' and released",
		      "  nearest mapping: 0xe8002000-0xe8002fff -> 0x70001000 (device), 0x1dc0 "
		      "bytes above",
		      NULL);
}

static void after_iounmap_of_the_last(void **state)
{
	va_t va = iomem_va(ioremap(FREE_PA, 2 * SZ_4K));

	(void)state;
	iounmap(IOMEM(va));
	name_callers(va);
	read_at(va + 2 * SZ_4K - 4, 7);
	assert_logged("data abort reading 0xe8001ffc: translation fault, second level (DFSR 0x007)",
		      "  by led_blink+0x34 (pc 0xbf001234)",
		      "  unmapped by led_exit+0x0, 0 maps ago: use after iounmap()",
		      "  it was 0xe8000000-0xe8001fff -> 0x70000000, mapped by led_init+0x0", NULL);
}

static void guard_page(void **state)
{
	va_t va;

	(void)state;
	request_mem_region(FREE_PA, SZ_4K, "codec");
	va = iomem_va(ioremap(FREE_PA, SZ_4K));
	name_callers(va);
	read_at(va + SZ_4K + 0x20, 7);
	assert_logged("data abort reading 0xe8001020: translation fault, second level (DFSR 0x007)",
		      "  by led_blink+0x34 (pc 0xbf001234)",
		      "  the guard page behind 0xe8000000-0xe8000fff -> 0x70000000, mapped by "
		      "led_init+0x0: 33 bytes past its end",
		      "  physical 0x70000000 belongs to 'codec'",
		      "  nearest mapping: 0xe8000000-0xe8000fff -> 0x70000000 (device), 0x20 "
		      "bytes below",
		      NULL);
}

static void never_mapped_in_the_window(void **state)
{
	(void)state;
	read_at(0xf0000000, 5);
	assert_true(
		log_has("  in the dynamic window, but ioremap() never returned it, or long ago"));
}

static void nearest_above(void **state)
{
	(void)state;
	read_at(GPIO_VA - 0x10, 5);
	assert_true(log_has("  nearest mapping: 0xf8000000-0xf8000fff -> 0x50000000 (device), 0x10 "
			    "bytes above"));
	model_cp15.dfar = GPIO_VA - 1;
	report_data();
	assert_true(log_has("0x1 bytes above"));
}

static void nearest_below(void **state)
{
	(void)state;
	read_at(UART_VA + SZ_4K + 3, 7);
	assert_true(log_has("  nearest mapping: 0xf8001000-0xf8001fff -> 0x50010000 (device), 0x3 "
			    "bytes below"));
}

/* 16 MiB and no farther: what is not near explains nothing. */
static void nothing_near(void **state)
{
	(void)state;
	read_at(0xe7000000, 5); /* the dynamic window is empty, RAM ends at 0xc4000000 */
	assert_false(log_has("nearest mapping"));
	ioremap(FREE_PA, 4);
	read_at(0xe6ffffff, 5);
	assert_false(log_has("nearest mapping"));
	read_at(0xe7000000, 5);
	assert_true(log_has("0x1000000 bytes above"));
}

/* It may have been mapped since: then what is next to it is no help. */
static void nothing_is_nearer_than_what_is_mapped(void **state)
{
	(void)state;
	model_cp15.dfsr = 7;
	model_cp15.dfar = UART_VA + 0x240;
	report_data();
	assert_log(2, "  inside row 'uart' 0xf8001000-0xf8001fff -> 0x50010000");
	assert_false(log_has("nearest mapping"));
	model_cp15.dfar = UART_VA;
	report_data();
	assert_false(log_has("nearest mapping"));
}

/* Next to a row, from either side. */
static void the_distance_is_exact(void **state)
{
	(void)state;
	read_at(UART_VA + SZ_4K, 7);
	assert_true(log_has("0x0 bytes below"));
	read_at(UART_PA + SZ_4K, 5);
	assert_true(log_has("'uart' 0x50010000-0x50010fff at 0xf8001000, 0x0 bytes away"));
}

static void nearest_in_a_hole_of_one_page(void **state)
{
	(void)state;
	ioremap(FREE_PA, 4);
	ioremap(FREE_PA + SZ_4K, 4);
	read_at(0xe8001800, 7);
	assert_true(log_has("nearest mapping: 0xe8002000-0xe8002fff -> 0x70001000 (device), 0x800 "
			    "bytes above"));
	read_at(0xe80017fc, 7);
	assert_true(log_has("nearest mapping: 0xe8000000-0xe8000fff -> 0x70000000 (device), 0x7fc "
			    "bytes below"));
}

static void a_physical_address_of_a_row(void **state)
{
	(void)state;
	read_at(GPIO_PA + 0x240, 5);
	assert_true(log_has("  below TASK_SIZE: nothing is mapped there"));
	assert_true(log_has("  as a physical address it is in row 'gpio': use 0xf8000240"));
	assert_false(log_has("MAP_DEVICE"));
}

static void a_physical_address_without_a_row(void **state)
{
	(void)state;
	request_mem_region(FREE_PA + 0x1000, 4, "codec");
	write_at(FREE_PA + 0x1002, 5);
	assert_true(
		log_has("  if this is a device's physical address: ioremap(0x70001002, size), or "
			"this row:"));
	assert_true(log_has("    MAP_DEVICE(\"codec\", 0xf8201000, 0x70001000, SZ_4K),"));
	assert_true(log_has("  nearest row below that: 'bus' 0x60000000-0x60ffffff at 0xf9000000, "
			    "0xf001002 bytes away"));
	assert_false(log_has("nearest row above"));
	read_at(FREE_PA + 0x5000, 5);
	assert_true(log_has("    MAP_DEVICE(\"name\", 0xf8005000, 0x70005000, SZ_4K),"));
}

/* Between two rows: both are told, and the row goes where they leave room. */
static void a_physical_address_between_rows(void **state)
{
	(void)state;
	read_at(UART_PA + 0x2004, 5);
	assert_true(log_has("    MAP_DEVICE(\"name\", 0xf8003000, 0x50012000, SZ_4K),"));
	assert_true(log_has("  nearest row below that: 'uart' 0x50010000-0x50010fff at 0xf8001000, "
			    "0x1004 bytes away"));
	assert_true(log_has("  nearest row above that: 'bank' 0x50020000-0x5002ffff at 0xf8010000, "
			    "0xdffc bytes away"));
}

static void a_virtual_address_beside_a_row(void **state)
{
	(void)state;
	read_at(UART_VA + 0x2010, 7);
	assert_true(log_has("  if a row is missing here: as far from row 'uart' as this, 0x1010 "
			    "bytes above, it is"));
	assert_true(log_has("    MAP_DEVICE(\"name\", 0xf8003000, 0x50012000, SZ_4K),"));
	assert_true(log_has("nearest mapping: 0xf8001000-0xf8001fff"));
	read_at(ROM_VA - 4, 7);
	assert_true(log_has("as far from row 'rom' as this, 0x4 bytes below, it is"));
	assert_true(log_has("    MAP_DEVICE(\"name\", 0xfa0ff000, 0x000ff000, SZ_4K),"));
	read_at(0xf8500000, 5); /* too far from any row to guess */
	assert_false(log_has("if a row is missing here"));
	assert_true(log_has("if this is a device's physical address"));
}

/* The guess is another row's, or wraps: then there is none. */
static void no_row_is_guessed_that_cannot_be_meant(void **state)
{
	static const struct map_desc rows[] = {
		MAP_DEVICE("a", 0xfb000000, 0x50000000, SZ_4K),
		MAP_DEVICE("b", 0xfb200000, 0x50001000, SZ_4K),
		MAP_DEVICE("top", 0xfc000000, 0xfffff000, SZ_4K),
	};

	(void)state;
	resource_init();
	assert_int_equal(static_rows_init(rows, ARRAY_SIZE(rows)), 0);
	read_at(0xfb001000, 5);
	assert_false(log_has("if a row is missing here"));
	read_at(0xfb002000, 5);
	assert_true(log_has("if a row is missing here: as far from row 'a'"));
	read_at(0xfc001000, 5);
	assert_false(log_has("if a row is missing here"));
}

/* No row is offered to a table that takes no more. */
static void a_full_table(void **state)
{
	static struct map_desc rows[MM_MAX_ROWS];

	(void)state;
	for (u32 i = 0; i < MM_MAX_ROWS; i++)
		rows[i] = (struct map_desc)MAP_DEVICE("x", 0xfb000000 + i * SZ_4K,
						      0x50000000 + i * SZ_4K, SZ_4K);
	resource_init();
	assert_int_equal(static_rows_init(rows, MM_MAX_ROWS - 1), 0);
	read_at(FREE_PA, 5);
	assert_true(log_has("MAP_DEVICE"));
	resource_init();
	assert_int_equal(static_rows_init(rows, MM_MAX_ROWS), 0);
	read_at(FREE_PA, 5);
	assert_false(log_has("MAP_DEVICE"));
}

/* Registers where the dynamic window is, and nothing was ever mapped there. */
static void a_physical_address_like_the_window(void **state)
{
	(void)state;
	read_at(0xf0000004, 5);
	assert_true(log_has("    MAP_DEVICE(\"name\", 0xf8200000, 0xf0000000, SZ_4K),"));
}

static void an_owner_whose_name_no_row_takes(void **state)
{
	(void)state;
	request_mem_region(FREE_PA + SZ_4K, 4, "a \"quoted\" name");
	read_at(FREE_PA + SZ_4K, 5);
	assert_true(log_has("    MAP_DEVICE(\"name\", "));
	request_mem_region(FREE_PA + 2 * SZ_4K, 4, "back\\slash");
	read_at(FREE_PA + 2 * SZ_4K, 5);
	assert_true(log_has("    MAP_DEVICE(\"name\", "));
	request_mem_region(FREE_PA + 3 * SZ_4K, 4, "tab\t");
	read_at(FREE_PA + 3 * SZ_4K, 5);
	assert_true(log_has("    MAP_DEVICE(\"name\", "));
	request_mem_region(FREE_PA + 4 * SZ_4K, 4, "del\x7f");
	read_at(FREE_PA + 4 * SZ_4K, 5);
	assert_true(log_has("    MAP_DEVICE(\"name\", "));
	request_mem_region(FREE_PA + 5 * SZ_4K, 4, " ~!");
	read_at(FREE_PA + 5 * SZ_4K, 5);
	assert_true(log_has("    MAP_DEVICE(\" ~!\", "));
}

/* A fetch refused for another reason than its rights: no advice about them. */
static void a_fetch_by_the_wrong_domain(void **state)
{
	const struct fault f = {
		.prefetch = true, .fsr = 0x0b, .far = KIMAGE_VADDR, .root = pgtable_root()
	};

	(void)state;
	log_forget();
	fault_report(&f);
	assert_true(log_has("small page"));
	assert_false(log_has("execute-never"));
	assert_false(log_has("read-only"));
}

/* Who had it, and who has it now: of one that holds it now the past does not matter. */
static void past_and_present_owners(void **state)
{
	va_t va = iomem_va(ioremap(FREE_PA, 4)), uart;

	(void)state;
	uart = iomem_va(ioremap_new(UART_PA, 4));
	request_mem_region(FREE_PA, 4, "old");
	request_mem_region(UART_PA, 4, "console");
	release_mem_region(FREE_PA, 4);
	release_mem_region(UART_PA, 4);
	iounmap(IOMEM(va));
	iounmap(IOMEM(uart));
	read_at(va, 7);
	assert_true(log_has("  physical 0x70000000 was requested by 'old' and released"));
	assert_false(log_has("  physical 0x70000000 belongs to"));
	read_at(uart, 7);
	assert_true(log_has("  physical 0x50010000 belongs to 'uart'"));
	assert_true(log_has("  physical 0x50010000 was requested by 'console' and released"));
	request_mem_region(FREE_PA, 4, "new");
	read_at(va, 7);
	assert_true(log_has("  physical 0x70000000 belongs to 'new'"));
	assert_false(log_has("and released"));
}

/* Each row of the report, pasted into the table: it must be accepted.  Returns how many. */
static u32 paste_rows(void)
{
	struct map_desc rows[16];
	u32 pasted = 0, lines = log_lines();

	memcpy(rows, test_rows, test_row_count * sizeof(rows[0]));
	for (u32 i = 0; i < lines; i++) {
		char name[32] = "", end = 0;
		unsigned int va, pa;

		if (!strstr(log_line(i), "MAP_DEVICE("))
			continue;
		assert_int_equal(sscanf(log_line(i),
					" MAP_DEVICE(\"%31[^\"]\", 0x%8x, 0x%8x, SZ_4K)%c", name,
					&va, &pa, &end),
				 4);
		assert_int_equal(end, ',');
		rows[test_row_count] = (struct map_desc)MAP_DEVICE("", va, pa, SZ_4K);
		memcpy(rows[test_row_count].name, name, MAP_NAME_LEN);
		if (map_check(rows, test_row_count + 1, &test_layout))
			fail_msg("refused: %s", log_line(i));
		pasted++;
	}
	return pasted;
}

static void the_row_to_paste_is_accepted(void **state)
{
	struct rng r = { 77 };
	u32 pasted = 0;

	(void)state;
	for (u32 i = 0; i < 4000; i++) {
		static const va_t near[] = { GPIO_VA, BUS_VA, ROM_VA, SYS_VA,  GPIO_PA,
					     BUS_PA,  ROM_PA, RAM_PA, FREE_PA, 0 };
		va_t at = near[rnd_below(&r, ARRAY_SIZE(near))];
		struct walk w;

		at += at ? rnd_below(&r, 3 * SZ_16M) - SZ_16M : rnd(&r);
		walk(pgtable_root(), at, &w);
		if (w.kind != WALK_FAULT)
			continue;
		model_cp15.dfsr = w.l2_at ? 7 : 5;
		model_cp15.dfar = at;
		report_data();
		pasted += paste_rows();
	}
	assert_true(pasted > 2000);
}

static void a_physical_address_of_ram(void **state)
{
	(void)state;
	read_at(RAM_PA + 0x200000, 5);
	assert_true(log_has("as a physical address it is in row 'ram': use 0xc0200000"));
	assert_false(log_has("MAP_DEVICE"));
}

static void stack_guard(void **state)
{
	(void)state;
	write_at(KIMAGE_VADDR + IMAGE_GUARD + 0xff8, 7);
	assert_logged("data abort writing 0xbf03aff8: translation fault, second level (DFSR 0x807)",
		      "  by led_blink+0x34 (pc 0xbf001234)",
		      "  in the image's window: a stack's guard page, or past the image",
		      "  nearest mapping: 0xbf03b000-0xbf03bfff -> 0x20143000 (normal cached), 0x8 "
		      "bytes above",
		      NULL);
}

static void write_to_text(void **state)
{
	(void)state;
	write_at(KIMAGE_VADDR, 0x0f);
	assert_logged("data abort writing 0xbf000000: permission fault on a page (DFSR 0x80f)",
		      "  by led_blink+0x34 (pc 0xbf001234)",
		      "  0xbf000000-0xbf000fff -> 0x20108000: small page, normal cached, r-x",
		      "  it is read-only", "  in the image's window", NULL);
}

static void execute_data(void **state)
{
	(void)state;
	run_at(KIMAGE_VADDR + IMAGE_TEXT + IMAGE_RODATA, 0x0f);
	assert_log(0,
		   "prefetch abort executing 0xbf00c000: permission fault on a page (IFSR 0x00f)");
	assert_true(log_has("execute-never: code here must be made so by set_memory_x()"));
	run_at(SYS_VA, 0x0d);
	assert_logged("prefetch abort executing 0xf8100000: permission fault on a section (IFSR "
		      "0x00d)",
		      "  by 0xf8100000 (pc 0xf8100000)",
		      "  0xf8100000-0xf81fffff -> 0x51000000: section, device, rw-",
		      "  it is execute-never: code here must be made so by set_memory_x()",
		      "  inside row 'sysregs' 0xf8100000-0xf81fffff -> 0x51000000", NULL);
	run_at(0, 5);
	assert_log(0, "prefetch abort executing 0x00000000: translation fault, first level (IFSR "
		      "0x005)");
}

static void unaligned(void **state)
{
	(void)state;
	read_at(GPIO_VA + 0x241, 1);
	assert_logged("data abort reading 0xf8000241: alignment fault (DFSR 0x001)",
		      "  by led_blink+0x34 (pc 0xbf001234)",
		      "  0xf8000000-0xf8000fff -> 0x50000000: small page, device, rw-",
		      "  device memory takes accesses aligned to their width only: "
		      "readb/readw/readl,",
		      "  memcpy_fromio() and memcpy_toio() make no others", NULL);
}

static void nothing_on_the_bus(void **state)
{
	va_t va = iomem_va(ioremap(0x40000240, 4));

	(void)state;
	request_mem_region(0x40000240, 4, "led");
	name_callers(va);
	read_at(va, 8);
	assert_logged("data abort reading 0xe8000240: external abort (DFSR 0x008)",
		      "  by led_blink+0x34 (pc 0xbf001234)",
		      "  0xe8000000-0xe8000fff -> 0x40000000: small page, device, rw-",
		      "  the bus refused it: nothing answers at physical 0x40000240",
		      "  live mapping 0xe8000000 -> 0x40000000, mapped by led_init+0x0",
		      "  physical 0x40000240 belongs to 'led'", NULL);
}

static void nothing_on_the_bus_behind_a_row(void **state)
{
	(void)state;
	model_cp15.dfsr = 8;
	model_cp15.dfar = GPIO_VA + 0x240;
	report_data();
	assert_logged("data abort reading 0xf8000240: external abort (DFSR 0x008)",
		      "  by led_blink+0x34 (pc 0xbf001234)",
		      "  0xf8000000-0xf8000fff -> 0x50000000: small page, device, rw-",
		      "  the bus refused it: nothing answers at physical 0x50000240",
		      "  inside row 'gpio' 0xf8000000-0xf8000fff -> 0x50000000",
		      "  is the row's physical address right, and the block's clock on?", NULL);
	model_cp15.dfar = KIMAGE_VADDR + 0x240;
	report_data();
	assert_logged("data abort reading 0xbf000240: external abort (DFSR 0x008)",
		      "  by led_blink+0x34 (pc 0xbf001234)",
		      "  0xbf000000-0xbf000fff -> 0x20108000: small page, normal cached, r-x",
		      "  the bus refused it: nothing answers at physical 0x20108240",
		      "  in the image's window", NULL);
}

static void take_domain_fault(va_t va, u32 fs)
{
	u32 v;

	model_cp15.dacr = 0;
	assert_int_equal(model_load(va, 4, &v), fs);
	model_cp15.dacr = 1; /* the report itself needs its memory */
	report_data();
}

static void domain_fault(void **state)
{
	(void)state;
	take_domain_fault(SYS_VA, 9);
	assert_log(0, "data abort reading 0xf8100000: domain fault on a section (DFSR 0x009)");
	model_cp15.dfsr |= 0x800; /* had it been a write: rights are not the cause */
	report_data();
	assert_false(log_has("read-only"));
	take_domain_fault(GPIO_VA, 0x0b);
	assert_log(0, "data abort reading 0xf8000000: domain fault on a page (DFSR 0x00b)");
}

static void every_status_gives_a_report(void **state)
{
	(void)state;
	for (u32 fs = 0; fs < 32; fs++)
		for (u32 write = 0; write < 2; write++) {
			static const va_t places[] = { 0,	   0x1000,     0x70000000,
						       0xbf000000, 0xc0000000, 0xc3000000,
						       0xe8000000, 0xf8000000, 0xf8002000,
						       0xfffffffc, 0xffffffff };

			for (u32 i = 0; i < ARRAY_SIZE(places); i++) {
				model_cp15.dfsr = (fs & 15) | (fs & 16) << 6 | write << 11;
				model_cp15.dfar = places[i];
				report_data();
				assert_true(log_lines() >= 2 && log_lines() < 12);
			}
		}
}

/* ---- rows alone: the tables are empty, the MMU is off ---- */

static void have_rows(const struct map_desc *rows, u32 n)
{
	resource_init();
	assert_int_equal(static_rows_init(rows, n), 0);
	ioremap_init();
}

static void fault_at(va_t va, u32 fsr)
{
	const struct fault f = { .fsr = fsr, .far = va, .pc = PC, .root = L1_PA };

	log_forget();
	fault_report(&f);
}

static void nothing_at(va_t va)
{
	fault_at(va, 5);
}

/* What is not mapped has no rights, whatever else went wrong. */
static void no_rights_to_nothing(void **state)
{
	(void)state;
	have_rows(NULL, 0);
	fault_at(0x00050000, 0x0c);
	assert_logged("data abort reading 0x00050000: external abort on a first-level walk (DFSR "
		      "0x00c)",
		      "  by 0xbf001234 (pc 0xbf001234)",
		      "  below TASK_SIZE: nothing is mapped there", NULL);
}

/* An empty table: no nearest mapping, and no endless search for one. */
static void nothing_is_mapped_at_all(void **state)
{
	(void)state;
	have_rows(NULL, 0);
	nothing_at(0x80000000);
	assert_logged("data abort reading 0x80000000: translation fault, first level (DFSR 0x005)",
		      "  by 0xbf001234 (pc 0xbf001234)",
		      "  if this is a device's physical address: ioremap(0x80000000, size), or "
		      "this row:",
		      "    MAP_DEVICE(\"name\", 0xf8000000, 0x80000000, SZ_4K),", NULL);
}

static void the_ends_of_the_address_space(void **state)
{
	(void)state;
	have_rows(NULL, 0);
	model_phys_write(L1_PA, 0x51000416);
	nothing_at(0x00180000);
	assert_log(3, "  nearest mapping: 0x00000000-0x000fffff -> 0x51000000 (device), 0x80000 "
		      "bytes below");
	model_phys_write(L1_PA, 0);
	model_phys_write(L1_PA + 2 * 4, 0x51000416);
	nothing_at(0x00050000);
	assert_log(2, "  below TASK_SIZE: nothing is mapped there");
	assert_log(3, "  nearest mapping: 0x00200000-0x002fffff -> 0x51000000 (device), 0x1b0000 "
		      "bytes above");
	model_phys_write(L1_PA, 0x51000416);
	nothing_at(0x0017ffff);
	assert_log(3, "  nearest mapping: 0x00000000-0x000fffff -> 0x51000000 (device), 0x7ffff "
		      "bytes below");
	nothing_at(0x00180000);
	assert_log(3, "  nearest mapping: 0x00200000-0x002fffff -> 0x51000000 (device), 0x80000 "
		      "bytes above");
	nothing_at(0xffefffff);
	assert_log(2, "  if this is a device's physical address: ioremap(0xffefffff, size), or "
		      "this row:");
	model_phys_write(L1_PA + 0xfff * 4, 0x51000416);
	nothing_at(0xffefffff);
	assert_log(2, "  nearest mapping: 0xfff00000-0xffffffff -> 0x51000000 (device), 0x1 bytes "
		      "above");
}

/* The first and the last byte of each region. */
static void regions(void **state)
{
	static const struct map_desc rows[] = { MAP_DEVICE("x", 0xfb000000, 0x50000000, SZ_4K) };
	static const char null[] = "  the NULL page: a null pointer, or a member of one (offset ";
	static const char user[] = "  below TASK_SIZE: nothing is mapped there";
	static const char image[] =
		"  in the image's window: a stack's guard page, or past the image";
	static const char window[] =
		"  in the dynamic window, but ioremap() never returned it, or long ago";
	static const char row[] = "  inside row 'x' 0xfb000000-0xfb000fff -> 0x50000000";
	static const char physical[] = "  if this is a device's physical address: ioremap(";
	static const char guess[] = "  if a row is missing here: as far from row 'x' as this, ";
	static const struct {
		va_t va;
		const char *says;
		bool device; /* may it be a device's physical address? */
	} t[] = {
		{ 0, null, false },
		{ PAGE_SIZE - 1, null, false },
		{ PAGE_SIZE, user, true },
		{ 0x41000000, user, true },
		{ TASK_SIZE - 1, user, true },
		{ TASK_SIZE, physical, true },
		{ KIMAGE_VADDR - 1, physical, true },
		{ KIMAGE_VADDR, image, false },
		{ KIMAGE_VADDR + KIMAGE_SIZE - 1, image, false },
		{ KIMAGE_VADDR + KIMAGE_SIZE, physical, true },
		{ VMALLOC_START - 1, physical, true },
		{ VMALLOC_START, window, true },
		{ VMALLOC_END - 1, window, true },
		{ VMALLOC_END, physical, true },
		{ 0xfaffffff, guess, true },
		{ 0xfb000000, row, false },
		{ 0xfb000fff, row, false },
		{ 0xfb001000, guess, true },
		{ 0xffffffff, physical, true },
	};

	(void)state;
	have_rows(rows, ARRAY_SIZE(rows));
	for (u32 i = 0; i < ARRAY_SIZE(t); i++) {
		nothing_at(t[i].va);
		if (strncmp(log_line(2), t[i].says, strlen(t[i].says)))
			fail_msg("0x%08x: '%s', not '%s'", t[i].va, log_line(2), t[i].says);
		assert_int_equal(log_has(physical), t[i].device);
		assert_int_equal(log_has("MAP_DEVICE"), t[i].device);
		/* this says it all */
		if (!t[i].device)
			assert_int_equal(log_lines(), t[i].says == row ? 4 : 3);
	}
}

/* A row may be missing where rows may be, a MiB from one at most. */
static void where_a_row_may_be_missing(void **state)
{
	static const struct map_desc rows[] = {
		MAP_DEVICE("first", TASK_SIZE, 0x40000000, SZ_4K),
		MAP_DEVICE("under", KIMAGE_VADDR - SZ_4K, 0x41000000, SZ_4K),
		MAP_DEVICE("over", VMALLOC_END, 0x42000000, SZ_4K),
		MAP_DEVICE("a", 0xfb000000, 0x50010000, SZ_4K),
		MAP_DEVICE("b", 0xfb003000, 0x50200000, SZ_4K),
		MAP_DEVICE("last", FIXADDR_START - SZ_4K, 0x51000000, SZ_4K),
	};
	static const struct {
		va_t va;
		const char *says; /* NULL: nothing of the kind */
	} t[] = {
		{ TASK_SIZE - SZ_4K, NULL },
		{ TASK_SIZE + SZ_4K, "'first' as this, 0x0 bytes above" },
		{ KIMAGE_VADDR - 2 * SZ_4K, "'under' as this, 0x1000 bytes below" },
		{ KIMAGE_VADDR, NULL },
		{ VMALLOC_END - SZ_4K, NULL },
		{ VMALLOC_END + SZ_4K, "'over' as this, 0x0 bytes above" },
		{ FIXADDR_START - 2 * SZ_4K, "'last' as this, 0x1000 bytes below" },
		{ FIXADDR_START, NULL },
		/* in the middle of two it is the one with the lower registers */
		{ 0xfb001fff, "'a' as this, 0xfff bytes above" },
		{ 0xfb002000, "'a' as this, 0x1000 bytes above" },
		{ 0xfb002001, "'b' as this, 0xfff bytes below" },
		{ 0xfb104000, "'b' as this, 0x100000 bytes above" },
		{ 0xfb104001, NULL },
		{ 0xfaf00000, "'a' as this, 0x100000 bytes below" },
		{ 0xfaefffff, NULL },
	};

	(void)state;
	have_rows(rows, ARRAY_SIZE(rows));
	for (u32 i = 0; i < ARRAY_SIZE(t); i++) {
		nothing_at(t[i].va);
		assert_int_equal(log_has("if a row is missing here"), t[i].says != NULL);
		if (t[i].says && !log_has(t[i].says))
			fail_msg("0x%08x: not %s", t[i].va, t[i].says);
	}
}

/* Rows may overlap: the nearest edge counts, and the first row of two that share it. */
static void overlapping_rows_around(void **state)
{
	static const struct map_desc rows[] = {
		MAP_DEVICE("wide", 0xf8000000, 0x50000000, 4 * SZ_4K),
		MAP_DEVICE("in", 0xf8100000, 0x50001000, SZ_4K),
		MAP_DEVICE("its end", 0xf8200000, 0x50003000, SZ_4K),
		MAP_DEVICE("there", 0xf8300000, 0x50008000, SZ_4K),
		MAP_DEVICE("too", 0xf8400000, 0x50008000, 2 * SZ_4K),
	};

	(void)state;
	have_rows(rows, ARRAY_SIZE(rows));
	nothing_at(0x50004000);
	assert_logged("data abort reading 0x50004000: translation fault, first level (DFSR 0x005)",
		      "  by 0xbf001234 (pc 0xbf001234)",
		      "  below TASK_SIZE: nothing is mapped there",
		      "  if this is a device's physical address: ioremap(0x50004000, size), or "
		      "this row:",
		      "    MAP_DEVICE(\"name\", 0xf8004000, 0x50004000, SZ_4K),",
		      "  nearest row below that: 'wide' 0x50000000-0x50003fff at 0xf8000000, 0x0 "
		      "bytes away",
		      "  nearest row above that: 'there' 0x50008000-0x50008fff at 0xf8300000, "
		      "0x4000 bytes away",
		      NULL);
	nothing_at(0x50007fff);
	assert_true(log_has("  nearest row above that: 'there' 0x50008000-0x50008fff at "
			    "0xf8300000, 0x1 bytes away"));
}

/* Only a table that the checker refuses has a carve-out that nobody could enter. */
static void a_carve_out_across_an_edge(void **state)
{
	static const struct map_desc rows[] = {
		MAP_RAM("ram", 0x20000000, SZ_16M),
		MAP_RAM_NOMAP("across", 0x20f00000, 2 * SZ_1M),
	};

	(void)state;
	have_rows(rows, ARRAY_SIZE(rows));
	nothing_at(0x21000000);
	assert_true(log_has("  physical 0x21000000 is in carve-out '?', which is not mapped: "
			    "ioremap_wc() or ioremap_cache() it"));
}

/* Where the image is loaded is not known: no row at any address of RAM, if it can be helped. */
static void a_row_to_add_without_an_image(void **state)
{
	static const struct map_desc rows[] = {
		MAP_RAM("ram", 0x80000000, 0x10000000),
		MAP_DEVICE("big", 0xf8000000, 0x50000000, 0x07c00000),
	};

	(void)state;
	have_rows(rows, ARRAY_SIZE(rows));
	nothing_at(0x60000000);
	assert_true(log_has("MAP_DEVICE(\"name\", 0x90000000, 0x60000000, SZ_4K)"));
	/* the image is in this RAM, and only its page is avoided */
	model_phys_write(L1_PA + (KIMAGE_VADDR >> 20) * 4, 0x8010940e);
	nothing_at(0x60000000);
	assert_true(log_has("MAP_DEVICE(\"name\", 0x80000000, 0x60000000, SZ_4K)"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		case_machine(status_names),
		case_machine(write_not_read),
		case_booted(asynchronous),
		case_booted(in_a_carve_out),
		case_booted(null_pointer),
		case_booted(after_iounmap),
		case_booted(after_iounmap_of_the_last),
		case_booted(guard_page),
		case_booted(never_mapped_in_the_window),
		case_booted(nearest_above),
		case_booted(nearest_below),
		case_booted(nothing_near),
		case_booted(nothing_is_nearer_than_what_is_mapped),
		case_booted(the_distance_is_exact),
		case_booted(nearest_in_a_hole_of_one_page),
		case_booted(a_physical_address_of_a_row),
		case_booted(a_physical_address_without_a_row),
		case_booted(a_physical_address_between_rows),
		case_booted(a_virtual_address_beside_a_row),
		case_booted(no_row_is_guessed_that_cannot_be_meant),
		case_booted(a_full_table),
		case_booted(a_physical_address_like_the_window),
		case_booted(an_owner_whose_name_no_row_takes),
		case_booted(the_row_to_paste_is_accepted),
		case_booted(a_physical_address_of_ram),
		case_booted(stack_guard),
		case_booted(write_to_text),
		case_booted(execute_data),
		case_booted(unaligned),
		case_booted(nothing_on_the_bus),
		case_booted(nothing_on_the_bus_behind_a_row),
		case_booted(domain_fault),
		case_booted(every_status_gives_a_report),
		case_booted(past_and_present_owners),
		case_booted(a_fetch_by_the_wrong_domain),
		case_machine(nothing_is_mapped_at_all),
		case_machine(no_rights_to_nothing),
		case_machine(the_ends_of_the_address_space),
		case_machine(regions),
		case_machine(where_a_row_may_be_missing),
		case_machine(overlapping_rows_around),
		case_machine(a_carve_out_across_an_edge),
		case_machine(a_row_to_add_without_an_image),
	};

	return cmocka_run_group_tests_name("fault", tests, NULL, NULL);
}
