/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * board/s5pv210/power.c - S5PV210: what must happen first, and the pins that
 * BL1 itself uses.
 *
 * Offsets: the Linux kernel's headers for this chip; the values are those of
 * all boot loaders surveyed.
 */
#include "boot/bl1/soc.h"
#include "drivers/gpio_s5p.h"
#include "mm/io.h"

#define WTCON IOMEM(0xE2700000)
#define PS_HOLD_CONTROL IOMEM(0xE010E81C)
/* Pin is an output (9), high (8), and ours (0): the supply stays on. */
#define PS_HOLD_ON 0x301u

#define GPIO 0xE0200000u
#define GPA0 0x000u
#define GPA1 0x020u
#define UART0 0xE2900000u
#define UART_STRIDE 0x400u
#define FUNCTION_UART 2u

const struct gpio_ops *const soc_gpio_ops = &gpio_s5p_ops;

void soc_hold_power(void)
{
	writel(0, WTCON);
	writel(readl(PS_HOLD_CONTROL) | PS_HOLD_ON, PS_HOLD_CONTROL);
}

/* RXD and TXD of each UART. */
static const u8 uart_pin[4][2] = {
	{ S5P_GPIO(GPA0, 0), S5P_GPIO(GPA0, 1) },
	{ S5P_GPIO(GPA0, 4), S5P_GPIO(GPA0, 5) },
	{ S5P_GPIO(GPA1, 0), S5P_GPIO(GPA1, 1) },
	{ S5P_GPIO(GPA1, 2), S5P_GPIO(GPA1, 3) },
};

void soc_console_pins(const struct device_desc *row)
{
	struct gpio_chip chip = {
		.ops = &gpio_s5p_ops, .base = IOMEM(GPIO), .name = "gpio", .size = SZ_4K
	};
	u32 uart = (row->phys - UART0) / UART_STRIDE;

	if (uart >= ARRAY_SIZE(uart_pin))
		return;
	gpio_set_function(&chip, uart_pin[uart][0], FUNCTION_UART);
	gpio_set_function(&chip, uart_pin[uart][1], FUNCTION_UART);
}
