/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/uart.c - the serial ports' common half: names, waiting, rates.
 */
#include "drivers/uart.h"

#include <errno.h>
#include <string.h>

#include "mm/log.h"

static const struct uart_ops *const drivers[] = {
	&uart_pl011_ops, &uart_s5p_ops,	    &uart_8250_ops,	   &uart_omap_ops,
	&uart_imx_ops,	 &uart_cadence_ops, &uart_bcm2835_aux_ops,
};

const char *uart_name(unsigned int i)
{
	return i < ARRAY_SIZE(drivers) ? drivers[i]->name : NULL;
}

const struct uart_ops *uart_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(drivers); i++)
		if (!strcmp(drivers[i]->name, name))
			return drivers[i];
	return NULL;
}

int uart_init(struct uart *u, u32 baud)
{
	if (u->clock)
		return u->ops->init(u, baud);
	u->ops->irq_off(u);
	return 0;
}

void uart_putc(struct uart *u, char c)
{
	while (!u->ops->tx_room(u))
		;
	u->ops->tx(u, c);
}

void uart_flush(struct uart *u)
{
	while (!u->ops->tx_idle(u))
		;
}

int uart_getc(struct uart *u)
{
	return u->ops->getc(u);
}

void uart_rx_irq_enable(struct uart *u)
{
	u->ops->rx_irq_enable(u);
}

void uart_rx_irq_ack(struct uart *u)
{
	if (u->ops->rx_irq_ack)
		u->ops->rx_irq_ack(u);
}

/* ---- for the drivers ---- */

void uart_drain(struct uart *u)
{
	for (u32 looks = 0; looks < UART_PATIENCE; looks++)
		if (u->ops->tx_idle(u))
			return;
}

bool uart_rate_fits(u32 clock, uint64_t divided)
{
	uint64_t off = clock > divided ? clock - divided : divided - clock;

	return off * 100 <= divided * 3;
}

int uart_bad_rate(const struct uart *u, u32 baud)
{
	mm_log("uart %s: %u baud cannot be divided from a clock of %u Hz; correct .clock in the "
	       "board's row",
	       u->ops->name, baud, u->clock);
	return -EINVAL;
}

u32 uart_divisor(const struct uart *u, u32 baud, u32 scale, u32 min, u32 max)
{
	uint64_t unit = (uint64_t)baud * scale;
	uint64_t div = unit ? (u->clock + unit / 2) / unit : 0;

	if (div >= min && div <= max && uart_rate_fits(u->clock, div * unit))
		return (u32)div;
	uart_bad_rate(u, baud);
	return 0;
}
