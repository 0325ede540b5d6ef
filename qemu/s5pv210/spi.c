/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/spi.c - SPI: master with FIFOs, packet count, loop-back.
 *
 * A word is on the wire as soon as it is written, and takes no time.
 *
 *   child bus "ssi", for -device; output "cs" (named): low while selected
 *   property "depth": bytes of each FIFO;  sysbus irq 0
 */
#include "qemu/osdep.h"
#include "hw/irq.h"
#include "hw/qdev-properties.h"
#include "hw/ssi/ssi.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qapi/error.h"
#include "qemu/fifo8.h"
#include "qemu/log.h"
#include "qemu/module.h"
#include "s5pv210.h"
#include "store.h"

OBJECT_DECLARE_SIMPLE_TYPE(S5PV210SpiState, S5PV210_SPI)

#define SIZE 0x1000
#define WORDS 12
#define DEPTH_MAX 256
/* Nobody drives the line: it is pulled up. */
#define NOBODY 0xff

enum {
    CH_CFG = 0x00,
    MODE_CFG = 0x08,
    SLAVE_SEL = 0x0c,
    INT_EN = 0x10,
    STATUS = 0x14,
    TX_DATA = 0x18,
    RX_DATA = 0x1c,
    PACKET_COUNT = 0x20,
    PENDING_CLEAR = 0x24,
};

#define CH_TX 0x01
#define CH_RX 0x02
#define CH_SLAVE 0x10
#define CH_RESET 0x20
#define MODE_LOOP 0x08
#define SELECT_HIGH 0x01
#define SELECT_AUTO 0x02
#define COUNT_ON 0x10000

/* Of STATUS, in INT_EN and PENDING_CLEAR, too. */
#define STATUS_TX_READY 0x01
#define STATUS_RX_READY 0x02
#define STATUS_RX_UNDERRUN 0x10
#define STATUS_RX_OVERRUN 0x20
#define STATUS_TX_DONE (1u << 25)
#define ERRORS (STATUS_RX_UNDERRUN | STATUS_RX_OVERRUN)

static const S5PV210Row rows_table[] = {
    { CH_CFG, MODE_CFG, 0, 0xffffffff },
    { SLAVE_SEL, SLAVE_SEL, SELECT_HIGH, 0xffffffff },
    { INT_EN, INT_EN, 0, 0xffffffff },
    { STATUS, RX_DATA, 0, 0 },
    { PACKET_COUNT, 0x2c, 0, 0xffffffff },
};
static const S5PV210Rows rows = S5PV210_ROWS("spi", rows_table);

struct S5PV210SpiState {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    S5PV210Unknown unknown;
    SSIBus *bus;
    qemu_irq irq;
    qemu_irq cs;

    uint32_t depth;
    uint32_t value[WORDS];
    uint32_t errors;            /* sticky bits of STATUS */
    uint32_t left;              /* words to be received without sending */
    Fifo8 rx;
};

static uint32_t reg(const S5PV210SpiState *s, uint32_t offset)
{
    return s->value[offset / 4];
}

/* Bytes of a word on the wire: CH_TSZ. */
static unsigned width(const S5PV210SpiState *s)
{
    static const uint8_t bytes[] = { 1, 2, 4, 4 };

    return bytes[extract32(reg(s, MODE_CFG), 29, 2)];
}

static uint32_t status(const S5PV210SpiState *s)
{
    uint32_t level = fifo8_num_used((Fifo8 *)&s->rx);
    uint32_t trigger = extract32(reg(s, MODE_CFG), 11, 6);

    /* the transmit FIFO is empty whenever anybody looks */
    return STATUS_TX_READY | STATUS_TX_DONE | s->errors | level << 15 |
           (level > trigger ? STATUS_RX_READY : 0);
}

static void spi_update(S5PV210SpiState *s)
{
    bool automatic = reg(s, SLAVE_SEL) & SELECT_AUTO;
    bool idle = reg(s, SLAVE_SEL) & SELECT_HIGH;

    qemu_set_irq(s->irq, status(s) & reg(s, INT_EN) & 0x7f);
    qemu_set_irq(s->cs, idle && !automatic);
}

static bool somebody(S5PV210SpiState *s)
{
    return !QTAILQ_EMPTY(&BUS(s->bus)->children);
}

static uint8_t exchange(S5PV210SpiState *s, uint8_t out)
{
    if (reg(s, MODE_CFG) & MODE_LOOP) {
        return out;
    }
    return somebody(s) ? ssi_transfer(s->bus, out) : NOBODY;
}

static void receive(S5PV210SpiState *s, uint8_t in)
{
    if (!(reg(s, CH_CFG) & CH_RX)) {
        return;
    }
    if (fifo8_num_used(&s->rx) == s->depth) {
        s->errors |= STATUS_RX_OVERRUN;
        return;
    }
    fifo8_push(&s->rx, in);
}

static void transfer(S5PV210SpiState *s, uint32_t word)
{
    if (reg(s, CH_CFG) & CH_SLAVE) {
        qemu_log_mask(LOG_UNIMP, "%s: slave mode is not modelled\n",
                      s->unknown.block);
        return;
    }
    for (unsigned i = 0; i < width(s); i++) {
        receive(s, exchange(s, word >> 8 * i));
    }
}

