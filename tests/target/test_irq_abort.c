/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/target/test_irq_abort.c - an abort in an interrupt handler ends the run
 * with its report, although the thread expects an abort of its own.
 *
 * Runs only when it is named, for tests/tools/test_irq_abort.pl, which reads the
 * report.  It prints no plan: that it comes back at all is the failure.
 */
#include "boot/abort.h"
#include "drivers/timer.h"
#include "mm/log.h"
#include "tests/target/groups.h"
#include "tests/target/touch.h"

/* Clock readings after which no interrupt is waited for any more. */
#define READINGS 50000000u

static volatile bool came_back;

static void read_null(void *arg)
{
	(void)arg;
	access_read32(0, 0);
	came_back = true;
}

static void wait_for_it(void *arg)
{
	(void)arg;
	for (u32 i = 0; i < READINGS; i++)
		timer_ticks();
}

static void run(void)
{
	struct abort_info info;
	bool caught = false;

	if (!timer_tick_start(1000, read_null, NULL))
		caught = abort_catch(wait_for_it, NULL, &info, false);
	timer_tick_stop();
	mm_log("Bail out! %s", caught	 ? "the handler's abort was taken for the thread's" :
			       came_back ? "nothing aborts at address 0" :
					   "no interrupt came");
}

const struct tap_group group_irq_abort = { "irq-abort", run };
