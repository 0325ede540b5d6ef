/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_bl1_card.c - the headers on a card: CRC-32, the image's header
 * bit by bit, BL1's sum.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "boot/bl1/card.h"
#include "boot/bl1/crc32.h"

#define LOAD 0x30008000u

static const struct card_header good = {
	.size = 252704, .crc = 0x12345678, .load = LOAD, .entry = LOAD + 8
};
static u8 bytes[CARD_HEADER_BYTES];

static int setup(void **state)
{
	(void)state;
	card_header_write(bytes, &good);
	return 0;
}

/* One word replaced, and the CRC made to fit. */
static void put(u32 at, u32 v)
{
	card_put_word(bytes + at, v);
	card_put_word(bytes + 28, crc32(0, bytes, 28));
}

static enum card_fault judged(void)
{
	struct card_header h;

	return card_header_read(bytes, &h);
}

/* The check value of every catalogue of CRCs. */
static void crc_of_nine_digits(void **state)
{
	(void)state;
	assert_int_equal(crc32(0, "123456789", 9), 0xcbf43926);
	assert_int_equal(crc32(0, "", 0), 0);
	assert_int_equal(crc32(0, "a", 1), 0xe8b7be43);
}

static void crc_in_parts(void **state)
{
	u8 text[300];

	(void)state;
	for (u32 i = 0; i < sizeof(text); i++)
		text[i] = (u8)(i * 7 + 3);
	for (u32 cut = 0; cut <= sizeof(text); cut++)
		assert_int_equal(crc32(crc32(0, text, cut), text + cut, sizeof(text) - cut),
				 crc32(0, text, sizeof(text)));
}

static void crc_sees_every_bit(void **state)
{
	u8 text[64] = { 0 };
	u32 whole = crc32(0, text, sizeof(text));

	(void)state;
	for (u32 bit = 0; bit < 8 * sizeof(text); bit++) {
		text[bit / 8] ^= (u8)(1u << bit % 8);
		assert_int_not_equal(crc32(0, text, sizeof(text)), whole);
		text[bit / 8] ^= (u8)(1u << bit % 8);
	}
}

static void words_are_little_endian(void **state)
{
	u8 p[5] = { 0 };

	(void)state;
	card_put_word(p + 1, 0x11223344);
	assert_memory_equal(p, "\0\x44\x33\x22\x11", 5);
	assert_int_equal(card_word(p + 1), 0x11223344);
}

static void header_comes_back(void **state)
{
	struct card_header h;

	(void)state;
	assert_int_equal(card_header_read(bytes, &h), CARD_OK);
	assert_memory_equal(&h, &good, sizeof(h));
	assert_memory_equal(bytes, "MRCT\1\0\0\0", 8);
}

/* What is on the card stays readable by the BL1s that are out there. */
static void header_is_what_it_was(void **state)
{
	static const u8 was[CARD_HEADER_BYTES] = {
		'M',  'R',  'C',  'T',	1,    0,    0,	  0,	0x20, 0xdb, 0x03, 0x00, 0x78, 0x56,
		0x34, 0x12, 0x00, 0x80, 0x00, 0x30, 0x08, 0x80, 0x00, 0x30, 0,	  0,	0,    0,
	};

	(void)state;
	assert_memory_equal(bytes, was, 28);
	assert_int_equal(card_word(bytes + 28), crc32(0, was, 28));
}

static void every_flipped_bit_is_seen(void **state)
{
	(void)state;
	for (u32 bit = 0; bit < 8 * CARD_HEADER_BYTES; bit++) {
		bytes[bit / 8] ^= (u8)(1u << bit % 8);
		assert_int_equal(judged(), bit < 32 ? CARD_FOREIGN : CARD_DAMAGED);
		bytes[bit / 8] ^= (u8)(1u << bit % 8);
	}
	assert_int_equal(judged(), CARD_OK);
}

