/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * app/cmd_map.c - commands that claim physical addresses and map them.
 */
#include <errno.h>
#include <string.h>

#include "app/cmd.h"
#include "app/held.h"
#include "app/parse.h"
#include "mm/ioremap.h"
#include "mm/iotable.h"
#include "mm/log.h"
#include "mm/pgtable.h"
#include "mm/resource.h"
#include "mm/walk.h"

static struct held claims, maps;

static bool room_for(char **words, const struct held *h, const char *undo)
{
	if (!held_full(h))
		return true;
	mm_log("%s: the shell holds %u already; `%s` one first", words[0], HELD_MAX, undo);
	return false;
}

/* ---- request and release ---- */

static bool start_and_size(char **words, char **at, u32 *start, u32 *size)
{
	return cmd_number(words, "PHYS", at[0], 0, 0xffffffffu, start) &&
	       cmd_number(words, "SIZE", at[1], 1, 0xffffffffu, size) &&
	       cmd_range(words, "PHYS", *start, *size);
}

int cmd_request(int n, char **words)
{
	u32 start, size;

	(void)n;
	if (!start_and_size(words, words + 2, &start, &size))
		return CMD_BAD;
	if (!room_for(words, &claims, "release"))
		return 0;
	/* a refusal has its line from the kit */
	if (!request_mem_region(start, size, words[1]))
		return 0;
	held_add(&claims, start, size);
	mm_log("%p-%p is '%s' now", start, start + size - 1, words[1]);
	return 0;
}

static void not_claimed_here(pa_t start, u32 size)
{
	const struct resource *owner = resource_owner(start);

	mm_log("release: %p-%p was not claimed by `request`; it is inside '%s'; `iomem` shows all",
	       start, start + size - 1, owner ? owner->name : "nothing");
}

int cmd_release(int n, char **words)
{
	u32 start, size;
	int i;

	(void)n;
	if (!start_and_size(words, words + 1, &start, &size))
		return CMD_BAD;
	i = held_find(&claims, start, size);
	if (i < 0) {
		not_claimed_here(start, size);
		return 0;
	}
	held_remove(&claims, i);
	release_mem_region(start, size);
	mm_log("%p-%p is free again", start, start + size - 1);
	return 0;
}

/* ---- ioremap ---- */

static const struct kind {
	const char *name;
	void __iomem *(*map)(phys_addr_t phys, size_t size);
} kinds[] = {
	{ "device", ioremap },	    { "np", ioremap_np },   { "wc", ioremap_wc },
	{ "cache", ioremap_cache }, { "new", ioremap_new },
};
#define KIND_WORDS "device, np, wc, cache, new"

static const struct kind *kind_of(const char *word)
{
	for (u32 i = 0; i < ARRAY_SIZE(kinds); i++)
		if (!strcmp(word, kinds[i].name))
			return &kinds[i];
	return NULL;
}

static void show_mapping(pa_t phys, u32 size, va_t va)
{
	const struct static_row *row = static_row_by_va(va);
	struct walk w;

	walk(pgtable_root(), va, &w);
	mm_log("%p (%z) appears at %p: %s, %s", phys, size, va, walk_kind_name(w.kind),
	       walk_mem_name(w.mem));
	if (row)
		mm_log("  served by static row '%s', which counts %u now", row->desc->name,
		       row->count);
}

int cmd_ioremap(int n, char **words)
{
	const struct kind *kind = &kinds[0];
	u32 phys, size = 4;
	void __iomem *p;

	/* a word at the end is the kind, also without SIZE */
	if (n > 2 && kind_of(words[n - 1]))
		kind = kind_of(words[--n]);
	else if (n > 3)
		return cmd_unknown_word(words, words[3], KIND_WORDS);
	else if (n > 2 && parse_number(words[2], &size) == PARSE_GARBAGE)
		return cmd_unknown_word(words, words[2], "a size, or " KIND_WORDS);
	if (!cmd_number(words, "PHYS", words[1], 0, 0xffffffffu, &phys) ||
	    (n > 2 && !cmd_number(words, "SIZE", words[2], 1, 0xffffffffu, &size)) ||
	    !cmd_range(words, "PHYS", phys, size))
		return CMD_BAD;
	if (!room_for(words, &maps, "iounmap"))
		return 0;
	p = kind->map(phys, size);
	if (!p)
		return 0;
	held_add(&maps, iomem_va(p), size);
	show_mapping(phys, size, iomem_va(p));
	return 0;
}

/* ---- iounmap ---- */

/* Would iounmap() take @va for what ioremap() returned as @at? */
static bool same_mapping(va_t at, va_t va)
{
	const struct static_row *row = static_row_by_va(va);

	return row ? static_row_by_va(at) == row : (at & PAGE_MASK) == (va & PAGE_MASK);
}

static int find_mapping(va_t va)
{
	int i = held_find(&maps, va, 0);

	for (u32 k = maps.n; i < 0 && k--;)
		if (same_mapping(maps.item[k].at, va))
			i = (int)k;
	return i;
}

/* Does something else than the shell hold it?  Says so. */
static bool held_by_others(va_t va)
{
	const struct static_row *row = static_row_by_va(va);
	struct io_info info;

	if (row && row->count) {
		mm_log("iounmap: %p is in static row '%s'; of its %u ioremaps none is the shell's",
		       va, row->desc->name, row->count);
		return true;
	}
	ioremap_query(va, &info);
	if (info.state != IO_LIVE || (va & PAGE_MASK) != info.va)
		return false;
	mm_log("iounmap: %p is held by %S, not by the shell", va, info.mapped_by);
	return true;
}

int cmd_iounmap(int n, char **words)
{
	u32 va;
	int i;

	(void)n;
	if (!cmd_number(words, "ADDR", words[1], 0, 0xffffffffu, &va))
		return CMD_BAD;
	if (!va) {
		mm_log("iounmap: NULL is nothing to unmap");
		return 0;
	}
	i = find_mapping(va);
	if (i < 0 && held_by_others(va))
		return 0;
	errno = 0;
	iounmap(IOMEM(va)); /* what is wrong with any other address, the kit says */
	if (i < 0 || errno)
		return 0;
	held_remove(&maps, i);
	mm_log("iounmap: %p done", va);
	return 0;
}
