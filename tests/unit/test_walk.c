/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_walk.c - the kit's walker reads descriptors as the manual
 * has them.  Every descriptor here is written by hand as a literal, bit by bit
 * from DDI 0406C figures B3-4 and B3-5; the encoder takes no part.
 */
#include "helpers.h"

#include <stdio.h>
#include <string.h>

#include "mm/pgtable.h"

#define TABLE 0x20200000u

static void put_l1(va_t va, u32 desc)
{
	model_phys_write(L1_PA + (va >> 20) * 4, desc);
}

static void put_l2(va_t va, u32 desc)
{
	model_phys_write(TABLE + (va >> 12 & 255) * 4, desc);
}

static void empty_table(void)
{
	for (u32 i = 0; i < L2_ENTRIES; i++)
		model_phys_write(TABLE + i * 4, 0);
}

struct want {
	u32 desc;
	enum walk_kind kind;
	pa_t pa;
	u32 mem;
	bool write, exec, user, global, shared;
	u32 domain;
};

static void check(const struct want *t, va_t va)
{
	struct walk w;

	walk(L1_PA, va, &w);
	if (w.kind != t->kind || w.pa != t->pa || w.mem != t->mem || w.write != t->write ||
	    w.exec != t->exec || w.user != t->user || w.global != t->global ||
	    w.shared != t->shared || w.domain != t->domain)
		fail_msg("0x%08x: kind %d pa 0x%08x mem %u w%d x%d u%d g%d s%d d%u", t->desc,
			 w.kind, w.pa, w.mem, w.write, w.exec, w.user, w.global, w.shared,
			 w.domain);
}

static void sections(void **state)
{
	static const struct want t[] = {
		{ 0x51000412, WALK_1M, 0x51000000, MEM_SO, 1, 0, 0, 1, 0, 0 },
		{ 0x51000416, WALK_1M, 0x51000000, MEM_DEVICE, 1, 0, 0, 1, 0, 0 },
		{ 0x51001412, WALK_1M, 0x51000000, MEM_NC, 1, 0, 0, 1, 0, 0 },
		{ 0x5100141e, WALK_1M, 0x51000000, MEM_CACHED, 1, 0, 0, 1, 0, 0 },
		{ 0xfff0940e, WALK_1M, 0xfff00000, MEM_CACHED, 0, 1, 0, 1, 0, 0 },
		/* AP = 010, 011, 110, 111 reach user mode; 000 nobody */
		{ 0x00100812, WALK_1M, 0x00100000, MEM_SO, 1, 0, 1, 1, 0, 0 },
		{ 0x00100c12, WALK_1M, 0x00100000, MEM_SO, 1, 0, 1, 1, 0, 0 },
		{ 0x00108812, WALK_1M, 0x00100000, MEM_SO, 0, 0, 1, 1, 0, 0 },
		{ 0x00108c12, WALK_1M, 0x00100000, MEM_SO, 0, 0, 1, 1, 0, 0 },
		{ 0x00108412, WALK_1M, 0x00100000, MEM_SO, 0, 0, 0, 1, 0, 0 },
		{ 0x00100012, WALK_1M, 0x00100000, MEM_SO, 0, 0, 0, 1, 0, 0 },
		/* nG, S, domain 5 */
		{ 0x00120412, WALK_1M, 0x00100000, MEM_SO, 1, 0, 0, 0, 0, 0 },
		{ 0x00110412, WALK_1M, 0x00100000, MEM_SO, 1, 0, 0, 1, 1, 0 },
		{ 0x001004b2, WALK_1M, 0x00100000, MEM_SO, 1, 0, 0, 1, 0, 5 },
		{ 0x001004a2, WALK_1M, 0x00100000, MEM_SO, 1, 1, 0, 1, 0, 5 },
		/* the bits around a field are not its own: bit 9 beside the domain */
		{ 0x00100612, WALK_1M, 0x00100000, MEM_SO, 1, 0, 0, 1, 0, 0 },
		{ 0x00100613, WALK_1M, 0x00100000, MEM_SO, 1, 0, 0, 1, 0, 0 },
		/* write-through, write-back without allocate, non-shareable device */
		{ 0x0010041a, WALK_1M, 0x00100000, WALK_MEM_OTHER, 1, 0, 0, 1, 0, 0 },
		{ 0x0010041e, WALK_1M, 0x00100000, WALK_MEM_OTHER, 1, 0, 0, 1, 0, 0 },
		{ 0x00102412, WALK_1M, 0x00100000, WALK_MEM_OTHER, 1, 0, 0, 1, 0, 0 },
	};

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(t); i++) {
		put_l1(0x81200000, t[i].desc);
		check(&t[i], 0x81234567);
	}
}

