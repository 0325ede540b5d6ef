/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/model/seam.h - the seam, on a PC: the same names as mm/armv7/seam.h,
 * with the model of the machine (model.h) behind them.
 *
 * Found in place of the real one because -Itests/model stands on the include
 * path of host builds.  Nothing here decides anything: each function is one
 * call into the model.
 */
#ifndef MM_SEAM_H
#define MM_SEAM_H

#include "mm/types.h"

/* ---- behind the names ---- */
void model_dmb(void);
void model_dsb(void);
void model_isb(void);
u32 model_irq_save(void);
void model_irq_restore(u32 cpsr);
void model_irq_enable(void);
bool model_irqs_enabled(void);
void model_wfi(void);
u32 model_table_read(pa_t entry);
void model_table_write(pa_t entry, u32 desc);
void model_table_clean(pa_t entry);
u32 model_cache_line(void);
void model_write_ttbr0(u32 v);
void model_write_ttbcr(u32 v);
void model_tlbi_va(va_t va);
void model_tlbi_all(void);
void model_bpi(void);
void model_dcache_clean(va_t va);
void model_icache_invalidate(void);
u32 model_translate(va_t va, bool write);
u32 model_mmio_read(va_t va, u32 width);
void model_mmio_write(va_t va, u32 width, u32 v);
bool model_fail_alloc(void);

/* Registers of the core that a test may set; the model keeps the fault ones. */
struct model_cp15 {
	u32 midr, mmfr3, pfr1;
	u32 sctlr, ttbr0, ttbr1, ttbcr, dacr;
	u32 dfsr, ifsr, dfar, ifar;
	u32 cycles, cntfrq, cntv_tval, cntv_ctl;
	uint64_t cntvct;
};
extern struct model_cp15 model_cp15;

extern u32 seam_table_offset;

/* ---- barriers ---- */
static inline void dmb(void)
{
	model_dmb();
}
static inline void dsb(void)
{
	model_dsb();
}
static inline void isb(void)
{
	model_isb();
}

/* ---- interrupts ---- */
static inline u32 irq_save(void)
{
	return model_irq_save();
}
static inline void irq_restore(u32 cpsr)
{
	model_irq_restore(cpsr);
}
static inline void irq_enable(void)
{
	model_irq_enable();
}
static inline bool irqs_enabled(void)
{
	return model_irqs_enabled();
}
static inline void wait_for_interrupt(void)
{
	model_wfi();
}

/* ---- translation tables ---- */
static inline u32 table_read(pa_t entry)
{
	return model_table_read(entry);
}
static inline void table_write(pa_t entry, u32 desc)
{
	model_table_write(entry, desc);
}
static inline void table_zero(pa_t table, u32 bytes)
{
	for (u32 i = 0; i < bytes; i += 4)
		model_table_write(table + i, 0);
}
static inline void table_clean(pa_t entry)
{
	model_table_clean(entry);
}
static inline u32 cache_line_size(void)
{
	return model_cache_line();
}

/* ---- TLB, branch predictor, caches ---- */
static inline void tlb_invalidate_va(va_t va)
{
	model_tlbi_va(va);
}
static inline void tlb_invalidate_all(void)
{
	model_tlbi_all();
}
static inline void branch_predictor_invalidate(void)
{
	model_bpi();
}
static inline void dcache_clean_pou(va_t va)
{
	model_dcache_clean(va);
}
static inline void icache_invalidate_all(void)
{
	model_icache_invalidate();
}

/* ---- what the core is, system control ---- */
static inline u32 read_midr(void)
{
	return model_cp15.midr;
}
static inline bool core_has_supersections(void)
{
	return (model_cp15.mmfr3 >> 28) == 0;
}
static inline u32 read_sctlr(void)
{
	return model_cp15.sctlr;
}
static inline u32 read_ttbr0(void)
{
	return model_cp15.ttbr0;
}
static inline u32 read_ttbr1(void)
{
	return model_cp15.ttbr1;
}
static inline u32 read_ttbcr(void)
{
	return model_cp15.ttbcr;
}
static inline void write_ttbr0(u32 v)
{
	model_write_ttbr0(v);
}
static inline void write_ttbcr(u32 v)
{
	model_write_ttbcr(v);
}
static inline u32 read_dacr(void)
{
	return model_cp15.dacr;
}
static inline u32 read_dfsr(void)
{
	return model_cp15.dfsr;
}
static inline u32 read_ifsr(void)
{
	return model_cp15.ifsr;
}
static inline u32 read_dfar(void)
{
	return model_cp15.dfar;
}
static inline u32 read_ifar(void)
{
	return model_cp15.ifar;
}
static inline u32 mmu_translate_read(va_t va)
{
	return model_translate(va, false);
}
static inline u32 mmu_translate_write(va_t va)
{
	return model_translate(va, true);
}

/* ---- counters ---- */
static inline void cycle_counter_start(void)
{
	model_cp15.cycles = 0;
}
static inline u32 cycle_counter_read(void)
{
	return model_cp15.cycles;
}
static inline u32 read_id_pfr1(void)
{
	return model_cp15.pfr1;
}
static inline u32 read_cntfrq(void)
{
	return model_cp15.cntfrq;
}
static inline uint64_t read_cntvct(void)
{
	return model_cp15.cntvct;
}
static inline void write_cntv_tval(u32 ticks)
{
	model_cp15.cntv_tval = ticks;
}
static inline void write_cntv_ctl(u32 v)
{
	model_cp15.cntv_ctl = v;
}

/* ---- registers of devices ---- */
static inline u32 mmio_read32(const volatile void __iomem *p)
{
	return model_mmio_read(iomem_va(p), 4);
}
static inline u16 mmio_read16(const volatile void __iomem *p)
{
	return (u16)model_mmio_read(iomem_va(p), 2);
}
static inline u8 mmio_read8(const volatile void __iomem *p)
{
	return (u8)model_mmio_read(iomem_va(p), 1);
}
static inline void mmio_write32(u32 v, volatile void __iomem *p)
{
	model_mmio_write(iomem_va(p), 4, v);
}
static inline void mmio_write16(u16 v, volatile void __iomem *p)
{
	model_mmio_write(iomem_va(p), 2, v);
}
static inline void mmio_write8(u8 v, volatile void __iomem *p)
{
	model_mmio_write(iomem_va(p), 1, v);
}

/* ---- what a PC test turns on ---- */
static inline bool seam_fail_alloc(void)
{
	return model_fail_alloc();
}
const char *seam_symbol(u32 addr, u32 *offset);
#define seam_caller() ((u32)(uintptr_t)__builtin_return_address(0))

#endif