/* With a packet count, a receiver clocks by itself while it has room. */
static void receive_more(S5PV210SpiState *s)
{
    while (s->left && (reg(s, CH_CFG) & (CH_RX | CH_TX)) == CH_RX &&
           fifo8_num_used(&s->rx) + width(s) <= s->depth) {
        transfer(s, 0);
        s->left--;
    }
}

static uint32_t take(S5PV210SpiState *s)
{
    uint32_t word = 0;

    for (unsigned i = 0; i < width(s); i++) {
        if (fifo8_is_empty(&s->rx)) {
            s->errors |= STATUS_RX_UNDERRUN;
            break;
        }
        word |= (uint32_t)fifo8_pop(&s->rx) << 8 * i;
    }
    receive_more(s);
    spi_update(s);
    return word;
}

static uint32_t spi_read(S5PV210SpiState *s, uint32_t offset)
{
    switch (offset) {
    case STATUS:
        return status(s);
    case RX_DATA:
        return take(s);
    default:
        return s5pv210_rows_read(&rows, s->value, &s->unknown, offset);
    }
}

static void channel(S5PV210SpiState *s, uint32_t before)
{
    if (reg(s, CH_CFG) & CH_RESET) {
        fifo8_reset(&s->rx);
        s->errors = 0;
        s->left = 0;
    }
    if (~before & reg(s, CH_CFG) & CH_RX && reg(s, PACKET_COUNT) & COUNT_ON) {
        s->left = reg(s, PACKET_COUNT) & 0xffff;
    }
    receive_more(s);
}

static void spi_write(S5PV210SpiState *s, uint32_t offset, uint32_t value,
                      uint32_t lanes)
{
    uint32_t before = reg(s, CH_CFG);

    switch (offset) {
    case TX_DATA:
        if (before & CH_TX) {
            transfer(s, value);
        }
        break;
    case PENDING_CLEAR:
        /* its bits count from the other end: underruns before overruns */
        s->errors &= ~ERRORS;
        break;
    default:
        s5pv210_rows_write(&rows, s->value, &s->unknown, offset, value, lanes);
        break;
    }
    if (offset == CH_CFG) {
        channel(s, before);
    }
    spi_update(s);
}

S5PV210_WORD_OPS(spi, S5PV210SpiState);

static void spi_reset_hold(Object *obj, ResetType type)
{
    S5PV210SpiState *s = S5PV210_SPI(obj);

    s5pv210_rows_reset(&rows, s->value);
    fifo8_reset(&s->rx);
    s->errors = 0;
    s->left = 0;
}

static void spi_reset_exit(Object *obj, ResetType type)
{
    spi_update(S5PV210_SPI(obj));
}

static void spi_realize(DeviceState *dev, Error **errp)
{
    S5PV210SpiState *s = S5PV210_SPI(dev);

    if (!s->depth || s->depth > DEPTH_MAX) {
        error_setg(errp, "%s: depth=%u: 1 to %u", TYPE_S5PV210_SPI, s->depth,
                   DEPTH_MAX);
        return;
    }
    s->unknown.block = object_get_canonical_path_component(OBJECT(dev));
    s->bus = ssi_create_bus(dev, s->unknown.block);
}

static void spi_init(Object *obj)
{
    S5PV210SpiState *s = S5PV210_SPI(obj);

    memory_region_init_io(&s->iomem, obj, &spi_ops, s, "s5pv210.spi", SIZE);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
    sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->irq);
    qdev_init_gpio_out_named(DEVICE(obj), &s->cs, "cs", 1);
    fifo8_create(&s->rx, DEPTH_MAX);
}

static void spi_finalize(Object *obj)
{
    fifo8_destroy(&S5PV210_SPI(obj)->rx);
}

static const Property spi_properties[] = {
    DEFINE_PROP_UINT32("depth", S5PV210SpiState, depth, 64),
};

static const VMStateDescription spi_vmstate = {
    .name = TYPE_S5PV210_SPI,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT32_ARRAY(value, S5PV210SpiState, WORDS),
        VMSTATE_UINT32(errors, S5PV210SpiState),
        VMSTATE_UINT32(left, S5PV210SpiState),
        VMSTATE_FIFO8(rx, S5PV210SpiState),
        VMSTATE_END_OF_LIST()
    }
};

static void spi_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    ResettableClass *rc = RESETTABLE_CLASS(klass);

    dc->realize = spi_realize;
    dc->vmsd = &spi_vmstate;
    dc->user_creatable = false;
    device_class_set_props(dc, spi_properties);
    rc->phases.hold = spi_reset_hold;
    rc->phases.exit = spi_reset_exit;
}

static const TypeInfo spi_info = {
    .name = TYPE_S5PV210_SPI,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S5PV210SpiState),
    .instance_init = spi_init,
    .instance_finalize = spi_finalize,
    .class_init = spi_class_init,
};

static void spi_register(void)
{
    type_register_static(&spi_info);
}

type_init(spi_register)
