/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/probe.c - from a board's rows to live drivers, and how to find them.
 */
#include "drivers/probe.h"

#include <errno.h>
#include <string.h>

#include "drivers/console.h"
#include "drivers/irq.h"
#include "drivers/reset.h"
#include "drivers/timer.h"
#include "drivers/uart.h"
#include "mm/ioremap.h"
#include "mm/log.h"
#include "mm/resource.h"

static const struct device_desc *table;
static unsigned int table_rows;
static bool live[PROBE_ROWS];

static struct irq_chip intc;
static struct timer timer;
static struct uart uart;
static struct reset reset;
static bool have_intc, have_timer, have_console, have_reset;

static struct gpio_chip gpios[PROBE_GPIOS];
static struct pwm_chip pwms[PROBE_PWMS];
static struct led leds[PROBE_LEDS];
static struct buzzer buzzers[PROBE_BUZZERS];
static struct key keys[PROBE_KEYS];
static unsigned int n_gpios, n_pwms, n_leds, n_buzzers, n_keys;

/* ---- saying no: the row, the reason, the way out ---- */

#define LIST_MAX 96

/* The names @name(0), @name(1) ... as "a, b, c". */
static void list_names(char list[LIST_MAX], const char *(*name)(unsigned int i))
{
	size_t used = 0;

	memcpy(list, "none", sizeof("none"));
	for (unsigned int i = 0; name(i); i++) {
		size_t n = strlen(name(i));

		if (used + 2 + n >= LIST_MAX)
			return;
		if (used) {
			list[used++] = ',';
			list[used++] = ' ';
		}
		memcpy(list + used, name(i), n + 1);
		used += n;
	}
}

static int unknown_driver(const struct device_desc *row, const char *(*name)(unsigned int i))
{
	char list[LIST_MAX];

	list_names(list, name);
	mm_log("device %s: no %s driver is called \"%s\"; there are: %s", row->name,
	       device_class_name(row->class), row->driver, list);
	return -ENODEV;
}

static int unknown_parent(const struct device_desc *row, const char *kind,
			  const char *(*name)(unsigned int i))
{
	char list[LIST_MAX];

	list_names(list, name);
	mm_log("device %s: hangs on \"%s\", which is %s; working %ss: %s", row->name, row->driver,
	       device_desc_of(row->driver) ? "something else or failed itself" : "no row", kind,
	       list);
	return -ENODEV;
}

static int no_room(const struct device_desc *row, const char *what, unsigned int max)
{
	mm_log("device %s: %u are served already; raise %s", row->name, max, what);
	return -ENOMEM;
}

static int only_one(const struct device_desc *row)
{
	mm_log("device %s: the board has a working %s already; remove one of the rows", row->name,
	       device_class_name(row->class));
	return -EBUSY;
}

static int bad_line(const struct device_desc *row)
{
	mm_log("device %s: no such line %u on %s (reason above); correct it in the board's row",
	       row->name, row->line, row->driver);
	return -EINVAL;
}

static int not_started(const struct device_desc *row, int err)
{
	mm_log("device %s: %s did not start (error %d, reason above); not available", row->name,
	       row->driver, -err);
	return err;
}

/* ---- registers ---- */

static void __iomem *map(const struct device_desc *row, pa_t phys, u32 size)
{
	void __iomem *base = ioremap(phys, size);

	if (!base)
		mm_log("device %s: registers at %p (%z) cannot be mapped (error %d, reason above); "
		       "correct .phys and .size in the board's row",
		       row->name, phys, size, errno);
	return base;
}

static void __iomem *claim_and_map(const struct device_desc *row, pa_t phys, u32 size)
{
	void __iomem *base;

	if (!request_mem_region(phys, size, row->name)) {
		mm_log("device %s: registers at %p (%z) cannot be claimed (error %d, reason "
		       "above); "
		       "correct .phys and .size in the board's row",
		       row->name, phys, size, errno);
		return NULL;
	}
	base = map(row, phys, size);
	if (!base)
		release_mem_region(phys, size);
	return base;
}

