/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/protect.c - change rights of mapped memory: split, change, merge.
 *
 * One MiB at a time: its 256 pages are read into an array in small-page form,
 * changed there, and written back in the largest descriptors that fit.  What
 * does not differ is not touched, so a neighbour cannot move.
 *
 * Every change of a valid descriptor is break before make (DDI 0406C B3.10.1,
 * "Using break-before-make"): invalid, clean, DSB, TLB invalidate, DSB, then the
 * new one, clean, DSB, ISB.  Between the two nothing that was broken is used.
 */
#include "mm/pgtable_priv.h"

#include <errno.h>

#include "mm/map.h"

/* One MiB as 256 small-page descriptors; 0: nothing there. */
struct mib {
	va_t va;
	u32 page[L2_ENTRIES];
};

/* ---- decode what the encoder wrote, to small-page form ---- */

static u32 small_of_section(u32 section)
{
	u32 desc = PTE_SMALL | (section & (PTE_B | PTE_C));

	desc |= (section >> (PMD_TEX_SHIFT - PTE_TEX_SHIFT)) & PTE_TEX1;
	if (section & PMD_AP0)
		desc |= PTE_AP0;
	if (section & PMD_AP2)
		desc |= PTE_AP2;
	if (section & PMD_XN)
		desc |= PTE_XN;
	return desc;
}

static u32 small_of_large(u32 large)
{
	u32 desc = PTE_SMALL | (large & (PTE_B | PTE_C | PTE_AP0 | PTE_AP2));

	desc |= (large >> (LPTE_TEX_SHIFT - PTE_TEX_SHIFT)) & PTE_TEX1;
	if (large & LPTE_XN)
		desc |= PTE_XN;
	return desc;
}

static u32 small_of_l2(u32 desc, u32 i)
{
	if (is_large(desc))
		return (desc & ~(SZ_64K - 1)) | (i % 16) << PAGE_SHIFT | small_of_large(desc);
	return desc;
}

static void load_section(struct mib *m, u32 l1)
{
	u32 mask = l1 & PMD_SUPER ? SZ_16M - 1 : SZ_1M - 1;
	pa_t pa = (l1 & ~mask) | (m->va & mask & SECTION_MASK);

	for (u32 i = 0; i < L2_ENTRIES; i++)
		m->page[i] = (pa + (i << PAGE_SHIFT)) | small_of_section(l1);
}

static void load(struct mib *m)
{
	u32 l1 = table_read(l1_entry(m->va));

	if (is_section(l1)) {
		load_section(m, l1);
		return;
	}
	for (u32 i = 0; i < L2_ENTRIES; i++)
		m->page[i] = is_table(l1) ?
				     small_of_l2(table_read((l1 & PMD_TABLE_BASE) + i * 4), i) :
				     0;
}

/* What to set and what to clear in a small page: both rights are negative bits. */
struct rights {
	u32 set, clear;
};

static u32 small_bits(u32 flags)
{
	return (flags & MAP_WRITE ? PTE_AP2 : 0) | (flags & MAP_EXEC ? PTE_XN : 0);
}

/* The pages of [@va, @last] that lie in @m get other rights. */
static int change(struct mib *m, va_t va, va_t last, const struct rights *r)
{
	u32 i = va > m->va ? (va - m->va) >> PAGE_SHIFT : 0;
	u32 end = last - m->va < SECTION_SIZE ? (last - m->va) >> PAGE_SHIFT : L2_ENTRIES - 1;

	for (; i <= end; i++) {
		if (!m->page[i])
			return -EINVAL;
		m->page[i] = (m->page[i] & ~r->clear) | r->set;
	}
	return 0;
}

/* Are @n pages from @i on one stretch with one set of attributes? */
static bool uniform(const struct mib *m, u32 i, u32 n)
{
	u32 size = n << PAGE_SHIFT;

	if (!m->page[i] || (m->page[i] & PAGE_MASK) & (size - 1))
		return false;
	for (u32 k = 1; k < n; k++)
		if (m->page[i + k] != m->page[i] + (k << PAGE_SHIFT))
			return false;
	return true;
}

