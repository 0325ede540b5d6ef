/* SPDX-License-Identifier: GPL-2.0-or-later */
/* qemu/s5pv210/vcd.h - the wave forms of chosen pins, as a VCD file. */
#ifndef HW_ARM_S5PV210_VCD_H
#define HW_ARM_S5PV210_VCD_H

#include "hw/qdev-core.h"

/*
 * From now on each change of these pins ("GPJ0_3 GPD0_2", or with : or , between
 * them) is written to the file, with its virtual time.  To be called when the
 * pins are wired.
 */
void s5pv210_vcd(DeviceState *gpio, const char *board, const char *file,
                 const char *pins, Error **errp);

#endif
