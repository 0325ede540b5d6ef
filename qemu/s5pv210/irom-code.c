/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/irom-code.c - the program in the boot ROM.  It runs on the
 * guest's Cortex-A8: meson.build compiles it for that core.
 *
 * What the chip's ROM does, after what is public of it: vectors through a
 * table in the internal RAM, watchdog off, the medium that the OM pins name,
 * else the card of channel 2, UART2, USB; and the functions through which a
 * first stage reads the rest.
 */
#include <stdbool.h>
#include <stdint.h>
#include "irom.h"

#define REG32(address) (*(volatile uint32_t *)(address))
#define REG16(address) (*(volatile uint16_t *)(address))
#define REG8(address) (*(volatile uint8_t *)(address))

#define IROM_BASE 0xd0000000
#define VECTORS 0xd0037400
#define CARD_BLOCKS 0xd0037480
#define CARD_INFO 0xd0037484
#define CARD_HOST 0xd0037488
#define COPY_TABLE 0xd0037f90

#define OMR 0xe0000004
#define GPA1CON 0xe0200020
#define GPG0CON 0xe02001a0
#define WTCON 0xe2700000
#define MP0_1CON 0xe02002e0
#define MP0_3CON 0xe0200320
#define UART2 0xe2900800
#define NFCON 0xb0e00000

/*
 * Entered at 0 or at 0xd0000000.  A handler is reached with all registers as
 * the exception left them; the word below the mode's stack is overwritten.
 */
asm(
"   .arm\n"
"   .globl _start\n"
"_start:\n"
"   ldr pc, =reset\n"
"   ldr pc, =vector_4\n"
"   ldr pc, =vector_8\n"
"   ldr pc, =vector_c\n"
"   ldr pc, =vector_10\n"
"   ldr pc, =vector_14\n"
"   ldr pc, =vector_18\n"
"   ldr pc, =vector_1c\n"
"   .irp offset, 4, 8, c, 10, 14, 18, 1c\n"
"vector_\\offset:\n"
"   sub sp, sp, #4\n"
"   push {r0}\n"
"   ldr r0, =0xd0037400 + 0x\\offset\n"
"   ldr r0, [r0]\n"
"   str r0, [sp, #4]\n"
"   pop {r0, pc}\n"
"   .endr\n"
/* what the table holds until a program sets it */
"   .irp offset, 4, 8, c, 10, 14, 18, 1c\n"
"unset_\\offset:\n"
"   mov r0, #0x\\offset\n"
"   b unset\n"
"   .endr\n"
/* an interrupt: to the vector that VIC0 gives, if a program has set one */
"irq_by_vic:\n"
"   sub sp, sp, #4\n"
"   push {r0}\n"
"   ldr r0, =0xf2000f00\n"
"   ldr r0, [r0]\n"
"   cmp r0, #0\n"
"   beq unset_18\n"
"   str r0, [sp, #4]\n"
"   pop {r0, pc}\n"
"unset:\n"
"   mov r1, lr\n"
"   b exception\n"
"unset_vectors:\n"
"   .word reset, unset_4, unset_8, unset_c\n"
"   .word unset_10, unset_14, irq_by_vic, unset_1c\n"
"reset:\n"
"   cpsid if, #0x17\n"
"   ldr sp, =0xd0037e80\n"      /* abort */
"   cps #0x1b\n"
"   ldr sp, =0xd0037e80\n"      /* undefined */
"   cps #0x11\n"
"   ldr sp, =0xd0037e80\n"      /* fast interrupt */
"   cps #0x12\n"
"   ldr sp, =0xd0037f80\n"      /* interrupt */
"   cps #0x13\n"
"   ldr sp, =0xd0037d80\n"
"   mrc p15, 0, r0, c1, c0, 0\n"
"   orr r0, r0, #0x1000\n"      /* I-cache */
"   mcr p15, 0, r0, c1, c0, 0\n"
"   isb\n"
"   b boot\n"
/* r0: the address.  SVC, interrupts on, fast ones off */
"   .globl enter\n"
"enter:\n"
"   ldr sp, =0xd0037d80\n"
"   ldr lr, =returned\n"
"   msr cpsr_cx, #0x53\n"
"   bx r0\n"
"   .ltorg\n"
);

