/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/target/test_libc.c - newlib on this kit's system calls.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "boot/abort.h"
#include "tests/target/groups.h"

extern char __heap_start[], __heap_end[];

static bool in_heap(const char *p, size_t n)
{
	return p >= __heap_start && p + n <= __heap_end;
}

static void allocate(void)
{
	char *a = malloc(1000), *b = malloc(1000);

	NEED(a && b);
	CHECK(in_heap(a, 1000) && in_heap(b, 1000));
	CHECK(a + 1000 <= b || b + 1000 <= a);
	memset(a, 0x11, 1000);
	memset(b, 0x22, 1000);
	a = realloc(a, 3000);
	NEED(a);
	for (u32 i = 0; i < 1000; i++)
		CHECK(a[i] == 0x11 && b[i] == 0x22);
	free(a);
	free(b);
}

static void exhaust(void)
{
	size_t heap = (size_t)(__heap_end - __heap_start);
	void *p;

	errno = 0;
	CHECK(!malloc(heap + 1));
	CHECK_EQ(errno, ENOMEM);
	p = malloc(heap / 2);
	CHECK(p);
	CHECK(!malloc(heap / 2));
	free(p);
	p = malloc(heap / 2);
	CHECK(p);
	free(p);
}

static void format(void)
{
	volatile size_t room = 4; /* the compiler is not to see that it is too little */
	char out[64];

	CHECK_EQ(snprintf(out, sizeof(out), "%d %s %08x %c", -42, "forty-two", 0x2a, '*'), 24);
	CHECK(!strcmp(out, "-42 forty-two 0000002a *"));
	CHECK_EQ(snprintf(out, room, "%d", 123456), 6);
	CHECK(!strcmp(out, "123"));
	CHECK_EQ(printf("# printf() writes this line\n"), 28);
	CHECK_EQ(fflush(stdout), 0);
}

static void parse(void)
{
	char *end;

	CHECK_EQ(strtoul("0xF8000000z", &end, 0), 0xF8000000);
	CHECK(*end == 'z');
	errno = 0;
	CHECK_EQ(strtoul("99999999999", NULL, 10), 0xffffffff);
	CHECK_EQ(errno, ERANGE);
}

static int compare(const void *a, const void *b)
{
	u32 x = *(const u32 *)a, y = *(const u32 *)b;

	return x < y ? -1 : x > y;
}

static void sort(void)
{
	u32 v[64];

	for (u32 i = 0; i < ARRAY_SIZE(v); i++)
		v[i] = i * 37 % 64;
	qsort(v, ARRAY_SIZE(v), sizeof(v[0]), compare);
	for (u32 i = 0; i < ARRAY_SIZE(v); i++)
		CHECK_EQ(v[i], i);
}

/* Whoever divides by a 64-bit number uses the compiler's library. */
static void divide(void)
{
	volatile uint64_t a = 0x123456789abcdef0ull, b = 0x12345;

	CHECK(a / b * b + a % b == a);
	CHECK_EQ(a % 1000, 0x123456789abcdef0ull % 1000);
}

static void bad_files(void)
{
	errno = 0;
	CHECK_EQ(write(7, "x", 1), -1);
	CHECK_EQ(errno, EBADF);
	errno = 0;
	CHECK_EQ(lseek(1, 0, SEEK_SET), -1);
	CHECK_EQ(errno, ESPIPE);
}

static volatile int compared;

static void compare_there(void *arg)
{
	compared = strcmp(arg, "abc");
}

/* The library may be Thumb code: what is returned to after the abort is not. */
static void abort_inside(void)
{
	struct abort_info info;

	CHECK(abort_catch(compare_there, (void *)(uintptr_t)SZ_64K, &info, false));
	CHECK_EQ(info.far, SZ_64K);
	CHECK(abort_catch(compare_there, (void *)(uintptr_t)SZ_1M, &info, false));
	CHECK_EQ(info.far, SZ_1M);
}

static const struct tap_test tests[] = {
	{ "malloc(), realloc() and free()", allocate },
	{ "an exhausted heap: NULL and ENOMEM, and it recovers", exhaust },
	{ "snprintf() and printf()", format },
	{ "strtoul() and errno", parse },
	{ "qsort()", sort },
	{ "64-bit division", divide },
	{ "files that are not there", bad_files },
	{ "an abort inside the library is caught", abort_inside },
};

static void run(void)
{
	tap_table(tests, ARRAY_SIZE(tests));
}

const struct tap_group group_libc = { "libc", run };
