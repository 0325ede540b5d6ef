/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/proof/memtype.c - the counts of mappings by MiB and memory type: one that
 * comes and goes changes the counts of its own MiBs and type by one, whatever comes or
 * goes in between, and puts them back; none goes below zero.
 *
 * sources: mm/memtype.c
 * unwind: 5 memtype_count.0:4
 * narrow: mm/memtype.c s/mib_users\[4096\]/mib_users[8]/
 * narrow: mm/memtype.h s/mib_users\[4096\]/mib_users[8]/
 * bound: 8 MiB of physical addresses, mappings of up to three; fewer than 65,534 in a MiB
 * break: mm/memtype.h s/mib <= last >> SECTION_SHIFT/mib < last >> SECTION_SHIFT/
 * break: mm/memtype.h s/\(\*users \+ delta\)/(*users + 1)/
 */
#include "mm/memtype.h"
#include "proof.h"

#define MIBS 8

static void any_range(pa_t *first, pa_t *last)
{
	*first = nondet_u32();
	*last = nondet_u32();
	ASSUME(*first <= *last && *last / SZ_1M < MIBS && *last / SZ_1M - *first / SZ_1M <= 2);
}

int main(void)
{
	u32 type = nondet_u32(), other = nondet_u32(), kind = nondet_u32() % 4;
	u32 mib = nondet_u32() % MIBS, had, now;
	const u16 *count = &mib_users[mib].kind[kind];
	pa_t first, last, from, to;
	bool mine, others;

	any_range(&first, &last);
	any_range(&from, &to);
	mine = type % 4 == kind && first / SZ_1M <= mib && mib <= last / SZ_1M;
	others = other % 4 == kind && from / SZ_1M <= mib && mib <= to / SZ_1M;
	mib_users[mib].kind[kind] = (u16)nondet_u32();
	had = *count;
	ASSUME(had < 0xfffe); /* the window has room for a tenth of that */
	memtype_count(first, last, type, 1);
	assert(*count == had + mine);
	if (nondet_bool() && had >= others) { /* one that was there goes */
		memtype_count(from, to, other, -1);
		now = had - others;
	} else {
		memtype_count(from, to, other, 1);
		now = had + others;
	}
	assert(*count == now + mine);
	if (first / SZ_1M == last / SZ_1M && nondet_bool())
		memtype_count_mib(first, type, -1);
	else
		memtype_count(first, last, type, -1);
	assert(*count == now);
	REACHED(mine && others && now);
	return 0;
}
