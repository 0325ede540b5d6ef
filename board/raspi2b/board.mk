# SPDX-License-Identifier: BSD-2-Clause
BOARD_DESC := Raspberry Pi 2 Model B: BCM2836, four Cortex-A7 (QEMU)
LOADADDR := 0x00008000
QEMU_MACHINE := raspi2b
QEMU_ARGS := -m 1G
