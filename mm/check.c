/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/check.c - refuse a bad map table, in words.
 *
 * First each row by itself, then every pair, then the table against the image,
 * the console and the pool of tables.  A row that is bad by itself takes no
 * part in what follows, so that one mistake is not told twice.
 */
#include "mm/check.h"
#include "mm/log.h"

struct check {
	const struct map_desc *rows;
	u32 n;
	const struct map_layout *lo;
	u32 refused;
	bool bad[MM_MAX_ROWS];
};

/* ---- saying no ---- */

static bool name_ok(const struct map_desc *row)
{
	return row->name[0] && !row->name[MAP_NAME_LEN - 1];
}

static void fix(const char *what)
{
	mm_log("map:   fix: %s", what);
}

/* A place that @row could have. */
static va_t free_for(const struct check *c, const struct map_desc *row)
{
	return map_free_va(c->rows, c->n, c->lo->image.phys, map_phys(row), row->length);
}

static void fix_by_moving(const struct check *c, const struct map_desc *row)
{
	va_t va = free_for(c, row);

	if (va)
		mm_log("map:   fix: move '%s' to a free virtual address, say 0x%08x", row->name,
		       va);
	else
		mm_log("map:   fix: make '%s' shorter, no free virtual address has room for it",
		       row->name);
}

static void refuse_row(struct check *c, const struct map_desc *row, const char *why,
		       const char *way_out)
{
	c->bad[row - c->rows] = true;
	c->refused++;
	if (name_ok(row))
		mm_log("map: row '%s' (va %p, pa %p, size 0x%x): %s", row->name, row->virtual,
		       map_phys(row) + row->offset, row->length, why);
	else
		mm_log("map: row #%u (va %p, pa %p, size 0x%x): %s", (u32)(row - c->rows) + 1,
		       row->virtual, map_phys(row) + row->offset, row->length, why);
	fix(way_out);
}

/* ---- each row by itself ---- */

struct window {
	va_t first, last;
	char what[40];
};

/* Windows no row may touch. */
static const struct window windows[] = {
	{ 0, PAGE_SIZE - 1, "the NULL page" },
	{ PAGE_SIZE, TASK_SIZE - 1, "the user half (below TASK_SIZE)" },
	{ KIMAGE_VADDR, PAGE_OFFSET - 1, "the image's window" },
	{ PAGE_OFFSET, VMALLOC_START - 1, "RAM's linear map" },
	{ VMALLOC_START, VMALLOC_END - 1, "the dynamic window (ioremap)" },
	{ FIXADDR_START, FIXADDR_END - 1, "the fixmap" },
	{ FIXADDR_END, 0xffffffffu, "the vectors" },
};

static bool overlaps(u32 a, u32 a_last, u32 b, u32 b_last)
{
	return a <= b_last && b <= a_last;
}

static void check_window(struct check *c, const struct map_desc *row)
{
	va_t last = row->virtual + row->length - 1;

	for (u32 i = 0; i < ARRAY_SIZE(windows); i++) {
		if (!overlaps(row->virtual, last, windows[i].first, windows[i].last))
			continue;
		c->bad[row - c->rows] = true;
		c->refused++;
		mm_log("map: row '%s' va %p-%p: reaches into %s, %p-%p", row->name, row->virtual,
		       last, windows[i].what, windows[i].first, windows[i].last);
		fix_by_moving(c, row);
		return;
	}
}

static const char *alignment_fault(const struct map_desc *row)
{
	if (row->offset)
		return "the physical address is not on a 4 KiB boundary";
	if (row->virtual & ~PAGE_MASK)
		return "the virtual address is not on a 4 KiB boundary";
	if (row->length & ~PAGE_MASK)
		return "the size is not a multiple of 4 KiB";
	return 0;
}

