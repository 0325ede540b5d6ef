# SPDX-License-Identifier: BSD-2-Clause
# examples/examples.mk - the mapping core as a library, and programs that use it.

# LIB_CFLAGS: core, instruction set, float ABI and optimisation, as the firmware is built.
LIB_CFLAGS ?= -marm -march=armv7-a -mfloat-abi=soft -O2 -g
LIB := build/lib/libmercator.a

# Parts of it run before the MMU is on, where a C library must not be called and no access may
# be unaligned: what an image's early part is built with, but for its position.  -Os makes calls
# of memset() there, hence -O2 whatever LIB_CFLAGS says.
LIB_SRCS := $(wildcard mm/*.c mm/armv7/*.c)
LIB_OBJS := $(LIB_SRCS:%.c=build/lib/obj/%.o)
LIB_EARLY := $(filter mm/%.c,$(EARLY_SRCS))
LIB_HEADERS := $(filter-out %_priv.h mm/window.h mm/static_rows.h mm/bitmap.h mm/memtype.h,$(wildcard mm/*.h))
LIB_INCLUDE := $(LIB_HEADERS:%=build/lib/include/%) build/lib/include/seam.h
lib_cc = $(CROSS)gcc $(LIB_CFLAGS) -mno-unaligned-access -std=gnu11 -ffreestanding -fno-builtin \
	-fno-tree-loop-distribute-patterns -fno-common -ffunction-sections -fdata-sections \
	$(WARNINGS) $(REPRODUCIBLE) $(INCLUDES)

##@ Library

.PHONY: lib
lib: $(LIB) $(LIB_INCLUDE) ## the mapping core for other firmware: build/lib (LIB_CFLAGS=...; examples/README.md)

build/lib/flags: FORCE
	@mkdir -p $(@D); echo '$(lib_cc)' | cmp -s - $@ || echo '$(lib_cc)' >$@

build/lib/obj/%.o: %.c build/lib/flags | need-tools
	$(call say,CC,$< [lib])
	$(Q)mkdir -p $(@D) && $(lib_cc) $(if $(filter $(LIB_EARLY),$<),-O2) $(DEPFLAGS) -c $< -o $@

$(LIB): $(LIB_OBJS) examples/check-lib.sh examples/README.md
	$(call say,AR,$@)
	$(Q)rm -f $@ && $(CROSS)ar rcsD $@ $(LIB_OBJS)
	$(Q)CROSS=$(CROSS) sh examples/check-lib.sh $@ $(LIB_EARLY:%.c=build/lib/obj/%.o)

build/lib/include/seam.h: mm/armv7/seam.h
	$(Q)mkdir -p $(@D) && cp $< $@

build/lib/include/mm/%.h: mm/%.h
	$(Q)mkdir -p $(@D) && cp $< $@

# ---- examples/minimal: its own start-up, the library and nothing else of this tree ----

minimal_cc = $(CROSS)gcc -marm -march=armv7-a -mfloat-abi=soft -mno-unaligned-access -std=gnu11 -O2 -g \
	-ffunction-sections -fdata-sections $(WARNINGS) -Ibuild/lib/include

minimal_objs := build/examples/minimal/start.o build/examples/minimal/main.o

build/examples/%.o: examples/%.c $(LIB_INCLUDE) | need-tools
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D) && $(minimal_cc) -c $< -o $@

build/examples/%.o: examples/%.S | need-tools
	$(call say,AS,$<)
	$(Q)mkdir -p $(@D) && $(minimal_cc) -c $< -o $@

build/examples/minimal.elf: $(minimal_objs) examples/minimal/minimal.ld $(LIB)
	$(call say,LD,$@)
	$(Q)$(minimal_cc) -nostartfiles -static -T examples/minimal/minimal.ld \
		-Wl,--gc-sections,--fatal-warnings,-z,max-page-size=4096,-Map=$(@:.elf=.map) $(minimal_objs) $(LIB) -o $@

# In QEMU by its own numbers: board/ has no say here.
minimal_qemu = qemu-system-arm -M realview-pb-a8 -m 128 -display none -monitor none -serial stdio -nic none \
	-audiodev none,id=quiet -global pl041.audiodev=quiet -semihosting -kernel

.PHONY: example
example: build/examples/minimal.elf | need-tools ## build examples/minimal on that library and run it in QEMU
	@$(minimal_qemu) $<

MORE_TESTS += 'tools/example=env CROSS=$(CROSS) sh tests/tools/test_example.sh build/examples/minimal.elf $(minimal_qemu)' \
	'docs/examples=perl tools/check-docs.pl examples/README.md'
MORE_TESTS_NEED += lib build/examples/minimal.elf

-include $(LIB_OBJS:.o=.d)
