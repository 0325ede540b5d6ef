/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * board/tiny210 - FriendlyARM's Tiny210 and Mini210S.  The rows of the map are
 * x210's: the same chip, the same static layout as the vendor's kernel 2.6.35
 * (S3C_ADDR_BASE 0xFD000000).  RAM is one bank behind DMC0, which reaches
 * 0x20000000 to 0x3FFFFFFF.  Addresses: S5PV210 User's Manual, section 2.1.
 */
#include "board/board.h"
#include "drivers/gpio_s5p.h"

/* name, virtual, physical, size: the map table */
const struct map_desc map_io[] = {
	MAP_RAM("ram", 0x20000000, SZ_512M),
	MAP_DEVICE("vic0", 0xFD000000, 0xF2000000, SZ_16K),
	MAP_DEVICE("vic1", 0xFD010000, 0xF2100000, SZ_16K),
	MAP_DEVICE("vic2", 0xFD020000, 0xF2200000, SZ_16K),
	MAP_DEVICE("vic3", 0xFD030000, 0xF2300000, SZ_16K),
	MAP_DEVICE("sys", 0xFD100000, 0xE0100000, SZ_64K),
	MAP_DEVICE("pwm", 0xFD300000, 0xE2500000, SZ_16K),
	MAP_DEVICE("watchdog", 0xFD400000, 0xE2700000, SZ_4K),
	MAP_DEVICE("gpio", 0xFD500000, 0xE0200000, SZ_4K),
	MAP_DEVICE("axi-dsys", 0xFD506000, 0xFA700000, SZ_4K),
	MAP_DEVICE("chipid", 0xFD700000, 0xE0000000, SZ_4K),
	MAP_DEVICE("dmc0", 0xFD800000, 0xF0000000, SZ_4K),
	MAP_DEVICE("dmc1", 0xFD900000, 0xF1400000, SZ_4K),
	MAP_DEVICE("rtc", 0xFDC00000, 0xE2800000, SZ_4K),
	MAP_DEVICE("otg", 0xFDE00000, 0xEC000000, SZ_1M),
	MAP_DEVICE("usb-phy", 0xFDF00000, 0xEC100000, SZ_1M),
	MAP_DEVICE("uart", 0xFE000000, 0xE2900000, SZ_4K),
	MAP_DEVICE("sromc", 0xFE100000, 0xE8000000, SZ_4K),
	MAP_DEVICE("systimer", 0xFE200000, 0xE2600000, SZ_1M),
	MAP_DEVICE("audss", 0xFE600000, 0xEEE10000, SZ_1M),
};

/*
 * GPJ2 begins at byte 0x280 of the GPIO block, GPD0 at 0x0A0, GPH2 at 0xC40, GPH3
 * at 0xC60.  The console is UART0, the board's first serial connector.
 */
#define GPJ2(pin) S5P_GPIO(0x280, pin)
#define GPD0(pin) S5P_GPIO(0x0A0, pin)
#define GPH2(pin) S5P_GPIO(0xC40, pin)
#define GPH3(pin) S5P_GPIO(0xC60, pin)

const struct device_desc board_devices[] = {
	DEV(DEV_CONSOLE, "console", "s5p", 0xE2900000, 0x400, .irq = 42, .clock = 66700000),
	DEV(DEV_INTC, "vic", "pl192", 0xF2000000, SZ_4K, .phys2 = 0xF2100000, .aux = 4),
	DEV(DEV_TIMER, "timer", "s5p", 0xE2500000, 0x50, .irq = 25, .aux = 24, .clock = 66700000),
	DEV(DEV_GPIO, "gpio", "s5p", 0xE0200000, SZ_4K, .irq = 30),
	DEV(DEV_PWM, "pwm0", "s5p", 0xE2500000, 0x50, .irq = -1, .clock = 66700000,
	    .aux = GPD0(0) + 1),
	LED("led1", "gpio", GPJ2(0), GPIO_ACTIVE_LOW),
	LED("led2", "gpio", GPJ2(1), GPIO_ACTIVE_LOW),
	LED("led3", "gpio", GPJ2(2), GPIO_ACTIVE_LOW),
	LED("led4", "gpio", GPJ2(3), GPIO_ACTIVE_LOW),
	BUZZER("buzzer", "pwm0", 0, GPIO_ACTIVE_HIGH),
	KEY("k1", "gpio", GPH2(0), GPIO_ACTIVE_LOW),
	KEY("k2", "gpio", GPH2(1), GPIO_ACTIVE_LOW),
	KEY("k3", "gpio", GPH2(2), GPIO_ACTIVE_LOW),
	KEY("k4", "gpio", GPH2(3), GPIO_ACTIVE_LOW),
	KEY("k5", "gpio", GPH3(0), GPIO_ACTIVE_LOW),
	KEY("k6", "gpio", GPH3(1), GPIO_ACTIVE_LOW),
	KEY("k7", "gpio", GPH3(2), GPIO_ACTIVE_LOW),
	KEY("k8", "gpio", GPH3(3), GPIO_ACTIVE_LOW),
	DEV(DEV_RESET, "reset", "regwrite", 0xE0102000, 4, .irq = -1, .flags = 1),
};

BOARD("tiny210");
