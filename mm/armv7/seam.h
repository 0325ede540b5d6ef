/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/armv7/seam.h - the seam between the kit and an ARMv7-A core.
 *
 * Every coprocessor, cache and barrier instruction of the kit stands here (and
 * in the boot head, which runs before there is C).  On a PC tests/model/seam.h
 * takes its place: found first on the include path, same names, a model of the
 * machine behind them.  Section numbers are those of the ARM Architecture
 * Reference Manual, DDI 0406C.
 */
#ifndef MM_SEAM_H
#define MM_SEAM_H

#include "mm/types.h"

/* ---- barriers (A3.8.3) ---- */
static inline void dmb(void)
{
	__asm__ volatile("dmb sy" ::: "memory");
}
static inline void dsb(void)
{
	__asm__ volatile("dsb sy" ::: "memory");
}
static inline void isb(void)
{
	__asm__ volatile("isb sy" ::: "memory");
}

/* ---- interrupts ---- */
static inline u32 irq_save(void)
{
	u32 cpsr;

	__asm__ volatile("mrs %0, cpsr\n\tcpsid i" : "=r"(cpsr)::"memory");
	return cpsr;
}
/* What irq_restore() would bring back now. */
static inline u32 irq_flags(void)
{
	u32 cpsr;

	__asm__ volatile("mrs %0, cpsr" : "=r"(cpsr)::"memory");
	return cpsr;
}
static inline void irq_restore(u32 cpsr)
{
	__asm__ volatile("msr cpsr_c, %0" ::"r"(cpsr) : "memory");
}
static inline void irq_enable(void)
{
	__asm__ volatile("cpsie i" ::: "memory");
}
static inline void abort_enable(void)
{
	/* asynchronous aborts: a late bus error is told, not kept */
	__asm__ volatile("cpsie a" ::: "memory");
}
static inline bool irqs_enabled(void)
{
	u32 cpsr;

	__asm__ volatile("mrs %0, cpsr" : "=r"(cpsr));
	return !(cpsr & 0x80);
}
/** Sleep until an interrupt is pending.  The DSB completes what went before. */
static inline void wait_for_interrupt(void)
{
	__asm__ volatile("dsb sy\n\twfi" ::: "memory");
}

/*
 * ---- translation tables ----
 * A table is named by its physical address.  Where the core reaches it depends
 * on the epoch: at that very address before the MMU is on, at a fixed distance
 * from it afterwards.
 */
extern u32 seam_table_offset __attribute__((visibility("hidden")));

static inline volatile u32 *seam_table(pa_t entry)
{
	return (volatile u32 *)(entry + seam_table_offset);
}
static inline u32 table_read(pa_t entry)
{
	return *seam_table(entry);
}
static inline void table_write(pa_t entry, u32 desc)
{
	*seam_table(entry) = desc;
}

/* Make @bytes of a table (a multiple of 32) read as invalid entries. */
static inline void table_zero(pa_t table, u32 bytes)
{
	volatile u32 *p = seam_table(table), *end = p + bytes / 4;

	for (; p < end; p += 8) {
		p[0] = 0;
		p[1] = 0;
		p[2] = 0;
		p[3] = 0;
		p[4] = 0;
		p[5] = 0;
		p[6] = 0;
		p[7] = 0;
	}
}

/*
 * DCCMVAC: clean the line that holds @entry to the point of coherency.  Walks
 * are inner non-cacheable (TTBRn, boot/head.S).  A Cortex-A8's passes by its L1
 * (ID_MMFR3[23:20] = 0; B4.1.92, "coherent walk") and looks into L2, so the
 * point of unification would do; a Cortex-A7's or A15's L2 goes by the inner
 * attributes, too, and the walk reads memory (A15 TRM 6.4.1).
 */
static inline void table_clean(pa_t entry)
{
	__asm__ volatile("mcr p15, 0, %0, c7, c10, 1" ::"r"(seam_table(entry)) : "memory");
}
/* Bytes in the smallest data cache line: CTR.DminLine (B4.1.42). */
static inline u32 cache_line_size(void)
{
	u32 ctr;

	__asm__("mrc p15, 0, %0, c0, c0, 1" : "=r"(ctr));
	return 4u << ((ctr >> 16) & 15);
}

