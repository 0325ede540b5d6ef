/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * app/cmd_memory.c - md and mw: look at memory and change it, unit by unit.
 *
 * Each unit is one access of the asked width, made where an abort is expected:
 * a wrong address becomes a report, not the end.
 */
#include <string.h>

#include "app/cmd.h"
#include "boot/abort.h"
#include "mm/io.h"
#include "mm/log.h"

#define MD_DEFAULT 16u
#define MD_MAX 4096u
#define MD_BYTES_A_LINE 16u

/* One access. */
struct access {
	va_t va;
	u32 width; /* 1, 2 or 4 */
	u32 value;
};

static void do_read(void *arg)
{
	struct access *a = arg;
	void __iomem *p = IOMEM(a->va);

	a->value = a->width == 1 ? readb(p) : a->width == 2 ? readw(p) : readl(p);
}

static void do_write(void *arg)
{
	const struct access *a = arg;
	void __iomem *p = IOMEM(a->va);

	if (a->width == 1)
		writeb((u8)a->value, p);
	else if (a->width == 2)
		writew((u16)a->value, p);
	else
		writel(a->value, p);
	dsb(); /* an abort that comes late should come here */
}

static bool survives(char **words, void (*fn)(void *arg), struct access *a)
{
	struct abort_info info;

	if (!abort_catch(fn, a, &info, true))
		return true;
	mm_log("%s: stopped at %p, the access was aborted (report above)", words[0], a->va);
	return false;
}

/* ---- words ---- */

/* b, w or l; 0: none of them. */
static u32 width_of(const char *word)
{
	if (!strcmp(word, "b"))
		return 1;
	if (!strcmp(word, "w"))
		return 2;
	return !strcmp(word, "l") ? 4 : 0;
}

static bool aligned(char **words, va_t va, u32 width)
{
	if (!(va & (width - 1)))
		return true;
	mm_log("%s: ADDR %p is no multiple of %u; take %p, or another width (b, w, l: 1, 2, 4 "
	       "bytes)",
	       words[0], va, width, va & ~(width - 1));
	return false;
}

/* ---- md ---- */

static void show_line(const struct access *units, u32 n)
{
	char text[MD_BYTES_A_LINE * 3 + 1], ascii[MD_BYTES_A_LINE + 1];
	const u32 width = units[0].width;
	u32 t = 0, c = 0;

	for (u32 i = 0; i < n; i++) {
		for (u32 shift = width * 8; shift;) {
			shift -= 4;
			text[t++] = "0123456789abcdef"[units[i].value >> shift & 15];
		}
		text[t++] = ' ';
		for (u32 b = 0; b < width; b++) {
			char ch = (char)(units[i].value >> b * 8);

			ascii[c++] = ch >= ' ' && ch < 0x7f ? ch : '.';
		}
	}
	text[t] = ascii[c] = 0;
	mm_log("%08x: %-48s |%s|", units[0].va, text, ascii);
}

static int show(char **words, va_t va, u32 count, u32 width)
{
	const u32 per_line = MD_BYTES_A_LINE / width;
	struct access units[MD_BYTES_A_LINE];

	while (count) {
		u32 n = 0;
		bool alive = true;

		for (; n < per_line && n < count; n++, va += width) {
			units[n] = (struct access){ .va = va, .width = width };
			alive = survives(words, do_read, &units[n]);
			if (!alive)
				break;
		}
		if (n)
			show_line(units, n);
		if (!alive)
			break;
		count -= n;
	}
	return 0;
}

int cmd_md(int n, char **words)
{
	/* a letter at the end is the width, also without COUNT */
	u32 va, count = MD_DEFAULT, width = n > 2 ? width_of(words[n - 1]) : 0;

	if (width)
		n--;
	else
		width = 4;
	if (n > 3)
		return cmd_unknown_word(words, words[3], "b, w, l");
	if (!cmd_number(words, "ADDR", words[1], 0, 0xffffffffu, &va) ||
	    (n > 2 && !cmd_number(words, "COUNT", words[2], 1, MD_MAX, &count)))
		return CMD_BAD;
	if (!aligned(words, va, width) || !cmd_range(words, "ADDR", va, count * width))
		return CMD_BAD;
	return show(words, va, count, width);
}

/* ---- mw ---- */

int cmd_mw(int n, char **words)
{
	struct access a = { .width = 4 };

	if (n > 3)
		a.width = width_of(words[3]);
	if (!a.width)
		return cmd_unknown_word(words, words[3], "b, w, l");
	if (!cmd_number(words, "ADDR", words[1], 0, 0xffffffffu, &a.va) ||
	    !cmd_number(words, "VALUE", words[2], 0, 0xffffffffu >> (32 - a.width * 8), &a.value))
		return CMD_BAD;
	if (!aligned(words, a.va, a.width))
		return CMD_BAD;
	if (survives(words, do_write, &a))
		mm_log("%08x <- 0x%x (%u byte%s)", a.va, a.value, a.width, a.width > 1 ? "s" : "");
	return 0;
}
