# SPDX-License-Identifier: GPL-2.0-or-later
# qemu/s5pv210.mk - the QEMU that has the S5PV210 machines: x210, tiny210,
# smdkv210.  Built at first use; QEMU_SRC=dir takes QEMU's source from there.

S5PV210_QEMU := build/qemu/qemu-system-arm

# Written through a link, whose target build.sh makes newer than our sources.
$(S5PV210_QEMU): $(wildcard qemu/s5pv210/*) | need-tools
	$(Q)sh qemu/s5pv210/build.sh build/qemu

.PHONY: qemu-s5pv210
qemu-s5pv210: $(S5PV210_QEMU) ## the QEMU with the S5PV210 machines (once: some minutes)
