/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/plugin/table.c - the translation tables, as the core's stores left them.
 *
 * A copy of every page that is or was part of a table is kept up to date by the
 * core's stores; from it comes the first-level entry in force for each MiB.
 * What differs after a store or a register write goes to change.c (is it
 * maintained?) and usage.c (does it go with what else is mapped?).
 *
 * Short descriptors: B3.5.1; TTBR0, TTBR1 and TTBCR.N: B3.5.4; memory types
 * without TEX remap: B3.8.2; permissions with AFE = 0: B3.7.1.
 */
#include <glib.h>
#include <string.h>

#include "watch.h"

#define TTBCR_N 7u
#define TTBCR_PD0 (1u << 4)
#define TTBCR_PD1 (1u << 5)
#define TTBCR_EAE (1u << 31)
#define L2_BYTES (L2_WORDS * 4)

struct page {
    uint32_t word[PAGE_BYTES / 4];
    uint32_t writer[PAGE_BYTES / 4]; /* who stored it: a PC, 0 unknown */
};

static struct {
    bool on;
    uint32_t ttbr[2], ttbcr, dacr;
    uint32_t live[MIBS];      /* first-level entries in force */
    GHashTable *pages;        /* by page number: copies of tables */
    GHashTable *writers;      /* by page number: stores before there is one */
    GHashTable *owners;       /* of second-level tables: GArray of MiB */
} t;

static void need_hashes(void)
{
    if (!t.pages) {
        t.pages = g_hash_table_new_full(NULL, NULL, NULL, g_free);
        t.writers = g_hash_table_new_full(NULL, NULL, NULL, g_free);
        t.owners = g_hash_table_new_full(NULL, NULL, NULL,
                                         (GDestroyNotify)g_array_unref);
    }
}

bool tables_on(void)
{
    return t.on;
}

/* ---- decode ---- */

static uint32_t bits(uint32_t word, unsigned hi, unsigned lo)
{
    return word >> lo & ((2u << (hi - lo)) - 1);
}

static bool is_table(uint32_t l1)
{
    return (l1 & 3) == 1;
}

static bool is_section(uint32_t l1)
{
    return l1 & 2;
}

static uint32_t table_of(uint32_t l1)
{
    return l1 & ~(L2_BYTES - 1);
}

/* B3.8.2, table B3-10 */
static void decode_type(struct leaf *leaf, uint32_t tex, uint32_t cb,
                        uint32_t s)
{
    leaf->attributes = s << 5 | tex << 2 | cb;
    if (tex & 4) {
        leaf->type = MEM_NORMAL;
        leaf->cacheable = cb != 0;
        return;
    }
    switch (tex << 2 | cb) {
    case 0:
        leaf->type = MEM_STRONGLY_ORDERED;
        leaf->attributes = 0; /* S means nothing */
        break;
    case 1:
    case 8:
        leaf->type = MEM_DEVICE;
        leaf->attributes = tex << 2 | cb;
        break;
    default:
        leaf->type = MEM_NORMAL;
        leaf->cacheable = cb >= 2;
    }
}

static struct leaf decode_section(uint32_t l1, uint32_t mib)
{
    struct leaf leaf = { .valid = true };

    if (bits(l1, 18, 18)) {
        leaf.size = 16u << MIB_SHIFT;
        leaf.pa = (l1 & 0xff000000) + ((mib & 15) << MIB_SHIFT);
    } else {
        leaf.size = 1u << MIB_SHIFT;
        leaf.pa = l1 & 0xfff00000;
        leaf.domain = bits(l1, 8, 5);
    }
    leaf.ap = bits(l1, 15, 15) << 2 | bits(l1, 11, 10);
    leaf.xn = bits(l1, 4, 4);
    leaf.not_global = bits(l1, 17, 17);
    decode_type(&leaf, bits(l1, 14, 12), bits(l1, 3, 2), bits(l1, 16, 16));
    return leaf;
}

static struct leaf decode_page(uint32_t l2, uint32_t index, uint32_t l1)
{
    struct leaf leaf = { .valid = l2 & 3 };
    uint32_t tex;

