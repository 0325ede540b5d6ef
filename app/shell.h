/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * app/shell.h - the shell on the console.
 */
#ifndef APP_SHELL_H
#define APP_SHELL_H

/** What a runner waits for: the prompt, exactly. */
#define SHELL_PROMPT "mercator> "

/** shell_run() - read and run commands.  Return: `exit`'s status; 0 at the end of input. */
int shell_run(void);

/** shell_leave() - no further command after the one that runs now. */
void shell_leave(int status);

#endif
