/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tools/check_map.c - a board's map table, checked and planned on the host by
 * the code that checks it at boot.
 *
 * usage: check-map [--rows] [--image ...]
 * Without --image the table is checked without the image's own needs.
 * --rows: the plan for programs to read, in the words of tools/map_rows.c.
 */
#include <stdio.h>
#include <string.h>

#include "board/board.h"
#include "mm/check.h"
#include "mm/log.h"
#include "tools/check_devices.h"
#include "tools/host_image.h"
#include "tools/map_rows.h"

static void print_line(const char *line)
{
	puts(line);
}

static int usage(const char *why, const char *what)
{
	fprintf(stderr, "check-map: %s%s\n", why, what);
	fprintf(stderr, "usage: check-map [--rows] [" HOST_IMAGE_USAGE "]\n");
	return 2;
}

static pa_t console_address(void)
{
	for (unsigned int i = 0; i < board_device_rows; i++)
		if (board_devices[i].class == DEV_CONSOLE)
			return board_devices[i].phys;
	return 0;
}

/* What follows --image, if that is all there is. */
static int read_image(int n, char **words, struct map_image *image)
{
	const char *bad;
	pa_t tables;

	if (n != 1 + HOST_IMAGE_WORDS || strcmp(words[0], "--image"))
		return usage("unexpected arguments", "");
	bad = host_image(words + 1, image, &tables);
	return bad ? usage("not a 32-bit number of whole pages: ", bad) : 0;
}

/*
 * The build puts this program to build/host/NAME/, for board/NAME: a copied
 * board.c that still has the other's name would go out under it.
 */
static u32 check_name(const char *program)
{
	static const char parent[] = "build/host/";
	const char *name = strstr(program, parent), *end;

	if (!name)
		return 0;
	name += strlen(parent);
	end = strchr(name, '/');
	if (!end || strcmp(end, "/check-map"))
		return 0;
	if (strlen(board_name) == (size_t)(end - name) &&
	    !strncmp(board_name, name, (size_t)(end - name)))
		return 0;
	printf("map: board/%.*s/board.c says BOARD(\"%s\")\n"
	       "map:   fix: write BOARD(\"%.*s\"), the folder's name\n",
	       (int)(end - name), name, board_name, (int)(end - name), name);
	return 1;
}

static int check(const char *program, const struct map_layout *lo)
{
	u32 refused = map_check(map_io, map_io_rows, lo);

	refused += check_name(program);
	refused += check_devices();
	if (refused)
		printf("check-map: %s: %u %s, the table is refused\n", board_name, refused,
		       refused == 1 ? "mistake" : "mistakes");
	return refused != 0;
}

int main(int argc, char **argv)
{
	struct map_layout lo = { .tables = MM_TABLES, .supersections = true };
	const bool for_programs = argc > 1 && !strcmp(argv[1], "--rows");
	const int first = for_programs ? 2 : 1;

	if (argc > first && read_image(argc - first, argv + first, &lo.image))
		return 2;
	lo.console = console_address();
	mm_set_log(print_line);
	if (check(argv[0], &lo))
		return 1;
	if (for_programs) {
		map_rows_show(&lo);
		return 0;
	}
	printf("check-map: %s: %u rows, accepted\n", board_name, map_io_rows);
	map_plan_show(map_io, map_io_rows, &lo);
	show_devices(lo.image.phys);
	return 0;
}