static void supersections(void **state)
{
	static const struct want t[] = {
		{ 0x60040412, WALK_16M, 0x60000000, MEM_SO, 1, 0, 0, 1, 0, 0 },
		{ 0x60040416, WALK_16M, 0x60000000, MEM_DEVICE, 1, 0, 0, 1, 0, 0 },
		{ 0xff041412, WALK_16M, 0xff000000, MEM_NC, 1, 0, 0, 1, 0, 0 },
		{ 0x6004941e, WALK_16M, 0x60000000, MEM_CACHED, 0, 0, 0, 1, 0, 0 },
		{ 0x6004940e, WALK_16M, 0x60000000, MEM_CACHED, 0, 1, 0, 1, 0, 0 },
		/* no domain of its own, whatever stands there */
		{ 0x600405f2, WALK_16M, 0x60000000, MEM_SO, 1, 0, 0, 1, 0, 0 },
	};
	struct walk w;

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(t); i++) {
		for (u32 m = 0; m < 16; m++)
			put_l1(0x92000000 + (m << 20), t[i].desc);
		check(&t[i], 0x92345678);
	}
	walk(L1_PA, 0x92f45678, &w);
	assert_int_equal(w.va, 0x92000000);
	assert_int_equal(w.size, SZ_16M);
	assert_int_equal(w.l1_at, L1_PA + 0x92f * 4);
	assert_int_equal(w.l2_at, 0);
}

static void small_pages(void **state)
{
	static const struct want t[] = {
		{ 0x50000013, WALK_4K, 0x50000000, MEM_SO, 1, 0, 0, 1, 0, 0 },
		{ 0x50000017, WALK_4K, 0x50000000, MEM_DEVICE, 1, 0, 0, 1, 0, 0 },
		{ 0x50000053, WALK_4K, 0x50000000, MEM_NC, 1, 0, 0, 1, 0, 0 },
		{ 0xfffff05f, WALK_4K, 0xfffff000, MEM_CACHED, 1, 0, 0, 1, 0, 0 },
		{ 0x5000025f, WALK_4K, 0x50000000, MEM_CACHED, 0, 0, 0, 1, 0, 0 },
		{ 0x5000025e, WALK_4K, 0x50000000, MEM_CACHED, 0, 1, 0, 1, 0, 0 },
		{ 0x50000023, WALK_4K, 0x50000000, MEM_SO, 1, 0, 1, 1, 0, 0 },
		{ 0x50000033, WALK_4K, 0x50000000, MEM_SO, 1, 0, 1, 1, 0, 0 },
		{ 0x50000233, WALK_4K, 0x50000000, MEM_SO, 0, 0, 1, 1, 0, 0 },
		{ 0x50000813, WALK_4K, 0x50000000, MEM_SO, 1, 0, 0, 0, 0, 0 },
		{ 0x50000413, WALK_4K, 0x50000000, MEM_SO, 1, 0, 0, 1, 1, 0 },
		{ 0x5000001f, WALK_4K, 0x50000000, WALK_MEM_OTHER, 1, 0, 0, 1, 0, 0 },
		{ 0x50000093, WALK_4K, 0x50000000, WALK_MEM_OTHER, 1, 0, 0, 1, 0, 0 },
	};
	struct walk w;

	(void)state;
	empty_table();
	put_l1(0xf8100000, TABLE | 1);
	for (u32 i = 0; i < ARRAY_SIZE(t); i++) {
		put_l2(0xf8123000, t[i].desc);
		check(&t[i], 0xf8123abc);
	}
	walk(L1_PA, 0xf8123abc, &w);
	assert_int_equal(w.va, 0xf8123000);
	assert_int_equal(w.size, SZ_4K);
	assert_int_equal(w.l2_at, TABLE + 0x23 * 4);
	assert_int_equal(w.l1, TABLE | 1);
}

