/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/model/mmu.c - the model's MMU: a decoder written from the manual alone
 * (DDI 0406C B3.5.1, B3.7, B3.8), a TLB, and the accesses that use them.
 *
 * The TLB is the worst the architecture allows:
 *   - the walker may walk for any address at any time, so every valid entry
 *     that it can see is in the TLB at once (unless the machine is "lazy");
 *     first-level entries that point to tables are held, too (B3.10.1)
 *   - an invalid entry is never held (B3.10.1)
 *   - an invalidate does nothing before a DSB completes it; entries that the
 *     walker still sees come straight back (B3.10.1)
 *   - until an ISB the core's own accesses may go by the dropped entry, and need
 *     not see a new one (B3.10.1)
 *   - a written TTBR0 or TTBCR is not the context before an ISB; TTBCR's bits may
 *     be held in the TLB, too, until all of it is invalidated (B4.1.153)
 *   - what may be executed is in the instruction cache at once, and what is normal
 *     memory may be read at any time: a device that reads change is not (A3.5.5,
 *     B3.7.2)
 *   - a valid entry that turns into another valid one, or a new one beside a
 *     stale one, is a conflict: accesses there abort (B3.10.1, FS 0b10000)
 *   - one physical page under two memory types breaks A3.5.7
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model_priv.h"

#define MIBS 4096u
#define PTES 256u
#define MAX_STAY 16

enum { SIZE_4K, SIZE_64K, SIZE_1M, SIZE_16M };
static const u32 size_bytes[4] = { SZ_4K, SZ_64K, SZ_1M, SZ_16M };

enum {
	FS_ALIGNMENT = 0x01,
	FS_ACCESS_SECTION = 0x03,
	FS_TRANSLATION_SECTION = 0x05,
	FS_ACCESS_PAGE = 0x06,
	FS_TRANSLATION_PAGE = 0x07,
	FS_EXTERNAL = 0x08,
	FS_DOMAIN_SECTION = 0x09,
	FS_DOMAIN_PAGE = 0x0b,
	FS_WALK_1 = 0x0c,
	FS_PERMISSION_SECTION = 0x0d,
	FS_WALK_2 = 0x0e,
	FS_PERMISSION_PAGE = 0x0f,
	FS_CONFLICT = 0x10,
};

/* What one descriptor says of 4 KiB (tables) or 1 MiB (sections) of it. */
struct xl {
	pa_t pa;
	u8 valid, mem, ap, xn, domain, size, conflict, raw; /* raw: TEX, C, B */
};

struct slot {
	struct xl live; /* in the TLB */
	struct xl gone; /* invalidated, but our own accesses may still use it */
	struct xl last; /* what was last in the TLB: branches were predicted by it */
};

static struct {
	bool on;
	struct slot section[MIBS];
	struct slot *page[MIBS]; /* 256 each, as needed */
	u16 live_pages[MIBS];
	u32 table[MIBS]; /* held first-level entries that point to tables */
	va_t *tlbi; /* waiting for a DSB */
	u32 tlbi_count, tlbi_room;
	bool tlbi_all;
	struct {
		struct slot *slot;
		va_t va;
	} * gone;
	u32 gone_count, gone_room;
	u32 gone_table[MIBS]; /* as "gone" above, for held first-level entries */
	u32 gone_mibs[MIBS]; /* where there are any */
	u32 gone_tables;
	bool fresh[MIBS]; /* a new entry became visible, and no ISB since */
	u32 fresh_mibs[MIBS]; /* where there are any */
	u32 fresh_count;
	u32 ttbr0; /* as of the last ISB */
	u32 ttbcr, held_ttbcr; /* as of the last ISB; as the TLB has it */
	u32 tlbi_ttbcr; /* as of the last ISB when all of the TLB was invalidated */
	u8 predictor[MIBS]; /* enum predictor */
	bool predictor_any, predictor_told, predictor_done;
	bool isb_comes; /* find what an access would go by behind the next ISB */
	u32 stay_count;
	struct {
		va_t va;
		bool write, exec;
	} stay[MAX_STAY];
} mmu;

/* What was there before: may be held; BPIALL was issued; a DSB has completed it. */
enum predictor { CURRENT, STALE, TOLD, DONE };

/* Which MiB uses the table of 1 KiB at a physical address: chains of MiB + 1. */
static u16 owner[1u << 22], next_owner[MIBS];

/* Live entries by physical address and memory type. */
#define TYPES 5
static u16 mib_sections[MIBS][TYPES], mib_pages[MIBS][TYPES];
static u16 (*page_types[MIBS])[TYPES];

void (*model_abort_hook)(u32 fs, va_t va, bool write);

/* ---- reset ---- */

static void drop_owner(u32 mib);

void mmu_reset(void)
{
	for (u32 i = 0; i < MIBS; i++) {
		drop_owner(i);
		free(mmu.page[i]);
		free(page_types[i]);
		page_types[i] = NULL;
	}
	free(mmu.tlbi);
	free(mmu.gone);
	memset(&mmu, 0, sizeof(mmu));
	memset(mib_sections, 0, sizeof(mib_sections));
	memset(mib_pages, 0, sizeof(mib_pages));
	model_abort_hook = NULL;
}

bool model_mmu_is_on(void)
{
	return mmu.on;
}

