/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/target/test_boot.c - what start-up has left behind.
 */
#include "board/board.h"
#include "boot/abort.h"
#include "boot/boot.h"
#include "drivers/probe.h"
#include "mm/ioremap.h"
#include "mm/layout.h"
#include "mm/pgtable.h"
#include "mm/walk.h"
#include "seam.h"
#include "tests/target/groups.h"
#include "tests/target/touch.h"

extern const char __image_start[], __vectors_start[], __tables_start[], __tables_end[];
extern char __stack_svc_bottom[], __stack_svc_top[];
extern char __stack_fiq_top[], __stack_irq_top[], __stack_abt_top[], __stack_und_top[];

/* SCTLR (DDI 0406C B4.1.130): what must be set, and what must not. */
#define SCTLR_M (1u << 0)
#define SCTLR_A (1u << 1)
#define SCTLR_C (1u << 2)
#define SCTLR_Z (1u << 11)
#define SCTLR_I (1u << 12)
#define SCTLR_V (1u << 13)
#define SCTLR_VE (1u << 24)
#define SCTLR_EE (1u << 25)
#define SCTLR_TRE (1u << 28)
#define SCTLR_AFE (1u << 29)
#define SCTLR_TE (1u << 30)
#define SCTLR_SET (SCTLR_M | SCTLR_C | SCTLR_Z | SCTLR_I | SCTLR_V)
#define SCTLR_CLEAR (SCTLR_A | SCTLR_VE | SCTLR_EE | SCTLR_TRE | SCTLR_AFE | SCTLR_TE)

/* TTBCR (B4.1.153): EAE = 0, PD1 = 0, N = 1; PD0 = 1 where the core has it. */
#define TTBCR_PD0 0x10u
#define TTBCR_WANT 0x01u
#define TTBR_BASE_MASK 0xffffc000u

#define MODE_USR 0x10u
#define MODE_FIQ 0x11u
#define MODE_IRQ 0x12u
#define MODE_SVC 0x13u
#define MODE_ABT 0x17u
#define MODE_UND 0x1bu
#define CPSR_A (1u << 8)
#define CPSR_I (1u << 7)
#define CPSR_E (1u << 9)
#define CPSR_T (1u << 5)

/* ID_PFR1 (B4.1.94): the Security Extensions, the generic timer. */
#define PFR1_SECURITY 0xf0u
#define PFR1_TIMER 0xf0000u

/* C12: the cycle counter is enabled, all counters are; not every 64th cycle alone. */
#define PMCNTENSET_C (1u << 31)
#define PMCR_E (1u << 0)
#define PMCR_D (1u << 3)

static u32 constructed;
static u32 initialised = 0x12345678;

__attribute__((constructor)) static void construct(void)
{
	constructed = initialised;
}

static void accepted_table(void)
{
	CHECK_EQ(boot_info.refused, 0);
	CHECK(boot_info.midr == read_midr());
	/* ARM Limited's, with the CPUID scheme (B4.1.105): no VPIDR that a loader made up */
	CHECK_EQ(boot_info.midr & 0xff0f0000, 0x410f0000);
	CHECK((boot_info.entry_cpsr & 0x1f) > MODE_USR);
}

static void load_address(void)
{
	CHECK_EQ(mmu_translate_read((va_t)__image_start) & PAGE_MASK, boot_info.phys);
	CHECK_EQ((va_t)__image_start, KIMAGE_VADDR);
	CHECK_EQ(boot_info.layout.image.phys, boot_info.phys);
}

static void control_register(void)
{
	u32 sctlr = read_sctlr();

	CHECK_EQ(sctlr & SCTLR_SET, SCTLR_SET);
	CHECK_EQ(sctlr & SCTLR_CLEAR, 0);
}

static void split_of_spaces(void)
{
	CHECK_EQ(read_ttbcr() & ~TTBCR_PD0, TTBCR_WANT);
}

/*
 * PD0 is there with the Security Extensions only.  Without it the user half is
 * walked by whatever TTBR0 says, so that must be a table of ours, and empty.
 */
