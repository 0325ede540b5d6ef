/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/uart.c - the serial ports' common half: names, waiting.
 */
#include "drivers/uart.h"

#include <string.h>

static const struct uart_ops *const drivers[] = { &uart_pl011_ops, &uart_s5p_ops };

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
	return u->ops->init(u, baud);
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
	u->ops->rx_irq_ack(u);
}
