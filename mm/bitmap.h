/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/bitmap.h - bitmaps whose bit 0 is bit 31 of word 0, so that CLZ finds the
 * first set bit.
 */
#ifndef MM_BITMAP_H
#define MM_BITMAP_H

#include "mm/types.h"

/* @n is at least 1 everywhere. */

/* @n bits from @pos, all in one word.  The hint is for static checkers. */
static inline u32 bitmap_word_mask(u32 pos, u32 n)
{
	if (!n)
		__builtin_unreachable();
	return 0xffffffffu << (32 - n) >> pos % 32;
}

/* The part of [@pos, @pos+@n) that lies in the word of @pos; *@n goes down by it. */
static inline u32 bitmap_mask(u32 pos, u32 *n)
{
	u32 left = 32 - pos % 32, take = left < *n ? left : *n;

	*n -= take;
	return bitmap_word_mask(pos, take);
}

static inline u32 bitmap_bit(u32 pos)
{
	return 0x80000000u >> pos % 32;
}

static inline void bitmap_set(u32 *map, u32 pos, u32 n)
{
	if (pos % 32 + n <= 32) { /* the usual case, without the loop */
		map[pos / 32] |= bitmap_word_mask(pos, n);
		return;
	}
	while (n) {
		u32 mask = bitmap_mask(pos, &n);

		map[pos / 32] |= mask;
		pos = (pos | 31) + 1;
	}
}

static inline void bitmap_clear(u32 *map, u32 pos, u32 n)
{
	if (pos % 32 + n <= 32) {
		map[pos / 32] &= ~bitmap_word_mask(pos, n);
		return;
	}
	while (n) {
		u32 mask = bitmap_mask(pos, &n);

		map[pos / 32] &= ~mask;
		pos = (pos | 31) + 1;
	}
}

/** bitmap_move() - clear @n bits from @pos in @from and set them in @to. */
static inline void bitmap_move(u32 *from, u32 *to, u32 pos, u32 n)
{
	if (pos % 32 + n <= 32) {
		u32 mask = bitmap_word_mask(pos, n);

		from[pos / 32] &= ~mask;
		to[pos / 32] |= mask;
		return;
	}
	bitmap_clear(from, pos, n);
	bitmap_set(to, pos, n);
}

static inline bool bitmap_test(const u32 *map, u32 pos)
{
	return map[pos / 32] & bitmap_bit(pos);
}

/** bitmap_first() - the first set bit, or @bits. */
static inline u32 bitmap_first(const u32 *map, u32 bits)
{
	for (u32 i = 0; i < bits; i += 32)
		if (map[i / 32])
			return i + (u32)__builtin_clz(map[i / 32]);
	return bits;
}

/** bitmap_any() - is any bit set? */
static inline bool bitmap_any(const u32 *map, u32 bits)
{
	return bitmap_first(map, bits) < bits;
}

/** bitmap_run_set() - are @n bits from @pos set, in @map or in @also (may be NULL)? */
bool bitmap_run_set(const u32 *map, const u32 *also, u32 pos, u32 n);

/**
 * bitmap_find_run() - the first run of @n bits, each set in @map or in @also,
 * that begins at @offset, @offset + @step, ...; or @bits.  @step: a power of two.
 */
u32 bitmap_find_run(const u32 *map, const u32 *also, u32 bits, u32 n, u32 step, u32 offset);

#endif
