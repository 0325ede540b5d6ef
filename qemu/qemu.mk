# SPDX-License-Identifier: BSD-2-Clause
# qemu/qemu.mk - running BOARD: run, demo, debug.

##@ Run (in QEMU)

RUN_TIMEOUT ?= 120
# $(call qemu_env,board): the emulator that the board wants, where it wants its own
qemu_env = $(if $($(1).QEMU_PROGRAM),env QEMU=$($(1).QEMU_PROGRAM))
# $(call qemu,script,board,options): a runner with the board's numbers
qemu = $(call qemu_env,$(2)) perl qemu/$(1) --board $(2) --machine '$($(2).QEMU_MACHINE)' --args '$($(2).QEMU_ARGS)' \
	--elf build/$(2)/mercator.elf --timeout $(RUN_TIMEOUT) $(3)

.PHONY: run
run: all $($(BOARD).QEMU_PROGRAM) | need-tools ## boot BOARD and land at its shell (no terminal: stdin's lines are typed)
	@$(call qemu,run.pl,$(BOARD),--guest shell)

.PHONY: demo
demo: all $($(BOARD).QEMU_PROGRAM) | need-tools ## the demonstration alone; its status is the exit status
	@$(call qemu,run.pl,$(BOARD),--guest demo --no-input)

.PHONY: debug
debug: all $($(BOARD).QEMU_PROGRAM) | need-tools ## halted at the first instruction, gdb attached (GDB_BATCH=1: a short check, docs/debugging.md)
	@$(call qemu,debug.pl,$(BOARD),--guest shell --loadaddr $($(BOARD).LOADADDR) \
		--vaddr 0x$$($(CROSS)nm build/$(BOARD)/mercator.elf | sed -n 's/ . __image_start$$//p') \
		$(if $(GDB),--gdb $(GDB)) $(if $(GDB_BATCH),--batch) $(if $(GDB_AT),--at $(GDB_AT)) \
		$(if $(GDB_DO),--do '$(GDB_DO)'))

# gdb's commands beside the shell's.  The Cortex-A9 of QEMU runs in Secure state, the others
# do not: their MMU registers are other banks.
gdb_boards := $(filter $(BOARDS_ALL),realview-pb-a8 virt vexpress-a9)
BOARD_TESTS += $(foreach b,$(gdb_boards),'tools/gdb:$(b)=perl tests/tools/test_gdb.pl --board $(b) \
	--machine "$($(b).QEMU_MACHINE)" --args "$($(b).QEMU_ARGS)" --elf build/$(b)/mercator.elf \
	--loadaddr $($(b).LOADADDR) --timeout $(RUN_TIMEOUT)')
BOARD_TESTS_NEED += $(gdb_boards:%=build/%/mercator.elf)
