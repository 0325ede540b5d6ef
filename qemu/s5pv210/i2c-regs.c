/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/i2c-regs.c - a chip on an I2C bus that has up to 256 byte
 * registers: the boards' EEPROM, acceleration sensor and codec.
 *
 * The first byte written is a register's number, the next ones go to it and
 * those behind it; reads begin where the number is.  A codec's nine-bit
 * registers are the same bytes: it is written only, and what it would do with
 * them is not modelled.
 *
 *   properties "fill": what the registers hold at first; "page": where
 *   writing wraps (256: at the end)
 */
#include "qemu/osdep.h"
#include "hw/i2c/i2c.h"
#include "hw/qdev-properties.h"
#include "migration/vmstate.h"
#include "qapi/error.h"
#include "qemu/host-utils.h"
#include "qemu/module.h"
#include "i2c-regs.h"

OBJECT_DECLARE_SIMPLE_TYPE(S5PV210I2cRegsState, S5PV210_I2C_REGS)

#define REGISTERS 256

struct S5PV210I2cRegsState {
    I2CSlave parent_obj;

    uint8_t fill;
    uint16_t page;
    uint8_t value[REGISTERS];
    uint8_t at;
    bool numbered;              /* this transfer's first byte has come */
};

static int regs_event(I2CSlave *i2c, enum i2c_event event)
{
    if (event == I2C_START_SEND) {
        S5PV210_I2C_REGS(i2c)->numbered = false;
    }
    return 0;
}

static uint8_t regs_recv(I2CSlave *i2c)
{
    S5PV210I2cRegsState *s = S5PV210_I2C_REGS(i2c);

    return s->value[s->at++];
}

static int regs_send(I2CSlave *i2c, uint8_t data)
{
    S5PV210I2cRegsState *s = S5PV210_I2C_REGS(i2c);
    uint8_t page = s->page - 1;

    if (!s->numbered) {
        s->numbered = true;
        s->at = data;
        return 0;
    }
    s->value[s->at] = data;
    s->at = (s->at & ~page) | ((s->at + 1) & page);
    return 0;
}

/* What it holds outlives a reset of the machine, as an EEPROM does. */
static void regs_realize(DeviceState *dev, Error **errp)
{
    S5PV210I2cRegsState *s = S5PV210_I2C_REGS(dev);

    if (s->page > REGISTERS || !is_power_of_2(s->page)) {
        error_setg(errp, "%s: page=%u is no power of two up to %d",
                   TYPE_S5PV210_I2C_REGS, s->page, REGISTERS);
        return;
    }
    memset(s->value, s->fill, sizeof(s->value));
}

static const Property regs_properties[] = {
    DEFINE_PROP_UINT8("fill", S5PV210I2cRegsState, fill, 0),
    DEFINE_PROP_UINT16("page", S5PV210I2cRegsState, page, REGISTERS),
};

static const VMStateDescription regs_vmstate = {
    .name = TYPE_S5PV210_I2C_REGS,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_I2C_SLAVE(parent_obj, S5PV210I2cRegsState),
        VMSTATE_UINT8_ARRAY(value, S5PV210I2cRegsState, REGISTERS),
        VMSTATE_UINT8(at, S5PV210I2cRegsState),
        VMSTATE_BOOL(numbered, S5PV210I2cRegsState),
        VMSTATE_END_OF_LIST()
    }
};

static void regs_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    I2CSlaveClass *sc = I2C_SLAVE_CLASS(klass);

    sc->event = regs_event;
    sc->recv = regs_recv;
    sc->send = regs_send;
    dc->desc = "I2C chip with byte registers";
    dc->realize = regs_realize;
    dc->vmsd = &regs_vmstate;
    device_class_set_props(dc, regs_properties);
}

static const TypeInfo regs_info = {
    .name = TYPE_S5PV210_I2C_REGS,
    .parent = TYPE_I2C_SLAVE,
    .instance_size = sizeof(S5PV210I2cRegsState),
    .class_init = regs_class_init,
};

static void regs_register(void)
{
    type_register_static(&regs_info);
}

type_init(regs_register)
