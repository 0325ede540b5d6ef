/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/gpio_s5p.h - how a board writes a pin of an S5P GPIO block as a line.
 */
#ifndef DRIVERS_GPIO_S5P_H
#define DRIVERS_GPIO_S5P_H

#define S5P_GPIO_BANK 0x20u /* bytes from one bank to the next */
#define S5P_GPIO_PINS 8u /* lines reserved for each */

/** The line of pin @_pin (0..7) in the bank that begins at byte @_bank of the block. */
#define S5P_GPIO(_bank, _pin) ((_bank) / S5P_GPIO_BANK * S5P_GPIO_PINS + (_pin))

/** Values of a pin's four CON bits; others are the pin's own. */
#define S5P_GPIO_INPUT 0u
#define S5P_GPIO_OUTPUT 1u

#endif
