/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/pgtable.c - the encoder: short-descriptor entries written and removed.
 *
 * Format: DDI 0406C B3.5.1.  Memory types: B3.8.2 (TEX remap off).  Access
 * permissions: B3.7.1 (AFE = 0).  Every entry is privileged only, global, not
 * shared (one core) and in domain 0, which is a client of its permissions.
 *
 * The maintenance sequences stand in the few functions marked "sequence":
 *   enter   write, clean, DSB, ISB                            (invalid -> valid)
 *   remove  write 0, clean, DSB, TLBI, DSB, ISB               (valid -> invalid)
 *   change  remove without its ISB, then enter                (valid -> valid)
 *           (break before make)
 * Changing rights is mm/protect.c's job; it calls the same helpers.
 */
#include "mm/pgtable.h"

#include <errno.h>

#include "mm/bitmap.h"
#include "mm/map.h"
#include "mm/pgtable_priv.h"
#include "seam.h"

const u32 block_bytes[BLOCK_KINDS] = { SZ_16M, SZ_1M, SZ_64K, SZ_4K };

struct pgtable pgtable;
pa_t pgtable_l1;

/* ---- encode ---- */

/* B3.8.2, table B3-10: TEX[2:0], C, B of each kind, as a small page has them. */
#define SMALL_SO 0
#define SMALL_DEVICE PTE_B
#define SMALL_NC PTE_TEX1
#define SMALL_CACHED (PTE_TEX1 | PTE_C | PTE_B)

/* A row of the table below: one set of rights, all four kinds (enum in mm/map.h). */
#define SMALL_KINDS(rights)                                                                        \
	PTE_SMALL | PTE_AP0 | SMALL_SO | (rights), PTE_SMALL | PTE_AP0 | SMALL_DEVICE | (rights),  \
		PTE_SMALL | PTE_AP0 | SMALL_NC | (rights),                                         \
		PTE_SMALL | PTE_AP0 | SMALL_CACHED | (rights)

const u16 small_page_bits[16] = {
	SMALL_KINDS(PTE_AP2 | PTE_XN), /* read */
	SMALL_KINDS(PTE_XN), /* read, write */
	SMALL_KINDS(PTE_AP2), /* read, execute */
	SMALL_KINDS(0), /* all; the checker refuses it */
};
/* The same as sections. */
#define SECTION_KINDS(rights)                                                                      \
	PMD_SECTION | PMD_AP0 | (rights), PMD_SECTION | PMD_AP0 | PTE_B | (rights),                \
		PMD_SECTION | PMD_AP0 | PMD_TEX1 | (rights),                                       \
		PMD_SECTION | PMD_AP0 | PMD_TEX1 | PTE_C | PTE_B | (rights)

const u32 section_bits[16] = {
	SECTION_KINDS(PMD_AP2 | PMD_XN),
	SECTION_KINDS(PMD_XN),
	SECTION_KINDS(PMD_AP2),
	SECTION_KINDS(0),
};

_Static_assert(MEM_KIND == 3 && MAP_WRITE == 4 && MAP_EXEC == 8, "types index small_page_bits");

u32 large_of_small(u32 small)
{
	u32 desc = PTE_LARGE | (small & (PTE_B | PTE_C | PTE_AP0 | PTE_AP2));

	desc |= (small & PTE_TEX1) << (LPTE_TEX_SHIFT - PTE_TEX_SHIFT);
	if (small & PTE_XN)
		desc |= LPTE_XN;
	return desc;
}

u32 section_of_small(u32 small)
{
	u32 desc = PMD_SECTION | (small & (PTE_B | PTE_C));

	desc |= (small & PTE_TEX1) << (PMD_TEX_SHIFT - PTE_TEX_SHIFT);
	if (small & PTE_AP0)
		desc |= PMD_AP0;
	if (small & PTE_AP2)
		desc |= PMD_AP2;
	if (small & PTE_XN)
		desc |= PMD_XN;
	return desc;
}

