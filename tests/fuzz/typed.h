/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/fuzz/typed.h - the line that keys make, by the words of app/line.h alone:
 * what the editor is compared with.
 */
#ifndef TESTS_FUZZ_TYPED_H
#define TESTS_FUZZ_TYPED_H

#include "app/line.h"

/** struct typed - a line and those before it; zeroed but for @name before the first key */
struct typed {
	const char *(*name)(unsigned int i); /* as in struct line_io */
	char text[LINE_SIZE];
	size_t cursor;
	bool too_long;
	char kept[LINE_HISTORY][LINE_SIZE]; /* the last one first */
	u32 keeps, back;
	char draft[LINE_SIZE]; /* the one being typed, while looking back */
	u8 before; /* the byte before this one */
	enum { PLAIN, ESCAPE, ESCAPE_BODY } state;
	u32 number; /* in an escape sequence */
};

enum typed_end { TYPED_ON, TYPED_DONE, TYPED_ENDED, TYPED_TOO_LONG };

/** typed_begin() - an empty line; those before it stay known. */
void typed_begin(struct typed *t);

/** typed_key() - one more byte is typed: does the line go on, or how did it end? */
enum typed_end typed_key(struct typed *t, u8 c);

#endif
