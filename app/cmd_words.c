/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * app/cmd_words.c - a command's words: read, and refused in one way by all.
 */
#include "app/cmd.h"
#include "app/parse.h"
#include "mm/log.h"

void cmd_usage(const struct cmd *c)
{
	mm_log("usage: %s%s%s", c->name, *c->args ? " " : "", c->args);
}

bool cmd_number(char **words, const char *what, const char *word, u32 min, u32 max, u32 *out)
{
	enum parse_status status = parse_number(word, out);

	if (status != PARSE_OK) {
		mm_log("%s: %s '%s' %s; " PARSE_FORMS, words[0], what, word, parse_reason(status));
		return false;
	}
	if (*out < min || *out > max) {
		mm_log("%s: %s '%s' is out of range; it is %u to %u", words[0], what, word, min,
		       max);
		return false;
	}
	return true;
}

int cmd_unknown_word(char **words, const char *word, const char *accepted)
{
	mm_log("%s: '%s' is not understood; there may stand: %s", words[0], word, accepted);
	return CMD_BAD;
}

bool cmd_range(char **words, const char *what, u32 start, u32 size)
{
	if (size - 1 <= 0xffffffffu - start)
		return true;
	mm_log("%s: %s %p and %u bytes reach past 4 GiB; ask for fewer", words[0], what, start,
	       size);
	return false;
}
