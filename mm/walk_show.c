/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/walk_show.c - one translation step by step, as a learner does it on paper.
 *
 * Each descriptor is taken apart by the manual's figures (DDI 0406C B3-4 and
 * B3-5): the name of each field, its bits, their values.  Like
 * mm/walk.c it shares nothing with the encoder.
 */
#include "mm/walk.h"

#include <string.h>

#include "mm/check.h"
#include "mm/log.h"

/* ---- a descriptor, field by field ---- */

struct bits {
	u8 hi, lo;
	char name[8];
};

/* A format ends where bit 0 is. */
static const struct bits table_format[] = {
	{ 31, 10, "base" }, { 9, 9, "-" }, { 8, 5, "domain" }, { 4, 4, "-" },
	{ 3, 3, "NS" },	    { 2, 2, "-" }, { 1, 0, "type" },
};
static const struct bits section_format[] = {
	{ 31, 20, "base" }, { 19, 19, "NS" },	{ 18, 18, "16M" }, { 17, 17, "nG" },
	{ 16, 16, "S" },    { 15, 15, "AP2" },	{ 14, 12, "TEX" }, { 11, 10, "AP" },
	{ 9, 9, "-" },	    { 8, 5, "domain" }, { 4, 4, "XN" },	   { 3, 3, "C" },
	{ 2, 2, "B" },	    { 1, 0, "type" },
};
static const struct bits supersection_format[] = {
	{ 31, 24, "base" }, { 23, 20, "-" }, { 19, 19, "NS" },	{ 18, 18, "16M" },
	{ 17, 17, "nG" },   { 16, 16, "S" }, { 15, 15, "AP2" }, { 14, 12, "TEX" },
	{ 11, 10, "AP" },   { 9, 9, "-" },   { 8, 5, "-" },	{ 4, 4, "XN" },
	{ 3, 3, "C" },	    { 2, 2, "B" },   { 1, 0, "type" },
};
static const struct bits large_page_format[] = {
	{ 31, 16, "base" }, { 15, 15, "XN" }, { 14, 12, "TEX" }, { 11, 11, "nG" },
	{ 10, 10, "S" },    { 9, 9, "AP2" },  { 8, 6, "-" },	 { 5, 4, "AP" },
	{ 3, 3, "C" },	    { 2, 2, "B" },    { 1, 0, "type" },
};
static const struct bits small_page_format[] = {
	{ 31, 12, "base" }, { 11, 11, "nG" }, { 10, 10, "S" }, { 9, 9, "AP2" },	 { 8, 6, "TEX" },
	{ 5, 4, "AP" },	    { 3, 3, "C" },    { 2, 2, "B" },   { 1, 1, "type" }, { 0, 0, "XN" },
};

/* Begins as zeroes, and the last byte stays one: the text has an end at any time. */
struct line {
	char text[100];
	u32 n;
};

static void put(struct line *l, char c)
{
	if (l->n < sizeof(l->text) - 1)
		l->text[l->n++] = c;
}

static void put_words(struct line *l, const char *s)
{
	while (*s)
		put(l, *s++);
}

static void put_number(struct line *l, u32 v)
{
	if (v > 9)
		put(l, (char)('0' + v / 10));
	put(l, (char)('0' + v % 10));
}

static void put_binary(struct line *l, u32 v, u32 digits)
{
	while (digits--)
		put(l, v >> digits & 1 ? '1' : '0');
}

/* The next column begins at the same place in all three lines. */
static void next_column(struct line *names, struct line *places, struct line *values)
{
	u32 widest = names->n > places->n ? names->n : places->n;
	struct line *each[] = { names, places, values };

	if (values->n > widest)
		widest = values->n;
	for (u32 i = 0; i < ARRAY_SIZE(each); i++)
		while (each[i]->n <= widest)
			put(each[i], ' ');
}

static void say(const struct line *l)
{
	mm_log("    %s", l->text);
}

/* @d by @format: three lines, names above bit numbers above values. */
static void show_fields(const struct bits *format, u32 d)
{
	struct line names = { .n = 0 }, places = { .n = 0 }, values = { .n = 0 };

	for (const struct bits *b = format;; b++) {
		put_words(&names, b->name);
		put_number(&places, b->hi);
		if (b->hi != b->lo) {
			put(&places, ':');
			put_number(&places, b->lo);
		}
		put_binary(&values, d >> b->lo, b->hi - b->lo + 1u);
		if (!b->lo)
			break;
		next_column(&names, &places, &values);
	}
	say(&names);
	say(&places);
	say(&values);
}

/* ---- what the fields mean ---- */

/* AP[2:0] with SCTLR.AFE = 0: table B3-8. */
static const char *const access_words[8] = {
	"nobody may access it",
	"privileged code reads and writes, user code has no access",
	"privileged code reads and writes, user code reads",
	"privileged and user code read and write",
	"reserved",
	"privileged code reads, user code has no access",
	"privileged and user code read (deprecated)",
	"privileged and user code read",
};

static u32 value(const struct bits *format, u32 d, const char *name)
{
	const struct bits *b = format;

	while (strcmp(b->name, name))
		b++;
	return d >> b->lo & ((2u << (b->hi - b->lo)) - 1);
}

