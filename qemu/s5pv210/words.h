/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/words.h - blocks of 32-bit registers, which a guest may
 * access by any width.
 *
 * A block gives two functions that know whole words only:
 *
 *   uint32_t PREFIX_read(STATE *s, uint32_t offset);
 *   void PREFIX_write(STATE *s, uint32_t offset, uint32_t value,
 *                     uint32_t lanes);
 *
 * offset is a multiple of 4.  lanes has the bits that the access drives: all
 * of them for str, eight for strb.  value is 0 elsewhere, so that a
 * write-1-to-clear register may ignore lanes and one that is stored uses
 * s5pv210_merge().
 */
#ifndef HW_ARM_S5PV210_WORDS_H
#define HW_ARM_S5PV210_WORDS_H

#include "exec/memory.h"
#include "qemu/bitops.h"

static inline uint32_t s5pv210_merge(uint32_t old, uint32_t value,
                                     uint32_t lanes, uint32_t writable)
{
    lanes &= writable;
    return (old & ~lanes) | (value & lanes);
}

static inline uint32_t s5pv210_lanes(hwaddr offset, unsigned size)
{
    return MAKE_64BIT_MASK((offset & 3) * 8, size * 8);
}

/* What no block models: the block's name, and which words were seen. */
typedef struct S5PV210Unknown {
    const char *block;
    GHashTable *seen;
} S5PV210Unknown;

/* Say once for each (block, word) that it is not modelled. */
void s5pv210_unknown(S5PV210Unknown *u, uint32_t offset, bool is_write,
                     uint32_t value);

#define S5PV210_WORD_OPS(prefix, STATE)                                       \
    static uint64_t prefix##_mmio_read(void *opaque, hwaddr offset,           \
                                       unsigned size)                         \
    {                                                                         \
        uint32_t word = prefix##_read((STATE *)opaque, offset & ~3);          \
                                                                              \
        return extract32(word, (offset & 3) * 8, size * 8);                   \
    }                                                                         \
    static void prefix##_mmio_write(void *opaque, hwaddr offset,              \
                                    uint64_t value, unsigned size)            \
    {                                                                         \
        uint32_t lanes = s5pv210_lanes(offset, size);                         \
                                                                              \
        prefix##_write((STATE *)opaque, offset & ~3,                          \
                       (uint32_t)(value << (offset & 3) * 8) & lanes, lanes); \
    }                                                                         \
    static const MemoryRegionOps prefix##_ops = {                             \
        .read = prefix##_mmio_read,                                           \
        .write = prefix##_mmio_write,                                         \
        .endianness = DEVICE_LITTLE_ENDIAN,                                   \
        .valid.min_access_size = 1,                                           \
        .valid.max_access_size = 8,                                           \
        .impl.min_access_size = 1,                                            \
        .impl.max_access_size = 4,                                            \
    }

#endif