/* ---- decode: B3.5.1, figures B3-4 and B3-5 ---- */

static u32 bits(u32 word, u32 hi, u32 lo)
{
	return word >> lo & ((2u << (hi - lo)) - 1);
}

/* B3.8.2, table B3-10, SCTLR.TRE = 0. */
static u8 memory_type(u32 tex, u32 c, u32 b)
{
	if (tex & 4) /* inner by C, B; outer by TEX[1:0] */
		return (tex & 3) == (c << 1 | b) && b && !c ? 3 : MODEL_MEM_OTHER;
	switch (tex << 2 | c << 1 | b) {
	case 0x00:
		return 0; /* strongly-ordered */
	case 0x01:
		return 1; /* shareable device */
	case 0x04:
		return 2; /* normal, non-cacheable */
	case 0x07:
		return 3; /* normal, write-back, write-allocate */
	default:
		return MODEL_MEM_OTHER;
	}
}

static bool is_pointer(u32 l1)
{
	return bits(l1, 1, 0) == 1;
}
static bool is_block(u32 l1)
{
	return bits(l1, 1, 0) == 2; /* 3 is reserved without PXN */
}
static bool valid_l1(u32 l1)
{
	return is_pointer(l1) || is_block(l1);
}
static bool valid_l2(u32 l2)
{
	return bits(l2, 1, 0);
}

/* The MiB @mib's share of a section or supersection. */
static struct xl decode_block(u32 l1, u32 mib)
{
	struct xl x = { .valid = 1 };

	x.mem = memory_type(bits(l1, 14, 12), bits(l1, 3, 3), bits(l1, 2, 2));
	x.raw = (u8)(bits(l1, 14, 12) << 2 | bits(l1, 3, 2));
	x.ap = (u8)(bits(l1, 15, 15) << 2 | bits(l1, 11, 10));
	x.xn = (u8)bits(l1, 4, 4);
	if (bits(l1, 18, 18)) {
		x.size = SIZE_16M;
		x.pa = (bits(l1, 31, 24) << 24) + ((mib & 15) << 20);
	} else {
		x.size = SIZE_1M;
		x.pa = bits(l1, 31, 20) << 20;
		x.domain = (u8)bits(l1, 8, 5);
	}
	return x;
}

/* The share of page @j in a large page, or a small page. */
static struct xl decode_page(u32 l2, u32 j, u32 l1)
{
	struct xl x = { .valid = 1 };
	u32 tex;

	if (bits(l2, 1, 1)) {
		x.size = SIZE_4K;
		x.pa = bits(l2, 31, 12) << 12;
		x.xn = (u8)bits(l2, 0, 0);
		tex = bits(l2, 8, 6);
	} else {
		x.size = SIZE_64K;
		x.pa = (bits(l2, 31, 16) << 16) + ((j & 15) << 12);
		x.xn = (u8)bits(l2, 15, 15);
		tex = bits(l2, 14, 12);
	}
	x.mem = memory_type(tex, bits(l2, 3, 3), bits(l2, 2, 2));
	x.raw = (u8)(tex << 2 | bits(l2, 3, 2));
	x.ap = (u8)(bits(l2, 9, 9) << 2 | bits(l2, 5, 4));
	x.domain = (u8)bits(l1, 8, 5);
	return x;
}

/* B3.7.1, AFE = 0, privileged: may one read, may one write? */
static bool ap_read(u32 ap)
{
	return ap != 0 && ap != 4;
}
static bool ap_write(u32 ap)
{
	return ap >= 1 && ap <= 3;
}

static bool same(const struct xl *a, const struct xl *b)
{
	return a->pa == b->pa && a->raw == b->raw && a->ap == b->ap && a->xn == b->xn &&
	       a->domain == b->domain && a->size == b->size;
}

/* ---- where first-level entries are: B3.5.4 ---- */

static bool l1_in(u32 ttbr0, u32 ttbcr, u32 mib, pa_t *at)
{
	u32 n = ttbcr & 7;

	if (n && mib >> (12 - n)) {
		*at = (model_cp15.ttbr1 & ~(SZ_16K - 1)) + mib * 4;
		return !(ttbcr & 0x20);
	}
	*at = (ttbr0 & ~((SZ_16K >> n) - 1)) + (mib & ((MIBS >> n) - 1)) * 4;
	return !(ttbcr & 0x10);
}

static bool l1_at(u32 mib, pa_t *at)
{
	return l1_in(mmu.ttbr0, mmu.held_ttbcr, mib, at);
}

static u32 visible_l1(u32 mib)
{
	pa_t at;

	if (!l1_at(mib, &at) || !mem_is_ram(at))
		return 0;
	return mem_read(at);
}

/* ---- who uses a table ---- */

static void drop_owner(u32 mib)
{
	u16 *link;

	if (!mmu.table[mib])
		return;
	link = &owner[mmu.table[mib] >> 10];
	while (*link && *link != mib + 1)
		link = &next_owner[*link - 1];
	if (*link)
		*link = next_owner[mib];
	next_owner[mib] = 0;
	mmu.table[mib] = 0;
}

static void hold_table(u32 mib, u32 l1)
{
	drop_owner(mib);
	mmu.table[mib] = l1;
	next_owner[mib] = owner[l1 >> 10];
	owner[l1 >> 10] = (u16)(mib + 1);
}