/* ---- TLB and branch predictor (B3.10, B4.2.2) ---- */
static inline void tlb_invalidate_va(va_t va)
{
	/* Bits 7:0 are the ASID; the kit's entries are global. */
	__asm__ volatile("mcr p15, 0, %0, c8, c7, 1" ::"r"(va & PAGE_MASK) : "memory");
}
static inline void tlb_invalidate_all(void)
{
	__asm__ volatile("mcr p15, 0, %0, c8, c7, 0" ::"r"(0) : "memory");
}
static inline void branch_predictor_invalidate(void)
{
	__asm__ volatile("mcr p15, 0, %0, c7, c5, 6" ::"r"(0) : "memory");
}

/* ---- whole caches, before the MMU is on (B4.2.1) ---- */
static inline u32 read_clidr(void)
{
	u32 v;

	__asm__ volatile("mrc p15, 1, %0, c0, c0, 1" : "=r"(v));
	return v;
}
/* CSSELR: data or unified cache of @level (0 = L1); the ISB makes CCSIDR follow. */
static inline void select_cache(u32 level)
{
	__asm__ volatile("mcr p15, 2, %0, c0, c0, 0\n\tisb sy" ::"r"(level << 1) : "memory");
}
static inline u32 read_ccsidr(u32 level)
{
	u32 v;

	select_cache(level);
	__asm__ volatile("mrc p15, 1, %0, c0, c0, 0" : "=r"(v)::"memory");
	return v;
}
static inline void dcache_clean_invalidate_set_way(u32 which)
{
	__asm__ volatile("mcr p15, 0, %0, c7, c14, 2" ::"r"(which) : "memory");
}
static inline void dcache_invalidate_set_way(u32 which)
{
	__asm__ volatile("mcr p15, 0, %0, c7, c6, 2" ::"r"(which) : "memory");
}

/* ---- code made at run time (B2.2.9): data to PoU, then the I-cache ---- */
static inline void dcache_clean_pou(va_t va)
{
	__asm__ volatile("mcr p15, 0, %0, c7, c11, 1" ::"r"(va) : "memory");
}
static inline void icache_invalidate_all(void)
{
	__asm__ volatile("mcr p15, 0, %0, c7, c5, 0" ::"r"(0) : "memory");
}

/* ---- what the core is ---- */
static inline u32 read_midr(void)
{
	u32 v;

	__asm__("mrc p15, 0, %0, c0, c0, 0" : "=r"(v));
	return v;
}
/* ID_MMFR3[31:28]: 0 = supersections, 0xF = none (B4.1.92). */
static inline bool core_has_supersections(void)
{
	u32 v;

	__asm__("mrc p15, 0, %0, c0, c1, 7" : "=r"(v));
	return (v >> 28) == 0;
}

/* ID_PFR1[19:16]: 0 = no generic timer (B4.1.94). */
static inline u32 read_id_pfr1(void)
{
	u32 v;

	__asm__("mrc p15, 0, %0, c0, c1, 1" : "=r"(v));
	return v;
}

/* ---- system control, for the walker and the abort report ---- */
static inline u32 read_sctlr(void)
{
	u32 v;

	__asm__ volatile("mrc p15, 0, %0, c1, c0, 0" : "=r"(v));
	return v;
}
static inline u32 read_ttbr0(void)
{
	u32 v;

	__asm__ volatile("mrc p15, 0, %0, c2, c0, 0" : "=r"(v));
	return v;
}
static inline u32 read_ttbr1(void)
{
	u32 v;

	__asm__ volatile("mrc p15, 0, %0, c2, c0, 1" : "=r"(v));
	return v;
}
static inline u32 read_ttbcr(void)
{
	u32 v;

	__asm__ volatile("mrc p15, 0, %0, c2, c0, 2" : "=r"(v));
	return v;
}
static inline void write_ttbr0(u32 v)
{
	__asm__ volatile("mcr p15, 0, %0, c2, c0, 0" ::"r"(v) : "memory");
}
static inline void write_ttbcr(u32 v)
{
	__asm__ volatile("mcr p15, 0, %0, c2, c0, 2" ::"r"(v) : "memory");
}
static inline u32 read_dacr(void)
{
	u32 v;

	__asm__ volatile("mrc p15, 0, %0, c3, c0, 0" : "=r"(v));
	return v;
}
static inline u32 read_dfsr(void)
{
	u32 v;

	__asm__ volatile("mrc p15, 0, %0, c5, c0, 0" : "=r"(v));
	return v;
}
static inline u32 read_ifsr(void)
{
	u32 v;

	__asm__ volatile("mrc p15, 0, %0, c5, c0, 1" : "=r"(v));
	return v;
}
static inline u32 read_dfar(void)
{
	u32 v;

	__asm__ volatile("mrc p15, 0, %0, c6, c0, 0" : "=r"(v));
	return v;
}
static inline u32 read_ifar(void)
{
	u32 v;

	__asm__ volatile("mrc p15, 0, %0, c6, c0, 2" : "=r"(v));
	return v;
}
/*
 * ATS1CPR / ATS1CPW: ask the MMU itself (B4.2.4).  Returns PAR: bit 0 set is a
 * fault.  The ISB makes PAR readable.
 */
