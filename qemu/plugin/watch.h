/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/plugin/watch.h - what the parts of the watcher share.
 *
 * One core is watched, the first; its callbacks run in one thread at a time,
 * so nothing here is locked.  Sections: DDI 0406C.
 */
#ifndef PLUGIN_WATCH_H
#define PLUGIN_WATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "decode.h"

#define PAGE_SHIFT 12
#define PAGE_BYTES (1u << PAGE_SHIFT)
#define MIB_SHIFT 20
#define MIBS 4096u
#define L2_WORDS 256u

/* SCTLR, B4.1.130 */
#define SCTLR_M (1u << 0)
#define ACTLR_SMP (1u << 6)
#define SCTLR_C (1u << 2)
#define SCTLR_I (1u << 12)
#define SCTLR_V (1u << 13)
#define SCTLR_TRE (1u << 28)
#define SCTLR_AFE (1u << 29)

/* ---- report.c: findings, each place once ---- */

enum rule {
    R0_UNWATCHED, /* something the watcher cannot judge */
    R1_TABLE,     /* maintenance of a changed descriptor */
    R2_SETWAY,    /* cache operations by set and way */
    R3_DEVICE,    /* accesses that device memory forbids */
    R4_ALIAS,     /* one page, two memory types */
    R5_WX,        /* writable and executable */
    R6_CONTEXT,   /* changes of system registers */
    R7_XN,        /* executable device memory */
    R8_CODE,      /* code written at run time */
    RULES
};

void report_open(const char *path);
/* Only notes until report_begin(). */
void report_wait(void);
void report_begin(void);
/* @section: of DDI 0406C.  Code addresses in the text are written "@%08x". */
void report(enum rule rule, uint32_t pc, const char *section,
            const char *fmt, ...) __attribute__((format(printf, 4, 5)));
void report_note(enum rule rule, uint32_t pc, const char *section,
                 const char *fmt, ...) __attribute__((format(printf, 4, 5)));
void report_close(void);

enum count {
    COUNT_STORES,      /* that changed a live translation table */
    COUNT_CHANGES,     /* descriptors followed to the end */
    COUNT_USES,        /* accesses judged while something was pending */
    COUNT_DEVICE,      /* accesses to device memory judged */
    COUNT_INVALIDATES, /* TLB invalidates */
    COUNT_REGISTERS,   /* writes of system registers */
    COUNTS
};
extern uint64_t counts[COUNTS];

/* ---- main.c: what only QEMU can tell ---- */

/* A core register, or 0; only from callbacks that may read registers. */
uint32_t core_register(unsigned n);
uint32_t core_cpsr(void);
/* A system register of the current security state, by QEMU's name. */
uint32_t system_register(const char *name);
/* Memory as the core would see it now; false: nothing there. */
bool read_virtual(uint32_t va, void *to, uint32_t bytes);
/* Called when it may have changed whether anything is pending. */
void watch_closely(void);

/* ---- table.c: the translation tables, as the core's stores left them ---- */

enum mem_type { MEM_STRONGLY_ORDERED, MEM_DEVICE, MEM_NORMAL };

/* What one descriptor says of its part of the address space. */
struct leaf {
    bool valid;
    uint32_t pa;
    uint32_t size;      /* of the descriptor: 4 KiB to 16 MiB */
    uint8_t attributes; /* S, TEX, C, B */
    uint8_t ap, domain;
    bool xn, not_global;
    enum mem_type type;
    bool cacheable;     /* inner write-back or write-through */
};

bool tables_on(void);
void tables_switch_on(uint32_t pc);
void tables_switch_off(void);
/* TTBR0, TTBR1 or TTBCR gets a new value */
void tables_set_ttbr(unsigned n, uint32_t value, uint32_t pc);
void tables_set_ttbcr(uint32_t value, uint32_t pc);
void tables_set_dacr(uint32_t value, uint32_t pc);
/* Is the page part of what is or was a table? */
bool tables_hold(uint32_t pa);
/* A store there; @bytes of @value, least significant first. */
void tables_store(uint32_t pa, uint32_t bytes, uint64_t value, uint32_t pc);
/* The translation of @va; with the MMU off flat and strongly-ordered. */
struct leaf tables_walk(uint32_t va);
/* The descriptor in force for @va, and who wrote it (0: unknown). */
uint32_t tables_writer(uint32_t va);
/* Must a store to a table be cleaned before a walk sees it, and how far? */
enum clean { CLEAN_NOT, CLEAN_POU, CLEAN_POC };
enum clean tables_need_clean(void);
bool leaf_writable(const struct leaf *leaf);
bool leaf_executable(const struct leaf *leaf);
/* Another live VA of the page @pa with other attributes; for reports. */
bool tables_find_other(uint32_t pa, uint8_t attributes, uint32_t *va);
bool tables_find_right(uint32_t pa, bool executable, uint32_t *va);
/* Words stored with the MMU off: who wrote them. */
void tables_note_writer(uint32_t pa, uint32_t pc);

