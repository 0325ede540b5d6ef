/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/fuzz/fuzz_line.c - bytes become what somebody types: the line editor, then
 * the words and numbers of each line.
 *
 * A terminal that knows no more than app/line.h promises draws what the editor
 * says, and tests/fuzz/typed.c tells what the line should be: before each key the
 * three must agree.  Words and numbers are judged by the C library, names by trying
 * all changes.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/line.h"
#include "app/parse.h"
#include "tests/fuzz/typed.h"

#define PROMPT "mercator> "
#define ROW_SIZE 400u
#define CLEAR "\033[H\033[2J"

static void die(const char *what, const char *text)
{
	fprintf(stderr, "fuzz_line: %s: '%s'\n", what, text);
	abort();
}

/* ---- the terminal ---- */

static struct {
	const uint8_t *at, *end; /* what will be typed */
	char row[ROW_SIZE + 1];
	u32 column;
} term;

static void new_row(void)
{
	memset(term.row, 0, sizeof(term.row));
	term.column = 0;
}

static void draw(char c)
{
	if (c == '\a')
		return;
	if (c == '\n') {
		new_row();
	} else if (c == '\b') {
		if (!term.column--)
			die("a backspace at the row's beginning", term.row);
	} else {
		if (c < ' ' || c > '~')
			die("a character that a simple terminal does not know", term.row);
		if (term.column == ROW_SIZE)
			die("the row is longer than any line", term.row);
		term.row[term.column++] = c;
	}
}

static void put(void *arg, const char *s, size_t n)
{
	(void)arg;
	if (n == strlen(CLEAR) && !memcmp(s, CLEAR, n)) {
		new_row();
		return;
	}
	while (n--)
		draw(*s++);
}

/* Of every kind that matters: one begins another, some differ by a letter, 24 and 25 letters. */
static const char *name(unsigned int i)
{
	static const char *const names[] = {
		"led",
		"leds",
		"iomem",
		"ioremap",
		"iounmap",
		"maps",
		"md",
		"mw",
		"walk",
		"set_memory_rw",
		"request",
		"as-many-letters-as-count",
		"one-letter-more-than-that",
	};

	return i < ARRAY_SIZE(names) ? names[i] : NULL;
}

/* ---- a line ---- */

static struct line editor;
static struct typed typed;
static enum typed_end end;

static void check_row(const struct line *l)
{
	const size_t prompt = strlen(PROMPT);
	size_t drawn = strlen(term.row);

	while (drawn > prompt + l->len && term.row[drawn - 1] == ' ')
		drawn--;
	if (drawn != prompt + l->len || memcmp(term.row, PROMPT, prompt) != 0 ||
	    memcmp(term.row + prompt, l->text, l->len) != 0)
		die("what is drawn is not the line", term.row);
	if (term.column != prompt + l->cursor)
		die("the terminal's cursor is elsewhere", term.row);
}

static void check_line(const struct line *l)
{
	if (l->len >= LINE_SIZE || l->text[l->len] || strlen(l->text) != l->len)
		die("the line's length is wrong", l->text);
	if (l->cursor > l->len)
		die("the cursor is behind the line", l->text);
	if (l->kept > LINE_HISTORY || l->next >= LINE_HISTORY)
		die("the history's counts are wrong", l->text);
	for (u32 i = 0; i < l->len; i++)
		if (l->text[i] < ' ' || l->text[i] > '~')
			die("a character that cannot be typed", l->text);
	if (strcmp(l->text, typed.text) != 0)
		die("the keys make another line", typed.text);
	if (l->cursor != typed.cursor)
		die("the keys put the cursor elsewhere", l->text);
}

static int get(void *arg)
{
	(void)arg;
	check_line(&editor);
	check_row(&editor);
	end = term.at < term.end ? typed_key(&typed, *term.at) : TYPED_ENDED;
	return term.at < term.end ? *term.at++ : -1;
}

/* ---- its words ---- */

/* A number in words: digits that mean something, then perhaps one letter. */
static enum parse_status judge_number(const char *word, unsigned long long *value)
{
	const bool hex = word[0] == '0' && (word[1] | 0x20) == 'x';
	static const char suffixes[] = "kKmMgG";
	const char *digits = hex ? word + 2 : word, *suffix;
	char *rest;

