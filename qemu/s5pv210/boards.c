/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/boards.c - the machines x210, tiny210, tq210
 * and smdkv210: one table row each.
 *
 * QOM: /machine/soc/BLOCK; /machine/LED ("lit"), /machine/KEY ("pressed").
 * The first -serial is the console, the next ones the other UARTs in turn; a
 * single -serial carries what any UART sends.
 * In the monitor, "sendkey 1" presses the first key for a moment.
 * -M audiodev=ID: where the buzzer sounds; vcd=FILE,pins=A:B: wave forms.
 */
#include "qemu/osdep.h"
#include "audio/audio.h"
#include "exec/address-spaces.h"
#include "hw/boards.h"
#include "hw/irq.h"
#include "hw/qdev-properties.h"
#include "net/net.h"
#include "qapi/error.h"
#include "qapi/visitor.h"
#include "qemu/error-report.h"
#include "qemu/module.h"
#include "system/system.h"
#include "ui/input.h"
#include "dm9000.h"
#include "i2c-regs.h"
#include "panel.h"
#include "s5pv210.h"
#include "vcd.h"

typedef struct Part {
    const char *name;
    const char *pin;
    bool active_high;
} Part;

#define PARTS_MAX 10

/* A chip on an I2C bus, by the registers it has (i2c-regs.c). */
typedef struct Chip {
    const char *name;
    const char *bus;
    uint8_t address;
    uint8_t fill;
    uint16_t page;
} Chip;

/* WM8960, WM8976: for their registers alone */
#define CODEC { "codec", "i2c0", 0x1a, 0, 256 }
/* one of the four parts of an AT24C08, erased */
#define EEPROM(n) { "eeprom" #n, "i2c0", 0x50 + n, 0xff, 16 }
#define SROM_BANK(n) (0x80000000 + (n) * 0x8000000)

typedef struct Board {
    const char *name;
    const char *desc;
    int console;                /* UART of the first -serial */
    Part led[PARTS_MAX];
    Part key[PARTS_MAX];
    Part buzzer;
    Chip chip[PARTS_MAX];
    hwaddr ethernet;            /* a DM9000 there */
    const char *ethernet_pin;   /* of its interrupt; may be NULL */
} Board;

static const Board boards[] = {
    {
        .name = "x210",
        .desc = "S5PV210 course board x210 (Cortex-A8)",
        .console = 2,
        .led = {
            { "led0", "GPJ0_3" }, { "led1", "GPJ0_4" }, { "led2", "GPJ0_5" },
            { "led3", "GPD0_1" },
        },
        .key = {
            { "sw5", "GPH0_2" }, { "sw6", "GPH0_3" }, { "sw7", "GPH2_0" },
            { "sw8", "GPH2_1" }, { "sw9", "GPH2_2" }, { "sw10", "GPH2_3" },
        },
        .buzzer = { "buzzer", "GPD0_2", true },
        .chip = { CODEC, { "sensor", "i2c0", 0x0f, 0, 256 } },
        .ethernet = SROM_BANK(1),
    }, {
        .name = "tiny210",
        .desc = "FriendlyARM Tiny210 and Mini210S (S5PV210, Cortex-A8)",
        .console = 0,
        .led = {
            { "led1", "GPJ2_0" }, { "led2", "GPJ2_1" }, { "led3", "GPJ2_2" },
            { "led4", "GPJ2_3" },
        },
        .key = {
            { "k1", "GPH2_0" }, { "k2", "GPH2_1" }, { "k3", "GPH2_2" },
            { "k4", "GPH2_3" }, { "k5", "GPH3_0" }, { "k6", "GPH3_1" },
            { "k7", "GPH3_2" }, { "k8", "GPH3_3" },
        },
        .buzzer = { "buzzer", "GPD0_0", true },
        .chip = { CODEC, EEPROM(0), EEPROM(1), EEPROM(2), EEPROM(3) },
        .ethernet = SROM_BANK(1),
        .ethernet_pin = "GPH0_7",
    }, {
        .name = "tq210",
        .desc = "EmbedSky TQ210 (S5PV210, Cortex-A8)",
        .console = 0,
        .led = { { "led1", "GPC0_3", true }, { "led2", "GPC0_4", true } },
        .key = {
            { "key1", "GPH0_0" }, { "key2", "GPH0_1" }, { "key3", "GPH0_2" },
            { "key4", "GPH0_3" }, { "key5", "GPH0_4" }, { "key6", "GPH0_5" },
            { "key7", "GPH2_6" }, { "key8", "GPH2_7" },
        },
        .buzzer = { "buzzer", "GPD0_1", true },
        .chip = { CODEC, { "eeprom0", "i2c0", 0x50, 0xff, 8 } },
        .ethernet = SROM_BANK(1),
        .ethernet_pin = "GPH1_2",
    }, {
        .name = "smdkv210",
        .desc = "Samsung SMDKV210 (S5PV210, Cortex-A8)",
        .console = 0,
        .ethernet = SROM_BANK(5),
        .ethernet_pin = "GPH1_1",
    },
};

