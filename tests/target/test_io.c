/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/target/test_io.c - the accessors, on real registers.
 */
#include "mm/io.h"

#include <string.h>

#include "drivers/probe.h"
#include "mm/ioremap.h"
#include "tests/target/groups.h"
#include "tests/target/touch.h"

/*
 * PrimeCell peripherals end in four words that are the same in all of them:
 * B105F00D, a byte a word (PL011 TRM, DDI 0183, section 3.3.16 and following).
 */
#define PCELL_ID 0xff0u
static const u32 pcell_id[4] = { 0x0d, 0xf0, 0x05, 0xb1 };

static void __iomem *map_ids(void)
{
	const struct device_desc *row = device_desc_of("console");

	if (!row || strcmp(row->driver, "pl011")) {
		tap_skip("the console is no PrimeCell: there are no registers with known contents");
		return NULL;
	}
	return ioremap_new(row->phys + PCELL_ID, sizeof(pcell_id));
}

static void widths(void)
{
	void __iomem *p = map_ids();

	if (!p)
		return;
	for (u32 i = 0; i < ARRAY_SIZE(pcell_id); i++) {
		CHECK_EQ(readl(p + i * 4), pcell_id[i]);
		CHECK_EQ(readl_relaxed(p + i * 4), pcell_id[i]);
		CHECK_EQ(__raw_readl(p + i * 4), pcell_id[i]);
		CHECK_EQ(readw(p + i * 4), pcell_id[i]);
		CHECK_EQ(readb(p + i * 4), pcell_id[i]);
	}
	iounmap(p);
}

static void from_registers(void)
{
	void __iomem *p = map_ids();
	u8 copy[sizeof(pcell_id) + 1];

	if (!p)
		return;
	memcpy_fromio(copy, p, sizeof(pcell_id));
	CHECK(!memcmp(copy, pcell_id, sizeof(pcell_id)));
	memcpy_fromio(copy + 1, p, sizeof(pcell_id)); /* misaligned on our side only */
	CHECK(!memcmp(copy + 1, pcell_id, sizeof(pcell_id)));
	iounmap(p);
}

/* A register that keeps what is written. */
static void to_data(const struct gpio_regs *r, void __iomem *dat)
{
	const u32 old = readl(dat), value = old ^ r->dat_mask;

	memcpy_toio(dat, &value, sizeof(value));
	CHECK_EQ(readl(dat) & r->dat_mask, value & r->dat_mask);
	memset_io(dat, 0xff, 4);
	CHECK_EQ(readl(dat) & r->dat_mask, r->dat_mask);
	memset_io(dat, 0, 4);
	CHECK_EQ(readl(dat) & r->dat_mask, 0);
	writel(old, dat);
	CHECK_EQ(readl(dat), old);
}

/* Two registers in which only ones count: what they did, a third one shows. */
static void to_set_and_clear(const struct gpio_regs *r, void __iomem *set, void __iomem *clr,
			     const void __iomem *dat)
{
	const u32 old = readl(dat);

	memcpy_toio(clr, &r->dat_mask, 4);
	CHECK_EQ(readl(dat), old & ~r->dat_mask);
	memcpy_toio(set, &r->dat_mask, 4);
	CHECK_EQ(readl(dat), old | r->dat_mask);
	memset_io(clr, 0xff, 4);
	CHECK_EQ(readl(dat) & r->dat_mask, 0);
	memset_io(set, 0xff, 4);
	CHECK_EQ(readl(dat) & r->dat_mask, r->dat_mask);
	memset_io(clr, 0xff, 4);
	writel(old, set);
	CHECK_EQ(readl(dat), old);
}

/* The registers behind led0, each by itself. */
static void to_register(void)
{
	struct led *led = device_led(0);
	struct gpio_regs r;
	void __iomem *dat, *set, *clr;

	if (!led) {
		tap_skip("the board has no LED that works, so no register that may be written");
		return;
	}
	NEED(!gpio_regs(led->chip, led->line, &r));
	dat = ioremap_new(led->chip->phys + r.dat, 4);
	NEED(dat);
	if (!r.has_set) {
		to_data(&r, dat);
	} else {
		set = ioremap_new(led->chip->phys + r.set, 4);
		clr = ioremap_new(led->chip->phys + r.clr, 4);
		NEED(set && clr);
		to_set_and_clear(&r, set, clr, dat);
		iounmap(clr);
		iounmap(set);
	}
	iounmap(dat);
}

#define ROOM 40u

/* All alignments of both sides, on RAM, where each byte can be looked at. */
static u32 wrong_copies(u32 to, u32 from, u32 n)
{
	static u8 source[ROOM] __attribute__((aligned(8))),
		target[ROOM] __attribute__((aligned(8)));
	u32 wrong = 0;

	for (u32 i = 0; i < ROOM; i++)
		source[i] = (u8)(i + 1);
	memset(target, 0, sizeof(target));
	memcpy_fromio(target + to, source + from, n);
	for (u32 i = 0; i < ROOM; i++)
		wrong += target[i] != (i - to < n ? source[from + i - to] : 0);
	memset(target, 0, sizeof(target));
	memcpy_toio(target + to, source + from, n);
	for (u32 i = 0; i < ROOM; i++)
		wrong += target[i] != (i - to < n ? source[from + i - to] : 0);
	memset_io(target + to, 0x5a, n);
	for (u32 i = 0; i < ROOM; i++)
		wrong += target[i] != (i - to < n ? 0x5a : 0);
	return wrong;
}

static void every_alignment(void)
{
	u32 wrong = 0;

	for (u32 to = 0; to < 8; to++)
		for (u32 from = 0; from < 8; from++)
			for (u32 n = 0; n < 20; n++)
				wrong += wrong_copies(to, from, n);
	CHECK_EQ(wrong, 0);
}

static const struct tap_test tests[] = {
	{ "reads of every width find the PrimeCell's number", widths },
	{ "memcpy_fromio() of registers", from_registers },
	{ "memcpy_toio() and memset_io() to a register", to_register },
	{ "blocks of bytes at every alignment", every_alignment },
};

static void run(void)
{
	tap_table(tests, ARRAY_SIZE(tests));
}

const struct tap_group group_io = { "io", run };
