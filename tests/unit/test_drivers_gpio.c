/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_drivers_gpio.c - GPIO blocks, LEDs and keys on fake registers.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/device.h"
#include "drivers/gpio.h"
#include "drivers/gpio_s5p.h"
#include "drivers/gpio_sunxi.h"
#include "drivers/key.h"
#include "drivers/led.h"
#include "fakeblocks.h"
#include "fakegpios.h"
#include "mm/io.h"

#define BASE 0x1000u
#define DIR_REG 0x3004u
#define BANK 0x240u

static struct fake_pl061 pl061;
static struct fake_s5p_gpio s5p;
static struct fake_ledreg ledreg;
static struct fake_bcm2835 bcm;
static struct fake_imx_gpio imx;
static struct fake_omap_gpio omap;
static struct fake_sunxi sunxi;
static struct fake_zynq_gpio zynq;
static struct fake_mmio mmio;
static struct gpio_chip chip;

static int setup(void **state)
{
	(void)state;
	bus_reset();
	return 0;
}

static void make(const char *driver, u32 size)
{
	chip = (struct gpio_chip){
		.ops = gpio_find(driver),
		.base = IOMEM(BASE),
		.name = "gpio0",
		.phys = BASE,
		.size = size,
	};
	assert_non_null(chip.ops);
}

static void make_pl061(void)
{
	fake_pl061(&pl061, BASE);
	make("pl061", 0x1000);
}

static void make_s5p(void)
{
	fake_s5p_gpio(&s5p, BASE);
	s5p.traced_bank = BANK;
	make("s5p", 0x1000);
}

static void make_ledreg(void)
{
	fake_ledreg(&ledreg, BASE);
	make("ledreg", 4);
}

static void make_bcm2835(void)
{
	fake_bcm2835(&bcm, BASE);
	bcm.g.traced_word = 1;
	make("bcm2835", 0xb4);
}

static void make_imx(void)
{
	fake_imx_gpio(&imx, BASE);
	make("imx", 0x4000);
}

static void make_omap3(void)
{
	fake_omap_gpio(&omap, BASE, 0);
	make("omap3", 0x1000);
}

static void make_omap4(void)
{
	fake_omap_gpio(&omap, BASE, 0x100);
	make("omap4", 0x1000);
}

static void make_sunxi(void)
{
	fake_sunxi(&sunxi, BASE);
	sunxi.g.traced_word = SUNXI_PH;
	make("sunxi", 0x400);
}

static void make_zynq(void)
{
	fake_zynq_gpio(&zynq, BASE);
	zynq.g.traced_word = 1;
	make("zynq", 0x1000);
}

static void make_mmio_with(bool input_high)
{
	fake_mmio(&mmio, BASE, DIR_REG, input_high);
	make("mmio", 4);
	chip.base2 = IOMEM(DIR_REG);
	chip.phys2 = DIR_REG;
	chip.size2 = 4;
	chip.flags = input_high ? GPIO_DIR_INPUT_HIGH : 0;
}

static void make_mmio(void)
{
	make_mmio_with(false);
}

static void make_mmio_input_high(void)
{
	make_mmio_with(true);
}

/*
 * Eight neighbours on every block.  @first is chosen so that they stand on both
 * sides of a seam, wherever a kind of register has one: GPFSEL4 and 5, PH_CFG1
 * and 2, the halves of Zynq's bank 1.  @word and @bit are where the fake has it.
 */
static const struct block {
	void (*make)(void);
	u32 first;
	struct fake_gpio *g; /* NULL: one of fakeblocks.h */
	u32 word, bit;
} blocks[] = {
	{ make_pl061, 0, NULL, 0, 0 },
	{ make_s5p, S5P_GPIO(BANK, 0), NULL, 0, 0 },
	{ make_ledreg, 0, NULL, 0, 0 },
	{ make_bcm2835, 46, &bcm.g, 1, 14 },
	{ make_imx, 24, &imx.g, 0, 24 },
	{ make_omap3, 24, &omap.g, 0, 24 },
	{ make_omap4, 0, &omap.g, 0, 0 },
	{ make_sunxi, SUNXI_GPIO(SUNXI_PH, 13), &sunxi.g, SUNXI_PH, 13 },
	{ make_zynq, 44, &zynq.g, 1, 12 },
	{ make_mmio, 24, &mmio.g, 0, 24 },
	{ make_mmio_input_high, 24, &mmio.g, 0, 24 },
};

static u8 pins_of(const struct block *b)
{
	if (b->g)
		return (u8)(fake_gpio_pads(b->g, b->word) >> b->bit);
	if (b->make == make_pl061)
		return fake_pl061_pins(&pl061);
	if (b->make == make_s5p)
		return fake_s5p_gpio_pins(&s5p, BANK);
	return (u8)ledreg.value;
}

static bool pin_of(const struct block *b, u32 line)
{
	return pins_of(b) >> (line - b->first) & 1;
}

/* ---- PL061 ---- */

static void pl061_sets_one_line_alone(void **state)
{
	(void)state;
	make_pl061();
	pl061.dir = 0xff;
	pl061.data = 0xa5;
	assert_int_equal(gpio_set(&chip, 3, true), 0);
	assert_int_equal(fake_pl061_pins(&pl061), 0xad);
	assert_int_equal(gpio_set(&chip, 0, false), 0);
	assert_int_equal(fake_pl061_pins(&pl061), 0xac);
	/* By masked addresses: two writes, no read. */
	assert_int_equal(bus_accesses(), 2);
	assert_int_equal(bus_access(0)->va, BASE + (1 << 3 << 2));
}