static u32 as_section(const struct mib *m)
{
	return (m->page[0] & SECTION_MASK) | section_of_small(m->page[0] & ~PAGE_MASK);
}

/* From small-page form to what a second-level table is to hold, in place. */
static void to_entries(struct mib *m)
{
	for (u32 group = 0; group < L2_ENTRIES; group += 16) {
		u32 large;

		if (!uniform(m, group, 16))
			continue;
		large = (m->page[group] & ~(SZ_64K - 1)) |
			large_of_small(m->page[group] & ~PAGE_MASK);
		for (u32 i = 0; i < 16; i++)
			m->page[group + i] = large;
	}
}

/* ---- write back ---- */

/* The first half of "change" for @n first-level entries that mean [@va, +@n MiB). */
static void break_l1(va_t va, u32 n)
{
	for (u32 i = 0; i < n; i++)
		table_write(l1_entry(va) + i * 4, 0);
	clean_entries(l1_entry(va), l1_entry(va) + (n - 1) * 4);
	dsb();
	tlb_invalidate_all(); /* pages of a whole table may be cached */
	dsb();
}

static void make_l1(va_t va, u32 desc, u32 n, u32 step)
{
	for (u32 i = 0; i < n; i++)
		table_write(l1_entry(va) + i * 4, desc + i * step);
	clean_entries(l1_entry(va), l1_entry(va) + (n - 1) * 4);
	dsb();
	isb();
}

static void split_supersection(va_t va)
{
	va_t group = va & ~(SZ_16M - 1);
	u32 section = table_read(l1_entry(group)) & ~PMD_SUPER;

	break_l1(group, 16);
	make_l1(group, section, 16, SZ_1M);
}

/*
 * In three passes over the table: what differs becomes invalid, the TLB forgets
 * it, the new entries come in.
 */
static void store_table(struct mib *m, u32 l1)
{
	pa_t table = l1 & PMD_TABLE_BASE;

	to_entries(m);
	for (u32 i = 0; i < L2_ENTRIES; i++) {
		if (table_read(table + i * 4) == m->page[i])
			continue;
		table_write(table + i * 4, 0);
		table_clean(table + i * 4);
	}
	dsb();
	for (u32 i = 0; i < L2_ENTRIES; i++)
		if (table_read(table + i * 4) != m->page[i])
			tlb_invalidate_va(m->va + (i << PAGE_SHIFT));
	dsb();
	for (u32 i = 0; i < L2_ENTRIES; i++) {
		if (table_read(table + i * 4) == m->page[i])
			continue;
		table_write(table + i * 4, m->page[i]);
		table_clean(table + i * 4);
	}
	dsb();
	isb();
}

static void section_to_table(struct mib *m)
{
	pa_t table = new_table();

	to_entries(m);
	for (u32 i = 0; i < L2_ENTRIES; i++)
		table_write(table + i * 4, m->page[i]);
	clean_entries(table, table + L2_BYTES - 4);
	break_l1(m->va, 1);
	make_l1(m->va, table | PMD_TABLE, 1, 0);
}

static void store(struct mib *m)
{
	u32 l1 = table_read(l1_entry(m->va));
	bool section = uniform(m, 0, L2_ENTRIES);

	if (is_section(l1) && section && small_of_section(l1) == (m->page[0] & ~PAGE_MASK))
		return;
	if (is_section(l1) && (l1 & PMD_SUPER))
		split_supersection(m->va);
	if (is_table(l1) && !section) {
		store_table(m, l1);
		return;
	}
	if (!section) {
		section_to_table(m);
		return;
	}
	break_l1(m->va, 1);
	make_l1(m->va, as_section(m), 1, 0);
	if (is_table(l1))
		give_table(l1 & PMD_TABLE_BASE);
}

/* Sixteen sections that are one stretch with one set of attributes. */
static bool can_be_super(va_t group)
{
	u32 first = table_read(l1_entry(group));

	if (!pgtable.pool.supersections || !is_section(first) ||
	    (first & SECTION_MASK & (SZ_16M - 1)))
		return false; /* the sixteen of a supersection are equal, and fail below */
	for (u32 i = 1; i < 16; i++)
		if (table_read(l1_entry(group) + i * 4) != first + i * SZ_1M)
			return false;
	return true;
}