static void large_pages(void **state)
{
	static const struct want t[] = {
		{ 0x50028011, WALK_64K, 0x50020000, MEM_SO, 1, 0, 0, 1, 0, 0 },
		{ 0x50028015, WALK_64K, 0x50020000, MEM_DEVICE, 1, 0, 0, 1, 0, 0 },
		{ 0x50029011, WALK_64K, 0x50020000, MEM_NC, 1, 0, 0, 1, 0, 0 },
		{ 0xffff901d, WALK_64K, 0xffff0000, MEM_CACHED, 1, 0, 0, 1, 0, 0 },
		{ 0x5002921d, WALK_64K, 0x50020000, MEM_CACHED, 0, 0, 0, 1, 0, 0 },
		{ 0x5002121d, WALK_64K, 0x50020000, MEM_CACHED, 0, 1, 0, 1, 0, 0 },
		{ 0x50028c11, WALK_64K, 0x50020000, MEM_SO, 1, 0, 0, 0, 1, 0 },
		{ 0x5002a011, WALK_64K, 0x50020000, WALK_MEM_OTHER, 1, 0, 0, 1, 0, 0 },
		{ 0x50035011, WALK_64K, 0x50030000, WALK_MEM_OTHER, 1, 1, 0, 1, 0, 0 },
	};
	struct walk w;

	(void)state;
	empty_table();
	put_l1(0xf8100000, TABLE | 1);
	for (u32 i = 0; i < ARRAY_SIZE(t); i++) {
		for (u32 k = 0; k < 16; k++)
			put_l2(0xf8120000 + (k << 12), t[i].desc);
		check(&t[i], 0xf812ff00);
	}
	walk(L1_PA, 0xf812ff00, &w);
	assert_int_equal(w.va, 0xf8120000);
	assert_int_equal(w.size, SZ_64K);
}

static void page_of_another_domain(void **state)
{
	struct walk w;

	(void)state;
	empty_table();
	put_l1(0xf8100000, TABLE | 0x61);
	put_l2(0xf8123000, 0x50000017);
	walk(L1_PA, 0xf8123000, &w);
	assert_int_equal(w.domain, 3);
	assert_int_equal(w.l2_at, TABLE + 0x23 * 4);
	put_l1(0xf8100000, TABLE | 0x261); /* bit 9 is neither of the domain nor of the base */
	walk(L1_PA, 0xf8123000, &w);
	assert_int_equal(w.domain, 3);
	assert_int_equal(w.l2_at, TABLE + 0x23 * 4);
}

/* Which bits of the descriptor @desc, each inverted in all @n entries from @at, are odd? */
static u32 odd_bits(pa_t at, u32 n, u32 desc, u32 bits, va_t va)
{
	u32 odd = 0;

	for (u32 bit = 0; bit < 32; bit++) {
		struct walk w;

		for (u32 i = 0; i < n; i++)
			model_phys_write(at + i * 4, desc ^ (bits & 1u << bit));
		walk(L1_PA, va, &w);
		if (w.odd)
			odd |= 1u << bit;
	}
	for (u32 i = 0; i < n; i++)
		model_phys_write(at + i * 4, desc);
	return odd;
}

/* PXN, bit 9, NS; a table's unused bits; of large ones what is above or 0: and AP = x00. */
static void what_this_kit_never_writes_is_odd(void **state)
{
	struct walk w;

	(void)state;
	empty_table();
	assert_int_equal(odd_bits(L1_PA + 0x812 * 4, 1, 0x51000416, ~(1u << 18), 0x81234567),
			 1u << 19 | 1u << 10 | 1u << 9 | 1u);
	assert_int_equal(odd_bits(L1_PA + 0x812 * 4, 1, 0x51008416, ~(1u << 18), 0x81234567),
			 1u << 19 | 1u << 10 | 1u << 9 | 1u);
	assert_int_equal(odd_bits(L1_PA + 0x920 * 4, 16, 0x60040416, ~(1u << 18), 0x92345678),
			 0xfu << 20 | 1u << 19 | 1u << 10 | 1u << 9 | 0xfu << 5 | 1u);
	/* the same bits of a section mean its address and domain */
	assert_int_equal(odd_bits(L1_PA + 0x812 * 4, 1, 0x51f005f6, 0, 0x81234567), 0);
	put_l2(0xf8123000, 0x50000017);
	for (u32 k = 0; k < 16; k++)
		put_l2(0xf8130000 + (k << 12), 0x50028015);
	assert_int_equal(odd_bits(L1_PA + 0xf81 * 4, 1, TABLE | 1, 0x3fc, 0xf8123000),
			 1u << 9 | 7u << 2);
	/* a good page does not make up for its table */
	assert_int_equal(odd_bits(L1_PA + 0xf81 * 4, 1, TABLE | 1, 0x3fc, 0xf8130000),
			 1u << 9 | 7u << 2);
	assert_int_equal(odd_bits(TABLE + 0x23 * 4, 1, 0x50000017, ~3u, 0xf8123000), 1u << 4);
	assert_int_equal(odd_bits(TABLE + 0x23 * 4, 1, 0x50000217, ~3u, 0xf8123000), 1u << 4);
	assert_int_equal(odd_bits(TABLE + 0x30 * 4, 16, 0x50028015, ~3u, 0xf8130000),
			 7u << 6 | 1u << 4);
	/* neither another domain nor any address of a table is odd */
	model_phys_write(TABLE + 0x400 + 0x23 * 4, 0x50000017);
	put_l1(0xf8100000, (TABLE + 0x400) | 0x1e1);
	walk(L1_PA, 0xf8123000, &w);
	assert_int_equal(w.kind, WALK_4K);
	assert_false(w.odd);
}

