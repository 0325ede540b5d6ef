/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/plugin/context.c - system registers and the operations behind CP15.
 *
 * A write of a system register holds for what follows an ISB, an exception or
 * an exception return (B3.15.5).  Until then, with the MMU on or being switched
 * on, no load, no store and no other page of code may come; VBAR must be
 * synchronised before an exception can, CPACR before VFP is used.
 */
#include <glib.h>
#include <string.h>

#include "watch.h"

/* What a register decides. */
enum matters { ON_MEMORY, ON_EXCEPTION, ON_VFP };

/* A register write that no ISB has followed yet. */
struct write {
    const char *name;
    uint32_t pc;
    enum matters matters;
};

#define WRITES 16

static struct {
    uint32_t sctlr, vbar, contextidr;
    struct write write[WRITES];
    unsigned writes;
    bool address_translated;  /* ATS1Cxx, no ISB since */
    bool cache_selected;      /* CSSELR, likewise */
    /* before the MMU and the caches come on */
    bool tlb_told, tlb_empty; /* TLBIALL; and a DSB */
    bool data_invalidated, instructions_invalidated;
    bool caches_were_on;
    uint32_t actlr;           /* what was written: QEMU's keeps nothing */
    /* after the MMU came on */
    bool predictor_owed, predictor_told, predictor_forgot;
    uint32_t on_pc;
} ctx;

bool context_pending(void)
{
    return ctx.writes || ctx.predictor_owed;
}

bool context_caches_on(void)
{
    return ctx.sctlr & SCTLR_C;
}

uint32_t context_vectors(void)
{
    return ctx.sctlr & SCTLR_V ? 0xffff0000 : ctx.vbar;
}

uint8_t context_asid(void)
{
    return ctx.contextidr;
}

static void wrote(const char *name, uint32_t pc, enum matters matters)
{
    for (unsigned i = 0; i < ctx.writes; i++) {
        if (ctx.write[i].name == name) {
            ctx.write[i].pc = pc;
            return;
        }
    }
    if (ctx.writes < WRITES) {
        ctx.write[ctx.writes++] = (struct write) { name, pc, matters };
    }
    watch_closely();
}

static void report_write(const struct write *w, const char *what, uint32_t pc)
{
    report(R6_CONTEXT, w->pc, "B3.15.5", "the write of %s is not followed by "
           "an ISB before %s (@%08x)", w->name, what, pc);
}

/*
 * The writes that decide such things are reported, once.  @apart: those made in
 * the page of @pc are not, because straight-line code goes on.
 */
static void depends(enum matters matters, const char *what, uint32_t pc,
                    bool apart)
{
    unsigned kept = 0;

    for (unsigned i = 0; i < ctx.writes; i++) {
        const struct write *w = &ctx.write[i];
        /* With the MMU off TTBRn and their like decide nothing; SCTLR does. */
        bool live = matters != ON_MEMORY || tables_on() ||
                    !strcmp(w->name, "SCTLR");

        if (live && w->matters == matters &&
            !(apart && (w->pc ^ pc) < PAGE_BYTES)) {
            report_write(w, what, pc);
        } else {
            ctx.write[kept++] = *w;
        }
    }
    ctx.writes = kept;
    watch_closely();
}

void context_access(uint32_t pc)
{
    depends(ON_MEMORY, "a load or store", pc, false);
}

void context_exception(uint32_t pc, const char *what)
{
    depends(ON_EXCEPTION, what, pc, false);
}

void context_vfp(uint32_t pc)
{
    depends(ON_VFP, "a VFP or Advanced SIMD instruction", pc, false);
}

void context_isb(void)
{
    ctx.writes = 0;
    ctx.address_translated = false;
    ctx.cache_selected = false;
    if (ctx.predictor_forgot) {
        ctx.predictor_owed = false;
    }
    change_isb();
    watch_closely();
}

void context_dsb(void)
{
    ctx.tlb_empty |= ctx.tlb_told;
    ctx.predictor_forgot |= ctx.predictor_told;
    cache_dsb();
    change_dsb();
}

