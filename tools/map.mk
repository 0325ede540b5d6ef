# SPDX-License-Identifier: BSD-2-Clause
# tools/map.mk - what a porter asks of a map table on this machine: check-map,
# walk, picture.  The kit's own code gives the answers.

##@ The map, on this machine

# $(call image_of,BOARD): the numbers of its linked image, as the tools take them
image_of = --image $$(sh tools/image-size.sh $(CROSS)nm build/$(1)/mercator.elf $($(1).LOADADDR))
# ... if it is linked
image_if_linked = $$(test ! -e build/$(1)/mercator.elf || echo "$(call image_of,$(1))")

# A wrong one would be found late, by the linker, mkimage or mksd, each in words of its own.
$(BOARDS_ALL:%=build/%/flags): build/%/flags: | loadaddr-%
.PHONY: $(BOARDS_ALL:%=loadaddr-%)
$(BOARDS_ALL:%=loadaddr-%): loadaddr-%:
	@why='not 0x and hexadecimal digits'; case '$(subst ','\'',$($*.LOADADDR))' in \
	'' | 0x0) exit 0 ;; 0x*[!0-9A-Fa-f]*) ;; 0x?????????*) why='more than 32 bits' ;; \
	0x*000) exit 0 ;; 0x?*) why='not a multiple of 4 KiB' ;; esac; \
	printf '%s\n' 'LOADADDR=$(subst ','\'',$($*.LOADADDR)): '"$$why" >&2; \
	echo '  way out: an address in the RAM of board/$*/board.c, or none, for that of board/$*/board.mk' >&2; exit 1

# What the tools do not use of mm/ is dropped by the linker.
MAP_TOOL_SRCS := tools/host_image.c tools/no_symbols.c mm/check.c mm/suggest.c mm/plan.c mm/log.c mm/pgtable.c
CHECK_MAP_SRCS := tools/check_map.c tools/check_devices.c tools/map_rows.c $(MAP_TOOL_SRCS)
WALK_SRCS := tools/walk.c tools/flat_memory.c mm/iotable_early.c mm/walk.c mm/walk_show.c $(MAP_TOOL_SRCS)
MAP_TOOL_CFLAGS := -std=gnu11 -O1 -g $(WARNINGS) -ffunction-sections -fdata-sections -Wl,--gc-sections -I. -Itests/model

# $(call map_tool,BOARD,program,sources)
define map_tool
build/host/$(1)/$(2): $(3) board/$(1)/board.c build/$(1)/flags | need-tools
	$$(call say,HOSTCC,$$@)
	$$(Q)mkdir -p $$(@D) && $$(HOSTCC) $$(MAP_TOOL_CFLAGS) $(if $($(1).MM_TABLES),-DMM_TABLES=$($(1).MM_TABLES)) \
		-MMD -MP -MT $$@ -MF $$@.d $$(filter %.c,$$^) -o $$@
-include build/host/$(1)/$(2).d
endef
$(foreach b,$(BOARDS_ALL),$(eval $(call map_tool,$(b),check-map,$(CHECK_MAP_SRCS))))
$(foreach b,$(BOARDS_ALL),$(eval $(call map_tool,$(b),walk,$(WALK_SRCS))))

.PHONY: check-map
check-map: build/host/$(BOARD)/check-map ## check the map table of BOARD and print its plan (with the image, once it is linked)
	$(Q)$< $(call image_if_linked,$(BOARD))

.PHONY: walk
walk: build/host/$(BOARD)/walk build/$(BOARD)/mercator.elf ## translate ADDR ("0x... 0x...") step by step, as the shell on BOARD would
	@test -n "$(ADDR)" || { echo 'walk: which address? make BOARD=$(BOARD) walk ADDR=0xF8000000, or ADDR="0x... 0x..."' >&2; exit 1; }
	$(Q)$< $(call image_of,$(BOARD)) $(ADDR)

.PHONY: picture
picture: build/$(BOARD)/map.svg ## draw the map of BOARD: build/BOARD/map.svg (ALSO=row: a dynamic mapping of it, too)

# always anew: ALSO may be another, and the image may be linked by now
build/%/map.svg: build/host/%/check-map tools/map-svg.pl FORCE
	$(call say,SVG,$@)
	$(Q)mkdir -p $(@D) && $< --rows $(call image_if_linked,$*) >$@.rows && \
		perl tools/map-svg.pl $(if $(ALSO),--also $(ALSO)) <$@.rows >$@

# The pictures in docs/ must not change with each change of the code: the image in
# them is made up.  LOADADDR, text, rodata, all, vectors, tables, five guards.
docs_image = --image $($(1).LOADADDR) 0x30000 0x10000 0x100000 0x2f000 0x90000 0x80000 0x85000 0x88000 0x8b000 0x8d000
docs_picture = build/host/$(1)/check-map --rows $(call docs_image,$(1)) | perl tools/map-svg.pl --example-image --also $(2)

.PHONY: docs
docs: build/host/x210/check-map ## draw the pictures in docs/ anew
	$(Q)$(call docs_picture,x210,gpio) >docs/address-space.svg

# ---- tests ----

BOARD_TESTS += $(foreach b,$(BOARDS),'tools/walk:$(b)=$(call qemu_env,$(b)) sh tests/tools/test_walk.sh $(b) $($(b).QEMU_MACHINE) \
	"$($(b).QEMU_ARGS)" $(RUN_TIMEOUT) $(patsubst --image,,$(call image_of,$(b)))')
BOARD_TESTS_NEED += $(foreach b,$(BOARDS),build/host/$(b)/walk build/host/$(b)/check-map build/$(b)/mercator.elf)

MORE_TESTS += 'tools/picture=sh tests/tools/test_picture.sh "$(HOSTCC) $(MAP_TOOL_CFLAGS)" "$(CHECK_MAP_SRCS)" \
	docs/address-space.svg "$(call docs_picture,x210,gpio)" $(BOARDS_ALL)'
MORE_TESTS_NEED += $(foreach b,$(BOARDS_ALL),build/host/$(b)/check-map)
MORE_TESTS += 'tools/devices=sh tests/tools/test_devices.sh "$(HOSTCC) $(MAP_TOOL_CFLAGS)" \
	"$(CHECK_MAP_SRCS)" "$(WALK_SRCS)"'
