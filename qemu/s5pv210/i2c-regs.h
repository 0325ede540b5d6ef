/* SPDX-License-Identifier: GPL-2.0-or-later */
/* qemu/s5pv210/i2c-regs.h - a chip with byte registers on an I2C bus. */
#ifndef HW_ARM_S5PV210_I2C_REGS_H
#define HW_ARM_S5PV210_I2C_REGS_H

/* Properties: address, fill (uint8), page (uint16). */
#define TYPE_S5PV210_I2C_REGS "s5pv210.i2c-regs"

#endif
