/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/fuzz/replay.c - run a fuzz program over inputs that are kept, once
 * each, and say so in TAP.
 *
 * Takes libFuzzer's place in `make test`: no clang needed, nothing random.  Each
 * input has a process of its own: whatever that dies of, the next one is tried,
 * and those that failed are named with the command that shows one alone.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

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

static void run_child(const char *path)
{
	if (!replay(path))
		exit(0);
	fprintf(stderr, "%s cannot be read\n", path);
	exit(1);
}

static int passes(const char *path)
{
	int status;
	pid_t child = fork();

	if (!child)
		run_child(path);
	return child > 0 && waitpid(child, &status, 0) == child && !status;
}

int main(int argc, char **argv)
{
	const int inputs = argc - 1;
	int failed = 0;

	for (int i = 1; i < argc; i++) {
		if (passes(argv[i]))
			continue;
		argv[++failed] = argv[i];
	}
	printf("1..1\n");
	if (!failed && inputs) {
		printf("ok 1 - %d inputs replayed\n", inputs);
		return 0;
	}
	printf("not ok 1 - %d of %d inputs fail\n", failed, inputs);
	for (int i = 1; i <= failed; i++)
		printf("# again: %s %s\n", argv[0], argv[i]);
	return 1;
}
