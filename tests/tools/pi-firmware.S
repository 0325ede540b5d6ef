/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/tools/pi-firmware.S - RAM and cores as the Raspberry Pi 2's firmware leaves them:
 * a stub below 0x100, in which all cores but the first wait, and the card's kernel7.img
 * at 0x8000, which the first one enters in Hyp mode.
 *
 * After what is public of the firmware's own stub for this board: Non-secure state, Hyp
 * mode, r0 = 0, r1 = the machine's number, and a mailbox of the local peripherals in
 * which each waiting core is told where to go.  The timer's frequency (CNTFRQ) stays
 * QEMU's own: the board's 19.2 MHz would not be true here.
 */
	.syntax unified
	.arch	armv7-a
	.arch_extension virt
	.arch_extension sec
	.arm

	.section .firmware, "ax"
	.global	_start
_start:
	cps	#0x16				@ Monitor mode
	ldr	r0, =0x60c00
	mcr	p15, 0, r0, c1, c1, 2		@ NSACR: VFP, NEON, and ACTLR.SMP
	ldr	r0, =0x131
	mcr	p15, 0, r0, c1, c1, 0		@ SCR: NS, HVC, A and F may be masked
	mov	r0, #0x1da			@ Hyp mode, all masked
	msr	spsr_cxsf, r0
	adr	lr, in_hyp
	movs	pc, lr
in_hyp:
	mrc	p15, 0, r6, c0, c0, 5
	ands	r6, r6, #3			@ which core
	mov	r0, #0
	ldr	r1, =0xc42
	mov	r2, #0x100
	moveq	pc, #0x8000
	ldr	r5, =0x400000cc			@ the core's fourth mailbox
	add	r5, r5, r6, lsl #4
1:	wfi				@ its own waits by WFE, which in QEMU is no waiting
	ldr	r4, [r5]
	cmp	r4, #0
	beq	1b
	str	r4, [r5]
	bx	r4
	.ltorg

	.section .kernel, "ax"
	.incbin	KERNEL
