/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/fimd-draw.c - the display controller's picture: windows read
 * from memory, converted and laid over each other.
 *
 * Nothing a guest writes makes this read anything but RAM, or more than a
 * line of 2048 pixels at a time.
 */
#include "qemu/osdep.h"
#include "exec/address-spaces.h"
#include "exec/memory.h"
#include "qemu/bitops.h"
#include "qemu/bswap.h"
#include "qemu/host-utils.h"
#include "fimd.h"

#define COLUMNS_MAX 2048

/* The panel's red lines carry the pixels' blue. */
#define VIDCON0_BGR (1u << 17)

#define WINCON_ENABLE (1u << 0)
#define WINCON_ALPHA_SEL (1u << 1)
#define WINCON_BLEND_PIXEL (1u << 6)
#define WINCON_SWAP_WORD (1u << 15)
#define WINCON_SWAP_HALFWORD (1u << 16)
#define WINCON_SWAP_BYTE (1u << 17)
#define WINCON_SWAP_BIT (1u << 18)
#define WINCON_SWAPS (15u << 15)
#define WINMAP_ENABLE (1u << 24)
#define KEY_WHERE_BACKGROUND (1u << 24)
#define KEY_ENABLE (1u << 25)

/* Bits of each part of a pixel, from the top: alpha, red, green, blue. */
typedef struct Format {
    uint8_t pixel;              /* bits from one pixel to the next */
    uint8_t a, r, g, b;
    bool palette;
    bool intensity;             /* alpha is the lowest bit of each colour */
} Format;

/* By WINCON's BPPMODE. */
static const Format formats[16] = {
    { 1, 0, 0, 0, 1, .palette = true }, { 2, 0, 0, 0, 2, .palette = true },
    { 4, 0, 0, 0, 4, .palette = true }, { 8, 0, 0, 0, 8, .palette = true },
    { 8, 1, 2, 3, 2 }, { 16, 0, 5, 6, 5 }, { 16, 1, 5, 5, 5 },
    { 16, 1, 5, 5, 5, .intensity = true },
    { 32, 0, 6, 6, 6 }, { 32, 1, 6, 6, 5 }, { 32, 1, 6, 6, 6 },
    { 32, 0, 8, 8, 8 }, { 32, 1, 8, 8, 7 }, { 32, 1, 8, 8, 8 },
    { 16, 1, 4, 4, 4 }, { 16, 0, 5, 5, 5 },
};
#define MODE_A888 13
#define MODE_A444 14

/* By WPALCON's field of a window. */
static const Format palette_formats[8] = {
    { 32, 1, 8, 8, 8 }, { 32, 0, 8, 8, 8 }, { 32, 1, 6, 6, 6 },
    { 32, 1, 6, 6, 5 }, { 32, 0, 6, 6, 6 }, { 32, 1, 5, 5, 5 },
    { 32, 0, 5, 6, 5 }, { 32, 8, 8, 8, 8 },
};

typedef struct Colour {
    uint8_t r, g, b;
    uint8_t a;                  /* as it stands in the pixel... */
    uint8_t a_bits;             /* ... in so many bits */
} Colour;

typedef struct Window {
    const uint32_t *value;
    unsigned n;
    uint32_t wincon;
    Format format;
    Format palette;
    Colour alpha[2];            /* of each colour, plane or AEN */
} Window;

static uint32_t reg(const uint32_t *value, uint32_t offset)
{
    return value[offset / 4];
}

/* The same brightness in eight bits: the bits repeated. */
static uint8_t widen(uint32_t v, unsigned bits)
{
    uint32_t wide = 0;

    for (int shift = 8 - (int)bits; bits && shift > -8; shift -= bits) {
        wide |= shift >= 0 ? v << shift : v >> -shift;
    }
    return wide;
}

static Colour colour_of(uint32_t v, const Format *f)
{
    uint32_t b = extract32(v, 0, f->b);
    uint32_t g = extract32(v, f->b, f->g);
    uint32_t r = extract32(v, f->b + f->g, f->r);
    uint32_t a = f->a ? extract32(v, f->b + f->g + f->r, f->a) : 0;

    if (f->intensity) {
        return (Colour) {
            widen(r << 1 | a, f->r + 1), widen(g << 1 | a, f->g + 1),
            widen(b << 1 | a, f->b + 1),
        };
    }
    return (Colour) {
        widen(r, f->r), widen(g, f->g), widen(b, f->b), a, f->a
    };
}

/* ---- what a window is ---- */

static unsigned palette_mode(const uint32_t *value, unsigned n)
{
    uint32_t h = reg(value, FIMD_WPALCON_H), l = reg(value, FIMD_WPALCON_L);

    if (n < 2) {
        return extract32(l, 3 * n, 3);
    }
    return extract32(l, 4 + n, 1) | extract32(h, 4 * n + 1, 2) << 1;
}

