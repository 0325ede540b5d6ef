/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * board/s5pv210/rom.c - S5PV210: what BL1 takes from the boot ROM: the channel
 * it booted from, and its function that reads SD and MMC cards.
 *
 * Sources: public translations of Samsung's iROM application note and first
 * stages of several authors.
 */
#include "board/s5pv210/memory.h"
#include "boot/bl1/soc.h"
#include "mm/io.h"
#include "mm/log.h"

#define HSMMC0 0xEB000000u
#define HSMMC2 0xEB200000u

/* channel, first sector, sectors, where to, set the card up first; 0: failed */
typedef u8 (*copy_sdmmc_fn)(u32 channel, u32 start, u16 count, u32 *to, u32 init);

int soc_boot_channel(void)
{
	u32 host = readl(IOMEM(ROM_BOOT_HOST));

	if (host == HSMMC0)
		return 0;
	if (host == HSMMC2)
		return 2;
	mm_log("BL1: the boot ROM names 0x%08x as the controller it booted from; BL1 reads SD "
	       "channel 0 (0x%08x) and 2 (0x%08x): boot from a card",
	       host, HSMMC0, HSMMC2);
	return -1;
}

bool soc_read_card(int channel, u32 sector, u32 sectors, void *to, bool again)
{
	u32 fn = readl(IOMEM(ROM_COPY_SDMMC));

	return fn && ((copy_sdmmc_fn)(uintptr_t)fn)((u32)channel, sector, (u16)sectors, to, again);
}
