/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_early_cache.c - the set/way loops of the boot head, on caches
 * that no emulator has.
 *
 * boot/early_cache.c is compiled into this file against a seam of its own: each
 * operation is decoded as the manual says (DDI 0406C B4.2.1) and marks its line.
 * An operation is under way until a DSB has completed it; what may then go wrong
 * is told by the rule that was broken.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "mm/types.h"

#define MM_SEAM_H /* not the model's: this one */

struct cache {
	u32 ctype; /* CLIDR's code: 0 none, 1 I, 2 D, 3 both, 4 unified */
	u32 sets, ways, line; /* of the data or unified cache */
};

static struct {
	struct cache level[7];
	u32 coherency;
	u32 selected;
	u32 hits[7][32768];
	u32 cleaned, dropped;
	u32 under_way, at_level; /* operations that no DSB has completed, and where */
	bool stores_under_way; /* of the code before */
	bool synchronised; /* an ISB behind the last operation and DSB */
	char broken[200];
} m;

static void broken(const char *rule, u32 word)
{
	if (!m.broken[0])
		snprintf(m.broken, sizeof(m.broken), "%s (set/way word 0x%08x)", rule, word);
}

static u32 log2_up(u32 n)
{
	u32 bits = 0;

	while (1u << bits < n)
		bits++;
	return bits;
}

static void dmb(void)
{
	m.stores_under_way = false;
}
static void dsb(void)
{
	m.stores_under_way = false;
	m.under_way = 0;
}
static void isb(void)
{
	m.synchronised = !m.under_way;
}

static u32 read_clidr(void)
{
	u32 v = m.coherency << 24;

	for (u32 i = 0; i < 7; i++)
		v |= m.level[i].ctype << (i * 3);
	return v;
}

static void select_cache(u32 level)
{
	m.selected = level;
}

/* CCSIDR: sets - 1, ways - 1, log2(words in a line) - 2. */
static u32 read_ccsidr(u32 level)
{
	const struct cache *c = &m.level[level];

	select_cache(level);
	return (c->sets - 1) << 13 | (c->ways - 1) << 3 | (log2_up(c->line / 4) - 2);
}

/* The line that a set/way word means, or a foreign hit. */
static void mark(u32 word)
{
	u32 level = (word & 15) >> 1;
	const struct cache *c = &m.level[level];
	u32 line_bits = log2_up(c->line), set_bits = log2_up(c->sets), way_bits = log2_up(c->ways);
	u32 set = word >> line_bits & ((1u << set_bits) - 1);
	u32 way = way_bits ? word >> (32 - way_bits) : 0;
	u32 known = (way_bits ? way << (32 - way_bits) : 0) | set << line_bits | level << 1;

	if (m.stores_under_way)
		broken("an earlier store may come behind this: no DMB before it (B2.2.7)", word);
	if (m.under_way && m.at_level != level)
		broken("this level may overtake the one before: no DSB between them (Cortex-A7 "
		       "erratum 814220)",
		       word);
	m.under_way++;
	m.at_level = level;
	m.synchronised = false;
	if (level > 6 || !c->sets || set >= c->sets || way >= c->ways || known != word)
		broken("no line of this cache is called so (B4.2.1)", word);
	else
		m.hits[level][way * c->sets + set]++;
}

static void dcache_clean_invalidate_set_way(u32 word)
{
	m.cleaned++;
	mark(word);
}

static void dcache_invalidate_set_way(u32 word)
{
	m.dropped++;
	mark(word);
}

#include "boot/early_cache.c"

static void machine(u32 coherency, const struct cache *levels, u32 n)
{
	memset(&m, 0, sizeof(m));
	m.coherency = coherency;
	m.stores_under_way = true;
	memcpy(m.level, levels, n * sizeof(*levels));
}

static bool has_data(const struct cache *c)
{
	return c->ctype >= 2;
}

static void rules_are_kept(void)
{
	if (m.under_way)
		broken("the caller goes on before this is complete: no DSB (B2.2.7)", 0);
	else if (!m.synchronised)
		broken("the caller's next instruction is not behind this: no ISB (A3.8.3)", 0);
	if (m.selected)
		broken("CSSELR is left behind, the next reader of CCSIDR gets another cache "
		       "(B4.1.41)",
		       0);
	if (m.broken[0])
		fail_msg("model: %s", m.broken);
}

