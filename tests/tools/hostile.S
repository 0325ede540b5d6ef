/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/tools/hostile.S - a loader that leaves behind the worst that boot/head.S
 * allows: no register holds what a reset or a tidy loader would have put there.
 *
 * The MMU is off, and no interrupt comes; everything else is as wrong as can be.
 * It enters the image in Abort mode, or in Hyp mode if it was itself entered there.
 *
 * With ALIAS the MMU is on (not in Hyp mode), and the image is entered at a second
 * address of the RAM it lies in: ALIAS=1 in sections, ALIAS=16 in a supersection.
 */
	.syntax unified
	.arch	armv7-a
	.arch_extension virt
	.arm

#define MODE_MASK 0x1f
#define MODE_HYP 0x1a

	.section .loader, "ax"
	.global	_start
_start:
	ldr	r4, =0xdeadbeef

	/* What PL1 uses once its MMU is on; TTBCR.EAE where there is one (B4.1.153). */
	mcr	p15, 0, r4, c2, c0, 0		@ TTBR0
	mcr	p15, 0, r4, c2, c0, 1		@ TTBR1
	ldr	r0, =0x80000037
	mcr	p15, 0, r0, c2, c0, 2		@ TTBCR
	mvn	r0, #0
	mcr	p15, 0, r0, c3, c0, 0		@ DACR: all are managers
	mcr	p15, 0, r4, c10, c2, 0		@ PRRR
	mcr	p15, 0, r4, c10, c2, 1		@ NMRR
	mcr	p15, 0, r4, c13, c0, 1		@ CONTEXTIDR
	mcr	p15, 0, r4, c13, c0, 2		@ TPIDRURW, TPIDRURO, TPIDRPRW
	mcr	p15, 0, r4, c13, c0, 3
	mcr	p15, 0, r4, c13, c0, 4
	mcr	p15, 0, r4, c5, c0, 0		@ DFSR, IFSR, DFAR, IFAR
	mcr	p15, 0, r4, c5, c0, 1
	mcr	p15, 0, r4, c6, c0, 0
	mcr	p15, 0, r4, c6, c0, 2
	mcr	p15, 0, r4, c7, c4, 0		@ PAR
	bic	r0, r4, #0x1f
	mcr	p15, 0, r0, c12, c0, 0		@ VBAR
	mov	r0, #3
	mcr	p15, 2, r0, c0, c0, 0		@ CSSELR: the second level, instructions

	/* VFP and Advanced SIMD on; the counter counts every 64th cycle, for users as well. */
	mov	r0, #0xf << 20
	mcr	p15, 0, r0, c1, c0, 2		@ CPACR
	isb
	mov	r0, #1 << 30
	mcr	p10, 7, r0, c8, c0, 0		@ FPEXC.EN
	mov	r0, #0x9
	mcr	p15, 0, r0, c9, c12, 0		@ PMCR: E, D
	mov	r0, #1
	mcr	p15, 0, r0, c9, c14, 0		@ PMUSERENR

