/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/s5pv210.c - the SoC: which block is where, how they are wired.
 *
 * A block that is modelled is a row of blocks[], one that is not a row of
 * stubs[]; what is in neither table aborts, as an empty place on the bus does.
 */
#include "qemu/osdep.h"
#include "exec/address-spaces.h"
#include "hw/or-irq.h"
#include "hw/qdev-clock.h"
#include "hw/qdev-properties.h"
#include "hw/qdev-properties-system.h"
#include "hw/usb/hcd-ehci.h"
#include "hw/usb/hcd-ohci.h"
#include "migration/vmstate.h"
#include "qapi/error.h"
#include "qemu/module.h"
#include "system/blockdev.h"
#include "pl192.h"
#include "s5pv210.h"
#include "store.h"
#include "stub.h"

/* Interrupt numbers: VIC * 32 + source. */
#define VIC(vic, source) ((vic) * 32 + (source))
#define END -1

typedef struct Block {
    const char *name;
    const char *type;
    hwaddr base;
    const int8_t *irqs;         /* of its sysbus irqs in turn, then END */
    uint32_t depth;             /* bytes in each FIFO */
} Block;

#define IRQS(...) (const int8_t[]) { __VA_ARGS__, END }

/* The clock controller and the PMU first: others are wired to them. */
static const Block blocks[] = {
    { "clk", TYPE_S5PV210_CLK, 0xe0100000 },
    { "pmu", TYPE_S5PV210_PMU, 0xe0108000 },
    { "chipid", TYPE_S5PV210_CHIPID, 0xe0000000 },
    { "gpio", TYPE_S5PV210_GPIO, 0xe0200000,
      IRQS(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 30) },
    { "pwm", TYPE_S5PV210_PWM, 0xe2500000, IRQS(21, 22, 23, 24, 25) },
    { "systimer", TYPE_S5PV210_SYSTIMER, 0xe2600000, IRQS(26) },
    { "wdt", TYPE_S5PV210_WDT, 0xe2700000, IRQS(27) },
    { "rtc", TYPE_S5PV210_RTC, 0xe2800000, IRQS(28, 29) },
    { "uart0", TYPE_S5PV210_UART, 0xe2900000, IRQS(VIC(1, 10)), 256 },
    { "uart1", TYPE_S5PV210_UART, 0xe2900400, IRQS(VIC(1, 11)), 64 },
    { "uart2", TYPE_S5PV210_UART, 0xe2900800, IRQS(VIC(1, 12)), 16 },
    { "uart3", TYPE_S5PV210_UART, 0xe2900c00, IRQS(VIC(1, 13)), 16 },
    { "hsmmc0", TYPE_S5PV210_HSMMC, 0xeb000000, IRQS(VIC(1, 26)) },
    { "hsmmc1", TYPE_S5PV210_HSMMC, 0xeb100000, IRQS(VIC(1, 27)) },
    { "hsmmc2", TYPE_S5PV210_HSMMC, 0xeb200000, IRQS(VIC(1, 28)) },
    { "hsmmc3", TYPE_S5PV210_HSMMC, 0xeb300000, IRQS(VIC(3, 2)) },
    { "keypad", TYPE_S5PV210_KEYPAD, 0xe1600000, IRQS(VIC(2, 25)) },
    { "i2c0", TYPE_S5PV210_I2C, 0xe1800000, IRQS(VIC(1, 14)) },
    { "i2c1", TYPE_S5PV210_I2C, 0xfab00000, IRQS(VIC(2, 13)) },
    { "i2c2", TYPE_S5PV210_I2C, 0xe1a00000, IRQS(VIC(1, 19)) },
    { "i2c-hdmiphy", TYPE_S5PV210_I2C, 0xfa900000, IRQS(VIC(1, 20)) },
    { "tsadc0", TYPE_S5PV210_TSADC, 0xe1700000, IRQS(VIC(2, 23), VIC(2, 24)) },
    { "tsadc1", TYPE_S5PV210_TSADC, 0xe1701000, IRQS(VIC(3, 9), VIC(3, 10)) },
    { "fimd", TYPE_S5PV210_FIMD, 0xf8000000,
      IRQS(VIC(2, 0), VIC(2, 1), VIC(2, 2)) },
    { "fimg2d", TYPE_S5PV210_G2D, 0xfa000000, IRQS(VIC(2, 9)) },
    { "mdma", TYPE_S5PV210_DMA, 0xfa200000, IRQS(18) },
    { "pdma0", TYPE_S5PV210_DMA, 0xe0900000, IRQS(19) },
    { "pdma1", TYPE_S5PV210_DMA, 0xe0a00000, IRQS(20) },
    { "spi0", TYPE_S5PV210_SPI, 0xe1300000, IRQS(VIC(1, 15)), 256 },
    { "spi1", TYPE_S5PV210_SPI, 0xe1400000, IRQS(VIC(1, 16)), 64 },
    { "i2s0", TYPE_S5PV210_I2S, 0xeee30000, IRQS(VIC(2, 16)) },
    { "i2s1", TYPE_S5PV210_I2S, 0xe2100000, IRQS(VIC(2, 17)) },
    { "i2s2", TYPE_S5PV210_I2S, 0xe2a00000, IRQS(VIC(2, 18)) },
    { "audss-clk", TYPE_S5PV210_AUDSS, 0xeee10000 },
    { "ac97", TYPE_S5PV210_AC97, 0xe2200000 },
    { "pcm0", TYPE_S5PV210_PCM, 0xe2300000 },
    { "pcm1", TYPE_S5PV210_PCM, 0xe1200000 },
    { "pcm2", TYPE_S5PV210_PCM, 0xe2b00000 },
    { "spdif", TYPE_S5PV210_SPDIF, 0xe1100000 },
    { "otg", TYPE_S5PV210_OTG, 0xec000000 },
    { "usb-phy", TYPE_S5PV210_USBPHY, 0xec100000 },
    { "ehci", TYPE_EXYNOS4210_EHCI, 0xec200000 },
    { "ohci", TYPE_SYSBUS_OHCI, 0xec300000 },
    { "onenand", TYPE_S5PV210_ONENAND, 0xb0000000 },
    { "nfcon", TYPE_S5PV210_NFCON, 0xb0e00000, IRQS(VIC(1, 8)) },
    { "nfecc", TYPE_S5PV210_NFECC, 0xb0e20000 },
    { "dmc0", TYPE_S5PV210_DMC, 0xf0000000 },
    { "dmc1", TYPE_S5PV210_DMC, 0xf1400000 },
    { "sromc", TYPE_S5PV210_SROMC, 0xe8000000 },
    { "tzpc0", TYPE_S5PV210_TZPC, 0xf1500000 },
    { "tzpc1", TYPE_S5PV210_TZPC, 0xfad00000 },
    { "tzpc2", TYPE_S5PV210_TZPC, 0xe0600000 },
    { "tzpc3", TYPE_S5PV210_TZPC, 0xe1c00000 },
    { "async-e0f", TYPE_S5PV210_ASYNC, 0xe0f00000 },
    { "async-e1f", TYPE_S5PV210_ASYNC, 0xe1f00000 },
    { "async-f18", TYPE_S5PV210_ASYNC, 0xf1800000 },
    { "async-f19", TYPE_S5PV210_ASYNC, 0xf1900000 },
    { "async-f1a", TYPE_S5PV210_ASYNC, 0xf1a00000 },
    { "async-f1b", TYPE_S5PV210_ASYNC, 0xf1b00000 },
    { "async-f1c", TYPE_S5PV210_ASYNC, 0xf1c00000 },
    { "async-f1d", TYPE_S5PV210_ASYNC, 0xf1d00000 },
    { "async-f1e", TYPE_S5PV210_ASYNC, 0xf1e00000 },
    { "async-f1f", TYPE_S5PV210_ASYNC, 0xf1f00000 },
    { "async-faf", TYPE_S5PV210_ASYNC, 0xfaf00000 },
};

