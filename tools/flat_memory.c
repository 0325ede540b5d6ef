/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tools/flat_memory.c - the seam for host tools: memory for translation tables
 * and nothing else.  No cache, no TLB, so maintenance has nothing to do.
 */
#include "tools/flat_memory.h"

#include <stdio.h>
#include <stdlib.h>

#include "seam.h"

struct model_cp15 model_cp15;

static struct {
	pa_t first;
	u32 bytes;
	u32 *words;
} memory;

void flat_memory(pa_t first, u32 bytes)
{
	memory.first = first;
	memory.bytes = bytes;
	memory.words = calloc(bytes / 4, 4);
	if (!memory.words)
		abort();
}

static u32 *word_at(pa_t pa)
{
	if (pa - memory.first >= memory.bytes) {
		fprintf(stderr, "walk: a table at 0x%08x, outside the image's tables\n", pa);
		abort();
	}
	return &memory.words[(pa - memory.first) / 4];
}

u32 model_table_read(pa_t entry)
{
	return *word_at(entry);
}

void model_table_write(pa_t entry, u32 desc)
{
	*word_at(entry) = desc;
}

u32 model_cache_line(void)
{
	return 64;
}

bool model_fail_alloc(void)
{
	return false;
}

void model_table_clean(pa_t entry)
{
	(void)entry;
}

void model_tlbi_va(va_t va)
{
	(void)va;
}

void model_tlbi_all(void)
{
}

void model_bpi(void)
{
}

void model_dsb(void)
{
}

void model_isb(void)
{
}
