/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/plugin/cache.c - a data cache that writes nothing back by itself.
 *
 * For each 32 bytes of memory: written through a cacheable mapping and not
 * cleaned since (dirty, as far as the point of unification or of coherency),
 * cleaned but no DSB yet (in flight), and written since the instruction cache
 * was last invalidated (old code).  It is the worst case of B2.2: a line stays
 * where it is until the program moves it.
 */
#include <glib.h>
#include <string.h>

#include "watch.h"

#define LINE_SHIFT 5
#define LINES_PER_MIB (1u << (MIB_SHIFT - LINE_SHIFT))
#define LINE_OF(pa) ((pa) >> LINE_SHIFT)

enum { DIRTY_POC = 1, DIRTY_POU = 2, IN_FLIGHT = 4, OLD_CODE = 8 };

static uint8_t *mib[MIBS];
static uint32_t *writer[MIBS]; /* who stored to the line last */
static uint32_t dirty_lines; /* with respect to the point of coherency */
static GArray *in_flight;
static uint32_t last_store; /* who made it; 0: a DSB came since */

static uint8_t *line_at(uint32_t line)
{
    uint8_t **m = &mib[line / LINES_PER_MIB];

    if (!*m) {
        *m = g_malloc0(LINES_PER_MIB);
        writer[line / LINES_PER_MIB] = g_new0(uint32_t, LINES_PER_MIB);
    }
    return *m + line % LINES_PER_MIB;
}

static uint8_t line_flags(uint32_t line)
{
    const uint8_t *m = mib[line / LINES_PER_MIB];

    return m ? m[line % LINES_PER_MIB] : 0;
}

static void stored_line(uint32_t line, bool cached, uint32_t pc)
{
    uint8_t *l = line_at(line);
    uint32_t *who = &writer[line / LINES_PER_MIB][line % LINES_PER_MIB];

    if (!cached && (*l & DIRTY_POC)) {
        report(R2_SETWAY, pc, "B2.2.6", "a store that passes by the data cache "
               "to physical 0x%08x, whose line is dirty there since @%08x: what "
               "is cleaned later comes over it", line << LINE_SHIFT, *who);
    }
    *l |= OLD_CODE;
    *who = pc;
    if (!cached) {
        return;
    }
    dirty_lines += !(*l & DIRTY_POC);
    *l = DIRTY_POC | DIRTY_POU | OLD_CODE; /* whatever was in flight */
}

void cache_stored(uint32_t pa, uint32_t bytes, bool cached, uint32_t pc)
{
    uint32_t line = LINE_OF(pa), last = LINE_OF(pa + bytes - 1);

    last_store = pc;
    stored_line(line, cached, pc);
    if (last != line) {
        stored_line(last, cached, pc);
    }
}

static void clean_one(uint32_t line, enum clean how)
{
    uint8_t *l = line_at(line);

    *l &= ~DIRTY_POU;
    if (how != CLEAN_POC || !(*l & DIRTY_POC)) {
        return;
    }
    *l &= ~DIRTY_POC;
    *l |= IN_FLIGHT;
    dirty_lines--;
    if (!in_flight) {
        in_flight = g_array_new(false, false, sizeof(uint32_t));
    }
    g_array_append_val(in_flight, line);
}

void cache_clean_line(uint32_t pa, uint32_t bytes, enum clean how)
{
    uint32_t last = LINE_OF(pa + bytes - 1);

    for (uint32_t line = LINE_OF(pa); line <= last; line++) {
        clean_one(line, how);
    }
}

void cache_clean_all(void)
{
    for (uint32_t m = 0; m < MIBS; m++) {
        for (uint32_t i = 0; mib[m] && i < LINES_PER_MIB; i++) {
            mib[m][i] &= OLD_CODE;
        }
    }
    dirty_lines = 0;
}

bool cache_any_dirty(void)
{
    return dirty_lines;
}

bool cache_line_dirty(uint32_t pa, uint32_t bytes)
{
    for (uint32_t line = LINE_OF(pa); line <= LINE_OF(pa + bytes - 1); line++) {
        if (line_flags(line) & DIRTY_POC) {
            return true;
        }
    }
    return false;
}

uint32_t cache_last_store(void)
{
    return last_store;
}

void cache_dsb(void)
{
    last_store = 0;
    for (guint i = 0; in_flight && i < in_flight->len; i++) {
        *line_at(g_array_index(in_flight, uint32_t, i)) &= ~IN_FLIGHT;
    }
    if (in_flight) {
        g_array_set_size(in_flight, 0);
    }
}

enum line_state cache_state(uint32_t pa, uint32_t bytes)
{
    uint8_t mask = tables_need_clean() == CLEAN_POU ? DIRTY_POU : DIRTY_POC;
    enum line_state state = LINE_CLEAN;

    for (uint32_t line = LINE_OF(pa); line <= LINE_OF(pa + bytes - 1); line++) {
        uint8_t flags = line_flags(line);

        if (flags & mask) {
            return LINE_DIRTY;
        }
        if (flags & IN_FLIGHT) {
            state = LINE_IN_FLIGHT;
        }
    }
    return state;
}

/* ---- the instruction side: B2.2.9 ---- */

void cache_instructions_invalidated(uint32_t pa, uint32_t bytes)
{
    for (uint32_t line = LINE_OF(pa); line <= LINE_OF(pa + bytes - 1); line++) {
        if (!(line_flags(line) & DIRTY_POU)) {
            *line_at(line) &= ~OLD_CODE;
        }
    }
}

void cache_all_instructions_invalidated(void)
{
    for (uint32_t m = 0; m < MIBS; m++) {
        for (uint32_t i = 0; mib[m] && i < LINES_PER_MIB; i++) {
            if (!(mib[m][i] & DIRTY_POU)) {
                mib[m][i] &= ~OLD_CODE;
            }
        }
    }
}

void cache_fetch(uint32_t pa, uint32_t va)
{
    uint32_t line = LINE_OF(pa);
    uint8_t flags = line_flags(line);
    const uint32_t *who = writer[line / LINES_PER_MIB];
    uint32_t pc = who ? who[line % LINES_PER_MIB] : 0;

    if (flags & DIRTY_POU) {
        report(R8_CODE, pc, "B2.2.9", "code stored to physical 0x%08x runs at "
               "0x%08x before its line is cleaned to the point of unification "
               "(DCCMVAU)", pa, va);
    } else if (flags & OLD_CODE) {
        report(R8_CODE, pc, "B2.2.9", "code stored to physical 0x%08x runs at "
               "0x%08x, and the instruction cache was not invalidated since "
               "(ICIALLU, ICIMVAU)", pa, va);
    }
}
