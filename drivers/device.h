/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/device.h - what sits on a board, one row a device.
 *
 * Rows are plain data without pointers: the console's row is read at its
 * physical address before the MMU is on.  A board writes them with the macros
 * below; drivers/probe.c turns them into live drivers.
 */
#ifndef DRIVERS_DEVICE_H
#define DRIVERS_DEVICE_H

#include "mm/types.h"

enum dev_class {
	DEV_CONSOLE = 1,
	DEV_INTC,
	DEV_TIMER,
	DEV_GPIO,
	DEV_PWM,
	DEV_LED,
	DEV_BUZZER,
	DEV_KEY,
	DEV_RESET,
};

/* .flags of a LED, buzzer or key. */
enum { GPIO_ACTIVE_HIGH = 0, GPIO_ACTIVE_LOW = 1 };
/* .flags of a DEV_GPIO row: 1 in the direction register means input. */
enum { GPIO_DIR_INPUT_HIGH = 1 };

/**
 * struct device_desc - one device
 * @name:   what the shell calls it ("led0")
 * @driver: the IP block for a device with registers ("pl011"); for a LED,
 *          buzzer or key the name of the row it hangs on ("gpio0", "pwm0")
 * @class:  enum dev_class
 * @phys:   physical address of the registers (0 when it hangs on another row)
 * @size:   bytes of registers
 * @phys2:  a second register window (GIC: the CPU interface)
 * @size2:  its bytes
 * @irq:    interrupt number in the controller's numbering, -1 without
 * @clock:  input clock in Hz (UART baud, timer rate)
 * @line:   GPIO line number, PWM channel
 * @flags:  GPIO_ACTIVE_LOW ...; DEV_RESET: the value to write
 * @aux:    driver's own number (documented in the driver's header)
 */
struct device_desc {
	char name[16];
	char driver[16];
	u32 class;
	pa_t phys;
	u32 size;
	pa_t phys2;
	u32 size2;
	int irq;
	u32 clock;
	u32 line;
	u32 flags;
	u32 aux;
};

/**
 * Registers of an IP block:
 * DEV(DEV_CONSOLE, "console", "pl011", 0x..., SZ_4K, .irq = 37, .clock = ...)
 */
#define DEV(_class, _name, _driver, _phys, _size, ...)                                             \
	{                                                                                          \
		.class = _class, .name = _name, .driver = _driver, .phys = _phys, .size = _size,   \
		__VA_ARGS__                                                                        \
	}
#define DEV_ON(_class, _name, _parent, _line, _flags)                                              \
	{                                                                                          \
		.class = _class, .name = _name, .driver = _parent, .line = _line, .flags = _flags, \
		.irq = -1                                                                          \
	}
/** LED("led0", "gpio0", 3, GPIO_ACTIVE_LOW) */
#define LED(_name, _parent, _line, _flags) DEV_ON(DEV_LED, _name, _parent, _line, _flags)
/** BUZZER("buzzer", "pwm0", 2, 0): on a GPIO line (toggled tone) or a PWM channel */
#define BUZZER(_name, _parent, _line, _flags) DEV_ON(DEV_BUZZER, _name, _parent, _line, _flags)
#define KEY(_name, _parent, _line, _flags) DEV_ON(DEV_KEY, _name, _parent, _line, _flags)

#endif