static void pl061_reads_one_line(void **state)
{
	(void)state;
	make_pl061();
	pl061.outside = 0x10;
	assert_int_equal(gpio_get(&chip, 4), 1);
	assert_int_equal(gpio_get(&chip, 5), 0);
}

static void pl061_output_shows_no_other_level(void **state)
{
	(void)state;
	make_pl061();
	pl061.keeps_input_data = true;
	pl061.outside = 0x04;
	assert_int_equal(gpio_direction_output(&chip, 2, true), 0);
	assert_int_equal(pl061.dir, 0x04);
	for (u32 i = 0; i < pl061.traced; i++)
		assert_int_equal(pl061.trace[i] & 4, 4);
}

static void pl061_output_works_where_input_data_is_lost(void **state)
{
	(void)state;
	make_pl061();
	pl061.keeps_input_data = false;
	pl061.afsel = 0xff;
	assert_int_equal(gpio_direction_output(&chip, 7, true), 0);
	assert_int_equal(fake_pl061_pins(&pl061), 0x80);
	assert_int_equal(pl061.afsel, 0x7f);
}

static void pl061_input_leaves_the_others(void **state)
{
	(void)state;
	make_pl061();
	pl061.dir = pl061.afsel = 0xff;
	assert_int_equal(gpio_direction_input(&chip, 6), 0);
	assert_int_equal(pl061.dir, 0xbf);
	assert_int_equal(pl061.afsel, 0xbf);
}

static void pl061_names_its_registers(void **state)
{
	struct gpio_regs r;

	(void)state;
	make_pl061();
	assert_int_equal(gpio_regs(&chip, 5, &r), 0);
	assert_true(r.has_con);
	assert_int_equal(r.con, 0x400);
	assert_int_equal(r.con_mask, 0x20);
	assert_int_equal(r.con_output, 0x20);
	assert_int_equal(r.dat, 0x80);
	assert_int_equal(r.dat_mask, 0x20);
	assert_int_equal(r.width, 4);
	assert_string_equal(r.con_name, "GPIODIR");
	assert_string_equal(r.dat_name, "GPIODATA");
}

/* ---- S5P ---- */

static void s5p_output_changes_its_pin_alone(void **state)
{
	(void)state;
	make_s5p();
	s5p.con[BANK / 0x20] = 0x22222222;
	s5p.latch[BANK / 0x20] = 0xff;
	s5p.outside[BANK / 0x20] = 0xff; /* what DAT reads as for these pins */
	assert_int_equal(gpio_direction_output(&chip, S5P_GPIO(BANK, 3), false), 0);
	assert_int_equal(s5p.con[BANK / 0x20], 0x22221222);
	assert_int_equal(s5p.latch[BANK / 0x20], 0xf7);
	assert_int_equal(s5p.con[BANK / 0x20 + 1], 0);
}

static void s5p_output_shows_no_other_level(void **state)
{
	(void)state;
	make_s5p();
	s5p.outside[BANK / 0x20] = 0x20;
	assert_int_equal(gpio_direction_output(&chip, S5P_GPIO(BANK, 5), true), 0);
	for (u32 i = 0; i < s5p.traced; i++)
		assert_int_equal(s5p.trace[i] & 0x20, 0x20);
	assert_int_equal(fake_s5p_gpio_pins(&s5p, BANK) & 0x20, 0x20);
}

static void s5p_input_and_function(void **state)
{
	(void)state;
	make_s5p();
	s5p.con[BANK / 0x20] = 0x11111111;
	assert_int_equal(gpio_direction_input(&chip, S5P_GPIO(BANK, 7)), 0);
	assert_int_equal(s5p.con[BANK / 0x20], 0x01111111);
	assert_int_equal(gpio_set_function(&chip, S5P_GPIO(BANK, 0), 15), 0);
	assert_int_equal(s5p.con[BANK / 0x20], 0x0111111f);
	assert_int_equal(gpio_set_function(&chip, S5P_GPIO(BANK, 0), 16), -EINVAL);
	assert_logged("function 16; they are 0 to 15");
	assert_int_equal(s5p.con[BANK / 0x20], 0x0111111f);
}

static void s5p_lines_are_banks_and_pins(void **state)
{
	static const struct {
		u32 bank, pin;
	} lines[] = { { 0, 0 }, { 0xa0, 2 }, { 0x5e0, 7 }, { 0xc00, 0 }, { 0xc60, 7 } };

	(void)state;
	make_s5p();
	for (u32 i = 0; i < ARRAY_SIZE(lines); i++) {
		u32 line = S5P_GPIO(lines[i].bank, lines[i].pin);

		assert_int_equal(gpio_direction_output(&chip, line, true), 0);
		assert_int_equal(fake_s5p_gpio_pins(&s5p, lines[i].bank), 1u << lines[i].pin);
		assert_int_equal(gpio_get(&chip, line), 1);
	}
}

