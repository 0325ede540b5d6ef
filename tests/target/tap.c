/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/target/tap.c - counting tests and saying what came of them.
 *
 * Lines go out through mm_log(), which needs neither stdio nor the heap: both
 * are among what is tested.
 */
#include "tests/target/tap.h"

#include "mm/log.h"

static struct {
	const char *group, *name, *of; /* the test in progress */
	const char *skipped; /* the cause, or NULL */
	const char *fact; /* the first that did not hold, or NULL */
	bool compared; /* it was CHECK_EQ: the next two mean something */
	u32 got, want;
	u32 line;
	u32 count, failed;
} tap;

void tap_start(void)
{
	tap.count = tap.failed = 0;
	tap.group = "";
}

u32 tap_finish(void)
{
	mm_log("1..%u", tap.count);
	return tap.failed;
}

void tap_group(const struct tap_group *group)
{
	tap.group = group->name;
	group->run();
}

void tap_begin(const char *name, const char *of)
{
	tap.name = name;
	tap.of = of;
	tap.skipped = tap.fact = NULL;
}

static void tell_failure(void)
{
	const char *space = *tap.of ? " " : "";

	if (tap.compared)
		mm_log("not ok %u - %s: %s%s%s # line %u: %s is 0x%x, wanted 0x%x", tap.count,
		       tap.group, tap.name, space, tap.of, tap.line, tap.fact, tap.got, tap.want);
	else
		mm_log("not ok %u - %s: %s%s%s # line %u: %s does not hold", tap.count, tap.group,
		       tap.name, space, tap.of, tap.line, tap.fact);
}

void tap_end(void)
{
	const char *space = *tap.of ? " " : "";

	tap.count++;
	if (tap.fact) {
		tap.failed++;
		tell_failure();
	} else if (tap.skipped) {
		mm_log("ok %u - %s: %s%s%s # SKIP %s", tap.count, tap.group, tap.name, space,
		       tap.of, tap.skipped);
	} else {
		mm_log("ok %u - %s: %s%s%s", tap.count, tap.group, tap.name, space, tap.of);
	}
}

void tap_table(const struct tap_test *tests, u32 n)
{
	for (u32 i = 0; i < n; i++) {
		tap_begin(tests[i].name, "");
		tests[i].run();
		tap_end();
	}
}

void tap_skip(const char *cause)
{
	tap.skipped = cause;
}

static void note(u32 line, const char *what)
{
	tap.fact = what;
	tap.line = line;
}

bool tap_check(bool good, u32 line, const char *what)
{
	if (!good && !tap.fact) {
		note(line, what);
		tap.compared = false;
	}
	return good;
}

bool tap_check_eq(u32 got, u32 want, u32 line, const char *what)
{
	if (got != want && !tap.fact) {
		note(line, what);
		tap.compared = true;
		tap.got = got;
		tap.want = want;
	}
	return got == want;
}
