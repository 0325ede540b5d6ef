/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot/bl1/ramtest.c - are the RAM's lines whole?
 *
 * Not a test of every cell: of what goes wrong in a wrong set-up or a bad
 * solder joint.  Every data line takes both levels beside its neighbours, and
 * every address line makes a difference.
 */
#include "boot/bl1/bl1.h"
#include "mm/io.h"

static bool same(pa_t at, u32 wrote, struct ram_fault *fault)
{
	u32 read = readl(IOMEM(at));

	if (read == wrote)
		return true;
	*fault = (struct ram_fault){ .at = at, .wrote = wrote, .read = read };
	return false;
}

/* The word behind it drives the lines the other way in between. */
static bool data_lines(pa_t base, struct ram_fault *fault)
{
	for (u32 i = 0; i < 64; i++) {
		u32 v = i < 32 ? 1u << i : ~(1u << (i - 32));

		writel(v, IOMEM(base));
		writel(~v, IOMEM(base + 4));
		if (!same(base, v, fault) || !same(base + 4, ~v, fault))
			return false;
	}
	return true;
}

/* Two numbers that differ for any two addresses. */
static u32 mark(pa_t at, u32 round)
{
	return round ? ~at : at;
}

/*
 * Two words that differ in one address line only: the first one, and that at
 * each power of two.  All are written before any is read, so that a line which
 * makes no difference shows as one word over another.  The second round, with
 * other values, sees a line that happened to read right.
 */
static bool address_lines(pa_t base, u32 size, struct ram_fault *fault)
{
	for (u32 round = 0; round < 2; round++) {
		writel(mark(base, round), IOMEM(base));
		for (u32 line = 4; line < size; line <<= 1)
			writel(mark(base + line, round), IOMEM(base + line));
		if (!same(base, mark(base, round), fault))
			return false;
		for (u32 line = 4; line < size; line <<= 1)
			if (!same(base + line, mark(base + line, round), fault))
				return false;
	}
	return true;
}

static bool lines(pa_t base, u32 size, struct ram_fault *fault)
{
	return data_lines(base, fault) && address_lines(base, size, fault);
}

/* The largest bank that may begin there: a power of two, and aligned to it. */
static u32 bank_at(pa_t base, u32 size)
{
	u32 bank = 8;

	while (bank <= size >> 1 && !(base & (2 * bank - 1)))
		bank <<= 1;
	return bank;
}

/*
 * As a whole, so that no bank shows through another; and each bank by itself, as
 * two controllers side by side have their own lines.
 */
bool ram_test(pa_t base, u32 size, struct ram_fault *fault)
{
	u32 bank;

	if (!lines(base, size, fault))
		return false;
	for (; size; base += bank, size -= bank) {
		bank = bank_at(base, size);
		if (!lines(base, bank, fault))
			return false;
	}
	return true;
}