static void unmap_and_release(void __iomem *base, pa_t phys, u32 size)
{
	iounmap(base);
	release_mem_region(phys, size);
}

/* A row that does not say has 0, which no device of ours uses, or -1. */
static int irq_of(const struct device_desc *row)
{
	return row->irq > 0 ? row->irq : -1;
}

/* ---- one function a class ---- */

static pa_t window_phys(const struct device_desc *row, u32 i)
{
	return row->phys + i * (row->phys2 - row->phys);
}

static u32 window_size(const struct device_desc *row, u32 i)
{
	return i == 1 && row->size2 ? row->size2 : row->size;
}

static u32 window_count(const struct device_desc *row)
{
	if (row->aux)
		return row->aux;
	return row->phys2 ? 2 : 1;
}

static void intc_unmap(const struct device_desc *row)
{
	while (intc.bases) {
		u32 i = --intc.bases;

		unmap_and_release(intc.base[i], window_phys(row, i), window_size(row, i));
	}
}

static int intc_map(const struct device_desc *row, u32 windows)
{
	for (intc.bases = 0; intc.bases < windows; intc.bases++) {
		u32 i = intc.bases;
		void __iomem *base = claim_and_map(row, window_phys(row, i), window_size(row, i));

		if (!base)
			return -EBUSY;
		intc.base[i] = base;
	}
	return 0;
}

static int probe_intc(const struct device_desc *row)
{
	u32 windows = window_count(row);
	int err;

	if (have_intc)
		return only_one(row);
	intc = (struct irq_chip){ .ops = irq_chip_find(row->driver) };
	if (!intc.ops)
		return unknown_driver(row, irq_chip_name);
	if (windows > IRQ_CHIP_BASES || (windows > 1 && !row->phys2)) {
		mm_log("device %s: %u controllers; up to %u are served, and from two on .phys2 "
		       "must say where the second is",
		       row->name, windows, IRQ_CHIP_BASES);
		return -EINVAL;
	}
	err = intc_map(row, windows);
	if (!err) {
		err = irq_init(&intc);
		if (err)
			not_started(row, err);
	}
	if (err)
		intc_unmap(row);
	else
		have_intc = true;
	return err;
}

static int probe_timer(const struct device_desc *row)
{
	int err;

	if (have_timer)
		return only_one(row);
	timer = (struct timer){
		.ops = timer_find(row->driver),
		.clock = row->clock,
		.irq = irq_of(row),
		.tick_irq = row->aux ? (int)row->aux : -1,
	};
	if (!timer.ops)
		return unknown_driver(row, timer_name);
	if (!timer.ops->no_registers) {
		timer.base = claim_and_map(row, row->phys, row->size);
		if (!timer.base)
			return -EBUSY;
	}
	err = timer_init(&timer);
	if (err) {
		if (timer.base)
			unmap_and_release(timer.base, row->phys, row->size);
		return not_started(row, err);
	}
	have_timer = true;
	return 0;
}

static int probe_console(const struct device_desc *row)
{
	int err;

	if (have_console)
		return only_one(row);
	uart = (struct uart){
		.ops = uart_find(row->driver),
		.clock = row->clock,
		.aux = row->aux,
	};
	if (!uart.ops)
		return unknown_driver(row, uart_name);
	uart.base = claim_and_map(row, row->phys, row->size);
	if (!uart.base)
		return -EBUSY;
	err = uart_init(&uart, CONSOLE_BAUD);
	if (err) {
		unmap_and_release(uart.base, row->phys, row->size);
		return not_started(row, err);
	}
	console_set(&uart);
	have_console = true;
	/* Refused, the console is polled: it works, and the log says why. */
	if (have_intc && irq_of(row) > 0)
		console_rx_irq(row->irq);
	return 0;
}

