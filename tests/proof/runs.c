/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/proof/runs.c - bitmap_find_run() finds the first run on the grid, and none
 * only if there is none; bitmap_run_set() and bitmap_first() likewise.
 *
 * sources: mm/bitmap.c
 * unwind: 23 run_end.0:4,bitmap_first.0:3
 * with: -DSTEP=1
 * with: -DSTEP=8
 * with: -DSTEP=16
 * bound: 20 bits, the last 16 of a word and the first 4 of the next; the steps that are used
 * break: mm/bitmap.c s/pos = end \+ 1;/pos = end + 2;/
 * break: mm/bitmap.c s/while \(pos \+ n <= bits\)/while (pos + n < bits)/
 */
#include "mm/bitmap.h"
#include "proof.h"

#define BITS 36

static u32 map[2], also[2];

/* By one mask instead of loops; bit 0 is the highest. */
static bool run_at(u32 pos, u32 n)
{
	uint64_t either = (uint64_t)(map[0] | also[0]) << 32 | map[1] | also[1];
	uint64_t mask = ~0ull << (64 - n) >> pos;

	return (either & mask) == mask;
}

int main(void)
{
	u32 n = nondet_u32(), offset = nondet_u32() % STEP;
	u32 p = nondet_u32(), found, first;

	map[0] = nondet_u32() & 0xffff;
	also[0] = nondet_u32() & 0xffff;
	map[1] = nondet_u32() & 0xf0000000;
	also[1] = nondet_u32() & 0xf0000000;
	ASSUME(n >= 1 && n <= BITS && p <= BITS - n);
	found = bitmap_find_run(map, also, BITS, n, STEP, offset);
	assert(found == BITS || (found <= BITS - n && found % STEP == offset && run_at(found, n)));
	if (p < found && p % STEP == offset)
		assert(!run_at(p, n));
	assert(bitmap_run_set(map, also, p, n) == run_at(p, n));
	first = bitmap_first(map, 64);
	assert(first == 64 ? !(map[0] | map[1]) : bitmap_test(map, first));
	REACHED(found < BITS && found + n == BITS && n > 8);
	REACHED(found == BITS && n == 2 && first < BITS);
	if (p < first)
		assert(!bitmap_test(map, p));
	return 0;
}
