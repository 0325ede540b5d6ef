/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot/bl1/crc32.h - CRC-32 as in IEEE 802.3, gzip and PNG.
 */
#ifndef BOOT_BL1_CRC32_H
#define BOOT_BL1_CRC32_H

#include "mm/types.h"

/**
 * crc32() - go on with a CRC-32
 * @crc:  what crc32() returned for the bytes before; 0 for the first
 * @from: any alignment; read byte by byte, so device memory will do
 */
u32 crc32(u32 crc, const void *from, u32 bytes);

#endif
