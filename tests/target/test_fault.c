/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/target/test_fault.c - reads and writes that must abort, with the status
 * and the address that they must report.
 */
#include <stdlib.h>
#include <string.h>

#include "boot/boot.h"
#include "drivers/console.h"
#include "mm/fault.h"
#include "mm/ioremap.h"
#include "mm/iotable.h"
#include "mm/layout.h"
#include "mm/log.h"
#include "mm/pgtable.h"
#include "mm/walk.h"
#include "seam.h"
#include "tests/target/groups.h"
#include "tests/target/touch.h"

extern char __guard_svc[], __guard_irq[], __guard_abt[], __guard_und[], __guard_fiq[];
extern const char __text_end[], __image_end[];

static const u32 some_rodata[4] = { 1, 2, 3, 4 };
static u32 some_data[4];

/* ---- addresses that are never mapped ---- */

static void null_read(void)
{
	expect_data_abort(access_read32, 0, STATUS_TRANSLATION_L1, false);
	expect_data_abort(access_read8, PAGE_SIZE - 1, STATUS_TRANSLATION_L1, false);
}

static void null_write(void)
{
	expect_data_abort(access_write32, 0, STATUS_TRANSLATION_L1, true);
	expect_data_abort(access_write8, 1, STATUS_TRANSLATION_L1, true);
}

static void user_half_read(void)
{
	expect_data_abort(access_read32, SZ_1G, STATUS_TRANSLATION_L1, false);
	expect_data_abort(access_read16, TASK_SIZE - 2, STATUS_TRANSLATION_L1, false);
}

static void user_half_write(void)
{
	expect_data_abort(access_write32, TASK_SIZE - 4, STATUS_TRANSLATION_L1, true);
}

/* The image's own physical address: the page that was flat for the switch-on. */
static void flat_image(void)
{
	expect_data_abort(access_read32, boot_info.phys, STATUS_TRANSLATION_L1, false);
}

static void past_image(void)
{
	expect_data_abort(access_read32, (va_t)__image_end, STATUS_TRANSLATION_L2, false);
	expect_data_abort(access_write32, (va_t)__image_end, STATUS_TRANSLATION_L2, true);
}

static void below_window(void)
{
	void __iomem *p = map_hole(SZ_4K, SZ_4K);

	if (!p)
		return;
	expect_data_abort(access_read32, VMALLOC_START - 4, STATUS_TRANSLATION_L1, false);
	expect_data_abort(access_write32, VMALLOC_START - 4, STATUS_TRANSLATION_L1, true);
	iounmap(p);
}

/* ---- stack guards ---- */

static const struct {
	const char *mode;
	char *page;
} guards[] = {
	{ "SVC", __guard_svc },	      { "IRQ", __guard_irq }, { "abort", __guard_abt },
	{ "undefined", __guard_und }, { "FIQ", __guard_fiq },
};

static void guard(u32 i)
{
	va_t va = (va_t)guards[i].page;

	tap_begin("the guard below the stack of mode", guards[i].mode);
	CHECK_EQ(boot_info.layout.image.guard[i], va - KIMAGE_VADDR);
	expect_data_abort(access_write32, va + PAGE_SIZE - 4, STATUS_TRANSLATION_L2, true);
	expect_data_abort(access_write32, va, STATUS_TRANSLATION_L2, true);
	expect_data_abort(access_read8, va + PAGE_SIZE / 2 + 1, STATUS_TRANSLATION_L2, false);
	expect_works(access_read32, va + PAGE_SIZE, 0);
	expect_works(access_read32, va - 4, 0);
	tap_end();
}

/* ---- the dynamic window ---- */

static void after_iounmap(void)
{
	void __iomem *p = ioremap_new(spare_register(), 4);

	NEED(p);
	expect_works(access_read32, iomem_va(p), 0);
	iounmap(p);
	expect_data_abort(access_read32, iomem_va(p), STATUS_TRANSLATION_L2, false);
	expect_data_abort(access_write32, iomem_va(p), STATUS_TRANSLATION_L2, true);
}

/*
 * Every page is touched first, so that its translation is in the TLB (whether
 * the bus answers or not); unmapped, none of them may be remembered.
 */
static void stale(u32 size, u32 align)
{
	void __iomem *p = map_hole(size, align);
	u32 remembered = 0;

	if (!p)
		return;
	for (u32 at = 0; at < size; at += PAGE_SIZE) {
		struct abort_info info;

		touch(access_read32, iomem_va(p) + at, 0, &info);
	}
	iounmap(p);
	for (u32 at = 0; at < size; at += PAGE_SIZE) {
		struct abort_info info;

		remembered += !touch(access_read32, iomem_va(p) + at, 0, &info) ||
			      ((info.fsr & 0x40f) != STATUS_TRANSLATION_L1 &&
			       (info.fsr & 0x40f) != STATUS_TRANSLATION_L2);
	}
	CHECK_EQ(remembered, 0);
}