static inline u32 mmu_translate_read(va_t va)
{
	u32 par;

	__asm__ volatile("mcr p15, 0, %1, c7, c8, 0\n\tisb sy\n\tmrc p15, 0, %0, c7, c4, 0"
			 : "=r"(par)
			 : "r"(va)
			 : "memory");
	return par;
}
static inline u32 mmu_translate_write(va_t va)
{
	u32 par;

	__asm__ volatile("mcr p15, 0, %1, c7, c8, 1\n\tisb sy\n\tmrc p15, 0, %0, c7, c4, 0"
			 : "=r"(par)
			 : "r"(va)
			 : "memory");
	return par;
}

/* ---- cycle counter (C12): PMCR.E and C, PMCNTENSET.C ---- */
static inline void cycle_counter_start(void)
{
	__asm__ volatile("mcr p15, 0, %0, c9, c12, 0\n\t"
			 "mcr p15, 0, %1, c9, c12, 1\n\tisb sy" ::"r"(5),
			 "r"(0x80000000u)
			 : "memory");
}
static inline u32 cycle_counter_read(void)
{
	u32 v;

	__asm__ volatile("isb sy\n\tmrc p15, 0, %0, c9, c13, 0" : "=r"(v)::"memory");
	return v;
}

/* ---- generic timer, where the core has one (B8) ---- */
static inline u32 read_cntfrq(void)
{
	u32 v;

	__asm__ volatile("mrc p15, 0, %0, c14, c0, 0" : "=r"(v));
	return v;
}
static inline uint64_t read_cntvct(void)
{
	u32 lo, hi;

	__asm__ volatile("isb sy\n\tmrrc p15, 1, %0, %1, c14" : "=r"(lo), "=r"(hi)::"memory");
	return (uint64_t)hi << 32 | lo;
}
/** CNTV_TVAL: fires @ticks from now; CNTV_CTL: bit 0 enable, 1 mask, 2 status. */
static inline void write_cntv_tval(u32 ticks)
{
	__asm__ volatile("mcr p15, 0, %0, c14, c3, 0\n\tisb sy" ::"r"(ticks) : "memory");
}
static inline void write_cntv_ctl(u32 v)
{
	__asm__ volatile("mcr p15, 0, %0, c14, c3, 1\n\tisb sy" ::"r"(v) : "memory");
}

/* ---- registers of devices: one access of exactly this width ---- */
static inline u32 mmio_read32(const volatile void __iomem *p)
{
	u32 v;

	/* asm keeps the compiler from pre/post-indexed or multiple forms,
	 * which trap badly under a hypervisor and on device memory */
	__asm__ volatile("ldr %0, %1" : "=r"(v) : "Qo"(*(const volatile u32 *)p));
	return v;
}
static inline u16 mmio_read16(const volatile void __iomem *p)
{
	u16 v;

	__asm__ volatile("ldrh %0, %1" : "=r"(v) : "Q"(*(const volatile u16 *)p));
	return v;
}
static inline u8 mmio_read8(const volatile void __iomem *p)
{
	u8 v;

	__asm__ volatile("ldrb %0, %1" : "=r"(v) : "Qo"(*(const volatile u8 *)p));
	return v;
}
static inline void mmio_write32(u32 v, volatile void __iomem *p)
{
	__asm__ volatile("str %1, %0" : "=Qo"(*(volatile u32 *)p) : "r"(v));
}
static inline void mmio_write16(u16 v, volatile void __iomem *p)
{
	__asm__ volatile("strh %1, %0" : "=Q"(*(volatile u16 *)p) : "r"(v));
}
static inline void mmio_write8(u8 v, volatile void __iomem *p)
{
	__asm__ volatile("strb %1, %0" : "=Qo"(*(volatile u8 *)p) : "r"(v));
}

/* ---- what a PC test turns on; nothing on the board ---- */

/** May this allocation be made to fail?  The model counts down here. */
static inline bool seam_fail_alloc(void)
{
	return false;
}

/** The symbol that holds a code address, or NULL; @offset: bytes into it. */
const char *seam_symbol(u32 addr, u32 *offset);

/** The code address our caller was called from. */
#define seam_caller() ((u32)(uintptr_t)__builtin_return_address(0))

#endif
