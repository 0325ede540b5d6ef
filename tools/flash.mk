# SPDX-License-Identifier: BSD-2-Clause
# tools/flash.mk - what a real board starts from: BL1 and the card.
#
# A board whose board.mk names a chip (BL1_SOC) has a first stage of its own, from
# boot/bl1/, board/$(BL1_SOC)/ and the tables in its board.c; its card is made by
# tools/mksd.c.

BL1_BOARDS := $(strip $(foreach b,$(BOARDS_ALL),$(if $($(b).BL1_SOC),$(b))))
BL1_SOCS := $(sort $(foreach b,$(BL1_BOARDS),$($(b).BL1_SOC)))
-include $(BL1_SOCS:%=board/%/soc.mk)

# Small before fast: the boot ROM reads 16 KiB.
CFLAGS_BL1 := -std=gnu11 -Os -g -ffunction-sections -fdata-sections -fno-common $(WARNINGS) $(REPRODUCIBLE) \
	-ffreestanding -fno-builtin -fno-tree-loop-distribute-patterns -fno-stack-protector

# $(call bl1_srcs,BOARD)
bl1_srcs = $(wildcard boot/bl1/*.S boot/bl1/*.c) $(wildcard board/$($(1).BL1_SOC)/*.c) $($($(1).BL1_SOC).drivers) \
	drivers/earlycon_$($(1).EARLYCON).c drivers/gpio.c drivers/led.c mm/log.c mm/armv7/no_symbols.c board/$(1)/board.c

# $(call bl1_rules,BOARD)
define bl1_rules
$(1).bl1 := $(patsubst %,build/$(1)/bl1/%.o,$(basename $(call bl1_srcs,$(1))))

build/$(1)/bl1/flags: build/$(1)/flags FORCE
	@mkdir -p $$(@D); echo '$$($(1).cc) $$(CFLAGS_BL1) $$($(1).bl1)' | cmp -s - $$@ || echo '$$($(1).cc) $$(CFLAGS_BL1) $$($(1).bl1)' >$$@

build/$(1)/bl1/%.o: %.c build/$(1)/bl1/flags | need-tools
	$$(call say,CC,$$< [$(1)/bl1])
	$$(Q)mkdir -p $$(@D) && $$($(1).cc) $$(DEPFLAGS) $$(CFLAGS_BL1) -c $$< -o $$@

build/$(1)/bl1/%.o: %.S build/$(1)/bl1/flags | need-tools
	$$(call say,AS,$$< [$(1)/bl1])
	$$(Q)mkdir -p $$(@D) && $$($(1).cc) $$(DEPFLAGS) -g $$(REPRODUCIBLE) -D__ASSEMBLY__ -c $$< -o $$@

build/$(1)/bl1.ld: linker/bl1.ld.S board/$($(1).BL1_SOC)/memory.h build/$(1)/bl1/flags | need-tools
	$$(call say,CPP,$$@)
	$$(Q)$$($(1).cc) -E -P -undef -x c -include board/$($(1).BL1_SOC)/memory.h $$< -o $$@

build/$(1)/bl1.elf: $$($(1).bl1) build/$(1)/bl1.ld
	$$(call say,LD,$$@)
	$$(Q)$(CROSS)gcc $(ARCH_CFLAGS) -nostdlib -static -Wl,--gc-sections,--fatal-warnings,--build-id=none \
		-Wl,--orphan-handling=error,-Map=build/$(1)/bl1.map -T build/$(1)/bl1.ld $$(filter %.o,$$^) -o $$@

build/$(1)/bl1.bin: build/$(1)/bl1.elf
	$$(call say,BIN,$$@)
	$$(Q)$(CROSS)objcopy -O binary $$< $$@

build/$(1)/sd.img: build/$(1)/bl1.bin build/$(1)/mercator.bin build/$(1)/check-map.ok $(MKSD)
	$$(call say,SD,$$@)
	$$(Q)$(MKSD) --bl1 build/$(1)/bl1.bin --image build/$(1)/mercator.bin --load $($(1).LOADADDR) --out $$@

-include $$(patsubst %.o,%.d,$$($(1).bl1))
endef

MKSD := build/host/mksd
MKSD_SRCS := tools/mksd.c boot/bl1/card.c boot/bl1/crc32.c
$(MKSD): $(MKSD_SRCS) | need-tools
	$(call say,HOSTCC,$@)
	$(Q)mkdir -p $(@D) && $(HOSTCC) -std=gnu11 -O1 -g $(WARNINGS) -I. -MMD -MP -MT $@ -MF $@.d $(filter %.c,$^) -o $@
-include $(MKSD).d

$(foreach b,$(BL1_BOARDS),$(eval $(call bl1_rules,$(b))))

ifneq ($(filter sdcard,$(MAKECMDGOALS)),)
ifeq ($(filter $(BOARD),$(BL1_BOARDS) $(SDCARD_BOARDS)),)
$(error make sdcard: there is no card for BOARD=$(BOARD); choose one of: $(sort $(BL1_BOARDS) $(SDCARD_BOARDS)))
endif
endif

.PHONY: sdcard
sdcard: build/$(BOARD)/sd.img ## the image of a card that boots BOARD: build/BOARD/sd.img
	@$(if $(filter $(BOARD),$(BL1_BOARDS)),$(MKSD) --check $<)

# $(call card_in,BOARD,slot): for the runners of qemu/, in place of the ELF
card_in = --loader "-drive if=sd,index=$(2),format=raw,file=build/$(1)/sd.img,snapshot=on"

ifneq ($(filter run-card,$(MAKECMDGOALS)),)
ifeq ($(filter $(BOARD),$(BL1_BOARDS)),)
$(error make run-card: BOARD=$(BOARD) has no boot ROM in QEMU that reads a card; choose one of: $(BL1_BOARDS))
endif
endif

.PHONY: run-card
run-card: build/$(BOARD)/sd.img $($(BOARD).QEMU_PROGRAM) | need-tools ## like run, but from build/BOARD/sd.img through the boot ROM and BL1 (x210, tiny210)
	@$(call qemu,run.pl,$(BOARD),--guest shell $(call card_in,$(BOARD),0))

# The picture in docs/ is drawn from what BL1, mksd and the linker script are made from.
CARD_SVG := build/host/card-svg
CARD_SVG_SRCS := tools/card_svg.c boot/bl1/card.c boot/bl1/crc32.c
CARD_SVG_CFLAGS := -std=gnu11 -O1 -g $(WARNINGS) -include board/$(firstword $(BL1_SOCS))/memory.h
$(CARD_SVG): $(CARD_SVG_SRCS) | need-tools
	$(call say,HOSTCC,$@)
	$(Q)mkdir -p $(@D) && $(HOSTCC) $(CARD_SVG_CFLAGS) -I. -MMD -MP -MT $@ -MF $@.d $(filter %.c,$^) -o $@
-include $(CARD_SVG).d

card_svg_args := $(firstword $(BL1_SOCS)) $(foreach b,$(sort $(BL1_BOARDS)),$(b)=$($(b).LOADADDR))
.PHONY: docs-card
docs: docs-card
docs-card: $(CARD_SVG)
	$(Q)$(CARD_SVG) $(card_svg_args) >docs/card-layout.svg

# ---- tests ----

MORE_TESTS += 'tools/card_picture=sh tests/tools/test_card_picture.sh "$(HOSTCC) $(CARD_SVG_CFLAGS)" "$(CARD_SVG_SRCS)" \
	$(CARD_SVG) $(MKSD) docs/card-layout.svg $(card_svg_args)'
MORE_TESTS_NEED += $(CARD_SVG)
MORE_TESTS += 'tools/mksd=sh tests/tools/test_mksd.sh $(MKSD) $(BL1_SOCS)'
MORE_TESTS_NEED += $(MKSD)

# What boots from the card: through the boot ROM and BL1, out of either slot, the target
# tests and the demonstration; and what must not.  The refusals are the same code on every
# board, so one board shows them.
bl1_runs := $(filter $(BL1_BOARDS),$(BOARDS))
sdboot = perl tests/flash/sdboot.pl --board $(1) --qemu $($(1).QEMU_PROGRAM) --machine $($(1).QEMU_MACHINE) \
	--card build/$(1)/sd.img --bl1 build/$(1)/bl1.elf --nm $(CROSS)nm
card_demo = $(call qemu_env,$(1)) perl qemu/run.pl --board $(1) --machine "$($(1).QEMU_MACHINE)" --args "$($(1).QEMU_ARGS)" \
	--elf build/$(1)/mercator.elf --timeout $(RUN_TIMEOUT) --guest demo --no-input $(call card_in,$(1),0)
bl1_tests = $(foreach b,$(bl1_runs),'sdboot/$(b)=$(call sdboot,$(b)) --part boots' \
	'sdboot/$(b):codes=$(call sdboot,$(b)) --part codes' \
	$(if $(filter $(firstword $(bl1_runs)),$(b)),'sdboot/$(b):refusals=$(call sdboot,$(b)) --part refusals') \
	'target/$(b):card=$(call target_run,$(b),$($(b).QEMU_MACHINE),-card) $(call card_in,$(b),0)' \
	'target/$(b):card2=$(call target_run,$(b),$($(b).QEMU_MACHINE),-card2) $(call card_in,$(b),1)' \
	'@sdboot/$(b):demo=$(call card_demo,$(b))')
BOARD_TESTS += $(bl1_tests)
BOARD_TESTS_NEED += $(foreach b,$(bl1_runs),build/$(b)/sd.img build/$(b)/bl1.elf)
