/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/fimd.c - the display controller (FIMD 6): registers, the
 * frame's timing, interrupts, QEMU's console.
 *
 * What is written shows at once, without waiting for the next frame.  QEMU's
 * exynos4210.fimd was not taken: values a guest writes can end it.
 *
 *   clocks in "hclk" (HCLK_DSYS), "vclk" (SCLK_FIMD)
 *   sysbus irq 0: FIFO (never), 1: frame, 2: i80 (never)
 */
#include "qemu/osdep.h"
#include "hw/irq.h"
#include "hw/qdev-clock.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qemu/host-utils.h"
#include "qemu/module.h"
#include "qemu/timer.h"
#include "ui/console.h"
#include "fimd.h"
#include "s5pv210.h"
#include "store.h"
#include "trace.h"

OBJECT_DECLARE_SIMPLE_TYPE(S5PV210FimdState, S5PV210_FIMD)

#define SIZE 0x20000
#define ENABLED 3u              /* VIDCON0: ENVID and ENVID_F */
#define VIDCON0_SCLK (1u << 2)
#define VIDCON1_STATUS 0x07ffe000u
#define INT_ENABLE (1u << 0)
#define INT_FRAME_ENABLE (1u << 12)
#define PEND_FRAME (1u << 1)
#define PEND_ALL 7u
/* Faster frames than any panel has are not made, so that QEMU can go on. */
#define SHORTEST_FRAME_NS 100000

/* The parts of a frame, in the order of VIDINTCON0's FRAMESEL0. */
enum { BACK_PORCH, VSYNC, ACTIVE, FRONT_PORCH, STAGES };

#define ALL 0xffffffff
static const S5PV210Row rows_table[] = {
    { FIMD_VIDCON0, FIMD_VIDCON0, 0, ALL },
    { FIMD_VIDCON1, FIMD_VIDCON1, 0, ~VIDCON1_STATUS },
    { 0x008, 0x00c, 0, ALL }, { 0x010, 0x01c, 0, ALL },
    { FIMD_WINCON, 0x030, 0, ~(FIMD_WINCON_BUFSTAT0 | FIMD_WINCON_BUFSTAT1) },
    { FIMD_SHADOWCON, FIMD_SHADOWCON, 0, ALL },
    { 0x03c, 0x03c, 0x7d517d51, ALL },
    { FIMD_VIDOSD, 0x088, 0, ALL },
    { 0x0a0, 0x0c4, 0, ALL }, { 0x0d0, 0x0f4, 0, ALL },
    { FIMD_VIDWADD2, 0x110, 0, ALL },
    { FIMD_VIDINTCON0, FIMD_VIDINTCON0, 0, ALL },
    { FIMD_VIDINTCON1, FIMD_VIDINTCON1, 0, 0 },
    { FIMD_WKEYCON, 0x15c, 0, ALL }, { 0x160, 0x16c, 0, ALL },
    { 0x170, 0x170, 0, ALL },
    { FIMD_WINMAP, 0x190, 0, 0x01ffffff },
    { FIMD_WPALCON_H, FIMD_WPALCON_L, 0, ALL }, { 0x1a4, 0x1a8, 0, ALL },
    { 0x1b0, 0x1bc, 0, ALL }, { 0x1c0, 0x1c0, 0x10040100, ALL },
    { 0x1d0, 0x1d4, 0, ALL }, { 0x1e0, 0x1e8, 0, ALL },
    { 0x1ec, 0x1ec, 0x01000100, ALL }, { 0x1f0, 0x1f4, 0, ALL },
    { 0x1f8, 0x1f8, 0x01000100, ALL }, { 0x1fc, 0x1fc, 0x01000100, ALL },
    { 0x200, 0x204, 0, ALL }, { 0x208, 0x208, 0x01000100, ALL },
    { 0x20c, 0x20c, 0x01800080, ALL },
    { FIMD_VIDWALPHA, 0x240, 0, ALL }, { FIMD_BLENDEQ, 0x250, 0xc2, ALL },
    { FIMD_BLENDCON, FIMD_BLENDCON, 0, ALL }, { 0x264, 0x274, 0, ALL },
    { 0x280, 0x2ac, 0, ALL },
    { FIMD_VIDWADD0_B2, 0x20c0, 0, ALL },
    { FIMD_PALETTE, 0x37fc, 0, ALL },
};
static const S5PV210Rows rows = S5PV210_ROWS("fimd", rows_table);

