/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_bl1_soc.c - BL1's parts for the S5PV210 on a fake bus: PLLs that
 * lock and that do not, DRAM controllers and the order they are told things in,
 * RAM with bad lines, console pins, the channel the boot ROM names.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "boot/bl1/bl1.h"
#include "boot/bl1/soc.h"
#include "fakebus.h"
#include "mm/io.h"

#define CMU 0xE0100000u
#define GPIO 0xE0200000u
#define PWM 0xE2500000u
#define WDT 0xE2700000u
#define DMC0 0xF0000000u
#define DMC1 0xF1400000u
static const u32 async_at[] = {
	0xE0F00000, 0xE1F00000, 0xF1800000, 0xF1900000, 0xF1A00000, 0xF1B00000,
	0xF1C00000, 0xF1D00000, 0xF1E00000, 0xF1F00000, 0xFAF00000,
};
#define ROM_GLOBALS 0xD0037000u
#define RAM 0x30000000u

/* ---- words that only keep what is written, and what some of them do ---- */

struct block {
	struct bus_window w;
	u32 word[0x10000 / 4];
};
static struct block cmu, gpio, pwm, wdt, dmc[2], async[11], globals;
static bool apll_locks, mpll_locks, dll_locks[2], timer_counts;
static u32 apll_locking; /* looks until it has locked, once it is on */

static u32 plain_read(struct bus_window *w, u32 offset, u32 width)
{
	assert_int_equal(width, 4);
	return ((struct block *)w)->word[offset / 4];
}

static void plain_write(struct bus_window *w, u32 offset, u32 width, u32 v)
{
	assert_int_equal(width, 4);
	((struct block *)w)->word[offset / 4] = v;
}

/*
 * MPLL tells that it has locked only while it was asked to look (bit 28), after the
 * time to lock that it shares with APLL.
 */
static u32 cmu_read(struct bus_window *w, u32 offset, u32 width)
{
	u32 v = plain_read(w, offset, width);

	if (offset == 0x100 && apll_locking)
		apll_locking--;
	else if (offset == 0x100 && apll_locks && v >> 31)
		v |= 1u << 29;
	if (offset == 0x108 && mpll_locks && v >> 31 && v & 1u << 28)
		v |= 1u << 29;
	return v;
}

static void cmu_write(struct bus_window *w, u32 offset, u32 width, u32 v)
{
	plain_write(w, offset, width, v);
	if (offset == 0x100 && !(v >> 31))
		apll_locking = 5;
	if (offset == 0x108 && v & 1u << 28)
		assert_int_equal(apll_locking, 0);
}

static u32 dmc_read(struct bus_window *w, u32 offset, u32 width)
{
	struct block *b = (struct block *)w;

	if (offset != 0x40)
		return plain_read(w, offset, width);
	/* locked once it is on and started; a measured delay of 0x1b */
	return dll_locks[b == &dmc[1]] && (b->word[0x18 / 4] & 3) == 3 ? 0x1b << 6 | 7 : 0;
}

/* Channel 4 counts down by 3 at each look. */
static u32 pwm_read(struct bus_window *w, u32 offset, u32 width)
{
	struct block *b = (struct block *)w;

	if (offset == 0x40 && timer_counts && b->word[2] & 1u << 20)
		b->word[0x40 / 4] -= 3;
	return plain_read(w, offset, width);
}

static void add(struct block *b, va_t base, u32 size, u32 (*read)(struct bus_window *, u32, u32))
{
	memset(b, 0, sizeof(*b));
	b->w = (struct bus_window){
		.base = base, .size = size, .read = read ? read : plain_read, .write = plain_write
	};
	bus_add(&b->w);
}

/* ---- RAM of which only the words written are kept, with a fault in its lines ---- */

struct memory {
	struct bus_window w;
	u32 used, at[256], word[256];
	u32 stuck_low, stuck_high; /* data lines */
	u32 dead; /* address lines */
	u32 from; /* the first offset at which lines are bad */
	u32 shorted; /* data lines that follow the lowest of them */
};
static struct memory memory;

static u32 *cell(struct memory *m, u32 offset)
{
	if (offset >= m->from)
		offset &= ~m->dead;
	for (u32 i = 0; i < m->used; i++)
		if (m->at[i] == offset)
			return &m->word[i];
	assert_true(m->used < ARRAY_SIZE(m->at));
	m->at[m->used] = offset;
	m->word[m->used] = 0xdeadbeef;
	return &m->word[m->used++];
}

static u32 memory_read(struct bus_window *w, u32 offset, u32 width)
{
	assert_int_equal(width, 4);
	return *cell((struct memory *)w, offset);
}

