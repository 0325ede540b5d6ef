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

#define TYPE_S5PV210_CHIPID "s5pv210.chipid"
#define TYPE_S5PV210_CLK "s5pv210.clk"
#define TYPE_S5PV210_CPU ARM_CPU_TYPE_NAME("s5pv210")
#define TYPE_S5PV210_DMA "s5pv210.dma"
#define TYPE_S5PV210_FIMD "s5pv210.fimd"
#define TYPE_S5PV210_G2D "s5pv210.fimg2d"
#define TYPE_S5PV210_GPIO "s5pv210.gpio"
#define TYPE_S5PV210_HSMMC "s5pv210.hsmmc"
#define TYPE_S5PV210_I2C "s5pv210.i2c"
#define TYPE_S5PV210_I2S "s5pv210.i2s"
#define TYPE_S5PV210_IROM "s5pv210.irom"
#define TYPE_S5PV210_KEYPAD "s5pv210.keypad"
#define TYPE_S5PV210_NFCON "s5pv210.nfcon"
#define TYPE_S5PV210_ONENAND "s5pv210.onenand"
#define TYPE_S5PV210_PMU "s5pv210.pmu"
#define TYPE_S5PV210_PWM "s5pv210.pwm"
#define TYPE_S5PV210_RTC "s5pv210.rtc"
#define TYPE_S5PV210_SPI "s5pv210.spi"
#define TYPE_S5PV210_SYSTIMER "s5pv210.systimer"
#define TYPE_S5PV210_TSADC "s5pv210.tsadc"
#define TYPE_S5PV210_UART "s5pv210.uart"
#define TYPE_S5PV210_WDT "s5pv210.wdt"

/* What the boot ROM leaves the peripherals' clock at, in Hz. */
#define S5PV210_PCLK_PSYS 66700000

/* Where -kernel puts what does not say where it belongs. */
#define S5PV210_LOAD_ADDRESS 0x30008000

#define S5PV210_RAM_BASE 0x20000000
#define S5PV210_RAM_SIZE (1 * GiB)
#define S5PV210_IROM_BASE 0xd0000000
#define S5PV210_IROM_SIZE (64 * KiB)
#define S5PV210_IRAM_BASE 0xd0020000
#define S5PV210_IRAM_SIZE (96 * KiB)

/* The OM pins, as CHIPID shows them: SD channel 0 (6 in OM[4:1]). */
#define S5PV210_OM_SD0 0x0c

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
    MemoryRegion irom_low;
    MemoryRegion iram;
    MemoryRegion iram_low;
    DeviceState *vic[S5PV210_VICS];
    DeviceState *gpio;
    DeviceState *clk;
    DeviceState *irom;
    uint32_t om;                /* the OM pins; set before realize */
    bool emmc;                  /* an eMMC on HSMMC0; set before realize */
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
 * sd.c: the card of "-drive if=sd,index=N", if there is one, into its slot;
 * or, soldered there, an eMMC.
 */
void s5pv210_sd_insert(DeviceState *hsmmc, int index, bool emmc);

/* irom.c: the boot ROM enters this instead of what a medium holds. */
void s5pv210_irom_set_entry(DeviceState *irom, uint32_t entry);

/*
 * boot.c: what -kernel names goes to RAM, and the boot ROM enters it; without
 * (NULL) the boot ROM looks for a medium.
 */
void s5pv210_boot(S5PV210State *s, const char *kernel, hwaddr address);

#endif
