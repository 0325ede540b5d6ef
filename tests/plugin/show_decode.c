/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tests/plugin/show_decode.c - what qemu/plugin/decode.c says of instructions.
 *
 * Reads lines "arm WORD" or "thumb BYTES WORD", in hexadecimal, prints for each
 * its class, the alignment it wants, its accesses and its marks.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "qemu/plugin/decode.h"

static const char *const names[] = {
	"other", "single", "double",	  "multi",  "exclusive", "swap", "vfp-multi",
	"vfp",	 "neon",   "coprocessor", "mcr",    "mrc",	 "dsb",	 "dsb-st",
	"isb",	 "return", "svc",	  "unmask", "vfp-op",
};

static void show(const struct insn *i)
{
	printf("%s %" PRIu32 " %" PRIu32, names[i->class], i->align + 1, i->words);
	if (i->with_pc)
		printf(" pc");
	if (i->load)
		printf(" load");
	if (i->class == SYS_MCR || i->class == SYS_MRC)
		printf(" %04" PRIx32 " r%" PRIu32, cp15_of(i->word), rt_of(i->word));
	printf("\n");
}

int main(void)
{
	char line[80];

	while (fgets(line, sizeof(line), stdin)) {
		struct insn i;
		uint32_t word, bytes;

		if (sscanf(line, "arm %" SCNx32, &word) == 1) {
			decode_arm(&i, 0, word);
		} else if (sscanf(line, "thumb %" SCNx32 " %" SCNx32, &bytes, &word) == 2) {
			decode_thumb(&i, 0, word, bytes);
		} else {
			fprintf(stderr, "cannot read: %s", line);
			return 2;
		}
		show(&i);
	}
	return 0;
}
