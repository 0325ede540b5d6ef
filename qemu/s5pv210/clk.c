/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/clk.c - the clock controller: PLLs, muxes, dividers, gates;
 * software reset.
 *
 * Clocks out: "pclk-psys" for the slow peripherals, "sclk-pwm"; "hclk-dsys"
 * and "sclk-fimd" for the display.  They follow what is written.  The reset
 * values are what boot code sets, since no program sees the chip before the
 * boot ROM, and what that one leaves is not known.
 *   GPIO out "reset": to the PMU
 */
#include "qemu/osdep.h"
#include "hw/irq.h"
#include "hw/qdev-clock.h"
#include "migration/vmstate.h"
#include "qemu/module.h"
#include "s5pv210.h"
#include "store.h"
#include "trace.h"

OBJECT_DECLARE_SIMPLE_TYPE(S5PV210ClkState, S5PV210_CLK)

enum {
    APLL_CON0 = 0x100,
    MPLL_CON = 0x108,
    EPLL_CON0 = 0x110,
    EPLL_CON1 = 0x114,
    VPLL_CON = 0x120,
    CLK_SRC0 = 0x200,
    CLK_SRC1 = 0x204,
    CLK_SRC5 = 0x214,
    CLK_SRC6 = 0x218,
    CLK_DIV0 = 0x300,
    CLK_DIV1 = 0x304,
    CLK_DIV5 = 0x314,
    MUX_STAT0 = 0x1100,
    MUX_STAT1 = 0x1104,
    SWRESET = 0x2000,
};

#define SIZE 0x8000
#define XTAL_HZ 24000000u
#define HDMI27_HZ 27000000u
#define USBPHY_HZ 48000000u
#define HDMIPHY_HZ 54000000u
#define PLL_ENABLE (1u << 31)
#define PLL_LOCKED (1u << 29)

#define ALL 0xffffffff
static const S5PV210Row rows_table[] = {
    { 0x000, 0x000, 0xfff, 0xffff }, { 0x008, 0x008, 0xfff, 0xffff },
    { 0x010, 0x010, 0xfff, 0xffff }, { 0x020, 0x020, 0xfff, 0xffff },
    { APLL_CON0, APLL_CON0, 0x807d0301, ~PLL_LOCKED }, { 0x104, 0x104, 0, ALL },
    { MPLL_CON, MPLL_CON, 0x829b0c01, ~PLL_LOCKED },
    { EPLL_CON0, EPLL_CON0, 0x80600602, ~PLL_LOCKED },
    { EPLL_CON1, EPLL_CON1, 0, 0xffff },
    { VPLL_CON, VPLL_CON, 0x806c0603, ~PLL_LOCKED },
    { CLK_SRC0, CLK_SRC0, 0x10001111, ALL }, { 0x204, 0x218, 0, ALL },
    { 0x280, 0x284, ALL, ALL },
    { CLK_DIV0, CLK_DIV0, 0x14131440, ALL }, { 0x304, 0x31c, 0, ALL },
    { 0x400, 0x408, ALL, ALL },         /* gates: all running */
    { 0x420, 0x424, ALL, ALL }, { 0x440, 0x444, ALL, ALL },
    { 0x460, 0x470, ALL, ALL }, { 0x480, 0x488, ALL, ALL },
    { 0x500, 0x500, 0, ALL },
    { 0x1000, 0x1004, 0, 0 }, /* stable */
    { MUX_STAT0, MUX_STAT1, 0, 0 },
    { SWRESET, SWRESET, 0, 0 },
    { 0x3000, 0x3020, 0, ALL }, { 0x6100, 0x6100, 0, ALL },
    { 0x7000, 0x7010, 0, ALL },
};
static const S5PV210Rows rows = S5PV210_ROWS("clk", rows_table);