static void memory_write(struct bus_window *w, u32 offset, u32 width, u32 v)
{
	struct memory *m = (struct memory *)w;

	assert_int_equal(width, 4);
	if (offset < m->from) {
		*cell(m, offset) = v;
		return;
	}
	if (m->shorted)
		v = v & (m->shorted & (0u - m->shorted)) ? v | m->shorted : v & ~m->shorted;
	*cell(m, offset) = (v & ~m->stuck_low) | m->stuck_high;
}

static int setup(void **state)
{
	(void)state;
	bus_reset();
	add(&cmu, CMU, 0x10000, cmu_read);
	cmu.w.write = cmu_write;
	add(&gpio, GPIO, 0x1000, NULL);
	add(&pwm, PWM, 0x50, pwm_read);
	add(&wdt, WDT, 0x10, NULL);
	add(&dmc[0], DMC0, 0x60, dmc_read);
	add(&dmc[1], DMC1, 0x60, dmc_read);
	for (u32 i = 0; i < ARRAY_SIZE(async_at); i++) {
		add(&async[i], async_at[i], 4, NULL); /* +0xC is gone since EVT1 */
		async[i].word[0] = 1;
	}
	add(&globals, ROM_GLOBALS, 0x1000, NULL);
	memset(&memory, 0, sizeof(memory));
	memory.w = (struct bus_window){
		.base = RAM, .size = SZ_512M, .read = memory_read, .write = memory_write
	};
	bus_add(&memory.w);
	apll_locking = 0;
	apll_locks = mpll_locks = dll_locks[0] = dll_locks[1] = timer_counts = true;
	return 0;
}

/* ---- power ---- */

static void power_first(void **state)
{
	(void)state;
	cmu.word[0xE81C / 4] = 0x5200;
	wdt.word[0] = 0x8021;
	soc_hold_power();
	assert_int_equal(wdt.word[0], 0);
	assert_int_equal(cmu.word[0xE81C / 4], 0x5301);
}

/* ---- clocks ---- */

static void clocks_as_the_table_says(void **state)
{
	u32 console = 1;

	(void)state;
	assert_null(soc_clocks(&console));
	assert_int_equal(console, 0);
	assert_int_equal(cmu.word[0x100 / 4], 0x807D0301);
	assert_int_equal(cmu.word[0x108 / 4], 0x829B0C01);
	assert_int_equal(cmu.word[0x120 / 4], 0x806C0603);
	assert_int_equal(cmu.word[0x300 / 4], 0x14131440);
	assert_int_equal(cmu.word[0x200 / 4], 0x10001111);
}

/* Nothing may run from a PLL while it is changed, or from 1000 MHz undivided. */
static void muxes_before_and_after(void **state)
{
	u32 console, crystal, divided, pll, back;

	(void)state;
	soc_clocks(&console);
	crystal = bus_find_write(CMU + 0x200, 0);
	divided = bus_find_write(CMU + 0x300, crystal);
	pll = bus_find_write(CMU + 0x100, divided);
	back = bus_find_write(CMU + 0x200, pll);
	assert_int_equal(bus_access(crystal)->value, 0);
	assert_int_equal(bus_access(back)->value, 0x10001111);
	assert_true(bus_find_write(CMU + 0x120, pll) < back);
	/* APLL and MPLL were seen locked in between */
	for (u32 i = pll; i < back; i++)
		if (!bus_access(i)->write && bus_access(i)->va == CMU + 0x108)
			return;
	fail_msg("MPLL was not looked at before the muxes were switched to it");
}

/* What the boot ROM has set up is locked, too: only off and on again tells. */
static void plls_off_before(void **state)
{
	static const struct {
		u32 con, value;
	} c[] = { { 0x100, 0x807D0301 }, { 0x108, 0x829B0C01 } };
	u32 console, crystal;

	(void)state;
	cmu.word[0x104 / 4] = 0x10000010;
	soc_clocks(&console);
	crystal = bus_find_write(CMU + 0x200, 0);
	for (u32 i = 0; i < ARRAY_SIZE(c); i++) {
		u32 off = bus_find_write(CMU + c[i].con, 0);

		assert_true(off > crystal);
		assert_int_equal(bus_access(off)->value, 0);
		assert_int_equal(bus_access(bus_find_write(CMU + c[i].con, off + 1))->value,
				 c[i].value);
	}
	assert_int_equal(cmu.word[0x104 / 4], 0); /* AFC */
}

