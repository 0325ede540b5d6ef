# SPDX-License-Identifier: BSD-2-Clause
# tools/card.mk - cards for boards whose firmware reads a FAT partition, and writing a
# card, whichever kind it is (tools/flash.mk makes those that BL1 boots from).

##@ Flash

# A board whose folder has a config.txt boots by the Raspberry Pi's firmware.
SDCARD_BOARDS := $(filter $(patsubst board/%/config.txt,%,$(wildcard board/*/config.txt)),$(BOARDS_ALL))
CARD_BOARDS := $(sort $(SDCARD_BOARDS) $(foreach b,$(BOARDS_ALL),$(if $($(b).BL1_SOC),$(b))))

ifneq ($(filter flash,$(GOALS)),)
ifeq ($(filter $(BOARD),$(CARD_BOARDS)),)
$(error make flash: BOARD=$(BOARD) has no card to write; choose one of: $(CARD_BOARDS))
endif
endif

ifneq ($(and $(filter sdcard flash,$(GOALS)),$(filter $(BOARD),$(SDCARD_BOARDS)))$(filter test test-host,$(GOALS)),)
NEEDS += card
endif

# Always anew, because FIRMWARE may be another folder; and it says what is missing.
# The user's words go through the environment: in a command line a quote would end one.
$(SDCARD_BOARDS:%=build/%/sd.img): export CARD_FIRMWARE = $(value FIRMWARE)
$(SDCARD_BOARDS:%=build/%/sd.img): build/%/sd.img: build/%/mercator.bin build/%/check-map.ok board/%/config.txt tools/fat-card.sh FORCE | need-tools
	$(call say,SD,$@)
	$(Q)sh tools/fat-card.sh $@ $< board/$*/config.txt "$$CARD_FIRMWARE"$(if $(filter sdcard flash,$(GOALS)),, >/dev/null)

# $(call card_end,BOARD): the sector behind the kit's image, where BL1 reads it; mksd knows
card_end = $$((1 + $$($(MKSD) --check build/$(1)/sd.img | grep " image: " | cut -d- -f2 | cut -d" " -f2)))
# What BL1 boots from leaves the card's partition table alone; a FAT card is one whole.
# No single quotes: a test's command stands in them.
flash_what = $(if $(filter $(1),$(SDCARD_BOARDS)),disk build/$(1)/sd.img all,boot build/$(1)/sd.img $(card_end))

flash: export FLASH_DEV = $(value DEV)
flash: export CONFIRM := $(value CONFIRM)
flash: export MAX_GIB := $(or $(MAX_GIB),64)
.PHONY: flash
flash: build/$(BOARD)/sd.img | need-tools ## write the card in DEV=/dev/sdX and read it back (asks first; CONFIRM=yes does not)
	@sh tools/flash.sh $(call flash_what,$(BOARD)) "$$FLASH_DEV"

# ---- tests ----

MORE_TESTS += 'tools/flash=sh tests/tools/test_flash.sh' \
	$(foreach b,$(SDCARD_BOARDS),'tools/card:$(b)=sh tests/tools/test_card.sh "$(MAKE)" "$(CARD_BOARDS)" $(b)')
MORE_TESTS_NEED += $(foreach b,$(SDCARD_BOARDS),build/$(b)/mercator.bin build/$(b)/check-map.ok)

# kernel7.img out of the card's image, and what the firmware has in RAM beside it
build/%/card.elf: build/%/sd.img tests/tools/pi-firmware.S
	$(Q)mcopy -n -o -i $<@@1M "::$$(sed -n 's/^kernel=//p' board/$*/config.txt)" build/$*/card-kernel.bin
	$(Q)$($*.cc) -nostdlib -DKERNEL='"build/$*/card-kernel.bin"' -Wl,--build-id=none -Wl,-e,_start \
		-Wl,--section-start=.firmware=0,--section-start=.kernel=$($*.LOADADDR) tests/tools/pi-firmware.S -o $@

build/%/card-stub.bin: build/%/card.elf
	$(Q)$(CROSS)objcopy -O binary -j .firmware $< $@

card_runs := $(filter $(BOARDS),$(SDCARD_BOARDS))
card_qemu = --board $(1) --machine "$($(1).QEMU_MACHINE)" --args "$($(1).QEMU_ARGS)" --elf build/$(1)/card.elf --timeout $(RUN_TIMEOUT)
BOARD_TESTS += $(foreach b,$(card_runs),'card/$(b)=perl tests/tools/test_card_boot.pl $(call card_qemu,$(b)) --stub build/$(b)/card-stub.bin' \
	'card/$(b):target=perl qemu/target-test.pl $(call card_qemu,$(b)) --log build/test/$(b)-card.serial')
BOARD_TESTS_NEED += $(foreach b,$(card_runs),build/$(b)/card.elf build/$(b)/card-stub.bin)

flash_runs := $(filter $(BOARDS),$(filter-out $(SDCARD_BOARDS),$(CARD_BOARDS)))
BOARD_TESTS += $(foreach b,$(flash_runs),'flash/$(b)=$(call qemu_env,$(b)) sh tests/tools/test_flash_boot.sh $(b) \
	$($(b).QEMU_MACHINE) "$($(b).QEMU_ARGS)" $(RUN_TIMEOUT) build/$(b)/sd.img $(call card_end,$(b))')
BOARD_TESTS_NEED += $(foreach b,$(flash_runs),build/$(b)/sd.img $($(b).QEMU_PROGRAM))
