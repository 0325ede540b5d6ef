/* SPDX-License-Identifier: GPL-2.0-or-later */
/* qemu/s5pv210/dm9000.h - the boards' Ethernet chip on a SROM chip select. */
#ifndef HW_ARM_S5PV210_DM9000_H
#define HW_ARM_S5PV210_DM9000_H

/*
 * One region of the chip select's size: the index where the address has none
 * of bits 1 to 3, else the data.  sysbus irq 0.  Properties: mac, netdev.
 */
#define TYPE_S5PV210_DM9000 "s5pv210.dm9000"

#endif