typedef struct Stub {
    const char *name;
    hwaddr base;
    uint64_t size;
    uint32_t fill;
} Stub;

/* An empty chip select: nobody drives the data lines. */
#define FLOATING 0xffffffff

/*
 * Boot code of one family writes there by a slip of the pen (0xE020000 for
 * 0xE0200000), and works on the chip: what boots is mirrored, it seems.
 */
static const Stub stubs[] = {
    { "boot-mirror", 0x00038000, 512 * MiB - 0x38000 },
    { "srom-bank0", 0x80000000, 128 * MiB, FLOATING },
    { "srom-bank1", 0x88000000, 128 * MiB, FLOATING },
    { "srom-bank2", 0x90000000, 128 * MiB, FLOATING },
    { "srom-bank3", 0x98000000, 128 * MiB, FLOATING },
    { "srom-bank4", 0xa0000000, 128 * MiB, FLOATING },
    { "srom-bank5", 0xa8000000, 128 * MiB, FLOATING },
    { "onenand-ctrl", 0xb0600000, 0x2000 },
    { "audio-sram", 0xc0000000, 1 * MiB },
    { "dmz-rom", 0xd8000000, 64 * KiB },
    { "cec", 0xe1b00000, 4 * KiB },
    { "cfcon", 0xe8200000, 4 * KiB },
    { "otg-fifos", 0xec001000, 124 * KiB },
    { "ohci-rest", 0xec300100, 0xf00 },
    { "mfc", 0xf1700000, 64 * KiB },
    { "tzic0", 0xf2800000, 4 * KiB },
    { "tzic1", 0xf2900000, 4 * KiB },
    { "tzic2", 0xf2a00000, 4 * KiB },
    { "tzic3", 0xf2b00000, 4 * KiB },
    { "tvenc", 0xf9000000, 4 * KiB },
    { "vp", 0xf9100000, 4 * KiB },
    { "mixer", 0xf9200000, 4 * KiB },
    { "hdmi", 0xfa100000, 512 * KiB },
    { "rotator", 0xfa300000, 4 * KiB },
    { "csis", 0xfa600000, 4 * KiB },
    { "axi-dsys", 0xfa700000, 4 * KiB },
    { "fimc0", 0xfb200000, 4 * KiB },
    { "fimc1", 0xfb300000, 4 * KiB },
    { "fimc2", 0xfb400000, 4 * KiB },
    { "jpeg", 0xfb600000, 4 * KiB },
    { "ipc", 0xfb700000, 4 * KiB },
};

