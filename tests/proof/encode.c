/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/proof/encode.c - what the encoder enters, the walker reads: address,
 * memory type and rights, for each kind of descriptor and each type word; every
 * other address stays unmapped.
 *
 * sources: mm/pgtable.c mm/walk.c
 * with: -DKIND=BLOCK_16M
 * with: -DKIND=BLOCK_1M
 * with: -DKIND=BLOCK_64K
 * with: -DKIND=BLOCK_4K
 * unwind: 25 pgtable_can_map.0:2,pgtable_enter.0:2
 * bound: one descriptor in empty tables
 * break: mm/pgtable.c s/desc \|= PMD_AP2;/desc |= 0;/
 * break: mm/pgtable.c s/desc \|= LPTE_XN;/desc |= 0;/
 * break: mm/pgtable.c s/(LPTE_TEX_SHIFT) - PTE_TEX_SHIFT/$1/
 * break: mm/pgtable.c s/\| PMD_SUPER, 16\)/| PMD_SUPER, 15)/
 */
#include "mm/map.h"
#include "mm/pgtable.h"
#include "mm/walk.h"
#include "proof.h"
#include "tables.h"

static const enum walk_kind kind_of[BLOCK_KINDS] = { WALK_16M, WALK_1M, WALK_64K, WALK_4K };

static void check_inside(const struct walk *w, va_t va, pa_t pa, u32 type)
{
	assert(w->kind == kind_of[KIND] && w->size == block_bytes[KIND]);
	assert(w->va == va && w->pa == pa);
	assert(w->mem == (type & MEM_KIND));
	assert(w->write == !!(type & MAP_WRITE) && w->exec == !!(type & MAP_EXEC));
	assert(!w->user && w->global && !w->shared && !w->odd && w->domain == 0);
}

int main(void)
{
	u32 type = nondet_u32(), bytes;
	va_t va = nondet_u32(), at = nondet_u32();
	pa_t pa = nondet_u32();
	struct walk w;

	empty_tables();
	ASSUME(type < 16);
	bytes = block_bytes[KIND];
	ASSUME(!((va | pa) & (bytes - 1)));
	/* a whole descriptor of this kind, and not one of a larger kind */
	ASSUME(pgtable_next(va, pa, bytes, pgtable_has_supersections()) == KIND);
	assert(pgtable_map(va, pa, bytes, type) == 0);
	walk(pgtable_root(), at, &w);
	if (at - va < bytes)
		check_inside(&w, va, pa, type);
	else
		assert(w.kind == WALK_FAULT);
	REACHED(at - va < bytes && va + bytes == 0 && type == MT_ROM);
	REACHED(at - va >= bytes);
	return 0;
}
