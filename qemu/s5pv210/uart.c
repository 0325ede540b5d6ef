/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/uart.c - one channel of the S5PV210's UART: FIFOs of 256, 64,
 * 16 and 16 bytes, interrupts by level, by pulse and by time-out.
 *
 * UARTs may share a cable: what the one without a chardev sends goes out at the
 * one that has it, and what arrives there goes to the UART that sent last, or
 * to the first that receives, if that one does not.
 *
 * Sending takes no time: the transmit FIFO is always empty.  What arrives comes
 * at the baud rate: a handler that clears the interrupt behind the read of its
 * character would lose the next one's, if that were there already.  It waits
 * until somebody receives: nobody types before the board is up.  QEMU's own
 * exynos4210.uart was not taken: it loses a full FIFO (its pointers then say
 * "empty"), and its baud rate is of a 24 MHz clock.
 */
#include "qemu/osdep.h"
#include "chardev/char-fe.h"
#include "chardev/char-serial.h"
#include "hw/irq.h"
#include "hw/qdev-clock.h"
#include "hw/qdev-properties.h"
#include "hw/qdev-properties-system.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qapi/error.h"
#include "qemu/fifo8.h"
#include "qemu/log.h"
#include "qemu/module.h"
#include "qemu/timer.h"
#include "s5pv210.h"
#include "trace.h"
#include "words.h"

OBJECT_DECLARE_SIMPLE_TYPE(S5PV210UartState, S5PV210_UART)

enum {
    ULCON = 0x00,
    UCON = 0x04,
    UFCON = 0x08,
    UMCON = 0x0c,
    UTRSTAT = 0x10,
    UERSTAT = 0x14,
    UFSTAT = 0x18,
    UMSTAT = 0x1c,
    UTXH = 0x20,
    URXH = 0x24,
    UBRDIV = 0x28,
    UDIVSLOT = 0x2c,
    UINTP = 0x30,
    UINTSP = 0x34,
    UINTM = 0x38,
};

#define UCON_RX_MODE 3u
#define UCON_LOOPBACK (1u << 5)
#define UCON_RX_TIMEOUT (1u << 7)
#define UCON_RX_LEVEL (1u << 8)         /* else one pulse for each event */
#define UCON_TX_LEVEL (1u << 9)
#define UFCON_ENABLE (1u << 0)
#define UFCON_RX_RESET (1u << 1)
#define UFCON_TX_RESET (1u << 2)
#define UTRSTAT_RX_READY (1u << 0)
#define UTRSTAT_TX_EMPTY (3u << 1)      /* buffer and transmitter */
#define UERSTAT_OVERRUN (1u << 0)
#define UERSTAT_BREAK (1u << 3)
#define UFSTAT_RX_COUNT 0xffu
#define UFSTAT_RX_FULL (1u << 8)
#define INT_RXD (1u << 0)
#define INT_ERROR (1u << 1)
#define INT_TXD (1u << 2)
#define INT_ALL 0xfu

#define SHARERS S5PV210_UARTS

/* For how long nothing arrives at a receiver that is just being set up. */
#define SETTLE_NS (1000 * 1000)

/* For how many characters the line waits for a handler's acknowledgement. */
#define PATIENCE 64

struct S5PV210UartState {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    CharBackend chr;
    Clock *pclk;
    qemu_irq irq;
    QEMUTimer *rx_timer;
    QEMUTimer *tx_timer;
    QEMUTimer *line_timer;      /* of an owner: a character is on its way */
    S5PV210Unknown unknown;
    const char *name;
    uint32_t depth;
    S5PV210UartState *owner;    /* whose chardev this one uses: often itself */
    S5PV210UartState *sharer[SHARERS];  /* of an owner: itself, then others */
    uint32_t sharers;
    uint32_t speaker;           /* the sharer that sent last */

    Fifo8 rx;
    uint32_t ulcon, ucon, ufcon, umcon, uerstat, ubrdiv, udivslot;
    uint32_t pending;           /* UINTSP: before the mask */
    uint32_t mask;
    bool acknowledges;          /* the program has cleared an RX interrupt */
    uint32_t patience;          /* characters the line still waits for that */
};

static bool uart_has_fifo(const S5PV210UartState *s)
{
    return s->ufcon & UFCON_ENABLE;
}

