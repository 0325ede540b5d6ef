/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_io.c - accessors and block copies: the right widths, never
 * an access that device memory forbids, and the order Linux promises.
 */
#include "helpers.h"

#include <string.h>

#include "mm/io.h"

#define REGS IOMEM(GPIO_VA)
#define MAX 40

static void widths(void **state)
{
	(void)state;
	model_forget_accesses();
	writel(0x11223344, IOMEM(GPIO_VA));
	writew(0x5566, IOMEM(GPIO_VA + 4));
	writeb(0x77, IOMEM(GPIO_VA + 6));
	assert_int_equal(readl(IOMEM(GPIO_VA)), 0x11223344);
	assert_int_equal(readw(IOMEM(GPIO_VA + 4)), 0x5566);
	assert_int_equal(readb(IOMEM(GPIO_VA + 6)), 0x77);
	assert_int_equal(model_accesses(), 6);
	for (u32 i = 0; i < 6; i++) {
		static const u32 width[3] = { 4, 2, 1 };

		assert_int_equal(model_access(i)->width, width[i % 3]);
		assert_int_equal(model_access(i)->write, i < 3);
		assert_int_equal(model_access(i)->pa, GPIO_PA + (i % 3 == 2 ? 6 : i % 3 * 4));
	}
}

static void relaxed_and_raw(void **state)
{
	(void)state;
	model_forget_accesses();
	writel_relaxed(1, IOMEM(GPIO_VA));
	writew_relaxed(2, IOMEM(GPIO_VA + 4));
	writeb_relaxed(3, IOMEM(GPIO_VA + 8));
	__raw_writel(4, IOMEM(GPIO_VA + 12));
	__raw_writew(5, IOMEM(GPIO_VA + 16));
	__raw_writeb(6, IOMEM(GPIO_VA + 20));
	assert_int_equal(readl_relaxed(IOMEM(GPIO_VA)), 1);
	assert_int_equal(readw_relaxed(IOMEM(GPIO_VA + 4)), 2);
	assert_int_equal(readb_relaxed(IOMEM(GPIO_VA + 8)), 3);
	assert_int_equal(__raw_readl(IOMEM(GPIO_VA + 12)), 4);
	assert_int_equal(__raw_readw(IOMEM(GPIO_VA + 16)), 5);
	assert_int_equal(__raw_readb(IOMEM(GPIO_VA + 20)), 6);
	assert_int_equal(model_accesses(), 12);
}

/* A register takes a whole word: no copy may come in pieces that need not. */
static void words_stay_words(void **state)
{
	u8 buf[9] = { 0 };

	(void)state;
	for (u32 words = 1; words <= 2; words++) {
		model_forget_accesses();
		memcpy_toio(REGS, buf, words * 4);
		memset_io(REGS, 0, words * 4);
		memcpy_fromio(buf, REGS, words * 4);
		assert_int_equal(model_accesses(), 3 * words);
		for (u32 i = 0; i < 3 * words; i++)
			assert_int_equal(model_access(i)->width, 4);
	}
}

/* ---- order against normal memory ---- */

#define BUFFER_VA 0xc0200000u /* RAM, by its linear address */
#define BUFFER_PA 0x20200000u

static u32 seen_by_device;
static pa_t watched;

static void look_at_buffer(struct model_device *dev, u32 offset, u32 width, u32 v)
{
	(void)dev;
	(void)offset;
	(void)width;
	(void)v;
	seen_by_device = model_phys_read(watched);
}

static u32 fill_buffer(struct model_device *dev, u32 offset, u32 width)
{
	(void)dev;
	(void)offset;
	(void)width;
	model_dma_write(FB_PA + 4, 0xd0d0d0d0);
	return 1;
}

static struct model_device dma = { .read = fill_buffer, .write = look_at_buffer };

static int boot_with_dma(void **state)
{
	boot(state);
	model_add_device(0x40000000, SZ_4K, &dma);
	/* the frame buffer, uncached: writes reach a device after a barrier */
	if (pgtable_map(0xfb000000, FB_PA, SZ_1M, MT_DEVICE_WC) ||
	    pgtable_map(0xfb100000, 0x40000000, SZ_4K, MT_DEVICE))
		return -1;
	seen_by_device = 0;
	watched = FB_PA;
	return 0;
}

static void writel_comes_after_normal_writes(void **state)
{
	(void)state;
	model_store(0xfb000000, 4, 0xabcd0001);
	writel(1, IOMEM(0xfb100000));
	assert_int_equal(seen_by_device, 0xabcd0001);
	model_store(0xfb000000, 4, 0xabcd0002);
	writew(1, IOMEM(0xfb100000));
	assert_int_equal(seen_by_device, 0xabcd0002);
	model_store(0xfb000000, 4, 0xabcd0003);
	writeb(1, IOMEM(0xfb100000));
	assert_int_equal(seen_by_device, 0xabcd0003);
}

