/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * board/x210 - the S5PV210 course board (x210, 朱有鹏).  The rows are the static
 * layout of the vendor's kernel 2.6.35 (S3C_ADDR_BASE 0xFD000000), so that
 * GPJ0CON is where the course prints it: 0xFD500240.  RAM is where the vendor's
 * U-Boot puts it.  Addresses: S5PV210 User's Manual, section 2.1; the vendor
 * kernel's map-base.h and map-s5p.h.
 */
#include "board/board.h"
#include "drivers/gpio_s5p.h"

/* name, virtual, physical, size: the map table */
const struct map_desc map_io[] = {
	MAP_RAM("ram", 0x30000000, SZ_512M),
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
 * GPJ0 begins at byte 0x240 of the GPIO block, GPD0 at 0x0A0, GPH0 at 0xC00,
 * GPH2 at 0xC40.  The console is UART2, as in the vendor's boot loader.
 */
#define GPJ0(pin) S5P_GPIO(0x240, pin)
#define GPD0(pin) S5P_GPIO(0x0A0, pin)
#define GPH0(pin) S5P_GPIO(0xC00, pin)
#define GPH2(pin) S5P_GPIO(0xC40, pin)

const struct device_desc board_devices[] = {
	DEV(DEV_CONSOLE, "console", "s5p", 0xE2900800, 0x400, .irq = 44, .clock = 66700000),
	DEV(DEV_INTC, "vic", "pl192", 0xF2000000, SZ_4K, .phys2 = 0xF2100000, .aux = 4),
	DEV(DEV_TIMER, "timer", "s5p", 0xE2500000, 0x50, .irq = 25, .aux = 24, .clock = 66700000),
	DEV(DEV_GPIO, "gpio", "s5p", 0xE0200000, SZ_4K, .irq = 30),
	DEV(DEV_PWM, "pwm0", "s5p", 0xE2500000, 0x50, .irq = -1, .clock = 66700000,
	    .aux = GPD0(2) + 1),
	LED("led0", "gpio", GPJ0(3), GPIO_ACTIVE_LOW),
	LED("led1", "gpio", GPJ0(4), GPIO_ACTIVE_LOW),
	LED("led2", "gpio", GPJ0(5), GPIO_ACTIVE_LOW),
	LED("led3", "gpio", GPD0(1), GPIO_ACTIVE_LOW),
	BUZZER("buzzer", "pwm0", 2, GPIO_ACTIVE_HIGH),
	KEY("sw5", "gpio", GPH0(2), GPIO_ACTIVE_LOW),
	KEY("sw6", "gpio", GPH0(3), GPIO_ACTIVE_LOW),
	KEY("sw7", "gpio", GPH2(0), GPIO_ACTIVE_LOW),
	KEY("sw8", "gpio", GPH2(1), GPIO_ACTIVE_LOW),
	KEY("sw9", "gpio", GPH2(2), GPIO_ACTIVE_LOW),
	KEY("sw10", "gpio", GPH2(3), GPIO_ACTIVE_LOW),
	DEV(DEV_RESET, "reset", "regwrite", 0xE0102000, 4, .irq = -1, .flags = 1),
};

BOARD("x210");