/* ---- one physical page, one memory type ---- */

static u16 *types_of(pa_t pa)
{
	u32 mib = pa >> 20;

	if (!page_types[mib]) {
		page_types[mib] = calloc(PTES, sizeof(*page_types[mib]));
		if (!page_types[mib])
			abort();
	}
	return page_types[mib][pa >> 12 & 255];
}

static void check_type(const struct xl *x, va_t va, const u16 *counts)
{
	for (u32 t = 0; t < TYPES; t++)
		if (t != x->mem && counts[t])
			rule_broken("VA 0x%08x maps PA 0x%08x with memory type %u, type %u is "
				    "live elsewhere (A3.5.7)",
				    va, x->pa, x->mem, t);
}

static void count_type(const struct xl *x, va_t va, int by)
{
	u32 mib = x->pa >> 20;

	if (x->size >= SIZE_1M) {
		if (by > 0) {
			check_type(x, va, mib_sections[mib]);
			check_type(x, va, mib_pages[mib]);
		}
		mib_sections[mib][x->mem] = (u16)(mib_sections[mib][x->mem] + by);
		return;
	}
	if (by > 0) {
		check_type(x, va, mib_sections[mib]);
		check_type(x, va, types_of(x->pa));
	}
	mib_pages[mib][x->mem] = (u16)(mib_pages[mib][x->mem] + by);
	types_of(x->pa)[x->mem] = (u16)(types_of(x->pa)[x->mem] + by);
}

/* ---- the TLB ---- */

static struct slot *page_slot(u32 mib, u32 j)
{
	if (!mmu.page[mib]) {
		mmu.page[mib] = calloc(PTES, sizeof(struct slot));
		if (!mmu.page[mib])
			abort();
	}
	return &mmu.page[mib][j];
}

static void conflict(va_t va, const char *how)
{
	rule_broken("VA 0x%08x: %s (B3.10.1, break before make)", va, how);
}

/* A new mapping that may be executed (B2.2.4); the same one again is none. */
static void learn(struct slot *s, u32 mib)
{
	bool known = s->last.valid && same(&s->last, &s->live);

	s->last = s->live;
	if (known || s->live.xn)
		return;
	mmu.predictor[mib] = STALE;
	mmu.predictor_any = true;
}

/* The prefetcher: into all that has become normal or executable, before it is used. */
static void run_ahead(const struct xl *x, va_t va)
{
	u32 bytes = x->size >= SIZE_1M ? SZ_1M : SZ_4K;
	pa_t at;

	if (!ap_read(x->ap))
		return;
	if ((!x->xn || x->mem >= 2) && mem_is_sensitive(x->pa, bytes, &at))
		rule_broken(
			"VA 0x%08x is %s, so the device at PA 0x%08x is read ahead of time (%s)",
			va, x->xn ? "normal memory" : "executable", at,
			x->xn ? "A3.5.5" : "B3.7.2");
	if (!x->xn)
		mem_prefetch(x->pa, bytes);
}

static void fill(struct slot *s, const struct xl *x, u32 mib, va_t va)
{
	bool is_page = x->size < SIZE_1M;

	if (s->live.valid) {
		if (same(&s->live, x))
			return;
		s->live.conflict = 1;
		conflict(va, "a new entry while the TLB holds the old one");
		return;
	}
	if (is_page ? mmu.section[mib].live.valid : mmu.live_pages[mib] != 0)
		conflict(va, "a new entry while the TLB holds one of another size");
	s->live = *x;
	if (is_page)
		mmu.live_pages[mib]++;
	count_type(x, va, 1);
	learn(s, mib);
	run_ahead(x, va);
}

static void drop(struct slot *s, u32 mib, va_t va)
{
	if (!s->live.valid)
		return;
	count_type(&s->live, va, -1);
	if (s->live.size < SIZE_1M)
		mmu.live_pages[mib]--;
	s->gone = s->live;
	s->live.valid = 0;
	if (mmu.gone_count == mmu.gone_room) {
		mmu.gone_room = mmu.gone_room ? mmu.gone_room * 2 : 64;
		mmu.gone = realloc(mmu.gone, mmu.gone_room * sizeof(*mmu.gone));
		if (!mmu.gone)
			abort();
	}
	mmu.gone[mmu.gone_count].slot = s;
	mmu.gone[mmu.gone_count++].va = va;
}

/* ---- the walker ---- */

static void walk_block(u32 mib, u32 l1)
{
	bool super = bits(l1, 18, 18);
	u32 first = super ? mib & ~15u : mib;
	struct xl own = decode_block(l1, mib);

	if (super && model_cfg.no_supersections)
		rule_broken("supersection 0x%08x on a core without them (B4.1.92)", l1);
	if (super && (bits(l1, 23, 20) || bits(l1, 8, 5)))
		rule_broken("supersection 0x%08x points above 4 GiB (B3.5.1)", l1);

	/* the sixteen of a supersection come together */
	if (super && mmu.section[mib].live.valid && same(&mmu.section[mib].live, &own))
		return;
	for (u32 m = first; m < first + (super ? 16 : 1); m++) {
		struct xl x = decode_block(l1, m);

		fill(&mmu.section[m], &x, m, m << 20);
	}
}