/* ---- change.c: from the store to the ISB ---- */

struct change {
    uint32_t first, last; /* virtual addresses that it translates */
    uint32_t entry;       /* physical address of the descriptor */
    uint32_t was, is;
    uint32_t pc;
    bool by_register;     /* by TTBRn or TTBCR: an ISB takes the DSB's place */
    struct leaf old, new; /* valid only for leaves */
    bool stale;           /* the old one was valid: a TLB may hold it */
    bool executable;      /* the new one is: B2.2.4 */
    bool asid_only;       /* was not global */
    uint8_t asid;
    enum clean clean;     /* still to do */
    bool cleaned;         /* done: only a full DSB completes it */
    bool written;         /* the walker sees the new one */
    bool told, told_early, forgotten; /* TLB invalidate */
    uint8_t halves;       /* of a split one: 1 instruction, 2 data */
    bool predictor_told, predictor_forgot;
    bool synced;
    uint32_t usage;       /* usage_epoch() that counts the old one */
};

void change_add(const struct change *c);
/* A new valid descriptor for these addresses: is the old one forgotten? */
void change_make(uint32_t first, uint32_t last, uint32_t pc,
                 const struct leaf *new);
void change_use(uint32_t va, bool fetch, uint32_t pc, const char *how);
bool change_any(void);
void change_clean(uint32_t line, uint32_t bytes, enum clean how);
void change_dsb(void);
void change_dsb_st(void);
void change_isb(void);
enum tlbi { TLBI_ALL, TLBI_VA, TLBI_VA_ALL_ASID, TLBI_ASID };
void change_tlbi(enum tlbi kind, uint32_t operand, uint8_t halves);
void change_predictor(void);
void change_forget_all(void); /* the MMU goes off */
void change_leftovers(void);  /* the run ends */

/* ---- usage.c: what is mapped where, by physical page ---- */

void usage_add(const struct leaf *leaf, uint32_t va, uint32_t pc);
void usage_drop(const struct leaf *leaf);
void usage_reset(void);
/* Another number after each reset: what was added before is forgotten. */
uint32_t usage_epoch(void);

/* ---- cache.c: lines written and not yet cleaned ---- */

void cache_stored(uint32_t pa, uint32_t bytes, bool cached, uint32_t pc);
void cache_clean_line(uint32_t pa, uint32_t bytes, enum clean how);
void cache_clean_all(void);
bool cache_any_dirty(void);
bool cache_line_dirty(uint32_t pa, uint32_t bytes);
/* Who stored last, if no DSB came since; else 0. */
uint32_t cache_last_store(void);
void cache_dsb(void);
/* Has each line of the range reached memory, by a clean and a DSB? */
enum line_state { LINE_CLEAN, LINE_DIRTY, LINE_IN_FLIGHT };
enum line_state cache_state(uint32_t pa, uint32_t bytes);
void cache_instructions_invalidated(uint32_t pa, uint32_t bytes);
void cache_all_instructions_invalidated(void);
void cache_fetch(uint32_t pa, uint32_t va);

/* ---- context.c: system registers ---- */

void context_mcr(const struct insn *insn, uint32_t value);
void context_mrc(const struct insn *insn);
void context_dsb(void);
void context_isb(void);
bool context_pending(void);
bool context_caches_on(void);
uint32_t context_vectors(void);
uint8_t context_asid(void);
/* What a register write may decide: an access, an exception, VFP, a fetch. */
void context_access(uint32_t pc);
void context_exception(uint32_t pc, const char *what);
void context_vfp(uint32_t pc);
void context_fetch(uint32_t va);

/* ---- access.c: loads and stores ---- */

/* One access, as QEMU saw it. */
struct access {
    const struct insn *insn;
    uint32_t va, bytes;
    bool closely; /* something is pending */
    uint32_t info; /* QEMU's handle */
};

/* main.c: asked only when it matters */
uint64_t access_value(const struct access *a);
bool access_is_io(const struct access *a);

void access_changed(void); /* translations may be others now */
void access_load(const struct access *a);
void access_store(const struct access *a);

#endif
