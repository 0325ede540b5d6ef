/* SPDX-License-Identifier: GPL-2.0-or-later */
/* qemu/s5pv210/stub.h - a block that is there and not modelled. */
#ifndef HW_ARM_S5PV210_STUB_H
#define HW_ARM_S5PV210_STUB_H

#include "hw/sysbus.h"

#define TYPE_S5PV210_STUB "s5pv210.stub"

/*
 * Reads of any word give "fill", writes are dropped; the first access to each
 * word is reported.  A block that is modelled lies above it.
 * Properties: name (string), size (uint64), fill (uint32).
 */
DeviceState *s5pv210_stub_create(Object *parent, const char *name, hwaddr base,
                                 uint64_t size, uint32_t fill);

#endif
