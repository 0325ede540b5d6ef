/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/plugin/change.c - a changed descriptor, from its store to the ISB.
 *
 * B3.10.1: the line is cleaned where the walker does not look into the cache, a
 * DSB makes the descriptor visible to walks, a TLB invalidate after that takes
 * the old one away, a DSB completes it, and an ISB makes both hold for what
 * follows; the branch predictor is invalidated where code is concerned
 * (B2.2.4).  A change stays here until all of it is done.  What uses the
 * address before is a finding, and so is what was never done.
 */
#include <glib.h>
#include <string.h>

#include "watch.h"

static GArray *pending;
static uint16_t in_mib[MIBS]; /* pending changes that touch it */

static struct change *nth(guint i)
{
    return &g_array_index(pending, struct change, i);
}

bool change_any(void)
{
    return pending && pending->len;
}

static void count_in(const struct change *c, int by)
{
    in_mib[c->first >> MIB_SHIFT] += by;
}

void change_add(const struct change *c)
{
    if (!pending) {
        pending = g_array_new(false, false, sizeof(struct change));
    }
    g_array_append_val(pending, *c);
    nth(pending->len - 1)->usage = usage_epoch();
    count_in(c, 1);
    counts[COUNT_CHANGES]++;
    watch_closely();
}

static void drop_old(struct change *c)
{
    if (c->old.valid && c->usage == usage_epoch()) {
        usage_drop(&c->old);
    }
    c->old.valid = false;
}

static void take_out(guint i)
{
    drop_old(nth(i));
    count_in(nth(i), -1);
    g_array_remove_index_fast(pending, i);
    watch_closely();
}

void change_forget_all(void)
{
    while (change_any()) {
        take_out(pending->len - 1);
    }
}

/* ---- what is missing ---- */

static bool tlb_done(const struct change *c)
{
    return !c->stale || c->forgotten;
}

static bool predictor_done(const struct change *c)
{
    return !c->executable || c->predictor_forgot;
}

/* Up to the TLB's part: NULL when nothing is missing. */
static const char *missing_before_isb(const struct change *c)
{
    if (c->clean == CLEAN_POC) {
        return "a clean of its line to the point of coherency (DCCMVAC)";
    }
    if (c->clean == CLEAN_POU) {
        return "a clean of its line (DCCMVAC or DCCMVAU)";
    }
    if (!c->written) {
        return c->by_register ? "an ISB after the register write" :
                                "a DSB after the store and the clean";
    }
    if (c->stale && !c->told) {
        return c->told_early ? "a TLB invalidate after the DSB (it came before)"
                             : "a TLB invalidate of the address";
    }
    if (c->stale && !c->forgotten) {
        return "a DSB after the TLB invalidate";
    }
    return NULL;
}

static const char *missing_for(const struct change *c, bool fetch)
{
    const char *what = missing_before_isb(c);

    if (what) {
        return what;
    }
    if (fetch && !c->predictor_told && c->executable) {
        return "a branch predictor invalidate (BPIALL)";
    }
    if (fetch && !predictor_done(c)) {
        return "a DSB after the branch predictor invalidate (BPIALL)";
    }
    return c->synced ? NULL : "an ISB";
}

static const char *section_for(const char *missing)
{
    return strstr(missing, "predictor") ? "B2.2.4" : "B3.10.1";
}

/* ---- uses ---- */

void change_use(uint32_t va, bool fetch, uint32_t pc, const char *how)
{
    if (!in_mib[va >> MIB_SHIFT]) {
        return;
    }
    counts[COUNT_USES]++;
    for (guint i = pending->len; i-- > 0;) {
        struct change c = *nth(i);
        const char *what;

        if (va < c.first || va > c.last) {
            continue;
        }
        what = missing_for(&c, fetch);
        if (!what) {
            continue;
        }
        report(R1_TABLE, c.pc, section_for(what), "the descriptor for 0x%08x "
               "(0x%08x -> 0x%08x) is used before %s: %s 0x%08x by @%08x",
               c.first, c.was, c.is, what, how, va, pc);
        take_out(i);
    }
}

