/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot/usb/usb.h - BL1's end where the boot ROM itself loads the image, by USB.
 */
#ifndef BOOT_USB_USB_H
#define BOOT_USB_USB_H

/**
 * usb_hand_back() - in place of soc_boot_channel(): there is no card to read.  RAM is
 * set up; says so, and returns to the loader that started BL1.
 */
int usb_hand_back(void) __attribute__((noreturn));

/** usb_return() - to the loader, its stack and state as they were (start.S). */
void usb_return(void) __attribute__((noreturn));

#endif
