/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/proof/tree.c - the resource tree: after each request and release siblings
 * ascend without sharing a byte and children lie in their parents; a refusal
 * changes no byte's owner, and a claim changes those of its own bytes alone.
 *
 * sources: mm/resource.c
 * unwind: 17 resource_init.0:5,find_link.0:5,container_of_range.0:4,adopt.0:5,resource_add.0:5
 * unwind: request_mem_region.0:4,unlink_exact.0:4,resource_owner.0:4,in_order.0:6,tree_is_good.0:5
 * with: -DREQUEST
 * with: -DRELEASE
 * narrow: mm/resource.c s/MM_RESOURCES 192/MM_RESOURCES 4/
 * bound: a container, a claim and one call more; four nodes, of 192
 * break: mm/resource.c s/if \(start < r->start \|\| end > r->end\)/if (start < r->start)/
 * break: mm/resource.c s/if \(r->start != start \|\| r->end != end\)/if (r->start != start)/
 */
#include "mm/resource.h"
#include "proof.h"
#include "tables.h"

#define NODES 4

static bool in_order(const struct resource *parent)
{
	const struct resource *r = parent->child, *last = NULL;

	for (u32 i = 0; r && i <= NODES; i++, last = r, r = r->sibling)
		if (r->start > r->end || r->start < parent->start || r->end > parent->end ||
		    r->parent != parent || (last && last->end >= r->start))
			return false;
	return !r;
}

static bool tree_is_good(void)
{
	if (!in_order(&iomem_resource))
		return false;
	for (const struct resource *r = iomem_resource.child; r; r = r->sibling)
		if (!in_order(r))
			return false;
	return true;
}

#ifdef REQUEST
/* @at is any byte. */
static void one_call(pa_t at, pa_t start, u32 n)
{
	const struct resource *was = resource_owner(at);
	const struct resource *claim = request_mem_region(start, n, "y");

	assert(resource_owner(at) == (claim && at - start < n ? claim : was));
}
#else
static void one_call(pa_t at, pa_t start, u32 n)
{
	const struct resource *was = resource_owner(at), *is;
	u32 bad = resource_bad_releases();

	release_mem_region(start, n);
	is = resource_owner(at);
	if (resource_bad_releases() != bad || at - start >= n)
		assert(is == was);
	else
		assert(was && is != was);
}
#endif

int main(void)
{
	pa_t start = nondet_u32();
	u32 n = nondet_u32();

	resource_init();
	ASSUME(n && start + n - 1 >= start);
	resource_add(start, n, "row", IORESOURCE_MEM);
	request_mem_region(nondet_u32(), nondet_u32(), "x");
	one_call(nondet_u32(), nondet_u32(), nondet_u32());
	assert(tree_is_good());
	return 0;
}
