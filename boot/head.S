/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot/head.S - from reset, or from a loader, to C; and from C to the MMU.
 *
 * Entered in ARM state in any privileged mode, MMU and caches on or off, at the
 * image's first byte, which may be loaded at any 4 KiB-aligned address.  If the
 * MMU is on, the image must be mapped flat, at the address it is entered at or
 * beside it, and it must be clean to the point of coherency: a loader's own
 * dirty lines of it cannot be told from others.
 * Entering twice works: nothing below depends on what the registers or the
 * data section were.
 *
 * Until the caches are dealt with there is no stack and no store.  The code up
 * to __mmap_switched runs where it was loaded and reaches everything relative
 * to the PC.  The first page of the image holds all of this file, because that
 * page is mapped flat while the MMU comes on.
 *
 * Sections cited: ARM Architecture Reference Manual, DDI 0406C.
 */
#include "mm/layout.h"

	.syntax unified
	.arch armv7-a
	.arch_extension virt
	.arch_extension sec
	.arm

#define MODE_MASK 0x1f
#define MODE_HYP 0x1a
#define SVC_MASKED 0xd3 /* SVC, IRQ and FIQ masked */

/*
 * SCTLR (B4.1.130), both values whole: bits that read as one, and exceptions in
 * ARM state, little-endian, no TEX remap, no access flag.
 */
#define SCTLR_RAO 0x00c50078
#define SCTLR_M (1 << 0)
#define SCTLR_C (1 << 2)
#define SCTLR_Z (1 << 11)
#define SCTLR_I (1 << 12)
#define SCTLR_V (1 << 13) /* vectors at 0xffff0000 */
#define SCTLR_OFF SCTLR_RAO
#define SCTLR_ON (SCTLR_RAO | SCTLR_M | SCTLR_C | SCTLR_Z | SCTLR_I | SCTLR_V)
/*
 * PAR (B4.1.112): no translation; a supersection, whose bits 23 to 12 are the
 * virtual ones; the 64-bit format, which has no supersections.
 */
#define PAR_F (1 << 0)
#define PAR_SS (1 << 1)
#define PAR_LPAE_BIT 11
/* HSCTLR likewise (B4.1): everything off. */
#define HSCTLR_OFF 0x30c50830

/*
 * TTBCR: EAE = 0, N = 1: TTBR0 below 0x80000000, TTBR1 above (B4.1.153).
 * TTBRn: inner non-cacheable, outer write-back write-allocate, not shared: the
 * field means the same with and without the Multiprocessing Extensions
 * (B4.1.154), and on every core the walker reads what a clean to the point of
 * coherency has brought out.
 */
#define TTBCR_SPLIT 1
#define TTBR_ATTR (1 << 3)
#define DACR_CLIENT 1 /* domain 0 obeys its permissions, all others fault */

/* \reg = run-time address of \sym */
	.macro addr reg, sym
	ldr	\reg, .Laddr\@
.Lhere\@:
	add	\reg, pc, \reg
	b	.Lnext\@
.Laddr\@:
	.word	\sym - (.Lhere\@ + 8)
.Lnext\@:
	.endm

	.section .head.text, "ax"
	.global _start
	.type	_start, %function
_start:
	cpsid	aif
	setend	le
	mrs	r11, cpsr		@ kept: the state we were entered in
	mov	r10, #0			@ kept: SCTLR (or HSCTLR) at entry

	and	r0, r11, #MODE_MASK
	cmp	r0, #MODE_HYP
	bne	in_pl1

	/*
	 * Hyp mode is left for good, by ERET (B9.3.3).  What would trap or
	 * lie to PL1 is set to harmless constants; the timer offset is zero.
	 */
	mrc	p15, 4, r10, c1, c0, 0		@ HSCTLR
	ldr	r0, =HSCTLR_OFF
	mcr	p15, 4, r0, c1, c0, 0
	isb
	mov	r0, #0
	mcr	p15, 4, r0, c1, c1, 0		@ HCR: no stage 2, nothing routed
	mcr	p15, 4, r0, c1, c1, 2		@ HCPTR
	mcr	p15, 4, r0, c1, c1, 3		@ HSTR
	mrc	p15, 4, r1, c1, c1, 1		@ HDCR: no traps of debug and counters,
	and	r1, r1, #0x1f			@ HPMN, which of them are PL1's, as it is
	mcr	p15, 4, r1, c1, c1, 1
	mcrr	p15, 4, r0, r0, c14		@ CNTVOFF
	mov	r0, #3
	mcr	p15, 4, r0, c14, c1, 0		@ CNTHCTL: PL1 may use the timer
	mrc	p15, 0, r0, c0, c0, 0
	mcr	p15, 4, r0, c0, c0, 0		@ VPIDR = MIDR
	mrc	p15, 0, r0, c0, c0, 5
	mcr	p15, 4, r0, c0, c0, 5		@ VMPIDR = MPIDR
	mov	r0, #SVC_MASKED
	orr	r0, r0, #0x100			@ and asynchronous aborts
	msr	spsr_cxsf, r0			@ by its own mode, not as a banked register
	adr	r0, in_pl1
	msr	elr_hyp, r0
	eret