    if (!leaf.valid) {
        return leaf;
    }
    if (l2 & 2) {
        leaf.size = PAGE_BYTES;
        leaf.pa = l2 & ~(PAGE_BYTES - 1);
        leaf.xn = l2 & 1;
        tex = bits(l2, 8, 6);
    } else {
        leaf.size = 16 * PAGE_BYTES;
        leaf.pa = (l2 & 0xffff0000) + ((index & 15) << PAGE_SHIFT);
        leaf.xn = bits(l2, 15, 15);
        tex = bits(l2, 14, 12);
    }
    leaf.ap = bits(l2, 9, 9) << 2 | bits(l2, 5, 4);
    leaf.domain = bits(l1, 8, 5);
    leaf.not_global = bits(l2, 11, 11);
    decode_type(&leaf, tex, bits(l2, 3, 2), bits(l2, 10, 10));
    return leaf;
}

/* 0 no access, 1 client, 3 manager: B3.12.3 */
static uint32_t domain_access(const struct leaf *leaf)
{
    return t.dacr >> (2 * leaf->domain) & 3;
}

bool leaf_writable(const struct leaf *leaf)
{
    switch (domain_access(leaf)) {
    case 1:
        return leaf->ap >= 1 && leaf->ap <= 3;
    case 3:
        return true;
    default:
        return false;
    }
}

bool leaf_executable(const struct leaf *leaf)
{
    switch (domain_access(leaf)) {
    case 1:
        return leaf->ap && !leaf->xn;
    case 3:
        return true;
    default:
        return false;
    }
}

/* ---- copies of tables ---- */

static struct page *page_at(uint32_t pa)
{
    return t.pages ? g_hash_table_lookup(t.pages,
                         GUINT_TO_POINTER((pa >> PAGE_SHIFT) + 1)) : NULL;
}

bool tables_hold(uint32_t pa)
{
    return page_at(pa) != NULL;
}

static uint32_t word_at(uint32_t pa)
{
    const struct page *p = page_at(pa);

    return p ? p->word[(pa & (PAGE_BYTES - 1)) / 4] : 0;
}

static uint32_t writer_at(uint32_t pa)
{
    const struct page *p = page_at(pa);

    return p ? p->writer[(pa & (PAGE_BYTES - 1)) / 4] : 0;
}

void tables_note_writer(uint32_t pa, uint32_t pc)
{
    void *key = GUINT_TO_POINTER((pa >> PAGE_SHIFT) + 1);
    uint32_t *writers;

    need_hashes();
    writers = g_hash_table_lookup(t.writers, key);
    if (!writers) {
        writers = g_new0(uint32_t, PAGE_BYTES / 4);
        g_hash_table_insert(t.writers, key, writers);
    }
    writers[(pa & (PAGE_BYTES - 1)) / 4] = pc;
}

/* A virtual address at which the core sees the page, by the live tables. */
static bool find_virtual(uint32_t pa, uint32_t *va)
{
    if (!t.on) {
        *va = pa;
        return true;
    }
    for (uint32_t mib = 0; mib < MIBS; mib++) {
        uint32_t l1 = t.live[mib];

        if (is_section(l1)) {
            struct leaf leaf = decode_section(l1, mib);

            *va = (mib << MIB_SHIFT) + (pa - leaf.pa);
            if (pa - leaf.pa < 1u << MIB_SHIFT) {
                return true;
            }
        }
        for (uint32_t i = 0; is_table(l1) && i < L2_WORDS; i++) {
            struct leaf leaf = decode_page(word_at(table_of(l1) + i * 4), i,
                                           l1);

            *va = (mib << MIB_SHIFT) + (i << PAGE_SHIFT) + (pa - leaf.pa);
            if (leaf.valid && pa - leaf.pa < PAGE_BYTES) {
                return true;
            }
        }
    }
    return false;
}

/* Copy a page that turns out to be part of a table. */
static void adopt_page(uint32_t pa, uint32_t pc)
{
    void *key = GUINT_TO_POINTER((pa >> PAGE_SHIFT) + 1);
    uint32_t *writers, va;
    struct page *p;

    pa &= ~(PAGE_BYTES - 1);
    if (page_at(pa)) {
        return;
    }
    p = g_new0(struct page, 1);
    if (!find_virtual(pa, &va) || !read_virtual(va, p->word, PAGE_BYTES)) {
        report(R0_UNWATCHED, pc, "B3.5", "the table at physical 0x%08x cannot "
               "be read: no mapping leads to it", pa);
    }
    writers = g_hash_table_lookup(t.writers, key);
    if (writers) {
        memcpy(p->writer, writers, sizeof(p->writer));
    }
    g_hash_table_insert(t.pages, key, p);
    access_changed();
}

