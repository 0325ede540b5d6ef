/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/target/storm.c - the ticks of a storm, and where they land.
 */
#include "tests/target/storm.h"

#include "drivers/timer.h"
#include "mm/log.h"
#include "seam.h"

/* The tick's range: timer_tick_start() takes no more than 10 kHz. */
#define HZ_MIN 2500u
#define HZ_MAX 10000u
/* Ticks from one look at every first-level entry, and from one line, to the next. */
#define LOOK_AT_ALL 16u
#define SAY_SOMETHING 8u

extern const char __stack_irq_top[];

static struct storm *storm;
static volatile bool in_handler, inside;
static u32 entered_by; /* a code address in the function that called storm_enter() */
static u32 numbers, handler_numbers;
static u32 seen[4096 / 32]; /* instructions, by the low bits of their addresses */

/* ---- numbers: xorshift, two streams ---- */

static u32 next(u32 *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

void storm_seed(u32 seed)
{
	numbers = seed;
	handler_numbers = ~seed;
}

u32 storm_below(u32 n)
{
	return (next(&numbers) >> 4) % n;
}

/* ---- where it landed ---- */

void storm_enter(void)
{
	entered_by = seam_caller();
	inside = true;
}

void storm_leave(void)
{
	inside = false;
}

bool storm_in_handler(void)
{
	return in_handler;
}

/* boot/vectors.S pushes it first of all; interrupts do not nest. */
static u32 interrupted_pc(void)
{
	return *(const volatile u32 *)((uintptr_t)__stack_irq_top - sizeof(u32));
}

static u32 function_at(u32 pc)
{
	u32 offset = 0;

	return seam_symbol(pc, &offset) ? pc - offset : 0;
}

static void note_place(u32 pc)
{
	u32 bit = (pc >> 2) % 4096;

	if (!inside || function_at(pc) == function_at(entered_by))
		return;
	storm->inside++;
	seen[bit / 32] |= 1u << bit % 32;
}

u32 storm_places(void)
{
	u32 n = 0;

	for (u32 i = 0; i < ARRAY_SIZE(seen); i++)
		n += (u32)__builtin_popcount(seen[i]);
	return n;
}

/* ---- the handler ---- */

static const char *look(void)
{
	const char *wrong = storm_sound(storm->ticks % LOOK_AT_ALL == 0);

	return wrong ? wrong : storm->look();
}

static void on_tick(void *arg);

static void next_tick(void)
{
	u32 hz = HZ_MIN + next(&handler_numbers) % (HZ_MAX - HZ_MIN + 1);

	if (timer_tick_start(hz, on_tick, NULL))
		storm->wrong = "the handler could not start the next tick";
}

static void on_tick(void *arg)
{
	const u32 pc = interrupted_pc();
	const char *wrong;

	(void)arg;
	in_handler = true;
	storm->ticks++;
	note_place(pc);
	if (storm->ticks % SAY_SOMETHING == 0) {
		mm_log("storm: tick %u at %S", storm->ticks, pc);
		storm->said++;
	}
	wrong = look();
	if (wrong) {
		storm->wrong = wrong;
		storm->wrong_pc = pc;
		timer_tick_stop(); /* the first is what is told */
	} else {
		next_tick();
	}
	in_handler = false;
}

bool storm_begin(struct storm *s)
{
	storm = s;
	inside = false;
	return !timer_tick_start(HZ_MAX, on_tick, NULL);
}

void storm_end(void)
{
	timer_tick_stop();
}