in_pl1:
	cpsid	aif, #0x13			@ SVC

	/*
	 * A loader may have its RAM twice, and enter us where it is not flat:
	 * the walk for our own address (B4.2.4, B4.1.112) says where we are.
	 * The loader's vectors still stand, in case nothing is mapped there.
	 */
	mrc	p15, 0, r0, c1, c0, 0		@ SCTLR
	tst	r0, #SCTLR_M
	beq	flat
	adr	r1, flat
	mcr	p15, 0, r1, c7, c8, 0		@ ATS1CPR
	isb
	mrc	p15, 0, r0, c7, c4, 0		@ PAR
	tst	r0, #PAR_F
	bne	flat
	bic	r2, r0, r0, lsr #PAR_LPAE_BIT - 1
	tst	r2, #PAR_SS
	bfine	r0, r1, #0, #24
	bfieq	r0, r1, #0, #12
	bx	r0
flat:
	adr	r0, early_vectors
	mcr	p15, 0, r0, c12, c0, 0		@ VBAR, until SCTLR.V is set
	isb

	/* One core boots; the others wait here for good. */
	mrc	p15, 0, r0, c0, c0, 5		@ MPIDR.Aff0 (B4.1.106)
	tst	r0, #0xff
	bne	park

	/* Cortex-A7 and A15: SMP before any maintenance (each TRM, ACTLR). */
	mrc	p15, 0, r0, c0, c0, 0
	ubfx	r0, r0, #4, #12
	ldr	r1, =0xc07
	cmp	r0, r1
	ldrne	r1, =0xc0f
	cmpne	r0, r1
	bleq	cache_coherence_on

	/*
	 * Caches.  If C was set, lines may be dirty: stop allocating, then
	 * clean and invalidate them all.  If it was clear, lines hold what
	 * power-up left: invalidate, and never write that out (B2.2.6).
	 */
	mrc	p15, 0, r0, c1, c0, 0
	orr	r10, r10, r0
	ldr	r0, =SCTLR_OFF
	mcr	p15, 0, r0, c1, c0, 0
	dsb
	isb
	mcr	p15, 0, r10, c13, c0, 4		@ TPIDRPRW keeps it meanwhile
	tst	r10, #SCTLR_C
	adr	lr, 1f
	bne	dcache_clean_invalidate_all	@ both use r0-r10, r12, no stack
	b	dcache_invalidate_all
1:	mrc	p15, 0, r10, c13, c0, 4

	/*
	 * A PL310 that is on holds lines, too, and our stores would pass by
	 * them (L2C-310 TRM 3.3.10): clean and invalidate by way, turn it off.
	 */