static void check_row(struct check *c, const struct map_desc *row)
{
	const char *why = alignment_fault(row);

	if (!name_ok(row)) {
		refuse_row(c, row, "its name is empty or longer than 15 characters",
			   "give it a short name; refusals and reports use it");
		return;
	}
	if (!row->length) {
		refuse_row(c, row, "its size is 0", "give the size in bytes, at least 4 KiB");
		return;
	}
	if (why) {
		refuse_row(c, row, why,
			   "map whole 4 KiB pages; a driver adds the offset inside the page");
		return;
	}
	if (row->pfn >> (32 - PAGE_SHIFT) || map_phys(row) + row->length - 1 < map_phys(row)) {
		refuse_row(c, row, "its physical range wraps past 4 GiB",
			   "make it shorter or start lower");
		return;
	}
	if ((row->type & MAP_WRITE) && (row->type & MAP_EXEC)) {
		refuse_row(c, row, "it is writable and executable",
			   "use MT_ROM for code or MT_MEMORY_RW for data");
		return;
	}
	if ((row->type & MAP_EXEC) && (row->type & MEM_KIND) < MEM_NC) {
		refuse_row(c, row, "it is device memory and executable",
			   "use MT_DEVICE: speculative fetches must never reach a device");
		return;
	}
	if ((row->type & (MAP_IS_RAM | MAP_NOMAP)) && row->type != MT_MEMORY_RW &&
	    row->type != MT_RAM_NOMAP) {
		refuse_row(c, row, "RAM of a type that the linear map does not have",
			   "write it with MAP_RAM() or MAP_RAM_NOMAP()");
		return;
	}
	if (row->type & MAP_IS_RAM) {
		if (row->virtual)
			refuse_row(c, row, "a RAM row has no virtual address of its own",
				   "write it with MAP_RAM(): the linear map places it");
		return;
	}
	if (row->virtual + row->length - 1 < row->virtual) {
		refuse_row(c, row, "its virtual range wraps past 4 GiB",
			   "make it shorter or start lower");
		return;
	}
	check_window(c, row);
}

/* ---- every pair ---- */

static pa_t pa_last(const struct map_desc *row)
{
	return map_phys(row) + row->length - 1;
}

static void refuse_pair(struct check *c, const struct map_desc *a, const struct map_desc *b,
			const char *space, bool virt)
{
	u32 fa = virt ? a->virtual : map_phys(a), fb = virt ? b->virtual : map_phys(b);
	u32 la = fa + a->length - 1, lb = fb + b->length - 1;

	c->refused++;
	mm_log("map: rows '%s' %p-%p and '%s' %p-%p: %s, %p-%p", a->name, fa, la, b->name, fb, lb,
	       space, fa > fb ? fa : fb, la < lb ? la : lb);
}

static void refuse_phys(struct check *c, const struct map_desc *a, const struct map_desc *b,
			const char *why, const char *way_out)
{
	refuse_pair(c, a, b, why, false);
	fix(way_out);
}

/* Is all of [@first, @last] kept out of the linear map? */
static bool kept_out(const struct check *c, pa_t first, pa_t last)
{
	for (u32 i = 0; i < c->n;) {
		const struct map_desc *row = &c->rows[i++];

		if (!(row->type & MAP_NOMAP) || c->bad[row - c->rows] ||
		    first - map_phys(row) >= row->length)
			continue;
		if (last <= pa_last(row))
			return true;
		first = pa_last(row) + 1;
		i = 0; /* carve-outs come in any order: look again at all of them */
	}
	return false;
}

/* A row over RAM is well where carve-outs keep all of that out of the linear map. */
static bool in_carve_out(const struct check *c, const struct map_desc *a, const struct map_desc *b)
{
	pa_t first = map_phys(a) > map_phys(b) ? map_phys(a) : map_phys(b);
	pa_t last = pa_last(a) < pa_last(b) ? pa_last(a) : pa_last(b);

	return kept_out(c, first, last);
}

