/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/model/fakebus.c - a bus without an MMU, for the drivers' tests.
 */
#include "fakebus.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "mm/ioremap.h"
#include "mm/log.h"
#include "mm/resource.h"
#include "seam.h"

#define KEPT 65536u
#define LOG_BYTES 16384u
#define EDGES 64u

void (*bus_irq_hook)(void);
void (*bus_wfi_hook)(void);
struct model_cp15 model_cp15;
u32 seam_table_offset;

static struct bus_window *windows;
static struct bus_access accesses[KEPT];
static u32 n_accesses, n_dsbs, n_wfis;
static bool masked, in_hook;
static char log_text[LOG_BYTES];
static u32 log_lines;

static struct edge {
	pa_t start;
	u32 size;
	bool claim;
} edges[EDGES];
static pa_t refused_map, refused_claim;

static void capture(const char *line)
{
	size_t used = strlen(log_text);

	assert_true(used + strlen(line) + 2 < LOG_BYTES);
	sprintf(log_text + used, "%s\n", line);
	log_lines++;
}

void bus_reset(void)
{
	windows = NULL;
	n_accesses = n_dsbs = n_wfis = 0;
	masked = in_hook = false;
	bus_irq_hook = bus_wfi_hook = NULL;
	memset(&model_cp15, 0, sizeof(model_cp15));
	memset(edges, 0, sizeof(edges));
	refused_map = refused_claim = 0;
	bus_log_clear();
	mm_set_log(capture);
}

void bus_add(struct bus_window *w)
{
	w->next = windows;
	windows = w;
}

u32 bus_accesses(void)
{
	return n_accesses;
}

const struct bus_access *bus_access(u32 i)
{
	assert_true(i < n_accesses && i < KEPT);
	return &accesses[i];
}

void bus_forget(void)
{
	n_accesses = 0;
}

u32 bus_writes(void)
{
	u32 n = 0;

	for (u32 i = 0; i < n_accesses; i++)
		n += bus_access(i)->write;
	return n;
}

u32 bus_find_write(va_t va, u32 from)
{
	for (u32 i = from; i < n_accesses; i++)
		if (bus_access(i)->write && bus_access(i)->va == va)
			return i;
	fail_msg("no write to 0x%08x", va);
	return 0;
}

u32 bus_wfis(void)
{
	return n_wfis;
}

bool bus_masked(void)
{
	return masked;
}

const char *bus_log(void)
{
	return log_text;
}

u32 bus_log_lines(void)
{
	return log_lines;
}

void bus_log_clear(void)
{
	log_text[0] = 0;
	log_lines = 0;
}

void bus_assert_logged(const char *text, const char *file, int line)
{
	if (!strstr(log_text, text)) {
		print_error("expected in the log: %s\nthe log:\n%s", text, log_text);
		_fail(file, line);
	}
}

/* ---- accesses ---- */

static struct bus_window *find(va_t va, u32 width)
{
	for (struct bus_window *w = windows; w; w = w->next)
		if (va >= w->base && va - w->base + width <= w->size)
			return w;
	fail_msg("access to 0x%08x: no register there", va);
	return NULL;
}

static void record(va_t va, u32 width, bool write, u32 value)
{
	if (va % width)
		fail_msg("access to 0x%08x is not aligned to its width %u", va, width);
	if (n_accesses < KEPT)
		accesses[n_accesses] =
			(struct bus_access){ va, width, write, value, masked, n_dsbs };
	n_accesses++;
}

static void interrupt(void)
{
	if (masked || in_hook || !bus_irq_hook)
		return;
	in_hook = masked = true;
	bus_irq_hook();
	in_hook = masked = false;
}

u32 model_mmio_read(va_t va, u32 width)
{
	struct bus_window *w = find(va, width);
	u32 v = w->read(w, va - w->base, width);

	record(va, width, false, v);
	interrupt();
	return v;
}

void model_mmio_write(va_t va, u32 width, u32 v)
{
	struct bus_window *w = find(va, width);

	record(va, width, true, v);
	w->write(w, va - w->base, width, v);
	interrupt();
}

/* ---- the rest of the seam that drivers use ---- */

void model_dsb(void)
{
	n_dsbs++;
}

void model_dmb(void)
{
}

void model_isb(void)
{
}

u32 model_irq_save(void)
{
	u32 was = masked ? 0x80 : 0;

	masked = true;
	return was;
}

void model_irq_restore(u32 cpsr)
{
	masked = cpsr & 0x80;
	interrupt();
}

void model_irq_enable(void)
{
	masked = false;
	interrupt();
}

bool model_irqs_enabled(void)
{
	return !masked;
}

void model_wfi(void)
{
	n_wfis++;
	if (!bus_wfi_hook)
		fail_msg("wait_for_interrupt() with nothing to wake it");
	bus_wfi_hook();
}

const char *seam_symbol(u32 addr, u32 *offset)
{
	(void)addr;
	*offset = 0;
	return NULL;
}

/* ---- the mapping edge ---- */

static u32 count(bool claim)
{
	u32 n = 0;

	for (u32 i = 0; i < EDGES; i++)
		n += edges[i].size && edges[i].claim == claim;
	return n;
}

static void enter(pa_t start, u32 size, bool claim)
{
	for (u32 i = 0; i < EDGES; i++)
		if (!edges[i].size) {
			edges[i] = (struct edge){ start, size, claim };
			return;
		}
	fail_msg("more than %u mappings and claims", EDGES);
}

static void leave(pa_t start, u32 size, bool claim)
{
	for (u32 i = 0; i < EDGES; i++)
		if (edges[i].size && edges[i].claim == claim && edges[i].start == start &&
		    (!size || edges[i].size == size)) {
			edges[i].size = 0;
			return;
		}
	fail_msg("0x%08x given back, but not %s", start, claim ? "claimed" : "mapped");
}

void __iomem *ioremap(phys_addr_t phys, size_t size)
{
	if (!size || (refused_map && phys == refused_map)) {
		errno = size ? EBUSY : EINVAL;
		mm_log("ioremap %p: refused by the test", phys);
		return NULL;
	}
	enter(phys, (u32)size, false);
	return IOMEM(phys);
}

void iounmap(volatile void __iomem *addr)
{
	leave(iomem_va(addr), 0, false);
}

struct resource *request_mem_region(pa_t start, u32 n, const char *name)
{
	static struct resource claim;

	if (!n || (refused_claim && start == refused_claim)) {
		errno = n ? EBUSY : EINVAL;
		mm_log("request_mem_region %p for %s: refused by the test", start, name);
		return NULL;
	}
	enter(start, n, true);
	return &claim;
}

void release_mem_region(pa_t start, u32 n)
{
	leave(start, n, true);
}

u32 bus_mapped(void)
{
	return count(false);
}

u32 bus_claimed(void)
{
	return count(true);
}

bool bus_is_claimed(pa_t start)
{
	for (u32 i = 0; i < EDGES; i++)
		if (edges[i].size && edges[i].claim && edges[i].start == start)
			return true;
	return false;
}

void bus_refuse_map(pa_t phys)
{
	refused_map = phys;
}

void bus_refuse_claim(pa_t start)
{
	refused_claim = start;
}
