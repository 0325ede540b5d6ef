/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/target/test_mmu.c - what the MMU itself says of the map (ATS1CPR,
 * ATS1CPW), beside the rows and beside the walker.
 */
#include "boot/boot.h"
#include "mm/iotable.h"
#include "mm/layout.h"
#include "mm/pgtable.h"
#include "mm/walk.h"
#include "seam.h"
#include "tests/target/groups.h"
#include "tests/target/touch.h"

/* PAR, short-descriptor form: DDI 0406C B4.1.112. */
#define PAR_F 1u
#define PAR_SS 2u
#define PAR_INNER(par) ((par) >> 4 & 7)
#define PAR_STATUS(par) (((par) >> 1 & 15) | ((par) >> 5 & 1) << 4)

extern const char __image_start[], __text_end[], __rodata_end[], __image_end[];

static pa_t par_address(u32 par, va_t va)
{
	u32 mask = par & PAR_SS ? SZ_16M - 1 : SZ_4K - 1;

	return (par & ~mask) | (va & mask);
}

/* Inner[6:4]: 1 strongly-ordered, 3 device, 5 to 7 cached.  QEMU leaves the field 0. */
static bool par_says(u32 par, u32 mem)
{
	u32 inner = PAR_INNER(par);

	switch (mem) {
	case MEM_SO:
		return inner <= 1;
	case MEM_DEVICE:
		return !inner || inner == 3;
	case MEM_CACHED:
		return !inner || inner >= 5;
	default:
		return !inner;
	}
}

/* Both ways to @pa; the first difference is the failure. */
static void expect_at(va_t va, pa_t pa)
{
	u32 par = mmu_translate_read(va);

	CHECK_EQ(par & PAR_F, 0);
	CHECK_EQ(par_address(par, va), pa);
}

static void expect_write_ok(va_t va, pa_t pa)
{
	u32 par = mmu_translate_write(va);

	CHECK_EQ(par & PAR_F, 0);
	CHECK_EQ(par_address(par, va), pa);
}

static void expect_read_only(va_t va)
{
	u32 par = mmu_translate_write(va);

	CHECK_EQ(par & PAR_F, 1);
	CHECK_EQ(PAR_STATUS(par), permission_status(va));
}

static void expect_nothing(va_t va)
{
	u32 par = mmu_translate_read(va);

	CHECK_EQ(par & PAR_F, 1);
	CHECK(PAR_STATUS(par) == STATUS_TRANSLATION_L1 || PAR_STATUS(par) == STATUS_TRANSLATION_L2);
}

/* ---- the rows ---- */

/* One byte of a row; in RAM a carve-out or the image's text may be there. */
static void byte_of_row(const struct static_row *r, va_t va)
{
	const struct map_image *im = &boot_info.layout.image;
	pa_t pa = r->pa + (va - r->va);

	if (static_row_kept_out(pa, pa)) {
		expect_nothing(va);
		return;
	}
	expect_at(va, pa);
	CHECK(par_says(mmu_translate_read(va), r->type & MEM_KIND));
	if (!(r->type & MAP_WRITE) ||
	    ((r->type & MAP_IS_RAM) && pa - im->phys < im->text + im->rodata))
		expect_read_only(va);
	else
		expect_write_ok(va, pa);
}

static void row(const struct static_row *r)
{
	tap_begin("first and last byte of a row are where it says:", r->desc->name);
	byte_of_row(r, r->va);
	byte_of_row(r, r->va_last);
	tap_end();
}

static void linear_map(void)
{
	for (u32 i = 0; static_row_get(i); i++) {
		const struct static_row *r = static_row_get(i);

		for (va_t va = r->va; (r->type & MAP_IS_RAM) && va <= r->va_last; va += SZ_64K)
			byte_of_row(r, va);
	}
}

static bool is_guard(u32 offset)
{
	for (u32 i = 0; i < MAP_GUARDS; i++)
		if (boot_info.layout.image.guard[i] == offset)
			return true;
	return false;
}

static void image_window(void)
{
	u32 total = (u32)(__image_end - __image_start),
	    writable = (u32)(__rodata_end - __image_start);

	for (u32 at = 0; at < total; at += PAGE_SIZE) {
		va_t va = KIMAGE_VADDR + at;

		if (is_guard(at)) {
			expect_nothing(va);
			continue;
		}
		expect_at(va, boot_info.phys + at);
		if (at < writable)
			expect_read_only(va);
		else
			expect_write_ok(va, boot_info.phys + at);
	}
	expect_nothing(KIMAGE_VADDR + total);
	expect_nothing(KIMAGE_VADDR - 1);
}

static void vectors(void)
{
	expect_at(VECTORS_BASE, boot_info.phys + boot_info.layout.image.vectors);
	expect_read_only(VECTORS_BASE);
	expect_nothing(VECTORS_BASE - 1);
	expect_nothing(VECTORS_BASE + PAGE_SIZE);
}

