/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/target/test_execute.c - code may be fetched from text, and from nowhere
 * else: a call to anything else is a prefetch abort.
 *
 * Where a test can choose what lies there, it is an instruction that returns,
 * so that a missing XN is a failed test and not a run-away.
 */
#include <stdlib.h>

#include "boot/boot.h"
#include "mm/ioremap.h"
#include "mm/iotable.h"
#include "mm/layout.h"
#include "seam.h"
#include "tests/target/groups.h"
#include "tests/target/touch.h"

#define BX_LR 0xe12fff1eu

static u32 code_in_data = BX_LR;
static u32 code_in_bss;
static const u32 code_in_rodata = BX_LR;

/* What was stored as data must be there to be fetched, should XN be missing. */
static void plant(volatile u32 *p)
{
	*p = BX_LR;
	dcache_clean_pou((va_t)p);
	dsb();
	icache_invalidate_all();
	dsb();
	isb();
}

static void null_call(void)
{
	expect_no_execute(0, STATUS_TRANSLATION_L1);
}

static void user_half(void)
{
	expect_no_execute(TASK_SIZE - PAGE_SIZE, STATUS_TRANSLATION_L1);
}

static void data(void)
{
	expect_no_execute((va_t)&code_in_data, STATUS_PERMISSION_L2);
}

static void bss(void)
{
	plant(&code_in_bss);
	expect_no_execute((va_t)&code_in_bss, STATUS_PERMISSION_L2);
}

static void rodata(void)
{
	expect_no_execute((va_t)&code_in_rodata, STATUS_PERMISSION_L2);
}

static void stack(void)
{
	volatile u32 code;

	plant(&code);
	expect_no_execute((va_t)&code, STATUS_PERMISSION_L2);
}

static void heap(void)
{
	u32 *p = malloc(64);

	NEED(p);
	plant(p);
	expect_no_execute((va_t)p, STATUS_PERMISSION_L2);
	free(p);
}

static void linear_map(void)
{
	va_t ram = spare_ram(SZ_1M, SZ_16M);

	NEED(ram);
	plant((u32 *)ram);
	expect_no_execute(ram, STATUS_PERMISSION_L1);
}

/* Text itself, at its other address. */
static void text_alias(void)
{
	va_t alias = __phys_to_virt(boot_info.phys) + ((va_t)access_execute - KIMAGE_VADDR);

	expect_no_execute(alias, permission_status(alias));
}

static void static_row(void)
{
	const struct static_row *row = spare_row();

	if (!row)
		return;
	expect_no_execute(row->va, permission_status(row->va));
}

static void mapped(void __iomem *p, u32 status)
{
	NEED(p);
	expect_no_execute(iomem_va(p), status);
	iounmap(p);
}

/* Where there is such a hole: a skip is said by hole_in_memory(). */
static void hole(void __iomem *(*map)(phys_addr_t phys, size_t size), u32 size, u32 status)
{
	pa_t pa = hole_in_memory(size, size);

	if (pa)
		mapped(map(pa, size), status);
}

static void device(void)
{
	mapped(ioremap_new(spare_register(), 4), STATUS_PERMISSION_L2);
	hole(ioremap_new, SZ_64K, STATUS_PERMISSION_L2);
	hole(ioremap_new, SZ_1M, STATUS_PERMISSION_L1);
	hole(ioremap_new, SZ_16M, STATUS_PERMISSION_L1);
}

static void strongly_ordered(void)
{
	hole(ioremap_np, SZ_4K, STATUS_PERMISSION_L2);
}

static void normal_memory(void)
{
	hole(ioremap_wc, SZ_4K, STATUS_PERMISSION_L2);
	hole(ioremap_cache, SZ_4K, STATUS_PERMISSION_L2);
}

static void after_iounmap(void)
{
	void __iomem *p = ioremap_new(spare_register(), 4);

	NEED(p);
	iounmap(p);
	expect_no_execute(iomem_va(p), STATUS_TRANSLATION_L2);
}

static const struct tap_test tests[] = {
	{ "call a null pointer", null_call },
	{ "call into the user half", user_half },
	{ "call into data", data },
	{ "call into bss", bss },
	{ "call into rodata", rodata },
	{ "call into the stack", stack },
	{ "call into the heap", heap },
	{ "call into RAM of the linear map", linear_map },
	{ "call text at its linear address", text_alias },
	{ "call into a static row", static_row },
	{ "call into device memory, descriptors of every size", device },
	{ "call into strongly-ordered memory", strongly_ordered },
	{ "call into mapped normal memory, cached or not", normal_memory },
	{ "call into what was unmapped", after_iounmap },
};

static void run(void)
{
	tap_table(tests, ARRAY_SIZE(tests));
}

const struct tap_group group_execute = { "execute", run };
