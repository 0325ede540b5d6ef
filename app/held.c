/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * app/held.c - what was mapped and claimed from the shell.
 */
#include "app/held.h"

bool held_full(const struct held *h)
{
	return h->n == HELD_MAX;
}

void held_add(struct held *h, u32 at, u32 size)
{
	h->item[h->n].at = at;
	h->item[h->n].size = size;
	h->n++;
}

int held_find(const struct held *h, u32 at, u32 size)
{
	for (u32 i = h->n; i--;)
		if (h->item[i].at == at && (!size || h->item[i].size == size))
			return (int)i;
	return -1;
}

void held_remove(struct held *h, int i)
{
	h->n--;
	for (u32 k = (u32)i; k < h->n; k++)
		h->item[k] = h->item[k + 1];
}
