/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/console.h - the live console: one UART, a receive ring, newlines.
 *
 * Before console_set() output is dropped and input is empty.  Output may be
 * made in any context, also from an abort handler; input belongs to one reader.
 */
#ifndef DRIVERS_CONSOLE_H
#define DRIVERS_CONSOLE_H

#include "drivers/uart.h"

/** Characters that wait for a reader; a power of two. */
#define CONSOLE_RING 256u

/** console_set() - make @u, already initialised, the console; NULL: none. */
void console_set(struct uart *u);

/** console_uart() - the console's port, or NULL. */
struct uart *console_uart(void);

/**
 * console_rx_irq() - from now on let an interrupt fetch what is received
 * @irq: the port's interrupt number
 *
 * Return: 0, or what request_irq() said (then the console keeps polling).
 */
int console_rx_irq(int irq);

/** console_putc() - one character; "\n" goes out as "\r\n". */
void console_putc(char c);
/** console_write() - @n characters, newlines as in console_putc(). */
void console_write(const char *s, size_t n);
/** console_log_line() - one line and its newline: an mm_log_fn. */
void console_log_line(const char *line);
/** console_flush() - wait until everything has left the wire. */
void console_flush(void);

/** console_getc() - a character (0..255), or -1 when none waits.  Does not block. */
int console_getc(void);

/**
 * console_wait_char() - the next character; blocks
 *
 * Sleeps in wait_for_interrupt() when an interrupt feeds the ring and
 * interrupts are enabled, otherwise polls.
 *
 * Return: 0..255; -1 when there is no console.
 */
int console_wait_char(void);

/** console_overruns() - characters lost because the ring was full. */
u32 console_overruns(void);

#endif