static void holes(void **state)
{
	struct walk w;
	pa_t pa;

	(void)state;
	empty_table();
	walk(L1_PA, 0xf8123abc, &w);
	assert_int_equal(w.kind, WALK_FAULT);
	assert_int_equal(w.size, SZ_1M);
	assert_int_equal(w.va, 0xf8100000);
	put_l1(0xf8100000, TABLE | 1);
	walk(L1_PA, 0xf8123abc, &w);
	assert_int_equal(w.kind, WALK_FAULT);
	assert_int_equal(w.size, SZ_4K);
	assert_int_equal(w.va, 0xf8123000);
	assert_false(walk_translate(L1_PA, 0xf8123abc, &pa));
	/* anything but bits 1:0 is no matter in an invalid descriptor */
	put_l1(0xf8100000, 0xfffffffc);
	walk(L1_PA, 0xf8123abc, &w);
	assert_int_equal(w.kind, WALK_FAULT);
}

static void translation(void **state)
{
	pa_t pa = 0;

	(void)state;
	put_l1(0xfff00000, 0x51000416);
	assert_true(walk_translate(L1_PA, 0xffffffff, &pa));
	assert_int_equal(pa, 0x510fffff);
	for (u32 m = 0; m < 16; m++)
		put_l1(0x92000000 + (m << 20), 0x60040416);
	assert_true(walk_translate(L1_PA, 0x92f12345, &pa));
	assert_int_equal(pa, 0x60f12345);
	put_l1(0, 0x00000416);
	assert_true(walk_translate(L1_PA, 0x1234, &pa));
	assert_int_equal(pa, 0x1234);
}

struct visits {
	u32 n, stop_after;
	struct walk seen[16];
};

static bool visit(const struct walk *w, void *arg)
{
	struct visits *v = arg;

	v->seen[v->n++ & 15] = *w;
	return v->n != v->stop_after;
}

static void prepare_visits(void)
{
	empty_table();
	put_l1(0x80000000, 0x51000416);
	for (u32 m = 0; m < 16; m++)
		put_l1(0x92000000 + (m << 20), 0x60040416);
	put_l1(0xfff00000, TABLE | 1);
	for (u32 k = 0; k < 16; k++)
		put_l2(0xfff10000 + (k << 12), 0x50028015);
	put_l2(0xfff2f000, 0x50000017);
	put_l2(0xfffff000, 0x50001017);
}

static void visits_each_descriptor_once(void **state)
{
	struct visits v = { 0 };

	(void)state;
	prepare_visits();
	walk_visit(L1_PA, 0, 0xffffffff, visit, &v);
	assert_int_equal(v.n, 5);
	assert_int_equal(v.seen[0].va, 0x80000000);
	assert_int_equal(v.seen[1].va, 0x92000000);
	assert_int_equal(v.seen[1].kind, WALK_16M);
	assert_int_equal(v.seen[2].va, 0xfff10000);
	assert_int_equal(v.seen[2].kind, WALK_64K);
	assert_int_equal(v.seen[3].va, 0xfff2f000);
	assert_int_equal(v.seen[4].va, 0xfffff000);
}

static void visits_from_the_middle(void **state)
{
	struct visits v = { 0 };

	(void)state;
	prepare_visits();
	walk_visit(L1_PA, 0x92800000, 0xfff10000, visit, &v);
	assert_int_equal(v.n, 2);
	assert_int_equal(v.seen[0].va, 0x92000000);
	assert_int_equal(v.seen[1].va, 0xfff10000);
}

