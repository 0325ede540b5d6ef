/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/gpio.c - the S5PV210's pins: banks of CON, DAT, PUD and
 * DRV, the external interrupts of GPH0 to GPH3 and the GPIO interrupts of the
 * other banks.
 *
 * Every pin has a number, bank * 8 + pin in the order of the table below.
 *   GPIO in n:   the level something outside drives; -1 lets go of it
 *   GPIO out n:  the level of the pad
 *   QOM property of the pin's name ("GPJ0_3"): the level of the pad; setting
 *   it drives the pin from outside
 *   GPIO in "tout" 0..3: the PWM outputs; out "tout-select" 0..3: the pin
 *   GPD0_n is switched to it
 *   sysbus irq 0..15: EINT0..15, 16: EINT16..31 together, 17: GPIO interrupt
 */
#include "qemu/osdep.h"
#include "hw/irq.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qapi/error.h"
#include "qapi/visitor.h"
#include "qemu/log.h"
#include "qemu/module.h"
#include "qemu/timer.h"
#include "s5pv210.h"
#include "trace.h"
#include "words.h"

OBJECT_DECLARE_SIMPLE_TYPE(S5PV210GpioState, S5PV210_GPIO)

enum {
    CON = 0x00,
    DAT = 0x04,
    PUD = 0x08,
    DRV = 0x0c,
    CONPDN = 0x10,
    PUDPDN = 0x14,
};

enum { FUNC_IN = 0, FUNC_OUT = 1, FUNC_TOUT = 2, FUNC_EINT = 15 };
enum { PULL_OFF = 0, PULL_DOWN = 1, PULL_UP = 2 };
enum { TRIG_LOW, TRIG_HIGH, TRIG_FALLING, TRIG_RISING, TRIG_BOTH };

#define PINS 8                          /* numbers reserved for each bank */
#define MEMORY_FUNC 0x22222222          /* what the MP banks reset to */
#define NO_GROUP -1

/*
 * group: 0..21 the GPIO interrupt group, 22..25 EINT of GPH0..3, which has the
 * same registers at other offsets.
 */
typedef struct Bank {
    const char *name;
    uint16_t offset;
    uint8_t pins;
    int8_t group;
    uint32_t con_reset;
} Bank;

#define GROUPS 26
#define GROUP_EINT 22

static const Bank banks[] = {
    { "GPA0", 0x000, 8, 0 }, { "GPA1", 0x020, 4, 1 },
    { "GPB", 0x040, 8, 2 },
    { "GPC0", 0x060, 5, 3 }, { "GPC1", 0x080, 5, 4 },
    { "GPD0", 0x0a0, 4, 5 }, { "GPD1", 0x0c0, 6, 6 },
    { "GPE0", 0x0e0, 8, 7 }, { "GPE1", 0x100, 5, 8 },
    { "GPF0", 0x120, 8, 9 }, { "GPF1", 0x140, 8, 10 },
    { "GPF2", 0x160, 8, 11 }, { "GPF3", 0x180, 6, 12 },
    { "GPG0", 0x1a0, 7, 13 }, { "GPG1", 0x1c0, 7, 14 },
    { "GPG2", 0x1e0, 7, 15 }, { "GPG3", 0x200, 7, 16 },
    { "GPI", 0x220, 7, NO_GROUP },
    { "GPJ0", 0x240, 8, 17 }, { "GPJ1", 0x260, 6, 18 },
    { "GPJ2", 0x280, 8, 19 }, { "GPJ3", 0x2a0, 8, 20 },
    { "GPJ4", 0x2c0, 5, 21 },
#define MP(name, offset, pins) { name, offset, pins, NO_GROUP, MEMORY_FUNC }
    MP("MP0_1", 0x2e0, 8), MP("MP0_2", 0x300, 4), MP("MP0_3", 0x320, 8),
    MP("MP0_4", 0x340, 8), MP("MP0_5", 0x360, 8), MP("MP0_6", 0x380, 8),
    MP("MP0_7", 0x3a0, 8),
    MP("MP1_0", 0x3c0, 8), MP("MP1_1", 0x3e0, 8), MP("MP1_2", 0x400, 8),
    MP("MP1_3", 0x420, 8), MP("MP1_4", 0x440, 8), MP("MP1_5", 0x460, 8),
    MP("MP1_6", 0x480, 8), MP("MP1_7", 0x4a0, 8), MP("MP1_8", 0x4c0, 7),
    MP("MP2_0", 0x4e0, 8), MP("MP2_1", 0x500, 8), MP("MP2_2", 0x520, 8),
    MP("MP2_3", 0x540, 8), MP("MP2_4", 0x560, 8), MP("MP2_5", 0x580, 8),
    MP("MP2_6", 0x5a0, 8), MP("MP2_7", 0x5c0, 8), MP("MP2_8", 0x5e0, 7),
    MP("ETC0", 0x600, 6), MP("ETC1", 0x620, 8), MP("ETC2", 0x640, 8),
    MP("ETC4", 0x660, 6),
    { "GPH0", 0xc00, 8, 22 }, { "GPH1", 0xc20, 8, 23 },
    { "GPH2", 0xc40, 8, 24 }, { "GPH3", 0xc60, 8, 25 },
};

