/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tools/flat_memory.h - memory for translation tables, for host tools.
 */
#ifndef TOOLS_FLAT_MEMORY_H
#define TOOLS_FLAT_MEMORY_H

#include "mm/types.h"

/** flat_memory() - @bytes of zeroes at physical @first: the only memory there is. */
void flat_memory(pa_t first, u32 bytes);

#endif
