/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_random.c - random operations from a printed seed, on several
 * machines, against the reference model of ops.c.
 *
 *   test_random [SEED [OPS]]     or SEED=... OPS=... in the environment
 *
 * The same numbers give the same run.  A million operations, which is what is
 * done when nothing is said, take some twenty seconds.
 */
#include "helpers.h"

#include <stdio.h>
#include <stdlib.h>

#include "ops.h"

#define MACHINES 5

static u32 seed = 20111, operations = 1000000, step;

static u32 next(void *arg)
{
	return rnd(arg);
}

static void fail_with_seed(const char *message)
{
	fail_msg("step %u: %s; again: SEED=%u OPS=%u test_random", step, message, seed, operations);
}

static void run(const struct model_config *config, u32 salt)
{
	struct rng r = { (seed + salt) * 2654435761u | 1 };

	ops_fail = fail_with_seed;
	ops_start(config);
	for (step = 0; step < operations / MACHINES; step++) {
		ops_step(next, &r);
		if (step % 10000 == 9999)
			ops_check_all();
	}
	ops_check_all();
	ops_finish();
}

static void late_cleans(void **state)
{
	static const struct model_config config = { .line = 64 };

	(void)state;
	run(&config, 1);
}
static void early_evictions(void **state)
{
	static const struct model_config config = { .line = 32, .evict = EVICT_AT_ONCE };

	(void)state;
	run(&config, 2);
}
static void random_evictions(void **state)
{
	struct model_config config = { .line = 64, .evict = EVICT_RANDOM, .seed = seed };

	(void)state;
	run(&config, 3);
}
static void coherent_walker(void **state)
{
	static const struct model_config config = { .line = 64, .coherent_walk = true };

	(void)state;
	run(&config, 4);
}
static void no_speculation_no_supersections(void **state)
{
	static const struct model_config config = { .lazy = true, .no_supersections = true };

	(void)state;
	run(&config, 5);
}

static void everything_was_tried(void **state)
{
	(void)state;
	if (operations < 10000)
		skip();
	assert_true(ops_tally.maps > operations / 8);
	assert_true(ops_tally.unmaps > operations / 8);
	assert_true(ops_tally.static_maps > operations / 100);
	assert_true(ops_tally.refused > operations / 100);
	assert_true(ops_tally.bad_unmaps > operations / 100);
	assert_true(ops_tally.claims > operations / 100);
	assert_true(ops_tally.conflicts > operations / 100);
	assert_true(ops_tally.rights > operations / 1000);
	assert_true(ops_tally.failures > operations / 10000);
	print_message("           %u maps, %u by static rows, %u unmaps, %u bad, %u refused, %u "
		      "claims, %u conflicts, %u changes of rights, %u failures\n",
		      ops_tally.maps, ops_tally.static_maps, ops_tally.unmaps, ops_tally.bad_unmaps,
		      ops_tally.refused, ops_tally.claims, ops_tally.conflicts, ops_tally.rights,
		      ops_tally.failures);
}

static u32 option(const char *variable, const char *argument, u32 value)
{
	const char *text = argument ? argument : getenv(variable);

	return text && *text ? (u32)strtoul(text, NULL, 0) : value;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(late_cleans, power_off),
		cmocka_unit_test_teardown(early_evictions, power_off),
		cmocka_unit_test_teardown(random_evictions, power_off),
		cmocka_unit_test_teardown(coherent_walker, power_off),
		cmocka_unit_test_teardown(no_speculation_no_supersections, power_off),
		cmocka_unit_test(everything_was_tried),
	};

	seed = option("SEED", argc > 1 ? argv[1] : NULL, seed);
	operations = option("OPS", argc > 2 ? argv[2] : NULL, operations);
	printf("random: SEED=%u OPS=%u\n", seed, operations);
	return cmocka_run_group_tests_name("random", tests, NULL, NULL);
}
