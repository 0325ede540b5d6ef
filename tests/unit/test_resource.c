/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_resource.c - claims on physical addresses: who gets them, who
 * is refused and by whom, and what release puts back.
 */
#include "helpers.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "mm/resource.h"

static void a_claim_inside_a_row(void **state)
{
	struct resource *r = request_mem_region(GPIO_PA + 0x240, 4, "led");

	(void)state;
	assert_non_null(r);
	assert_int_equal(r->start, GPIO_PA + 0x240);
	assert_int_equal(r->end, GPIO_PA + 0x243);
	assert_string_equal(r->name, "led");
	assert_string_equal(r->parent->name, "gpio");
	assert_true(r->flags & IORESOURCE_BUSY);
	assert_int_equal(log_lines(), 0);
	release_mem_region(GPIO_PA + 0x240, 4);
	assert_int_equal(resource_bad_releases(), 0);
	assert_string_equal(resource_owner(GPIO_PA + 0x240)->name, "gpio");
}

static void a_claim_of_a_whole_row(void **state)
{
	struct resource *r = request_mem_region(GPIO_PA, SZ_4K, "led");

	(void)state;
	assert_non_null(r);
	assert_string_equal(r->parent->name, "gpio");
	release_mem_region(GPIO_PA, SZ_4K);
	assert_string_equal(resource_owner(GPIO_PA)->name, "gpio");
	assert_int_equal(log_lines(), 0);
}

static void the_root(void **state)
{
	(void)state;
	assert_int_equal(iomem_resource.start, 0);
	assert_int_equal(iomem_resource.end, 0xffffffff);
	assert_string_equal(iomem_resource.name, "iomem");
	resource_init();
	assert_null(iomem_resource.child);
	assert_null(resource_owner(GPIO_PA));
}

static void a_claim_where_no_row_is(void **state)
{
	(void)state;
	assert_non_null(request_mem_region(FREE_PA, SZ_4K, "codec"));
	assert_string_equal(resource_owner(FREE_PA + 5)->name, "codec");
	assert_null(resource_owner(FREE_PA + SZ_4K));
	assert_null(resource_owner(FREE_PA - 1));
}

static void neighbours_do_not_collide(void **state)
{
	(void)state;
	assert_non_null(request_mem_region(GPIO_PA + 0x244, 4, "GPJ0DAT"));
	assert_non_null(request_mem_region(GPIO_PA + 0x240, 4, "GPJ0CON"));
	assert_non_null(request_mem_region(GPIO_PA + 0x248, 4, "GPJ0PUD"));
	assert_string_equal(resource_owner(GPIO_PA + 0x243)->name, "GPJ0CON");
	assert_string_equal(resource_owner(GPIO_PA + 0x244)->name, "GPJ0DAT");
	assert_string_equal(resource_owner(GPIO_PA + 0x24b)->name, "GPJ0PUD");
}

static void a_conflict_names_both(void **state)
{
	static const struct {
		u32 offset, n;
	} t[] = { { 0x240, 4 }, { 0x243, 1 }, { 0x23c, 5 }, { 0x243, 8 }, { 0x200, 0x100 } };

	(void)state;
	assert_non_null(request_mem_region(GPIO_PA + 0x240, 4, "led"));
	for (u32 i = 0; i < ARRAY_SIZE(t); i++) {
		char line[160];

		errno = 0;
		log_forget();
		assert_null(request_mem_region(GPIO_PA + t[i].offset, t[i].n, "buzzer"));
		assert_int_equal(errno, EBUSY);
		snprintf(line, sizeof(line),
			 "request_mem_region: 'buzzer' 0x%08x-0x%08x refused: held by 'led' "
			 "0x50000240-0x50000243",
			 GPIO_PA + t[i].offset, GPIO_PA + t[i].offset + t[i].n - 1);
		assert_logged(line, NULL);
	}
	assert_non_null(request_mem_region(GPIO_PA + 0x244, 4, "buzzer"));
}

