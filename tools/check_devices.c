/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tools/check_devices.c - a board's devices beside its map: which row maps the
 * registers, which are left to ioremap(), which nothing could map.
 */
#include "tools/check_devices.h"

#include <stdio.h>

#include "mm/check.h"

u32 device_registers(const struct device_desc *device, struct registers out[2])
{
	u32 n = 0;

	if (device->size)
		out[n++] = (struct registers){ device, device->phys, device->size };
	if (device->size2)
		out[n++] = (struct registers){ device, device->phys2, device->size2 };
	return n;
}

static pa_t last_of(const struct registers *r)
{
	return r->first + r->size - 1;
}

const struct map_desc *row_of_registers(const struct registers *r)
{
	for (u32 i = 0; i < map_io_rows; i++)
		if (!(map_io[i].type & MAP_IS_RAM) && r->first >= map_phys(&map_io[i]) &&
		    last_of(r) - map_phys(&map_io[i]) < map_io[i].length)
			return &map_io[i];
	return NULL;
}

/* ---- what is refused ---- */

static bool touches(const struct map_desc *row, const struct registers *r)
{
	return r->first <= map_phys(row) + row->length - 1 && map_phys(row) <= last_of(r);
}

static bool in_carve_out(const struct registers *r)
{
	for (u32 i = 0; i < map_io_rows; i++)
		if ((map_io[i].type & MAP_NOMAP) && r->first >= map_phys(&map_io[i]) &&
		    last_of(r) - map_phys(&map_io[i]) < map_io[i].length)
			return true;
	return false;
}

static const struct map_desc *ram_at(const struct registers *r)
{
	for (u32 i = 0; i < map_io_rows; i++)
		if ((map_io[i].type & (MAP_IS_RAM | MAP_NOMAP)) == MAP_IS_RAM &&
		    touches(&map_io[i], r) && !in_carve_out(r))
			return &map_io[i];
	return NULL;
}

static bool check_registers(const struct registers *r)
{
	const bool wraps = last_of(r) < r->first;
	const struct map_desc *ram = wraps ? NULL : ram_at(r);

	if (!wraps && !ram)
		return true;
	printf("map: device '%s' (pa 0x%08x, size 0x%x): its registers ", r->device->name, r->first,
	       r->size);
	if (wraps)
		printf("wrap past 4 GiB\n"
		       "map:   fix: correct the address or the size in board_devices\n");
	else
		printf("are inside RAM row '%s'\n"
		       "map:   fix: correct the address in board_devices, or make the RAM row "
		       "shorter\n",
		       ram->name);
	return false;
}

u32 check_devices(void)
{
	struct registers r[2];
	u32 refused = 0;

	for (u32 i = 0; i < board_device_rows; i++)
		for (u32 k = 0, n = device_registers(&board_devices[i], r); k < n; k++)
			refused += !check_registers(&r[k]);
	return refused;
}

/* ---- the list ---- */

static void show_row_to_add(const struct registers *r)
{
	pa_t first = r->first & PAGE_MASK;
	u32 length = (last_of(r) & PAGE_MASK) - first + PAGE_SIZE;

	printf("    to make it static: MAP_DEVICE(\"%s\", 0x%08x, 0x%08x, 0x%x),\n",
	       r->device->name, map_free_va(map_io, map_io_rows, first, length), first, length);
}

static void show_registers(const struct registers *r)
{
	const struct map_desc *row = row_of_registers(r);

	printf("  %-15s %-10s 0x%08x-0x%08x ", r->device->name, r->device->driver, r->first,
	       last_of(r));
	if (row) {
		printf("row '%s', at 0x%08x\n", row->name,
		       row->virtual + (r->first - map_phys(row)));
		return;
	}
	printf("no row: will be mapped dynamically by ioremap()\n");
	show_row_to_add(r);
}

/* No mistake by itself: a timer and a PWM may be one block. */
static void show_shared(const struct registers *a, const struct registers *b)
{
	if (a->first <= last_of(b) && b->first <= last_of(a))
		printf("  note: '%s' and '%s' share the registers 0x%08x-0x%08x\n", a->device->name,
		       b->device->name, a->first > b->first ? a->first : b->first,
		       last_of(a) < last_of(b) ? last_of(a) : last_of(b));
}

static void show_shared_with_earlier(u32 i)
{
	struct registers r[2], other[2];

	for (u32 k = 0, n = device_registers(&board_devices[i], r); k < n; k++)
		for (u32 j = 0; j < i; j++)
			for (u32 m = 0, of = device_registers(&board_devices[j], other); m < of;
			     m++)
				show_shared(&other[m], &r[k]);
}

void show_devices(void)
{
	struct registers r[2];

	printf("devices: their registers, and what maps them\n");
	for (u32 i = 0; i < board_device_rows; i++)
		for (u32 k = 0, n = device_registers(&board_devices[i], r); k < n; k++)
			show_registers(&r[k]);
	for (u32 i = 0; i < board_device_rows; i++)
		show_shared_with_earlier(i);
}