struct S5PV210FimdState {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    S5PV210Unknown unknown;
    QemuConsole *console;
    Clock *hclk;
    Clock *vclk;
    qemu_irq irq[3];
    QEMUTimer *event;

    uint32_t value[FIMD_END / 4];
    int64_t start_ns;           /* of the first frame */
};

static uint32_t reg(const S5PV210FimdState *s, uint32_t offset)
{
    return s->value[offset / 4];
}

static bool running(const S5PV210FimdState *s)
{
    return (reg(s, FIMD_VIDCON0) & ENABLED) == ENABLED;
}

/* ---- the frame's timing ---- */

/* A field of 8 bits of a timing register, which counts from 0. */
static uint64_t span(const S5PV210FimdState *s, uint32_t offset, int shift)
{
    return extract32(reg(s, offset), shift, 8) + 1;
}

static uint64_t frame_lines(const S5PV210FimdState *s)
{
    return span(s, FIMD_VIDTCON0, 0) + span(s, FIMD_VIDTCON0, 8) +
           span(s, FIMD_VIDTCON0, 16) + fimd_lines(s->value);
}

/* 0: there is no clock. */
static int64_t frame_ns(const S5PV210FimdState *s)
{
    uint32_t vidcon0 = reg(s, FIMD_VIDCON0);
    uint64_t hz = clock_get_hz(vidcon0 & VIDCON0_SCLK ? s->vclk : s->hclk);
    uint64_t dots = frame_lines(s) *
                    (span(s, FIMD_VIDTCON1, 0) + span(s, FIMD_VIDTCON1, 8) +
                     span(s, FIMD_VIDTCON1, 16) + fimd_columns(s->value));
    uint64_t ticks = dots * (extract32(vidcon0, 6, 8) + 1);

    if (!hz) {
        return 0;
    }
    return MAX(SHORTEST_FRAME_NS, muldiv64(ticks, NANOSECONDS_PER_SECOND, hz));
}

/* The line of the frame at which a stage begins; VSYNC is the first. */
static uint64_t stage_line(const S5PV210FimdState *s, int stage)
{
    uint64_t line = 0;

    switch (stage) {
    case FRONT_PORCH:
        line += fimd_lines(s->value);
        /* fallthrough */
    case ACTIVE:
        line += span(s, FIMD_VIDTCON0, 16);
        /* fallthrough */
    case BACK_PORCH:
        line += span(s, FIMD_VIDTCON0, 0);
        /* fallthrough */
    default:
        return line;
    }
}

/* LINECNT and VSTATUS of VIDCON1. */
static uint32_t frame_status(const S5PV210FimdState *s)
{
    static const uint8_t vstatus[STAGES] = { 1, 0, 2, 3 };
    int64_t frame = frame_ns(s);
    int64_t now = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) - s->start_ns;
    int stage = VSYNC;
    uint64_t line;
    uint32_t count = 0;

    if (!running(s) || !frame) {
        return 0;
    }
    line = muldiv64(now % frame, frame_lines(s), frame);
    if (line >= stage_line(s, FRONT_PORCH)) {
        stage = FRONT_PORCH;
    } else if (line >= stage_line(s, ACTIVE)) {
        stage = ACTIVE;
        count = line - stage_line(s, ACTIVE);
    } else if (line >= stage_line(s, BACK_PORCH)) {
        stage = BACK_PORCH;
    }
    return count << 16 | vstatus[stage] << 13;
}

