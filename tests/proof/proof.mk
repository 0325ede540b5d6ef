# SPDX-License-Identifier: BSD-2-Clause
# tests/proof/proof.mk - bounded proofs by CBMC; docs/testing.md says of what.

##@ Proofs

CBMC ?= build/cbmc/cbmc

# The solver that some harnesses ask for lies beside it.
build/cbmc/cbmc: build/cbmc/cadical
build/cbmc/cadical: | need-tools
	$(Q)sh tests/proof/cbmc.sh build/cbmc

HARNESSES := $(patsubst tests/proof/%.c,%,$(shell grep -l '^ \* bound: ' tests/proof/*.c))
# No timeout is hit by a proof that comes to an end: the longest takes some minutes.
proofs proofs-broken: TEST_TIMEOUT := 7200
# $(call proof_args,option)
proof_args = $(foreach h,$(HARNESSES),'proof/$(h)=perl tests/proof/prove.pl $(1) $(abspath $(CBMC)) tests/proof/$(h).c')

.PHONY: proofs
proofs: $(CBMC) | need-tools ## bounded proofs of the mapping core by CBMC (some minutes)
	@$(run_tests) $(call proof_args)

.PHONY: proofs-broken
proofs-broken: $(CBMC) | need-tools ## each proof once more with what it proves broken: it has to fail; and what it is about is reached (minutes)
	@$(run_tests) $(call proof_args,--breaks)
