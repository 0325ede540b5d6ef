/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/s5p_pwm_regs.h - registers of the S5P PWM timer block.
 *
 * Two drivers share one block: drivers/timer_s5p.c has channels 3 and 4,
 * drivers/pwm_s5p.c the others.  What they share (TCFG, TCON, TINT_CSTAT) is
 * changed with interrupts masked.  The prescaler of channels 2 to 4 belongs to
 * the timer; the PWM driver reads both prescalers and writes neither.
 */
#ifndef DRIVERS_S5P_PWM_REGS_H
#define DRIVERS_S5P_PWM_REGS_H

#define TCFG0 0x00
#define TCFG1 0x04 /* four bits a channel: input divided by 2^n, n = 0..4 */
#define TCON 0x08
#define TCNTB(ch) (0x0c + 0xc * (ch)) /* channel 4 as well */
#define TCMPB(ch) (0x10 + 0xc * (ch)) /* channels 0..3 */
#define TCNTO4 0x40
#define TINT_CSTAT 0x44 /* 4:0 enable, 9:5 status, cleared by writing 1 */

#define TCFG0_PRESCALER(ch) ((ch) < 2 ? 0u : 8u) /* its lowest bit */
#define TCFG1_DIVIDER(ch) (4u * (ch)) /* its lowest bit */

/* A channel's lowest bit in TCON: after channel 0's come four for its dead zone. */
#define TCON_SHIFT(ch) ((ch) ? 4u * (ch) + 4u : 0u)
#define TCON_START 1u
#define TCON_UPDATE 2u /* load TCNTB and TCMPB now */
#define TCON_INVERT 4u /* channels 0..3 */
#define TCON_RELOAD 8u
#define TCON4_RELOAD 4u /* channel 4 has no output and no such bit */
#define TCON_FIELD 15u
#define TCON4_FIELD 7u

#define TINT_ENABLES 0x1fu
#define TINT_ENABLE(ch) (1u << (ch))
#define TINT_STATUS(ch) (1u << ((ch) + 5))

#endif
