/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/ops.c - operations on the kit against a reference model of arrays:
 * what is mapped where, who claimed what, which rights each page of RAM has.
 * The reference knows no descriptor, no bitmap and no tree.
 */
#include "ops.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helpers.h"

#include "mm/ioremap.h"
#include "mm/iotable.h"
#include "mm/resource.h"
#include "mm/set_memory.h"

#define LIVE 320
#define FREED 512
#define CLAIMS 48
#define CLAIM_BYTES 4096u /* claims are made in one page of free registers */
#define CLAIM_PA (FREE_PA + 0x0f000000u)
#define RAM_FIRST 0x200u /* pages of RAM whose rights are changed: */
#define RAM_PAGES 0x2e00u /* past the tables, below the carve-out */

struct ops_tally ops_tally;

struct mapping {
	va_t va; /* as returned */
	pa_t pa;
	u32 pages, type;
	bool fixed; /* served by a static row */
};

static struct {
	struct mapping live[LIVE];
	u32 lives;
	struct {
		va_t first, last;
		u32 maps;
	} freed[FREED];
	u32 frees, maps;
	u32 row_counts[16];
	struct {
		u32 at, n;
	} claim[CLAIMS];
	u8 owner[CLAIM_BYTES];
	u8 rights[RAM_PAGES]; /* 1: write, 2: exec */
} ref;

static void give_up(const char *message)
{
	fprintf(stderr, "%s\n", message);
	abort();
}
void (*ops_fail)(const char *message) = give_up;

