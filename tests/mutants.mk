# SPDX-License-Identifier: BSD-2-Clause
# tests/mutants.mk - what the tests are worth: mutants of the mapping core, the
# branches that no test takes, and random operations without end.
#
# tests/mutants/mutants.pl says what a mutant is.  MUTANTS=200 takes a sample,
# SEED=n another one, CLASS=maintenance one class, MATCH=mm/log one file (or what
# a Perl pattern finds in FILE:LINE: CHANGE), AGAIN=1 those that survived last time;
# a run that was cut goes on.

# What is not here: numbers that the tests share with the code (mm/layout.h,
# mm/types.h), and assembly (boot/head.S, mm/armv7/seam.h), which no PC runs.
MUTATED := $(filter-out mm/layout.h mm/types.h,$(wildcard mm/*.c mm/*.h)) boot/early.c boot/early_cache.c
MUTANT_TESTS := $(filter-out test_drivers_% test_app_% test_bl1%,$(UNIT_TESTS))
# without the folder that the tree lies in: a verdict holds in another one, too
MUTANT_CC := $(HOSTCC) $(filter-out -g -ffile-prefix-map=% $(WARNINGS),$(HOST_CFLAGS))

.PHONY: mutants
mutants: $(foreach v,plain asan,$(MUTANT_TESTS:%=build/host/$(v)/%)) | need-tools ## is every mistake made on purpose in mm/ noticed?  MUTANTS=200: a sample
	$(Q)OPS=$(or $(OPS),100000) perl tests/mutants/mutants.pl --cc '$(MUTANT_CC)' --host build/host/plain --out build/mutants \
		--jobs $(JOBS) --survivors tests/mutants/survivors $(if $(MUTANTS),--sample $(MUTANTS)) \
		--strict '$(SANITIZE)' --strict-host build/host/asan \
		$(if $(SEED),--seed $(SEED)) $(if $(CLASS),--class $(CLASS)) \
		$(if $(MATCH),--match '$(MATCH)') $(if $(AGAIN),--again) $(MUTATED)

.PHONY: random
random: build/host/plain/test_random | need-tools ## a million random operations on the model; SEED=n again, OPS=n more or fewer
	$(Q)tree=$$(perl tools/counts.pl --sum); export SEED=$(or $(SEED),$(shell date +%s)) OPS=$(or $(OPS),1000000) && build/host/plain/test_random && \
		perl tools/counts.pl random "$$OPS operations in random order on the model, SEED=$$SEED" "$$tree"

GCOVR := gcovr --root . --filter mm/ --filter boot/early --exclude-unreachable-branches
# Programs that count are slow.
.PHONY: coverage
coverage: TEST_TIMEOUT := 600
coverage: $(MUTANT_TESTS:%=build/host/cov/%) | need-tools ## branches of mm/ and boot/early*.c that the unit tests take; those that they do not need a reason
	@find build/host/cov -name '*.gcda' -delete
	@$(run_tests) $(foreach t,$(MUTANT_TESTS),'cov/$(t)=env OPS=200000 build/host/cov/$(t)')
	@# objects of an earlier build that nothing is linked with any more
	@find build/host/cov -path build/host/cov/mm -prune -o -name '*.gcno' -print | \
		while read -r f; do [ -e "$${f%.gcno}.gcda" ] || rm "$$f"; done
	$(Q)mkdir -p build/coverage && $(GCOVR) --html-details build/coverage/index.html \
		--txt build/coverage/lines.txt --json build/coverage/coverage.json build/host/cov && \
	cat build/coverage/lines.txt && echo 'line by line: build/coverage/index.html' && \
	perl tests/mutants/coverage.pl build/coverage/coverage.json tests/mutants/unreached