#define TYPE_S5PV210_MACHINE "s5pv210-machine"
OBJECT_DECLARE_TYPE(S5PV210MachineState, S5PV210MachineClass, S5PV210_MACHINE)

struct S5PV210MachineState {
    MachineState parent_obj;

    S5PV210State soc;
    uint32_t load_address;
    uint32_t om;
    bool emmc;
    int32_t console;
    DeviceState *led[PARTS_MAX];
    DeviceState *key[PARTS_MAX];
    char *vcd_file;
    char *vcd_pins;
};

struct S5PV210MachineClass {
    MachineClass parent_class;

    const Board *board;
};

static void check_memory(MachineState *machine)
{
    MachineClass *mc = MACHINE_GET_CLASS(machine);

    if (machine->ram_size != mc->default_ram_size) {
        error_report("%s: its memory is fixed: 0x20000000 to 0x5fffffff; "
                     "leave -m away", mc->name);
        exit(1);
    }
}

static void check_om(S5PV210MachineState *m)
{
    if (m->om > 0x3f) {
        error_report("om=0x%x: the OM pins are six: 0 to 0x3f", m->om);
        exit(1);
    }
}

/* (-append is what a program gets by semihosting.) */
static void check_files(MachineState *machine)
{
    const char *option = machine->firmware ? "-bios" :
                         machine->initrd_filename ? "-initrd" :
                         machine->dtb ? "-dtb" : NULL;

    if (option) {
        error_report("%s: this machine has its own boot ROM and loads no more "
                     "than -kernel (or a card: -drive if=sd,...)", option);
        exit(1);
    }
}

static DeviceState *add_part(S5PV210MachineState *m, const char *type,
                             const Part *p)
{
    const char *audiodev = MACHINE(m)->audiodev;
    DeviceState *dev = qdev_new(type);

    object_property_add_child(OBJECT(m), p->name, OBJECT(dev));
    qdev_prop_set_bit(dev, "active-high", p->active_high);
    if (audiodev && object_property_find(OBJECT(dev), "audiodev")) {
        qdev_prop_set_string(dev, "audiodev", audiodev);
    }
    qdev_realize_and_unref(dev, NULL, &error_fatal);
    return dev;
}

/* What hangs on the pin pulls it to the level that means "off". */
static void pull_off(DeviceState *gpio, const Part *p)
{
    qemu_set_irq(qdev_get_gpio_in(gpio, s5pv210_gpio_line(p->pin)),
                 !p->active_high);
}

/* A part that the board's pin drives. */
static DeviceState *add_driven(S5PV210MachineState *m, const char *type,
                               const Part *p)
{
    DeviceState *gpio = m->soc.gpio;
    DeviceState *dev = add_part(m, type, p);

    qdev_connect_gpio_out(gpio, s5pv210_gpio_line(p->pin),
                          qdev_get_gpio_in(dev, 0));
    pull_off(gpio, p);
    return dev;
}

