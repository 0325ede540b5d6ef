/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * app/cmd_fault.c - faults on purpose: each kind, its report, and back.
 */
#include <string.h>

#include "app/cmd.h"
#include "boot/abort.h"
#include "boot/boot.h"
#include "drivers/probe.h"
#include "mm/fault.h"
#include "mm/io.h"
#include "mm/ioremap.h"
#include "mm/iotable.h"
#include "mm/log.h"
#include "mm/pgtable.h"
#include "mm/resource.h"
#include "mm/walk.h"

/* ---- what touches ---- */

static void read_word(void *arg)
{
	readl(IOMEM(*(va_t *)arg));
}

static void write_word(void *arg)
{
	writel(0, IOMEM(*(va_t *)arg));
	dsb();
}

static void jump(void *arg)
{
	void (*fn)(void) = (void (*)(void))(uintptr_t) * (va_t *)arg;

	fn();
}

/*
 * One instruction for two words: it wants word alignment of any memory (DDI
 * 0406C A3.2.1), where a single load would be split on normal memory.
 */
static void read_two_words(void *arg)
{
	(void)*(volatile uint64_t *)(uintptr_t) * (va_t *)arg;
}

static int provoke(const char *kind, void (*touch)(void *arg), va_t va)
{
	struct abort_info info;

	mm_log("fault %s: touching %p", kind, va);
	if (abort_catch(touch, &va, &info, true))
		mm_log("fault %s: caught, and back at the shell", kind);
	else
		mm_log("fault %s: nothing aborted", kind);
	return 0;
}

/* ---- where ---- */

/* A register that a device has and the dynamic window may map; 0: the board has none. */
static pa_t some_register(void)
{
	const struct gpio_chip *chip = device_gpio(0);

	if (!chip)
		mm_log("fault: this kind borrows a GPIO register, and the board has no GPIO row "
		       "that works");
	return chip ? chip->phys : 0;
}

static int fault_null(const char *kind, pa_t phys)
{
	(void)phys;
	return provoke(kind, read_word, 0);
}

static int fault_unmapped(const char *kind, pa_t phys)
{
	struct walk w;
	va_t va = VMALLOC_END;

	(void)phys;
	for (; va < FIXADDR_START; va += SZ_1M) {
		walk(pgtable_root(), va, &w);
		if (w.kind == WALK_FAULT)
			break;
	}
	return provoke(kind, read_word, va);
}

/* Run @touch at @distance from a fresh one-page mapping of a register. */
static int on_fresh_page(const char *kind, void (*touch)(void *arg), u32 distance)
{
	pa_t phys = some_register();
	void __iomem *p;

	if (!phys)
		return 0;
	p = ioremap_new(phys & PAGE_MASK, 4);
	if (!p)
		return 0;
	provoke(kind, touch, iomem_va(p) + distance);
	iounmap(p);
	return 0;
}

static int fault_guard(const char *kind, pa_t phys)
{
	(void)phys;
	return on_fresh_page(kind, read_word, PAGE_SIZE);
}

static int fault_unaligned(const char *kind, pa_t phys)
{
	(void)phys;
	return on_fresh_page(kind, read_two_words, 2);
}

static int fault_write_ro(const char *kind, pa_t phys)
{
	(void)phys;
	return provoke(kind, write_word, (va_t)(uintptr_t)fault_write_ro & ~3u);
}

static int fault_exec_nx(const char *kind, pa_t phys)
{
	static const u32 bx_lr = 0xe12fff1e; /* if it did run, it would come back */

	(void)phys;
	return provoke(kind, jump, (va_t)(uintptr_t)&bx_lr);
}

/* The highest page that no row and no claim has. */
static pa_t nobodys_page(void)
{
	pa_t pa = 0u - PAGE_SIZE;

	while (pa && resource_owner(pa))
		pa -= PAGE_SIZE;
	return pa;
}

static int fault_external(const char *kind, pa_t phys)
{
	void __iomem *p;

	if (!phys)
		phys = nobodys_page();
	p = ioremap_new(phys & ~3u, 4);
	if (!p)
		return 0;
	mm_log("fault %s: asking the bus for %p; some machines answer 0 where nothing is", kind,
	       phys & ~3u);
	provoke(kind, read_word, iomem_va(p));
	iounmap(p);
	return 0;
}

/* ---- the kinds ---- */

static const struct fault_kind {
	const char *name;
	const char *help;
	int (*fn)(const char *kind, pa_t phys);
} kinds[] = {
	{ "null", "read address 0", fault_null },
	{ "unmapped", "read where nothing is mapped", fault_unmapped },
	{ "guard", "read the page behind a mapping", fault_guard },
	{ "write-ro", "write to the program's text", fault_write_ro },
	{ "exec-nx", "jump into data", fault_exec_nx },
	{ "device-unaligned", "two words of device memory at once, misaligned", fault_unaligned },
	{ "external", "a physical address (PHYS) where no device answers", fault_external },
};

static int list_kinds(void)
{
	for (u32 i = 0; i < ARRAY_SIZE(kinds); i++)
		mm_log("  fault %-17s %s", kinds[i].name, kinds[i].help);
	return 0;
}

int cmd_fault(int n, char **words)
{
	u32 phys = 0;

	if (n == 1)
		return list_kinds();
	for (u32 i = 0; i < ARRAY_SIZE(kinds); i++) {
		if (strcmp(words[1], kinds[i].name))
			continue;
		if (n > 2 && kinds[i].fn != fault_external) {
			mm_log("fault: '%s' takes no PHYS, only 'external' does", words[1]);
			return CMD_BAD;
		}
		if (n > 2 && !cmd_number(words, "PHYS", words[2], 4, 0xffffffffu, &phys))
			return CMD_BAD;
		return kinds[i].fn(words[1], phys);
	}
	mm_log("fault: there is no kind '%s'; the kinds are:", words[1]);
	list_kinds();
	return CMD_BAD;
}
