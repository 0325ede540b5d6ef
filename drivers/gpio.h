/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/gpio.h - pins: direction, level, and which registers hold them.
 *
 * A line is a number within its chip.  Changes to registers that several lines
 * share are made with interrupts masked, so any call may be made in any context.
 *
 * Board rows, by driver (.phys the block's first register, .aux unused, unless
 * said otherwise).  A block of 32 lines is a row of its own.
 *   pl061   8 lines
 *   s5p     banks of 8 lines, 0x20 bytes each: write the line as
 *           S5P_GPIO(bank offset, pin) of drivers/gpio_s5p.h
 *   sunxi   banks of 32 lines, 0x24 bytes each: write the line as
 *           SUNXI_GPIO(bank, pin) of drivers/gpio_sunxi.h; the block that begins
 *           with port L (R_PIO) is a second row, its bank 0 is PL
 *   bcm2835 54 lines, numbered as in the manual
 *   imx     32 lines; .phys is DR
 *   omap3   32 lines, GPIO_OE at 0x034 (OMAP3)
 *   omap4   32 lines, GPIO_OE at 0x134 (OMAP4 and 5, AM33xx, AM43xx, DRA7)
 *   zynq    118 lines: 0 to 53 MIO (7 and 8 cannot be inputs), 54 to 117 EMIO
 *   mmio    any block with a data register and perhaps one for the direction,
 *           one bit a line: .phys is the data register itself (size 4), .phys2
 *           the direction register (.size2 = 4, none: directions are fixed and
 *           neither is refused), .flags = GPIO_DIR_INPUT_HIGH where 1 in it
 *           means input, .aux the number of lines (0: 32).  Reading the data
 *           register must give what was written to an output.
 *   ledreg  one output register, one bit a line; .phys is that very register,
 *           .aux its number of lines (0: 8)
 *
 * Where pins are handed to the GPIO block elsewhere (imx, omap3, omap4, zynq,
 * mmio: a pin controller) and where the block needs a clock, the boot loader
 * must have done so.
 */
#ifndef DRIVERS_GPIO_H
#define DRIVERS_GPIO_H

#include "mm/types.h"

struct gpio_chip;

#define GPIO_REG_NAME 16u /* bytes for the name of a register */

/**
 * struct gpio_regs - the registers behind a line, for showing and for mapping by hand
 * @has_con:    there is a register that selects the pin's direction or function
 * @con:        its byte offset from the chip's .phys; as that of a second window
 *              counts from there too, map it by its physical address
 * @con_mask:   the line's bits in it
 * @con_output: what these bits must be for an output
 * @con_name:   the manual's name for it, with the bank where there are several
 * @dat:        byte offset of the register that shows the level and, without
 *              @has_set, is written to change it
 * @dat_mask:   the line's bit in it, and in @set and @clr
 * @dat_name:   as @con_name
 * @has_set:    the level is changed by two other registers, where ones count and
 *              zeros do nothing: write @dat_mask
 * @set:        byte offset of the one that makes the line high
 * @set_name:   as @con_name
 * @clr:        byte offset of the one that makes it low
 * @clr_name:   as @con_name
 * @width:      bytes of each register
 */
struct gpio_regs {
	bool has_con;
	u32 con, con_mask, con_output;
	char con_name[GPIO_REG_NAME];
	u32 dat, dat_mask;
	char dat_name[GPIO_REG_NAME];
	bool has_set;
	u32 set, clr;
	char set_name[GPIO_REG_NAME], clr_name[GPIO_REG_NAME];
	u32 width;
};

/** struct gpio_ops - what an IP block's driver provides; lines are checked before */
struct gpio_ops {
	const char *name; /* the word in a board's row: "pl061" */
	u32 lines; /* that a chip has at most */
	u32 default_lines; /* where the row does not say; 0: @lines */
	u32 function_max; /* the highest number that set_function() takes */
	bool (*valid)(const struct gpio_chip *c, u32 line); /* NULL: all below @lines */
	void (*direction_output)(struct gpio_chip *c, u32 line, bool value);
	void (*direction_input)(struct gpio_chip *c, u32 line); /* NULL: outputs only */
	void (*set)(struct gpio_chip *c, u32 line, bool value);
	bool (*get)(struct gpio_chip *c, u32 line);
	void (*regs)(const struct gpio_chip *c, u32 line, struct gpio_regs *out);
	void (*set_function)(struct gpio_chip *c, u32 line, u32 function); /* or NULL */
};

