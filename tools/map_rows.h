/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tools/map_rows.h - a plan for programs to read.
 */
#ifndef TOOLS_MAP_ROWS_H
#define TOOLS_MAP_ROWS_H

#include "mm/check.h"

/** map_rows_show() - the board's plan, one record a line (tools/map_rows.c says which). */
void map_rows_show(const struct map_layout *lo);

#endif