static int probe_gpio(const struct device_desc *row)
{
	struct gpio_chip *c = &gpios[n_gpios];

	if (n_gpios == PROBE_GPIOS)
		return no_room(row, "PROBE_GPIOS", PROBE_GPIOS);
	*c = (struct gpio_chip){
		.ops = gpio_find(row->driver),
		.name = row->name,
		.phys = row->phys,
		.size = row->size,
		.lines = row->aux,
		.phys2 = row->phys2,
		.size2 = row->size2,
		.flags = row->flags,
	};
	if (!c->ops)
		return unknown_driver(row, gpio_name);
	if (c->lines > c->ops->lines) {
		mm_log("device %s: .aux gives it %u lines, a %s has %u; correct the board's row",
		       row->name, c->lines, c->ops->name, c->ops->lines);
		return -EINVAL;
	}
	c->base = map(row, row->phys, row->size);
	if (!c->base)
		return -ENOMEM;
	if (row->phys2) {
		c->base2 = map(row, row->phys2, row->size2);
		if (!c->base2) {
			iounmap(c->base);
			return -ENOMEM;
		}
	}
	n_gpios++;
	return 0;
}

static int probe_pwm(const struct device_desc *row)
{
	struct pwm_chip *c = &pwms[n_pwms];

	if (n_pwms == PROBE_PWMS)
		return no_room(row, "PROBE_PWMS", PROBE_PWMS);
	*c = (struct pwm_chip){
		.ops = pwm_find(row->driver),
		.name = row->name,
		.clock = row->clock,
		.pins = row->aux ? device_gpio(0) : NULL,
		.pin = row->aux - 1,
	};
	if (!c->ops)
		return unknown_driver(row, pwm_name);
	if (row->aux && !c->pins) {
		mm_log("device %s: its output pin (.aux) needs a GPIO chip, and none works; "
		       "correct the board's DEV_GPIO row",
		       row->name);
		return -ENODEV;
	}
	if (c->pins && gpio_check(c->pins, c->pin, row->name)) {
		mm_log("device %s: .aux is the output pin's line plus one; correct it in the "
		       "board's row",
		       row->name);
		return -EINVAL;
	}
	c->base = map(row, row->phys, row->size);
	if (!c->base)
		return -ENOMEM;
	n_pwms++;
	return 0;
}

static const char *gpio_row_name(unsigned int i)
{
	return i < n_gpios ? gpios[i].name : NULL;
}

static const char *parent_row_name(unsigned int i)
{
	if (i < n_gpios)
		return gpios[i].name;
	return i - n_gpios < n_pwms ? pwms[i - n_gpios].name : NULL;
}

static int probe_led(const struct device_desc *row)
{
	struct led *l = &leds[n_leds];

	if (n_leds == PROBE_LEDS)
		return no_room(row, "PROBE_LEDS", PROBE_LEDS);
	*l = (struct led){
		.name = row->name,
		.chip = device_gpio_by_name(row->driver),
		.line = row->line,
		.active_low = row->flags & GPIO_ACTIVE_LOW,
	};
	if (!l->chip)
		return unknown_parent(row, "GPIO chip", gpio_row_name);
	if (led_init(l))
		return bad_line(row);
	n_leds++;
	return 0;
}

static int probe_key(const struct device_desc *row)
{
	struct key *k = &keys[n_keys];
	int err;

	if (n_keys == PROBE_KEYS)
		return no_room(row, "PROBE_KEYS", PROBE_KEYS);
	*k = (struct key){
		.name = row->name,
		.chip = device_gpio_by_name(row->driver),
		.line = row->line,
		.active_low = row->flags & GPIO_ACTIVE_LOW,
	};
	if (!k->chip)
		return unknown_parent(row, "GPIO chip", gpio_row_name);
	err = key_init(k);
	if (err == -EINVAL)
		return bad_line(row);
	if (err)
		return not_started(row, err);
	n_keys++;
	return 0;
}

