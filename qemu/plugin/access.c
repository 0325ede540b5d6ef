/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/plugin/access.c - loads and stores: what device memory forbids, which
 * lines become dirty, which stores meet a table.
 *
 * A3.5.7: no unaligned access to device or strongly-ordered memory, and no
 * instruction with several accesses across a 4 KiB boundary.  A3.4.5: no
 * exclusives, and no SWP.  A3.5.6: of Advanced SIMD only loads are promised
 * anything; how many accesses of which size they make is not.
 * With the MMU off all data accesses are strongly-ordered (B3.2.1), RAM's, too;
 * there a 4 KiB boundary crossed is a note: no compiler can promise otherwise.
 */
#include <string.h>

#include "watch.h"

#define SLOTS 1024u

/* What a virtual page is, remembered until a translation changes. */
struct slot {
    uint32_t page; /* virtual page number + 1; 0: empty */
    uint32_t epoch;
    uint32_t pa;
    bool valid, device, cached, table;
};

static struct slot slots[SLOTS];
static uint32_t epoch = 1;

void access_changed(void)
{
    epoch++;
}

static const struct slot *look(uint32_t va)
{
    uint32_t page = va >> PAGE_SHIFT;
    struct slot *s = &slots[page % SLOTS];
    struct leaf leaf;

    if (s->page == page + 1 && s->epoch == epoch) {
        return s;
    }
    leaf = tables_walk(va & ~(PAGE_BYTES - 1));
    *s = (struct slot) {
        .page = page + 1, .epoch = epoch, .pa = leaf.pa, .valid = leaf.valid,
        .device = leaf.valid && leaf.type != MEM_NORMAL,
        .cached = leaf.valid && leaf.cacheable && context_caches_on(),
        .table = leaf.valid && tables_hold(leaf.pa),
    };
    return s;
}

/* ---- device memory ---- */

static const char *forbidden_class(enum insn_class class)
{
    switch (class) {
    case MEM_EXCLUSIVE:
        return "an exclusive access (LDREX, STREX)";
    case MEM_SWAP:
        return "SWP";
    case MEM_NEON:
        return "an Advanced SIMD access";
    case MEM_VFP_MULTI:
        return "a multiple VFP access";
    case MEM_COPROCESSOR:
        return "LDC or STC";
    default:
        return NULL;
    }
}

/* Is this the continuation of the same instruction's accesses? */
static bool continues(const struct insn *insn, uint32_t va)
{
    static const struct insn *current;
    static uint32_t next, left;
    bool yes = current == insn && next == va && left;

    left = yes ? left - 1 : insn->words - 1;
    current = insn;
    next = va + 4;
    return yes;
}

static const char *memory_name(void)
{
    return tables_on() ? "device memory" :
                         "memory with the MMU off (strongly-ordered)";
}

static void check_boundary(const struct access *a)
{
    const struct insn *i = a->insn;

    if (i->words == 1 || !continues(i, a->va) || (a->va & (PAGE_BYTES - 1))) {
        return;
    }
    if (tables_on() || access_is_io(a)) {
        report(R3_DEVICE, i->pc, "A3.5.7", "a multiple access to device memory "
               "crosses the 4 KiB boundary at 0x%08x", a->va);
    } else {
        report_note(R3_DEVICE, i->pc, "A3.5.7", "with the MMU off a multiple "
                    "access crosses the 4 KiB boundary at 0x%08x in RAM",
                    a->va);
    }
}

static void device_access(const struct access *a)
{
    const struct insn *i = a->insn;
    const char *what = forbidden_class(i->class);

    counts[COUNT_DEVICE]++;
    if (a->va & i->align) {
        report(R3_DEVICE, i->pc, "A3.5.7", "an unaligned access to %s at "
               "0x%08x", memory_name(), a->va);
    }
    if (what) {
        report(R3_DEVICE, i->pc, i->class == MEM_EXCLUSIVE ? "A3.4.5" :
               "A3.5.6", "%s to %s at 0x%08x", what, memory_name(), a->va);
    }
    if (i->with_pc && tables_on()) {
        report(R3_DEVICE, i->pc, "A3.5.7", "a multiple access with the PC to "
               "device memory at 0x%08x", a->va);
    }
    check_boundary(a);
}

static void judge(const struct access *a)
{
    if (a->closely) {
        context_access(a->insn->pc);
        change_use(a->va, false, a->insn->pc, "access to");
    }
}

void access_load(const struct access *a)
{
    judge(a);
    if (look(a->va)->device) {
        device_access(a);
    }
}

void access_store(const struct access *a)
{
    const struct slot *s;
    uint32_t pa;

    judge(a);
    s = look(a->va);
    if (!s->valid) {
        return;
    }
    pa = s->pa + (a->va & (PAGE_BYTES - 1));
    if (s->device) {
        device_access(a);
    }
    if (!tables_on()) {
        tables_note_writer(pa, a->insn->pc);
    }
    if (!s->device || !tables_on()) {
        cache_stored(pa, a->bytes, s->cached, a->insn->pc);
    }
    if (s->table) {
        tables_store(pa, a->bytes, access_value(a), a->insn->pc);
    }
}
