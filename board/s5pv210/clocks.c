/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * board/s5pv210/clocks.c - S5PV210: PLLs and dividers for a core of 1000 MHz,
 * from the crystal of 24 MHz that this chip must have.
 *
 * Registers: the Linux kernel's clock driver for this chip.  Values: the
 * vendor's U-Boot and course programs of several authors.
 */
#include "board/s5pv210/timer.h"
#include "boot/bl1/soc.h"
#include "mm/io.h"

#define CMU 0xE0100000u
#define APLL_LOCK IOMEM(CMU + 0x000)
#define MPLL_LOCK IOMEM(CMU + 0x008)
#define EPLL_LOCK IOMEM(CMU + 0x010)
#define VPLL_LOCK IOMEM(CMU + 0x020)
#define APLL_CON0 IOMEM(CMU + 0x100)
#define APLL_CON1 IOMEM(CMU + 0x104)
#define MPLL_CON IOMEM(CMU + 0x108)
#define EPLL_CON0 IOMEM(CMU + 0x110)
#define EPLL_CON1 IOMEM(CMU + 0x114)
#define VPLL_CON IOMEM(CMU + 0x120)
#define CLK_SRC0 IOMEM(CMU + 0x200)
#define CLK_SRC6 IOMEM(CMU + 0x218)
#define CLK_DIV0 IOMEM(CMU + 0x300)
#define CLK_DIV6 IOMEM(CMU + 0x318)

#define CRYSTAL 24000000u
#define PLL_ENABLE (1u << 31)
#define PLL_LOCKED (1u << 29)
#define PLL_OFF 0u
#define AFC_ON 0u /* APLL finds its band by itself */
/*
 * MPLL's lock bit counts only while this one is set, after the time to lock: so
 * do the boot loaders that look at it.
 */
#define PLL_DETECT (1u << 28)
#define PLL(m, p, s) (PLL_ENABLE | (m) << 16 | (p) << 8 | (s))

/* APLL 24 MHz * M / (P * 2^(S - 1)), the others 24 MHz * M / (P * 2^S). */
#define APLL_1000 PLL(125u, 3u, 1u)
#define MPLL_667 PLL(667u, 12u, 1u)
#define EPLL_96 PLL(96u, 6u, 2u)
#define VPLL_54 PLL(108u, 6u, 3u)

/* All muxes on the crystal; on the PLLs, flash memory's on HCLK_DSYS. */
#define SRC0_CRYSTAL 0u
#define SRC0_EPLL (1u << 8)
#define SRC0_PLLS ((1u << 28) | (1u << 12) | SRC0_EPLL | (1u << 4) | (1u << 0))

/*
 * Divide by n + 1: core 1000 MHz; A2M, HCLK_MSYS 200; PCLK_MSYS 100;
 * HCLK_DSYS 166.7; PCLK_DSYS 83.3; HCLK_PSYS 133.3; PCLK_PSYS 66.7.
 */
#define DIV0_1000                                                                                  \
	((0u << 0) | (4u << 4) | (4u << 8) | (1u << 12) | (3u << 16) | (1u << 20) | (4u << 24) |   \
	 (1u << 28))
#define PCLK_PSYS 66700000u

/* DMC0 runs from SCLK_A2M undivided: 200 MHz, as its timing values want it. */
#define SRC6_DMC0 (3u << 24)
#define DIV6_DMC0 (15u << 28)

/*
 * Cycles of the crystal until a PLL counts as locked: the most that the field
 * holds, 2.7 ms.  The looks below take longer than that at any clock.
 */
#define LOCK_TIME 0xffffu
#define LOOKS (1u << 20)

static bool locks(void __iomem *con)
{
	for (u32 i = 0; i < LOOKS; i++)
		if (readl(con) & PLL_LOCKED)
			return true;
	return false;
}

/* Off before: a lock bit that is set is then that of the new setting. */
static void set_plls(void)
{
	writel(LOCK_TIME, APLL_LOCK);
	writel(LOCK_TIME, MPLL_LOCK);
	writel(LOCK_TIME, EPLL_LOCK);
	writel(LOCK_TIME, VPLL_LOCK);
	writel(PLL_OFF, APLL_CON0);
	writel(PLL_OFF, MPLL_CON);
	writel(AFC_ON, APLL_CON1);
	writel(APLL_1000, APLL_CON0);
	writel(MPLL_667, MPLL_CON);
	writel(VPLL_54, VPLL_CON);
}

static bool mpll_locks(void)
{
	bool yes;

	writel(MPLL_667 | PLL_DETECT, MPLL_CON);
	yes = locks(MPLL_CON);
	writel(MPLL_667, MPLL_CON);
	return yes;
}

/* MPLL's time is over when APLL's is.  VPLL feeds nothing that is on: not waited for. */
static const char *unlocked(void)
{
	if (!locks(APLL_CON0))
		return "APLL (1000 MHz)";
	return mpll_locks() ? NULL : "MPLL (667 MHz)";
}

const char *soc_clocks(u32 *console)
{
	const char *bad;

	*console = 0;
	writel(SRC0_CRYSTAL, CLK_SRC0);
	writel(DIV0_1000, CLK_DIV0);
	writel(readl(CLK_SRC6) & ~SRC6_DMC0, CLK_SRC6);
	writel(readl(CLK_DIV6) & ~DIV6_DMC0, CLK_DIV6);
	set_plls();
	bad = unlocked();
	if (bad) {
		/* everything at 24 MHz: enough to say so */
		writel(0, CLK_DIV0);
		*console = CRYSTAL;
		timer_start(CRYSTAL);
		return bad;
	}
	writel(SRC0_PLLS, CLK_SRC0);
	timer_start(PCLK_PSYS);
	return NULL;
}

/*
 * EPLL comes last: the boot ROM's function that reads the card runs it from EPLL,
 * at 20 MHz (its description in loaders of several authors), as the ROM set it.
 */
void soc_leave(void)
{
	timer_stop();
	writel(SRC0_PLLS & ~SRC0_EPLL, CLK_SRC0);
	writel(0, EPLL_CON1); /* no fraction */
	writel(EPLL_96, EPLL_CON0);
	writel(SRC0_PLLS, CLK_SRC0);
}