static int probe_buzzer(const struct device_desc *row)
{
	struct buzzer *b = &buzzers[n_buzzers];

	if (n_buzzers == PROBE_BUZZERS)
		return no_room(row, "PROBE_BUZZERS", PROBE_BUZZERS);
	*b = (struct buzzer){
		.name = row->name,
		.gpio = device_gpio_by_name(row->driver),
		.pwm = device_pwm_by_name(row->driver),
		.line = row->line,
		.active_low = row->flags & GPIO_ACTIVE_LOW,
	};
	if (!b->gpio && !b->pwm)
		return unknown_parent(row, "GPIO chip or PWM block", parent_row_name);
	if (b->pwm && b->active_low) {
		mm_log("device %s: a PWM channel rests low, so an active-low buzzer would sound; "
		       "put it on its GPIO line",
		       row->name);
		return -EINVAL;
	}
	if (buzzer_init(b))
		return bad_line(row);
	n_buzzers++;
	return 0;
}

static int probe_reset(const struct device_desc *row)
{
	if (have_reset)
		return only_one(row);
	reset = (struct reset){
		.ops = reset_find(row->driver),
		.size = row->size,
		.value = row->flags,
		.unlock = row->aux,
	};
	if (!reset.ops)
		return unknown_driver(row, reset_name);
	reset.base = map(row, row->phys, row->size);
	if (!reset.base)
		return -ENOMEM;
	if (row->phys2) {
		reset.lock = map(row, row->phys2, row->size2);
		if (!reset.lock) {
			iounmap(reset.base);
			return -ENOMEM;
		}
	}
	reset_set(&reset);
	have_reset = true;
	return 0;
}

/* ---- all of them, in the order they need each other ---- */

static const struct {
	u32 class;
	const char *name;
	int (*probe)(const struct device_desc *row);
} classes[] = {
	{ DEV_INTC, "interrupt controller", probe_intc },
	{ DEV_TIMER, "timer", probe_timer },
	{ DEV_CONSOLE, "console", probe_console },
	{ DEV_GPIO, "gpio", probe_gpio },
	{ DEV_PWM, "pwm", probe_pwm },
	{ DEV_LED, "led", probe_led },
	{ DEV_BUZZER, "buzzer", probe_buzzer },
	{ DEV_KEY, "key", probe_key },
	{ DEV_RESET, "reset", probe_reset },
};

const char *device_class_name(u32 class)
{
	for (size_t i = 0; i < ARRAY_SIZE(classes); i++)
		if (classes[i].class == class)
			return classes[i].name;
	return "unknown class";
}

static bool class_known(u32 class)
{
	for (size_t i = 0; i < ARRAY_SIZE(classes); i++)
		if (classes[i].class == class)
			return true;
	return false;
}

/* Can the row be read at all?  Then the classes may look at it. */
static bool row_readable(unsigned int i)
{
	const struct device_desc *row = &table[i];

	if (!row->name[0] || row->name[sizeof(row->name) - 1] ||
	    row->driver[sizeof(row->driver) - 1]) {
		mm_log("device row #%u: name and driver take 1 to 15 characters; shorten them",
		       i + 1);
		return false;
	}
	if (!class_known(row->class)) {
		mm_log("device %s: there is no class %u; use a DEV_* of drivers/device.h",
		       row->name, row->class);
		return false;
	}
	if (device_desc_of(row->name) != row) {
		mm_log("device %s: rows #%u and #%u of board_devices have this name; rename one",
		       row->name, (u32)(device_desc_of(row->name) - table) + 1, i + 1);
		return false;
	}
	return true;
}

static void forget_all(void)
{
	memset(live, 0, sizeof(live));
	have_intc = have_timer = have_console = have_reset = false;
	n_gpios = n_pwms = n_leds = n_buzzers = n_keys = 0;
	table_rows = 0;
	console_set(NULL);
	reset_set(NULL);
}

