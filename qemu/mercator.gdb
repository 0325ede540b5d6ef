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
# the dynamic window's state is one variable of 150 KiB
set max-value-size unlimited

define regs
	info registers r0 r1 r2 r3 r4 r5 r6 r7 r8 r9 r10 r11 r12 sp lr pc cpsr
end
document regs
The core's registers, without the floating-point ones.
end

# mmu, iomem, vmallocinfo are written in gdb's Python; $_strlen is there when
# that is.  Without it they say so.
define mmu
	echo This gdb has no Python, which mmu, iomem and vmallocinfo are written in.\n
	echo Debian's gdb-multiarch has it: `make debug GDB=gdb-multiarch`.\n
end
define iomem
	mmu
end
define vmallocinfo
	mmu
end
if !$_isvoid($_strlen)
	source qemu/mercator.py
end
