/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * board/s5pv210/dram.c - S5PV210: both DRAM controllers and the DDR2 chips
 * behind them, at 200 MHz, so that RAM is where the board's rows say.
 *
 * Registers and values: the vendor's U-Boot for this chip's reference board and
 * for the x210; course programs of several authors write the same.  Fields are
 * named where their meaning is public, and the commands to the chips are those
 * of JEDEC's start-up sequence for DDR2 (JESD79-2).
 */
#include <errno.h>

#include "boot/bl1/soc.h"
#include "mm/io.h"
#include "mm/log.h"

enum {
	CONCONTROL = 0x00,
	MEMCONTROL = 0x04,
	MEMCONFIG0 = 0x08,
	MEMCONFIG1 = 0x0c,
	DIRECTCMD = 0x10,
	PRECHCONFIG = 0x14,
	PHYCONTROL0 = 0x18,
	PHYCONTROL1 = 0x1c,
	PWRDNCONFIG = 0x28,
	TIMINGAREF = 0x30,
	TIMINGROW = 0x34,
	TIMINGDATA = 0x38,
	TIMINGPOWER = 0x3c,
	PHYSTATUS = 0x40,
};

/*
 * The bridges between the bus domains: bit 0 must be clear on revision EVT1
 * (mainline U-Boot, which clears them all).  The word at +0xC of the one before
 * DMC0, which some programs clear too, was EVT0's and is gone.
 */
static const u32 async_bridges[] = {
	0xE0F00000, 0xE1F00000, 0xF1800000, 0xF1900000, 0xF1A00000, 0xF1B00000,
	0xF1C00000, 0xF1D00000, 0xF1E00000, 0xF1F00000, 0xFAF00000,
};

/* Pads of the memory ports: drive strength 2x, two bits a pin. */
#define GPIO 0xE0200000u
#define MP1_0 0x3C0u
#define MP2_0 0x4E0u
#define MP_BANKS 9u
#define MP_STRIDE 0x20u
#define DRV 0x0Cu
#define DRV_2X 0xAAAAu
#define DRV_2X_LAST 0x2AAAu /* the last bank of each port has seven pins */

/*
 * The controller's DLL: start point and increment 0x10 each, DQS delay and so
 * on in PHYCONTROL1; bit 1 on, bit 0 start.  Measured delay in PHYSTATUS 13:6,
 * forced into PHYCONTROL0 31:24 then.
 */
#define PHY0 0x00101000u
#define PHY0_ON (1u << 1)
#define PHY0_START (1u << 0)
#define PHY1 0x86u
#define PHY_LOCKED 7u /* DLL locked (2), clock (1), phase (0) */
#define PHY_DELAY(status) ((status) >> 6 & 0xff)
#define LOOKS (1u << 20)

#define CON_REFRESH_OFF 0x0FFF2010u
#define CON_REFRESH_ON 0x0FF02030u /* bit 5: automatic refresh */
/* Burst 4 (22:20 = 2), one chip select (19:16), 32 bits (15:12 = 2), DDR2 (11:8 = 4). */
#define MEM_DDR2 0x00202400u
#define PRECHARGE 0xFF000000u
#define POWER_DOWN 0xFFFF00FFu
#define REFRESH_7_8_US 1560u /* cycles of 5 ns */

/*
 * MEMCONFIG: base and mask, address bits 31:24 each; interleaved (15:12 = 1), ten
 * column bits (11:8 = 3), 13 or 14 row bits (7:4 = 1, 2), eight banks (3:0 = 3).
 */
#define MEMCONFIG(base, size, rows)                                                                \
	(((base)&0xFF000000u) | (((0u - (size)) >> 24) << 16) | 0x1303u | ((rows)-12u) << 4)

/* Commands to the chips: 27:24 command, 18:16 mode register, 14:0 its value. */
#define CMD_MODE(reg, value) ((reg) << 16 | (value))
#define CMD_PRECHARGE_ALL (1u << 24)
#define CMD_REFRESH (5u << 24)
#define CMD_NOP (7u << 24)
#define MR_CL4_BL4 0x442u
#define MR_DLL_RESET 0x100u
#define EMR1_DLL_ON 0x400u /* DQS# off */
#define EMR1_OCD_DEFAULT 0x380u

static const u32 start_chips[] = {
	CMD_NOP,
	CMD_PRECHARGE_ALL,
	CMD_MODE(2u, 0),
	CMD_MODE(3u, 0),
	CMD_MODE(1u, EMR1_DLL_ON),
	CMD_MODE(0u, MR_CL4_BL4 | MR_DLL_RESET),
	CMD_PRECHARGE_ALL,
	CMD_REFRESH,
	CMD_REFRESH,
	CMD_MODE(0u, MR_CL4_BL4),
	CMD_MODE(1u, EMR1_DLL_ON | EMR1_OCD_DEFAULT),
	CMD_MODE(1u, EMR1_DLL_ON),
};

/*
 * The two controllers: registers, the window of addresses that reaches each, and
 * where their values differ.  The second chip select is not used; its
 * MEMCONFIG must not name the addresses of the first.
 */
