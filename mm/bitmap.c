/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/bitmap.c - runs of bits.
 */
#include "mm/bitmap.h"

/* The first clear bit of [@pos, @pos+@n), or @pos+@n. */
static u32 run_end(const u32 *map, const u32 *also, u32 pos, u32 n)
{
	u32 end = pos + n;

	while (pos < end) {
		u32 clear = ~(map[pos / 32] | (also ? also[pos / 32] : 0)) << pos % 32;

		if (clear) {
			pos += (u32)__builtin_clz(clear);
			return pos < end ? pos : end;
		}
		pos = (pos | 31) + 1;
	}
	return end;
}

bool bitmap_run_set(const u32 *map, const u32 *also, u32 pos, u32 n)
{
	return run_end(map, also, pos, n) == pos + n;
}

/* @pos, or the next place of the grid behind it; @pos is behind @offset. */
static u32 on_grid(u32 pos, u32 step, u32 offset)
{
	return pos + ((offset - pos) & (step - 1));
}

u32 bitmap_find_run(const u32 *map, const u32 *also, u32 bits, u32 n, u32 step, u32 offset)
{
	u32 pos = offset;

	while (pos + n <= bits) {
		u32 set = (map[pos / 32] | (also ? also[pos / 32] : 0)) << pos % 32;

		if (!set)
			pos = (pos | 31) + 1;
		else if (!(set & 0x80000000u))
			pos += (u32)__builtin_clz(set);
		else {
			u32 end = run_end(map, also, pos, n);

			if (end == pos + n)
				return pos;
			pos = end + 1;
		}
		if (step > 1)
			pos = on_grid(pos, step, offset);
	}
	return bits;
}
