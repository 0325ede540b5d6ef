/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/store.c - registers that only keep what was written: the
 * helper, and the blocks that are nothing else.
 */
#include "qemu/osdep.h"
#include "migration/vmstate.h"
#include "qemu/log.h"
#include "qemu/module.h"
#include "store.h"

#define BLOCK_SIZE 0x1000
#define RW(first, last, reset) { first, last, reset, 0xffffffff }
#define RO(first, last, reset) { first, last, reset, 0 }

const S5PV210Row *s5pv210_row(const S5PV210Rows *rows, uint32_t offset)
{
    for (unsigned i = 0; i < rows->rows; i++) {
        const S5PV210Row *r = &rows->row[i];

        if (offset >= r->first && offset <= r->last) {
            return r;
        }
    }
    return NULL;
}

void s5pv210_rows_reset(const S5PV210Rows *rows, uint32_t *value)
{
    for (unsigned i = 0; i < rows->rows; i++) {
        const S5PV210Row *r = &rows->row[i];

        for (uint32_t offset = r->first; offset <= r->last; offset += 4) {
            value[offset / 4] = r->reset;
        }
    }
}

uint32_t s5pv210_rows_read(const S5PV210Rows *rows, const uint32_t *value,
                           S5PV210Unknown *unknown, uint32_t offset)
{
    if (!s5pv210_row(rows, offset)) {
        s5pv210_unknown(unknown, offset, false, 0);
        return 0;
    }
    return value[offset / 4];
}

bool s5pv210_rows_write(const S5PV210Rows *rows, uint32_t *value,
                        S5PV210Unknown *unknown, uint32_t offset,
                        uint32_t written, uint32_t lanes)
{
    const S5PV210Row *r = s5pv210_row(rows, offset);

    if (!r) {
        s5pv210_unknown(unknown, offset, true, written);
        return false;
    }
    if (!r->writable) {
        qemu_log_mask(LOG_GUEST_ERROR, "%s: write to read-only +0x%03x\n",
                      rows->block, offset);
    }
    value[offset / 4] = s5pv210_merge(value[offset / 4], written, lanes,
                                      r->writable);
    return true;
}

/* ---- the blocks ---- */

/* PHYSTATUS: DLL locked (bits 2..0), coarse lock value in 13:6 */
static const S5PV210Row dmc_rows[] = {
    RW(0x00, 0x10, 0), RW(0x14, 0x14, 0xff000000), RW(0x18, 0x20, 0),
    RW(0x28, 0x28, 0xffff00ff), RW(0x30, 0x3c, 0),
    RO(0x40, 0x44, 0x000046c7), RO(0x48, 0x54, 0),
};

static const S5PV210Row sromc_rows[] = {
    RW(0x00, 0x00, 0x00000008), RW(0x04, 0x18, 0x000f0000),
};

static const S5PV210Row tzpc_rows[] = {
    RW(0x000, 0x000, 0), RW(0x800, 0x830, 0), RO(0xfe0, 0xffc, 0),
};

/* ECC of NFCON: status 30, always done (decoder, encoder) */
static const S5PV210Row nfecc_rows[] = {
    RW(0x00, 0x2c, 0), RO(0x30, 0x30, 0x03000000), RO(0x40, 0x118, 0),
};

static const S5PV210Row async_rows[] = {
    RW(0x00, 0x0c, 0x00000001),
};

/* source, dividers, gates */
static const S5PV210Row audss_rows[] = {
    RW(0x00, 0x04, 0), RW(0x08, 0x08, 0x0000007f),
};

/* Nothing on the link: GLBSTAT stays idle. */
static const S5PV210Row ac97_rows[] = {
    RW(0x00, 0x00, 0), RO(0x04, 0x04, 0), RW(0x08, 0x08, 0),
    RO(0x0c, 0x14, 0), RW(0x18, 0x1c, 0),
};

/* FIFO status 18: both empty, whatever is sent */
static const S5PV210Row pcm_rows[] = {
    RW(0x00, 0x08, 0), RO(0x0c, 0x0c, 0), RW(0x10, 0x10, 0), RO(0x14, 0x14, 0),
    RO(0x18, 0x18, 0x0000300c), RW(0x20, 0x20, 0),
};

static const S5PV210Row spdif_rows[] = { RW(0x00, 0x24, 0) };

/*
 * The USB device controller (DWC2), with nothing on its cable: GRSTCTL is
 * idle, a reset or flush is over as soon as it is begun; GINTSTS: transmit
 * FIFOs empty; GSNPSID.
 */
static const S5PV210Row otg_rows[] = {
    RW(0x000, 0x00c, 0), RO(0x010, 0x010, 0x80000000),
    RO(0x014, 0x014, 0x04000020), RW(0x018, 0x018, 0), RO(0x01c, 0x020, 0),
    RW(0x024, 0x03c, 0), RO(0x040, 0x040, 0x4f54281a), RO(0x044, 0x050, 0),
    RW(0x054, 0x804, 0), RO(0x808, 0x808, 0), RW(0x80c, 0xe04, 0),
};