/* ---- interrupts ---- */

/* The stages that VIDINTCON0 selects, a bit each. */
static uint32_t stages(const S5PV210FimdState *s)
{
    static const uint32_t second[4] = {
        0, 1u << BACK_PORCH, 1u << VSYNC, 1u << FRONT_PORCH
    };
    uint32_t con = reg(s, FIMD_VIDINTCON0);

    if (!(con & INT_FRAME_ENABLE)) {
        return 0;
    }
    return 1u << extract32(con, 15, 2) | second[extract32(con, 13, 2)];
}

static int64_t next_stage(const S5PV210FimdState *s, int stage, int64_t now)
{
    int64_t frame = frame_ns(s);
    int64_t first = s->start_ns +
                    muldiv64(frame, stage_line(s, stage), frame_lines(s));

    return now < first ? first : first + ((now - first) / frame + 1) * frame;
}

static void fimd_plan(S5PV210FimdState *s)
{
    int64_t now = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL), when = INT64_MAX;
    uint32_t selected = stages(s);

    if (!running(s) || !frame_ns(s) || !selected) {
        timer_del(s->event);
        return;
    }
    for (int stage = 0; stage < STAGES; stage++) {
        if (extract32(selected, stage, 1)) {
            when = MIN(when, next_stage(s, stage, now));
        }
    }
    timer_mod(s->event, when);
}

static void fimd_update_irq(S5PV210FimdState *s)
{
    uint32_t con = reg(s, FIMD_VIDINTCON0);
    bool on = con & INT_ENABLE && con & INT_FRAME_ENABLE;

    qemu_set_irq(s->irq[1], on && reg(s, FIMD_VIDINTCON1) & PEND_FRAME);
}

static void fimd_event(void *opaque)
{
    S5PV210FimdState *s = opaque;

    s->value[FIMD_VIDINTCON1 / 4] |= PEND_FRAME;
    fimd_update_irq(s);
    fimd_plan(s);
}

static void fimd_clock(void *opaque, ClockEvent event)
{
    fimd_plan(opaque);
}

/* ---- registers ---- */

static uint32_t unalias(uint32_t offset)
{
    return offset >= FIMD_PALETTE_ALIAS && offset < FIMD_PALETTE_ALIAS_END ?
           offset - FIMD_PALETTE_ALIAS + FIMD_PALETTE : offset;
}

static uint32_t fimd_read(S5PV210FimdState *s, uint32_t offset)
{
    uint32_t v = s5pv210_rows_read(&rows, s->value, &s->unknown,
                                   unalias(offset));

    if (offset == FIMD_VIDCON1) {
        v |= frame_status(s);
    }
    if (offset >= FIMD_WINCON && offset < FIMD_WINCON + 4 * FIMD_WINDOWS) {
        v |= v & FIMD_WINCON_BUFSEL0 ? FIMD_WINCON_BUFSTAT0 : 0;
        v |= v & FIMD_WINCON_BUFSEL1 ? FIMD_WINCON_BUFSTAT1 : 0;
    }
    return v;
}

static void fimd_write(S5PV210FimdState *s, uint32_t offset, uint32_t value,
                       uint32_t lanes)
{
    bool was_running = running(s);

    if (offset == FIMD_VIDINTCON1) {
        s->value[offset / 4] &= ~(value & PEND_ALL);
        fimd_update_irq(s);
        return;
    }
    if (!s5pv210_rows_write(&rows, s->value, &s->unknown, unalias(offset),
                            value, lanes)) {
        return;
    }
    if (!was_running && running(s)) {
        s->start_ns = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
        trace_s5pv210_fimd(fimd_columns(s->value), fimd_lines(s->value),
                           frame_ns(s));
    }
    if (offset <= FIMD_VIDTCON2 || offset == FIMD_VIDINTCON0) {
        fimd_update_irq(s);
        fimd_plan(s);
    }
}

