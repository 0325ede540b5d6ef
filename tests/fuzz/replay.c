/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/fuzz/replay.c - run a fuzz program over inputs that are kept, once
 * each, and say so in TAP.
 *
 * Takes libFuzzer's place in `make test`: no clang needed, nothing random.  A
 * crash ends the program before its plan is printed, which counts as a failure;
 * the last line then names the input.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* An input in a block of exactly its size, so that a sanitizer sees its end. */
static int replay(const char *path)
{
	FILE *f = fopen(path, "rb");
	uint8_t *data;
	long size;

	if (!f)
		return -1;
	fseek(f, 0, SEEK_END);
	size = ftell(f);
	rewind(f);
	data = size >= 0 ? malloc(size ? (size_t)size : 1) : NULL;
	if (!data || fread(data, 1, (size_t)size, f) != (size_t)size) {
		free(data);
		fclose(f);
		return -1;
	}
	fclose(f);
	LLVMFuzzerTestOneInput(data, (size_t)size);
	free(data);
	return 0;
}

int main(int argc, char **argv)
{
	int i, unread = 0;

	for (i = 1; i < argc; i++) {
		fprintf(stderr, "# %s\n", argv[i]);
		if (replay(argv[i])) {
			printf("# %s cannot be read\n", argv[i]);
			unread++;
		}
	}
	printf("1..1\n%sok 1 - %d inputs replayed\n", unread || argc < 2 ? "not " : "", argc - 1);
	return unread || argc < 2;
}
