/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * board/raspi2b - Raspberry Pi 2 Model B.  Addresses: BCM2835 ARM Peripherals (its
 * 0x7Ennnnnn is 0x3Fnnnnnn here) and QA7_rev3.4; QEMU hw/arm/bcm2836.c.
 */
#include "board/board.h"

/* name, virtual, physical, size: the map table */
const struct map_desc map_io[] = {
	MAP_RAM("ram", 0x00000000, 960 * SZ_1M), /* the rest of 1 GiB is VideoCore's */
	MAP_DEVICE("armctrl", 0xFE00B000, 0x3F00B000, SZ_4K),
	MAP_DEVICE("power", 0xFE100000, 0x3F100000, SZ_4K),
	MAP_DEVICE("gpio", 0xFE200000, 0x3F200000, SZ_4K),
	MAP_DEVICE("uart0", 0xFE201000, 0x3F201000, SZ_4K),
	MAP_DEVICE("local", 0xFE400000, 0x40000000, SZ_4K),
};

/* Line 47 is the green LED, line 18 pin 12 of the header; 14 and 15 are UART0's. */
const struct device_desc board_devices[] = {
	DEV(DEV_CONSOLE, "console", "pl011", 0x3F201000, SZ_4K, .irq = 57, .clock = 48000000),
	DEV(DEV_INTC, "intc", "bcm2836", 0x40000000, 0x100, .phys2 = 0x3F00B200, .size2 = 0x28),
	DEV(DEV_TIMER, "timer", "generic", 0, 0, .irq = 99),
	DEV(DEV_GPIO, "gpio", "bcm2835", 0x3F200000, 0xB4, .irq = 49),
	LED("led0", "gpio", 47, GPIO_ACTIVE_HIGH),
	BUZZER("buzzer", "gpio", 18, GPIO_ACTIVE_HIGH),
	DEV(DEV_RESET, "reset", "regwrite", 0x3F10001C, 4, .irq = -1, .flags = 0x5A000020,
	    .phys2 = 0x3F100024, .size2 = 4, .aux = 0x5A00000A),
};

BOARD("raspi2b");
