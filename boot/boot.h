/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot/boot.h - what start-up hands from one step to the next.
 */
#ifndef BOOT_BOOT_H
#define BOOT_BOOT_H

#include "mm/check.h"
#include "mm/types.h"

/**
 * struct boot_info - written by the head and by paging_init(), read afterwards
 *
 * boot/head.S knows the offsets of the first words: keep them, the asserts in
 * boot/early.c pin them.
 */
struct boot_info {
	pa_t phys; /* where the image was loaded */
	u32 entry_cpsr; /* the state it was entered in */
	u32 entry_sctlr;
	u32 midr;
	pa_t root; /* first-level table */
	struct map_layout layout;
	u32 refused; /* mistakes map_check() found; 0 or we are not here */
};
extern struct boot_info boot_info;

/** start_kernel() - first C code behind the MMU; does not return. */
void start_kernel(void) __attribute__((noreturn));

/** app_main() - what runs after boot (app/main.c).  Return: exit status. */
int app_main(const char *cmdline);

/** selftest_main() - the target tests, as TAP on the console (tests/target/).  Return: failures. */
int selftest_main(const char *cmdline);

/** bench_main() - instruction counts (tests/target/bench.c).  Return: 0. */
int bench_main(void);

#endif
