/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/fuzz/stands.h - may this map table stand?  Yes or no, by the words of
 * mm/map.h, mm/layout.h and mm/check.h.
 */
#ifndef TESTS_FUZZ_STANDS_H
#define TESTS_FUZZ_STANDS_H

#include "mm/check.h"

/**
 * table_stands() - the checker's verdict, found another way
 *
 * Not looked at: names, whether the pool has tables enough, whether the rows make
 * too many pieces, and the flat page (which the machine of the tests has in the
 * user half, where no row may be).
 */
bool table_stands(const struct map_desc *rows, u32 n, const struct map_layout *lo);

#endif
