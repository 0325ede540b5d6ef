# SPDX-License-Identifier: BSD-2-Clause
BOARD_DESC := QEMU virt: Cortex-A15, cycle counter, also entered in HYP (QEMU)
LOADADDR := 0x40010000
QEMU_MACHINE := virt
QEMU_ARGS := -cpu cortex-a15 -m 128
QEMU_ALSO := virt,virtualization=on