static void a_claim_over_the_edge_of_a_row(void **state)
{
	(void)state;
	errno = 0;
	assert_null(request_mem_region(GPIO_PA + SZ_4K - 2, 4, "led"));
	assert_int_equal(errno, EINVAL);
	assert_logged(
		"request_mem_region: 'led' 0x50000ffe-0x50001001 refused: claim the parts one "
		"by one, it crosses the edge of 'gpio' 0x50000000-0x50000fff",
		NULL);
	assert_null(request_mem_region(GPIO_PA - 4, 8, "led"));
	assert_null(request_mem_region(GPIO_PA - SZ_4K, 3 * SZ_4K, "led")); /* swallows it */
}

static void bad_arguments(void **state)
{
	(void)state;
	errno = 0;
	assert_null(request_mem_region(GPIO_PA, 0, "led"));
	assert_int_equal(errno, EINVAL);
	errno = 0;
	assert_null(request_mem_region(0xfffffff0, 0x11, "led"));
	assert_int_equal(errno, EINVAL);
	errno = 0;
	assert_null(request_mem_region(GPIO_PA, 4, NULL));
	assert_int_equal(errno, EINVAL);
	errno = 0;
	assert_null(request_mem_region(GPIO_PA, 4, ""));
	assert_int_equal(errno, EINVAL);
	assert_logged(
		"request_mem_region: 'led' 0x50000000-0x50000000 refused: its size is 0",
		"request_mem_region: 'led' 0xfffffff0-0x00000000 refused: it wraps past 4 GiB",
		"request_mem_region: '?' 0x50000000-0x50000003 refused: a claim needs its "
		"owner's name",
		"request_mem_region: '?' 0x50000000-0x50000003 refused: a claim needs its "
		"owner's name",
		NULL);
}

static void the_last_byte(void **state)
{
	(void)state;
	assert_non_null(request_mem_region(0xfffffff0, 0x10, "top"));
	assert_string_equal(resource_owner(0xffffffff)->name, "top");
	assert_null(request_mem_region(0xffffffff, 1, "other"));
	release_mem_region(0xfffffff0, 0x10);
	assert_int_equal(resource_bad_releases(), 0);
	assert_null(resource_owner(0xffffffff));
	log_forget();
}

static void the_first_byte(void **state)
{
	(void)state;
	assert_non_null(request_mem_region(0, 1, "zero"));
	assert_string_equal(resource_owner(0)->name, "zero");
	assert_null(resource_owner(1));
	release_mem_region(0, 1);
	assert_string_equal(resource_last_owner(0)->name, "zero");
	assert_int_equal(log_lines(), 0);
}

static void a_long_name_is_cut(void **state)
{
	struct resource *r = request_mem_region(FREE_PA, 4, "a-name-longer-than-fifteen");

	(void)state;
	assert_string_equal(r->name, "a-name-longer-t");
}

static void nothing_is_left_of_a_longer_name(void **state)
{
	(void)state;
	request_mem_region(FREE_PA, 4, "a-long-name");
	release_mem_region(FREE_PA, 4);
	assert_string_equal(request_mem_region(FREE_PA, 4, "led")->name, "led");
}

static void the_name_is_a_copy(void **state)
{
	char name[8] = "led";
	struct resource *r = request_mem_region(FREE_PA, 4, name);

	(void)state;
	strcpy(name, "other");
	assert_string_equal(r->name, "led");
}

static void bad_release(u32 start, u32 n, const char *line)
{
	u32 before = resource_bad_releases();

	errno = 0;
	log_forget();
	release_mem_region(start, n);
	assert_int_equal(errno, EINVAL);
	assert_int_equal(resource_bad_releases(), before + 1);
	assert_logged(line, NULL);
}

