/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * board/smdkc210 - Samsung's evaluation board for the Exynos4210, the S5PV210's
 * sibling, as QEMU models it.  Addresses: Exynos 4210 User's Manual, chapter 3;
 * QEMU hw/arm/exynos4210.c.
 */
#include "board/board.h"

/* name, virtual, physical, size: the map table */
const struct map_desc map_io[] = {
	MAP_RAM("ram", 0x40000000, SZ_1G),
	MAP_DEVICE("chipid", 0xF8000000, 0x10000000, SZ_4K),
	MAP_DEVICE("pmu", 0xF8020000, 0x10020000, SZ_64K),
	MAP_DEVICE("gic-cpu", 0xF8080000, 0x10480000, SZ_64K),
	MAP_DEVICE("gic-dist", 0xF8090000, 0x10490000, SZ_64K),
	MAP_DEVICE("l2c310", 0xF80A2000, 0x10502000, SZ_4K),
	MAP_DEVICE("uart", 0xF8100000, 0x13800000, SZ_4K),
	MAP_DEVICE("pwm", 0xF82D0000, 0x139D0000, SZ_4K),
};

/*
 * QEMU has no GPIO block here, so there is no LED, and the PWM output needs no
 * switching.  Its PWM block counts 24 MHz; on silicon it is PCLK, 100 MHz.
 */
const struct device_desc board_devices[] = {
	DEV(DEV_CONSOLE, "console", "s5p", 0x13800000, 0x400, .irq = 84, .clock = 100000000),
	DEV(DEV_INTC, "gic", "gic", 0x10490000, SZ_4K, .phys2 = 0x10480000, .size2 = SZ_4K),
	DEV(DEV_TIMER, "timer", "s5p", 0x139D0000, 0x50, .irq = 73, .aux = 72, .clock = 24000000),
	DEV(DEV_PWM, "pwm0", "s5p", 0x139D0000, 0x50, .irq = -1, .clock = 24000000),
	BUZZER("buzzer", "pwm0", 0, GPIO_ACTIVE_HIGH),
	DEV(DEV_RESET, "reset", "regwrite", 0x10020400, 4, .irq = -1, .flags = 1),
};

BOARD("smdkc210");
