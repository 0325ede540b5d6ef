/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/verify.c - the declared table against the walked descriptors.
 */
#include "mm/verify.h"

#include "mm/log.h"
#include "mm/walk.h"
#include "seam.h"

#define LINES_MAX 8u

struct verify {
	const struct map_piece *pieces;
	u32 n;
	u32 differences;
	u32 descriptors;
};

static const char *name_of(const struct map_piece *p)
{
	return p->row ? p->row->name : p->what;
}

static void differ(struct verify *v, va_t va, const char *what, const char *why)
{
	if (v->differences++ < LINES_MAX)
		mm_log("map: %p (%s): %s", va, what, why);
}

/* A supersection or large page is sixteen equal descriptors (B3.5.1, B3.5.2). */
static bool sixteen_differ(const struct walk *w)
{
	pa_t at = (w->l2_at ? w->l2_at : w->l1_at) & ~63u;

	if (w->kind != WALK_16M && w->kind != WALK_64K)
		return false;
	for (u32 i = 0; i < 16; i++)
		if (table_read(at + 4 * i) != (w->l2_at ? w->l2 : w->l1))
			return true;
	return false;
}

static const char *compare(const struct map_piece *p, const struct walk *w, va_t va)
{
	if (w->kind == WALK_FAULT)
		return "the table declares it, but nothing is mapped";
	if (w->pa + (va - w->va) != p->pa + (va - p->va))
		return "mapped to another physical address than declared";
	if (w->mem != (p->type & MEM_KIND))
		return "mapped with another memory type than declared";
	if (w->write != !!(p->type & MAP_WRITE) || w->exec != !!(p->type & MAP_EXEC) || w->user)
		return "mapped with other rights than declared";
	if (w->domain || w->shared || !w->global)
		return "domain, shareability or nG is not what the kit sets";
	if (sixteen_differ(w))
		return "the sixteen descriptors of a supersection or large page differ";
	if (w->odd)
		return "it has what the kit never writes (NS, PXN, no access, reserved bits)";
	return 0;
}

static void verify_piece(struct verify *v, pa_t root, const struct map_piece *p)
{
	va_t last = p->va + p->length - 1;

	for (va_t va = p->va;;) {
		struct walk w;
		const char *why;

		walk(root, va, &w);
		why = compare(p, &w, va);
		if (why)
			differ(v, va, name_of(p), why);
		if (last - w.va < w.size)
			return;
		va = w.va + w.size;
	}
}

static bool declared(const struct verify *v, va_t first, va_t last)
{
	for (u32 i = 0; i < v->n; i++)
		if (first >= v->pieces[i].va && last <= v->pieces[i].va + v->pieces[i].length - 1)
			return true;
	return false;
}

static bool verify_descriptor(const struct walk *w, void *arg)
{
	struct verify *v = arg;

	v->descriptors++;
	if (w->write && w->exec)
		differ(v, w->va, "live table", "writable and executable");
	if (w->exec && (w->mem == MEM_SO || w->mem == MEM_DEVICE))
		differ(v, w->va, "live table", "device memory is executable");
	if (!declared(v, w->va, w->va + w->size - 1))
		differ(v, w->va, "live table", "mapped, but the table does not declare it");
	return true;
}

u32 map_verify(const struct map_desc *rows, u32 n, const struct map_layout *lo, pa_t root)
{
	struct map_piece pieces[MAP_MAX_PIECES];
	struct verify v = { .pieces = pieces };

	v.n = map_pieces(rows, n, lo, pieces);
	/* The identity page was for the switch-on only and must be gone. */
	if (lo->image.total)
		v.n--;
	for (u32 i = 0; i < v.n; i++)
		verify_piece(&v, root, &pieces[i]);
	walk_visit(root, 0, 0xffffffffu, verify_descriptor, &v);
	if (v.differences)
		mm_log("map NOT verified: %u differences between the table and the descriptors",
		       v.differences);
	else
		mm_log("map verified: %u rows, %u descriptors", n, v.descriptors);
	return v.differences;
}
