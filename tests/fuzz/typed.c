/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/fuzz/typed.c - the line that keys make, without a terminal: strings, each
 * key one replacement of a part of the text.
 */
#include "tests/fuzz/typed.h"

#include <stdio.h>
#include <string.h>

#define CTRL(c) ((c)&0x1f)

/* [@from, @to) becomes @with, the cursor stands behind it; a text without room for it stays. */
static void edit(struct typed *t, size_t from, size_t to, const char *with)
{
	char now[2 * LINE_SIZE];
	int n = snprintf(now, sizeof(now), "%.*s%s%s", (int)from, t->text, with, t->text + to);

	if (n >= (int)LINE_SIZE) {
		t->too_long = true;
		return;
	}
	memcpy(t->text, now, (size_t)n + 1);
	t->cursor = from + strlen(with);
}

static void insert(struct typed *t, const char *with)
{
	edit(t, t->cursor, t->cursor, with);
}

static size_t end_of(const struct typed *t)
{
	return strlen(t->text);
}

/* ---- history ---- */

static void keep(struct typed *t)
{
	if (!*t->text || (t->keeps && !strcmp(t->text, t->kept[0])))
		return;
	memmove(t->kept[1], t->kept[0], (LINE_HISTORY - 1) * LINE_SIZE);
	strcpy(t->kept[0], t->text);
	t->keeps += t->keeps < LINE_HISTORY;
}

static void recall(struct typed *t, u32 back)
{
	if (back > t->keeps)
		return;
	if (!t->back)
		strcpy(t->draft, t->text);
	t->back = back;
	edit(t, 0, end_of(t), back ? t->kept[back - 1] : t->draft);
}

/* ---- completion ---- */

static u32 beginning_with(const struct typed *t, const char *word, const char **first)
{
	u32 n = 0;

	for (unsigned int i = 0; t->name(i); i++)
		if (!strncmp(t->name(i), word, strlen(word)) && !n++)
			*first = t->name(i);
	return n;
}

/* Letter by letter, as long as no name is lost by it. */
static void complete(struct typed *t)
{
	char word[LINE_SIZE] = { 0 };
	const char *first = NULL, *same;
	u32 names;
	size_t n = t->cursor;

	memcpy(word, t->text, n);
	names = beginning_with(t, word, &first);
	if (!names)
		return;
	do
		word[n] = first[n];
	while (word[n++] && beginning_with(t, word, &same) == names);
	word[n - 1] = 0;
	if (n - 1 > t->cursor)
		insert(t, word + t->cursor);
	if (names == 1 && t->cursor == end_of(t) && !strcmp(t->text, first))
		insert(t, " ");
}

/* ---- keys ---- */

static void erase(struct typed *t, size_t from, size_t to)
{
	if (to <= end_of(t))
		edit(t, from, to, "");
}

static void erase_word(struct typed *t)
{
	size_t from = t->cursor;

	while (from && t->text[from - 1] == ' ')
		from--;
	while (from && t->text[from - 1] != ' ')
		from--;
	erase(t, from, t->cursor);
}

static void left(struct typed *t)
{
	t->cursor -= t->cursor > 0;
}

static void right(struct typed *t)
{
	t->cursor += t->cursor < end_of(t);
}

static void older(struct typed *t)
{
	recall(t, t->back + 1);
}

static void newer(struct typed *t)
{
	if (t->back)
		recall(t, t->back - 1);
}

static void control(struct typed *t, u8 c)
{
	switch (c) {
	case CTRL('A'):
		t->cursor = 0;
		break;
	case CTRL('B'):
		left(t);
		break;
	case CTRL('C'):
		typed_begin(t);
		break;
	case CTRL('D'):
		erase(t, t->cursor, t->cursor + 1);
		break;
	case CTRL('E'):
		t->cursor = end_of(t);
		break;
	case CTRL('F'):
		right(t);
		break;
	case CTRL('H'):
	case 0x7f:
		if (t->cursor)
			erase(t, t->cursor - 1, t->cursor);
		break;
	case CTRL('I'):
		complete(t);
		break;
	case CTRL('K'):
		erase(t, t->cursor, end_of(t));
		break;
	case CTRL('N'):
		newer(t);
		break;
	case CTRL('P'):
		older(t);
		break;
	case CTRL('U'):
		erase(t, 0, t->cursor);
		break;
	case CTRL('W'):
		erase_word(t);
		break;
	case CTRL('['):
		t->state = ESCAPE;
		break;
	default:
		break;
	}
}

/* The key that "ESC [ number @final" stands for, as the control character that does the same. */
static u8 key_of(u8 final, u32 number)
{
	static const char letters[] = "ABCDHF~", keys[] = "PNFBAED";
	const char *found;

	if (final == '~' && (number == 1 || number == 7))
		final = 'H';
	else if (final == '~' && (number == 4 || number == 8))
		final = 'F';
	else if (final == '~' && number != 3)
		return 0;
	found = strchr(letters, final);
	return found && *found ? CTRL((u8)keys[found - letters]) : 0;
}

static void in_escape(struct typed *t, u8 c)
{
	if (t->state == ESCAPE) {
		t->state = c == '[' || c == 'O' ? ESCAPE_BODY : PLAIN;
		t->number = 0;
	} else if (c >= '0' && c <= '9') {
		t->number = t->number < 1000 ? t->number * 10 + (c - '0') : t->number;
	} else if (c >= '@') {
		t->state = PLAIN;
		control(t, key_of(c, t->number));
	}
}

void typed_begin(struct typed *t)
{
	t->text[0] = 0;
	t->cursor = t->back = 0;
	t->too_long = false;
	t->state = PLAIN;
}

static enum typed_end finish(struct typed *t)
{
	if (t->too_long)
		return TYPED_TOO_LONG;
	keep(t);
	return TYPED_DONE;
}

enum typed_end typed_key(struct typed *t, u8 c)
{
	const bool second = c == '\n' && t->before == '\r';

	t->before = c;
	if (second || c >= 0x80)
		return TYPED_ON;
	if (c == '\r' || c == '\n')
		return finish(t);
	if (c < ' ')
		t->state = PLAIN; /* breaks an escape sequence off */
	if (t->state != PLAIN) {
		in_escape(t, c);
	} else if (c == CTRL('D') && !*t->text) {
		return TYPED_ENDED;
	} else if (c < ' ' || c == 0x7f) {
		t->too_long = false;
		control(t, c);
	} else {
		insert(t, (const char[]){ (char)c, 0 });
	}
	return TYPED_ON;
}
