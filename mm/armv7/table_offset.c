/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/armv7/table_offset.c - in the library: tables stand at their physical
 * address.
 *
 * For firmware that maps its tables flat, before and after the MMU comes on.
 * One that defines seam_table_offset itself is linked with that instead.
 */
#include "seam.h"

u32 seam_table_offset;
