/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot/usb/start.S - in front of BL1 where a USB loader is to load the rest: keeps what
 * the loader needs to go on, and gives it back.
 *
 * BL1 is not changed: its entry is called bl1_start here (tools/usb.mk).
 *
 * The vendor's way with dnw is two files, the first one to this address.  That the ROM
 * calls it like a function, and takes the next file when it returns, is not public, and
 * could not be tried: no board was at hand, and QEMU has no USB device for this chip.
 */
	.syntax unified
	.arch armv7-a
	.arm

	.section .entry, "ax"
	.global	_start
	.type	_start, %function
_start:
	push	{r0-r12, lr}
	mrs	r0, cpsr
	mrc	p15, 0, r1, c1, c0, 0		@ SCTLR
	mrc	p15, 0, r2, c12, c0, 0		@ VBAR
	push	{r0-r2}
	ldr	r0, =loader_stack
	str	sp, [r0]
	b	bl1_start

	.global	usb_return
	.type	usb_return, %function
usb_return:
	ldr	r0, =loader_stack
	ldr	sp, [r0]
	pop	{r0-r2}
	dsb
	mcr	p15, 0, r1, c1, c0, 0
	mcr	p15, 0, r2, c12, c0, 0
	mov	r1, #0
	mcr	p15, 0, r1, c7, c5, 0		@ ICIALLU: code may be loaded over this
	mcr	p15, 0, r1, c7, c5, 6		@ BPIALL
	dsb
	isb
	msr	cpsr_cxsf, r0
	pop	{r0-r12, pc}
	.ltorg

	/* not in .bss, which BL1 clears */
	.data
	.balign	4
loader_stack:
	.word	0