/* Code that runs at another address than it lies at: it is mapped. */
void context_fetch(uint32_t va)
{
    depends(ON_MEMORY, "code in another page", va, true);
    if (!ctx.predictor_owed || tables_walk(va).pa == va) {
        return;
    }
    report(R6_CONTEXT, ctx.on_pc, "B2.2.4", "the MMU is switched on, and no "
           "branch predictor invalidate (BPIALL), DSB and ISB come before code "
           "at its new address (@%08x)", va);
    ctx.predictor_owed = false;
    watch_closely();
}

/* ---- SCTLR ---- */

static void check_before_mmu(uint32_t pc)
{
    struct leaf here;

    for (unsigned i = 0; i < ctx.writes; i++) {
        const struct write *w = &ctx.write[i];

        if (w->matters == ON_MEMORY && strcmp(w->name, "SCTLR")) {
            report_write(w, "SCTLR.M is set", pc);
        }
    }
    if (!ctx.tlb_empty) {
        report(R6_CONTEXT, pc, "B3.10.1", "SCTLR.M is set, and the TLBs were "
               "not invalidated (TLBIALL, DSB) since the MMU was last off");
    }
    if (cache_last_store()) {
        report(R1_TABLE, pc, "B3.10.1", "SCTLR.M is set, and no DSB came since "
               "the last store (@%08x): a walk may not see the tables",
               cache_last_store());
    }
    tables_switch_on(pc);
    here = tables_walk(pc);
    if (!here.valid || here.pa != pc) {
        report(R6_CONTEXT, pc, "B3.2.1", "SCTLR.M is set by code that is not "
               "mapped flat: 0x%08x leads to 0x%08x", pc,
               here.valid ? here.pa : 0);
    }
    ctx.predictor_owed = true;
    ctx.predictor_told = ctx.predictor_forgot = false;
    ctx.on_pc = pc;
}

/*
 * Cortex-A7, A9, A15: without ACTLR.SMP what is shareable is not cached or not
 * coherent, and maintenance of others is not heard (each TRM, "ACTLR").
 */
static bool is_coherent(void)
{
    uint32_t part = system_register("MIDR") >> 4 & 0xfff;
    bool has_smp = part == 0xc07 || part == 0xc09 || part == 0xc0f;

    return !has_smp ||
           ((ctx.actlr | system_register("ACTLR_EL1")) & ACTLR_SMP);
}

static void check_caches_on(uint32_t set, uint32_t pc)
{
    if ((set & SCTLR_C) && !is_coherent()) {
        report(R2_SETWAY, pc, "core TRM, ACTLR", "SCTLR.C is set, and "
               "ACTLR.SMP is not: this core is not coherent");
    }
    if ((set & SCTLR_C) && !ctx.data_invalidated) {
        report(R2_SETWAY, pc, "B2.2.6", "SCTLR.C is set, and the data caches "
               "were not invalidated by set and way while it was clear");
    }
    if ((set & SCTLR_I) && !ctx.instructions_invalidated) {
        report(R2_SETWAY, pc, "B2.2.6", "SCTLR.I is set, and the instruction "
               "cache was not invalidated (ICIALLU)");
    }
}

static void write_sctlr(uint32_t value, uint32_t pc)
{
    uint32_t set = value & ~ctx.sctlr, cleared = ctx.sctlr & ~value;

    if (value & (SCTLR_TRE | SCTLR_AFE)) {
        report(R0_UNWATCHED, pc, "B3.8.3", "SCTLR.TRE or AFE is set: memory "
               "types and permissions are read without them");
    }
    check_caches_on(set, pc);
    if (cleared & SCTLR_C) {
        ctx.data_invalidated = false;
    }
    if (cleared & SCTLR_I) {
        ctx.instructions_invalidated = false;
    }
    if (set & SCTLR_M) {
        check_before_mmu(pc);
    } else if (cleared & SCTLR_M) {
        tables_switch_off();
        ctx.predictor_owed = false;
        ctx.tlb_told = ctx.tlb_empty = false;
    }
    ctx.caches_were_on |= value & SCTLR_C;
    ctx.sctlr = value;
    access_changed();
    wrote("SCTLR", pc, ON_MEMORY);
}

