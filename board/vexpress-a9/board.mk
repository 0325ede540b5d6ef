# SPDX-License-Identifier: BSD-2-Clause
BOARD_DESC := Arm Versatile Express: Cortex-A9 with a PL310 (QEMU)
LOADADDR := 0x60010000
PL310_BASE := 0x1E00A000
QEMU_MACHINE := vexpress-a9
QEMU_ARGS := -m 128
