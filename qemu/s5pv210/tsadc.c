/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/tsadc.c - the A/D converter and its touch screen.
 *
 * QOM: "ain0" to "ain9", what is at the inputs (0 to 4095); "touch-x",
 * "touch-y" (0 to 4095) and "touched", the pen.
 *   clock in "pclk"
 *   sysbus irq 0: end of a conversion, 1: pen down or up
 */
#include "qemu/osdep.h"
#include "hw/irq.h"
#include "hw/qdev-clock.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qemu/log.h"
#include "qemu/module.h"
#include "qemu/timer.h"
#include "s5pv210.h"
#include "store.h"
#include "trace.h"

OBJECT_DECLARE_SIMPLE_TYPE(S5PV210TsadcState, S5PV210_TSADC)

enum {
    TSADCCON = 0x00,
    TSCON = 0x04,
    TSDLY = 0x08,
    TSDATX = 0x0c,
    TSDATY = 0x10,
    TSPENSTAT = 0x14,
    CLRINTADC = 0x18,
    ADCMUX = 0x1c,
    CLRINTPEN = 0x20,
    END = 0x24,
};

#define CON_START (1u << 0)
#define CON_READ_START (1u << 1)
#define CON_STANDBY (1u << 2)
#define CON_PRESCALER (1u << 14)
#define CON_DONE (1u << 15)
#define CON_12_BITS (1u << 16)
#define TSCON_AUTO (1u << 2)
#define TSCON_PEN_UP (1u << 8)
#define DAT_PEN_UP (1u << 15)
#define PEN_DOWN (1u << 0)
#define PEN_UP (1u << 1)
#define CYCLES 5                /* of the ADC's clock, for one conversion */
#define INPUTS 10
#define MIDDLE 0x800

/* What TSCON's XY_PST and TSDATX's measure. */
enum { XY_NONE, XY_X, XY_Y, XY_WAIT };

static const S5PV210Row rows_table[] = {
    { TSADCCON, TSADCCON, 0x3fc4, 0x1ffff & ~CON_DONE },
    { TSCON, TSCON, 0x58, 0x1ff }, { TSDLY, TSDLY, 0xff, 0x1ffff },
    { TSDATX, TSDATY, 0, 0 }, { TSPENSTAT, TSPENSTAT, 0, 3 },
    { CLRINTADC, CLRINTADC, 0, 0 }, { ADCMUX, ADCMUX, 0, 0xf },
    { CLRINTPEN, CLRINTPEN, 0, 0 },
};
static const S5PV210Rows rows = S5PV210_ROWS("tsadc", rows_table);

struct S5PV210TsadcState {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    S5PV210Unknown unknown;
    Clock *pclk;
    qemu_irq adc_irq;
    qemu_irq pen_irq;
    QEMUTimer *end;

    uint32_t value[END / 4];
    bool adc_asks;
    bool pen_asks;
    uint16_t ain[INPUTS];
    uint16_t x, y;
    bool touched;
};

static uint32_t reg(const S5PV210TsadcState *s, uint32_t offset)
{
    return s->value[offset / 4];
}

static unsigned position(const S5PV210TsadcState *s)
{
    return extract32(reg(s, TSCON), 0, 2);
}

static void tsadc_update_irq(S5PV210TsadcState *s)
{
    qemu_set_irq(s->adc_irq, s->adc_asks);
    qemu_set_irq(s->pen_irq, s->pen_asks);
}

/* ---- conversion ---- */

static int64_t conversion_ns(const S5PV210TsadcState *s)
{
    uint32_t con = reg(s, TSADCCON);
    uint64_t divider = con & CON_PRESCALER ? extract32(con, 6, 8) + 1 : 1;

    return clock_ticks_to_ns(s->pclk, CYCLES * divider);
}

/* As the register shows it: the level, what was measured, the pen. */
static uint32_t data(const S5PV210TsadcState *s, uint16_t level)
{
    uint32_t v = MIN(level, 0xfff);

    if (!(reg(s, TSADCCON) & CON_12_BITS)) {
        v >>= 2;
    }
    v |= (reg(s, TSCON) & TSCON_AUTO) << 12;
    return v | position(s) << 12 | (s->touched ? 0 : DAT_PEN_UP);
}

static void conversion_end(void *opaque)
{
    S5PV210TsadcState *s = opaque;
    unsigned mux = reg(s, ADCMUX);
    uint16_t level = mux < INPUTS ? s->ain[mux] : 0;
    bool both = reg(s, TSCON) & TSCON_AUTO;
    unsigned xy = position(s);

    if (both || xy == XY_Y) {
        s->value[TSDATY / 4] = data(s, s->y);
    }
    if (xy != XY_Y) {
        s->value[TSDATX / 4] = data(s, both || xy == XY_X ? s->x : level);
    }
    s->value[TSADCCON / 4] |= CON_DONE;
    s->adc_asks = true;
    trace_s5pv210_tsadc(mux, reg(s, TSDATX), reg(s, TSDATY));
    tsadc_update_irq(s);
}

static void conversion_start(S5PV210TsadcState *s)
{
    if (reg(s, TSADCCON) & CON_STANDBY) {
        qemu_log_mask(LOG_GUEST_ERROR, "%s: conversion in standby\n",
                      s->unknown.block);
    }
    s->value[TSADCCON / 4] &= ~(CON_START | CON_DONE);
    timer_mod(s->end, qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) +
                      conversion_ns(s));
}

/* ---- the pen ---- */

