/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/g2d.c - FIMG2D 3: rectangles filled, copied and stretched in
 * memory, by raster operations.
 *
 * A command is done as soon as it is begun.  Rotation, alpha, patterns, masks
 * and colour keys are not modelled, and said so in the log.
 *
 *   sysbus irq 0: a command is done
 */
#include "qemu/osdep.h"
#include "exec/address-spaces.h"
#include "exec/memory.h"
#include "hw/irq.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qemu/bswap.h"
#include "qemu/log.h"
#include "qemu/module.h"
#include "s5pv210.h"
#include "store.h"

OBJECT_DECLARE_SIMPLE_TYPE(S5PV210G2dState, S5PV210_G2D)

#define SIZE 0x1000
#define END 0x728
#define SIDE 8192               /* no rectangle is larger */

enum {
    SOFT_RESET = 0x000,
    INTEN = 0x004,
    INTC_PEND = 0x00c,
    FIFO_STAT = 0x010,
    START = 0x100,
    COMMAND = 0x104,
    ROTATE = 0x200,
    SRC_DIRECTION = 0x204,
    DST_DIRECTION = 0x208,
    SRC = 0x300,                /* select, base, stride, mode, corners */
    DST = 0x400,
    CLIP = 0x600,
    ROP4 = 0x614,
    FG_COLOUR = 0x700,
    BG_COLOUR = 0x704,
    SRC_KEY = 0x710,
};

#define COMMAND_STRETCH 0x010
#define COMMAND_CLIP 0x100
#define COMMAND_OTHERS (~(COMMAND_STRETCH | COMMAND_CLIP))
#define ROP_COPY 0xcc

static const S5PV210Row rows_table[] = {
    { SOFT_RESET, INTEN, 0, 0xffffffff }, { INTC_PEND, INTC_PEND, 0, 0 },
    { FIFO_STAT, FIFO_STAT, 1, 0 }, { 0x014, 0x01c, 0, 0xffffffff },
    { START, COMMAND, 0, 0xffffffff }, { ROTATE, 0x208, 0, 0xffffffff },
    { SRC, 0x314, 0, 0xffffffff }, { DST, 0x414, 0, 0xffffffff },
    { 0x500, 0x510, 0, 0xffffffff }, { 0x520, 0x524, 0, 0xffffffff },
    { CLIP, 0x604, 0, 0xffffffff }, { 0x610, 0x618, 0, 0xffffffff },
    { FG_COLOUR, 0x708, 0, 0xffffffff }, { SRC_KEY, 0x724, 0, 0xffffffff },
};
static const S5PV210Rows rows = S5PV210_ROWS("fimg2d", rows_table);

struct S5PV210G2dState {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    S5PV210Unknown unknown;
    qemu_irq irq;
    uint32_t value[END / 4];
};

static uint32_t reg(const S5PV210G2dState *s, uint32_t offset)
{
    return s->value[offset / 4];
}

/* ---- pixels ---- */

/* Bits of alpha (or nothing), red, green, blue, by the mode's format. */
static const struct {
    uint8_t bytes, a, r, g, b;
} formats[8] = {
    { 4, 8, 8, 8, 8 }, { 4, 8, 8, 8, 8 }, { 2, 0, 5, 6, 5 }, { 2, 1, 5, 5, 5 },
    { 2, 1, 5, 5, 5 }, { 2, 4, 4, 4, 4 }, { 2, 4, 4, 4, 4 }, { 3, 0, 8, 8, 8 },
};

typedef struct Image {
    uint32_t base, stride, format, order;
    int left, top, right, bottom;       /* the last two are outside */
    bool flip_x, flip_y;
} Image;

static Image image_of(const S5PV210G2dState *s, uint32_t block,
                      uint32_t direction)
{
    uint32_t mode = reg(s, block + 0x0c);
    uint32_t first = reg(s, block + 0x10), last = reg(s, block + 0x14);

    return (Image) {
        .base = reg(s, block + 4), .stride = reg(s, block + 8) & 0xffff,
        .format = mode & 7, .order = extract32(mode, 4, 2),
        .left = extract32(first, 0, 13), .top = extract32(first, 16, 13),
        .right = extract32(last, 0, 13), .bottom = extract32(last, 16, 13),
        .flip_x = direction & 1, .flip_y = direction & 2,
    };
}

