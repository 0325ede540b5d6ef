/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/machine/busy.c - keeps most of the S5PV210's blocks at work and writes down what
 * they do and when, for a test that stops the machine at any of the places
 * called point_...: whoever goes on from there must come to the same end.
 *
 * Every interrupt is a line of the log (source, system timer, a register of its
 * block), and so is every block read from the card.  At the end the log's sum and
 * the registers of the core go to UART2, and "end".
 */
#include <stdint.h>

#define R32(a) (*(volatile uint32_t *)(a))
#define R16(a) (*(volatile uint16_t *)(a))
#define R8(a) (*(volatile uint8_t *)(a))

#define VIC(n) (0xf2000000 + (n)*0x100000)
#define PWM 0xe2500000
#define SYSTIMER 0xe2600000
#define WDT 0xe2700000
#define RTC 0xe2800000
#define UART2 0xe2900800
#define ADC 0xe1700000
#define I2C 0xe1800000
#define HSMMC 0xeb000000
#define FIMD 0xf8000000
#define GPD0CON 0xe02000a0
#define GPJ0CON 0xe0200240
#define COPY_SDMMC 0xd0037f98
#define IRQ_VECTOR 0xd0037418

#define LOG ((uint32_t *)0x31000000)
#define BUFFER 0x32000000

#define BLOCKS 24
#define TIMER4 25
#define SYSTIMER_IRQ 26
#define WDT_IRQ 27
#define RTC_TICK 29
#define HSMMC_IRQ (32 + 26)
#define I2C_IRQ (32 + 14)
#define VSYNC (64 + 1)
#define ADC_IRQ (64 + 23)

static uint32_t lines;
static volatile uint32_t blocks, transfers, converted, sent;
static uint32_t *to;

__asm__(".section .text.start, \"ax\"\n"
	".global _start\n"
	"_start:\n"
	"	ldr	sp, =0x33000000\n"
	"	cps	#0x12\n"
	"	ldr	sp, =0x33100000\n"
	"	cps	#0x13\n"
	"	b	main\n"
	"	.ltorg\n"
	"	.text\n");

/* Where a test may stop the machine; each is called once. */
#define POINT(name)                                                                                \
	void __attribute__((noinline)) point_##name(void)                                          \
	{                                                                                          \
		__asm__ volatile("nop");                                                           \
	}

POINT(start)
POINT(buzzer)
POINT(uart)
POINT(pio)
POINT(sdma)
POINT(pending)
POINT(handler)
POINT(adc)
POINT(i2c)
POINT(watchdog)
POINT(masked)
POINT(late)

static void put(char c)
{
	R8(UART2 + 0x20) = c;
}

static void put_text(const char *s)
{
	while (*s)
		put(*s++);
}

static void put_word(uint32_t v)
{
	for (int i = 28; i >= 0; i -= 4)
		put("0123456789abcdef"[v >> i & 15]);
	put('\n');
}

static void note(uint32_t what, uint32_t value)
{
	LOG[lines++] = what << 24 | (value & 0xffffff);
	LOG[lines++] = R32(SYSTIMER + 0x1c) << 16 | R32(SYSTIMER + 0x0c);
}

static void enable(unsigned n)
{
	R32(VIC(n / 32) + 0x10) = 1u << n % 32;
}

/* One block by PIO, at each interrupt. */
static void hsmmc(void)
{
	uint32_t status = R32(HSMMC + 0x30);

	R32(HSMMC + 0x30) = status;
	note(HSMMC_IRQ, status);
	if (status & 0x20) {
		for (int i = 0; i < 128; i++) {
			*to++ = R32(HSMMC + 0x20);
			if (blocks == 5 && i == 60)
				point_pio();
		}
		blocks++;
	}
	if (status & 0x08) {
		if (R32(HSMMC) == BUFFER + 0x2000)
			point_sdma();
		R32(HSMMC) = R32(HSMMC);
	}
	if (status & 0x02)
		transfers++;
}

static void timer4(void)
{
	static uint32_t n;

	R32(PWM + 0x44) = (R32(PWM + 0x44) & 0x1f) | 0x200;
	note(TIMER4, R32(PWM + 0x14) ^ R32(PWM + 0x20));
	R32(GPJ0CON + 4) ^= 1u << (3 + n % 3);
	if (++n == 7)
		point_handler();
}

static void adc(void)
{
	R32(ADC + 0x18) = 0;
	note(ADC_IRQ, R32(ADC + 0x0c));
	converted++;
}

static void i2c(void)
{
	note(I2C_IRQ, R32(I2C + 4));
	if (++sent < 12)
		R32(I2C + 0x0c) = sent;
	else
		R32(I2C + 4) = 0xd0;
	R32(I2C) = 0xe1 & ~0x10;
}

