/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/model/cpu.c - the model's core: interrupt mask, CP15 registers, the
 * record of broken rules, and the failures a test asks for.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "model_priv.h"

struct model_cp15 model_cp15;
struct model_config model_cfg;
u32 seam_table_offset __attribute__((weak)); /* boot/early.c has its own */
void (*model_irq_hook)(void);

#define CPSR_SVC 0x13u
#define CPSR_I 0x80u
#define SYMBOLS 8

static struct {
	bool masked, in_handler;
	char rule[200], why[200];
	u32 rules;
	u32 ops[OP_KINDS];
	bool ignoring[OP_KINDS];
	u32 ignore_at[OP_KINDS];
	bool dropped, looked;
	enum model_op dropped_op;
	u32 dropped_what;
	struct model_dropped fate;
	bool alloc_fails;
	u32 alloc_fails_at, allocs;
	u32 random;
	u32 symbols;
	struct {
		const char *name;
		u32 start, size;
	} symbol[SYMBOLS];
} cpu;

void model_reset(const struct model_config *config)
{
	if (config)
		model_cfg = *config;
	else
		memset(&model_cfg, 0, sizeof(model_cfg));
	if (!model_cfg.line)
		model_cfg.line = 64;
	cpu_reset();
	mem_reset();
	mmu_reset();
}

const struct model_config *model_config(void)
{
	return &model_cfg;
}

void cpu_reset(void)
{
	memset(&cpu, 0, sizeof(cpu));
	memset(&model_cp15, 0, sizeof(model_cp15));
	cpu.random = model_cfg.seed * 2654435761u + 12345;
	cpu.masked = true; /* as after reset */
	model_cp15.midr = 0x413fc082; /* a Cortex-A8 */
	model_cp15.mmfr3 = model_cfg.no_supersections ? 0xf0000000u : 0;
	model_cp15.sctlr = 0x00c50078;
	model_cp15.dacr = 1; /* domain 0: client */
	model_irq_hook = NULL;
	seam_table_offset = 0;
}

u32 model_random(void)
{
	cpu.random = cpu.random * 1664525u + 1013904223u;
	return cpu.random >> 8;
}

/* ---- rules ---- */

void rule_broken(const char *fmt, ...)
{
	va_list ap;

	if (cpu.rules++)
		return;
	va_start(ap, fmt);
	vsnprintf(cpu.rule, sizeof(cpu.rule), fmt, ap);
	va_end(ap);
}

void explain(const char *fmt, ...)
{
	va_list ap;

	if (cpu.why[0] || cpu.in_handler)
		return;
	va_start(ap, fmt);
	vsnprintf(cpu.why, sizeof(cpu.why), fmt, ap);
	va_end(ap);
}

const char *model_explained(void)
{
	return cpu.why[0] ? cpu.why : NULL;
}

const char *model_violated(void)
{
	return cpu.rules ? cpu.rule : NULL;
}

u32 model_violations(void)
{
	return cpu.rules;
}

void model_forgive(void)
{
	cpu.rules = 0;
	cpu.why[0] = 0;
}

/* ---- steps ---- */

void cpu_step(void)
{
	if (cpu.in_handler)
		return;
	mmu_check_stay();
	if (cpu.masked || !model_irq_hook)
		return;
	cpu.in_handler = true;
	cpu.masked = true;
	mmu_synchronise(); /* taking an exception does (B3.15.5) */
	model_irq_hook();
	cpu.masked = false;
	cpu.in_handler = false;
}

bool cpu_ignored(enum model_op op, u32 what)
{
	u32 n = cpu.ops[op]++;

	if (cpu.dropped && op == cpu.dropped_op && what == cpu.dropped_what && !cpu.looked)
		cpu.fate.made_up = true;
	if (!cpu.ignoring[op] || n != cpu.ignore_at[op])
		return false;
	cpu.dropped = true;
	cpu.dropped_op = op;
	cpu.dropped_what = what;
	return true;
}

void cpu_dropped(bool idle)
{
	cpu.fate.idle = idle;
}

void cpu_looks(void)
{
	if (!cpu.dropped || cpu.looked)
		return;
	cpu.looked = true;
	if (cpu.dropped_op == OP_ISB && mmu_gone_is_harmless())
		cpu.fate.made_up = true;
}

struct model_dropped model_dropped(void)
{
	return cpu.fate;
}

u32 model_op_count(enum model_op op)
{
	return cpu.ops[op];
}

void model_ignore(enum model_op op, u32 nth)
{
	cpu.ignoring[op] = true;
	cpu.ignore_at[op] = cpu.ops[op] + nth;
}

/* ---- interrupts ---- */

u32 model_irq_save(void)
{
	u32 cpsr = CPSR_SVC | (cpu.masked ? CPSR_I : 0);

	cpu.masked = true;
	return cpsr;
}

void model_irq_restore(u32 cpsr)
{
	if ((cpsr & 0x1f) != CPSR_SVC)
		rule_broken("irq_restore(0x%08x): not what irq_save() returned", cpsr);
	cpu.masked = cpsr & CPSR_I;
	cpu_step();
}

void model_irq_enable(void)
{
	cpu.masked = false;
	cpu_step();
}

bool model_irqs_enabled(void)
{
	return !cpu.masked;
}

void model_wfi(void)
{
	model_dsb();
}

/* ---- failures ---- */

bool model_fail_alloc(void)
{
	u32 n = cpu.allocs++;

	return cpu.alloc_fails && n == cpu.alloc_fails_at;
}

void model_fail_alloc_at(u32 nth)
{
	cpu.alloc_fails = true;
	cpu.alloc_fails_at = cpu.allocs + nth;
}

void model_fail_alloc_off(void)
{
	cpu.alloc_fails = false;
}

u32 model_alloc_count(void)
{
	return cpu.allocs;
}

/* ---- symbols ---- */

void model_symbol(const char *name, u32 start, u32 size)
{
	if (cpu.symbols == SYMBOLS)
		return;
	cpu.symbol[cpu.symbols].name = name;
	cpu.symbol[cpu.symbols].start = start;
	cpu.symbol[cpu.symbols++].size = size;
}

const char *seam_symbol(u32 addr, u32 *offset)
{
	for (u32 i = 0; i < cpu.symbols; i++) {
		if (addr - cpu.symbol[i].start >= cpu.symbol[i].size)
			continue;
		*offset = addr - cpu.symbol[i].start;
		return cpu.symbol[i].name;
	}
	return NULL;
}
