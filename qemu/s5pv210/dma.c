/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/dma.c - a DMA controller (ARM PL330): eight channels that run
 * programs from memory.
 *
 * QEMU's pl330 was not taken: it runs a program that does not end for ever
 * within one moment.  Here a channel has so many instructions a microsecond.
 *
 * Peripherals always ask for data: DMAWFP waits until the next microsecond.
 * Secure state, caches and endian swaps are ignored.
 *
 *   sysbus irq 0: any event whose interrupt is enabled
 */
#include "qemu/osdep.h"
#include "exec/address-spaces.h"
#include "exec/memory.h"
#include "hw/irq.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qemu/bswap.h"
#include "qemu/log.h"
#include "qemu/module.h"
#include "qemu/timer.h"
#include "s5pv210.h"
#include "words.h"

OBJECT_DECLARE_SIMPLE_TYPE(S5PV210DmaState, S5PV210_DMA)

#define SIZE 0x1000
#define CHANNELS 8
#define FIFO_SIZE 1024
#define SLICE 16                /* instructions of a channel... */
#define SLICE_NS 1000           /* ... in this time */
#define INSTRUCTION_MAX 6
#define BURST_MAX (16 * 128)

enum {
    INTEN = 0x020,
    EVENTS = 0x024,
    INTMIS = 0x028,
    INTCLR = 0x02c,
    FAULT_CHANNELS = 0x034,
    FAULT_TYPE = 0x040,         /* + 4 * channel */
    CHANNEL_STATUS = 0x100,     /* + 8 * channel: status, PC */
    CHANNEL = 0x400,            /* + 0x20 * channel: SAR to LC1 */
    DEBUG_STATUS = 0xd00,
    DEBUG_COMMAND = 0xd04,
    DEBUG_INSTRUCTION0 = 0xd08,
    DEBUG_INSTRUCTION1 = 0xd0c,
    CONFIG = 0xe00,
    CONFIG_DATA = 0xe14,
    ID = 0xfe0,
};

enum {
    STOPPED = 0,
    RUNNING = 1,
    WAITING_EVENT = 4,
    WAITING_PERIPHERAL = 7,
    FAULTING = 15,
};

#define FAULT_UNDEFINED (1u << 0)
#define FAULT_OPERAND (1u << 1)
#define FAULT_FIFO_FULL (1u << 12)
#define FAULT_FIFO_EMPTY (1u << 13)
#define FAULT_FETCH (1u << 16)
#define FAULT_WRITE (1u << 17)
#define FAULT_READ (1u << 18)

/* Eight channels, 32 requests, 32 events; data of 64 bits. */
static const uint32_t config[] = { 0x003ff071, 0x00000075, 0, 0, 0xffffffff };
#define CONFIG_DATA_VALUE 0x01f73733
static const uint8_t id[] = { 0x30, 0x13, 0x24, 0x00, 0x0d, 0xf0, 0x05, 0xb1 };

typedef struct Channel {
    uint32_t state;
    uint32_t pc;
    uint32_t sar, dar, ccr;     /* DMAMOV's order is 0, 2, 1 */
    uint8_t loop[2];
    uint8_t waits_for;          /* event or peripheral */
    bool burst;                 /* what DMAWFP was asked for */
    uint32_t fault;
    uint32_t used;
    uint8_t fifo[FIFO_SIZE];
} Channel;

struct S5PV210DmaState {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    S5PV210Unknown unknown;
    qemu_irq irq;
    QEMUTimer *slice;

    Channel channel[CHANNELS];
    uint32_t inten;
    uint32_t events;
    uint32_t debug[2];
};

static void dma_update_irq(S5PV210DmaState *s)
{
    qemu_set_irq(s->irq, (s->events & s->inten) != 0);
}

static void fault(Channel *c, uint32_t why)
{
    c->fault |= why;
    c->state = FAULTING;
}

/* ---- data ---- */

typedef struct Burst {
    uint32_t size, beats;
    bool moves;
} Burst;

