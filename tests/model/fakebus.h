/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/model/fakebus.h - a bus without an MMU, for the drivers' tests.
 *
 * It takes the machine model's place behind the seam: addresses go straight to
 * windows of fake registers, every access is recorded, and one that meets no
 * window fails the test.  ioremap() and request_mem_region() are fakes too:
 * a mapping is its physical address.
 */
#ifndef FAKEBUS_H
#define FAKEBUS_H

#include "mm/types.h"

struct bus_window;

/** struct bus_window - fake registers at [@base, @base + @size) */
struct bus_window {
	va_t base;
	u32 size;
	u32 (*read)(struct bus_window *w, u32 offset, u32 width);
	void (*write)(struct bus_window *w, u32 offset, u32 width, u32 v);
	struct bus_window *next;
};

/** struct bus_access - one access, as it was made */
struct bus_access {
	va_t va;
	u32 width;
	bool write;
	u32 value;
	bool masked; /* interrupts were */
	u32 dsbs; /* barriers before it, since bus_reset() */
};

/** bus_reset() - no windows, nothing recorded, interrupts on, log captured. */
void bus_reset(void);
void bus_add(struct bus_window *w);

/** What was recorded since bus_forget(); 65536 are kept. */
u32 bus_accesses(void);
const struct bus_access *bus_access(u32 i);
void bus_forget(void);
u32 bus_writes(void);
/** The index of the first write to @va at or after @from; fails if there is none. */
u32 bus_find_write(va_t va, u32 from);

/**
 * Called after each access that was made with interrupts on, and when they are
 * let in again, as if an interrupt came in there; not again while it runs.
 */
extern void (*bus_irq_hook)(void);
/** Called by wait_for_interrupt(); without one, sleeping fails the test. */
extern void (*bus_wfi_hook)(void);
u32 bus_wfis(void);
bool bus_masked(void);

/** What was logged since bus_reset() or bus_log_clear(): lines with newlines. */
const char *bus_log(void);
u32 bus_log_lines(void);
void bus_log_clear(void);
/** Fails unless the log contains @text. */
#define assert_logged(text) bus_assert_logged(text, __FILE__, __LINE__)
void bus_assert_logged(const char *text, const char *file, int line);

/* ---- the fake mapping edge ---- */
u32 bus_mapped(void); /* ioremap()s not undone */
u32 bus_claimed(void); /* regions not released */
bool bus_is_claimed(pa_t start);
/** From now on ioremap()/request_mem_region() of @phys is refused; 0: of none. */
void bus_refuse_map(pa_t phys);
void bus_refuse_claim(pa_t start);

#endif