enum block_kind pgtable_next(va_t va, pa_t pa, u32 length, bool supersections)
{
	u32 low = va | pa;

	if (supersections && !(low & (SZ_16M - 1)) && length >= SZ_16M)
		return BLOCK_16M;
	if (!(low & (SZ_1M - 1)) && length >= SZ_1M)
		return BLOCK_1M;
	if (!(low & (SZ_64K - 1)) && length >= SZ_64K)
		return BLOCK_64K;
	return BLOCK_4K;
}

/* ---- the pool of second-level tables: a bitmap, bit 31 of word 0 first ---- */

bool pgtable_has_table(void)
{
	return pgtable.free_count && !seam_fail_alloc();
}

u32 pgtable_free_tables(void)
{
	return pgtable.free_count;
}

pa_t pgtable_root(void)
{
	return pgtable.pool.l1;
}

bool pgtable_has_supersections(void)
{
	return pgtable.pool.supersections;
}

static pa_t take_table(void)
{
	u32 word = 0, bit;

	while (!pgtable.free[word])
		word++;
	bit = (u32)__builtin_clz(pgtable.free[word]);
	pgtable.free[word] &= ~(0x80000000u >> bit);
	pgtable.free_count--;
	return pgtable.pool.l2 + (word * 32 + bit) * L2_BYTES;
}

void give_table(pa_t table)
{
	u32 i = (table - pgtable.pool.l2) / L2_BYTES;

	pgtable.free[i / 32] |= 0x80000000u >> (i % 32);
	pgtable.free_count++;
}

/* ---- maintenance ---- */

/* Clean the lines that hold entries [@first, @last]. */
void clean_entries(pa_t first, pa_t last)
{
	u32 line = cache_line_size();

	for (pa_t at = first & ~(line - 1); at <= last; at += line)
		table_clean(at);
}

/*
 * Sequence, first half of "enter" for a fresh table: its zeroes must have
 * reached the walker before an entry points at it, or a speculative walk
 * finds whatever the memory held (B3.10.1).
 */
pa_t new_table(void)
{
	pa_t table = take_table();

	table_zero(table, L2_BYTES);
	clean_entries(table, table + L2_BYTES - 4);
	dsb();
	return table;
}

/* Nobody walks it yet: the DSB of the first entry, or before the switch to it, will do. */
static void zero_l1(void)
{
	table_zero(pgtable.pool.l1, L1_BYTES);
	clean_entries(pgtable.pool.l1, pgtable.pool.l1 + L1_BYTES - 4);
}

void pgtable_init(const struct pgtable_pool *pool)
{
	pgtable.pool.l1 = pgtable_l1 = pool->l1;
	pgtable.pool.l2 = pool->l2;
	pgtable.pool.l2_count =
		pool->l2_count < PGTABLE_MAX_TABLES ? pool->l2_count : PGTABLE_MAX_TABLES;
	pgtable.pool.supersections = pool->supersections;
	pgtable.free_count = pgtable.pool.l2_count;
	if (pgtable.free_count) /* bits behind these are never looked at */
		bitmap_set(pgtable.free, 0, pgtable.free_count);
	zero_l1();
}

/* ---- map ---- */

static bool entries_free(pa_t at, u32 n)
{
	for (u32 i = 0; i < n; i++)
		if (table_read(at + i * 4))
			return false;
	return true;
}

/* Is @va..@va+size free?  Adds to @tables what a page there would need. */
static int survey_block(va_t va, enum block_kind kind, va_t *last_new, u32 *tables)
{
	u32 l1 = table_read(l1_entry(va));

	if (kind == BLOCK_16M || kind == BLOCK_1M)
		return entries_free(l1_entry(va), kind == BLOCK_16M ? 16 : 1) ? 0 : -EEXIST;
	if (is_table(l1))
		return entries_free(l2_entry(l1, va), kind == BLOCK_64K ? 16 : 1) ? 0 : -EEXIST;
	if (l1)
		return -EEXIST;
	if (*last_new == (va | ~SECTION_MASK))
		return 0;
	*last_new = va | ~SECTION_MASK;
	++*tables;
	return seam_fail_alloc() ? -ENOMEM : 0;
}

