/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot/bl1/crc32.c - CRC-32 as in IEEE 802.3, bit by bit, least significant first;
 * start and end are inverted.
 *
 * No table: it would cost BL1 room, and the time goes into the uncached reads.
 */
#include "boot/bl1/crc32.h"

/* The polynomial, term by term: x^n is bit 31 - n. */
#define X(n) (1u << (31 - (n)))
#define POLYNOMIAL                                                                                 \
	(X(26) | X(23) | X(22) | X(16) | X(12) | X(11) | X(10) | X(8) | X(7) | X(5) | X(4) |       \
	 X(2) | X(1) | X(0))

u32 crc32(u32 crc, const void *from, u32 bytes)
{
	const u8 *p = from;

	crc = ~crc;
	while (bytes--) {
		crc ^= *p++;
		for (u32 bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? POLYNOMIAL : 0);
	}
	return ~crc;
}