#ifdef PL310_BASE
	ldr	r1, =PL310_BASE
	ldr	r0, [r1, #0x100]		@ control
	tst	r0, #1
	beq	2f
	ldr	r0, [r1, #0x104]		@ auxiliary control: bit 16, 16 ways
	tst	r0, #1 << 16
	mov	r0, #0xff
	orrne	r0, r0, #0xff00
	str	r0, [r1, #0x7fc]
1:	ldr	r2, [r1, #0x7fc]
	tst	r2, r0
	bne	1b
	mov	r0, #0
	str	r0, [r1, #0x730]		@ cache sync
	dsb
	str	r0, [r1, #0x100]		@ off
	dsb
2:
#endif
	mov	r0, #0
	mcr	p15, 0, r0, c7, c5, 0		@ ICIALLU
	mcr	p15, 0, r0, c7, c5, 6		@ BPIALL
	mcr	p15, 0, r0, c8, c7, 0		@ TLBIALL
	mcr	p15, 0, r0, c13, c0, 1		@ CONTEXTIDR = 0
	mcr	p15, 0, r0, c1, c0, 2		@ CPACR = 0: no VFP, no NEON
	dsb
	isb
	bl	cache_coherence_on

	/* Now there may be stores: a stack, the data section, zeroes for early C. */
	addr	sp, __stack_svc_top
	addr	r0, __data_start
	addr	r1, __data_end
	addr	r4, __data_copy_start
1:	cmp	r0, r1
	ldrdlo	r2, r3, [r4], #8
	strdlo	r2, r3, [r0], #8
	blo	1b
	addr	r0, __early_bss_start
	addr	r1, __early_bss_end
	mov	r2, #0
	mov	r3, #0
1:	cmp	r0, r1
	strdlo	r2, r3, [r0], #8
	blo	1b

	adr	r0, _start
	mov	r1, r11
	mov	r2, r10
	bl	paging_init			@ r0 = first-level table

	/*
	 * On.  All of it from constants.  The tables were written with the
	 * caches off, so they are in memory; the TLBs were emptied above, and
	 * with the MMU off nothing fills them (B3.2).
	 */
	orr	r0, r0, #TTBR_ATTR
	mcr	p15, 0, r0, c2, c0, 0		@ TTBR0: the identity page's half
	mcr	p15, 0, r0, c2, c0, 1		@ TTBR1
	mov	r1, #TTBCR_SPLIT
	mcr	p15, 0, r1, c2, c0, 2
	mov	r1, #DACR_CLIENT
	mcr	p15, 0, r1, c3, c0, 0
	adr	r4, _start
	ldr	r5, =KIMAGE_VADDR
	sub	r5, r5, r4			@ from here to the window
	adr	r6, __mmap_switched
	add	r6, r6, r5
	dsb
	isb
	ldr	r0, =SCTLR_ON
	mcr	p15, 0, r0, c1, c0, 0
	isb
	mcr	p15, 0, r0, c7, c5, 6		@ BPIALL: what it learnt flat is stale (B2.2.4)
	dsb
	isb
	bx	r6

	.global	__mmap_switched
	.type	__mmap_switched, %function
__mmap_switched:
	addr	r0, __stack_irq_top
	addr	r1, __stack_abt_top
	addr	r2, __stack_und_top
	addr	r3, __stack_fiq_top
	cps	#0x12
	mov	sp, r0
	cps	#0x17
	mov	sp, r1
	cps	#0x1b
	mov	sp, r2
	cps	#0x11
	mov	sp, r3
	cps	#0x13
	addr	sp, __stack_svc_top
	mov	r0, r5
	bl	paging_finish			@ drop the identity page
	addr	r0, __bss_start
	addr	r1, __bss_end
	mov	r2, #0
	mov	r3, #0
1:	cmp	r0, r1
	strdlo	r2, r3, [r0], #8
	blo	1b
	bl	start_kernel

park:
	wfe
	b	park

/*
 * Memory shared with the core's own walker and with other masters is coherent
 * only with these bits set, and only before C is (each core's TRM: "ACTLR").
 * Set already: leave it, Non-secure state may not be allowed to write.
 */
	.type	cache_coherence_on, %function
cache_coherence_on:
	mrc	p15, 0, r0, c0, c0, 0		@ MIDR
	ubfx	r0, r0, #4, #12			@ part number
	ldr	r1, =0xc08
	cmp	r0, r1				@ Cortex-A8: L2EN
	moveq	r2, #1 << 1
	beq	1f
	mov	r2, #1 << 6			@ SMP
	ldr	r1, =0xc07			@ Cortex-A7
	cmp	r0, r1
	ldrne	r1, =0xc09			@ Cortex-A9
	cmpne	r0, r1
	ldrne	r1, =0xc0f			@ Cortex-A15
	cmpne	r0, r1
	bxne	lr
1:	mrc	p15, 0, r1, c1, c0, 1		@ ACTLR
	tst	r1, r2
	bxne	lr
	orr	r1, r1, r2
	mcr	p15, 0, r1, c1, c0, 1
	isb
	bx	lr

/*
 * early_halt(status) - the run ends before it has begun: tell a semihosting
 * debugger (SYS_EXIT_EXTENDED), and if there is none stay here.
 */
	.global	early_halt
	.type	early_halt, %function
early_halt:
	mov	r2, r0
	ldr	r1, =0x20026			@ ADP_Stopped_ApplicationExit
	push	{r1, r2}
	mov	r1, sp
	mov	r0, #0x20
	svc	#0x123456
	b	park

/* Exceptions while the MMU is off: say which one and where, then stop. */
	.macro	early_vector number
	mov	r0, #\number
	b	early_exception
	.endm
	.balign	32
early_vectors:
	b	park				@ reset
	b	early_undefined
	b	park				@ SVC: early_halt() without a debugger
	b	early_prefetch
	b	early_data
	b	park
	b	park				@ IRQ, FIQ: masked
	b	park
early_undefined:
	early_vector 1
early_prefetch:
	early_vector 3
early_data:
	early_vector 4
early_exception:
	mov	r1, lr
	mrc	p15, 0, r2, c5, c0, 0		@ DFSR
	mrc	p15, 0, r3, c6, c0, 0		@ DFAR
	addr	sp, __stack_abt_top
	bl	early_fault
	mov	r0, #3
	b	early_halt

	.ltorg
	.global	__head_end
__head_end:
