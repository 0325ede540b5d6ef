/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/plugin/decode.c - instructions, A32 and T32, by class.
 *
 * Only what the rules ask about is told apart; the rest is INSN_OTHER.
 */
#include "decode.h"

static uint32_t bits(uint32_t word, unsigned hi, unsigned lo)
{
    return word >> lo & ((2u << (hi - lo)) - 1);
}

static uint32_t ones(uint32_t word)
{
    return __builtin_popcount(word);
}

/* A8.8.44: options ST, ISHST, NSHST, OSHST */
static enum insn_class dsb_class(uint32_t w)
{
    return bits(w, 1, 0) == 2 ? SYS_DSB_ST : SYS_DSB;
}

/* A5.7: unconditional instructions */
static void decode_unconditional(struct insn *i, uint32_t w)
{
    if ((w & 0xfffffff0) == 0xf57ff040) {
        i->class = dsb_class(w);
    } else if ((w & 0xfffffff0) == 0xf57ff060) {
        i->class = SYS_ISB;
    } else if ((w & 0xfff10020) == 0xf1000000) {
        i->class = bits(w, 19, 18) == 2 ? SYS_UNMASK : INSN_OTHER;
    } else if ((w & 0xff100000) == 0xf4000000) {
        i->class = MEM_NEON;
    } else if ((w & 0xfe000000) == 0xf2000000) {
        i->class = SYS_VFP;
    } else if ((w & 0xfe500000) == 0xf8400000) { /* SRS */
        i->class = MEM_MULTI;
        i->align = 3;
        i->words = 2;
    } else if ((w & 0xfe500000) == 0xf8100000) { /* RFE */
        i->class = SYS_RETURN;
        i->load = true;
        i->with_pc = true;
        i->align = 3;
        i->words = 2;
    } else if ((w & 0xfe000000) == 0xfc000000) {
        i->class = MEM_COPROCESSOR; /* LDC2, STC2 */
        i->align = 3;
    }
}

/* A5.2.8, A5.2.10: extra load/store, SWP, LDREX and STREX */
static void decode_extra(struct insn *i, uint32_t w)
{
    uint32_t op2 = bits(w, 6, 5);

    if (op2) {
        bool pair = !(w & 1 << 20) && op2 >= 2;

        i->class = pair ? MEM_DOUBLE : MEM_SINGLE;
        i->align = pair ? 3 : op2 == 1 || op2 == 3 ? 1 : 0;
        i->words = pair ? 2 : 1;
    } else if (bits(w, 27, 23) == 2) {
        i->class = MEM_SWAP;
        i->align = w & 1 << 22 ? 0 : 3;
    } else if (bits(w, 27, 23) == 3) {
        static const uint8_t align[4] = { 3, 7, 0, 1 };

        i->class = MEM_EXCLUSIVE;
        i->align = align[bits(w, 22, 21)];
    }
}

/* A5.2: data processing and what hides among it */
static void decode_processing(struct insn *i, uint32_t w)
{
    bool immediate = w & 1 << 25;

    if (!immediate && (w & 0x90) == 0x90) {
        decode_extra(i, w);
    } else if ((w & 0x0fffffff) == 0x0160006e) { /* ERET */
        i->class = SYS_RETURN;
    } else if ((w & 0x0010f000) == 0x0010f000 && bits(w, 24, 23) != 2) {
        i->class = SYS_RETURN; /* MOVS PC, SUBS PC */
    } else if ((w & 0x0db0f000) == 0x0120f000 && !(w & 1 << 22) &&
               (w & 1 << 16) && (immediate || !(w & 0xf0))) {
        i->class = SYS_UNMASK; /* MSR CPSR_c */
    }
}

/* A7.6, A7.8 and A7.9: coprocessor load/store, 64-bit transfers */
static void decode_coprocessor_memory(struct insn *i, uint32_t w)
{
    uint32_t cp = bits(w, 11, 8);
    bool vfp = cp == 10 || cp == 11;

    if ((w & 0x0fe00000) == 0x0c400000) { /* MCRR, MRRC, VMOV of two */
        i->class = vfp ? SYS_VFP : INSN_OTHER;
    } else if (!vfp) {
        i->class = MEM_COPROCESSOR;
        i->align = 3;
    } else if ((w & 0x01200000) == 0x01000000) {
        i->class = MEM_VFP;
        i->align = 3;
    } else {
        i->class = MEM_VFP_MULTI;
        i->align = 3;
        i->words = w & 0xff ? w & 0xff : 1;
    }
}

static void decode_coprocessor(struct insn *i, uint32_t w)
{
    uint32_t cp = bits(w, 11, 8);

    if (w & 1 << 24) {
        i->class = SYS_SVC;
    } else if (cp == 10 || cp == 11) {
        i->class = SYS_VFP;
    } else if (cp == 15 && (w & 1 << 4)) {
        i->class = w & 1 << 20 ? SYS_MRC : SYS_MCR;
    }
}

static void decode_multiple(struct insn *i, uint32_t w)
{
    bool with_pc = w & 1 << 15;

    i->class = MEM_MULTI;
    i->align = 3;
    i->words = ones(w & 0xffff);
    i->with_pc = with_pc;
    if ((w & 1 << 22) && (w & 1 << 20) && with_pc) { /* LDM with PC and ^ */
        i->class = SYS_RETURN;
        i->load = true;
    }
}

void decode_arm(struct insn *i, uint32_t pc, uint32_t w)
{
    *i = (struct insn) { .pc = pc, .word = w, .words = 1 };
    if (w >> 28 == 15) {
        decode_unconditional(i, w);
        return;
    }
    switch (bits(w, 27, 25)) {
    case 0:
    case 1:
        decode_processing(i, w);
        break;
    case 3:
        if (w & 1 << 4) {
            break; /* media: no memory */
        }
        /* fall through */
    case 2:
        i->class = MEM_SINGLE;
        i->align = w & 1 << 22 ? 0 : 3;
        break;
    case 4:
        decode_multiple(i, w);
        break;
    case 6:
        decode_coprocessor_memory(i, w);
        break;
    case 7:
        decode_coprocessor(i, w);
        break;
    }
}

/* ---- T32: A6 ---- */

static void thumb_multiple(struct insn *i, uint32_t list)
{
    i->class = MEM_MULTI;
    i->align = 3;
    i->words = ones(list) ? ones(list) : 1;
    i->with_pc = list & 1 << 15;
}

static void thumb_single(struct insn *i, uint32_t align)
{
    i->class = MEM_SINGLE;
    i->align = align;
}

/* A6.2 */
static void decode_thumb16(struct insn *i, uint32_t w)
{
    static const uint8_t by_register[8] = { 3, 1, 0, 0, 3, 1, 0, 1 };
    static const uint8_t by_immediate[4] = { 3, 0, 1, 3 };

    if ((w & 0xfe00) == 0xb400) {
        thumb_multiple(i, (w & 0xff) | (w & 0x100) << 6);
    } else if ((w & 0xfe00) == 0xbc00) {
        thumb_multiple(i, (w & 0xff) | (w & 0x100) << 7);
    } else if ((w & 0xf000) == 0xc000) {
        thumb_multiple(i, w & 0xff);
    } else if ((w & 0xff00) == 0xdf00) {
        i->class = SYS_SVC;
    } else if ((w & 0xfff8) == 0xb660) {
        i->class = SYS_UNMASK;
    } else if ((w & 0xf800) == 0x4800) {
        thumb_single(i, 3);
    } else if ((w & 0xf000) == 0x5000) {
        thumb_single(i, by_register[bits(w, 11, 9)]);
    } else if (w >> 12 >= 6 && w >> 12 <= 9) {
        thumb_single(i, by_immediate[(w >> 12) - 6]);
    }
}