static void check_pair(struct check *c, const struct map_desc *a, const struct map_desc *b)
{
	bool ram_a = a->type & MAP_IS_RAM, ram_b = b->type & MAP_IS_RAM;
	bool nomap = (a->type | b->type) & MAP_NOMAP;

	if (!ram_a && !ram_b &&
	    overlaps(a->virtual, a->virtual + a->length - 1, b->virtual,
		     b->virtual + b->length - 1)) {
		refuse_pair(c, a, b, "overlap in virtual addresses", true);
		fix_by_moving(c, b->length > a->length ? a : b);
	}
	if (nomap || !overlaps(map_phys(a), pa_last(a), map_phys(b), pa_last(b)))
		return;
	if (ram_a && ram_b) {
		refuse_phys(c, a, b, "the same RAM twice", "make one of them shorter");
	} else if (ram_a || ram_b) {
		if (!in_carve_out(c, a, b))
			refuse_phys(c, a, b, "registers and RAM at the same physical addresses",
				    "make the RAM row shorter, or keep the part out with "
				    "MAP_RAM_NOMAP()");
	} else if ((a->type ^ b->type) & MEM_KIND) {
		refuse_phys(c, a, b, "the same physical addresses with two memory types",
			    "give both rows one type (DDI 0406C A3.5.7 forbids the mix)");
	} else if (((a->type & MAP_WRITE) && (b->type & MAP_EXEC)) ||
		   ((b->type & MAP_WRITE) && (a->type & MAP_EXEC))) {
		refuse_phys(c, a, b, "writable by one row and executable by the other",
			    "make one of them shorter: no page may be both, at any address");
	}
}

/* ---- the table as a whole ---- */

static const struct map_desc *ram_row_of(struct check *c, pa_t first, pa_t last)
{
	for (u32 i = 0; i < c->n; i++)
		if ((c->rows[i].type & (MAP_IS_RAM | MAP_NOMAP)) == MAP_IS_RAM &&
		    first >= map_phys(&c->rows[i]) && last <= pa_last(&c->rows[i]))
			return &c->rows[i];
	return 0;
}

static void check_image(struct check *c)
{
	const struct map_image *im = &c->lo->image;
	pa_t last = im->phys + im->total - 1;
	const struct map_desc *row;

	if (!im->total)
		return;
	row = ram_row_of(c, im->phys, last);
	if (!row || last - map_phys(row) >= map_row_mapped(c->rows, c->n, row)) {
		c->refused++;
		mm_log("map: the image at %p-%p is not inside RAM of the linear map", im->phys,
		       last);
		fix("correct the RAM row, or LOADADDR in board.mk");
	}
	for (u32 i = 0; i < c->n; i++) {
		const struct map_desc *r = &c->rows[i];

		if (!(r->type & MAP_NOMAP) || !overlaps(map_phys(r), pa_last(r), im->phys, last))
			continue;
		c->refused++;
		mm_log("map: row '%s' %p-%p is kept out of the map, but the image lies at %p-%p",
		       r->name, map_phys(r), pa_last(r), im->phys, last);
		fix("move the carve-out, or LOADADDR in board.mk");
	}
}

static void check_console(struct check *c)
{
	pa_t at = c->lo->console;
	va_t va;

	if (!at)
		return;
	for (u32 i = 0; i < c->n; i++)
		if (!(c->rows[i].type & MAP_IS_RAM) && at >= map_phys(&c->rows[i]) &&
		    at <= pa_last(&c->rows[i]))
			return;
	c->refused++;
	mm_log("map: no row maps the console's registers at %p", at);
	va = map_free_va(c->rows, c->n, c->lo->image.phys, at & PAGE_MASK, PAGE_SIZE);
	if (va)
		mm_log("map:   fix: add MAP_DEVICE(\"console\", 0x%08x, 0x%08x, SZ_4K),", va,
		       at & PAGE_MASK);
	else
		fix("make a row shorter, no virtual address is free; then add one for them");
}

