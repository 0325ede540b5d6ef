/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * app/cmd_run.c - commands that start something or end it all.
 */
#include <string.h>

#include "app/cmd.h"
#include "app/demo.h"
#include "app/parse.h"
#include "app/shell.h"
#include "boot/boot.h"
#include "drivers/console.h"
#include "drivers/reset.h"
#include "mm/log.h"

static void help_row(const struct cmd *c)
{
	mm_log("  %-11s %-36s %s", c->name, c->args, c->help);
}

int cmd_help(int n, char **words)
{
	const struct cmd *c;

	if (n == 1) {
		for (unsigned int i = 0; i < cmd_count; i++)
			help_row(&cmd_table[i]);
		mm_log("Numbers: decimal or 0x hexadecimal, with K, M or G behind them if you "
		       "like.");
		return 0;
	}
	c = cmd_find(words[1]);
	if (!c) {
		const char *near = nearest_name(words[1], cmd_name);

		mm_log("help: there is no command '%s'%s%s%s", words[1],
		       near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
		return CMD_BAD;
	}
	cmd_usage(c);
	mm_log("  %s", c->help);
	return 0;
}

int cmd_selftest(int n, char **words)
{
	char cmdline[128] = "selftest";
	int failed;

	/* the words come from one line of the editor, so they fit */
	for (int i = 1; i < n; i++) {
		strcat(cmdline, " ");
		strcat(cmdline, words[i]);
	}
	failed = selftest_main(cmdline);
	mm_log("selftest: %d failed", failed);
	return 0;
}

int cmd_bench(int n, char **words)
{
	(void)n;
	(void)words;
	bench_main();
	return 0;
}

int cmd_demo(int n, char **words)
{
	(void)n;
	(void)words;
	demo_main();
	return 0;
}

int cmd_reboot(int n, char **words)
{
	(void)n;
	(void)words;
	mm_log("restarting");
	console_flush();
	machine_restart();
	return 0;
}

int cmd_exit(int n, char **words)
{
	u32 status = 0;

	if (n > 1 && !cmd_number(words, "STATUS", words[1], 0, 255, &status))
		return CMD_BAD;
	shell_leave((int)status);
	return 0;
}
