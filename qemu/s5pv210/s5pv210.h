/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/s5pv210.h - the SoC: its types, and the numbers several files
 * need.
 *
 * A block is one file, and one row in the table of s5pv210.c.
 */
#ifndef HW_ARM_S5PV210_H
#define HW_ARM_S5PV210_H

#include "chardev/char.h"
#include "hw/sysbus.h"
#include "qemu/units.h"
#include "qom/object.h"
#include "target/arm/cpu.h"

#define TYPE_S5PV210 "s5pv210"
OBJECT_DECLARE_SIMPLE_TYPE(S5PV210State, S5PV210)

#define TYPE_S5PV210_CLK "s5pv210.clk"
#define TYPE_S5PV210_GPIO "s5pv210.gpio"
#define TYPE_S5PV210_PMU "s5pv210.pmu"
#define TYPE_S5PV210_PWM "s5pv210.pwm"
#define TYPE_S5PV210_RTC "s5pv210.rtc"
#define TYPE_S5PV210_SYSTIMER "s5pv210.systimer"
#define TYPE_S5PV210_UART "s5pv210.uart"
#define TYPE_S5PV210_WDT "s5pv210.wdt"

/* What the boot ROM leaves the peripherals' clock at, in Hz. */
#define S5PV210_PCLK_PSYS 66700000

#define S5PV210_RAM_BASE 0x20000000
#define S5PV210_RAM_SIZE (1 * GiB)
#define S5PV210_IROM_BASE 0xd0000000
#define S5PV210_IROM_SIZE (64 * KiB)
#define S5PV210_IRAM_BASE 0xd0020000
#define S5PV210_IRAM_SIZE (96 * KiB)

#define S5PV210_VICS 4
#define S5PV210_UARTS 4

/* Why the chip was reset: bits of RST_STAT, and inputs "reset" of the PMU. */
enum {
    S5PV210_RESET_PIN = 0,
    S5PV210_RESET_WARM = 1,
    S5PV210_RESET_WATCHDOG = 2,
    S5PV210_RESET_SOFTWARE = 3,
    S5PV210_RESET_CAUSES
};

struct S5PV210State {
    DeviceState parent_obj;

    ARMCPU cpu;
    MemoryRegion irom;
    MemoryRegion irom_low;
    MemoryRegion iram;
    MemoryRegion iram_low;
    DeviceState *vic[S5PV210_VICS];
    DeviceState *gpio;
    DeviceState *clk;
    Chardev *serial[S5PV210_UARTS];     /* set before realize; may be NULL */
    bool one_cable;             /* only one is not NULL: all UARTs use it */
};

/* The input of interrupt n: VIC n / 32, source n % 32. */
qemu_irq s5pv210_irq(S5PV210State *s, int n);

/* uart.c: from now on this one, which has no chardev, uses the owner's. */
void s5pv210_uart_share(DeviceState *uart, DeviceState *owner);

/* gpio.c: the number of a pin from its name ("GPJ0_3"), or -1. */
int s5pv210_gpio_line(const char *name);

/*
 * boot.c: what -kernel names goes to RAM and is entered as the boot ROM does;
 * without (NULL) the core starts at 0, in the boot ROM.
 */
void s5pv210_boot(S5PV210State *s, const char *kernel, hwaddr address);

#endif
