/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * app/commands.c - the table of the shell's commands, in help's order.
 */
#include <string.h>

#include "app/cmd.h"
#include "app/parse.h"

#define ANY (PARSE_WORDS - 1)

const struct cmd cmd_table[] = {
	{ "help", "[COMMAND]", "this list, or one command", 0, 1, cmd_help },

	{ "led", "[NAME|all on|off|toggle|status|blink [TIMES]]",
	  "light a LED; alone: the state of all", 0, 3, cmd_led },
	{ "buzzer", "[on HZ|off|beep HZ MS]", "sound the buzzer; alone: what it hangs on", 0, 3,
	  cmd_buzzer },
	{ "devices", "", "the board's devices and whether they work", 0, 0, cmd_devices },
	{ "irqs", "", "interrupt handlers and how often they ran", 0, 0, cmd_irqs },
	{ "uptime", "", "time since the clock started", 0, 0, cmd_uptime },

	{ "maps", "", "the static rows and who counts on them", 0, 0, cmd_maps },
	{ "iomem", "", "who owns which physical addresses", 0, 0, cmd_iomem },
	{ "vmallocinfo", "", "the dynamic mappings", 0, 0, cmd_vmallocinfo },
	{ "meminfo", "", "RAM, image, table pool, dynamic window", 0, 0, cmd_meminfo },
	{ "walk", "ADDR", "translate a virtual address step by step", 1, 1, cmd_walk },
	{ "ptdump", "", "all descriptors in force", 0, 0, cmd_ptdump },

	{ "request", "NAME PHYS SIZE", "claim physical addresses: request_mem_region()", 3, 3,
	  cmd_request },
	{ "release", "PHYS SIZE", "give a claim back: release_mem_region()", 2, 2, cmd_release },
	{ "ioremap", "PHYS [SIZE] [device|np|wc|cache|new]", "map registers (4 bytes, device)", 1,
	  3, cmd_ioremap },
	{ "iounmap", "ADDR", "undo one ioremap", 1, 1, cmd_iounmap },

	{ "md", "ADDR [COUNT] [b|w|l]", "show memory, each unit read once", 1, 3, cmd_md },
	{ "mw", "ADDR VALUE [b|w|l]", "write memory, once", 2, 3, cmd_mw },
	{ "fault", "KIND [PHYS]", "fault on purpose and see the report", 0, 2, cmd_fault },

	{ "demo", "", "the demonstration", 0, 0, cmd_demo },
	{ "selftest", "[WORDS]", "the target tests", 0, ANY, cmd_selftest },
	{ "bench", "", "what the calls cost", 0, 0, cmd_bench },
	{ "reboot", "", "restart the machine", 0, 0, cmd_reboot },
	{ "exit", "[STATUS]", "leave the shell", 0, 1, cmd_exit },
};
const unsigned int cmd_count = ARRAY_SIZE(cmd_table);

const char *cmd_name(unsigned int i)
{
	return i < cmd_count ? cmd_table[i].name : NULL;
}

const struct cmd *cmd_find(const char *name)
{
	for (unsigned int i = 0; i < cmd_count; i++)
		if (!strcmp(cmd_table[i].name, name))
			return &cmd_table[i];
	return NULL;
}
