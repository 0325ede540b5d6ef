/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot/main.c - start_kernel(): the order of the steps behind the MMU.
 *
 * The names are Linux's; docs/boot.md sets each beside its counterpart.
 */
#include <errno.h>

#include "board/board.h"
#include "boot/abort.h"
#include "boot/boot.h"
#include "boot/semihost.h"
#include "drivers/console.h"
#include "drivers/probe.h"
#include "mm/ioremap.h"
#include "mm/iotable.h"
#include "mm/log.h"
#include "mm/resource.h"
#include "mm/set_memory.h"
#include "mm/verify.h"
#include "seam.h"

extern const char __text_end[], __image_start[];
extern const char __data_start[], __early_bss_end[];
extern const char __stacks_start[], __stacks_end[], __tables_start[], __tables_end[];

void __libc_init_array(void);

static void die(const char *why)
{
	mm_log("boot: stopped: %s", why);
	semihost_exit(1);
}

/* What set_memory_*() must never take away, not even for a moment. */
static void keep_what_runs(void)
{
	const struct static_row *console;

	set_memory_init(&boot_info.layout.image);
	set_memory_keep((va_t)__image_start, (va_t)__text_end - 1, "running code");
	set_memory_keep((va_t)__stacks_start, (va_t)__stacks_end - 1, "stacks");
	set_memory_keep((va_t)__tables_start, (va_t)__tables_end - 1, "translation tables");
	set_memory_keep((va_t)__data_start, (va_t)__early_bss_end - 1, "mapper's own state");
	set_memory_keep(VECTORS_BASE, VECTORS_BASE + PAGE_SIZE - 1, "vectors");
	console = static_row_by_pa(boot_info.layout.console, boot_info.layout.console);
	if (console)
		set_memory_keep(console->va, console->va_last, "console");
}

static void setup_arch(void)
{
	resource_init();
	if (static_rows_init(map_io, map_io_rows))
		die("the static rows do not fit the resource tree: raise MM_RESOURCES");
	keep_what_runs();
	if (map_verify(map_io, map_io_rows, &boot_info.layout, boot_info.root))
		die("the live tables are not what board.c says");
}

static void rest_init(void)
{
	int status;

	irq_enable();
	status = app_main(semihost_cmdline());
	semihost_exit(status);
}

void start_kernel(void)
{
	u32 unserved;

	setup_arch();
	trap_init();
	ioremap_init();
	__libc_init_array();
	unserved = devices_probe(board_devices, board_device_rows);
	if (console_uart())
		mm_set_log(console_log_line); /* until here: the early console */
	if (unserved)
		mm_log("boot: some rows of board/%s/board.c are not served, see above", board_name);
	rest_init();
	for (;;)
		wait_for_interrupt();
}