static const S5PV210Row usbphy_rows[] = { RW(0x00, 0x20, 0) };

static const S5PV210Rows audss = S5PV210_ROWS("audss", audss_rows);
static const S5PV210Rows ac97 = S5PV210_ROWS("ac97", ac97_rows);
static const S5PV210Rows pcm = S5PV210_ROWS("pcm", pcm_rows);
static const S5PV210Rows spdif = S5PV210_ROWS("spdif", spdif_rows);
static const S5PV210Rows otg = S5PV210_ROWS("otg", otg_rows);
static const S5PV210Rows usbphy = S5PV210_ROWS("usb-phy", usbphy_rows);
static const S5PV210Rows dmc = S5PV210_ROWS("dmc", dmc_rows);
static const S5PV210Rows sromc = S5PV210_ROWS("sromc", sromc_rows);
static const S5PV210Rows tzpc = S5PV210_ROWS("tzpc", tzpc_rows);
static const S5PV210Rows nfecc = S5PV210_ROWS("nfecc", nfecc_rows);
static const S5PV210Rows async = S5PV210_ROWS("async", async_rows);

#define TYPE_S5PV210_STORE "s5pv210.store"
OBJECT_DECLARE_TYPE(S5PV210StoreState, S5PV210StoreClass, S5PV210_STORE)

struct S5PV210StoreState {
    SysBusDevice parent_obj;

    MemoryRegion iomem;
    S5PV210Unknown unknown;
    uint32_t value[BLOCK_SIZE / 4];
};

struct S5PV210StoreClass {
    SysBusDeviceClass parent_class;

    const S5PV210Rows *rows;
};

static uint32_t store_read(S5PV210StoreState *s, uint32_t offset)
{
    return s5pv210_rows_read(S5PV210_STORE_GET_CLASS(s)->rows, s->value,
                             &s->unknown, offset);
}

static void store_write(S5PV210StoreState *s, uint32_t offset, uint32_t value,
                        uint32_t lanes)
{
    s5pv210_rows_write(S5PV210_STORE_GET_CLASS(s)->rows, s->value, &s->unknown,
                       offset, value, lanes);
}

S5PV210_WORD_OPS(store, S5PV210StoreState);

static void store_reset_hold(Object *obj, ResetType type)
{
    S5PV210StoreState *s = S5PV210_STORE(obj);

    s5pv210_rows_reset(S5PV210_STORE_GET_CLASS(s)->rows, s->value);
}

static void store_init(Object *obj)
{
    S5PV210StoreState *s = S5PV210_STORE(obj);

    memory_region_init_io(&s->iomem, obj, &store_ops, s,
                          S5PV210_STORE_GET_CLASS(s)->rows->block, BLOCK_SIZE);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
}

static void store_realize(DeviceState *dev, Error **errp)
{
    S5PV210StoreState *s = S5PV210_STORE(dev);

    s->unknown.block = object_get_canonical_path_component(OBJECT(dev));
}

static const VMStateDescription store_vmstate = {
    .name = TYPE_S5PV210_STORE,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT32_ARRAY(value, S5PV210StoreState, BLOCK_SIZE / 4),
        VMSTATE_END_OF_LIST()
    }
};

static void store_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    ResettableClass *rc = RESETTABLE_CLASS(klass);

    S5PV210_STORE_CLASS(klass)->rows = data;
    dc->realize = store_realize;
    dc->vmsd = &store_vmstate;
    rc->phases.hold = store_reset_hold;
}

#define STORE(type, table)                                                   \
    {                                                                        \
        .name = type,                                                        \
        .parent = TYPE_S5PV210_STORE,                                        \
        .class_init = store_class_init,                                      \
        .class_data = (void *)&table,                                        \
    }

static const TypeInfo store_types[] = {
    {
        .name = TYPE_S5PV210_STORE,
        .parent = TYPE_SYS_BUS_DEVICE,
        .instance_size = sizeof(S5PV210StoreState),
        .instance_init = store_init,
        .class_size = sizeof(S5PV210StoreClass),
        .abstract = true,
    },
    STORE(TYPE_S5PV210_DMC, dmc),
    STORE(TYPE_S5PV210_SROMC, sromc),
    STORE(TYPE_S5PV210_TZPC, tzpc),
    STORE(TYPE_S5PV210_NFECC, nfecc),
    STORE(TYPE_S5PV210_ASYNC, async),
    STORE(TYPE_S5PV210_AUDSS, audss),
    STORE(TYPE_S5PV210_AC97, ac97),
    STORE(TYPE_S5PV210_PCM, pcm),
    STORE(TYPE_S5PV210_SPDIF, spdif),
    STORE(TYPE_S5PV210_OTG, otg),
    STORE(TYPE_S5PV210_USBPHY, usbphy),
};

DEFINE_TYPES(store_types)