static void visits_until_told_to_stop(void **state)
{
	struct visits v = { .stop_after = 2 };

	(void)state;
	prepare_visits();
	walk_visit(L1_PA, 0, 0xffffffff, visit, &v);
	assert_int_equal(v.n, 2);
}

#define ROOT_LINE "  bit 31 = 1: TTBR1 (TTBCR.N = 1), first-level table at 0x20114000"
#define TABLE_LINES                                                                                \
	"  L1 index = VA bits 31:20 = 0xf81; 0x20114000 + 0xf81 * 4 = 0x20117e04",                 \
		"  L1 descriptor 0x20200001: a second-level table at 0x20200000",                  \
		"    base                   - domain - NS - type",                                 \
		"    31:10                  9 8:5    4 3  2 1:0",                                  \
		"    0010000000100000000000 0 0000   0 0  0 01"

static void shows_a_walk(void **state)
{
	(void)state;
	put_l1(0xf8100000, 0x51000416);
	walk_show(L1_PA, 0xf8100240);
	assert_logged(
		"VA 0xf8100240", ROOT_LINE,
		"  L1 index = VA bits 31:20 = 0xf81; 0x20114000 + 0xf81 * 4 = 0x20117e04",
		"  L1 descriptor 0x51000416: a section, 1 MiB",
		"    base         NS 16M nG S  AP2 TEX   AP    - domain XN C B type",
		"    31:20        19 18  17 16 15  14:12 11:10 9 8:5    4  3 2 1:0",
		"    010100010000 0  0   0  0  0   000   01    0 0000   1  0 1 10",
		"    TEX C B = 000 0 1: device; XN = 1: never executed",
		"    AP2 AP = 0 01: privileged code reads and writes, user code has no access",
		"    nG = 0: in all address spaces; S = 0: not shared; domain 0",
		"PA 0x51000240 = 0x51000000 + 0x240 (VA bits 19:0): device, rw-", NULL);
}

static void shows_a_walk_to_a_page(void **state)
{
	(void)state;
	empty_table();
	put_l1(0xf8100000, TABLE | 1);
	put_l2(0xf8123000, 0x5000025e);
	walk_show(L1_PA, 0xf8123abc);
	assert_logged("VA 0xf8123abc", ROOT_LINE, TABLE_LINES,
		      "  L2 index = VA bits 19:12 = 0x23; 0x20200000 + 0x23 * 4 = 0x2020008c",
		      "  L2 descriptor 0x5000025e: a small page, 4 KiB",
		      "    base                 nG S  AP2 TEX AP  C B type XN",
		      "    31:12                11 10 9   8:6 5:4 3 2 1    0",
		      "    01010000000000000000 0  0  1   001 01  1 1 1    0",
		      "    TEX C B = 001 1 1: normal cached; XN = 0: may be executed",
		      "    AP2 AP = 1 01: privileged code reads, user code has no access",
		      "    nG = 0: in all address spaces; S = 0: not shared; domain 0",
		      "PA 0x50000abc = 0x50000000 + 0xabc (VA bits 11:0): normal cached, r-x",
		      NULL);
}

static void shows_a_walk_in_the_upper_half_of_a_table(void **state)
{
	(void)state;
	empty_table();
	put_l1(0xf8100000, TABLE | 1);
	walk_show(L1_PA, 0xf81fffff);
	assert_logged("VA 0xf81fffff", ROOT_LINE, TABLE_LINES,
		      "  L2 index = VA bits 19:12 = 0xff; 0x20200000 + 0xff * 4 = 0x202003fc",
		      "  L2 descriptor 0x00000000: type (bits 1:0) = 00, nothing is mapped",
		      "no PA: translation fault, second level, for all of 0xf81ff000-0xf81fffff",
		      NULL);
}

static void shows_a_walk_to_a_large_page(void **state)
{
	(void)state;
	empty_table();
	put_l1(0xf8100000, TABLE | 1);
	for (u32 k = 0; k < 16; k++)
		put_l2(0xf8120000 + (k << 12), 0x50028c31);
	walk_show(L1_PA, 0xf812ff00);
	assert_logged("VA 0xf812ff00", ROOT_LINE, TABLE_LINES,
		      "  L2 index = VA bits 19:12 = 0x2f; 0x20200000 + 0x2f * 4 = 0x202000bc",
		      "  L2 descriptor 0x50028c31: a large page, 64 KiB, one of 16 equal entries",
		      "    base             XN TEX   nG S  AP2 -   AP  C B type",
		      "    31:16            15 14:12 11 10 9   8:6 5:4 3 2 1:0",
		      "    0101000000000010 1  000   1  1  0   000 11  0 0 01",
		      "    TEX C B = 000 0 0: strongly-ordered; XN = 1: never executed",
		      "    AP2 AP = 0 11: privileged and user code read and write",
		      "    nG = 1: per process; S = 1: shared between cores; domain 0",
		      "PA 0x5002ff00 = 0x50020000 + 0xff00 (VA bits 15:0): strongly-ordered, rw-",
		      NULL);
}

