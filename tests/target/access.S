/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/target/access.S - single accesses of every width, for expected faults.
 *
 * The first instruction of each function is the access itself, so that a test
 * can tell from the reported PC that it was this one that aborted.
 */
	.syntax unified
	.arch armv7-a
	.arm

	.text

	/* access_NAME(va, value): one instruction, then back */
	.macro	access name:req, insn:vararg
	.global	access_\name
	.type	access_\name, %function
access_\name:
	\insn
	bx	lr
	.endm

	access	read8, ldrb r0, [r0]
	access	read16, ldrh r0, [r0]
	access	read32, ldr r0, [r0]
	access	read64, ldrd r2, r3, [r0]
	access	read_many, ldm r0, {r0, r1}
	access	read_exclusive, ldrex r0, [r0]
	access	read_user, ldrt r2, [r0]
	access	write8, strb r1, [r0]
	access	write16, strh r1, [r0]
	access	write32, str r1, [r0]
	access	write64, strd r2, r3, [r0]
	access	write_many, stm r0, {r0, r1}
	access	write_user, strt r1, [r0]
	/* by their encodings: UDF #0, and VMOV r0, s0, for which there is no VFP here */
	access	undefined, .inst 0xe7f000f0
	access	vfp, .inst 0xee100a10
	access	physical_count, mrrc p15, 0, r0, r1, c14

	/* access_vfp_id(): FPSID, with CPACR open meanwhile */
	.global	access_vfp_id
	.type	access_vfp_id, %function
access_vfp_id:
	mov	r1, #0xf << 20
	mcr	p15, 0, r1, c1, c0, 2
	isb
	mrc	p10, 7, r0, c0, c0, 0
	mov	r1, #0
	mcr	p15, 0, r1, c1, c0, 2
	isb
	bx	lr

	/* access_cycle_control(): PMCR, and bit 31 of PMCNTENSET in place of its own */
	.global	access_cycle_control
	.type	access_cycle_control, %function
access_cycle_control:
	mrc	p15, 0, r1, c9, c12, 1
	mrc	p15, 0, r0, c9, c12, 0
	lsr	r1, r1, #31
	bfi	r0, r1, #31, #1
	bx	lr

	/* access_banked_sp(mode): interrupts are masked */
	.global	access_banked_sp
	.type	access_banked_sp, %function
access_banked_sp:
	mrs	r2, cpsr
	bic	r3, r2, #0x1f
	orr	r3, r3, r0
	msr	cpsr_c, r3
	mov	r0, sp
	msr	cpsr_c, r2
	bx	lr

	/* access_execute(va): run what is at va, which returns to our caller */
	.global	access_execute
	.type	access_execute, %function
access_execute:
	bx	r0

/*
 * access_svc(op): SVC with a number that no semihosting host takes, so that it
 * goes through our own vector; what the handler answers.  r4 tells whether the
 * handler keeps registers: 0 is answered if it does not.
 */
	.global	access_svc
	.type	access_svc, %function
access_svc:
	push	{r4, lr}		@ SVC in SVC mode overwrites lr
	ldr	r4, =0x5a5a1234
	mov	r2, r4
	mov	r12, r4
	svc	#0
	cmp	r2, r4
	cmpeq	r12, r4
	movne	r0, #0
	pop	{r4, pc}
	.ltorg
