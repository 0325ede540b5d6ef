/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot/bl1/entry.S - from the boot ROM to C, and from C to the image.
 *
 * Entered in ARM state, privileged, MMU off, at the first byte after BL1's
 * header.  Whether the I-cache is on and interrupts are let through differs
 * from ROM to loader, so both are set.
 *
 * Sections cited: ARM Architecture Reference Manual, DDI 0406C.
 */
	.syntax unified
	.arch armv7-a
	.arm

/*
 * SCTLR whole (B4.1.130): bits that read as one, I-cache and branch prediction
 * on; MMU and data cache off, exceptions in ARM state, little-endian, by VBAR.
 */
#define SCTLR_BL1 (0x00c50078 | 1 << 12 | 1 << 11)

	.section .entry, "ax"
	.global	_start
	.type	_start, %function
_start:
	cpsid	aif, #0x13			@ SVC
	setend	le
	mov	r0, #0
	mcr	p15, 0, r0, c7, c5, 0		@ ICIALLU
	mcr	p15, 0, r0, c7, c5, 6		@ BPIALL
	dsb
	isb
	ldr	r0, =SCTLR_BL1
	mcr	p15, 0, r0, c1, c0, 0
	ldr	r0, =vectors
	mcr	p15, 0, r0, c12, c0, 0		@ VBAR
	isb
	ldr	sp, =__bl1_stack_top
	ldr	r0, =__bl1_bss_start
	ldr	r1, =__bl1_bss_end
	mov	r2, #0
1:	cmp	r0, r1
	strlo	r2, [r0], #4
	blo	1b
	bl	bl1_main

	.ltorg

	.text
/*
 * bl1_jump(entry) - the image was written with the data cache off, so it is in
 * memory; what the I-cache may hold of its addresses is older.
 */
	.global	bl1_jump
	.type	bl1_jump, %function
bl1_jump:
	mov	r4, r0
	mov	r0, #0
	mov	r1, #0
	mov	r2, #0
	mov	r3, #0
	dsb
	mcr	p15, 0, r0, c7, c5, 0		@ ICIALLU
	mcr	p15, 0, r0, c7, c5, 6		@ BPIALL
	dsb
	isb
	bx	r4

	.macro	vector number
	mov	r0, #\number
	b	exception
	.endm
	.balign	32
vectors:
	b	vector_0
	b	vector_1
	b	vector_2
	b	vector_3
	b	vector_4
	b	vector_5
	b	vector_6
	b	vector_7
vector_0:
	vector	0
vector_1:
	vector	1
vector_2:
	vector	2
vector_3:
	vector	3
vector_4:
	vector	4
vector_5:
	vector	5
vector_6:
	vector	6
vector_7:
	vector	7
exception:
	mov	r1, lr
	cpsid	aif, #0x13
	mrc	p15, 0, r2, c5, c0, 0		@ DFSR
	mrc	p15, 0, r3, c6, c0, 0		@ DFAR
	ldr	sp, =__bl1_stack_top		@ nothing returns to what was on it
	bl	bl1_exception

	.ltorg