/* ---- caches ---- */

static uint32_t line_bytes(void)
{
    static uint32_t bytes;

    if (!bytes) {
        bytes = 4u << (system_register("CTR") >> 16 & 15);
    }
    return bytes;
}

static void by_address(uint32_t va, uint32_t pc, enum clean how)
{
    struct leaf leaf;
    uint32_t line;

    change_use(va, false, pc, "cache maintenance of");
    leaf = tables_walk(va);
    if (!leaf.valid) {
        return;
    }
    line = leaf.pa & ~(line_bytes() - 1);
    cache_clean_line(line, line_bytes(), how);
    change_clean(line, line_bytes(), how);
}

/* What a device wrote is to be read next; what we wrote must not be lost. */
static void invalidate_by_address(uint32_t va, uint32_t pc)
{
    struct leaf leaf;
    uint32_t line;

    change_use(va, false, pc, "cache maintenance of");
    leaf = tables_walk(va);
    line = leaf.pa & ~(line_bytes() - 1);
    if (leaf.valid && cache_line_dirty(line, line_bytes())) {
        report(R2_SETWAY, pc, "B2.2.6", "an invalidate by MVA throws away the "
               "line of physical 0x%08x, which was stored and not cleaned",
               line);
    }
}

/* B2.2.6: with the cache on, lines come and go under such a loop */
static void by_set_way(uint32_t pc, bool clean)
{
    if (context_caches_on()) {
        report(R2_SETWAY, pc, "B2.2.6", "a cache operation by set and way "
               "while SCTLR.C is set");
        return;
    }
    if (clean && !ctx.caches_were_on) {
        report(R2_SETWAY, pc, "B2.2.6", "a clean by set and way writes to "
               "memory what power-up left in a cache that was never on");
    }
    if (clean) {
        cache_clean_all();
    } else if (cache_any_dirty()) {
        report(R2_SETWAY, pc, "B2.2.6", "an invalidate by set and way throws "
               "away lines that were stored and not cleaned");
    }
    ctx.data_invalidated = true;
}

static void predictor(void)
{
    ctx.predictor_told = true;
    change_predictor();
}

static void all_instructions(void)
{
    ctx.instructions_invalidated = true;
    cache_all_instructions_invalidated();
    predictor();
}

static void by_address_instructions(uint32_t va)
{
    struct leaf leaf = tables_walk(va);

    if (leaf.valid) {
        cache_instructions_invalidated(leaf.pa & ~(line_bytes() - 1),
                                       line_bytes());
    }
}

static void tlbi(enum tlbi kind, uint32_t operand, uint8_t halves)
{
    ctx.tlb_told |= kind == TLBI_ALL && halves == 3;
    change_tlbi(kind, operand, halves);
    access_changed();
}

/* c7, B4.2.1; true when it was one of these */
static bool cache_operation(uint32_t which, uint32_t value, uint32_t pc)
{
    switch (which) {
    case CP15(0, 7, 10, 1): /* DCCMVAC */
    case CP15(0, 7, 14, 1): /* DCCIMVAC */
        by_address(value, pc, CLEAN_POC);
        return true;
    case CP15(0, 7, 11, 1): /* DCCMVAU */
        by_address(value, pc, CLEAN_POU);
        return true;
    case CP15(0, 7, 6, 1):  /* DCIMVAC */
        invalidate_by_address(value, pc);
        return true;
    case CP15(0, 7, 6, 2):  /* DCISW */
        by_set_way(pc, false);
        return true;
    case CP15(0, 7, 10, 2): /* DCCSW */
    case CP15(0, 7, 14, 2): /* DCCISW */
        by_set_way(pc, true);
        return true;
    case CP15(0, 7, 1, 0):  /* ICIALLUIS */
    case CP15(0, 7, 5, 0):  /* ICIALLU */
        all_instructions();
        return true;
    case CP15(0, 7, 5, 1):  /* ICIMVAU */
        by_address_instructions(value);
        return true;
    case CP15(0, 7, 1, 6):  /* BPIALLIS */
    case CP15(0, 7, 5, 6):  /* BPIALL */
        predictor();
        return true;
    default:
        return false;
    }
}

