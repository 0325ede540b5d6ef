# SPDX-License-Identifier: BSD-2-Clause
# tests/tests.mk - unit tests on the host, target tests in QEMU, bench, fuzz.
#
# tests/unit/test_drivers_*.c are linked with the drivers and a fake bus,
# test_app_*.c with the shell's parts as well, test_bl1_*.c with BL1's; every other test_*.c with mm/ and
# the model of the machine.  All see the same flags.

##@ Test

TEST_TIMEOUT ?= 400
FUZZ_TIME ?= 60
JOBS ?= 2

# ---- host: what is linked with what ----

MM_SRCS := $(wildcard mm/*.c)
MODEL_SRCS := $(filter-out tests/model/fake%,$(wildcard tests/model/*.c)) $(filter-out tests/unit/test_%,$(wildcard tests/unit/*.c))
FAKE_SRCS := $(wildcard tests/model/fake*.c) mm/log.c mm/io.c
DRIVER_SRCS := $(filter-out drivers/earlycon_%,$(wildcard drivers/*.c))
APP_SRCS := $(filter-out app/main.c,$(wildcard app/*.c))

UNIT_TESTS := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c))
FUZZERS := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
# The parts as archives, so that a test takes of them what it calls and no more:
# a test of the shell's parser needs no map.
PARTS := mm fake drivers app bl1
mm.srcs := $(MM_SRCS) $(MODEL_SRCS)
fake.srcs := $(FAKE_SRCS)
drivers.srcs := $(DRIVER_SRCS)
app.srcs := $(APP_SRCS)
bl1.srcs := boot/bl1/card.c boot/bl1/crc32.c boot/bl1/ramtest.c $(wildcard $(BL1_SOCS:%=board/%/*.c))
# $(call unit_parts,test_x): the archives one unit test is linked with
unit_parts = $(if $(filter test_bl1_%,$(1)),fake drivers bl1,$(if $(filter test_drivers_%,$(1)),fake drivers,$(if $(filter test_app_%,$(1)),fake drivers app,mm)))
# A fuzz program is linked with mm/ and the model, unless it has sources of its own.
fuzz_line.srcs := app/line.c app/parse.c tests/fuzz/typed.c
fuzz_card.srcs := boot/bl1/card.c boot/bl1/crc32.c
fuzz_table.srcs := $(MM_SRCS) $(MODEL_SRCS) tests/fuzz/stands.c
fuzz_srcs = $(or $($(1).srcs),$(MM_SRCS) $(MODEL_SRCS))

HOST_CFLAGS := -std=gnu11 -g $(WARNINGS) -ffunction-sections -fdata-sections $(REPRODUCIBLE) -I. -Itests/model -Itests/unit
HOST_LDFLAGS := -Wl,--gc-sections
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

# ---- host: the same sources under several compilers' flags ----

plain.cc = $(HOSTCC) -O1
asan.cc = $(HOSTCC) -O1 $(SANITIZE)
# 32-bit, with a stand-in for cmocka, whose 32-bit library is rarely there
m32.cc = $(HOSTCC) -O1 -m32 -Itests/m32
cov.cc = $(HOSTCC) -O0 --coverage
replay.cc = $(HOSTCC) -O1 $(SANITIZE)
fuzz.cc = clang -O1 $(SANITIZE) -fsanitize=fuzzer
# The judges need no guidance: an input is new when it is to the kit.  Five times as fast.
fuzz.judge = -fno-sanitize=fuzzer

# $(call unit_program,variant,test)
define unit_program
build/host/$(1)/$(2): build/host/$(1)/tests/unit/$(2).o $(patsubst %,build/host/$(1)/%.a,$(call unit_parts,$(2)))
	$$(call say,HOSTLD,$$@)
	$$(Q)$$($(1).cc) $$(HOST_LDFLAGS) $$(filter %.o,$$^) -Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group \
		$(if $(filter m32,$(1)),,-lcmocka) -o $$@
endef
# $(call host_archive,variant,part)
define host_archive
build/host/$(1)/$(2).a: $(patsubst %.c,build/host/$(1)/%.o,$($(2).srcs))
	$$(Q)rm -f $$@ && ar rcsD $$@ $$^
endef
# $(call fuzz_program,variant,fuzzer,further sources)
define fuzz_program
build/host/$(1)/$(2): $(patsubst %.c,build/host/$(1)/%.o,tests/fuzz/$(2).c $(call fuzz_srcs,$(2)) $(3))
	$$(call say,HOSTLD,$$@)
	$$(Q)$$($(1).cc) $$(HOST_LDFLAGS) $$^ -lcmocka -o $$@
endef
# $(call host_objects,variant)
define host_objects
build/host/$(1)/%.o: %.c build/host/$(1)/flags | need-tools
	$$(call say,HOSTCC,$$< [$(1)])
	$$(Q)mkdir -p $$(@D) && $$($(1).cc) $$(HOST_CFLAGS) $$(if $$(filter tests/model/% tests/unit/%,$$<),$$($(1).judge)) $$(DEPFLAGS) -c $$< -o $$@
build/host/$(1)/flags: FORCE
	@mkdir -p $$(@D); echo '$$($(1).cc) $$($(1).judge) $$(HOST_CFLAGS)' | cmp -s - $$@ || echo '$$($(1).cc) $$($(1).judge) $$(HOST_CFLAGS)' >$$@
-include $(patsubst %.c,build/host/$(1)/%.d,$(sort $(UNIT_TESTS:%=tests/unit/%.c) $(foreach p,$(PARTS),$($(p).srcs)) $(FUZZERS:%=tests/fuzz/%.c) tests/fuzz/replay.c $(foreach f,$(FUZZERS),$($(f).srcs))))
endef
$(foreach v,plain asan m32 replay cov fuzz,$(eval $(call host_objects,$(v))))
$(foreach v,plain asan m32 cov,$(foreach p,$(PARTS),$(eval $(call host_archive,$(v),$(p)))))
$(foreach v,plain asan m32 cov,$(foreach t,$(UNIT_TESTS),$(eval $(call unit_program,$(v),$(t)))))
$(foreach f,$(FUZZERS),$(eval $(call fuzz_program,replay,$(f),tests/fuzz/replay.c)))
$(foreach f,$(FUZZERS),$(eval $(call fuzz_program,fuzz,$(f),)))

# ---- running ----

# What some of the boards came to is no count of the tree (tools/Counts.pm).
run_tests = mkdir -p build/test && CMOCKA_MESSAGE_OUTPUT=TAP perl tools/run-tests.pl -j $(JOBS) \
	--timeout $(TEST_TIMEOUT) --summary build/test/summary $(if $(filter file,$(origin BOARDS)),--count $@) --log-dir build/test $(if $(filter 1,$(V)),-v)
# $(call unit_args,variant)
unit_args = $(foreach t,$(UNIT_TESTS),'$(if $(filter-out plain,$(1)),$(1)/,unit/)$(t)=build/host/$(1)/$(t)')
REPLAYS := $(FUZZERS:%=build/host/replay/%)
replay_args = $(foreach f,$(FUZZERS),'replay/$(f)=build/host/replay/$(f) tests/fuzz/corpus/$(f:fuzz_%=%)/*')

# tools/*.mk and examples/examples.mk add theirs: MORE_TESTS += 'name=command', and what
# must be built before to MORE_TESTS_NEED; what runs boards to BOARD_TESTS and
# BOARD_TESTS_NEED, which test-host leaves out.
# The build's own judges are judged too, on this board's compiler.
tool_args = 'tools/check_early=sh tests/tools/test_check_early.sh $($(BOARD).cc) $(CFLAGS_IMAGE) $(CFLAGS_EARLY)' \
	'tools/run=sh tests/tools/test_run.sh' 'tools/run_tests=sh tests/tools/test_run_tests.sh' 'tools/target_test=sh tests/tools/test_target_test.sh' \
	'tools/counts=sh tests/tools/test_counts.sh' 'tools/bad_tables=sh tests/tools/test_bad_tables.sh' 'tools/check_docs=sh tests/tools/test_check_docs.sh' \
	$(MORE_TESTS)

TARGET_IMAGES = $(foreach b,$(BOARDS),build/$(b)/mercator.elf build/$(b)/mercator.bin build/$(b)/check-map.ok $($(b).QEMU_PROGRAM))
target_run = $(call qemu_env,$(1)) perl qemu/target-test.pl --board $(1) --machine "$(2)" --args "$($(1).QEMU_ARGS)" \
	--elf build/$(1)/mercator.elf --timeout $(RUN_TIMEOUT) --log build/test/$(1)$(3).serial
# One run with the board's machine, one more with each of QEMU_ALSO; the raw image
# at an address it was not built for; and an image that was entered a second time,
# with the MMU and the caches on.
elsewhere = $(shell printf '0x%x' $$(($($(1).LOADADDR) + 0x123000)))
target_args = $(foreach b,$(BOARDS),'target/$(b)=$(call target_run,$(b),$($(b).QEMU_MACHINE),)' \
	'target/$(b):elsewhere=$(call target_run,$(b),$($(b).QEMU_MACHINE),-elsewhere) --raw $(call elsewhere,$(b))' \
	'target/$(b):twice=$(call target_run,$(b),$($(b).QEMU_MACHINE),-twice) --guest "selftest twice"' \
	$(foreach m,$($(b).QEMU_ALSO),'target/$(b):$(subst =,-,$(m))=$(call target_run,$(b),$(m),-$(subst =,-,$(m)))'))

# A board that can restart, without a host behind it, as on silicon.
no_host_board := realview-pb-a8
no_host_args = 'target/$(no_host_board):no-host=perl tests/tools/test_no_host.pl --board $(no_host_board) \
	--machine $($(no_host_board).QEMU_MACHINE) --args "$($(no_host_board).QEMU_ARGS)" \
	--elf build/$(no_host_board)/mercator.elf --timeout $(RUN_TIMEOUT)'

# An abort in an interrupt handler ends a run: each board has one more for it.
irq_abort_args = $(foreach b,$(BOARDS),'target/$(b):irq-abort=$(call qemu_env,$(b)) perl tests/tools/test_irq_abort.pl --board $(b) \
	--machine "$($(b).QEMU_MACHINE)" --args "$($(b).QEMU_ARGS)" --elf build/$(b)/mercator.elf --timeout $(RUN_TIMEOUT)')

# Exceptions before the MMU is on, on a board where an access to nothing is one.
early_fault_board := $(filter virt,$(BOARDS))
virt.nothing := 0x0c000000
early_fault_args = $(foreach b,$(early_fault_board),'target/$(b):early-fault=perl tests/tools/test_early_fault.pl --board $(b) \
	--machine "$($(b).QEMU_MACHINE)" --args "$($(b).QEMU_ARGS)" --elf build/$(b)/mercator.elf --timeout $(RUN_TIMEOUT) \
	--load $(call elsewhere,$(b)) --nothing $($(b).nothing) --cross $(CROSS)')

# TCG takes interrupts between blocks of instructions.  With blocks of one a storm
# reaches every instruction; the option is of QEMU 8.1, so the board has our own.
storm_board := $(filter x210,$(BOARDS))
storm_args = $(foreach b,$(storm_board),'target/$(b):storm=$(call qemu_env,$(b)) perl qemu/target-test.pl --board $(b) \
	--machine "$($(b).QEMU_MACHINE)" --args "$($(b).QEMU_ARGS) -accel tcg,one-insn-per-tb=on" --elf build/$(b)/mercator.elf \
	--timeout $(RUN_TIMEOUT) --guest "selftest storm" --log build/test/$(b)-storm.serial')

.PHONY: test
test: build/$(no_host_board)/mercator.elf $(UNIT_TESTS:%=build/host/plain/%) $(REPLAYS) $(TARGET_IMAGES) $(MORE_TESTS_NEED) $(BOARD_TESTS_NEED) | need-tools ## unit tests, fuzz corpora, target tests on every board of QEMU
	@$(run_tests) $(call unit_args,plain) $(replay_args) $(tool_args) $(BOARD_TESTS) $(target_args) $(irq_abort_args) $(early_fault_args) $(storm_args) $(no_host_args) 'docs=perl tools/check-docs.pl'

.PHONY: test-host
test-host: $(UNIT_TESTS:%=build/host/plain/%) $(REPLAYS) $(MORE_TESTS_NEED) | need-tools ## unit tests and fuzz corpora alone
	@$(run_tests) $(call unit_args,plain) $(replay_args) $(tool_args)

.PHONY: test-target
test-target: $(TARGET_IMAGES) | need-tools ## target tests alone (BOARDS="a b": these boards)
	@$(run_tests) $(target_args) $(irq_abort_args) $(early_fault_args) $(storm_args)

.PHONY: test-asan
test-asan: $(UNIT_TESTS:%=build/host/asan/%) | need-tools ## unit tests under address and undefined-behaviour sanitizers
	@$(run_tests) $(call unit_args,asan)

.PHONY: test-m32
test-m32: $(UNIT_TESTS:%=build/host/m32/%) | need-tools ## unit tests as 32-bit programs, where the compiler can
	@$(run_tests) $(call unit_args,m32)

.PHONY: bench
bench: $(foreach b,$(BOARDS),build/$(b)/bench.tsv) ## instruction counts on every board: build/bench.tsv
	@{ printf 'board\tcase\tinstructions\n'; cat $^; } >build/bench.tsv
	@cat build/bench.tsv

$(foreach b,$(BOARDS),build/$(b)/bench.tsv): | $(foreach b,$(BOARDS),$($(b).QEMU_PROGRAM))
build/%/bench.tsv: build/%/mercator.elf FORCE | need-tools
	$(call say,BENCH,$*)
	@$(call qemu_env,$*) perl qemu/bench.pl --board $* --machine '$($*.QEMU_MACHINE)' --args '$($*.QEMU_ARGS)' \
		--elf $< --timeout $(RUN_TIMEOUT) >$@
	@$(call qemu_env,$*) perl qemu/boot-count.pl --board $* --machine '$($*.QEMU_MACHINE)' --args '$($*.QEMU_ARGS)' \
		--elf $< --timeout $(RUN_TIMEOUT) --nm $(CROSS)nm >>$@

# New inputs go to build/, so that a run never changes the committed corpus.
fuzz_units = $$(cat build/fuzz/*.log | awk '$$1 == "stat::number_of_executed_units:" { n += $$2 } END { printf "%.0f", n }')
.PHONY: fuzz
fuzz: $(FUZZERS:%=build/host/fuzz/%) | need-tools ## libFuzzer, FUZZ_TIME seconds for each program (default 60)
	$(Q)rm -f build/fuzz/*.log; tree=$$(perl tools/counts.pl --sum); for f in $(FUZZERS:fuzz_%=%); do \
		mkdir -p build/fuzz/$$f && printf '  FUZZ    %s\n' $$f && \
		build/host/fuzz/fuzz_$$f -max_total_time=$(FUZZ_TIME) -print_final_stats=1 -verbosity=0 \
			-artifact_prefix=build/fuzz/$$f- build/fuzz/$$f tests/fuzz/corpus/$$f >build/fuzz/$$f.log 2>&1 || \
			{ cat build/fuzz/$$f.log; exit 1; }; \
	done; perl tools/counts.pl fuzz "$(words $(FUZZERS)) fuzzers, $(fuzz_units) executions, no finding" "$$tree"
