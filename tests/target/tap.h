/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/target/tap.h - a small harness: tables of tests, TAP on the console.
 *
 * A test is a function that states facts with CHECK and CHECK_EQ.  The first one
 * that does not hold is the test's failure; the test goes on, so that it cleans
 * up after itself.  NEED is for what the rest cannot do without: it returns.
 */
#ifndef TESTS_TARGET_TAP_H
#define TESTS_TARGET_TAP_H

#include "mm/types.h"

/** struct tap_test - one line of a group's table */
struct tap_test {
	const char *name;
	void (*run)(void);
};

/** struct tap_group - tests with one theme; a word of the command line selects it */
struct tap_group {
	const char *name;
	void (*run)(void);
};

/** tap_start() - count from one, nothing has failed. */
void tap_start(void);
/** tap_finish() - print the plan.  Return: how many tests failed. */
u32 tap_finish(void);
/** tap_group() - run a group; its name stands before its tests' names. */
void tap_group(const struct tap_group *group);
/** tap_table() - run the tests of a table. */
void tap_table(const struct tap_test *tests, u32 n);

/**
 * tap_begin(), tap_end() - one test, for what is not in a table
 * @name: what holds
 * @of:   for whom: put behind the name; "" if nobody in particular
 */
void tap_begin(const char *name, const char *of);
void tap_end(void);

/** tap_skip() - the test in progress cannot be done here; @cause is printed. */
void tap_skip(const char *cause);

/** What the macros below call.  Return: whether it holds. */
bool tap_check(bool good, u32 line, const char *what);
bool tap_check_eq(u32 got, u32 want, u32 line, const char *what);

#define CHECK(fact) tap_check(fact, __LINE__, #fact)
#define CHECK_EQ(got, want) tap_check_eq((u32)(got), (u32)(want), __LINE__, #got)
#define NEED(fact)                                                                                 \
	do {                                                                                       \
		if (!tap_check(fact, __LINE__, #fact))                                             \
			return;                                                                    \
	} while (0)

#endif