#define BANKS ARRAY_SIZE(banks)
#define LINES (BANKS * PINS)
#define TOUTS 4
#define EINT_IRQS 17
#define ETC_FIRST 0x600
#define ETC_END 0x680

/* Interrupt registers: the GPIO groups, then the four of EINT. */
#define INT_CON 0x700
#define INT_FLTCON 0x800
#define INT_MASK 0x900
#define INT_PEND 0xa00
#define INT_GRPPRI 0xb00
#define INT_PRIORITY 0xb04
#define INT_SVC 0xb08
#define INT_SVC_PEND 0xb0c
#define INT_GRPFIXPRI 0xb10
#define INT_FIXPRI 0xb14
#define EINT_CON 0xe00
#define EINT_FLTCON 0xe80
#define EINT_MASK 0xf00
#define EINT_PEND 0xf40
#define PDNEN 0xf80

typedef struct Group {
    uint32_t con;
    uint32_t flt[2];
    uint32_t mask;
    uint32_t pend;
    uint32_t fixpri;
} Group;

struct S5PV210GpioState {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    S5PV210Unknown unknown;
    qemu_irq eint[EINT_IRQS];
    qemu_irq group_irq;
    qemu_irq out[LINES];
    qemu_irq tout_select[TOUTS];

    uint32_t con[BANKS];
    uint32_t dat[BANKS];        /* what was written, output or not */
    uint32_t pud[BANKS];
    uint32_t drv[BANKS];
    uint32_t conpdn[BANKS];
    uint32_t pudpdn[BANKS];
    uint32_t driven[BANKS];     /* pins driven from outside... */
    uint32_t outside[BANKS];    /* ... and how */
    uint32_t pad[BANKS];
    uint32_t tout;
    Group group[GROUPS];
    uint32_t grppri, priority, grpfixpri, pdnen;
};

int s5pv210_gpio_line(const char *name)
{
    const char *pin = strrchr(name, '_');
    size_t n = pin ? pin - name : 0;

    for (int b = 0; pin && b < BANKS; b++) {
        if (strlen(banks[b].name) == n && !strncmp(banks[b].name, name, n) &&
            g_ascii_isdigit(pin[1]) && !pin[2] &&
            pin[1] - '0' < banks[b].pins) {
            return b * PINS + pin[1] - '0';
        }
    }
    return -1;
}

static const Bank *bank_at(uint32_t offset)
{
    for (int b = 0; b < BANKS; b++) {
        if (banks[b].offset == (offset & ~0x1f)) {
            return &banks[b];
        }
    }
    return NULL;
}

static uint32_t pins_mask(const Bank *b, unsigned bits)
{
    return MAKE_64BIT_MASK(0, b->pins * bits);
}

static unsigned pin_function(const S5PV210GpioState *s, int b, int pin)
{
    return extract32(s->con[b], pin * 4, 4);
}

