/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * drivers/reset.h - restarting the machine.
 *
 * Board rows, driver "regwrite": .phys the register, .size 4, or 2 for one of half
 * a word, .flags the value that restarts.  Where a lock must be opened first, .phys2
 * is its register, .size2 4 and .aux the word that opens it.
 */
#ifndef DRIVERS_RESET_H
#define DRIVERS_RESET_H

#include "mm/types.h"

struct reset;

/** struct reset_ops - what a way of restarting provides */
struct reset_ops {
	const char *name; /* the word in a board's row: "regwrite" */
	void (*restart)(const struct reset *r);
};

/** struct reset - how this machine restarts; @lock may be NULL */
struct reset {
	const struct reset_ops *ops;
	void __iomem *base;
	u32 size;
	u32 value;
	void __iomem *lock;
	u32 unlock;
};

/* The drivers, one a file. */
extern const struct reset_ops reset_regwrite_ops;

/**
 * reset_find() - the driver of that name, or NULL
 * reset_name() - the name of the @i-th driver, NULL past the last
 */
const struct reset_ops *reset_find(const char *name);
const char *reset_name(unsigned int i);

/** reset_set() - @r is how machine_restart() works; NULL: not at all. */
void reset_set(const struct reset *r);

/**
 * machine_restart() - restart; does not return where it works
 * Return: -ENODEV (the board has no DEV_RESET row), -EIO (asked, and nothing
 * happened for 100 ms), with a log line.  Context: any.
 */
int machine_restart(void);

#endif