qemu_irq s5pv210_irq(S5PV210State *s, int n)
{
    return qdev_get_gpio_in(s->vic[n / 32], n % 32);
}

/* VIC3 -> VIC2 -> VIC1 -> VIC0 -> the core */
static void wire_vics(S5PV210State *s)
{
    for (int n = S5PV210_VICS - 1; n >= 0; n--) {
        g_autofree char *name = g_strdup_printf("vic%d", n);
        DeviceState *vic = qdev_new(TYPE_PL192);
        SysBusDevice *sbd = SYS_BUS_DEVICE(vic);

        object_property_add_child(OBJECT(s), name, OBJECT(vic));
        if (n < S5PV210_VICS - 1) {
            object_property_set_link(OBJECT(vic), "daisy",
                                     OBJECT(s->vic[n + 1]), &error_fatal);
        }
        sysbus_realize_and_unref(sbd, &error_fatal);
        sysbus_mmio_map(sbd, 0, 0xf2000000 + n * 0x100000);
        s->vic[n] = vic;
    }
    for (int n = 1; n < S5PV210_VICS; n++) {
        SysBusDevice *sbd = SYS_BUS_DEVICE(s->vic[n]);

        sysbus_connect_irq(sbd, 0, qdev_get_gpio_in_named(s->vic[n - 1],
                                                          "daisy-irq", 0));
        sysbus_connect_irq(sbd, 1, qdev_get_gpio_in_named(s->vic[n - 1],
                                                          "daisy-fiq", 0));
    }
    sysbus_connect_irq(SYS_BUS_DEVICE(s->vic[0]), 0,
                       qdev_get_gpio_in(DEVICE(&s->cpu), ARM_CPU_IRQ));
    sysbus_connect_irq(SYS_BUS_DEVICE(s->vic[0]), 1,
                       qdev_get_gpio_in(DEVICE(&s->cpu), ARM_CPU_FIQ));
}

/* A clock input of this name, if the block has one. */
static void wire_clock(DeviceState *dev, const char *input, DeviceState *clk,
                       const char *output)
{
    NamedClockList *c;

    QLIST_FOREACH(c, &dev->clocks, node) {
        if (!c->output && !strcmp(c->name, input)) {
            qdev_connect_clock_in(dev, input, qdev_get_clock_out(clk, output));
            return;
        }
    }
}

