/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/sd.c - HSMMC0..3: QEMU's s3c-sdhci, with the words this chip
 * adds to the standard's, and its clock status.
 *
 * Where QEMU's block departs from the standard in a way that programs meet,
 * the access is changed before the block sees it: one reset for several
 * bits of SWRST, SDMA that goes on after a boundary and only then, and data
 * that do not come are a time-out.
 */
#include "qemu/osdep.h"
#include "hw/qdev-properties.h"
#include "hw/qdev-properties-system.h"
#include "hw/sd/sd.h"
#include "hw/sd/sdhci.h"
#include "hw/sd/sdhci-internal.h"
#include "migration/vmstate.h"
#include "qapi/error.h"
#include "qemu/cutils.h"
#include "qemu/error-report.h"
#include "qemu/log.h"
#include "qemu/module.h"
#include "qemu/units.h"
#include "system/block-backend.h"
#include "system/blockdev.h"
#include "s5pv210.h"
#include "words.h"

OBJECT_DECLARE_TYPE(S5PV210HsmmcState, S5PV210HsmmcClass, S5PV210_HSMMC)

#define SIZE 0x1000
#define CAPABILITIES 0x05e80080
#define VERSION 0x0401
#define CONTROL2 0x80
#define CONTROL3 0x84
#define CONTROL3_RESET 0x7f5f3f1f
#define CONTROL4 0x8c
#define CONTROLS 4              /* the words 0x80..0x8c */
#define CLKCON_EXT_STABLE 0x0008
#define EIS_DATA_TIMEOUT 0x0010
#define CARD_MIN (256 * KiB)

struct S5PV210HsmmcState {
    SDHCIState parent_obj;

    const MemoryRegionOps *standard;    /* the parent's registers */
    S5PV210Unknown unknown;
    uint32_t control[CONTROLS];
};

struct S5PV210HsmmcClass {
    SysBusDeviceClass parent_class;

    DeviceRealize parent_realize;
    ResettablePhases parent_phases;
};

/* Where the parent knows what to do: 0..0x5f and the last word. */
static bool is_standard(hwaddr offset)
{
    return offset <= SDHC_ADMASYSADDR + 7 ||
           (offset >= SDHC_SLOT_INT_STATUS &&
            offset < SDHC_REGISTERS_MAP_SIZE);
}

/* The word of control[], or NULL; 0x88 is not in any public source. */
static uint32_t *control_of(S5PV210HsmmcState *s, hwaddr offset)
{
    switch (offset & ~3) {
    case CONTROL2:
    case CONTROL3:
    case CONTROL4:
        return &s->control[(offset - CONTROL2) / 4];
    }
    return NULL;
}

/* The clock at the card's pin is stable as soon as it is let out. */
static uint64_t with_clock_status(S5PV210HsmmcState *s, hwaddr offset,
                                  uint64_t value)
{
    if (offset == SDHC_CLKCON &&
        SDHC_CLOCK_IS_ON(SYSBUS_SDHCI(s)->clkcon)) {
        return value | CLKCON_EXT_STABLE;
    }
    return value;
}

static uint64_t hsmmc_read(void *opaque, hwaddr offset, unsigned size)
{
    S5PV210HsmmcState *s = S5PV210_HSMMC(opaque);
    uint32_t *control = control_of(s, offset);

    if (control) {
        return extract32(*control, (offset & 3) * 8, size * 8);
    }
    if (!is_standard(offset)) {
        s5pv210_unknown(&s->unknown, offset & ~3, false, 0);
        return 0;
    }
    return with_clock_status(s, offset,
                             s->standard->read(opaque, offset, size));
}

/*
 * The block size must not become 0 under a chain of descriptors that goes on
 * by timer: the parent would never come back from it.
 */
static bool is_locked(S5PV210HsmmcState *s, hwaddr offset)
{
    return (offset & ~3) == SDHC_BLKSIZE &&
           timer_pending(SYSBUS_SDHCI(s)->transfer_timer);
}

static bool covers(hwaddr offset, unsigned size, hwaddr byte)
{
    return offset <= byte && byte < offset + size;
}

/*
 * The address of SDMA: the last byte of it lets a transfer go on that has
 * stopped at a boundary.
 */
static void write_sdma_address(S5PV210HsmmcState *s, hwaddr offset,
                               uint64_t value, unsigned size)
{
    SDHCIState *sdhci = SYSBUS_SDHCI(s);
    bool stopped = TRANSFERRING_DATA(sdhci->prnsts) &&
                   (sdhci->trnmod & SDHC_TRNS_DMA) &&
                   !timer_pending(sdhci->transfer_timer);

    if (TRANSFERRING_DATA(sdhci->prnsts) && !stopped) {
        return;
    }
    if (stopped && covers(offset, size, SDHC_SYSAD + 3)) {
        sdhci->prnsts &= ~(SDHC_DOING_READ | SDHC_DOING_WRITE);
        s->standard->write(s, offset, value, size);
        return;
    }
    sdhci->sdmasysad = s5pv210_merge(sdhci->sdmasysad,
                                     value << (offset & 3) * 8,
                                     s5pv210_lanes(offset, size), UINT32_MAX);
}

