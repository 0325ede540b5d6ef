/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/machine/bl1.S - a first stage that does what a list behind it says, and
 * tells on a UART what it found: one line of eight hexadecimal digits for each
 * number, "end" when it is through.
 *
 * The list is at LIST, six words a step: what to do, and its arguments.  It
 * uses the stacks the boot ROM left, and its vectors.
 */
	.equ	LIST, 0xd0020810
	.equ	UTXH, 0xe2900820
	.equ	VECTORS, 0xd0037400
	.equ	COPY, 0xd0037f98
	.equ	SOFTINTCLEAR, 0xf200001c

	.syntax unified
	.arch	armv7-a
	.arm
	.text
	.global	_start
_start:
	mrs	r8, cpsr
	mov	r9, sp
	mov	r10, lr
	mrc	p15, 0, r11, c1, c0, 0
	ldr	r4, =LIST
next:
	ldmia	r4!, {r5, r6, r7}
	ldmia	r4!, {r0, r1, r2}
	cmp	r5, #12
	bhs	stop
	add	pc, pc, r5, lsl #2
	nop
	b	stop			/* 0 */
	b	peek			/* 1: address, words */
	b	poke			/* 2: address, value */
	b	copy			/* 3: channel, sector, count, to, init */
	b	sum			/* 4: address, bytes */
	b	state			/* 5 */
	b	catch			/* 6: offset in the table of vectors */
	b	call			/* 7: address */
	b	swi			/* 8 */
	b	undefined		/* 9 */
	b	load			/* 10: address */
	bx	r10			/* 11: back to the boot ROM */
stop:
	adr	r6, text_end
	bl	put_text
0:	wfi
	b	0b

peek:
	ldr	r0, [r6], #4
	bl	put_word
	subs	r7, r7, #1
	bhi	peek
	b	next
poke:
	str	r7, [r6]
	b	next

/* arguments by the procedure call standard: four in registers, one on the stack */
copy:
	push	{r2}
	mov	r3, r1
	mov	r2, r0
	mov	r1, r7
	mov	r0, r6
	ldr	r12, =COPY
	ldr	r12, [r12]
	blx	r12
	add	sp, sp, #4
	bl	put_word
	b	next

/* of the bytes, each rotated into what came before: order counts */
sum:
	mov	r0, #0
1:	ldrb	r1, [r6], #1
	add	r0, r1, r0, ror #31
	subs	r7, r7, #1
	bne	1b
	bl	put_word
	b	next

/* as it was when we were entered */
state:
	mov	r0, r8
	bl	put_word
	mov	r0, r9
	bl	put_word
	mov	r0, r11
	bl	put_word
	b	next

catch:
	ldr	r0, =VECTORS
	adr	r1, handlers
	ldr	r1, [r1, r6]
	str	r1, [r0, r6]
	b	next
call:
	blx	r6
	b	next
swi:
	svc	#0
	b	next
undefined:
	.word	0xe7f000f0
	b	next
load:
	ldr	r0, [r6]
	b	next

/* Each says which it is, and goes on behind what caused it. */
	.macro	handler name, offset
\name:
	push	{r0-r3, r12, lr}
	mov	r0, #\offset
	bl	put_word
	.endm

	handler	handle_undefined, 0x04
	pop	{r0-r3, r12, lr}
	movs	pc, lr
	handler	handle_swi, 0x08
	pop	{r0-r3, r12, lr}
	movs	pc, lr
	/* a call to where nothing is: back to the caller */
	handler	handle_prefetch, 0x0c
	pop	{r0-r3, r12, lr}
	ldr	lr, =next
	movs	pc, lr
	handler	handle_data, 0x10
	pop	{r0-r3, r12, lr}
	subs	pc, lr, #4
	handler	handle_irq, 0x18
	b	0f
	handler	handle_fiq, 0x1c
0:	ldr	r0, =SOFTINTCLEAR
	mvn	r1, #0
	str	r1, [r0]
	dsb
	pop	{r0-r3, r12, lr}
	subs	pc, lr, #4

handlers:
	.word	0, handle_undefined, handle_swi, handle_prefetch
	.word	handle_data, 0, handle_irq, handle_fiq

/* r0, as a line; r0..r3 are lost */
put_word:
	mov	r2, #8
	ldr	r3, =UTXH
2:	ror	r0, r0, #28
	and	r1, r0, #15
	cmp	r1, #10
	addlo	r1, r1, #'0'
	addhs	r1, r1, #'a' - 10
	str	r1, [r3]
	subs	r2, r2, #1
	bne	2b
	mov	r1, #'\n'
	str	r1, [r3]
	bx	lr

put_text:
	ldr	r3, =UTXH
3:	ldrb	r1, [r6], #1
	cmp	r1, #0
	bxeq	lr
	str	r1, [r3]
	b	3b

text_end:
	.asciz	"end\n"
	.balign	4
	.ltorg