/* ---- interrupts ---- */

static bool group_asks(const Group *g)
{
    return g->pend & ~g->mask;
}

static void gpio_update_irq(S5PV210GpioState *s)
{
    bool any = false, high = false;

    for (int g = 0; g < GROUP_EINT; g++) {
        any |= group_asks(&s->group[g]);
    }
    qemu_set_irq(s->group_irq, any);
    for (int n = 0; n < 16; n++) {
        const Group *g = &s->group[GROUP_EINT + n / 8];

        qemu_set_irq(s->eint[n], extract32(g->pend & ~g->mask, n % 8, 1));
    }
    for (int g = GROUP_EINT + 2; g < GROUPS; g++) {
        high |= group_asks(&s->group[g]);
    }
    qemu_set_irq(s->eint[16], high);
}

/* A level that holds sets its bit again; was_level tells an edge. */
static void pin_interrupt(S5PV210GpioState *s, int b, int pin, bool was_level)
{
    Group *g;
    bool level = extract32(s->pad[b], pin, 1);
    bool rise = level && !was_level, fall = !level && was_level;
    bool hit = false;

    if (banks[b].group == NO_GROUP || pin_function(s, b, pin) != FUNC_EINT) {
        return;
    }
    g = &s->group[banks[b].group];
    switch (extract32(g->con, pin * 4, 3)) {
    case TRIG_LOW:
        hit = !level;
        break;
    case TRIG_HIGH:
        hit = level;
        break;
    case TRIG_FALLING:
        hit = fall;
        break;
    case TRIG_RISING:
        hit = rise;
        break;
    case TRIG_BOTH:
        hit = rise || fall;
        break;
    }
    g->pend |= (uint32_t)hit << pin;
}

static void bank_levels(S5PV210GpioState *s, int b)
{
    for (int pin = 0; pin < banks[b].pins; pin++) {
        pin_interrupt(s, b, pin, extract32(s->pad[b], pin, 1));
    }
    gpio_update_irq(s);
}

static int bank_of_group(int group)
{
    for (int b = 0; b < BANKS; b++) {
        if (banks[b].group == group) {
            return b;
        }
    }
    g_assert_not_reached();
}

/* ---- levels ---- */

static bool pin_input(const S5PV210GpioState *s, int b, int pin)
{
    if (extract32(s->driven[b], pin, 1)) {
        return extract32(s->outside[b], pin, 1);
    }
    return extract32(s->pud[b], pin * 2, 2) == PULL_UP;
}

static int tout_of(int b, int pin)
{
    return !strcmp(banks[b].name, "GPD0") && pin < TOUTS ? pin : -1;
}

static bool pin_level(const S5PV210GpioState *s, int b, int pin)
{
    switch (pin_function(s, b, pin)) {
    case FUNC_OUT:
        return extract32(s->dat[b], pin, 1);
    case FUNC_TOUT:
        if (tout_of(b, pin) >= 0) {
            return extract32(s->tout, tout_of(b, pin), 1);
        }
        break;
    }
    return pin_input(s, b, pin);
}

static void pin_changed(S5PV210GpioState *s, int b, int pin, bool level)
{
    g_autofree char *name = NULL;

    s->pad[b] = deposit32(s->pad[b], pin, 1, level);
    if (trace_event_get_state_backends(TRACE_S5PV210_GPIO_PIN)) {
        name = g_strdup_printf("%s_%d", banks[b].name, pin);
        trace_s5pv210_gpio_pin(name, level,
                               qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL));
    }
    pin_interrupt(s, b, pin, !level);
    qemu_set_irq(s->out[b * PINS + pin], level);
}

static void bank_update(S5PV210GpioState *s, int b)
{
    for (int pin = 0; pin < banks[b].pins; pin++) {
        bool level = pin_level(s, b, pin);

        if (level != extract32(s->pad[b], pin, 1)) {
            pin_changed(s, b, pin, level);
        }
    }
    bank_levels(s, b);
}

