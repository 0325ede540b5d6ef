/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/irom.h - what the boot ROM's program (irom-code.c, for the
 * guest's core) and the model (irom.c, for the host) say to each other.
 *
 * The last words of the ROM's window: the model puts an entry address there
 * when -kernel has loaded a program, and a store to one of the others, which
 * has no effect on the chip, tells the model what the boot ROM found.
 */
#ifndef HW_ARM_S5PV210_IROM_H
#define HW_ARM_S5PV210_IROM_H

#define IROM_ENTRY 0xffe0       /* 0: boot from a medium */
#define IROM_ARG0 0xfff0
#define IROM_ARG1 0xfff4
#define IROM_ARG2 0xfff8
#define IROM_EVENT 0xfffc

/* No other program's store to the ROM is taken for an event. */
#define IROM_EVENT_KEY 0xb0075000
#define IROM_EVENT_MASK 0xff

/* Events, with their arguments; "channel" is the card's. */
enum {
    IROM_NONE,
    IROM_OM_OTHER,              /* OM: its first medium is not there */
    IROM_NO_CARD,               /* channel */
    IROM_CARD_FAILED,           /* channel, command, its argument */
    IROM_BLANK,                 /* channel */
    IROM_CHECKSUM,              /* channel | sum << 8, stated sum, size word */
    IROM_ENTER,                 /* address, channel or IROM_NOT_A_CARD */
    IROM_UART,
    IROM_UART_SIZE,             /* size */
    IROM_USB,
    IROM_EXCEPTION,             /* entry of the vector table, return address */
    IROM_RETURNED,
    IROM_COPY_MISSING,          /* address of the function's pointer */
    IROM_COPY_FAILED,           /* channel, sector, command + 1 or 0: no card */
};

#define IROM_NOT_A_CARD 0xff
#define IROM_NAND 0xfe          /* in the place of a channel */

/* BL1 with its header is at most this long, and lies here. */
#define BL1_SIZE 16384
#define BL1_BASE 0xd0020000
#define BL1_HEADER 16

static inline uint32_t bl1_word(const uint8_t *bl1, uint32_t at)
{
    return bl1[at] | bl1[at + 1] << 8 | bl1[at + 2] << 16 |
           (uint32_t)bl1[at + 3] << 24;
}

/* The sum of the bytes after the header, up to an offset. */
static inline uint32_t bl1_sum(const uint8_t *bl1, uint32_t to)
{
    uint32_t sum = 0;

    for (uint32_t i = BL1_HEADER; i < to; i++) {
        sum += bl1[i];
    }
    return sum;
}

/*
 * Tools disagree on the word of the size: nothing, a text, the length with
 * the header, or without it.  The sum over what one of them means must fit.
 */
static inline bool bl1_fits(const uint8_t *bl1)
{
    uint32_t size = bl1_word(bl1, 0), stated = bl1_word(bl1, 8);

    if (stated == bl1_sum(bl1, BL1_SIZE)) {
        return true;
    }
    if (size <= BL1_HEADER || size > BL1_SIZE) {
        return false;
    }
    return stated == bl1_sum(bl1, size) ||
           (size + BL1_HEADER <= BL1_SIZE &&
            stated == bl1_sum(bl1, size + BL1_HEADER));
}

#endif
