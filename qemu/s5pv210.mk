# SPDX-License-Identifier: GPL-2.0-or-later
# qemu/s5pv210.mk - the QEMU that has the S5PV210 machines: x210, tiny210, tq210,
# smdkv210.  Built at first use; QEMU_SRC=dir takes QEMU's source from there.

S5PV210_QEMU := build/qemu/qemu-system-arm

# build.sh puts it there when all has gone well, newer than our sources.
$(S5PV210_QEMU): $(wildcard qemu/s5pv210/*) | need-tools
	$(Q)sh qemu/s5pv210/build.sh build/qemu

.PHONY: qemu-s5pv210
qemu-s5pv210: $(S5PV210_QEMU) ## the QEMU with the S5PV210 machines (once: some minutes)

# The wave forms of the demonstration, in a virtual time that is the same each run.
# PINS="GPJ0_3 GPD0_2" chooses; without, those with an LED, a key or the buzzer.
WAVES ?= build/$(BOARD)/waves.vcd
comma := ,
space := $(subst ,, )
waves_pins = $(if $(strip $(PINS)),$(comma)pins=$(subst $(space),:,$(strip $(subst $(comma), ,$(PINS)))))

ifneq ($(filter waves,$(MAKECMDGOALS)),)
ifneq ($($(BOARD).QEMU_PROGRAM),$(S5PV210_QEMU))
$(error make waves: the QEMU of BOARD=$(BOARD) cannot write the wave forms of pins; make BOARD=x210 waves)
endif
endif

.PHONY: waves
waves: all $($(BOARD).QEMU_PROGRAM) | need-tools ## the demonstration's pins as a VCD file for GTKWave: PINS="GPJ0_3 GPD0_2" (x210)
	@$(call qemu_env,$(BOARD)) perl qemu/run.pl --board $(BOARD) \
		--machine '$($(BOARD).QEMU_MACHINE),vcd=$(WAVES)$(waves_pins)' \
		--args '$($(BOARD).QEMU_ARGS) -icount shift=3,sleep=off' --elf build/$(BOARD)/mercator.elf \
		--timeout $(RUN_TIMEOUT) --guest demo --no-input
	$(call say,WAVES,$(WAVES))

# The machine's own tests: registers, interrupts and time, by QEMU's qtest protocol.
machine_env := env QEMU=$(S5PV210_QEMU)
machine_tests := reset masks vic interrupts gpio pwm timers rtc uart panel screen adc i2c keypad moved \
	nand spi sound ethernet dma g2d chips clock
PROBE := build/machine/probe.elf
VICPORT := build/machine/vicport.elf

$(PROBE) $(VICPORT): build/machine/%.elf: tests/machine/%.S | need-tools
	$(call say,LD,$@)
	$(Q)mkdir -p $(@D) && $(CROSS)gcc -nostdlib -march=armv7-a -Wl,-Ttext=0x30008000 -Wl,--build-id=none -o $@ $<

MACHINE_BL1 := build/machine/bl1.bin
BUSY := build/machine/busy.elf

$(BUSY): tests/machine/busy.c | need-tools
	$(call say,LD,$@)
	$(Q)mkdir -p $(@D) && $(CROSS)gcc -std=gnu11 -Wall -Wextra -Werror -O1 -ffreestanding -nostdlib -march=armv7-a -marm \
		-mgeneral-regs-only -fno-tree-loop-distribute-patterns -Wl,-Ttext=0x30008000 -Wl,--build-id=none -o $@ $<

$(MACHINE_BL1): tests/machine/bl1.S | need-tools
	$(call say,LD,$@)
	$(Q)mkdir -p $(@D) && $(CROSS)gcc -nostdlib -march=armv7-a -Wl,-Ttext=0xd0020010 -Wl,--build-id=none -o $(@:.bin=.elf) $< && \
		$(CROSS)objcopy -O binary $(@:.bin=.elf) $@

MORE_TESTS += 'tools/build-qemu=sh tests/tools/test_build_qemu.sh'

# The longest first: run-tests.pl takes them in turn.
machine_args = 'machine/fuzz=$(machine_env) perl tests/machine/fuzz.pl' \
	'machine/state=$(machine_env) perl tests/machine/state.pl build/x210/mercator.elf' \
	'machine/snapshot=$(machine_env) CROSS=$(CROSS) perl tests/machine/snapshot.pl build/x210/mercator.elf $(BUSY)' \
	'machine/blink=$(machine_env) perl tests/machine/blink.pl build/x210/mercator.elf' \
	'machine/bus=$(machine_env) perl tests/machine/bus.pl $(PROBE)' \
	'machine/boot=$(machine_env) perl tests/machine/boot.pl $(MACHINE_BL1)' \
	'machine/vicport=$(machine_env) perl tests/machine/vicport.pl $(VICPORT)' \
	$(foreach t,$(machine_tests),'machine/$(t)=$(machine_env) perl tests/machine/$(t).pl')
machine_need := $(S5PV210_QEMU) $(PROBE) $(VICPORT) $(MACHINE_BL1) $(BUSY) build/x210/mercator.elf
# BOARDS="..." without the x210: nobody waits for its QEMU to be built.
ifneq ($(filter x210,$(BOARDS)),)
BOARD_TESTS += $(machine_args)
BOARD_TESTS_NEED += $(machine_need)
endif

.PHONY: test-machine
test-machine: $(machine_need) | need-tools ## the S5PV210 machines' own tests (FUZZ_SEED=N FUZZ_ACCESSES=N: other random accesses)
	@$(run_tests) $(machine_args)
