/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/keypad.c - the matrix keypad: 14 rows with pull-ups, 8
 * columns that are driven low or let go.
 *
 * QOM "pressed": the keys that are down as ROW,COLUMN, spaces between them
 * ("0,3 1,7"); "" releases all.
 *   sysbus irq 0
 */
#include "qemu/osdep.h"
#include "hw/irq.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qapi/error.h"
#include "qemu/module.h"
#include "s5pv210.h"
#include "store.h"

OBJECT_DECLARE_SIMPLE_TYPE(S5PV210KeypadState, S5PV210_KEYPAD)

enum {
    KEYIFCON = 0x00,
    KEYIFSTSCLR = 0x04,
    KEYIFCOL = 0x08,
    KEYIFROW = 0x0c,
    KEYIFFC = 0x10,
    END = 0x14,
};

#define ROWS 14
#define COLUMNS 8
#define ALL_ROWS 0x3fffu
#define CON_PRESS (1u << 0)
#define CON_RELEASE (1u << 1)
#define RELEASE_SHIFT 16
#define LET_GO_SHIFT 8          /* KEYIFCOL: a column that is not driven */

static const S5PV210Row rows_table[] = {
    { KEYIFCON, KEYIFCON, 0, 0x1f }, { KEYIFSTSCLR, KEYIFSTSCLR, 0, 0 },
    { KEYIFCOL, KEYIFCOL, 0, 0xffff }, { KEYIFROW, KEYIFROW, ALL_ROWS, 0 },
    { KEYIFFC, KEYIFFC, 0, 0x3ff },
};
static const S5PV210Rows rows = S5PV210_ROWS("keypad", rows_table);

struct S5PV210KeypadState {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    S5PV210Unknown unknown;
    qemu_irq irq;

    uint32_t value[END / 4];
    uint8_t down[ROWS];         /* a bit for each column */
};

static uint32_t *reg(S5PV210KeypadState *s, uint32_t offset)
{
    return &s->value[offset / 4];
}

/* A row is low where a key that is down joins it to a column that is. */
static uint32_t row_levels(S5PV210KeypadState *s)
{
    uint32_t col = *reg(s, KEYIFCOL);
    uint8_t low = ~(col | col >> LET_GO_SHIFT);
    uint32_t levels = ALL_ROWS;

    for (int row = 0; row < ROWS; row++) {
        if (s->down[row] & low) {
            levels &= ~(1u << row);
        }
    }
    return levels;
}

static void keypad_update(S5PV210KeypadState *s)
{
    uint32_t levels = row_levels(s), con = *reg(s, KEYIFCON);
    uint32_t changed = levels ^ *reg(s, KEYIFROW);

    *reg(s, KEYIFROW) = levels;
    if (con & CON_PRESS) {
        *reg(s, KEYIFSTSCLR) |= changed & ~levels;
    }
    if (con & CON_RELEASE) {
        *reg(s, KEYIFSTSCLR) |= (changed & levels) << RELEASE_SHIFT;
    }
    qemu_set_irq(s->irq, *reg(s, KEYIFSTSCLR) != 0);
}

static uint32_t keypad_read(S5PV210KeypadState *s, uint32_t offset)
{
    return s5pv210_rows_read(&rows, s->value, &s->unknown, offset);
}

static void keypad_write(S5PV210KeypadState *s, uint32_t offset,
                         uint32_t value, uint32_t lanes)
{
    if (offset == KEYIFSTSCLR) {
        *reg(s, KEYIFSTSCLR) &= ~value;
    } else {
        s5pv210_rows_write(&rows, s->value, &s->unknown, offset, value, lanes);
    }
    keypad_update(s);
}

S5PV210_WORD_OPS(keypad, S5PV210KeypadState);

/* ---- the keys ---- */

static char *get_pressed(Object *obj, Error **errp)
{
    S5PV210KeypadState *s = S5PV210_KEYPAD(obj);
    GString *keys = g_string_new("");

    for (int key = 0; key < ROWS * COLUMNS; key++) {
        if (extract32(s->down[key / COLUMNS], key % COLUMNS, 1)) {
            g_string_append_printf(keys, "%s%d,%d", keys->len ? " " : "",
                                   key / COLUMNS, key % COLUMNS);
        }
    }
    return g_string_free(keys, false);
}

static void set_pressed(Object *obj, const char *value, Error **errp)
{
    S5PV210KeypadState *s = S5PV210_KEYPAD(obj);
    g_auto(GStrv) key = g_strsplit(value, " ", 0);
    uint8_t down[ROWS] = { 0 };

    for (int i = 0; key[i]; i++) {
        unsigned row, column;
        char more;

        if (!*key[i]) {
            continue;
        }
        if (sscanf(key[i], "%u,%u%c", &row, &column, &more) != 2 ||
            row >= ROWS || column >= COLUMNS) {
            error_setg(errp, "\"%s\" is no key: ROW,COLUMN, 0,0 to %d,%d",
                       key[i], ROWS - 1, COLUMNS - 1);
            return;
        }
        down[row] |= 1u << column;
    }
    memcpy(s->down, down, sizeof(down));
    keypad_update(s);
}

/* ---- the device ---- */

static void keypad_reset_hold(Object *obj, ResetType type)
{
    s5pv210_rows_reset(&rows, S5PV210_KEYPAD(obj)->value);
}

static void keypad_reset_exit(Object *obj, ResetType type)
{
    keypad_update(S5PV210_KEYPAD(obj));
}

static void keypad_init(Object *obj)
{
    S5PV210KeypadState *s = S5PV210_KEYPAD(obj);

    s->unknown.block = "keypad";
    memory_region_init_io(&s->iomem, obj, &keypad_ops, s, "s5pv210.keypad",
                          0x1000);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
    sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->irq);
    object_property_add_str(obj, "pressed", get_pressed, set_pressed);
}

static const VMStateDescription keypad_vmstate = {
    .name = TYPE_S5PV210_KEYPAD,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT32_ARRAY(value, S5PV210KeypadState, END / 4),
        VMSTATE_UINT8_ARRAY(down, S5PV210KeypadState, ROWS),
        VMSTATE_END_OF_LIST()
    }
};

static void keypad_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    ResettableClass *rc = RESETTABLE_CLASS(klass);

    dc->vmsd = &keypad_vmstate;
    rc->phases.hold = keypad_reset_hold;
    rc->phases.exit = keypad_reset_exit;
}

static const TypeInfo keypad_info = {
    .name = TYPE_S5PV210_KEYPAD,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S5PV210KeypadState),
    .instance_init = keypad_init,
    .class_init = keypad_class_init,
};

static void keypad_register(void)
{
    type_register_static(&keypad_info);
}

type_init(keypad_register)