static void serve(unsigned n)
{
	switch (n) {
	case TIMER4:
		timer4();
		break;
	case SYSTIMER_IRQ:
		R32(SYSTIMER + 0x20) |= 2;
		note(n, R32(SYSTIMER + 0x0c));
		break;
	case WDT_IRQ:
		R32(WDT + 0x0c) = 0;
		note(n, R32(WDT + 8));
		break;
	case RTC_TICK:
		R32(RTC + 0x30) = 1;
		note(n, R32(RTC + 0x90));
		break;
	case HSMMC_IRQ:
		hsmmc();
		break;
	case I2C_IRQ:
		i2c();
		break;
	case VSYNC:
		R32(FIMD + 0x134) = 2;
		note(n, R32(FIMD + 0x04));
		break;
	case ADC_IRQ:
		adc();
		break;
	}
}

static void __attribute__((interrupt("IRQ"))) irq(void)
{
	for (unsigned vic = 0; vic < 3; vic++) {
		uint32_t status = R32(VIC(vic));

		for (unsigned n = 0; n < 32; n++)
			if (status >> n & 1)
				serve(vic * 32 + n);
	}
}

/* Registers of the core that an operating system writes; the MMU stays off. */
#define CORE(X)                                                                                    \
	X("contextidr", "c13, c0, 1", 0x1234a5)                                                    \
	X("tpidrurw", "c13, c0, 2", 0x11112222)                                                    \
	X("tpidruro", "c13, c0, 3", 0x33334444)                                                    \
	X("tpidrprw", "c13, c0, 4", 0x55556666)                                                    \
	X("ttbr0", "c2, c0, 0", 0x3100404a)                                                        \
	X("ttbr1", "c2, c0, 1", 0x3200004a)                                                        \
	X("ttbcr", "c2, c0, 2", 0x1)                                                               \
	X("dacr", "c3, c0, 0", 0x55555555)                                                         \
	X("dfsr", "c5, c0, 0", 0x805)                                                              \
	X("ifsr", "c5, c0, 1", 0x7)                                                                \
	X("dfar", "c6, c0, 0", 0xdeadbeec)                                                         \
	X("ifar", "c6, c0, 2", 0xcafef00c)                                                         \
	X("par", "c7, c4, 0", 0x31000000)                                                          \
	X("cpacr", "c1, c0, 2", 0xf00000)                                                          \
	X("prrr", "c10, c2, 0", 0xff0a81a8)                                                        \
	X("nmrr", "c10, c2, 1", 0x40e040e0)                                                        \
	X("vbar", "c12, c0, 0", 0xd0000000)                                                        \
	X("pmcntenset", "c9, c12, 1", 0x80000000)                                                  \
	X("pmuserenr", "c9, c14, 0", 0x1)

static void set_core(void)
{
#define SET(name, where, value) __asm__ volatile("mcr p15, 0, %0, " where ::"r"(value));
	CORE(SET)
	__asm__ volatile("mcr p15, 2, %0, c0, c0, 0" ::"r"(2));
	__asm__ volatile("isb");
}

static void tell_core(void)
{
	uint32_t v;

#define TELL(name, where, value)                                                                   \
	__asm__ volatile("mrc p15, 0, %0, " where : "=r"(v));                                      \
	put_text(name " ");                                                                        \
	put_word(v);
	CORE(TELL)
	__asm__ volatile("mrc p15, 0, %0, c1, c0, 0" : "=r"(v));
	put_text("sctlr ");
	put_word(v);
	__asm__ volatile("mrc p15, 2, %0, c0, c0, 0" : "=r"(v));
	put_text("csselr ");
	put_word(v);
}

static void start_timers(void)
{
	R32(SYSTIMER) = 0;
	R32(SYSTIMER + 8) = 23999;
	R32(SYSTIMER + 0x18) = 9;
	R32(SYSTIMER + 0x20) = 0x41;
	R32(SYSTIMER + 4) = 0x29;
	R32(PWM) = 0x4141;
	R32(PWM + 4) = 0x1012;
	R32(PWM + 0x0c) = 800;
	R32(PWM + 0x10) = 200;
	R32(PWM + 0x18) = 501;
	R32(PWM + 0x1c) = 77;
	R32(PWM + 0x24) = 500;
	R32(PWM + 0x28) = 250;
	R32(PWM + 0x3c) = 700;
	R32(PWM + 8) = 0x202202;
	R32(PWM + 0x44) = 0x10;
	R32(PWM + 8) = 0x509909;
	R32(WDT + 4) = 900;
	R32(WDT + 8) = 700;
	R32(WDT) = 0x3f3c;
	R32(RTC + 0x40) = 1;
	R32(RTC + 0x44) = 40;
	R32(RTC + 0x40) = 0x101;
	enable(TIMER4);
	enable(SYSTIMER_IRQ);
	enable(WDT_IRQ);
	enable(RTC_TICK);
}