int pgtable_can_map(va_t va, pa_t pa, u32 length)
{
	va_t last_new = 0;
	u32 tables = 0;

	while (length) {
		enum block_kind kind = pgtable_next(va, pa, length, pgtable.pool.supersections);
		int err = survey_block(va, kind, &last_new, &tables);

		if (err)
			return err;
		va += block_bytes[kind];
		pa += block_bytes[kind];
		length -= block_bytes[kind];
	}
	return tables <= pgtable.free_count ? 0 : -ENOMEM;
}

/* Large pages and supersections are sixteen equal entries (B3.5.1). */
static void write_entries(pa_t at, u32 desc, u32 n)
{
	for (u32 i = 0; i < n; i++)
		table_write(at + i * 4, desc);
	clean_entries(at, at + (n - 1) * 4);
}

static void enter_block(va_t va, pa_t pa, enum block_kind kind, u32 small)
{
	u32 l1;

	if (kind == BLOCK_16M) {
		write_entries(l1_entry(va), pa | section_of_small(small) | PMD_SUPER, 16);
		return;
	}
	if (kind == BLOCK_1M) {
		write_entries(l1_entry(va), pa | section_of_small(small), 1);
		return;
	}
	l1 = table_read(l1_entry(va));
	if (!l1) {
		l1 = new_table() | PMD_TABLE;
		write_entries(l1_entry(va), l1, 1);
	}
	if (kind == BLOCK_64K)
		write_entries(l2_entry(l1, va), pa | large_of_small(small), 16);
	else
		write_entries(l2_entry(l1, va), pa | small, 1);
}

/*
 * Sequence "enter".  An invalid entry is never held in a TLB (B3.10.1), so no
 * invalidate; the DSB makes the cleaned lines visible to the walker, and only
 * behind an ISB is a walk for one of our own loads or stores sure to see them.
 * Code needs more before it is fetched through the new entry: who makes memory
 * executable does that (set_memory_x(), the boot head).
 */
void pgtable_enter(va_t va, pa_t pa, u32 length, u32 type)
{
	u32 small = encode_small(type);

	while (length) {
		enum block_kind kind = pgtable_next(va, pa, length, pgtable.pool.supersections);

		enter_block(va, pa, kind, small);
		va += block_bytes[kind];
		pa += block_bytes[kind];
		length -= block_bytes[kind];
	}
	dsb();
	isb();
}

int pgtable_map(va_t va, pa_t pa, u32 length, u32 type)
{
	int err = pgtable_can_map(va, pa, length);

	if (!err)
		pgtable_enter(va, pa, length, type);
	return err;
}

/* ---- unmap ---- */

/* Bytes of the descriptor in force at @va. */
static u32 block_size_at(va_t va)
{
	u32 l1 = table_read(l1_entry(va));

	if (is_section(l1))
		return l1 & PMD_SUPER ? SZ_16M : SZ_1M;
	if (is_table(l1) && is_large(table_read(l2_entry(l1, va))))
		return SZ_64K;
	return SZ_4K;
}

static void clear_block(va_t va, u32 size)
{
	u32 l1 = table_read(l1_entry(va));

	if (size >= SZ_1M)
		write_entries(l1_entry(va), 0, size == SZ_16M ? 16 : 1);
	else if (is_table(l1))
		write_entries(l2_entry(l1, va), 0, size == SZ_64K ? 16 : 1);
}

