# SPDX-License-Identifier: BSD-2-Clause
BOARD_DESC := Arm RealView PB-A8: Cortex-A8, the S5PV210's core (QEMU)
LOADADDR := 0x70010000
QEMU_MACHINE := realview-pb-a8
QEMU_ARGS := -m 128
