/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/model/mem.c - the model's physical memory, and the cache before it.
 *
 * Each page exists in two views: "core", what the core reads and writes
 * through its data cache, and "mem", what has left the cache, which is all
 * that the walker, an instruction fetch or a device can see (B2.2.6: the point
 * of unification).  A cached write stays in "core" until its line is cleaned
 * *and* a DSB has completed the clean (B2.2.9), or until the cache evicts the
 * line by itself, which it may do at any time.
 *
 * Cleans that one DSB completes have no order among each other: they are done
 * last issued first.
 */
#include <stdlib.h>
#include <string.h>

#include "model_priv.h"

#define WORDS (PAGE_SIZE / 4)
#define REGIONS 32
#define LOG_SIZE 65536u
#define DMA_QUEUE 64

struct page {
	u32 mem[WORDS]; /* past the cache */
	u32 core[WORDS]; /* as the core reads it */
	u32 cleaned[WORDS]; /* on the way from one to the other */
	u32 fetched[WORDS]; /* in the instruction cache */
	u32 dirty[WORDS / 32], cleaning[WORDS / 32], in_icache[WORDS / 32];
	u32 stored[WORDS / 32]; /* of "cleaning": by a store that no cache holds */
	bool fetched_some, prefetched; /* words of it, or all, are in the instruction cache */
	u32 refilled; /* the last invalidate that "fetched" has seen */
	u32 number;
};

struct region {
	pa_t first, last;
	bool ram;
	struct model_device *dev;
};

static struct page *pages[1u << 20];
static struct page **used;
static u32 used_count, used_room;

static struct region regions[REGIONS];
static u32 region_count;

static pa_t *pending; /* words being cleaned, in order of issue */
static u32 pending_count, pending_room;
static bool icache_used, drop_icache;
static u32 icache_drops; /* so far */
static const struct model_device *writing; /* in the middle of its write() */

static struct {
	pa_t pa;
	u32 v;
} dma[DMA_QUEUE];
static u32 dma_count;

static struct model_access accesses[LOG_SIZE];
static u32 access_count;

/* ---- pages ---- */

static bool bit(const u32 *map, u32 i)
{
	return map[i / 32] >> (i % 32) & 1;
}
static void set_bit(u32 *map, u32 i)
{
	map[i / 32] |= 1u << (i % 32);
}
static void clear_bit(u32 *map, u32 i)
{
	map[i / 32] &= ~(1u << (i % 32));
}

/* The region that all of a MiB lies in, plus 2; 0: not looked for yet. */
enum { UNKNOWN, MIXED, IN_REGION };
static u8 region_of_mib[4096];

static u8 look_for_region(u32 mib)
{
	pa_t first = mib << 20, last = first | 0xfffff;

	for (u32 i = region_count; i-- > 0;) {
		if (regions[i].last < first || regions[i].first > last)
			continue;
		return regions[i].first <= first && last <= regions[i].last ? (u8)(IN_REGION + i) :
									      MIXED;
	}
	return MIXED;
}

static const struct region *region_of(pa_t pa)
{
	u8 *known = &region_of_mib[pa >> 20];

	if (*known == UNKNOWN)
		*known = look_for_region(pa >> 20);
	if (*known >= IN_REGION)
		return &regions[*known - IN_REGION];
	for (u32 i = region_count; i-- > 0;)
		if (pa >= regions[i].first && pa <= regions[i].last)
			return &regions[i];
	return NULL;
}

bool mem_is_ram(pa_t pa)
{
	const struct region *r = region_of(pa);

	return r && r->ram;
}

bool mem_exists(pa_t pa)
{
	return region_of(pa);
}

/* What RAM holds at power-on: words a walker takes for pages and sections. */
static u32 garbage(pa_t pa)
{
	return (pa * 2654435761u & ~0x3u) | 0x2u;
}

static struct page *page_of(pa_t pa)
{
	struct page *p = pages[pa >> PAGE_SHIFT];
	bool ram;

	if (p)
		return p;
	p = calloc(1, sizeof(*p));
	if (used_count == used_room) {
		used_room = used_room ? used_room * 2 : 256;
		used = realloc(used, used_room * sizeof(*used));
	}
	if (!p || !used)
		abort();
	p->number = pa >> PAGE_SHIFT;
	p->refilled = icache_drops;
	ram = mem_is_ram(pa);
	for (u32 i = 0; ram && i < WORDS; i++)
		p->mem[i] = p->core[i] = garbage((pa & PAGE_MASK) + i * 4);
	used[used_count++] = p;
	pages[pa >> PAGE_SHIFT] = p;
	return p;
}