static void shows_a_walk_to_a_supersection(void **state)
{
	(void)state;
	for (u32 m = 0; m < 16; m++)
		put_l1(0x92000000 + (m << 20), 0x60040412);
	walk_show(L1_PA, 0x92f12345);
	assert_log(2, "  L1 index = VA bits 31:20 = 0x92f; 0x20114000 + 0x92f * 4 = 0x201164bc");
	assert_log(3,
		   "  L1 descriptor 0x60040412: a supersection, 16 MiB, one of 16 equal entries");
	assert_log(4, "    base     -     NS 16M nG S  AP2 TEX   AP    - -    XN C B type");
	assert_log(5, "    31:24    23:20 19 18  17 16 15  14:12 11:10 9 8:5  4  3 2 1:0");
	assert_log(6, "    01100000 0000  0  1   0  0  0   000   01    0 0000 1  0 0 10");
	assert_log(10,
		   "PA 0x60f12345 = 0x60000000 + 0xf12345 (VA bits 23:0): strongly-ordered, rw-");
}

static void shows_a_walk_into_a_hole(void **state)
{
	(void)state;
	walk_show(L1_PA, 0xf8123abc);
	assert_logged("VA 0xf8123abc", ROOT_LINE,
		      "  L1 index = VA bits 31:20 = 0xf81; 0x20114000 + 0xf81 * 4 = 0x20117e04",
		      "  L1 descriptor 0x00000000: type (bits 1:0) = 00, nothing is mapped",
		      "no PA: translation fault, first level, for all of 0xf8100000-0xf81fffff",
		      NULL);
	log_forget();
	empty_table();
	put_l1(0xf8100000, TABLE | 1);
	walk_show(L1_PA, 0xf8123abc);
	assert_logged("VA 0xf8123abc", ROOT_LINE, TABLE_LINES,
		      "  L2 index = VA bits 19:12 = 0x23; 0x20200000 + 0x23 * 4 = 0x2020008c",
		      "  L2 descriptor 0x00000000: type (bits 1:0) = 00, nothing is mapped",
		      "no PA: translation fault, second level, for all of 0xf8123000-0xf8123fff",
		      NULL);
}

static void shows_a_walk_in_the_user_half(void **state)
{
	(void)state;
	walk_show(L1_PA, 0x7fffffff);
	assert_log(1, "  bit 31 = 0: TTBR0 (TTBCR.N = 1), first-level table at 0x20114000; "
		      "no user space");
	assert_true(log_has("no PA: translation fault, first level"));
}

/* All eight values of AP, and no line longer than a serial console is wide. */
static void shows_every_access_right(void **state)
{
	static const struct {
		u32 desc;
		const char *words;
	} t[] = {
		{ 0x00100012, "0 00: nobody may access it" },
		{ 0x00100412, "0 01: privileged code reads and writes, user code has no access" },
		{ 0x00100812, "0 10: privileged code reads and writes, user code reads" },
		{ 0x00100c12, "0 11: privileged and user code read and write" },
		{ 0x00108012, "1 00: reserved" },
		{ 0x00108412, "1 01: privileged code reads, user code has no access" },
		{ 0x00108812, "1 10: privileged and user code read (deprecated)" },
		{ 0x00108c12, "1 11: privileged and user code read" },
	};

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(t); i++) {
		char line[120];

		log_forget();
		put_l1(0xf8100000, t[i].desc);
		walk_show(L1_PA, 0xf8100000);
		snprintf(line, sizeof(line), "    AP2 AP = %s", t[i].words);
		assert_log(8, line);
		for (u32 k = 0; k < log_lines(); k++)
			assert_true(strlen(log_line(k)) <= 90);
	}
}