/* The card hangs on EPLL: it stays as the boot ROM set it until all is read. */
static void epll_last(void **state)
{
	u32 console, from, off, set;

	(void)state;
	cmu.word[0x110 / 4] = 0x80500602;
	soc_clocks(&console);
	assert_int_equal(cmu.word[0x110 / 4], 0x80500602);
	from = bus_accesses();
	soc_leave();
	off = bus_find_write(CMU + 0x200, from);
	set = bus_find_write(CMU + 0x110, off);
	assert_int_equal(bus_access(off)->value, 0x10001011);
	assert_int_equal(bus_access(set)->value, 0x80600602);
	assert_int_equal(bus_access(bus_find_write(CMU + 0x200, set))->value, 0x10001111);
	assert_int_equal(cmu.word[0x114 / 4], 0);
}

/* The memory's clock is A2M undivided, whatever the boot ROM chose. */
static void memory_clock(void **state)
{
	u32 console;

	(void)state;
	cmu.word[0x218 / 4] = 0x03123456;
	cmu.word[0x318 / 4] = 0xF1234567;
	soc_clocks(&console);
	assert_int_equal(cmu.word[0x218 / 4], 0x00123456);
	assert_int_equal(cmu.word[0x318 / 4], 0x01234567);
}

static void pll_without_lock(bool *locks, const char *name)
{
	u32 console;

	*locks = false;
	assert_string_equal(soc_clocks(&console), name);
	assert_int_equal(console, 24000000);
	assert_int_equal(cmu.word[0x200 / 4], 0);
	assert_int_equal(cmu.word[0x300 / 4], 0);
	/* delays are right at that clock, too */
	assert_int_equal(pwm.word[0] >> 8 & 0xff, 23);
}

static void apll_does_not_lock(void **state)
{
	(void)state;
	pll_without_lock(&apll_locks, "APLL (1000 MHz)");
}

static void mpll_does_not_lock(void **state)
{
	(void)state;
	pll_without_lock(&mpll_locks, "MPLL (667 MHz)");
}

/* ---- delays ---- */

static void delay_by_the_timer(void **state)
{
	u32 console, first;

	(void)state;
	soc_clocks(&console);
	assert_int_equal(pwm.word[0] >> 8 & 0xff, 65); /* 66.7 MHz: 1 us and a percent */
	assert_int_equal(pwm.word[1] >> 16 & 15, 0);
	assert_int_equal(pwm.word[0x3c / 4], 0xffffffff);
	assert_int_equal(pwm.word[2] >> 20 & 7, 5); /* started, reloads */
	first = bus_accesses();
	soc_delay_us(300);
	assert_in_range(bus_accesses() - first, 100, 105);
	/* across the counter's end */
	pwm.word[0x40 / 4] = 5;
	first = bus_accesses();
	soc_delay_us(300);
	assert_in_range(bus_accesses() - first, 100, 105);
}

static void delay_without_a_timer_ends(void **state)
{
	(void)state;
	timer_counts = false;
	soc_delay_us(100);
	assert_in_range(bus_accesses(), 100, 100000);
}

static void timer_is_left_stopped(void **state)
{
	u32 console;

	(void)state;
	pwm.word[0] = 0x1020304;
	pwm.word[2] = 0x000f0f0f;
	soc_clocks(&console);
	soc_leave();
	assert_int_equal(pwm.word[2], 0x000f0f0f);
	assert_int_equal(pwm.word[0], 0x1020104);
}

/* ---- DRAM ---- */

static const struct map_desc x210_rows[] = {
	MAP_DEVICE("gpio", 0xFD500000, GPIO, SZ_4K),
	MAP_RAM("ram", 0x30000000, SZ_512M),
};
static const struct map_desc tiny210_rows[] = { MAP_RAM("ram", 0x20000000, SZ_512M) };

static u32 config(u32 n, u32 reg)
{
	return dmc[n].word[reg / 4];
}

static void two_controllers(void **state)
{
	(void)state;
	assert_int_equal(soc_dram(x210_rows, ARRAY_SIZE(x210_rows)), 0);
	for (u32 i = 0; i < ARRAY_SIZE(async); i++)
		assert_int_equal(async[i].word[0] & 1, 0);
	assert_int_equal(config(0, 0x08), 0x30F01313);
	assert_int_equal(config(1, 0x08), 0x40F01313);
	assert_int_equal(config(0, 0x0c), 0x40F01313);
	assert_int_equal(config(1, 0x0c), 0x00F01313);
	assert_int_equal(config(0, 0x34), 0x28233287);
	assert_int_equal(config(1, 0x34), 0x28233289);
	assert_int_equal(config(0, 0x3c), 0x09C80232);
	assert_int_equal(config(1, 0x3c), 0x08280232);
	for (u32 n = 0; n < 2; n++) {
		assert_int_equal(config(n, 0x18), 0x1B101003); /* the delay, forced */
		assert_int_equal(config(n, 0x1c), 0x86);
		assert_int_equal(config(n, 0x04), 0x00202400);
		assert_int_equal(config(n, 0x14), 0xFF000000);
		assert_int_equal(config(n, 0x28), 0xFFFF00FF);
		assert_int_equal(config(n, 0x30), 0x618);
		assert_int_equal(config(n, 0x38), 0x23240304);
		assert_int_equal(config(n, 0x00), 0x0FF02030);
	}
}

