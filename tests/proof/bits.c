/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/proof/bits.c - runs of bits: set, clear and move touch [pos, pos + n) and
 * nothing else.
 *
 * sources: mm/bitmap.c
 * unwind: 6
 * bound: 128 bits
 * break: mm/bitmap.h s/left < \*n \? left : \*n/left/
 * break: mm/bitmap.h s/0xffffffffu << \(32 - n\) >> pos % 32/0xffffffffu << (32 - n)/
 */
#include "mm/bitmap.h"
#include "proof.h"

#define WORDS 4
#define BITS (WORDS * 32)

struct map {
	u32 word[WORDS];
};
struct map nondet_map(void);

static bool bit(const struct map *m, u32 k)
{
	return m->word[k / 32] >> (31 - k % 32) & 1;
}

int main(void)
{
	struct map was = nondet_map(), set = was, clear = was, from = was, to = nondet_map();
	struct map to_was = to;
	u32 pos = nondet_u32(), n = nondet_u32(), k = nondet_u32();
	bool inside;

	ASSUME(n >= 1 && n <= BITS && pos <= BITS - n && k < BITS);
	inside = k - pos < n;
	bitmap_set(set.word, pos, n);
	bitmap_clear(clear.word, pos, n);
	bitmap_move(from.word, to.word, pos, n);
	assert(bit(&set, k) == (inside || bit(&was, k)));
	assert(bit(&clear, k) == (!inside && bit(&was, k)));
	assert(bit(&from, k) == (!inside && bit(&was, k)));
	assert(bit(&to, k) == (inside || bit(&to_was, k)));
	assert(bitmap_test(was.word, k) == bit(&was, k));
	REACHED(inside && n == BITS);
	REACHED(!inside && pos % 32 && pos + n > 64);
	return 0;
}