static void bad_releases_are_harmless(void **state)
{
	(void)state;
	assert_non_null(request_mem_region(GPIO_PA + 0x240, 8, "led"));
	bad_release(GPIO_PA + 0x240, 4,
		    "release_mem_region: 0x50000240 size 0x4 was not requested like this; it is "
		    "inside 'led'");
	bad_release(GPIO_PA + 0x244, 4,
		    "release_mem_region: 0x50000244 size 0x4 was not requested like this; it is "
		    "inside 'led'");
	bad_release(GPIO_PA + 0x240, 16,
		    "release_mem_region: 0x50000240 size 0x10 was not requested like this; it is "
		    "inside 'led'");
	bad_release(GPIO_PA, SZ_4K, /* the row itself is nobody's to release */
		    "release_mem_region: 0x50000000 size 0x1000 was not requested like this; it is "
		    "inside 'gpio'");
	bad_release(FREE_PA, 4,
		    "release_mem_region: 0x70000000 size 0x4 was not requested like this; it is "
		    "inside 'nothing'");
	release_mem_region(GPIO_PA + 0x240, 8);
	assert_int_equal(resource_bad_releases(), 5);
	bad_release(GPIO_PA + 0x240, 8,
		    "release_mem_region: 0x50000240 size 0x8 was not requested like this; it is "
		    "inside 'gpio'");
}

static void a_release_of_nothing(void **state)
{
	(void)state;
	errno = 0;
	release_mem_region(FREE_PA, 0);
	assert_int_equal(errno, EINVAL);
	assert_int_equal(resource_bad_releases(), 1);
	assert_int_equal(log_lines(), 1);
}

static void who_had_it_last(void **state)
{
	(void)state;
	assert_null(resource_last_owner(FREE_PA));
	request_mem_region(FREE_PA, 8, "first");
	release_mem_region(FREE_PA, 8);
	assert_string_equal(resource_last_owner(FREE_PA)->name, "first");
	assert_string_equal(resource_last_owner(FREE_PA + 7)->name, "first");
	assert_null(resource_last_owner(FREE_PA - 1));
	assert_null(resource_last_owner(FREE_PA + 8));
	request_mem_region(FREE_PA + 4, 4, "second");
	release_mem_region(FREE_PA + 4, 4);
	assert_string_equal(resource_last_owner(FREE_PA + 5)->name, "second");
	request_mem_region(FREE_PA, 8, "3");
	release_mem_region(FREE_PA, 8);
	assert_string_equal(resource_last_owner(FREE_PA)->name, "3");
	resource_init();
	assert_null(resource_last_owner(FREE_PA + 5));
	assert_null(resource_last_owner(0));
}

static void rows_and_ram_are_containers(void **state)
{
	(void)state;
	assert_string_equal(resource_owner(RAM_PA)->name, "ram");
	assert_true(resource_owner(RAM_PA)->flags & IORESOURCE_RAM);
	assert_false(resource_owner(RAM_PA)->flags & IORESOURCE_BUSY);
	for (u32 i = 2; i < test_row_count; i++) {
		const struct resource *r = resource_owner(map_phys(&test_rows[i]));

		assert_string_equal(r->name, test_rows[i].name);
		assert_false(r->flags & IORESOURCE_BUSY);
		assert_false(r->flags & IORESOURCE_RAM);
	}
}

static void a_carve_out_keeps_its_name(void **state)
{
	(void)state;
	assert_string_equal(resource_owner(FB_PA)->name, "framebuffer");
	assert_string_equal(resource_owner(FB_PA + SZ_1M - 1)->name, "framebuffer");
	assert_string_equal(resource_owner(FB_PA - 1)->name, "ram");
	assert_non_null(request_mem_region(FB_PA, SZ_64K, "lcd"));
}

static void containers_may_touch(void **state)
{
	(void)state;
	assert_int_equal(resource_add(FREE_PA + 0x200, 0x100, "right", IORESOURCE_MEM), 0);
	assert_int_equal(resource_add(FREE_PA + 0x100, 0x100, "left", IORESOURCE_MEM), 0);
	assert_int_equal(resource_add(FREE_PA + 0x300, 0x100, "last", IORESOURCE_MEM), 0);
	assert_string_equal(resource_owner(FREE_PA + 0x1ff)->name, "left");
	assert_string_equal(resource_owner(FREE_PA + 0x200)->name, "right");
	assert_string_equal(resource_owner(FREE_PA + 0x2ff)->name, "right");
	assert_string_equal(resource_owner(FREE_PA + 0x300)->name, "last");
}

