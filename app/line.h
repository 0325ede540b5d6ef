/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * app/line.h - a line typed at a terminal: editing, history, completion.
 *
 * Keys: arrows (also Ctrl-B/F/P/N), Home/End (Ctrl-A/E), Backspace, Delete,
 * Ctrl-U and Ctrl-K (rest of the line left, right), Ctrl-W (word), Ctrl-C (drop
 * the line), Ctrl-L (clear the screen), Ctrl-D (end of input on an empty line),
 * Tab.  CR, LF and CR LF end a line once.  Bytes from 0x80 on are ignored.
 *
 * What is drawn needs backspace from the terminal, and nothing else; printable
 * characters and a newline through a pipe come out as they went in.  A line
 * that is longer than the terminal's row is drawn right only while it grows.
 *
 * It knows neither console nor commands: bytes come and go through callbacks.
 */
#ifndef APP_LINE_H
#define APP_LINE_H

#include "mm/types.h"

/** Bytes of a line, the NUL included. */
#define LINE_SIZE 128u
/** Lines that the history keeps. */
#define LINE_HISTORY 16u

/**
 * struct line_io - the world around the editor
 * @get:  the next byte (0..255), or -1 at the end of input; may block
 * @put:  draw @n bytes
 * @name: the @i-th name that Tab knows for the first word, NULL past the last
 * @arg:  handed to get and put
 */
struct line_io {
	int (*get)(void *arg);
	void (*put)(void *arg, const char *s, size_t n);
	const char *(*name)(unsigned int i);
	void *arg;
};

/** struct line - an editor; zeroed but for @io before the first line_read() */
struct line {
	const struct line_io *io;
	const char *prompt;
	char text[LINE_SIZE]; /* what was typed, NUL-terminated */
	u32 len, cursor;
	char history[LINE_HISTORY][LINE_SIZE]; /* a ring */
	u32 kept, next; /* lines in it; where the next goes */
	u32 back; /* lines back in it; 0: the one being typed */
	char draft[LINE_SIZE]; /* the one being typed, while looking back */
	u8 escape; /* where in an escape sequence */
	u8 number; /* its number, so far */
	bool after_cr;
	bool too_long; /* something was typed that did not fit */
};

enum line_status {
	LINE_DONE, /* @text is a line */
	LINE_ENDED, /* Ctrl-D on an empty line, or the input ended */
	LINE_TOO_LONG, /* what was typed did not fit: @text is only its beginning */
};

/** line_read() - prompt, and let a line be typed. */
enum line_status line_read(struct line *l, const char *prompt);

#endif
