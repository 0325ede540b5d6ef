/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/armv7/no_symbols.c - in the library: code addresses have no names.
 *
 * Reports then print numbers.  Firmware that has a symbol table defines
 * seam_symbol() itself and is linked with that instead.
 */
#include "seam.h"

const char *seam_symbol(u32 addr, u32 *offset)
{
	(void)addr;
	(void)offset;
	return NULL;
}