struct S5PV210ClkState {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    S5PV210Unknown unknown;
    Clock *pclk_psys;
    Clock *sclk_pwm;
    Clock *hclk_dsys;
    Clock *sclk_fimd;
    qemu_irq reset;
    uint32_t value[SIZE / 4];
};

static uint32_t reg(const S5PV210ClkState *s, uint32_t offset)
{
    return s->value[offset / 4];
}

/* extra_shift: APLL's S counts from 1.  k: EPLL's fraction, of 65536. */
static uint32_t pll_hz(uint32_t con, uint32_t k, int extra_shift)
{
    uint64_t m = (uint64_t)extract32(con, 16, 10) << 16 | k;
    uint32_t p = extract32(con, 8, 6);
    int shift = 16 + (int)extract32(con, 0, 3) + extra_shift;

    if (!(con & PLL_ENABLE) || !p) {
        return 0;
    }
    return XTAL_HZ * m / p >> shift;
}

/* What the first mux of each PLL lets through: the crystal or the PLL. */
static uint32_t apll(const S5PV210ClkState *s)
{
    return extract32(reg(s, CLK_SRC0), 0, 1) ? pll_hz(reg(s, APLL_CON0), 0, -1)
                                             : XTAL_HZ;
}

static uint32_t mpll(const S5PV210ClkState *s)
{
    return extract32(reg(s, CLK_SRC0), 4, 1) ? pll_hz(reg(s, MPLL_CON), 0, 0)
                                             : XTAL_HZ;
}

static uint32_t epll(const S5PV210ClkState *s)
{
    return extract32(reg(s, CLK_SRC0), 8, 1) ?
           pll_hz(reg(s, EPLL_CON0) & ~(1u << 25), reg(s, EPLL_CON1), 0) :
           XTAL_HZ;
}

static uint32_t vpll(const S5PV210ClkState *s)
{
    return extract32(reg(s, CLK_SRC0), 12, 1) ?
           pll_hz(reg(s, VPLL_CON) & ~(1u << 25), 0, 0) : XTAL_HZ;
}

static uint32_t pclk_psys_hz(const S5PV210ClkState *s)
{
    uint32_t div0 = reg(s, CLK_DIV0);
    uint32_t a2m = apll(s) / (1 + extract32(div0, 4, 3));
    uint32_t in = extract32(reg(s, CLK_SRC0), 24, 1) ? a2m : mpll(s);

    return in / (1 + extract32(div0, 24, 4)) / (1 + extract32(div0, 28, 3));
}

/* The muxes and dividers of the special clocks, four bits each. */
static uint32_t sclk_hz(const S5PV210ClkState *s, uint32_t src, uint32_t div,
                        int shift)
{
    uint32_t in[16] = {
        XTAL_HZ, XTAL_HZ, HDMI27_HZ, USBPHY_HZ, USBPHY_HZ, HDMIPHY_HZ,
        mpll(s), epll(s), vpll(s)
    };

    return in[extract32(reg(s, src), shift, 4)] /
           (1 + extract32(reg(s, div), shift, 4));
}

static uint32_t hclk_dsys_hz(const S5PV210ClkState *s)
{
    uint32_t div0 = reg(s, CLK_DIV0);
    uint32_t a2m = apll(s) / (1 + extract32(div0, 4, 3));
    uint32_t in = extract32(reg(s, CLK_SRC0), 20, 1) ? a2m : mpll(s);

    return in / (1 + extract32(div0, 16, 4));
}

static void clk_update(S5PV210ClkState *s)
{
    uint32_t psys = pclk_psys_hz(s);
    uint32_t pwm = sclk_hz(s, CLK_SRC5, CLK_DIV5, 12);

    clock_update_hz(s->hclk_dsys, hclk_dsys_hz(s));
    clock_update_hz(s->sclk_fimd, sclk_hz(s, CLK_SRC1, CLK_DIV1, 20));
    if (clock_get_hz(s->pclk_psys) == psys &&
        clock_get_hz(s->sclk_pwm) == pwm) {
        return;
    }
    trace_s5pv210_clk_pclk(psys, pwm);
    clock_update_hz(s->pclk_psys, psys);
    clock_update_hz(s->sclk_pwm, pwm);
}

