/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tools/mksd.c - the first 4 MiB of a card that boots the kit: made, and explained.
 *
 * usage: mksd --bl1 BL1.bin --image IMAGE.bin --load ADDRESS --out FILE
 *        mksd --check FILE
 *
 * What goes where stands in boot/bl1/card.h.  The same inputs give the same
 * bytes.  --check reads an image or a card's first sectors back, says what is in
 * them, and fails if BL1 or the kit would not start from them.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "boot/bl1/card.h"
#include "boot/bl1/crc32.h"

#define ALL_BYTES (CARD_END_SECTOR * CARD_SECTOR)

/* The partition table: four rows of 16 bytes, and two bytes that say it is one. */
#define MBR_ROWS 446u
#define MBR_ROW_BYTES 16u
#define MBR_ROW_NOT_BOOT 0x7fu /* a row begins with 0 or 0x80 */
#define MBR_ROW_TYPE 4u
#define MBR_ROW_FIRST 8u
#define MBR_MARK 510u
#define MBR_PROTECTIVE 0xeeu

static u8 card[ALL_BYTES];

static u8 *at_sector(u32 sector)
{
	return card + (size_t)sector * CARD_SECTOR;
}

/* ---- complaints ---- */

static void complain(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static void complain(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fputs("mksd: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
}

static int usage(void)
{
	fputs("usage: mksd --bl1 BL1.bin --image IMAGE.bin --load ADDRESS --out FILE\n"
	      "       mksd --check FILE\n",
	      stderr);
	return 2;
}

/* ---- making ---- */

/* Code may have the mark where a table has it, by chance; not the four rows' first bytes, too. */
static bool partition_table(const u8 *p)
{
	if (p[MBR_MARK] != 0x55 || p[MBR_MARK + 1] != 0xaa)
		return false;
	for (u32 i = 0; i < 4; i++)
		if (p[MBR_ROWS + i * MBR_ROW_BYTES] & MBR_ROW_NOT_BOOT)
			return false;
	return true;
}

/* What a person may take for the raw binary; NULL: nothing known. */
static const char *wrong_kind(const u8 *p, size_t bytes)
{
	static const u8 uimage[] = { 0x27, 0x05, 0x19, 0x56 };

	if (bytes >= 4 && !memcmp(p, "\177ELF", 4))
		return "an ELF file";
	if (bytes >= 2 && p[0] == 0x1f && p[1] == 0x8b)
		return "compressed by gzip";
	if (bytes >= 4 && !memcmp(p, uimage, 4))
		return "a U-Boot image (uImage)";
	if (bytes > (size_t)CARD_HEADER_SECTOR * CARD_SECTOR && partition_table(p))
		return "an image of a whole card";
	return NULL;
}

/* The whole of a raw binary to @to; its bytes, or 0 and a complaint. */
static u32 read_part(const char *name, const char *what, u8 *to, size_t room, const char *way_out)
{
	FILE *f = fopen(name, "rb");
	const char *kind;
	size_t got;
	struct stat st;

	if (!f || fstat(fileno(f), &st)) {
		complain("%s: %s; give the %s with --%s", name, strerror(errno), what, what);
		if (f)
			fclose(f);
		return 0;
	}
	if (S_ISDIR(st.st_mode)) {
		complain("%s: a folder; give the %s with --%s", name, what, what);
		fclose(f);
		return 0;
	}
	errno = 0;
	got = fread(to, 1, room, f);
	if (ferror(f)) {
		complain("%s: cannot be read: %s", name, strerror(errno));
		got = 0;
	} else if (!got) {
		complain("%s: empty; the build makes it anew once it is deleted", name);
	} else if ((kind = wrong_kind(to, got))) {
		complain("%s: %s; the %s must be a raw binary (objcopy -O binary)", name, kind,
			 what);
		got = 0;
	} else if (fgetc(f) != EOF) {
		complain("%s: %lld bytes, and there is room for %zu; %s", name,
			 (long long)st.st_size, room, way_out);
		got = 0;
	} else if (S_ISREG(st.st_mode) && (long long)got != st.st_size) {
		complain("%s: %zu of its %lld bytes could be read; is the disk whole?", name, got,
			 (long long)st.st_size);
		got = 0;
	}
	fclose(f);
	return (u32)got;
}

static void empty_partition_table(void)
{
	card[MBR_MARK] = 0x55;
	card[MBR_MARK + 1] = 0xaa;
}

static bool put_bl1(const char *name)
{
	u8 *bl1 = at_sector(CARD_BL1_SECTOR);

	if (!read_part(name, "bl1", bl1 + CARD_BL1_HEADER, CARD_BL1_CODE_MAX,
		       "the boot ROM reads 16 KiB with the header: make boot/bl1 smaller"))
		return false;
	card_put_word(bl1, CARD_BL1_BYTES);
	card_put_word(bl1 + 8, card_bl1_sum(bl1));
	return true;
}

static bool put_image(const char *name, u32 load)
{
	u8 *image = at_sector(CARD_IMAGE_SECTOR);
	struct card_header h = { .load = load, .entry = load };

	h.size = read_part(name, "image", image, CARD_IMAGE_MAX,
			   "partitions may begin behind it: make the image smaller, or move "
			   "CARD_END_SECTOR in boot/bl1/card.h");
	if (!h.size)
		return false;
	h.crc = crc32(0, image, h.size);
	card_header_write(at_sector(CARD_HEADER_SECTOR), &h);
	return true;
}

static bool write_all(const char *name)
{
	struct stat st;
	bool there = !stat(name, &st);
	FILE *f;

	if (there && !S_ISREG(st.st_mode)) {
		complain("%s: not a regular file; mksd makes a file, `make flash` writes cards",
			 name);
		return false;
	}
	f = fopen(name, "wb");
	if (!f) {
		complain("%s: cannot be written: %s", name, strerror(errno));
		return false;
	}
	if (fwrite(card, 1, ALL_BYTES, f) != ALL_BYTES || fflush(f)) {
		complain("%s: cannot be written: %s; it is removed", name, strerror(errno));
		fclose(f);
		unlink(name);
		return false;
	}
	if (fclose(f)) {
		complain("%s: cannot be written: %s; it is removed", name, strerror(errno));
		unlink(name);
		return false;
	}
	return true;
}

static bool read_address(const char *word, u32 *address)
{
	char *end;
	unsigned long v;

	errno = 0;
	v = strtoul(word, &end, 0);
	if (errno || end == word || *end || v > 0xffffffff || v & ~(unsigned long)PAGE_MASK) {
		complain("--load %s: not a 32-bit multiple of 4 KiB (board.mk, LOADADDR)", word);
		return false;
	}
	*address = (u32)v;
	return true;
}

static int make(const char *bl1, const char *image, const char *load, const char *out)
{
	u32 address;

	if (!read_address(load, &address) || !put_bl1(bl1) || !put_image(image, address))
		return 1;
	empty_partition_table();
	return write_all(out) ? 0 : 1;
}

/* ---- explaining ---- */

static u32 bad; /* reasons why the card would not boot */
static size_t have; /* bytes of it that could be read */

static void area(u32 first, u32 sectors, const char *what)
{
	char range[32];

	if (sectors == 1)
		snprintf(range, sizeof(range), "sector  %u", first);
	else
		snprintf(range, sizeof(range), "sectors %u - %u", first, first + sectors - 1);
	printf("  %-20s  %s\n", range, what);
}

static void no(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static void no(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fputs("  not ok: ", stdout);
	vprintf(fmt, ap);
	putchar('\n');
	va_end(ap);
	bad++;
}

static bool blank(u32 sector, u32 sectors)
{
	const u8 *p = at_sector(sector);

	for (u32 i = 0; i < sectors * CARD_SECTOR; i++)
		if (p[i] != p[0] || (p[0] != 0 && p[0] != 0xff))
			return false;
	return true;
}

static void check_partitions(void)
{
	u32 rows = 0;

	if (card[MBR_MARK] != 0x55 || card[MBR_MARK + 1] != 0xaa) {
		area(0, 1, "no partition table");
		return;
	}
	for (u32 i = 0; i < 4; i++)
		rows += card[MBR_ROWS + i * MBR_ROW_BYTES + MBR_ROW_TYPE] != 0;
	area(0, 1, rows ? "partition table" : "partition table, empty");
	for (u32 i = 0; i < 4; i++) {
		const u8 *row = card + MBR_ROWS + i * MBR_ROW_BYTES;
		u32 first = card_word(row + MBR_ROW_FIRST);

		if (row[MBR_ROW_TYPE] == MBR_PROTECTIVE)
			no("the card is partitioned by GPT, whose table lies where BL1 must be: "
			   "make an MBR (DOS) partition table");
		else if (row[MBR_ROW_TYPE] && first < CARD_END_SECTOR)
			no("partition %u begins at sector %u, within what belongs to BL1 and the "
			   "image: let it begin at %u or later",
			   i + 1, first, CARD_END_SECTOR);
	}
}

static bool bl1_stands_at(u32 sector)
{
	const u8 *bl1 = at_sector(sector);

	return card_word(bl1) == CARD_BL1_BYTES && card_bl1_sum(bl1) == card_word(bl1 + 8);
}

static void check_bl1(void)
{
	const u8 *bl1 = at_sector(CARD_BL1_SECTOR);
	u32 sum = card_bl1_sum(bl1), stated = card_word(bl1 + 8);
	char text[48];

	if (blank(CARD_BL1_SECTOR, CARD_BL1_SECTORS)) {
		area(CARD_BL1_SECTOR, CARD_BL1_SECTORS, "empty");
		no("no BL1: the boot ROM goes on to the next medium");
		return;
	}
	snprintf(text, sizeof(text), "BL1, checksum 0x%08x", stated);
	area(CARD_BL1_SECTOR, CARD_BL1_SECTORS, text);
	if (sum != stated && bl1_stands_at(CARD_BL1_SECTOR - 1))
		no("a good BL1 stands a sector too low: this is no card, but what belongs on one "
		   "from "
		   "sector %u on",
		   CARD_BL1_SECTOR);
	else if (sum != stated && bl1_stands_at(CARD_BL1_SECTOR + 1))
		no("a good BL1 stands a sector too high: it was written without dd's skip=1");
	else if (sum != stated)
		no("BL1's bytes add up to 0x%08x, its header says 0x%08x: the boot ROM refuses it; "
		   "write the card again",
		   sum, stated);
	else if (card_word(bl1) != CARD_BL1_BYTES)
		no("BL1's header states a size of %u, not %u: not made by this tool, or damaged",
		   card_word(bl1), CARD_BL1_BYTES);
}

static void check_image(void)
{
	struct card_header h = { 0 };
	enum card_fault fault = card_header_read(at_sector(CARD_HEADER_SECTOR), &h);
	u32 sectors, crc;
	char text[96];

	area(CARD_HEADER_SECTOR, 1, fault == CARD_BLANK ? "empty" : "header of the image");
	if (fault) {
		no("%s: BL1 stops here", card_fault_text(fault));
		return;
	}
	printf("  %-20s  version %u, to 0x%08x, entered at 0x%08x\n", "", CARD_VERSION, h.load,
	       h.entry);
	sectors = (h.size + CARD_SECTOR - 1) / CARD_SECTOR;
	snprintf(text, sizeof(text), "image: %u bytes, CRC-32 0x%08x", h.size, h.crc);
	area(CARD_IMAGE_SECTOR, sectors, text);
	if ((size_t)CARD_IMAGE_SECTOR * CARD_SECTOR + h.size > have) {
		no("the file ends within the image: %zu bytes of %u", have,
		   CARD_IMAGE_SECTOR * CARD_SECTOR + h.size);
		return;
	}
	crc = crc32(0, at_sector(CARD_IMAGE_SECTOR), h.size);
	if (crc != h.crc)
		no("the image's CRC-32 is 0x%08x: BL1 refuses it", crc);
	if (sectors < CARD_END_SECTOR - CARD_IMAGE_SECTOR)
		area(CARD_IMAGE_SECTOR + sectors, CARD_END_SECTOR - CARD_IMAGE_SECTOR - sectors,
		     "free");
}

static int check(const char *name)
{
	FILE *f = fopen(name, "rb");

	if (!f) {
		complain("%s: %s", name, strerror(errno));
		return 1;
	}
	have = fread(card, 1, ALL_BYTES, f);
	if (ferror(f)) {
		complain("%s: cannot be read: %s", name, strerror(errno));
		fclose(f);
		return 1;
	}
	fclose(f);
	if (have < (size_t)(CARD_HEADER_SECTOR + 1) * CARD_SECTOR) {
		complain("%s: %zu bytes; a card that boots has at least %u", name, have,
			 (CARD_HEADER_SECTOR + 1) * CARD_SECTOR);
		return 1;
	}
	printf("%s\n", name);
	check_partitions();
	check_bl1();
	area(CARD_BL1_SECTOR + CARD_BL1_SECTORS,
	     CARD_HEADER_SECTOR - CARD_BL1_SECTOR - CARD_BL1_SECTORS, "free");
	check_image();
	area(CARD_END_SECTOR, 1, "the first that a partition may have");
	puts(bad ? "it does not boot" : "it boots");
	return bad ? 1 : 0;
}

int main(int argc, char **argv)
{
	const char *bl1 = NULL, *image = NULL, *load = NULL, *out = NULL, *checked = NULL;

	for (int i = 1; i < argc; i += 2) {
		const char **word = !strcmp(argv[i], "--bl1")	? &bl1 :
				    !strcmp(argv[i], "--image") ? &image :
				    !strcmp(argv[i], "--load")	? &load :
				    !strcmp(argv[i], "--out")	? &out :
				    !strcmp(argv[i], "--check") ? &checked :
								  NULL;

		if (!word || *word || i + 1 == argc)
			return usage();
		*word = argv[i + 1];
	}
	if (checked)
		return bl1 || image || load || out ? usage() : check(checked);
	if (!bl1 || !image || !load || !out)
		return usage();
	return make(bl1, image, load, out);
}
