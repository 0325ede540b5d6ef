/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * board/vexpress-a9 - Arm Versatile Express with the CoreTile for Cortex-A9, as
 * QEMU models it.  Addresses: legacy memory map, DUI 0447 chapter 4; QEMU
 * hw/arm/vexpress.c.
 */
#include "board/board.h"

/* name, virtual, physical, size: the map table */
const struct map_desc map_io[] = {
	MAP_RAM("ram", 0x60000000, SZ_128M),
	MAP_DEVICE("sysreg", 0xF8000000, 0x10000000, SZ_4K),
	MAP_DEVICE("uart0", 0xF8009000, 0x10009000, SZ_4K),
	MAP_DEVICE("timer01", 0xF8011000, 0x10011000, SZ_4K),
	MAP_DEVICE("a9mpcore", 0xF8100000, 0x1E000000, 2 * SZ_4K),
	MAP_DEVICE("l2c310", 0xF810A000, 0x1E00A000, SZ_4K),
};

const struct device_desc board_devices[] = {
	DEV(DEV_CONSOLE, "console", "pl011", 0x10009000, SZ_4K, .irq = 37, .clock = 24000000),
	DEV(DEV_INTC, "gic", "gic", 0x1E001000, SZ_4K, .phys2 = 0x1E000100, .size2 = 0x100),
	DEV(DEV_TIMER, "timer", "sp804", 0x10011000, SZ_4K, .irq = 34, .clock = 1000000),
	DEV(DEV_GPIO, "leds", "ledreg", 0x10000008, 4, .irq = -1),
	LED("led0", "leds", 0, GPIO_ACTIVE_HIGH),
	LED("led1", "leds", 1, GPIO_ACTIVE_HIGH),
	LED("led2", "leds", 2, GPIO_ACTIVE_HIGH),
	LED("led3", "leds", 3, GPIO_ACTIVE_HIGH),
	BUZZER("buzzer", "leds", 7, GPIO_ACTIVE_HIGH), /* no PL061 here: LED 7 stands in */
	DEV(DEV_RESET, "reset", "regwrite", 0x100000A4, 4, .irq = -1, .flags = 0xC0900000),
};

BOARD("vexpress-a9");