static void writel_relaxed_promises_no_order(void **state)
{
	(void)state;
	model_store(0xfb000000, 4, 0xabcd0001);
	writel_relaxed(1, IOMEM(0xfb100000));
	assert_int_not_equal(seen_by_device, 0xabcd0001); /* the instrument sees it */
	assert_non_null(strstr(model_explained(), "a device was started"));
	model_forgive();
}

static void readl_comes_before_normal_reads(void **state)
{
	u32 v;

	(void)state;
	for (u32 width = 1; width <= 4; width *= 2) {
		model_phys_write(FB_PA + 4, 0);
		if (width == 4)
			readl(IOMEM(0xfb100000));
		else if (width == 2)
			readw(IOMEM(0xfb100000));
		else
			readb(IOMEM(0xfb100000));
		model_load(0xfb000004, 4, &v);
		assert_int_equal(v, 0xd0d0d0d0);
	}
	model_phys_write(FB_PA + 4, 0);
	readl_relaxed(IOMEM(0xfb100000));
	model_load(0xfb000004, 4, &v);
	assert_int_equal(v, 0); /* the instrument sees it */
	assert_non_null(strstr(model_explained(), "before a barrier"));
	model_forgive();
}

static void copies_are_ordered(void **state)
{
	u8 out[8] = { 0 };
	u32 v;

	(void)state;
	model_store(0xfb000000, 4, 0xabcd0001);
	memcpy_toio(IOMEM(0xfb100000), out, 4);
	assert_int_equal(seen_by_device, 0xabcd0001);
	model_store(0xfb000000, 4, 0xabcd0002);
	memset_io(IOMEM(0xfb100000), 0, 4);
	assert_int_equal(seen_by_device, 0xabcd0002);
	model_phys_write(FB_PA + 4, 0);
	memcpy_fromio(out, IOMEM(0xfb100000), 4);
	model_load(0xfb000004, 4, &v);
	assert_int_equal(v, 0xd0d0d0d0);
}

/* A buffer that was cleaned for a device has left the cache when the device is told. */
static void what_was_cleaned_arrives_before_the_write(void **state)
{
	static u8 zeroes[4];

	(void)state;
	for (u32 how = 0; how < 5; how++) {
		model_store(BUFFER_VA, 4, 0xabcd0010 + how);
		dcache_clean_pou(BUFFER_VA);
		watched = BUFFER_PA;
		if (how == 0)
			writel(1, IOMEM(0xfb100000));
		else if (how == 1)
			writew(1, IOMEM(0xfb100000));
		else if (how == 2)
			writeb(1, IOMEM(0xfb100000));
		else if (how == 3)
			memcpy_toio(IOMEM(0xfb100000), zeroes, 4);
		else
			memset_io(IOMEM(0xfb100000), 0, 4);
		assert_int_equal(seen_by_device, 0xabcd0010 + how);
	}
}

/* ---- blocks ---- */

/* Every access of a block: aligned to its width, inside the block, each byte once. */
static void check_accesses(pa_t first, u32 n, bool write)
{
	u8 touched[MAX + 8] = { 0 };

	for (u32 i = 0; i < model_accesses(); i++) {
		const struct model_access *a = model_access(i);

		assert_int_equal(a->pa & (a->width - 1), 0);
		assert_int_equal(a->write, write);
		assert_true(a->pa >= first && a->pa + a->width <= first + n);
		for (u32 b = 0; b < a->width; b++)
			touched[a->pa - first + b]++;
	}
	for (u32 i = 0; i < n; i++)
		assert_int_equal(touched[i], 1);
}

static void fill(u8 *p, u32 n, u32 seed)
{
	for (u32 i = 0; i < n; i++)
		p[i] = (u8)(seed * 31 + i * 7 + 1);
}

static u8 device_byte(u32 offset)
{
	return (u8)(model_phys_read(GPIO_PA + (offset & ~3u)) >> (offset % 4 * 8));
}

static void memcpy_toio_all_alignments(void **state)
{
	u8 buf[MAX + 8];

	(void)state;
	for (u32 to = 0; to < 8; to++)
		for (u32 from = 0; from < 8; from++)
			for (u32 n = 0; n <= MAX - 8; n++) {
				for (u32 i = 0; i < MAX + 8; i += 4)
					model_phys_write(GPIO_PA + i, 0xeeeeeeee);
				fill(buf, sizeof(buf), to + from + n);
				model_forget_accesses();
				memcpy_toio(IOMEM(GPIO_VA + to), buf + from, n);
				check_accesses(GPIO_PA + to, n, true);
				for (u32 i = 0; i < MAX + 8; i++)
					assert_int_equal(
						device_byte(i),
						i >= to && i < to + n ? buf[from + i - to] : 0xee);
			}
}