/* A6.3.6: doubles, exclusives, table branches */
static void thumb_dual(struct insn *i, uint32_t w)
{
    static const uint8_t align[4] = { 0, 1, 0, 7 };
    uint32_t op3 = bits(w, 7, 4);

    if ((w & 0x01a00000) == 0) {
        i->class = MEM_EXCLUSIVE;
        i->align = 3;
    } else if ((w & 0x01a00000) == 0x00800000 && op3 >= 4) {
        i->class = MEM_EXCLUSIVE;
        i->align = align[op3 & 3];
    } else if ((w & 0x01a00000) == 0x00800000) {
        thumb_single(i, op3 & 1);
    } else {
        i->class = MEM_DOUBLE;
        i->align = 3;
        i->words = 2;
    }
}

/* A6.3.4: what stands among branches */
static void thumb_control(struct insn *i, uint32_t w)
{
    if ((w & 0xfffffff0) == 0xf3bf8f40) {
        i->class = dsb_class(w);
    } else if ((w & 0xfffffff0) == 0xf3bf8f60) {
        i->class = SYS_ISB;
    } else if ((w & 0xffffff00) == 0xf3de8f00) {
        i->class = SYS_RETURN;
    } else if ((w & 0xfff0f100) == 0xf3808100 ||
               (w & 0xfffff600) == 0xf3af8400) {
        i->class = SYS_UNMASK;
    }
}

/* A6.3 */
static void decode_thumb32(struct insn *i, uint32_t w)
{
    if ((w & 0xef000000) == 0xef000000) {
        i->class = SYS_VFP;
    } else if ((w & 0xec000000) == 0xec000000) {
        i->word = (w & 0x0fffffff) | 0xe0000000;
        if (bits(w, 27, 25) == 7) {
            decode_coprocessor(i, i->word);
        } else {
            decode_coprocessor_memory(i, i->word);
        }
    } else if ((w & 0xff100000) == 0xf9000000) {
        i->class = MEM_NEON;
    } else if ((w & 0xfe400000) == 0xe8400000) {
        thumb_dual(i, w);
    } else if ((w & 0xfe000000) == 0xe8000000) {
        thumb_multiple(i, bits(w, 24, 23) % 3 ? w & 0xffff : 3);
        if (bits(w, 24, 23) % 3 == 0 && (w & 1 << 20)) { /* RFE */
            i->class = SYS_RETURN;
            i->load = true;
            i->with_pc = true;
        }
    } else if ((w & 0xfe10f000) == 0xf810f000 && bits(w, 22, 21) < 2) {
        i->class = INSN_OTHER; /* PLD, PLI */
    } else if ((w & 0xfe000000) == 0xf8000000) {
        static const uint8_t align[4] = { 0, 1, 3, 3 };

        thumb_single(i, align[bits(w, 22, 21)]);
    } else if ((w & 0xf8008000) == 0xf0008000) {
        thumb_control(i, w);
    }
}

void decode_thumb(struct insn *i, uint32_t pc, uint32_t word, uint32_t bytes)
{
    *i = (struct insn) { .pc = pc, .word = 0xe0000000, .words = 1 };
    if (bytes == 2) {
        decode_thumb16(i, word & 0xffff);
    } else {
        decode_thumb32(i, word << 16 | word >> 16);
    }
}

/* A8.3 */
bool condition_passed(uint32_t word, uint32_t cpsr)
{
    bool n = cpsr >> 31 & 1, z = cpsr >> 30 & 1;
    bool c = cpsr >> 29 & 1, v = cpsr >> 28 & 1, yes;

    switch (word >> 29) {
    case 0:
        yes = z;
        break;
    case 1:
        yes = c;
        break;
    case 2:
        yes = n;
        break;
    case 3:
        yes = v;
        break;
    case 4:
        yes = c && !z;
        break;
    case 5:
        yes = n == v;
        break;
    case 6:
        yes = n == v && !z;
        break;
    default:
        return true; /* always, and the unconditional ones */
    }
    return (word >> 28 & 1) ? !yes : yes;
}