/* Four bits of each in VIDOSDnC, the lower four of BLENDCON's eight apart. */
static Colour plane_alpha(const uint32_t *value, unsigned n, int which)
{
    uint32_t high = reg(value, FIMD_VIDOSD + 16 * n + 8) >> (which ? 0 : 12);
    uint32_t low = reg(value, FIMD_VIDWALPHA + 8 * n + 4 * which);
    bool eight = reg(value, FIMD_BLENDCON) & 1;
    uint8_t part[3];

    for (int i = 0; i < 3; i++) {
        uint32_t h = extract32(high, 4 * i, 4);

        part[i] = h << 4 | (eight ? extract32(low, 8 * i, 4) : h);
    }
    return (Colour) { .r = part[2], .g = part[1], .b = part[0] };
}

static Window window_of(const uint32_t *value, unsigned n)
{
    Window w = {
        .value = value, .n = n, .wincon = reg(value, FIMD_WINCON + 4 * n),
        .palette = palette_formats[palette_mode(value, n)],
    };
    unsigned mode = extract32(w.wincon, 2, 4);

    w.format = formats[mode];
    if (w.wincon & WINCON_ALPHA_SEL && w.wincon & WINCON_BLEND_PIXEL) {
        w.format.a = mode == MODE_A888 ? 8 : mode == MODE_A444 ? 4 :
                     w.format.a;
    }
    for (int i = 0; n && i < 2; i++) {
        w.alpha[i] = plane_alpha(value, n, i);
    }
    return w;
}

static bool window_shown(const uint32_t *value, unsigned n)
{
    return reg(value, FIMD_WINCON + 4 * n) & WINCON_ENABLE &&
           extract32(reg(value, FIMD_SHADOWCON), n, 1);
}

static uint32_t buffer_of(const Window *w)
{
    if (w->wincon & FIMD_WINCON_BUFSEL1) {
        return reg(w->value, FIMD_VIDWADD0_B2 + 8 * w->n);
    }
    return reg(w->value, FIMD_VIDWADD0 + 8 * w->n +
                         (w->wincon & FIMD_WINCON_BUFSEL0 ? 4 : 0));
}

/* Without VIDWnADD2 one line follows the other. */
static uint32_t stride_of(const Window *w, unsigned columns)
{
    uint32_t add2 = reg(w->value, FIMD_VIDWADD2 + 4 * w->n);
    uint32_t page = extract32(add2, 0, 13);

    if (!page) {
        page = DIV_ROUND_UP(columns * w->format.pixel, 8);
    }
    return page + extract32(add2, 13, 13);
}

/* ---- pixels from memory ---- */

/* The controller reads 64 bits, the first pixel at the top. */
static uint64_t swap(uint64_t v, uint32_t wincon)
{
    if (wincon & WINCON_SWAP_BIT) {
        v = revbit64(v);
    }
    if (wincon & WINCON_SWAP_BYTE) {
        v = bswap64(v);
    }
    if (wincon & WINCON_SWAP_HALFWORD) {
        v = hswap64(v);
    }
    if (wincon & WINCON_SWAP_WORD) {
        v = wswap64(v);
    }
    return v;
}

/* What is no RAM is shown black. */
static void fetch(hwaddr from, uint8_t *to, unsigned size)
{
    MemTxAttrs ram_only = { .memory = 1 };

    if (address_space_read(&address_space_memory, from, ram_only, to, size) !=
        MEMTX_OK) {
        memset(to, 0, size);
    }
}

static void window_line(const Window *w, unsigned line, unsigned columns,
                        Colour *pixel)
{
    uint8_t bytes[COLUMNS_MAX * 4 + 8];
    unsigned per_read = 64 / w->format.pixel;
    uint64_t v = 0;

    fetch(buffer_of(w) + (hwaddr)line * stride_of(w, columns), bytes,
          DIV_ROUND_UP(columns, per_read) * 8);
    for (unsigned x = 0; x < columns; x++) {
        uint32_t p;

        if (x % per_read == 0) {
            v = swap(ldq_le_p(&bytes[x / per_read * 8]), w->wincon);
        }
        p = extract64(v, 64 - (x % per_read + 1) * w->format.pixel,
                      w->format.pixel);
        if (w->format.palette) {
            pixel[x] = colour_of(reg(w->value, FIMD_PALETTE + 0x400 * w->n +
                                               4 * p), &w->palette);
        } else {
            pixel[x] = colour_of(p, &w->format);
        }
    }
}

/* One colour instead of the memory. */
static void map_line(uint32_t winmap, unsigned columns, Colour *pixel)
{
    static const Format rgb888 = { 32, 0, 8, 8, 8 };

    for (unsigned x = 0; x < columns; x++) {
        pixel[x] = colour_of(winmap, &rgb888);
    }
}

/* ---- one window over what is below ---- */

static Colour alpha_of(const Window *w, const Colour *p)
{
    bool select = w->wincon & WINCON_ALPHA_SEL;
    uint8_t a;

    if (!(w->wincon & WINCON_BLEND_PIXEL)) {
        return w->alpha[select];
    }
    if (p->a_bits <= 1) {
        return w->alpha[p->a];
    }
    a = widen(p->a, p->a_bits);
    return (Colour) { a, a, a };
}