static void merge_supersection(va_t group)
{
	u32 first = table_read(l1_entry(group));

	if (!can_be_super(group))
		return;
	break_l1(group, 16);
	make_l1(group, first | PMD_SUPER, 16, 0);
}

/* ---- the calls ---- */

/* Nothing is written here: is every page there, are there tables for splits? */
static int survey(va_t va, va_t last, const struct rights *r)
{
	u32 tables = 0;

	for (va_t at = va & SECTION_MASK;; at += SECTION_SIZE) {
		struct mib m = { .va = at };
		int err;

		load(&m);
		err = change(&m, va, last, r);
		if (err)
			return err;
		if (is_section(table_read(l1_entry(at))) && !uniform(&m, 0, L2_ENTRIES)) {
			tables++;
			if (seam_fail_alloc())
				return -ENOMEM;
		}
		if (last - at < SECTION_SIZE)
			break;
	}
	return tables <= pgtable.free_count ? 0 : -ENOMEM;
}

int pgtable_protect(va_t va, u32 length, u32 grant, u32 deny)
{
	struct rights r = { .set = small_bits(deny), .clear = small_bits(grant) };
	va_t last = va + length - 1;
	int err = survey(va, last, &r);

	if (err)
		return err;
	for (va_t at = va & SECTION_MASK;; at += SECTION_SIZE) {
		struct mib m = { .va = at };

		load(&m);
		change(&m, va, last, &r);
		store(&m);
		if (last - at < SECTION_SIZE)
			break;
	}
	for (va_t at = va & ~(SZ_16M - 1);; at += SZ_16M) {
		merge_supersection(at);
		if (last - at < SZ_16M)
			return 0;
	}
}

/* ---- what a change breaks ---- */

/*
 * Would @m, as one section, join its fifteen neighbours?  Those in [@va, @last]
 * change as well, and are taken to fit.
 */
static bool joins_supersection(const struct mib *m, va_t va, va_t last)
{
	va_t group = m->va & ~(SZ_16M - 1);
	u32 own = as_section(m), first = own - (m->va - group);

	if (!pgtable.pool.supersections || (first & SECTION_MASK & (SZ_16M - 1)))
		return false;
	for (u32 i = 0; i < 16; i++)
		if ((group + (i << SECTION_SHIFT) < (va & SECTION_MASK) ||
		     group + (i << SECTION_SHIFT) > last) &&
		    table_read(l1_entry(group) + i * 4) != first + (i << SECTION_SHIFT))
			return false;
	return true;
}

/*
 * Bytes of the aligned block around @at that is broken when @m (which holds
 * @at, already changed) is stored: the descriptor in force, or the one that its
 * pages merge into.
 */
static u32 broken_around(const struct mib *m, va_t at, va_t va, va_t last)
{
	u32 l1 = table_read(l1_entry(at)), i = (at >> PAGE_SHIFT) % L2_ENTRIES;
	bool section = uniform(m, 0, L2_ENTRIES);

	if (is_section(l1) && (l1 & PMD_SUPER))
		return SZ_16M;
	if (section && joins_supersection(m, va, last))
		return SZ_16M;
	if (section || is_section(l1))
		return SZ_1M;
	if (is_large(table_read(l2_entry(l1, at))) || uniform(m, i & ~15u, 16))
		return SZ_64K;
	return SZ_4K;
}

void pgtable_protect_span(va_t va, u32 length, u32 grant, u32 deny, va_t *first, va_t *last)
{
	struct rights r = { .set = small_bits(deny), .clear = small_bits(grant) };
	va_t end = va + length - 1;
	struct mib m = { .va = va & SECTION_MASK };

	load(&m);
	change(&m, va, end, &r);
	*first = va & ~(broken_around(&m, va, va, end) - 1);
	if (m.va != (end & SECTION_MASK)) {
		m.va = end & SECTION_MASK;
		load(&m);
		change(&m, va, end, &r);
	}
	*last = end | (broken_around(&m, end, va, end) - 1);
}