static void containers_nest_or_stay_apart(void **state)
{
	(void)state;
	assert_int_equal(resource_add(FREE_PA, 2 * SZ_4K, "a", IORESOURCE_MEM), 0);
	assert_int_equal(resource_add(FREE_PA + SZ_4K, 2 * SZ_4K, "x", IORESOURCE_MEM), -EBUSY);
	assert_int_equal(resource_add(FREE_PA - SZ_4K, 2 * SZ_4K, "x", IORESOURCE_MEM), -EBUSY);
	assert_int_equal(resource_add(FREE_PA + 2 * SZ_4K, SZ_4K, "b", IORESOURCE_MEM), 0);
	assert_int_equal(resource_add(FREE_PA + SZ_4K, SZ_4K, "in-a", IORESOURCE_MEM), 0);
	assert_int_equal(resource_add(FREE_PA - SZ_4K, SZ_64K, "around", IORESOURCE_MEM), 0);
	assert_int_equal(resource_add(FREE_PA, SZ_4K / 2, "at-a", IORESOURCE_MEM), 0);
	assert_string_equal(resource_owner(FREE_PA)->name, "at-a");
	assert_string_equal(resource_owner(FREE_PA)->parent->name, "a");
	assert_string_equal(resource_owner(FREE_PA + SZ_4K / 2)->name, "a");
	assert_string_equal(resource_owner(FREE_PA + SZ_4K)->name, "in-a");
	assert_string_equal(resource_owner(FREE_PA + SZ_4K)->parent->name, "a");
	assert_string_equal(resource_owner(FREE_PA + SZ_4K / 2)->parent->name, "around");
	assert_string_equal(resource_owner(FREE_PA + 2 * SZ_4K)->parent->name, "around");
	assert_string_equal(resource_owner(FREE_PA + 3 * SZ_4K)->name, "around");
	assert_string_equal(resource_owner(FREE_PA - 1)->name, "around");
	assert_null(resource_owner(FREE_PA - SZ_4K - 1));
	assert_non_null(request_mem_region(FREE_PA + SZ_4K + 4, 4, "led"));
	assert_string_equal(resource_owner(FREE_PA + SZ_4K + 4)->parent->name, "in-a");
	/* the inner one first, at the same start */
	assert_int_equal(resource_add(FREE_PA + SZ_1M, SZ_4K, "inner", IORESOURCE_MEM), 0);
	assert_int_equal(resource_add(FREE_PA + SZ_1M, 2 * SZ_4K, "outer", IORESOURCE_MEM), 0);
	assert_string_equal(resource_owner(FREE_PA + SZ_1M)->name, "inner");
	assert_string_equal(resource_owner(FREE_PA + SZ_1M)->parent->name, "outer");
}

/*
 * A container that shares some bytes with another, down to one, has no place: only
 * beside it, inside it (also the very same bytes) and around it.
 */
static void edges_by_one_byte(void **state)
{
	static const struct {
		u32 at, n;
		int err;
	} t[] = {
		{ 0x000, 0x100, 0 },	  { 0x000, 0x101, -EBUSY }, { 0x0ff, 0x100, -EBUSY },
		{ 0x101, 0x100, -EBUSY }, { 0x1ff, 0x002, -EBUSY }, { 0x200, 0x100, 0 },
		{ 0x100, 0x0ff, 0 },	  { 0x101, 0x0ff, 0 },	    { 0x100, 0x001, 0 },
		{ 0x1ff, 0x001, 0 },	  { 0x100, 0x100, 0 },	    { 0x100, 0x101, 0 },
		{ 0x0ff, 0x101, 0 },	  { 0x0ff, 0x102, 0 },
	};

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(t); i++) {
		pa_t start = FREE_PA + t[i].at, end = start + t[i].n - 1;

		boot(NULL);
		assert_int_equal(resource_add(FREE_PA + 0x100, 0x100, "old", IORESOURCE_MEM), 0);
		if (resource_add(start, t[i].n, "new", IORESOURCE_MEM) != t[i].err)
			fail_msg("0x%03x, 0x%03x bytes: not as it should be", t[i].at, t[i].n);
		for (pa_t pa = FREE_PA; pa < FREE_PA + 0x300; pa++) {
			bool old = pa - FREE_PA - 0x100 < 0x100;
			bool new = !t[i].err &&pa >= start &&pa <= end;
			const char *inner = new && (!old || t[i].n <= 0x100) ? "new" : "old";
			const struct resource *r = resource_owner(pa);

			if (!old && !new)
				assert_null(r);
			else
				assert_string_equal(r->name, inner);
		}
	}
}

