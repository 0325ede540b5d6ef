/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/helpers.h - a made-up board on the model, and words for tests.
 *
 * boot() goes the way of the real boot: tables with the MMU off, MMU on, then
 * static rows, resources, dynamic window.  No such board exists: RAM at
 * 0x20000000, devices from 0x50000000.
 */
#ifndef TESTS_UNIT_HELPERS_H
#define TESTS_UNIT_HELPERS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above before it */
#include <cmocka.h>

#include "mm/check.h"
#include "mm/map.h"
#include "mm/walk.h"
#include "model.h"

/* ---- the board ---- */
#define RAM_PA 0x20000000u
#define RAM_SIZE 0x04000000u /* 64 MiB */
#define FB_PA 0x23000000u /* 1 MiB of it is kept out */
#define IMAGE_PA 0x20108000u
#define IMAGE_TEXT 0x8000u
#define IMAGE_RODATA 0x4000u
#define IMAGE_TOTAL 0x40000u
#define IMAGE_GUARD 0x3a000u
#define L1_PA 0x20114000u
#define L2_PA 0x20118000u

#define GPIO_VA 0xf8000000u
#define GPIO_PA 0x50000000u
#define UART_VA 0xf8001000u
#define UART_PA 0x50010000u
#define BANK_VA 0xf8010000u /* 64 KiB */
#define BANK_PA 0x50020000u
#define SYS_VA 0xf8100000u /* 1 MiB */
#define SYS_PA 0x51000000u
#define BUS_VA 0xf9000000u /* 16 MiB */
#define BUS_PA 0x60000000u
#define SLOW_VA 0xfa000000u /* strongly-ordered */
#define SLOW_PA 0x52000000u
#define ROM_VA 0xfa100000u /* executable */
#define ROM_PA 0x00100000u
#define FREE_PA 0x70000000u /* 256 MiB of registers that no row maps */

extern const struct map_desc test_rows[];
extern const u32 test_row_count;
extern struct map_layout test_layout;

/** Boot on a machine like @config (NULL: the default) with these tables in the pool. */
void boot_on(const struct model_config *config, u32 tables);
/** cmocka setup: boot on the default machine. */
int boot(void **state);
/**
 * cmocka teardown: no rule was broken, no access went by something stale, no line
 * was logged with interrupts masked.
 */
int power_off(void **state);
/** cmocka setup: a machine with RAM and tables, MMU off. */
int machine(void **state);
/** Switch on what machine() and the test prepared. */
void mmu_on(void);

/* ---- what was logged ---- */
u32 log_lines(void);
const char *log_line(u32 i); /* "" past the end */
void log_forget(void);
bool log_has(const char *part);
u32 log_masked(void); /* lines that came with interrupts masked */
void log_dump(void);
void log_hook(const char *line);
void assert_log(u32 i, const char *line);
/** Exactly these lines since log_forget(), NULL at the end. */
void assert_logged(const char *first, ...);

/* ---- addresses ---- */
void assert_maps(va_t va, pa_t pa, u32 mem, bool write, bool exec, u32 size);
void assert_faults(va_t va, u32 fs);
/** The kit's walker and the model's MMU agree on every descriptor of [@from, @to]. */
void assert_same_eyes(va_t from, va_t to);
u32 kind_at(va_t va); /* bytes of the descriptor by mm/walk.c; 0: none */

/* ---- memory of tables, both views ---- */
u32 tables_hash(void);

/* ---- aborts inside the kit ---- */
extern jmp_buf abort_jump;
extern u32 abort_fs;
extern va_t abort_va;
void abort_catch(u32 fs, va_t va, bool write);
/** Run @what and expect an abort with @fs at @va. */
#define assert_aborts(fs, va, what)                                                                \
	do {                                                                                       \
		model_abort_hook = abort_catch;                                                    \
		if (!setjmp(abort_jump)) {                                                         \
			what;                                                                      \
			fail_msg("no abort");                                                      \
		}                                                                                  \
		model_abort_hook = NULL;                                                           \
		assert_int_equal(abort_fs, fs);                                                    \
		assert_int_equal(abort_va, va);                                                    \
	} while (0)

/* ---- random numbers that can be had again ---- */
struct rng {
	u32 s;
};
u32 rnd(struct rng *r);
u32 rnd_below(struct rng *r, u32 n);

#define case_booted(fn) cmocka_unit_test_setup_teardown(fn, boot, power_off)
#define case_machine(fn) cmocka_unit_test_setup_teardown(fn, machine, power_off)

#endif
