/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/pmu.c - power management and system control: reset causes,
 * INFORM, PS_HOLD.
 *
 *   GPIO in "reset" n: reset the chip for the cause n (s5pv210.h)
 */
#include "qemu/osdep.h"
#include "hw/qdev-properties.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qemu/module.h"
#include "system/runstate.h"
#include "s5pv210.h"
#include "store.h"
#include "trace.h"

OBJECT_DECLARE_SIMPLE_TYPE(S5PV210PmuState, S5PV210_PMU)

/* Offsets from 0xE0108000; manuals count from 0xE0100000. */
enum {
    RST_STAT = 0x2000,
    WAKEUP_STAT = 0x4200,
    OTHERS = 0x6000,
    OM_STAT = 0x6100,
    PS_HOLD = 0x681c,
    INFORM0 = 0x7000,
};

#define SIZE 0x8000
#define INFORMS 8
#define OTHERS_RELEASE 0xf0000000u
#define PS_HOLD_DATA (1u << 8)
#define PS_HOLD_OUT (1u << 9)
#define PS_HOLD_ENABLE (1u << 0)
#define PS_HOLD_ON (PS_HOLD_DATA | PS_HOLD_OUT | PS_HOLD_ENABLE)

#define ALL 0xffffffff
static const S5PV210Row rows_table[] = {
    { 0x0000, 0x0000, 0x3, ALL },
    { RST_STAT, RST_STAT, 1u << S5PV210_RESET_PIN, 0 },
    { 0x4000, 0x400c, 0, ALL },
    { 0x4010, 0x4010, 0xffffffbf, ALL }, { 0x4020, 0x4020, 0x60000000, ALL },
    { 0x4030, 0x4030, 0x96000000, ALL }, { 0x4034, 0x4034, 0xff, ALL },
    { 0x4040, 0x4040, 0, ALL },
    { 0x4100, 0x4100, 0xf, ALL }, { 0x4104, 0x4104, 0xfffff, ALL },
    { 0x4108, 0x4108, 0, ALL }, { 0x4110, 0x4110, 0xffffffff, ALL },
    { 0x4114, 0x4114, 0x03ff03ff, ALL },
    { WAKEUP_STAT, WAKEUP_STAT, 0, 0 },
    { 0x4204, 0x4204, 0xbf, 0 },        /* every power domain is on */
    { 0x4300, 0x4300, 0x606, ALL },
    { OTHERS, OTHERS, 0, ~OTHERS_RELEASE },
    { OM_STAT, OM_STAT, 0, 0 },
    { 0x6800, 0x6800, 1, ALL }, { 0x6804, 0x6804, 0x960000, ALL },
    { 0x6808, 0x680c, 0, ALL }, { 0x6810, 0x6810, 1, ALL },
    { 0x6814, 0x6818, 0, ALL }, { PS_HOLD, PS_HOLD, 0x5200, ALL },
    { INFORM0, INFORM0 + 4 * INFORMS - 4, 0, ALL },
};
static const S5PV210Rows rows = S5PV210_ROWS("pmu", rows_table);

struct S5PV210PmuState {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    S5PV210Unknown unknown;
    uint32_t value[SIZE / 4];
    uint32_t cause;             /* of the reset that is on its way; 0: power */
    uint32_t om;                /* the OM pins */
};

/* The chip resets itself: RST_STAT will say why, and INFORM stays. */
static void pmu_reset_chip(void *opaque, int cause, int level)
{
    S5PV210PmuState *s = opaque;

    if (level) {
        trace_s5pv210_pmu_reset(cause);
        s->cause = 1u << cause;
        qemu_system_reset_request(SHUTDOWN_CAUSE_GUEST_RESET);
    }
}

static uint32_t pmu_read(S5PV210PmuState *s, uint32_t offset)
{
    return s5pv210_rows_read(&rows, s->value, &s->unknown, offset);
}

/* The board's supply holds itself on by this pin. */
static void pmu_ps_hold(uint32_t before, uint32_t now)
{
    if ((before & PS_HOLD_ON) == PS_HOLD_ON &&
        (now & PS_HOLD_ON) == (PS_HOLD_OUT | PS_HOLD_ENABLE)) {
        qemu_system_shutdown_request(SHUTDOWN_CAUSE_GUEST_SHUTDOWN);
    }
}

static void pmu_write(S5PV210PmuState *s, uint32_t offset, uint32_t value,
                      uint32_t lanes)
{
    uint32_t before = s->value[offset / 4];

    if (offset == WAKEUP_STAT) {
        s->value[offset / 4] &= ~value;
        return;
    }
    if (s5pv210_rows_write(&rows, s->value, &s->unknown, offset, value,
                           lanes) && offset == PS_HOLD) {
        pmu_ps_hold(before, s->value[offset / 4]);
    }
}

S5PV210_WORD_OPS(pmu, S5PV210PmuState);

static void pmu_reset_hold(Object *obj, ResetType type)
{
    S5PV210PmuState *s = S5PV210_PMU(obj);
    uint32_t inform[INFORMS];

    memcpy(inform, &s->value[INFORM0 / 4], sizeof(inform));
    s5pv210_rows_reset(&rows, s->value);
    s->value[OM_STAT / 4] = s->om;
    if (s->cause) {
        s->value[RST_STAT / 4] = s->cause;
        memcpy(&s->value[INFORM0 / 4], inform, sizeof(inform));
    }
    s->cause = 0;
}

static void pmu_instance_init(Object *obj)
{
    S5PV210PmuState *s = S5PV210_PMU(obj);

    s->unknown.block = "pmu";
    memory_region_init_io(&s->iomem, obj, &pmu_ops, s, "s5pv210.pmu", SIZE);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
    qdev_init_gpio_in_named(DEVICE(obj), pmu_reset_chip, "reset",
                            S5PV210_RESET_CAUSES);
}

static const VMStateDescription pmu_vmstate = {
    .name = TYPE_S5PV210_PMU,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT32_ARRAY(value, S5PV210PmuState, SIZE / 4),
        VMSTATE_UINT32(cause, S5PV210PmuState),
        VMSTATE_END_OF_LIST()
    }
};

static const Property pmu_properties[] = {
    DEFINE_PROP_UINT32("om", S5PV210PmuState, om, S5PV210_OM_SD0),
};

static void pmu_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    ResettableClass *rc = RESETTABLE_CLASS(klass);

    dc->vmsd = &pmu_vmstate;
    device_class_set_props(dc, pmu_properties);
    rc->phases.hold = pmu_reset_hold;
}

static const TypeInfo pmu_info = {
    .name = TYPE_S5PV210_PMU,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S5PV210PmuState),
    .instance_init = pmu_instance_init,
    .class_init = pmu_class_init,
};

static void pmu_register(void)
{
    type_register_static(&pmu_info);
}

type_init(pmu_register)