void enter(uint32_t address) __attribute__((noreturn));
extern const uint32_t unset_vectors[8];

static void tell(uint32_t event, uint32_t a, uint32_t b, uint32_t c)
{
    REG32(IROM_BASE + IROM_ARG0) = a;
    REG32(IROM_BASE + IROM_ARG1) = b;
    REG32(IROM_BASE + IROM_ARG2) = c;
    REG32(IROM_BASE + IROM_EVENT) = IROM_EVENT_KEY | event;
}

static void __attribute__((noreturn)) stop(void)
{
    for (;;) {
        asm volatile ("wfi" ::: "memory");
    }
}

void __attribute__((noreturn, used)) exception(uint32_t offset, uint32_t lr)
{
    tell(IROM_EXCEPTION, offset, lr, 0);
    stop();
}

void __attribute__((noreturn, used)) returned(void)
{
    tell(IROM_RETURNED, 0, 0, 0);
    stop();
}

/* ---- SD ---- */

enum {
    BLKSIZE = 0x04, BLKCNT = 0x06, ARGUMENT = 0x08, TRNMOD = 0x0c,
    CMD = 0x0e, RSP0 = 0x10, BDATA = 0x20, PRNSTS = 0x24, HOSTCTL = 0x28,
    PWRCON = 0x29, CLKCON = 0x2c, TIMEOUTCON = 0x2e, SWRST = 0x2f,
    NORINTSTS = 0x30, ERRINTSTS = 0x32, NORINTSTSEN = 0x34,
    ERRINTSTSEN = 0x36, NORINTSIGEN = 0x38, CONTROL2 = 0x80, CONTROL3 = 0x84,
};

enum { DONE = 0x0001, COMPLETE = 0x0002, READABLE = 0x0020, ERROR = 0x8000 };

/* Responses: none, 136 bits, 48 bits, and 48 with busy; "adtc" has data. */
enum { R_NONE = 0x00, R2 = 0x09, R3 = 0x02, R1 = 0x1a, R1B = 0x1b,
       ADTC = 0x20 };

#define TRIES 1000000

/* bits of a card's status that mean "refused" */
#define REFUSED 0xfdf98008

/* bits of CARD_INFO; 31:16 are the RCA */
#define INFO_SD 0x4
#define INFO_MMC 0x2
#define INFO_HIGH_CAPACITY 0x1

/* What a card did not answer. */
typedef struct Failure {
    uint32_t command, argument;
} Failure;

static uint32_t host_of(int channel)
{
    return 0xeb000000 + (channel & 3) * 0x100000;
}

static bool wait_for(uint32_t host, uint16_t bits)
{
    for (int i = 0; i < TRIES; i++) {
        uint16_t status = REG16(host + NORINTSTS);

        if (status & ERROR) {
            return false;
        }
        if (status & bits) {
            return true;
        }
    }
    return false;
}

static bool command(uint32_t host, Failure *f, uint32_t index, uint32_t kind,
                    uint32_t argument)
{
    f->command = index;
    f->argument = argument;
    REG32(host + NORINTSTS) = 0xffffffff;
    REG32(host + ARGUMENT) = argument;
    REG16(host + CMD) = index << 8 | kind;
    return wait_for(host, DONE);
}

static void set_clock(uint32_t host, uint32_t divider)
{
    REG16(host + CLKCON) = 0;
    REG16(host + CLKCON) = divider << 8 | 1;
    for (int i = 0; i < TRIES && !(REG16(host + CLKCON) & 2); i++) {
    }
    REG16(host + CLKCON) |= 4;
    for (int i = 0; i < TRIES && !(REG16(host + CLKCON) & 8); i++) {
    }
}