static const struct dmc {
	const char *name;
	u32 regs;
	pa_t first, last;
	u32 row, power, memconfig1;
} dmcs[] = {
	{ "DMC0", 0xF0000000, 0x20000000, 0x3FFFFFFF, 0x28233287, 0x09C80232, 0x40F01313 },
	{ "DMC1", 0xF1400000, 0x40000000, 0x7FFFFFFF, 0x28233289, 0x08280232, 0x00F01313 },
};
#define TIMING_DATA 0x23240304u

/* What of the board's RAM is behind a controller, from one end to the other. */
struct bank {
	pa_t first, last;
	bool any;
};

static void add_row(struct bank *b, const struct dmc *c, const struct map_desc *row)
{
	pa_t first = map_phys(row), last = first + (row->length - 1);

	if (first > c->last || last < c->first)
		return;
	if (first < c->first)
		first = c->first;
	if (last > c->last)
		last = c->last;
	if (!b->any || first < b->first)
		b->first = first;
	if (!b->any || last > b->last)
		b->last = last;
	b->any = true;
}

static struct bank bank_of(const struct dmc *c, const struct map_desc *rows, u32 n)
{
	struct bank b = { 0, 0, false };

	for (u32 i = 0; i < n; i++)
		if (rows[i].type & MAP_IS_RAM)
			add_row(&b, c, &rows[i]);
	return b;
}

/* Row bits of chips that make up a bank of that size; 0: there are none. */
static u32 row_bits(const struct bank *b)
{
	u32 size = b->last - b->first + 1;

	if (b->first & (size - 1))
		return 0;
	return size == SZ_256M ? 13 : size == SZ_512M ? 14 : 0;
}

static void w(const struct dmc *c, u32 offset, u32 value)
{
	writel(value, IOMEM(c->regs + offset));
}

static bool dll_locks(const struct dmc *c, u32 *status)
{
	for (u32 i = 0; i < LOOKS; i++) {
		*status = readl(IOMEM(c->regs + PHYSTATUS));
		if ((*status & PHY_LOCKED) == PHY_LOCKED)
			return true;
	}
	return false;
}

static int start_dll(const struct dmc *c)
{
	u32 status;

	w(c, PHYCONTROL0, PHY0);
	w(c, PHYCONTROL1, PHY1);
	w(c, PHYCONTROL0, PHY0 | PHY0_ON);
	w(c, PHYCONTROL0, PHY0 | PHY0_ON | PHY0_START);
	if (!dll_locks(c, &status)) {
		mm_log("BL1: %s: its DLL does not lock (PHYSTATUS 0x%x); is the clock of the "
		       "memory there (APLL, A2M)?",
		       c->name, status);
		return -ETIMEDOUT;
	}
	w(c, PHYCONTROL0, PHY_DELAY(status) << 24 | PHY0 | PHY0_ON | PHY0_START);
	return 0;
}

static void set_timing(const struct dmc *c, const struct bank *b)
{
	w(c, CONCONTROL, CON_REFRESH_OFF);
	w(c, MEMCONTROL, MEM_DDR2);
	w(c, MEMCONFIG0, MEMCONFIG(b->first, b->last - b->first + 1, row_bits(b)));
	w(c, MEMCONFIG1, c->memconfig1);
	w(c, PRECHCONFIG, PRECHARGE);
	w(c, TIMINGAREF, REFRESH_7_8_US);
	w(c, TIMINGROW, c->row);
	w(c, TIMINGDATA, TIMING_DATA);
	w(c, TIMINGPOWER, c->power);
}

/*
 * JEDEC wants 200 us of stable clock before the first command, 400 ns before the
 * second, and 200 cycles from the reset of the chips' DLL to their first use.
 */
static void start(const struct dmc *c)
{
	soc_delay_us(200);
	for (u32 i = 0; i < ARRAY_SIZE(start_chips); i++) {
		w(c, DIRECTCMD, start_chips[i]);
		soc_delay_us(1);
	}
	w(c, CONCONTROL, CON_REFRESH_ON);
	w(c, PWRDNCONFIG, POWER_DOWN);
	w(c, MEMCONTROL, MEM_DDR2);
}

static int controller(const struct dmc *c, const struct bank *b)
{
	int err;

	if (!row_bits(b)) {
		mm_log("BL1: %s: RAM %p to %p: it serves 256 or 512 MiB (DDR2, 32 bits, 8 banks) "
		       "at a multiple of its size; correct the RAM row of board.c",
		       c->name, b->first, b->last);
		return -EINVAL;
	}
	err = start_dll(c);
	if (err)
		return err;
	set_timing(c, b);
	start(c);
	return 0;
}

static void pads(void)
{
	for (u32 port = 0; port < 2; port++)
		for (u32 i = 0; i < MP_BANKS; i++)
			writel(i == MP_BANKS - 1 ? DRV_2X_LAST : DRV_2X,
			       IOMEM(GPIO + (port ? MP2_0 : MP1_0) + i * MP_STRIDE + DRV));
}

int soc_dram(const struct map_desc *rows, u32 n)
{
	for (u32 i = 0; i < ARRAY_SIZE(async_bridges); i++)
		writel(0, IOMEM(async_bridges[i]));
	pads();
	for (u32 i = 0; i < ARRAY_SIZE(dmcs); i++) {
		struct bank b = bank_of(&dmcs[i], rows, n);
		int err = b.any ? controller(&dmcs[i], &b) : 0;

		if (err)
			return err;
	}
	return 0;
}
