/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot/early_cache.c - every data and unified cache, by set and way.
 *
 * Called by the head before there is a stack: the Makefile compiles this file
 * so that a leaf function may use r0-r10 and r12 freely, and refuses it if the
 * result touches the stack.  In C because the arithmetic is where such loops go
 * wrong, and C can be tried on a PC with geometries no emulator has.
 *
 * DDI 0406C B2.2.6, B4.2.1; CLIDR B4.1.20, CCSIDR B4.1.19.
 */
#include "boot/early_cache.h"

#include "seam.h"

/* One cache; @assoc and @sets are the highest way and set. */
static inline __attribute__((always_inline)) void one_level(u32 level, u32 ccsidr, bool clean)
{
	u32 line_shift = (ccsidr & 7) + 4;
	u32 assoc = ccsidr >> 3 & 0x3ff, sets = ccsidr >> 13 & 0x7fff;
	u32 way_shift = assoc ? (u32)__builtin_clz(assoc) : 0;

	for (u32 way = 0; way <= assoc; way++) {
		for (u32 set = 0; set <= sets; set++) {
			u32 which = way << way_shift | set << line_shift | level << 1;

			if (clean)
				dcache_clean_invalidate_set_way(which);
			else
				dcache_invalidate_set_way(which);
		}
	}
}

static inline __attribute__((always_inline)) void all_levels(bool clean)
{
	u32 clidr = read_clidr();

	dmb();
	for (u32 level = 0; level < (clidr >> 24 & 7); level++) { /* to the point of coherency */
		if ((clidr >> (level * 3) & 7) < 2)
			continue; /* none, or instructions only */
		one_level(level, read_ccsidr(level), clean);
		/* complete; Cortex-A7 erratum 814220: else the next level may overtake this one */
		dsb();
	}
	select_cache(0);
	isb();
}

/* Two functions, because one with a flag needs a register too many. */
void dcache_invalidate_all(void)
{
	all_levels(false);
}

void dcache_clean_invalidate_all(void)
{
	all_levels(true);
}