static void set_up_host(uint32_t host, int channel)
{
    uint32_t pins = GPG0CON + channel * 0x20;

    REG32(pins) = (REG32(pins) & 0xf0000000) | 0x02222222;
    REG8(host + SWRST) = 1;
    for (int i = 0; i < TRIES && (REG8(host + SWRST) & 1); i++) {
    }
    REG32(host + CONTROL2) = 0x00000120;        /* SCLK_MMC; debounce */
    REG32(host + CONTROL3) = 0;
    REG8(host + TIMEOUTCON) = 0xe;
    REG8(host + PWRCON) = 0xf;                  /* 3.3 V, on */
    set_clock(host, 0x40);                      /* 375 kHz of 48 MHz */
    REG16(host + NORINTSIGEN) = 0;
    REG16(host + NORINTSTSEN) = 0x01ff;
    REG16(host + ERRINTSTSEN) = 0x01ff;
}

/* Sectors of 512 bytes, after the card's CSD as the controller shows it. */
static uint32_t blocks_of(uint32_t host, uint32_t info)
{
    uint32_t csd1 = REG32(host + RSP0 + 4), csd2 = REG32(host + RSP0 + 8);
    uint32_t csd3 = REG32(host + RSP0 + 12);
    uint32_t size, shift;

    if ((info & INFO_SD) && csd3 >> 22) {
        return ((csd1 >> 8 & 0x3fffff) + 1) << 10;
    }
    size = (csd2 & 0x3) << 10 | csd1 >> 22;
    shift = (csd1 >> 7 & 7) + 2 + (csd2 >> 8 & 0xf);
    return (size + 1) << (shift - 9);
}

/* Operating conditions of an SD card, or 0. */
static uint32_t wake_sd(uint32_t host, Failure *f)
{
    uint32_t ocr = 0;

    command(host, f, 0, R_NONE, 0);
    command(host, f, 8, R1, 0x1aa);     /* an old card does not answer */
    for (int i = 0; i < 1000 && !(ocr & 0x80000000); i++) {
        if (!command(host, f, 55, R1, 0) ||
            !command(host, f, 41, R3, 0x40ff8000)) {
            return 0;
        }
        ocr = REG32(host + RSP0);
    }
    return ocr & 0x80000000 ? ocr : 0;
}

static uint32_t wake_mmc(uint32_t host, Failure *f)
{
    uint32_t ocr = 0;

    command(host, f, 0, R_NONE, 0);
    for (int i = 0; i < 1000 && !(ocr & 0x80000000); i++) {
        if (!command(host, f, 1, R3, 0x40ff8080)) {
            return 0;
        }
        ocr = REG32(host + RSP0);
    }
    return ocr & 0x80000000 ? ocr : 0;
}

/* An SD card chooses its own address, an MMC card is given one. */
static bool identify(uint32_t host, Failure *f, uint32_t *info)
{
    uint32_t kind = INFO_SD, given = 0, ocr = wake_sd(host, f);

    if (!ocr) {
        kind = INFO_MMC;
        given = 1 << 16;
        ocr = wake_mmc(host, f);
    }
    if (!ocr || !command(host, f, 2, R2, 0) ||
        !command(host, f, 3, R1, given)) {
        return false;
    }
    *info = kind | (ocr & 0x40000000 ? INFO_HIGH_CAPACITY : 0) |
            (given ? given : REG32(host + RSP0) & 0xffff0000);
    return true;
}

static bool drain(uint32_t host, uint32_t count, uint32_t *to)
{
    while (count--) {
        if (!wait_for(host, READABLE)) {
            return false;
        }
        REG16(host + NORINTSTS) = READABLE;
        for (int i = 0; i < 512 / 4; i++) {
            *to++ = REG32(host + BDATA);
        }
    }
    return wait_for(host, COMPLETE);
}

/* One block of what a command without argument gives. */
static bool read_block(uint32_t host, Failure *f, uint32_t index,
                       uint32_t *to)
{
    REG16(host + BLKSIZE) = 0x7000 | 512;
    REG16(host + BLKCNT) = 1;
    REG16(host + TRNMOD) = 0x12;        /* one block, to us */
    return command(host, f, index, R1 | ADTC, 0) && drain(host, 1, to);
}