/* Without the FIFO there is one holding register. */
static uint32_t uart_room(S5PV210UartState *s)
{
    uint32_t used = fifo8_num_used(&s->rx);
    uint32_t depth = uart_has_fifo(s) ? s->depth : 1;

    return used < depth ? depth - used : 0;
}

static uint32_t uart_rx_trigger(const S5PV210UartState *s)
{
    /* 256: 32 to 256 in eight steps; 64: 8 to 64; 16: 2 to 16 */
    return uart_has_fifo(s) ? (extract32(s->ufcon, 4, 3) + 1) * s->depth / 8
                            : 1;
}

static void uart_update(S5PV210UartState *s)
{
    qemu_set_irq(s->irq, (s->pending & ~s->mask) != 0);
}

static void uart_raise(S5PV210UartState *s, uint32_t what)
{
    s->pending |= what;
    uart_update(s);
}

/* Bits of one character: start, 5 to 8, parity, one or two stop bits. */
static uint32_t uart_frame_bits(const S5PV210UartState *s)
{
    return 1 + 5 + extract32(s->ulcon, 0, 2) + extract32(s->ulcon, 5, 1) +
           1 + extract32(s->ulcon, 2, 1);
}

static uint32_t uart_baud(const S5PV210UartState *s)
{
    uint64_t divisor16 = 16 * ((uint64_t)s->ubrdiv + 1) + ctpop16(s->udivslot);
    uint32_t hz = extract32(s->ucon, 10, 1) ? 0 : clock_get_hz(s->pclk);

    return (hz ? hz : S5PV210_PCLK_PSYS) / divisor16;
}

static void uart_line_changed(S5PV210UartState *s)
{
    static const char parity[8] = "NNNNOEOE";
    QEMUSerialSetParams line = {
        .speed = MAX(uart_baud(s), 1),
        .parity = parity[extract32(s->ulcon, 3, 3)],
        .data_bits = 5 + extract32(s->ulcon, 0, 2),
        .stop_bits = 1 + extract32(s->ulcon, 2, 1),
    };

    trace_s5pv210_uart_line(s->name, line.speed, line.data_bits, line.parity,
                            line.stop_bits);
    qemu_chr_fe_ioctl(&s->chr, CHR_IOCTL_SERIAL_SET_PARAMS, &line);
}

static int64_t uart_after(S5PV210UartState *s, unsigned characters)
{
    return qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) + (int64_t)characters *
           uart_frame_bits(s) * NANOSECONDS_PER_SECOND / MAX(uart_baud(s), 1);
}

/* What arrived and stays below the trigger asks after three characters. */
static void uart_arm_timeout(S5PV210UartState *s)
{
    if (!(s->ucon & UCON_RX_TIMEOUT) || !uart_has_fifo(s) ||
        fifo8_is_empty(&s->rx)) {
        timer_del(s->rx_timer);
        return;
    }
    timer_mod(s->rx_timer, uart_after(s, 3));
}

static void uart_rx_timeout(void *opaque)
{
    S5PV210UartState *s = opaque;

    if (!fifo8_is_empty(&s->rx)) {
        uart_raise(s, INT_RXD);
    }
}

static bool uart_tx_by_interrupt(const S5PV210UartState *s)
{
    return extract32(s->ucon, 2, 2) == 1;
}

static bool uart_rx_at_trigger(S5PV210UartState *s)
{
    return (s->ucon & UCON_RX_MODE) &&
           fifo8_num_used(&s->rx) >= uart_rx_trigger(s);
}

/*
 * The interrupts by level, which come back as long as their cause is there.
 * The transmit FIFO is empty at all times, so below any trigger.
 */
static void uart_levels(S5PV210UartState *s)
{
    if ((s->ucon & UCON_RX_LEVEL) && uart_rx_at_trigger(s)) {
        s->pending |= INT_RXD;
    }
    if ((s->ucon & UCON_TX_LEVEL) && uart_tx_by_interrupt(s)) {
        s->pending |= INT_TXD;
    }
    uart_update(s);
}

/* The interrupts by pulse: received... */
static void uart_received(S5PV210UartState *s)
{
    if (uart_rx_at_trigger(s)) {
        uart_raise(s, INT_RXD);
    }
    uart_arm_timeout(s);
}

/*
 * ... and sent: as long after as the line takes, since a handler that clears
 * the interrupt behind its last character waits for the next one.
 */