/* The S form of an instruction moves one beat. */
#define SINGLE 1

/* The fields of CCR for one side, from its first bit. */
static Burst burst_of(const Channel *c, int first, unsigned form)
{
    return (Burst) {
        .size = 1u << extract32(c->ccr, first + 1, 3),
        .beats = form == SINGLE ? 1 : extract32(c->ccr, first + 4, 4) + 1,
        .moves = extract32(c->ccr, first, 1),
    };
}

/* A first beat that is not aligned is shorter; a fixed address is. */
static uint32_t beat_size(const Burst *b, uint32_t address)
{
    return b->moves ? b->size - (address & (b->size - 1)) : b->size;
}

static void load(Channel *c, unsigned form)
{
    Burst b = burst_of(c, 0, form);
    uint8_t data[BURST_MAX];
    uint32_t n = 0, at = c->sar;

    for (uint32_t i = 0; i < b.beats; i++) {
        uint32_t size = beat_size(&b, at);

        if (address_space_read(&address_space_memory, at,
                               MEMTXATTRS_UNSPECIFIED, data + n, size)) {
            fault(c, FAULT_READ);
            return;
        }
        n += size;
        at += b.moves ? size : 0;
    }
    /* the reads may have stopped this very channel */
    if (c->state != RUNNING) {
        return;
    }
    if (c->used + n > FIFO_SIZE) {
        fault(c, FAULT_FIFO_FULL);
        return;
    }
    memcpy(c->fifo + c->used, data, n);
    c->used += n;
    c->sar = at;
}

static void store(Channel *c, unsigned form, bool zeros)
{
    Burst b = burst_of(c, 14, form);
    uint8_t data[BURST_MAX] = { 0 };
    uint32_t at = c->dar;
    uint32_t n = b.size * b.beats - (b.moves ? at & (b.size - 1) : 0);

    if (!zeros) {
        if (c->used < n) {
            fault(c, FAULT_FIFO_EMPTY);
            return;
        }
        memcpy(data, c->fifo, n);
        c->used -= n;
        memmove(c->fifo, c->fifo + n, c->used);
    }
    c->dar += b.moves ? n : 0;
    n = 0;
    for (uint32_t i = 0; i < b.beats; i++) {
        uint32_t size = beat_size(&b, at);

        if (address_space_write(&address_space_memory, at,
                                MEMTXATTRS_UNSPECIFIED, data + n, size)) {
            fault(c, FAULT_WRITE);
            return;
        }
        n += size;
        at += b.moves ? size : 0;
    }
}

/* ---- instructions ---- */

/* 0: there is no such instruction. */
static unsigned length_of(uint8_t op)
{
    switch (op) {
    case 0x00: case 0x01: case 0x04 ... 0x05: case 0x07 ... 0x09: case 0x0b:
    case 0x0c: case 0x12: case 0x13: case 0x18:
        return 1;
    case 0x20: case 0x22: case 0x25: case 0x27 ... 0x32: case 0x34 ... 0x36:
    case 0x38 ... 0x3f:
        return 2;
    case 0x54: case 0x56: case 0x5c: case 0x5e:
        return 3;
    case 0xa0: case 0xa2: case 0xbc:
        return 6;
    default:
        return 0;
    }
}

static void stop(Channel *c)
{
    c->state = STOPPED;
    c->fault = 0;
    c->used = 0;
}

static void send_event(S5PV210DmaState *s, unsigned event)
{
    s->events |= 1u << event;
    dma_update_irq(s);
}

/* Never from within an access, which may be a channel's own. */
static void go_on(S5PV210DmaState *s)
{
    if (!timer_pending(s->slice)) {
        timer_mod(s->slice, qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) + SLICE_NS);
    }
}

static void go(S5PV210DmaState *s, unsigned n, uint32_t pc)
{
    Channel *c = &s->channel[n % CHANNELS];

    if (c->state != STOPPED) {
        return;
    }
    c->state = RUNNING;
    c->pc = pc;
    c->used = 0;
    go_on(s);
}

