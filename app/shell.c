/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * app/shell.c - the shell on the console: a line, its command, its words.
 */
#include "app/shell.h"

#include "app/cmd.h"
#include "app/line.h"
#include "app/parse.h"
#include "drivers/console.h"
#include "mm/log.h"

static bool leaving;
static int leave_status;

void shell_leave(int status)
{
	leaving = true;
	leave_status = status;
}

/* ---- the editor's world ---- */

static int get(void *arg)
{
	(void)arg;
	return console_wait_char();
}

static void put(void *arg, const char *s, size_t n)
{
	(void)arg;
	console_write(s, n);
}

static const struct line_io console_io = { .get = get, .put = put, .name = cmd_name };

/* ---- running ---- */

static void unknown(const char *word)
{
	const char *near = nearest_name(word, cmd_name);

	if (near)
		mm_log("%s: no such command; did you mean '%s'? `help` lists all", word, near);
	else
		mm_log("%s: no such command; `help` lists all", word);
}

static bool count_fits(const struct cmd *c, int n, char **words)
{
	if (n - 1 >= c->min && n - 1 <= c->max)
		return true;
	if (n - 1 < c->min)
		mm_log("%s: something is missing after '%s'", c->name, words[n - 1]);
	else
		mm_log("%s: '%s' is one word too many", c->name, words[1 + c->max]);
	cmd_usage(c);
	return false;
}

static void run(char *line)
{
	char *words[PARSE_WORDS + 1];
	int n = split_words(line, words);
	const struct cmd *c;

	if (n < 0) {
		mm_log("a line has %u words at most; this one was not run", PARSE_WORDS);
		return;
	}
	/* '#' begins a remark, so that a file of commands can have some */
	if (!n || words[0][0] == '#')
		return;
	c = cmd_find(words[0]);
	if (!c)
		unknown(words[0]);
	else if (count_fits(c, n, words) && c->fn(n, words) == CMD_BAD)
		cmd_usage(c);
}

int shell_run(void)
{
	static struct line line;

	line.io = &console_io;
	leaving = false;
	while (!leaving) {
		switch (line_read(&line, SHELL_PROMPT)) {
		case LINE_DONE:
			run(line.text);
			break;
		case LINE_TOO_LONG:
			mm_log("a line has %u characters at most; this one was not run",
			       LINE_SIZE - 1);
			break;
		case LINE_ENDED:
			mm_log("end of input: leaving the shell");
			return 0;
		}
	}
	return leave_status;
}