/* While TSCON waits, the pen's coming or going is an interrupt. */
static void pen_moved(S5PV210TsadcState *s)
{
    bool waits_for_up = reg(s, TSCON) & TSCON_PEN_UP;

    if (position(s) != XY_WAIT || s->touched == waits_for_up) {
        return;
    }
    s->value[TSPENSTAT / 4] |= s->touched ? PEN_DOWN : PEN_UP;
    s->pen_asks = true;
    tsadc_update_irq(s);
}

static bool get_touched(Object *obj, Error **errp)
{
    return S5PV210_TSADC(obj)->touched;
}

static void set_touched(Object *obj, bool touched, Error **errp)
{
    S5PV210TsadcState *s = S5PV210_TSADC(obj);

    if (s->touched != touched) {
        s->touched = touched;
        pen_moved(s);
    }
}

/* ---- registers ---- */

/* The pen itself shows in the data registers at any time. */
static uint32_t tsadc_read(S5PV210TsadcState *s, uint32_t offset)
{
    uint32_t v = s5pv210_rows_read(&rows, s->value, &s->unknown, offset);

    if (offset != TSDATX && offset != TSDATY) {
        return v;
    }
    if (offset == TSDATX && reg(s, TSADCCON) & CON_READ_START) {
        conversion_start(s);
    }
    return (v & ~DAT_PEN_UP) | (s->touched ? 0 : DAT_PEN_UP);
}

static void tsadc_write(S5PV210TsadcState *s, uint32_t offset, uint32_t value,
                        uint32_t lanes)
{
    if (offset == CLRINTADC) {
        s->adc_asks = false;
        tsadc_update_irq(s);
        return;
    }
    if (offset == CLRINTPEN) {
        s->pen_asks = false;
        tsadc_update_irq(s);
        return;
    }
    if (!s5pv210_rows_write(&rows, s->value, &s->unknown, offset, value,
                            lanes)) {
        return;
    }
    if (offset == TSADCCON && reg(s, TSADCCON) & CON_START) {
        conversion_start(s);
    }
    if (offset == TSCON && position(s) == XY_WAIT && s->touched) {
        pen_moved(s);
    }
}

S5PV210_WORD_OPS(tsadc, S5PV210TsadcState);

/* ---- the device ---- */

static void tsadc_reset_hold(Object *obj, ResetType type)
{
    S5PV210TsadcState *s = S5PV210_TSADC(obj);

    s5pv210_rows_reset(&rows, s->value);
    s->adc_asks = s->pen_asks = false;
    timer_del(s->end);
}

static void tsadc_reset_exit(Object *obj, ResetType type)
{
    tsadc_update_irq(S5PV210_TSADC(obj));
}

static void tsadc_init(Object *obj)
{
    S5PV210TsadcState *s = S5PV210_TSADC(obj);

    memory_region_init_io(&s->iomem, obj, &tsadc_ops, s, "s5pv210.tsadc",
                          0x1000);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
    sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->adc_irq);
    sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->pen_irq);
    s->pclk = qdev_init_clock_in(DEVICE(obj), "pclk", NULL, NULL, 0);
    s->end = timer_new_ns(QEMU_CLOCK_VIRTUAL, conversion_end, s);
    for (int i = 0; i < INPUTS; i++) {
        g_autofree char *name = g_strdup_printf("ain%d", i);

        s->ain[i] = MIDDLE;
        object_property_add_uint16_ptr(obj, name, &s->ain[i],
                                       OBJ_PROP_FLAG_READWRITE);
    }
    s->x = s->y = MIDDLE;
    object_property_add_uint16_ptr(obj, "touch-x", &s->x,
                                   OBJ_PROP_FLAG_READWRITE);
    object_property_add_uint16_ptr(obj, "touch-y", &s->y,
                                   OBJ_PROP_FLAG_READWRITE);
    object_property_add_bool(obj, "touched", get_touched, set_touched);
}

static void tsadc_realize(DeviceState *dev, Error **errp)
{
    S5PV210TsadcState *s = S5PV210_TSADC(dev);

    s->unknown.block = object_get_canonical_path_component(OBJECT(dev));
}

static const VMStateDescription tsadc_vmstate = {
    .name = TYPE_S5PV210_TSADC,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_CLOCK(pclk, S5PV210TsadcState),
        VMSTATE_TIMER_PTR(end, S5PV210TsadcState),
        VMSTATE_UINT32_ARRAY(value, S5PV210TsadcState, END / 4),
        VMSTATE_BOOL(adc_asks, S5PV210TsadcState),
        VMSTATE_BOOL(pen_asks, S5PV210TsadcState),
        VMSTATE_UINT16_ARRAY(ain, S5PV210TsadcState, INPUTS),
        VMSTATE_UINT16(x, S5PV210TsadcState),
        VMSTATE_UINT16(y, S5PV210TsadcState),
        VMSTATE_BOOL(touched, S5PV210TsadcState),
        VMSTATE_END_OF_LIST()
    }
};

static void tsadc_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    ResettableClass *rc = RESETTABLE_CLASS(klass);

    dc->realize = tsadc_realize;
    dc->vmsd = &tsadc_vmstate;
    rc->phases.hold = tsadc_reset_hold;
    rc->phases.exit = tsadc_reset_exit;
}

static const TypeInfo tsadc_info = {
    .name = TYPE_S5PV210_TSADC,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S5PV210TsadcState),
    .instance_init = tsadc_init,
    .class_init = tsadc_class_init,
};

static void tsadc_register(void)
{
    type_register_static(&tsadc_info);
}

type_init(tsadc_register)