static void memcpy_fromio_all_alignments(void **state)
{
	u8 buf[MAX + 8], want[MAX + 8];

	(void)state;
	fill(want, sizeof(want), 77);
	for (u32 i = 0; i < MAX + 8; i += 4)
		model_phys_write(GPIO_PA + i, want[i] | want[i + 1] << 8 | want[i + 2] << 16 |
						      (u32)want[i + 3] << 24);
	for (u32 to = 0; to < 8; to++)
		for (u32 from = 0; from < 8; from++)
			for (u32 n = 0; n <= MAX - 8; n++) {
				memset(buf, 0xee, sizeof(buf));
				model_forget_accesses();
				memcpy_fromio(buf + to, IOMEM(GPIO_VA + from), n);
				check_accesses(GPIO_PA + from, n, false);
				assert_memory_equal(buf + to, want + from, n);
				for (u32 i = 0; i < to; i++)
					assert_int_equal(buf[i], 0xee);
				assert_int_equal(buf[to + n], 0xee);
			}
}

static void memset_io_all_alignments(void **state)
{
	(void)state;
	for (u32 to = 0; to < 8; to++)
		for (u32 n = 0; n <= MAX - 8; n++) {
			for (u32 i = 0; i < MAX + 8; i += 4)
				model_phys_write(GPIO_PA + i, 0xeeeeeeee);
			model_forget_accesses();
			memset_io(IOMEM(GPIO_VA + to), (int)(n + 0x1a0), n);
			check_accesses(GPIO_PA + to, n, true);
			for (u32 i = 0; i < MAX + 8; i++)
				assert_int_equal(device_byte(i),
						 i >= to && i < to + n ? (u8)(n + 0xa0) : 0xee);
		}
}

static void words_are_used_where_they_can_be(void **state)
{
	u8 buf[16] = { 0 };

	(void)state;
	model_forget_accesses();
	memcpy_toio(IOMEM(GPIO_VA + 3), buf, 10); /* 1 + 4 + 4 + 1 */
	assert_int_equal(model_accesses(), 4);
	model_forget_accesses();
	memcpy_fromio(buf, IOMEM(GPIO_VA), 16);
	assert_int_equal(model_accesses(), 4);
}

/* ---- what the model itself forbids ---- */

static void the_model_faults_unaligned_device_accesses(void **state)
{
	u32 v;

	(void)state;
	assert_int_equal(model_load(GPIO_VA + 1, 4, &v), 0x01);
	assert_int_equal(model_cp15.dfar, GPIO_VA + 1);
	assert_int_equal(model_cp15.dfsr & 0x40f, 0x001);
	assert_int_equal(model_store(GPIO_VA + 2, 4, 0), 0x01);
	assert_int_equal(model_cp15.dfsr & 0xc0f, 0x801);
	assert_int_equal(model_load(GPIO_VA + 1, 2, &v), 0x01);
	/* normal memory does not mind */
	assert_int_equal(model_store(BUFFER_VA + 1, 4, 0x44332211), FAULT_NONE);
	assert_int_equal(model_load(BUFFER_VA + 2, 2, &v), FAULT_NONE);
	assert_int_equal(v, 0x3322);
}

static void a_copy_into_a_hole_aborts_where_the_hole_is(void **state)
{
	u8 buf[16] = { 0 };

	(void)state;
	assert_aborts(0x07, SLOW_VA + SZ_4K, memcpy_toio(IOMEM(SLOW_VA + SZ_4K - 8), buf, 16));
	assert_aborts(0x07, SLOW_VA + SZ_4K, memcpy_fromio(buf, IOMEM(SLOW_VA + SZ_4K - 8), 16));
	assert_aborts(0x07, SLOW_VA + SZ_4K, memset_io(IOMEM(SLOW_VA + SZ_4K - 8), 0, 16));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		case_booted(widths),
		case_booted(relaxed_and_raw),
		cmocka_unit_test_setup_teardown(writel_comes_after_normal_writes, boot_with_dma,
						power_off),
		cmocka_unit_test_setup_teardown(writel_relaxed_promises_no_order, boot_with_dma,
						power_off),
		cmocka_unit_test_setup_teardown(readl_comes_before_normal_reads, boot_with_dma,
						power_off),
		case_booted(words_stay_words),
		cmocka_unit_test_setup_teardown(copies_are_ordered, boot_with_dma, power_off),
		cmocka_unit_test_setup_teardown(what_was_cleaned_arrives_before_the_write,
						boot_with_dma, power_off),
		case_booted(memcpy_toio_all_alignments),
		case_booted(memcpy_fromio_all_alignments),
		case_booted(memset_io_all_alignments),
		case_booted(words_are_used_where_they_can_be),
		case_booted(the_model_faults_unaligned_device_accesses),
		case_booted(a_copy_into_a_hole_aborts_where_the_hole_is),
	};

	return cmocka_run_group_tests_name("io", tests, NULL, NULL);
}
