/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/gpio_sunxi.h - how a board writes a pin of an Allwinner port controller as a line.
 */
#ifndef DRIVERS_GPIO_SUNXI_H
#define DRIVERS_GPIO_SUNXI_H

#define SUNXI_GPIO_BANK 0x24u /* bytes from one bank to the next */
#define SUNXI_GPIO_PINS 32u /* lines reserved for each */

/**
 * The line of pin @_pin (0..31) of the @_bank-th bank of the block, as a device
 * tree counts them: SUNXI_GPIO(SUNXI_PH, 20) is PH20.  The block that begins with
 * port L (R_PIO) counts from there: its SUNXI_GPIO(0, 10) is PL10.
 */
#define SUNXI_GPIO(_bank, _pin) ((_bank)*SUNXI_GPIO_PINS + (_pin))

/** Banks of the main block. */
enum {
	SUNXI_PA,
	SUNXI_PB,
	SUNXI_PC,
	SUNXI_PD,
	SUNXI_PE,
	SUNXI_PF,
	SUNXI_PG,
	SUNXI_PH,
	SUNXI_PI,
	SUNXI_PJ,
	SUNXI_PK,
	SUNXI_GPIO_BANKS,
};

/** Values of a pin's CFG bits; others are the pin's own. */
#define SUNXI_GPIO_INPUT 0u
#define SUNXI_GPIO_OUTPUT 1u

#endif
