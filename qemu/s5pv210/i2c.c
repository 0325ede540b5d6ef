/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/i2c.c - the I2C controllers, as master.
 *
 * A byte takes its time on the wire: a program that clears the pending bit
 * just after a start waits for the bit that comes later.  QEMU's
 * exynos4210.i2c was not taken because there all is done at once.
 *
 * The bus has the block's name: -device at24c-eeprom,bus=i2c0,address=0x50,...
 *   clock in "pclk"
 *   sysbus irq 0
 */
#include "qemu/osdep.h"
#include "hw/i2c/i2c.h"
#include "hw/irq.h"
#include "hw/qdev-clock.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qemu/log.h"
#include "qemu/module.h"
#include "qemu/timer.h"
#include "s5pv210.h"
#include "trace.h"
#include "words.h"

OBJECT_DECLARE_SIMPLE_TYPE(S5PV210I2cState, S5PV210_I2C)

enum {
    I2CCON = 0x00,
    I2CSTAT = 0x04,
    I2CADD = 0x08,
    I2CDS = 0x0c,
    I2CLC = 0x10,
};

#define CON_PENDING (1u << 4)
#define CON_INTERRUPT (1u << 5)
#define CON_SLOW_CLOCK (1u << 6)
#define CON_ACK (1u << 7)
#define STAT_NACK (1u << 0)
#define STAT_BUSY (1u << 5)
#define STAT_OUTPUT (1u << 4)
#define STAT_TRANSMIT (1u << 6)
#define STAT_MASTER (1u << 7)
#define CLOCKS 9                /* of the wire, for a byte and its answer */

/* What is on the wire, or will be when the pending bit is cleared. */
enum { NOTHING, START, SEND, RECEIVE, STOP };

struct S5PV210I2cState {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    S5PV210Unknown unknown;
    Clock *pclk;
    I2CBus *bus;
    qemu_irq irq;
    QEMUTimer *byte;

    uint32_t con, stat, add, ds, lc;
    uint8_t action;
};

static void i2c_update_irq(S5PV210I2cState *s)
{
    qemu_set_irq(s->irq, s->con & CON_PENDING && s->con & CON_INTERRUPT);
}

static int64_t byte_ns(const S5PV210I2cState *s)
{
    uint64_t divider = s->con & CON_SLOW_CLOCK ? 512 : 16;

    return clock_ticks_to_ns(s->pclk,
                             CLOCKS * divider * (extract32(s->con, 0, 4) + 1));
}

static void i2c_begin(S5PV210I2cState *s, int action)
{
    s->action = action;
    timer_mod(s->byte, qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) + byte_ns(s));
}

/* True: nobody acknowledged. */
static bool i2c_transfer(S5PV210I2cState *s)
{
    bool transmit = s->stat & STAT_TRANSMIT;
    bool ack = s->con & CON_ACK;

    switch (s->action) {
    case START:
        return i2c_start_transfer(s->bus, s->ds >> 1, !transmit);
    case SEND:
        return !i2c_bus_busy(s->bus) || i2c_send(s->bus, s->ds);
    default:
        s->ds = i2c_recv(s->bus);
        if (!ack) {
            i2c_nack(s->bus);
        }
        return !ack;
    }
}

static void i2c_byte_end(void *opaque)
{
    S5PV210I2cState *s = opaque;
    bool nack = i2c_transfer(s);

    trace_s5pv210_i2c(s->unknown.block, s->action, s->ds, nack);
    s->stat = deposit32(s->stat, 0, 1, nack);
    s->action = NOTHING;
    s->con |= CON_PENDING;
    i2c_update_irq(s);
}

static void i2c_stop(S5PV210I2cState *s)
{
    if (s->stat & STAT_BUSY) {
        i2c_end_transfer(s->bus);
    }
    s->stat &= ~STAT_BUSY;
    s->action = NOTHING;
    timer_del(s->byte);
}

/* ---- registers ---- */

static void i2c_write_con(S5PV210I2cState *s, uint32_t value, uint32_t lanes)
{
    bool was_pending = s->con & CON_PENDING;
    uint32_t con = s5pv210_merge(s->con, value, lanes, 0xff);

    /* the bit can only be cleared; while it stands, the wire waits */
    s->con = was_pending ? con : con & ~CON_PENDING;
    i2c_update_irq(s);
    if (!was_pending || s->con & CON_PENDING || !(s->stat & STAT_BUSY)) {
        return;
    }
    switch (s->action) {
    case START:
        i2c_begin(s, START);
        break;
    case STOP:
        i2c_stop(s);
        break;
    default:
        i2c_begin(s, s->stat & STAT_TRANSMIT ? SEND : RECEIVE);
        break;
    }
}

