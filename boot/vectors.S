/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot/vectors.S - exception entry for all modes, once the MMU is on.
 *
 * The page is mapped a second time at VECTORS_BASE (SCTLR.V), so the vectors
 * load their targets relative to the PC.
 */
	.syntax unified
	.arch armv7-a
	.arm

	.section .vectors, "ax"
	.balign	32
	ldr	pc, =vector_reset
	ldr	pc, =vector_und
	ldr	pc, =vector_svc
	ldr	pc, =vector_pabt
	ldr	pc, =vector_dabt
	ldr	pc, =vector_reset
	ldr	pc, =vector_irq
	ldr	pc, =vector_fiq
	.ltorg

	.text

/*
 * Into struct exception (boot/abort.c): r0-r12, then sp and lr of the mode that
 * was interrupted, pc, cpsr.  lr has been put right for the exception's kind.
 */
	.macro	enter kind
	sub	sp, sp, #12		@ sp, lr, and one to keep 8-byte alignment
	push	{r0-r12}
	mrs	r0, spsr
	push	{r0}			@ cpsr
	push	{lr}			@ pc
	mrs	r1, cpsr
	ands	r2, r0, #0x1f
	orr	r3, r2, #0xc0
	cmp	r2, #0x10
	orreq	r3, r3, #0xf		@ user shares sp and lr with system
	msr	cpsr_c, r3
	mov	r4, sp
	mov	r5, lr
	msr	cpsr_c, r1
	str	r4, [sp, #60]		@ behind r0-r12
	str	r5, [sp, #64]
	mov	r0, sp
	mov	r1, #\kind
	.endm

/* Back to where struct exception now says. */
	.macro	leave
	ldr	r0, [sp, #4]
	msr	spsr_cxsf, r0
	ldr	lr, [sp]
	add	sp, sp, #8
	pop	{r0-r12}
	add	sp, sp, #12
	clrex				@ an exclusive pair must not span an exception (A3.4.4)
	movs	pc, lr
	.endm

	.type	vector_und, %function
vector_und:
	sub	lr, lr, #4
	enter	1
	bl	exception
	leave

	.type	vector_pabt, %function
vector_pabt:
	sub	lr, lr, #4
	enter	3
	bl	exception
	leave

	.type	vector_dabt, %function
vector_dabt:
	sub	lr, lr, #8
	enter	4
	bl	exception
	leave

	.type	vector_fiq, %function
vector_fiq:
	sub	lr, lr, #4
	enter	7
	bl	exception
	leave

	.type	vector_reset, %function
vector_reset:
	enter	0
	bl	exception
	leave

	.type	vector_irq, %function
vector_irq:
	sub	lr, lr, #4
	push	{r0-r3, r12, lr}
	bl	irq_dispatch
	pop	{r0-r3, r12, lr}
	clrex
	movs	pc, lr

/* The only SVC of the kit is a semihosting call that no host took. */
	.type	vector_svc, %function
vector_svc:
	cmp	r0, #0x20		@ SYS_EXIT_EXTENDED does not come back, and the SVC
	ldreq	sp, =__stack_fiq_top	@ stack may be what was wrong
	push	{r1-r3, r12, lr}
	sub	sp, sp, #4
	bl	semihost_unanswered
	add	sp, sp, #4
	pop	{r1-r3, r12, lr}
	movs	pc, lr

/*
 * semihost_call(op, arg) - SVC in SVC mode overwrites lr, hence assembly.
 */
	.global	semihost_call
	.type	semihost_call, %function
semihost_call:
	push	{r4, lr}
	svc	#0x123456
	pop	{r4, pc}

/*
 * abort_resume - where an expected abort goes back to.  No push: the stack
 * pointer may be what was wrong.
 */
	.global	abort_resume
	.type	abort_resume, %function
abort_resume:
	ldr	r0, =abort_jump
	mov	r1, #1
	b	longjmp
