/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/m32/cmocka.h - the part of cmocka's interface that the unit tests use,
 * for `make test-m32`, where a 32-bit cmocka is rarely installed.
 *
 * All in one header, one test program at a time, TAP only.  Everywhere else
 * the tests are built with cmocka itself.
 */
#ifndef TESTS_M32_CMOCKA_H
#define TESTS_M32_CMOCKA_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef uintmax_t LargestIntegralType;

struct CMUnitTest {
	const char *name;
	void (*test_func)(void **state);
	int (*setup_func)(void **state);
	int (*teardown_func)(void **state);
	void *initial_state;
};

/* Weak: each file that includes this brings its own copy, and they are one. */
__attribute__((weak)) jmp_buf m32_test_end;
__attribute__((weak)) char m32_said[1024];
__attribute__((weak)) int m32_number;

enum { M32_RUN = 0, M32_FAILED = 1, M32_SKIPPED = 2 };

__attribute__((weak, format(printf, 1, 2))) void print_message(const char *fmt, ...);
__attribute__((weak, format(printf, 1, 2))) void print_error(const char *fmt, ...);
__attribute__((weak, noreturn)) void _fail(const char *file, int line);
__attribute__((weak)) int m32_group(const char *name, const struct CMUnitTest *tests, size_t n,
				    int (*setup)(void **state), int (*teardown)(void **state));

static inline void m32_say(const char *fmt, va_list args)
{
	size_t n = strlen(m32_said);

	vsnprintf(m32_said + n, sizeof(m32_said) - n, fmt, args);
}

__attribute__((weak)) void print_message(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	m32_say(fmt, args);
	va_end(args);
}

__attribute__((weak)) void print_error(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	m32_say(fmt, args);
	va_end(args);
}

__attribute__((weak)) void _fail(const char *file, int line)
{
	print_error("\n%s:%d: error: Failure!", file, line);
	longjmp(m32_test_end, M32_FAILED);
}

#define fail() _fail(__FILE__, __LINE__)
#define fail_msg(...)                                                                              \
	do {                                                                                       \
		print_error(__VA_ARGS__);                                                          \
		_fail(__FILE__, __LINE__);                                                         \
	} while (0)
#define skip() longjmp(m32_test_end, M32_SKIPPED)

static inline void m32_int(uintmax_t a, uintmax_t b, int equal, const char *file, int line)
{
	if ((a == b) == equal)
		return;
	print_error("0x%jx %s 0x%jx", a, equal ? "!=" : "==", b);
	_fail(file, line);
}

static inline void m32_string(const char *a, const char *b, int equal, const char *file, int line)
{
	if ((strcmp(a, b) == 0) == equal)
		return;
	print_error("\"%s\" %s \"%s\"", a, equal ? "!=" : "==", b);
	_fail(file, line);
}

static inline void m32_range(uintmax_t v, uintmax_t low, uintmax_t high, const char *file, int line)
{
	if (v >= low && v <= high)
		return;
	print_error("0x%jx is not within 0x%jx-0x%jx", v, low, high);
	_fail(file, line);
}

static inline void m32_memory(const void *a, const void *b, size_t n, int equal, const char *file,
			      int line)
{
	if ((memcmp(a, b, n) == 0) == equal)
		return;
	print_error("%zu bytes %s", n, equal ? "differ" : "are equal");
	_fail(file, line);
}

static inline void m32_true(int holds, const char *what, const char *file, int line)
{
	if (holds)
		return;
	print_error("%s", what);
	_fail(file, line);
}

/* As cmocka does, values go through an unsigned type: -1 stays equal to -1. */
#define assert_int_equal(a, b) m32_int((uintmax_t)(a), (uintmax_t)(b), 1, __FILE__, __LINE__)
#define assert_int_not_equal(a, b) m32_int((uintmax_t)(a), (uintmax_t)(b), 0, __FILE__, __LINE__)
#define assert_in_range(v, low, high)                                                              \
	m32_range((uintmax_t)(v), (uintmax_t)(low), (uintmax_t)(high), __FILE__, __LINE__)
