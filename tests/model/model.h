/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/model/model.h - a model of an ARMv7-A machine, as a test drives it.
 *
 * It stands for silicon that forgives nothing the architecture does not
 * promise.  Three parts, a file each:
 *
 *   mem.c  physical memory behind a write-back data cache that the table
 *          walker does not look into; an instruction cache; devices that record
 *          what is done to them
 *   mmu.c  a decoder of its own, a TLB that remembers every valid entry the
 *          walker can see, a prefetcher that runs ahead into whatever may be
 *          fetched or is normal memory, and accesses that go through all of it
 *   cpu.c  interrupt mask, CP15 registers, failures to inject
 *
 * What the kit forgets shows as a wrong value, an abort, or a broken rule:
 * model_violated() names the rule, model_explained() says why a value was wrong.
 * Sections are those of DDI 0406C.
 */
#ifndef MODEL_H
#define MODEL_H

#include "seam.h"

/* ---- the machine ---- */

/** When a dirty line leaves the cache without having been asked to. */
enum model_evict { EVICT_NEVER, EVICT_AT_ONCE, EVICT_RANDOM };

struct model_config {
	u32 line; /* bytes in a cache line: 32 or 64 */
	bool coherent_walk; /* the walker looks into the cache (ID_MMFR3[23:20] = 1) */
	bool lazy; /* no speculative walks: only what was used is in the TLB */
	bool no_supersections;
	enum model_evict evict;
	u32 seed; /* for EVICT_RANDOM */
};

/** model_reset() - power off and on; @config NULL: 64-byte lines, else zeroes. */
void model_reset(const struct model_config *config);
const struct model_config *model_config(void);

/** RAM comes up full of words that look like valid descriptors. */
void model_add_ram(pa_t first, u32 length);

struct model_device;
/** Called for an access to a device; NULL members mean "a register is memory". */
struct model_device {
	u32 (*read)(struct model_device *dev, u32 offset, u32 width);
	void (*write)(struct model_device *dev, u32 offset, u32 width, u32 v);
	void *priv;
	bool sensitive; /* a read changes something: nobody may read ahead here */
};
/** @dev may be NULL: registers that keep what is written. */
/* A later one lies over an earlier one. */
void model_add_device(pa_t first, u32 length, struct model_device *dev);

/** The tables are complete: switch on, both halves by one table, as the boot head does. */
void model_mmu_on(u32 ttbr, u32 ttbcr);
bool model_mmu_is_on(void);

/* ---- what devices saw ---- */
struct model_access {
	pa_t pa;
	u32 width;
	bool write;
	u32 value;
};
u32 model_accesses(void); /* since model_forget_accesses(); 65536 are kept */
const struct model_access *model_access(u32 i);
void model_forget_accesses(void);

/* ---- physical memory as an outsider (walker, DMA, a bus probe) sees it ---- */
u32 model_phys_read(pa_t pa);
void model_phys_write(pa_t pa, u32 v); /* a device's own write: the core sees it, too */
/** As phys_write, but the core has it only after its next DSB (A3.8.3). */
void model_dma_write(pa_t pa, u32 v);
/** A word as the core itself reads it: through its cache. */
u32 model_core_read(pa_t pa);

/* ---- accesses of the core ---- */
enum { FAULT_NONE = 0x1000 }; /* no FS code */

/** Each returns FS[4:0] of the abort it took, or FAULT_NONE. */
u32 model_load(va_t va, u32 width, u32 *v);
u32 model_store(va_t va, u32 width, u32 v);
u32 model_fetch(va_t va, u32 *insn);

/**
 * The hook gets the abort of a model_mmio_*() access (CP15 is set) and must
 * not return: it longjmps.  Without one an abort ends the program.
 */
extern void (*model_abort_hook)(u32 fs, va_t va, bool write);

/* Would an access work, and where would it go?  Changes nothing but the TLB. */
struct model_xlate {
	pa_t pa;
	u32 mem; /* MEM_* numbers of mm/map.h; MODEL_MEM_OTHER */
	u32 size; /* of the descriptor */
	bool write, exec;
};
#define MODEL_MEM_OTHER 4u
u32 model_probe(va_t va, struct model_xlate *out);

/* ---- rules ---- */
/** The first rule broken since reset, in words, or NULL. */
const char *model_violated(void);
u32 model_violations(void);
void model_forgive(void);
/**
 * model_explained() - why the first access that was not what the tables and the
 * stores say went otherwise (a stale entry, a dirty line, no barrier), or NULL
 */
const char *model_explained(void);
/** A VA that must translate whatever the kit does (code, stack, console). */
void model_must_stay(va_t va, bool write, bool exec);

/* ---- interrupts ---- */
/** Called at each step of the kit with interrupts on, as a handler would be. */
extern void (*model_irq_hook)(void);

/* ---- tests of the tests ---- */
enum model_op { OP_CLEAN, OP_DSB, OP_TLBI, OP_ISB, OP_BPI, OP_KINDS };
u32 model_op_count(enum model_op op);
/** The @nth operation of its kind from now on (0: the next) does nothing. */
void model_ignore(enum model_op op, u32 nth);
/** What became of the ignored operation. */
struct model_dropped {
	bool idle; /* it had nothing to do when it was dropped */
	bool made_up; /* another of its kind did its work before the core accessed anything */
};
struct model_dropped model_dropped(void);

/** The @nth allocation from now on (0: the next) fails; model_alloc_count() so far. */
void model_fail_alloc_at(u32 nth);
void model_fail_alloc_off(void);
u32 model_alloc_count(void);

/** What seam_symbol() answers: @name for [@start, @start + @size). */
void model_symbol(const char *name, u32 start, u32 size);

#endif
