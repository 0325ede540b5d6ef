/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot/bl1/card.h - where things are on a card that boots, and the header in
 * front of the kit's image.
 *
 * Read by BL1 on the board and by tools/mksd.c on the host.  In sectors of 512
 * bytes:
 *
 *	0           the partition table, if there is one
 *	1 - 32      BL1 with the boot ROM's header: 16 KiB
 *	33 - 48     free
 *	49          header of the kit's image
 *	50 - 8191   the kit's image
 *	8192 -      partitions may begin here (4 MiB)
 */
#ifndef BOOT_BL1_CARD_H
#define BOOT_BL1_CARD_H

#include "mm/types.h"

#define CARD_SECTOR 512u
#define CARD_BL1_SECTOR 1u
#define CARD_BL1_SECTORS 32u
#define CARD_HEADER_SECTOR 49u
#define CARD_IMAGE_SECTOR 50u
#define CARD_END_SECTOR 8192u
/** Bytes that the kit's image may have. */
#define CARD_IMAGE_MAX ((CARD_END_SECTOR - CARD_IMAGE_SECTOR) * CARD_SECTOR)

/**
 * The boot ROM's header: words at +0 (size), +4 (0), +8 (checksum), +12 (0), then
 * the code.  The checksum is the sum of all bytes from +16 to the end of the 16 KiB.
 */
#define CARD_BL1_BYTES (CARD_BL1_SECTORS * CARD_SECTOR)
#define CARD_BL1_HEADER 16u
#define CARD_BL1_CODE_MAX (CARD_BL1_BYTES - CARD_BL1_HEADER)

#define CARD_HEADER_BYTES 32u
#define CARD_VERSION 1u

/**
 * struct card_header - what stands in front of the kit's image
 *
 * On the card: eight little-endian words, "MRCT", version, @size, @crc, @load,
 * @entry, 0, and the CRC-32 of the 28 bytes before; the rest of the sector is zero.
 *
 * @size:  bytes of the image
 * @crc:   CRC-32 of these
 * @load:  physical address it is put at, a multiple of 4 KiB
 * @entry: address it is entered at
 */
struct card_header {
	u32 size;
	u32 crc;
	pa_t load;
	pa_t entry;
};

enum card_fault {
	CARD_OK,
	CARD_BLANK, /* 32 zeros, or 32 bytes of erased flash */
	CARD_FOREIGN, /* something else is there */
	CARD_DAMAGED, /* its CRC is not that of the bytes */
	CARD_OTHER_VERSION,
	CARD_BAD_SIZE, /* 0, or more than fits */
	CARD_BAD_ADDRESS, /* @load not aligned, the end past 4 GiB, @entry not in the image */
};

/** card_header_read() - decode and judge; @h is complete if CARD_OK is returned. */
enum card_fault card_header_read(const u8 from[CARD_HEADER_BYTES], struct card_header *h);
/** card_header_write() - the bytes of @h. */
void card_header_write(u8 to[CARD_HEADER_BYTES], const struct card_header *h);
/** card_fault_text() - what is wrong with the header, in words. */
const char *card_fault_text(enum card_fault fault);

/**
 * card_bl1_sum() - the boot ROM's checksum
 * @bl1: CARD_BL1_BYTES, beginning with the header
 */
u32 card_bl1_sum(const u8 *bl1);

/** card_word(), card_put_word() - a little-endian word at any address. */
static inline u32 card_word(const u8 *p)
{
	return p[0] | (u32)p[1] << 8 | (u32)p[2] << 16 | (u32)p[3] << 24;
}
static inline void card_put_word(u8 *p, u32 v)
{
	p[0] = (u8)v;
	p[1] = (u8)(v >> 8);
	p[2] = (u8)(v >> 16);
	p[3] = (u8)(v >> 24);
}

#endif