static hwaddr address(const Image *i, int x, int y)
{
    return i->base + (hwaddr)y * i->stride + x * formats[i->format].bytes;
}

/* What is no RAM gives nothing, and keeps nothing. */
static const MemTxAttrs ram_only = { .memory = 1 };

static uint32_t grow(uint32_t v, unsigned bits)
{
    return bits ? v * 255 / ((1u << bits) - 1) : 255;
}

/* The order RGBAX has the alpha last; AXBGR and BGRAX are those reversed. */
static uint32_t get_pixel(const uint8_t *from, const Image *i)
{
    unsigned a = formats[i->format].a, r = formats[i->format].r;
    unsigned g = formats[i->format].g, b = formats[i->format].b;
    unsigned tail = i->order & 1 ? a : 0;
    uint32_t v = formats[i->format].bytes == 2 ? lduw_le_p(from) :
                 formats[i->format].bytes == 4 ? (uint32_t)ldl_le_p(from) :
                 from[0] | from[1] << 8 | from[2] << 16;
    uint32_t alpha = grow(a ? extract32(v, tail ? 0 : r + g + b, a) : 0, a);
    uint32_t high = grow(extract32(v, tail + g + b, r), r);
    uint32_t low = grow(extract32(v, tail, b), b);

    if (i->order & 2) {
        uint32_t t = high;

        high = low;
        low = t;
    }
    return alpha << 24 | high << 16 |
           grow(extract32(v, tail + b, g), g) << 8 | low;
}

static void put_pixel(uint8_t *to, const Image *i, uint32_t argb)
{
    unsigned a = formats[i->format].a, r = formats[i->format].r;
    unsigned g = formats[i->format].g, b = formats[i->format].b;
    unsigned tail = i->order & 1 ? a : 0;
    uint32_t high = extract32(argb, 16, 8), low = extract32(argb, 0, 8), v;

    if (i->order & 2) {
        uint32_t t = high;

        high = low;
        low = t;
    }
    v = (high >> (8 - r) << (g + b) | extract32(argb, 8, 8) >> (8 - g) << b |
         low >> (8 - b)) << tail;
    if (a) {
        v |= (argb >> 24 >> (8 - a)) << (tail ? 0 : r + g + b);
    }
    for (unsigned n = 0; n < formats[i->format].bytes; n++) {
        to[n] = v >> 8 * n;
    }
}

/* A raster operation of source and destination; the third operand is 0. */
static uint32_t rop(uint8_t code, uint32_t source, uint32_t below)
{
    uint32_t v = 0;

    v |= code & 1 ? ~source & ~below : 0;
    v |= code & 2 ? ~source & below : 0;
    v |= code & 4 ? source & ~below : 0;
    v |= code & 8 ? source & below : 0;
    return v;
}

/* ---- a command ---- */

static void say_what_is_missing(const S5PV210G2dState *s)
{
    if (reg(s, COMMAND) & COMMAND_OTHERS || reg(s, ROTATE) ||
        reg(s, SRC_KEY) || reg(s, SRC_KEY + 0xc)) {
        qemu_log_mask(LOG_UNIMP, "fimg2d: command 0x%08x, rotation %u or a "
                      "colour key: that part is not modelled\n",
                      reg(s, COMMAND), reg(s, ROTATE));
    }
}

static void draw_row(S5PV210G2dState *s, const Image *src, const Image *dst,
                     int y, int from, int to)
{
    static const uint32_t colour[] = { 0, FG_COLOUR, BG_COLOUR, FG_COLOUR };
    uint32_t select = reg(s, SRC) & 3;
    unsigned in = formats[src->format].bytes, out = formats[dst->format].bytes;
    int width = dst->right - dst->left, height = dst->bottom - dst->top;
    int columns = src->right - src->left, lines = src->bottom - src->top;
    bool stretch = reg(s, COMMAND) & COMMAND_STRETCH;
    g_autofree uint8_t *row = g_malloc0(SIDE * 4);
    g_autofree uint8_t *source = g_malloc0(SIDE * 4);
    int line = stretch ? (int64_t)y * lines / height : y;

    if (!select) {
        if (line >= lines) {
            return;
        }
        line = src->flip_y != dst->flip_y ? src->bottom - 1 - line
                                          : src->top + line;
        address_space_read(&address_space_memory,
                           address(src, src->left, line), ram_only, source,
                           columns * in);
    }
    address_space_read(&address_space_memory,
                       address(dst, from, dst->top + y), ram_only, row,
                       (to - from) * out);
    for (int x = from; x < to; x++) {
        int column = x - dst->left;
        uint8_t *at = row + (x - from) * out;
        uint32_t argb = reg(s, colour[select]);

        if (!select) {
            column = stretch ? (int64_t)column * columns / width : column;
            if (column >= columns) {
                break;
            }
            column = src->flip_x != dst->flip_x ? columns - 1 - column : column;
            argb = get_pixel(source + column * in, src);
        }
        put_pixel(at, dst, (reg(s, ROP4) & 0xff) == ROP_COPY ? argb :
                  rop(reg(s, ROP4), argb, get_pixel(at, dst)));
    }
    address_space_write(&address_space_memory,
                        address(dst, from, dst->top + y), ram_only, row,
                        (to - from) * out);
}

