/* SPDX-License-Identifier: GPL-2.0-or-later */
/* qemu/s5pv210/pl192.h - vectored interrupt controller (ARM PL192). */
#ifndef HW_ARM_S5PV210_PL192_H
#define HW_ARM_S5PV210_PL192_H

#include "hw/sysbus.h"
#include "qom/object.h"

#define TYPE_PL192 "pl192"

/*
 * The core's port for vectors: what a read of VICADDRESS would give and do.
 */
uint32_t pl192_vector(DeviceState *vic);

/*
 * GPIO in 0..31: the sources.  sysbus irq 0: nIRQ, 1: nFIQ (active high here).
 * Link "daisy": the controller behind this one.  Its two outputs go to the
 * named inputs "daisy-irq" and "daisy-fiq" of this one.
 */

#endif