static void move(Channel *c, unsigned to, uint32_t value)
{
    switch (to) {
    case 0:
        c->sar = value;
        break;
    case 1:
        c->ccr = value;
        break;
    case 2:
        c->dar = value;
        break;
    default:
        fault(c, FAULT_OPERAND);
        break;
    }
}

/* The S and B forms of an instruction do nothing for the other request. */
static bool skipped(const Channel *c, uint8_t form)
{
    return form == 1 ? c->burst : form == 3 ? !c->burst : false;
}

/* DMALPEND: without a counter (bit 4 clear) it loops for ever. */
static bool loop_end(Channel *c, uint8_t op, uint8_t back)
{
    uint8_t *count = &c->loop[op >> 2 & 1];

    if (skipped(c, op & 3) || (op & 0x10 && !*count)) {
        return false;
    }
    *count -= op & 0x10 ? 1 : 0;
    c->pc -= back;
    return true;
}

/* Whether the channel goes on at once. */
static bool do_instruction(S5PV210DmaState *s, Channel *c, const uint8_t *b)
{
    uint8_t op = b[0];
    unsigned form = op & 0x20 ? (op & 2) + 1 : op & 3;
    uint32_t *reg = op & 2 ? &c->dar : &c->sar;

    switch (op) {
    case 0x00:                  /* END */
    case 0x01:                  /* KILL */
        stop(c);
        return false;
    case 0x04: case 0x05: case 0x07: case 0x25: case 0x27:
        if (!skipped(c, form)) {
            load(c, form);
        }
        break;
    case 0x08: case 0x09: case 0x0b: case 0x29: case 0x2b:
        if (!skipped(c, form)) {
            store(c, form, false);
        }
        break;
    case 0x0c:
        store(c, 0, true);
        break;
    case 0x12: case 0x13: case 0x18: case 0x35:
        break;
    case 0x20: case 0x22:
        c->loop[op >> 1 & 1] = b[1];
        break;
    case 0x28: case 0x2c: case 0x38 ... 0x3f:
        if (loop_end(c, op, b[1])) {
            return true;
        }
        break;
    case 0x30: case 0x31: case 0x32:
        c->waits_for = b[1] >> 3;
        c->burst = op != 0x30;
        c->state = WAITING_PERIPHERAL;
        break;
    case 0x34:
        send_event(s, b[1] >> 3);
        break;
    case 0x36:
        c->waits_for = b[1] >> 3;
        c->state = WAITING_EVENT;
        break;
    case 0x54: case 0x56:
        *reg += lduw_le_p(b + 1);
        break;
    case 0x5c: case 0x5e:
        *reg += 0xffff0000 | lduw_le_p(b + 1);
        break;
    case 0xbc:
        move(c, b[1], ldl_le_p(b + 2));
        break;
    default:
        fault(c, FAULT_UNDEFINED);
        return false;
    }
    c->pc += length_of(op);
    return c->state == RUNNING;
}

static bool step(S5PV210DmaState *s, Channel *c)
{
    uint8_t b[INSTRUCTION_MAX] = { 0 };
    unsigned length;

    if (address_space_read(&address_space_memory, c->pc,
                           MEMTXATTRS_UNSPECIFIED, b, 1)) {
        fault(c, FAULT_FETCH);
        return false;
    }
    length = length_of(b[0]);
    if (length > 1 && address_space_read(&address_space_memory, c->pc + 1,
                                         MEMTXATTRS_UNSPECIFIED, b + 1,
                                         length - 1)) {
        fault(c, FAULT_FETCH);
        return false;
    }
    return do_instruction(s, c, b);
}

static bool event_came(const S5PV210DmaState *s, const Channel *c)
{
    return s->events & ~s->inten & 1u << c->waits_for;
}

static void run(S5PV210DmaState *s, Channel *c)
{
    if (c->state == WAITING_PERIPHERAL) {
        c->state = RUNNING;
    }
    if (c->state == WAITING_EVENT && event_came(s, c)) {
        s->events &= ~(1u << c->waits_for);
        c->state = RUNNING;
    }
    for (int i = 0; c->state == RUNNING && i < SLICE; i++) {
        if (!step(s, c)) {
            return;
        }
    }
}

