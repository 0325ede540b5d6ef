# SPDX-License-Identifier: BSD-2-Clause
BOARD_DESC := FriendlyARM Tiny210, Mini210S: S5PV210, Cortex-A8, 512 MiB
LOADADDR := 0x20008000
QEMU_PROGRAM := build/qemu/qemu-system-arm
QEMU_MACHINE := tiny210
BL1_SOC := s5pv210
