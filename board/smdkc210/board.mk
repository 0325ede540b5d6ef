# SPDX-License-Identifier: BSD-2-Clause
BOARD_DESC := Samsung SMDKC210: Exynos4210, Cortex-A9 with a PL310 (QEMU)
LOADADDR := 0x40008000
PL310_BASE := 0x10502000
QEMU_MACHINE := smdkc210
QEMU_ARGS := -smp 2 -m 1G
