/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot/bl1/codes.h - why BL1 stopped: how often the LEDs flash for each reason.
 *
 * All LEDs of the board flash together, that many times, then stay dark for a
 * while, for ever; the console repeats the reason meanwhile.  The table in each
 * chip's README.md (board/SOC/) has these rows.
 */
#ifndef BOOT_BL1_CODES_H
#define BOOT_BL1_CODES_H

/* BL1_CODE(name, flashes, what happened) */
#define BL1_CODES(BL1_CODE)                                                                        \
	BL1_CODE(BL1_EXCEPTION, 1, "exception in BL1")                                             \
	BL1_CODE(BL1_CLOCKS, 2, "a PLL does not lock")                                             \
	BL1_CODE(BL1_DRAM, 3, "a DRAM controller cannot be set up")                                \
	BL1_CODE(BL1_MEMORY, 4, "the DRAM does not keep what is written")                          \
	BL1_CODE(BL1_MEDIUM, 5, "not started from an SD card")                                     \
	BL1_CODE(BL1_READ, 6, "the card cannot be read")                                           \
	BL1_CODE(BL1_NO_IMAGE, 7, "no image on the card")                                          \
	BL1_CODE(BL1_HEADER, 8, "the image's header is wrong")                                     \
	BL1_CODE(BL1_IMAGE, 9, "the image is damaged")

#define BL1_ENUM(name, flashes, what) name = (flashes),
enum bl1_code { BL1_CODES(BL1_ENUM) };
#undef BL1_ENUM

/* How long, in milliseconds; the README.md tells this, too. */
#define BL1_LIT_MS 200u
#define BL1_DARK_MS 300u
#define BL1_PAUSE_MS 1500u

#endif
