/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/proof/resource.c - the inductive step of the resource tree: any good tree,
 * one call, a good tree.  resource_init()'s empty one is the first of the shapes.
 *
 * A call is obeyed when plain comparisons with every node say so, and then one node
 * has come or gone and the others have kept what they had; else nothing has changed.
 * OWNER: resource_owner() finds the innermost node of such a tree.
 *
 * sources: mm/resource.c
 * unwind: 17 find_link.0:4,container_of_range.0:4,adopt.0:4,resource_add.0:4
 * unwind: request_mem_region.0:4,unlink_exact.0:4,resource_owner.0:4
 * with: --no-sat-preprocessor -DREQUEST -DSHAPE=0
 * with: --no-sat-preprocessor -DREQUEST -DSHAPE=1
 * with: --no-sat-preprocessor -DREQUEST -DSHAPE=2
 * with: --no-sat-preprocessor -DREQUEST -DSHAPE=3
 * with: --no-sat-preprocessor -DREQUEST -DSHAPE=4
 * with: --no-sat-preprocessor -DREQUEST -DSHAPE=5
 * with: --no-sat-preprocessor -DREQUEST -DSHAPE=6
 * with: --no-sat-preprocessor -DREQUEST -DSHAPE=7
 * with: --no-sat-preprocessor -DREQUEST -DSHAPE=8
 * with: --no-sat-preprocessor -DRELEASE -DSHAPE=1
 * with: --no-sat-preprocessor -DRELEASE -DSHAPE=2
 * with: --no-sat-preprocessor -DRELEASE -DSHAPE=3
 * with: --no-sat-preprocessor -DRELEASE -DSHAPE=4
 * with: --no-sat-preprocessor -DRELEASE -DSHAPE=5
 * with: --no-sat-preprocessor -DRELEASE -DSHAPE=6
 * with: --no-sat-preprocessor -DRELEASE -DSHAPE=7
 * with: --no-sat-preprocessor -DRELEASE -DSHAPE=8
 * with: --external-sat-solver cadical -DOWNER
 * narrow: mm/resource.c s/MM_RESOURCES 192/MM_RESOURCES 1/
 * narrow: mm/resource.c s/static struct resource \*free_nodes/struct resource *free_nodes/
 * bound: trees of up to three nodes, in all of their nine shapes; a request may make a fourth
 * break: mm/resource.c s/if \(start < r->start \|\| end > r->end\)/if (start < r->start)/
 * break: mm/resource.c s/if \(r->start != start \|\| r->end != end\)/if (r->start != start)/
 * break: mm/resource.c s/\(\*link\)->end < start/(*link)->end <= start/
 */
#include "mm/resource.h"
#include "proof.h"
#include "tables.h"

#define NODES 4

/* Each one an object of its own: what points to one never points to the next. */
static struct resource one, two, three, none;
extern struct resource *free_nodes;

/* The parents of the nodes, which are in order and behind theirs; 0 is the root. */
static const struct shape {
	u32 n, parent[3];
} shapes[] = {
	{ 0, { 0 } },	    { 1, { 0 } },	{ 2, { 0, 0 } },
	{ 2, { 0, 1 } },    { 3, { 0, 0, 0 } }, { 3, { 0, 0, 2 } },
	{ 3, { 0, 1, 0 } }, { 3, { 0, 1, 1 } }, { 3, { 0, 1, 2 } },
};

static struct resource before[NODES];
static u32 used; /* how many nodes the tree has */

static struct resource *node(u32 i)
{
	struct resource *const all[] = { &iomem_resource, &one, &two, &three, &none };

	return all[i];
}

static void append(u32 i, u32 parent)
{
	struct resource *r = node(i), *up = node(parent), **link = &up->child;
	pa_t lowest = up->start;

	*r = (struct resource){ nondet_u32(), nondet_u32(), "n", nondet_u32() & 7, up, 0, 0 };
	for (; *link; link = &(*link)->sibling) {
		ASSUME((*link)->end < 0xffffffffu);
		lowest = (*link)->end + 1;
	}
	*link = r;
	ASSUME(lowest <= r->start && r->start <= r->end && r->end <= up->end);
	ASSUME(!(up->flags & IORESOURCE_BUSY));
}