/* EXT_CSD has the size of a large MMC card. */
static bool size_of_mmc(uint32_t host, Failure *f)
{
    uint32_t ext_csd[512 / 4];

    if (!read_block(host, f, 8, ext_csd)) {
        return false;
    }
    REG32(CARD_BLOCKS) = ext_csd[212 / 4];
    return true;
}

/* Four data lines: ACMD6, or CMD6 on BUS_WIDTH of EXT_CSD. */
static bool widen(uint32_t host, Failure *f, uint32_t info)
{
    bool done;

    if (info & INFO_SD) {
        done = command(host, f, 55, R1, info & 0xffff0000) &&
               command(host, f, 6, R1, 2);
    } else {
        done = command(host, f, 6, R1B, 0x03b70100);
    }
    if (done) {
        REG8(host + HOSTCTL) = 0x02;
    }
    return done;
}

static bool set_up_card(int channel, Failure *f)
{
    uint32_t host = host_of(channel), info, rca;

    set_up_host(host, channel);
    if (!identify(host, f, &info)) {
        return false;
    }
    rca = info & 0xffff0000;
    if (!command(host, f, 9, R2, rca)) {
        return false;
    }
    REG32(CARD_INFO) = info;
    REG32(CARD_BLOCKS) = blocks_of(host, info);
    set_clock(host, 0x02);                      /* 12 MHz of 48 */
    if (!command(host, f, 7, R1B, rca) || !widen(host, f, info) ||
        !command(host, f, 16, R1, 512)) {
        return false;
    }
    return (info & (INFO_MMC | INFO_HIGH_CAPACITY)) !=
               (INFO_MMC | INFO_HIGH_CAPACITY) || size_of_mmc(host, f);
}

static bool card_is_in(int channel)
{
    return REG32(host_of(channel) + PRNSTS) & 0x10000;
}

static bool read_sectors(int channel, Failure *f, uint32_t start,
                         uint32_t count, uint32_t *to)
{
    uint32_t host = host_of(channel);
    uint32_t at = REG32(CARD_INFO) & INFO_HIGH_CAPACITY ? start : start * 512;
    bool read;

    REG16(host + NORINTSTSEN) |= DONE | COMPLETE | READABLE;
    REG16(host + ERRINTSTSEN) |= 0x01ff;
    REG16(host + BLKSIZE) = 0x7000 | 512;
    REG16(host + BLKCNT) = count;
    REG16(host + TRNMOD) = 0x32;        /* several blocks, counted, to us */
    if (!command(host, f, 18, R1 | ADTC, at) ||
        REG32(host + RSP0) & REFUSED) {
        REG8(host + SWRST) = 6;
        return false;
    }
    REG16(host + NORINTSTS) = DONE;
    read = drain(host, count, to);
    if (!read) {
        REG8(host + SWRST) = 6;
    }
    /* A card that comes to its end gives zeros, and says so at the stop. */
    return command(host, f, 12, R1B | 0xc0, 0) && read &&
           !(REG32(host + RSP0) & REFUSED);
}

/* ---- NAND: pages of 2 KiB, 64 a block, five address cycles ---- */

enum { NFCONF = 0x00, NFCONT = 0x04, NFCMMD = 0x08, NFADDR = 0x0c,
       NFDATA = 0x10, NFSTAT = 0x28 };

#define NAND_PAGE 2048
#define NAND_BLOCK_PAGES 64
#define NAND_DESELECTED 0x6

static void set_up_nand(void)
{
    REG32(MP0_1CON) = (REG32(MP0_1CON) & ~0xf00u) | 0x300;
    REG32(MP0_3CON) = 0x22222222;
    REG32(NFCON + NFCONF) = 0x1 << 12 | 0x4 << 8 | 0x1 << 4 | 0x1 << 1;
    REG32(NFCON + NFCONT) = NAND_DESELECTED | 1;
}

static bool nand_ready(void)
{
    for (int i = 0; i < TRIES; i++) {
        if (REG32(NFCON + NFSTAT) & 1) {
            return true;
        }
    }
    return false;
}