static void dma_slice(void *opaque)
{
    S5PV210DmaState *s = opaque;
    bool more = false;

    for (int i = 0; i < CHANNELS; i++) {
        run(s, &s->channel[i]);
    }
    for (int i = 0; i < CHANNELS; i++) {
        const Channel *c = &s->channel[i];

        more |= c->state == RUNNING || c->state == WAITING_PERIPHERAL ||
                (c->state == WAITING_EVENT && event_came(s, c));
    }
    if (more) {
        go_on(s);
    }
}

/* ---- registers ---- */

/* DMAGO, DMAKILL and DMASEV, by registers: how every program is begun. */
static void debug_command(S5PV210DmaState *s)
{
    uint8_t op = s->debug[0] >> 16, operand = s->debug[0] >> 24;
    bool of_channel = s->debug[0] & 1;

    switch (op) {
    case 0xa0: case 0xa2:
        if (!of_channel) {
            go(s, operand, s->debug[1]);
        }
        break;
    case 0x01:
        if (of_channel) {
            stop(&s->channel[extract32(s->debug[0], 8, 3)]);
        }
        break;
    case 0x34:
        send_event(s, operand >> 3);
        go_on(s);
        break;
    default:
        qemu_log_mask(LOG_GUEST_ERROR, "%s: 0x%02x is no instruction for "
                      "DBGCMD\n", s->unknown.block, op);
        break;
    }
}

static uint32_t faulting(const S5PV210DmaState *s)
{
    uint32_t channels = 0;

    for (int i = 0; i < CHANNELS; i++) {
        channels |= s->channel[i].state == FAULTING ? 1u << i : 0;
    }
    return channels;
}

static uint32_t channel_register(const Channel *c, uint32_t offset)
{
    switch (offset) {
    case 0x00:
        return c->sar;
    case 0x04:
        return c->dar;
    case 0x08:
        return c->ccr;
    case 0x0c:
        return c->loop[0];
    case 0x10:
        return c->loop[1];
    default:
        return 0;
    }
}

static uint32_t dma_read(S5PV210DmaState *s, uint32_t offset)
{
    const Channel *c;

    switch (offset) {
    case 0x000 ... 0x004:       /* the manager: stopped */
    case DEBUG_STATUS:
    case 0x030: case 0x038:
        return 0;
    case INTEN:
        return s->inten;
    case EVENTS:
        return s->events;
    case INTMIS:
        return s->events & s->inten;
    case FAULT_CHANNELS:
        return faulting(s);
    case FAULT_TYPE ... FAULT_TYPE + 4 * CHANNELS - 1:
        return s->channel[(offset - FAULT_TYPE) / 4].fault;
    case CHANNEL_STATUS ... CHANNEL_STATUS + 8 * CHANNELS - 1:
        c = &s->channel[(offset - CHANNEL_STATUS) / 8];
        return offset & 4 ? c->pc : c->state | c->waits_for << 4;
    case CHANNEL ... CHANNEL + 0x20 * CHANNELS - 1:
        return channel_register(&s->channel[(offset - CHANNEL) / 0x20],
                                offset & 0x1f);
    case CONFIG ... CONFIG_DATA - 4:
        return config[(offset - CONFIG) / 4];
    case CONFIG_DATA:
        return CONFIG_DATA_VALUE;
    case ID ... SIZE - 4:
        return id[(offset - ID) / 4];
    default:
        s5pv210_unknown(&s->unknown, offset, false, 0);
        return 0;
    }
}

