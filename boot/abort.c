/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot/abort.c - what an exception becomes: a report and an end, or, if a test
 * waited for it, a record.
 */
#include "boot/abort.h"

#include <setjmp.h>

#include "boot/boot.h"
#include "boot/semihost.h"
#include "drivers/console.h"
#include "drivers/irq.h"
#include "mm/fault.h"
#include "mm/log.h"
#include "seam.h"

/* As boot/vectors.S pushes it. */
struct exception {
	u32 pc, cpsr;
	u32 r[13];
	u32 sp, lr; /* of the mode that was interrupted */
};
_Static_assert(offsetof(struct exception, sp) == 60, "boot/vectors.S stores sp here");

/* CPSR: T, J, IT and E (B1.3.3): what would not be little-endian ARM state. */
#define THUMB_STATE (0x7u << 24 | 0xfeu << 8 | 1u << 5)
#define MODE_SVC 0x13u

enum { EXC_RESET = 0, EXC_UNDEFINED = 1, EXC_PREFETCH = 3, EXC_DATA = 4, EXC_FIQ = 7 };

jmp_buf abort_jump;
static struct abort_info *volatile expected;
static volatile bool expected_report;

void abort_resume(void);
void exception(struct exception *e, u32 kind);

static void fill(struct abort_info *info, const struct exception *e, u32 kind)
{
	info->undefined = kind == EXC_UNDEFINED;
	info->prefetch = kind == EXC_PREFETCH;
	info->fsr = info->prefetch ? read_ifsr() : read_dfsr();
	info->far = info->prefetch ? read_ifar() : read_dfar();
	info->pc = e->pc;
	info->cpsr = e->cpsr;
}

static void report(const struct abort_info *info)
{
	struct fault f = {
		.prefetch = info->prefetch,
		.fsr = info->fsr,
		.far = info->far,
		.pc = info->pc,
		.root = boot_info.root,
	};

	if (info->undefined)
		mm_log("undefined instruction at %S (pc %p)", info->pc, info->pc);
	else
		fault_report(&f);
}

static void show_registers(const struct exception *e)
{
	for (u32 i = 0; i < 12; i += 4)
		mm_log("  r%-2u %08x  r%-2u %08x  r%-2u %08x  r%-2u %08x", i, e->r[i], i + 1,
		       e->r[i + 1], i + 2, e->r[i + 2], i + 3, e->r[i + 3]);
	mm_log("  r12 %08x  sp  %08x  lr  %08x  cpsr %08x", e->r[12], e->sp, e->lr, e->cpsr);
	mm_log("  called from %S", e->lr);
}

static void die(const struct exception *e, u32 kind, const struct abort_info *info)
{
	if (kind == EXC_FIQ || kind == EXC_RESET)
		mm_log("unexpected %s at %S", kind == EXC_FIQ ? "FIQ" : "branch to a reset vector",
		       e->pc);
	else
		report(info);
	show_registers(e);
	mm_log("stopped.");
	semihost_exit(3);
}

/* Called by boot/vectors.S; what it leaves in @e is what is returned to. */
void exception(struct exception *e, u32 kind)
{
	struct abort_info info, *want = expected;

	fill(&info, e, kind);
	/* What aborts in an interrupt handler is nobody's expectation. */
	if (!want || kind == EXC_FIQ || kind == EXC_RESET || (e->cpsr & 0x1f) != MODE_SVC)
		die(e, kind, &info);
	expected = NULL;
	*want = info;
	if (expected_report)
		report(&info);
	e->pc = (u32)abort_resume;
	e->cpsr &= ~THUMB_STATE; /* it may have been the C library's Thumb code */
}

bool abort_catch(void (*fn)(void *arg), void *arg, struct abort_info *info, bool show)
{
	const u32 flags = irq_flags();

	expected_report = show;
	expected = info;
	if (setjmp(abort_jump)) {
		irq_restore(flags); /* setjmp() does not keep the mask */
		return true;
	}
	fn(arg);
	expected = NULL;
	return false;
}

void trap_init(void)
{
	abort_enable();
}
