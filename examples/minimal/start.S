/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * examples/minimal/start.S - from reset to main(), and how the MMU comes on.
 *
 * For a Cortex-A8, entered in a privileged mode with the MMU and the caches off,
 * as after reset or from a boot loader's "go": what the caches hold is dropped.
 * Sections cited: ARM Architecture Reference Manual, DDI 0406C.
 */
	.syntax unified
	.arch armv7-a
	.arm

/* SCTLR (B4.1.130): the bits that read as one; M, C, Z and I with the MMU. */
#define SCTLR_OFF 0x00c50078
#define SCTLR_ON (SCTLR_OFF | 1 << 0 | 1 << 2 | 1 << 11 | 1 << 12)

	.section .text.start, "ax"
	.global	_start
	.type	_start, %function
_start:
	cpsid	aif, #0x13			@ SVC, all masked
	ldr	r0, =SCTLR_OFF
	mcr	p15, 0, r0, c1, c0, 0
	ldr	r0, =vectors
	mcr	p15, 0, r0, c12, c0, 0		@ VBAR
	isb
	bl	invalidate_data_caches		@ before the first store
	mov	r0, #0
	mcr	p15, 0, r0, c7, c5, 0		@ ICIALLU
	mcr	p15, 0, r0, c7, c5, 6		@ BPIALL
	mcr	p15, 0, r0, c8, c7, 0		@ TLBIALL
	dsb
	isb
	mrc	p15, 0, r0, c1, c0, 1		@ ACTLR: Cortex-A8's L2EN, before SCTLR.C
	orr	r0, r0, #1 << 1			@ (A7, A9, A15: SMP, bit 6)
	mcr	p15, 0, r0, c1, c0, 1
	isb

	ldr	sp, =stack_top
	ldr	r0, =bss_start
	ldr	r1, =bss_end
	mov	r2, #0
1:	cmp	r0, r1
	strlo	r2, [r0], #4
	blo	1b
	bl	main
	b	leave

/* All data and unified caches to the level of coherency (B2.2.6, B4.1.19-20). */
	.type	invalidate_data_caches, %function
invalidate_data_caches:
	mrc	p15, 1, r0, c0, c0, 1		@ CLIDR
	mov	r1, #0				@ twice the level
level:	ubfx	r2, r0, #24, #3
	cmp	r1, r2, lsl #1
	bhs	done
	add	r3, r1, r1, lsr #1
	lsr	r3, r0, r3
	and	r3, r3, #7
	cmp	r3, #2				@ none, or instructions only
	blo	next
	mcr	p15, 2, r1, c0, c0, 0		@ CSSELR
	isb
	mrc	p15, 1, r3, c0, c0, 0		@ CCSIDR
	and	r4, r3, #7
	add	r4, r4, #4			@ where the set's number begins
	ubfx	r5, r3, #3, #10			@ the last way
	clz	r6, r5				@ where its number begins
	ubfx	r7, r3, #13, #15		@ the last set
way:	mov	r8, r7
set:	orr	r9, r1, r5, lsl r6
	orr	r9, r9, r8, lsl r4
	mcr	p15, 0, r9, c7, c6, 2		@ DCISW
	subs	r8, r8, #1
	bhs	set
	subs	r5, r5, #1
	bhs	way
	dsb
next:	add	r1, r1, #2
	b	level
done:	dsb
	isb
	bx	lr

/*
 * mmu_on(table): one table for both halves, TTBR0 below 0x80000000 and TTBR1
 * above.  Walks are inner non-cacheable, outer write-back write-allocate, not
 * shared (B4.1.154): the library cleans what it writes to the point of coherency.
 */
	.global	mmu_on
	.type	mmu_on, %function
mmu_on:
	orr	r0, r0, #1 << 3
	mcr	p15, 0, r0, c2, c0, 0		@ TTBR0
	mcr	p15, 0, r0, c2, c0, 1		@ TTBR1
	mov	r1, #0
	mcr	p15, 0, r1, c13, c0, 1		@ CONTEXTIDR
	mov	r1, #1
	mcr	p15, 0, r1, c2, c0, 2		@ TTBCR: N = 1, EAE = 0
	mcr	p15, 0, r1, c3, c0, 0		@ DACR: client of domain 0
	dsb
	isb
	ldr	r0, =SCTLR_ON
	mcr	p15, 0, r0, c1, c0, 0
	isb
	mcr	p15, 0, r0, c7, c5, 6		@ BPIALL
	dsb
	isb
	bx	lr

	.balign	32
vectors:
	.rept	8
	b	exception
	.endr
exception:
	mrs	r1, cpsr
	and	r1, r1, #0x1f
	cmp	r1, #0x13			@ SVC: leave's own call, and nobody took it
	beq	.
	mov	r0, #3
leave:						@ SYS_EXIT_EXTENDED with status r0
	ldr	r1, =exit_block
	str	r0, [r1, #4]
	mov	r0, #0x20
	svc	#0x123456
	b	.

	.data
	.balign	4
exit_block:
	.word	0x20026, 0			@ ADP_Stopped_ApplicationExit, status