static DeviceState *create_block(S5PV210State *s, const Block *b)
{
    DeviceState *dev = qdev_new(b->type);
    SysBusDevice *sbd = SYS_BUS_DEVICE(dev);

    object_property_add_child(OBJECT(s), b->name, OBJECT(dev));
    if (s->clk) {
        wire_clock(dev, "pclk", s->clk, "pclk-psys");
        wire_clock(dev, "sclk", s->clk, "sclk-pwm");
        wire_clock(dev, "hclk", s->clk, "hclk-dsys");
        wire_clock(dev, "vclk", s->clk, "sclk-fimd");
    }
    if (object_property_find(OBJECT(dev), "om")) {
        qdev_prop_set_uint32(dev, "om", s->om);
    }
    if (object_property_find(OBJECT(dev), "drive") &&
        drive_get(IF_MTD, 0, 0)) {
        qdev_prop_set_drive_err(dev, "drive",
                                blk_by_legacy_dinfo(drive_get(IF_MTD, 0, 0)),
                                &error_fatal);
    }
    if (b->depth) {
        qdev_prop_set_uint32(dev, "depth", b->depth);
    }
    if (object_property_find(OBJECT(dev), "chardev")) {
        qdev_prop_set_chr(dev, "chardev",
                          s->serial[b->name[strlen("uart")] - '0']);
    }
    sysbus_realize_and_unref(sbd, &error_fatal);
    sysbus_mmio_map(sbd, 0, b->base);
    for (int i = 0; b->irqs && b->irqs[i] != END; i++) {
        sysbus_connect_irq(sbd, i, s5pv210_irq(s, b->irqs[i]));
    }
    return dev;
}

static DeviceState *block_of(S5PV210State *s, const char *name)
{
    return DEVICE(object_resolve_path_component(OBJECT(s), name));
}

/* With one serial line only, every program is heard, whatever its UART. */
static void share_cable(S5PV210State *s)
{
    static const char *const name[] = { "uart0", "uart1", "uart2", "uart3" };
    DeviceState *owner = NULL;

    for (int i = 0; i < S5PV210_UARTS; i++) {
        if (s->serial[i]) {
            owner = block_of(s, name[i]);
        }
    }
    for (int i = 0; owner && i < S5PV210_UARTS; i++) {
        if (!s->serial[i]) {
            s5pv210_uart_share(block_of(s, name[i]), owner);
        }
    }
}

/* The two controllers of the USB host have one interrupt. */
static void wire_usb(S5PV210State *s)
{
    DeviceState *any = qdev_new(TYPE_OR_IRQ);

    object_property_add_child(OBJECT(s), "uhost-irq", OBJECT(any));
    qdev_prop_set_uint16(any, "num-lines", 2);
    qdev_realize_and_unref(any, NULL, &error_fatal);
    qdev_connect_gpio_out(any, 0, s5pv210_irq(s, VIC(1, 23)));
    sysbus_connect_irq(SYS_BUS_DEVICE(block_of(s, "ehci")), 0,
                       qdev_get_gpio_in(any, 0));
    sysbus_connect_irq(SYS_BUS_DEVICE(block_of(s, "ohci")), 0,
                       qdev_get_gpio_in(any, 1));
}

/* What goes from block to block. */
static void wire_blocks(S5PV210State *s)
{
    DeviceState *gpio = block_of(s, "gpio"), *pwm = block_of(s, "pwm");
    DeviceState *pmu = block_of(s, "pmu");

    for (int n = 0; n < 4; n++) {
        qdev_connect_gpio_out_named(pwm, "tout", n,
                                    qdev_get_gpio_in_named(gpio, "tout", n));
        qdev_connect_gpio_out_named(gpio, "tout-select", n,
                                    qdev_get_gpio_in_named(pwm, "tout-select",
                                                           n));
    }
    qdev_connect_gpio_out_named(block_of(s, "wdt"), "reset", 0,
                                qdev_get_gpio_in_named(pmu, "reset",
                                                       S5PV210_RESET_WATCHDOG));
    qdev_connect_gpio_out_named(block_of(s, "clk"), "reset", 0,
                                qdev_get_gpio_in_named(pmu, "reset",
                                                       S5PV210_RESET_SOFTWARE));
    wire_usb(s);
    if (s->one_cable) {
        share_cable(s);
    }
    s->gpio = gpio;
}

