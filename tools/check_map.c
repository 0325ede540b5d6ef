/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tools/check_map.c - a board's map table, checked and planned on the host by
 * the code that checks it at boot.
 *
 * usage: check-map [--image LOADADDR TEXT RODATA TOTAL]
 * Without --image the table is checked without the image's own needs.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board/board.h"
#include "mm/check.h"
#include "mm/log.h"

static void print_line(const char *line)
{
	puts(line);
}

static int usage(const char *why, const char *what)
{
	fprintf(stderr, "check-map: %s%s\n", why, what);
	fprintf(stderr, "usage: check-map [--image LOADADDR TEXT RODATA TOTAL]\n");
	return 2;
}

static int number(const char *word, u32 *out)
{
	char *end;
	unsigned long v;

	errno = 0;
	v = strtoul(word, &end, 0);
	if (errno || end == word || *end || v > 0xffffffffu || *word == '-')
		return -1;
	*out = (u32)v;
	return 0;
}

static int read_image(char **words, struct map_image *im)
{
	u32 *fields[] = { &im->phys, &im->text, &im->rodata, &im->total };

	for (size_t i = 0; i < ARRAY_SIZE(fields); i++) {
		if (number(words[i], fields[i]))
			return usage("not a 32-bit number: ", words[i]);
		if (*fields[i] % PAGE_SIZE)
			return usage("not a multiple of 4 KiB: ", words[i]);
	}
	return 0;
}

static pa_t console_address(void)
{
	for (unsigned int i = 0; i < board_device_rows; i++)
		if (board_devices[i].class == DEV_CONSOLE)
			return board_devices[i].phys;
	return 0;
}

int main(int argc, char **argv)
{
	struct map_layout lo = { .tables = MM_TABLES, .supersections = true };
	u32 refused;

	if (argc != 1 && (argc != 6 || strcmp(argv[1], "--image")))
		return usage("unexpected arguments", "");
	if (argc == 6 && read_image(argv + 2, &lo.image))
		return 2;
	lo.console = console_address();
	mm_set_log(print_line);
	refused = map_check(map_io, map_io_rows, &lo);
	if (refused) {
		printf("check-map: %s: %u mistakes, the table is refused\n", board_name, refused);
		return 1;
	}
	printf("check-map: %s: %u rows, accepted\n", board_name, map_io_rows);
	map_plan_show(map_io, map_io_rows, &lo);
	return 0;
}