static void bank_select_tout(S5PV210GpioState *s, int b)
{
    for (int pin = 0; pin < TOUTS && tout_of(b, pin) >= 0; pin++) {
        qemu_set_irq(s->tout_select[pin], pin_function(s, b, pin) == FUNC_TOUT);
    }
}

/* level < 0: nobody drives the pin any more */
static void gpio_set_outside(void *opaque, int n, int level)
{
    S5PV210GpioState *s = opaque;
    int b = n / PINS, pin = n % PINS;

    s->driven[b] = deposit32(s->driven[b], pin, 1, level >= 0);
    s->outside[b] = deposit32(s->outside[b], pin, 1, level > 0);
    bank_update(s, b);
}

static void gpio_set_tout(void *opaque, int n, int level)
{
    S5PV210GpioState *s = opaque;
    int b = bank_at(0x0a0) - banks;

    s->tout = deposit32(s->tout, n, 1, !!level);
    bank_update(s, b);
}

/* ---- registers: banks ---- */

static uint32_t *bank_register(S5PV210GpioState *s, uint32_t offset,
                               uint32_t *writable)
{
    const Bank *bank = bank_at(offset);
    int b = bank - banks;
    bool etc = offset >= ETC_FIRST && offset < ETC_END;

    if (!bank || (etc && (offset & 0x1f) != PUD && (offset & 0x1f) != DRV)) {
        return NULL;
    }
    switch (offset & 0x1f) {
    case CON:
        *writable = pins_mask(bank, 4);
        return &s->con[b];
    case DAT:
        *writable = pins_mask(bank, 1);
        return &s->dat[b];
    case PUD:
        *writable = pins_mask(bank, 2);
        return &s->pud[b];
    case DRV:
        *writable = pins_mask(bank, 2);
        return &s->drv[b];
    case CONPDN:
        *writable = pins_mask(bank, 2);
        return &s->conpdn[b];
    case PUDPDN:
        *writable = pins_mask(bank, 2);
        return &s->pudpdn[b];
    default:
        return NULL;
    }
}

/* ---- registers: interrupts ---- */

/*
 * Which group a register belongs to, when it is in the row of registers that
 * starts at the given offsets; stride in bytes.
 */
static Group *group_in(S5PV210GpioState *s, uint32_t offset, uint32_t gpio_row,
                       uint32_t eint_row, uint32_t stride)
{
    uint32_t n = (offset - gpio_row) / stride;

    if (offset >= gpio_row && n < GROUP_EINT) {
        return &s->group[n];
    }
    n = (offset - eint_row) / stride;
    if (offset >= eint_row && n < GROUPS - GROUP_EINT) {
        return &s->group[GROUP_EINT + n];
    }
    return NULL;
}

/* The group that is served next: fixed priority, the lowest number first. */
static uint32_t gpio_svc(S5PV210GpioState *s, bool pend)
{
    for (int n = 0; n < GROUP_EINT; n++) {
        uint32_t asks = s->group[n].pend & ~s->group[n].mask;

        if (asks) {
            return pend ? 1u << ctz32(asks) : (n + 1) << 3 | ctz32(asks);
        }
    }
    return 0;
}

static uint32_t *interrupt_register(S5PV210GpioState *s, uint32_t offset,
                                    uint32_t *writable)
{
    Group *g;

    *writable = ~0;
    g = group_in(s, offset, INT_CON, EINT_CON, 4);
    if (g) {
        *writable = 0x77777777;
        return &g->con;
    }
    g = group_in(s, offset, INT_FLTCON, EINT_FLTCON, 8);
    if (g) {
        return &g->flt[extract32(offset, 2, 1)];
    }
    g = group_in(s, offset, INT_MASK, EINT_MASK, 4);
    if (g) {
        *writable = 0xff;
        return &g->mask;
    }
    if (offset >= INT_FIXPRI && offset < INT_FIXPRI + 4 * GROUP_EINT) {
        *writable = 7;
        return &s->group[(offset - INT_FIXPRI) / 4].fixpri;
    }
    switch (offset) {
    case INT_GRPPRI:
        *writable = 1;
        return &s->grppri;
    case INT_PRIORITY:
        return &s->priority;
    case INT_GRPFIXPRI:
        *writable = 0x1f;
        return &s->grpfixpri;
    case PDNEN:
        *writable = 3;
        return &s->pdnen;
    default:
        return NULL;
    }
}