/* ---- who points to a second-level table ---- */

static GArray *owners_of(uint32_t table, bool make)
{
    void *key = GUINT_TO_POINTER((table >> 10) + 1);
    GArray *a = g_hash_table_lookup(t.owners, key);

    if (!a && make) {
        a = g_array_new(false, false, sizeof(uint32_t));
        g_hash_table_insert(t.owners, key, a);
    }
    return a;
}

static void own_table(uint32_t l1, uint32_t mib)
{
    GArray *a = owners_of(table_of(l1), true);

    g_array_append_val(a, mib);
}

static void disown_table(uint32_t l1, uint32_t mib)
{
    GArray *a = owners_of(table_of(l1), false);

    for (guint i = 0; a && i < a->len; i++) {
        if (g_array_index(a, uint32_t, i) == mib) {
            g_array_remove_index_fast(a, i);
            return;
        }
    }
}

/* ---- the first-level entry that translates a MiB: B3.5.4 ---- */

static bool l1_place(uint32_t mib, uint32_t *pa)
{
    uint32_t n = t.ttbcr & TTBCR_N;

    if (n && mib >> (12 - n)) {
        *pa = (t.ttbr[1] & ~0x3fffu) + mib * 4;
        return !(t.ttbcr & TTBCR_PD1);
    }
    *pa = (t.ttbr[0] & ~((0x4000u >> n) - 1)) + mib * 4;
    return !(t.ttbcr & TTBCR_PD0);
}

static uint32_t l1_in_force(uint32_t mib, uint32_t pc)
{
    uint32_t pa;

    if (!t.on || !l1_place(mib, &pa)) {
        return 0;
    }
    adopt_page(pa, pc);
    return word_at(pa);
}

/*
 * B3.10.1, and ID_MMFR3[23:20] (B4.1.92): a walk that is inner cacheable looks
 * into the data cache on cores whose walks are coherent.  One that is inner
 * non-cacheable passes by it everywhere, and on those cores by whatever level
 * goes by the inner attributes, too.
 */
enum clean tables_need_clean(void)
{
    static bool known;
    static uint32_t mmfr3;
    uint32_t ttbr = t.ttbr[t.ttbcr & TTBCR_N ? 1 : 0];
    bool cacheable;

    if (!known) {
        mmfr3 = system_register("ID_MMFR3");
        known = true;
    }
    if (bits(mmfr3, 23, 20) == 0) {
        return CLEAN_POU;
    }
    /* IRGN is bits 0 and 6 with the Multiprocessing Extensions (B4.1.154) */
    cacheable = bits(mmfr3, 15, 12) ? ttbr & 0x41 : ttbr & 1;
    return cacheable ? CLEAN_NOT : CLEAN_POC;
}

/* ---- what a change of one entry means ---- */

static bool same_leaf(const struct leaf *a, const struct leaf *b)
{
    return a->valid == b->valid && a->pa == b->pa && a->size == b->size &&
           a->attributes == b->attributes && a->ap == b->ap &&
           a->domain == b->domain && a->xn == b->xn &&
           a->not_global == b->not_global;
}

/* B3.10.1: what may change in place, without break before make. */
static bool only_rights_differ(const struct leaf *a, const struct leaf *b)
{
    return a->valid && b->valid && a->pa == b->pa && a->size == b->size &&
           a->attributes == b->attributes && a->not_global == b->not_global;
}

static struct change base_change(uint32_t va, uint32_t bytes, uint32_t entry,
                                 uint32_t pc, bool by_register)
{
    return (struct change) {
        .first = va, .last = va + bytes - 1, .entry = entry, .pc = pc,
        .by_register = by_register, .asid = context_asid(),
    };
}

static void fill_clean(struct change *c)
{
    enum clean need = tables_need_clean();

    /* with the cache off, or by a register, there is nothing to clean */
    c->clean = !c->by_register && need != CLEAN_NOT &&
               cache_state(c->entry, 4) == LINE_DIRTY ? need : CLEAN_NOT;
}

