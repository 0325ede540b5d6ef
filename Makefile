# SPDX-License-Identifier: BSD-2-Clause
# Makefile - the one way in: `make help` lists every target and every board.
#
# One make, no recursion: each board has its rules under build/BOARD/, so that
# any number of boards builds side by side.  Running and testing stand in
# qemu/qemu.mk and tests/tests.mk.

BOARD ?= realview-pb-a8
CROSS ?= arm-none-eabi-
HOSTCC ?= gcc

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules --no-print-directory

Q := $(if $(filter 1,$(V)),,@)
# $(call say,CC,file): the short line in place of the command (V=1 shows both)
say = @printf '  %-7s %s\n' '$(1)' '$(2)'

BOARDS_ALL := $(sort $(patsubst board/%/board.mk,%,$(wildcard board/*/board.mk)))

# BOARD= is for what works on one board, BOARDS= for what works on several; whoever
# names one board means it in either case.
ifeq ($(origin BOARDS),command line)
ifneq ($(filter-out $(BOARDS_ALL),$(BOARDS)),)
$(error BOARDS=$(BOARDS): there is no board/$(firstword $(filter-out $(BOARDS_ALL),$(BOARDS)))/board.mk; choose from: $(BOARDS_ALL))
endif
ifneq ($(origin BOARD),command line)
BOARD := $(firstword $(BOARDS))
endif
else ifeq ($(origin BOARD),command line)
ifneq ($(filter test-target bench,$(MAKECMDGOALS)),)
BOARDS := $(BOARD)
endif
endif

ifeq ($(filter $(BOARD),$(BOARDS_ALL)),)
ifneq ($(filter-out help clean house-checks counts everything coverage mutants random proofs proofs-broken fuzz test-host test-asan test-m32 lib example new-board,$(or $(MAKECMDGOALS),all)),)
$(error BOARD=$(BOARD): $(if $(BOARD),there is no board/$(BOARD)/board.mk,it is empty); choose one of: $(or $(BOARDS_ALL),(none yet)))
endif
endif

##@ Build

.PHONY: all
all: image check-map-quiet ## build the image of BOARD and check its map table

.PHONY: image
image: build/$(BOARD)/mercator.elf build/$(BOARD)/mercator.bin

.PHONY: boards
boards: $(foreach b,$(BOARDS_ALL),build/$(b)/mercator.elf build/$(b)/mercator.bin build/$(b)/check-map.ok) ## build the images of all boards

.PHONY: list
list: build/$(BOARD)/mercator.lst ## disassembly of the image: build/BOARD/mercator.lst

.PHONY: check-map-quiet
check-map-quiet: build/$(BOARD)/check-map.ok

# ---- what goes into an image ----

# Everything that runs before the MMU is on: one partial link, position
# independent, without newlib.  boot/symbols.c is here because mm_log() may
# print a code address at any time.
EARLY_SRCS := boot/head.S $(wildcard boot/early*.c) boot/symbols.c \
	mm/pgtable.c mm/check.c mm/suggest.c mm/plan.c mm/log.c $(wildcard mm/iotable_early.c)
LATE_SRCS := $(filter-out $(EARLY_SRCS) drivers/earlycon_%, \
	$(wildcard boot/*.S boot/*.c mm/*.c drivers/*.c app/*.c tests/target/*.c tests/target/*.S))

ARCH_CFLAGS := -marm -march=armv7-a -mfloat-abi=soft -mno-unaligned-access
WARNINGS := -Wall -Wextra -Werror -Wstrict-prototypes -Wmissing-prototypes -Wshadow
REPRODUCIBLE := -ffile-prefix-map=$(CURDIR)=.
CFLAGS_IMAGE := -std=gnu11 -O2 -g -ffunction-sections -fdata-sections -fno-common \
	$(WARNINGS) $(REPRODUCIBLE)
CFLAGS_EARLY := -fpie -fvisibility=hidden -include linker/hidden.h -ffreestanding -fno-builtin \
	-fno-tree-loop-distribute-patterns -fno-jump-tables -fno-stack-protector
# Runs before there is a stack: a leaf function that need not save registers.
CFLAGS_early_cache.c := -Os -fno-pie -ffixed-lr $(foreach r,4 5 6 7 8 9 10,-fcall-used-r$(r))
INCLUDES := -I. -Imm/armv7
# -fno-builtin and friends say nothing to an assembler file
EARLY_FLAGS_FOR = $(if $(filter %.c,$(1)),$(CFLAGS_EARLY))
DEPFLAGS = -MMD -MP -MT $@ -MF $(@:.o=.d)

# ---- the numbers of the boards ----

# QEMU_PROGRAM: the emulator where it is not the installed one; built when it is needed.
# QEMU_ALSO: further QEMU machines the target tests are run on (virt,virtualization=on)
BOARD_VARS := LOADADDR QEMU_PROGRAM QEMU_MACHINE QEMU_ARGS QEMU_ALSO PL310_BASE MM_TABLES BOARD_DESC BL1_SOC

# The console works before the MMU is on: which early one to link says the board's
# own row, so that it cannot name another.
console_driver = $(shell sed -n 's/^[[:space:]]*DEV.DEV_CONSOLE, *"[^"]*", *"\([^"]*\)".*/\1/p' board/$(1)/board.c 2>/dev/null | head -n 1)

# $(call board_wrong,BOARD): why this folder cannot be built, or nothing.  Asked when
# it is, so that an unfinished folder is in nobody else's way.
board_wrong = $(strip $(or $(if $(wildcard board/$(1)/board.c),,board/$(1) has no board.c: make new-board writes one), \
	$(if $($(1).LOADADDR),,board/$(1)/board.mk does not set LOADADDR: the physical address where the loader puts the image), \
	$(if $($(1).EARLYCON),,board/$(1)/board.c has no console row: $(console_row_help)), \
	$(if $($(1).NAMED),,board/$(1)/board.c has no BOARD(...) line: end it with BOARD("$(1)");), \
	$(if $(filter $($(1).EARLYCON),$(EARLYCONS)),,board/$(1)/board.c: no console driver is called "$($(1).EARLYCON)": $(console_row_help))))
console_row_help = write DEV(DEV_CONSOLE, "console", "DRIVER", ...), so far on one line, with DRIVER one of: $(EARLYCONS)
EARLYCONS := $(patsubst drivers/earlycon_%.c,%,$(wildcard drivers/earlycon_*.c))

# A board.mk sets plain variables; they are kept as BOARD.VARIABLE.
define read_board
$(foreach v,$(BOARD_VARS),$(v) :=
)
include board/$(1)/board.mk
$(foreach v,$(BOARD_VARS),$(1).$(v) := $$(strip $$($(v)))
)
$(1).EARLYCON := $(call console_driver,$(1))
$(1).NAMED := $(shell sed -n '/^BOARD."/p' board/$(1)/board.c 2>/dev/null)
endef
$(foreach b,$(BOARDS_ALL),$(eval $(call read_board,$(b))))

# ---- how a board is built ----

define board_rules
$(1).cc = $(CROSS)gcc $(ARCH_CFLAGS) $(INCLUDES) $(if $($(1).MM_TABLES),-DMM_TABLES=$($(1).MM_TABLES))
$(1).early_defs := $(if $($(1).PL310_BASE),-DPL310_BASE=$($(1).PL310_BASE))
$(1).early := $(patsubst %,build/$(1)/early/%.o,$(basename $(EARLY_SRCS) drivers/earlycon_$($(1).EARLYCON).c board/$(1)/board.c))
$(1).late := $(patsubst %,build/$(1)/%.o,$(basename $(LATE_SRCS)))
$(1).link = $(CROSS)gcc $(ARCH_CFLAGS) -nostartfiles -static -Wl,--gc-sections,--fatal-warnings,--build-id=none \
	-Wl,-z,max-page-size=4096,--orphan-handling=error -T build/$(1)/mercator.ld

# A change of any number rebuilds: on the command line, in board.mk or here.
build/$(1)/flags: FORCE
	@$(if $(call board_wrong,$(1)),echo '$(call board_wrong,$(1))' >&2; exit 1,:)
	@mkdir -p $$(@D); printf '%s\n' '$$($(1).cc) $(CFLAGS_IMAGE) $(CFLAGS_EARLY) $(CFLAGS_early_cache.c) $$($(1).early_defs) $($(1).LOADADDR)' \
		| cmp -s - $$@ || printf '%s\n' '$$($(1).cc) $(CFLAGS_IMAGE) $(CFLAGS_EARLY) $(CFLAGS_early_cache.c) $$($(1).early_defs) $($(1).LOADADDR)' >$$@

build/$(1)/early/%.o: %.c build/$(1)/flags | need-tools
	$$(call say,CC,$$< [$(1)/early])
	$$(Q)mkdir -p $$(@D) && $$($(1).cc) $$(DEPFLAGS) $$(CFLAGS_IMAGE) $$(CFLAGS_EARLY) $$(CFLAGS_$$(notdir $$<)) $$($(1).early_defs) -c $$< -o $$@

build/$(1)/early/%.o: %.S build/$(1)/flags | need-tools
	$$(call say,AS,$$< [$(1)/early])
	$$(Q)mkdir -p $$(@D) && $$($(1).cc) $$(DEPFLAGS) -g $$(REPRODUCIBLE) -D__ASSEMBLY__ $$($(1).early_defs) -c $$< -o $$@

build/$(1)/%.o: %.c build/$(1)/flags | need-tools
	$$(call say,CC,$$< [$(1)])
	$$(Q)mkdir -p $$(@D) && $$($(1).cc) $$(DEPFLAGS) $$(CFLAGS_IMAGE) -c $$< -o $$@

build/$(1)/%.o: %.S build/$(1)/flags | need-tools
	$$(call say,AS,$$< [$(1)])
	$$(Q)mkdir -p $$(@D) && $$($(1).cc) $$(DEPFLAGS) -g $$(REPRODUCIBLE) -D__ASSEMBLY__ -c $$< -o $$@

build/$(1)/early.o: $$($(1).early) tools/check-early.sh
	$$(call say,LD,$$@)
	$$(Q)$(CROSS)ld -r -o $$@ $$($(1).early)
	$$(Q)CROSS=$(CROSS) sh tools/check-early.sh $$@ $$($(1).early)

build/$(1)/mercator.ld: linker/mercator.ld.S mm/layout.h build/$(1)/flags | need-tools
	$$(call say,CPP,$$@)
	$$(Q)$$($(1).cc) -E -P -undef -x c -DLOADADDR=$($(1).LOADADDR) -MMD -MP -MT $$@ -MF $$@.d $$< -o $$@

# Linked twice: a first image with an empty symbol table gives the addresses,
# the table then goes to the end of rodata, where it moves no text.
build/$(1)/symbols0.S: tools/mksymbols.pl
	@mkdir -p $$(@D)
	$$(Q)perl $$< </dev/null >$$@

build/$(1)/symbols.S: build/$(1)/first.elf tools/mksymbols.pl
	$$(call say,SYMS,$$@)
	$$(Q)$(CROSS)nm -n $$< | perl tools/mksymbols.pl >$$@

build/$(1)/symbols0.o build/$(1)/symbols.o: build/$(1)/symbols%.o: build/$(1)/symbols%.S | need-tools
	$$(Q)$$($(1).cc) -c $$< -o $$@

build/$(1)/first.elf: build/$(1)/early.o $$($(1).late) build/$(1)/symbols0.o build/$(1)/mercator.ld
	$$(call say,LD,$$@)
	$$(Q)$$($(1).link) $$(filter %.o,$$^) -o $$@

build/$(1)/mercator.elf: build/$(1)/early.o $$($(1).late) build/$(1)/symbols.o build/$(1)/mercator.ld
	$$(call say,LD,$$@)
	$$(Q)$$($(1).link) -Wl,-Map=build/$(1)/mercator.map $$(filter %.o,$$^) -o $$@
	$$(Q)$(CROSS)nm -n $$@ | perl tools/mksymbols.pl | cmp -s - build/$(1)/symbols.S || \
		{ echo "$$@: code moved between the two links, so its symbol table would lie: keep .symbols last in rodata (linker/mercator.ld.S)" >&2; rm -f $$@; exit 1; }

build/$(1)/mercator.bin: build/$(1)/mercator.elf
	$$(call say,BIN,$$@)
	$$(Q)$(CROSS)objcopy -O binary $$< $$@

build/$(1)/mercator.lst: build/$(1)/mercator.elf
	$$(call say,LST,$$@)
	$$(Q)$(CROSS)objdump -d -z --visualize-jumps=off $$< >$$@

build/$(1)/check-map.ok: build/host/$(1)/check-map build/$(1)/mercator.elf
	$$(Q)build/host/$(1)/check-map $$(call image_of,$(1)) >$$@.txt 2>&1 \
		|| { cat $$@.txt >&2; rm -f $$@; echo "board/$(1)/board.c: the map table is refused (see above); nothing was flashed" >&2; exit 1; }
	@printf '  %-7s %s\n' MAP "$(1): table accepted (make BOARD=$(1) check-map prints the plan)"; touch $$@

-include $$(patsubst %.o,%.d,$$($(1).early) $$($(1).late)) build/$(1)/mercator.ld.d
endef

$(foreach b,$(BOARDS_ALL),$(eval $(call board_rules,$(b))))

.PHONY: FORCE
FORCE:

# Boards that QEMU can run; BOARDS="a b" chooses.
BOARDS ?= $(foreach b,$(BOARDS_ALL),$(if $($(b).QEMU_MACHINE),$(b)))

# ---- tools: what is missing is named, and installed where apt-get is ----

# `make lint BOARD=x`: also the board's runs under the plug-in (qemu/plugin.mk).
lint_watch = $(if $(filter lint,$(GOALS)),$(if $(filter command,$(origin BOARD)),$(if $($(BOARD).QEMU_MACHINE),watch)))

# Goals that run a board whose emulator is built here.
needs_own_qemu = $(or $(filter qemu-% waves watch% test-machine test-uboot,$(GOALS)),$(filter watch,$(lint_watch)),$(if $(filter run run-card demo debug,$(GOALS)),$($(BOARD).QEMU_PROGRAM)), \
	$(if $(filter test test-target bench,$(GOALS)),$(foreach b,$(BOARDS),$($(b).QEMU_PROGRAM))))
# One check for all goals, so that a parallel make asks apt-get once.
GOALS := $(or $(MAKECMDGOALS),all)
NEEDS := $(sort build \
	$(if $(filter run run-card demo bench example test-target,$(GOALS)),run) \
	$(if $(filter debug test,$(GOALS)),debug) \
	$(if $(filter test test-host test-asan mutants random coverage build/host/%,$(GOALS)),test) \
	$(if $(filter test-m32,$(GOALS)),m32) \
	$(if $(filter coverage,$(GOALS)),coverage) \
	$(if $(filter fuzz,$(GOALS)),fuzz) \
	$(if $(filter new-board test test-host,$(GOALS)),new-board) \
	$(if $(needs_own_qemu),qemu) \
	$(if $(filter uimage,$(GOALS)),uimage) \
	$(if $(filter test-uboot,$(GOALS)),run uboot) \
	$(if $(filter lint format,$(GOALS)),lint))

.PHONY: need-tools
need-tools:
	@CROSS=$(CROSS) sh tools/install.sh $(NEEDS)

.PHONY: size
size: build/$(BOARD)/mercator.elf ## bytes of text of the mapping core and of the image
	@sh tools/size.sh $(CROSS) build/$(BOARD)

include tools/map.mk
include tools/port.mk
include tools/card.mk
include tools/flash.mk
include tools/usb.mk
include examples/examples.mk
include qemu/s5pv210.mk
include qemu/qemu.mk
include qemu/plugin.mk
include qemu/uboot.mk
include tests/tests.mk
include tests/mutants.mk
include tests/proof/proof.mk

##@ All of it

# Each stage by itself, so that one that fails keeps no other from its turn.
EVERYTHING := lint test test-uboot $(if $(filter x86_64,$(shell uname -m)),test-m32) test-asan random coverage proofs fuzz \
	proofs-broken mutants-assembly mutants
.PHONY: everything
everything: ## all of the above in turn (hours; the mutants go on where they were cut), then `counts`
	@failed=; for stage in $(EVERYTHING); do echo "== $$stage"; $(MAKE) $$stage || failed="$$failed $$stage"; done; \
	echo '== counts'; perl tools/counts.pl; [ -z "$$failed" ] || { echo "failed:$$failed" >&2; exit 1; }

.PHONY: counts
counts: ## how much was tested in this tree, in numbers: the last run of each of the above
	@perl tools/counts.pl

##@ Tidy

.PHONY: lint
lint: $(lint_watch) | need-tools ## clang-format, clang-tidy, the house rules; BOARD=x: also `make watch`
	$(Q)CROSS=$(CROSS) sh tools/lint.sh $(INCLUDES) -std=gnu11 -march=armv7-a -mfloat-abi=soft

.PHONY: format
format: | need-tools ## lay the sources out by .clang-format
	$(Q)find mm drivers app boot board tests tools linker examples -name '*.[ch]' | xargs clang-format -i

.PHONY: house-checks
house-checks: ## the house rules alone (grep; instant)
	$(Q)sh tools/house.sh

.PHONY: compile_commands.json
compile_commands.json: ## for editors and clang tools (BOARD's image)
	$(call say,GEN,$@)
	$(Q)sh tools/compile-commands.sh $(CURDIR) '$($(BOARD).cc) $(CFLAGS_IMAGE)' $(filter %.c,$(EARLY_SRCS) $(LATE_SRCS) board/$(BOARD)/board.c) >$@

.PHONY: clean
clean: ## remove build/
	$(Q)rm -rf build compile_commands.json

.PHONY: help
help: ## this list
	@awk -f tools/help.awk $(MAKEFILE_LIST)
	@printf '\nBoards (BOARD=..., default realview-pb-a8):\n'
	@$(foreach b,$(BOARDS_ALL),printf '  %-18s %s%s\n' '$(b)' '$(subst ','\'',$($(b).BOARD_DESC))' '$(if $($(b).QEMU_MACHINE),, (no QEMU machine: builds and checks only))';):
	@printf '\nV=1 shows commands, -j2 builds in parallel, LOADADDR=0x... moves the image.\n'