/*
 * The pins of the external interrupts: on boards keys to ground and open drains
 * hang there.  A program for another board must not find a key pressed, or an
 * interrupt by level.
 */
static void pull_up_eints(DeviceState *gpio)
{
    for (int eint = 0; eint < 32; eint++) {
        g_autofree char *pin = g_strdup_printf("GPH%d_%d", eint / 8, eint % 8);

        qemu_set_irq(qdev_get_gpio_in(gpio, s5pv210_gpio_line(pin)), 1);
    }
}

static void add_panel(S5PV210MachineState *m, const Board *b)
{
    DeviceState *gpio = m->soc.gpio;

    if (b->key[0].name) {
        pull_up_eints(gpio);
    }
    for (int i = 0; i < PARTS_MAX && b->led[i].name; i++) {
        m->led[i] = add_driven(m, TYPE_S5PV210_LED, &b->led[i]);
    }
    if (b->buzzer.name) {
        add_driven(m, TYPE_S5PV210_BUZZER, &b->buzzer);
    }
    for (int i = 0; i < PARTS_MAX && b->key[i].name; i++) {
        m->key[i] = add_part(m, TYPE_S5PV210_KEY, &b->key[i]);
        qdev_connect_gpio_out(m->key[i], 0,
                              qdev_get_gpio_in(gpio, s5pv210_gpio_line(
                                                         b->key[i].pin)));
        s5pv210_key_set(m->key[i], false);
    }
}

/* Before any of "-device", which is asked first if it has the same address. */
static void add_chips(S5PV210MachineState *m, const Board *b)
{
    for (int i = 0; i < PARTS_MAX && b->chip[i].name; i++) {
        const Chip *c = &b->chip[i];
        DeviceState *bus = DEVICE(object_resolve_path_component(OBJECT(&m->soc),
                                                                c->bus));
        DeviceState *dev = qdev_new(TYPE_S5PV210_I2C_REGS);

        object_property_add_child(OBJECT(m), c->name, OBJECT(dev));
        qdev_prop_set_uint8(dev, "address", c->address);
        qdev_prop_set_uint8(dev, "fill", c->fill);
        qdev_prop_set_uint16(dev, "page", c->page);
        qdev_realize_and_unref(dev, qdev_get_child_bus(bus, c->bus),
                               &error_fatal);
    }
}

static void add_ethernet(S5PV210MachineState *m, const Board *b)
{
    DeviceState *dev = qdev_new(TYPE_S5PV210_DM9000);

    object_property_add_child(OBJECT(m), "ethernet", OBJECT(dev));
    qemu_configure_nic_device(dev, true, "dm9000");
    sysbus_realize_and_unref(SYS_BUS_DEVICE(dev), &error_fatal);
    sysbus_mmio_map(SYS_BUS_DEVICE(dev), 0, b->ethernet);
    if (b->ethernet_pin) {
        int line = s5pv210_gpio_line(b->ethernet_pin);

        sysbus_connect_irq(SYS_BUS_DEVICE(dev), 0,
                           qdev_get_gpio_in(m->soc.gpio, line));
    }
}

static void append_pins(GString *pins, const Part *p, unsigned n)
{
    for (unsigned i = 0; i < n && p[i].name; i++) {
        g_string_append_printf(pins, " %s", p[i].pin);
    }
}

/* Without "pins": those that have a part of the board. */
static void write_waves(S5PV210MachineState *m, const Board *b)
{
    g_autoptr(GString) pins = g_string_new(m->vcd_pins);

    if (!m->vcd_file) {
        if (m->vcd_pins) {
            error_report("%s: pins= wants vcd=FILE, which they are written to",
                         b->name);
            exit(1);
        }
        return;
    }
    if (!m->vcd_pins) {
        append_pins(pins, b->led, PARTS_MAX);
        append_pins(pins, &b->buzzer, 1);
        append_pins(pins, b->key, PARTS_MAX);
    }
    s5pv210_vcd(m->soc.gpio, b->name, m->vcd_file, pins->str, &error_fatal);
}

