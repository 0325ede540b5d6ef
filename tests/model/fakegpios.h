/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/model/fakegpios.h - fakes of the GPIO blocks of common SoCs, for tests on
 * the fake bus.
 *
 * As in fakeblocks.h: from the manuals, without the drivers' constants, and what
 * a manual forbids fails the test.
 */
#ifndef FAKEGPIOS_H
#define FAKEGPIOS_H

#include "fakebus.h"

#define FAKE_GPIO_WORDS 16u

/**
 * struct fake_gpio - the state that all the blocks have, 32 lines a word
 * @latch:   what was written to the data
 * @output:  lines that drive their pads
 * @outside: what the board drives onto the pads of the others
 * @trace:   the pads of word @traced_word, each time they change
 */
struct fake_gpio {
	struct bus_window w;
	u32 latch[FAKE_GPIO_WORDS], output[FAKE_GPIO_WORDS], outside[FAKE_GPIO_WORDS];
	u32 trace[64], traced, traced_word;
};

/** fake_gpio_pads() - what a meter would see, a bit a line of that word. */
u32 fake_gpio_pads(const struct fake_gpio *f, u32 word);

/* ---- BCM2835: word = line / 32 ---- */
struct fake_bcm2835 {
	struct fake_gpio g;
	u32 fsel[6];
};
void fake_bcm2835(struct fake_bcm2835 *f, va_t base);

/* ---- i.MX ---- */
struct fake_imx_gpio {
	struct fake_gpio g;
};
void fake_imx_gpio(struct fake_imx_gpio *f, va_t base);

/* ---- OMAP: registers from @first on ---- */
struct fake_omap_gpio {
	struct fake_gpio g;
	u32 first;
};
void fake_omap_gpio(struct fake_omap_gpio *f, va_t base, u32 first);

/* ---- sunxi: word = bank ---- */
struct fake_sunxi {
	struct fake_gpio g;
	u32 cfg[9][4];
};
void fake_sunxi(struct fake_sunxi *f, va_t base);

/* ---- Zynq: word = bank ---- */
struct fake_zynq_gpio {
	struct fake_gpio g;
	u32 dirm[4], oen[4];
	u32 sent_back[4]; /* what the fabric gives as EMIO's inputs */
};
void fake_zynq_gpio(struct fake_zynq_gpio *f, va_t base);

/* ---- a data and a direction register, each in a window of its own ---- */
struct fake_mmio {
	struct fake_gpio g;
	struct fake_mmio_dir {
		struct bus_window w;
		struct fake_mmio *of;
		u32 value;
		bool input_high;
	} dir;
};
void fake_mmio(struct fake_mmio *f, va_t data, va_t dir, bool input_high);

#endif
