/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/nand-chip.c - a NAND chip: commands, addresses, cells that are
 * programmed and erased, and the image that keeps them.
 *
 * Everything it does is done at once.  QEMU's hw/block/nand.c was not taken:
 * without an image it fills memory of the chip's whole size.
 */
#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qemu/cutils.h"
#include "qemu/error-report.h"
#include "nand-chip.h"

enum {
    READ = 0x00,
    READ_COLUMN = 0x05,
    PROGRAM_DO = 0x10,
    PROGRAM_CACHED = 0x15,
    READ_DO = 0x30,
    READ_FOR_COPY = 0x35,
    ERASE = 0x60,
    STATUS = 0x70,
    PROGRAM = 0x80,
    PROGRAM_COLUMN = 0x85,      /* or, with a row, the copy's program */
    ID = 0x90,
    ERASE_DO = 0xd0,
    READ_COLUMN_DO = 0xe0,
    RESET = 0xff,
};

/* Ready, not protected; and whether the last program or erase failed. */
#define STATUS_READY 0xe0
#define STATUS_FAILED 0x01

static const uint8_t chip_id[] = { 0xec, 0xdc, 0x10, 0x95, 0x54 };

static uint8_t *cells_of(S5PV210NandChip *c, uint32_t row)
{
    uint8_t *cells = memory_region_get_ram_ptr(&c->cells);

    return cells + (uint64_t)row * NAND_WHOLE_PAGE;
}

static uint32_t row_of(const S5PV210NandChip *c, const uint8_t *cycle)
{
    return (cycle[0] | cycle[1] << 8 | cycle[2] << 16) % NAND_PAGES;
}

static uint32_t row(const S5PV210NandChip *c)
{
    return row_of(c, c->address + 2);
}

/* ---- the image ---- */

static bool image_moves(S5PV210NandChip *c, uint32_t page, bool to_image)
{
    uint8_t buffer[NAND_WHOLE_PAGE], *cells = cells_of(c, page);
    int64_t at = (int64_t)page * c->image_page;

    if (!to_image) {
        if (blk_pread(c->image, at, c->image_page, buffer, 0) < 0) {
            return false;
        }
        for (unsigned i = 0; i < c->image_page; i++) {
            /* no store where nothing is: untouched memory costs nothing */
            if (buffer[i] != 0xff) {
                cells[i] = ~buffer[i];
            }
        }
        return true;
    }
    for (unsigned i = 0; i < c->image_page; i++) {
        buffer[i] = ~cells[i];
    }
    return blk_pwrite(c->image, at, c->image_page, buffer, 0) >= 0;
}

static bool image_load(S5PV210NandChip *c, Error **errp)
{
    const int64_t block = NAND_BLOCK_PAGES * NAND_WHOLE_PAGE;
    int64_t length = blk_getlength(c->image);

    if (length < 0) {
        error_setg_errno(errp, -length, "nand: the image's length");
        return false;
    }
    if (blk_set_perm(c->image, BLK_PERM_CONSISTENT_READ |
                     (blk_supports_write_perm(c->image) ? BLK_PERM_WRITE : 0),
                     BLK_PERM_ALL, errp) < 0) {
        return false;
    }
    c->image_page = length % block ? NAND_PAGE : NAND_WHOLE_PAGE;
    c->image_pages = MIN(length / c->image_page, NAND_PAGES);
    for (uint32_t page = 0; page < c->image_pages; page++) {
        if (!image_moves(c, page, false)) {
            error_setg(errp, "nand: page %u of the image cannot be read", page);
            return false;
        }
    }
    return true;
}

static void image_store(S5PV210NandChip *c, uint32_t page)
{
    if (page < c->image_pages && !image_moves(c, page, true)) {
        error_report("nand: page %u could not be written to the image", page);
        c->failed = true;
    }
}

bool nand_chip_start(S5PV210NandChip *c, Object *owner, Error **errp)
{
    if (!memory_region_init_ram(&c->cells, owner, "s5pv210.nand.cells",
                                (uint64_t)NAND_PAGES * NAND_WHOLE_PAGE, errp)) {
        return false;
    }
    return !c->image || image_load(c, errp);
}

/* ---- the array ---- */

static void load_page(S5PV210NandChip *c)
{
    const uint8_t *cells = cells_of(c, row(c));

    for (unsigned i = 0; i < NAND_WHOLE_PAGE; i++) {
        c->page[i] = ~cells[i];
    }
}

