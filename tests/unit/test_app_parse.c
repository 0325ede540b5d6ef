/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_app_parse.c - words, numbers, near misses, and what is said of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above before it */
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "app/cmd.h"
#include "app/held.h"
#include "app/parse.h"
#include "mm/log.h"

#define UNTOUCHED 0x5a5a5a5au

/* ---- words ---- */

static char line[256];
static char *words[PARSE_WORDS + 1];

static int split(const char *text)
{
	strcpy(line, text);
	return split_words(line, words);
}

static void words_of_a_line(void **state)
{
	(void)state;
	assert_int_equal(split("led all on"), 3);
	assert_string_equal(words[0], "led");
	assert_string_equal(words[1], "all");
	assert_string_equal(words[2], "on");
	assert_null(words[3]);
}

static void blanks_around_and_between(void **state)
{
	(void)state;
	assert_int_equal(split("  \tmd \t 0x10\t"), 2);
	assert_string_equal(words[0], "md");
	assert_string_equal(words[1], "0x10");
	assert_null(words[2]);
}

static void no_words(void **state)
{
	(void)state;
	assert_int_equal(split(""), 0);
	assert_null(words[0]);
	assert_int_equal(split(" \t "), 0);
}

static void as_many_words_as_allowed(void **state)
{
	char text[2 * PARSE_WORDS + 1] = "";

	(void)state;
	for (u32 i = 0; i < PARSE_WORDS; i++)
		strcat(text, "w ");
	assert_int_equal(split(text), PARSE_WORDS);
	assert_null(words[PARSE_WORDS]);
}

static void a_word_too_many(void **state)
{
	char text[2 * PARSE_WORDS + 3] = "";

	(void)state;
	for (u32 i = 0; i < PARSE_WORDS + 1; i++)
		strcat(text, "w ");
	assert_int_equal(split(text), -1);
}

/* ---- numbers ---- */

static void is(const char *word, u32 want)
{
	u32 v = UNTOUCHED;

	assert_int_equal(parse_number(word, &v), PARSE_OK);
	assert_int_equal(v, want);
}

static void is_not(const char *word, enum parse_status why)
{
	u32 v = UNTOUCHED;

	assert_int_equal(parse_number(word, &v), why);
	assert_int_equal(v, UNTOUCHED);
}

static void decimal(void **state)
{
	(void)state;
	is("0", 0);
	is("7", 7);
	is("4096", 4096);
	is("4294967295", 0xffffffffu);
}

static void hexadecimal(void **state)
{
	(void)state;
	is("0x0", 0);
	is("0xFD500240", 0xfd500240u);
	is("0XabcDEF", 0xabcdefu);
	is("0x00000000ffffffff", 0xffffffffu);
}

static void suffixes(void **state)
{
	(void)state;
	is("4K", 4096);
	is("4k", 4096);
	is("16M", 16u << 20);
	is("1m", 1u << 20);
	is("3G", 3u << 30);
	is("2g", 2u << 30);
	is("0x10K", 0x4000);
	is("0G", 0);
}

static void too_big(void **state)
{
	(void)state;
	is_not("4294967296", PARSE_TOO_BIG);
	is_not("0x100000000", PARSE_TOO_BIG);
	is_not("99999999999999999999999999", PARSE_TOO_BIG);
	is_not("18446744073709551616", PARSE_TOO_BIG);
	is_not("0x10000000000000000", PARSE_TOO_BIG);
}

static void too_big_by_suffix(void **state)
{
	(void)state;
	is("4194303K", 0xfffffc00u);
	is_not("4194304K", PARSE_TOO_BIG);
	is_not("4096M", PARSE_TOO_BIG);
	is_not("4G", PARSE_TOO_BIG);
	is_not("0xffffffffG", PARSE_TOO_BIG);
}

static void negative(void **state)
{
	(void)state;
	is_not("-1", PARSE_NEGATIVE);
	is_not("-0x10", PARSE_NEGATIVE);
	is_not("-", PARSE_NEGATIVE);
}

static void empty(void **state)
{
	(void)state;
	is_not("", PARSE_EMPTY);
}