/* A table all of whose entries are invalid leaves the first level, too. */
static pa_t unhook_empty_table(va_t va)
{
	u32 l1 = table_read(l1_entry(va));

	if (!is_table(l1) || !entries_free(l1 & PMD_TABLE_BASE, L2_ENTRIES))
		return 0;
	write_entries(l1_entry(va), 0, 1);
	return l1 & PMD_TABLE_BASE;
}

/*
 * One invalidate for each entry that was valid: TLBIMVA takes all cached copies
 * of the entry that translates the address (B4.2.2), in whatever sizes the
 * TLB keeps them.  The sixteen of a large page or supersection are sixteen.
 */
static void forget_entries(va_t va, u32 n, u32 step)
{
	for (u32 i = 0; i < n; i++)
		tlb_invalidate_va(va + i * step);
}

static void forget_block(va_t va, u32 size)
{
	if (size == SZ_16M)
		forget_entries(va, 16, SZ_1M);
	else if (size == SZ_64K)
		forget_entries(va, 16, SZ_4K);
	else
		tlb_invalidate_va(va);
}

/*
 * Sequence "remove".  The first DSB completes the writes before the TLB is
 * told, or a walk could bring the old entry back; the second completes the
 * invalidates; the ISB makes them hold for our own next instruction (B3.10.1).
 */
static void remove_blocks(va_t va, va_t last)
{
	for (;;) {
		u32 size = block_size_at(va);

		clear_block(va, size);
		dsb();
		forget_block(va, size);
		if (last - va < size)
			break;
		va += size;
	}
	dsb();
	isb();
}

static void release_tables(va_t va, va_t last)
{
	for (va_t at = va & SECTION_MASK;; at += SECTION_SIZE) {
		pa_t table = unhook_empty_table(at);

		if (table) {
			/* The walker may hold the first-level entry, too. */
			dsb();
			tlb_invalidate_va(at);
			dsb();
			isb();
			give_table(table);
		}
		if (last - at < SECTION_SIZE)
			return;
	}
}

void pgtable_unmap(va_t va, u32 length)
{
	remove_blocks(va, va + length - 1);
	release_tables(va, va + length - 1);
}

/* ---- single tables, for the dynamic window's page blocks ---- */

pa_t pgtable_new_l2(va_t va)
{
	pa_t table;

	if (!pgtable.free_count)
		return 0;
	table = new_table();
	write_entries(l1_entry(va), table | PMD_TABLE, 1);
	return table;
}

/* How many pages the next descriptor of a run takes: a large page, or one. */
static u32 pages_in_next(u32 index, pa_t pa, u32 n)
{
	return !((index << PAGE_SHIFT | pa) & (SZ_64K - 1)) && n >= 16 ? 16 : 1;
}

void pgtable_free_l2(va_t va)
{
	release_tables(va, va);
}

void pgtable_set_pages(pa_t table, u32 index, pa_t pa, u32 n, u32 type)
{
	u32 small = encode_small(type);

	while (n) {
		u32 step = pages_in_next(index, pa, n);

		write_entries(table + index * 4, pa | (step == 16 ? large_of_small(small) : small),
			      step);
		index += step;
		pa += step << PAGE_SHIFT;
		n -= step;
	}
	dsb();
	isb();
}

void pgtable_clear_pages(pa_t table, u32 index, va_t va, u32 n)
{
	write_entries(table + index * 4, 0, n);
	dsb();
	forget_entries(va, n, PAGE_SIZE);
	dsb();
	isb();
}

/*
 * TTBCR: N = 1, PD0 = 1 (B4.1.153).  Only cores with the Security Extensions
 * have PD0, so TTBR0 keeps pointing at our table as well: its lower half is
 * empty.  The page that was there was executable, hence the branch predictor
 * (B2.2.4).
 */
#define TTBCR_N1_PD0 0x11u

void pgtable_close_user_half(void)
{
	write_ttbcr(TTBCR_N1_PD0);
	isb();
	tlb_invalidate_all();
	branch_predictor_invalidate();
	dsb();
	isb();
}
