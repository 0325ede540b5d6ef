/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/i2s.c - I2S: what a program writes is played in its time, and
 * heard by nobody; what it records is silence.
 *
 * The FIFOs hold 64 words.  They move at 44.1 kHz of virtual time, whatever
 * clock is chosen.  DMA and the second transmit FIFO are stored only.
 *
 *   sysbus irq 0: the transmitter ran out of data
 */
#include "qemu/osdep.h"
#include "hw/irq.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qemu/host-utils.h"
#include "qemu/module.h"
#include "qemu/timer.h"
#include "s5pv210.h"
#include "store.h"

OBJECT_DECLARE_SIMPLE_TYPE(S5PV210I2sState, S5PV210_I2S)

#define SIZE 0x1000
#define WORDS 0x11
#define DEPTH 64
#define WORDS_PER_SECOND 44100

enum {
    CON = 0x00,
    MOD = 0x04,
    FIC = 0x08,
    TXD = 0x10,
    RXD = 0x14,
    FICS = 0x18,
    TXDS = 0x1c,
};

#define CON_ACTIVE 0x001
#define CON_RX_PAUSE 0x008
#define CON_TX_PAUSE 0x010
#define CON_RX_FULL 0x080
#define CON_TX_FULL 0x100
#define CON_RX_EMPTY 0x200
#define CON_TX_EMPTY 0x400
#define CON_UNDERRUN_IRQ 0x10000
#define CON_UNDERRUN 0x20000    /* write 1 to clear */
#define CON_TX2_EMPTY 0x400000
#define CON_READ_ONLY (CON_RX_FULL | CON_TX_FULL | CON_RX_EMPTY | \
                       CON_TX_EMPTY | CON_UNDERRUN | CON_TX2_EMPTY)
#define FIC_TX_FLUSH 0x8000
#define FIC_RX_FLUSH 0x0080

static const S5PV210Row rows_table[] = {
    { CON, CON, 0, ~CON_READ_ONLY }, { MOD, MOD, 0, 0xffffffff },
    { FIC, FIC, 0, FIC_TX_FLUSH | FIC_RX_FLUSH }, { 0x0c, 0x0c, 0, 0xffffffff },
    { TXD, TXD, 0, 0xffffffff }, { RXD, RXD, 0, 0 },
    { FICS, TXDS, 0, 0xffffffff }, { 0x20, 0x40, 0, 0xffffffff },
};
static const S5PV210Rows rows = S5PV210_ROWS("i2s", rows_table);

struct S5PV210I2sState {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    S5PV210Unknown unknown;
    qemu_irq irq;
    QEMUTimer *empty;           /* when the transmit FIFO runs out */

    uint32_t value[WORDS];
    int64_t then_ns;            /* up to when the FIFOs have moved */
    uint32_t tx, rx;            /* words in them */
    bool playing;               /* words came, and have not yet run out */
    bool underrun;
};

static bool on(const S5PV210I2sState *s, uint32_t pause)
{
    return (s->value[CON / 4] & (CON_ACTIVE | pause)) == CON_ACTIVE;
}

/* MOD's TXR: 0 transmits, 1 receives, 2 does both. */
static bool transmits(const S5PV210I2sState *s)
{
    return on(s, CON_TX_PAUSE) && extract32(s->value[MOD / 4], 8, 2) != 1;
}

static bool receives(const S5PV210I2sState *s)
{
    return on(s, CON_RX_PAUSE) && extract32(s->value[MOD / 4], 8, 2);
}

static int64_t words_ns(uint64_t words)
{
    return muldiv64(words, NANOSECONDS_PER_SECOND, WORDS_PER_SECOND);
}

static void i2s_update(S5PV210I2sState *s)
{
    qemu_set_irq(s->irq, s->underrun &&
                 s->value[CON / 4] & CON_UNDERRUN_IRQ);
    if (transmits(s) && s->playing) {
        timer_mod(s->empty, s->then_ns + words_ns(s->tx + 1) + 1);
    } else {
        timer_del(s->empty);
    }
}

/* The words that have come and gone since. */
static void i2s_move(S5PV210I2sState *s)
{
    int64_t now = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
    uint64_t words = 0;

    if (now > s->then_ns) {
        words = muldiv64(now - s->then_ns, WORDS_PER_SECOND,
                         NANOSECONDS_PER_SECOND);
    }
    if (!transmits(s) && !receives(s)) {
        s->then_ns = now;
        return;
    }
    if (transmits(s)) {
        if (s->playing && words > s->tx) {
            s->playing = false;
            s->underrun = true;
        }
        s->tx -= MIN(words, s->tx);
    }
    if (receives(s)) {
        s->rx += MIN(words, DEPTH - s->rx);
    }
    /* what is left of a word's time counts for the next one */
    s->then_ns = words > DEPTH ? now : s->then_ns + words_ns(words);
}

