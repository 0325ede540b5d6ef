/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/target/test_resource.c - who owns which registers.
 */
#include <errno.h>
#include <string.h>

#include "board/board.h"
#include "mm/resource.h"
#include "tests/target/groups.h"
#include "tests/target/touch.h"

/* More than any test here claims on either side of an address. */
#define ROOM 64

static void expect_refusal(pa_t start, u32 n, const char *name, int err)
{
	errno = 0;
	CHECK(!request_mem_region(start, n, name));
	CHECK_EQ(errno, err);
}

static void claim_and_release(void)
{
	const pa_t at = unclaimed_registers(ROOM);
	struct resource *r;

	if (!at)
		return;
	r = request_mem_region(at, 4, "test");
	NEED(r);
	CHECK_EQ(r->start, at);
	CHECK_EQ(r->end, at + 3);
	CHECK(resource_owner(at + 3) == r);
	CHECK(resource_owner(at + 4) != r);
	release_mem_region(at, 4);
	CHECK(resource_owner(at) != r);
	CHECK(!strcmp(resource_last_owner(at)->name, "test"));
}

static void conflicts(void)
{
	const pa_t at = unclaimed_registers(ROOM);

	if (!at)
		return;
	NEED(request_mem_region(at, 16, "first"));
	expect_refusal(at, 16, "second", EBUSY);
	expect_refusal(at + 15, 1, "second", EBUSY);
	expect_refusal(at - 4, 5, "second", EBUSY);
	expect_refusal(at - 4, 24, "second", EBUSY);
	CHECK(request_mem_region(at + 16, 4, "behind"));
	CHECK(request_mem_region(at - 4, 4, "before"));
	release_mem_region(at + 16, 4);
	release_mem_region(at - 4, 4);
	release_mem_region(at, 16);
	CHECK(request_mem_region(at, 16, "second"));
	release_mem_region(at, 16);
}

/* The console's driver has its registers: it says so. */
static void drivers_own_theirs(void)
{
	for (u32 i = 0; i < board_device_rows; i++) {
		const struct device_desc *d = &board_devices[i];

		if (d->class != DEV_CONSOLE)
			continue;
		CHECK(!strcmp(resource_owner(d->phys)->name, d->name));
		expect_refusal(d->phys, 4, "thief", EBUSY);
	}
}

static void nonsense(void)
{
	const pa_t at = unclaimed_registers(ROOM);
	const struct resource *row;

	if (!at)
		return;
	row = resource_owner(at);
	NEED(row);
	expect_refusal(at, 0, "test", EINVAL);
	expect_refusal(0xfffffffc, 8, "test", EINVAL);
	expect_refusal(at, 4, "", EINVAL);
	expect_refusal(at, 4, NULL, EINVAL);
	expect_refusal(row->end - 3, 8, "test", EINVAL); /* over the row's edge */
}

static void expect_bad_release(pa_t start, u32 n)
{
	u32 before = resource_bad_releases();

	errno = 0;
	release_mem_region(start, n);
	CHECK_EQ(errno, EINVAL);
	CHECK_EQ(resource_bad_releases(), before + 1);
}

static void bad_releases(void)
{
	const pa_t at = unclaimed_registers(ROOM);
	const struct resource *r;

	if (!at)
		return;
	r = request_mem_region(at, 8, "test");
	NEED(r);
	expect_bad_release(at, 4);
	expect_bad_release(at + 4, 4);
	expect_bad_release(at + 8, 8);
	expect_bad_release(at, 0);
	CHECK(resource_owner(at) == r);
	release_mem_region(at, 8);
	expect_bad_release(at, 8);
}

static const struct tap_test tests[] = {
	{ "four bytes are claimed and released", claim_and_release },
	{ "every overlap is a conflict: EBUSY; neighbours are not", conflicts },
	{ "the console's registers are the console's", drivers_own_theirs },
	{ "no size, no name, past 4 GiB, over a row's edge: EINVAL", nonsense },
	{ "bad releases are counted and harmless", bad_releases },
};

static void run(void)
{
	tap_table(tests, ARRAY_SIZE(tests));
}

const struct tap_group group_resource = { "resource", run };