static void one_controller(void **state)
{
	(void)state;
	assert_int_equal(soc_dram(tiny210_rows, 1), 0);
	assert_int_equal(config(0, 0x08), 0x20E01323);
	for (u32 i = 0; i < bus_accesses(); i++)
		assert_false(bus_access(i)->va - DMC1 < 0x60);
}

/* RAM kept out of the linear map is RAM all the same. */
static void a_bank_of_two_rows(void **state)
{
	const struct map_desc rows[] = {
		MAP_RAM("low", 0x20000000, 0x1F000000),
		MAP_RAM_NOMAP("frame", 0x3F000000, SZ_16M),
	};

	(void)state;
	assert_int_equal(soc_dram(rows, 2), 0);
	assert_int_equal(config(0, 0x08), 0x20E01323);
}

/* The commands to the chips, in JEDEC's order, and refresh only after the last. */
static void commands_in_order(void **state)
{
	static const u32 want[] = {
		0x07000000, 0x01000000, 0x00020000, 0x00030000, 0x00010400, 0x00000542,
		0x01000000, 0x05000000, 0x05000000, 0x00000442, 0x00010780, 0x00010400,
	};
	u32 at = 0, timing;

	(void)state;
	soc_dram(tiny210_rows, 1);
	timing = bus_find_write(DMC0 + 0x3c, 0);
	for (u32 i = 0; i < ARRAY_SIZE(want); i++) {
		at = bus_find_write(DMC0 + 0x10, i ? at + 1 : 0);
		assert_int_equal(bus_access(at)->value, want[i]);
		assert_true(at > timing);
	}
	assert_int_equal(bus_access(bus_find_write(DMC0, 0))->value, 0x0FFF2010);
	assert_int_equal(bus_access(bus_find_write(DMC0, at))->value, 0x0FF02030);
}

static void pads_are_strong(void **state)
{
	(void)state;
	soc_dram(tiny210_rows, 1);
	for (u32 bank = 0; bank < 8; bank++) {
		assert_int_equal(gpio.word[(0x3cc + 0x20 * bank) / 4], 0xAAAA);
		assert_int_equal(gpio.word[(0x4ec + 0x20 * bank) / 4], 0xAAAA);
	}
	assert_int_equal(gpio.word[0x4cc / 4], 0x2AAA);
	assert_int_equal(gpio.word[0x5ec / 4], 0x2AAA);
}

static void dll_does_not_lock(void **state)
{
	(void)state;
	dll_locks[1] = false;
	assert_int_equal(soc_dram(x210_rows, ARRAY_SIZE(x210_rows)), -ETIMEDOUT);
	assert_logged(
		"BL1: DMC1: its DLL does not lock (PHYSTATUS 0x0); is the clock of the memory "
		"there (APLL, A2M)?");
	assert_int_equal(config(1, 0x10), 0);
}

static void rows_that_no_chips_make(void **state)
{
	static const struct {
		u32 base, size;
	} c[] = {
		{ 0x30000000, SZ_128M }, { 0x28000000, SZ_256M }, { 0x20000000, 0x18000000 },
		{ 0x48000000, SZ_512M }, { 0x40000000, SZ_1G },
	};

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(c); i++) {
		const struct map_desc row[] = { MAP_RAM("ram", c[i].base, c[i].size) };

		bus_log_clear();
		assert_int_equal(soc_dram(row, 1), -EINVAL);
		assert_logged(
			"it serves 256 or 512 MiB (DDR2, 32 bits, 8 banks) at a multiple of its "
			"size; correct the RAM row of board.c");
	}
}

/* ---- the RAM test ---- */

static void good_ram(void **state)
{
	struct ram_fault f;

	(void)state;
	assert_true(ram_test(RAM, SZ_512M, &f));
	assert_true(ram_test(RAM + 0x1000, 0x3000, &f));
}