static void uart_sent(void *opaque)
{
    S5PV210UartState *s = opaque;

    if (uart_tx_by_interrupt(s)) {
        uart_raise(s, INT_TXD);
    }
}

static void uart_push(S5PV210UartState *s, uint8_t c)
{
    if (!uart_room(s)) {
        s->uerstat |= UERSTAT_OVERRUN;
        uart_raise(s, INT_ERROR);
        return;
    }
    fifo8_push(&s->rx, c);
}

static void uart_speak(S5PV210UartState *s)
{
    S5PV210UartState *o = s->owner;

    for (uint32_t i = 0; i < o->sharers; i++) {
        if (o->sharer[i] == s) {
            o->speaker = i;
        }
    }
}

static void uart_send(S5PV210UartState *s, uint8_t c)
{
    trace_s5pv210_uart_send(s->name, c);
    if (s->ucon & UCON_LOOPBACK) {
        uart_push(s, c);
        uart_received(s);
    } else {
        uart_speak(s);
        /* blocks; a slow reader slows the guest and loses nothing */
        qemu_chr_fe_write_all(&s->owner->chr, &c, 1);
    }
    if (uart_tx_by_interrupt(s)) {
        timer_mod(s->tx_timer, uart_after(s, 1));
    }
}

static uint8_t uart_take(S5PV210UartState *s)
{
    uint8_t c;

    if (fifo8_is_empty(&s->rx)) {
        return 0;
    }
    c = fifo8_pop(&s->rx);
    uart_arm_timeout(s);
    if (!uart_has_fifo(s)) {
        s->patience = PATIENCE;
        timer_mod(s->owner->line_timer, uart_after(s, 1));
    }
    qemu_chr_fe_accept_input(&s->owner->chr);
    return c;
}

static uint32_t uart_ufstat(S5PV210UartState *s)
{
    uint32_t used = uart_has_fifo(s) ? fifo8_num_used(&s->rx) : 0;

    return (used & UFSTAT_RX_COUNT) | (used == s->depth ? UFSTAT_RX_FULL : 0);
}

static uint32_t uart_read(S5PV210UartState *s, uint32_t offset)
{
    uint32_t v;

    switch (offset) {
    case ULCON:
        return s->ulcon;
    case UCON:
        return s->ucon;
    case UFCON:
        return s->ufcon;
    case UMCON:
        return s->umcon;
    case UTRSTAT:
        return UTRSTAT_TX_EMPTY |
               (fifo8_is_empty(&s->rx) ? 0 : UTRSTAT_RX_READY);
    case UERSTAT:
        v = s->uerstat;
        s->uerstat = 0;
        return v;
    case UFSTAT:
        return uart_ufstat(s);
    case UMSTAT:                /* nothing is wired to CTS */
        return 0;
    case UTXH:
        return 0;
    case URXH:
        return uart_take(s);
    case UBRDIV:
        return s->ubrdiv;
    case UDIVSLOT:
        return s->udivslot;
    case UINTP:
        return s->pending & ~s->mask;
    case UINTSP:
        return s->pending;
    case UINTM:
        return s->mask;
    default:
        s5pv210_unknown(&s->unknown, offset, false, 0);
        return 0;
    }
}

static void uart_write_ufcon(S5PV210UartState *s, uint32_t value,
                             uint32_t lanes)
{
    s->ufcon = s5pv210_merge(s->ufcon, value, lanes, 0x777);
    if (s->ufcon & UFCON_RX_RESET) {
        fifo8_reset(&s->rx);
        qemu_chr_fe_accept_input(&s->owner->chr);
    }
    s->ufcon &= ~(UFCON_RX_RESET | UFCON_TX_RESET);
    uart_levels(s);
    uart_arm_timeout(s);
}

static void uart_write_ucon(S5PV210UartState *s, uint32_t value,
                            uint32_t lanes)
{
    bool received = s->ucon & UCON_RX_MODE;

    s->ucon = s5pv210_merge(s->ucon, value, lanes, 0x1ffff);
    if (!received && (s->ucon & UCON_RX_MODE)) {
        timer_mod(s->owner->line_timer,
                  qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) + SETTLE_NS);
    }
    uart_levels(s);
    uart_arm_timeout(s);
}