static void s5p_refuses_what_is_no_bank(void **state)
{
	static const u32 lines[] = { S5P_GPIO(0x600, 0), S5P_GPIO(0x700, 3), S5P_GPIO(0xbe0, 7),
				     S5P_GPIO(0xc80, 0), 0xffffffff };

	(void)state;
	make_s5p();
	for (u32 i = 0; i < ARRAY_SIZE(lines); i++)
		assert_int_equal(gpio_set(&chip, lines[i], true), -EINVAL);
	assert_int_equal(bus_accesses(), 0);
	assert_logged("gpio_set: gpio0 has no line 384 (no bank there)");
	assert_logged("gpio_set: gpio0 has no line 800; its lines are 0 to 799");
}

static void s5p_refuses_what_its_window_lacks(void **state)
{
	(void)state;
	make_s5p();
	chip.size = 0x260;
	assert_int_equal(gpio_check(&chip, S5P_GPIO(0x240, 7), NULL), 0);
	assert_int_equal(gpio_check(&chip, S5P_GPIO(0x260, 0), NULL), -EINVAL);
	assert_int_equal(bus_log_lines(), 0);
}

static void s5p_names_its_registers(void **state)
{
	struct gpio_regs r;

	(void)state;
	make_s5p();
	assert_int_equal(gpio_regs(&chip, S5P_GPIO(BANK, 3), &r), 0);
	assert_true(r.has_con);
	assert_int_equal(r.con, 0x240);
	assert_int_equal(r.con_mask, 0xf000);
	assert_int_equal(r.con_output, 0x1000);
	assert_int_equal(r.dat, 0x244);
	assert_int_equal(r.dat_mask, 8);
	assert_string_equal(r.con_name, "CON[0x240]");
	assert_string_equal(r.dat_name, "DAT[0x240]");
}

/* ---- LED register ---- */

static void ledreg_keeps_the_other_bits(void **state)
{
	(void)state;
	make_ledreg();
	ledreg.value = 0x81;
	assert_int_equal(gpio_set(&chip, 2, true), 0);
	assert_int_equal(ledreg.value, 0x85);
	assert_int_equal(gpio_set(&chip, 0, false), 0);
	assert_int_equal(ledreg.value, 0x84);
	assert_int_equal(gpio_get(&chip, 7), 1);
	assert_int_equal(gpio_get(&chip, 0), 0);
}

static void ledreg_is_for_output_only(void **state)
{
	(void)state;
	make_ledreg();
	assert_int_equal(gpio_direction_input(&chip, 1), -EOPNOTSUPP);
	assert_logged("gpio0 has outputs only");
	assert_int_equal(gpio_set_function(&chip, 1, 2), -EOPNOTSUPP);
	assert_logged("have no functions");
	assert_int_equal(bus_accesses(), 0);
}

static void ledreg_has_no_con(void **state)
{
	struct gpio_regs r;

	(void)state;
	make_ledreg();
	assert_int_equal(gpio_regs(&chip, 6, &r), 0);
	assert_false(r.has_con);
	assert_int_equal(r.dat, 0);
	assert_int_equal(r.dat_mask, 0x40);
}

static void ledreg_has_as_many_lines_as_the_row_says(void **state)
{
	(void)state;
	make_ledreg();
	assert_int_equal(gpio_lines(&chip), 8);
	chip.lines = 4;
	assert_int_equal(gpio_set(&chip, 3, true), 0);
	assert_int_equal(gpio_set(&chip, 4, true), -EINVAL);
	assert_logged("no line 4; its lines are 0 to 3");
	assert_int_equal(ledreg.value, 8);
}

/* ---- BCM2835 ---- */

static void bcm2835_selects_three_bits_a_line(void **state)
{
	(void)state;
	make_bcm2835();
	bcm.fsel[4] = 0x3fffffff;
	bcm.fsel[5] = 0x00000fff;
	assert_int_equal(gpio_direction_output(&chip, 47, true), 0);
	assert_int_equal(bcm.fsel[4], 0x3f3fffff);
	assert_int_equal(gpio_set_function(&chip, 40, 4), 0);
	assert_int_equal(bcm.fsel[4], 0x3f3ffffc);
	assert_int_equal(gpio_direction_input(&chip, 49), 0);
	assert_int_equal(bcm.fsel[4], 0x073ffffc);
	assert_int_equal(gpio_direction_input(&chip, 53), 0);
	assert_int_equal(bcm.fsel[5], 0x000001ff);
	assert_int_equal(gpio_set_function(&chip, 52, 8), -EINVAL);
	assert_logged("function 8; they are 0 to 7");
	assert_int_equal(bcm.fsel[5], 0x000001ff);
	assert_int_equal(gpio_set(&chip, 54, true), -EINVAL);
	assert_logged("no line 54; its lines are 0 to 53");
}

static void bcm2835_writes_its_bit_and_reads_nothing(void **state)
{
	(void)state;
	make_bcm2835();
	bcm.g.latch[0] = 0x00000011;
	bcm.g.latch[1] = 0x00000011;
	gpio_set(&chip, 31, true);
	gpio_set(&chip, 32, false);
	gpio_set(&chip, 53, true);
	assert_int_equal(bus_accesses(), 3);
	assert_int_equal(bus_writes(), 3);
	assert_int_equal(bcm.g.latch[0], 0x80000011);
	assert_int_equal(bcm.g.latch[1], 0x00200010);
}

