/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * board/realview-pb-a8 - Arm RealView Platform Baseboard for Cortex-A8, as QEMU
 * models it.  Addresses: HBI-0178 user guide, chapter 4; QEMU hw/arm/realview.c.
 */
#include "board/board.h"

/* name, virtual, physical, size: the map table */
const struct map_desc map_io[] = {
	MAP_RAM("ram", 0x70000000, SZ_128M),
	MAP_DEVICE("sysreg", 0xF8000000, 0x10000000, SZ_4K),
	MAP_DEVICE("uart0", 0xF8009000, 0x10009000, SZ_4K),
	MAP_DEVICE("timer01", 0xF8011000, 0x10011000, SZ_4K),
	MAP_DEVICE("gpio0", 0xF8013000, 0x10013000, SZ_4K),
	MAP_DEVICE("gic", 0xF8100000, 0x1E000000, SZ_64K),
};

const struct device_desc board_devices[] = {
	DEV(DEV_CONSOLE, "console", "pl011", 0x10009000, SZ_4K, .irq = 44, .clock = 24000000),
	DEV(DEV_INTC, "gic", "gic", 0x1E001000, SZ_4K, .phys2 = 0x1E000000, .size2 = SZ_4K),
	DEV(DEV_TIMER, "timer", "sp804", 0x10011000, SZ_4K, .irq = 36, .clock = 1000000),
	DEV(DEV_GPIO, "leds", "ledreg", 0x10000008, 4, .irq = -1),
	DEV(DEV_GPIO, "gpio0", "pl061", 0x10013000, SZ_4K, .irq = 38),
	LED("led0", "leds", 0, GPIO_ACTIVE_HIGH),
	LED("led1", "leds", 1, GPIO_ACTIVE_HIGH),
	LED("led2", "leds", 2, GPIO_ACTIVE_HIGH),
	LED("led3", "leds", 3, GPIO_ACTIVE_HIGH),
	BUZZER("buzzer", "gpio0", 7, GPIO_ACTIVE_HIGH),
	DEV(DEV_RESET, "reset", "regwrite", 0x10000040, 4, .irq = -1, .flags = 0x104,
	    .phys2 = 0x10000020, .size2 = 4, .aux = 0xA05F),
};

BOARD("realview-pb-a8");
