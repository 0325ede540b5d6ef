/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/dm9000.c - Davicom DM9000 on a 16-bit bus: registers by index
 * and data, PHY with a link, one packet out at a time, packets in.
 *
 * Its memory, as far as it can be seen: 3 KiB to send from, 13 KiB to receive
 * into.  There is no EEPROM.  Wake-up, checksums, pause frames and the second
 * transmit packet are stored only.
 */
#include "qemu/osdep.h"
#include "hw/irq.h"
#include "hw/qdev-properties.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "net/eth.h"
#include "net/net.h"
#include "qemu/bitops.h"
#include "qemu/module.h"
#include "qemu/units.h"
#include "dm9000.h"

OBJECT_DECLARE_SIMPLE_TYPE(S5PV210Dm9000State, S5PV210_DM9000)

#define WINDOW (128 * MiB)      /* a chip select */
#define DATA_BITS 0x0e          /* boards wire CMD to one of these lines */
#define TX_SIZE 0x0c00
#define RX_SIZE 0x3400
#define RX_HEADER 4
#define CRC_SIZE 4
#define FRAME_MIN 60
#define FRAME_MAX 1536

enum {
    NCR = 0x00,
    NSR = 0x01,
    TCR = 0x02,
    RCR = 0x05,
    RSR = 0x06,
    EPCR = 0x0b,
    EPAR = 0x0c,
    EPDRL = 0x0d,
    EPDRH = 0x0e,
    PAR = 0x10,
    MAR = 0x16,
    VIDL = 0x28,                /* to PIDH: who it is */
    CHIPR = 0x2c,
    MRCMDX = 0xf0,              /* data at the read pointer, which stays */
    MRCMD = 0xf2,               /* the same, and on */
    MRRL = 0xf4,
    MWCMDX = 0xf6,
    MWCMD = 0xf8,
    TXPLL = 0xfc,
    TXPLH = 0xfd,
    ISR = 0xfe,
    IMR = 0xff,
};

#define NCR_RESET 0x01
#define NCR_LOOP 0x06
#define NSR_LINK 0x40
#define NSR_TX1_END 0x04
#define NSR_CLEARED 0x2c
#define TCR_REQUEST 0x01
#define RCR_ON 0x01
#define RCR_ALL 0x02
#define RCR_MULTICAST 0x08
#define EPCR_WRITE 0x02
#define EPCR_READ 0x04
#define EPCR_PHY 0x08
#define ISR_RECEIVED 0x01
#define ISR_SENT 0x02
#define ISR_OVERFLOW 0x04
#define ISR_ALL 0x0f

/*
 * The PHY's registers as they are at first: 100 MBit/s, full duplex,
 * negotiated with a partner that can do everything.
 */
#define PHY_REGISTERS 32
static const uint16_t phy_first[PHY_REGISTERS] = {
    [0] = 0x3100, [1] = 0x786d, [2] = 0x0181, [3] = 0xb8a0, [4] = 0x01e1,
    [5] = 0x45e1, [16] = 0x0414, [17] = 0x8018,
};

struct S5PV210Dm9000State {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    NICState *nic;
    NICConf conf;
    qemu_irq irq;

    uint8_t index;
    uint8_t reg[256];
    uint16_t phy[PHY_REGISTERS];
    uint8_t tx[TX_SIZE];
    uint32_t tx_write;          /* where the next byte comes */
    uint32_t tx_begin;          /* where the next packet begins */
    uint8_t rx[RX_SIZE];
    uint32_t rx_write;
    uint32_t rx_read;
};

static void update(S5PV210Dm9000State *s)
{
    qemu_set_irq(s->irq, s->reg[ISR] & s->reg[IMR] & ISR_ALL);
}

static uint32_t rx_free(const S5PV210Dm9000State *s)
{
    return RX_SIZE - 1 - (s->rx_write + RX_SIZE - s->rx_read) % RX_SIZE;
}

/* ---- packets ---- */

static void rx_put(S5PV210Dm9000State *s, uint8_t byte)
{
    s->rx[s->rx_write] = byte;
    s->rx_write = (s->rx_write + 1) % RX_SIZE;
}

static bool wanted(const S5PV210Dm9000State *s, const uint8_t *frame)
{
    static const uint8_t everybody[6] = { 255, 255, 255, 255, 255, 255 };

    return s->reg[RCR] & RCR_ALL || !memcmp(frame, everybody, 6) ||
           !memcmp(frame, s->reg + PAR, 6) ||
           (frame[0] & 1 && s->reg[RCR] & RCR_MULTICAST);
}

static bool dm9000_can_receive(NetClientState *nc)
{
    S5PV210Dm9000State *s = qemu_get_nic_opaque(nc);

    return s->reg[RCR] & RCR_ON && rx_free(s) >= FRAME_MAX + RX_HEADER;
}