static void i2c_write_stat(S5PV210I2cState *s, uint32_t value, uint32_t lanes)
{
    uint32_t stat = s5pv210_merge(s->stat, value, lanes, 0xf0);

    if ((stat & STAT_OUTPUT) && !(stat & STAT_BUSY) &&
        (s->stat & STAT_BUSY) && (s->con & CON_PENDING)) {
        /* the wire waits: busy until the pending bit is cleared */
        s->stat = stat | STAT_BUSY;
        s->action = STOP;
        return;
    }
    if (!(stat & STAT_OUTPUT) || !(stat & STAT_BUSY)) {
        i2c_stop(s);
        s->stat = stat & ~STAT_BUSY;
        return;
    }
    s->stat = stat;
    if (!(stat & STAT_MASTER)) {
        qemu_log_mask(LOG_UNIMP, "%s: slave mode is not modelled\n",
                      s->unknown.block);
        return;
    }
    if (s->con & CON_PENDING) {
        s->action = START;
    } else {
        i2c_begin(s, START);
    }
}

static uint32_t i2c_read(S5PV210I2cState *s, uint32_t offset)
{
    switch (offset) {
    case I2CCON:
        return s->con;
    case I2CSTAT:
        return s->stat;
    case I2CADD:
        return s->add;
    case I2CDS:
        return s->ds;
    case I2CLC:
        return s->lc;
    default:
        s5pv210_unknown(&s->unknown, offset, false, 0);
        return 0;
    }
}

static void i2c_write(S5PV210I2cState *s, uint32_t offset, uint32_t value,
                      uint32_t lanes)
{
    switch (offset) {
    case I2CCON:
        i2c_write_con(s, value, lanes);
        break;
    case I2CSTAT:
        i2c_write_stat(s, value, lanes);
        break;
    case I2CADD:
        s->add = s5pv210_merge(s->add, value, lanes, 0xff);
        break;
    case I2CDS:
        s->ds = s5pv210_merge(s->ds, value, lanes, 0xff);
        break;
    case I2CLC:
        s->lc = s5pv210_merge(s->lc, value, lanes, 0x7);
        break;
    default:
        s5pv210_unknown(&s->unknown, offset, true, value);
        break;
    }
}

S5PV210_WORD_OPS(i2c, S5PV210I2cState);

/* ---- the device ---- */

static void i2c_reset_hold(Object *obj, ResetType type)
{
    S5PV210I2cState *s = S5PV210_I2C(obj);

    s->con = s->stat = s->add = s->ds = s->lc = 0;
    s->action = NOTHING;
    timer_del(s->byte);
}

static void i2c_reset_exit(Object *obj, ResetType type)
{
    i2c_update_irq(S5PV210_I2C(obj));
}

static void i2c_init(Object *obj)
{
    S5PV210I2cState *s = S5PV210_I2C(obj);

    memory_region_init_io(&s->iomem, obj, &i2c_ops, s, "s5pv210.i2c", 0x1000);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
    sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->irq);
    s->pclk = qdev_init_clock_in(DEVICE(obj), "pclk", NULL, NULL, 0);
    s->byte = timer_new_ns(QEMU_CLOCK_VIRTUAL, i2c_byte_end, s);
}

static void i2c_realize(DeviceState *dev, Error **errp)
{
    S5PV210I2cState *s = S5PV210_I2C(dev);

    s->unknown.block = object_get_canonical_path_component(OBJECT(dev));
    s->bus = i2c_init_bus(dev, s->unknown.block);
}

static const VMStateDescription i2c_vmstate = {
    .name = TYPE_S5PV210_I2C,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_CLOCK(pclk, S5PV210I2cState),
        VMSTATE_TIMER_PTR(byte, S5PV210I2cState),
        VMSTATE_UINT32(con, S5PV210I2cState),
        VMSTATE_UINT32(stat, S5PV210I2cState),
        VMSTATE_UINT32(add, S5PV210I2cState),
        VMSTATE_UINT32(ds, S5PV210I2cState),
        VMSTATE_UINT32(lc, S5PV210I2cState),
        VMSTATE_UINT8(action, S5PV210I2cState),
        VMSTATE_END_OF_LIST()
    }
};

static void i2c_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    ResettableClass *rc = RESETTABLE_CLASS(klass);

    dc->realize = i2c_realize;
    dc->vmsd = &i2c_vmstate;
    rc->phases.hold = i2c_reset_hold;
    rc->phases.exit = i2c_reset_exit;
}

static const TypeInfo i2c_info = {
    .name = TYPE_S5PV210_I2C,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S5PV210I2cState),
    .instance_init = i2c_init,
    .class_init = i2c_class_init,
};

static void i2c_register(void)
{
    type_register_static(&i2c_info);
}

type_init(i2c_register)