static void draw(S5PV210G2dState *s)
{
    Image src = image_of(s, SRC, reg(s, SRC_DIRECTION));
    Image dst = image_of(s, DST, reg(s, DST_DIRECTION));
    int from = dst.left, to = dst.right, top = 0, bottom = SIDE;

    say_what_is_missing(s);
    if (reg(s, COMMAND) & COMMAND_CLIP) {
        from = MAX(from, extract32(reg(s, CLIP), 0, 13));
        to = MIN(to, extract32(reg(s, CLIP + 4), 0, 13));
        top = extract32(reg(s, CLIP), 16, 13);
        bottom = extract32(reg(s, CLIP + 4), 16, 13);
    }
    if (from >= to || (!(reg(s, SRC) & 3) && src.left >= src.right)) {
        return;
    }
    for (int y = MAX(dst.top, top); y < MIN(dst.bottom, bottom); y++) {
        draw_row(s, &src, &dst, y - dst.top, from, to);
    }
}

/* ---- registers ---- */

static void g2d_update_irq(S5PV210G2dState *s)
{
    qemu_set_irq(s->irq, reg(s, INTEN) & reg(s, INTC_PEND) & 1);
}

static uint32_t g2d_read(S5PV210G2dState *s, uint32_t offset)
{
    return s5pv210_rows_read(&rows, s->value, &s->unknown, offset);
}

static void g2d_write(S5PV210G2dState *s, uint32_t offset, uint32_t value,
                      uint32_t lanes)
{
    if (offset == INTC_PEND) {
        s->value[INTC_PEND / 4] &= ~value;
    } else if (s5pv210_rows_write(&rows, s->value, &s->unknown, offset, value,
                                  lanes)) {
        if (offset == SOFT_RESET && value & 1) {
            s5pv210_rows_reset(&rows, s->value);
        }
        if (offset == START && value & 1) {
            draw(s);
            s->value[START / 4] = 0;
            s->value[INTC_PEND / 4] |= 1;
        }
    }
    g2d_update_irq(s);
}

S5PV210_WORD_OPS(g2d, S5PV210G2dState);

static void g2d_reset_hold(Object *obj, ResetType type)
{
    s5pv210_rows_reset(&rows, S5PV210_G2D(obj)->value);
}

static void g2d_reset_exit(Object *obj, ResetType type)
{
    g2d_update_irq(S5PV210_G2D(obj));
}

static void g2d_init(Object *obj)
{
    S5PV210G2dState *s = S5PV210_G2D(obj);

    s->unknown.block = "fimg2d";
    memory_region_init_io(&s->iomem, obj, &g2d_ops, s, "s5pv210.fimg2d", SIZE);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
    sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->irq);
}

static const VMStateDescription g2d_vmstate = {
    .name = TYPE_S5PV210_G2D,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT32_ARRAY(value, S5PV210G2dState, END / 4),
        VMSTATE_END_OF_LIST()
    }
};

static void g2d_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    ResettableClass *rc = RESETTABLE_CLASS(klass);

    dc->vmsd = &g2d_vmstate;
    dc->user_creatable = false;
    rc->phases.hold = g2d_reset_hold;
    rc->phases.exit = g2d_reset_exit;
}

static const TypeInfo g2d_info = {
    .name = TYPE_S5PV210_G2D,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S5PV210G2dState),
    .instance_init = g2d_init,
    .class_init = g2d_class_init,
};

static void g2d_register(void)
{
    type_register_static(&g2d_info);
}

type_init(g2d_register)
