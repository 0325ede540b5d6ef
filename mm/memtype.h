/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/memtype.h - a physical page has one memory type at a time.
 *
 * DDI 0406C A3.5.7: mappings of one location with different memory types have
 * unpredictable results.  So every mapping is counted, per MiB and kind.  While
 * a MiB holds a single kind, the answer is two loads; only where kinds meet in
 * one MiB are the exact ranges compared.
 */
#ifndef MM_MEMTYPE_H
#define MM_MEMTYPE_H

#include "mm/map.h"

/** memtype_init() - forget all but the static rows.  Epoch: ioremap_init(). */
void memtype_init(void);

/** memtype_allows() - may [@first, @last] be mapped as @type?  Interrupts masked. */
bool memtype_allows(pa_t first, pa_t last, u32 type);

/** memtype_count() - a mapping of [@first, @last] came (+1) or went (-1). */
void memtype_count(pa_t first, pa_t last, u32 type, int delta);

/** struct memtype_holder - who is in the way: a static row, or a mapping */
struct memtype_holder {
	const struct static_row *row; /* NULL: the mapping below */
	va_t va;
	pa_t pa;
	u32 type;
	u32 caller;
};

/** memtype_find_conflict() - the exact comparison; false when nobody is in the way. */
bool memtype_find_conflict(pa_t first, pa_t last, u32 type, struct memtype_holder *out);

#endif