static void every_bad_data_line(void **state)
{
	struct ram_fault f;

	(void)state;
	for (u32 line = 0; line < 32; line++) {
		memory.stuck_low = 1u << line;
		assert_false(ram_test(RAM, SZ_512M, &f));
		assert_int_equal((f.wrote ^ f.read), 1u << line);
		memory.stuck_low = 0;
		memory.stuck_high = 1u << line;
		assert_false(ram_test(RAM, SZ_512M, &f));
		assert_int_equal((f.wrote ^ f.read), 1u << line);
		memory.stuck_high = 0;
	}
}

static void any_two_data_lines_shorted(void **state)
{
	struct ram_fault f;

	(void)state;
	for (u32 a = 0; a < 32; a++)
		for (u32 b = 0; b < a; b++) {
			memory.shorted = 1u << a | 1u << b;
			assert_false(ram_test(RAM, SZ_512M, &f));
		}
}

static void every_dead_address_line(void **state)
{
	struct ram_fault f;

	(void)state;
	for (u32 line = 2; line < 29; line++) {
		memory.used = 0;
		memory.dead = 1u << line;
		assert_false(ram_test(RAM, SZ_512M, &f));
		assert_in_range(f.at, RAM, RAM + (1u << line));
	}
	/* a line beyond the bank is none of it */
	memory.used = 0;
	assert_true(ram_test(RAM, SZ_256M, &f));
}

/* Two controllers side by side: the second has lines of its own. */
static void bad_lines_of_the_second_bank(void **state)
{
	struct ram_fault f;

	(void)state;
	memory.from = SZ_256M;
	for (u32 line = 0; line < 32; line++) {
		memory.stuck_low = 1u << line;
		assert_false(ram_test(RAM, SZ_512M, &f));
		assert_int_equal(f.wrote ^ f.read, 1u << line);
	}
	memory.stuck_low = 0;
	for (u32 line = 2; line < 28; line++) {
		memory.used = 0;
		memory.dead = 1u << line;
		assert_false(ram_test(RAM, SZ_512M, &f));
		assert_in_range(f.at, RAM + SZ_256M, RAM + SZ_256M + (1u << line));
	}
}

/* ---- pins, channel ---- */

static void pins_of_each_uart(void **state)
{
	static const struct {
		pa_t uart;
		u32 gpa0, gpa1;
	} c[] = {
		{ 0xE2900000, 0x00000022, 0 }, { 0xE2900400, 0x00220000, 0 },
		{ 0xE2900800, 0, 0x0022 },     { 0xE2900C00, 0, 0x2200 },
		{ 0xE2901000, 0, 0 }, /* none of the chip's */
	};

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(c); i++) {
		const struct device_desc row = { .phys = c[i].uart };

		gpio.word[0] = gpio.word[0x20 / 4] = 0;
		soc_console_pins(&row);
		assert_int_equal(gpio.word[0], c[i].gpa0);
		assert_int_equal(gpio.word[0x20 / 4], c[i].gpa1);
	}
}

static void channel_of_the_boot_rom(void **state)
{
	(void)state;
	globals.word[0x488 / 4] = 0xEB000000;
	assert_int_equal(soc_boot_channel(), 0);
	globals.word[0x488 / 4] = 0xEB200000;
	assert_int_equal(soc_boot_channel(), 2);
	assert_int_equal(bus_log_lines(), 0);
	globals.word[0x488 / 4] = 0xEB100000;
	assert_int_equal(soc_boot_channel(), -1);
	assert_logged("BL1: the boot ROM names 0xeb100000 as the controller it booted from");
}

static void no_copy_function(void **state)
{
	u8 to[512];

	(void)state;
	assert_false(soc_read_card(0, 1, 1, to, false));
}

#define TEST(name) cmocka_unit_test_setup(name, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(power_first),
		TEST(clocks_as_the_table_says),
		TEST(muxes_before_and_after),
		TEST(plls_off_before),
		TEST(epll_last),
		TEST(memory_clock),
		TEST(apll_does_not_lock),
		TEST(mpll_does_not_lock),
		TEST(delay_by_the_timer),
		TEST(delay_without_a_timer_ends),
		TEST(timer_is_left_stopped),
		TEST(two_controllers),
		TEST(one_controller),
		TEST(a_bank_of_two_rows),
		TEST(commands_in_order),
		TEST(pads_are_strong),
		TEST(dll_does_not_lock),
		TEST(rows_that_no_chips_make),
		TEST(good_ram),
		TEST(every_bad_data_line),
		TEST(any_two_data_lines_shorted),
		TEST(every_dead_address_line),
		TEST(bad_lines_of_the_second_bank),
		TEST(pins_of_each_uart),
		TEST(channel_of_the_boot_rom),
		TEST(no_copy_function),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
