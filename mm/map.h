/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/map.h - one row of a board's map, and the macros that write it.
 *
 * A row is plain data without pointers (the name stands inside it), because
 * the table is read at its physical address before the MMU is on.
 */
#ifndef MM_MAP_H
#define MM_MAP_H

#include "mm/layout.h"
#include "mm/types.h"

/*
 * A type word: how the memory behaves (bits 1:0), and what may be done there.
 * Named after Linux's MT_*; ARM's term in brackets.
 */
enum {
	MEM_SO = 0, /* strongly-ordered */
	MEM_DEVICE = 1, /* device */
	MEM_NC = 2, /* normal, non-cacheable */
	MEM_CACHED = 3, /* normal, write-back write-allocate */
	MEM_KIND = 3, /* the mask for the above */
	MAP_WRITE = 4,
	MAP_EXEC = 8,
	MAP_IS_RAM = 16, /* goes into the linear map */
	MAP_NOMAP = 32, /* known, but not mapped */
};

#define MT_DEVICE (MEM_DEVICE | MAP_WRITE)
#define MT_UNCACHED (MEM_SO | MAP_WRITE)
#define MT_DEVICE_WC (MEM_NC | MAP_WRITE)
#define MT_DEVICE_CACHED (MEM_CACHED | MAP_WRITE)
#define MT_ROM (MEM_CACHED | MAP_EXEC)
#define MT_MEMORY_RO MEM_CACHED
#define MT_MEMORY_RW (MEM_CACHED | MAP_WRITE | MAP_IS_RAM)
#define MT_MEMORY_RWX (MEM_CACHED | MAP_WRITE | MAP_EXEC) /* always refused */
#define MT_RAM_NOMAP (MEM_CACHED | MAP_IS_RAM | MAP_NOMAP)

#define MAP_NAME_LEN 16

/**
 * struct map_desc - one row of the map
 * @name:    who this is, at most 15 characters; every refusal says it
 * @virtual: where it appears, 4 KiB aligned; 0 in a RAM row (it goes to
 *           PAGE_OFFSET + distance from the first RAM row)
 * @pfn:     page frame number of the physical start (Linux's term)
 * @offset:  what the physical start had below a page; anything but 0 is refused
 * @length:  bytes, a multiple of 4 KiB
 * @type:    MT_*
 *
 * Write rows with the macros below, so that the struct can grow.
 */
struct map_desc {
	char name[MAP_NAME_LEN];
	u32 virtual;
	u32 pfn;
	u32 offset;
	u32 length;
	u32 type;
};

#define MAP_ROW(_name, _virtual, _phys, _length, _type)                                            \
	{                                                                                          \
		.name = _name, .virtual = (_virtual), .pfn = __phys_to_pfn(_phys),                 \
		.offset = (_phys) & (PAGE_SIZE - 1), .length = (_length), .type = (_type)          \
	}

/** Registers at a fixed virtual address. */
#define MAP_DEVICE(_name, _virtual, _phys, _length)                                                \
	MAP_ROW(_name, _virtual, _phys, _length, MT_DEVICE)
/** RAM: becomes part of the linear map. */
#define MAP_RAM(_name, _phys, _length) MAP_ROW(_name, 0, _phys, _length, MT_MEMORY_RW)
/** RAM kept out of the linear map (frame buffer, carve-out): may be ioremapped. */
#define MAP_RAM_NOMAP(_name, _phys, _length) MAP_ROW(_name, 0, _phys, _length, MT_RAM_NOMAP)

static inline pa_t map_phys(const struct map_desc *row)
{
	return __pfn_to_phys(row->pfn);
}

#endif