static void no_user_walks(void)
{
	u32 used = 0;

	if (read_id_pfr1() & PFR1_SECURITY)
		CHECK(read_ttbcr() & TTBCR_PD0);
	if (read_ttbcr() & TTBCR_PD0)
		return;
	NEED((read_ttbr0() & TTBR_BASE_MASK) == boot_info.root);
	for (u32 i = 0; i < TASK_SIZE / SZ_1M; i++)
		used += table_read(boot_info.root + i * 4) != 0;
	CHECK_EQ(used, 0);
}

static void root_table(void)
{
	u32 tables = boot_info.phys + (u32)(__tables_start - __image_start);

	CHECK_EQ(read_ttbr1() & TTBR_BASE_MASK, boot_info.root);
	CHECK_EQ(pgtable_root(), boot_info.root);
	CHECK(boot_info.root >= tables);
	CHECK(boot_info.root + L1_BYTES <= tables + (u32)(__tables_end - __tables_start));
}

static void domains(void)
{
	CHECK_EQ(read_dacr(), 1);
}

static void processor_state(void)
{
	u32 cpsr = irq_save();
	u32 here;
	va_t sp = (va_t)&here;

	irq_restore(cpsr);
	CHECK_EQ(cpsr & 0x1f, MODE_SVC);
	CHECK_EQ(cpsr & (CPSR_A | CPSR_I | CPSR_E | CPSR_T), 0);
	CHECK(sp >= (va_t)__stack_svc_bottom && sp < (va_t)__stack_svc_top);
}

static va_t sp_of(u32 mode)
{
	u32 cpsr = irq_save();
	va_t sp = access_banked_sp(mode);

	irq_restore(cpsr);
	return sp;
}

static void stacks(void)
{
	CHECK_EQ(sp_of(MODE_FIQ), (va_t)__stack_fiq_top);
	CHECK_EQ(sp_of(MODE_IRQ), (va_t)__stack_irq_top);
	CHECK_EQ(sp_of(MODE_ABT), (va_t)__stack_abt_top);
	CHECK_EQ(sp_of(MODE_UND), (va_t)__stack_und_top);
}

static void identity_page(void)
{
	struct walk w;

	walk(boot_info.root, boot_info.phys, &w);
	CHECK_EQ(w.kind, WALK_FAULT);
	CHECK_EQ(w.l1, 0);
	CHECK(mmu_translate_read(boot_info.phys) & 1);
}

static void vectors_twice(void)
{
	const volatile u32 *high = (const u32 *)VECTORS_BASE;
	const volatile u32 *linked = (const u32 *)__vectors_start;

	for (u32 i = 0; i < PAGE_SIZE / 4; i++)
		CHECK_EQ(high[i], linked[i]);
	CHECK((high[0] & 0x0f000000) == 0x05000000); /* a load: LDR pc, [pc, #n] */
}

static void svc_vector(void)
{
	CHECK_EQ(access_svc(0x99), 0xffffffff);
	CHECK(irqs_enabled());
}

static void undefined_vector(void)
{
	struct abort_info info;

	NEED(touch(access_undefined, 0, 0, &info));
	CHECK(info.undefined);
	CHECK_EQ(info.pc, (va_t)access_undefined);
	CHECK_EQ(info.cpsr & 0x1f, MODE_SVC);
	CHECK(irqs_enabled());
}

static void no_vfp(void)
{
	struct abort_info info;

	NEED(touch(access_vfp, 0, 0, &info));
	CHECK(info.undefined);
	CHECK_EQ(info.pc, (va_t)access_vfp);
}

/* A loader in Hyp mode may have left traps on these (HCPTR, CNTHCTL, HDCR): they hang. */
static void vfp_can_be_had(void)
{
	CHECK_EQ(access_vfp_id() >> 24, 0x41);
}

static void physical_counter(void)
{
	u32 first;

	if (!(read_id_pfr1() & PFR1_TIMER)) {
		tap_skip("the core has no generic timer");
		return;
	}
	first = access_physical_count();
	CHECK(access_physical_count() != first);
}

/* Whether it then counts is for the board to say: in Secure state it need not (C12.1). */
static void cycle_counter(void)
{
	cycle_counter_start();
	CHECK_EQ(access_cycle_control() & (PMCNTENSET_C | PMCR_D | PMCR_E), PMCNTENSET_C | PMCR_E);
	cycle_counter_read();
}

