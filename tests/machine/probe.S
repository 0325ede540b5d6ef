/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/machine/probe.S - touches the addresses of a list and says of each, on
 * UART0, whether the core took a data abort: 'A', or '.'.
 *
 * The list is at LIST: pairs of words, address and kind, up to the kind 'end'.
 * A byte, a half or a word is read or written; or a word is read as a program
 * in user mode would.
 */
	.equ	LIST, 0x30010000
	.equ	UTXH0, 0xe2900020

	.syntax unified
	.arm
	.text
	.global	_start
_start:
	ldr	r0, =vectors
	mcr	p15, 0, r0, c12, c0, 0
	isb
	ldr	r4, =LIST
	ldr	r5, =UTXH0
next:
	ldmia	r4!, {r0, r1}
	mov	r6, #'.'
	mov	r2, #0
	cmp	r1, #7
	bhs	end
	add	pc, pc, r1, lsl #3
	nop
	ldrb	r3, [r0]
	b	tell
	ldrh	r3, [r0]
	b	tell
	ldr	r3, [r0]
	b	tell
	strb	r2, [r0]
	b	tell
	strh	r2, [r0]
	b	tell
	str	r2, [r0]
	b	tell
	ldrt	r3, [r0]
tell:
	dsb
	str	r6, [r5]
	b	next
end:
	wfi
	b	end

	/* behind the access that failed */
data_abort:
	mov	r6, #'A'
	subs	pc, lr, #4

	.balign	32
vectors:
	b	.
	b	.
	b	.
	b	.
	b	data_abort
	b	.
	b	.
	b	.
