/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot/usb/hand_back.c - after RAM is set up: back to the boot ROM's USB loader.
 */
#include "boot/usb/usb.h"

#include <stdint.h>

#include "boot/bl1/soc.h"
#include "mm/log.h"

/* the board's LOADADDR, from the linker's command line */
extern const char usb_image_address[];

int usb_hand_back(void)
{
	mm_log("BL1: RAM is ready; now send mercator.bin by USB, to %p",
	       (pa_t)(uintptr_t)usb_image_address);
	soc_leave();
	usb_return();
}
