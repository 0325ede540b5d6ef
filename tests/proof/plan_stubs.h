/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/proof/plan_stubs.h - mm/plan.c as far as map_check() asks it: where the
 * pieces go and the way out that a refusal names are not looked at here.
 */
#ifndef TESTS_PROOF_PLAN_STUBS_H
#define TESTS_PROOF_PLAN_STUBS_H

#include "mm/check.h"
#include "proof.h"

u32 map_pieces(const struct map_desc *rows, u32 n, const struct map_layout *lo,
	       struct map_piece *out)
{
	(void)rows, (void)n, (void)lo, (void)out;
	return 0;
}
u32 map_tables_of(const struct map_piece *pieces, u32 i)
{
	(void)pieces, (void)i;
	return 0;
}
va_t map_free_va(const struct map_desc *rows, u32 n, pa_t flat, pa_t pa, u32 length)
{
	(void)rows, (void)n, (void)flat, (void)pa, (void)length;
	return nondet_u32();
}
u32 map_row_mapped(const struct map_desc *rows, u32 n, const struct map_desc *row)
{
	(void)rows, (void)n, (void)row;
	return nondet_u32();
}
va_t map_row_virt(const struct map_desc *rows, u32 n, const struct map_desc *row)
{
	(void)rows, (void)n, (void)row;
	return nondet_u32();
}

#endif