static void i2s_ran_out(void *opaque)
{
    i2s_move(opaque);
    i2s_update(opaque);
}

static uint32_t con(const S5PV210I2sState *s)
{
    return s->value[CON / 4] | CON_TX2_EMPTY |
           (s->tx == DEPTH ? CON_TX_FULL : 0) | (s->tx ? 0 : CON_TX_EMPTY) |
           (s->rx == DEPTH ? CON_RX_FULL : 0) | (s->rx ? 0 : CON_RX_EMPTY) |
           (s->underrun ? CON_UNDERRUN : 0);
}

static uint32_t i2s_read(S5PV210I2sState *s, uint32_t offset)
{
    uint32_t value;

    i2s_move(s);
    value = s5pv210_rows_read(&rows, s->value, &s->unknown, offset);
    switch (offset) {
    case CON:
        value = con(s);
        break;
    case FIC:
        value |= s->tx << 8 | s->rx;
        break;
    case RXD:
        s->rx -= s->rx ? 1 : 0;
        break;
    case TXD:
    case TXDS:
        value = 0;
        break;
    }
    i2s_update(s);
    return value;
}

static void i2s_write(S5PV210I2sState *s, uint32_t offset, uint32_t value,
                      uint32_t lanes)
{
    i2s_move(s);
    s5pv210_rows_write(&rows, s->value, &s->unknown, offset, value, lanes);
    switch (offset) {
    case CON:
        s->underrun &= !(value & CON_UNDERRUN);
        break;
    case FIC:
        if (value & FIC_TX_FLUSH) {
            s->tx = 0;
            s->playing = false;
        }
        s->rx = value & FIC_RX_FLUSH ? 0 : s->rx;
        break;
    case TXD:
        s->tx += s->tx < DEPTH ? 1 : 0;
        s->playing = true;
        break;
    }
    i2s_update(s);
}

S5PV210_WORD_OPS(i2s, S5PV210I2sState);

static void i2s_reset_hold(Object *obj, ResetType type)
{
    S5PV210I2sState *s = S5PV210_I2S(obj);

    s5pv210_rows_reset(&rows, s->value);
    s->then_ns = 0;
    s->tx = s->rx = 0;
    s->playing = s->underrun = false;
    timer_del(s->empty);
}

static void i2s_reset_exit(Object *obj, ResetType type)
{
    i2s_update(S5PV210_I2S(obj));
}

static void i2s_realize(DeviceState *dev, Error **errp)
{
    S5PV210I2sState *s = S5PV210_I2S(dev);

    s->unknown.block = object_get_canonical_path_component(OBJECT(dev));
}

static void i2s_init(Object *obj)
{
    S5PV210I2sState *s = S5PV210_I2S(obj);

    memory_region_init_io(&s->iomem, obj, &i2s_ops, s, "s5pv210.i2s", SIZE);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
    sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->irq);
    s->empty = timer_new_ns(QEMU_CLOCK_VIRTUAL, i2s_ran_out, s);
}

/* The counts are those of FIFOs. */
static bool i2s_valid(void *opaque, int version)
{
    S5PV210I2sState *s = opaque;

    return s->tx <= DEPTH && s->rx <= DEPTH;
}

static const VMStateDescription i2s_vmstate = {
    .name = TYPE_S5PV210_I2S,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_TIMER_PTR(empty, S5PV210I2sState),
        VMSTATE_UINT32_ARRAY(value, S5PV210I2sState, WORDS),
        VMSTATE_INT64(then_ns, S5PV210I2sState),
        VMSTATE_UINT32(tx, S5PV210I2sState),
        VMSTATE_UINT32(rx, S5PV210I2sState),
        VMSTATE_BOOL(playing, S5PV210I2sState),
        VMSTATE_BOOL(underrun, S5PV210I2sState),
        VMSTATE_VALIDATE("FIFO counts", i2s_valid),
        VMSTATE_END_OF_LIST()
    }
};

static void i2s_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    ResettableClass *rc = RESETTABLE_CLASS(klass);

    dc->realize = i2s_realize;
    dc->vmsd = &i2s_vmstate;
    dc->user_creatable = false;
    rc->phases.hold = i2s_reset_hold;
    rc->phases.exit = i2s_reset_exit;
}

static const TypeInfo i2s_info = {
    .name = TYPE_S5PV210_I2S,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S5PV210I2sState),
    .instance_init = i2s_init,
    .class_init = i2s_class_init,
};

static void i2s_register(void)
{
    type_register_static(&i2s_info);
}

type_init(i2s_register)
