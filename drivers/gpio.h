/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/gpio.h - pins: direction, level, and which registers hold them.
 *
 * A line is a number within its chip.  Changes to registers that several lines
 * share are made with interrupts masked, so any call may be made in any context.
 *
 * Board rows, by driver:
 *   pl061   8 lines
 *   s5p     banks of 8 lines, 0x20 bytes each: write the line as
 *           S5P_GPIO(bank offset, pin) of drivers/gpio_s5p.h
 *   ledreg  one output register, one bit a line; .phys is that very register,
 *           .aux its number of lines (0: 8)
 */
#ifndef DRIVERS_GPIO_H
#define DRIVERS_GPIO_H

#include "mm/types.h"

struct gpio_chip;

/**
 * struct gpio_regs - the registers behind a line, for showing and for mapping by hand
 * @has_con:    there is a register that selects the pin's direction or function
 * @con:        its byte offset from the chip's first register
 * @con_mask:   the line's bits in it
 * @con_output: what these bits must be for an output
 * @con_name:   the manual's name for it, with the bank where there are several
 * @dat:        byte offset of the register that holds the level
 * @dat_mask:   the line's bit in it
 * @dat_name:   as @con_name
 * @width:      bytes of either register
 */
struct gpio_regs {
	bool has_con;
	u32 con, con_mask, con_output;
	char con_name[16];
	u32 dat, dat_mask;
	char dat_name[16];
	u32 width;
};

/** struct gpio_ops - what an IP block's driver provides; lines are checked before */
struct gpio_ops {
	const char *name; /* the word in a board's row: "pl061" */
	u32 lines; /* that a chip has; 0: as many as its window holds */
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
	u32 flags;
};

/* The drivers, one a file. */
extern const struct gpio_ops gpio_pl061_ops, gpio_s5p_ops, gpio_ledreg_ops;

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
