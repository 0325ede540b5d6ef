/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/helpers.c - the made-up board, boot on the model, log capture.
 */
#include "helpers.h"

#include <stdio.h>
#include <string.h>

#include "mm/ioremap.h"
#include "mm/iotable.h"
#include "mm/log.h"
#include "mm/pgtable.h"
#include "mm/resource.h"
#include "mm/set_memory.h"

const struct map_desc test_rows[] = {
	MAP_RAM("ram", RAM_PA, RAM_SIZE),
	MAP_RAM_NOMAP("framebuffer", FB_PA, SZ_1M),
	MAP_DEVICE("gpio", GPIO_VA, GPIO_PA, SZ_4K),
	MAP_DEVICE("uart", UART_VA, UART_PA, SZ_4K),
	MAP_DEVICE("bank", BANK_VA, BANK_PA, SZ_64K),
	MAP_DEVICE("sysregs", SYS_VA, SYS_PA, SZ_1M),
	MAP_DEVICE("bus", BUS_VA, BUS_PA, SZ_16M),
	MAP_ROW("slow", SLOW_VA, SLOW_PA, SZ_4K, MT_UNCACHED),
	MAP_ROW("rom", ROM_VA, ROM_PA, SZ_64K, MT_ROM),
};
const u32 test_row_count = ARRAY_SIZE(test_rows);

struct map_layout test_layout;

/* ---- log ---- */

#define LINES 512

static struct {
	char text[LINES][256];
	u32 n, masked;
} lines;

void log_hook(const char *line)
{
	if (!model_irqs_enabled())
		lines.masked++;
	if (lines.n == LINES)
		return;
	snprintf(lines.text[lines.n++], sizeof(lines.text[0]), "%s", line);
}

void log_forget(void)
{
	lines.n = lines.masked = 0;
}

u32 log_lines(void)
{
	return lines.n;
}

u32 log_masked(void)
{
	return lines.masked;
}

const char *log_line(u32 i)
{
	return i < lines.n ? lines.text[i] : "";
}

bool log_has(const char *part)
{
	for (u32 i = 0; i < lines.n; i++)
		if (strstr(lines.text[i], part))
			return true;
	return false;
}

void log_dump(void)
{
	for (u32 i = 0; i < lines.n; i++)
		fprintf(stderr, "%u: %s\n", i, lines.text[i]);
}

void assert_log(u32 i, const char *line)
{
	if (i >= lines.n)
		fail_msg("only %u lines were logged; expected \"%s\"", lines.n, line);
	assert_string_equal(lines.text[i], line);
}

void assert_logged(const char *first, ...)
{
	va_list ap;
	u32 i = 0;

	va_start(ap, first);
	for (const char *want = first; want; want = va_arg(ap, const char *))
		assert_log(i++, want);
	va_end(ap);
	if (i != lines.n)
		fail_msg("one line too many: \"%s\"", log_line(i));
}

/* ---- boot ---- */

/* A register that a read changes: a character is gone from the UART's FIFO. */
static struct model_device fifo = { .sensitive = true };

static void power_on(const struct model_config *config)
{
	log_forget();
	mm_set_log(log_hook);
	model_reset(config);
	model_add_ram(RAM_PA, RAM_SIZE);
	model_add_ram(ROM_PA, SZ_64K);
	model_add_device(0x50000000, 0x10000000, NULL);
	model_add_device(BUS_PA, 0x10000000, NULL);
	model_add_device(FREE_PA, 0x10000000, NULL);
	model_add_device(0xf0000000, 0x10000000, NULL);
}

static void lay_out(u32 tables)
{
	memset(&test_layout, 0, sizeof(test_layout));
	test_layout.image.phys = IMAGE_PA;
	test_layout.image.text = IMAGE_TEXT;
	test_layout.image.rodata = IMAGE_RODATA;
	test_layout.image.total = IMAGE_TOTAL;
	test_layout.image.guard[0] = IMAGE_GUARD;
	test_layout.tables = tables;
	test_layout.supersections = core_has_supersections();
	test_layout.console = UART_PA + 0x20;
}

static void init_tables(u32 tables)
{
	struct pgtable_pool pool = {
		.l1 = L1_PA,
		.l2 = L2_PA,
		.l2_count = tables,
		.supersections = core_has_supersections(),
	};

	pgtable_init(&pool);
}

int machine(void **state)
{
	(void)state;
	power_on(NULL);
	lay_out(MM_TABLES);
	init_tables(MM_TABLES);
	model_irq_enable();
	return 0;
}

void mmu_on(void)
{
	model_mmu_on(L1_PA, 0x01);
	model_irq_enable();
}

/* As paging_init() and devicemaps_init() do, with the MMU off. */
static void map_all(void)
{
	static struct map_piece pieces[MAP_MAX_PIECES];
	u32 n = map_pieces(test_rows, test_row_count, &test_layout, pieces);

	for (u32 i = 0; i < n; i++) {
		const struct map_piece *p = &pieces[i];

		if (p->row && !(p->row->type & MAP_IS_RAM))
			continue;
		if (pgtable_map(p->va, p->pa, p->length, p->type))
			fail_msg("boot: %s at 0x%08x could not be mapped", p->what, p->va);
	}
	if (iotable_init(test_rows, test_row_count))
		fail_msg("boot: iotable_init() failed");
}