static void bcm2835_reads_the_pads(void **state)
{
	(void)state;
	make_bcm2835();
	bcm.g.outside[0] = 1u << 31;
	bcm.g.outside[1] = 1u << 21;
	assert_int_equal(gpio_get(&chip, 31), 1);
	assert_int_equal(gpio_get(&chip, 32), 0);
	assert_int_equal(gpio_get(&chip, 53), 1);
	assert_int_equal(gpio_get(&chip, 21), 0);
}

static void bcm2835_names_its_registers(void **state)
{
	struct gpio_regs r;

	(void)state;
	make_bcm2835();
	assert_int_equal(gpio_regs(&chip, 47, &r), 0);
	assert_true(r.has_con && r.has_set);
	assert_int_equal(r.con, 0x10);
	assert_int_equal(r.con_mask, 7u << 21);
	assert_int_equal(r.con_output, 1u << 21);
	assert_int_equal(r.set, 0x20);
	assert_int_equal(r.clr, 0x2c);
	assert_int_equal(r.dat, 0x38);
	assert_int_equal(r.dat_mask, 1u << 15);
	assert_string_equal(r.con_name, "GPFSEL4");
	assert_string_equal(r.set_name, "GPSET1");
	assert_string_equal(r.clr_name, "GPCLR1");
	assert_string_equal(r.dat_name, "GPLEV1");
}

/* ---- i.MX ---- */

static void imx_keeps_the_others(void **state)
{
	(void)state;
	make_imx();
	imx.g.output[0] = 0xffff0000;
	imx.g.latch[0] = 0xa5a50000;
	assert_int_equal(gpio_direction_output(&chip, 3, true), 0);
	assert_int_equal(imx.g.output[0], 0xffff0008);
	assert_int_equal(fake_gpio_pads(&imx.g, 0), 0xa5a50008);
	assert_int_equal(gpio_direction_input(&chip, 31), 0);
	assert_int_equal(imx.g.output[0], 0x7fff0008);
}

/* Outputs whose pads do not come back, inputs that show theirs. */
static void imx_reads_outputs_and_inputs(void **state)
{
	(void)state;
	make_imx();
	imx.g.output[0] = 0x3;
	imx.g.latch[0] = 0xa;
	imx.g.outside[0] = 0x5;
	assert_int_equal(gpio_get(&chip, 0), 0);
	assert_int_equal(gpio_get(&chip, 1), 1);
	assert_int_equal(gpio_get(&chip, 2), 1);
	assert_int_equal(gpio_get(&chip, 3), 0);
}

static void imx_names_its_registers(void **state)
{
	struct gpio_regs r;

	(void)state;
	make_imx();
	assert_int_equal(gpio_regs(&chip, 18, &r), 0);
	assert_true(r.has_con);
	assert_false(r.has_set);
	assert_int_equal(r.con, 4);
	assert_int_equal(r.con_output, 1u << 18);
	assert_int_equal(r.dat, 0);
	assert_string_equal(r.con_name, "GDIR");
	assert_string_equal(r.dat_name, "DR");
}

/* ---- OMAP ---- */

static void omap_sets_without_reading(void **state)
{
	static void (*const makers[])(void) = { make_omap3, make_omap4 };

	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(makers); i++) {
		bus_reset();
		makers[i]();
		omap.g.latch[0] = 0x80000001;
		gpio_set(&chip, 21, true);
		gpio_set(&chip, 0, false);
		assert_int_equal(omap.g.latch[0], 0x80200000);
		assert_int_equal(bus_accesses(), 2);
	}
}

static void omap_one_in_oe_is_an_input(void **state)
{
	(void)state;
	make_omap4();
	omap.g.output[0] = 0x000000f0;
	assert_int_equal(gpio_direction_output(&chip, 21, true), 0);
	assert_int_equal(omap.g.output[0], 0x002000f0);
	assert_int_equal(gpio_direction_input(&chip, 4), 0);
	assert_int_equal(omap.g.output[0], 0x002000e0);
}

/* As i.MX: an output whose receiver is off must read back what it drives. */
static void omap_reads_outputs_and_inputs(void **state)
{
	(void)state;
	make_omap3();
	omap.g.output[0] = 0x3;
	omap.g.latch[0] = 0xa;
	omap.g.outside[0] = 0x5;
	assert_int_equal(gpio_get(&chip, 0), 0);
	assert_int_equal(gpio_get(&chip, 1), 1);
	assert_int_equal(gpio_get(&chip, 2), 1);
	assert_int_equal(gpio_get(&chip, 3), 0);
}

static void omap_names_its_registers(void **state)
{
	struct gpio_regs r;

	(void)state;
	make_omap3();
	assert_int_equal(gpio_regs(&chip, 21, &r), 0);
	assert_int_equal(r.con, 0x34);
	assert_int_equal(r.dat, 0x3c);
	make_omap4();
	assert_int_equal(gpio_regs(&chip, 21, &r), 0);
	assert_true(r.has_con);
	assert_int_equal(r.con, 0x134);
	assert_int_equal(r.con_mask, 1u << 21);
	assert_int_equal(r.con_output, 0);
	assert_int_equal(r.dat, 0x13c);
	assert_string_equal(r.con_name, "GPIO_OE");
	assert_string_equal(r.dat_name, "GPIO_DATAOUT");
}

/* ---- sunxi ---- */

