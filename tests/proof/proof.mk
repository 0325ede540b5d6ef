# SPDX-License-Identifier: BSD-2-Clause
# tests/proof/proof.mk - bounded proofs by CBMC; docs/testing.md says of what.

##@ Proofs

CBMC ?= build/cbmc/cbmc

build/cbmc/cbmc: | need-tools
	$(Q)sh tests/proof/cbmc.sh build/cbmc

.PHONY: proofs
proofs: $(CBMC) | need-tools ## bounded proofs of the mapping core by CBMC (some minutes)
	$(Q)perl tests/proof/prove.pl $(abspath $(CBMC))

.PHONY: proofs-broken
proofs-broken: $(CBMC) | need-tools ## each proof once more with what it proves broken: it has to fail
	$(Q)perl tests/proof/prove.pl --breaks $(abspath $(CBMC))
