/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * app/parse.c - from a typed line to words and numbers, and what was wrong.
 */
#include "app/parse.h"

#include <string.h>

/* ---- words ---- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

int split_words(char *line, char *words[PARSE_WORDS + 1])
{
	int n = 0;

	for (;;) {
		while (is_blank(*line))
			*line++ = 0;
		if (!*line)
			break;
		if (n == PARSE_WORDS)
			return -1;
		words[n++] = line;
		while (*line && !is_blank(*line))
			line++;
	}
	words[n] = NULL;
	return n;
}

/* ---- numbers ---- */

/* The value of a digit in @base, or -1. */
static int digit(char c, u32 base)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (base != 16)
		return -1;
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The shift that the suffix at @s stands for; -1: that is no suffix. */
static int suffix_shift(const char *s)
{
	if (!*s)
		return 0;
	if (s[1])
		return -1;
	switch (*s) {
	case 'k':
	case 'K':
		return 10;
	case 'm':
	case 'M':
		return 20;
	case 'g':
	case 'G':
		return 30;
	default:
		return -1;
	}
}

enum parse_status parse_number(const char *word, u32 *out)
{
	bool hex = word[0] == '0' && (word[1] == 'x' || word[1] == 'X');
	const u32 base = hex ? 16 : 10;
	const char *s = hex ? word + 2 : word;
	bool too_big = false;
	uint64_t v = 0;
	int shift;

	if (!*word)
		return PARSE_EMPTY;
	if (*word == '-')
		return PARSE_NEGATIVE;
	if (digit(*s, base) < 0)
		return PARSE_GARBAGE;
	if (!hex && s[0] == '0' && digit(s[1], base) >= 0)
		return PARSE_LEADING_ZERO;
	for (; digit(*s, base) >= 0; s++) {
		v = v * base + (u32)digit(*s, base);
		/* remembered, so that "99999999999x" is still called garbage */
		too_big |= v > 0xffffffffu;
	}
	shift = suffix_shift(s);
	if (shift < 0)
		return PARSE_GARBAGE;
	v <<= shift;
	if (too_big || v > 0xffffffffu)
		return PARSE_TOO_BIG;
	*out = (u32)v;
	return PARSE_OK;
}

const char *parse_reason(enum parse_status status)
{
	switch (status) {
	case PARSE_OK:
		return "";
	case PARSE_EMPTY:
		return "is empty";
	case PARSE_NEGATIVE:
		return "is negative";
	case PARSE_LEADING_ZERO:
		return "begins with 0, which could mean octal";
	case PARSE_TOO_BIG:
		return "does not fit 32 bits";
	default:
		return "is not a number";
	}
}

/* ---- what was probably meant ---- */

#define NAME_MAX_LEN 24u
#define CHANGES_MAX 2u

static u32 min3(u32 a, u32 b, u32 c)
{
	u32 m = a < b ? a : b;

	return m < c ? m : c;
}

/*
 * Letters to change, add, drop or swap with a neighbour to make @a into @b, row
 * by row of the usual table; three rows are kept, since a swap looks back two.
 */
static u32 distance(const char *a, const char *b)
{
	u32 rows[3][NAME_MAX_LEN + 1];
	const size_t la = strlen(a), lb = strlen(b);

	if (la > NAME_MAX_LEN || lb > NAME_MAX_LEN)
		return CHANGES_MAX + 1;
	for (u32 j = 0; j <= lb; j++)
		rows[0][j] = j;
	for (u32 i = 1; i <= la; i++) {
		u32 *now = rows[i % 3], *up = rows[(i + 2) % 3], *up2 = rows[(i + 1) % 3];

		now[0] = i;
		for (u32 j = 1; j <= lb; j++) {
			now[j] =
				min3(up[j] + 1, now[j - 1] + 1, up[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    up2[j - 2] + 1 < now[j])
				now[j] = up2[j - 2] + 1;
		}
	}
	return rows[la % 3][lb];
}

const char *nearest_name(const char *word, const char *(*name)(unsigned int i))
{
	const size_t len = strlen(word);
	u32 best = CHANGES_MAX + 1;
	const char *nearest = NULL;

	if (!len)
		return NULL;
	for (unsigned int i = 0; name(i); i++) {
		u32 d = distance(word, name(i));

		if (!strncmp(name(i), word, len))
			return name(i);
		if (d < best && d < len) {
			best = d;
			nearest = name(i);
		}
	}
	return nearest;
}