/* Nothing of what stood in the answer before shows through. */
static void a_hole_has_no_rights(void **state)
{
	struct walk w;

	(void)state;
	memset(&w, 0xff, sizeof(w));
	walk(L1_PA, 0x90012345, &w);
	assert_int_equal(w.kind, WALK_FAULT);
	assert_int_equal(w.va, 0x90000000);
	assert_int_equal(w.pa, 0);
	assert_int_equal(w.size, SZ_1M);
	assert_int_equal(w.l1_at, L1_PA + 0x900 * 4);
	assert_int_equal(w.l1, 0);
	assert_int_equal(w.l2_at, 0);
	assert_int_equal(w.l2, 0);
	assert_int_equal(w.mem, WALK_MEM_OTHER);
	assert_int_equal(w.domain, 0);
	assert_false(w.write || w.exec || w.user || w.shared || w.global || w.odd);
}

static void dumps_runs(void **state)
{
	(void)state;
	prepare_visits();
	put_l1(0x80100000, 0x51100416);
	put_l1(0x80200000, 0x51200412); /* another type: a line of its own */
	ptdump_show(L1_PA);
	assert_int_equal(log_lines(), 6);
	assert_log(0, "0x80000000-0x801fffff -> 0x51000000     2 x section      rw- device");
	assert_log(1,
		   "0x80200000-0x802fffff -> 0x51200000     1 x section      rw- strongly-ordered");
	assert_log(2, "0x92000000-0x92ffffff -> 0x60000000     1 x supersection rw- device");
	assert_log(3, "0xfff10000-0xfff1ffff -> 0x50020000     1 x large page   rw- device");
	assert_log(5, "0xfffff000-0xffffffff -> 0x50001000     1 x small page   rw- device");
}

/* Each of these follows its neighbour in both addresses, and differs in one thing. */
static void dumps_a_line_for_each_difference(void **state)
{
	static const struct {
		u32 desc;
		const char *line;
	} t[] = {
		{ 0x51000416,
		  "0x80000000-0x800fffff -> 0x51000000     1 x section      rw- device" },
		{ 0x51108416,
		  "0x80100000-0x801fffff -> 0x51100000     1 x section      r-- device" },
		{ 0x51208406,
		  "0x80200000-0x802fffff -> 0x51200000     1 x section      r-x device" },
		{ 0x51308806,
		  "0x80300000-0x803fffff -> 0x51300000     1 x section      r-x device" },
		{ 0x52408806,
		  "0x80400000-0x804fffff -> 0x52400000     1 x section      r-x device" },
	};

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(t); i++)
		put_l1(0x80000000 + (i << 20), t[i].desc);
	put_l1(0x80600000, 0x52608806); /* a hole between */
	ptdump_show(L1_PA);
	for (u32 i = 0; i < ARRAY_SIZE(t); i++)
		assert_log(i, t[i].line);
	assert_int_equal(log_lines(), ARRAY_SIZE(t) + 1);
}

static void tells_where_a_physical_address_is(void **state)
{
	static const struct map_desc big[] = { MAP_RAM_NOMAP("kept", 0x21000000, SZ_1M),
					       MAP_RAM("ram", 0x20000000, 0x40000000) };

	(void)state;
	assert_true(walk_show_physical(test_rows, test_row_count, L1_PA, RAM_PA + 0x5010));
	assert_true(walk_show_physical(test_rows, test_row_count, L1_PA, FB_PA));
	assert_true(walk_show_physical(test_rows, test_row_count, L1_PA, FB_PA - 1));
	assert_true(walk_show_physical(test_rows, test_row_count, L1_PA, GPIO_PA + 0xfff));
	assert_true(walk_show_physical(big, 2, L1_PA, 0x477fffff));
	assert_true(walk_show_physical(big, 2, L1_PA, 0x47800000));
	assert_true(walk_show_physical(big, 2, L1_PA, 0x21000000));
	assert_logged("  physical 0x20005010 is in row 'ram': use 0xc0005010",
		      "  physical 0x23000000 is in carve-out 'framebuffer': ioremap_wc() it",
		      "  physical 0x22ffffff is in row 'ram': use 0xc2ffffff",
		      "  physical 0x50000fff is in row 'gpio': use 0xf8000fff",
		      "  physical 0x477fffff is in row 'ram': use 0xe77fffff",
		      "  physical 0x47800000 is RAM past the linear map: ioremap_cache() it",
		      "  physical 0x21000000 is in carve-out 'kept': ioremap_wc() it", NULL);
	log_forget();
	/* nobody's, or a virtual address that is mapped */
	assert_false(walk_show_physical(test_rows, test_row_count, L1_PA, GPIO_PA + SZ_4K));
	put_l1(GPIO_PA, 0x51000416);
	assert_false(walk_show_physical(test_rows, test_row_count, L1_PA, GPIO_PA));
	assert_int_equal(log_lines(), 0);
}