unsigned int devices_probe(const struct device_desc *rows, unsigned int n)
{
	bool readable[PROBE_ROWS];
	unsigned int failed = 0;

	forget_all();
	if (n > PROBE_ROWS) {
		mm_log("devices: %u rows, %u are served; raise PROBE_ROWS", n, PROBE_ROWS);
		failed = n - PROBE_ROWS;
		n = PROBE_ROWS;
	}
	table = rows;
	table_rows = n;
	for (unsigned int i = 0; i < n; i++) {
		readable[i] = row_readable(i);
		failed += !readable[i];
	}
	for (size_t k = 0; k < ARRAY_SIZE(classes); k++)
		for (unsigned int i = 0; i < n; i++) {
			if (!readable[i] || rows[i].class != classes[k].class)
				continue;
			live[i] = !classes[k].probe(&rows[i]);
			failed += !live[i];
		}
	return failed;
}

/* ---- finding them again ---- */

struct gpio_chip *device_gpio(unsigned int i)
{
	return i < n_gpios ? &gpios[i] : NULL;
}

struct pwm_chip *device_pwm(unsigned int i)
{
	return i < n_pwms ? &pwms[i] : NULL;
}

struct led *device_led(unsigned int i)
{
	return i < n_leds ? &leds[i] : NULL;
}

struct buzzer *device_buzzer_at(unsigned int i)
{
	return i < n_buzzers ? &buzzers[i] : NULL;
}

struct key *device_key(unsigned int i)
{
	return i < n_keys ? &keys[i] : NULL;
}

struct gpio_chip *device_gpio_by_name(const char *name)
{
	for (unsigned int i = 0; i < n_gpios; i++)
		if (!strcmp(gpios[i].name, name))
			return &gpios[i];
	return NULL;
}

struct pwm_chip *device_pwm_by_name(const char *name)
{
	for (unsigned int i = 0; i < n_pwms; i++)
		if (!strcmp(pwms[i].name, name))
			return &pwms[i];
	return NULL;
}

struct led *device_led_by_name(const char *name)
{
	for (unsigned int i = 0; i < n_leds; i++)
		if (!strcmp(leds[i].name, name))
			return &leds[i];
	return NULL;
}

struct buzzer *device_buzzer_by_name(const char *name)
{
	for (unsigned int i = 0; i < n_buzzers; i++)
		if (!strcmp(buzzers[i].name, name))
			return &buzzers[i];
	return NULL;
}

struct key *device_key_by_name(const char *name)
{
	for (unsigned int i = 0; i < n_keys; i++)
		if (!strcmp(keys[i].name, name))
			return &keys[i];
	return NULL;
}

struct buzzer *device_buzzer(void)
{
	return device_buzzer_at(0);
}

const struct device_desc *device_desc_at(unsigned int i)
{
	return i < table_rows ? &table[i] : NULL;
}

const struct device_desc *device_desc_of(const char *name)
{
	for (unsigned int i = 0; i < table_rows; i++)
		if (!strncmp(table[i].name, name, sizeof(table[i].name)))
			return &table[i];
	return NULL;
}

bool device_live(const struct device_desc *row)
{
	return row >= table && row < table + table_rows && live[row - table];
}

static void show_row(const struct device_desc *row)
{
	if (row->class == DEV_LED || row->class == DEV_BUZZER || row->class == DEV_KEY)
		mm_log("%-15s %-20s line %u of %s%s%s", row->name, device_class_name(row->class),
		       row->line, row->driver, row->flags & GPIO_ACTIVE_LOW ? ", active low" : "",
		       device_live(row) ? "" : " (not working)");
	else
		mm_log("%-15s %-20s %-8s %p%s", row->name, device_class_name(row->class),
		       row->driver, row->phys, device_live(row) ? "" : " (not working)");
}

void devices_show(void)
{
	for (unsigned int i = 0; i < table_rows; i++)
		show_row(&table[i]);
}
