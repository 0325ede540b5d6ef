/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/target/reenter.h - the run in which the image is entered twice.
 */
#ifndef TESTS_TARGET_REENTER_H
#define TESTS_TARGET_REENTER_H

#include "mm/types.h"

/** reentered() - was the image entered with the MMU on? */
bool reentered(void);

/** reenter() - branch to the image's first byte, flat, MMU and caches on.  Returns on failure. */
void reenter(void);

#endif
