/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/proof/next.c - pgtable_next() picks the largest descriptor that may stand
 * there: it is aligned in both spaces, not longer than what is left, and no
 * larger one would do.
 *
 * sources: mm/pgtable.c
 * unwind: 5
 * bound: none: any addresses, any length of at least a page
 * break: mm/pgtable.c s/u32 low = va \| pa;/u32 low = va;/
 * break: mm/pgtable.c s/length >= SZ_64K/length > SZ_64K/
 */
#include "mm/pgtable.h"
#include "proof.h"

static bool would_do(enum block_kind kind, va_t va, pa_t pa, u32 length, bool supersections)
{
	u32 bytes = block_bytes[kind];

	return va % bytes == 0 && pa % bytes == 0 && length >= bytes &&
	       (kind != BLOCK_16M || supersections);
}

int main(void)
{
	va_t va = nondet_u32();
	pa_t pa = nondet_u32();
	u32 length = nondet_u32();
	bool supersections = nondet_bool();
	enum block_kind kind;

	ASSUME(va % PAGE_SIZE == 0 && pa % PAGE_SIZE == 0 && length >= PAGE_SIZE);
	kind = pgtable_next(va, pa, length, supersections);
	assert(kind < BLOCK_KINDS);
	assert(would_do(kind, va, pa, length, supersections));
	for (u32 larger = 0; larger < kind; larger++)
		assert(!would_do(larger, va, pa, length, supersections));
	REACHED(kind == BLOCK_16M && va + length == 0);
	REACHED(kind == BLOCK_4K && length > SZ_16M);
	return 0;
}
