/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot/bl1/card.c - the headers on the card: the kit's image's, and the sum in
 * BL1's own.
 */
#include "boot/bl1/card.h"

#include "boot/bl1/crc32.h"

/* Byte offsets of the words. */
enum { MAGIC = 0, VERSION = 4, SIZE = 8, CRC = 12, LOAD = 16, ENTRY = 20, HEADER_CRC = 28 };

static const u8 magic[4] = { 'M', 'R', 'C', 'T' };

static bool all(const u8 *p, u32 bytes, u8 value)
{
	for (u32 i = 0; i < bytes; i++)
		if (p[i] != value)
			return false;
	return true;
}

enum card_fault card_header_read(const u8 from[CARD_HEADER_BYTES], struct card_header *h)
{
	if (all(from, CARD_HEADER_BYTES, 0) || all(from, CARD_HEADER_BYTES, 0xff))
		return CARD_BLANK;
	if (card_word(from + MAGIC) != card_word(magic))
		return CARD_FOREIGN;
	if (crc32(0, from, HEADER_CRC) != card_word(from + HEADER_CRC))
		return CARD_DAMAGED;
	if (card_word(from + VERSION) != CARD_VERSION)
		return CARD_OTHER_VERSION;
	h->size = card_word(from + SIZE);
	h->crc = card_word(from + CRC);
	h->load = card_word(from + LOAD);
	h->entry = card_word(from + ENTRY);
	if (!h->size || h->size > CARD_IMAGE_MAX)
		return CARD_BAD_SIZE;
	if (h->load & ~PAGE_MASK || h->size - 1 > 0xffffffffu - h->load)
		return CARD_BAD_ADDRESS;
	if (h->entry & 3 || h->entry - h->load >= h->size)
		return CARD_BAD_ADDRESS;
	return CARD_OK;
}

void card_header_write(u8 to[CARD_HEADER_BYTES], const struct card_header *h)
{
	for (u32 i = 0; i < CARD_HEADER_BYTES; i++)
		to[i] = i < sizeof(magic) ? magic[i] : 0;
	card_put_word(to + VERSION, CARD_VERSION);
	card_put_word(to + SIZE, h->size);
	card_put_word(to + CRC, h->crc);
	card_put_word(to + LOAD, h->load);
	card_put_word(to + ENTRY, h->entry);
	card_put_word(to + HEADER_CRC, crc32(0, to, HEADER_CRC));
}

const char *card_fault_text(enum card_fault fault)
{
	switch (fault) {
	case CARD_OK:
		return "nothing";
	case CARD_BLANK:
		return "no image: the sector of its header is empty";
	case CARD_FOREIGN:
		return "no image: the sector of its header holds something else";
	case CARD_DAMAGED:
		return "the image's header is damaged: its CRC-32 does not fit";
	case CARD_OTHER_VERSION:
		return "the image's header has a version that this BL1 does not know";
	case CARD_BAD_SIZE:
		return "the image's header states a size that cannot be";
	case CARD_BAD_ADDRESS:
		return "the image's header states a load address or entry that cannot be";
	}
	return "unknown";
}

u32 card_bl1_sum(const u8 *bl1)
{
	u32 sum = 0;

	for (u32 i = CARD_BL1_HEADER; i < CARD_BL1_BYTES; i++)
		sum += bl1[i];
	return sum;
}
