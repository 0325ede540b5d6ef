/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * app/cmd_show.c - commands that show how memory is mapped and change nothing.
 */
#include "app/cmd.h"
#include "boot/boot.h"
#include "mm/check.h"
#include "mm/ioremap.h"
#include "mm/iotable.h"
#include "mm/layout.h"
#include "mm/log.h"
#include "mm/pgtable.h"
#include "mm/resource.h"
#include "mm/walk.h"

int cmd_iomem(int n, char **words)
{
	(void)n;
	(void)words;
	iomem_show();
	return 0;
}

int cmd_vmallocinfo(int n, char **words)
{
	(void)n;
	(void)words;
	vmallocinfo_show();
	return 0;
}

int cmd_maps(int n, char **words)
{
	(void)n;
	(void)words;
	maps_show();
	return 0;
}

int cmd_walk(int n, char **words)
{
	const struct map_desc *rows;
	u32 va, count;

	(void)n;
	if (!cmd_number(words, "ADDR", words[1], 0, 0xffffffffu, &va))
		return CMD_BAD;
	walk_show(pgtable_root(), va);
	rows = static_rows_table(&count);
	walk_show_physical(rows, count, pgtable_root(), va);
	return 0;
}

int cmd_ptdump(int n, char **words)
{
	(void)n;
	(void)words;
	ptdump_show(pgtable_root());
	return 0;
}

/* ---- meminfo ---- */

static bool add_size(const struct walk *w, void *arg)
{
	*(u32 *)arg += w->size;
	return true;
}

static void show_ram(void)
{
	const struct static_row *row;

	for (u32 i = 0; (row = static_row_get(i)); i++) {
		u32 size = row->pa_last - row->pa + 1, mapped = 0;

		if (!(row->type & MAP_IS_RAM))
			continue;
		walk_visit(pgtable_root(), row->va, row->va_last, add_size, &mapped);
		mm_log("RAM     %p-%p  at %p, %z mapped, %z kept out ('%s')", row->pa, row->pa_last,
		       row->va, mapped, size - mapped, row->desc->name);
	}
}

static void show_image(const struct map_image *image)
{
	const u32 data = image->text + image->rodata;

	mm_log("image   %p-%p  at %p: text %z RX, rodata %z RO, the rest %z RW", image->phys,
	       image->phys + image->total - 1, (va_t)KIMAGE_VADDR, image->text, image->rodata,
	       image->total - data);
	for (u32 i = 0; i < MAP_GUARDS; i++)
		if (image->guard[i])
			mm_log("guard   %p  never mapped, below a stack",
			       (va_t)KIMAGE_VADDR + image->guard[i]);
}

static void show_window(void)
{
	struct ioremap_stats s;

	ioremap_stats(&s);
	mm_log("window  %p-%p  mappings %u, pages %u, waiting %u, MiB cut into pages %u",
	       (va_t)VMALLOC_START, (va_t)VMALLOC_END - 1, s.live, s.live_pages, s.quarantined,
	       s.page_blocks);
	mm_log("ioremap %u maps made, %u refused, %u bad iounmaps, %u counts on static rows",
	       s.maps, s.refused, s.bad_unmaps, s.static_counts);
}

int cmd_meminfo(int n, char **words)
{
	(void)n;
	(void)words;
	show_ram();
	show_image(&boot_info.layout.image);
	mm_log("tables  %p first level, %u of %u second-level tables free%s", pgtable_root(),
	       pgtable_free_tables(), boot_info.layout.tables,
	       pgtable_has_supersections() ? ", supersections" : "");
	show_window();
	return 0;
}
