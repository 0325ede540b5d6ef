/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tools/no_symbols.c - for host tools that link mm/log.c: there is no image
 * whose code addresses could have names.
 */
#include "seam.h"

const char *seam_symbol(u32 addr, u32 *offset)
{
	(void)addr;
	(void)offset;
	return NULL;
}
