# SPDX-License-Identifier: BSD-2-Clause
# tests/tests.mk - unit tests on the host, target tests in QEMU, bench, fuzz,
# coverage.
#
# tests/unit/test_drivers_*.c are linked with the drivers and a fake bus,
# test_app_*.c with the shell's parts as well; every other test_*.c with mm/ and
# the model of the machine.  All see the same flags.

##@ Test

TEST_TIMEOUT ?= 200
FUZZ_TIME ?= 60
JOBS ?= 2

# ---- host: what is linked with what ----

MM_SRCS := $(wildcard mm/*.c)
MODEL_SRCS := $(filter-out tests/model/fake%,$(wildcard tests/model/*.c)) $(wildcard tests/unit/helpers.c)
FAKE_SRCS := $(wildcard tests/model/fake*.c) mm/log.c mm/io.c
DRIVER_SRCS := $(filter-out drivers/earlycon_%,$(wildcard drivers/*.c))
APP_SRCS := $(filter-out app/main.c,$(wildcard app/*.c))

UNIT_TESTS := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c))
FUZZERS := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
# $(call unit_srcs,test_x): all sources of one unit test
unit_srcs = tests/unit/$(1).c $(if $(filter test_drivers_%,$(1)),$(FAKE_SRCS) $(DRIVER_SRCS),$(if \
	$(filter test_app_%,$(1)),$(FAKE_SRCS) $(DRIVER_SRCS) $(APP_SRCS),$(MM_SRCS) $(MODEL_SRCS)))
FUZZ_SRCS = $(MM_SRCS) $(filter-out tests/unit/%,$(MODEL_SRCS))

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

# $(call unit_program,variant,test)
define unit_program
build/host/$(1)/$(2): $(patsubst %.c,build/host/$(1)/%.o,$(call unit_srcs,$(2)))
	$$(call say,HOSTLD,$$@)
	$$(Q)$$($(1).cc) $$(HOST_LDFLAGS) $$^ $(if $(filter m32,$(1)),,-lcmocka) -o $$@
endef
# $(call fuzz_program,variant,fuzzer,further sources)
define fuzz_program
build/host/$(1)/$(2): $(patsubst %.c,build/host/$(1)/%.o,tests/fuzz/$(2).c $(FUZZ_SRCS) $(3))
	$$(call say,HOSTLD,$$@)
	$$(Q)$$($(1).cc) $$(HOST_LDFLAGS) $$^ -o $$@
endef
# $(call host_objects,variant)
define host_objects
build/host/$(1)/%.o: %.c build/host/$(1)/flags | need-tools
	$$(call say,HOSTCC,$$< [$(1)])
	$$(Q)mkdir -p $$(@D) && $$($(1).cc) $$(HOST_CFLAGS) $$(DEPFLAGS) -c $$< -o $$@
build/host/$(1)/flags: FORCE
	@mkdir -p $$(@D); echo '$$($(1).cc) $$(HOST_CFLAGS)' | cmp -s - $$@ || echo '$$($(1).cc) $$(HOST_CFLAGS)' >$$@
-include $(patsubst %.c,build/host/$(1)/%.d,$(sort $(foreach t,$(UNIT_TESTS),$(call unit_srcs,$(t))) $(FUZZ_SRCS) $(FUZZERS:%=tests/fuzz/%.c)))
endef
$(foreach v,plain asan m32 replay cov fuzz,$(eval $(call host_objects,$(v))))
$(foreach v,plain asan m32 cov,$(foreach t,$(UNIT_TESTS),$(eval $(call unit_program,$(v),$(t)))))
$(foreach f,$(FUZZERS),$(eval $(call fuzz_program,replay,$(f),tests/fuzz/replay.c)))
$(foreach f,$(FUZZERS),$(eval $(call fuzz_program,fuzz,$(f),)))

# ---- running ----

run_tests = mkdir -p build/test && CMOCKA_MESSAGE_OUTPUT=TAP perl tools/run-tests.pl -j $(JOBS) \
	--timeout $(TEST_TIMEOUT) --summary build/test/summary --log-dir build/test $(if $(filter 1,$(V)),-v)
# $(call unit_args,variant)
unit_args = $(foreach t,$(UNIT_TESTS),'$(if $(filter-out plain,$(1)),$(1)/,unit/)$(t)=build/host/$(1)/$(t)')
REPLAYS := $(FUZZERS:%=build/host/replay/%)
replay_args = $(foreach f,$(FUZZERS),'replay/$(f)=build/host/replay/$(f) tests/fuzz/corpus/$(f:fuzz_%=%)/*')

# The build's own judges are judged too, on this board's compiler.
tool_args = 'tools/check_early=sh tests/tools/test_check_early.sh $($(BOARD).cc) $(CFLAGS_IMAGE) $(CFLAGS_EARLY)' \
	'tools/run_tests=sh tests/tools/test_run_tests.sh' 'tools/target_test=sh tests/tools/test_target_test.sh'

# Boards that QEMU can run; BOARDS="a b" chooses.
BOARDS ?= $(foreach b,$(BOARDS_ALL),$(if $($(b).QEMU_MACHINE),$(b)))
TARGET_IMAGES = $(foreach b,$(BOARDS),build/$(b)/mercator.elf build/$(b)/check-map.ok)
target_run = perl qemu/target-test.pl --board $(1) --machine "$(2)" --args "$($(1).QEMU_ARGS)" \
	--elf build/$(1)/mercator.elf --timeout $(RUN_TIMEOUT) --log build/test/$(1)$(3).serial
# one run with the board's machine, one more with each of QEMU_ALSO
target_args = $(foreach b,$(BOARDS),'target/$(b)=$(call target_run,$(b),$($(b).QEMU_MACHINE),)' \
	$(foreach m,$($(b).QEMU_ALSO),'target/$(b):$(subst =,-,$(m))=$(call target_run,$(b),$(m),-$(subst =,-,$(m)))'))

.PHONY: test
test: $(UNIT_TESTS:%=build/host/plain/%) $(REPLAYS) $(TARGET_IMAGES) | need-tools ## unit tests, fuzz corpora, target tests on every board of QEMU
	@$(run_tests) $(call unit_args,plain) $(replay_args) $(tool_args) $(target_args)

.PHONY: test-host
test-host: $(UNIT_TESTS:%=build/host/plain/%) $(REPLAYS) | need-tools ## unit tests and fuzz corpora alone
	@$(run_tests) $(call unit_args,plain) $(replay_args) $(tool_args)

.PHONY: test-target
test-target: $(TARGET_IMAGES) | need-tools ## target tests alone (BOARDS="a b": these boards)
	@$(run_tests) $(target_args)

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

build/%/bench.tsv: build/%/mercator.elf FORCE | need-tools
	$(call say,BENCH,$*)
	@perl qemu/bench.pl --board $* --machine '$($*.QEMU_MACHINE)' --args '$($*.QEMU_ARGS)' \
		--elf $< --timeout $(RUN_TIMEOUT) >$@

.PHONY: coverage
coverage: $(UNIT_TESTS:%=build/host/cov/%) | need-tools ## lines and branches of mm/ that the unit tests reach
	@find build/host/cov -name '*.gcda' -delete
	@$(run_tests) $(call unit_args,cov)
	@mkdir -p build/coverage && gcovr --root . --filter 'mm/' --object-directory build/host/cov \
		--exclude-unreachable-branches --html-details build/coverage/index.html --txt build/coverage/lines.txt build/host/cov
	@gcovr --root . --filter 'mm/' --object-directory build/host/cov --exclude-unreachable-branches --branches build/host/cov
	@cat build/coverage/lines.txt

# New inputs go to build/, so that a run never changes the committed corpus.
.PHONY: fuzz
fuzz: $(FUZZERS:%=build/host/fuzz/%) | need-tools ## libFuzzer, FUZZ_TIME seconds for each program (default 60)
	$(Q)for f in $(FUZZERS:fuzz_%=%); do \
		mkdir -p build/fuzz/$$f && printf '  FUZZ    %s\n' $$f && \
		build/host/fuzz/fuzz_$$f -max_total_time=$(FUZZ_TIME) -print_final_stats=1 -verbosity=0 \
			-artifact_prefix=build/fuzz/$$f- build/fuzz/$$f tests/fuzz/corpus/$$f || exit 1; \
	done
