/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/target/storm.h - timer interrupts at periods that nobody can foresee, and
 * what their handler finds: the engine of tests/target/test_storm.c.
 *
 * The tick is restarted by its own handler, so that whoever is interrupted gets
 * on however slow the machine is.  Numbers come from a printed seed; a storm ends
 * when enough interrupts have landed inside calls of the kit, never by a clock.
 */
#ifndef TESTS_TARGET_STORM_H
#define TESTS_TARGET_STORM_H

#include "mm/types.h"

/** struct storm - one storm; what the handler counts is volatile */
struct storm {
	/* Called by each interrupt: NULL, or what is not as it should be. */
	const char *(*look)(void);
	volatile u32 ticks;
	volatile u32 inside; /* interrupts that landed inside a call */
	const char *volatile wrong; /* the first that was found, or NULL */
	volatile u32 wrong_pc; /* what was interrupted then */
	volatile u32 said; /* lines that the handler logged */
};

/** storm_begin() - let it tick.  Return: false, the timer refused. */
bool storm_begin(struct storm *s);
/** storm_end() - no more ticks after it returns. */
void storm_end(void);
/** In the handler now? */
bool storm_in_handler(void);

/**
 * storm_enter(), storm_leave() - around one call of the kit
 *
 * An interrupt counts as inside between the two, unless it lands in the function
 * that calls storm_enter().
 */
void storm_enter(void);
void storm_leave(void);
/** The statement or expression @call, marked as one call of the kit. */
#define STORM(call)                                                                                \
	do {                                                                                       \
		storm_enter();                                                                     \
		call;                                                                              \
		storm_leave();                                                                     \
	} while (0)

/** storm_seed() - begin the numbers; storm_below() - the next one, less than @n.  The handler
 * has numbers of its own: what the thread does depends on the seed alone. */
void storm_seed(u32 seed);
u32 storm_below(u32 n);

/** storm_places() - different instructions that storms interrupted inside calls. */
u32 storm_places(void);

/**
 * storm_sound_start() - remember what must not change
 * @hole: @size bytes that only the storm maps
 */
void storm_sound_start(pa_t hole, u32 size);

/**
 * storm_sound() - does the kit's state agree with itself?
 * @all: also what takes a look at every first-level entry
 *
 * The window's bitmaps with its records, these with the tables that a walk reads
 * and with the counts of memory types, the resource tree, and with @all the pool
 * of second-level tables.  Return: NULL, or what disagrees.
 */
const char *storm_sound(bool all);

#endif