/* ---- registers ---- */

static uint32_t gpio_read(S5PV210GpioState *s, uint32_t offset)
{
    uint32_t writable;
    uint32_t *r = bank_register(s, offset, &writable);
    Group *g;

    if (r && (offset & 0x1f) == DAT) {
        return s->pad[r - s->dat];
    }
    if (!r) {
        r = interrupt_register(s, offset, &writable);
    }
    if (r) {
        return *r;
    }
    g = group_in(s, offset, INT_PEND, EINT_PEND, 4);
    if (g) {
        return g->pend;
    }
    if (offset == INT_SVC || offset == INT_SVC_PEND) {
        return gpio_svc(s, offset == INT_SVC_PEND);
    }
    s5pv210_unknown(&s->unknown, offset, false, 0);
    return 0;
}

static void gpio_write_pend(S5PV210GpioState *s, Group *g, uint32_t value)
{
    g->pend &= ~value;
    bank_levels(s, bank_of_group(g - s->group));
}

static void gpio_write(S5PV210GpioState *s, uint32_t offset, uint32_t value,
                       uint32_t lanes)
{
    uint32_t writable;
    uint32_t *r = bank_register(s, offset, &writable);
    Group *g;

    if (r) {
        int b = bank_at(offset) - banks;

        *r = s5pv210_merge(*r, value, lanes, writable);
        if ((offset & 0x1f) == CON) {
            bank_select_tout(s, b);
        }
        bank_update(s, b);
        return;
    }
    r = interrupt_register(s, offset, &writable);
    if (r) {
        *r = s5pv210_merge(*r, value, lanes, writable);
        g = group_in(s, offset, INT_CON, EINT_CON, 4);
        if (g) {
            bank_levels(s, bank_of_group(g - s->group));
        }
        gpio_update_irq(s);
        return;
    }
    g = group_in(s, offset, INT_PEND, EINT_PEND, 4);
    if (g) {
        gpio_write_pend(s, g, value);
        return;
    }
    s5pv210_unknown(&s->unknown, offset, true, value);
}

S5PV210_WORD_OPS(gpio, S5PV210GpioState);

/* ---- the device ---- */

/* A pin's property: opaque is its number. */
static void gpio_get_pin(Object *obj, Visitor *v, const char *name,
                         void *opaque, Error **errp)
{
    S5PV210GpioState *s = S5PV210_GPIO(obj);
    uintptr_t n = (uintptr_t)opaque;
    bool level = extract32(s->pad[n / PINS], n % PINS, 1);

    visit_type_bool(v, name, &level, errp);
}

static void gpio_set_pin(Object *obj, Visitor *v, const char *name,
                         void *opaque, Error **errp)
{
    bool level;

    if (visit_type_bool(v, name, &level, errp)) {
        gpio_set_outside(S5PV210_GPIO(obj), (uintptr_t)opaque, level);
    }
}

static bool is_memory(int b)
{
    return banks[b].con_reset == MEMORY_FUNC && banks[b].offset < ETC_FIRST;
}

static void gpio_reset_hold(Object *obj, ResetType type)
{
    S5PV210GpioState *s = S5PV210_GPIO(obj);

    memset(s->group, 0, sizeof(s->group));
    s->grppri = s->priority = s->grpfixpri = s->pdnen = 0;
    for (int b = 0; b < BANKS; b++) {
        s->con[b] = banks[b].con_reset & pins_mask(&banks[b], 4);
        s->dat[b] = 0;
        /* pull-downs; the pads of the memories: none, and stronger drivers */
        s->pud[b] = is_memory(b) ? 0 : 0x5555 & pins_mask(&banks[b], 2);
        s->drv[b] = is_memory(b) ? 0xaaaa & pins_mask(&banks[b], 2) : 0;
        s->conpdn[b] = s->pudpdn[b] = 0;
        if (banks[b].group != NO_GROUP) {
            s->group[banks[b].group].mask = pins_mask(&banks[b], 1);
        }
    }
}