static void any_tree(const struct shape *shape)
{
	used = shape->n;
	resource_init();
	free_nodes = node(used + 1);
	for (u32 i = 0; i < used; i++)
		append(i + 1, shape->parent[i]);
	for (u32 i = 0; i < used; i++)
		before[i] = *node(i + 1);
}

#ifdef OWNER
/* Of the nodes that hold @at, the one below all others: the last, as they are numbered. */
static void one_call(pa_t at, u32 n)
{
	const struct resource *found = NULL;

	(void)n;
	for (u32 i = 0; i < used; i++)
		if (before[i].start <= at && at <= before[i].end)
			found = node(i + 1);
	assert(resource_owner(at) == found);
	REACHED(found == &three);
}
#else
static u32 children_in_order(const struct resource *parent)
{
	const struct resource *last = NULL;
	u32 n = 0;

	for (const struct resource *r = parent->child; r && n <= NODES; last = r, r = r->sibling) {
		assert(r->parent == parent && r->start <= r->end);
		assert(parent->start <= r->start && r->end <= parent->end);
		assert(!last || last->end < r->start);
		assert(!(parent->flags & IORESOURCE_BUSY));
		n++;
	}
	return n;
}

static void is_below_root(const struct resource *r)
{
	for (u32 i = 0; i < NODES && r != &iomem_resource; i++)
		r = r->parent;
	assert(r == &iomem_resource);
}

/* The tree is a good one again, and all nodes but @gone and with @come are in it. */
static void tree_is_good(const struct resource *gone, const struct resource *come)
{
	u32 listed = children_in_order(&iomem_resource), n = 0;

	for (u32 i = 0; i < NODES; i++) {
		const struct resource *r = node(i + 1);

		if (r == gone || (i >= used && r != come))
			continue;
		n++;
		listed += children_in_order(r);
		is_below_root(r);
		if (r != come)
			assert(r->start == before[i].start && r->end == before[i].end &&
			       r->flags == before[i].flags && r->name[0] == 'n');
	}
	assert(listed == n);
	assert(iomem_resource.start == 0 && iomem_resource.end == 0xffffffffu);
}

static bool meets(const struct resource *r, pa_t start, pa_t end)
{
	return r->start <= end && start <= r->end;
}

static bool holds(const struct resource *r, pa_t start, pa_t end)
{
	return r->start <= start && end <= r->end;
}

#ifdef REQUEST
static void one_call(pa_t start, u32 n)
{
	const struct resource *free = free_nodes, *claim;
	bool fits = n && start + (uint64_t)n <= 1ull << 32;
	pa_t end = start + n - 1;

	for (u32 i = 0; i < used; i++)
		fits &= !meets(&before[i], start, end) ||
			(holds(&before[i], start, end) && !(before[i].flags & IORESOURCE_BUSY));
	claim = request_mem_region(start, n, "y");
	assert(fits || !claim);
	assert(!fits || claim || proof_may_fail);
	assert(!claim || (claim == free && claim->start == start && claim->end == end &&
			  claim->flags & IORESOURCE_BUSY && !claim->child));
	if (claim)
		tree_is_good(NULL, free);
	else
		assert(free_nodes == free), tree_is_good(NULL, NULL);
	REACHED(claim && end == 0xffffffff);
	REACHED(!claim && n);
}
#else
static void one_call(pa_t start, u32 n)
{
	const struct resource *free = free_nodes, *gone = NULL;
	u32 bad = resource_bad_releases();

	for (u32 i = 0; i < used; i++)
		if (before[i].flags & IORESOURCE_BUSY && before[i].start == start &&
		    before[i].end + 1ull == start + (uint64_t)n)
			gone = node(i + 1);
	release_mem_region(start, n);
	assert(resource_bad_releases() == bad + !gone);
	assert(free_nodes == (gone ? gone : free) && (!gone || gone->sibling == free));
	tree_is_good(gone, NULL);
	REACHED(gone);
	REACHED(!gone && n);
}
#endif
#endif

int main(void)
{
	proof_may_fail = nondet_bool();
#ifdef SHAPE
	any_tree(&shapes[SHAPE]);
	one_call(nondet_u32(), nondet_u32());
#else
	u32 shape = nondet_u32();

	for (u32 i = 0; i < ARRAY_SIZE(shapes); i++)
		if (i == shape) {
			any_tree(&shapes[i]);
			one_call(nondet_u32(), nondet_u32());
		}
#endif
	return 0;
}
