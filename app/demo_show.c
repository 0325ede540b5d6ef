/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * app/demo_show.c - how the demonstration speaks and counts.
 */
#include "app/demo_show.h"

#include "mm/io.h"
#include "mm/log.h"
#include "mm/map.h"
#include "mm/pgtable.h"
#include "mm/walk.h"

static u32 step, passed, failed;

void demo_begin(void)
{
	step = passed = failed = 0;
}

void demo_step(const char *title)
{
	mm_log("%s", "");
	mm_log("%u. %s", ++step, title);
}

static bool count(bool ok)
{
	if (ok)
		passed++;
	else
		failed++;
	return ok;
}

bool demo_check(bool ok, const char *what)
{
	mm_log("   %s %s", ok ? "ok:    " : "FAILED:", what);
	return count(ok);
}

u32 demo_register(const char *name, const volatile void __iomem *p, pa_t pa)
{
	const va_t va = iomem_va(p);
	struct walk w;
	u32 value;

	walk(pgtable_root(), va, &w);
	if (!count(w.kind != WALK_FAULT && w.pa + (va - w.va) == pa)) {
		mm_log("   FAILED: %p should lead to %p, see `walk %p`", va, pa, va);
		return 0;
	}
	value = readl(p);
	mm_log("   %-9s va %p  pa %p  %s, %s, %s  = 0x%08x", name, va, pa, walk_kind_name(w.kind),
	       walk_mem_name(w.mem), w.exec ? "executable" : "XN", value);
	if (!count(w.mem == MEM_DEVICE && w.write && !w.exec))
		mm_log("   FAILED: registers must be device memory, writable, execute-never");
	return value;
}

u32 demo_end(void)
{
	mm_log("%s", "");
	mm_log("demonstration: %u checks passed, %u failed", passed, failed);
	return failed;
}
