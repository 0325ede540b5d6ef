/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot/bl1/mem.c - the library functions a compiler calls on its own, for BL1,
 * which is linked with no library: a libc's would access memory unaligned,
 * and with the MMU off that faults (DDI 0406C A3.2.1).
 */
#include <stddef.h>

void *memcpy(void *to, const void *from, size_t n);
void *memset(void *to, int value, size_t n);

void *memcpy(void *to, const void *from, size_t n)
{
	char *t = to;
	const char *f = from;

	while (n--)
		*t++ = *f++;
	return to;
}

void *memset(void *to, int value, size_t n)
{
	char *t = to;

	while (n--)
		*t++ = (char)value;
	return to;
}
