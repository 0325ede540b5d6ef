/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * app/cmd_devices.c - commands for LEDs, the buzzer and what else sits on the board.
 */
#include <string.h>

#include "app/cmd.h"
#include "drivers/irq.h"
#include "drivers/probe.h"
#include "drivers/timer.h"
#include "mm/log.h"

/* ---- led ---- */

enum led_action { LED_ON, LED_OFF, LED_TOGGLE, LED_STATUS, LED_BLINK, LED_UNKNOWN };

#define BLINK_TIMES 5
#define BLINK_MAX 100
#define BLINK_HALF_MS 250

static enum led_action led_action(const char *word)
{
	static const char *const names[] = { "on", "off", "toggle", "status", "blink" };

	for (u32 i = 0; i < ARRAY_SIZE(names); i++)
		if (!strcmp(word, names[i]))
			return (enum led_action)i;
	return LED_UNKNOWN;
}

static void led_do(struct led *l, enum led_action action)
{
	int err = 0, state;

	if (action == LED_TOGGLE)
		err = led_toggle(l);
	else if (action != LED_STATUS)
		err = led_set(l, action == LED_ON);
	if (err < 0) {
		mm_log("%s: not changed, error %d", l->name, -err);
		return;
	}
	state = led_get(l);
	mm_log("%s: %s (line %u of %s)", l->name, state ? "lit" : "dark", l->line, l->chip->name);
}

static void led_do_all(enum led_action action)
{
	for (unsigned int i = 0; device_led(i); i++)
		led_do(device_led(i), action);
}

/* All together, so that they stay in step; each ends as it was. */
static void led_toggle_these(struct led *l)
{
	if (l) {
		led_toggle(l);
		return;
	}
	for (unsigned int i = 0; device_led(i); i++)
		led_toggle(device_led(i));
}

/* @l: NULL for all */
static int led_blink(struct led *l, int n, char **words)
{
	u32 times = BLINK_TIMES;

	if (n > 3 && !cmd_number(words, "TIMES", words[3], 1, BLINK_MAX, &times))
		return CMD_BAD;
	if (!timer_rate()) {
		mm_log("led: blink wants the time, and no timer runs; see `devices`");
		return CMD_BAD;
	}
	for (u32 i = 0; i < 2 * times; i++) {
		led_toggle_these(l);
		mdelay(BLINK_HALF_MS);
	}
	mm_log("%s: blinked, times: %u", l ? l->name : "all", times);
	return 0;
}

static const char *led_name(unsigned int i)
{
	return device_led(i) ? device_led(i)->name : NULL;
}

static int no_such_led(const char *word)
{
	mm_log("led: there is no LED '%s'; take all, or one of", word);
	for (unsigned int i = 0; led_name(i); i++)
		mm_log("  %s", led_name(i));
	return CMD_BAD;
}

int cmd_led(int n, char **words)
{
	enum led_action action;
	bool all = n == 1 || !strcmp(words[1], "all");
	struct led *l = all ? NULL : device_led_by_name(words[1]);

	if (!led_name(0)) {
		mm_log("led: this board has no LED that works; see `devices`");
		return 0;
	}
	if (!all && !l)
		return no_such_led(words[1]);
	action = n < 3 ? LED_STATUS : led_action(words[2]);
	if (action == LED_UNKNOWN)
		return cmd_unknown_word(words, words[2], "on, off, toggle, status, blink");
	if (action == LED_BLINK)
		return led_blink(l, n, words);
	if (n > 3)
		return cmd_unknown_word(words, words[3], "nothing");
	if (all)
		led_do_all(action);
	else
		led_do(l, action);
	return 0;
}

/* ---- buzzer ---- */

static void buzzer_show(struct buzzer *b)
{
	if (b->pwm)
		mm_log("%s: channel %u of %s, tones of its own (on, off, beep)", b->name, b->line,
		       b->pwm->name);
	else
		mm_log("%s: line %u of %s, %s; tones by toggling (beep)", b->name, b->line,
		       b->gpio->name, buzzer_get(b) == 1 ? "driven" : "silent");
}

static bool buzzer_hz(char **words, const char *word, u32 *hz)
{
	return cmd_number(words, "HZ", word, BUZZER_MIN_HZ, BUZZER_MAX_HZ, hz);
}

static int buzzer_tone(struct buzzer *b, char **words)
{
	u32 hz;

	if (!buzzer_hz(words, words[2], &hz))
		return CMD_BAD;
	if (!buzzer_on(b, hz))
		mm_log("%s: %u Hz until `buzzer off`", b->name, hz);
	return 0;
}

static int buzzer_silence(struct buzzer *b, char **words)
{
	(void)words;
	if (!buzzer_off(b))
		mm_log("%s: off", b->name);
	return 0;
}

static int buzzer_for_a_time(struct buzzer *b, char **words)
{
	u32 hz, ms;

	if (!buzzer_hz(words, words[2], &hz) ||
	    !cmd_number(words, "MS", words[3], 1, BUZZER_MAX_MS, &ms))
		return CMD_BAD;
	if (!buzzer_beep(b, hz, ms))
		mm_log("%s: %u Hz for %u ms", b->name, hz, ms);
	return 0;
}

static const struct {
	const char *name, *args;
	int words; /* of the whole command */
	int (*fn)(struct buzzer *b, char **words);
} buzzer_actions[] = {
	{ "on", "HZ", 3, buzzer_tone },
	{ "off", "nothing", 2, buzzer_silence },
	{ "beep", "HZ MS", 4, buzzer_for_a_time },
};

static int buzzer_word(struct buzzer *b, int n, char **words)
{
	for (u32 i = 0; i < ARRAY_SIZE(buzzer_actions); i++) {
		if (strcmp(words[1], buzzer_actions[i].name))
			continue;
		if (n == buzzer_actions[i].words)
			return buzzer_actions[i].fn(b, words);
		mm_log("buzzer: behind '%s' stands %s", words[1], buzzer_actions[i].args);
		return CMD_BAD;
	}
	return cmd_unknown_word(words, words[1], "on, off, beep");
}

int cmd_buzzer(int n, char **words)
{
	struct buzzer *b = device_buzzer();

	if (!b) {
		mm_log("buzzer: this board has no buzzer that works; see `devices`");
		return 0;
	}
	if (n > 1)
		return buzzer_word(b, n, words);
	buzzer_show(b);
	return 0;
}

/* ---- the rest ---- */

int cmd_devices(int n, char **words)
{
	(void)n;
	(void)words;
	devices_show();
	return 0;
}

int cmd_irqs(int n, char **words)
{
	(void)n;
	(void)words;
	irq_show();
	return 0;
}

int cmd_uptime(int n, char **words)
{
	const u32 usecs_per_sec = 1000000;
	uint64_t us = timer_usecs();

	(void)n;
	(void)words;
	if (!timer_rate())
		mm_log("uptime: no clock runs; the board needs a DEV_TIMER row");
	else
		mm_log("up %u.%06u s, clock at %u Hz", (u32)(us / usecs_per_sec),
		       (u32)(us % usecs_per_sec), timer_rate());
	return 0;
}
