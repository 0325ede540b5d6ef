/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/fimd.h - the display controller's registers, for its two
 * halves: fimd.c (registers and time) and fimd-draw.c (the picture).
 */
#ifndef HW_ARM_S5PV210_FIMD_H
#define HW_ARM_S5PV210_FIMD_H

#define FIMD_WINDOWS 5

enum {
    FIMD_VIDCON0 = 0x000,
    FIMD_VIDCON1 = 0x004,
    FIMD_VIDTCON0 = 0x010,
    FIMD_VIDTCON1 = 0x014,
    FIMD_VIDTCON2 = 0x018,
    FIMD_WINCON = 0x020,        /* + 4 * window */
    FIMD_SHADOWCON = 0x034,
    FIMD_VIDOSD = 0x040,        /* + 16 * window: A, B, C, D */
    FIMD_VIDWADD0 = 0x0a0,      /* + 8 * window: buffer 0, 1 */
    FIMD_VIDWADD2 = 0x100,      /* + 4 * window */
    FIMD_VIDINTCON0 = 0x130,
    FIMD_VIDINTCON1 = 0x134,
    FIMD_WKEYCON = 0x140,       /* + 8 * (window - 1): 0, 1 */
    FIMD_WINMAP = 0x180,        /* + 4 * window */
    FIMD_WPALCON_H = 0x19c,
    FIMD_WPALCON_L = 0x1a0,
    FIMD_VIDWALPHA = 0x21c,     /* + 8 * window: 0, 1 */
    FIMD_BLENDEQ = 0x244,       /* + 4 * (window - 1) */
    FIMD_BLENDCON = 0x260,
    FIMD_PALETTE_ALIAS = 0x400, /* of windows 0 and 1 */
    FIMD_PALETTE_ALIAS_END = 0xc00,
    FIMD_VIDWADD0_B2 = 0x20a0,  /* + 8 * window: buffer 2 */
    FIMD_PALETTE = 0x2400,      /* + 0x400 * window */
    FIMD_END = 0x4114,
};

#define FIMD_WINCON_BUFSEL0 (1u << 20)
#define FIMD_WINCON_BUFSTAT0 (1u << 21)
#define FIMD_WINCON_BUFSEL1 (1u << 30)
#define FIMD_WINCON_BUFSTAT1 (1u << 31)

/* The size of the panel, from VIDTCON2. */
static inline unsigned fimd_columns(const uint32_t *value)
{
    return extract32(value[FIMD_VIDTCON2 / 4], 0, 11) + 1;
}

static inline unsigned fimd_lines(const uint32_t *value)
{
    return extract32(value[FIMD_VIDTCON2 / 4], 11, 11) + 1;
}

/*
 * One line of the panel, all windows over each other, as 0x00rrggbb.  value
 * has all registers by offset / 4; pixel has place for fimd_columns().
 */
void fimd_draw_line(const uint32_t *value, unsigned line, uint32_t *pixel);

#endif