	if (!*word)
		return PARSE_EMPTY;
	if (*word == '-')
		return PARSE_NEGATIVE;
	if (!(hex ? isxdigit(*digits) : isdigit(*digits)))
		return PARSE_GARBAGE;
	if (!hex && word[0] == '0' && isdigit(word[1]))
		return PARSE_LEADING_ZERO;
	*value = strtoull(word, &rest, hex ? 16 : 10);
	suffix = *rest ? strchr(suffixes, *rest) : NULL;
	if (*rest && (!suffix || rest[1]))
		return PARSE_GARBAGE;
	if (*value > 0xffffffffu)
		return PARSE_TOO_BIG;
	if (suffix)
		*value <<= 10 * (1 + (suffix - suffixes) / 2);
	return *value > 0xffffffffu ? PARSE_TOO_BIG : PARSE_OK;
}

static void check_number(const char *word)
{
	u32 got = 0x5eed;
	enum parse_status status = parse_number(word, &got);
	unsigned long long want = 0x5eed;

	if (status != judge_number(word, &want))
		die(status == PARSE_OK ? "taken for a number" : "not what is wrong with it", word);
	if (status != PARSE_OK && got != 0x5eed)
		die("a refused number was stored", word);
	if (status != PARSE_OK && !*parse_reason(status))
		die("a refusal without a reason", word);
	if (status == PARSE_OK && want != got)
		die("another number", word);
}

/* Can @changes make @a into @b?  By trying them all. */
static bool within(const char *a, const char *b, u32 changes)
{
	if (!*a && !*b)
		return true;
	if (*a && *a == *b && within(a + 1, b + 1, changes))
		return true;
	if (!changes--)
		return false;
	return (*a && *b && within(a + 1, b + 1, changes)) || (*a && within(a + 1, b, changes)) ||
	       (*b && within(a, b + 1, changes)) ||
	       (*a && *b && a[1] && a[0] == b[1] && a[1] == b[0] && within(a + 2, b + 2, changes));
}

/* By the words of app/parse.h; names of more letters than count are never meant. */
static const char *judge_name(const char *word)
{
	for (unsigned int i = 0; *word && name(i); i++)
		if (!strncmp(name(i), word, strlen(word)))
			return name(i);
	for (u32 changes = 1; changes <= 2 && changes < strlen(word); changes++)
		for (unsigned int i = 0; name(i); i++)
			if (strlen(name(i)) <= 24 && strlen(word) <= 24 &&
			    within(word, name(i), changes))
				return name(i);
	return NULL;
}

static void check_name(const char *word)
{
	if (nearest_name(word, name) != judge_name(word))
		die("another name is nearest", word);
}

/* Words counted another way: where a blank, or the beginning, comes before one. */
static int count_words(const char *line)
{
	int n = 0;

	for (const char *p = line; *p; p++)
		n += !strchr(" \t", *p) && (p == line || strchr(" \t", p[-1]));
	return n;
}

static void check_words(const char *text)
{
	char line[LINE_SIZE], *words[PARSE_WORDS + 1];
	int want = count_words(text), n;

	memcpy(line, text, strlen(text) + 1);
	n = split_words(line, words);
	if (n != (want > PARSE_WORDS ? -1 : want))
		die("not the words that are there", text);
	for (int i = 0; i < n; i++) {
		if (!*words[i] || strpbrk(words[i], " \t"))
			die("a word with a blank, or none", text);
		check_number(words[i]);
		check_name(words[i]);
	}
	if (n >= 0 && words[n])
		die("no NULL behind the words", text);
	check_number(text); /* may be empty, or have blanks in it */
	check_name(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum typed_end ends[] = { [LINE_DONE] = TYPED_DONE,
					       [LINE_ENDED] = TYPED_ENDED,
					       [LINE_TOO_LONG] = TYPED_TOO_LONG };
	static const struct line_io io = { .get = get, .put = put, .name = name };
	enum line_status status;

	memset(&editor, 0, sizeof(editor));
	memset(&typed, 0, sizeof(typed));
	memset(&term, 0, sizeof(term));
	editor.io = &io;
	typed.name = name;
	term.at = data;
	term.end = data + size;
	do {
		typed_begin(&typed);
		status = line_read(&editor, PROMPT);
		if (ends[status] != end)
			die("the line ends otherwise", editor.text);
		check_line(&editor);
		if (status == LINE_DONE)
			check_words(editor.text);
	} while (term.at < term.end);
	return 0;
}
