/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * app/held.h - what was mapped and claimed from the shell.
 *
 * The shell gives back only what it took: a driver's mapping or claim is not
 * the typist's to remove.
 */
#ifndef APP_HELD_H
#define APP_HELD_H

#include "mm/types.h"

/** Things of one kind that the shell can hold. */
#define HELD_MAX 64u

/** struct held - a set of (address, size); may hold one several times */
struct held {
	u32 n;
	struct {
		u32 at, size;
	} item[HELD_MAX];
};

/** held_full() - is there no room for one more? */
bool held_full(const struct held *h);
/** held_add() - one more; there is room. */
void held_add(struct held *h, u32 at, u32 size);
/** held_find() - the number of the youngest with this address (and @size, if not 0); -1: none. */
int held_find(const struct held *h, u32 at, u32 size);
/** held_remove() - forget number @i. */
void held_remove(struct held *h, int i);

#endif
