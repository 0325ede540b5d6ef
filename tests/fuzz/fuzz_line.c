/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/fuzz/fuzz_line.c - bytes become what somebody types: the line editor, then
 * the words and numbers of each line.
 *
 * A terminal that knows no more than app/line.h promises draws what the editor
 * says; when a line is done, what stands there must be the line.  Words and
 * numbers are judged by the C library.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/line.h"
#include "app/parse.h"

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
	char row[ROW_SIZE + 1], last_row[ROW_SIZE + 1];
	u32 column;
} term;

static int get(void *arg)
{
	(void)arg;
	return term.at < term.end ? *term.at++ : -1;
}

static void new_row(void)
{
	memcpy(term.last_row, term.row, sizeof(term.row));
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
		memset(term.row, 0, sizeof(term.row));
		term.column = 0;
		return;
	}
	while (n--)
		draw(*s++);
}

/* Names of every kind that matters: one begins another, some differ by a letter. */
static const char *name(unsigned int i)
{
	static const char *const names[] = {
		"led",	   "leds",	    "iomem",   "ioremap",
		"iounmap", "maps",	    "md",      "mw",
		"walk",	   "set_memory_rw", "request", "a-name-with-more-letters-than-any"
	};

	return i < ARRAY_SIZE(names) ? names[i] : NULL;
}

/* ---- a line ---- */

static void check_row(const struct line *l)
{
	const size_t prompt = strlen(PROMPT);
	size_t end = strlen(term.last_row);

	while (end > prompt + l->len && term.last_row[end - 1] == ' ')
		end--;
	if (end != prompt + l->len || memcmp(term.last_row, PROMPT, prompt) != 0 ||
	    memcmp(term.last_row + prompt, l->text, l->len) != 0)
		die("what is drawn is not the line", term.last_row);
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
}

/* ---- its words ---- */

static void check_number(const char *word)
{
	const bool hex = word[0] == '0' && (word[1] | 0x20) == 'x';
	static const char suffixes[] = "kKmMgG";
	const char *suffix;
	u32 got = 0x5eed;
	enum parse_status status = parse_number(word, &got);
	unsigned long long want;
	char *rest;

	if (status != PARSE_OK) {
		if (got != 0x5eed)
			die("a refused number was stored", word);
		if (!*parse_reason(status))
			die("a refusal without a reason", word);
		return;
	}
	want = strtoull(word, &rest, hex ? 16 : 10);
	suffix = *rest ? strchr(suffixes, *rest) : NULL;
	if (rest == word || (*rest && (!suffix || rest[1])))
		die("taken for a number", word);
	if (suffix)
		want <<= 10 * (1 + (suffix - suffixes) / 2);
	if (want != got)
		die("another number", word);
}

static void check_name(const char *word)
{
	const char *nearest = nearest_name(word, name);
	bool begins = false, known = !nearest;

	for (unsigned int i = 0; name(i); i++) {
		begins |= *word && !strncmp(name(i), word, strlen(word));
		known |= nearest == name(i);
	}
	if (!known)
		die("nearest_name() made a name up", word);
	if (begins && (!nearest || strncmp(nearest, word, strlen(word)) != 0))
		die("a name begins so, and another one is called nearest", word);
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
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct line_io io = { .get = get, .put = put, .name = name };
	static struct line editor;
	enum line_status status;

	memset(&editor, 0, sizeof(editor));
	memset(&term, 0, sizeof(term));
	editor.io = &io;
	term.at = data;
	term.end = data + size;
	do {
		status = line_read(&editor, PROMPT);
		check_line(&editor);
		if (status != LINE_ENDED)
			check_row(&editor);
		if (status == LINE_DONE)
			check_words(editor.text);
	} while (term.at < term.end);
	return 0;
}
