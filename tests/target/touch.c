/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/target/touch.c - accesses that come back, and places to try them on.
 */
#include "tests/target/touch.h"

#include "boot/boot.h"
#include "drivers/probe.h"
#include "mm/ioremap.h"
#include "mm/iotable.h"
#include "mm/pgtable.h"
#include "mm/resource.h"
#include "mm/walk.h"
#include "seam.h"
#include "tests/target/tap.h"

#define MODE_SVC 0x13u

extern const char __tables_start[], __tables_end[];

struct attempt {
	access_fn access;
	va_t va;
	u32 value;
};

static void attempt(void *arg)
{
	const struct attempt *a = arg;

	a->access(a->va, a->value);
	dsb(); /* an asynchronous abort would come here */
}

bool touch(access_fn access, va_t va, u32 value, struct abort_info *info)
{
	struct attempt a = { access, va, value };

	return abort_catch(attempt, &a, info, false);
}

/* FS[4] is bit 10 of either register, FS[3:0] its low bits. */
static u32 status_of(u32 fsr)
{
	return (fsr & 15) | (fsr >> 10 & 1) << 4;
}

static void expect_abort(access_fn access, va_t va, struct abort_info *info)
{
	bool aborted = touch(access, va, 0xe12fff1e, info);

	CHECK(aborted);
	if (!aborted)
		*info = (struct abort_info){ 0 };
	CHECK(!info->undefined);
	CHECK_EQ(info->far, va);
	CHECK_EQ(info->cpsr & 0x1f, MODE_SVC);
	CHECK(irqs_enabled());
}

void expect_data_abort(access_fn access, va_t va, u32 status, bool write)
{
	struct abort_info info;

	expect_abort(access, va, &info);
	CHECK(!info.prefetch);
	CHECK_EQ(status_of(info.fsr), status);
	CHECK_EQ(info.fsr >> 11 & 1, write); /* WnR */
	CHECK_EQ(info.pc, (va_t)access);
}

void expect_no_execute(va_t va, u32 status)
{
	struct abort_info info;

	expect_abort(access_execute, va, &info);
	CHECK(info.prefetch);
	CHECK_EQ(status_of(info.fsr), status);
	CHECK_EQ(info.pc, va);
}

void expect_works(access_fn access, va_t va, u32 value)
{
	struct abort_info info;

	CHECK(!touch(access, va, value, &info));
}

u32 permission_status(va_t va)
{
	struct walk w;

	walk(pgtable_root(), va, &w);
	return w.size >= SZ_1M ? STATUS_PERMISSION_L1 : STATUS_PERMISSION_L2;
}

/* ---- places ---- */

static bool nobody_has(pa_t first, pa_t last)
{
	const struct resource *r = iomem_resource.child;

	while (r && (r->end < first || r->start > last))
		r = r->sibling;
	return !r;
}

pa_t hole_in_memory(u32 size, u32 align)
{
	for (pa_t at = 0u - align; at; at -= align)
		if (0u - at >= size && nobody_has(at, at + size - 1))
			return at;
	tap_skip("the rows leave no hole in the physical map that is large enough");
	return 0;
}

void __iomem *map_hole(u32 size, u32 align)
{
	pa_t pa = hole_in_memory(size, align);
	void __iomem *p = pa ? ioremap_new(pa, size) : NULL;

	if (pa)
		CHECK(p);
	return p;
}

/* RAM that neither the image nor a carve-out has? */
static bool ram_is_spare(pa_t from, u32 size)
{
	const struct map_image *im = &boot_info.layout.image;

	if (from < im->phys + im->total && from + size > im->phys)
		return false;
	for (u32 at = 0; at < size; at += PAGE_SIZE)
		if (static_row_kept_out(from + at, from + at))
			return false;
	return true;
}

/* The highest RAM of the linear map: the image was loaded low. */
va_t spare_ram(u32 size, u32 align)
{
	va_t found = 0;

	for (u32 i = 0; static_row_get(i); i++) {
		const struct static_row *row = static_row_get(i);

		if (!(row->type & MAP_IS_RAM))
			continue;
		for (va_t at = (row->va_last + 1 - size) & ~(align - 1);
		     at >= row->va && at < row->va_last; at -= align)
			if (ram_is_spare(__virt_to_phys(at), size)) {
				found = at;
				break;
			}
	}
	return found;
}

/* Does a device of the board have registers in that row? */
static bool row_in_use(const struct static_row *row)
{
	const struct device_desc *d;

	for (u32 i = 0; (d = device_desc_at(i)); i++)
		if ((d->phys && d->phys >= row->pa && d->phys <= row->pa_last) ||
		    (d->phys2 && d->phys2 >= row->pa && d->phys2 <= row->pa_last))
			return true;
	return false;
}

/* The first GPIO block's row, or one that no driver uses. */
const struct static_row *spare_row(void)
{
	const struct gpio_chip *chip = device_gpio(0);
	const struct static_row *row = chip ? static_row_by_pa(chip->phys, chip->phys) : NULL;

	for (u32 i = 0; !row && static_row_get(i); i++) {
		row = static_row_get(i);
		if (row->type != MT_DEVICE || row_in_use(row))
			row = NULL;
	}
	if (!row)
		tap_skip("nothing to try it on: no GPIO block, no MAP_DEVICE row without a driver");
	return row;
}

/* A row may be wider than the blocks in it, and the bus refuses the rest. */
va_t readable_in(const struct static_row *row)
{
	const struct gpio_chip *chip = device_gpio(0);

	if (!chip || chip->phys - row->pa > row->pa_last - row->pa)
		return row->va;
	return row->va + ((chip->phys & PAGE_MASK) - row->pa);
}

/* Is nobody's driver in [@from, @to]? */
static bool unclaimed(pa_t from, pa_t to)
{
	for (pa_t at = from; at <= to; at++)
		if (!resource_owner(at) || (resource_owner(at)->flags & IORESOURCE_BUSY))
			return false;
	return true;
}

pa_t unclaimed_registers(u32 room)
{
	const struct static_row *row = spare_row();

	if (!row)
		return 0;
	for (pa_t at = row->pa + 256; at < row->pa_last - room; at += 256)
		if (unclaimed(at - room, at + room))
			return at;
	tap_skip("every page of the row at hand has its driver");
	return 0;
}

/* A second view of the console does not disturb it. */
pa_t spare_register(void)
{
	const struct gpio_chip *chip = device_gpio(0);

	return (chip ? chip->phys : boot_info.layout.console) & PAGE_MASK;
}

u32 tables_sum(void)
{
	u32 sum = 0;

	for (const volatile u32 *p = (const u32 *)__tables_start; p < (const u32 *)__tables_end;
	     p++)
		sum = (sum << 5 | sum >> 27) + *p * 0x9e3779b1u;
	return sum;
}
