/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/store.h - registers that only keep what was written, by
 * table; and the blocks that consist of nothing else.
 */
#ifndef HW_ARM_S5PV210_STORE_H
#define HW_ARM_S5PV210_STORE_H

#include "hw/sysbus.h"
#include "words.h"

/* The words first..last (offsets) have this reset value and writable bits. */
typedef struct S5PV210Row {
    uint16_t first, last;
    uint32_t reset;
    uint32_t writable;
} S5PV210Row;

typedef struct S5PV210Rows {
    const char *block;
    const S5PV210Row *row;
    unsigned rows;
} S5PV210Rows;

#define S5PV210_ROWS(name, table) { name, table, ARRAY_SIZE(table) }

/* The row of a word, or NULL: the block has no such register. */
const S5PV210Row *s5pv210_row(const S5PV210Rows *rows, uint32_t offset);

/* value[] has one element for each word of the block. */
void s5pv210_rows_reset(const S5PV210Rows *rows, uint32_t *value);

/* A stored register; what is in no row is reported as unknown and reads 0. */
uint32_t s5pv210_rows_read(const S5PV210Rows *rows, const uint32_t *value,
                           S5PV210Unknown *unknown, uint32_t offset);

/* Returns whether there is such a register. */
bool s5pv210_rows_write(const S5PV210Rows *rows, uint32_t *value,
                        S5PV210Unknown *unknown, uint32_t offset,
                        uint32_t written, uint32_t lanes);

/* Blocks without behaviour: one 4 KiB region each. */
#define TYPE_S5PV210_NFECC "s5pv210.nfecc"
#define TYPE_S5PV210_DMC "s5pv210.dmc"
#define TYPE_S5PV210_SROMC "s5pv210.sromc"
#define TYPE_S5PV210_TZPC "s5pv210.tzpc"
#define TYPE_S5PV210_ASYNC "s5pv210.async"
#define TYPE_S5PV210_AUDSS "s5pv210.audss"
#define TYPE_S5PV210_AC97 "s5pv210.ac97"
#define TYPE_S5PV210_PCM "s5pv210.pcm"
#define TYPE_S5PV210_SPDIF "s5pv210.spdif"
#define TYPE_S5PV210_OTG "s5pv210.otg"
#define TYPE_S5PV210_USBPHY "s5pv210.usbphy"

#endif
