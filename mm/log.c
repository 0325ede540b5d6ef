/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/log.c - a line formatter that needs no library and no division.
 */
#include "mm/log.h"

#include <stdarg.h>

#include "seam.h"

#define LINE_MAX 192

static mm_log_fn log_hook;

struct line {
	char text[LINE_MAX];
	u32 used;
};

void mm_set_log(mm_log_fn fn)
{
	log_hook = fn;
}

static void put(struct line *l, char c)
{
	if (l->used < LINE_MAX - 1)
		l->text[l->used] = c;
	l->used++;
}

static void put_padded(struct line *l, const char *s, u32 len, u32 width, bool left, char pad)
{
	for (u32 i = len; !left && i < width; i++)
		put(l, pad);
	for (u32 i = 0; i < len; i++)
		put(l, s[i]);
	for (u32 i = len; left && i < width; i++)
		put(l, ' ');
}

static u32 string_length(const char *s)
{
	u32 n = 0;

	while (s[n])
		n++;
	return n;
}

/* Digits of @v, least significant last, into @buf; how many. */
static u32 digits(char buf[10], u32 v, u32 base)
{
	u32 n = 10;

	do {
		/* By constants: the compiler multiplies, it never divides. */
		u32 q = base == 16 ? v / 16 : v / 10;

		buf[--n] = "0123456789abcdef"[v - q * base];
		v = q;
	} while (v);
	for (u32 i = n; i < 10; i++)
		buf[i - n] = buf[i];
	return 10 - n;
}

static void put_number(struct line *l, u32 v, u32 base, u32 width, bool left, char pad)
{
	char buf[10];
	u32 n = digits(buf, v, base);

	put_padded(l, buf, n, width, left, pad);
}

static void put_signed(struct line *l, int v, u32 width, bool left)
{
	char buf[11];
	u32 n;

	if (v >= 0) {
		put_number(l, (u32)v, 10, width, left, ' ');
		return;
	}
	buf[0] = '-';
	n = digits(buf + 1, 0u - (u32)v, 10);
	put_padded(l, buf, n + 1, width, left, ' ');
}

static void put_string(struct line *l, const char *s)
{
	while (*s)
		put(l, *s++);
}

static void put_size(struct line *l, u32 bytes)
{
	u32 shift = 0;

	if (bytes && !(bytes & (SZ_1M - 1)))
		shift = 20;
	else if (bytes && !(bytes & 1023))
		shift = 10;
	put_number(l, bytes >> shift, 10, 0, false, ' ');
	put(l, ' ');
	if (shift)
		put(l, shift == 20 ? 'M' : 'K');
	put_string(l, shift ? "iB" : "B");
}

static void put_symbol(struct line *l, u32 addr)
{
	u32 offset = 0;
	const char *name = seam_symbol(addr, &offset);

	if (!name) {
		put_string(l, "0x");
		put_number(l, addr, 16, 8, false, '0');
		return;
	}
	put_string(l, name);
	put_string(l, "+0x");
	put_number(l, offset, 16, 0, false, ' ');
}

static void finish(struct line *l)
{
	u32 end = l->used;

	if (end > LINE_MAX - 1) {
		end = LINE_MAX - 1;
		l->text[end - 3] = l->text[end - 2] = l->text[end - 1] = '.';
	}
	l->text[end] = 0;
	log_hook(l->text);
}

void mm_log(const char *fmt, ...)
{
	struct line l;
	va_list ap;

	if (!log_hook)
		return;
	l.used = 0;
	va_start(ap, fmt);
	for (; *fmt; fmt++) {
		bool left = false;
		char pad = ' ';
		u32 width = 0;
		const char *s;

		if (*fmt != '%') {
			put(&l, *fmt);
			continue;
		}
		fmt++;
		for (; *fmt == '-' || *fmt == '0'; fmt++) {
			if (*fmt == '-')
				left = true;
			else
				pad = '0';
		}
		for (; *fmt >= '0' && *fmt <= '9'; fmt++)
			width = width * 10 + (u32)(*fmt - '0');
		switch (*fmt) {
		case 's':
			s = va_arg(ap, const char *);
			put_padded(&l, s, string_length(s), width, left, ' ');
			break;
		case 'c':
			put(&l, (char)va_arg(ap, int));
			break;
		case 'd':
			put_signed(&l, va_arg(ap, int), width, left);
			break;
		case 'u':
			put_number(&l, va_arg(ap, u32), 10, width, left, pad);
			break;
		case 'x':
			put_number(&l, va_arg(ap, u32), 16, width, left, pad);
			break;
		case 'p':
			put_string(&l, "0x");
			put_number(&l, va_arg(ap, u32), 16, 8, false, '0');
			break;
		case 'S':
			put_symbol(&l, va_arg(ap, u32));
			break;
		case 'z':
			put_size(&l, va_arg(ap, u32));
			break;
		case '%':
			put(&l, '%');
			break;
		default: /* an unknown letter shows itself; a lone % at the end, too */
			put(&l, '%');
			if (!*fmt) {
				fmt--;
				break;
			}
			put(&l, *fmt);
		}
	}
	va_end(ap);
	finish(&l);
}