/* A digit on the keyboard, or sendkey: the key of that number. */
static void keyboard_event(DeviceState *dev, QemuConsole *src,
                           InputEvent *event)
{
    S5PV210MachineState *m = S5PV210_MACHINE(qdev_get_machine());
    InputKeyEvent *e = event->u.key.data;
    int n = qemu_input_key_value_to_qcode(e->key) - Q_KEY_CODE_1;

    if (n >= 0 && n < PARTS_MAX && m->key[n]) {
        s5pv210_key_set(m->key[n], e->down);
    }
}

static const QemuInputHandler keyboard = {
    .name = "s5pv210 board keys",
    .mask = INPUT_EVENT_MASK_KEY,
    .event = keyboard_event,
};

/*
 * The console gets the first -serial, the other UARTs what follows.  Where
 * there is only one, it is the cable of whatever UART a program uses.
 */
static void give_serials(S5PV210MachineState *m)
{
    m->soc.serial[m->console] = serial_hd(0);
    for (int uart = 0, n = 1; uart < S5PV210_UARTS; uart++) {
        if (uart != m->console) {
            m->soc.serial[uart] = serial_hd(n++);
        }
    }
    m->soc.one_cable = !serial_hd(1);
}

static void s5pv210_machine_run(MachineState *machine)
{
    S5PV210MachineState *m = S5PV210_MACHINE(machine);
    const Board *b = S5PV210_MACHINE_GET_CLASS(m)->board;

    check_memory(machine);
    check_om(m);
    check_files(machine);
    memory_region_add_subregion(get_system_memory(), S5PV210_RAM_BASE,
                                machine->ram);
    object_initialize_child(OBJECT(m), "soc", &m->soc, TYPE_S5PV210);
    m->soc.om = m->om;
    m->soc.emmc = m->emmc;
    give_serials(m);
    qdev_realize(DEVICE(&m->soc), NULL, &error_fatal);
    add_panel(m, b);
    add_chips(m, b);
    add_ethernet(m, b);
    write_waves(m, b);
    if (m->key[0]) {
        qemu_input_handler_register(m->key[0], &keyboard);
    }
    s5pv210_boot(&m->soc, machine->kernel_filename, m->load_address);
}

static void get_console(Object *obj, Visitor *v, const char *name,
                        void *opaque, Error **errp)
{
    visit_type_int32(v, name, &S5PV210_MACHINE(obj)->console, errp);
}

static void set_console(Object *obj, Visitor *v, const char *name,
                        void *opaque, Error **errp)
{
    int32_t uart;

    if (!visit_type_int32(v, name, &uart, errp)) {
        return;
    }
    if (uart < 0 || uart >= S5PV210_UARTS) {
        error_setg(errp, "console=%d: the UARTs are 0 to %d", uart,
                   S5PV210_UARTS - 1);
        return;
    }
    S5PV210_MACHINE(obj)->console = uart;
}

static char *get_vcd(Object *obj, Error **errp)
{
    return g_strdup(S5PV210_MACHINE(obj)->vcd_file);
}

static void set_vcd(Object *obj, const char *value, Error **errp)
{
    S5PV210MachineState *m = S5PV210_MACHINE(obj);

    g_free(m->vcd_file);
    m->vcd_file = g_strdup(value);
}

static char *get_pins(Object *obj, Error **errp)
{
    return g_strdup(S5PV210_MACHINE(obj)->vcd_pins);
}

static void set_pins(Object *obj, const char *value, Error **errp)
{
    S5PV210MachineState *m = S5PV210_MACHINE(obj);

    g_free(m->vcd_pins);
    m->vcd_pins = g_strdup(value);
}

static bool get_emmc(Object *obj, Error **errp)
{
    return S5PV210_MACHINE(obj)->emmc;
}

static void set_emmc(Object *obj, bool value, Error **errp)
{
    S5PV210_MACHINE(obj)->emmc = value;
}

