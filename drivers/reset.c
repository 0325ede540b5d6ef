/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/reset.c - restarting the machine, whichever way it does that.
 */
#include "drivers/reset.h"

#include <errno.h>
#include <string.h>

#include "drivers/timer.h"
#include "mm/log.h"

#define PATIENCE_MS 100

static const struct reset_ops *const drivers[] = { &reset_regwrite_ops };
static const struct reset *machine;

const char *reset_name(unsigned int i)
{
	return i < ARRAY_SIZE(drivers) ? drivers[i]->name : NULL;
}

const struct reset_ops *reset_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(drivers); i++)
		if (!strcmp(drivers[i]->name, name))
			return drivers[i];
	return NULL;
}

void reset_set(const struct reset *r)
{
	machine = r;
}

int machine_restart(void)
{
	if (!machine) {
		mm_log("restart: this board has no way to do it (no DEV_RESET row); "
		       "use its reset button");
		return -ENODEV;
	}
	machine->ops->restart(machine);
	mdelay(PATIENCE_MS);
	mm_log("restart: asked for, but the machine goes on; use its reset button");
	return -EIO;
}
