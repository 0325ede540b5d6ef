/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/m32/cmocka.h - the few words of cmocka that the tests use, for
 * 32-bit builds: a 64-bit Debian has the compiler for them (gcc -m32), but no
 * 32-bit cmocka.  Put -Itests/unit/m32 before the system's headers and leave
 * out -lcmocka.  Same names, same lines of output; no mocks, no expectations.
 */
#ifndef TESTS_UNIT_M32_CMOCKA_H
#define TESTS_UNIT_M32_CMOCKA_H

#include <stdio.h>
#include <string.h>

typedef int (*mini_fixture)(void **state);

struct CMUnitTest {
	const char *name;
	void (*test_func)(void **state);
	mini_fixture setup_func, teardown_func;
	void *initial_state;
};

#define cmocka_unit_test_setup_teardown(f, setup, teardown)                                        \
	{                                                                                          \
#f, f, setup, teardown, NULL                                                       \
	}
#define cmocka_unit_test(f) cmocka_unit_test_setup_teardown(f, NULL, NULL)
#define cmocka_unit_test_teardown(f, teardown) cmocka_unit_test_setup_teardown(f, NULL, teardown)

/* One program is one translation unit with main(); helpers only jump there. */
extern jmp_buf mini_jump __attribute__((weak));
jmp_buf mini_jump __attribute__((weak));
enum { MINI_FAILED = 1, MINI_SKIPPED };

#define print_message printf
#define print_error(...) fprintf(stderr, __VA_ARGS__)
#define mini_stop(...)                                                                             \
	do {                                                                                       \
		fprintf(stderr, __VA_ARGS__);                                                      \
		fprintf(stderr, "\n[   LINE   ] --- %s:%d: error: Failure!\n", __FILE__,           \
			__LINE__);                                                                 \
		longjmp(mini_jump, MINI_FAILED);                                                   \
	} while (0)
#define fail_msg(...) mini_stop("ERROR: " __VA_ARGS__)
#define skip() longjmp(mini_jump, MINI_SKIPPED)

#define mini_check(condition, ...)                                                                 \
	do {                                                                                       \
		if (!(condition))                                                                  \
			mini_stop("[  ERROR   ] --- " __VA_ARGS__);                                \
	} while (0)
#define mini_number(v) ((unsigned long long)(v))

#define assert_true(c) mini_check(c, "%s", #c)
#define assert_false(c) mini_check(!(c), "!(%s)", #c)
#define assert_null(p) mini_check(!(p), "%s is not NULL", #p)
#define assert_non_null(p) mini_check(p, "%s is NULL", #p)
#define assert_ptr_equal(a, b)                                                                     \
	mini_check((const volatile void *)(a) == (const volatile void *)(b), "%s != %s", #a, #b)
#define assert_int_equal(a, b)                                                                     \
	do {                                                                                       \
		unsigned long long mini_a = mini_number(a), mini_b = mini_number(b);               \
		mini_check(mini_a == mini_b, "0x%llx != 0x%llx", mini_a, mini_b);                  \
	} while (0)
#define assert_int_not_equal(a, b)                                                                 \
	do {                                                                                       \
		unsigned long long mini_a = mini_number(a), mini_b = mini_number(b);               \
		mini_check(mini_a != mini_b, "0x%llx == 0x%llx", mini_a, mini_b);                  \
	} while (0)
#define assert_string_equal(a, b)                                                                  \
	do {                                                                                       \
		const char *mini_a = (a), *mini_b = (b);                                           \
		mini_check(!strcmp(mini_a, mini_b), "\"%s\" != \"%s\"", mini_a, mini_b);           \
	} while (0)
#define assert_memory_equal(a, b, n) mini_check(!memcmp(a, b, n), "%s and %s differ", #a, #b)

/* Run one; 0, MINI_FAILED or MINI_SKIPPED. */
static inline int mini_run(const struct CMUnitTest *t)
{
	void *state = t->initial_state;
	int stop;

	printf("[ RUN      ] %s\n", t->name);
	fflush(stdout);
	stop = setjmp(mini_jump);
	if (!stop && t->setup_func && t->setup_func(&state))
		stop = MINI_FAILED;
	if (!stop)
		t->test_func(&state);
	if (t->teardown_func && t->teardown_func(&state))
		stop = MINI_FAILED;
	printf(stop == MINI_FAILED ? "[  FAILED  ] %s\n" :
	       stop		   ? "[  SKIPPED ] %s\n" :
				     "[       OK ] %s\n",
	       t->name);
	return stop;
}

static inline int mini_run_all(const char *group, const struct CMUnitTest *tests, size_t n)
{
	unsigned int failed = 0, skipped = 0;

	(void)group;
	printf("[==========] Running %u test(s).\n", (unsigned int)n);
	for (size_t i = 0; i < n; i++) {
		int stop = mini_run(&tests[i]);

		failed += stop == MINI_FAILED;
		skipped += stop == MINI_SKIPPED;
	}
	printf("[==========] %u test(s) run.\n", (unsigned int)n);
	printf("[  PASSED  ] %u test(s).\n", (unsigned int)n - failed - skipped);
	if (failed)
		printf("[  FAILED  ] %u test(s).\n", failed);
	return (int)failed;
}
#define cmocka_run_group_tests_name(group, tests, setup, teardown)                                 \
	mini_run_all(group, tests, sizeof(tests) / sizeof((tests)[0]))

#endif
