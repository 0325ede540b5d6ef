/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * examples/minimal/main.c - somebody else's firmware: the mapping core from the
 * library, and nothing else of the kit.
 *
 * It runs flat: its own MiB has the same address before and after the MMU is on.
 */
#include "mm/check.h"
#include "mm/io.h"
#include "mm/ioremap.h"
#include "mm/iotable.h"
#include "mm/log.h"
#include "mm/resource.h"
#include "mm/walk.h"

#define UART 0x10009000 /* a PL011: data at 0, flags at 0x18, bit 5 transmit FIFO full */

static const struct map_desc rows[] = {
	MAP_RAM("ram", 0x70000000, SZ_128M),
	MAP_RAM_NOMAP("firmware", 0x70000000, SZ_1M), /* main() maps it flat */
	MAP_DEVICE("sysreg", 0xF8000000, 0x10000000, SZ_4K),
};
#define ROWS ARRAY_SIZE(rows)

extern char text_start[], data_start[], data_end[]; /* minimal.ld: whole pages */
void mmu_on(pa_t table); /* start.S */

static u32 level1[4096] __attribute__((aligned(16384)));
static u32 level2[32][256] __attribute__((aligned(1024)));
static struct map_layout layout = { .tables = 32 };
static void __iomem *uart = IOMEM(UART);

static void print(const char *line)
{
	do {
		while (readl(uart + 0x18) & 0x20)
			;
		writel(*line ? (u8)*line : '\n', uart);
	} while (*line++);
}

static int map_flat(const char *from, const char *to, u32 type)
{
	return pgtable_map((va_t)from, (pa_t)from, (u32)(to - from), type);
}

int main(void)
{
	struct pgtable_pool pool = { (pa_t)level1, (pa_t)level2, 32, core_has_supersections() };
	pa_t pa;

	mm_set_log(print);
	layout.supersections = pool.supersections;
	pgtable_init(&pool);
	if (map_check(rows, ROWS, &layout) || map_flat(text_start, data_start, MT_ROM) ||
	    map_flat(data_start, data_end, MT_MEMORY_RW) || lowmem_init(rows, ROWS, &layout) ||
	    iotable_init(rows, ROWS))
		return 1;
	mm_log("minimal: the table is built; MMU on");
	mm_set_log(NULL); /* no row maps the UART: it has no address from here on */
	mmu_on(pool.l1);
	resource_init();
	if (static_rows_init(rows, ROWS))
		return 1;
	ioremap_init();

	uart = ioremap(UART, SZ_4K);
	if (!uart)
		return 1;
	mm_set_log(print);
	mm_log("minimal: %p prints by way of %p", UART, iomem_va(uart));
	walk_show(pool.l1, iomem_va(uart));
	mm_log("minimal: iounmap(%p), and good bye", iomem_va(uart));
	mm_set_log(NULL);
	iounmap(uart);
	return walk_translate(pool.l1, iomem_va(uart), &pa); /* 0: nothing is there any more */
}
