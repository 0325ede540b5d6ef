# SPDX-License-Identifier: BSD-2-Clause
# qemu/mercator.gdb - what every session with gdb wants.
#
# Breakpoints by address are hardware ones: a software breakpoint set before
# the MMU is on would be written at an address that is not mapped yet.
set pagination off
set confirm off
set architecture armv7
set breakpoint auto-hw on
set print pretty on

define regs
	info registers r0 r1 r2 r3 r4 r5 r6 r7 r8 r9 r10 r11 r12 sp lr pc cpsr
end
document regs
The core's registers, without the floating-point ones.
end
