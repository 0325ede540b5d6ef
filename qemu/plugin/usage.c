/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/plugin/usage.c - what is mapped where, by physical page.
 *
 * A mapping counts from the store that makes it until the TLB has forgotten it.
 * Three rules are about this: one page has one set of attributes (A3.5.7), is
 * never both writable and executable, by whichever addresses, and device memory
 * is never executable (A3.5.7: a fetch from it is UNPREDICTABLE).
 */
#include <glib.h>
#include <string.h>

#include "watch.h"

#define KINDS 8
#define PAGES_PER_MIB 256u

struct page_use {
    uint16_t kind[KINDS]; /* mappings with each set of attributes */
    uint16_t writable, executable;
};

static struct page_use *mib[MIBS];
static uint8_t attributes_of_kind[KINDS];
static unsigned kinds;
static uint32_t epoch;

static int kind_of(uint8_t attributes)
{
    for (unsigned k = 0; k < kinds; k++) {
        if (attributes_of_kind[k] == attributes) {
            return k;
        }
    }
    if (kinds == KINDS) {
        return -1;
    }
    attributes_of_kind[kinds] = attributes;
    return kinds++;
}

static struct page_use *use_of(uint32_t pa)
{
    struct page_use **m = &mib[pa >> MIB_SHIFT];

    if (!*m) {
        *m = g_new0(struct page_use, PAGES_PER_MIB);
    }
    return *m + (pa >> PAGE_SHIFT & (PAGES_PER_MIB - 1));
}

/* Bytes of the address space that one table entry stands for. */
static uint32_t share_of(const struct leaf *leaf)
{
    return leaf->size >= 1u << MIB_SHIFT ? 1u << MIB_SHIFT : PAGE_BYTES;
}

static const char *type_name(uint8_t attributes)
{
    switch (attributes & 31) {
    case 0:
        return "strongly-ordered";
    case 1:
    case 8:
        return "device";
    case 4:
        return "normal, non-cacheable";
    case 7:
        return "normal, write-back";
    default:
        return "other";
    }
}

static void report_alias(uint32_t pa, uint8_t attributes, uint8_t other,
                         uint32_t va, uint32_t pc)
{
    uint32_t there;

    if (tables_find_other(pa, attributes, &there)) {
        report(R4_ALIAS, pc, "A3.5.7", "physical page 0x%08x is mapped at "
               "0x%08x as %s while 0x%08x maps it as %s (by @%08x)", pa, va,
               type_name(attributes), there, type_name(other),
               tables_writer(there));
    } else {
        report(R4_ALIAS, pc, "A3.5.7", "physical page 0x%08x is mapped at "
               "0x%08x as %s while a TLB may still hold it as %s", pa, va,
               type_name(attributes), type_name(other));
    }
}

static void report_page_wx(uint32_t pa, uint32_t va, bool executable,
                           uint32_t pc)
{
    const char *what = executable ? "executable" : "writable";
    const char *other = executable ? "writable" : "executable";
    uint32_t there;

    if (tables_find_right(pa, !executable, &there)) {
        report(R5_WX, pc, "B3.7", "physical page 0x%08x becomes %s at 0x%08x "
               "while it is %s at 0x%08x (by @%08x)", pa, what, va, other,
               there, tables_writer(there));
    } else {
        report(R5_WX, pc, "B3.7", "physical page 0x%08x becomes %s at 0x%08x "
               "while a TLB may still hold it as %s", pa, what, va, other);
    }
}

static void check_page(const struct page_use *use, uint32_t pa, unsigned kind,
                       bool writable, bool executable, uint32_t va,
                       uint32_t pc)
{
    for (unsigned k = 0; k < kinds; k++) {
        if (k != kind && use->kind[k]) {
            report_alias(pa, attributes_of_kind[kind], attributes_of_kind[k],
                         va, pc);
        }
    }
    if (writable && use->executable) {
        report_page_wx(pa, va, false, pc);
    }
    if (executable && use->writable) {
        report_page_wx(pa, va, true, pc);
    }
}

static void check_leaf(const struct leaf *leaf, uint32_t va, uint32_t pc)
{
    if (leaf->type != MEM_NORMAL && !leaf->xn) {
        report(R7_XN, pc, "A3.5.7", "0x%08x maps %s memory, physical 0x%08x, "
               "without XN", va, type_name(leaf->attributes), leaf->pa);
    }
    if (leaf_writable(leaf) && leaf_executable(leaf)) {
        report(R5_WX, pc, "B3.7", "0x%08x, physical 0x%08x, is mapped both "
               "writable and executable", va, leaf->pa);
    }
}

void usage_add(const struct leaf *leaf, uint32_t va, uint32_t pc)
{
    bool writable = leaf_writable(leaf), executable = leaf_executable(leaf);
    int kind = kind_of(leaf->attributes);

    check_leaf(leaf, va, pc);
    if (kind < 0) {
        report(R0_UNWATCHED, pc, "A3.5.7", "more than %d different sets of "
               "memory attributes are in use: the rest is not compared", KINDS);
        return;
    }
    for (uint32_t at = 0; at < share_of(leaf); at += PAGE_BYTES) {
        struct page_use *use = use_of(leaf->pa + at);

        check_page(use, leaf->pa + at, kind, writable && !executable,
                   executable && !writable, va + at, pc);
        use->kind[kind]++;
        use->writable += writable;
        use->executable += executable;
    }
}

void usage_drop(const struct leaf *leaf)
{
    int kind = kind_of(leaf->attributes);

    for (uint32_t at = 0; kind >= 0 && at < share_of(leaf); at += PAGE_BYTES) {
        struct page_use *use = use_of(leaf->pa + at);

        use->kind[kind]--;
        use->writable -= leaf_writable(leaf);
        use->executable -= leaf_executable(leaf);
    }
}

void usage_reset(void)
{
    for (uint32_t i = 0; i < MIBS; i++) {
        g_clear_pointer(&mib[i], g_free);
    }
    epoch++;
}

uint32_t usage_epoch(void)
{
    return epoch;
}