static void start_screen(void)
{
	R32(FIMD + 0x10) = 3 << 16 | 2 << 8 | 1;
	R32(FIMD + 0x14) = 3 << 16 | 2 << 8 | 1;
	R32(FIMD + 0x18) = 19 << 11 | 31;
	R32(FIMD + 0x130) = 1 << 12 | 1;
	R32(FIMD) = 200 << 6 | 3;
	enable(VSYNC);
}

static void start_adc(void)
{
	R32(ADC + 0x1c) = 3;
	R32(ADC) = 1 << 16 | 1 << 14 | 65 << 6 | 1;
	enable(ADC_IRQ);
}

static void start_i2c(void)
{
	R32(I2C) = 0xe1;
	R32(I2C + 0x0c) = 0x34;
	R32(I2C + 4) = 0xf0;
	enable(I2C_IRQ);
}

/* mode: the transfer mode register, with or without DMA */
static void read_card(uint32_t sector, uint32_t mode)
{
	uint32_t before = transfers;

	R32(HSMMC + 0x30) = ~0u;
	R32(HSMMC + 0x34) = 0x01ff01ff;
	R32(HSMMC + 0x38) = mode & 1 ? 0x0a : 0x22;
	R32(HSMMC) = BUFFER;
	R16(HSMMC + 4) = 512;
	R16(HSMMC + 6) = BLOCKS;
	R32(HSMMC + 8) = sector * 512;
	R16(HSMMC + 0x0c) = mode;
	R16(HSMMC + 0x0e) = 18 << 8 | 0x3a;
	while (transfers == before)
		;
	R32(HSMMC + 0x38) = 0;
	R32(HSMMC + 8) = 0;
	R16(HSMMC + 0x0c) = 0;
	R16(HSMMC + 0x0e) = 12 << 8 | 0x1b;
	while (!(R32(HSMMC + 0x30) & 1))
		;
	R32(HSMMC + 0x30) = ~0u;
}

static uint32_t sum(const uint32_t *p, uint32_t words)
{
	uint32_t v = 0;

	while (words--)
		v = (v << 5 | v >> 27) + *p++;
	return v;
}

static void use_card(void)
{
	typedef int (*copy_function)(int, uint32_t, uint16_t, uint32_t *, int);

	if (!(*(copy_function *)COPY_SDMMC)(0, 1, 1, (uint32_t *)BUFFER, 1)) {
		put_text("no card\n");
		return;
	}
	enable(HSMMC_IRQ);
	to = (uint32_t *)(BUFFER + 0x10000);
	read_card(7, 0x32);
	read_card(40, 0x33);
	put_text("card ");
	put_word(sum((uint32_t *)(BUFFER + 0x10000), BLOCKS * 128));
	put_word(sum((uint32_t *)BUFFER, BLOCKS * 128));
}

static void pause_for(uint32_t lines_more)
{
	uint32_t until = lines + 2 * lines_more;

	while (*(volatile uint32_t *)&lines < until)
		;
}

/* Several requests wait while the core takes none. */
static void let_wait(void)
{
	const uint32_t both = 1u << TIMER4 | 1u << RTC_TICK;

	__asm__ volatile("cpsid i");
	while ((R32(VIC(0) + 8) & both) != both)
		;
	point_pending();
	__asm__ volatile("cpsie i");
	R32(VIC(0) + 0x14) = 1u << TIMER4;
	while (!(R32(VIC(0) + 8) >> TIMER4 & 1))
		;
	point_masked();
	enable(TIMER4);
}

void __attribute__((used, noreturn)) main(void)
{
	set_core();
	R32(IRQ_VECTOR) = (uint32_t)irq;
	R32(GPJ0CON) = 0x111000;
	R32(GPD0CON) = 0x2222;
	R32(UART2 + 0x08) = 1;
	start_timers();
	start_screen();
	__asm__ volatile("cpsie i");
	point_start();
	pause_for(20);
	point_buzzer();
	put_text("half a");
	point_uart();
	put_text(" line\n");
	start_adc();
	point_adc();
	start_i2c();
	while (sent < 3)
		;
	point_i2c();
	use_card();
	let_wait();
	pause_for(300);
	point_watchdog();
	R32(PWM + 8) = 0x500000;
	pause_for(60);
	point_late();
	__asm__ volatile("cpsid i");
	put_text("lines ");
	put_word(lines);
	put_text("log ");
	put_word(sum(LOG, lines));
	tell_core();
	put_text("end\n");
	for (;;)
		__asm__ volatile("wfi");
}
