/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * app/line.c - a line typed at a terminal: editing, history, completion.
 *
 * The terminal's cursor always stands where @cursor says.  Going left is a
 * backspace, going right draws the character again, so no terminal type needs
 * to be known.
 */
#include "app/line.h"

#include <string.h>

#define CTRL(c) ((c)&0x1f)
#define DEL 0x7f

/* Where in an escape sequence: ESC, then '[' or 'O', a number, a letter or '~'. */
enum { ESC_NONE, ESC_SEEN, ESC_BODY };

/* ---- drawing ---- */

static void put(struct line *l, const char *s, size_t n)
{
	l->io->put(l->io->arg, s, n);
}

static void put_string(struct line *l, const char *s)
{
	put(l, s, strlen(s));
}

static void repeat(struct line *l, char c, u32 n)
{
	while (n--)
		put(l, &c, 1);
}

static void beep(struct line *l)
{
	put(l, "\a", 1);
}

static void draw_all(struct line *l)
{
	put_string(l, l->prompt);
	put(l, l->text, l->len);
	repeat(l, '\b', l->len - l->cursor);
}

/* Draw from the cursor on; the line was @longer characters longer before. */
static void draw_tail(struct line *l, u32 longer)
{
	put(l, l->text + l->cursor, l->len - l->cursor);
	repeat(l, ' ', longer);
	repeat(l, '\b', l->len - l->cursor + longer);
}

/* ---- moving and changing ---- */

static void move_to(struct line *l, u32 pos)
{
	if (pos < l->cursor)
		repeat(l, '\b', l->cursor - pos);
	else
		put(l, l->text + l->cursor, pos - l->cursor);
	l->cursor = pos;
}

static void insert(struct line *l, const char *s, u32 n)
{
	if (l->len + n >= LINE_SIZE) {
		l->too_long = true;
		beep(l);
		return;
	}
	memmove(l->text + l->cursor + n, l->text + l->cursor, l->len - l->cursor);
	memcpy(l->text + l->cursor, s, n);
	l->len += n;
	l->text[l->len] = 0;
	put(l, s, n);
	l->cursor += n;
	draw_tail(l, 0);
}

/* Remove [@from, @to); the cursor ends at @from. */
static void cut(struct line *l, u32 from, u32 to)
{
	if (from == to) {
		beep(l);
		return;
	}
	move_to(l, from);
	memmove(l->text + from, l->text + to, l->len - to + 1);
	l->len -= to - from;
	draw_tail(l, to - from);
}

static u32 word_start(const struct line *l)
{
	u32 pos = l->cursor;

	while (pos && l->text[pos - 1] == ' ')
		pos--;
	while (pos && l->text[pos - 1] != ' ')
		pos--;
	return pos;
}

/* Another line in place of this one. */
static void replace(struct line *l, const char *text)
{
	u32 old = l->len;

	move_to(l, 0);
	l->len = (u32)strlen(text);
	memmove(l->text, text, l->len + 1);
	draw_tail(l, old > l->len ? old - l->len : 0);
	move_to(l, l->len);
}

/* ---- history ---- */

static char *history_at(struct line *l, u32 back)
{
	return l->history[(l->next + LINE_HISTORY - back) % LINE_HISTORY];
}

static void history_keep(struct line *l)
{
	if (!l->len || (l->kept && !strcmp(l->text, history_at(l, 1))))
		return;
	memcpy(l->history[l->next], l->text, l->len + 1);
	l->next = (l->next + 1) % LINE_HISTORY;
	if (l->kept < LINE_HISTORY)
		l->kept++;
}

static void history_go(struct line *l, u32 back)
{
	if (back > l->kept) {
		beep(l);
		return;
	}
	if (!l->back)
		memcpy(l->draft, l->text, l->len + 1);
	l->back = back;
	replace(l, back ? history_at(l, back) : l->draft);
}

static void history_older(struct line *l)
{
	history_go(l, l->back + 1);
}

static void history_newer(struct line *l)
{
	if (l->back)
		history_go(l, l->back - 1);
	else
		beep(l);
}

/* ---- completion ---- */

/* Letters that @a and @b begin with, both. */
static u32 common(const char *a, const char *b)
{
	u32 n = 0;

	while (a[n] && a[n] == b[n])
		n++;
	return n;
}

static void list_matches(struct line *l)
{
	const char *name;

	put_string(l, "\n");
	for (unsigned int i = 0; (name = l->io->name(i)); i++) {
		if (strncmp(name, l->text, l->cursor))
			continue;
		put_string(l, name);
		put_string(l, "  ");
	}
	put_string(l, "\n");
	draw_all(l);
}

/* No name has a blank in it, so behind the first word nothing matches. */
static void complete(struct line *l)
{
	const char *first = NULL, *name;
	u32 matches = 0, same = 0;

	for (unsigned int i = 0; (name = l->io->name(i)); i++) {
		if (strncmp(name, l->text, l->cursor))
			continue;
		if (!matches++) {
			first = name;
			same = (u32)strlen(name);
		} else if (common(first, name) < same) {
			same = common(first, name);
		}
	}
	if (!matches)
		beep(l);
	else if (same > l->cursor)
		insert(l, first + l->cursor, same - l->cursor);
	else if (matches > 1)
		list_matches(l);
	if (matches == 1 && l->cursor == same && l->cursor == l->len)
		insert(l, " ", 1);
}