/* BLENDEQ's factor of a colour; what is below has no alpha of its own. */
static unsigned factor(unsigned code, uint8_t alpha, uint8_t alpha0, uint8_t a,
                       uint8_t b)
{
    switch (code) {
    case 1:
    case 5:
        return 255;
    case 2:
        return alpha;
    case 3:
        return 255 - alpha;
    case 6:
        return alpha0;
    case 10:
        return a;
    case 11:
        return 255 - a;
    case 12:
        return b;
    case 13:
        return 255 - b;
    default:
        return 0;
    }
}

static uint8_t mix(uint32_t equation, uint8_t alpha, uint8_t alpha0, uint8_t a,
                   uint8_t b)
{
    unsigned fa = factor(extract32(equation, 0, 4), alpha, alpha0, a, b);
    unsigned fb = factor(extract32(equation, 6, 4), alpha, alpha0, a, b);

    return MIN((a * fa + b * fb + 127) / 255, 255);
}

static uint32_t blend(const Window *w, const Colour *p, uint32_t below)
{
    uint32_t equation = reg(w->value, FIMD_BLENDEQ + 4 * (w->n - 1));
    const Colour *alpha0 = &w->alpha[0];
    Colour alpha = alpha_of(w, p);

    return mix(equation, alpha.r, alpha0->r, p->r, below >> 16) << 16 |
           mix(equation, alpha.g, alpha0->g, p->g, below >> 8) << 8 |
           mix(equation, alpha.b, alpha0->b, p->b, below);
}

static uint32_t rgb(const Colour *p)
{
    return p->r << 16 | p->g << 8 | p->b;
}

/* The colour key's verdict: is this pixel of the window left out? */
static bool keyed_out(const Window *w, uint32_t above, uint32_t below)
{
    uint32_t con = reg(w->value, FIMD_WKEYCON + 8 * (w->n - 1));
    uint32_t key = reg(w->value, FIMD_WKEYCON + 8 * (w->n - 1) + 4);
    uint32_t ignored = con & 0xffffff;

    if (!(con & KEY_ENABLE)) {
        return false;
    }
    if (con & KEY_WHERE_BACKGROUND) {
        return ((below ^ key) & 0xffffff & ~ignored) != 0;
    }
    return ((above ^ key) & 0xffffff & ~ignored) == 0;
}

/* The lowest window that is shown has nothing to be blended with. */
static void lay_over(const Window *w, const Colour *from, unsigned columns,
                     bool lowest, uint32_t *to)
{
    for (unsigned x = 0; x < columns; x++) {
        if (lowest) {
            to[x] = rgb(&from[x]);
        } else if (!keyed_out(w, rgb(&from[x]), to[x])) {
            to[x] = blend(w, &from[x], to[x]);
        }
    }
}

/*
 * What nearly every program shows, without the long way: one window with 24
 * bits in words, of which so many are seen.
 */
static bool draw_plain(const Window *w, unsigned line, unsigned columns,
                       unsigned seen, uint32_t *to)
{
    const Format *f = &w->format;

    if (f->r != 8 || f->g != 8 || f->b != 8 ||
        (w->wincon & WINCON_SWAPS) != WINCON_SWAP_WORD) {
        return false;
    }
    fetch(buffer_of(w) + (hwaddr)line * stride_of(w, columns), (uint8_t *)to,
          seen * 4);
    for (unsigned x = 0; x < seen; x++) {
        to[x] = le32_to_cpu(to[x]) & 0xffffff;
    }
    return true;
}

static void draw_window(const uint32_t *value, unsigned n, unsigned y,
                        unsigned columns, bool lowest, uint32_t *pixel)
{
    uint32_t a = reg(value, FIMD_VIDOSD + 16 * n);
    uint32_t b = reg(value, FIMD_VIDOSD + 16 * n + 4);
    uint32_t winmap = reg(value, FIMD_WINMAP + 4 * n);
    unsigned left = extract32(a, 11, 11), top = extract32(a, 0, 11);
    unsigned right = extract32(b, 11, 11), bottom = extract32(b, 0, 11);
    unsigned width = right - left + 1, seen = MIN(right + 1, columns) - left;
    Window w = window_of(value, n);
    Colour line[COLUMNS_MAX];

    if (y < top || y > bottom || right < left || left >= columns) {
        return;
    }
    if (winmap & WINMAP_ENABLE) {
        map_line(winmap, width, line);
    } else if (lowest && draw_plain(&w, y - top, width, seen, pixel + left)) {
        return;
    } else {
        window_line(&w, y - top, width, line);
    }
    lay_over(&w, line, seen, lowest, pixel + left);
}

void fimd_draw_line(const uint32_t *value, unsigned line, uint32_t *pixel)
{
    unsigned columns = fimd_columns(value);
    bool lowest = true;

    memset(pixel, 0, columns * sizeof(*pixel));
    for (unsigned n = 0; n < FIMD_WINDOWS; n++) {
        if (window_shown(value, n)) {
            draw_window(value, n, line, columns, lowest, pixel);
            lowest = false;
        }
    }
    for (unsigned x = 0; reg(value, FIMD_VIDCON0) & VIDCON0_BGR && x < columns;
         x++) {
        pixel[x] = bswap32(pixel[x]) >> 8;
    }
}
