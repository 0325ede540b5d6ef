/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot/bl1/main.c - BL1's steps, in order: power, clocks, console, DRAM, the
 * image from the card, a look whether it is whole, the jump.
 *
 * Whatever is not as it must be ends in bl1_stop(): nothing that has not been
 * checked is executed.
 */
#include "board/board.h"
#include "boot/bl1/bl1.h"
#include "boot/bl1/card.h"
#include "boot/bl1/crc32.h"
#include "boot/bl1/soc.h"
#include "mm/log.h"

/* Sectors in one call of the ROM: 32 KiB, and a dot on the console. */
#define CHUNK 64u
#define TRIES 3u

/* How many LEDs are lit when a step is done. */
enum { STAGE_RUNS = 1, STAGE_DRAM, STAGE_COPIED, STAGE_CHECKED };

static u8 sector[CARD_SECTOR] __attribute__((aligned(4)));

static void clocks(void)
{
	u32 clock;
	const char *pll = soc_clocks(&clock);

	console_init(clock);
	if (!pll) {
		mm_log("\nBL1 of Mercator on %s", board_name);
		return;
	}
	mm_log("\nBL1: %s does not lock: is the crystal the right one, and its supply there?", pll);
	bl1_stop(BL1_CLOCKS);
}

static void test_bank(const struct map_desc *row)
{
	struct ram_fault f;

	if (ram_test(map_phys(row), row->length, &f)) {
		mm_log("BL1: RAM %z at %p", row->length, map_phys(row));
		return;
	}
	mm_log("BL1: RAM at %p: wrote 0x%08x, read 0x%08x; is the \"%s\" row of board.c this "
	       "board's RAM?",
	       f.at, f.wrote, f.read, row->name);
	bl1_stop(BL1_MEMORY);
}

static void dram(void)
{
	if (soc_dram(map_io, map_io_rows))
		bl1_stop(BL1_DRAM);
	for (u32 i = 0; i < map_io_rows; i++)
		if (map_io[i].type & MAP_IS_RAM)
			test_bank(&map_io[i]);
	lights_stage(STAGE_DRAM);
}

static void read_card(int channel, u32 first, u32 sectors, void *to)
{
	for (u32 i = 0; i < TRIES; i++)
		if (soc_read_card(channel, first, sectors, to, i > 0))
			return;
	mm_log("\nBL1: SD channel %d: sectors %u to %u cannot be read; is the card in, and whole?",
	       channel, first, first + sectors - 1);
	bl1_stop(BL1_READ);
}

static void refuse(enum card_fault fault, const u8 *h)
{
	mm_log("BL1: sector %u: %s (%02x%02x%02x%02x); write the card again", CARD_HEADER_SECTOR,
	       card_fault_text(fault), h[0], h[1], h[2], h[3]);
	bl1_stop(fault == CARD_BLANK || fault == CARD_FOREIGN ? BL1_NO_IMAGE : BL1_HEADER);
}

/* Whole sectors are written, so there must be room for these. */
static bool in_ram(pa_t load, u32 bytes)
{
	for (u32 i = 0; i < map_io_rows; i++) {
		const struct map_desc *row = &map_io[i];
		u32 above = load - map_phys(row);

		if ((row->type & MAP_IS_RAM) && above < row->length && bytes <= row->length - above)
			return true;
	}
	return false;
}

static void read_header(int channel, struct card_header *h)
{
	enum card_fault fault;

	read_card(channel, CARD_HEADER_SECTOR, 1, sector);
	fault = card_header_read(sector, h);
	if (fault)
		refuse(fault, sector);
	if (in_ram(h->load, h->size + CARD_SECTOR))
		return;
	mm_log("BL1: sector %u: the image belongs at %p, %u bytes: that is not RAM of %s; was it "
	       "built for another board?",
	       CARD_HEADER_SECTOR, h->load, h->size, board_name);
	bl1_stop(BL1_HEADER);
}

static void copy(int channel, const struct card_header *h)
{
	u32 left = (h->size + CARD_SECTOR - 1) / CARD_SECTOR;
	u32 first = CARD_IMAGE_SECTOR;
	pa_t to = h->load;

	mm_log("BL1: SD channel %d: image of %u bytes to %p", channel, h->size, h->load);
	while (left) {
		u32 n = left < CHUNK ? left : CHUNK;

		read_card(channel, first, n, IOMEM(to));
		console_dot();
		left -= n;
		first += n;
		to += n * CARD_SECTOR;
	}
	console_newline();
	lights_stage(STAGE_COPIED);
}

static void check(const struct card_header *h)
{
	u32 crc = crc32(0, IOMEM(h->load), h->size);

	if (crc == h->crc) {
		mm_log("BL1: CRC-32 0x%08x fits; entering the image at %p", crc, h->entry);
		lights_stage(STAGE_CHECKED);
		return;
	}
	mm_log("BL1: the image is damaged: its CRC-32 is 0x%08x, its header says 0x%08x; write the "
	       "card again",
	       crc, h->crc);
	bl1_stop(BL1_IMAGE);
}

void bl1_main(void)
{
	struct card_header h;
	int channel;

	soc_hold_power();
	lights_init();
	lights_stage(STAGE_RUNS);
	clocks();
	dram();
	channel = soc_boot_channel();
	if (channel < 0)
		bl1_stop(BL1_MEDIUM);
	read_header(channel, &h);
	copy(channel, &h);
	check(&h);
	soc_leave();
	bl1_jump(h.entry);
}

void bl1_exception(u32 number, u32 lr, u32 fsr, u32 far)
{
	static const char *const name[] = {
		"reset",      "undefined instruction", "SVC", "prefetch abort",
		"data abort", "unused vector",	       "IRQ", "FIQ",
	};

	mm_log("\nBL1: %s, lr 0x%08x, DFSR 0x%x, DFAR 0x%08x", name[number & 7], lr, fsr, far);
	bl1_stop(BL1_EXCEPTION);
}