/* Programming makes zeros only. */
static void program_page(S5PV210NandChip *c)
{
    uint8_t *cells = cells_of(c, row(c));

    c->failed = false;
    for (unsigned i = 0; i < NAND_WHOLE_PAGE; i++) {
        cells[i] |= (uint8_t)~c->page[i];
    }
    memory_region_set_dirty(&c->cells, (uint64_t)row(c) * NAND_WHOLE_PAGE,
                            NAND_WHOLE_PAGE);
    image_store(c, row(c));
}

/* Its address has the three cycles of the row only. */
static void erase_block(S5PV210NandChip *c)
{
    uint32_t first = row_of(c, c->address);

    first -= first % NAND_BLOCK_PAGES;
    c->failed = false;
    for (uint32_t i = 0; i < NAND_BLOCK_PAGES; i++) {
        uint8_t *cells = cells_of(c, first + i);

        if (!buffer_is_zero(cells, NAND_WHOLE_PAGE)) {
            memset(cells, 0, NAND_WHOLE_PAGE);
            image_store(c, first + i);
        }
    }
    memory_region_set_dirty(&c->cells, (uint64_t)first * NAND_WHOLE_PAGE,
                            NAND_BLOCK_PAGES * NAND_WHOLE_PAGE);
}

/* ---- the pins ---- */

void nand_chip_reset(S5PV210NandChip *c)
{
    c->command = c->output = RESET;
    c->failed = false;
    c->cycle = 0;
    c->column = 0;
    memset(c->address, 0, sizeof(c->address));
    memset(c->page, 0xff, sizeof(c->page));
}

static void finish(S5PV210NandChip *c, uint8_t command)
{
    bool after_program = c->command == PROGRAM || c->command == PROGRAM_COLUMN;

    switch (command) {
    case READ_DO:
    case READ_FOR_COPY:
        if (c->command == READ) {
            load_page(c);
        }
        break;
    case PROGRAM_DO:
    case PROGRAM_CACHED:
        if (after_program) {
            program_page(c);
        }
        break;
    case ERASE_DO:
        if (c->command == ERASE) {
            erase_block(c);
        }
        break;
    }
}

void nand_chip_command(S5PV210NandChip *c, uint8_t command)
{
    finish(c, command);
    switch (command) {
    case RESET:
        nand_chip_reset(c);
        return;
    case PROGRAM:
        memset(c->page, 0xff, sizeof(c->page));
        /* fallthrough */
    case READ:
    case READ_COLUMN:
    case PROGRAM_COLUMN:
    case ERASE:
    case ID:
        c->cycle = 0;
        break;
    }
    c->command = command;
    c->output = command;
}

void nand_chip_address(S5PV210NandChip *c, uint8_t address)
{
    if (c->cycle >= NAND_CYCLES) {
        return;
    }
    c->address[c->cycle++] = address;
    /* the bytes of the ID are counted by the column, too */
    if (c->cycle <= 2 && c->command != ERASE) {
        c->column = c->cycle == 1 ? address :
                    (c->column & 0xff) | (address & 0x0f) << 8;
    }
}

void nand_chip_write(S5PV210NandChip *c, uint8_t value)
{
    if ((c->command == PROGRAM || c->command == PROGRAM_COLUMN) &&
        c->column < NAND_WHOLE_PAGE) {
        c->page[c->column++] = value;
    }
}

/* The ID is at address 0; ONFI's, at 0x20, this chip has not. */
static uint8_t next_of_id(S5PV210NandChip *c)
{
    if (!c->cycle || c->address[0] || c->column >= ARRAY_SIZE(chip_id)) {
        return 0;
    }
    return chip_id[c->column++];
}

uint8_t nand_chip_read(S5PV210NandChip *c)
{
    switch (c->output) {
    case STATUS:
        return STATUS_READY | (c->failed ? STATUS_FAILED : 0);
    case ID:
        return next_of_id(c);
    case READ:                  /* also back from the status */
    case READ_DO:
    case READ_FOR_COPY:
    case READ_COLUMN_DO:
        return c->column < NAND_WHOLE_PAGE ? c->page[c->column++] : 0xff;
    default:
        return 0xff;
    }
}

/* A column from elsewhere must not lead out of the page: reads check it. */
const VMStateDescription vmstate_s5pv210_nand_chip = {
    .name = "s5pv210.nand-chip",
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT8_ARRAY(page, S5PV210NandChip, NAND_WHOLE_PAGE),
        VMSTATE_UINT8(command, S5PV210NandChip),
        VMSTATE_UINT8(output, S5PV210NandChip),
        VMSTATE_UINT8(failed, S5PV210NandChip),
        VMSTATE_UINT8(cycle, S5PV210NandChip),
        VMSTATE_UINT8_ARRAY(address, S5PV210NandChip, NAND_CYCLES),
        VMSTATE_UINT32(column, S5PV210NandChip),
        VMSTATE_END_OF_LIST()
    }
};
