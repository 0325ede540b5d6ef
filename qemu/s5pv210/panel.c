/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/panel.c - what a person sees and touches on a board: LEDs
 * and keys.
 *
 * QEMU's own "led" was not taken: its state cannot be read over QMP.
 */
#include "qemu/osdep.h"
#include "hw/irq.h"
#include "hw/qdev-properties.h"
#include "migration/vmstate.h"
#include "qapi/error.h"
#include "qemu/module.h"
#include "qemu/timer.h"
#include "panel.h"
#include "trace.h"

OBJECT_DECLARE_SIMPLE_TYPE(S5PV210LedState, S5PV210_LED)
OBJECT_DECLARE_SIMPLE_TYPE(S5PV210KeyState, S5PV210_KEY)

struct S5PV210LedState {
    DeviceState parent_obj;

    const char *name;
    bool active_high;
    bool level;
};

struct S5PV210KeyState {
    DeviceState parent_obj;

    const char *name;
    qemu_irq pin;
    bool active_high;
    bool pressed;
};

/* ---- LED ---- */

static bool led_lit(Object *obj, Error **errp)
{
    S5PV210LedState *s = S5PV210_LED(obj);

    return s->level == s->active_high;
}

static void led_pin(void *opaque, int n, int level)
{
    S5PV210LedState *s = opaque;

    if (s->level == !!level) {
        return;
    }
    s->level = level;
    trace_s5pv210_led(s->name, led_lit(OBJECT(s), NULL),
                      qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL));
}

static void led_init(Object *obj)
{
    qdev_init_gpio_in(DEVICE(obj), led_pin, 1);
    object_property_add_bool(obj, "lit", led_lit, NULL);
}

static void led_realize(DeviceState *dev, Error **errp)
{
    S5PV210_LED(dev)->name = object_get_canonical_path_component(OBJECT(dev));
}

static const VMStateDescription led_vmstate = {
    .name = TYPE_S5PV210_LED,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_BOOL(level, S5PV210LedState),
        VMSTATE_END_OF_LIST()
    }
};

static const Property led_properties[] = {
    DEFINE_PROP_BOOL("active-high", S5PV210LedState, active_high, false),
};

static void led_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);

    dc->realize = led_realize;
    dc->vmsd = &led_vmstate;
    dc->user_creatable = false;
    device_class_set_props(dc, led_properties);
}

/* ---- key ---- */

static bool key_pressed(Object *obj, Error **errp)
{
    return S5PV210_KEY(obj)->pressed;
}

static void key_press(Object *obj, bool pressed, Error **errp)
{
    S5PV210KeyState *s = S5PV210_KEY(obj);

    trace_s5pv210_key(s->name, pressed);
    s->pressed = pressed;
    qemu_set_irq(s->pin, pressed == s->active_high);
}

void s5pv210_key_set(DeviceState *key, bool pressed)
{
    key_press(OBJECT(key), pressed, NULL);
}

static void key_init(Object *obj)
{
    qdev_init_gpio_out(DEVICE(obj), &S5PV210_KEY(obj)->pin, 1);
    object_property_add_bool(obj, "pressed", key_pressed, key_press);
}

static void key_realize(DeviceState *dev, Error **errp)
{
    S5PV210_KEY(dev)->name = object_get_canonical_path_component(OBJECT(dev));
}

static const VMStateDescription key_vmstate = {
    .name = TYPE_S5PV210_KEY,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_BOOL(pressed, S5PV210KeyState),
        VMSTATE_END_OF_LIST()
    }
};

static const Property key_properties[] = {
    DEFINE_PROP_BOOL("active-high", S5PV210KeyState, active_high, false),
};

static void key_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);

    dc->realize = key_realize;
    dc->vmsd = &key_vmstate;
    dc->user_creatable = false;
    device_class_set_props(dc, key_properties);
}

static const TypeInfo panel_types[] = {
    {
        .name = TYPE_S5PV210_LED,
        .parent = TYPE_DEVICE,
        .instance_size = sizeof(S5PV210LedState),
        .instance_init = led_init,
        .class_init = led_class_init,
    }, {
        .name = TYPE_S5PV210_KEY,
        .parent = TYPE_DEVICE,
        .instance_size = sizeof(S5PV210KeyState),
        .instance_init = key_init,
        .class_init = key_class_init,
    },
};

DEFINE_TYPES(panel_types)