static u32 index_of(pa_t pa)
{
	return (pa & (PAGE_SIZE - 1)) / 4;
}

void mem_reset(void)
{
	for (u32 i = 0; i < used_count; i++) {
		pages[used[i]->number] = NULL;
		free(used[i]);
	}
	used_count = region_count = pending_count = dma_count = access_count = 0;
	icache_used = drop_icache = false;
	writing = NULL;
}

static void add_region(pa_t first, u32 length, bool ram, struct model_device *dev)
{
	if (region_count == REGIONS)
		abort();
	memset(region_of_mib, UNKNOWN, sizeof(region_of_mib));
	regions[region_count].first = first;
	regions[region_count].last = first + length - 1;
	regions[region_count].ram = ram;
	regions[region_count++].dev = dev;
}

void model_add_ram(pa_t first, u32 length)
{
	add_region(first, length, true, NULL);
}

void model_add_device(pa_t first, u32 length, struct model_device *dev)
{
	add_region(first, length, false, dev);
}

/* ---- from the core to memory ---- */

/* What was dropped is fetched again at once, by a prefetcher: from memory as it was then. */
static void refill_icache(struct page *p)
{
	if (p->refilled == icache_drops)
		return;
	p->refilled = icache_drops;
	if (p->prefetched)
		memcpy(p->fetched, p->mem, sizeof(p->mem));
	for (u32 i = 0; p->fetched_some && !p->prefetched && i < WORDS; i++)
		if (bit(p->in_icache, i))
			p->fetched[i] = p->mem[i];
}

static void reach_memory(pa_t pa, u32 v)
{
	struct page *p = page_of(pa);
	u32 i = index_of(pa), was = p->mem[i];

	refill_icache(p);
	p->mem[i] = v;
	if (was != v)
		mmu_visible(pa & ~3u, was, v);
}

static void queue_clean(struct page *p, u32 i)
{
	p->cleaned[i] = p->core[i];
	clear_bit(p->dirty, i);
	clear_bit(p->stored, i);
	if (bit(p->cleaning, i))
		return;
	set_bit(p->cleaning, i);
	if (pending_count == pending_room) {
		pending_room = pending_room ? pending_room * 2 : 1024;
		pending = realloc(pending, pending_room * sizeof(*pending));
		if (!pending)
			abort();
	}
	pending[pending_count++] = p->number << PAGE_SHIFT | i * 4;
}

static void evict_line(pa_t pa)
{
	pa_t at = pa & ~(model_cfg.line - 1);
	struct page *p = page_of(pa);

	for (u32 n = 0; n < model_cfg.line / 4; n++, at += 4) {
		u32 i = index_of(at);

		if (!bit(p->dirty, i))
			continue;
		clear_bit(p->dirty, i);
		clear_bit(p->cleaning, i);
		clear_bit(p->stored, i);
		reach_memory(at, p->core[i]);
	}
}

/* A word the core has just written, by way of its cache or not. */
static void wrote(pa_t pa, bool cached)
{
	struct page *p = page_of(pa);
	u32 i = index_of(pa);

	if (!model_mmu_is_on()) { /* caches are off, too: nothing stands between */
		reach_memory(pa, p->core[i]);
		return;
	}
	set_bit(p->dirty, i);
	if (!cached || model_cfg.coherent_walk)
		queue_clean(p, i);
	if (!cached)
		set_bit(p->stored, i);
	if (model_cfg.evict == EVICT_AT_ONCE ||
	    (model_cfg.evict == EVICT_RANDOM && !(model_random() & 3))) {
		set_bit(p->dirty, i);
		evict_line(pa);
	}
}

void mem_clean_line(pa_t pa)
{
	pa_t at = pa & ~(model_cfg.line - 1);
	struct page *p = pages[pa >> PAGE_SHIFT];

	if (!p)
		return; /* never written */
	for (u32 n = 0; n < model_cfg.line / 4; n++, at += 4)
		if (bit(p->dirty, index_of(at)))
			queue_clean(p, index_of(at));
}