/* Is this the store that sends a command with data? */
static bool is_data_command(S5PV210HsmmcState *s, hwaddr offset,
                            uint64_t value, unsigned size)
{
    SDHCIState *sdhci = SYSBUS_SDHCI(s);
    uint8_t kind = sdhci->cmdreg;

    if (covers(offset, size, SDHC_CMDREG)) {
        kind = value >> (SDHC_CMDREG - offset) * 8;
    }
    return covers(offset, size, SDHC_CMDREG + 1) &&
           (kind & SDHC_CMD_DATA_PRESENT) && (sdhci->blksize & 0xfff) &&
           SDHC_CLOCK_IS_ON(sdhci->clkcon) && !sdhci->stopped_state &&
           !(sdhci->prnsts & SDHC_DATA_INHIBIT);
}

/* First the command alone; then the data, if the card has come to them. */
static void send_data_command(S5PV210HsmmcState *s, hwaddr offset,
                              uint64_t value, unsigned size)
{
    SDHCIState *sdhci = SYSBUS_SDHCI(s);
    bool ready;

    if (covers(offset, size, SDHC_CMDREG)) {
        value &= ~((uint64_t)SDHC_CMD_DATA_PRESENT <<
                   (SDHC_CMDREG - offset) * 8);
    }
    sdhci->cmdreg &= ~SDHC_CMD_DATA_PRESENT;
    s->standard->write(s, offset, value, size);
    sdhci->cmdreg |= SDHC_CMD_DATA_PRESENT;
    ready = sdhci->trnmod & SDHC_TRNS_READ ? sdbus_data_ready(&sdhci->sdbus)
                                           : sdbus_receive_ready(&sdhci->sdbus);
    if (ready) {
        sdhci->data_count = 0;
        timer_mod(sdhci->transfer_timer,
                  qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL));
        s->standard->read(s, SDHC_PRNSTS, 4);   /* which starts it now */
    } else if (!(sdhci->errintsts & SDHC_EIS_CMDTIMEOUT)) {
        s->standard->write(s, SDHC_FEERR, EIS_DATA_TIMEOUT, 2);
    }
}

/* The parent resets for one bit of SWRST at a time only. */
static uint64_t reset_parts(S5PV210HsmmcState *s, hwaddr offset,
                            uint64_t value, unsigned size)
{
    unsigned at = (SDHC_SWRST - offset) * 8;
    uint32_t bits;

    if (!covers(offset, size, SDHC_SWRST)) {
        return value;
    }
    bits = extract64(value, at, 8);
    for (uint32_t bit = SDHC_RESET_ALL; bit <= SDHC_RESET_DATA; bit <<= 1) {
        if (bits & bit) {
            s->standard->write(s, SDHC_SWRST, bit, 1);
        }
    }
    return deposit64(value, at, 8, 0);
}

static void hsmmc_write(void *opaque, hwaddr offset, uint64_t value,
                        unsigned size)
{
    S5PV210HsmmcState *s = S5PV210_HSMMC(opaque);
    uint32_t *control = control_of(s, offset);

    if (control) {
        *control = s5pv210_merge(*control, value << (offset & 3) * 8,
                                 s5pv210_lanes(offset, size), UINT32_MAX);
        return;
    }
    if (!is_standard(offset)) {
        s5pv210_unknown(&s->unknown, offset & ~3, true, value);
        return;
    }
    if (is_locked(s, offset)) {
        qemu_log_mask(LOG_GUEST_ERROR, "%s: block size written during a "
                      "transfer: dropped\n", s->unknown.block);
        return;
    }
    if (offset < SDHC_BLKSIZE) {
        write_sdma_address(s, offset, value, size);
        return;
    }
    if (is_data_command(s, offset, value, size)) {
        send_data_command(s, offset, value, size);
        return;
    }
    value = reset_parts(s, offset, value, size);
    s->standard->write(opaque, offset, value, size);
}

static const MemoryRegionOps hsmmc_ops = {
    .read = hsmmc_read,
    .write = hsmmc_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .valid.min_access_size = 1,
    .valid.max_access_size = 8,
    .impl.min_access_size = 1,
    .impl.max_access_size = 4,
};

