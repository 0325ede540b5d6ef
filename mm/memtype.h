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

/** struct memtype_holder - who is in the way: a static row, or a mapping */
struct memtype_holder {
	const struct static_row *row; /* NULL: the mapping below */
	va_t va;
	pa_t pa;
	u32 type;
	u32 caller;
};

/* Four 16-bit counters in two words: the check loads words, not counters. */
union mib_users {
	u16 kind[4];
	u32 word[2];
};
extern union mib_users mib_users[4096];
/* The counters that must be zero beside a mapping of each kind. */
extern const union mib_users memtype_others[4];

/** memtype_find_conflict() - the exact comparison; false when nobody is in the way. */
bool memtype_find_conflict(pa_t first, pa_t last, u32 type, struct memtype_holder *out);

/* Is a kind other than @type's mapped in the MiB of @pa? */
static inline bool memtype_meets_others(pa_t pa, u32 type)
{
	const union mib_users *users = &mib_users[pa >> SECTION_SHIFT];
	const union mib_users *others = &memtype_others[type & MEM_KIND];

	return (users->word[0] & others->word[0]) | (users->word[1] & others->word[1]);
}

/** memtype_allows() - may [@first, @last] be mapped as @type?  Interrupts masked. */
bool memtype_allows(pa_t first, pa_t last, u32 type);

/** memtype_count_mib() - memtype_count() for a mapping within one MiB.  Interrupts masked. */
static inline void memtype_count_mib(pa_t pa, u32 type, int delta)
{
	u16 *users = &mib_users[pa >> SECTION_SHIFT].kind[type & MEM_KIND];

	*users = (u16)(*users + delta);
}

/** memtype_count() - a mapping of [@first, @last] came (+1) or went (-1).  Interrupts masked. */
static inline void memtype_count(pa_t first, pa_t last, u32 type, int delta)
{
	u32 kind = type & MEM_KIND;

	for (u32 mib = first >> SECTION_SHIFT; mib <= last >> SECTION_SHIFT; mib++)
		mib_users[mib].kind[kind] = (u16)(mib_users[mib].kind[kind] + delta);
}

#endif