#ifdef PL310_BASE
	ldr	r1, =PL310_BASE
	mov	r0, #1
	str	r0, [r1, #0x100]		@ on
#endif
	mrs	r0, cpsr
	and	r0, r0, #MODE_MASK
	cmp	r0, #MODE_HYP
	bne	1f

	/*
	 * Hyp mode (B4.1): every trap there is, also of debug and performance
	 * monitors, a second stage of translation from nowhere, virtual exceptions
	 * pending, wrong identities, no timers.  C is clear, here alone: with it clear
	 * the caches hold what power-up left.
	 */
	ldr	r0, =0x0fffffff
	mcr	p15, 4, r0, c1, c1, 0		@ HCR
	mvn	r0, #0
	mcr	p15, 4, r0, c1, c1, 2		@ HCPTR
	ldr	r0, =0xffff
	mcr	p15, 4, r0, c1, c1, 3		@ HSTR
	ldr	r0, =0xfe1
	mcr	p15, 4, r0, c1, c1, 1		@ HDCR
	mcrr	p15, 6, r4, r4, c2		@ VTTBR
	mcr	p15, 4, r4, c2, c1, 2		@ VTCR
	bic	r0, r4, #0x1f
	mcr	p15, 4, r0, c12, c0, 0		@ HVBAR
	mcrr	p15, 4, r4, r4, c14		@ CNTVOFF
	mov	r0, #0
	mcr	p15, 4, r0, c14, c1, 0		@ CNTHCTL
	mcr	p15, 4, r4, c0, c0, 0		@ VPIDR
	mcr	p15, 4, r4, c0, c0, 5		@ VMPIDR: another core, which would have to wait
	ldr	r0, =0x72cd1832
	mcr	p15, 4, r0, c1, c0, 0		@ HSCTLR: A, I, WXN, EE, TE
	isb

1:
#ifdef ALIAS
	bl	alias
	bne	2f
#endif
	/*
	 * SCTLR, of PL1: A, C, Z, I, V, HA, WXN, UWXN, VE, EE, TRE, AFE, TE.
	 * What a core does not have stays zero.
	 */
	ldr	r0, =0x73df387e
	mrs	r1, cpsr
	and	r1, r1, #MODE_MASK
	cmp	r1, #MODE_HYP
	biceq	r0, r0, #1 << 2
	mcr	p15, 0, r0, c1, c0, 0
	isb
2:
	mrs	r1, cpsr
	and	r1, r1, #MODE_MASK
	cmp	r1, #MODE_HYP
	mov	sp, r4
	beq	3f
	.irp	mode, 0x1f, 0x11, 0x12, 0x13, 0x1b, 0x17
	cps	#\mode
	mov	sp, r4				@ not even aligned
	mov	lr, r4
	.if	\mode != 0x1f
	msr	spsr_cxsf, r4
	.endif
	.endr
	cpsie	aif				@ nothing is pending
3:	.irp	reg, r0, r1, r2, r3, r5, r6, r7, r8, r9, r10, r11, lr
	mov	\reg, r4
	.endr
	ldr	r12, =ENTRY
	setend	be
	bx	r12
	.ltorg

#ifdef ALIAS
/*
 * The MMU on with a table of our own, Z clear if it is.  Normal memory, not cached,
 * domain 0, read and write: flat around us and around the image, and from
 * ENTRY's section on what the image lies in.
 */
#define SECTION 0x1c02
#define SUPERSECTION 0x41c02
alias:
	mrs	r0, cpsr
	and	r0, r0, #MODE_MASK
	cmp	r0, #MODE_HYP
	bxeq	lr
	ldr	r1, =TABLE
	add	r2, r1, #0x4000
	mov	r0, #0
1:	str	r0, [r1], #4
	cmp	r1, r2
	bne	1b
	ldr	r1, =TABLE
	ldr	r2, =SECTION
	mov	r3, pc, lsr #20
	orr	r0, r2, r3, lsl #20
	str	r0, [r1, r3, lsl #2]
	ldr	r3, =LOADADDR >> 20
	ldr	r5, =ENTRY >> 20
	orr	r0, r2, r3, lsl #20
	str	r0, [r1, r3, lsl #2]
	add	r6, r1, r5, lsl #2
	add	r7, r6, #16 * 4
#if ALIAS == 16
	bic	r6, r6, #15 * 4
	bic	r7, r7, #15 * 4
	ldr	r0, =(LOADADDR & 0xff000000) + SUPERSECTION
#endif
1:	str	r0, [r6], #4
#if ALIAS == 1
	add	r0, r0, #1 << 20
#endif
	cmp	r6, r7
	bne	1b
	mov	r0, #0
	mcr	p15, 0, r0, c2, c0, 2		@ TTBCR
	mcr	p15, 0, r1, c2, c0, 0		@ TTBR0
	mcr	p15, 0, r0, c8, c7, 0		@ TLBIALL
	mcr	p15, 0, r0, c7, c5, 6		@ BPIALL
	mcr	p15, 0, r0, c7, c5, 0		@ ICIALLU
	dsb
	isb
	ldr	r0, =0x00c51879
	mcr	p15, 0, r0, c1, c0, 0		@ M, Z, I
	isb
	cmp	r0, #0
	bx	lr
	.ltorg
#endif

	.section .kernel, "ax"
	.incbin	KERNEL