static void walk_page(u32 mib, u32 j)
{
	pa_t table = mmu.table[mib] & ~0x3ffu;
	u32 l2, first, n = 1;

	if (!mem_is_ram(table))
		return;
	l2 = mem_read(table + j * 4);
	if (!valid_l2(l2))
		return;
	first = j;
	if (!bits(l2, 1, 1)) {
		struct xl own = decode_page(l2, j, mmu.table[mib]);

		if (page_slot(mib, j)->live.valid && same(&page_slot(mib, j)->live, &own))
			return; /* the sixteen of a large page come together */
		first = j & ~15u;
		n = 16;
	}
	for (u32 k = first; k < first + n; k++) {
		struct xl x = decode_page(l2, k, mmu.table[mib]);

		fill(page_slot(mib, k), &x, mib, mib << 20 | k << 12);
	}
}

/* Take a first-level entry in; @all: walk its pages, too. */
static void walk_mib(u32 mib, bool all)
{
	u32 l1 = visible_l1(mib);

	if (is_block(l1)) {
		walk_block(mib, l1);
		return;
	}
	if (is_pointer(l1) && !mmu.table[mib])
		hold_table(mib, l1);
	for (u32 j = 0; all && mmu.table[mib] && j < PTES; j++)
		walk_page(mib, j);
}

static void freshen(u32 mib)
{
	if (!mmu.fresh[mib])
		mmu.fresh_mibs[mmu.fresh_count++] = mib;
	mmu.fresh[mib] = true;
}

static void check_fresh(va_t va)
{
	if (mmu.fresh[va >> 20])
		rule_broken("0x%08x is used, and no ISB came since a descriptor of its MiB became "
			    "visible (B3.10.1)",
			    va);
}

static void changed_l1(u32 mib, u32 was, u32 now)
{
	if (valid_l1(now))
		freshen(mib);
	if (valid_l1(was) && valid_l1(now))
		conflict(mib << 20, "a valid first-level entry became another valid one");
	if (model_cfg.lazy || !valid_l1(now))
		return;
	if (mmu.table[mib] && mmu.table[mib] != now)
		conflict(mib << 20, "a new first-level entry while the walker holds the old one");
	walk_mib(mib, true);
}

static void changed_l2(u32 mib, u32 j, u32 was, u32 now)
{
	if (valid_l2(now))
		freshen(mib);
	if (valid_l2(was) && valid_l2(now))
		conflict(mib << 20 | j << 12, "a valid page entry became another valid one");
	if (!model_cfg.lazy && valid_l2(now))
		walk_page(mib, j);
}

void mmu_visible(pa_t pa, u32 was, u32 now)
{
	pa_t at;

	if (!mmu.on)
		return;
	if (pa - (model_cp15.ttbr1 & ~(SZ_16K - 1)) < SZ_16K) {
		u32 mib = (pa & (SZ_16K - 1)) / 4;

		if (l1_at(mib, &at) && at == pa)
			changed_l1(mib, was, now);
		return;
	}
	for (u32 m = owner[pa >> 10]; m; m = next_owner[m - 1])
		changed_l2(m - 1, (pa & 1023) / 4, was, now);
}

void model_mmu_on(u32 ttbr, u32 ttbcr)
{
	model_cp15.ttbr1 = ttbr;
	model_cp15.ttbr0 = ttbr;
	model_cp15.ttbcr = ttbcr;
	model_cp15.sctlr |= 0x1805; /* M, C, Z, I */
	mmu.ttbr0 = ttbr;
	mmu.ttbcr = mmu.held_ttbcr = ttbcr;
	mmu.on = true;
	for (u32 mib = 0; !model_cfg.lazy && mib < MIBS; mib++)
		walk_mib(mib, true);
	memset(mmu.predictor, CURRENT, sizeof(mmu.predictor)); /* the head did this */
	mmu.predictor_any = false;
}

void model_write_ttbr0(u32 v)
{
	cpu_step();
	model_cp15.ttbr0 = v;
}

void model_write_ttbcr(u32 v)
{
	cpu_step();
	model_cp15.ttbcr = v;
}

static bool context_is_written(void)
{
	return mmu.on && (mmu.ttbr0 != model_cp15.ttbr0 || mmu.ttbcr != model_cp15.ttbcr);
}

/* At an ISB.  What was learnt in the old context is stale (B2.2.4). */
static void change_context(void)
{
	mmu.ttbr0 = model_cp15.ttbr0;
	mmu.ttbcr = model_cp15.ttbcr;
	memset(mmu.predictor, STALE, sizeof(mmu.predictor));
	mmu.predictor_any = true;
}

/*
 * ---- invalidates: B4.2.2 ----
 *
 * One by MVA takes all cached copies of the table entry that translates the
 * address.  A large page and a supersection are sixteen entries: a TLB may keep
 * each one's 4 KiB or 1 MiB for itself, and this one does.
 */

/* The first address of the entry that an invalidate at @va takes. */
static va_t tlb_entry_base(va_t va)
{
	return va & (mmu.section[va >> 20].live.valid ? 0xfff00000u : 0xfffff000u);
}

/* An invalidate there would do nothing, or nothing more. */
static bool tlb_is_without(va_t va)
{
	u32 mib = va >> 20, j = va >> 12 & 255;

	for (u32 i = 0; i < mmu.tlbi_count; i++)
		if (tlb_entry_base(mmu.tlbi[i]) == tlb_entry_base(va))
			return true;
	return !mmu.section[mib].live.valid && !mmu.table[mib] &&
	       !(mmu.page[mib] && mmu.page[mib][j].live.valid);
}

void model_tlbi_va(va_t va)
{
	cpu_step();
	if (cpu_ignored(OP_TLBI, tlb_entry_base(va))) {
		cpu_dropped(tlb_is_without(va));
		return;
	}
	if (!mmu.on)
		return;
	if (mmu.tlbi_count == mmu.tlbi_room) {
		mmu.tlbi_room = mmu.tlbi_room ? mmu.tlbi_room * 2 : 64;
		mmu.tlbi = realloc(mmu.tlbi, mmu.tlbi_room * sizeof(*mmu.tlbi));
		if (!mmu.tlbi)
			abort();
	}
	mmu.tlbi[mmu.tlbi_count++] = va;
}

void model_tlbi_all(void)
{
	cpu_step();
	if (cpu_ignored(OP_TLBI, 1) || !mmu.on)
		return;
	mmu.tlbi_all = true;
	mmu.tlbi_ttbcr = mmu.ttbcr; /* a walk in the context of now may come behind it */
}

static void forget(va_t va)
{
	u32 mib = va >> 20, j = va >> 12 & 255, held = mmu.table[mib], l1;

	if (mmu.section[mib].live.valid)
		drop(&mmu.section[mib], mib, mib << 20);
	if (mmu.page[mib] && mmu.page[mib][j].live.valid)
		drop(page_slot(mib, j), mib, mib << 20 | j << 12);
	if (held) {
		if (!mmu.gone_table[mib])
			mmu.gone_mibs[mmu.gone_tables++] = mib;
		mmu.gone_table[mib] = held;
	}
	drop_owner(mib);
	if (model_cfg.lazy)
		return;
	/* And the walker walks again, for all that was dropped. */
	l1 = visible_l1(mib);
	walk_mib(mib, is_pointer(l1) && l1 != held);
	if (mmu.table[mib])
		walk_page(mib, j);
}

static void forget_all(void)
{
	mmu.held_ttbcr = mmu.tlbi_ttbcr;
	for (u32 mib = 0; mib < MIBS; mib++) {
		drop(&mmu.section[mib], mib, mib << 20);
		for (u32 j = 0; mmu.page[mib] && j < PTES; j++)
			drop(&mmu.page[mib][j], mib, mib << 20 | j << 12);
		drop_owner(mib);
	}
	for (u32 mib = 0; !model_cfg.lazy && mib < MIBS; mib++)
		walk_mib(mib, true);
}

void mmu_tlbi_complete(void)
{
	u32 n = mmu.tlbi_count;

	mmu.tlbi_count = 0;
	for (u32 i = 0; i < n; i++)
		forget(mmu.tlbi[i]);
	if (mmu.tlbi_all)
		forget_all();
	mmu.tlbi_all = false;
}

void model_bpi(void)
{
	cpu_step();
	if (cpu_ignored(OP_BPI, 0)) {
		cpu_dropped(!mmu.predictor_any);
		return;
	}
	for (u32 i = 0; mmu.predictor_any && i < MIBS; i++)
		if (mmu.predictor[i])
			mmu.predictor[i] = TOLD;
	mmu.predictor_told = true;
}

static void predictor_completes(void)
{
	for (u32 i = 0; mmu.predictor_told && i < MIBS; i++)
		if (mmu.predictor[i] == TOLD)
			mmu.predictor[i] = DONE;
	mmu.predictor_done |= mmu.predictor_told;
	mmu.predictor_told = false;
}

static void predictor_is_current(void)
{
	if (!mmu.predictor_done)
		return;
	mmu.predictor_any = mmu.predictor_done = false;
	for (u32 i = 0; i < MIBS; i++) {
		if (mmu.predictor[i] == DONE)
			mmu.predictor[i] = CURRENT;
		mmu.predictor_any |= mmu.predictor[i] != CURRENT;
	}
}

/* ---- barriers ---- */

void model_dmb(void)
{
	cpu_step();
	mem_order();
}

/*
 * A DSB completes invalidates and cleans in no order.  The worst one: first
 * the TLB forgets and walks again, then what was cleaned becomes visible.
 */
void model_dsb(void)
{
	cpu_step();
	if (cpu_ignored(OP_DSB, 0)) {
		cpu_dropped(!mmu.tlbi_count && !mmu.tlbi_all && !mem_barrier_pending() &&
			    !(mmu.predictor_any && mmu.predictor_told));
		return;
	}
	predictor_completes();
	mmu_tlbi_complete();
	mem_barrier();
}

/* An ISB, and an exception that is taken: all that was completed holds (B3.15.5). */
void mmu_synchronise(void)
{
	while (mmu.fresh_count)
		mmu.fresh[mmu.fresh_mibs[--mmu.fresh_count]] = false;
	while (mmu.gone_count)
		mmu.gone[--mmu.gone_count].slot->gone.valid = 0;
	while (mmu.gone_tables)
		mmu.gone_table[mmu.gone_mibs[--mmu.gone_tables]] = 0;
	predictor_is_current();
	if (context_is_written())
		change_context();
}