/**
 * struct gpio_chip - one GPIO block
 * @ops:   its driver, from gpio_find()
 * @base:  its registers: a static or a dynamic mapping, the driver cannot tell
 * @name:  for messages
 * @phys:  physical address of the registers, for showing only
 * @size:  bytes of registers
 * @lines: lines it has; 0 means what the driver says
 * @base2: the row's second window (.phys2), NULL without one
 * @phys2: its physical address, for showing only
 * @size2: its bytes
 * @flags: the row's .flags
 */
struct gpio_chip {
	const struct gpio_ops *ops;
	void __iomem *base;
	const char *name;
	pa_t phys;
	u32 size;
	u32 lines;
	void __iomem *base2;
	pa_t phys2;
	u32 size2;
	u32 flags;
};

/* The drivers, one a file. */
extern const struct gpio_ops gpio_pl061_ops, gpio_s5p_ops, gpio_sunxi_ops;
extern const struct gpio_ops gpio_bcm2835_ops, gpio_imx_ops, gpio_omap3_ops, gpio_omap4_ops;
extern const struct gpio_ops gpio_zynq_ops, gpio_mmio_ops, gpio_ledreg_ops;

/* ---- for drivers ---- */

/** gpio_change() - clear and set bits of a register that lines share, interrupts masked. */
void gpio_change(void __iomem *reg, u32 clear, u32 set);

/**
 * gpio_reg_name() - a register's name: "DATA_#" and 2 give "DATA_2"
 * @pattern: its first # is replaced by @a, its second by @b, both below 100
 */
void gpio_reg_name(char to[GPIO_REG_NAME], const char *pattern, u32 a, u32 b);

/* ---- for everybody ---- */

/**
 * gpio_find() - the driver of that name, or NULL
 * gpio_name() - the name of the @i-th driver, NULL past the last
 */
const struct gpio_ops *gpio_find(const char *name);
const char *gpio_name(unsigned int i);

/** gpio_lines() - one past the chip's highest line. */
u32 gpio_lines(const struct gpio_chip *c);

/**
 * gpio_check() - is that a line of the chip?
 * @who: what wanted it, for the log line; NULL keeps quiet
 * Return: 0 or -EINVAL.
 */
int gpio_check(const struct gpio_chip *c, u32 line, const char *who);

/**
 * gpio_direction_output() - make the line an output at @value
 *
 * The level is set first wherever the block allows it, so that the pin does not
 * show the other one in between.
 *
 * Return: 0 or -EINVAL (no such line) with a log line.
 */
int gpio_direction_output(struct gpio_chip *c, u32 line, bool value);
/** gpio_direction_input() - make it an input.  Return: 0, -EINVAL, -EOPNOTSUPP. */
int gpio_direction_input(struct gpio_chip *c, u32 line);
/** gpio_set() - drive an output line high or low.  Return: 0 or -EINVAL. */
int gpio_set(struct gpio_chip *c, u32 line, bool value);
/** gpio_get() - the line's level, 0 or 1, or -EINVAL. */
int gpio_get(struct gpio_chip *c, u32 line);

/**
 * gpio_set_function() - hand the pin to the function of that number
 * Return: 0, -EINVAL (line, or more than the chip's field holds) or -EOPNOTSUPP
 * (a chip without a function register), with a log line.
 */
int gpio_set_function(struct gpio_chip *c, u32 line, u32 function);

/** gpio_regs() - which registers hold the line.  Return: 0 or -EINVAL. */
int gpio_regs(const struct gpio_chip *c, u32 line, struct gpio_regs *out);

#endif