static void gpio_reset_exit(Object *obj, ResetType type)
{
    S5PV210GpioState *s = S5PV210_GPIO(obj);

    for (int b = 0; b < BANKS; b++) {
        bank_select_tout(s, b);
        bank_update(s, b);
    }
}

static void gpio_init(Object *obj)
{
    S5PV210GpioState *s = S5PV210_GPIO(obj);
    DeviceState *dev = DEVICE(obj);

    s->unknown.block = "gpio";
    memory_region_init_io(&s->iomem, obj, &gpio_ops, s, "s5pv210.gpio", 0x1000);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
    for (int i = 0; i < EINT_IRQS; i++) {
        sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->eint[i]);
    }
    sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->group_irq);
    qdev_init_gpio_in(dev, gpio_set_outside, LINES);
    qdev_init_gpio_out(dev, s->out, LINES);
    qdev_init_gpio_in_named(dev, gpio_set_tout, "tout", TOUTS);
    qdev_init_gpio_out_named(dev, s->tout_select, "tout-select", TOUTS);
    for (uintptr_t n = 0; n < LINES; n++) {
        const Bank *b = &banks[n / PINS];
        g_autofree char *name = g_strdup_printf("%s_%u", b->name,
                                                (unsigned)(n % PINS));

        if (n % PINS < b->pins) {
            object_property_add(obj, name, "bool", gpio_get_pin, gpio_set_pin,
                                NULL, (void *)n);
        }
    }
}

static const VMStateDescription group_vmstate = {
    .name = "s5pv210.gpio/group",
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT32(con, Group),
        VMSTATE_UINT32_ARRAY(flt, Group, 2),
        VMSTATE_UINT32(mask, Group),
        VMSTATE_UINT32(pend, Group),
        VMSTATE_UINT32(fixpri, Group),
        VMSTATE_END_OF_LIST()
    }
};

static const VMStateDescription gpio_vmstate = {
    .name = TYPE_S5PV210_GPIO,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT32_ARRAY(con, S5PV210GpioState, BANKS),
        VMSTATE_UINT32_ARRAY(dat, S5PV210GpioState, BANKS),
        VMSTATE_UINT32_ARRAY(pud, S5PV210GpioState, BANKS),
        VMSTATE_UINT32_ARRAY(drv, S5PV210GpioState, BANKS),
        VMSTATE_UINT32_ARRAY(conpdn, S5PV210GpioState, BANKS),
        VMSTATE_UINT32_ARRAY(pudpdn, S5PV210GpioState, BANKS),
        VMSTATE_UINT32_ARRAY(driven, S5PV210GpioState, BANKS),
        VMSTATE_UINT32_ARRAY(outside, S5PV210GpioState, BANKS),
        VMSTATE_UINT32_ARRAY(pad, S5PV210GpioState, BANKS),
        VMSTATE_UINT32(tout, S5PV210GpioState),
        VMSTATE_STRUCT_ARRAY(group, S5PV210GpioState, GROUPS, 1, group_vmstate,
                             Group),
        VMSTATE_UINT32(grppri, S5PV210GpioState),
        VMSTATE_UINT32(priority, S5PV210GpioState),
        VMSTATE_UINT32(grpfixpri, S5PV210GpioState),
        VMSTATE_UINT32(pdnen, S5PV210GpioState),
        VMSTATE_END_OF_LIST()
    }
};

static void gpio_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    ResettableClass *rc = RESETTABLE_CLASS(klass);

    dc->vmsd = &gpio_vmstate;
    rc->phases.hold = gpio_reset_hold;
    rc->phases.exit = gpio_reset_exit;
}

static const TypeInfo gpio_info = {
    .name = TYPE_S5PV210_GPIO,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S5PV210GpioState),
    .instance_init = gpio_init,
    .class_init = gpio_class_init,
};

static void gpio_register(void)
{
    type_register_static(&gpio_info);
}

type_init(gpio_register)
