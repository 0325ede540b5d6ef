/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/boot.c - "-kernel" without a boot medium: the image goes
 * where it belongs, and is entered in the state the boot ROM leaves: SVC,
 * interrupts on, fast interrupts off, MMU off, I-cache on, stacks at the top
 * of the internal RAM.
 */
#include "qemu/osdep.h"
#include "elf.h"
#include "hw/loader.h"
#include "qemu/error-report.h"
#include "system/reset.h"
#include "target/arm/cpu.h"
#include "target/arm/internals.h"
#include "s5pv210.h"

#define STACK_SVC 0xd0037d80
#define STACK_IRQ 0xd0037f80

typedef struct Boot {
    ARMCPU *cpu;
    bool loaded;
    uint32_t entry;
} Boot;

static void boot_reset(void *opaque)
{
    Boot *b = opaque;
    CPUARMState *env = &b->cpu->env;

    cpu_reset(CPU(b->cpu));
    if (!b->loaded) {
        return;
    }
    env->cp15.sctlr_s |= SCTLR_I;
    cpsr_write(env, CPSR_F | ARM_CPU_MODE_SVC, CPSR_AIF | CPSR_M,
               CPSRWriteRaw);
    env->regs[13] = STACK_SVC;
    env->banked_r13[bank_number(ARM_CPU_MODE_IRQ)] = STACK_IRQ;
    cpu_set_pc(CPU(b->cpu), b->entry);
    arm_rebuild_hflags(env);
}

/* Bytes of memory from the address on; 0: none there. */
static uint64_t room_at(hwaddr address)
{
    if (address >= S5PV210_IRAM_BASE &&
        address < S5PV210_IRAM_BASE + S5PV210_IRAM_SIZE) {
        return S5PV210_IRAM_BASE + S5PV210_IRAM_SIZE - address;
    }
    if (address >= S5PV210_RAM_BASE &&
        address < S5PV210_RAM_BASE + S5PV210_RAM_SIZE) {
        return S5PV210_RAM_BASE + S5PV210_RAM_SIZE - address;
    }
    return 0;
}

static uint32_t load_raw(const char *kernel, hwaddr address)
{
    if (!room_at(address)) {
        error_report("-kernel %s: no memory at load-address=0x%" HWADDR_PRIx
                     "; DRAM is 0x20000000 to 0x5fffffff, internal RAM "
                     "0xd0020000 to 0xd0037fff", kernel, address);
        exit(1);
    }
    if (load_image_targphys(kernel, address, room_at(address)) < 0) {
        error_report("-kernel %s: cannot be read, or is larger than the memory "
                     "from 0x%" HWADDR_PRIx " on", kernel, address);
        exit(1);
    }
    return address;
}

static uint32_t load(const char *kernel, hwaddr address)
{
    uint64_t entry = 0, low = 0, high = 0;
    ssize_t size = load_elf(kernel, NULL, NULL, NULL, &entry, &low, &high,
                            NULL, ELFDATA2LSB, EM_ARM, 1, 0);

    if (size == ELF_LOAD_NOT_ELF) {
        return load_raw(kernel, address);
    }
    if (size < 0) {
        error_report("-kernel %s: %s", kernel, load_elf_strerror(size));
        exit(1);
    }
    if (high - low > room_at(low)) {
        error_report("-kernel %s: its segments, 0x%" PRIx64 " to 0x%" PRIx64
                     ", are not in memory", kernel, low, high);
        exit(1);
    }
    return entry;
}

void s5pv210_boot(S5PV210State *s, const char *kernel, hwaddr address)
{
    Boot *b = g_new0(Boot, 1);

    b->cpu = &s->cpu;
    if (kernel) {
        b->loaded = true;
        b->entry = load(kernel, address);
    }
    qemu_register_reset(boot_reset, b);
}
