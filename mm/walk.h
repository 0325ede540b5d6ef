/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/walk.h - an independent reader of translation tables.
 *
 * It judges what mm/pgtable.c wrote, so it shares no constant and no line with
 * it: bits are spelled again, from the manual (DDI 0406C B3.5.1, B3.7, B3.8).
 * Context: any, also from an interrupt or abort handler: whoever breaks a
 * descriptor masks interrupts meanwhile.
 */
#ifndef MM_WALK_H
#define MM_WALK_H

#include "mm/types.h"

enum walk_kind { WALK_FAULT, WALK_16M, WALK_1M, WALK_64K, WALK_4K };

/** struct walk - what the tables say of one address */
struct walk {
	enum walk_kind kind;
	va_t va; /* first byte of the descriptor's range */
	pa_t pa; /* likewise */
	u32 size; /* bytes the descriptor maps */
	pa_t l1_at, l2_at; /* where the descriptors stand; l2_at 0 if there is none */
	u32 l1, l2; /* their values */
	u32 mem; /* MEM_SO, MEM_DEVICE, MEM_NC, MEM_CACHED; WALK_MEM_OTHER */
	bool write, exec, user, global, shared;
	bool odd; /* what this kit never writes: NS, PXN, no access, ... */
	u32 domain;
};
#define WALK_MEM_OTHER 0xffu

/** walk() - translate @va by the table at @l1. */
void walk(pa_t l1, va_t va, struct walk *out);

/** walk_translate() - the physical address of @va, or false. */
bool walk_translate(pa_t l1, va_t va, pa_t *pa);

/** walk_show() - the step-by-step translation of @va, for learners (mm/walk_show.c). */
void walk_show(pa_t l1, va_t va);

struct map_desc;
/**
 * walk_show_physical() - what a row maps elsewhere was meant physically: say where it is
 *
 * Return: was it so?  Nothing is said of what is mapped, or is in no row of @rows.
 */
bool walk_show_physical(const struct map_desc *rows, u32 n, pa_t l1, pa_t pa);

/**
 * walk_visit() - call @fn for each valid descriptor in [@from, @to]
 *
 * A 64 KiB page or 16 MiB supersection is one visit, not sixteen.  @fn returns
 * false to stop.
 */
void walk_visit(pa_t l1, va_t from, va_t to, bool (*fn)(const struct walk *w, void *arg),
		void *arg);

/** ptdump_show() - the whole table, neighbouring equal descriptors in one line. */
void ptdump_show(pa_t l1);

/** walk_kind_name(), walk_mem_name() - words for reports. */
const char *walk_kind_name(enum walk_kind kind);
const char *walk_mem_name(u32 mem);

#endif