void model_isb(void)
{
	cpu_step();
	if (cpu_ignored(OP_ISB, 0)) {
		cpu_dropped(!mmu.gone_count && !mmu.gone_tables && !context_is_written() &&
			    !mmu.fresh_count && !(mmu.predictor_any && mmu.predictor_done));
		return;
	}
	mmu_synchronise();
}

/* ---- accesses ---- */

/* Before an ISB: by the first-level entry that was dropped. */
static u32 find_by_gone_table(u32 mib, u32 j, struct xl *x)
{
	u32 l1 = mmu.gone_table[mib];
	u32 l2 = mem_read((l1 & ~0x3ffu) + j * 4);

	if (!valid_l2(l2))
		return FS_TRANSLATION_PAGE;
	*x = decode_page(l2, j, l1);
	return FAULT_NONE;
}

/* The entry an access at @va goes by, or the FS code of its absence. */
static u32 find(va_t va, struct xl *x)
{
	u32 mib = va >> 20, j = va >> 12 & 255;
	struct slot *s = &mmu.section[mib];
	struct slot *p = mmu.page[mib] ? &mmu.page[mib][j] : NULL;

	for (u32 again = 0; again < 2; again++) {
		const struct xl *hit = NULL;
		pa_t at;
		u32 l1;

		if (!mmu.isb_comes && s->gone.valid)
			hit = &s->gone;
		else if (!mmu.isb_comes && p && p->gone.valid)
			hit = &p->gone;
		else if (s->live.valid)
			hit = &s->live;
		else if (p && p->live.valid)
			hit = &p->live;
		if (hit) {
			*x = *hit;
			return hit->conflict ? FS_CONFLICT : (u32)FAULT_NONE;
		}
		if (!l1_at(mib, &at))
			return FS_TRANSLATION_SECTION;
		if (!mmu.isb_comes && mmu.gone_table[mib])
			return find_by_gone_table(mib, j, x);
		if (!mem_is_ram(at))
			return FS_WALK_1;
		l1 = mmu.table[mib] ? mmu.table[mib] : visible_l1(mib);
		if (!valid_l1(l1))
			return FS_TRANSLATION_SECTION;
		if (is_pointer(l1) && !mem_is_ram(l1 & ~0x3ffu))
			return FS_WALK_2;
		x->domain = (u8)bits(l1, 8, 5);
		walk_mib(mib, false);
		if (mmu.table[mib])
			walk_page(mib, j);
		p = mmu.page[mib] ? &mmu.page[mib][j] : NULL;
	}
	return FS_TRANSLATION_PAGE;
}

enum access { LOAD, STORE, FETCH };

/* ---- why an access did not go by the tables as the core wrote them ---- */

static bool as_written(u32 mib, u32 j, struct xl *x, pa_t *l1, pa_t *l2)
{
	u32 desc;

	*l2 = 0;
	if (!l1_in(model_cp15.ttbr0, model_cp15.ttbcr, mib, l1) || !mem_is_ram(*l1))
		return false;
	desc = model_core_read(*l1);
	if (is_block(desc)) {
		*x = decode_block(desc, mib);
		return true;
	}
	if (!is_pointer(desc) || !mem_is_ram(desc & ~0x3ffu))
		return false;
	*l2 = (desc & ~0x3ffu) + j * 4;
	if (!valid_l2(model_core_read(*l2)))
		return false;
	*x = decode_page(model_core_read(*l2), j, desc);
	return true;
}

/* Did an access that ended with @fs, by @x, go by something else than what is written? */
static bool went_astray(va_t va, u32 fs, const struct xl *x, pa_t *l1, pa_t *l2)
{
	u32 mib = va >> 20;
	bool hit = fs != FS_TRANSLATION_SECTION && fs != FS_TRANSLATION_PAGE;
	struct xl want;

	*l1 = *l2 = 0;
	if (!mmu.on || fs == FS_CONFLICT || fs == FS_WALK_1 || fs == FS_WALK_2)
		return false;
	if (!as_written(mib, va >> 12 & 255, &want, l1, l2)) /* it may fault at a stale level */
		return hit || mmu.gone_table[mib] ||
		       (mmu.table[mib] && mmu.table[mib] != model_core_read(*l1));
	want.pa += va & (want.size >= SIZE_1M ? SZ_1M - 1 : 0) & PAGE_MASK;
	return !hit || !same(&want, x);
}

static void explain_stale(va_t va, u32 fs, const struct xl *x)
{
	u32 mib = va >> 20;
	const struct slot *s = &mmu.section[mib], *p = s;
	pa_t l1, l2;
	const char *why;

	if (!went_astray(va, fs, x, &l1, &l2))
		return;
	if (mmu.page[mib])
		p = &mmu.page[mib][va >> 12 & 255];
	why = l1 && mem_is_ram(l1) ? mem_why_unseen(l1) : NULL;
	if (!why && l2)
		why = mem_why_unseen(l2);
	if (mmu.ttbr0 != model_cp15.ttbr0 || mmu.held_ttbcr != model_cp15.ttbcr)
		explain("VA 0x%08x was walked in the context of before: no ISB since TTBCR or "
			"TTBR0 "
			"was written, or the TLB not invalidated behind it (B4.1.153)",
			va);
	else if (s->gone.valid || p->gone.valid || mmu.gone_table[mib])
		explain("VA 0x%08x went by an entry that was invalidated, but no ISB has followed "
			"(B3.10.1)",
			va);
	else if (why)
		explain("VA 0x%08x: its table entry %s, so the walker does not see it (B3.10.1, "
			"B4.1.92)",
			va, why);
	else
		explain("VA 0x%08x went by a stale TLB entry: no invalidate since, or none that a "
			"DSB has completed (B3.10.1)",
			va);
}