static void garbage(void **state)
{
	(void)state;
	is_not("x", PARSE_GARBAGE);
	is_not("0x", PARSE_GARBAGE);
	is_not("0xg", PARSE_GARBAGE);
	is_not("12x", PARSE_GARBAGE);
	is_not("+1", PARSE_GARBAGE);
	is_not("1.5", PARSE_GARBAGE);
	is_not("1e3", PARSE_GARBAGE);
	is_not("ff", PARSE_GARBAGE);
}

static void bad_suffixes(void **state)
{
	(void)state;
	is_not("4KB", PARSE_GARBAGE);
	is_not("4KiB", PARSE_GARBAGE);
	is_not("4T", PARSE_GARBAGE);
	is_not("K", PARSE_GARBAGE);
	is_not("4 ", PARSE_GARBAGE);
}

static void garbage_even_if_too_big(void **state)
{
	(void)state;
	is_not("99999999999x", PARSE_GARBAGE);
}

static void leading_zero(void **state)
{
	(void)state;
	is_not("010", PARSE_LEADING_ZERO);
	is_not("00", PARSE_LEADING_ZERO);
	is("0K", 0);
}

static void every_status_has_its_words(void **state)
{
	(void)state;
	assert_string_equal(parse_reason(PARSE_OK), "");
	assert_string_equal(parse_reason(PARSE_EMPTY), "is empty");
	assert_string_equal(parse_reason(PARSE_NEGATIVE), "is negative");
	assert_string_equal(parse_reason(PARSE_LEADING_ZERO),
			    "begins with 0, which could mean octal");
	assert_string_equal(parse_reason(PARSE_GARBAGE), "is not a number");
	assert_string_equal(parse_reason(PARSE_TOO_BIG), "does not fit 32 bits");
}

/* ---- what was probably meant ---- */

static const char *name(unsigned int i)
{
	static const char *const names[] = { "help",	"led",	  "buzzer",	 "iomem", "ioremap",
					     "iounmap", "ptdump", "vmallocinfo", "md" };

	return i < ARRAY_SIZE(names) ? names[i] : NULL;
}

static void near(const char *word, const char *want)
{
	const char *got = nearest_name(word, name);

	assert_non_null(got);
	assert_string_equal(got, want);
}

static void a_letter_wrong(void **state)
{
	(void)state;
	near("lad", "led");
	near("iomen", "iomem");
	near("ioumnap", "iounmap");
}

static void a_letter_missing_or_added(void **state)
{
	(void)state;
	near("buzer", "buzzer");
	near("ptdummp", "ptdump");
	near("ioremaps", "ioremap");
}

static void letters_swapped(void **state)
{
	(void)state;
	near("hlep", "help");
	near("dm", "md");
}

static void the_beginning_of_a_name(void **state)
{
	(void)state;
	near("vm", "vmallocinfo");
	near("iou", "iounmap");
	near("io", "iomem");
}

static void nothing_near(void **state)
{
	(void)state;
	assert_null(nearest_name("", name));
	assert_null(nearest_name("zz", name));
	assert_null(nearest_name("shutdown", name));
	assert_null(nearest_name("a-word-much-longer-than-any-command", name));
}

/* ---- what a command says of a bad number ---- */

static char logged[256];

static void hook(const char *text)
{
	strcpy(logged, text);
}

static char *mw[] = { "mw", NULL };

static void refused(const char *word, u32 min, u32 max, const char *text)
{
	u32 v;

	mm_set_log(hook);
	logged[0] = 0;
	assert_false(cmd_number(mw, "VALUE", word, min, max, &v));
	mm_set_log(NULL);
	assert_string_equal(logged, text);
}

static void refusals_name_word_and_form(void **state)
{
	(void)state;
	refused("12x", 0, 100, "mw: VALUE '12x' is not a number; write 4096, 0x1000 or 4K");
	refused("-1", 0, 100, "mw: VALUE '-1' is negative; write 4096, 0x1000 or 4K");
	refused("5G", 0, 100, "mw: VALUE '5G' does not fit 32 bits; write 4096, 0x1000 or 4K");
	refused("017", 0, 100,
		"mw: VALUE '017' begins with 0, which could mean octal; write 4096, 0x1000 or 4K");
}

