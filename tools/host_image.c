/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tools/host_image.c - the linked image's numbers, on a host tool's command line.
 */
#include "tools/host_image.h"

#include <errno.h>
#include <stdlib.h>

int host_number(const char *word, u32 *out)
{
	char *end;
	unsigned long long v;

	errno = 0;
	v = strtoull(word, &end, 0);
	if (errno || end == word || *end || v > 0xffffffffu || *word == '-')
		return -1;
	*out = (u32)v;
	return 0;
}

const char *host_image(char **words, struct map_image *im, pa_t *tables)
{
	u32 tables_offset = 0;
	u32 *fields[HOST_IMAGE_WORDS] = {
		&im->phys,     &im->text,      &im->rodata,   &im->total,
		&im->vectors,  &tables_offset, &im->guard[0], &im->guard[1],
		&im->guard[2], &im->guard[3],  &im->guard[4],
	};

	for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
		if (host_number(words[i], fields[i]) || *fields[i] % PAGE_SIZE)
			return words[i];
	*tables = im->phys + tables_offset;
	return NULL;
}
