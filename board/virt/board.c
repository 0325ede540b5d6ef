/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * board/virt - QEMU's own virtual board with a Cortex-A15.  Addresses: QEMU
 * hw/arm/virt.c, base_memmap and a15irqmap.
 */
#include "board/board.h"

/* name, virtual, physical, size: the map table */
const struct map_desc map_io[] = {
	MAP_RAM("ram", 0x40000000, SZ_128M),
	MAP_DEVICE("gic-dist", 0xF8000000, 0x08000000, SZ_64K),
	MAP_DEVICE("gic-cpu", 0xF8010000, 0x08010000, SZ_64K),
	MAP_DEVICE("uart0", 0xF8100000, 0x09000000, SZ_4K),
	MAP_DEVICE("gpio0", 0xF8130000, 0x09030000, SZ_4K),
};

/* Line 3 of the PL061 is the power button. */
const struct device_desc board_devices[] = {
	DEV(DEV_CONSOLE, "console", "pl011", 0x09000000, SZ_4K, .irq = 33, .clock = 24000000),
	DEV(DEV_INTC, "gic", "gic", 0x08000000, SZ_4K, .phys2 = 0x08010000, .size2 = SZ_4K),
	DEV(DEV_TIMER, "timer", "generic", 0, 0, .irq = 27),
	DEV(DEV_GPIO, "gpio0", "pl061", 0x09030000, SZ_4K, .irq = 39),
	LED("led0", "gpio0", 0, GPIO_ACTIVE_HIGH),
	LED("led1", "gpio0", 1, GPIO_ACTIVE_HIGH),
	LED("led2", "gpio0", 2, GPIO_ACTIVE_HIGH),
	BUZZER("buzzer", "gpio0", 7, GPIO_ACTIVE_HIGH),
	KEY("power", "gpio0", 3, GPIO_ACTIVE_HIGH),
};

BOARD("virt");
