/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tools/check_devices.h - a board's devices beside its map.
 */
#ifndef TOOLS_CHECK_DEVICES_H
#define TOOLS_CHECK_DEVICES_H

#include "board/board.h"

/** struct registers - one register window of a device */
struct registers {
	const struct device_desc *device;
	pa_t first;
	u32 size;
};

/** device_registers() - the windows of @device.  Return: how many, 0 to 2. */
u32 device_registers(const struct device_desc *device, struct registers out[2]);

/** row_of_registers() - the static row that maps all of a window, or NULL. */
const struct map_desc *row_of_registers(const struct registers *r);

/**
 * check_devices() - refuse what no ioremap() could map, and clocks that are not in Hz
 *
 * In words.  Return: how many.
 */
u32 check_devices(void);

/** show_devices() - each device's registers and what maps them; @flat: the image's page, or 0. */
void show_devices(pa_t flat);

#endif