static void uart_write(S5PV210UartState *s, uint32_t offset, uint32_t value,
                       uint32_t lanes)
{
    switch (offset) {
    case ULCON:
        s->ulcon = s5pv210_merge(s->ulcon, value, lanes, 0x7f);
        uart_line_changed(s);
        break;
    case UCON:
        uart_write_ucon(s, value, lanes);
        break;
    case UFCON:
        uart_write_ufcon(s, value, lanes);
        break;
    case UMCON:
        s->umcon = s5pv210_merge(s->umcon, value, lanes, 0xff);
        break;
    case UTXH:
        if (lanes & 0xff) {
            uart_send(s, value);
        }
        break;
    case UBRDIV:
        s->ubrdiv = s5pv210_merge(s->ubrdiv, value, lanes, 0xffff);
        uart_line_changed(s);
        break;
    case UDIVSLOT:
        s->udivslot = s5pv210_merge(s->udivslot, value, lanes, 0xffff);
        uart_line_changed(s);
        break;
    case UINTP:                 /* clearing either clears the other */
    case UINTSP:
        s->pending &= ~(value & INT_ALL);
        s->acknowledges |= value & INT_RXD;
        uart_levels(s);
        break;
    case UINTM:
        s->mask = s5pv210_merge(s->mask, value, lanes, INT_ALL);
        uart_update(s);
        break;
    case UTRSTAT:
    case UERSTAT:
    case UFSTAT:
    case UMSTAT:
    case URXH:
        qemu_log_mask(LOG_GUEST_ERROR, "%s: write to read-only +0x%02x\n",
                      s->name, offset);
        break;
    default:
        s5pv210_unknown(&s->unknown, offset, true, value);
        break;
    }
}

S5PV210_WORD_OPS(uart, S5PV210UartState);

static S5PV210UartState *uart_listener(S5PV210UartState *owner)
{
    S5PV210UartState *speaker = owner->sharer[owner->speaker];

    if (speaker->ucon & UCON_RX_MODE) {
        return speaker;
    }
    for (uint32_t i = 0; i < owner->sharers; i++) {
        if (owner->sharer[i]->ucon & UCON_RX_MODE) {
            return owner->sharer[i];
        }
    }
    return speaker;
}

void s5pv210_uart_share(DeviceState *uart, DeviceState *owner)
{
    S5PV210UartState *s = S5PV210_UART(uart), *o = S5PV210_UART(owner);

    assert(o->sharers < SHARERS);
    s->owner = o;
    o->sharer[o->sharers++] = s;
}

/*
 * The count of a full FIFO of 256 is 0, and a program that polls the count
 * alone would never see it: what the host pastes leaves one place free, unless
 * the trigger waits for the last.
 */
static int uart_can_receive(void *opaque)
{
    S5PV210UartState *o = opaque, *s = uart_listener(o);
    bool listens = (s->ucon & UCON_RX_MODE) && !timer_pending(o->line_timer);
    uint32_t room = listens ? uart_room(s) : 0;
    bool wraps = uart_has_fifo(s) && s->depth > UFSTAT_RX_COUNT &&
                 uart_rx_trigger(s) < s->depth;

    return room > (wraps ? 1 : 0);      /* one by one */
}

static void uart_receive(void *opaque, const uint8_t *buf, int size)
{
    S5PV210UartState *o = opaque, *s = uart_listener(o);

    uart_push(s, *buf);
    uart_received(s);
    timer_mod(o->line_timer, uart_after(s, 1));
}

/*
 * A handler reads its character and then clears the interrupt.  A host that is
 * busy may take longer between the two than a character does; with one holding
 * register the next character's interrupt would go with it, and the sender wait
 * for good, since nothing overruns here.  Who never clears one need not wait.
 */
static bool uart_waits(const S5PV210UartState *s)
{
    return !uart_has_fifo(s) && s->acknowledges && s->patience &&
           (s->pending & ~s->mask & INT_RXD);
}

static void uart_line_free(void *opaque)
{
    S5PV210UartState *o = opaque, *s = uart_listener(o);

    if (uart_waits(s)) {
        s->patience--;
        timer_mod(o->line_timer, uart_after(s, 1));
        return;
    }
    qemu_chr_fe_accept_input(&o->chr);
}

static void uart_event(void *opaque, QEMUChrEvent event)
{
    S5PV210UartState *s = uart_listener(opaque);

    if (event == CHR_EVENT_BREAK) {
        s->uerstat |= UERSTAT_BREAK;
        uart_push(s, 0);
        uart_raise(s, INT_ERROR);
        uart_received(s);
    }
}

