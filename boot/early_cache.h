/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot/early_cache.h - the caches before there is a stack.
 */
#ifndef BOOT_EARLY_CACHE_H
#define BOOT_EARLY_CACHE_H

#include "mm/types.h"

/**
 * dcache_invalidate_all() - all data and unified caches to the level of
 * coherency; what they hold is dropped
 *
 * Epoch: SCTLR.C clear.  Uses no stack; may change r0-r10 and r12.
 */
void dcache_invalidate_all(void);

/** dcache_clean_invalidate_all() - likewise; what they hold is written out first. */
void dcache_clean_invalidate_all(void);

#endif
