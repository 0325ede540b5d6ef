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
mutants_board := realview-pb-a8
mutants_args = $(foreach i,1 2 3 4,'watch/mutants-$(i)=perl tests/plugin/mutants.pl --part $(i)/4 --board $(mutants_board) \
	--machine "$($(mutants_board).QEMU_MACHINE)" --args "$($(mutants_board).QEMU_ARGS)" \
	--load $($(mutants_board).LOADADDR) --plugin $(WATCH) --cross $(CROSS) --qemu $(S5PV210_QEMU)')

# Its decoder against the assembler; this needs no QEMU.
SHOW_DECODE := build/plugin/show-decode
$(SHOW_DECODE): tests/plugin/show_decode.c qemu/plugin/decode.c qemu/plugin/decode.h | need-tools
	$(call say,HOSTLD,$@)
	$(Q)mkdir -p $(@D) && $(HOSTCC) -std=gnu11 -O1 -Wall -Wextra -Werror -I. $(filter %.c,$^) -o $@

MORE_TESTS += 'watch/decode=perl tests/plugin/decode.pl $(SHOW_DECODE) $(CROSS)'
MORE_TESTS_NEED += $(SHOW_DECODE)

# BOARDS="..." without the board that our QEMU is built for: nobody waits for it.
ifneq ($(filter x210,$(BOARDS)),)
BOARD_TESTS += $(mutants_args) $(foreach b,$(BOARDS),$(call watch_args,$(b)))
BOARD_TESTS_NEED += $(WATCH) build/$(mutants_board)/mercator.elf
endif

.PHONY: watch
watch: image $(WATCH) | need-tools ## demonstration and target tests of BOARD under the plug-in that checks the hardware's rules
	@$(if $($(BOARD).QEMU_MACHINE),$(run_tests) $(call watch_args,$(BOARD)),echo "$(BOARD): QEMU has no such machine, so there is nothing to watch; choose one of: $(BOARDS)" >&2; exit 1)

.PHONY: watch-mutants
watch-mutants: build/$(mutants_board)/mercator.elf $(WATCH) | need-tools ## images with one rule broken: each must be found out by the plug-in
	@$(run_tests) $(mutants_args)