/* 0 is success here, as programs have it.  The spare area is not looked at. */
static int nf8_read(uint32_t block, uint32_t page, uint8_t *to)
{
    uint32_t row = block * NAND_BLOCK_PAGES + page;
    bool ready;

    REG32(NFCON + NFCONT) &= ~0x2u;
    REG8(NFCON + NFCMMD) = 0x00;
    REG8(NFCON + NFADDR) = 0;
    REG8(NFCON + NFADDR) = 0;
    REG8(NFCON + NFADDR) = row;
    REG8(NFCON + NFADDR) = row >> 8;
    REG8(NFCON + NFADDR) = row >> 16;
    REG8(NFCON + NFCMMD) = 0x30;
    ready = nand_ready();
    for (int i = 0; ready && i < NAND_PAGE; i++) {
        to[i] = REG8(NFCON + NFDATA);
    }
    REG32(NFCON + NFCONT) |= 0x2;
    return !ready;
}

/* ---- the functions a first stage calls ---- */

static int copy_sdmmc(int channel, uint32_t start, uint16_t count,
                      uint32_t *to, int init)
{
    Failure f = { 0, 0 };

    if (!card_is_in(channel)) {
        tell(IROM_COPY_FAILED, channel & 3, start, 0);
        return 0;
    }
    if ((!init || set_up_card(channel, &f)) &&
        (count == 0 || read_sectors(channel, &f, start, count, to))) {
        return 1;
    }
    tell(IROM_COPY_FAILED, channel & 3, start, f.command + 1);
    return 0;
}

/* Media this machine has not: each says "failed" in its own way. */
#define MISSING(name, slot, failed)                                       \
    static int name(void)                                                 \
    {                                                                     \
        tell(IROM_COPY_MISSING, COPY_TABLE + (slot), 0, 0);               \
        return failed;                                                    \
    }

MISSING(nf16_read, 0x04, 1)
MISSING(copy_emmc, 0x0c, 0)
MISSING(copy_onenand, 0x10, 0)
MISSING(copy_onenand_adv, 0x14, 0)
MISSING(copy_essd, 0x18, 0)
MISSING(copy_essd_adv, 0x1c, 0)
MISSING(nf8_read_128, 0x20, 1)

#define POINTER(f) ((uint32_t)(uintptr_t)(f))

static void fill_tables(void)
{
    const uint32_t copy[] = {
        POINTER(nf8_read), POINTER(nf16_read), POINTER(copy_sdmmc),
        POINTER(copy_emmc), POINTER(copy_onenand), POINTER(copy_onenand_adv),
        POINTER(copy_essd), POINTER(copy_essd_adv), POINTER(nf8_read_128),
    };

    for (unsigned i = 0; i < 8; i++) {
        REG32(VECTORS + 4 * i) = unset_vectors[i];
    }
    for (unsigned i = 0; i < sizeof(copy) / sizeof(copy[0]); i++) {
        REG32(COPY_TABLE + 4 * i) = copy[i];
    }
    REG32(CARD_BLOCKS) = 0;
    REG32(CARD_INFO) = 0;
    REG32(CARD_HOST) = host_of(0);
}

/* ---- BL1 ---- */

#define BL1 ((const uint8_t *)BL1_BASE)

static bool is_blank(uint32_t empty)
{
    for (uint32_t i = 0; i < BL1_SIZE; i += 4) {
        if (REG32(BL1_BASE + i) != empty) {
            return false;
        }
    }
    return true;
}

static bool load_bl1(int channel)
{
    Failure f;

    for (uint32_t i = 0; i < BL1_SIZE; i += 4) {
        REG32(BL1_BASE + i) = 0;
    }
    if (!set_up_card(channel, &f)) {
        if (card_is_in(channel)) {
            tell(IROM_CARD_FAILED, channel, f.command, f.argument);
        } else {
            tell(IROM_NO_CARD, channel, 0, 0);
        }
        return false;
    }
    if (!read_sectors(channel, &f, 1, BL1_SIZE / 512, (uint32_t *)BL1_BASE)) {
        tell(IROM_CARD_FAILED, channel, f.command, f.argument);
        return false;
    }
    return true;
}

