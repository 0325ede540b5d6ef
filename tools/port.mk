# SPDX-License-Identifier: BSD-2-Clause
# tools/port.mk - a new board's folder.

##@ Port

# QEMU= counts on the command line only: in the environment it is the emulator's path.
# The user's words go through the environment: in a command line a quote would end one.
new-board: export NEW_BOARD_NAME = $(value NAME)
new-board: export NEW_BOARD_FROM = $(value FROM)
new-board: export NEW_BOARD_INCLUDE = $(value INCLUDE)
new-board: export NEW_BOARD_RAM = $(value RAM)
new-board: export NEW_BOARD_CONSOLE = $(value CONSOLE)
new-board: export NEW_BOARD_QEMU = $(if $(filter command,$(origin QEMU)),$(value QEMU))
new-board: export NEW_BOARD_MAKE = $(MAKE)
new-board: export NEW_BOARD_HOSTCC = $(HOSTCC)

.PHONY: new-board
new-board: | need-tools ## NAME=x FROM=file.dts|file.dtb|BOARD: write board/NAME (also INCLUDE= RAM= CONSOLE= QEMU=)
	@perl tools/new-board.pl

# ---- its tests ----

# check-map without a board, so that a table is judged by compiling one file.
JUDGE := build/host/judge
$(JUDGE)/complete: $(CHECK_MAP_SRCS) | need-tools
	$(call say,HOSTCC,$(JUDGE))
	$(Q)rm -rf $(JUDGE) && mkdir -p $(JUDGE) && cd $(JUDGE) && \
		$(HOSTCC) $(addprefix -I$(CURDIR)/,. tests/model) $(filter-out -I% -Wl%,$(MAP_TOOL_CFLAGS)) -c $(addprefix $(CURDIR)/,$^) && touch complete

# Always tried, as long as it did not work; what went wrong is the test's to say.
build/dtbs/tried: FORCE
	@sh tools/fetch-dtbs.sh build/dtbs

MORE_TESTS += 'tools/new_board=sh tests/tools/test_new_board.sh' \
	'tools/new_board_dtbs=sh tests/tools/test_new_board_dtbs.sh build/dtbs $(JUDGE) $(HOSTCC) $($(BOARD).cc) $(CFLAGS_IMAGE) $(CFLAGS_EARLY)' \
	'tools/new_board_boot=sh tests/tools/test_new_board_boot.sh build/dtbs build/realview-pb-a8'
MORE_TESTS_NEED += $(JUDGE)/complete build/dtbs/tried build/realview-pb-a8/mercator.elf
