/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/proof/row.c - a row that map_check() accepts is one that may be mapped: any
 * row at all, beside one of RAM.
 *
 * sources: mm/check.c
 * unwind: 16
 * bound: two rows, one of them 512 MiB of RAM at 0x30000000; no image, no console;
 * the pool of tables is taken to be large enough
 * break: mm/check.c s/last = row->virtual \+ row->length - 1;/last = row->virtual;/
 * break: mm/check.c s/if \(row->virtual \+ row->length - 1 < row->virtual\)/if (0)/
 * break: mm/check.c s/\(row->type & MEM_KIND\) < MEM_NC/(row->type & MEM_KIND) < MEM_DEVICE/
 * break: mm/check.c s/if \(row->length & ~PAGE_MASK\)/if (0)/
 * break: mm/check.c s/row->pfn >> \(32 - PAGE_SHIFT\) \|\| //
 */
#include "mm/check.h"
#include "plan_stubs.h"
#include "proof.h"

#define RAM 0x30000000u

/* mm/layout.h said once more, in 64 bits: what a row may not touch. */
static bool va_is_free(uint64_t va)
{
	return va >= 0x80000000u && (va < 0xbf000000u || va >= 0xf8000000u) && va < 0xffc00000u;
}

static bool may_be_mapped(const struct map_desc *r)
{
	uint64_t pa = (uint64_t)r->pfn * 4096, pa_end = pa + r->length;
	uint64_t va = r->virtual, va_end = va + r->length, at = nondet_u32();
	bool write = r->type & MAP_WRITE, exec = r->type & MAP_EXEC;

	if (!r->name[0] || r->name[MAP_NAME_LEN - 1] || r->offset || r->length % 4096 || !r->length)
		return false;
	if (pa_end > 1ull << 32 || (write && exec))
		return false;
	if (exec && ((r->type & MEM_KIND) == MEM_SO || (r->type & MEM_KIND) == MEM_DEVICE))
		return false;
	if (r->type == MT_RAM_NOMAP)
		return !r->virtual;
	if (r->type & (MAP_IS_RAM | MAP_NOMAP)) /* RAM twice, or no type of RAM */
		return r->type == MT_MEMORY_RW && !r->virtual &&
		       (pa >= RAM + SZ_512M || pa_end <= RAM);
	if (r->virtual % 4096 || va_end > 1ull << 32)
		return false;
	ASSUME(at >= va && at < va_end); /* each byte of the row: any one of them */
	return va_is_free(at) && (pa >= RAM + SZ_512M || pa_end <= RAM);
}

struct map_desc nondet_row(void);

int main(void)
{
	struct map_desc rows[2] = { MAP_RAM("ram", RAM, SZ_512M) };
	struct map_layout lo = { .tables = 1 };
	bool good;

	rows[1] = nondet_row();
	ASSUME(rows[1].type < 64); /* no other bits are defined */
	good = may_be_mapped(&rows[1]);
	if (map_check(rows, 2, &lo))
		return 0;
	assert(good);
	REACHED(rows[1].type == MT_ROM && rows[1].virtual + rows[1].length == FIXADDR_START);
	REACHED(rows[1].type == MT_RAM_NOMAP);
	return 0;
}
