# SPDX-License-Identifier: BSD-2-Clause
# qemu/uboot.mk - the image for an existing U-Boot (uimage), and the tests that
# start it from real ones (test-uboot).

##@ From an existing U-Boot

# $(call mkimage,board,OS and type): U-Boot copies it to the board's LOADADDR and
# enters it there.  The date in the header is SOURCE_DATE_EPOCH, 1970 if that is not
# set: the same image gives the same bytes.
mkimage = SOURCE_DATE_EPOCH=$${SOURCE_DATE_EPOCH:-0} mkimage -A arm $(2) -C none \
	-a $($(1).LOADADDR) -e $($(1).LOADADDR) -n 'Mercator $(1)' -d build/$(1)/mercator.bin

.PRECIOUS: build/%/uImage build/%/uImage.standalone
# Entered with MMU and caches off, as a kernel is; .standalone with them on, as by go.
build/%/uImage: build/%/mercator.bin build/%/check-map.ok | need-tools
	$(call say,UIMAGE,$@)
	$(Q)$(call mkimage,$*,-O linux -T kernel) $@ >/dev/null

build/%/uImage.standalone: build/%/mercator.bin build/%/check-map.ok | need-tools
	$(call say,UIMAGE,$@)
	$(Q)$(call mkimage,$*,-O u-boot -T standalone) $@ >/dev/null

.PHONY: uimage
uimage: all build/$(BOARD)/uImage build/$(BOARD)/uImage.standalone ## build/BOARD/uImage, for bootm of a U-Boot that is there (LOADADDR=0x...)
	@mkimage -l build/$(BOARD)/uImage

# ---- the U-Boots ----

uboot_boards := virt x210
virt.uboot := build/uboot/qemu_arm/u-boot.bin
virt.uboot_prompt := =>
virt.uboot_card := virtio 0:1
virt.uboot_machine = $(virt.QEMU_MACHINE)
virt.uboot_args = -bios $(virt.uboot) -drive if=none,format=raw,snapshot=on,id=card,file=build/uboot/virt.img \
	-device virtio-blk-device,drive=card -m 256
# own place, an odd page, a place far up; twice the RAM that the board's row has
virt.uboot_at := 0x40010000 0x41237000 0x45fff000
virt.uboot_spare := 0x42001000
virt.uboot_beyond := 0x48001000

x210.uboot := build/uboot/s5p_goni/u-boot.bin
x210.uboot_prompt := Goni \#
x210.uboot_card := mmc 0:1
x210.uboot_machine = $(x210.QEMU_MACHINE),load-address=0x34800000
x210.uboot_args = -kernel $(x210.uboot) -drive if=sd,format=raw,snapshot=on,file=build/uboot/x210.img
# own place, an odd page, over the place where this U-Boot was started, the second bank
x210.uboot_at := 0x30008000 0x31237000 0x34801000 0x40123000
x210.uboot_spare := 0x34001000
x210.uboot_beyond := 0x50001000
x210.uboot_window := 0xc0000000

build/uboot/%/u-boot.bin: $(wildcard qemu/uboot/build.sh qemu/uboot/goni-*) tools/private-apt.sh | need-tools
	$(Q)CROSS=$(CROSS) sh qemu/uboot/build.sh $* build/uboot

build/uboot/%.img: build/%/mercator.bin build/%/uImage build/%/uImage.standalone qemu/uboot/card.sh | need-tools
	$(call say,CARD,$@)
	$(Q)mkdir -p $(@D) && sh qemu/uboot/card.sh $@ $(filter-out %.sh,$^)

# ---- the tests ----

# $(call uboot_options,board,machine): what a runner needs to know of the board and its U-Boot
uboot_options = --board $(1) --machine "$(or $(2),$($(1).uboot_machine))" --args "$($(1).QEMU_ARGS)" \
	--elf build/$(1)/mercator.elf --timeout $(RUN_TIMEOUT) \
	--loader "$($(1).uboot_args)" --loader-prompt "$($(1).uboot_prompt) "
uboot_load = --type "fatload $($(1).uboot_card) $(3) $(2)"
uboot_go = $(call uboot_load,$(1),mercator.bin,$(2)) --type "dcache flush" --type "icache flush" --type "go $(2)"
# $(call uboot_case,board,name,what U-Boot is told,machine): the complete target tests
uboot_case = 'uboot/$(1):$(2)=$(call qemu_env,$(1)) perl qemu/target-test.pl $(call uboot_options,$(1),$(4)) $(3) \
	--log build/test/uboot-$(1)-$(2).serial'

uboot_board_cases = $(foreach a,$($(1).uboot_at),$(call uboot_case,$(1),go-$(a),$(call uboot_go,$(1),$(a)))) \
	$(call uboot_case,$(1),bootm,$(call uboot_load,$(1),uImage,$($(1).uboot_spare)) \
		--type "bootm $($(1).uboot_spare) - \$${fdtcontroladdr}") \
	$(call uboot_case,$(1),bootm-standalone,$(call uboot_load,$(1),uImage.standalone,$($(1).uboot_spare)) \
		--type "setenv autostart yes" --type "bootm $($(1).uboot_spare)") \
	$(foreach m,$($(1).QEMU_ALSO),$(call uboot_case,$(1),$(subst =,-,$(m)),$(call uboot_go,$(1),$($(1).uboot_spare)),$(m))) \
	'uboot/$(1):start=$(call qemu_env,$(1)) perl tests/uboot/start.pl $(call uboot_options,$(1)) --card "$($(1).uboot_card)" \
		--at $($(1).uboot_spare) --beyond $($(1).uboot_beyond) $(addprefix --window ,$($(1).uboot_window))'
uboot_tests = $(foreach b,$(uboot_boards),$(call uboot_board_cases,$(b)))

.PHONY: test-uboot
test-uboot: $(foreach b,$(uboot_boards),build/$(b)/mercator.elf build/uboot/$(b).img $($(b).uboot) $($(b).QEMU_PROGRAM)) | need-tools ## the image started by real U-Boots (once: builds one, some minutes)
	@$(run_tests) $(uboot_tests)