static void user_half(void)
{
	static const va_t places[] = { 0, PAGE_SIZE - 1, PAGE_SIZE, SZ_1M, SZ_1G, TASK_SIZE - 1 };

	for (u32 i = 0; i < ARRAY_SIZE(places); i++) {
		u32 par = mmu_translate_read(places[i]);

		CHECK_EQ(par & PAR_F, 1);
		CHECK_EQ(PAR_STATUS(par), STATUS_TRANSLATION_L1);
	}
	expect_nothing(TASK_SIZE);
}

/* ---- the walker beside the MMU ---- */

static bool same(va_t va, const struct walk *w)
{
	u32 read = mmu_translate_read(va), write = mmu_translate_write(va);

	if (w->kind == WALK_FAULT)
		return (read & PAR_F) && (write & PAR_F);
	return !(read & PAR_F) && par_address(read, va) == w->pa + (va - w->va) &&
	       !(write & PAR_F) == w->write;
}

static bool compare_ends(const struct walk *w, void *arg)
{
	if (!same(w->va, w) || !same(w->va + w->size - 1, w))
		*(va_t *)arg = w->va;
	return !*(va_t *)arg;
}

static void walker_on_descriptors(void)
{
	va_t differs = 0;

	walk_visit(pgtable_root(), TASK_SIZE, 0xffffffff, compare_ends, &differs);
	CHECK_EQ(differs, 0);
}

/* Marsaglia's xorshift: the same numbers in every run. */
static u32 next_random(u32 *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

/* Everywhere, and more densely where most of the small pages are. */
static va_t random_place(u32 *state, u32 i)
{
	u32 r = next_random(state);

	switch (i % 4) {
	case 0:
		return r;
	case 1:
		return KIMAGE_VADDR + r % (2 * SZ_1M);
	case 2:
		return PAGE_OFFSET + r % (4 * SZ_1M);
	default:
		return VMALLOC_END + r % (2 * SZ_1M);
	}
}

static void walker_on_random(void)
{
	u32 state = 0x2545f491, mapped = 0;

	for (u32 i = 0; i < 8192; i++) {
		va_t va = random_place(&state, i);
		struct walk w;

		walk(pgtable_root(), va, &w);
		mapped += w.kind != WALK_FAULT;
		CHECK_EQ(same(va, &w) ? 0 : va, 0);
	}
	CHECK(mapped > 1024);
}

/* ---- rights over the whole table ---- */

static bool judge_rights(const struct walk *w, void *arg)
{
	bool device = w->mem == MEM_SO || w->mem == MEM_DEVICE;

	if ((w->write && w->exec) || (device && w->exec) || w->user || !w->global || w->shared ||
	    w->domain || w->mem == WALK_MEM_OTHER)
		*(va_t *)arg = w->va;
	return !*(va_t *)arg;
}

static void rights(void)
{
	va_t bad = 0;

	walk_visit(pgtable_root(), 0, 0xffffffff, judge_rights, &bad);
	CHECK_EQ(bad, 0);
}

struct alias {
	pa_t first, last;
	bool writable;
};

static bool find_writable(const struct walk *w, void *arg)
{
	struct alias *a = arg;

	if (w->write && w->pa <= a->last && w->pa + w->size - 1 >= a->first)
		a->writable = true;
	return !a->writable;
}

static bool judge_alias(const struct walk *w, void *arg)
{
	struct alias a = { w->pa, w->pa + w->size - 1, false };

	if (w->exec)
		walk_visit(pgtable_root(), 0, 0xffffffff, find_writable, &a);
	if (a.writable)
		*(va_t *)arg = w->va;
	return !*(va_t *)arg;
}

static void rights_of_physical_pages(void)
{
	va_t bad = 0;

	walk_visit(pgtable_root(), 0, 0xffffffff, judge_alias, &bad);
	CHECK_EQ(bad, 0);
}

static const struct tap_test tests[] = {
	{ "every 64 KiB of the linear map, text and rodata read-only", linear_map },
	{ "every page of the image's window, guards left out", image_window },
	{ "the vectors' page, and nothing on either side", vectors },
	{ "nothing is mapped below TASK_SIZE, the NULL page included", user_half },
	{ "the walker agrees with the MMU on each descriptor", walker_on_descriptors },
	{ "the walker agrees with the MMU on 8192 addresses", walker_on_random },
	{ "no descriptor is writable and executable, device memory never runs", rights },
	{ "no physical page is executable here and writable there", rights_of_physical_pages },
};

static void run(void)
{
	for (u32 i = 0; static_row_get(i); i++)
		row(static_row_get(i));
	tap_table(tests, ARRAY_SIZE(tests));
}

const struct tap_group group_mmu = { "mmu", run };