/* c8, B4.2.2: CRm says whose TLB, opc2 says what of it */
static void tlb_operation(uint32_t which, uint32_t value)
{
    static const enum tlbi kinds[4] = {
        TLBI_ALL, TLBI_VA, TLBI_ASID, TLBI_VA_ALL_ASID,
    };
    uint32_t crm = which >> 4 & 15, opc2 = which & 7;

    if (opc2 > 3 || (crm != 3 && (crm < 5 || crm > 7))) {
        return;
    }
    tlbi(kinds[opc2], value, crm == 5 ? 1 : crm == 6 ? 2 : 3);
}

/* ---- MCR and MRC ---- */

static void system_write(uint32_t which, uint32_t value, uint32_t pc)
{
    counts[COUNT_REGISTERS]++;
    switch (which) {
    case CP15(0, 1, 0, 0):
        write_sctlr(value, pc);
        break;
    case CP15(0, 1, 0, 1):
        ctx.actlr = value;
        wrote("ACTLR", pc, ON_MEMORY);
        break;
    case CP15(0, 1, 0, 2):
        wrote("CPACR", pc, ON_VFP);
        break;
    case CP15(0, 2, 0, 0):
    case CP15(0, 2, 0, 1):
        tables_set_ttbr(which & 7, value, pc);
        wrote(which & 7 ? "TTBR1" : "TTBR0", pc, ON_MEMORY);
        break;
    case CP15(0, 2, 0, 2):
        tables_set_ttbcr(value, pc);
        wrote("TTBCR", pc, ON_MEMORY);
        break;
    case CP15(0, 3, 0, 0):
        tables_set_dacr(value, pc);
        wrote("DACR", pc, ON_MEMORY);
        break;
    case CP15(0, 12, 0, 0):
        ctx.vbar = value;
        wrote("VBAR", pc, ON_EXCEPTION);
        break;
    case CP15(0, 13, 0, 0):
        if (value) {
            report(R0_UNWATCHED, pc, "B3.2.1", "FCSEIDR is not zero: modified "
                   "virtual addresses are not watched");
        }
        break;
    case CP15(0, 13, 0, 1):
        ctx.contextidr = value;
        wrote("CONTEXTIDR", pc, ON_MEMORY);
        break;
    case CP15(2, 0, 0, 0):
        ctx.cache_selected = true;
        break;
    }
}

void context_mcr(const struct insn *insn, uint32_t value)
{
    uint32_t which = cp15_of(insn->word);

    switch (which) {
    case CP15(0, 7, 10, 4): /* the older encodings of DSB and ISB */
        context_dsb();
        return;
    case CP15(0, 7, 5, 4):
        context_isb();
        return;
    case CP15(0, 7, 8, 0): /* ATS1CPR to ATS1CUW: B4.2.4 */
    case CP15(0, 7, 8, 1):
    case CP15(0, 7, 8, 2):
    case CP15(0, 7, 8, 3):
        change_use(value, false, insn->pc, "address translation of");
        ctx.address_translated = true;
        return;
    }
    if (cache_operation(which, value, insn->pc)) {
        return;
    }
    if (which >> 8 == CP15(0, 8, 0, 0) >> 8) {
        tlb_operation(which, value);
        return;
    }
    system_write(which, value, insn->pc);
}

void context_mrc(const struct insn *insn)
{
    switch (cp15_of(insn->word)) {
    case CP15(0, 7, 4, 0):
        if (ctx.address_translated) {
            report(R6_CONTEXT, insn->pc, "B4.2.4", "PAR is read without an ISB "
                   "after the address translation");
        }
        break;
    case CP15(1, 0, 0, 0):
        if (ctx.cache_selected) {
            report(R6_CONTEXT, insn->pc, "B4.1.19", "CCSIDR is read without an "
                   "ISB after CSSELR was written");
        }
        break;
    }
}