/* What a claim holds is nobody's to put a container into. */
static void no_container_in_a_claim(void **state)
{
	(void)state;
	request_mem_region(FREE_PA, SZ_4K, "led");
	assert_int_equal(resource_add(FREE_PA + 0x10, 0x10, "new", IORESOURCE_MEM), -EBUSY);
	assert_int_equal(resource_add(FREE_PA, 0x10, "new", IORESOURCE_MEM), -EBUSY);
	assert_string_equal(resource_owner(FREE_PA + 0x10)->name, "led");
	assert_null(resource_owner(FREE_PA)->child);
}

static void iomem_shows_the_tree(void **state)
{
	(void)state;
	request_mem_region(GPIO_PA + 0x240, 4, "led");
	request_mem_region(FREE_PA, 4, "codec");
	/* three in a row; then one around two of them */
	resource_add(FREE_PA + 0x1000, 0x100, "a", IORESOURCE_MEM);
	resource_add(FREE_PA + 0x1300, 0x100, "c", IORESOURCE_MEM);
	resource_add(FREE_PA + 0x1200, 0x100, "b", IORESOURCE_MEM);
	resource_add(FREE_PA + 0x1000, 0x300, "ab", IORESOURCE_MEM);
	request_mem_region(FREE_PA + 0x1200, 8, "deep");
	iomem_show();
	assert_logged("00100000-0010ffff : rom (row)", "20000000-23ffffff : ram (RAM)",
		      "  23000000-230fffff : framebuffer (RAM)", "50000000-50000fff : gpio (row)",
		      "  50000240-50000243 : led", "50010000-50010fff : uart (row)",
		      "50020000-5002ffff : bank (row)", "51000000-510fffff : sysregs (row)",
		      "52000000-52000fff : slow (row)", "60000000-60ffffff : bus (row)",
		      "70000000-70000003 : codec", "70001000-700012ff : ab (row)",
		      "  70001000-700010ff : a (row)", "  70001200-700012ff : b (row)",
		      "  70001200-70001207 : deep", "70001300-700013ff : c (row)", NULL);
	log_forget();
	for (const struct resource *r = resource_owner(FREE_PA + 0x1200); r != &iomem_resource;
	     r = r->parent)
		assert_non_null(r->parent);
	assert_string_equal(resource_owner(FREE_PA + 0x1200)->parent->parent->name, "ab");
}

/* Each call leaves interrupts as it found them, whatever it says. */
static void interrupts_stay_as_they_were(void **state)
{
	(void)state;
	for (u32 masked = 0; masked < 2; masked++) {
		u32 flags = masked ? model_irq_save() : 0;

		assert_non_null(request_mem_region(FREE_PA, 4, "led"));
		assert_int_equal(model_irqs_enabled(), !masked);
		assert_null(request_mem_region(FREE_PA, 4, "again"));
		assert_int_equal(model_irqs_enabled(), !masked);
		assert_null(request_mem_region(GPIO_PA - 4, 8, "edge"));
		assert_int_equal(model_irqs_enabled(), !masked);
		release_mem_region(FREE_PA, 4);
		assert_int_equal(model_irqs_enabled(), !masked);
		release_mem_region(FREE_PA, 4);
		assert_int_equal(model_irqs_enabled(), !masked);
		if (masked)
			model_irq_restore(flags);
	}
	log_forget();
}

