/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/plugin/decode.h - what an instruction is to the rules.
 *
 * Encodings: ARM Architecture Reference Manual, DDI 0406C, chapters A5 and A8.
 */
#ifndef PLUGIN_DECODE_H
#define PLUGIN_DECODE_H

#include <stdbool.h>
#include <stdint.h>

enum insn_class {
    INSN_OTHER,
    /* memory */
    MEM_SINGLE,
    MEM_DOUBLE,      /* LDRD, STRD */
    MEM_MULTI,       /* LDM, STM, SRS, RFE */
    MEM_EXCLUSIVE,   /* LDREX and STREX of any width */
    MEM_SWAP,        /* SWP, SWPB */
    MEM_VFP_MULTI,   /* VLDM, VSTM */
    MEM_VFP,         /* VLDR, VSTR */
    MEM_NEON,        /* VLD1 to VLD4, VST1 to VST4 */
    MEM_COPROCESSOR, /* LDC, STC */
    /* system */
    SYS_MCR,         /* to CP15 */
    SYS_MRC,         /* from CP15 */
    SYS_DSB,
    SYS_DSB_ST, /* for stores alone */
    SYS_ISB,
    SYS_RETURN,      /* from an exception */
    SYS_SVC,
    SYS_UNMASK,      /* CPSIE, MSR CPSR_c */
    SYS_VFP,         /* VFP or Advanced SIMD, no memory */
};

/* One place in the program; what its callbacks are given. */
struct insn {
    uint32_t pc;
    uint32_t word;   /* of CP15 transfers: as the A32 encoding has it */
    enum insn_class class;
    uint32_t align;  /* of each access, minus one */
    uint32_t words;  /* accesses of a MEM_MULTI and its like, else 1 */
    bool with_pc;    /* a multiple access that loads or stores the PC */
    bool load;       /* SYS_RETURN: also a load (LDM with ^, RFE) */
};

void decode_arm(struct insn *insn, uint32_t pc, uint32_t word);
/* @bytes: 2 or 4; @word as it lies in memory. */
void decode_thumb(struct insn *insn, uint32_t pc, uint32_t word,
                  uint32_t bytes);

/* Does the instruction pass its condition, given the CPSR? */
bool condition_passed(uint32_t word, uint32_t cpsr);

static inline bool insn_is_memory(const struct insn *insn)
{
    return (insn->class >= MEM_SINGLE && insn->class <= MEM_COPROCESSOR) ||
           insn->load;
}

/* MCR, MRC: opc1, CRn, CRm, opc2 as one number, as written in the tables. */
#define CP15(opc1, crn, crm, opc2) \
    ((opc1) << 12 | (crn) << 8 | (crm) << 4 | (opc2))

static inline uint32_t cp15_of(uint32_t word)
{
    return CP15(word >> 21 & 7, word >> 16 & 15, word & 15, word >> 5 & 7);
}

static inline uint32_t rt_of(uint32_t word)
{
    return word >> 12 & 15;
}

#endif