static bool is_pll(uint32_t offset)
{
    return offset == APLL_CON0 || offset == MPLL_CON || offset == EPLL_CON0 ||
           offset == VPLL_CON;
}

/* What the multiplexers have chosen: a bit for each of a field's inputs. */
static uint32_t mux_status(const S5PV210ClkState *s, uint32_t offset)
{
    uint32_t src6 = s->value[CLK_SRC6 / 4], status = 0;

    if (offset == MUX_STAT1) {
        return 1u << (16 + extract32(src6, 16, 1)) |
               1u << (24 + extract32(src6, 24, 2));
    }
    for (int field = 0; field < 32; field += 4) {
        status |= 1u << (field + extract32(s->value[CLK_SRC0 / 4], field, 1));
    }
    return status;
}

static uint32_t clk_read(S5PV210ClkState *s, uint32_t offset)
{
    uint32_t v = s5pv210_rows_read(&rows, s->value, &s->unknown, offset);

    if (offset == MUX_STAT0 || offset == MUX_STAT1) {
        return mux_status(s, offset);
    }
    /* a PLL that is on has locked */
    return is_pll(offset) && (v & PLL_ENABLE) ? v | PLL_LOCKED : v;
}

static void clk_write(S5PV210ClkState *s, uint32_t offset, uint32_t value,
                      uint32_t lanes)
{
    if (offset == SWRESET) {
        if (value & 1) {
            qemu_irq_pulse(s->reset);
        }
        return;
    }
    if (s5pv210_rows_write(&rows, s->value, &s->unknown, offset, value,
                           lanes)) {
        clk_update(s);
    }
}

S5PV210_WORD_OPS(clk, S5PV210ClkState);

static void clk_reset_hold(Object *obj, ResetType type)
{
    S5PV210ClkState *s = S5PV210_CLK(obj);

    s5pv210_rows_reset(&rows, s->value);
    clk_update(s);
}

static void clk_init(Object *obj)
{
    S5PV210ClkState *s = S5PV210_CLK(obj);

    s->unknown.block = "clk";
    memory_region_init_io(&s->iomem, obj, &clk_ops, s, "s5pv210.clk", SIZE);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
    s->pclk_psys = qdev_init_clock_out(DEVICE(obj), "pclk-psys");
    s->sclk_pwm = qdev_init_clock_out(DEVICE(obj), "sclk-pwm");
    s->hclk_dsys = qdev_init_clock_out(DEVICE(obj), "hclk-dsys");
    s->sclk_fimd = qdev_init_clock_out(DEVICE(obj), "sclk-fimd");
    qdev_init_gpio_out_named(DEVICE(obj), &s->reset, "reset", 1);
}

static const VMStateDescription clk_vmstate = {
    .name = TYPE_S5PV210_CLK,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_CLOCK(pclk_psys, S5PV210ClkState),
        VMSTATE_CLOCK(sclk_pwm, S5PV210ClkState),
        VMSTATE_CLOCK(hclk_dsys, S5PV210ClkState),
        VMSTATE_CLOCK(sclk_fimd, S5PV210ClkState),
        VMSTATE_UINT32_ARRAY(value, S5PV210ClkState, SIZE / 4),
        VMSTATE_END_OF_LIST()
    }
};

static void clk_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    ResettableClass *rc = RESETTABLE_CLASS(klass);

    dc->vmsd = &clk_vmstate;
    rc->phases.hold = clk_reset_hold;
}

static const TypeInfo clk_info = {
    .name = TYPE_S5PV210_CLK,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S5PV210ClkState),
    .instance_init = clk_init,
    .class_init = clk_class_init,
};

static void clk_register(void)
{
    type_register_static(&clk_info);
}

type_init(clk_register)