static void constructors(void)
{
	CHECK_EQ(constructed, 0x12345678);
}

/* ---- a stack that runs over ---- */

static u32 depth;

/* More than the stack holds: the guard page must end it. */
__attribute__((noinline)) static u32 recurse(u32 n)
{
	volatile u32 frame[64];

	frame[n % 64] = n;
	depth++;
	return n < 128 ? recurse(n + 1) + frame[(n + 1) % 64] : 0;
}

static void overflow(void *arg)
{
	*(volatile u32 *)arg = recurse(0);
}

static void stack_overflow(void)
{
	extern char __guard_svc[];
	struct abort_info info;
	u32 result;

	depth = 0;
	NEED(abort_catch(overflow, &result, &info, false));
	CHECK(!info.prefetch && !info.undefined);
	CHECK(info.far >= (va_t)__guard_svc && info.far < (va_t)__stack_svc_bottom);
	CHECK_EQ(info.fsr & 0x40f, STATUS_TRANSLATION_L2);
	CHECK(depth > 16);
}

/* ---- what the board's two tables say ---- */

/* The reason stands in what start-up printed. */
static void device_works(const struct device_desc *row)
{
	tap_begin("the board's row works:", row->name);
	CHECK(device_live(row));
	tap_end();
}

/*
 * A row that is longer than the RAM shows at its end, at least where no cache makes
 * up for what is missing.
 */
static void holds(volatile u32 *word)
{
	const u32 old = *word;

	*word = ~old;
	CHECK_EQ(*word, ~old);
	*word = old;
	CHECK_EQ(*word, old);
}

static void ram_is_there(const struct map_desc *row)
{
	const pa_t last = map_phys(row) + row->length - PAGE_SIZE;
	const struct static_row *linear = static_row_by_pa(last, last);
	void __iomem *p = NULL;

	tap_begin("the RAM row is no longer than the RAM:", row->name);
	if (static_row_kept_out(last, last)) {
		tap_skip("its end is a carve-out, which is not ours to write");
		tap_end();
		return;
	}
	if (!linear)
		p = ioremap_cache(last, PAGE_SIZE);
	CHECK(linear || p);
	if (linear)
		holds((volatile u32 *)(linear->va + (last - linear->pa)));
	else if (p)
		holds((volatile u32 *)iomem_va(p));
	iounmap(p);
	tap_end();
}

static void rows(void)
{
	for (u32 i = 0; i < map_io_rows; i++)
		if (map_io[i].type == MT_MEMORY_RW)
			ram_is_there(&map_io[i]);
	for (u32 i = 0; device_desc_at(i); i++)
		device_works(device_desc_at(i));
}

static const struct tap_test tests[] = {
	{ "the table was accepted, the core is the one that booted", accepted_table },
	{ "the image is where it was loaded and where it is linked", load_address },
	{ "SCTLR: MMU, caches, prediction, high vectors; nothing odd", control_register },
	{ "TTBCR: short descriptors, N = 1", split_of_spaces },
	{ "walks below TASK_SIZE are off, or find an empty table", no_user_walks },
	{ "TTBR1 holds the first-level table, inside its section", root_table },
	{ "DACR: domain 0 is a client, the others fault", domains },
	{ "SVC mode, interrupts and asynchronous aborts on, own stack", processor_state },
	{ "each mode has a stack of its own, and nothing on it", stacks },
	{ "the identity page is gone", identity_page },
	{ "the vectors show at the top of memory", vectors_twice },
	{ "an SVC goes through the vectors and comes back", svc_vector },
	{ "an undefined instruction is caught", undefined_vector },
	{ "VFP is off: its instructions are undefined", no_vfp },
	{ "and can be had: its identity is read", vfp_can_be_had },
	{ "the physical counter counts, where there is one", physical_counter },
	{ "the cycle counter is ours", cycle_counter },
	{ "constructors have run, data was initialised before", constructors },
	{ "a stack that runs over hits its guard and is survived", stack_overflow },
};

static void run(void)
{
	tap_table(tests, ARRAY_SIZE(tests));
	rows();
}

const struct tap_group group_boot = { "boot", run };
