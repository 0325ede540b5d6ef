/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/fuzz/fuzz_card.c - bytes become what BL1 finds where the image's header
 * should be.
 *
 * Input: one byte of options, then a header.  The options put right what chance
 * will not: the magic word, the CRC-32.  A header that is accepted must hold what
 * BL1 relies on without asking again, and come back when it is written.
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

static void check_accepted(const u8 *bytes, const struct card_header *h)
{
	u8 again[CARD_HEADER_BYTES];

	if (!h->size || h->size > CARD_IMAGE_MAX)
		die("an image that no card holds was accepted");
	if (h->load & ~PAGE_MASK)
		die("a load address inside a page was accepted");
	if (h->load + (h->size - 1) < h->load)
		die("an image that wraps past 4 GiB was accepted");
	if (h->entry & 3 || h->entry < h->load || h->entry > h->load + (h->size - 1))
		die("an entry outside the image was accepted");
	card_header_write(again, h);
	if (memcmp(again, bytes, RESERVED) != 0)
		die("the header is another one when it is written again");
}

/* Bit by bit, from the polynomial: no table, no line shared with crc32.c. */
static u32 slow_crc(const u8 *p, u32 n)
{
	u32 crc = 0xffffffffu;

	while (n--) {
		crc ^= *p++;
		for (u32 bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
	}
	return ~crc;
}

static void check_crc(const u8 *data, u32 size)
{
	u32 cut = size ? data[0] % (size + 1) : 0;

	if (crc32(crc32(0, data, cut), data + cut, size - cut) != slow_crc(data, size))
		die("crc32() in two parts is not that of the whole");
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
		card_put_word(bytes + HEADER_CRC, crc32(0, bytes, HEADER_CRC));
	fault = card_header_read(bytes, &h);
	if (!strcmp(card_fault_text(fault), "unknown"))
		die("a fault without words");
	if (fault == CARD_OK && card_word(bytes + HEADER_CRC) != slow_crc(bytes, HEADER_CRC))
		die("a header with a wrong CRC was accepted");
	if (fault == CARD_OK)
		check_accepted(bytes, &h);
	return 0;
}