static void sunxi_changes_its_pin_alone(void **state)
{
	(void)state;
	make_sunxi();
	for (u32 i = 0; i < 4; i++)
		sunxi.cfg[SUNXI_PH][i] = 0x77777777;
	sunxi.g.latch[SUNXI_PH] = sunxi.g.outside[SUNXI_PH] = 0xffffffff;
	assert_int_equal(gpio_direction_output(&chip, SUNXI_GPIO(SUNXI_PH, 20), false), 0);
	assert_int_equal(sunxi.cfg[SUNXI_PH][2], 0x77717777);
	assert_int_equal(sunxi.g.latch[SUNXI_PH], 0xffefffff);
	assert_int_equal(gpio_direction_input(&chip, SUNXI_GPIO(SUNXI_PH, 31)), 0);
	assert_int_equal(sunxi.cfg[SUNXI_PH][3], 0x07777777);
	assert_int_equal(gpio_set_function(&chip, SUNXI_GPIO(SUNXI_PH, 8), 2), 0);
	assert_int_equal(sunxi.cfg[SUNXI_PH][1], 0x77777772);
	assert_int_equal(sunxi.cfg[SUNXI_PH][0], 0x77777777);
}

/* Bit 3 of a pin's field is reserved. */
static void sunxi_functions_end_at_seven(void **state)
{
	(void)state;
	make_sunxi();
	assert_int_equal(gpio_set_function(&chip, SUNXI_GPIO(SUNXI_PA, 0), 8), -EINVAL);
	assert_logged("function 8; they are 0 to 7");
	assert_int_equal(bus_accesses(), 0);
}

static void sunxi_lines_are_banks_and_pins(void **state)
{
	static const struct {
		u32 bank, pin;
	} lines[] = { { SUNXI_PA, 0 }, { SUNXI_PB, 31 }, { SUNXI_PG, 7 }, { SUNXI_PI, 8 } };

	(void)state;
	make_sunxi();
	for (u32 i = 0; i < ARRAY_SIZE(lines); i++) {
		u32 line = SUNXI_GPIO(lines[i].bank, lines[i].pin);

		assert_int_equal(gpio_direction_output(&chip, line, true), 0);
		assert_int_equal(fake_gpio_pads(&sunxi.g, lines[i].bank), 1u << lines[i].pin);
		assert_int_equal(gpio_get(&chip, line), 1);
	}
}

static void sunxi_refuses_what_its_window_lacks(void **state)
{
	(void)state;
	make_sunxi();
	chip.size = 2 * 0x24; /* R_PIO: PL and PM */
	assert_int_equal(gpio_check(&chip, SUNXI_GPIO(1, 31), NULL), 0);
	assert_int_equal(gpio_set(&chip, SUNXI_GPIO(2, 0), true), -EINVAL);
	assert_logged("gpio0 has no line 64 (no bank there)");
	assert_int_equal(bus_accesses(), 0);
}

static void sunxi_names_its_registers(void **state)
{
	struct gpio_regs r;

	(void)state;
	make_sunxi();
	assert_int_equal(gpio_regs(&chip, SUNXI_GPIO(SUNXI_PH, 20), &r), 0);
	assert_true(r.has_con);
	assert_int_equal(r.con, 7 * 0x24 + 8);
	assert_int_equal(r.con_mask, 0xf0000);
	assert_int_equal(r.con_output, 0x10000);
	assert_int_equal(r.dat, 7 * 0x24 + 0x10);
	assert_int_equal(r.dat_mask, 1u << 20);
	assert_string_equal(r.con_name, "P7_CFG2");
	assert_string_equal(r.dat_name, "P7_DAT");
	gpio_reg_name(r.con_name, "P#_CFG#", 10, 3);
	assert_string_equal(r.con_name, "P10_CFG3");
	gpio_reg_name(r.con_name, "a name that is too long", 0, 0);
	assert_string_equal(r.con_name, "a name that is");
}

/* ---- Zynq ---- */

static void zynq_sets_one_line_by_one_write(void **state)
{
	static const struct {
		u32 line, bank, bit;
	} lines[] = { { 0, 0, 0 },  { 15, 0, 15 },  { 16, 0, 16 },  { 31, 0, 31 },
		      { 32, 1, 0 }, { 53, 1, 21 },  { 54, 2, 0 },   { 85, 2, 31 },
		      { 86, 3, 0 }, { 101, 3, 15 }, { 102, 3, 16 }, { 117, 3, 31 } };

	(void)state;
	make_zynq();
	for (u32 i = 0; i < ARRAY_SIZE(lines); i++) {
		u32 *latch = &zynq.g.latch[lines[i].bank], old = *latch;

		bus_forget();
		assert_int_equal(gpio_set(&chip, lines[i].line, true), 0);
		assert_int_equal(*latch, old | 1u << lines[i].bit);
		assert_int_equal(bus_accesses(), 1);
	}
	assert_int_equal(zynq.g.latch[0], 0x80018001);
	assert_int_equal(gpio_set(&chip, 31, false), 0);
	assert_int_equal(zynq.g.latch[0], 0x00018001);
	assert_int_equal(gpio_set(&chip, 118, true), -EINVAL);
	assert_logged("no line 118; its lines are 0 to 117");
}

