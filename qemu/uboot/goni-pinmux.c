/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/uboot/goni-pinmux.c - gives U-Boot's s5p_goni its card slots back.
 *
 * Compiled into U-Boot in place of arch/arm/mach-s5pc1xx/pinmux.c, whose two
 * functions do nothing since the board went to the driver model.
 */
#include <errno.h>
#include <fdtdec.h>
#include <asm/arch/cpu.h>
#include <asm/arch/gpio.h>
#include <asm/arch/periph.h>
#include <asm/arch/pinmux.h>
#include <asm/gpio.h>

#define HSMMC0 0xeb000000
#define HSMMC_SHIFT 20 /* a controller each MiB */
#define SLOT_PINS 7
#define CARD_DETECT 2 /* not wired on boards with a fixed card */

static const unsigned int first_pin[] = {
	S5PC110_GPIO_G00, S5PC110_GPIO_G10, S5PC110_GPIO_G20, S5PC110_GPIO_G30,
};

int exynos_pinmux_config(int peripheral, int flags)
{
	unsigned int slot = peripheral - PERIPH_ID_SDMMC0;

	if (slot > 3)
		return -EINVAL;
	for (unsigned int pin = 0; pin < SLOT_PINS; pin++) {
		if (pin == CARD_DETECT)
			continue;
		gpio_cfg_pin(first_pin[slot] + pin, 2);
		gpio_set_pull(first_pin[slot] + pin, S5P_GPIO_PULL_NONE);
		gpio_set_drv(first_pin[slot] + pin, S5P_GPIO_DRV_4X);
	}
	return 0;
}

/* The controller's number stands in its address. */
int pinmux_decode_periph_id(const void *blob, int node)
{
	fdt_addr_t base = fdtdec_get_addr(blob, node, "reg");

	if (base < HSMMC0 || (base - HSMMC0) >> HSMMC_SHIFT > 3)
		return PERIPH_ID_NONE;
	return PERIPH_ID_SDMMC0 + ((base - HSMMC0) >> HSMMC_SHIFT);
}