/* Nothing in the line that memory does not have already. */
bool mem_line_is_clean(pa_t pa)
{
	pa_t at = pa & ~(model_cfg.line - 1);
	struct page *p = pages[pa >> PAGE_SHIFT];

	for (u32 n = 0; p && n < model_cfg.line / 4; n++, at += 4)
		if (p->core[index_of(at)] != p->mem[index_of(at)])
			return false;
	return true;
}

bool mem_barrier_pending(void)
{
	bool found = drop_icache || dma_count;

	for (u32 k = 0; k < pending_count && !found; k++) {
		struct page *p = page_of(pending[k]);
		u32 i = index_of(pending[k]);

		found = bit(p->cleaning, i) && p->cleaned[i] != p->mem[i];
	}
	return found;
}

/* What devices wrote, for the core to see. */
static void take_dma(void)
{
	for (u32 i = 0; i < dma_count; i++)
		page_of(dma[i].pa)->core[index_of(dma[i].pa)] = dma[i].v;
	dma_count = 0;
}

void mem_barrier(void)
{
	icache_drops += drop_icache;
	drop_icache = false;
	while (pending_count) {
		pa_t pa = pending[--pending_count];
		struct page *p = page_of(pa);
		u32 i = index_of(pa);

		if (!bit(p->cleaning, i))
			continue;
		clear_bit(p->cleaning, i);
		clear_bit(p->stored, i);
		reach_memory(pa, p->cleaned[i]);
	}
	take_dma();
}

/* Stores that no cache holds keep their order; cleans need a DSB (A3.8.3, B2.2.7). */
void mem_order(void)
{
	for (u32 k = 0; k < pending_count; k++) {
		struct page *p = page_of(pending[k]);
		u32 i = index_of(pending[k]);

		if (!bit(p->stored, i))
			continue;
		clear_bit(p->cleaning, i);
		clear_bit(p->stored, i);
		reach_memory(pending[k], p->cleaned[i]);
	}
	take_dma();
}

/* ---- translation tables, as the kit reaches them ---- */

static bool table_word(pa_t entry, bool write)
{
	if (!mem_is_ram(entry) || entry & 3) {
		rule_broken("table entry 0x%08x is not a word of RAM", entry);
		return false;
	}
	if (!mmu_reaches(entry, write)) {
		rule_broken("table entry 0x%08x: the linear map does not reach it any more", entry);
		return false;
	}
	return true;
}

u32 model_table_read(pa_t entry)
{
	if (!table_word(entry, false))
		return 0;
	return model_core_read(entry);
}

void model_table_write(pa_t entry, u32 desc)
{
	cpu_step();
	if (!table_word(entry, true))
		return;
	page_of(entry)->core[index_of(entry)] = desc;
	wrote(entry, true);
}

void model_table_clean(pa_t entry)
{
	cpu_step();
	if (cpu_ignored(OP_CLEAN, entry & ~(model_cfg.line - 1))) {
		cpu_dropped(mem_line_is_clean(entry));
		return;
	}
	if (table_word(entry & ~3u, false))
		mem_clean_line(entry);
}

u32 model_cache_line(void)
{
	return model_cfg.line;
}

/* ---- views: a page that nobody wrote to need not exist ---- */

static u32 untouched(pa_t pa)
{
	return mem_is_ram(pa) ? garbage(pa & ~3u) : 0;
}

u32 mem_read(pa_t pa)
{
	const struct page *p = pages[pa >> PAGE_SHIFT];

	return p ? p->mem[index_of(pa)] : untouched(pa);
}

const char *mem_why_unseen(pa_t pa)
{
	const struct page *p = pages[pa >> PAGE_SHIFT];
	u32 i = index_of(pa);

	if (!p || p->mem[i] == p->core[i])
		return NULL;
	if (bit(p->dirty, i))
		return "is still in the data cache, not cleaned";
	return "was cleaned or stored, but no DSB has completed that";
}

u32 model_phys_read(pa_t pa)
{
	const char *why = writing ? mem_why_unseen(pa) : NULL;

	if (why)
		explain("a device was started and reads 0x%08x, which %s (A3.8.3, B2.2.7)", pa,
			why);
	return mem_read(pa);
}

