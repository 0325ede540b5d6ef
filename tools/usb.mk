# SPDX-License-Identifier: BSD-2-Clause
# tools/usb.mk - starting a board with nothing on its card: what its boot ROM takes by USB.
#
# Two files in turn: BL1 (tools/flash.mk), which sets up RAM and, instead of reading a
# card, returns to the ROM; then the kit's image.

USB_BOARDS := $(sort $(BL1_BOARDS))

# The variant is two of BL1's sources, compiled so that RAM is the end of their way.
USB_AGAIN := boot/bl1/entry boot/bl1/main

# $(call usb_rules,BOARD)
define usb_rules
$(1).usb := build/$(1)/usb/boot/usb/start.o build/$(1)/usb/boot/usb/hand_back.o $(USB_AGAIN:%=build/$(1)/usb/%.o) \
	$(filter-out $(USB_AGAIN:%=build/$(1)/bl1/%.o),$($(1).bl1))

build/$(1)/usb/boot/bl1/entry.o: usb_defs := -D_start=bl1_start
build/$(1)/usb/boot/bl1/main.o: usb_defs := -Dsoc_boot_channel=usb_hand_back

build/$(1)/usb/%.o: %.c build/$(1)/bl1/flags tools/usb.mk | need-tools
	$$(call say,CC,$$< [$(1)/usb])
	$$(Q)mkdir -p $$(@D) && $$($(1).cc) $$(DEPFLAGS) $$(CFLAGS_BL1) $$(usb_defs) -c $$< -o $$@

build/$(1)/usb/%.o: %.S build/$(1)/bl1/flags tools/usb.mk | need-tools
	$$(call say,AS,$$< [$(1)/usb])
	$$(Q)mkdir -p $$(@D) && $$($(1).cc) $$(DEPFLAGS) -g $$(REPRODUCIBLE) -D__ASSEMBLY__ $$(usb_defs) -c $$< -o $$@

build/$(1)/usb.elf: $$($(1).usb) build/$(1)/bl1.ld
	$$(call say,LD,$$@)
	$$(Q)$(CROSS)gcc $(ARCH_CFLAGS) -nostdlib -static -Wl,--gc-sections,--fatal-warnings,--build-id=none \
		-Wl,--orphan-handling=error,--defsym=usb_image_address=$($(1).LOADADDR) -T build/$(1)/bl1.ld $$(filter %.o,$$^) -o $$@

build/$(1)/usb.bin: build/$(1)/usb.elf
	$$(call say,BIN,$$@)
	$$(Q)$(CROSS)objcopy -O binary $$< $$@

-include $$(patsubst %.o,%.d,$$($(1).usb))
endef

$(foreach b,$(USB_BOARDS),$(eval $(call usb_rules,$(b))))

ifneq ($(filter usbboot,$(GOALS)),)
ifeq ($(filter $(BOARD),$(USB_BOARDS)),)
$(error make usbboot: no boot ROM of BOARD=$(BOARD) loads by USB as far as is known here; choose one of: $(USB_BOARDS))
endif
endif

# $(call usb_entry,BOARD): where the first file goes and is entered
usb_entry = 0x$$($(CROSS)nm build/$(1)/usb.elf | grep -w _start | cut -d" " -f1)

.PHONY: usbboot
usbboot: build/$(BOARD)/usb.bin build/$(BOARD)/mercator.bin build/$(BOARD)/check-map.ok ## what BOARD's boot ROM takes by USB (dnw): build/BOARD/usb.bin, then mercator.bin
	@echo "Send with dnw, in this order:"
	@echo "  to $(call usb_entry,$(BOARD)): build/$(BOARD)/usb.bin"
	@echo "  to $($(BOARD).LOADADDR): build/$(BOARD)/mercator.bin, when the console asks for it"

# ---- tests ----

usb_runs := $(filter $(BOARDS),$(USB_BOARDS))
BOARD_TESTS += $(foreach b,$(usb_runs),'usb/$(b)=$(call qemu_env,$(b)) perl tests/tools/test_usb.pl --board $(b) \
	--machine $($(b).QEMU_MACHINE) --args "$($(b).QEMU_ARGS)" --elf build/$(b)/usb.elf --first $(call usb_entry,$(b)) \
	--second build/$(b)/mercator.bin --loadaddr $($(b).LOADADDR) --timeout $(RUN_TIMEOUT)')
BOARD_TESTS_NEED += $(foreach b,$(usb_runs),build/$(b)/usb.bin build/$(b)/mercator.bin $($(b).QEMU_PROGRAM))