static void stale_translations(void)
{
	stale(SZ_4K, SZ_4K);
	stale(5 * SZ_4K, SZ_4K);
	stale(SZ_64K, SZ_64K);
	stale(SZ_64K + 3 * SZ_4K, SZ_64K);
	stale(SZ_1M, SZ_1M);
	stale(SZ_1M + SZ_64K + SZ_4K, SZ_1M);
	stale(SZ_16M, SZ_16M);
}

/* The same page again, elsewhere: the old address must not lead to it. */
static void stale_address(void)
{
	void __iomem *old = ioremap_new(spare_register(), 4), *new;

	NEED(old);
	expect_works(access_read32, iomem_va(old), 0);
	iounmap(old);
	new = ioremap_new(spare_register(), 4);
	NEED(new);
	CHECK(new != old);
	expect_works(access_read32, iomem_va(new), 0);
	expect_data_abort(access_read32, iomem_va(old), STATUS_TRANSLATION_L2, false);
	iounmap(new);
}

/* Behind each of three neighbours of @size bytes there is a page that faults. */
static void guarded(u32 size, u32 align, u32 status)
{
	void __iomem *p[3];

	if (!hole_in_memory(size, align))
		return;
	for (u32 i = 0; i < ARRAY_SIZE(p); i++)
		p[i] = map_hole(size, align);
	for (u32 i = 0; i < ARRAY_SIZE(p); i++) {
		va_t behind = iomem_va(p[i]) + size;

		CHECK(p[i]);
		expect_data_abort(access_read32, behind, status, false);
		expect_data_abort(access_write8, behind + PAGE_SIZE - 1, status, true);
		iounmap(p[i]);
	}
}

static void guard_one_page(void)
{
	guarded(SZ_4K, SZ_4K, STATUS_TRANSLATION_L2);
}

static void guard_several_pages(void)
{
	guarded(5 * SZ_4K, SZ_4K, STATUS_TRANSLATION_L2);
	guarded(6 * SZ_4K, SZ_64K, STATUS_TRANSLATION_L2);
}

static void guard_large_page(void)
{
	guarded(SZ_64K, SZ_64K, STATUS_TRANSLATION_L2);
}

static void guard_section(void)
{
	guarded(SZ_1M, SZ_1M, STATUS_TRANSLATION_L1);
}

/* All sizes side by side: behind each and before each nothing is mapped. */
static void guard_between(void)
{
	static const u32 sizes[] = {
		SZ_4K,	SZ_4K,	       5 * SZ_4K, 6 * SZ_4K, SZ_64K, 2 * SZ_64K,
		SZ_1M,	SZ_1M + SZ_4K, SZ_1M,	  SZ_16M,    SZ_1M,  2 * SZ_1M - SZ_4K,
		SZ_16M, SZ_4K,	       SZ_1M,	  SZ_1M / 2,
	};
	void __iomem *p[ARRAY_SIZE(sizes)];
	pa_t pa = hole_in_memory(2 * SZ_16M, SZ_16M);

	if (!pa)
		return;
	for (u32 i = 0; i < ARRAY_SIZE(sizes); i++)
		p[i] = ioremap_new(pa, sizes[i]);
	for (u32 i = 0; i < ARRAY_SIZE(sizes); i++) {
		va_t va = iomem_va(p[i]);
		pa_t to;

		CHECK(p[i]);
		CHECK(!walk_translate(pgtable_root(), va + sizes[i], &to));
		CHECK(!walk_translate(pgtable_root(), va - 1, &to));
		CHECK(mmu_translate_read(va + sizes[i]) & 1);
		CHECK(mmu_translate_read(va - 1) & 1);
	}
	for (u32 i = 0; i < ARRAY_SIZE(sizes); i++)
		iounmap(p[i]);
}

/* ---- memory that is not to be written ---- */

static void write_text(void)
{
	va_t text = (va_t)__text_end - PAGE_SIZE;

	expect_data_abort(access_write32, (va_t)access_undefined, STATUS_PERMISSION_L2, true);
	expect_data_abort(access_write32, KIMAGE_VADDR, STATUS_PERMISSION_L2, true);
	expect_data_abort(access_write8, text, STATUS_PERMISSION_L2, true);
}

static void write_rodata(void)
{
	expect_data_abort(access_write32, (va_t)some_rodata, STATUS_PERMISSION_L2, true);
	expect_works(access_read32, (va_t)some_rodata, 0);
}

static void write_vectors(void)
{
	expect_data_abort(access_write32, VECTORS_BASE, STATUS_PERMISSION_L2, true);
}

static void write_text_alias(void)
{
	va_t alias = __phys_to_virt(boot_info.phys);
	va_t rodata = alias + ((va_t)some_rodata - KIMAGE_VADDR);

	expect_works(access_read32, alias, 0);
	expect_data_abort(access_write32, alias, permission_status(alias), true);
	expect_data_abort(access_write32, rodata, permission_status(rodata), true);
}

/* LDRT and STRT ask as user mode would. */
static void user_access(void)
{
	const struct static_row *row = spare_row();

	if (!row)
		return;
	expect_data_abort(access_read_user, (va_t)some_data, STATUS_PERMISSION_L2, false);
	expect_data_abort(access_write_user, (va_t)some_data, STATUS_PERMISSION_L2, true);
	expect_data_abort(access_read_user, (va_t)access_undefined, STATUS_PERMISSION_L2, false);
	expect_data_abort(access_read_user, row->va, permission_status(row->va), false);
	expect_works(access_read32, (va_t)some_data, 0);
}