u32 model_core_read(pa_t pa)
{
	const struct page *p = pages[pa >> PAGE_SHIFT];

	return p ? p->core[index_of(pa)] : untouched(pa);
}

void model_phys_write(pa_t pa, u32 v)
{
	page_of(pa)->core[index_of(pa)] = v;
	reach_memory(pa, v);
}

void model_dma_write(pa_t pa, u32 v)
{
	reach_memory(pa, v);
	if (dma_count == DMA_QUEUE)
		abort();
	dma[dma_count].pa = pa;
	dma[dma_count++].v = v;
}

/* ---- the core's accesses, translated ---- */

u32 mem_core_load(pa_t pa, u32 width)
{
	for (u32 i = 0; i < dma_count; i++)
		if (dma[i].pa == (pa & ~3u))
			explain("0x%08x is read before a barrier has ordered that behind the "
				"register that said it is there (A3.8.3)",
				pa);
	u32 word = model_core_read(pa) >> (pa % 4 * 8);

	return width == 4 ? word : word & ((1u << width * 8) - 1);
}

void mem_core_store(pa_t pa, u32 width, u32 v, bool cached)
{
	memcpy((u8 *)page_of(pa)->core + (pa & (PAGE_SIZE - 1)), &v, width);
	wrote(pa, cached);
}

u32 mem_fetch(pa_t pa)
{
	struct page *p = page_of(pa);
	u32 i = index_of(pa);

	refill_icache(p);
	if (!p->prefetched && !bit(p->in_icache, i)) {
		icache_used = true;
		p->fetched[i] = p->mem[i];
		set_bit(p->in_icache, i);
		p->fetched_some = true;
	}
	if (p->mem[i] != p->core[i])
		explain("the code at 0x%08x %s (B2.2.9)", pa, mem_why_unseen(pa));
	else if (p->fetched[i] != p->mem[i])
		explain("the instruction cache holds what was at 0x%08x before: no invalidate "
			"since, or none that a DSB has completed (B2.2.9)",
			pa);
	return p->fetched[i];
}

/* Runs ahead into memory that has become executable; what is held already stays. */
void mem_prefetch(pa_t pa, u32 bytes)
{
	for (u32 at = 0; at < bytes && mem_is_ram(pa + at); at += PAGE_SIZE) {
		struct page *p = page_of(pa + at);

		icache_used = true;
		refill_icache(p);
		for (u32 i = 0; !p->prefetched && i < WORDS; i++)
			if (!bit(p->in_icache, i))
				p->fetched[i] = p->mem[i];
		p->prefetched = true;
	}
}

bool mem_is_sensitive(pa_t pa, u32 bytes, pa_t *at)
{
	for (u32 i = 0; i < region_count; i++) {
		const struct region *r = &regions[i];

		if (r->last < pa || r->first > pa + (bytes - 1) || !r->dev || !r->dev->sensitive)
			continue;
		*at = r->first > pa ? r->first : pa;
		return true;
	}
	return false;
}

void mem_icache_drop(void)
{
	drop_icache = icache_used;
}

static void record(pa_t pa, u32 width, bool write, u32 v)
{
	struct model_access *a = &accesses[access_count++ % LOG_SIZE];

	a->pa = pa;
	a->width = width;
	a->write = write;
	a->value = v;
}

u32 mem_device_load(pa_t pa, u32 width)
{
	const struct region *r = region_of(pa);
	u32 v = 0;

	if (r->dev && r->dev->read)
		v = r->dev->read(r->dev, pa - r->first, width);
	else
		v = mem_core_load(pa, width);
	record(pa, width, false, v);
	return v;
}

void mem_device_store(pa_t pa, u32 width, u32 v)
{
	const struct region *r = region_of(pa);
	struct page *p = page_of(pa);

	record(pa, width, true, v);
	memcpy((u8 *)p->mem + (pa & (PAGE_SIZE - 1)), &v, width);
	p->core[index_of(pa)] = p->mem[index_of(pa)];
	if (!r->dev || !r->dev->write)
		return;
	writing = r->dev;
	r->dev->write(r->dev, pa - r->first, width, v);
	writing = NULL;
}

u32 model_accesses(void)
{
	return access_count;
}

const struct model_access *model_access(u32 i)
{
	return &accesses[i % LOG_SIZE];
}

void model_forget_accesses(void)
{
	access_count = 0;
}
