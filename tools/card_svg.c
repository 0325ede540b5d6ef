/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tools/card_svg.c - draws the layout of a card that boots the kit: what is in which
 * sector, who reads it, and where it goes.
 *
 * usage: card-svg CHIP BOARD=LOADADDR...    (SVG on stdout)
 *
 * All numbers come from boot/bl1/card.h and from the chip's memory.h, which the build
 * names (-include); where the words of the image's header are, from the function that
 * writes it.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "boot/bl1/card.h"
#include "boot/bl1/crc32.h"

#define WIDTH 960
#define HEIGHT 612

/* The card's column, the memory's, and the first row of sectors. */
#define CARD_X 236
#define CARD_W 246
#define MEM_X 690
#define MEM_W 240
#define TOP 92

#define CELL_W 110
#define CELL_H 46

static const char style[] =
	"text { fill: #222; font-family: sans-serif }\n"
	".title { font: 18px sans-serif; font-weight: 600; text-anchor: middle }\n"
	".head { font: 13px sans-serif; font-weight: 600; text-anchor: middle }\n"
	".half { font: 12.5px sans-serif; text-anchor: middle }\n"
	".apart { font: 11px sans-serif; fill: #555; text-anchor: middle }\n"
	".num { font: 12px monospace }\n"
	".addr { font: 12px monospace; text-anchor: end }\n"
	".note { font: 12px sans-serif }\n"
	".small { font: 11px sans-serif; fill: #555 }\n"
	".end { text-anchor: end }\n"
	".box { stroke: #555; stroke-width: 1 }\n"
	".mem { fill: #f4f4f4; stroke: #555; stroke-width: 1 }\n"
	".table { fill: #e3e3e3 } .bl1 { fill: #ffd9a8 } .header { fill: #bfd8f5 }\n"
	".image { fill: #dcebfb } .free { fill: #fff } .yours { fill: #d9f0d3 }\n"
	".line { stroke: #b00020; stroke-width: 1.6; fill: none }\n"
	".tip { fill: #b00020 }\n"
	".brace { stroke: #555; stroke-width: 1.2; fill: none }\n";

