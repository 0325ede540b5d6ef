/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/fuzz/fuzz_card.c - bytes become what BL1 finds where the image's header
 * should be.
 *
 * Input: one byte of options, then a header.  The options put right what chance
 * will not: the magic word, the CRC-32.  Each header must be judged as the words of
 * boot/bl1/card.h say, read here anew; one that is accepted must come back when it
 * is written.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "boot/bl1/card.h"
#include "boot/bl1/crc32.h"

#define HEADER_CRC 28u
#define RESERVED 24u

static void die(const char *what)
{
	fprintf(stderr, "fuzz_card: %s\n", what);
	abort();
}

static u32 word_at(const u8 *bytes, u32 at)
{
	u32 v = 0;

	for (u32 i = 4; i-- > 0;)
		v = v * 256 + bytes[at + i];
	return v;
}

/* The register with the highest power in bit 31: the other way round than crc32.c's. */
static u32 slow_crc(const u8 *p, u32 n)
{
	u32 reg = 0xffffffffu, crc = 0;

	for (u32 i = 0; i < 8 * n; i++) {
		const bool out = reg >> 31 != (p[i / 8] >> i % 8 & 1u);

		reg = (reg << 1) ^ (out ? 0x04c11db7u : 0);
	}
	for (u32 i = 0; i < 32; i++)
		crc |= (reg >> i & 1) << (31 - i);
	return ~crc;
}

static bool all_are(const u8 *bytes, u8 value)
{
	u8 blank[CARD_HEADER_BYTES];

	memset(blank, value, sizeof(blank));
	return !memcmp(bytes, blank, sizeof(blank));
}

/* The verdict of card.h's words, in numbers that cannot wrap. */
static enum card_fault verdict(const u8 *bytes)
{
	const uint64_t size = word_at(bytes, 8), load = word_at(bytes, 16);
	const uint64_t entry = word_at(bytes, 20);

	if (all_are(bytes, 0) || all_are(bytes, 0xff))
		return CARD_BLANK;
	if (memcmp(bytes, "MRCT", 4) != 0)
		return CARD_FOREIGN;
	if (word_at(bytes, HEADER_CRC) != slow_crc(bytes, HEADER_CRC))
		return CARD_DAMAGED;
	if (word_at(bytes, 4) != CARD_VERSION)
		return CARD_OTHER_VERSION;
	if (size == 0 || size > CARD_IMAGE_MAX)
		return CARD_BAD_SIZE;
	if (load % SZ_4K || load + size > 1ull << 32 || entry % 4 || entry < load ||
	    entry >= load + size)
		return CARD_BAD_ADDRESS;
	return CARD_OK;
}

static void check_accepted(const u8 *bytes, const struct card_header *h)
{
	u8 again[CARD_HEADER_BYTES];

	if (h->size != word_at(bytes, 8) || h->crc != word_at(bytes, 12) ||
	    h->load != word_at(bytes, 16) || h->entry != word_at(bytes, 20))
		die("not the numbers of the header");
	card_header_write(again, h);
	if (memcmp(again, bytes, RESERVED) != 0)
		die("the header is another one when it is written again");
	if (word_at(again, HEADER_CRC) != slow_crc(again, HEADER_CRC))
		die("a header is written with a wrong CRC");
}

static void check_crc(const u8 *data, u32 size)
{
	u32 cut = size ? data[0] % (size + 1) : 0;

	if (crc32(crc32(0, data, cut), data + cut, size - cut) != slow_crc(data, size))
		die("crc32(), in two parts, is not the CRC-32 of the whole");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	u8 bytes[CARD_HEADER_BYTES] = { 0 };
	struct card_header h;
	enum card_fault fault;

	if (!size || size > 4096)
		return 0;
	check_crc(data, (u32)size);
	memcpy(bytes, data + 1, size - 1 < sizeof(bytes) ? size - 1 : sizeof(bytes));
	if (data[0] & 1)
		memcpy(bytes, "MRCT\1\0\0\0", 8);
	if (data[0] & 2)
		card_put_word(bytes + HEADER_CRC, slow_crc(bytes, HEADER_CRC));
	fault = card_header_read(bytes, &h);
	if (!strcmp(card_fault_text(fault), "unknown"))
		die("a fault without words");
	if (fault != verdict(bytes)) {
		fprintf(stderr, "fuzz_card: '%s' was said, '%s' is so\n", card_fault_text(fault),
			card_fault_text(verdict(bytes)));
		die("a header was judged wrongly");
	}
	if (fault == CARD_OK)
		check_accepted(bytes, &h);
	return 0;
}
