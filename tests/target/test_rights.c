/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/target/test_rights.c - set_memory_*(): rights change where they are asked
 * to, and nowhere else.
 */
#include <errno.h>
#include <stdlib.h>

#include "boot/boot.h"
#include "mm/ioremap.h"
#include "mm/iotable.h"
#include "mm/layout.h"
#include "mm/pgtable.h"
#include "mm/set_memory.h"
#include "mm/walk.h"
#include "seam.h"
#include "tests/target/groups.h"
#include "tests/target/touch.h"

#define MARK 0x600dda7au

extern char __data_start[];
extern const char __text_end[];
extern char __guard_svc[], __stack_svc_bottom[], __tables_start[];

/* 16 MiB of RAM that nothing uses, and a page in their midst. */
static va_t group;
static va_t page;

static bool take_ram(void)
{
	group = spare_ram(SZ_16M, SZ_16M);
	page = group + 3 * SZ_1M + 5 * SZ_4K;
	return group != 0;
}

static volatile u32 *word(va_t va)
{
	return (volatile u32 *)va;
}

/* ---- what a change leaves alone ---- */

/* First-level entries of the group, with a MiB on either side. */
#define NEIGHBOURS 18u
static u32 before[NEIGHBOURS];

static u32 entry_at(u32 i)
{
	struct walk w;

	walk(pgtable_root(), group - SZ_1M + i * SZ_1M, &w);
	return w.l1;
}

static void remember(void)
{
	for (u32 i = 0; i < NEIGHBOURS; i++)
		before[i] = entry_at(i);
}

static u32 entries_changed(void)
{
	u32 changed = 0;

	for (u32 i = 0; i < NEIGHBOURS; i++)
		changed += entry_at(i) != before[i];
	return changed;
}

/* Pages of the group that are not RAM as it was; [@first, @last] is judged by others. */
static u32 pages_disturbed(va_t first, va_t last)
{
	u32 disturbed = 0;

	for (va_t va = group; va - group < SZ_16M; va += SZ_4K) {
		struct walk w;

		walk(pgtable_root(), va, &w);
		if (va >= first && va <= last)
			continue;
		disturbed += w.kind == WALK_FAULT || w.pa + (va - w.va) != __virt_to_phys(va) ||
			     !w.write || w.exec || w.user || w.mem != MEM_CACHED ||
			     (mmu_translate_write(va) & 1);
	}
	return disturbed;
}

static void read_only_and_back(void)
{
	NEED(take_ram());
	*word(page) = MARK;
	CHECK_EQ(set_memory_ro(page, 1), 0);
	expect_data_abort(access_write32, page, STATUS_PERMISSION_L2, true);
	expect_data_abort(access_write8, page + SZ_4K - 1, STATUS_PERMISSION_L2, true);
	CHECK_EQ(*word(page), MARK);
	expect_works(access_write32, page - 4, 0);
	expect_works(access_write32, page + SZ_4K, 0);
	CHECK_EQ(set_memory_rw(page, 1), 0);
	expect_works(access_write32, page, 0x12345678);
	CHECK_EQ(*word(page), 0x12345678);
}

static void split_and_merge(void)
{
	u32 tables = pgtable_free_tables();

	NEED(take_ram());
	remember();
	CHECK_EQ(set_memory_ro(page, 1), 0);
	CHECK_EQ(pages_disturbed(page, page), 0);
	CHECK_EQ(pgtable_free_tables(), tables - 1);
	CHECK_EQ(set_memory_rw(page, 1), 0);
	CHECK_EQ(pages_disturbed(0, 0), 0);
	CHECK_EQ(entries_changed(), 0);
	CHECK_EQ(pgtable_free_tables(), tables);
}

static enum walk_kind kind_at(va_t va)
{
	struct walk w;

	walk(pgtable_root(), va, &w);
	return w.kind;
}

/* Only what must be small is small while the section is split. */
static void split_sizes(void)
{
	NEED(take_ram());
	CHECK_EQ(set_memory_ro(page, 1), 0);
	CHECK_EQ(kind_at(page), WALK_4K);
	CHECK_EQ(kind_at(page & ~(SZ_64K - 1)), WALK_4K);
	CHECK_EQ(kind_at(page + SZ_64K), WALK_64K);
	CHECK_EQ(kind_at(page + SZ_1M), WALK_1M);
	CHECK_EQ(set_memory_rw(page, 1), 0);
	CHECK_EQ(kind_at(page), pgtable_has_supersections() ? WALK_16M : WALK_1M);
}

