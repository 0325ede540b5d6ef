/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * app/cmd.h - a command of the shell: one row a command, one table for all.
 *
 * Everything a command says is a whole line through mm_log(), so that it keeps
 * its order with what the kit itself has to say.
 */
#ifndef APP_CMD_H
#define APP_CMD_H

#include "mm/types.h"

/** A command was not understood; nothing was changed. */
#define CMD_BAD (-1)

/**
 * struct cmd - one command
 * @name: its word
 * @args: what may follow, as `help` prints it
 * @help: one line
 * @min, @max: how many words may follow
 * @fn:   words[0] is the name, words[n] is NULL; 0, or CMD_BAD once it has said
 *        what was wrong
 */
struct cmd {
	const char *name;
	const char *args;
	const char *help;
	int min, max;
	int (*fn)(int n, char **words);
};

extern const struct cmd cmd_table[];
extern const unsigned int cmd_count;

/** cmd_name() - the @i-th command's name, NULL past the last. */
const char *cmd_name(unsigned int i);
/** cmd_find() - the command of that name, or NULL. */
const struct cmd *cmd_find(const char *name);
/** cmd_usage() - one line: how the command is written. */
void cmd_usage(const struct cmd *c);

/**
 * cmd_number() - the word after the command that is called @what in its usage
 * @min, @max: what it may be
 *
 * Return: true with *@out set; false once a line has named the word, what is
 * wrong with it and how to write it.
 */
bool cmd_number(char **words, const char *what, const char *word, u32 min, u32 max, u32 *out);

/** cmd_unknown_word() - say that @word is not what may stand there, and what may.  CMD_BAD. */
int cmd_unknown_word(char **words, const char *word, const char *accepted);

/** cmd_range() - does [@start, @start + @size) end below 4 GiB?  Says so when not. */
bool cmd_range(char **words, const char *what, u32 start, u32 size);

/* ---- by theme, a file each ---- */

/* app/cmd_devices.c */
int cmd_led(int n, char **words);
int cmd_buzzer(int n, char **words);
int cmd_devices(int n, char **words);
int cmd_irqs(int n, char **words);
int cmd_uptime(int n, char **words);

/* app/cmd_map.c */
int cmd_ioremap(int n, char **words);
int cmd_iounmap(int n, char **words);
int cmd_request(int n, char **words);
int cmd_release(int n, char **words);

/* app/cmd_show.c */
int cmd_iomem(int n, char **words);
int cmd_vmallocinfo(int n, char **words);
int cmd_maps(int n, char **words);
int cmd_walk(int n, char **words);
int cmd_ptdump(int n, char **words);
int cmd_meminfo(int n, char **words);

/* app/cmd_memory.c */
int cmd_md(int n, char **words);
int cmd_mw(int n, char **words);

/* app/cmd_fault.c */
int cmd_fault(int n, char **words);

/* app/cmd_run.c */
int cmd_help(int n, char **words);
int cmd_selftest(int n, char **words);
int cmd_bench(int n, char **words);
int cmd_demo(int n, char **words);
int cmd_reboot(int n, char **words);
int cmd_exit(int n, char **words);

#endif
