/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/uart_cadence.c - Cadence UART, as in Xilinx Zynq.
 *
 * Registers: Zynq-7000 Technical Reference Manual, UG585, chapter 19 and appendix
 * B.33.
 */
#include "drivers/uart.h"

#include "mm/io.h"

#define CR 0x00
#define MR 0x04
#define IER 0x08
#define IDR 0x0c
#define ISR 0x14
#define BAUDGEN 0x18
#define RXTOUT 0x1c
#define RXWM 0x20
#define MODEMCR 0x24
#define SR 0x2c
#define FIFO 0x30
#define BAUDDIV 0x34

#define CR_RX_RESET (1u << 0)
#define CR_TX_RESET (1u << 1)
#define CR_RX_ON (1u << 2)
#define CR_RX_OFF (1u << 3)
#define CR_TX_ON (1u << 4)
#define CR_TX_OFF (1u << 5)
#define CR_NO_BREAK (1u << 8)
#define MR_8N1 (4u << 3)
#define INT_RX_LEVEL (1u << 0)
#define INT_ALL 0x1fffu
#define SR_RX_EMPTY (1u << 1)
#define SR_TX_EMPTY (1u << 3)
#define SR_TX_FULL (1u << 4)
#define SR_TX_ACTIVE (1u << 11)

/* baud = clock / (BAUDGEN * samples), samples = BAUDDIV + 1 (UG585 19.2.3) */
#define SAMPLES_MIN 5u
#define SAMPLES_MAX 256u
#define BAUDGEN_MAX 65535u

struct rate {
	u32 gen, samples;
	uint64_t off; /* Hz of the clock that the product misses */
};

static struct rate rate_with(u32 clock, u32 baud, u32 samples)
{
	uint64_t unit = (uint64_t)baud * samples;
	uint64_t gen = (clock + unit / 2) / unit;
	uint64_t got = gen * unit;

	if (!gen || gen > BAUDGEN_MAX)
		return (struct rate){ .off = UINT64_MAX };
	return (struct rate){ (u32)gen, samples, got > clock ? got - clock : clock - got };
}

/* The closest; of equals the one with most samples a bit. */
static struct rate best_rate(u32 clock, u32 baud)
{
	struct rate best = { .off = UINT64_MAX };

	if (!baud)
		return best;
	for (u32 samples = SAMPLES_MIN; samples <= SAMPLES_MAX; samples++) {
		struct rate r = rate_with(clock, baud, samples);

		if (r.gen && r.off <= best.off)
			best = r;
	}
	return best;
}

static void cadence_irq_off(struct uart *u)
{
	writel_relaxed(INT_ALL, u->base + IDR);
	writel_relaxed(INT_ALL, u->base + ISR);
}

/* From the first character, so that none waits for a time-out. */
static void cadence_rx_level(const struct uart *u)
{
	writel_relaxed(1, u->base + RXWM);
	writel_relaxed(0, u->base + RXTOUT);
}

static void cadence_reset_fifos(const struct uart *u)
{
	const u32 reset = CR_RX_RESET | CR_TX_RESET;

	writel_relaxed(CR_RX_OFF | CR_TX_OFF | reset, u->base + CR);
	for (u32 looks = 0; looks < UART_PATIENCE; looks++)
		if (!(readl_relaxed(u->base + CR) & reset))
			return;
}

static int cadence_init(struct uart *u, u32 baud)
{
	struct rate r = best_rate(u->clock, baud);

	if (!r.gen || !uart_rate_fits(u->clock, (uint64_t)r.gen * r.samples * baud))
		return uart_bad_rate(u, baud);
	/* A port that is off never empties its FIFO: wait only for one that runs. */
	if ((readl_relaxed(u->base + CR) & (CR_TX_ON | CR_TX_OFF)) == CR_TX_ON) {
		writel_relaxed(0, u->base + MODEMCR); /* no flow control to hold it back */
		uart_drain(u);
	}
	/* The divisors may only change while both halves are off (UG585 19.3.1). */
	writel_relaxed(CR_RX_OFF | CR_TX_OFF, u->base + CR);
	writel_relaxed(r.gen, u->base + BAUDGEN);
	writel_relaxed(r.samples - 1, u->base + BAUDDIV);
	cadence_reset_fifos(u);
	writel_relaxed(MR_8N1, u->base + MR);
	writel_relaxed(0, u->base + MODEMCR);
	cadence_irq_off(u);
	/* Now: ISR remembers when the level was reached, before anyone asks for it. */
	cadence_rx_level(u);
	writel_relaxed(CR_RX_ON | CR_TX_ON | CR_NO_BREAK, u->base + CR);
	return 0;
}

static bool cadence_tx_room(struct uart *u)
{
	return !(readl_relaxed(u->base + SR) & SR_TX_FULL);
}

static void cadence_tx(struct uart *u, char c)
{
	writel_relaxed((u8)c, u->base + FIFO);
}

static bool cadence_tx_idle(struct uart *u)
{
	return (readl_relaxed(u->base + SR) & (SR_TX_EMPTY | SR_TX_ACTIVE)) == SR_TX_EMPTY;
}

static int cadence_getc(struct uart *u)
{
	if (readl_relaxed(u->base + SR) & SR_RX_EMPTY)
		return -1;
	return readl_relaxed(u->base + FIFO) & 0xff;
}

static void cadence_rx_irq_enable(struct uart *u)
{
	cadence_rx_level(u); /* a loader's set-up has its own */
	writel_relaxed(INT_RX_LEVEL, u->base + IER);
}

static void cadence_rx_irq_ack(struct uart *u)
{
	/* ISR remembers, whatever the FIFO holds now. */
	writel_relaxed(INT_RX_LEVEL, u->base + ISR);
}

const struct uart_ops uart_cadence_ops = {
	.name = "cadence",
	.init = cadence_init,
	.irq_off = cadence_irq_off,
	.tx_room = cadence_tx_room,
	.tx = cadence_tx,
	.tx_idle = cadence_tx_idle,
	.getc = cadence_getc,
	.rx_irq_enable = cadence_rx_irq_enable,
	.rx_irq_ack = cadence_rx_irq_ack,
};
