/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * board/s5pv210/memory.h - the S5PV210's memory as its boot ROM uses it, for
 * BL1 and its linker script.
 *
 * Sources: public translations of Samsung's iROM application note; first
 * stages of several authors, which agree unless a line says otherwise.
 */
#ifndef BOARD_S5PV210_MEMORY_H
#define BOARD_S5PV210_MEMORY_H

/* Where the ROM puts the first 16 KiB it reads; the code follows a header of 16 bytes. */
#define BL1_BASE 0xD0020000
#define BL1_HEADER 16
#define BL1_BYTES 0x4000

/*
 * The internal RAM ends at 0xD0037FFF.  From 0xD0037400 on it is the ROM's:
 * vectors, globals, stacks, and the table of functions that BL1 calls.  The
 * vendor's U-Boot begins its stack at this address, too.
 */
#define BL1_STACK_TOP 0xD0036000
#define BL1_STACK_MIN 0x4000

/* The ROM's globals and functions (chips of revision EVT1). */
#define ROM_BOOT_HOST 0xD0037488 /* base of the controller it booted from */
#define ROM_COPY_SDMMC 0xD0037F98 /* pointer to a function */

#endif
