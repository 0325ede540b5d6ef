/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/target/reenter.c - enter the image a second time, as a loader with the
 * MMU and the caches on would.
 */
#include "tests/target/reenter.h"
#include "boot/boot.h"
#include "mm/log.h"
#include "mm/pgtable.h"
#include "seam.h"

#define SCTLR_M 1u
#define TTBCR_SPLIT 1u /* N = 1, TTBR0 walked */

bool reentered(void)
{
	return boot_info.entry_sctlr & SCTLR_M;
}

/*
 * The contract with loaders: the image is mapped flat, and clean in memory.
 * Text and the data section's copy were never written since they were loaded.
 */
void reenter(void)
{
	const struct map_image *im = &boot_info.layout.image;
	void (*entry)(void) = (void (*)(void))(uintptr_t)im->phys;

	mm_log("# entering again at %p, MMU and caches on", im->phys);
	irq_save();
	if (pgtable_map(im->phys, im->phys, im->text, MT_ROM)) {
		mm_log("Bail out! the image cannot be mapped flat");
		return;
	}
	write_ttbr0(read_ttbr1());
	write_ttbcr(TTBCR_SPLIT);
	isb();
	tlb_invalidate_all();
	branch_predictor_invalidate(); /* code at a new address (B2.2.4) */
	dsb();
	isb();
	entry();
}