/* One leaf, of 4 KiB or 1 MiB of the address space, becomes another. */
static void leaf_changed(struct change *c, const struct leaf *old,
                         const struct leaf *new)
{
    if (same_leaf(old, new)) {
        return;
    }
    if (new->valid) {
        if (old->valid && !only_rights_differ(old, new)) {
            report(R1_TABLE, c->pc, "B3.10.1", "the live descriptor for "
                   "0x%08x changes from 0x%08x to 0x%08x in place: break "
                   "before make", c->first, c->was, c->is);
        } else if (!old->valid) {
            change_make(c->first, c->last, c->pc, new);
        }
        usage_add(new, c->first, c->pc);
    }
    c->old = *old;
    c->new = *new;
    c->stale = old->valid;
    c->asid_only = old->not_global;
    c->executable = new->valid && leaf_executable(new);
    fill_clean(c);
    change_add(c);
}

/* Every valid page of a table becomes reachable, or goes. */
static void table_pages(const struct change *l1, uint32_t desc, bool come)
{
    static const struct leaf none;

    for (uint32_t i = 0; i < L2_WORDS; i++) {
        uint32_t word = word_at(table_of(desc) + i * 4);
        struct leaf leaf = decode_page(word, i, desc);
        struct change c = *l1;

        if (!leaf.valid) {
            continue;
        }
        c.first = l1->first + (i << PAGE_SHIFT);
        c.last = c.first + PAGE_BYTES - 1;
        c.was = come ? 0 : word;
        c.is = come ? word : 0;
        leaf_changed(&c, come ? &none : &leaf, come ? &leaf : &none);
    }
}

/* The walker follows the pointer as soon as it sees it: is the table there? */
static void check_new_table(const struct change *c, uint32_t desc)
{
    uint32_t table = table_of(desc);

    adopt_page(table, c->pc);
    if (tables_need_clean() == CLEAN_NOT) {
        return;
    }
    switch (cache_state(table, L2_BYTES)) {
    case LINE_DIRTY:
        report(R1_TABLE, c->pc, "B3.10.1", "the table at physical 0x%08x is "
               "linked for 0x%08x before its lines are cleaned (DCCMVAC)",
               table, c->first);
        break;
    case LINE_IN_FLIGHT:
        report(R1_TABLE, c->pc, "B3.10.1", "the table at physical 0x%08x is "
               "linked for 0x%08x before a DSB completes the clean of its "
               "lines", table, c->first);
        break;
    default:
        break;
    }
}

/* A pointer to a table: a TLB may hold it by itself (B3.10.1). */
static void pointer_changed(struct change c, uint32_t was, uint32_t is)
{
    static const struct leaf none;

    c.was = was;
    c.is = is;
    if (is_table(is)) {
        check_new_table(&c, is);
        change_make(c.first, c.last, c.pc, &none);
    }
    c.stale = is_table(was);
    fill_clean(&c);
    change_add(&c);
}

static void l1_changed(uint32_t mib, uint32_t entry, uint32_t is, uint32_t pc,
                       bool by_register)
{
    static const struct leaf none;
    uint32_t was = t.live[mib];
    struct change c = base_change(mib << MIB_SHIFT, 1u << MIB_SHIFT, entry,
                                  pc, by_register);
    struct leaf old = is_section(was) ? decode_section(was, mib) : none;
    struct leaf new = is_section(is) ? decode_section(is, mib) : none;

    if (was == is) {
        return;
    }
    t.live[mib] = is;
    c.was = was;
    c.is = is;
    if (!by_register && (was & 3) && (is & 3) &&
        (is_table(was) || is_table(is))) {
        report(R1_TABLE, pc, "B3.10.1", "the live first-level descriptor for "
               "0x%08x changes from 0x%08x to 0x%08x in place: break before "
               "make", c.first, was, is);
    }
    if (is_table(was)) {
        disown_table(was, mib);
        table_pages(&c, was, false);
    }
    if (is_table(is)) {
        own_table(is, mib);
    }
    if (is_table(was) || is_table(is)) {
        pointer_changed(c, was, is);
    }
    leaf_changed(&c, &old, &new);
    if (is_table(is)) {
        table_pages(&c, is, true);
    }
}