static void nodes_run_out_and_come_back(void **state)
{
	u32 n = 0;

	(void)state;
	while (request_mem_region(FREE_PA + n * 8, 4, "many"))
		n++;
	assert_int_equal(errno, ENOMEM);
	assert_int_equal(n, 192 - test_row_count); /* MM_RESOURCES less the containers */
	assert_int_equal(log_lines(), 1);
	assert_true(log_has("no free node, raise MM_RESOURCES"));
	release_mem_region(FREE_PA, 4);
	assert_non_null(request_mem_region(FREE_PA + n * 8, 4, "again"));
	assert_null(request_mem_region(FREE_PA, 4, "again"));
	for (u32 i = 1; i < n; i++)
		release_mem_region(FREE_PA + i * 8, 4);
	assert_int_equal(resource_bad_releases(), 0);
	assert_null(resource_owner(FREE_PA + 8));
}

/* Random claims against an array of bytes. */
static void random_claims(void **state)
{
	enum { SPACE = 96, CLAIMS = 24 };
	struct {
		u32 at, n;
	} live[CLAIMS] = { { 0, 0 } };
	u8 owner[SPACE] = { 0 };
	struct rng r = { 31337 };
	u32 granted = 0, refused = 0;

	(void)state;
	for (u32 i = 0; i < 20000; i++) {
		u32 k = rnd_below(&r, CLAIMS);

		log_forget();
		if (live[k].n) {
			release_mem_region(FREE_PA + live[k].at, live[k].n);
			memset(owner + live[k].at, 0, live[k].n);
			live[k].n = 0;
		} else {
			u32 at = rnd_below(&r, SPACE), n = 1 + rnd_below(&r, 8), busy = 0;
			char name[4];

			n = at + n > SPACE ? SPACE - at : n;
			snprintf(name, sizeof(name), "%c", 'a' + k);
			for (u32 b = at; b < at + n; b++)
				busy |= owner[b];
			assert_int_equal(!request_mem_region(FREE_PA + at, n, name), busy != 0);
			if (busy) {
				refused++;
				continue;
			}
			granted++;
			memset(owner + at, 'a' + (int)k, n);
			live[k].at = at;
			live[k].n = n;
		}
		for (u32 b = 0; b < SPACE; b++) {
			const struct resource *o = resource_owner(FREE_PA + b);

			assert_int_equal(o ? o->name[0] : 0, owner[b]);
		}
	}
	assert_int_equal(resource_bad_releases(), 0);
	assert_true(granted > 1000 && refused > 1000);
	log_forget();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		case_booted(a_claim_inside_a_row),
		case_booted(a_claim_of_a_whole_row),
		case_booted(the_root),
		case_booted(a_claim_where_no_row_is),
		case_booted(neighbours_do_not_collide),
		case_booted(a_conflict_names_both),
		case_booted(a_claim_over_the_edge_of_a_row),
		case_booted(bad_arguments),
		case_booted(the_last_byte),
		case_booted(the_first_byte),
		case_booted(a_long_name_is_cut),
		case_booted(nothing_is_left_of_a_longer_name),
		case_booted(the_name_is_a_copy),
		case_booted(bad_releases_are_harmless),
		case_booted(a_release_of_nothing),
		case_booted(who_had_it_last),
		case_booted(rows_and_ram_are_containers),
		case_booted(a_carve_out_keeps_its_name),
		case_booted(containers_may_touch),
		case_booted(containers_nest_or_stay_apart),
		case_booted(edges_by_one_byte),
		case_booted(no_container_in_a_claim),
		case_booted(iomem_shows_the_tree),
		case_booted(interrupts_stay_as_they_were),
		case_booted(nodes_run_out_and_come_back),
		case_booted(random_claims),
	};

	return cmocka_run_group_tests_name("resource", tests, NULL, NULL);
}