void boot_on(const struct model_config *config, u32 tables)
{
	power_on(config);
	model_add_device(UART_PA, SZ_4K, &fifo);
	lay_out(tables);
	if (map_check(test_rows, test_row_count, &test_layout)) {
		log_dump();
		fail_msg("boot: the test board's table is refused");
	}
	init_tables(tables);
	map_all();
	model_mmu_on(L1_PA, 0x01); /* N = 1; TTBR0 walks for the identity page */
	seam_table_offset = PAGE_OFFSET - map_phys_offset(test_rows, test_row_count);
	pgtable_unmap(IMAGE_PA & PAGE_MASK, PAGE_SIZE);
	pgtable_close_user_half(); /* from here on 0..TASK_SIZE faults */
	resource_init();
	if (static_rows_init(test_rows, test_row_count))
		fail_msg("boot: static_rows_init() failed");
	ioremap_init();
	set_memory_init(&test_layout.image);
	model_irq_enable();
	if (model_violated())
		fail_msg("boot: %s", model_violated());
	log_forget();
}

int boot(void **state)
{
	(void)state;
	boot_on(NULL, MM_TABLES);
	return 0;
}

int power_off(void **state)
{
	(void)state;
	if (model_explained())
		print_error("model: %s\n", model_explained());
	if (model_violated())
		print_error("model: rule broken: %s\n", model_violated());
	if (model_explained() || model_violated())
		return -1;
	if (lines.masked) {
		print_error("a line was logged with interrupts masked: %s\n", log_line(0));
		return -1;
	}
	return 0;
}

/* ---- addresses ---- */

static u32 fs_of(va_t va)
{
	struct model_xlate x;

	return model_probe(va, &x);
}

void assert_faults(va_t va, u32 fs)
{
	struct walk w;
	u32 v;

	if (model_load(va, 1, &v) != fs)
		fail_msg("0x%08x: FS 0x%x, expected 0x%x", va, fs_of(va), fs);
	walk(pgtable_root(), va, &w);
	if (va >= TASK_SIZE && (fs == 5 || fs == 7) && w.kind != WALK_FAULT)
		fail_msg("0x%08x: mm/walk.c sees a %s", va, walk_kind_name(w.kind));
}

void assert_maps(va_t va, pa_t pa, u32 mem, bool write, bool exec, u32 size)
{
	struct model_xlate x;
	u32 fs = model_probe(va, &x);
	struct walk w;

	if (fs != FAULT_NONE)
		fail_msg("0x%08x faults with FS 0x%x", va, fs);
	if (x.pa != pa || x.mem != mem || x.write != write || x.exec != exec || x.size != size)
		fail_msg("0x%08x -> 0x%08x memory %u write %d exec %d size 0x%x, expected "
			 "0x%08x %u %d %d 0x%x",
			 va, x.pa, x.mem, x.write, x.exec, x.size, pa, mem, write, exec, size);
	walk(pgtable_root(), va, &w);
	assert_int_equal(w.size, size);
	assert_int_equal(w.pa + (va - w.va), pa);
	assert_int_equal(w.mem, mem);
	assert_int_equal(w.write, write);
	assert_int_equal(w.exec, exec);
}

u32 kind_at(va_t va)
{
	struct walk w;

	walk(pgtable_root(), va, &w);
	return w.kind == WALK_FAULT ? 0 : w.size;
}

void assert_same_eyes(va_t from, va_t to)
{
	for (va_t va = from;;) {
		struct model_xlate x;
		struct walk w;
		u32 fs = model_probe(va, &x);
		u32 step;

		walk(pgtable_root(), va, &w);
		if ((w.kind == WALK_FAULT) != (fs == 5 || fs == 7))
			fail_msg("0x%08x: mm/walk.c says %s, the model FS 0x%x", va,
				 walk_kind_name(w.kind), fs);
		if (w.kind != WALK_FAULT &&
		    (w.pa + (va - w.va) != x.pa || w.mem != x.mem || w.write != x.write ||
		     w.exec != x.exec || w.size != x.size))
			fail_msg("0x%08x: mm/walk.c says 0x%08x, the model 0x%08x", va,
				 w.pa + (va - w.va), x.pa);
		/* Page by page inside a table, MiB by MiB elsewhere. */
		step = w.l2_at ? PAGE_SIZE : SECTION_SIZE;
		if (to - va < step)
			return;
		va += step;
	}
}

u32 tables_hash(void)
{
	u32 h = 2166136261u;

	for (pa_t pa = L1_PA; pa < L2_PA + test_layout.tables * L2_BYTES; pa += 4) {
		h = (h ^ model_core_read(pa)) * 16777619u;
		h = (h ^ model_phys_read(pa)) * 16777619u;
	}
	return h;
}

/* ---- aborts ---- */

jmp_buf abort_jump;
u32 abort_fs;
va_t abort_va;

void abort_catch(u32 fs, va_t va, bool write)
{
	(void)write;
	abort_fs = fs;
	abort_va = va;
	longjmp(abort_jump, 1);
}

/* ---- random numbers: xorshift32 ---- */

u32 rnd(struct rng *r)
{
	r->s ^= r->s << 13;
	r->s ^= r->s >> 17;
	r->s ^= r->s << 5;
	return r->s;
}

u32 rnd_below(struct rng *r, u32 n)
{
	return (u32)(((uint64_t)rnd(r) * n) >> 32);
}