/* Index of "-drive if=sd": the slot that boots, then the second one. */
static void insert_cards(S5PV210State *s)
{
    static const char *const slot[] = { "hsmmc0", "hsmmc2", "hsmmc3",
                                        "hsmmc1" };

    for (int i = 0; i < ARRAY_SIZE(slot); i++) {
        s5pv210_sd_insert(block_of(s, slot[i]), i, i == 0 && s->emmc);
    }
}

/* The ROM and the RAM of the chip itself, also seen at the bottom. */
static void create_memory(S5PV210State *s)
{
    MemoryRegion *bus = get_system_memory();

    SysBusDevice *irom = SYS_BUS_DEVICE(qdev_new(TYPE_S5PV210_IROM));

    s->irom = DEVICE(irom);
    object_property_add_child(OBJECT(s), "irom", OBJECT(irom));
    sysbus_realize_and_unref(irom, &error_fatal);
    sysbus_mmio_map(irom, 0, S5PV210_IROM_BASE);
    memory_region_init_alias(&s->irom_low, OBJECT(s), "irom-low",
                             sysbus_mmio_get_region(irom, 0), 0,
                             S5PV210_IROM_SIZE);
    memory_region_add_subregion(bus, 0, &s->irom_low);
    memory_region_init_ram(&s->iram, OBJECT(s), "iram", S5PV210_IRAM_SIZE,
                           &error_fatal);
    memory_region_add_subregion(bus, S5PV210_IRAM_BASE, &s->iram);
    memory_region_init_alias(&s->iram_low, OBJECT(s), "iram-low", &s->iram, 0,
                             S5PV210_IRAM_SIZE);
    memory_region_add_subregion(bus, S5PV210_IRAM_BASE - S5PV210_IROM_BASE,
                                &s->iram_low);
}

static void s5pv210_realize(DeviceState *dev, Error **errp)
{
    S5PV210State *s = S5PV210(dev);

    if (!qdev_realize(DEVICE(&s->cpu), NULL, errp)) {
        return;
    }
    create_memory(s);
    wire_vics(s);
    for (int i = 0; i < ARRAY_SIZE(blocks); i++) {
        DeviceState *block = create_block(s, &blocks[i]);

        if (!s->clk) {
            s->clk = block;
        }
    }
    wire_blocks(s);
    insert_cards(s);
    for (int i = 0; i < ARRAY_SIZE(stubs); i++) {
        s5pv210_stub_create(OBJECT(s), stubs[i].name, stubs[i].base,
                            stubs[i].size, stubs[i].fill);
    }
}

static void s5pv210_init(Object *obj)
{
    S5PV210State *s = S5PV210(obj);

    object_initialize_child(obj, "cpu", &s->cpu, TYPE_S5PV210_CPU);
}

/*
 * The core's secure bank: QEMU 10.0 saves the registers of a core of ARMv7
 * under their non-secure numbers only (kvm_to_cpreg_id), so those that no
 * EL3 register doubles would come back as 0.
 */
#define SECURE64(reg) VMSTATE_UINT64(cpu.env.cp15.reg, S5PV210State)
#define SECURE32(reg) VMSTATE_UINT32(cpu.env.cp15.reg, S5PV210State)

static const VMStateDescription s5pv210_vmstate = {
    .name = TYPE_S5PV210,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        SECURE64(csselr_s),
        SECURE64(ttbr1_s),
        SECURE64(dacr_s),
        SECURE64(ifsr_s),
        SECURE64(dfsr_s),
        SECURE32(ifar_s),
        SECURE32(dfar_s),
        SECURE64(par_s),
        SECURE32(mair0_s),
        SECURE32(mair1_s),
        SECURE64(vbar_s),
        SECURE32(fcseidr_s),
        SECURE64(contextidr_s),
        SECURE64(tpidrurw_s),
        SECURE64(tpidrprw_s),
        SECURE64(tpidruro_s),
        VMSTATE_END_OF_LIST()
    }
};

static void s5pv210_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);

    dc->realize = s5pv210_realize;
    dc->vmsd = &s5pv210_vmstate;
    dc->user_creatable = false;
}

static const TypeInfo s5pv210_info = {
    .name = TYPE_S5PV210,
    .parent = TYPE_DEVICE,
    .instance_size = sizeof(S5PV210State),
    .instance_init = s5pv210_init,
    .class_init = s5pv210_class_init,
};

static void s5pv210_register(void)
{
    type_register_static(&s5pv210_info);
}

type_init(s5pv210_register)