static void zynq_output_needs_both_enables(void **state)
{
	(void)state;
	make_zynq();
	zynq.dirm[1] = 0x00000002;
	zynq.oen[1] = 0x00000004;
	assert_int_equal(gpio_direction_output(&chip, 53, true), 0);
	assert_int_equal(zynq.dirm[1], 0x00200002);
	assert_int_equal(zynq.oen[1], 0x00200004);
	assert_int_equal(fake_gpio_pads(&zynq.g, 1), 1u << 21);
	assert_int_equal(gpio_direction_input(&chip, 33), 0);
	assert_int_equal(zynq.dirm[1], 0x00200000);
}

static void zynq_reads_outputs_and_inputs(void **state)
{
	(void)state;
	make_zynq();
	zynq.sent_back[2] = 1u << 1;
	assert_int_equal(gpio_direction_output(&chip, 54, true), 0);
	assert_int_equal(gpio_get(&chip, 54), 1); /* though nothing is sent back */
	assert_int_equal(gpio_direction_input(&chip, 55), 0);
	assert_int_equal(gpio_get(&chip, 55), 1);
	zynq.g.outside[0] = 1u << 7;
	zynq.g.latch[0] = 1u << 8;
	assert_int_equal(gpio_get(&chip, 7), 1);
	assert_int_equal(gpio_get(&chip, 8), 0);
}

static void zynq_names_its_registers(void **state)
{
	struct gpio_regs r;

	(void)state;
	make_zynq();
	assert_int_equal(gpio_regs(&chip, 47, &r), 0);
	assert_true(r.has_con);
	assert_int_equal(r.con, 0x244);
	assert_int_equal(r.con_output, 1u << 15);
	assert_int_equal(r.dat, 0x44);
	assert_int_equal(r.dat_mask, 1u << 15);
	assert_string_equal(r.con_name, "DIRM_1");
	assert_string_equal(r.dat_name, "DATA_1");
}

/* ---- plain registers ---- */

static void mmio_direction_has_the_row_s_sense(void **state)
{
	(void)state;
	make_mmio();
	mmio.dir.value = 0x00ff0000;
	assert_int_equal(gpio_direction_output(&chip, 31, true), 0);
	assert_int_equal(mmio.dir.value, 0x80ff0000);
	assert_int_equal(gpio_direction_input(&chip, 16), 0);
	assert_int_equal(mmio.dir.value, 0x80fe0000);
	make_mmio_input_high();
	mmio.dir.value = 0xffff0000;
	assert_int_equal(gpio_direction_output(&chip, 31, true), 0);
	assert_int_equal(mmio.dir.value, 0x7fff0000);
	assert_int_equal(gpio_direction_input(&chip, 0), 0);
	assert_int_equal(mmio.dir.value, 0x7fff0001);
}

static void mmio_works_without_a_direction_register(void **state)
{
	struct gpio_regs r;

	(void)state;
	make_ledreg();
	make("mmio", 4);
	assert_int_equal(gpio_direction_output(&chip, 31, true), 0);
	assert_int_equal(ledreg.value, 0x80000000);
	bus_forget();
	assert_int_equal(gpio_direction_input(&chip, 31), 0);
	assert_int_equal(bus_accesses(), 0);
	assert_int_equal(gpio_get(&chip, 31), 1);
	assert_int_equal(gpio_regs(&chip, 31, &r), 0);
	assert_false(r.has_con);
}

static void mmio_has_32_lines_or_what_the_row_says(void **state)
{
	(void)state;
	make_mmio();
	assert_int_equal(gpio_lines(&chip), 32);
	chip.lines = 20;
	assert_int_equal(gpio_set(&chip, 20, true), -EINVAL);
	assert_logged("no line 20; its lines are 0 to 19");
}

static void mmio_names_its_registers(void **state)
{
	struct gpio_regs r;

	(void)state;
	make_mmio_input_high();
	assert_int_equal(gpio_regs(&chip, 9, &r), 0);
	assert_true(r.has_con);
	assert_int_equal(chip.phys + r.con, DIR_REG);
	assert_int_equal(r.con_mask, 1u << 9);
	assert_int_equal(r.con_output, 0);
	assert_int_equal(r.dat, 0);
	assert_string_equal(r.con_name, "DIR");
	assert_string_equal(r.dat_name, "DATA");
	make_mmio();
	assert_int_equal(gpio_regs(&chip, 9, &r), 0);
	assert_int_equal(r.con_output, 1u << 9);
	/* The direction register may also come first. */
	chip.phys = DIR_REG + 4;
	assert_int_equal(gpio_regs(&chip, 9, &r), 0);
	assert_int_equal((u32)(chip.phys + r.con), DIR_REG);
}

/* ---- all of them ---- */

static void every_call_refuses_a_bad_line(void **state)
{
	struct gpio_regs r;

	(void)state;
	make_pl061();
	assert_int_equal(gpio_direction_output(&chip, 8, true), -EINVAL);
	assert_logged("gpio_direction_output: gpio0 has no line 8; its lines are 0 to 7");
	assert_int_equal(gpio_direction_input(&chip, 8), -EINVAL);
	assert_logged("gpio_direction_input: gpio0 has no line 8");
	assert_int_equal(gpio_set(&chip, 8, true), -EINVAL);
	assert_int_equal(gpio_get(&chip, 8), -EINVAL);
	assert_logged("gpio_get: gpio0 has no line 8");
	assert_int_equal(gpio_set_function(&chip, 8, 0), -EINVAL);
	assert_int_equal(gpio_regs(&chip, 8, &r), -EINVAL);
	assert_int_equal(bus_log_lines(), 6);
	assert_int_equal(bus_accesses(), 0);
}

