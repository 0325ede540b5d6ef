/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_log.c - the kit's own line formatter, letter by letter.
 */
#include "helpers.h"

#include <stdio.h>
#include <string.h>

#include "mm/log.h"

#define LONGEST 191u /* mm/log.h promises it */

/* One formatted line against its text. */
#define assert_line(want, ...)                                                                     \
	do {                                                                                       \
		log_forget();                                                                      \
		mm_log(__VA_ARGS__);                                                               \
		assert_int_equal(log_lines(), 1);                                                  \
		assert_log(0, want);                                                               \
	} while (0)

static void plain_text(void **state)
{
	(void)state;
	assert_line("", "%s", "");
	assert_line("a line", "a line");
	assert_line("100% of it", "100%% of it");
}

static void strings(void **state)
{
	(void)state;
	assert_line("[gpio]", "[%s]", "gpio");
	assert_line("[]", "[%s]", "\0not this");
	assert_line("[gpio  ]", "[%-6s]", "gpio");
	assert_line("[  gpio]", "[%6s]", "gpio");
	assert_line("[gpio-bank]", "[%-4s]", "gpio-bank");
	assert_line("[x]", "[%c]", 'x');
	assert_line("[      gpio]", "[%10s]", "gpio");
	assert_line("[gpio               ]", "[%-19s]", "gpio");
	assert_line("[                     gpio]", "[%25s]", "gpio");
}

static void signed_numbers(void **state)
{
	(void)state;
	assert_line("0", "%d", 0);
	assert_line("-1", "%d", -1);
	assert_line("2147483647", "%d", 2147483647);
	assert_line("-2147483648", "%d", -2147483647 - 1);
	assert_line("[   -5]", "[%5d]", -5);
	assert_line("[-5   ]", "[%-5d]", -5);
}

static void unsigned_numbers(void **state)
{
	(void)state;
	assert_line("0", "%u", 0u);
	assert_line("4294967295", "%u", 0xffffffffu);
	assert_line("[  7]", "[%3u]", 7u);
	assert_line("[007]", "[%03u]", 7u);
	assert_line("[7  ]", "[%-3u]", 7u);
	assert_line("[1234]", "[%3u]", 1234u);
	assert_line("[7   ]", "[%-04u]", 7u); /* no zeros behind a number */
	assert_line("[7   ]", "[%0-4u]", 7u);
	assert_line("[00000000000000000000000007]", "[%026u]", 7u);
}

static void hexadecimal(void **state)
{
	(void)state;
	assert_line("0", "%x", 0u);
	assert_line("deadbeef", "%x", 0xdeadbeefu);
	assert_line("0x00000240", "0x%08x", 0x240u);
	assert_line("[ff    ]", "[%-6x]", 255u);
}

static void addresses(void **state)
{
	(void)state;
	assert_line("0x00000000", "%p", 0u);
	assert_line("0x50000240", "%p", 0x50000240u);
	assert_line("0xffffffff", "%p", 0xffffffffu);
}

static void sizes(void **state)
{
	(void)state;
	assert_line("0 B", "%z", 0u);
	assert_line("20 B", "%z", 20u);
	assert_line("4 KiB", "%z", SZ_4K);
	assert_line("1023 KiB", "%z", 1023u * 1024);
	assert_line("1 MiB", "%z", SZ_1M);
	assert_line("16 MiB", "%z", SZ_16M);
	assert_line("1025 B", "%z", 1025u);
	assert_line("2048 MiB", "%z", 0x80000000u);
	assert_line("1048577 B", "%z", SZ_1M + 1);
	assert_line("4294967295 B", "%z", 0xffffffffu);
}

static void code_addresses(void **state)
{
	(void)state;
	model_symbol("led_init", 0xbf001000, 0x80);
	assert_line("led_init+0x14", "%S", 0xbf001014u);
	assert_line("led_init+0x0", "%S", 0xbf001000u);
	assert_line("0xbf001080", "%S", 0xbf001080u);
	assert_line("0x00000010", "%S", 0x10u);
}

static void mixed(void **state)
{
	(void)state;
	assert_line("row 'uart' 0xf8001000-0xf8001fff: 4 KiB, 3 times",
		    "row '%s' %p-%p: %z, %u times", "uart", 0xf8001000u, 0xf8001fffu, SZ_4K, 3u);
}

static void long_lines_are_cut(void **state)
{
	char long_text[400];

	(void)state;
	memset(long_text, 'a', sizeof(long_text));
	long_text[LONGEST] = 0;
	log_forget();
	mm_log("%s", long_text);
	assert_int_equal(strlen(log_line(0)), LONGEST);
	assert_string_equal(log_line(0) + LONGEST - 4, "aaaa");
	long_text[LONGEST] = 'a';
	long_text[LONGEST + 1] = 0;
	log_forget();
	mm_log("%s", long_text);
	assert_int_equal(strlen(log_line(0)), LONGEST);
	assert_string_equal(log_line(0) + LONGEST - 4, "a...");
	long_text[LONGEST + 1] = 'a';
	long_text[399] = 0;
	log_forget();
	mm_log("%s%s", long_text, long_text);
	assert_int_equal(strlen(log_line(0)), LONGEST);
}

static void unknown_letters_show_themselves(void **state)
{
	static const char *const format = "%q and %";

	(void)state;
	log_forget();
	mm_log(format);
	assert_log(0, "%q and %");
}

static void without_a_hook_nothing_happens(void **state)
{
	(void)state;
	mm_set_log(NULL);
	mm_log("nobody hears %u", 1u);
	assert_int_equal(log_lines(), 0);
	mm_set_log(log_hook);
	mm_log("somebody does");
	assert_int_equal(log_lines(), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		case_machine(plain_text),
		case_machine(strings),
		case_machine(signed_numbers),
		case_machine(unsigned_numbers),
		case_machine(hexadecimal),
		case_machine(addresses),
		case_machine(sizes),
		case_machine(code_addresses),
		case_machine(mixed),
		case_machine(long_lines_are_cut),
		case_machine(unknown_letters_show_themselves),
		case_machine(without_a_hook_nothing_happens),
	};

	return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
