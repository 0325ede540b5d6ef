/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot/early.c - the static map, built and checked before SCTLR.M is set.
 *
 * Runs at the load address, with the caches off and no library.  A bad table
 * is told on the console, at its physical address, and boot stops there.
 */
#include "boot/early.h"

#include "board/board.h"
#include "boot/boot.h"
#include "drivers/earlycon.h"
#include "mm/iotable.h"
#include "mm/log.h"
#include "mm/pgtable.h"
#include "seam.h"

extern const char __image_start[], __text_end[], __rodata_end[], __image_end[];
extern const char __vectors_start[], __tables_start[];
extern const char __guard_svc[], __guard_irq[], __guard_abt[], __guard_und[], __guard_fiq[];

struct boot_info boot_info;
u32 seam_table_offset;

static u32 console_base;

/* ---- the console ---- */

static void early_log(const char *line)
{
	if (!console_base)
		return;
	while (*line)
		earlycon_putc(console_base, *line++);
	earlycon_putc(console_base, '\n');
}

void early_console_at(u32 base)
{
	console_base = base;
	mm_set_log(early_log);
}

static const struct device_desc *console_row(void)
{
	for (u32 i = 0; i < board_device_rows; i++)
		if (board_devices[i].class == DEV_CONSOLE)
			return &board_devices[i];
	return 0;
}

static void early_console_init(void)
{
	const struct device_desc *row = console_row();

	if (!row)
		return;
	earlycon_init(row->phys, row->clock, row->aux);
	boot_info.layout.console = row->phys;
	early_console_at(row->phys);
}

/* ---- what we stand on ---- */

static u32 offset_of(const char *mark)
{
	return (u32)(mark - __image_start);
}

static void describe_image(struct map_image *im)
{
	im->phys = boot_info.phys;
	im->text = offset_of(__text_end);
	im->rodata = offset_of(__rodata_end) - im->text;
	im->total = offset_of(__image_end);
	im->vectors = offset_of(__vectors_start);
	im->guard[0] = offset_of(__guard_svc);
	im->guard[1] = offset_of(__guard_irq);
	im->guard[2] = offset_of(__guard_abt);
	im->guard[3] = offset_of(__guard_und);
	im->guard[4] = offset_of(__guard_fiq);
}

static const char *mode_name(u32 cpsr)
{
	switch (cpsr & 0x1f) {
	case 0x13:
		return "SVC";
	case 0x1a:
		return "HYP";
	case 0x16:
		return "Monitor";
	case 0x1f:
		return "System";
	default:
		return "an exception mode";
	}
}

static void greet(u32 cpsr, u32 sctlr)
{
	mm_log("Mercator on %s: loaded at %p, entered in %s, MMU %s, data cache %s", board_name,
	       boot_info.phys, mode_name(cpsr), sctlr & 1 ? "on" : "off", sctlr & 4 ? "on" : "off");
}

/* ---- the map ---- */

static void stop(const char *why)
{
	mm_log("boot: stopped with the MMU off: %s", why);
	early_halt(1);
}

/* The tables map the image by pages. */
static void check_place(void)
{
	if (boot_info.phys & (PAGE_SIZE - 1))
		stop("load the image at a multiple of 4096, 0x...000, and enter it there");
}

static void check_table(void)
{
	u32 refused = map_check(map_io, map_io_rows, &boot_info.layout);

	if (!refused)
		return;
	mm_log("map: %u mistake%s in board/%s/board.c", refused, refused == 1 ? "" : "s",
	       board_name);
	stop("correct the rows above; `make check-map` shows the same on the host");
}

/* RAM's linear map, the image's window, the vectors, the identity page. */
static void map_lowmem(void)
{
	if (lowmem_init(map_io, map_io_rows, &boot_info.layout))
		stop("the map cannot be built");
}

/* Linux's name: the board's static device rows. */
static void devicemaps_init(void)
{
	if (iotable_init(map_io, map_io_rows))
		stop("the static rows cannot be entered");
}

static void take_tables(void)
{
	pa_t tables = boot_info.phys + offset_of(__tables_start);
	struct pgtable_pool pool;

	pool.l1 = (tables + L1_BYTES - 1) & ~(L1_BYTES - 1);
	pool.l2 = pool.l1 + L1_BYTES;
	pool.l2_count = MM_TABLES;
	pool.supersections = boot_info.layout.supersections;
	boot_info.root = pool.l1;
	pgtable_init(&pool);
}

pa_t paging_init(pa_t phys, u32 entry_cpsr, u32 entry_sctlr)
{
	boot_info.phys = phys;
	boot_info.entry_cpsr = entry_cpsr;
	boot_info.entry_sctlr = entry_sctlr;
	boot_info.midr = read_midr();
	boot_info.layout.tables = MM_TABLES;
	boot_info.layout.supersections = core_has_supersections();
	seam_table_offset = 0;
	early_console_init();
	describe_image(&boot_info.layout.image);
	greet(entry_cpsr, entry_sctlr);
	check_place();
	check_table();
	take_tables();
	map_lowmem();
	devicemaps_init();
	mm_log("map: %u rows checked and entered, table at %p; MMU on", map_io_rows,
	       boot_info.root);
	return boot_info.root;
}

/* The console's registers in the static map: check_table() saw that a row has them. */
static u32 console_virtual(void)
{
	pa_t pa = boot_info.layout.console;

	for (u32 i = 0; pa && i < map_io_rows; i++)
		if (!(map_io[i].type & MAP_IS_RAM) && pa - map_phys(&map_io[i]) < map_io[i].length)
			return map_io[i].virtual + (pa - map_phys(&map_io[i]));
	return 0;
}

void paging_finish(u32 offset)
{
	seam_table_offset = offset;
	early_console_at(console_virtual());
	pgtable_unmap(boot_info.phys, PAGE_SIZE);
	pgtable_close_user_half();
}

void early_fault(u32 vector, u32 lr, u32 fsr, u32 far)
{
	mm_log("boot: %s with the MMU off, lr 0x%08x, image at %p, DFSR 0x%x, DFAR 0x%08x",
	       vector == 1 ? "undefined instruction" :
	       vector == 3 ? "prefetch abort" :
			     "data abort",
	       lr, boot_info.phys, fsr, far);
}