/* A merge gives its table back full of entries: who takes it next sees none of them. */
static void table_used_again(void)
{
	pa_t hole = hole_in_memory(2 * SZ_1M, SZ_1M);
	void __iomem *p;
	u32 old = 0;

	if (!hole) {
		tap_skip("no 2 MiB of the physical map are free");
		return;
	}
	NEED(take_ram());
	CHECK_EQ(set_memory_ro(page, 1), 0);
	CHECK_EQ(set_memory_rw(page, 1), 0);
	p = ioremap_new(hole, SZ_1M + SZ_4K); /* a section, and a page in a table */
	NEED(p);
	for (u32 at = SZ_4K; at < SZ_1M; at += SZ_4K)
		old += !(mmu_translate_read(iomem_va(p) + SZ_1M + at) & 1);
	iounmap(p);
	CHECK_EQ(old, 0);
}

/* 300 pages: a MiB boundary inside, ragged ends. */
static void many_pages(void)
{
	va_t first, last;
	u32 writable = 0;

	NEED(take_ram());
	remember();
	first = group + 5 * SZ_1M - 30 * SZ_4K;
	last = first + 300 * SZ_4K - 1;
	CHECK_EQ(set_memory_ro(first, 300), 0);
	for (va_t va = first; va < last; va += SZ_4K)
		writable += !(mmu_translate_write(va) & 1) || (mmu_translate_read(va) & 1);
	CHECK_EQ(writable, 0);
	CHECK_EQ(pages_disturbed(first, last), 0);
	CHECK_EQ(set_memory_rw(first, 300), 0);
	CHECK_EQ(entries_changed(), 0);
}

/* ---- code made at run time ---- */

/* mov r0, #@value; bx lr */
static void write_code(va_t at, u32 value)
{
	word(at)[0] = 0xe3a00000 | value;
	word(at)[1] = 0xe12fff1e;
}

static u32 call(va_t at)
{
	u32 (*fn)(void) = (u32(*)(void))at;

	return fn();
}

static void code_in_linear_map(void)
{
	NEED(take_ram());
	remember();
	write_code(page, 42);
	CHECK_EQ(set_memory_ro(page, 1), 0);
	CHECK_EQ(set_memory_x(page, 1), 0);
	CHECK_EQ(call(page), 42);
	expect_data_abort(access_write32, page, STATUS_PERMISSION_L2, true);
	expect_no_execute(page + SZ_4K, STATUS_PERMISSION_L2);
	CHECK_EQ(set_memory_nx(page, 1), 0);
	expect_no_execute(page, STATUS_PERMISSION_L2);
	CHECK_EQ(set_memory_rw(page, 1), 0);
	expect_no_execute(page, permission_status(page));
	CHECK_EQ(entries_changed(), 0);
}

/* Other code in the same place: what was fetched before must be forgotten. */
static void code_changed(void)
{
	NEED(take_ram());
	for (u32 value = 1; value <= 3; value++) {
		write_code(page, value);
		CHECK_EQ(set_memory_ro(page, 1), 0);
		CHECK_EQ(set_memory_x(page, 1), 0);
		CHECK_EQ(call(page), value);
		CHECK_EQ(set_memory_nx(page, 1), 0);
		CHECK_EQ(set_memory_rw(page, 1), 0);
	}
}

