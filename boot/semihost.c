/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot/semihost.c - the host behind the board, if there is one.
 *
 * Operations of Arm's "Semihosting for AArch32" that the kit uses: 0x15
 * SYS_GET_CMDLINE, 0x20 SYS_EXIT_EXTENDED.
 */
#include "boot/semihost.h"

#include "drivers/console.h"
#include "drivers/reset.h"
#include "mm/log.h"
#include "seam.h"

#define SYS_GET_CMDLINE 0x15
#define SYS_EXIT_EXTENDED 0x20
#define ADP_STOPPED_APPLICATION_EXIT 0x20026

u32 semihost_call(u32 op, void *arg);
u32 semihost_unanswered(u32 op, const u32 *arg);

static char cmdline[128];
static bool asked, present;

static void ask(void)
{
	u32 block[2] = { (u32)cmdline, sizeof(cmdline) };

	asked = true;
	present = !semihost_call(SYS_GET_CMDLINE, block);
	if (!present)
		cmdline[0] = 0;
}

/* QEMU puts the image's name first; the arguments are what follows. */
const char *semihost_cmdline(void)
{
	const char *p = cmdline;

	if (!asked)
		ask();
	while (*p && *p != ' ')
		p++;
	while (*p == ' ')
		p++;
	return p;
}

bool semihost_present(void)
{
	if (!asked)
		ask();
	return present;
}

/* Called by boot/vectors.S when SVC came back to us: this is silicon. */
u32 semihost_unanswered(u32 op, const u32 *arg)
{
	if (op != SYS_EXIT_EXTENDED)
		return 0xffffffffu;
	mm_log("finished with status %d; no debugger: resetting", (int)arg[1]);
	console_flush();
	machine_restart();
	mm_log("this board has no reset row: switch it off and on");
	for (;;)
		wait_for_interrupt();
}

void semihost_exit(int status)
{
	u32 block[2] = { ADP_STOPPED_APPLICATION_EXIT, (u32)status };

	console_flush();
	semihost_call(SYS_EXIT_EXTENDED, block);
	for (;;)
		wait_for_interrupt();
}
