/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/target/test_outside.c - LED and buzzer, seen by somebody else.
 *
 * For each line that begins with @xp the harness reads the register at that
 * physical address by QEMU's monitor, judges it, and sends a newline; so what
 * the guest believes of its mappings does not count.  Format:
 * qemu/target-test.pl.
 */
#include <string.h>

#include "boot/semihost.h"
#include "drivers/console.h"
#include "drivers/probe.h"
#include "mm/io.h"
#include "mm/ioremap.h"
#include "mm/log.h"
#include "tests/target/groups.h"

/* The harness starts the image with this word; a shell's user does not. */
static bool somebody_is_there(void)
{
	if (!strncmp(semihost_cmdline(), "selftest", strlen("selftest")))
		return true;
	tap_skip("nobody outside to ask: `make test-target` has the harness for it");
	return false;
}

static bool has_row(u32 class)
{
	for (u32 i = 0; device_desc_at(i); i++)
		if (device_desc_at(i)->class == class)
			return true;
	return false;
}

/* A row for a LED that does not work is a failure, no row is not. */
static struct led *first_led(void)
{
	struct led *led = device_led(0);

	if (has_row(DEV_LED))
		CHECK(led);
	else
		tap_skip("the board has no LED() row");
	return led;
}

/* Input that was there before the question is no answer. */
static void ask(pa_t pa, u32 mask, u32 value, const char *what, const char *state)
{
	int c;

	while (console_getc() >= 0)
		;
	mm_log("@xp %p %p %p %s is %s", pa, mask, value, what, state);
	do
		c = console_wait_char();
	while (c >= 0 && c != '\n' && c != '\r');
}

/* Is the line @high, by the register's physical address? */
static void ask_line(const struct gpio_chip *chip, u32 line, bool high, const char *what,
		     const char *state)
{
	struct gpio_regs regs;

	NEED(!gpio_regs(chip, line, &regs));
	ask(chip->phys + regs.dat, regs.dat_mask, high ? regs.dat_mask : 0, what, state);
}

static void show_led(struct led *led, bool on, const char *how)
{
	CHECK_EQ(led_set(led, on), 0);
	CHECK_EQ(led_get(led), on);
	if (led_get(led) != on)
		mm_log("# the line reads back %u after %u was written: is the block clocked, and "
		       "does this machine have it?",
		       (u32)led_get(led), (u32)on);
	ask_line(led->chip, led->line, on != led->active_low, how, on ? "lit" : "dark");
}

static void static_led(void)
{
	struct led *led = first_led();

	if (!led || !somebody_is_there())
		return;
	show_led(led, true, "led0, through its row,");
	show_led(led, false, "led0, through its row,");
}

/* The same driver with other registers under it: a fresh mapping. */
static void dynamic_led(void)
{
	struct led *led = first_led(), copy;
	struct gpio_chip chip;

	if (!led || !somebody_is_there())
		return;
	chip = *led->chip;
	copy = *led;
	copy.chip = &chip;
	chip.base = ioremap_new(chip.phys, chip.size);
	NEED(chip.base && chip.base != led->chip->base);
	show_led(&copy, true, "led0, through ioremap_new(),");
	CHECK_EQ(led_get(led), 1);
	show_led(&copy, false, "led0, through ioremap_new(),");
	CHECK_EQ(led_get(led), 0);
	iounmap(chip.base);
}

/* One LED at a time: the others must stay as they are. */
static void each_led(void)
{
	struct led *led = first_led();

	if (!led || !somebody_is_there())
		return;
	for (u32 i = 0; device_led(i); i++)
		led_set(device_led(i), false);
	for (u32 i = 0; (led = device_led(i)); i++) {
		CHECK_EQ(led_toggle(led), 1);
		for (u32 k = 0; device_led(k); k++)
			CHECK_EQ(led_get(device_led(k)), k == i);
		ask_line(led->chip, led->line, !led->active_low, led->name, "lit");
		CHECK_EQ(led_toggle(led), 0);
	}
}

static void show_buzzer(struct buzzer *b, bool on)
{
	CHECK_EQ(buzzer_set(b, on), 0);
	CHECK_EQ(buzzer_get(b), on);
	ask_line(b->gpio, b->line, on != b->active_low, "the buzzer's line",
		 on ? "driven" : "silent");
}

static void buzzer(void)
{
	struct buzzer *b = device_buzzer();

	if (!has_row(DEV_BUZZER)) {
		tap_skip("the board has no BUZZER() row");
		return;
	}
	NEED(b);
	if (!b->gpio) {
		tap_skip("the buzzer is on a PWM channel, which has no level to look at");
		return;
	}
	if (!somebody_is_there())
		return;
	show_buzzer(b, true);
	show_buzzer(b, false);
	CHECK_EQ(buzzer_beep(b, 2000, 2), 0);
	ask_line(b->gpio, b->line, b->active_low, "the buzzer's line", "silent after a beep");
}

static const struct tap_test tests[] = {
	{ "led0 through the static row", static_led },
	{ "led0 through a mapping of its own, the same driver", dynamic_led },
	{ "each LED alone", each_led },
	{ "the buzzer", buzzer },
};

static void run(void)
{
	tap_table(tests, ARRAY_SIZE(tests));
}

const struct tap_group group_outside = { "outside", run };