/* The eight neighbours at any pattern: a call changes its own line and no other. */
static void every_line_moves_alone(void **state)
{
	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(blocks); i++) {
		const struct block *b = &blocks[i];

		bus_reset();
		b->make();
		for (u32 n = 0; n < 8; n++)
			gpio_direction_output(&chip, b->first + n, n % 3 == 0);
		assert_int_equal(pins_of(b), 0x49);
		for (u32 n = 0; n < 8; n++) {
			gpio_set(&chip, b->first + n, n % 3);
			assert_int_equal(pins_of(b), 0x49 ^ 1u << n);
			gpio_set(&chip, b->first + n, !(n % 3));
			assert_int_equal(pins_of(b), 0x49);
		}
		for (u32 n = 0; chip.ops->direction_input && b->g && n < 8; n++) {
			const u32 output = b->g->output[b->word];

			gpio_direction_input(&chip, b->first + n);
			assert_int_equal(b->g->output[b->word] ^ output, 1u << (b->bit + n));
			gpio_direction_output(&chip, b->first + n, n % 3 == 0);
			assert_int_equal(b->g->output[b->word], output);
			assert_int_equal(pins_of(b), 0x49);
		}
	}
}

/* An input whose pad is @level becomes an output at @level: nothing is to be seen. */
static void no_output_shows_the_other_level(void **state)
{
	(void)state;
	for (u32 i = 0; i < 2 * ARRAY_SIZE(blocks); i++) {
		const struct block *b = &blocks[i / 2];
		const bool level = i % 2;
		u32 bit = 1u << (b->bit + 5);

		if (!b->g)
			continue; /* they have tests of their own above */
		bus_reset();
		b->make();
		b->g->outside[b->word] = level ? bit : 0;
		b->g->latch[b->word] = level ? 0 : bit;
		assert_int_equal(gpio_direction_output(&chip, b->first + 5, level), 0);
		assert_true(b->g->output[b->word] & bit);
		assert_true(b->g->traced);
		for (u32 k = 0; k < b->g->traced; k++)
			assert_int_equal(!!(b->g->trace[k] & bit), level);
	}
}

static u32 hook_first;

static void set_other_lines(void)
{
	bus_irq_hook = NULL; /* once */
	gpio_direction_output(&chip, hook_first + 1, true);
	gpio_set(&chip, hook_first + 6, true);
}

/* An interrupt anywhere inside a call changes lines of the same registers: both
 * changes must be there afterwards. */
static void changes_survive_an_interrupt(void **state)
{
	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(blocks); i++) {
		const struct block *b = &blocks[i];
		const u32 first = hook_first = b->first;

		bus_reset();
		b->make();
		gpio_direction_output(&chip, first + 6, false);
		bus_irq_hook = set_other_lines;
		gpio_direction_output(&chip, first + 3, true);
		assert_null(bus_irq_hook);
		assert_int_equal(pins_of(b), 0x4a);
		gpio_set(&chip, first + 1, false);
		gpio_set(&chip, first + 6, false);
		bus_irq_hook = set_other_lines;
		gpio_set(&chip, first + 3, false);
		assert_null(bus_irq_hook);
		assert_int_equal(gpio_get(&chip, first + 1), 1);
		assert_int_equal(gpio_get(&chip, first + 3), 0);
		assert_int_equal(gpio_get(&chip, first + 6), 1);
		assert_int_equal(pins_of(b), 0x42);
	}
}

static void write_bits_by_hand(u32 offset, u32 mask, u32 bits)
{
	void __iomem *reg = IOMEM(chip.phys + offset);

	writel((readl(reg) & ~mask) | bits, reg);
}

static void write_level_by_hand(const struct gpio_regs *r, bool high)
{
	if (r->has_set)
		writel(r->dat_mask, IOMEM(chip.phys + (high ? r->set : r->clr)));
	else
		write_bits_by_hand(r->dat, r->dat_mask, high ? r->dat_mask : 0);
}

/* The lesson's way: the registers written by hand, as gpio_regs() describes them. */
static void registers_by_hand_do_what_the_driver_does(void **state)
{
	(void)state;
	for (u32 i = 0; i < ARRAY_SIZE(blocks); i++) {
		const struct block *b = &blocks[i];
		struct gpio_regs r;

		bus_reset();
		b->make();
		for (u32 n = 0; n < 8; n++)
			gpio_direction_output(&chip, b->first + n, n != 3);
		if (chip.ops->direction_input)
			gpio_direction_input(&chip, b->first + 3);
		assert_int_equal(gpio_regs(&chip, b->first + 3, &r), 0);
		if (r.has_con)
			write_bits_by_hand(r.con, r.con_mask, r.con_output);
		write_level_by_hand(&r, true);
		assert_int_equal(pins_of(b), 0xff);
		assert_int_equal(readl(IOMEM(chip.phys + r.dat)) & r.dat_mask, r.dat_mask);
		write_level_by_hand(&r, false);
		assert_int_equal(pins_of(b), 0xf7);
		assert_int_equal(readl(IOMEM(chip.phys + r.dat)) & r.dat_mask, 0);
	}
}

