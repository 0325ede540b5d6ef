/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/panel.h - what a person sees, touches and hears: LEDs, keys,
 * buzzer.
 */
#ifndef HW_ARM_S5PV210_PANEL_H
#define HW_ARM_S5PV210_PANEL_H

#include "hw/qdev-core.h"

/* GPIO in 0: the pin.  QOM: "lit" (bool, read-only), "active-high". */
#define TYPE_S5PV210_LED "s5pv210.led"
/* GPIO out 0: the pin.  QOM: "pressed" (bool, to be set), "active-high". */
#define TYPE_S5PV210_KEY "s5pv210.key"
/*
 * GPIO in 0: the pin.  QOM: "on" (bool, read-only), "active-high", "audiodev".
 */
#define TYPE_S5PV210_BUZZER "s5pv210.buzzer"

/* Press or release, as qom-set of "pressed" does. */
void s5pv210_key_set(DeviceState *key, bool pressed);

#endif
