/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/memtype.c - counts of mappings per MiB and memory kind.
 */
#include "mm/memtype.h"

#include "mm/iotable.h"
#include "mm/window.h"

union mib_users mib_users[4096];

const union mib_users memtype_others[4] = {
	[MEM_SO] = { { 0, 0xffff, 0xffff, 0xffff } },
	[MEM_DEVICE] = { { 0xffff, 0, 0xffff, 0xffff } },
	[MEM_NC] = { { 0xffff, 0xffff, 0, 0xffff } },
	[MEM_CACHED] = { { 0xffff, 0xffff, 0xffff, 0 } },
};

/* RAM and code count as every kind, so that any mapping there takes the exact path. */
static void count_row(const struct static_row *row)
{
	if (!(row->type & (MAP_IS_RAM | MAP_EXEC))) {
		memtype_count(row->pa, row->pa_last, row->type, 1);
		return;
	}
	for (u32 kind = 0; kind < 4; kind++)
		memtype_count(row->pa, row->pa_last, kind, 1);
}

void memtype_init(void)
{
	for (u32 mib = 0; mib < ARRAY_SIZE(mib_users); mib++)
		mib_users[mib].word[0] = mib_users[mib].word[1] = 0;
	for (u32 i = 0; static_row_get(i); i++)
		count_row(static_row_get(i));
}

struct search {
	pa_t first, last;
	u32 type;
	struct memtype_holder *out;
	bool found;
};

static bool is_in_the_way(const struct io_info *info, void *arg)
{
	struct search *s = arg;

	if (info->state != IO_LIVE || !((info->type ^ s->type) & MEM_KIND))
		return true;
	if (info->pa > s->last || info->pa + (info->pages << PAGE_SHIFT) - 1 < s->first)
		return true;
	s->out->va = info->va;
	s->out->pa = info->pa;
	s->out->type = info->type;
	s->out->caller = info->mapped_by;
	s->found = true;
	return false;
}

bool memtype_find_conflict(pa_t first, pa_t last, u32 type, struct memtype_holder *out)
{
	struct search s = { .first = first, .last = last, .type = type, .out = out };

	out->row = static_row_conflict(first, last, type);
	if (out->row)
		return true;
	window_visit(is_in_the_way, &s);
	return s.found;
}

bool memtype_allows(pa_t first, pa_t last, u32 type)
{
	struct memtype_holder h;

	for (u32 mib = first >> SECTION_SHIFT; mib <= last >> SECTION_SHIFT; mib++)
		if (memtype_meets_others(mib << SECTION_SHIFT, type))
			return !memtype_find_conflict(first & PAGE_MASK, last | ~PAGE_MASK, type,
						      &h);
	return true;
}