/* Properties of the class, for "-M x210,help" has no machine to ask. */
static void get_u32(Object *obj, Visitor *v, const char *name, void *offset,
                    Error **errp)
{
    visit_type_uint32(v, name, (void *)obj + (uintptr_t)offset, errp);
}

static void set_u32(Object *obj, Visitor *v, const char *name, void *offset,
                    Error **errp)
{
    visit_type_uint32(v, name, (void *)obj + (uintptr_t)offset, errp);
}

static void add_u32(ObjectClass *klass, const char *name, size_t offset)
{
    object_class_property_add(klass, name, "uint32", get_u32, set_u32, NULL,
                              (void *)(uintptr_t)offset);
}

static void add_properties(ObjectClass *klass)
{
    static const char * const about[][2] = {
        { "load-address", "where a raw -kernel is put and entered" },
        { "emmc", "the first card is an eMMC" },
        { "om", "the OM pins (0x0c: boot from SD channel 0)" },
        { "console", "UART of the first -serial" },
        { "vcd", "file for the wave forms of the pins" },
        { "pins", "the pins that vcd writes: GPJ0_3:GPD0_2" },
    };

    add_u32(klass, "load-address",
            offsetof(S5PV210MachineState, load_address));
    add_u32(klass, "om", offsetof(S5PV210MachineState, om));
    object_class_property_add_bool(klass, "emmc", get_emmc, set_emmc);
    object_class_property_add(klass, "console", "int32", get_console,
                              set_console, NULL, NULL);
    object_class_property_add_str(klass, "vcd", get_vcd, set_vcd);
    object_class_property_add_str(klass, "pins", get_pins, set_pins);
    for (int i = 0; i < ARRAY_SIZE(about); i++) {
        object_class_property_set_description(klass, about[i][0], about[i][1]);
    }
}

static void s5pv210_machine_init(Object *obj)
{
    S5PV210MachineState *m = S5PV210_MACHINE(obj);

    m->om = S5PV210_OM_SD0;
    m->console = S5PV210_MACHINE_GET_CLASS(m)->board->console;
}

static void s5pv210_base_class_init(ObjectClass *klass, void *data)
{
    add_properties(klass);
}

static void s5pv210_machine_class_init(ObjectClass *klass, void *data)
{
    MachineClass *mc = MACHINE_CLASS(klass);
    static const char * const cpus[] = {
        ARM_CPU_TYPE_NAME("cortex-a8"), NULL
    };

    S5PV210_MACHINE_CLASS(klass)->board = data;
    mc->desc = ((const Board *)data)->desc;
    mc->init = s5pv210_machine_run;
    mc->default_cpu_type = cpus[0];
    mc->valid_cpu_types = cpus;
    mc->default_ram_size = S5PV210_RAM_SIZE;
    mc->default_ram_id = "s5pv210.ram";
    mc->block_default_type = IF_SD;
    mc->no_floppy = 1;
    mc->no_cdrom = 1;
    mc->no_parallel = 1;
    machine_add_audiodev_property(mc);
}

static void s5pv210_machine_register(void)
{
    static const TypeInfo base = {
        .name = TYPE_S5PV210_MACHINE,
        .parent = TYPE_MACHINE,
        .instance_size = sizeof(S5PV210MachineState),
        .class_size = sizeof(S5PV210MachineClass),
        .instance_init = s5pv210_machine_init,
        .class_init = s5pv210_base_class_init,
        .abstract = true,
    };
    static TypeInfo types[ARRAY_SIZE(boards)];

    type_register_static(&base);
    for (int i = 0; i < ARRAY_SIZE(boards); i++) {
        types[i] = (TypeInfo) {
            .name = g_strdup_printf(MACHINE_TYPE_NAME("%s"), boards[i].name),
            .parent = TYPE_S5PV210_MACHINE,
            .class_init = s5pv210_machine_class_init,
            .class_data = (void *)&boards[i],
        };
        type_register_static(&types[i]);
    }
}

type_init(s5pv210_machine_register)
