/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * app/parse.h - from a typed line to words and numbers, and what was wrong.
 *
 * Pure: no output, no state, runs on a PC as it is.
 */
#ifndef APP_PARSE_H
#define APP_PARSE_H

#include "mm/types.h"

/** Words a line may have. */
#define PARSE_WORDS 16

/**
 * split_words() - cut @line into words at spaces and tabs
 * @line:  written to: each word gets its NUL
 * @words: receives the words and, behind them, a NULL
 *
 * Return: how many, or -1 when there are more than PARSE_WORDS.
 */
int split_words(char *line, char *words[PARSE_WORDS + 1]);

enum parse_status {
	PARSE_OK,
	PARSE_EMPTY,
	PARSE_NEGATIVE,
	PARSE_LEADING_ZERO,
	PARSE_GARBAGE,
	PARSE_TOO_BIG,
};

/**
 * parse_number() - a word as a number of 32 bits
 * @word: decimal or 0x hexadecimal, then perhaps one of K, M, G (2^10, 2^20,
 *        2^30; either case)
 * @out:  the number; left alone unless PARSE_OK
 *
 * "010" is refused: some readers would take it for eight, others for ten.
 */
enum parse_status parse_number(const char *word, u32 *out);

/** parse_reason() - what is wrong with the word, to be put behind it; "" for PARSE_OK. */
const char *parse_reason(enum parse_status status);

/** What a number looks like, for messages. */
#define PARSE_FORMS "write 4096, 0x1000 or 4K"

/**
 * nearest_name() - the name that was probably meant
 * @name: the @i-th name, NULL past the last
 *
 * A name that begins with @word is nearest of all (the first of them); else the
 * one with the fewest changed, missing, added or swapped letters, as long as
 * these are at most two and fewer than the word has letters.
 *
 * Return: that name, or NULL.
 */
const char *nearest_name(const char *word, const char *(*name)(unsigned int i));

#endif