static void show_meaning(const struct bits *format, u32 d, const struct walk *w)
{
	struct line l = { .n = 0 };
	u32 ap = value(format, d, "AP2") << 2 | value(format, d, "AP");

	put_words(&l, "TEX C B = ");
	put_binary(&l, value(format, d, "TEX"), 3);
	put_words(&l, value(format, d, "C") ? " 1" : " 0");
	put_words(&l, value(format, d, "B") ? " 1: " : " 0: ");
	put_words(&l, walk_mem_name(w->mem));
	put_words(&l, w->exec ? "; XN = 0: may be executed" : "; XN = 1: never executed");
	say(&l);
	mm_log("    AP2 AP = %u %u%u: %s", ap >> 2, ap >> 1 & 1, ap & 1, access_words[ap]);
	mm_log("    nG = %s; S = %s; domain %u",
	       w->global ? "0: in all address spaces" : "1: per process",
	       w->shared ? "1: shared between cores" : "0: not shared", w->domain);
}

/* ---- the steps ---- */

static const struct bits *format_of(enum walk_kind kind)
{
	switch (kind) {
	case WALK_16M:
		return supersection_format;
	case WALK_1M:
		return section_format;
	case WALK_64K:
		return large_page_format;
	default:
		return small_page_format;
	}
}

static void show_table_base(pa_t l1, va_t va)
{
	mm_log("VA %p", va);
	mm_log("  bit 31 = %u: TTBR%u (TTBCR.N = 1), first-level table at %p%s", va >> 31, va >> 31,
	       l1, va >> 31 ? "" : "; no user space");
}

/* The lowest level: a descriptor that maps, or maps nothing. */
static void show_leaf(const struct walk *w, u32 level)
{
	u32 d = level == 1 ? w->l1 : w->l2;
	const struct bits *format = format_of(w->kind);

	if (w->kind == WALK_FAULT) {
		mm_log("  L%u descriptor 0x%08x: type (bits 1:0) = 00, nothing is mapped", level,
		       d);
		return;
	}
	mm_log("  L%u descriptor 0x%08x: a %s, %z%s", level, d, walk_kind_name(w->kind), w->size,
	       w->kind == WALK_16M || w->kind == WALK_64K ? ", one of 16 equal entries" : "");
	show_fields(format, d);
	show_meaning(format, d, w);
}

static void show_levels(pa_t l1, va_t va, const struct walk *w)
{
	pa_t table = w->l2_at & ~0x3ffu;

	mm_log("  L1 index = VA bits 31:20 = 0x%03x; %p + 0x%03x * 4 = %p", va >> 20, l1, va >> 20,
	       w->l1_at);
	if (!w->l2_at) {
		show_leaf(w, 1);
		return;
	}
	mm_log("  L1 descriptor 0x%08x: a second-level table at %p", w->l1, table);
	show_fields(table_format, w->l1);
	mm_log("  L2 index = VA bits 19:12 = 0x%02x; %p + 0x%02x * 4 = %p", va >> 12 & 0xff, table,
	       va >> 12 & 0xff, w->l2_at);
	show_leaf(w, 2);
}

static void show_end(const struct walk *w, va_t va)
{
	u32 top = 11;

	if (w->kind == WALK_FAULT) {
		mm_log("no PA: translation fault, %s level, for all of %p-%p",
		       w->l2_at ? "second" : "first", w->va, w->va + w->size - 1);
		return;
	}
	while (2u << top < w->size)
		top++;
	mm_log("PA %p = %p + 0x%x (VA bits %u:0): %s, r%s%s", w->pa + (va - w->va), w->pa,
	       va - w->va, top, walk_mem_name(w->mem), w->write ? "w" : "-", w->exec ? "x" : "-");
}

void walk_show(pa_t l1, va_t va)
{
	struct walk w;

	walk(l1, va, &w);
	show_table_base(l1, va);
	show_levels(l1, va, &w);
	show_end(&w, va);
}

/* ---- a physical address, meant as one ---- */

/* A carve-out lies inside a RAM row, and counts more. */
static const struct map_desc *row_at(const struct map_desc *rows, u32 n, pa_t pa)
{
	const struct map_desc *found = NULL;

	for (u32 i = 0; i < n; i++)
		if (pa - map_phys(&rows[i]) < rows[i].length &&
		    (!found || (rows[i].type & MAP_NOMAP)))
			found = &rows[i];
	return found;
}

bool walk_show_physical(const struct map_desc *rows, u32 n, pa_t l1, pa_t pa)
{
	const struct map_desc *row = row_at(rows, n, pa);
	pa_t to;

	if (walk_translate(l1, pa, &to) || !row)
		return false;
	if (row->type & MAP_NOMAP)
		mm_log("  physical %p is in carve-out '%s': ioremap_wc() it", pa, row->name);
	else if (pa - map_phys(row) < map_row_mapped(rows, n, row))
		mm_log("  physical %p is in row '%s': use %p", pa, row->name,
		       map_row_virt(rows, n, row) + (pa - map_phys(row)));
	else
		mm_log("  physical %p is RAM past the linear map: ioremap_cache() it", pa);
	return true;
}
