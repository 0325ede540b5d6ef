/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/pgtable_priv.h - the encoder's bits, and what its two files share.
 *
 * Included by mm/pgtable.c (enter, remove) and mm/protect.c (change) alone.
 * Bit positions: DDI 0406C B3.5.1, figures B3-4 and B3-5.
 */
#ifndef MM_PGTABLE_PRIV_H
#define MM_PGTABLE_PRIV_H

#include "mm/pgtable.h"
#include "seam.h"

/* first level */
#define PMD_TABLE 0x1u
#define PMD_TABLE_BASE 0xfffffc00u
#define PMD_SECTION 0x2u
#define PMD_XN (1u << 4)
#define PMD_AP0 (1u << 10)
#define PMD_TEX_SHIFT 12
#define PMD_TEX1 (1u << PMD_TEX_SHIFT)
#define PMD_AP2 (1u << 15)
#define PMD_SUPER (1u << 18)

/* second level */
#define PTE_XN 0x1u /* small pages */
#define PTE_SMALL 0x2u
#define PTE_LARGE 0x1u
#define PTE_B (1u << 2)
#define PTE_C (1u << 3)
#define PTE_AP0 (1u << 4)
#define PTE_TEX_SHIFT 6
#define PTE_TEX1 (1u << PTE_TEX_SHIFT)
#define PTE_AP2 (1u << 9)
#define LPTE_TEX_SHIFT 12
#define LPTE_XN (1u << 15)

#define PGTABLE_MAX_TABLES 1024u
_Static_assert(PGTABLE_MAX_TABLES % 32 == 0, "a bit each, in whole words");

struct pgtable {
	struct pgtable_pool pool;
	u32 free_count;
	u32 free[PGTABLE_MAX_TABLES / 32];
};
extern struct pgtable pgtable;

static inline pa_t l1_entry(va_t va)
{
	return pgtable.pool.l1 + (va >> SECTION_SHIFT) * 4;
}
static inline bool is_table(u32 l1)
{
	return (l1 & 3) == PMD_TABLE;
}
static inline bool is_section(u32 l1)
{
	return (l1 & 3) == PMD_SECTION;
}
static inline pa_t l2_entry(u32 l1, va_t va)
{
	return (l1 & PMD_TABLE_BASE) + ((va >> PAGE_SHIFT) & (L2_ENTRIES - 1)) * 4;
}
static inline bool is_large(u32 l2)
{
	return (l2 & 3) == PTE_LARGE;
}
static inline bool is_small(u32 l2)
{
	return l2 & PTE_SMALL;
}

/* A small page's attribute bits for a type word. */
static inline u32 encode_small(u32 type)
{
	return small_page_bits[type & 15];
}
u32 large_of_small(u32 small);
u32 section_of_small(u32 small);
void clean_entries(pa_t first, pa_t last);
pa_t new_table(void);
void give_table(pa_t table);

#endif