/* ---- accesses that need alignment ---- */

static const struct {
	const char *name;
	access_fn access;
	bool write;
} wide[] = {
	{ "LDM", access_read_many, false },	   { "LDRD", access_read64, false },
	{ "LDREX", access_read_exclusive, false }, { "STM", access_write_many, true },
	{ "STRD", access_write64, true },
};

static void misaligned(u32 i)
{
	void __iomem *p = ioremap_new(spare_register(), PAGE_SIZE);

	tap_begin("device memory, two bytes off a word:", wide[i].name);
	CHECK(p);
	if (p) {
		expect_data_abort(wide[i].access, iomem_va(p) + 2, STATUS_ALIGNMENT, wide[i].write);
		expect_data_abort(wide[i].access, iomem_va(p) + 0x101, STATUS_ALIGNMENT,
				  wide[i].write);
	}
	iounmap(p);
	tap_end();
}

static void misaligned_normal(void)
{
	va_t va = (va_t)some_data;

	expect_works(access_read32, va + 1, 0); /* the core splits it: SCTLR.A is 0 */
	expect_data_abort(access_read_many, va + 2, STATUS_ALIGNMENT, false);
	expect_data_abort(access_read_exclusive, va + 1, STATUS_ALIGNMENT, false);
}

/* ---- a bus that refuses ---- */

static void no_device(void)
{
	void __iomem *p = map_hole(SZ_4K, SZ_4K);
	struct abort_info info;

	if (!p)
		return;
	if (touch(access_read32, iomem_va(p), 0, &info))
		expect_data_abort(access_read32, iomem_va(p), STATUS_EXTERNAL, false);
	else
		tap_skip("this machine answers 0 at physical addresses where nothing is");
	iounmap(p);
}

/* ---- the report ---- */

static char row_line[96];

static void keep_row_line(const char *line)
{
	if (strstr(line, "MAP_DEVICE("))
		strlcpy(row_line, line, sizeof(row_line));
}

/* The row to paste, added to the board's table, as check-map would see it. */
static u32 refusals_of(const char *line)
{
	static struct map_desc rows[MM_MAX_ROWS];
	const char *numbers = strchr(line, ',');
	char *end;
	u32 n;
	const struct map_desc *table = static_rows_table(&n);
	va_t va = numbers ? strtoul(numbers + 2, &end, 16) : 0;

	if (!va || n == MM_MAX_ROWS)
		return 1;
	memcpy(rows, table, n * sizeof(rows[0]));
	rows[n] = (struct map_desc)MAP_DEVICE("pasted", va, strtoul(end + 2, NULL, 16), SZ_4K);
	return map_check(rows, n + 1, &boot_info.layout);
}

static void row_to_paste(void)
{
	struct fault f = {
		.fsr = STATUS_TRANSLATION_L1,
		.far = hole_in_memory(SZ_4K, SZ_4K),
		.pc = (u32)access_read32,
		.root = pgtable_root(),
	};

	if (!f.far)
		return;
	row_line[0] = 0;
	mm_set_log(keep_row_line);
	fault_report(&f);
	mm_set_log(console_log_line);
	CHECK(row_line[0]);
	CHECK_EQ(refusals_of(row_line), 0);
}

static const struct tap_test tests[] = {
	{ "read through a null pointer", null_read },
	{ "write through a null pointer", null_write },
	{ "read in the user half", user_half_read },
	{ "write to the last word of the user half", user_half_write },
	{ "the image at its physical address", flat_image },
	{ "past the image's last page", past_image },
	{ "below the dynamic window's first mapping", below_window },
	{ "after iounmap()", after_iounmap },
	{ "after iounmap() no page of any size is remembered", stale_translations },
	{ "after iounmap(), with the page mapped again elsewhere", stale_address },
	{ "the guard behind one page", guard_one_page },
	{ "the guard behind several pages", guard_several_pages },
	{ "the guard behind a large page", guard_large_page },
	{ "the guard behind a section", guard_section },
	{ "between neighbours of all sizes nothing is mapped", guard_between },
	{ "write to text", write_text },
	{ "write to rodata", write_rodata },
	{ "write to the vectors", write_vectors },
	{ "write to text and rodata through the linear map", write_text_alias },
	{ "user access to data, text and registers", user_access },
	{ "normal memory takes a misaligned word, not LDM or LDREX", misaligned_normal },
	{ "a physical address where no device is", no_device },
	{ "the row that the report says is one that the table takes", row_to_paste },
};

static void run(void)
{
	tap_table(tests, ARRAY_SIZE(tests));
	for (u32 i = 0; i < ARRAY_SIZE(guards); i++)
		guard(i);
	for (u32 i = 0; i < ARRAY_SIZE(wide); i++)
		misaligned(i);
}

const struct tap_group group_fault = { "fault", run };