/* In its memory: ready, status, length with the checksum; packet; checksum. */
static ssize_t take_packet(S5PV210Dm9000State *s, const uint8_t *frame,
                           size_t size)
{
    size_t padded = MAX(size, FRAME_MIN), whole = padded + CRC_SIZE;

    if (!(s->reg[RCR] & RCR_ON) || size < ETH_HLEN || !wanted(s, frame)) {
        return size;
    }
    if (whole > FRAME_MAX || rx_free(s) < whole + RX_HEADER) {
        s->reg[ISR] |= ISR_OVERFLOW;
        update(s);
        return size;
    }
    rx_put(s, 1);
    rx_put(s, s->reg[RSR] & 0xbf);
    rx_put(s, whole);
    rx_put(s, whole >> 8);
    for (size_t i = 0; i < whole; i++) {
        rx_put(s, i < size ? frame[i] : 0);
    }
    s->rx[s->rx_write] = 0;     /* no packet behind this one */
    s->reg[ISR] |= ISR_RECEIVED;
    update(s);
    return size;
}

static ssize_t dm9000_receive(NetClientState *nc, const uint8_t *frame,
                              size_t size)
{
    return take_packet(qemu_get_nic_opaque(nc), frame, size);
}

/* The host's side has room again, if there is one. */
static void flush(S5PV210Dm9000State *s)
{
    if (s->nic) {
        qemu_flush_queued_packets(qemu_get_queue(s->nic));
    }
}

static void send_packet(S5PV210Dm9000State *s)
{
    uint8_t frame[TX_SIZE];
    uint32_t length = s->reg[TXPLL] | s->reg[TXPLH] << 8;

    if (length <= FRAME_MAX) {
        for (uint32_t i = 0; i < length; i++) {
            frame[i] = s->tx[(s->tx_begin + i) % TX_SIZE];
        }
        if (s->reg[NCR] & NCR_LOOP) {
            take_packet(s, frame, length);
        } else if (s->nic) {
            qemu_send_packet(qemu_get_queue(s->nic), frame, length);
        }
    }
    s->tx_begin = s->tx_write;
    s->reg[NSR] |= NSR_TX1_END;
    s->reg[ISR] |= ISR_SENT;
}

/* ---- registers ---- */

static void chip_reset(S5PV210Dm9000State *s)
{
    static const uint8_t who[] = { 0x46, 0x0a, 0x00, 0x90, 0x19 };

    memset(s->reg, 0, sizeof(s->reg));
    memcpy(s->reg + PAR, s->conf.macaddr.a, sizeof(s->conf.macaddr.a));
    memcpy(s->reg + VIDL, who, sizeof(who));
    memcpy(s->phy, phy_first, sizeof(s->phy));
    s->tx_write = s->tx_begin = 0;
    s->rx_write = s->rx_read = 0;
    s->rx[0] = 0;
}

/* The PHY's registers; an EEPROM's words are all ones where none is. */
static void far_register(S5PV210Dm9000State *s)
{
    uint16_t *phy = &s->phy[s->reg[EPAR] % PHY_REGISTERS];
    uint16_t word = 0xffff;

    if (s->reg[EPCR] & EPCR_WRITE && s->reg[EPCR] & EPCR_PHY) {
        *phy = s->reg[EPDRL] | s->reg[EPDRH] << 8;
        s->phy[0] &= ~0x8200;   /* its reset and negotiation are over */
        s->phy[1] = phy_first[1];
        s->phy[17] = phy_first[17];
    }
    if (s->reg[EPCR] & EPCR_READ) {
        word = s->reg[EPCR] & EPCR_PHY ? *phy : word;
        s->reg[EPDRL] = word;
        s->reg[EPDRH] = word >> 8;
    }
}

static void write_register(S5PV210Dm9000State *s, uint8_t value)
{
    switch (s->index) {
    case NCR:
        if (value & NCR_RESET) {
            chip_reset(s);
        }
        s->reg[NCR] = value & ~NCR_RESET;
        break;
    case NSR:
        s->reg[NSR] &= ~(value & NSR_CLEARED);
        break;
    case ISR:
        s->reg[ISR] &= ~(value & ISR_ALL);
        break;
    case TCR:
        s->reg[TCR] = value & ~TCR_REQUEST;
        if (value & TCR_REQUEST) {
            send_packet(s);
        }
        break;
    case EPCR:
        s->reg[EPCR] = value;
        far_register(s);
        break;
    case VIDL ... CHIPR:
        break;
    default:
        s->reg[s->index] = value;
        break;
    }
    if (s->index == RCR) {
        flush(s);
    }
}

static uint8_t read_register(S5PV210Dm9000State *s)
{
    switch (s->index) {
    case NSR:
        return s->reg[NSR] | NSR_LINK;
    case MRRL:
        return s->rx_read + TX_SIZE;
    case MRRL + 1:
        return (s->rx_read + TX_SIZE) >> 8;
    default:
        return s->reg[s->index];
    }
}

static uint32_t rx_take(S5PV210Dm9000State *s, unsigned size, bool stay)
{
    uint32_t value = 0;

    for (unsigned i = 0; i < size; i++) {
        value |= (uint32_t)s->rx[(s->rx_read + i) % RX_SIZE] << 8 * i;
    }
    if (!stay) {
        s->rx_read = (s->rx_read + size) % RX_SIZE;
        flush(s);
    }
    return value;
}

