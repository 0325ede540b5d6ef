/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/fuzz/fuzz_ops.c - bytes become a sequence of operations on the kit,
 * judged step by step by the reference model of tests/unit/ops.c.
 *
 * The first byte chooses the machine; each number an operation asks for takes
 * two bytes.  The run ends with the input.
 */
#include "ops.h"

#include <stdio.h>
#include <stdlib.h>

struct input {
	const uint8_t *at, *end;
};

static u32 next(void *arg)
{
	struct input *in = arg;
	u32 v = 0;

	for (u32 i = 0; i < 2 && in->at < in->end; i++)
		v = v << 8 | *in->at++;
	return v * 0x9e3b; /* spreads: most numbers are taken modulo something */
}

static void give_up(const char *message)
{
	fprintf(stderr, "fuzz_ops: %s\n", message);
	abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data + 1, data + size };
	struct model_config config = { .line = 64 };

	if (!size || size > 20000)
		return 0;
	config.line = data[0] & 1 ? 32 : 64;
	config.evict = (enum model_evict)((data[0] >> 1 & 3) % 3);
	config.coherent_walk = data[0] & 8;
	config.lazy = data[0] & 16;
	config.no_supersections = data[0] & 32;
	config.seed = data[0];
	ops_fail = give_up;
	ops_start(&config);
	while (in.at < in.end)
		ops_step(next, &in);
	ops_check_all();
	ops_finish();
	return 0;
}
