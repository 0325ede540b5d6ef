/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mm/io.h - how a driver touches registers: Linux's accessors.
 *
 *   readl()/writel()                ordered against normal memory as in Linux:
 *                                   a barrier after the read, before the write
 *   readl_relaxed()/writel_relaxed() ordered against the same device only
 *                                   (device memory does that: DDI 0406C A3.8.2)
 *   __raw_readl()/__raw_writel()    native byte order, no barrier
 *
 * This kit is little-endian, so relaxed and raw differ in name only; both are
 * here because drivers say what they mean.  b, w, l are 8, 16, 32 bits; an
 * address must be aligned to its width, or device memory faults (A3.2.1).
 * memcpy_fromio() and its kin never make an access device memory forbids.
 *
 * Context of everything here: any, also from an interrupt handler.  A block is
 * copied word by word: an interrupt may come in between.
 */
#ifndef MM_IO_H
#define MM_IO_H

#include "seam.h"

#define __raw_readb(p) mmio_read8(p)
#define __raw_readw(p) mmio_read16(p)
#define __raw_readl(p) mmio_read32(p)
#define __raw_writeb(v, p) mmio_write8(v, p)
#define __raw_writew(v, p) mmio_write16(v, p)
#define __raw_writel(v, p) mmio_write32(v, p)

#define readb_relaxed(p) mmio_read8(p)
#define readw_relaxed(p) mmio_read16(p)
#define readl_relaxed(p) mmio_read32(p)
#define writeb_relaxed(v, p) mmio_write8(v, p)
#define writew_relaxed(v, p) mmio_write16(v, p)
#define writel_relaxed(v, p) mmio_write32(v, p)

/*
 * DSB, not DMB: Linux uses DSB on ARMv7 so that a write has also reached the
 * point where a later WFI or DMA start cannot overtake it.
 */
static inline u8 readb(const volatile void __iomem *p)
{
	u8 v = mmio_read8(p);

	dsb();
	return v;
}
static inline u16 readw(const volatile void __iomem *p)
{
	u16 v = mmio_read16(p);

	dsb();
	return v;
}
static inline u32 readl(const volatile void __iomem *p)
{
	u32 v = mmio_read32(p);

	dsb();
	return v;
}
static inline void writeb(u8 v, volatile void __iomem *p)
{
	dsb();
	mmio_write8(v, p);
}
static inline void writew(u16 v, volatile void __iomem *p)
{
	dsb();
	mmio_write16(v, p);
}
static inline void writel(u32 v, volatile void __iomem *p)
{
	dsb();
	mmio_write32(v, p);
}

/** memcpy_fromio() - @n bytes out of device memory; any alignment on both sides. */
void memcpy_fromio(void *to, const volatile void __iomem *from, size_t n);
/** memcpy_toio() - @n bytes into device memory; any alignment on both sides. */
void memcpy_toio(volatile void __iomem *to, const void *from, size_t n);
/** memset_io() - fill @n bytes of device memory. */
void memset_io(volatile void __iomem *to, int c, size_t n);

#endif
