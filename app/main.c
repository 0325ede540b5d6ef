/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * app/main.c - what runs after boot, chosen by the first word of the command line.
 */
#include <string.h>

#include "app/demo.h"
#include "app/shell.h"
#include "boot/boot.h"
#include "drivers/console.h"
#include "mm/log.h"

static bool first_word_is(const char *cmdline, const char *word)
{
	const size_t n = strlen(word);

	return !strncmp(cmdline, word, n) && (!cmdline[n] || cmdline[n] == ' ');
}

static int with_shell(void)
{
	demo_main();
	mm_log("%s", "");
	mm_log("This is Mercator's shell: `help` lists the commands, Tab completes them.");
	return shell_run();
}

int app_main(const char *cmdline)
{
	while (*cmdline == ' ')
		cmdline++;
	if (!*cmdline || first_word_is(cmdline, "shell"))
		return with_shell();
	if (first_word_is(cmdline, "demo"))
		return demo_main();
	if (first_word_is(cmdline, "selftest"))
		return selftest_main(cmdline);
	if (first_word_is(cmdline, "bench"))
		return bench_main();
	mm_log("'%s': nothing is called that; the command line begins with one of: shell, demo, "
	       "selftest, bench",
	       cmdline);
	return 2;
}