static void uart_reset_hold(Object *obj, ResetType type)
{
    S5PV210UartState *s = S5PV210_UART(obj);

    s->ulcon = s->ucon = s->ufcon = s->umcon = 0;
    s->uerstat = s->ubrdiv = s->udivslot = 0;
    s->pending = s->mask = 0;
    s->acknowledges = false;
    s->patience = 0;
    s->speaker = 0;
    fifo8_reset(&s->rx);
    timer_del(s->rx_timer);
    timer_del(s->tx_timer);
    timer_del(s->line_timer);
}

static void uart_reset_exit(Object *obj, ResetType type)
{
    uart_update(S5PV210_UART(obj));
}

static void uart_init(Object *obj)
{
    S5PV210UartState *s = S5PV210_UART(obj);

    memory_region_init_io(&s->iomem, obj, &uart_ops, s, "s5pv210.uart", 0x400);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
    sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->irq);
    s->pclk = qdev_init_clock_in(DEVICE(obj), "pclk", NULL, NULL, 0);
}

static void uart_realize(DeviceState *dev, Error **errp)
{
    S5PV210UartState *s = S5PV210_UART(dev);

    if (s->depth < 8) {
        error_setg(errp, "%s: depth %u: the smallest FIFO has 16 bytes",
                   TYPE_S5PV210_UART, s->depth);
        return;
    }
    s->name = object_get_canonical_path_component(OBJECT(dev));
    s->unknown.block = s->name;
    s5pv210_uart_share(dev, dev);
    fifo8_create(&s->rx, s->depth);
    s->rx_timer = timer_new_ns(QEMU_CLOCK_VIRTUAL, uart_rx_timeout, s);
    s->tx_timer = timer_new_ns(QEMU_CLOCK_VIRTUAL, uart_sent, s);
    s->line_timer = timer_new_ns(QEMU_CLOCK_VIRTUAL, uart_line_free, s);
    qemu_chr_fe_set_handlers(&s->chr, uart_can_receive, uart_receive,
                             uart_event, NULL, s, NULL, true);
}

static bool uart_speaker_is_there(void *opaque, int version_id)
{
    S5PV210UartState *s = opaque;

    return s->speaker < s->sharers;
}

static const VMStateDescription uart_vmstate = {
    .name = TYPE_S5PV210_UART,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_FIFO8(rx, S5PV210UartState),
        VMSTATE_TIMER_PTR(rx_timer, S5PV210UartState),
        VMSTATE_TIMER_PTR(tx_timer, S5PV210UartState),
        VMSTATE_TIMER_PTR(line_timer, S5PV210UartState),
        VMSTATE_UINT32(speaker, S5PV210UartState),
        VMSTATE_UINT32(ulcon, S5PV210UartState),
        VMSTATE_UINT32(ucon, S5PV210UartState),
        VMSTATE_UINT32(ufcon, S5PV210UartState),
        VMSTATE_UINT32(umcon, S5PV210UartState),
        VMSTATE_UINT32(uerstat, S5PV210UartState),
        VMSTATE_UINT32(ubrdiv, S5PV210UartState),
        VMSTATE_UINT32(udivslot, S5PV210UartState),
        VMSTATE_UINT32(pending, S5PV210UartState),
        VMSTATE_UINT32(mask, S5PV210UartState),
        VMSTATE_BOOL(acknowledges, S5PV210UartState),
        VMSTATE_UINT32(patience, S5PV210UartState),
        VMSTATE_VALIDATE("speaker", uart_speaker_is_there),
        VMSTATE_END_OF_LIST()
    }
};

static const Property uart_properties[] = {
    DEFINE_PROP_CHR("chardev", S5PV210UartState, chr),
    DEFINE_PROP_UINT32("depth", S5PV210UartState, depth, 16),
};

static void uart_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    ResettableClass *rc = RESETTABLE_CLASS(klass);

    dc->realize = uart_realize;
    dc->vmsd = &uart_vmstate;
    rc->phases.hold = uart_reset_hold;
    rc->phases.exit = uart_reset_exit;
    device_class_set_props(dc, uart_properties);
}

static const TypeInfo uart_info = {
    .name = TYPE_S5PV210_UART,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S5PV210UartState),
    .instance_init = uart_init,
    .class_init = uart_class_init,
};

static void uart_register(void)
{
    type_register_static(&uart_info);
}

type_init(uart_register)