static void wrong(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static void wrong(const char *fmt, ...)
{
	char message[300];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	ops_fail(message);
}

void ops_start(const struct model_config *config)
{
	boot_on(config, MM_TABLES);
	memset(&ref, 0, sizeof(ref));
	memset(ref.rights, 1, sizeof(ref.rights));
}

struct numbers {
	u32 (*next)(void *arg);
	void *arg;
};

static u32 below(struct numbers *n, u32 limit)
{
	return n->next(n->arg) % limit;
}

/* ---- what must be true of one mapping ---- */

static void check_page(va_t va, pa_t pa, u32 type)
{
	struct model_xlate x;
	u32 fs = model_probe(va, &x);

	if (fs != FAULT_NONE || x.pa != pa || x.mem != (type & MEM_KIND) || x.exec || !x.write)
		wrong("0x%08x: FS 0x%x -> 0x%08x memory %u, expected 0x%08x memory %u", va, fs,
		      x.pa, x.mem, pa, type & MEM_KIND);
}

static void check_hole(va_t va)
{
	struct model_xlate x;
	u32 fs = model_probe(va, &x);

	if (fs != 5 && fs != 7)
		wrong("0x%08x: FS 0x%x -> 0x%08x, expected a translation fault", va, fs, x.pa);
}

static void check_mapping(const struct mapping *m, u32 step)
{
	va_t va = m->va & PAGE_MASK;

	for (u32 i = 0; i < m->pages; i += step)
		check_page(va + (i << 12), m->pa + (i << 12), m->type);
	check_page(va + ((m->pages - 1) << 12), m->pa + ((m->pages - 1) << 12), m->type);
	if (!m->fixed)
		check_hole(va + (m->pages << 12));
}

/* ---- ioremap ---- */

static const u32 types[4] = { MT_DEVICE, MT_UNCACHED, MT_DEVICE_WC, MT_DEVICE_CACHED };

static pa_t choose_pa(struct numbers *n)
{
	static const pa_t bases[] = { FREE_PA, FREE_PA, FREE_PA,
				      GPIO_PA, SYS_PA,	BUS_PA + 0xff0000,
				      SLOW_PA, FB_PA,	RAM_PA + RAM_SIZE - SZ_4K };
	pa_t pa = bases[below(n, ARRAY_SIZE(bases))];

	switch (below(n, 4)) {
	case 0:
		return pa + below(n, 0x4000);
	case 1:
		return pa + (below(n, 64) << 12);
	case 2:
		return pa + (below(n, 32) << 16);
	default:
		return pa + (below(n, 12) << 20) + (below(n, 8) ? 0 : below(n, 0x2000));
	}
}

static u32 choose_size(struct numbers *n)
{
	u32 dice = below(n, 64);

	if (dice < 36)
		return 1 + below(n, 0x1000);
	if (dice < 50)
		return 1 + below(n, 0x10000);
	if (dice < 60)
		return 1 + below(n, 0x80000);
	if (dice < 62)
		return (1 + below(n, 4)) << 20;
	if (dice < 63)
		return below(n, 2) ? SZ_16M : SZ_16M + below(n, SZ_1M);
	return below(n, 8) ? 1 + below(n, 0x300000) : 0;
}

static bool overlap(u32 a, u32 a_last, u32 b, u32 b_last)
{
	return a <= b_last && b <= a_last;
}

/* The errno that ioremap() must give, or 0; whole pages [first, last]. */
static int judge_map(pa_t first, pa_t last, u32 type)
{
	for (u32 i = 0; i < test_row_count; i++) {
		const struct map_desc *row = &test_rows[i];
		pa_t from = map_phys(row), to = from + row->length - 1;

		if (!overlap(first, last, from, to) || (row->type & MAP_NOMAP))
			continue;
		if (row->type & MAP_IS_RAM) {
			pa_t a = first > from ? first : from, b = last < to ? last : to;

			if (a < FB_PA || b > FB_PA + SZ_1M - 1)
				return EPERM;
		} else if ((row->type ^ type) & MEM_KIND) {
			return EBUSY;
		}
	}
	for (u32 i = 0; i < ref.lives; i++) {
		const struct mapping *m = &ref.live[i];

		if (!m->fixed && ((m->type ^ type) & MEM_KIND) &&
		    overlap(first, last, m->pa, m->pa + (m->pages << 12) - 1))
			return EBUSY;
	}
	return 0;
}

/* The row that serves ioremap(@pa, @size), or NULL. */
static const struct map_desc *serving_row(pa_t pa, u32 size, u32 type)
{
	for (u32 i = 0; i < test_row_count; i++)
		if (test_rows[i].type == type && pa >= map_phys(&test_rows[i]) &&
		    pa + size - 1 <= map_phys(&test_rows[i]) + test_rows[i].length - 1)
			return &test_rows[i];
	return NULL;
}

static u32 mibs_taken(void)
{
	u32 mibs = 0;

	for (u32 i = 0; i < ref.lives; i++)
		mibs += ref.live[i].fixed ? 0 : (ref.live[i].pages >> 8) + (ref.live[i].pages > 64);
	for (u32 i = 0; i < FREED && i < ref.frees; i++)
		mibs += ((ref.freed[i].last - ref.freed[i].first) >> 20) + 1;
	return mibs;
}

/*
 * A fresh range may touch nothing live, and nothing freed within 64 maps.
 * @short_of: there was no memory for a better place, or little room: ranges
 * that waited may have been released, so nothing is known of them any more.
 */
static void check_fresh(const struct mapping *m, bool short_of)
{
	va_t first = m->va & PAGE_MASK, last = first + ((m->pages + 1) << 12) - 1;

	if (first < VMALLOC_START || last >= VMALLOC_END)
		wrong("0x%08x-0x%08x is outside the window", first, last);
	for (u32 i = 0; i < ref.lives; i++) {
		va_t from = ref.live[i].va & PAGE_MASK;

		if (!ref.live[i].fixed &&
		    overlap(first, last, from, from + ((ref.live[i].pages + 1) << 12) - 1))
			wrong("0x%08x-0x%08x was given out twice", first, last);
	}
	for (u32 i = 0; i < FREED && i < ref.frees; i++)
		if (ref.maps - ref.freed[i].maps < MM_QUARANTINE &&
		    overlap(first, last, ref.freed[i].first, ref.freed[i].last) && !short_of)
			wrong("0x%08x was freed %u maps ago and is given out again", first,
			      ref.maps - ref.freed[i].maps);
}

static void __iomem *call_ioremap(u32 how, pa_t pa, u32 size)
{
	switch (how) {
	case 0:
		return ioremap(pa, size);
	case 1:
		return ioremap_np(pa, size);
	case 2:
		return ioremap_wc(pa, size);
	case 3:
		return ioremap_cache(pa, size);
	default:
		return ioremap_new(pa, size);
	}
}

static void expect_refusal(int err, int got, bool null, pa_t pa, u32 size)
{
	if (!null || got != err || log_lines() != 1)
		wrong("ioremap 0x%08x size 0x%x: expected errno %d, got %s errno %d, %u lines", pa,
		      size, err, null ? "NULL" : "an address", got, log_lines());
	ops_tally.refused++;
}

static void remember(struct mapping *m, const struct map_desc *row, bool short_of)
{
	if (row) {
		if (m->va != row->virtual + (m->pa - map_phys(row)))
			wrong("row '%s' should have served 0x%08x, got 0x%08x", row->name, m->pa,
			      m->va);
		m->fixed = true;
		ref.row_counts[row - test_rows]++;
		ops_tally.static_maps++;
	}
	m->pages = ((m->pa & 0xfff) + m->pages + 0xfff) >> 12; /* it was bytes */
	m->pa &= PAGE_MASK;
	if (!row) {
		check_fresh(m, short_of);
		if (short_of)
			ref.frees = 0;
		ref.maps++;
		ops_tally.maps++;
	}
	check_mapping(m, m->pages > 64 ? m->pages / 16 : 1);
	ref.live[ref.lives++] = *m;
}

static void op_map(struct numbers *n)
{
	static const u8 calls[] = { 0, 0, 0, 0, 1, 2, 3, 4, 4, 4 };
	u32 how = calls[below(n, ARRAY_SIZE(calls))], size = choose_size(n), hash = 0;
	pa_t pa = choose_pa(n);
	u32 type = types[how < 4 ? how : 0];
	const struct map_desc *row = how < 4 ? serving_row(pa, size ? size : 1, type) : NULL;
	bool fails = below(n, 64) == 0;
	void __iomem *p;
	int err = 0, got;

	if (ref.lives == LIVE)
		return;
	if (!size || size - 1 > 0xffffffffu - pa)
		err = EINVAL;
	else if (!row)
		err = judge_map(pa & PAGE_MASK, (pa + size - 1) | 0xfff, type);
	if (fails) {
		hash = tables_hash();
		model_fail_alloc_at(below(n, 2));
	}
	errno = 0;
	p = call_ioremap(how, pa, size);
	got = errno;
	model_fail_alloc_off();
	if (err) {
		expect_refusal(err, got, !p, pa, size);
		return;
	}
	if (p) {
		struct mapping m = { .va = iomem_va(p), .pa = pa, .pages = size, .type = type };

		remember(&m, row, fails || mibs_taken() > 120);
		return;
	}
	expect_refusal(ENOMEM, got, true, pa, size);
	if (fails && hash != tables_hash())
		wrong("a failed ioremap changed the tables");
	if (!fails && mibs_taken() < 150)
		wrong("ioremap 0x%08x size 0x%x: no memory, with %u MiB taken", pa, size,
		      mibs_taken());
	ops_tally.failures++;
}

/* ---- iounmap ---- */

static void note_freed(const struct mapping *m)
{
	u32 i = ref.frees++ % FREED;

	ref.freed[i].first = m->va & PAGE_MASK;
	ref.freed[i].last = (m->va & PAGE_MASK) + ((m->pages + 1) << 12) - 1;
	ref.freed[i].maps = ref.maps;
}

static void unmap_live(u32 i)
{
	struct mapping m = ref.live[i];

	iounmap(IOMEM(m.va));
	ref.live[i] = ref.live[--ref.lives];
	ops_tally.unmaps++;
	if (m.fixed) {
		for (u32 r = 0; r < test_row_count; r++)
			ref.row_counts[r] -= m.pa - map_phys(&test_rows[r]) < test_rows[r].length &&
					     test_rows[r].type == m.type;
		check_page(m.va & PAGE_MASK, m.pa, m.type);
		return;
	}
	for (u32 k = 0; k <= m.pages; k += k < 16 || k + 17 > m.pages ? 1 : m.pages / 16 + 1)
		check_hole((m.va & PAGE_MASK) + (k << 12));
	note_freed(&m);
}

static void op_unmap(struct numbers *n)
{
	if (ref.lives)
		unmap_live(below(n, ref.lives));
	if (log_lines())
		wrong("iounmap of a live mapping said: %s", log_line(0));
}

/* Is @va in the first page of something live (or a row with a count)? */
static bool is_good_unmap(va_t va)
{
	for (u32 i = 0; i < ref.lives; i++)
		if (!ref.live[i].fixed && ((ref.live[i].va ^ va) & PAGE_MASK) == 0)
			return true;
	for (u32 r = 0; r < test_row_count; r++)
		if (!(test_rows[r].type & MAP_IS_RAM) &&
		    va - test_rows[r].virtual < test_rows[r].length && ref.row_counts[r])
			return true;
	return va == 0;
}

static void op_bad_unmap(struct numbers *n)
{
	va_t va = VMALLOC_START - SZ_1M + (below(n, 0x12000) << 12) + below(n, SZ_4K);

	if (ref.lives && below(n, 2))
		va = ref.live[below(n, ref.lives)].va + (below(n, 20) << 12);
	else if (ref.frees && below(n, 2))
		va = ref.freed[below(n, ref.frees < FREED ? ref.frees : FREED)].first;
	if (is_good_unmap(va))
		return;
	errno = 0;
	iounmap(IOMEM(va));
	if (errno != EINVAL || log_lines() != 1)
		wrong("a bad iounmap of 0x%08x: errno %d, %u lines", va, errno, log_lines());
	ops_tally.bad_unmaps++;
}

/* ---- claims ---- */

static void op_claim(struct numbers *n)
{
	u32 k = below(n, CLAIMS), at = below(n, CLAIM_BYTES), bytes = 1 + below(n, 256);
	bool busy = false, granted;
	char name[8];

	if (ref.claim[k].n) {
		release_mem_region(CLAIM_PA + ref.claim[k].at, ref.claim[k].n);
		memset(ref.owner + ref.claim[k].at, 0, ref.claim[k].n);
		ref.claim[k].n = 0;
		if (log_lines())
			wrong("release_mem_region said: %s", log_line(0));
		return;
	}
	bytes = bytes < CLAIM_BYTES - at ? bytes : CLAIM_BYTES - at;
	for (u32 i = at; i < at + bytes; i++)
		busy |= ref.owner[i];
	snprintf(name, sizeof(name), "c%u", k & 255);
	granted = request_mem_region(CLAIM_PA + at, bytes, name);
	if (granted == busy)
		wrong("claim of 0x%x bytes at 0x%x: %s", bytes, at,
		      granted ? "granted" : "refused");
	if (busy) {
		ops_tally.conflicts++;
		return;
	}
	ops_tally.claims++;
	memset(ref.owner + at, 1 + (int)k, bytes);
	ref.claim[k].at = at;
	ref.claim[k].n = bytes;
}

/* ---- rights ---- */

static int judge_rights(u32 call, u32 first, u32 pages)
{
	for (u32 i = first; i < first + pages; i++)
		if ((call == 1 && ref.rights[i] & 2) || (call == 2 && ref.rights[i] & 1))
			return -EACCES;
	return 0;
}

static void check_rights(u32 page)
{
	va_t va = PAGE_OFFSET + ((RAM_FIRST + page) << 12);
	struct model_xlate x;
	u32 fs = model_probe(va, &x);

	if (fs != FAULT_NONE || x.pa != va - PAGE_OFFSET + RAM_PA || x.mem != MEM_CACHED ||
	    x.write != !!(ref.rights[page] & 1) || x.exec != !!(ref.rights[page] & 2))
		wrong("RAM 0x%08x: FS 0x%x -> 0x%08x w%d x%d, expected %u", va, fs, x.pa, x.write,
		      x.exec, ref.rights[page]);
}

static void op_rights(struct numbers *n)
{
	static int (*const calls[4])(va_t, u32) = { set_memory_ro, set_memory_rw, set_memory_x,
						    set_memory_nx };
	u32 call = below(n, 4), pages = 1 + below(n, below(n, 8) ? 40 : 1500);
	u32 first = below(n, RAM_PAGES - 1);
	bool fails = below(n, 16) == 0;
	u32 hash = fails ? tables_hash() : 0;
	int want, got;

	if (below(n, 3) == 0)
		first &= ~255u;
	else if (below(n, 2))
		first &= ~15u;
	pages = pages < RAM_PAGES - first ? pages : RAM_PAGES - first;
	want = judge_rights(call, first, pages);
	if (fails)
		model_fail_alloc_at(0);
	got = calls[call](PAGE_OFFSET + ((RAM_FIRST + first) << 12), pages);
	model_fail_alloc_off();
	if (got == -ENOMEM && !want && (fails || !pgtable_free_tables())) {
		if (fails && hash != tables_hash())
			wrong("a failed set_memory changed the tables");
		ops_tally.failures++;
		return;
	}
	if (got != want)
		wrong("set_memory %u of %u pages at page 0x%x: %d, expected %d", call, pages, first,
		      got, want);
	if (got)
		return;
	ops_tally.rights++;
	for (u32 i = first; i < first + pages; i++) {
		u8 bit = call < 2 ? 1 : 2;

		ref.rights[i] =
			call == 1 || call == 2 ? ref.rights[i] | bit : ref.rights[i] & (u8)~bit;
	}
	check_rights(first);
	check_rights(first + pages - 1);
	if (first)
		check_rights(first - 1);
	if (first + pages < RAM_PAGES)
		check_rights(first + pages);
}

/* ---- looking ---- */

static void op_look(struct numbers *n)
{
	if (ref.lives) {
		const struct mapping *m = &ref.live[below(n, ref.lives)];
		u32 i = below(n, m->pages);

		check_page((m->va & PAGE_MASK) + (i << 12), m->pa + (i << 12), m->type);
	}
	check_rights(below(n, RAM_PAGES));
	for (u32 i = 0; i < 4; i++) {
		u32 at = below(n, CLAIM_BYTES);
		const struct resource *r = resource_owner(CLAIM_PA + at);

		if ((r != NULL) != (ref.owner[at] != 0))
			wrong("claim at 0x%x: owner %s", at, r ? r->name : "nobody");
	}
}

void ops_step(u32 (*next)(void *arg), void *arg)
{
	struct numbers n = { next, arg };
	u32 dice = below(&n, 100);

	log_forget();
	if (dice < 40)
		op_map(&n);
	else if (dice < 78)
		op_unmap(&n);
	else if (dice < 82)
		op_bad_unmap(&n);
	else if (dice < 92)
		op_claim(&n);
	else if (dice < 95)
		op_rights(&n);
	else
		op_look(&n);
	if (model_violated())
		wrong("%s", model_violated());
	if (log_masked())
		wrong("logged with interrupts masked: %s", log_line(0));
	if (!model_irqs_enabled())
		wrong("interrupts were left masked");
}

/* ---- the whole table ---- */

static bool live_page(va_t va, pa_t *pa, u32 *type)
{
	for (u32 i = 0; i < ref.lives; i++) {
		const struct mapping *m = &ref.live[i];

		if (m->fixed || va - (m->va & PAGE_MASK) >= m->pages << 12)
			continue;
		*pa = m->pa + (va - (m->va & PAGE_MASK));
		*type = m->type;
		return true;
	}
	return false;
}

static u32 expected_pages(void)
{
	u32 pages = 0;

	for (u32 i = 0; i < ref.lives; i++)
		pages += ref.live[i].fixed ? 0 : ref.live[i].pages;
	return pages;
}

struct sweep {
	u32 pages;
};

/* Each descriptor of the window belongs to one live mapping. */
static bool sweep_one(const struct walk *w, void *arg)
{
	struct sweep *s = arg;
	pa_t pa = 0;
	u32 type = 0;

	if (!live_page(w->va, &pa, &type))
		wrong("0x%08x is mapped and belongs to nobody", w->va);
	if (w->pa != pa || w->mem != (type & MEM_KIND) || !w->write || w->exec)
		wrong("0x%08x -> 0x%08x, expected 0x%08x", w->va, w->pa, pa);
	s->pages += w->size >> 12;
	return true;
}

void ops_check_all(void)
{
	struct ioremap_stats stats;
	struct sweep s = { 0 };

	walk_visit(pgtable_root(), VMALLOC_START, VMALLOC_END - 1, sweep_one, &s);
	if (s.pages != expected_pages())
		wrong("%u pages are mapped, %u should be", s.pages, expected_pages());
	for (u32 i = 0; i < ref.lives; i++)
		check_mapping(&ref.live[i], 1);
	for (u32 i = 0; i < RAM_PAGES; i++)
		check_rights(i);
	ioremap_stats(&stats);
	if (stats.live_pages != expected_pages())
		wrong("ioremap_stats() counts %u pages, %u are live", stats.live_pages,
		      expected_pages());
	for (u32 r = 0; r < test_row_count; r++) {
		const struct static_row *row = static_row_by_va(test_rows[r].virtual);

		if (!(test_rows[r].type & MAP_IS_RAM) && row->count != ref.row_counts[r])
			wrong("row '%s' counts %u, expected %u", test_rows[r].name, row->count,
			      ref.row_counts[r]);
	}
}

void ops_finish(void)
{
	struct ioremap_stats stats;

	log_forget();
	while (ref.lives)
		unmap_live(ref.lives - 1);
	for (u32 k = 0; k < CLAIMS; k++)
		if (ref.claim[k].n)
			release_mem_region(CLAIM_PA + ref.claim[k].at, ref.claim[k].n);
	ops_check_all();
	ioremap_stats(&stats);
	if (stats.live || stats.static_counts || resource_bad_releases())
		wrong("%u mappings, %u counts, %u bad releases remain", stats.live,
		      stats.static_counts, resource_bad_releases());
	if (log_lines())
		wrong("clearing up said: %s", log_line(0));
	if (model_violated())
		wrong("%s", model_violated());
}
