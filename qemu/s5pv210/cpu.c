/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/cpu.c - the chip's Cortex-A8: QEMU's, with the port to the
 * interrupt controller.
 *
 * With VE set in the system control register, an IRQ is entered at the vector
 * that VIC0 gives, as if VICADDRESS had been read, and not at the table's.
 * QEMU's own core has that bit, and does not look at it.
 */
#include "qemu/osdep.h"
#include "accel/tcg/cpu-ops.h"
#include "qemu/module.h"
#include "target/arm/cpu.h"
#include "pl192.h"
#include "s5pv210.h"

static TCGCPUOps cpu_ops;       /* the parent's, with our do_interrupt */
static const TCGCPUOps *parent_ops;

static bool vectored(CPUARMState *env)
{
    uint32_t sctlr = arm_is_secure(env) ? env->cp15.sctlr_s
                                        : env->cp15.sctlr_ns;

    return sctlr & SCTLR_VE;
}

static void cpu_do_interrupt(CPUState *cs)
{
    ARMCPU *cpu = ARM_CPU(cs);
    CPUARMState *env = &cpu->env;
    S5PV210State *soc = container_of(cpu, S5PV210State, cpu);
    bool irq = cs->exception_index == EXCP_IRQ;

    parent_ops->do_interrupt(cs);
    /* an IRQ that SCR sends to monitor mode has its own table */
    if (irq && (env->uncached_cpsr & CPSR_M) == ARM_CPU_MODE_IRQ &&
        vectored(env)) {
        env->regs[15] = pl192_vector(soc->vic[0]) & ~3;
    }
}

static void cpu_class_init(ObjectClass *klass, void *data)
{
    CPUClass *cc = CPU_CLASS(klass);

    parent_ops = cc->tcg_ops;
    cpu_ops = *parent_ops;
    cpu_ops.do_interrupt = cpu_do_interrupt;
    cc->tcg_ops = &cpu_ops;
}

static const TypeInfo cpu_info = {
    .name = TYPE_S5PV210_CPU,
    .parent = ARM_CPU_TYPE_NAME("cortex-a8"),
    .class_init = cpu_class_init,
};

static void cpu_register(void)
{
    type_register_static(&cpu_info);
}

type_init(cpu_register)
