/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/nand-chip.h - a NAND chip (K9F4G08: 512 MiB, pages of 2 KiB
 * and a spare area of 64 bytes): what its pins ask, what its cells hold.
 */
#ifndef HW_ARM_S5PV210_NAND_CHIP_H
#define HW_ARM_S5PV210_NAND_CHIP_H

#include "exec/memory.h"
#include "migration/vmstate.h"
#include "system/block-backend.h"

#define NAND_PAGE 2048
#define NAND_SPARE 64
#define NAND_WHOLE_PAGE (NAND_PAGE + NAND_SPARE)
#define NAND_BLOCK_PAGES 64
#define NAND_PAGES (4096 * NAND_BLOCK_PAGES)
/* Of the address: two of the column, three of the row. */
#define NAND_CYCLES 5

typedef struct S5PV210NandChip {
    MemoryRegion cells;         /* inverted, so that fresh memory is erased */
    BlockBackend *image;        /* or NULL */
    uint32_t image_pages;       /* that the image holds */
    uint32_t image_page;        /* bytes of each there: with or without spare */

    uint8_t page[NAND_WHOLE_PAGE];      /* the chip's page register */
    uint8_t command;
    uint8_t output;             /* the command whose answer is being read */
    uint8_t failed;
    uint8_t cycle;              /* address cycles since the command */
    uint8_t address[NAND_CYCLES];
    uint32_t column;            /* of the next byte */
} S5PV210NandChip;

/* The cells, erased or as the image has them.  Its realize calls this. */
bool nand_chip_start(S5PV210NandChip *c, Object *owner, Error **errp);

/* Power, or the pins of the controller, as at its reset; the cells stay. */
void nand_chip_reset(S5PV210NandChip *c);

/* A byte on the data lines: with CLE, with ALE, with neither. */
void nand_chip_command(S5PV210NandChip *c, uint8_t command);
void nand_chip_address(S5PV210NandChip *c, uint8_t address);
void nand_chip_write(S5PV210NandChip *c, uint8_t value);
uint8_t nand_chip_read(S5PV210NandChip *c);

extern const VMStateDescription vmstate_s5pv210_nand_chip;

#endif