/* A page of the image has two addresses: neither may be writable. */
static void code_in_image_window(void)
{
	/* 64 KiB on either side: large pages around it hold nothing that is kept */
	u8 *heap = malloc(2 * SZ_64K);
	va_t at = ((va_t)heap + SZ_64K + SZ_4K - 1) & PAGE_MASK;
	va_t alias = __phys_to_virt(boot_info.phys + (at - KIMAGE_VADDR));

	NEED(heap);
	write_code(at, 43);
	CHECK_EQ(*word(alias), *word(at));
	CHECK_EQ(set_memory_ro(at, 1), 0);
	CHECK_EQ(set_memory_x(at, 1), -EACCES); /* the linear map still writes it */
	expect_works(access_write32, alias + 8, 0);
	CHECK_EQ(set_memory_ro(alias, 1), 0);
	CHECK_EQ(set_memory_x(at, 1), 0);
	CHECK_EQ(call(at), 43);
	CHECK_EQ(set_memory_rw(alias, 1), -EACCES);
	expect_no_execute(alias, permission_status(alias));
	CHECK_EQ(set_memory_nx(at, 1), 0);
	expect_no_execute(at, STATUS_PERMISSION_L2);
	CHECK_EQ(set_memory_rw(alias, 1), 0);
	CHECK_EQ(set_memory_rw(at, 1), 0);
	expect_works(access_write32, at, 0);
	free(heap);
}

/* ---- refusals ---- */

typedef int (*set_fn)(va_t va, u32 pages);

static void expect_refusal(set_fn set, va_t va, u32 pages, int err)
{
	u32 sum = tables_sum();

	errno = 0;
	CHECK_EQ(set(va, pages), -err);
	CHECK_EQ(errno, err);
	CHECK_EQ(tables_sum(), sum);
}

static void write_xor_execute(void)
{
	NEED(take_ram());
	expect_refusal(set_memory_x, page, 1, EACCES);
	expect_refusal(set_memory_rw, KIMAGE_VADDR, 1, EACCES);
	expect_refusal(set_memory_rw, __phys_to_virt(boot_info.phys), 1, EACCES);
	expect_refusal(set_memory_rw,
		       __phys_to_virt(boot_info.phys + boot_info.layout.image.vectors), 1, EACCES);
}

static void not_ram(void)
{
	const struct static_row *row = spare_row();

	if (!row)
		return;
	NEED(take_ram());
	expect_refusal(set_memory_ro, page + 4, 1, EINVAL);
	expect_refusal(set_memory_ro, page, 0, EINVAL);
	expect_refusal(set_memory_ro, page, 0xfffff, EINVAL);
	expect_refusal(set_memory_ro, 0, 1, EINVAL);
	expect_refusal(set_memory_x, row->va, 1, EINVAL);
	expect_refusal(set_memory_ro, VMALLOC_START, 1, EINVAL);
	expect_refusal(set_memory_ro, VECTORS_BASE, 1, EINVAL);
}

static void hole(void)
{
	expect_refusal(set_memory_ro, (va_t)__guard_svc, 1, EFAULT);
	if (!static_row_by_va(LOWMEM_END - SZ_4K)) /* else RAM fills the linear map */
		expect_refusal(set_memory_ro, LOWMEM_END - SZ_4K, 1, EFAULT);
}

static void in_use(void)
{
	expect_refusal(set_memory_nx, KIMAGE_VADDR, 1, EBUSY);
	expect_refusal(set_memory_nx, (va_t)__text_end - SZ_4K, 1, EBUSY);
	expect_refusal(set_memory_ro, (va_t)__stack_svc_bottom, 1, EBUSY);
	expect_refusal(set_memory_ro, (va_t)__tables_start, 1, EBUSY);
	/* the mapper's own state: it is read between break and make */
	expect_refusal(set_memory_ro, (va_t)__data_start, 1, EBUSY);
}

static const struct tap_test tests[] = {
	{ "read-only faults on writes, and back", read_only_and_back },
	{ "a split moves no neighbour, a merge restores the descriptors", split_and_merge },
	{ "a split makes no more small pages than it must", split_sizes },
	{ "a table that a merge gave back holds nothing old", table_used_again },
	{ "300 pages across a MiB boundary, and back", many_pages },
	{ "code in the linear map: read-only, run, and never again", code_in_linear_map },
	{ "code that replaces other code is what runs", code_changed },
	{ "code in the image's window: both addresses are judged", code_in_image_window },
	{ "writable and executable is refused: EACCES", write_xor_execute },
	{ "what is not RAM is refused: EINVAL", not_ram },
	{ "a hole is refused: EFAULT", hole },
	{ "running code, stacks and tables are refused: EBUSY", in_use },
};

static void run(void)
{
	tap_table(tests, ARRAY_SIZE(tests));
}

const struct tap_group group_rights = { "rights", run };
