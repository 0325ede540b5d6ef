/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/pgtable.h - descriptors: written, removed and changed here alone.
 *
 * mm/pgtable.c is the encoder and owns the maintenance sequences; mm/walk.c
 * reads descriptors back without sharing a constant with it.
 *
 * Epochs: pgtable_init() and pgtable_map() run before the MMU is on (tables
 * reached at their physical address, caches off) and after it; the rest after.
 * Not reentrant: callers mask interrupts.
 */
#ifndef MM_PGTABLE_H
#define MM_PGTABLE_H

#include "mm/types.h"
#include "seam.h"

#define L1_BYTES SZ_16K
#define L2_BYTES 1024u
#define L2_ENTRIES 256u

/** The sizes a descriptor can have, largest first. */
enum block_kind { BLOCK_16M, BLOCK_1M, BLOCK_64K, BLOCK_4K, BLOCK_KINDS };
extern const u32 block_bytes[BLOCK_KINDS];

/** struct pgtable_pool - memory for tables */
struct pgtable_pool {
	pa_t l1; /* 16 KiB, aligned to 16 KiB */
	pa_t l2; /* @l2_count tables of 1 KiB, aligned to 1 KiB */
	u32 l2_count;
	bool supersections; /* the core has them: ID_MMFR3[31:28] == 0 */
};

/** pgtable_init() - take the memory, make the first-level table empty. */
void pgtable_init(const struct pgtable_pool *pool);

/**
 * pgtable_next() - the largest descriptor that may begin at @va
 *
 * The planner and the mapper both step through a range by this function, so a
 * plan is what will be built.
 */
enum block_kind pgtable_next(va_t va, pa_t pa, u32 length, bool supersections);

/**
 * pgtable_map() - enter a range, all or nothing
 * @va, @pa, @length: multiples of 4 KiB
 * @type: MT_*
 *
 * Invalid-to-valid only: no TLB maintenance is needed (DDI 0406C B3.10.1), the
 * lines are cleaned and a DSB makes them visible to the walker.
 *
 * Return: 0; -EEXIST when something is mapped there; -ENOMEM when the pool has
 * too few second-level tables.  On failure no byte has changed.
 */
int pgtable_map(va_t va, pa_t pa, u32 length, u32 type);

/** pgtable_can_map() - would pgtable_map() succeed?  Same errors, changes nothing. */
int pgtable_can_map(va_t va, pa_t pa, u32 length);
/** pgtable_enter() - pgtable_map() without asking: the caller knows that it can. */
void pgtable_enter(va_t va, pa_t pa, u32 length, u32 type);

/**
 * pgtable_unmap() - remove what pgtable_map() entered with the same @va, @length
 *
 * Tables that become empty go back to the pool after the TLB has forgotten them.
 */
void pgtable_unmap(va_t va, u32 length);

/**
 * pgtable_protect() - change the rights of mapped memory, splitting and merging
 * @grant, @deny: MAP_WRITE and MAP_EXEC, what to allow and what to forbid
 *
 * Break before make: each changed descriptor goes through invalid and a TLB
 * invalidate.  The caller has made sure that nothing in the touched
 * descriptors is needed meanwhile (running code, stack, tables, vectors).
 *
 * Return: 0, or -ENOMEM / -EINVAL (a hole in the range) with nothing changed.
 */
int pgtable_protect(va_t va, u32 length, u32 grant, u32 deny);

/**
 * pgtable_protect_span() - the range whose translation pgtable_protect() breaks
 *
 * At least [@va, @va+@length); more where a descriptor must be split, or where
 * pages merge into a larger one.  The range must be mapped.
 */
void pgtable_protect_span(va_t va, u32 length, u32 grant, u32 deny, va_t *first, va_t *last);

/* A single second-level table, for the dynamic window's page blocks. */

/**
 * pgtable_new_l2() - hang an empty table at @va's MiB
 *
 * The walker is sure to see it when the first page entered there is: the DSB of
 * pgtable_set_page() or pgtable_set_pages() completes this clean, too.
 * Return: its address, or 0 (pool empty).
 */
pa_t pgtable_new_l2(va_t va);
/** pgtable_free_l2() - take the empty table at @va's MiB away again. */
void pgtable_free_l2(va_t va);
/** pgtable_set_pages() - @n invalid entries of @table from @index on become pages at @pa. */
void pgtable_set_pages(pa_t table, u32 index, pa_t pa, u32 n, u32 type);
/** pgtable_clear_pages() - @n entries of @table become invalid; @va is the first one's. */
void pgtable_clear_pages(pa_t table, u32 index, va_t va, u32 n);

/* One entry, inline: the sequences "enter" and "remove" of mm/pgtable.c. */

static inline void pgtable_enter_entry(pa_t at, u32 desc)
{
	table_write(at, desc);
	table_clean(at);
	dsb();
	isb();
}

static inline void pgtable_remove_entry(pa_t at, va_t va)
{
	table_write(at, 0);
	table_clean(at);
	dsb();
	tlb_invalidate_va(va);
	dsb();
	isb();
}

/* Attribute bits of a small page and of a section, by a type word's low four bits. */
extern const u16 small_page_bits[16];
extern const u32 section_bits[16];
/* Where the first-level table is. */
extern pa_t pgtable_l1;

/** pgtable_set_page() - invalid entry @index of @table becomes a page at @pa. */
static inline void pgtable_set_page(pa_t table, u32 index, pa_t pa, u32 type)
{
	pgtable_enter_entry(table + index * 4, pa | small_page_bits[type & 15]);
}

/** pgtable_clear_page() - entry @index of @table, a small page at @va, becomes invalid. */
static inline void pgtable_clear_page(pa_t table, u32 index, va_t va)
{
	pgtable_remove_entry(table + index * 4, va);
}

/** pgtable_set_section() - the invalid first-level entry of @va becomes a section at @pa. */
static inline void pgtable_set_section(va_t va, pa_t pa, u32 type)
{
	pgtable_enter_entry(pgtable_l1 + (va >> SECTION_SHIFT) * 4, pa | section_bits[type & 15]);
}

/** pgtable_clear_section() - the section at @va becomes invalid. */
static inline void pgtable_clear_section(va_t va)
{
	pgtable_remove_entry(pgtable_l1 + (va >> SECTION_SHIFT) * 4, va);
}

/**
 * pgtable_close_user_half() - no walks below TASK_SIZE until there is a user space
 *
 * Epoch: once, when the identity page of the switch-on is gone.
 */
void pgtable_close_user_half(void);

/** Is there a table for pgtable_new_l2()?  (An allocation that a test may make fail.) */
bool pgtable_has_table(void);

/* Context of the three below: any, also from an interrupt handler. */

/** Tables in the pool that are free. */
u32 pgtable_free_tables(void);
/** Does the core have supersections (struct pgtable_pool)? */
bool pgtable_has_supersections(void);
/** Where the first-level table is. */
pa_t pgtable_root(void);

#endif