/* A channel's card, or IROM_NAND, whose empty words are the others. */
static bool can_enter(uint32_t medium, uint32_t empty)
{
    if (is_blank(empty)) {
        tell(IROM_BLANK, medium, 0, 0);
        return false;
    }
    if (!bl1_fits(BL1)) {
        tell(IROM_CHECKSUM, medium | bl1_sum(BL1, BL1_SIZE) << 8,
             bl1_word(BL1, 8), bl1_word(BL1, 0));
        return false;
    }
    tell(IROM_ENTER, BL1_BASE + BL1_HEADER, medium, 0);
    return true;
}

static void try_card(int channel)
{
    if (load_bl1(channel) && can_enter(channel, 0)) {
        REG32(CARD_HOST) = host_of(channel);
        enter(BL1_BASE + BL1_HEADER);
    }
}

static void try_nand(void)
{
    set_up_nand();
    for (uint32_t page = 0; page < BL1_SIZE / NAND_PAGE; page++) {
        if (nf8_read(0, page, (uint8_t *)BL1_BASE + page * NAND_PAGE)) {
            return;
        }
    }
    if (can_enter(IROM_NAND, 0xffffffff)) {
        enter(BL1_BASE + BL1_HEADER);
    }
}

/* ---- UART2: 0x55 until 0xcc comes, four bytes of size, the program ---- */

#define UART_CALLS 8

static int uart_byte(int tries)
{
    while (tries--) {
        if (REG32(UART2 + 0x10) & 1) {
            return REG8(UART2 + 0x24);
        }
    }
    return -1;
}

static void uart_set_up(void)
{
    REG32(GPA1CON) = (REG32(GPA1CON) & ~0xffu) | 0x22;
    REG32(UART2 + 0x00) = 0x3;          /* 8N1 */
    REG32(UART2 + 0x04) = 0x5;
    REG32(UART2 + 0x08) = 0x7;          /* empty FIFOs */
    REG32(UART2 + 0x08) = 0x1;
    REG32(UART2 + 0x28) = 35;           /* 115200 of 66.7 MHz */
    REG32(UART2 + 0x2c) = 0x0888;
}

static bool uart_called(void)
{
    for (int i = 0; i < UART_CALLS; i++) {
        REG8(UART2 + 0x20) = 0x55;
        if (uart_byte(TRIES / 4) == 0xcc) {
            return true;
        }
    }
    return false;
}

static void try_uart(void)
{
    uint32_t size = 0;

    tell(IROM_UART, 0, 0, 0);
    uart_set_up();
    if (!uart_called()) {
        return;
    }
    for (int i = 0; i < 4; i++) {
        size |= (uint32_t)(uart_byte(TRIES * 100) & 0xff) << 8 * i;
    }
    if (size == 0 || size > VECTORS - BL1_BASE) {
        tell(IROM_UART_SIZE, size, 0, 0);
        return;
    }
    for (uint32_t i = 0; i < size; i++) {
        int c = uart_byte(TRIES * 100);

        if (c < 0) {
            return;
        }
        REG8(BL1_BASE + i) = c;
    }
    tell(IROM_ENTER, BL1_BASE, IROM_NOT_A_CARD, 0);
    enter(BL1_BASE);
}

/* the medium, of OM[4:1] */
enum { OM_NAND_2K = 1, OM_SD = 6 };

void __attribute__((noreturn, used)) boot(void)
{
    uint32_t om = REG32(OMR), entry = REG32(IROM_BASE + IROM_ENTRY);

    REG32(WTCON) = 0;
    fill_tables();
    if (entry) {
        tell(IROM_ENTER, entry, IROM_NOT_A_CARD, 0);
        enter(entry);
    }
    if (om & 0x20) {
        try_uart();
    }
    switch (om >> 1 & 0xf) {
    case OM_NAND_2K:
        try_nand();
        break;
    case OM_SD:
        try_card(0);
        break;
    default:
        tell(IROM_OM_OTHER, om, 0, 0);
        break;
    }
    try_card(2);
    try_uart();
    tell(IROM_USB, 0, 0, 0);
    stop();
}
