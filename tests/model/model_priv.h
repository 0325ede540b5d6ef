/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/model/model_priv.h - what the model's three files share.
 */
#ifndef MODEL_PRIV_H
#define MODEL_PRIV_H

#include "model.h"

extern struct model_config model_cfg;

/* cpu.c */
void cpu_reset(void);
void cpu_step(void); /* a step of the kit: an interrupt may come */
/* Count one operation; is it to be dropped?  @what: the line or address it is for. */
bool cpu_ignored(enum model_op op, u32 what);
void cpu_dropped(bool idle); /* it was; had it anything to do? */
void cpu_looks(void); /* the core accesses memory */
void rule_broken(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Not wrong in itself; but if a test finds a wrong value, this is why. */
void explain(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
u32 model_random(void);

/* mem.c */
void mem_reset(void);
u32 mem_read(pa_t pa); /* the walker's view */
void mem_barrier(void); /* what a DSB completes, other than in the TLB */
void mem_order(void); /* what a DMB orders: loads and stores, not cleans */
bool mem_barrier_pending(void);
bool mem_is_ram(pa_t pa);
bool mem_exists(pa_t pa);
u32 mem_core_load(pa_t pa, u32 width);
void mem_core_store(pa_t pa, u32 width, u32 v, bool cached);
u32 mem_device_load(pa_t pa, u32 width);
void mem_device_store(pa_t pa, u32 width, u32 v);
void mem_clean_line(pa_t pa);
bool mem_line_is_clean(pa_t pa);
u32 mem_fetch(pa_t pa);
void mem_icache_drop(void);
void mem_prefetch(pa_t pa, u32 bytes); /* into the instruction cache */
bool mem_is_sensitive(pa_t pa, u32 bytes, pa_t *at); /* a device that reads change */
const char *mem_why_unseen(pa_t pa); /* why memory has not what the core wrote, or NULL */

/* mmu.c */
void mmu_reset(void);
void mmu_visible(pa_t pa, u32 was, u32 now); /* the walker's view of a word changed */
void mmu_tlbi_complete(void);
void mmu_synchronise(void); /* our own accesses see new entries, and the old no more */
void mmu_check_stay(void);
bool mmu_gone_is_harmless(void); /* dropped entries say what the live ones say */
bool mmu_reaches(pa_t entry, bool write); /* by the linear map */

#endif
