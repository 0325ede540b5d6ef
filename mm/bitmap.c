/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/bitmap.c - runs of bits.
 */
#include "mm/bitmap.h"

bool bitmap_run_set(const u32 *map, const u32 *also, u32 pos, u32 n)
{
	while (n) {
		u32 mask = bitmap_mask(pos, &n), word = map[pos / 32];

		if (also)
			word |= also[pos / 32];
		if (~word & mask)
			return false;
		pos = (pos | 31) + 1;
	}
	return true;
}

u32 bitmap_find_run(const u32 *map, const u32 *also, u32 bits, u32 n, u32 step, u32 offset)
{
	for (u32 pos = offset; pos + n <= bits; pos += step) {
		u32 word = map[pos / 32] | (also ? also[pos / 32] : 0);

		if (!(word << pos % 32)) {
			/* nothing more in this word: on to the first candidate past it */
			while ((pos + step) / 32 == pos / 32)
				pos += step;
			continue;
		}
		if (bitmap_run_set(map, also, pos, n))
			return pos;
	}
	return bits;
}