static void names(void **state)
{
	(void)state;
	assert_string_equal(walk_kind_name(WALK_16M), "supersection");
	assert_string_equal(walk_kind_name(WALK_1M), "section");
	assert_string_equal(walk_kind_name(WALK_64K), "large page");
	assert_string_equal(walk_kind_name(WALK_4K), "small page");
	assert_string_equal(walk_kind_name(WALK_FAULT), "no descriptor");
	assert_string_equal(walk_mem_name(MEM_SO), "strongly-ordered");
	assert_string_equal(walk_mem_name(MEM_DEVICE), "device");
	assert_string_equal(walk_mem_name(MEM_NC), "normal non-cached");
	assert_string_equal(walk_mem_name(MEM_CACHED), "normal cached");
	assert_string_equal(walk_mem_name(WALK_MEM_OTHER), "unknown memory type");
}

/* The model's own decoder reads the same literals: two readings of one manual. */
static void agree_at(va_t va)
{
	struct model_xlate x;
	struct walk w;
	u32 fs = model_probe(va, &x), mem;

	walk(L1_PA, va, &w);
	if (fs != FAULT_NONE) {
		/* no descriptor, or AP = 000 or 100: nobody may read */
		assert_true(fs == 5 || fs == 7 || fs == 13 || fs == 15);
		assert_int_equal(w.kind == WALK_FAULT, fs == 5 || fs == 7);
		return;
	}
	assert_int_equal(w.pa + (va - w.va), x.pa);
	assert_int_equal(w.size, x.size);
	assert_int_equal(w.write, x.write);
	assert_int_equal(w.exec, x.exec);
	mem = x.mem == MODEL_MEM_OTHER ? WALK_MEM_OTHER : x.mem;
	if (w.mem != WALK_MEM_OTHER) /* the model also knows TEX = 1xx */
		assert_int_equal(w.mem, mem);
}

static void walker_and_model_agree_on_random_words(void **state)
{
	struct rng r = { 20251 };
	va_t va[60]; /* 16 MiB apart: none is another's supersection */

	(void)state;
	for (u32 i = 0; i < 40; i++) {
		machine(NULL);
		for (u32 k = 0; k < ARRAY_SIZE(va) * L2_ENTRIES; k++)
			model_phys_write(TABLE + k * 4, 0);
		for (u32 k = 0; k < ARRAY_SIZE(va); k++) {
			u32 l1 = rnd(&r), page = rnd(&r) & 0xfffff;

			va[k] = 0x80000000 + (k << 24) + page;
			if ((l1 & 3) == 3) /* PXN: the model's core has none */
				l1 ^= 1;
			l1 &= (l1 & 2) && l1 & 1u << 18 ? ~0x00f001e0u : ~0x1e0u;
			if ((l1 & 3) == 1)
				l1 = (TABLE + k * 1024) | 1;
			put_l1(va[k], l1);
			model_phys_write(TABLE + k * 1024 + (page >> 12) * 4, rnd(&r));
		}
		mmu_on();
		for (u32 k = 0; k < ARRAY_SIZE(va); k++)
			agree_at(va[k]);
		model_forgive();
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		case_machine(sections),
		case_machine(supersections),
		case_machine(small_pages),
		case_machine(large_pages),
		case_machine(page_of_another_domain),
		case_machine(what_this_kit_never_writes_is_odd),
		case_machine(holes),
		case_machine(translation),
		case_machine(visits_each_descriptor_once),
		case_machine(visits_from_the_middle),
		case_machine(visits_until_told_to_stop),
		case_machine(shows_a_walk),
		case_machine(shows_a_walk_to_a_page),
		case_machine(shows_a_walk_in_the_upper_half_of_a_table),
		case_machine(shows_a_walk_to_a_large_page),
		case_machine(shows_a_walk_to_a_supersection),
		case_machine(shows_a_walk_into_a_hole),
		case_machine(shows_a_walk_in_the_user_half),
		case_machine(shows_every_access_right),
		case_machine(a_hole_has_no_rights),
		case_machine(dumps_runs),
		case_machine(dumps_a_line_for_each_difference),
		case_machine(tells_where_a_physical_address_is),
		case_machine(names),
		case_machine(walker_and_model_agree_on_random_words),
	};

	return cmocka_run_group_tests_name("walk", tests, NULL, NULL);
}
