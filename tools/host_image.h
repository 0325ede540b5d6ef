/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tools/host_image.h - the linked image's numbers, on a host tool's command line.
 */
#ifndef TOOLS_HOST_IMAGE_H
#define TOOLS_HOST_IMAGE_H

#include "mm/check.h"

/** How many words behind --image; tools/image-size.sh prints them. */
#define HOST_IMAGE_WORDS 11
#define HOST_IMAGE_USAGE "--image LOADADDR TEXT RODATA TOTAL VECTORS TABLES GUARD x5"

/** host_number() - @word as a 32-bit number.  Return: 0, or -1. */
int host_number(const char *word, u32 *out);

/**
 * host_image() - read the words behind --image
 * @tables: where the memory for tables begins, if the image stood at its load address
 *
 * Return: the word that is no page-aligned number, or NULL.
 */
const char *host_image(char **words, struct map_image *im, pa_t *tables);

#endif