/* ---- keys ---- */

static void drop_line(struct line *l)
{
	put_string(l, "^C\n");
	l->len = l->cursor = l->back = 0;
	l->text[0] = 0;
	draw_all(l);
}

static void clear_screen(struct line *l)
{
	put_string(l, "\033[H\033[2J");
	draw_all(l);
}

static void left(struct line *l)
{
	if (l->cursor)
		move_to(l, l->cursor - 1);
	else
		beep(l);
}

static void right(struct line *l)
{
	if (l->cursor < l->len)
		move_to(l, l->cursor + 1);
	else
		beep(l);
}

static void delete_here(struct line *l)
{
	cut(l, l->cursor, l->cursor < l->len ? l->cursor + 1 : l->cursor);
}

static void delete_left(struct line *l)
{
	cut(l, l->cursor ? l->cursor - 1 : 0, l->cursor);
}

/* The letter that xterm sends for a key that VT220 sends as a number. */
static char key_of_number(u32 number)
{
	switch (number) {
	case 1:
	case 7:
		return 'H'; /* Home */
	case 4:
	case 8:
		return 'F'; /* End */
	case 3:
		return '~'; /* Delete has no letter: its own end stands for it */
	default:
		return 0;
	}
}

/* The end of "ESC [ number letter" or "ESC [ number ~". */
static void escape_key(struct line *l, char final)
{
	if (final == '~')
		final = key_of_number(l->number);
	switch (final) {
	case 'A':
		history_older(l);
		break;
	case 'B':
		history_newer(l);
		break;
	case 'C':
		right(l);
		break;
	case 'D':
		left(l);
		break;
	case 'H':
		move_to(l, 0);
		break;
	case 'F':
		move_to(l, l->len);
		break;
	case '~':
		delete_here(l);
		break;
	default:
		beep(l);
	}
}

/* Part of an escape sequence?  Any control character breaks it off. */
static bool in_escape(struct line *l, char c)
{
	if (l->escape == ESC_NONE || (u8)c < ' ') {
		l->escape = ESC_NONE;
		return false;
	}
	if (l->escape == ESC_SEEN) {
		l->escape = c == '[' || c == 'O' ? ESC_BODY : ESC_NONE;
		l->number = 0;
		return true;
	}
	if (c >= '0' && c <= '9') {
		/* no key has three digits: 257 must not become 1 */
		l->number = l->number < 25 ? (u8)(l->number * 10 + (c - '0')) : 255;
		return true;
	}
	if (c >= '@') {
		l->escape = ESC_NONE;
		escape_key(l, c);
	}
	return true;
}

static void control_key(struct line *l, char c)
{
	switch (c) {
	case CTRL('A'):
		move_to(l, 0);
		break;
	case CTRL('B'):
		left(l);
		break;
	case CTRL('C'):
		drop_line(l);
		break;
	case CTRL('D'):
		delete_here(l);
		break;
	case CTRL('E'):
		move_to(l, l->len);
		break;
	case CTRL('F'):
		right(l);
		break;
	case CTRL('H'):
	case DEL:
		delete_left(l);
		break;
	case CTRL('I'):
		complete(l);
		break;
	case CTRL('K'):
		cut(l, l->cursor, l->len);
		break;
	case CTRL('L'):
		clear_screen(l);
		break;
	case CTRL('N'):
		history_newer(l);
		break;
	case CTRL('P'):
		history_older(l);
		break;
	case CTRL('U'):
		cut(l, 0, l->cursor);
		break;
	case CTRL('W'):
		cut(l, word_start(l), l->cursor);
		break;
	case CTRL('['):
		l->escape = ESC_SEEN;
		break;
	default:
		beep(l);
	}
}

static enum line_status finish(struct line *l)
{
	put_string(l, "\n");
	if (l->too_long)
		return LINE_TOO_LONG;
	history_keep(l);
	return LINE_DONE;
}

/* An end of line; the LF of a CR LF is none. */
static bool ends_line(struct line *l, char c)
{
	const bool second = c == '\n' && l->after_cr;

	l->after_cr = c == '\r';
	return (c == '\r' || c == '\n') && !second;
}

enum line_status line_read(struct line *l, const char *prompt)
{
	int c;

	l->prompt = prompt;
	l->len = l->cursor = l->back = 0;
	l->text[0] = 0;
	l->escape = ESC_NONE;
	l->too_long = false;
	draw_all(l);
	while ((c = l->io->get(l->io->arg)) >= 0) {
		if (ends_line(l, (char)c))
			return finish(l);
		if (c == '\n' || c >= 0x80)
			continue;
		if (in_escape(l, (char)c))
			continue;
		if (c == CTRL('D') && !l->len)
			break;
		if (c >= ' ' && c != DEL) {
			insert(l, &(char){ (char)c }, 1);
			continue;
		}
		/* whoever edits has heard the bell and sees what there is */
		l->too_long = false;
		control_key(l, (char)c);
	}
	put_string(l, "\n");
	return LINE_ENDED;
}