#define assert_string_equal(a, b) m32_string(a, b, 1, __FILE__, __LINE__)
#define assert_string_not_equal(a, b) m32_string(a, b, 0, __FILE__, __LINE__)
#define assert_memory_equal(a, b, n) m32_memory(a, b, n, 1, __FILE__, __LINE__)
#define assert_memory_not_equal(a, b, n) m32_memory(a, b, n, 0, __FILE__, __LINE__)
#define assert_true(c) m32_true(!!(c), #c, __FILE__, __LINE__)
#define assert_false(c) m32_true(!(c), "!(" #c ")", __FILE__, __LINE__)
#define assert_null(p) m32_true(!(p), #p " == NULL", __FILE__, __LINE__)
#define assert_non_null(p) m32_true(!!(p), #p " != NULL", __FILE__, __LINE__)
#define assert_ptr_equal(a, b) m32_true((a) == (b), #a " == " #b, __FILE__, __LINE__)
#define assert_ptr_not_equal(a, b) m32_true((a) != (b), #a " != " #b, __FILE__, __LINE__)

/* clang-format off */
#define cmocka_unit_test(f) { #f, f, NULL, NULL, NULL }
#define cmocka_unit_test_setup(f, setup) { #f, f, setup, NULL, NULL }
#define cmocka_unit_test_teardown(f, teardown) { #f, f, NULL, teardown, NULL }
#define cmocka_unit_test_setup_teardown(f, setup, teardown) { #f, f, setup, teardown, NULL }
#define cmocka_unit_test_prestate(f, state) { #f, f, NULL, NULL, state }
#define cmocka_unit_test_prestate_setup_teardown(f, setup, teardown, state) \
	{ #f, f, setup, teardown, state }
/* clang-format on */

#define cmocka_run_group_tests(tests, setup, teardown)                                             \
	m32_group(#tests, tests, sizeof(tests) / sizeof((tests)[0]), setup, teardown)
#define cmocka_run_group_tests_name(name, tests, setup, teardown)                                  \
	m32_group(name, tests, sizeof(tests) / sizeof((tests)[0]), setup, teardown)

/* How one test ended.  A function of its own: nothing it needs is changed
 * between setjmp() and longjmp(). */
static inline int m32_run(const struct CMUnitTest *t, void *group_state)
{
	void *state = t->initial_state ? t->initial_state : group_state;
	int end = setjmp(m32_test_end);

	if (end)
		return end;
	if (t->setup_func && t->setup_func(&state)) {
		print_error("setup failed");
		return M32_FAILED;
	}
	t->test_func(&state);
	if (t->teardown_func && t->teardown_func(&state)) {
		print_error("teardown failed");
		return M32_FAILED;
	}
	return M32_RUN;
}

static inline void m32_report(const char *name, int end)
{
	char *line = m32_said, *next;

	printf("%sok %d - %s%s\n", end == M32_FAILED ? "not " : "", ++m32_number,
	       end == M32_SKIPPED ? "# SKIP " : "", name);
	for (; *line; line = next) {
		next = line + strcspn(line, "\n");
		printf("# %.*s\n", (int)(next - line), line);
		next += *next == '\n';
	}
}

__attribute__((weak)) int m32_group(const char *name, const struct CMUnitTest *tests, size_t n,
				    int (*setup)(void **state), int (*teardown)(void **state))
{
	void *state = NULL;
	int failed = 0;
	size_t i;

	m32_number = 0;
	printf("1..%zu\n", n);
	if (setup && setup(&state)) {
		printf("Bail out! %s: group setup failed\n", name);
		return -1;
	}
	for (i = 0; i < n; i++) {
		int end;

		m32_said[0] = 0;
		end = m32_run(&tests[i], state);
		m32_report(tests[i].name, end);
		failed += end == M32_FAILED;
	}
	if (teardown && teardown(&state)) {
		printf("Bail out! %s: group teardown failed\n", name);
		return -1;
	}
	return failed;
}

#endif
