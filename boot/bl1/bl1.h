/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot/bl1/bl1.h - BL1's own parts: what runs in the chip's internal RAM
 * between the boot ROM and the kit.
 *
 * State in which all of BL1's C runs: SVC, interrupts masked, MMU and data
 * cache off, I-cache on, stack and data in the internal RAM, every access to
 * its own alignment.
 */
#ifndef BOOT_BL1_BL1_H
#define BOOT_BL1_BL1_H

#include "boot/bl1/codes.h"
#include "mm/types.h"

/** bl1_main() - first C code (boot/bl1/main.c); does not return. */
void bl1_main(void) __attribute__((noreturn));
/** bl1_exception() - from the vectors: @number of the vector, the mode's LR, DFSR, DFAR. */
void bl1_exception(u32 number, u32 lr, u32 fsr, u32 far) __attribute__((noreturn));
/** bl1_jump() - leave BL1: caches of instructions emptied, then to @entry (entry.S). */
void bl1_jump(pa_t entry) __attribute__((noreturn));

/* ---- boot/bl1/tell.c: what a person sees ---- */

/** lights_init() - all LEDs of the board's table, dark. */
void lights_init(void);
/** lights_stage() - the first @n LEDs lit: so far has BL1 come. */
void lights_stage(u32 n);
/** console_init() - the console of the board's table; @clock: its input, 0: as the row says. */
void console_init(u32 clock);
/** console_dot() - a sign of life in the middle of a line. */
void console_dot(void);
void console_newline(void);
/**
 * bl1_stop() - for ever: flash @code on the LEDs, and say again the last line
 * that mm_log() said, which is why
 */
void bl1_stop(enum bl1_code code) __attribute__((noreturn));

/* ---- boot/bl1/ramtest.c ---- */

/** struct ram_fault - what a word of RAM read that should have been something else */
struct ram_fault {
	pa_t at;
	u32 wrote, read;
};

/**
 * ram_test() - data and address lines of RAM, by a few dozen words of each of its banks
 * @base: its first address, a multiple of 8
 * @size: bytes, a multiple of 8
 * Return: true if it is good; the words tried have lost their contents.
 */
bool ram_test(pa_t base, u32 size, struct ram_fault *fault);

#endif
