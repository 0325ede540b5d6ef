/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/resource.h - who owns which physical addresses: Linux's resource tree.
 *
 * RAM banks and static rows are containers, never busy: a driver may request
 * any part of one.  A request is busy: it collides with every other request
 * that shares a byte with it, and the refusal names both owners.
 */
#ifndef MM_RESOURCE_H
#define MM_RESOURCE_H

#include "mm/types.h"

enum { IORESOURCE_MEM = 1, IORESOURCE_BUSY = 2, IORESOURCE_RAM = 4 };

#define RESOURCE_NAME_LEN 16

/** struct resource - a node of the tree; @start and @end are inclusive bytes. */
struct resource {
	pa_t start;
	pa_t end;
	char name[RESOURCE_NAME_LEN]; /* a copy, cut to 15 characters */
	u32 flags;
	struct resource *parent, *sibling, *child;
};

/** The root: all physical addresses. */
extern struct resource iomem_resource;

/**
 * request_mem_region() - claim physical addresses for a driver
 * @start: first byte; any alignment (the course claims GPJ0CON's four bytes)
 * @n:     bytes
 * @name:  the owner, as `iomem` and refusals show it; copied
 *
 * Return: the claim, or NULL with errno EBUSY (somebody else's bytes), EINVAL
 * (n == 0, past 4 GiB, no name, or partly inside a container) or ENOMEM (no
 * free node: raise MM_RESOURCES).  One log line says which and who.
 * Context: any, interrupts on or off; not from an interrupt handler.
 */
struct resource *request_mem_region(pa_t start, u32 n, const char *name);

/**
 * release_mem_region() - give a claim back
 * @start, @n: exactly as requested
 *
 * Anything else is reported, counted (resource_bad_releases()) and harmless;
 * errno is EINVAL then.  Context: as request_mem_region().
 */
void release_mem_region(pa_t start, u32 n);

/**
 * resource_add() - put a container (RAM bank, static row, carve-out) into the tree
 *
 * Containers nest: one that lies inside another goes below it, whichever came
 * first.  Return: 0, -EBUSY (it crosses the edge of another) or -ENOMEM; then
 * nothing has changed.  Context: start-up.
 */
int resource_add(pa_t start, u32 n, const char *name, u32 flags);

/**
 * resource_owner() - the innermost node that holds @pa, or NULL
 *
 * A claim's node is good until it is released.
 * Context: any, also from an interrupt or abort handler.
 */
const struct resource *resource_owner(pa_t pa);

/**
 * resource_last_owner() - the claim that was released last and held @pa
 *
 * For the abort report: after release_mem_region() the node keeps its name
 * until it is used again.  NULL when nobody is remembered.
 * Context: any, also from an interrupt or abort handler.
 */
const struct resource *resource_last_owner(pa_t pa);

/** iomem_show() - print the tree through mm_log(), as /proc/iomem does.  Context: any. */
void iomem_show(void);

/** resource_init() - empty the tree.  Context: start-up. */
void resource_init(void);

/** How many releases were bad since start.  Context: any. */
u32 resource_bad_releases(void);

#endif
