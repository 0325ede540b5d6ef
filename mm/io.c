/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/io.c - blocks of bytes into and out of device memory.
 *
 * The C library may use unaligned, paired or multiple accesses, which device
 * memory faults on or leaves open (DDI 0406C A3.2.1, A3.4.3).  These use
 * aligned words where both sides allow, and bytes elsewhere.
 */
#include "mm/io.h"

static bool word_aligned(const volatile void *p)
{
	return !((uintptr_t)p & 3);
}

void memcpy_fromio(void *to, const volatile void __iomem *from, size_t n)
{
	u8 *out = to;
	const volatile u8 *in = from;

	for (; n && !word_aligned(in); n--)
		*out++ = mmio_read8(in++);
	for (; n >= 4; n -= 4, in += 4, out += 4) {
		u32 v = mmio_read32(in);

		out[0] = (u8)v;
		out[1] = (u8)(v >> 8);
		out[2] = (u8)(v >> 16);
		out[3] = (u8)(v >> 24);
	}
	for (; n; n--)
		*out++ = mmio_read8(in++);
	dsb();
}

void memcpy_toio(volatile void __iomem *to, const void *from, size_t n)
{
	volatile u8 *out = to;
	const u8 *in = from;

	dsb();
	for (; n && !word_aligned(out); n--)
		mmio_write8(*in++, out++);
	for (; n >= 4; n -= 4, in += 4, out += 4)
		mmio_write32((u32)in[0] | (u32)in[1] << 8 | (u32)in[2] << 16 | (u32)in[3] << 24,
			     out);
	for (; n; n--)
		mmio_write8(*in++, out++);
}

void memset_io(volatile void __iomem *to, int c, size_t n)
{
	volatile u8 *out = to;
	u32 word = (u8)c * 0x01010101u;

	dsb();
	for (; n && !word_aligned(out); n--)
		mmio_write8((u8)c, out++);
	for (; n >= 4; n -= 4, out += 4)
		mmio_write32(word, out);
	for (; n; n--)
		mmio_write8((u8)c, out++);
}