static void text(int x, int y, const char *class, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
static void text(int x, int y, const char *class, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	printf("<text x=\"%d\" y=\"%d\" class=\"%s\">", x, y, class);
	vprintf(fmt, ap);
	puts("</text>");
	va_end(ap);
}

static void box(int x, int y, int w, int h, const char *class)
{
	printf("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" class=\"box %s\"/>\n", x, y, w,
	       h, class);
}

/* ---- the card ---- */

struct area {
	u32 first, sectors; /* 0 sectors: to the card's end */
	int height;
	const char *class, *what, *more;
};

/* 512 bytes, 8 KiB, 4 MiB: exact, or in bytes */
static const char *amount(u32 bytes)
{
	static char words[24];

	if (bytes % (1u << 20) == 0)
		snprintf(words, sizeof(words), "%u MiB", bytes >> 20);
	else if (bytes % (1u << 10) == 0)
		snprintf(words, sizeof(words), "%u KiB", bytes >> 10);
	else
		snprintf(words, sizeof(words), "%u bytes", bytes);
	return words;
}

/* Returns where the next one begins. */
static int draw_area(int y, const struct area *a)
{
	const int middle = y + a->height / 2;

	box(CARD_X, y, CARD_W, a->height, a->class);
	if (!a->sectors)
		text(CARD_X - 10, middle - 3, "addr", "%u -", a->first);
	else if (a->sectors == 1)
		text(CARD_X - 10, middle + 4, "addr", "%u", a->first);
	else
		text(CARD_X - 10, middle + (a->height > 30 ? -3 : 4), "addr", "%u - %u", a->first,
		     a->first + a->sectors - 1);
	if (!a->sectors)
		text(CARD_X - 10, middle + 13, "small end", "from %s on",
		     amount(a->first * CARD_SECTOR));
	else if (a->sectors > 1 && a->height > 30)
		text(CARD_X - 10, middle + 13, "small end", "%s", amount(a->sectors * CARD_SECTOR));
	text(CARD_X + CARD_W / 2, middle + (a->more ? -4 : 4), "half", "%s", a->what);
	if (a->more)
		text(CARD_X + CARD_W / 2, middle + 13, "apart", "%s", a->more);
	return y + a->height;
}

static void brace(int y1, int y2, const char *who, const char *what)
{
	const int x = CARD_X - 92, middle = (y1 + y2) / 2;

	printf("<path d=\"M%d %d h-8 V%d h8\" class=\"brace\"/>\n", x, y1 + 2, y2 - 2);
	text(x - 14, middle - 2, "note end", "%s", who);
	text(x - 14, middle + 13, "small end", "%s", what);
}

/* Where BL1, the image's header and the image begin in the picture. */
struct places {
	int bl1, header, image, end;
};

static struct places draw_card(void)
{
	const u32 behind_bl1 = CARD_BL1_SECTOR + CARD_BL1_SECTORS;
	const struct area table = { 0, CARD_BL1_SECTOR, 40, "table", "partition table (MBR)", 0 };
	const struct area bl1 = {
		CARD_BL1_SECTOR, CARD_BL1_SECTORS, 66, "bl1", "BL1", "16-byte header, code, zeros"
	};
	const struct area gap = {
		behind_bl1, CARD_HEADER_SECTOR - behind_bl1, 24, "free", "free", 0
	};
	const struct area header = { CARD_HEADER_SECTOR,
				     CARD_IMAGE_SECTOR - CARD_HEADER_SECTOR,
				     32,
				     "header",
				     "header of the image",
				     0 };
	const struct area image = {
		CARD_IMAGE_SECTOR, CARD_END_SECTOR - CARD_IMAGE_SECTOR, 92, "image",
		"the kit's image", "as long as it is; the rest is free"
	};
	const struct area rest = {
		CARD_END_SECTOR, 0, 52, "yours", "your partitions", "FAT for your files, or none"
	};
	struct places at;

	text(CARD_X + CARD_W / 2, TOP - 14, "head", "the card, in sectors of %u bytes",
	     CARD_SECTOR);
	at.bl1 = draw_area(TOP, &table);
	at.header = draw_area(draw_area(at.bl1, &bl1), &gap);
	at.image = draw_area(at.header, &header);
	at.end = draw_area(at.image, &image);
	brace(TOP, at.bl1, "yours", "kept");
	brace(at.bl1, at.end, "make flash", "to the image's end");
	brace(at.end, draw_area(at.end, &rest), "yours", "kept");
	return at;
}

/* ---- memory ---- */

static void arrow(int from_y, int to_y, int number, const char *who, const char *const *what)
{
	const int x = CARD_X + CARD_W, bend = MEM_X - 40;

	printf("<path d=\"M%d %d H%d L%d %d H%d\" class=\"line\"/>\n", x, from_y, bend, bend + 16,
	       to_y, MEM_X - 9);
	printf("<path d=\"M%d %d l-10 -5 v10 z\" class=\"tip\"/>\n", MEM_X, to_y);
	text(x + 12, from_y - 8, "note", "%d. %s", number, who);
	for (int i = 0; what[i]; i++)
		text(x + 12, from_y + 16 + 15 * i, "small", "%s", what[i]);
}

static void draw_memory(const struct places *at, int boards, char *const *board)
{
	static const char *const rom_does[] = { "copies it, adds up the bytes",
						"behind its header, compares", "the sum, enters it",
						NULL };
	static const char *const bl1_does[] = { "sets up clocks and DDR2, reads",
						"the header, copies the image,",
						"compares its CRC-32, enters it", NULL };
	const int iram = TOP, ram = at->header - 8;

	text(MEM_X + MEM_W / 2, TOP - 14, "head", "the board's memory");
	box(MEM_X, iram, MEM_W, 106, "mem");
	text(MEM_X + 12, iram + 20, "note", "internal RAM");
	box(MEM_X, iram + 32, MEM_W, 50, "bl1");
	text(MEM_X + 12, iram + 51, "num", "0x%08X", BL1_BASE);
	text(MEM_X + 112, iram + 51, "note", "BL1's header");
	text(MEM_X + 12, iram + 70, "num", "0x%08X", BL1_BASE + BL1_HEADER);
	text(MEM_X + 112, iram + 70, "note", "BL1 is entered");

	box(MEM_X, ram, MEM_W, 52 + 19 * boards, "mem");
	text(MEM_X + 12, ram + 20, "note", "DDR2, set up by BL1");
	box(MEM_X, ram + 32, MEM_W, 10 + 19 * boards, "image");
	for (int i = 0; i < boards; i++) {
		const char *load = strchr(board[i], '=') + 1;

		text(MEM_X + 12, ram + 50 + 19 * i, "num", "%s", load);
		text(MEM_X + 112, ram + 50 + 19 * i, "note", "image of %.*s",
		     (int)(load - 1 - board[i]), board[i]);
	}
	arrow(at->bl1 + 24, iram + 56, 1, "the boot ROM", rom_does);
	arrow(at->image + 38, ram + 36 + 10 * boards, 2, "BL1", bl1_does);
}

/* ---- the headers ---- */

/* Cells are as wide as a word of the header; "wide" is two of them. */
static void cell(int x, int y, u32 offset, const char *class, const char *what, const char *more)
{
	const int w = strcmp(class, "free wide") ? CELL_W : 2 * CELL_W;

	box(x, y, w, CELL_H, class);
	text(x + 5, y + 13, "small", "+%u", offset);
	text(x + w / 2, y + 25, "half", "%s", what);
	text(x + w / 2, y + 40, "apart", "%s", more);
}

static void draw_bl1_header(int y)
{
	char size[16], code[32];

	snprintf(size, sizeof(size), "%u", CARD_BL1_BYTES);
	snprintf(code, sizeof(code), "at most %u bytes", CARD_BL1_CODE_MAX);
	text(40, y - 8, "note", "BL1's first bytes (sector %u)", CARD_BL1_SECTOR);
	cell(40, y, 0, "bl1", size, "size");
	cell(40 + CELL_W, y, 4, "bl1", "0", "");
	cell(40 + 2 * CELL_W, y, 8, "bl1", "checksum", "sum of bytes");
	cell(40 + 3 * CELL_W, y, 12, "bl1", "0", "");
	cell(40 + 4 * CELL_W, y, CARD_BL1_HEADER, "free wide", "code", code);
}

/* Each word of the header is written with another value, and found by it. */
static const struct card_header example = {
	.size = 0x53, .crc = 0xC0C0C0C0, .load = 0x1000, .entry = 0x2000
};

static void draw_word(int x, int y, const u8 *header, u32 offset)
{
	const u32 v = card_word(header + offset);
	char what[32] = "0", more[32] = "";

	if (v == example.size)
		strcpy(what, "size"), strcpy(more, "of the image");
	else if (v == example.crc)
		strcpy(what, "CRC-32"), strcpy(more, "of the image");
	else if (v == example.load)
		strcpy(what, "load"), strcpy(more, "address");
	else if (v == example.entry)
		strcpy(what, "entry"), strcpy(more, "address");
	else if (v == CARD_VERSION)
		snprintf(what, sizeof(what), "%u", v), strcpy(more, "version");
	else if (v && v == crc32(0, header, offset))
		strcpy(what, "CRC-32"), snprintf(more, sizeof(more), "of +0 to +%u", offset - 1);
	else if (v)
		snprintf(what, sizeof(what), "&quot;%.4s&quot;", (const char *)header + offset);
	cell(x, y, offset, "header", what, more);
}

static void draw_image_header(int y)
{
	u8 bytes[CARD_HEADER_BYTES];

	card_header_write(bytes, &example);
	text(40, y - 8, "note", "the image's header (sector %u), little-endian words",
	     CARD_HEADER_SECTOR);
	for (u32 at = 0; at < CARD_HEADER_BYTES; at += 4)
		draw_word(40 + (int)at / 4 * CELL_W, y, bytes, at);
}

static void upper(char *to, size_t room, const char *from)
{
	size_t i = 0;

	for (; from[i] && i + 1 < room; i++)
		to[i] = (char)toupper((unsigned char)from[i]);
	to[i] = 0;
}

int main(int argc, char **argv)
{
	struct places at;
	char chip[16];

	for (int i = 2; i < argc; i++)
		if (!strchr(argv[i], '='))
			argc = 0;
	if (argc < 3) {
		fputs("usage: card-svg CHIP BOARD=LOADADDR...\n", stderr);
		return 2;
	}
	upper(chip, sizeof(chip), argv[1]);
	printf("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-size=\"12\">\n"
	       "<!-- SPDX-License-Identifier: BSD-2-Clause; drawn by tools/card_svg.c (make docs) "
	       "-->\n"
	       "<title>Layout of a card that boots an %s</title>\n"
	       "<style>\n%s</style>\n"
	       "<rect x=\"0\" y=\"0\" width=\"%d\" height=\"%d\" "
	       "style=\"fill:#fff;stroke:none\"/>\n",
	       WIDTH, HEIGHT, chip, style, WIDTH, HEIGHT);
	text(WIDTH / 2, 34, "title", "A card that boots an %s", chip);
	at = draw_card();
	draw_memory(&at, argc - 2, argv + 2);
	draw_bl1_header(HEIGHT - 156);
	draw_image_header(HEIGHT - 66);
	puts("</svg>");
	return 0;
}
