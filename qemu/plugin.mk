# SPDX-License-Identifier: GPL-2.0-or-later
# qemu/plugin.mk - mercator-watch, the QEMU plug-in that checks what QEMU forgives
# (docs/watch.md), and the runs under it.

WATCH := build/plugin/mercator-watch.so
WATCH_OBJS := $(patsubst qemu/plugin/%.c,build/plugin/%.o,$(wildcard qemu/plugin/*.c))
WATCH_CFLAGS := -std=gnu11 -O2 -g -fPIC -fvisibility=hidden -Wall -Wextra -Wno-unused-parameter -Werror $(REPRODUCIBLE)

# QEMU's plug-in header lies in the source that our QEMU is built from.
build/plugin/%.o: qemu/plugin/%.c $(wildcard qemu/plugin/*.h) | $(S5PV210_QEMU) need-tools
	$(call say,HOSTCC,$< [plugin])
	$(Q)mkdir -p $(@D) && $(HOSTCC) $(WATCH_CFLAGS) -Ibuild/qemu/src/include/qemu $$(pkg-config --cflags glib-2.0) -c $< -o $@

$(WATCH): $(WATCH_OBJS)
	$(call say,HOSTLD,$@)
	$(Q)$(HOSTCC) -shared $^ -o $@

# $(call watch_run,board,machine,runs): always our own QEMU, which has every board's machine
watch_run = perl qemu/plugin/watch.pl --board $(1) --machine "$(2)" --args "$($(1).QEMU_ARGS)" \
	--elf build/$(1)/mercator.elf --load $($(1).LOADADDR) --plugin $(WATCH) --cross $(CROSS) \
	--qemu $(S5PV210_QEMU) --timeout $(RUN_TIMEOUT) --log-dir build/test $(3)
watch_args = 'watch/$(1)=$(call watch_run,$(1),$($(1).QEMU_MACHINE),--run demo --run selftest --run "selftest twice")' \
	$(foreach m,$($(1).QEMU_ALSO),'watch/$(1):$(subst =,-,$(m))=$(call watch_run,$(1),$(m),)')

# Images with one thing removed, each of which must be found out.
mutants_boards := realview-pb-a8 vexpress-a9
mutants_images := $(mutants_boards:%=build/%/mercator.elf)
# $(call mutants_run,board,part,table)
mutants_run = perl tests/plugin/mutants.pl --part $(2) --board $(1) --table tests/plugin/$(3) \
	--machine "$($(1).QEMU_MACHINE)" --args "$($(1).QEMU_ARGS)" \
	--load $($(1).LOADADDR) --plugin $(WATCH) --cross $(CROSS) --qemu $(S5PV210_QEMU)
mutants_args = $(foreach i,1 2 3 4,'watch/mutants-$(i)=$(call mutants_run,realview-pb-a8,$(i)/4,mutants.txt)') \
	'watch/mutants-a9=$(call mutants_run,vexpress-a9,1/1,mutants-a9.txt)'

# The image behind a loader that leaves nothing as it should be, 16 MiB above it: entered
# with the MMU off, and with it on, at a second address in sections or in a supersection.
hostile_boards := $(filter realview-pb-a8 vexpress-a9 virt,$(BOARDS))
hostile_kinds := off 1 16
hostile_at = $(shell printf '0x%x' $$(($($(1).LOADADDR) + $(2))))
# $(call hostile_rule,board,kind)
define hostile_rule
build/$(1)/hostile-$(2).elf: build/$(1)/mercator.bin tests/tools/hostile.S
	$$(Q)$$($(1).cc) -nostdlib -DKERNEL='"$$<"' -DLOADADDR=$$($(1).LOADADDR) $$(if $$($(1).PL310_BASE),-DPL310_BASE=$$($(1).PL310_BASE)) \
		$(if $(filter off,$(2)),-DENTRY=$$($(1).LOADADDR),-DALIAS=$(2) -DENTRY=$$(call hostile_at,$(1),0x18000000)) \
		-DTABLE=$$(call hostile_at,$(1),0x13f0000) \
		-Wl,--build-id=none -Wl,-e,_start -Wl,--section-start=.loader=$$(call hostile_at,$(1),0x1000000) \
		-Wl,--section-start=.kernel=$$($(1).LOADADDR) tests/tools/hostile.S -o $$@
endef
$(foreach b,$(hostile_boards),$(foreach k,$(hostile_kinds),$(eval $(call hostile_rule,$(b),$(k)))))
# $(call hostile_args,board,machine): the watcher wants to see the image entered where it lies
hostile_args = 'watch/$(subst =,-,$(2)):hostile=$(call watch_run,$(1),$(2),--loader "-kernel build/$(1)/hostile-off.elf" --run demo --run selftest)' \
	$(if $(findstring virtualization,$(2)),,$(foreach k,1 16,'target/$(2):hostile-$(k)=$(call target_run,$(1),$(2),-hostile-$(k)) \
		--qemu $(S5PV210_QEMU) --guest "selftest boot" --loader "-kernel build/$(1)/hostile-$(k).elf"'))

# Its decoder against the assembler; this needs no QEMU.
SHOW_DECODE := build/plugin/show-decode
$(SHOW_DECODE): tests/plugin/show_decode.c qemu/plugin/decode.c qemu/plugin/decode.h | need-tools
	$(call say,HOSTLD,$@)
	$(Q)mkdir -p $(@D) && $(HOSTCC) -std=gnu11 -O1 -Wall -Wextra -Werror -I. $(filter %.c,$^) -o $@

MORE_TESTS += 'watch/decode=perl tests/plugin/decode.pl $(SHOW_DECODE) $(CROSS)'
MORE_TESTS_NEED += $(SHOW_DECODE)

# BOARDS="..." without the board that our QEMU is built for: nobody waits for it.
ifneq ($(filter x210,$(BOARDS)),)
BOARD_TESTS += $(mutants_args) $(foreach b,$(BOARDS),$(call watch_args,$(b))) \
	$(foreach b,$(hostile_boards),$(foreach m,$($(b).QEMU_MACHINE) $($(b).QEMU_ALSO),$(call hostile_args,$(b),$(m))))
BOARD_TESTS_NEED += $(WATCH) $(mutants_images) $(foreach b,$(hostile_boards),$(hostile_kinds:%=build/$(b)/hostile-%.elf))
endif

.PHONY: watch
watch: image $(WATCH) | need-tools ## demonstration and target tests of BOARD under the plug-in that checks the hardware's rules
	@$(if $($(BOARD).QEMU_MACHINE),$(run_tests) $(call watch_args,$(BOARD)),echo "$(BOARD): QEMU has no such machine, so there is nothing to watch; choose one of: $(BOARDS)" >&2; exit 1)

.PHONY: watch-mutants
watch-mutants: $(mutants_images) $(WATCH) | need-tools ## images with one rule broken: each must be found out by the plug-in
	@$(run_tests) $(mutants_args)

# What no PC runs, a barrier or an operation less at a time: on a core without the MP extensions
# first, then on those with, on one that is entered in Hyp mode, and on four cores at once.
ASSEMBLY := boot/head.S boot/vectors.S mm/armv7/seam.h
assembly_boards := realview-pb-a8 vexpress-a9 virt raspi2b
# in Hyp mode the MMU stays off
loaders = $(if $(filter $(1),$(hostile_boards)),$(foreach k,$(if $(findstring virtualization,$(2)),off,$(hostile_kinds)),build/$(1)/hostile-$(k).elf))
# $(call assembly_on,board,machine)
assembly_on = --on '$(1)|$(2)|$($(1).QEMU_ARGS)|$($(1).LOADADDR)|$(call elsewhere,$(1))|$(call loaders,$(1),$(2))|$($(1).nothing)'
.PHONY: mutants-assembly
mutants-assembly: $(foreach b,$(assembly_boards),build/$(b)/mercator.elf build/$(b)/mercator.bin) $(WATCH) | need-tools ## is every barrier and every operation on the core that assembly leaves out noticed?  MUTANTS=20: a sample
	$(Q)perl tests/plugin/assembly.pl --plugin $(WATCH) --qemu $(S5PV210_QEMU) --cross $(CROSS) --jobs $(JOBS) \
		$(foreach b,$(assembly_boards),$(call assembly_on,$(b),$(or $($(b).QEMU_ALSO),$($(b).QEMU_MACHINE)))) \
		--survivors tests/plugin/survivors $(if $(MUTANTS),--sample $(MUTANTS)) $(if $(SEED),--seed $(SEED)) \
		$(if $(MATCH),--match '$(MATCH)') $(ASSEMBLY)
