/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/target/selftest.c - selftest_main(): which groups run, and in which order.
 */
#include <string.h>

#include "boot/boot.h"
#include "mm/log.h"
#include "tests/target/groups.h"
#include "tests/target/reenter.h"

/* The map is verified first as boot left it, and last as the others left it. */
static const struct tap_group *const groups[] = {
	&group_verify,	&group_boot,   &group_mmu,    &group_fault,    &group_execute,
	&group_ioremap, &group_blocks, &group_rights, &group_resource, &group_io,
	&group_irq,	&group_storm,  &group_libc,   &group_outside,  &group_end,
};

/* These end the run: only when they are named. */
static const struct tap_group *const deadly[] = { &group_irq_abort };

/* Cut the next word off @p; *@p is left behind it.  Length 0: no more. */
static size_t next_word(const char **p, const char **word)
{
	size_t n;

	*p += strspn(*p, " ");
	*word = *p;
	n = strcspn(*p, " ");
	*p += n;
	return n;
}

static bool is_word(const char *name, const char *word, size_t n)
{
	return strlen(name) == n && !strncmp(name, word, n);
}

static bool named(const char *name, const char *choice)
{
	const char *word;

	for (size_t n = next_word(&choice, &word); n; n = next_word(&choice, &word))
		if (is_word(name, word, n))
			return true;
	return false;
}

/* Is the group chosen?  No choice means all of them. */
static bool chosen(const char *name, const char *choice)
{
	return !choice[strspn(choice, " ")] || named(name, choice);
}

static bool is_group(const char *word, size_t n)
{
	for (u32 i = 0; i < ARRAY_SIZE(groups); i++)
		if (is_word(groups[i]->name, word, n))
			return true;
	for (u32 i = 0; i < ARRAY_SIZE(deadly); i++)
		if (is_word(deadly[i]->name, word, n))
			return true;
	return false;
}

static void list_groups(void)
{
	for (u32 i = 0; i < ARRAY_SIZE(groups); i++)
		mm_log("  %s", groups[i]->name);
	for (u32 i = 0; i < ARRAY_SIZE(deadly); i++)
		mm_log("  %s (ends the run)", deadly[i]->name);
}

static bool all_known(const char *choice)
{
	const char *word;

	for (size_t n = next_word(&choice, &word); n; n = next_word(&choice, &word)) {
		if (is_group(word, n))
			continue;
		mm_log("selftest: there is no group '%s'; nothing was run, the groups are:", word);
		list_groups();
		return false;
	}
	return true;
}

/* "selftest twice ...": all of it in an image that was entered a second time. */
static const char *take_twice(const char *choice)
{
	const char *rest = choice, *word;
	size_t n = next_word(&rest, &word);

	if (!is_word("twice", word, n))
		return choice;
	if (!reentered())
		reenter();
	return rest;
}

int selftest_main(const char *cmdline)
{
	const char *command;

	next_word(&cmdline, &command);
	cmdline = take_twice(cmdline);
	if (!all_known(cmdline))
		return 1;
	tap_start();
	for (u32 i = 0; i < ARRAY_SIZE(groups); i++)
		if (chosen(groups[i]->name, cmdline))
			tap_group(groups[i]);
	for (u32 i = 0; i < ARRAY_SIZE(deadly); i++)
		if (named(deadly[i]->name, cmdline))
			tap_group(deadly[i]);
	return (int)tap_finish();
}
