/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * app/demo_show.c - how the demonstration speaks and counts.
 */
#include "app/demo_show.h"

#include "boot/boot.h"
#include "mm/check.h"
#include "mm/io.h"
#include "mm/iotable.h"
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

void demo_no_row(const char *name, pa_t pa, u32 size)
{
	const pa_t first = pa & PAGE_MASK;
	const u32 length = ((pa + size - 1) & PAGE_MASK) - first + PAGE_SIZE;
	const struct map_desc *rows;
	va_t va;
	u32 n;

	rows = static_rows_table(&n);
	va = map_free_va(rows, n, boot_info.phys, first, length);
	mm_log("   left out: no static row covers %s at %p, ioremap() alone reaches it", name, pa);
	if (va)
		mm_log("   this row would: MAP_DEVICE(\"%s\", 0x%08x, 0x%08x, 0x%x),", name, va,
		       first, length);
}

bool demo_read_back(u32 value, u32 mask, u32 want, const char *what)
{
	if (demo_check((value & mask) == want, what))
		return true;
	mm_log("   the register reads 0x%08x after the write: is the block clocked, and does this "
	       "machine have it?",
	       value);
	return false;
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
