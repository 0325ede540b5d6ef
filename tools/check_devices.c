/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tools/check_devices.c - a board's devices beside its map: which row maps the
 * registers, which are left to ioremap(), which nothing could map.
 */
#include "tools/check_devices.h"

#include <stdio.h>
#include <string.h>

#include "drivers/probe.h"
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

/*
 * The least that any driver needs: sixteen clocks a bit, and 3 % off still works.
 * A timer runs at 32 kHz or more.  Below, MHz or a divisor was written.
 */
static u32 least_clock(const struct device_desc *device)
{
	if (device->class == DEV_CONSOLE)
		return 16u * CONSOLE_BAUD / 100 * 97;
	return device->class == DEV_TIMER ? 32000 : 0;
}

static bool check_clock(const struct device_desc *device)
{
	if (!device->clock || device->clock >= least_clock(device))
		return true;
	printf("map: device '%s' has .clock = %u: no clock in Hz, a %s takes %u or more\n"
	       "map:   fix: write the block's input clock in Hz in board_devices, as 48000000\n",
	       device->name, device->clock, device->class == DEV_CONSOLE ? "console" : "timer",
	       least_clock(device));
	return false;
}

u32 check_devices(void)
{
	struct registers r[2];
	u32 refused = 0;

	for (u32 i = 0; i < board_device_rows; i++) {
		for (u32 k = 0, n = device_registers(&board_devices[i], r); k < n; k++)
			refused += !check_registers(&r[k]);
		refused += !check_clock(&board_devices[i]);
	}
	return refused;
}

/* ---- the list ---- */

static void show_row_to_add(const struct registers *r, pa_t flat)
{
	pa_t first = r->first & PAGE_MASK;
	u32 length = (last_of(r) & PAGE_MASK) - first + PAGE_SIZE;

	va_t va = map_free_va(map_io, map_io_rows, flat, first, length);

	if (va)
		printf("    to make it static: MAP_DEVICE(\"%s\", 0x%08x, 0x%08x, 0x%x),\n",
		       r->device->name, va, first, length);
	else
		printf("    it cannot be static: no free virtual address has room for 0x%x bytes\n",
		       length);
}

static void show_registers(const struct registers *r, pa_t flat)
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
	show_row_to_add(r, flat);
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

/* The commonest slip: a manual that numbers from the first SPI. */
static void show_private_irq(const struct device_desc *device)
{
	bool gic = false;

	for (u32 i = 0; i < board_device_rows; i++)
		gic |= board_devices[i].class == DEV_INTC &&
		       !strcmp(board_devices[i].driver, "gic");
	if (gic && device->class == DEV_CONSOLE && device->irq > 0 && device->irq < 32)
		printf("  note: '%s' has .irq = %d: a GIC's shared interrupts begin at 32, SPI n "
		       "is "
		       "32 + n\n",
		       device->name, device->irq);
}

void show_devices(pa_t flat)
{
	struct registers r[2];

	printf("devices: their registers, and what maps them\n");
	for (u32 i = 0; i < board_device_rows; i++)
		for (u32 k = 0, n = device_registers(&board_devices[i], r); k < n; k++)
			show_registers(&r[k], flat);
	for (u32 i = 0; i < board_device_rows; i++)
		show_shared_with_earlier(i);
	for (u32 i = 0; i < board_device_rows; i++)
		show_private_irq(&board_devices[i]);
}