S5PV210_WORD_OPS(fimd, S5PV210FimdState);

/* ---- the picture ---- */

static void draw(S5PV210FimdState *s, DisplaySurface *surface)
{
    uint8_t *to = surface_data(surface);

    for (unsigned y = 0; y < surface_height(surface); y++) {
        if (running(s)) {
            fimd_draw_line(s->value, y, (uint32_t *)to);
        } else {
            memset(to, 0, surface_width(surface) * 4);
        }
        to += surface_stride(surface);
    }
}

static void fimd_show(void *opaque)
{
    S5PV210FimdState *s = opaque;
    DisplaySurface *surface = qemu_console_surface(s->console);

    /* a panel that is switched off keeps its size */
    if (running(s) && (surface_width(surface) != fimd_columns(s->value) ||
                       surface_height(surface) != fimd_lines(s->value))) {
        qemu_console_resize(s->console, fimd_columns(s->value),
                            fimd_lines(s->value));
        surface = qemu_console_surface(s->console);
    }
    if (surface_bits_per_pixel(surface) != 32) {
        return;
    }
    draw(s, surface);
    dpy_gfx_update_full(s->console);
}

static const GraphicHwOps fimd_graphics = { .gfx_update = fimd_show };

/* ---- the device ---- */

static void fimd_reset_hold(Object *obj, ResetType type)
{
    S5PV210FimdState *s = S5PV210_FIMD(obj);

    s5pv210_rows_reset(&rows, s->value);
    s->start_ns = 0;
    timer_del(s->event);
}

static void fimd_reset_exit(Object *obj, ResetType type)
{
    fimd_update_irq(S5PV210_FIMD(obj));
}

static void fimd_init(Object *obj)
{
    S5PV210FimdState *s = S5PV210_FIMD(obj);

    s->unknown.block = "fimd";
    memory_region_init_io(&s->iomem, obj, &fimd_ops, s, "s5pv210.fimd", SIZE);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
    for (int i = 0; i < ARRAY_SIZE(s->irq); i++) {
        sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->irq[i]);
    }
    s->hclk = qdev_init_clock_in(DEVICE(obj), "hclk", fimd_clock, s,
                                 ClockUpdate);
    s->vclk = qdev_init_clock_in(DEVICE(obj), "vclk", fimd_clock, s,
                                 ClockUpdate);
    s->event = timer_new_ns(QEMU_CLOCK_VIRTUAL, fimd_event, s);
}

static void fimd_realize(DeviceState *dev, Error **errp)
{
    S5PV210FimdState *s = S5PV210_FIMD(dev);

    s->console = graphic_console_init(dev, 0, &fimd_graphics, s);
}

static const VMStateDescription fimd_vmstate = {
    .name = TYPE_S5PV210_FIMD,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_CLOCK(hclk, S5PV210FimdState),
        VMSTATE_CLOCK(vclk, S5PV210FimdState),
        VMSTATE_TIMER_PTR(event, S5PV210FimdState),
        VMSTATE_UINT32_ARRAY(value, S5PV210FimdState, FIMD_END / 4),
        VMSTATE_INT64(start_ns, S5PV210FimdState),
        VMSTATE_END_OF_LIST()
    }
};

static void fimd_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    ResettableClass *rc = RESETTABLE_CLASS(klass);

    dc->realize = fimd_realize;
    dc->vmsd = &fimd_vmstate;
    rc->phases.hold = fimd_reset_hold;
    rc->phases.exit = fimd_reset_exit;
}

static const TypeInfo fimd_info = {
    .name = TYPE_S5PV210_FIMD,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S5PV210FimdState),
    .instance_init = fimd_init,
    .class_init = fimd_class_init,
};

static void fimd_register(void)
{
    type_register_static(&fimd_info);
}

type_init(fimd_register)