static void dma_write(S5PV210DmaState *s, uint32_t offset, uint32_t value,
                      uint32_t lanes)
{
    switch (offset) {
    case INTEN:
        s->inten = s5pv210_merge(s->inten, value, lanes, 0xffffffff);
        break;
    case INTCLR:
        s->events &= ~(value & s->inten);
        break;
    case DEBUG_COMMAND:
        if (!(value & 3)) {
            debug_command(s);
        }
        break;
    case DEBUG_INSTRUCTION0:
    case DEBUG_INSTRUCTION1:
        s->debug[(offset - DEBUG_INSTRUCTION0) / 4] = s5pv210_merge(
            s->debug[(offset - DEBUG_INSTRUCTION0) / 4], value, lanes,
            0xffffffff);
        break;
    default:
        s5pv210_unknown(&s->unknown, offset, true, value);
        break;
    }
    dma_update_irq(s);
}

S5PV210_WORD_OPS(dma, S5PV210DmaState);

/* ---- the device ---- */

static void dma_reset_hold(Object *obj, ResetType type)
{
    S5PV210DmaState *s = S5PV210_DMA(obj);

    memset(s->channel, 0, sizeof(s->channel));
    memset(s->debug, 0, sizeof(s->debug));
    s->inten = s->events = 0;
    timer_del(s->slice);
}

static void dma_reset_exit(Object *obj, ResetType type)
{
    dma_update_irq(S5PV210_DMA(obj));
}

static void dma_realize(DeviceState *dev, Error **errp)
{
    S5PV210DmaState *s = S5PV210_DMA(dev);

    s->unknown.block = object_get_canonical_path_component(OBJECT(dev));
}

static void dma_init(Object *obj)
{
    S5PV210DmaState *s = S5PV210_DMA(obj);

    memory_region_init_io(&s->iomem, obj, &dma_ops, s, "s5pv210.dma", SIZE);
    /* a program may well write to its own controller */
    s->iomem.disable_reentrancy_guard = true;
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
    sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->irq);
    s->slice = timer_new_ns(QEMU_CLOCK_VIRTUAL, dma_slice, s);
}

static bool channel_valid(void *opaque, int version)
{
    const Channel *c = opaque;

    return c->used <= FIFO_SIZE && c->waits_for < 32;
}

static const VMStateDescription channel_vmstate = {
    .name = "s5pv210.dma-channel",
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT32(state, Channel),
        VMSTATE_UINT32(pc, Channel),
        VMSTATE_UINT32(sar, Channel),
        VMSTATE_UINT32(dar, Channel),
        VMSTATE_UINT32(ccr, Channel),
        VMSTATE_UINT8_ARRAY(loop, Channel, 2),
        VMSTATE_UINT8(waits_for, Channel),
        VMSTATE_BOOL(burst, Channel),
        VMSTATE_UINT32(fault, Channel),
        VMSTATE_UINT32(used, Channel),
        VMSTATE_UINT8_ARRAY(fifo, Channel, FIFO_SIZE),
        VMSTATE_VALIDATE("FIFO count, event", channel_valid),
        VMSTATE_END_OF_LIST()
    }
};

static const VMStateDescription dma_vmstate = {
    .name = TYPE_S5PV210_DMA,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_TIMER_PTR(slice, S5PV210DmaState),
        VMSTATE_STRUCT_ARRAY(channel, S5PV210DmaState, CHANNELS, 1,
                             channel_vmstate, Channel),
        VMSTATE_UINT32(inten, S5PV210DmaState),
        VMSTATE_UINT32(events, S5PV210DmaState),
        VMSTATE_UINT32_ARRAY(debug, S5PV210DmaState, 2),
        VMSTATE_END_OF_LIST()
    }
};

static void dma_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    ResettableClass *rc = RESETTABLE_CLASS(klass);

    dc->realize = dma_realize;
    dc->vmsd = &dma_vmstate;
    dc->user_creatable = false;
    rc->phases.hold = dma_reset_hold;
    rc->phases.exit = dma_reset_exit;
}

static const TypeInfo dma_info = {
    .name = TYPE_S5PV210_DMA,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S5PV210DmaState),
    .instance_init = dma_init,
    .class_init = dma_class_init,
};

static void dma_register(void)
{
    type_register_static(&dma_info);
}

type_init(dma_register)