/* B3.12.3: the order of the checks. */
static u32 check(const struct xl *x, va_t va, u32 width, enum access how)
{
	u32 page = x->size >= SIZE_1M ? 0 : 2;
	u32 client = model_cp15.dacr >> (x->domain * 2) & 3;

	if ((va & (width - 1)) && x->mem <= 1)
		return FS_ALIGNMENT; /* A3.2.1 */
	if (model_cp15.sctlr & 1u << 29 && !(x->ap & 1))
		return x->size >= SIZE_1M ? FS_ACCESS_SECTION : FS_ACCESS_PAGE;
	if (client == 0 || client == 2)
		return FS_DOMAIN_SECTION + page;
	if (client == 3)
		return FAULT_NONE;
	if (how == STORE ? !ap_write(x->ap) : !ap_read(x->ap))
		return FS_PERMISSION_SECTION + page;
	if (how == FETCH && x->xn)
		return FS_PERMISSION_SECTION + page;
	return FAULT_NONE;
}

/* With the MMU off every access goes where it says, strongly-ordered. */
static u32 translate(va_t va, u32 width, enum access how, struct xl *x)
{
	u32 fs;

	memset(x, 0, sizeof(*x));
	if (!mmu.on) {
		x->pa = va & PAGE_MASK;
		x->size = SIZE_1M;
		return va & (width - 1) && how != FETCH ? FS_ALIGNMENT : (u32)FAULT_NONE;
	}
	fs = find(va, x);
	if (fs != FAULT_NONE)
		return fs;
	fs = check(x, va, width, how);
	x->pa += va & (x->size >= SIZE_1M ? SZ_1M - 1 : SZ_4K - 1) & PAGE_MASK;
	return fs;
}

/* The same for an access that counts: should it go astray, say why. */
static u32 go_to(va_t va, u32 width, enum access how, struct xl *x)
{
	u32 fs = translate(va, width, how, x);

	explain_stale(va, fs, x);
	return fs;
}

static u32 abort_at(u32 fs, va_t va, bool write, u32 domain)
{
	model_cp15.dfsr = (fs & 15) | domain << 4 | (fs & 16) << 6 | (write ? 0x800 : 0);
	model_cp15.dfar = va;
	return fs;
}

u32 model_load(va_t va, u32 width, u32 *v)
{
	struct xl x;
	u32 fs = go_to(va, width, LOAD, &x);
	pa_t pa = x.pa | (va & (PAGE_SIZE - 1));

	cpu_looks();
	check_fresh(va);
	*v = 0;
	if (fs != FAULT_NONE)
		return abort_at(fs, va, false, x.domain);
	if (!mem_exists(pa))
		return abort_at(FS_EXTERNAL, va, false, x.domain);
	if (!(va & (width - 1))) {
		*v = mem_is_ram(pa) ? mem_core_load(pa, width) : mem_device_load(pa, width);
		return FAULT_NONE;
	}
	for (u32 i = 0; i < width; i++) { /* normal memory: any alignment, by bytes */
		u32 one;

		fs = model_load(va + i, 1, &one);
		if (fs != FAULT_NONE)
			return fs;
		*v |= one << (i * 8);
	}
	return FAULT_NONE;
}

u32 model_store(va_t va, u32 width, u32 v)
{
	struct xl x;
	u32 fs = go_to(va, width, STORE, &x);
	pa_t pa = x.pa | (va & (PAGE_SIZE - 1));

	cpu_looks();
	check_fresh(va);
	if (fs != FAULT_NONE)
		return abort_at(fs, va, true, x.domain);
	if (!mem_exists(pa))
		return abort_at(FS_EXTERNAL, va, true, x.domain);
	if (!(va & (width - 1))) {
		if (mem_is_ram(pa))
			mem_core_store(pa, width, v, x.mem == 3);
		else
			mem_device_store(pa, width, v);
		return FAULT_NONE;
	}
	for (u32 i = 0; i < width; i++) {
		fs = model_store(va + i, 1, v >> (i * 8) & 255);
		if (fs != FAULT_NONE)
			return fs;
	}
	return FAULT_NONE;
}

u32 model_fetch(va_t va, u32 *insn)
{
	struct xl x;
	u32 fs = go_to(va, 4, FETCH, &x);
	pa_t pa = x.pa | (va & (PAGE_SIZE - 1));

	cpu_looks();
	check_fresh(va);
	*insn = 0;
	if (fs == FAULT_NONE && mmu.predictor[va >> 20])
		rule_broken("fetch at 0x%08x: the branch predictor may hold what was there before "
			    "(B2.2.4)",
			    va);
	if (fs == FAULT_NONE && !mem_exists(pa))
		fs = FS_EXTERNAL;
	if (fs != FAULT_NONE) {
		model_cp15.ifsr = (fs & 15) | (fs & 16) << 6;
		model_cp15.ifar = va;
		return fs;
	}
	*insn = mem_fetch(pa & ~3u);
	return FAULT_NONE;
}

