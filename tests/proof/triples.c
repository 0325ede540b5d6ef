/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/proof/triples.c - map_check() accepts three rows when each may be mapped, each
 * two can stand together and one is RAM, and never else.
 *
 * sources: mm/check.c
 * unwind: 4 check_window.0:8,kept_out.0:7
 * bound: three rows, any; names as a board writes them; no image, no console; the
 * pool of tables is taken to be large enough
 * break: mm/check.c s/\(a->type \^ b->type\) & MEM_KIND/(a->type ^ b->type) & MEM_DEVICE/
 * break: mm/check.c s/else if \(ram_a \|\| ram_b\)/else if (ram_a)/
 * break: mm/check.c s/if \(nomap \|\| !overlaps/if (!overlaps/
 * break: mm/check.c s/if \(last <= pa_last\(row\)\)/if (last < pa_last(row))/
 */
#include "mm/check.h"
#include "plan_stubs.h"
#include "proof.h"

/* Bytes from..to-1, in 64 bits: what ends at 4 GiB needs no exception. */
struct range {
	uint64_t from, to;
};

static struct range phys_of(const struct map_desc *r)
{
	uint64_t from = (uint64_t)r->pfn * 4096;

	return (struct range){ from, from + r->length };
}

static struct range virt_of(const struct map_desc *r)
{
	return (struct range){ r->virtual, (uint64_t)r->virtual + r->length };
}

static struct range common(struct range a, struct range b)
{
	return (struct range){ a.from > b.from ? a.from : b.from, a.to < b.to ? a.to : b.to };
}

static bool meet(struct range a, struct range b)
{
	struct range both = common(a, b);

	return both.from < both.to;
}

static bool is_static(const struct map_desc *r)
{
	return !(r->type & (MAP_IS_RAM | MAP_NOMAP));
}

static bool may_be_mapped(const struct map_desc *r)
{
	struct range va = virt_of(r);
	u32 kind = r->type % 4;
	bool write = r->type & MAP_WRITE, exec = r->type & MAP_EXEC;

	if (!r->length || r->length % 4096 || r->offset || phys_of(r).to > 1ull << 32)
		return false;
	if (!is_static(r))
		return (r->type == MT_MEMORY_RW || r->type == MT_RAM_NOMAP) && !r->virtual;
	if ((exec && write) || (exec && (kind == MEM_SO || kind == MEM_DEVICE)))
		return false;
	/* the two stretches that mm/layout.h leaves to rows */
	return va.from % 4096 == 0 && ((va.from >= 0x80000000u && va.to <= 0xbf000000u) ||
				       (va.from >= 0xf8000000u && va.to <= 0xffc00000u));
}

/* Is all that @a and @b share in @out, a carve-out? */
static bool kept_out(const struct map_desc *a, const struct map_desc *b, const struct map_desc *out)
{
	struct range both = common(phys_of(a), phys_of(b)), hole = phys_of(out);

	return out->type == MT_RAM_NOMAP && hole.from <= both.from && both.to <= hole.to;
}

static bool fit_together(const struct map_desc *a, const struct map_desc *b,
			 const struct map_desc *third)
{
	bool same_pages = meet(phys_of(a), phys_of(b));

	if (a->type == MT_RAM_NOMAP || b->type == MT_RAM_NOMAP)
		return true;
	if (!is_static(a) && !is_static(b))
		return !same_pages;
	if (!is_static(a) || !is_static(b))
		return !same_pages || kept_out(a, b, third);
	if (meet(virt_of(a), virt_of(b)))
		return false;
	return !same_pages ||
	       (a->type % 4 == b->type % 4 && !(a->type & MAP_WRITE && b->type & MAP_EXEC) &&
		!(b->type & MAP_WRITE && a->type & MAP_EXEC));
}

static bool is_good(const struct map_desc *a, const struct map_desc *b, const struct map_desc *c)
{
	return may_be_mapped(a) && may_be_mapped(b) && may_be_mapped(c) &&
	       (a->type == MT_MEMORY_RW || b->type == MT_MEMORY_RW || c->type == MT_MEMORY_RW) &&
	       fit_together(a, b, c) && fit_together(a, c, b) && fit_together(b, c, a);
}

static struct map_desc rows[3];

static void any_row(struct map_desc *r)
{
	r->name[0] = 'a';
	r->virtual = nondet_u32();
	r->pfn = nondet_u32();
	r->offset = nondet_u32();
	r->length = nondet_u32();
	r->type = nondet_u32() & 63; /* no other bits are defined */
}

int main(void)
{
	struct map_layout lo = { .tables = 1 };
	bool good;

	any_row(&rows[0]);
	any_row(&rows[1]);
	any_row(&rows[2]);
	good = is_good(&rows[0], &rows[1], &rows[2]);
	assert(!map_check(rows, 3, &lo) == good);
	REACHED(good && rows[1].type == MT_RAM_NOMAP && rows[2].pfn == rows[1].pfn);
	REACHED(!good && may_be_mapped(&rows[0]) && may_be_mapped(&rows[1]) &&
		may_be_mapped(&rows[2]));
	return 0;
}