static void l2_changed(uint32_t mib, uint32_t entry, uint32_t was, uint32_t is,
                       uint32_t pc)
{
    uint32_t index = entry / 4 % L2_WORDS;
    struct change c = base_change((mib << MIB_SHIFT) + (index << PAGE_SHIFT),
                                  PAGE_BYTES, entry, pc, false);
    struct leaf old = decode_page(was, index, t.live[mib]);
    struct leaf new = decode_page(is, index, t.live[mib]);

    c.was = was;
    c.is = is;
    leaf_changed(&c, &old, &new);
}

/* ---- stores ---- */

static void l1_stored(uint32_t pa, uint32_t is, uint32_t pc)
{
    uint32_t last = MIBS;

    for (unsigned half = 0; half < 2; half++) {
        uint32_t base = half ? t.ttbr[1] & ~0x3fffu :
                        t.ttbr[0] & ~((0x4000u >> (t.ttbcr & TTBCR_N)) - 1);
        uint32_t mib = (pa - base) / 4, place;

        if (pa - base < 0x4000 && mib != last && l1_place(mib, &place) &&
            place == pa) {
            counts[COUNT_STORES] += t.live[mib] != is;
            l1_changed(mib, pa, is, pc, false);
            last = mib;
        }
    }
}

static void l2_stored(uint32_t pa, uint32_t was, uint32_t is, uint32_t pc)
{
    GArray *a = owners_of(table_of(pa), false);

    for (guint i = 0; a && i < a->len; i++) {
        counts[COUNT_STORES]++;
        l2_changed(g_array_index(a, uint32_t, i), pa, was, is, pc);
    }
}

static void word_stored(uint32_t pa, uint32_t is, uint32_t pc)
{
    struct page *p = page_at(pa);
    uint32_t *word = &p->word[(pa & (PAGE_BYTES - 1)) / 4], was = *word;

    p->writer[(pa & (PAGE_BYTES - 1)) / 4] = pc;
    if (was == is) {
        return;
    }
    *word = is;
    if (!t.on) {
        return;
    }
    access_changed();
    l1_stored(pa, is, pc);
    l2_stored(pa, was, is, pc);
}

/* Any width and alignment, word by word. */
void tables_store(uint32_t pa, uint32_t bytes, uint64_t value, uint32_t pc)
{
    while (bytes) {
        uint32_t shift = (pa & 3) * 8, n = MIN(bytes, 4 - (pa & 3));
        uint32_t mask = (n == 4 ? ~0u : (1u << (n * 8)) - 1) << shift;
        uint32_t word;

        if (!page_at(pa)) {
            return;
        }
        word = (word_at(pa) & ~mask) | ((uint32_t)value << shift & mask);
        word_stored(pa & ~3u, word, pc);
        value = n == 8 ? 0 : value >> (n * 8);
        pa += n;
        bytes -= n;
    }
}

/* ---- registers ---- */

/* Compare what is in force with what was, over all 4 GiB. */
static void retarget(uint32_t pc)
{
    for (uint32_t mib = 0; mib < MIBS; mib++) {
        uint32_t pa = 0, is = l1_in_force(mib, pc);

        l1_place(mib, &pa);
        l1_changed(mib, pa, is, pc, true);
    }
    access_changed();
}

void tables_set_ttbr(unsigned n, uint32_t value, uint32_t pc)
{
    t.ttbr[n] = value;
    if (t.on) {
        retarget(pc);
    }
}

void tables_set_ttbcr(uint32_t value, uint32_t pc)
{
    t.ttbcr = value;
    if (value & TTBCR_EAE) {
        report(R0_UNWATCHED, pc, "B3.6", "TTBCR.EAE is set: long descriptors "
               "are not watched");
    }
    if (t.on) {
        retarget(pc);
    }
}

