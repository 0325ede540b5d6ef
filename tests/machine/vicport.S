/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/machine/vicport.S - raises interrupts by software and says on UART0 where
 * the core went: 'v' the vector of the source, 't' the table at VBAR, 'f' its FIQ.
 *
 * First by the boot ROM's vectors, which the program has not touched; then by its own
 * table.  Without VE, then with it: source 21 of VIC0, source 5 of VIC2 through the
 * chain, a FIQ; then VE off again.
 */
	.equ	UTXH0, 0xe2900020
	.equ	VIC0, 0xf2000000
	.equ	VIC2, 0xf2200000
	.equ	STEP, 0x100000			/* from VIC to VIC */
	.equ	INTSELECT, 0x0c
	.equ	INTENABLE, 0x10
	.equ	SOFTINT, 0x18
	.equ	SOFTINTCLEAR, 0x1c
	.equ	VECTADDR, 0x100
	.equ	ADDRESS, 0xf00
	.equ	VE, 1 << 24
	.equ	LR_OFFSET, 4

	.syntax unified
	.arm
	.text
	.global	_start
_start:
	ldr	r8, =UTXH0
	ldr	r9, =VIC0
	ldr	r10, =VIC2
	adr	r0, vector
	str	r0, [r9, #VECTADDR + 4 * 21]
	str	r0, [r10, #VECTADDR + 4 * 5]
	mov	r0, #1 << 21
	str	r0, [r9, #INTENABLE]
	mov	r0, #1 << 5
	str	r0, [r10, #INTENABLE]
	mov	r0, #1 << 7
	str	r0, [r10, #INTSELECT]
	str	r0, [r10, #INTENABLE]
	cpsie	if

	bl	raise0
	ldr	r0, =vectors
	mcr	p15, 0, r0, c12, c0, 0
	isb
	bl	raise0
	mov	r0, #VE
	bl	set_ve
	bl	raise0
	bl	raise0				/* the one before has ended */
	mov	r0, #1 << 5
	str	r0, [r10, #SOFTINT]
	bl	settle
	mov	r0, #1 << 7
	str	r0, [r10, #SOFTINT]
	bl	settle
	mov	r0, #0
	bl	set_ve
	bl	raise0
	mov	r0, #'\n'
	str	r0, [r8]
stop:
	wfi
	b	stop

raise0:
	mov	r0, #1 << 21
	str	r0, [r9, #SOFTINT]
settle:
	dsb
	nop
	nop
	bx	lr

set_ve:
	mrc	p15, 0, r1, c1, c0, 0
	bic	r1, r1, #VE
	orr	r1, r1, r0
	mcr	p15, 0, r1, c1, c0, 0
	isb
	bx	lr

vector:
	mov	r7, #'v'
	b	serve
table:
	ldr	r7, [r9, #ADDRESS]		/* as a program without VE does */
	mov	r7, #'t'
serve:
	str	r7, [r8]
	mvn	r7, #0
	str	r7, [r9, #SOFTINTCLEAR]
	str	r7, [r10, #SOFTINTCLEAR]
	add	r6, r9, #STEP
	str	r7, [r10, #ADDRESS]
	str	r7, [r6, #ADDRESS]
	str	r7, [r9, #ADDRESS]
	subs	pc, lr, #LR_OFFSET
fiq:
	ldr	r8, =UTXH0			/* a FIQ has r8 to r14 of its own */
	ldr	r10, =VIC2
	mov	r7, #'f'
	str	r7, [r8]
	mvn	r7, #0
	str	r7, [r10, #SOFTINTCLEAR]
	subs	pc, lr, #LR_OFFSET

	.balign	32
vectors:
	b	.
	b	.
	b	.
	b	.
	b	.
	b	.
	b	table
	b	fiq