static void empty_sector(void **state)
{
	(void)state;
	memset(bytes, 0, sizeof(bytes));
	assert_int_equal(judged(), CARD_BLANK);
	memset(bytes, 0xff, sizeof(bytes));
	assert_int_equal(judged(), CARD_BLANK);
	bytes[31] = 0xfe;
	assert_int_equal(judged(), CARD_FOREIGN);
}

static void another_version(void **state)
{
	(void)state;
	put(4, CARD_VERSION + 1);
	assert_int_equal(judged(), CARD_OTHER_VERSION);
}

static void sizes(void **state)
{
	(void)state;
	put(8, 0);
	assert_int_equal(judged(), CARD_BAD_SIZE);
	put(8, CARD_IMAGE_MAX + 1);
	assert_int_equal(judged(), CARD_BAD_SIZE);
	put(8, CARD_IMAGE_MAX);
	assert_int_equal(judged(), CARD_OK);
}

static void addresses(void **state)
{
	static const struct {
		u32 load, entry;
		enum card_fault fault;
	} c[] = {
		{ LOAD, LOAD, CARD_OK },
		{ LOAD, LOAD + 252704 - 4, CARD_OK },
		{ LOAD, LOAD + 252704, CARD_BAD_ADDRESS },
		{ LOAD, LOAD - 4, CARD_BAD_ADDRESS },
		{ LOAD, LOAD + 2, CARD_BAD_ADDRESS },
		{ LOAD + 4, LOAD + 4, CARD_BAD_ADDRESS },
		{ LOAD + 0x800, LOAD + 0x800, CARD_BAD_ADDRESS },
		{ 0, 0, CARD_OK },
		{ 0xfffc2000, 0xfffc2000, CARD_OK },
		{ 0xfffc3000, 0xfffc3000, CARD_BAD_ADDRESS }, /* its end is past 4 GiB */
		{ 0xfffff000, 0, CARD_BAD_ADDRESS },
	};

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(c); i++) {
		put(16, c[i].load);
		put(20, c[i].entry);
		assert_int_equal(judged(), c[i].fault);
	}
}

static void every_fault_has_words(void **state)
{
	(void)state;
	for (int a = CARD_OK; a <= CARD_BAD_ADDRESS; a++) {
		assert_string_not_equal(card_fault_text((enum card_fault)a), "unknown");
		for (int b = CARD_OK; b < a; b++)
			assert_string_not_equal(card_fault_text((enum card_fault)a),
						card_fault_text((enum card_fault)b));
	}
}

static void bl1_sum(void **state)
{
	static u8 bl1[CARD_BL1_BYTES];

	(void)state;
	memset(bl1, 0xff, CARD_BL1_HEADER);
	assert_int_equal(card_bl1_sum(bl1), 0);
	bl1[CARD_BL1_HEADER] = 1;
	bl1[CARD_BL1_BYTES - 1] = 0xff;
	assert_int_equal(card_bl1_sum(bl1), 0x100);
	memset(bl1, 0xff, sizeof(bl1));
	assert_int_equal(card_bl1_sum(bl1), 0xff * (CARD_BL1_BYTES - CARD_BL1_HEADER));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(crc_of_nine_digits),
		cmocka_unit_test(crc_in_parts),
		cmocka_unit_test(crc_sees_every_bit),
		cmocka_unit_test(words_are_little_endian),
		cmocka_unit_test_setup(header_comes_back, setup),
		cmocka_unit_test_setup(header_is_what_it_was, setup),
		cmocka_unit_test_setup(every_flipped_bit_is_seen, setup),
		cmocka_unit_test_setup(empty_sector, setup),
		cmocka_unit_test_setup(another_version, setup),
		cmocka_unit_test_setup(sizes, setup),
		cmocka_unit_test_setup(addresses, setup),
		cmocka_unit_test(every_fault_has_words),
		cmocka_unit_test(bl1_sum),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