/* Everything that is reachable, for usage.c. */
static void use_everything(uint32_t pc)
{
    usage_reset();
    for (uint32_t mib = 0; mib < MIBS; mib++) {
        uint32_t l1 = t.live[mib], va = mib << MIB_SHIFT, place = 0;

        l1_place(mib, &place);
        if (is_section(l1)) {
            struct leaf leaf = decode_section(l1, mib);

            usage_add(&leaf, va, writer_at(place) ? writer_at(place) : pc);
        }
        for (uint32_t i = 0; is_table(l1) && i < L2_WORDS; i++) {
            uint32_t entry = table_of(l1) + i * 4;
            struct leaf leaf = decode_page(word_at(entry), i, l1);

            if (leaf.valid) {
                usage_add(&leaf, va + (i << PAGE_SHIFT),
                          writer_at(entry) ? writer_at(entry) : pc);
            }
        }
    }
}

void tables_set_dacr(uint32_t value, uint32_t pc)
{
    t.dacr = value;
    if (t.on) {
        use_everything(pc);
    }
}

void tables_switch_on(uint32_t pc)
{
    need_hashes();
    /* While it is off, copies of earlier tables may have been passed by. */
    g_hash_table_remove_all(t.pages);
    g_hash_table_remove_all(t.owners);
    memset(t.live, 0, sizeof(t.live));
    t.on = true;
    for (uint32_t mib = 0; mib < MIBS; mib++) {
        uint32_t l1, place;

        /* the core still reads flat: the copies are made meanwhile */
        t.on = false;
        if (l1_place(mib, &place)) {
            adopt_page(place, pc);
            l1 = word_at(place);
            if (is_table(l1)) {
                adopt_page(table_of(l1), pc);
                own_table(l1, mib);
            }
            t.live[mib] = l1;
        }
        t.on = true;
    }
    use_everything(pc);
    access_changed();
}

void tables_switch_off(void)
{
    t.on = false;
    memset(t.live, 0, sizeof(t.live));
    usage_reset();
    change_forget_all();
    access_changed();
}

/* ---- questions ---- */

struct leaf tables_walk(uint32_t va)
{
    static const struct leaf none;
    uint32_t mib = va >> MIB_SHIFT, l1 = t.live[mib];
    uint32_t index = va >> PAGE_SHIFT & (L2_WORDS - 1);

    if (!t.on) {
        return (struct leaf) {
            .valid = true, .pa = va, .size = 1u << MIB_SHIFT, .ap = 1,
            .type = MEM_STRONGLY_ORDERED,
        };
    }
    if (is_section(l1)) {
        struct leaf leaf = decode_section(l1, mib);

        leaf.pa += va & ((1u << MIB_SHIFT) - 1);
        return leaf;
    }
    if (is_table(l1)) {
        struct leaf leaf = decode_page(word_at(table_of(l1) + index * 4),
                                       index, l1);

        leaf.pa += va & (PAGE_BYTES - 1);
        return leaf;
    }
    return none;
}

uint32_t tables_writer(uint32_t va)
{
    uint32_t mib = va >> MIB_SHIFT, l1 = t.live[mib], place = 0;

    if (is_table(l1)) {
        return writer_at(table_of(l1) +
                         (va >> PAGE_SHIFT & (L2_WORDS - 1)) * 4);
    }
    l1_place(mib, &place);
    return writer_at(place);
}

/* The first live address of physical page @pa that @wanted likes. */
static bool find_live(uint32_t pa,
                      bool (*wanted)(const struct leaf *, uint32_t),
                      uint32_t arg, uint32_t *va)
{
    for (uint32_t mib = 0; mib < MIBS; mib++) {
        uint32_t l1 = t.live[mib];

        for (uint32_t i = 0; l1 && i < L2_WORDS; i++) {
            uint32_t at = (mib << MIB_SHIFT) + (i << PAGE_SHIFT);
            struct leaf leaf = tables_walk(at);

            if (leaf.valid && leaf.pa == pa && wanted(&leaf, arg)) {
                *va = at;
                return true;
            }
        }
    }
    return false;
}

static bool other_attributes(const struct leaf *leaf, uint32_t attributes)
{
    return leaf->attributes != attributes;
}

static bool has_right(const struct leaf *leaf, uint32_t executable)
{
    return executable ? leaf_executable(leaf) : leaf_writable(leaf);
}

bool tables_find_other(uint32_t pa, uint8_t attributes, uint32_t *va)
{
    return find_live(pa, other_attributes, attributes, va);
}

bool tables_find_right(uint32_t pa, bool executable, uint32_t *va)
{
    return find_live(pa, has_right, executable, va);
}
