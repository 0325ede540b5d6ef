/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/proof/decode.c - any two words at all as descriptors: walk() reads the two
 * entries that a core would and no other, its address, size, memory and rights are
 * the manual's, and a reading that has nothing odd in it is one word's alone: the
 * one that the encoder writes.
 *
 * sources: mm/walk.c mm/pgtable.c
 * memory: none
 * unwind: 2
 * bound: none: any words, any address, any place of the first-level table
 * break: mm/walk.c s/field\(va, 19, 12\)/field(va, 18, 12)/
 * break: mm/walk.c s/field\(d, 9, 9\) << 2 \| field\(d, 5, 4\)/field(d, 5, 4)/
 * break: mm/walk.c s/field\(d, 0, 0\) \| field\(d, 9, 9\)/field(d, 9, 9)/
 * break: mm/walk.c s/w->shared = field\(d, 16, 16\);/w->shared = false;/
 * break: mm/walk.c s/field\(d, 8, 5\) \| field\(d, 23, 20\)/field(d, 23, 20)/
 */
#include "mm/walk.h"

#include "mm/log.h"
#include "mm/map.h"
#include "mm/pgtable_priv.h"
#include "proof.h"

static pa_t root;
static va_t va;
static u32 l1, l2, reads;

/* Figure B3-3 of DDI 0406C: where the entries stand. */
u32 table_read(pa_t at)
{
	if (!reads++) {
		assert(at == root + 4 * (va / SZ_1M));
		return l1;
	}
	assert(l1 % 4 == 1 && at == l1 / 1024 * 1024 + va / SZ_4K % 256 * 4 && reads == 2);
	return l2;
}

void table_write(pa_t at, u32 desc)
{
	(void)at, (void)desc;
	assert(false);
}

void table_zero(pa_t table, u32 bytes)
{
	(void)table, (void)bytes;
	assert(false);
}

bool proof_fail_alloc(void)
{
	return false;
}

void mm_log(const char *fmt, ...)
{
	(void)fmt;
}

static bool bit(u32 word, u32 n)
{
	return word & 1u << n;
}

/* Figures B3-4 and B3-5: the kind, by the words' low ends. */
static enum walk_kind kind_of_words(void)
{
	if (!bit(l1, 1) && (!bit(l1, 0) || !(l2 & 3)))
		return WALK_FAULT;
	if (bit(l1, 1))
		return bit(l1, 18) ? WALK_16M : WALK_1M;
	return bit(l2, 1) ? WALK_4K : WALK_64K;
}

static u32 bytes_of(enum walk_kind kind)
{
	switch (kind) {
	case WALK_16M:
		return SZ_16M;
	case WALK_1M:
		return SZ_1M;
	case WALK_64K:
		return SZ_64K;
	case WALK_4K:
		return SZ_4K;
	default:
		return bit(l1, 0) ? SZ_4K : SZ_1M;
	}
}

/* The rights and the memory, each where a small page has it: 11 nG, 10 S, 9 AP[2], 8:6 TEX,
 * 5:4 AP[1:0], 3:2 C and B, 0 XN. */
static u32 as_small_page(enum walk_kind kind)
{
	if (kind == WALK_4K)
		return l2;
	if (kind == WALK_64K)
		return (l2 & 0xe3c) | (l2 >> 6 & 0x1c0) | (l2 >> 15 & 1);
	return (l1 >> 6 & 0xff0) | (l1 & 0xc) | (l1 >> 4 & 1);
}

static u32 memory_of_page(u32 small)
{
	switch (small & 0x1cc) {
	case 0:
		return MEM_SO;
	case 0x4:
		return MEM_DEVICE;
	case 0x40:
		return MEM_NC;
	case 0x4c:
		return MEM_CACHED;
	default:
		return WALK_MEM_OTHER;
	}
}

/* Table B3-8: a bit for each AP[2:0], 0 to 7. */
#define MAY_WRITE 0x0e
#define USER_MAY 0xcc
#define NO_RIGHTS 0x11

static void check_rights(const struct walk *w)
{
	u32 small = as_small_page(w->kind), ap = (small >> 7 & 4) | (small >> 4 & 3);

	assert(w->mem == memory_of_page(small));
	assert(w->exec == !bit(small, 0) && w->write == bit(MAY_WRITE, ap));
	assert(w->user == bit(USER_MAY, ap) && (w->odd || !bit(NO_RIGHTS, ap)));
	assert(w->shared == bit(small, 10) && w->global == !bit(small, 11));
}

/* The word that the encoder has for what @w says. */
static u32 encoded(const struct walk *w)
{
	u32 type = w->mem | (w->write ? MAP_WRITE : 0) | (w->exec ? MAP_EXEC : 0);

	switch (w->kind) {
	case WALK_16M:
		return w->pa | section_of_small(small_page_bits[type]) | PMD_SUPER;
	case WALK_1M:
		return w->pa | section_bits[type];
	case WALK_64K:
		return w->pa | large_of_small(small_page_bits[type]);
	default:
		return w->pa | small_page_bits[type];
	}
}

static bool is_plain(const struct walk *w)
{
	return !w->odd && w->mem != WALK_MEM_OTHER && !w->user && w->global && !w->shared &&
	       !w->domain;
}

int main(void)
{
	struct walk w;
	enum walk_kind kind;
	u32 bytes;

	root = nondet_u32() & ~(SZ_16K - 1);
	va = nondet_u32();
	l1 = nondet_u32();
	l2 = nondet_u32();
	walk(root, va, &w);
	kind = kind_of_words();
	bytes = bytes_of(kind);
	assert(reads == (l1 % 4 == 1 ? 2 : 1));
	assert(w.kind == kind && w.size == bytes && w.va == va / bytes * bytes);
	assert(w.l1 == l1 && w.l2 == (reads == 2 ? l2 : 0));
	assert(w.domain == (reads == 2 || kind == WALK_1M ? l1 >> 5 & 15 : 0));
	REACHED(kind == WALK_FAULT && reads == 2);
	if (kind == WALK_FAULT)
		return 0;
	assert(w.pa == (bit(l1, 1) ? l1 : l2) / bytes * bytes);
	check_rights(&w);
	REACHED(is_plain(&w) && kind == WALK_16M);
	if (!is_plain(&w))
		return 0;
	assert((bit(l1, 1) ? l1 : l2) == encoded(&w));
	assert(bit(l1, 1) || l1 == (l1 / 1024 * 1024 | PMD_TABLE));
	return 0;
}