static uint64_t dm9000_read(void *opaque, hwaddr offset, unsigned size)
{
    S5PV210Dm9000State *s = opaque;

    if (!(offset & DATA_BITS)) {
        return s->index;
    }
    switch (s->index) {
    case MRCMDX:
    case MRCMD:
        return rx_take(s, size, s->index == MRCMDX);
    default:
        return read_register(s);
    }
}

static void dm9000_write(void *opaque, hwaddr offset, uint64_t value,
                         unsigned size)
{
    S5PV210Dm9000State *s = opaque;

    if (!(offset & DATA_BITS)) {
        s->index = value;
        return;
    }
    if (s->index == MWCMD || s->index == MWCMDX) {
        for (unsigned i = 0; i < size; i++) {
            s->tx[(s->tx_write + i) % TX_SIZE] = value >> 8 * i;
        }
        if (s->index == MWCMD) {
            s->tx_write = (s->tx_write + size) % TX_SIZE;
        }
        return;
    }
    write_register(s, value);
    update(s);
}

static const MemoryRegionOps dm9000_ops = {
    .read = dm9000_read,
    .write = dm9000_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .valid.min_access_size = 1,
    .valid.max_access_size = 8,
    .valid.unaligned = true,
    .impl.min_access_size = 1,
    .impl.max_access_size = 4,
    .impl.unaligned = true,
};

/* ---- the device ---- */

static NetClientInfo dm9000_net = {
    .type = NET_CLIENT_DRIVER_NIC,
    .size = sizeof(NICState),
    .can_receive = dm9000_can_receive,
    .receive = dm9000_receive,
};

static void dm9000_reset_hold(Object *obj, ResetType type)
{
    S5PV210Dm9000State *s = S5PV210_DM9000(obj);

    s->index = 0;
    chip_reset(s);
}

static void dm9000_reset_exit(Object *obj, ResetType type)
{
    update(S5PV210_DM9000(obj));
}

static void dm9000_realize(DeviceState *dev, Error **errp)
{
    S5PV210Dm9000State *s = S5PV210_DM9000(dev);

    memory_region_init_io(&s->iomem, OBJECT(s), &dm9000_ops, s,
                          "s5pv210.dm9000", WINDOW);
    sysbus_init_mmio(SYS_BUS_DEVICE(s), &s->iomem);
    sysbus_init_irq(SYS_BUS_DEVICE(s), &s->irq);
    qemu_macaddr_default_if_unset(&s->conf.macaddr);
    if (!s->conf.peers.ncs[0]) {
        return;     /* -nic none: QEMU would warn at each start */
    }
    s->nic = qemu_new_nic(&dm9000_net, &s->conf, TYPE_S5PV210_DM9000, dev->id,
                          &dev->mem_reentrancy_guard, s);
    qemu_format_nic_info_str(qemu_get_queue(s->nic), s->conf.macaddr.a);
}

static bool pointers_valid(void *opaque, int version)
{
    S5PV210Dm9000State *s = opaque;

    return s->tx_write < TX_SIZE && s->tx_begin < TX_SIZE &&
           s->rx_write < RX_SIZE && s->rx_read < RX_SIZE;
}

static const VMStateDescription dm9000_vmstate = {
    .name = TYPE_S5PV210_DM9000,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT8(index, S5PV210Dm9000State),
        VMSTATE_UINT8_ARRAY(reg, S5PV210Dm9000State, 256),
        VMSTATE_UINT16_ARRAY(phy, S5PV210Dm9000State, PHY_REGISTERS),
        VMSTATE_UINT8_ARRAY(tx, S5PV210Dm9000State, TX_SIZE),
        VMSTATE_UINT32(tx_write, S5PV210Dm9000State),
        VMSTATE_UINT32(tx_begin, S5PV210Dm9000State),
        VMSTATE_UINT8_ARRAY(rx, S5PV210Dm9000State, RX_SIZE),
        VMSTATE_UINT32(rx_write, S5PV210Dm9000State),
        VMSTATE_UINT32(rx_read, S5PV210Dm9000State),
        VMSTATE_VALIDATE("pointers into the memory", pointers_valid),
        VMSTATE_END_OF_LIST()
    }
};

static const Property dm9000_properties[] = {
    DEFINE_NIC_PROPERTIES(S5PV210Dm9000State, conf),
};

static void dm9000_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    ResettableClass *rc = RESETTABLE_CLASS(klass);

    dc->realize = dm9000_realize;
    dc->vmsd = &dm9000_vmstate;
    dc->user_creatable = false;
    device_class_set_props(dc, dm9000_properties);
    rc->phases.hold = dm9000_reset_hold;
    rc->phases.exit = dm9000_reset_exit;
}

static const TypeInfo dm9000_info = {
    .name = TYPE_S5PV210_DM9000,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S5PV210Dm9000State),
    .class_init = dm9000_class_init,
};

static void dm9000_register(void)
{
    type_register_static(&dm9000_info);
}

type_init(dm9000_register)
