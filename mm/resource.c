/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/resource.c - the resource tree: siblings in ascending order, children
 * inside their parent.
 */
#include "mm/resource.h"

#include <errno.h>

#include "mm/log.h"
#include "seam.h"

#define MM_RESOURCES 192

struct resource iomem_resource;

static struct resource nodes[MM_RESOURCES];
static struct resource *free_nodes; /* last released first, linked by sibling */
static u32 bad_releases;

void resource_init(void)
{
	iomem_resource = (struct resource){ .end = 0xffffffffu, .name = "iomem" };
	free_nodes = 0;
	bad_releases = 0;
	for (u32 i = MM_RESOURCES; i--;) {
		nodes[i] = (struct resource){ .sibling = free_nodes };
		free_nodes = &nodes[i];
	}
}

u32 resource_bad_releases(void)
{
	return bad_releases;
}

/* The first child of @parent that ends at or after @start: *link points at it. */
static struct resource **find_link(struct resource *parent, pa_t start)
{
	struct resource **link = &parent->child;

	while (*link && (*link)->end < start)
		link = &(*link)->sibling;
	return link;
}

static struct resource *new_node(pa_t start, pa_t end, const char *name, u32 flags)
{
	struct resource *r = free_nodes;
	u32 i;

	if (!r || seam_fail_alloc())
		return 0;
	free_nodes = r->sibling;
	r->start = start;
	r->end = end;
	r->flags = flags;
	r->child = 0;
	for (i = 0; i < RESOURCE_NAME_LEN - 1 && name[i]; i++)
		r->name[i] = name[i];
	for (; i < RESOURCE_NAME_LEN; i++)
		r->name[i] = 0;
	return r;
}

static void link_node(struct resource *parent, struct resource **link, struct resource *r)
{
	r->parent = parent;
	r->sibling = *link;
	*link = r;
}

/* The innermost container that holds all of [@start, @end]. */
static struct resource *container_of_range(pa_t start, pa_t end)
{
	struct resource *parent = &iomem_resource;

	for (;;) {
		struct resource *r = *find_link(parent, start);

		if (!r || r->start > start || r->end < end || (r->flags & IORESOURCE_BUSY))
			return parent;
		parent = r;
	}
}

/* What lies inside the new node moves below it; *link: the first of them. */
static void adopt(struct resource *r, struct resource **link)
{
	struct resource **last = &r->child;

	while (*link && (*link)->end <= r->end) {
		*last = *link;
		(*last)->parent = r;
		*link = (*link)->sibling;
		last = &(*last)->sibling;
	}
	*last = 0;
}

int resource_add(pa_t start, u32 n, const char *name, u32 flags)
{
	pa_t end = start + n - 1;
	struct resource *parent = container_of_range(start, end);
	struct resource **link = find_link(parent, start), *next, *r;

	for (next = *link; next && next->start <= end; next = next->sibling)
		if (next->start < start || next->end > end)
			return -EBUSY;
	r = new_node(start, end, name, flags);
	if (!r)
		return -ENOMEM;
	adopt(r, link);
	link_node(parent, link, r);
	return 0;
}

static struct resource *refuse(int err, pa_t start, pa_t end, const char *name,
			       const struct resource *other, const char *why)
{
	if (other)
		mm_log("request_mem_region: '%s' %p-%p refused: %s '%s' %p-%p", name, start, end,
		       why, other->name, other->start, other->end);
	else
		mm_log("request_mem_region: '%s' %p-%p refused: %s", name, start, end, why);
	errno = err;
	return 0;
}

struct resource *request_mem_region(pa_t start, u32 n, const char *name)
{
	pa_t end = start + n - 1;
	struct resource *parent = &iomem_resource, **link, *r;
	u32 flags;

	if (!name || !*name)
		return refuse(EINVAL, start, end, "?", 0, "a claim needs its owner's name");
	if (!n)
		return refuse(EINVAL, start, start, name, 0, "its size is 0");
	if (end < start)
		return refuse(EINVAL, start, end, name, 0, "it wraps past 4 GiB");
	flags = irq_save();
	for (;;) {
		link = find_link(parent, start);
		if (!*link || (*link)->start > end)
			break;
		r = *link;
		if (r->flags & IORESOURCE_BUSY) {
			irq_restore(flags);
			return refuse(EBUSY, start, end, name, r, "held by");
		}
		if (start < r->start || end > r->end) {
			irq_restore(flags);
			return refuse(EINVAL, start, end, name, r,
				      "claim the parts one by one, it crosses the edge of");
		}
		parent = r;
	}
	r = new_node(start, end, name, IORESOURCE_MEM | IORESOURCE_BUSY);
	if (r)
		link_node(parent, link, r);
	irq_restore(flags);
	return r ? r : refuse(ENOMEM, start, end, name, 0, "no free node, raise MM_RESOURCES");
}

/* Take the busy node with exactly these bounds out of the tree. */
static bool unlink_exact(pa_t start, pa_t end)
{
	struct resource *parent = &iomem_resource;

	for (;;) {
		struct resource **link = find_link(parent, start);
		struct resource *r = *link;

		if (!r)
			return false;
		if (!(r->flags & IORESOURCE_BUSY)) {
			parent = r;
			continue;
		}
		if (r->start != start || r->end != end)
			return false;
		*link = r->sibling;
		r->sibling = free_nodes;
		free_nodes = r;
		return true;
	}
}

void release_mem_region(pa_t start, u32 n)
{
	u32 flags = irq_save();
	bool found = n && unlink_exact(start, start + n - 1);
	const struct resource *owner;

	bad_releases += !found;
	irq_restore(flags);
	if (found)
		return;
	owner = resource_owner(start);
	mm_log("release_mem_region: %p size 0x%x was not requested like this; it is inside '%s'",
	       start, n, owner ? owner->name : "nothing");
	errno = EINVAL;
}

const struct resource *resource_owner(pa_t pa)
{
	struct resource *parent = &iomem_resource, *owner = 0;

	for (;;) {
		struct resource *r = *find_link(parent, pa);

		if (!r || r->start > pa)
			return owner;
		owner = parent = r;
	}
}

const struct resource *resource_last_owner(pa_t pa)
{
	for (const struct resource *r = free_nodes; r; r = r->sibling)
		if (r->name[0] && r->start <= pa && pa <= r->end)
			return r;
	return 0;
}

static void show(const struct resource *r, const char *indent)
{
	for (; r; r = r->sibling) {
		mm_log("%s%08x-%08x : %s%s", indent, r->start, r->end, r->name,
		       r->flags & IORESOURCE_BUSY ? "" :
		       r->flags & IORESOURCE_RAM  ? " (RAM)" :
						    " (row)");
		show(r->child, "  ");
	}
}

void iomem_show(void)
{
	show(iomem_resource.child, "");
}