static void one_line(u32 level, u32 line, u32 want)
{
	if (m.hits[level][line] < want)
		fail_msg("model: line %u of level %u keeps what it held, and it is found or "
			 "written back when the caches are on (B2.2.6)",
			 line, level);
	assert_int_equal(m.hits[level][line], want);
}

/* Every line of every level up to coherency once, nothing else. */
static void each_line_once(bool cleaned)
{
	u32 lines = 0;

	for (u32 l = 0; l < 7; l++) {
		const struct cache *c = &m.level[l];
		u32 want = l < m.coherency && has_data(c);

		for (u32 i = 0; i < c->sets * c->ways; i++)
			one_line(l, i, want);
		lines += want ? c->sets * c->ways : 0;
	}
	assert_int_equal(cleaned ? m.cleaned : m.dropped, lines);
	assert_int_equal(cleaned ? m.dropped : m.cleaned, 0);
	rules_are_kept();
}

static void both_ways(u32 coherency, const struct cache *levels, u32 n)
{
	machine(coherency, levels, n);
	dcache_invalidate_all();
	each_line_once(false);
	machine(coherency, levels, n);
	dcache_clean_invalidate_all();
	each_line_once(true);
}

static void the_s5pv210s(void **state)
{
	/* Cortex-A8: L1 32 KiB, 4 ways; L2 512 KiB, 8 ways; 64-byte lines */
	const struct cache c[] = { { 3, 128, 4, 64 }, { 4, 1024, 8, 64 } };

	(void)state;
	both_ways(2, c, 2);
}

static void a_cortex_a9s(void **state)
{
	const struct cache c[] = { { 3, 256, 4, 32 } };

	(void)state;
	both_ways(1, c, 1);
}

static void a_cortex_a15s(void **state)
{
	const struct cache c[] = { { 3, 256, 2, 64 }, { 4, 1024, 16, 64 } };

	(void)state;
	both_ways(2, c, 2);
}

static void direct_mapped(void **state)
{
	const struct cache c[] = { { 2, 512, 1, 16 } };

	(void)state;
	both_ways(1, c, 1);
}

static void one_set(void **state)
{
	const struct cache c[] = { { 2, 1, 64, 128 } };

	(void)state;
	both_ways(1, c, 1);
}

/* CCSIDR's fields to their last bit (B4.1.19). */
static void as_large_as_can_be_told(void **state)
{
	const struct cache ways[] = { { 2, 1, 1024, 16 } }, sets[] = { { 2, 32768, 1, 16 } };

	(void)state;
	both_ways(1, ways, 1);
	both_ways(1, sets, 1);
}

static void ways_that_are_no_power_of_two(void **state)
{
	const struct cache c[] = { { 3, 64, 3, 32 }, { 4, 128, 10, 64 }, { 4, 96, 5, 64 } };

	(void)state;
	both_ways(3, c, 3);
}

static void instruction_caches_are_left_alone(void **state)
{
	const struct cache c[] = { { 1, 128, 4, 64 }, { 4, 512, 8, 64 } };

	(void)state;
	both_ways(2, c, 2);
}

static void levels_behind_coherency_are_left_alone(void **state)
{
	const struct cache c[] = { { 3, 128, 4, 64 }, { 4, 512, 8, 64 }, { 4, 1024, 16, 64 } };

	(void)state;
	both_ways(2, c, 3);
}

static void no_caches_at_all(void **state)
{
	const struct cache none = { 0 };

	(void)state;
	machine(0, &none, 1);
	dcache_invalidate_all();
	each_line_once(false);
}

static void seven_levels(void **state)
{
	const struct cache c[] = { { 3, 8, 2, 32 },   { 4, 8, 4, 32 },	{ 4, 16, 4, 64 },
				   { 4, 16, 8, 64 },  { 4, 32, 8, 64 }, { 4, 32, 16, 128 },
				   { 4, 64, 16, 128 } };

	(void)state;
	both_ways(7, c, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_s5pv210s),
		cmocka_unit_test(a_cortex_a9s),
		cmocka_unit_test(a_cortex_a15s),
		cmocka_unit_test(direct_mapped),
		cmocka_unit_test(one_set),
		cmocka_unit_test(as_large_as_can_be_told),
		cmocka_unit_test(ways_that_are_no_power_of_two),
		cmocka_unit_test(instruction_caches_are_left_alone),
		cmocka_unit_test(levels_behind_coherency_are_left_alone),
		cmocka_unit_test(no_caches_at_all),
		cmocka_unit_test(seven_levels),
	};

	return cmocka_run_group_tests_name("early_cache", tests, NULL, NULL);
}
