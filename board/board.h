/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * board/board.h - what a board's board.c defines, and nothing else.
 *
 * A board is data.  board.c is linked into the part of the image that runs
 * before the MMU is on, so nothing in it may be a pointer: the link refuses.
 */
#ifndef BOARD_BOARD_H
#define BOARD_BOARD_H

#include "drivers/device.h"
#include "mm/map.h"

/** The board's name, as in BOARD=. */
extern const char board_name[];

/** The map: RAM banks and static I/O rows. */
extern const struct map_desc map_io[];
extern const unsigned int map_io_rows;

/** What sits on the board: console, interrupt controller, LEDs, buzzer ... */
extern const struct device_desc board_devices[];
extern const unsigned int board_device_rows;

/** Ends a board.c: counts both tables. */
#define BOARD(_name)                                                                               \
	const char board_name[] = _name;                                                           \
	const unsigned int map_io_rows = ARRAY_SIZE(map_io);                                       \
	const unsigned int board_device_rows = ARRAY_SIZE(board_devices)

#endif
