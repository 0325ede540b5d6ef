/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot/bl1/tell.c - what a person sees of BL1: its lines on the console, its
 * progress and its end on the LEDs, all by the board's own table.
 */
#include "board/board.h"
#include "boot/bl1/bl1.h"
#include "boot/bl1/soc.h"
#include "drivers/earlycon.h"
#include "drivers/led.h"
#include "mm/log.h"

#define LEDS_MAX 8u
#define LINE_BYTES 192u

static struct gpio_chip chip;
static struct led leds[LEDS_MAX];
static u32 n_leds;
static pa_t console;
static char last_line[LINE_BYTES];

static bool same_name(const char *a, const char *b)
{
	for (; *a == *b; a++, b++)
		if (!*a)
			return true;
	return false;
}

static const struct device_desc *row_of(u32 class)
{
	for (u32 i = 0; i < board_device_rows; i++)
		if (board_devices[i].class == class)
			return &board_devices[i];
	return NULL;
}

/* ---- LEDs ---- */

static void add_led(const struct device_desc *row)
{
	struct led *l = &leds[n_leds];

	if (n_leds == LEDS_MAX || !same_name(row->driver, chip.name))
		return;
	*l = (struct led){ .name = row->name,
			   .chip = &chip,
			   .line = row->line,
			   .active_low = row->flags & GPIO_ACTIVE_LOW };
	if (!led_init(l))
		n_leds++;
}

void lights_init(void)
{
	const struct device_desc *gpio = row_of(DEV_GPIO);

	n_leds = 0;
	if (!gpio)
		return;
	chip = (struct gpio_chip){ .ops = soc_gpio_ops,
				   .base = IOMEM(gpio->phys),
				   .name = gpio->name,
				   .phys = gpio->phys,
				   .size = gpio->size };
	for (u32 i = 0; i < board_device_rows; i++)
		if (board_devices[i].class == DEV_LED)
			add_led(&board_devices[i]);
}

void lights_stage(u32 n)
{
	for (u32 i = 0; i < n_leds; i++)
		led_set(&leds[i], i < n);
}

static void wait_ms(u32 ms)
{
	while (ms--)
		soc_delay_us(1000);
}

static void flash(u32 times)
{
	while (times--) {
		lights_stage(LEDS_MAX);
		wait_ms(BL1_LIT_MS);
		lights_stage(0);
		wait_ms(BL1_DARK_MS);
	}
	wait_ms(BL1_PAUSE_MS);
}

/* ---- console ---- */

static void put(const char *s)
{
	while (console && *s)
		earlycon_putc(console, *s++);
}

static void log_line(const char *line)
{
	u32 i = 0;

	put(line);
	put("\n");
	for (; line[i] && i < LINE_BYTES - 1; i++)
		last_line[i] = line[i];
	last_line[i] = 0;
}

void console_init(u32 clock)
{
	const struct device_desc *row = row_of(DEV_CONSOLE);

	mm_set_log(log_line);
	if (!row)
		return;
	soc_console_pins(row);
	earlycon_init(row->phys, clock ? clock : row->clock, row->aux);
	console = row->phys;
}

void console_dot(void)
{
	put(".");
}

void console_newline(void)
{
	put("\n");
}

/* ---- the end ---- */

static const char *meaning(enum bl1_code code)
{
	switch (code) {
#define BL1_CASE(name, flashes, what)                                                              \
	case name:                                                                                 \
		return what;
		BL1_CODES(BL1_CASE)
#undef BL1_CASE
	}
	return "?";
}

void bl1_stop(enum bl1_code code)
{
	char why[LINE_BYTES];
	u32 i = 0;

	do
		why[i] = last_line[i];
	while (last_line[i++]);
	/* dark first: a lit stage would hide where the first flash begins */
	lights_stage(0);
	wait_ms(BL1_PAUSE_MS);
	for (;;) {
		mm_log("BL1 stopped, code %u: %s", code, meaning(code));
		flash(code);
		put(why);
		put("\n");
	}
}