static void take_abort(u32 fs, va_t va, bool write)
{
	if (model_abort_hook)
		model_abort_hook(fs, va, write);
	fprintf(stderr, "model: data abort, FS 0x%02x, %s 0x%08x, and nobody to take it\n", fs,
		write ? "write" : "read", va);
	abort();
}

u32 model_mmio_read(va_t va, u32 width)
{
	u32 v, fs;

	cpu_step();
	fs = model_load(va, width, &v);
	if (fs != FAULT_NONE)
		take_abort(fs, va, false);
	return v;
}

void model_mmio_write(va_t va, u32 width, u32 v)
{
	u32 fs;

	cpu_step();
	fs = model_store(va, width, v);
	if (fs != FAULT_NONE)
		take_abort(fs, va, true);
}

void model_dcache_clean(va_t va)
{
	struct xl x;
	u32 fs;

	cpu_step();
	fs = translate(va, 1, LOAD, &x);
	if (fs != FAULT_NONE)
		rule_broken("0x%08x is cleaned by its address and not mapped: that aborts, FS "
			    "0x%02x (B3.12)",
			    va, fs);
	if (fs != FAULT_NONE || !mem_is_ram(x.pa))
		return;
	x.pa |= va & (PAGE_SIZE - 1);
	if (cpu_ignored(OP_CLEAN, x.pa & ~(model_cfg.line - 1)))
		cpu_dropped(mem_line_is_clean(x.pa));
	else
		mem_clean_line(x.pa);
}

void model_icache_invalidate(void)
{
	cpu_step();
	mem_icache_drop();
}

u32 model_probe(va_t va, struct model_xlate *out)
{
	struct xl x;
	u32 fs = go_to(va, 1, LOAD, &x);

	memset(out, 0, sizeof(*out));
	if (fs != FAULT_NONE)
		return fs;
	out->pa = x.pa | (va & (PAGE_SIZE - 1));
	out->mem = x.mem;
	out->size = size_bytes[x.size];
	out->write = check(&x, va, 1, STORE) == FAULT_NONE;
	out->exec = check(&x, va, 1, FETCH) == FAULT_NONE;
	return fs;
}

/* PAR: B4.1.112. */
u32 model_translate(va_t va, bool write)
{
	static const u8 inner[5] = { 1, 3, 0, 5, 6 }, outer[5] = { 0, 0, 0, 1, 2 };
	struct xl x;
	u32 fs = go_to(va, 1, write ? STORE : LOAD, &x);
	u32 attributes;

	if (fs != FAULT_NONE)
		return 1 | (fs & 15) << 1 | (fs & 16) << 1;
	attributes = (u32)inner[x.mem] << 4 | (u32)outer[x.mem] << 2;
	if (x.size == SIZE_16M)
		return (x.pa & 0xff000000) | attributes | 2;
	return (x.pa & PAGE_MASK) | attributes;
}

/* ---- what must never go away ---- */

bool mmu_reaches(pa_t entry, bool write)
{
	struct xl x;

	if (!mmu.on || !seam_table_offset)
		return true;
	if (translate(entry + seam_table_offset, 4, write ? STORE : LOAD, &x) != FAULT_NONE)
		return false;
	return (x.pa | (entry & (PAGE_SIZE - 1))) == entry;
}

void model_must_stay(va_t va, bool write, bool exec)
{
	if (mmu.stay_count == MAX_STAY)
		abort();
	mmu.stay[mmu.stay_count].va = va;
	mmu.stay[mmu.stay_count].write = write;
	mmu.stay[mmu.stay_count++].exec = exec;
}

bool mmu_gone_is_harmless(void)
{
	for (u32 i = 0; i < mmu.gone_count; i++) {
		const struct xl *gone = &mmu.gone[i].slot->gone, *now;
		va_t va = mmu.gone[i].va;
		u32 mib = va >> 20;

		now = &mmu.section[mib].live;
		if (!now->valid && mmu.page[mib])
			now = &mmu.page[mib][va >> 12 & 255].live;
		if (!now->valid || now->raw != gone->raw || now->ap != gone->ap ||
		    now->xn != gone->xn || now->pa != gone->pa)
			return false;
	}
	return !mmu.gone_tables;
}

static bool stays(u32 i)
{
	va_t va = mmu.stay[i].va;
	struct xl x;

	return translate(va, 4, mmu.stay[i].write ? STORE : LOAD, &x) == FAULT_NONE &&
	       (!mmu.stay[i].exec || translate(va, 4, FETCH, &x) == FAULT_NONE);
}

/* An entry that is invalidated may still be used until an ISB, or be gone already (B3.10.1). */
void mmu_check_stay(void)
{
	if (!mmu.on)
		return;
	for (u32 i = 0; i < mmu.stay_count; i++) {
		bool kept = stays(i);

		mmu.isb_comes = true;
		kept = kept && stays(i);
		mmu.isb_comes = false;
		if (!kept)
			rule_broken("0x%08x, which the running code needs, does not translate",
				    mmu.stay[i].va);
	}
}
