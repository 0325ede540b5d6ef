/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/proof/window_bitmap.h - mm/bitmap.h by its contract, which bits.c and runs.c
 * prove: word by word, without loops over bits.
 */
#ifndef MM_BITMAP_H
#define MM_BITMAP_H

#include "window_state.h"

/* What of [@pos, @pos + @n) is in word @i. */
static u32 part_of(u32 i, u32 pos, u32 n)
{
	u32 low = i * 32, from = pos > low ? pos - low : 0, end = pos + n > low ? pos + n - low : 0;

	if (from >= end || from >= 32)
		return 0;
	return 0xffffffffu >> from & (end >= 32 ? 0xffffffffu : ~(0xffffffffu >> end));
}

static u32 words_of(const u32 *map)
{
	if (map == io_window.slot_free || map == io_window.slot_waits)
		return WINDOW_SLOTS / 32;
	return map == io_window.blocks_with_room || map == io_window.blocks_unused ? 2 : 4;
}

static u32 bitmap_bit(u32 pos)
{
	return 0x80000000u >> (pos & 31);
}

static void bitmap_set(u32 *map, u32 pos, u32 n)
{
	assert(n && pos + n <= words_of(map) * 32 && pos + n > pos);
	if (n == 1)
		map[pos >> 5] |= bitmap_bit(pos);
	else
		for (u32 i = 0; i < words_of(map); i++)
			map[i] |= part_of(i, pos, n);
}

static void bitmap_clear(u32 *map, u32 pos, u32 n)
{
	assert(n && pos + n <= words_of(map) * 32 && pos + n > pos);
	if (n == 1)
		map[pos >> 5] &= ~bitmap_bit(pos);
	else
		for (u32 i = 0; i < words_of(map); i++)
			map[i] &= ~part_of(i, pos, n);
}

static void bitmap_move(u32 *from, u32 *to, u32 pos, u32 n)
{
	bitmap_clear(from, pos, n);
	bitmap_set(to, pos, n);
}

static bool bitmap_test(const u32 *map, u32 pos)
{
	return bit_of(map[pos >> 5], pos);
}

static u32 bitmap_first(const u32 *map, u32 bits)
{
	for (u32 i = 0; i < bits / 32; i++)
		if (map[i])
			return i * 32 + (u32)__builtin_clz(map[i]);
	return bits;
}

static bool bitmap_any(const u32 *map, u32 bits)
{
	return bitmap_first(map, bits) < bits;
}

bool bitmap_run_set(const u32 *map, const u32 *also, u32 pos, u32 n)
{
	for (u32 i = 0; i < words_of(map); i++)
		if (part_of(i, pos, n) & ~(map[i] | (also ? also[i] : 0)))
			return false;
	return true;
}

u32 bitmap_find_run(const u32 *map, const u32 *also, u32 bits, u32 n, u32 step, u32 offset)
{
	u32 pos = nondet_u32();

	ASSUME(pos == bits || (pos < bits && n <= bits - pos && (pos & (step - 1)) == offset &&
			       bitmap_run_set(map, also, pos, n)));
	return pos;
}

#endif
