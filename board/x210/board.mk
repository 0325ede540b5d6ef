# SPDX-License-Identifier: BSD-2-Clause
BOARD_DESC := Samsung S5PV210 course board x210: Cortex-A8, 512 MiB
LOADADDR := 0x30008000
QEMU_PROGRAM := build/qemu/qemu-system-arm
QEMU_MACHINE := x210
BL1_SOC := s5pv210