static void hsmmc_init(Object *obj)
{
    S5PV210HsmmcState *s = S5PV210_HSMMC(obj);
    SDHCIState *sdhci = SYSBUS_SDHCI(obj);

    s->standard = sdhci->io_ops;
    sdhci->io_ops = &hsmmc_ops;
    qdev_prop_set_uint64(DEVICE(obj), "capareg", CAPABILITIES);
}

static void hsmmc_realize(DeviceState *dev, Error **errp)
{
    ERRP_GUARD();
    S5PV210HsmmcState *s = S5PV210_HSMMC(dev);
    SDHCIState *sdhci = SYSBUS_SDHCI(dev);

    S5PV210_HSMMC_GET_CLASS(s)->parent_realize(dev, errp);
    if (*errp) {
        return;
    }
    sdhci->version = VERSION;
    memory_region_set_size(&sdhci->iomem, SIZE);
    s->unknown.block = object_get_canonical_path_component(OBJECT(dev));
}

static void hsmmc_reset_hold(Object *obj, ResetType type)
{
    S5PV210HsmmcState *s = S5PV210_HSMMC(obj);
    ResettablePhases *parent = &S5PV210_HSMMC_GET_CLASS(s)->parent_phases;

    if (parent->hold) {
        parent->hold(obj, type);
    }
    memset(s->control, 0, sizeof(s->control));
    *control_of(s, CONTROL3) = CONTROL3_RESET;
}

/*
 * QEMU's card has the size of its image, a power of 2, and says it in units of
 * 256 KiB.  Images that people have end where their last program ends.
 */
static void round_up(BlockBackend *blk)
{
    int64_t size = blk_getlength(blk);
    int64_t card = MAX(CARD_MIN, pow2ceil(MAX(size, 1)));
    g_autofree char *human = size_to_str(card);
    Error *err = NULL;

    if (size < 0 || size == card || !blk_supports_write_perm(blk)) {
        return;                 /* what is wrong then, the card says */
    }
    if (blk_set_perm(blk, BLK_PERM_CONSISTENT_READ | BLK_PERM_WRITE |
                     BLK_PERM_RESIZE, BLK_PERM_ALL, &err) < 0 ||
        blk_truncate(blk, card, false, PREALLOC_MODE_OFF, 0, &err) < 0) {
        error_reportf_err(err, "%s: %" PRId64 " bytes; a card has %s, and the "
                          "image cannot be enlarged (truncate -s %" PRId64
                          " FILE does it): ", blk_name(blk), size, human, card);
        exit(1);
    }
    info_report("%s: an image of %" PRId64 " bytes, enlarged to %s: the size "
                "of a card is a power of 2 (snapshot=on leaves the file as it "
                "is)", blk_name(blk), size, human);
}

void s5pv210_sd_insert(DeviceState *hsmmc, int index, bool emmc)
{
    DriveInfo *drive = drive_get(IF_SD, 0, index);
    DeviceState *card;

    if (!drive) {
        return;
    }
    round_up(blk_by_legacy_dinfo(drive));
    card = qdev_new(emmc ? TYPE_EMMC : TYPE_SD_CARD);
    qdev_prop_set_drive_err(card, "drive", blk_by_legacy_dinfo(drive),
                            &error_fatal);
    qdev_realize_and_unref(card, qdev_get_child_bus(hsmmc, "sd-bus"),
                           &error_fatal);
}

static const VMStateDescription hsmmc_vmstate = {
    .name = TYPE_S5PV210_HSMMC,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_STRUCT(parent_obj, S5PV210HsmmcState, 1, sdhci_vmstate,
                       SDHCIState),
        VMSTATE_UINT32_ARRAY(control, S5PV210HsmmcState, CONTROLS),
        VMSTATE_END_OF_LIST()
    }
};

static void hsmmc_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);
    ResettableClass *rc = RESETTABLE_CLASS(klass);
    S5PV210HsmmcClass *hc = S5PV210_HSMMC_CLASS(klass);

    device_class_set_parent_realize(dc, hsmmc_realize, &hc->parent_realize);
    resettable_class_set_parent_phases(rc, NULL, hsmmc_reset_hold, NULL,
                                       &hc->parent_phases);
    dc->vmsd = &hsmmc_vmstate;
    dc->user_creatable = false;
}

static const TypeInfo hsmmc_info = {
    .name = TYPE_S5PV210_HSMMC,
    .parent = TYPE_S3C_SDHCI,
    .instance_size = sizeof(S5PV210HsmmcState),
    .instance_init = hsmmc_init,
    .class_size = sizeof(S5PV210HsmmcClass),
    .class_init = hsmmc_class_init,
};

static void hsmmc_register(void)
{
    type_register_static(&hsmmc_info);
}

type_init(hsmmc_register)