static void drivers_are_found_by_name(void **state)
{
	(void)state;
	assert_ptr_equal(gpio_find("pl061"), &gpio_pl061_ops);
	assert_ptr_equal(gpio_find("s5p"), &gpio_s5p_ops);
	assert_ptr_equal(gpio_find("ledreg"), &gpio_ledreg_ops);
	assert_null(gpio_find("pl06"));
	assert_null(gpio_find(""));
	assert_string_equal(gpio_name(0), "pl061");
	for (u32 i = 0; i < 10; i++)
		assert_string_equal(gpio_find(gpio_name(i))->name, gpio_name(i));
	assert_null(gpio_name(10));
}

/* ---- LEDs and keys ---- */

/* One LED driver, every chip, both polarities: judged by the pin. */
static void a_led_is_lit_on_any_chip(void **state)
{
	(void)state;
	for (u32 i = 0; i < 2 * ARRAY_SIZE(blocks); i++) {
		const struct block *b = &blocks[i / 2];
		struct led l = { "led0", &chip, b->first + 4, i % 2 };

		bus_reset();
		b->make();
		assert_int_equal(led_init(&l), 0);
		assert_int_equal(pin_of(b, l.line), l.active_low);
		assert_int_equal(led_get(&l), 0);
		assert_int_equal(led_set(&l, true), 0);
		assert_int_equal(pin_of(b, l.line), !l.active_low);
		assert_int_equal(led_get(&l), 1);
		assert_int_equal(led_set(&l, false), 0);
		assert_int_equal(pin_of(b, l.line), l.active_low);
	}
}

static void toggling_tells_the_new_state(void **state)
{
	struct led l = { "led0", &chip, 1, true };

	(void)state;
	make_pl061();
	led_init(&l);
	assert_int_equal(led_toggle(&l), 1);
	assert_false(pins_of(&blocks[0]) & 2);
	assert_int_equal(led_toggle(&l), 0);
	assert_true(pins_of(&blocks[0]) & 2);
}

static void a_led_on_no_line_is_refused(void **state)
{
	struct led l = { "led0", &chip, 9, false };

	(void)state;
	make_pl061();
	assert_int_equal(led_init(&l), -EINVAL);
	assert_int_equal(led_set(&l, true), -EINVAL);
	assert_int_equal(led_get(&l), -EINVAL);
	assert_int_equal(led_toggle(&l), -EINVAL);
	assert_int_equal(bus_accesses(), 0);
}

static void a_key_is_read(void **state)
{
	struct key k = { "key0", &chip, S5P_GPIO(0xc00, 2), true };

	(void)state;
	make_s5p();
	s5p.con[0xc00 / 0x20] = 0x11111111;
	s5p.outside[0xc00 / 0x20] = 0x04;
	assert_int_equal(key_init(&k), 0);
	assert_int_equal(s5p.con[0xc00 / 0x20], 0x11111011);
	assert_int_equal(key_pressed(&k), 0);
	s5p.outside[0xc00 / 0x20] = 0;
	assert_int_equal(key_pressed(&k), 1);
	k.active_low = false;
	assert_int_equal(key_pressed(&k), 0);
}

#define T(f) cmocka_unit_test_setup(f, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(pl061_sets_one_line_alone),
		T(pl061_reads_one_line),
		T(pl061_output_shows_no_other_level),
		T(pl061_output_works_where_input_data_is_lost),
		T(pl061_input_leaves_the_others),
		T(pl061_names_its_registers),
		T(s5p_output_changes_its_pin_alone),
		T(s5p_output_shows_no_other_level),
		T(s5p_input_and_function),
		T(s5p_lines_are_banks_and_pins),
		T(s5p_refuses_what_is_no_bank),
		T(s5p_refuses_what_its_window_lacks),
		T(s5p_names_its_registers),
		T(ledreg_keeps_the_other_bits),
		T(ledreg_is_for_output_only),
		T(ledreg_has_no_con),
		T(ledreg_has_as_many_lines_as_the_row_says),
		T(bcm2835_selects_three_bits_a_line),
		T(bcm2835_writes_its_bit_and_reads_nothing),
		T(bcm2835_reads_the_pads),
		T(bcm2835_names_its_registers),
		T(imx_keeps_the_others),
		T(imx_reads_outputs_and_inputs),
		T(imx_names_its_registers),
		T(omap_sets_without_reading),
		T(omap_one_in_oe_is_an_input),
		T(omap_reads_outputs_and_inputs),
		T(omap_names_its_registers),
		T(sunxi_changes_its_pin_alone),
		T(sunxi_functions_end_at_seven),
		T(sunxi_lines_are_banks_and_pins),
		T(sunxi_refuses_what_its_window_lacks),
		T(sunxi_names_its_registers),
		T(zynq_sets_one_line_by_one_write),
		T(zynq_output_needs_both_enables),
		T(zynq_reads_outputs_and_inputs),
		T(zynq_names_its_registers),
		T(mmio_direction_has_the_row_s_sense),
		T(mmio_works_without_a_direction_register),
		T(mmio_has_32_lines_or_what_the_row_says),
		T(mmio_names_its_registers),
		T(every_call_refuses_a_bad_line),
		T(every_line_moves_alone),
		T(no_output_shows_the_other_level),
		T(changes_survive_an_interrupt),
		T(registers_by_hand_do_what_the_driver_does),
		T(drivers_are_found_by_name),
		T(a_led_is_lit_on_any_chip),
		T(toggling_tells_the_new_state),
		T(a_led_on_no_line_is_refused),
		T(a_key_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