static void refusals_name_the_range(void **state)
{
	(void)state;
	refused("101", 1, 100, "mw: VALUE '101' is out of range; it is 1 to 100");
	refused("0", 1, 100, "mw: VALUE '0' is out of range; it is 1 to 100");
}

static void numbers_at_the_range_edges(void **state)
{
	u32 v = 0;

	(void)state;
	assert_true(cmd_number(mw, "VALUE", "1", 1, 100, &v));
	assert_int_equal(v, 1);
	assert_true(cmd_number(mw, "VALUE", "100", 1, 100, &v));
	assert_int_equal(v, 100);
}

static void ranges_past_4_gib(void **state)
{
	(void)state;
	mm_set_log(hook);
	logged[0] = 0;
	assert_true(cmd_range(mw, "ADDR", 0xfffffffcu, 4));
	assert_string_equal(logged, "");
	assert_false(cmd_range(mw, "ADDR", 0xfffffffcu, 5));
	mm_set_log(NULL);
	assert_string_equal(logged,
			    "mw: ADDR 0xfffffffc and 5 bytes reach past 4 GiB; ask for fewer");
}

/* ---- what the shell holds ---- */

static void the_youngest_of_equals_is_found(void **state)
{
	struct held h = { .n = 0 };

	(void)state;
	held_add(&h, 0x1000, 4);
	held_add(&h, 0x2000, 4);
	held_add(&h, 0x1000, 8);
	assert_int_equal(held_find(&h, 0x1000, 0), 2);
	assert_int_equal(held_find(&h, 0x1000, 4), 0);
	assert_int_equal(held_find(&h, 0x3000, 0), -1);
}

static void removing_keeps_the_others(void **state)
{
	struct held h = { .n = 0 };

	(void)state;
	for (u32 i = 1; i <= 4; i++)
		held_add(&h, i, i * 10);
	held_remove(&h, 1);
	assert_int_equal(h.n, 3);
	assert_int_equal(held_find(&h, 2, 0), -1);
	assert_int_equal(held_find(&h, 3, 30), 1);
	assert_int_equal(held_find(&h, 4, 40), 2);
}

static void full_when_full(void **state)
{
	static struct held h;

	(void)state;
	h.n = 0;
	for (u32 i = 0; i < HELD_MAX; i++) {
		assert_false(held_full(&h));
		held_add(&h, i, 1);
	}
	assert_true(held_full(&h));
	held_remove(&h, (int)HELD_MAX - 1);
	assert_false(held_full(&h));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_of_a_line),
		cmocka_unit_test(blanks_around_and_between),
		cmocka_unit_test(no_words),
		cmocka_unit_test(as_many_words_as_allowed),
		cmocka_unit_test(a_word_too_many),
		cmocka_unit_test(decimal),
		cmocka_unit_test(hexadecimal),
		cmocka_unit_test(suffixes),
		cmocka_unit_test(too_big),
		cmocka_unit_test(too_big_by_suffix),
		cmocka_unit_test(negative),
		cmocka_unit_test(empty),
		cmocka_unit_test(garbage),
		cmocka_unit_test(bad_suffixes),
		cmocka_unit_test(garbage_even_if_too_big),
		cmocka_unit_test(leading_zero),
		cmocka_unit_test(every_status_has_its_words),
		cmocka_unit_test(a_letter_wrong),
		cmocka_unit_test(a_letter_missing_or_added),
		cmocka_unit_test(letters_swapped),
		cmocka_unit_test(the_beginning_of_a_name),
		cmocka_unit_test(nothing_near),
		cmocka_unit_test(refusals_name_word_and_form),
		cmocka_unit_test(refusals_name_the_range),
		cmocka_unit_test(numbers_at_the_range_edges),
		cmocka_unit_test(ranges_past_4_gib),
		cmocka_unit_test(the_youngest_of_equals_is_found),
		cmocka_unit_test(removing_keeps_the_others),
		cmocka_unit_test(full_when_full),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