/* B3.10.1: the TLB must have forgotten the old before there is a new one. */
void change_make(uint32_t first, uint32_t last, uint32_t pc,
                 const struct leaf *new)
{
    if (!in_mib[first >> MIB_SHIFT]) {
        return;
    }
    for (guint i = pending->len; i-- > 0;) {
        struct change c = *nth(i);
        bool same = c.old.valid && new->valid && c.old.pa - new->pa ==
                    c.first - first && c.old.attributes == new->attributes &&
                    c.old.size == new->size && c.old.ap == new->ap &&
                    c.old.xn == new->xn;

        if (c.last < first || c.first > last || !c.stale || c.forgotten ||
            same) {
            continue;
        }
        report(R1_TABLE, c.pc, "B3.10.1", "the descriptor for 0x%08x (0x%08x "
               "-> 0x%08x) is broken, and @%08x makes a new one before %s",
               c.first, c.was, c.is, pc, missing_before_isb(&c));
        take_out(i);
    }
}

/* ---- maintenance ---- */

/* Everything done?  Then it is out of the way. */
static void settle(void)
{
    for (guint i = pending->len; i-- > 0;) {
        const struct change *c = nth(i);

        if (c->synced && predictor_done(c)) {
            take_out(i);
        }
    }
}

void change_clean(uint32_t line, uint32_t bytes, enum clean how)
{
    for (guint i = 0; pending && i < pending->len; i++) {
        struct change *c = nth(i);

        if (c->entry - line < bytes && (c->clean == CLEAN_POU ||
                                        how == CLEAN_POC)) {
            c->cleaned |= c->clean != CLEAN_NOT;
            c->clean = CLEAN_NOT;
        }
    }
}

void change_dsb(void)
{
    for (guint i = 0; pending && i < pending->len; i++) {
        struct change *c = nth(i);

        c->written |= c->clean == CLEAN_NOT && !c->by_register;
        c->predictor_forgot |= c->predictor_told;
        if (c->told && !c->forgotten) {
            c->forgotten = true;
            drop_old(c);
        }
    }
}

/* A3.8.3: one for stores alone completes stores, and no maintenance. */
void change_dsb_st(void)
{
    for (guint i = 0; pending && i < pending->len; i++) {
        struct change *c = nth(i);

        c->written |= c->clean == CLEAN_NOT && !c->cleaned && !c->by_register;
    }
}

void change_isb(void)
{
    if (!change_any()) {
        return;
    }
    for (guint i = 0; i < pending->len; i++) {
        struct change *c = nth(i);

        c->written |= c->by_register;
        c->synced |= c->written && tlb_done(c);
    }
    settle();
}

/* B3.10.2, B4.2.2: the entries that an operation takes away */
static bool tlbi_takes(const struct change *c, enum tlbi kind,
                       uint32_t operand)
{
    switch (kind) {
    case TLBI_ALL:
        return true;
    case TLBI_VA:
        if (c->asid_only && (operand & 0xff) != c->asid) {
            return false;
        }
        /* fall through */
    case TLBI_VA_ALL_ASID:
        return (operand & ~(PAGE_BYTES - 1)) >= c->first &&
               (operand & ~(PAGE_BYTES - 1)) <= c->last;
    case TLBI_ASID:
        return c->asid_only && (operand & 0xff) == c->asid;
    }
    return false;
}

/* @halves: 1 the instruction TLB, 2 the data TLB, 3 both or a unified one */
void change_tlbi(enum tlbi kind, uint32_t operand, uint8_t halves)
{
    counts[COUNT_INVALIDATES]++;
    for (guint i = 0; pending && i < pending->len; i++) {
        struct change *c = nth(i);

        if (!c->stale || !tlbi_takes(c, kind, operand)) {
            continue;
        }
        if (!c->written) {
            c->told_early = true;
            continue;
        }
        c->halves |= halves;
        c->told |= c->halves == 3;
    }
}

void change_predictor(void)
{
    for (guint i = 0; pending && i < pending->len; i++) {
        struct change *c = nth(i);

        if (c->executable && c->written && (!c->stale || c->told)) {
            c->predictor_told = true;
            c->synced = false; /* this, too, takes effect at an ISB */
        }
    }
}

void change_leftovers(void)
{
    for (guint i = 0; pending && i < pending->len; i++) {
        const struct change *c = nth(i);
        const char *what = missing_for(c, true);

        if (c->stale && what && strcmp(what, "an ISB")) {
            report(R1_TABLE, c->pc, section_for(what), "the descriptor for "
                   "0x%08x (0x%08x -> 0x%08x) is never followed by %s",
                   c->first, c->was, c->is, what);
        }
    }
}