/* The page that is mapped flat while the MMU comes on must be free of rows. */
static void check_identity(struct check *c)
{
	pa_t page = c->lo->image.phys;

	if (!c->lo->image.total)
		return;
	for (u32 i = 0; i < c->n; i++) {
		const struct map_desc *row = &c->rows[i];
		u32 size = map_row_mapped(c->rows, c->n, row);
		va_t va = map_row_virt(c->rows, c->n, row);

		if (!size || page - va >= size)
			continue;
		c->refused++;
		mm_log("map: row '%s' va %p-%p covers %p, where the switch-on code is mapped flat",
		       row->name, va, va + size - 1, page);
		fix("load the image elsewhere (LOADADDR), or move the row");
	}
	if (page - KIMAGE_VADDR < KIMAGE_SIZE) {
		c->refused++;
		mm_log("map: the image is loaded at %p, inside its own virtual window", page);
		fix("load the image elsewhere (LOADADDR)");
	}
	if (page == VECTORS_BASE) {
		c->refused++;
		mm_log("map: the image is loaded at %p, where the vectors will be", page);
		fix("load the image elsewhere (LOADADDR)");
	}
}

static void check_pool(struct check *c)
{
	struct map_piece pieces[MAP_MAX_PIECES];
	u32 used = map_pieces(c->rows, c->n, c->lo, pieces);
	u32 tables = 0, culprit = MAP_MAX_PIECES;

	for (u32 i = 0; i < used; i++) {
		tables += map_tables_of(pieces, i);
		if (tables > c->lo->tables && culprit == MAP_MAX_PIECES)
			culprit = i;
	}
	if (used == MAP_MAX_PIECES) {
		c->refused++;
		mm_log("map: the rows make more than %u pieces", MAP_MAX_PIECES - 1);
		fix("join neighbouring rows of one type");
	}
	if (culprit == MAP_MAX_PIECES)
		return;
	c->refused++;
	mm_log("map: row '%s' %p-%p: the pool of %u second-level tables is used up; %u are needed",
	       pieces[culprit].row ? pieces[culprit].row->name : pieces[culprit].what,
	       pieces[culprit].va, pieces[culprit].va + pieces[culprit].length - 1, c->lo->tables,
	       tables);
	mm_log("map:   fix: align big rows to 1 MiB in va and pa, or MM_TABLES := %u in board.mk",
	       (tables + 31) & ~31u);
}

static bool check_count(struct check *c)
{
	if (c->n <= MM_MAX_ROWS)
		return true;
	c->refused++;
	mm_log("map: %u rows, room for %u: '%s' is the first too many", c->n, MM_MAX_ROWS,
	       name_ok(&c->rows[MM_MAX_ROWS]) ? c->rows[MM_MAX_ROWS].name : "?");
	fix("join neighbouring rows of one type, or raise MM_MAX_ROWS in mm/layout.h");
	return false;
}

static void check_ram(struct check *c)
{
	for (u32 i = 0; i < c->n; i++)
		if ((c->rows[i].type & (MAP_IS_RAM | MAP_NOMAP)) == MAP_IS_RAM)
			return;
	c->refused++;
	mm_log("map: the table has no RAM row");
	fix("add MAP_RAM(\"ram\", <physical start>, <size>)");
}

u32 map_check(const struct map_desc *rows, u32 n, const struct map_layout *lo)
{
	struct check c; /* filled by hand: an initialiser would call memset() */

	c.rows = rows;
	c.n = n;
	c.lo = lo;
	c.refused = 0;
	if (!check_count(&c))
		return c.refused;
	for (u32 i = 0; i < n; i++) {
		c.bad[i] = false;
		check_row(&c, &rows[i]);
	}
	for (u32 i = 0; i < n; i++)
		for (u32 j = i + 1; j < n; j++)
			if (!c.bad[i] && !c.bad[j])
				check_pair(&c, &rows[i], &rows[j]);
	check_ram(&c);
	if (c.refused)
		return c.refused;
	check_image(&c);
	check_console(&c);
	check_identity(&c);
	if (!c.refused)
		check_pool(&c);
	return c.refused;
}
