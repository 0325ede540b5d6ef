/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/verify.h - do the live tables say what the map table says?
 */
#ifndef MM_VERIFY_H
#define MM_VERIFY_H

#include "mm/check.h"

/**
 * map_verify() - read the live descriptors back and compare them with the table
 * @root: first-level table in force
 *
 * By the walker, which shares nothing with the encoder: every page of every
 * piece is there with its address, memory type and rights, device memory is
 * never executable, nothing is writable and executable, and nothing else is
 * mapped.  One line each for what differs (eight at most), then one line with
 * the counts.  Epoch: after the identity page is gone, before the first
 * ioremap().
 *
 * Return: differences found; 0 means verified.
 */
u32 map_verify(const struct map_desc *rows, u32 n, const struct map_layout *lo, pa_t root);

#endif
