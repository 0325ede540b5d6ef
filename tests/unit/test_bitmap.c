/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_bitmap.c - the bitmaps of mm/bitmap.h, against arrays of bool.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "mm/bitmap.h"

#define BITS 96u

static u32 map[BITS / 32], also[BITS / 32];

static void from_text(u32 *to, const char *text)
{
	memset(to, 0, BITS / 8);
	for (u32 i = 0; i < BITS && text[i]; i++)
		if (text[i] == '#')
			to[i / 32] |= 0x80000000u >> i % 32;
}

static bool in(const u32 *m, u32 i)
{
	return m[i / 32] >> (31 - i % 32) & 1;
}

/* [@pos, @pos+@n) is @value, all others are as in @before. */
static void only(const u32 *m, const u32 *before, u32 pos, u32 n, bool value)
{
	for (u32 i = 0; i < BITS; i++)
		assert_int_equal(in(m, i), i >= pos && i < pos + n ? value : in(before, i));
}

static void sets_and_clears_every_run(void **state)
{
	static const u32 none[BITS / 32], mixed[] = { 0x92492492, 0x5555aaaa, 0x00ff37ec };

	(void)state;
	for (u32 pos = 0; pos < BITS; pos++) {
		for (u32 n = 1; pos + n <= BITS; n++) {
			memcpy(map, none, sizeof(map));
			bitmap_set(map, pos, n);
			only(map, none, pos, n, true);
			assert_true(bitmap_run_set(map, NULL, pos, n));
			assert_int_equal(bitmap_first(map, BITS), pos);
			memcpy(map, mixed, sizeof(map));
			bitmap_set(map, pos, n);
			only(map, mixed, pos, n, true);
			bitmap_clear(map, pos, n);
			only(map, mixed, pos, n, false);
			assert_false(bitmap_run_set(map, NULL, pos, n));
			memcpy(map, mixed, sizeof(map));
			memcpy(also, mixed, sizeof(also));
			bitmap_move(map, also, pos, n);
			only(map, mixed, pos, n, false);
			only(also, mixed, pos, n, true);
		}
	}
}

static void knows_a_single_bit(void **state)
{
	(void)state;
	for (u32 pos = 0; pos < BITS; pos++) {
		memset(map, 0, sizeof(map));
		assert_false(bitmap_test(map, pos));
		assert_false(bitmap_any(map, BITS));
		bitmap_set(map, pos, 1);
		assert_true(bitmap_test(map, pos));
		assert_true(bitmap_any(map, BITS));
	}
	assert_int_equal(bitmap_first(map, 64), 64); /* the one bit lies behind */
	memset(map, 0, sizeof(map));
	bitmap_set(map, 32, 1);
	assert_int_equal(bitmap_first(map, 33), 32); /* a word of one bit */
}

/* What find_run() must find, one place after the other. */
static u32 search(u32 bits, u32 n, u32 step, u32 offset)
{
	for (u32 pos = offset; pos + n <= bits; pos += step) {
		u32 k = 0;

		while (k < n && (in(map, pos + k) || in(also, pos + k)))
			k++;
		if (k == n)
			return pos;
	}
	return bits;
}

/* An empty second bitmap is as good as none. */
static u32 found(u32 n, u32 step, u32 offset)
{
	u32 pos = bitmap_find_run(map, also, BITS, n, step, offset);

	if (!bitmap_any(also, BITS))
		assert_int_equal(bitmap_find_run(map, NULL, BITS, n, step, offset), pos);
	return pos;
}

static void finds_what_a_search_finds(void **state)
{
	static const char *const maps[] = {
		"",
		"########################################################################"
		"########################",
		"#",
		".#.##.###.####.#####.######.#######.########.#########.##########.####.",
		"................................################................########",
		"...............................##.............................####......",
		"#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.",
		".....##################################################.........#######",
	};
	static const u32 steps[] = { 1, 2, 8, 16, 32 };

	(void)state;
	for (u32 a = 0; a < ARRAY_SIZE(maps); a++) {
		for (u32 b = 0; b < ARRAY_SIZE(maps); b++) {
			from_text(map, maps[a]);
			from_text(also, maps[b]);
			for (u32 s = 0; s < ARRAY_SIZE(steps); s++)
				for (u32 offset = 0; offset < steps[s]; offset++)
					for (u32 n = 1; n < 40; n += n < 9 ? 1 : 7)
						assert_int_equal(found(n, steps[s], offset),
								 search(BITS, n, steps[s], offset));
		}
	}
	from_text(map, maps[2]);
	assert_int_equal(bitmap_find_run(map, NULL, BITS, 1, 1, 0), 0);
	assert_int_equal(bitmap_find_run(map, NULL, BITS, 2, 1, 0), BITS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sets_and_clears_every_run),
		cmocka_unit_test(knows_a_single_bit),
		cmocka_unit_test(finds_what_a_search_finds),
	};

	return cmocka_run_group_tests_name("bitmap", tests, NULL, NULL);
}
