/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/walk.c - read translation tables as the core does, and say so.
 *
 * Written from the manual's figures (DDI 0406C B3.5.1, B3.5.2) with shifts and
 * fields, not with the encoder's names, so that the two cannot be wrong in the
 * same way.
 */
#include "mm/walk.h"

#include "mm/log.h"
#include "mm/map.h"
#include "seam.h"

/* Bits [hi:lo] of @v. */
static u32 field(u32 v, u32 hi, u32 lo)
{
	return (v >> lo) & ((2u << (hi - lo)) - 1);
}

/* TEX, C, B without remapping: table B3-10. */
static u32 memory_of(u32 tex, u32 cb)
{
	switch (tex << 2 | cb) {
	case 0:
		return MEM_SO;
	case 1:
		return MEM_DEVICE;
	case 4:
		return MEM_NC;
	case 7:
		return MEM_CACHED;
	default:
		return WALK_MEM_OTHER;
	}
}

/* AP[2:0] with SCTLR.AFE = 0: table B3-8. */
static void rights_of(struct walk *w, u32 ap)
{
	w->user = ap == 2 || ap == 3 || ap == 6 || ap == 7;
	w->write = ap == 1 || ap == 2 || ap == 3;
	w->odd |= ap == 0 || ap == 4; /* no access; reserved */
}

static void fault(struct walk *w, va_t va, u32 size)
{
	w->kind = WALK_FAULT;
	w->va = va & ~(size - 1);
	w->pa = 0;
	w->size = size;
	w->write = w->exec = false;
}

static void range(struct walk *w, enum walk_kind kind, va_t va, u32 desc, u32 size)
{
	w->kind = kind;
	w->size = size;
	w->va = va & ~(size - 1);
	w->pa = desc & ~(size - 1);
}

/*
 * Bits that mean something to some core, and that this kit leaves 0: NS, PXN, bit 9
 * (IMPLEMENTATION DEFINED) and, of a supersection, the address above 4 GiB.
 */
static bool odd_in_section(u32 d, bool super)
{
	u32 odd = field(d, 0, 0) | field(d, 9, 9) | field(d, 19, 19);

	return super ? odd | field(d, 8, 5) | field(d, 23, 20) : odd;
}

static bool odd_in_table(u32 d)
{
	return field(d, 4, 2) | field(d, 9, 9);
}

static void read_section(struct walk *w, va_t va)
{
	u32 d = w->l1;
	bool super = field(d, 18, 18);

	if (super)
		range(w, WALK_16M, va, d, SZ_16M);
	else
		range(w, WALK_1M, va, d, SZ_1M);
	w->mem = memory_of(field(d, 14, 12), field(d, 3, 2));
	w->odd = odd_in_section(d, super);
	rights_of(w, field(d, 15, 15) << 2 | field(d, 11, 10));
	w->exec = !field(d, 4, 4);
	w->shared = field(d, 16, 16);
	w->global = !field(d, 17, 17);
	w->domain = super ? 0 : field(d, 8, 5);
}

static void read_page(struct walk *w, va_t va)
{
	u32 d = w->l2;

	if (field(d, 1, 0) == 1) {
		range(w, WALK_64K, va, d, SZ_64K);
		w->mem = memory_of(field(d, 14, 12), field(d, 3, 2));
		w->exec = !field(d, 15, 15);
		w->odd |= field(d, 8, 6) != 0;
	} else {
		range(w, WALK_4K, va, d, SZ_4K);
		w->mem = memory_of(field(d, 8, 6), field(d, 3, 2));
		w->exec = !field(d, 0, 0);
	}
	rights_of(w, field(d, 9, 9) << 2 | field(d, 5, 4));
	w->shared = field(d, 10, 10);
	w->global = !field(d, 11, 11);
}

void walk(pa_t l1, va_t va, struct walk *w)
{
	w->l1_at = l1 | field(va, 31, 20) << 2;
	w->l1 = table_read(w->l1_at);
	w->l2_at = w->l2 = 0;
	w->mem = WALK_MEM_OTHER;
	w->user = w->shared = w->global = false;
	w->odd = false;
	w->domain = 0;
	switch (field(w->l1, 1, 0)) {
	case 2:
	case 3:
		read_section(w, va);
		return;
	case 0:
		fault(w, va, SZ_1M);
		return;
	}
	w->odd = odd_in_table(w->l1);
	w->domain = field(w->l1, 8, 5);
	w->l2_at = field(w->l1, 31, 10) << 10 | field(va, 19, 12) << 2;
	w->l2 = table_read(w->l2_at);
	if (field(w->l2, 1, 0))
		read_page(w, va);
	else
		fault(w, va, SZ_4K);
}

bool walk_translate(pa_t l1, va_t va, pa_t *pa)
{
	struct walk w;

	walk(l1, va, &w);
	if (w.kind == WALK_FAULT)
		return false;
	*pa = w.pa + (va - w.va);
	return true;
}

const char *walk_kind_name(enum walk_kind kind)
{
	switch (kind) {
	case WALK_16M:
		return "supersection";
	case WALK_1M:
		return "section";
	case WALK_64K:
		return "large page";
	case WALK_4K:
		return "small page";
	default:
		return "no descriptor";
	}
}

const char *walk_mem_name(u32 mem)
{
	switch (mem) {
	case MEM_SO:
		return "strongly-ordered";
	case MEM_DEVICE:
		return "device";
	case MEM_NC:
		return "normal non-cached";
	case MEM_CACHED:
		return "normal cached";
	default:
		return "unknown memory type";
	}
}

void walk_visit(pa_t l1, va_t from, va_t to, bool (*fn)(const struct walk *w, void *arg), void *arg)
{
	struct walk w;

	for (va_t va = from;;) {
		walk(l1, va, &w);
		if (w.kind != WALK_FAULT && !fn(&w, arg))
			return;
		if (to - w.va < w.size)
			return;
		va = w.va + w.size;
	}
}

/* ---- the whole table ---- */

struct run {
	struct walk first;
	va_t next_va;
	pa_t next_pa;
	u32 count;
};

static void show_run(const struct run *r)
{
	const struct walk *w = &r->first;

	if (!r->count)
		return;
	mm_log("%p-%p -> %p %5u x %-12s r%s%s %s", w->va, r->next_va - 1, w->pa, r->count,
	       walk_kind_name(w->kind), w->write ? "w" : "-", w->exec ? "x" : "-",
	       walk_mem_name(w->mem));
}

static bool continues(const struct run *r, const struct walk *w)
{
	const struct walk *f = &r->first;

	return r->count && w->kind == f->kind && w->va == r->next_va && w->pa == r->next_pa &&
	       w->mem == f->mem && w->write == f->write && w->exec == f->exec && w->user == f->user;
}

static bool dump_one(const struct walk *w, void *arg)
{
	struct run *r = arg;

	if (!continues(r, w)) {
		show_run(r);
		r->first = *w;
		r->count = 0;
	}
	r->count++;
	r->next_va = w->va + w->size;
	r->next_pa = w->pa + w->size;
	return true;
}

void ptdump_show(pa_t l1)
{
	struct run r = { .count = 0 };

	walk_visit(l1, 0, 0xffffffffu, dump_one, &r);
	show_run(&r);
}
