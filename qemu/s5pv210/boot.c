/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/boot.c - "-kernel" without a boot medium: the image goes
 * where it belongs, as through the chip's USB loader, and the boot ROM enters
 * it: SVC, interrupts on, fast interrupts off, MMU off, I-cache on, stacks
 * and tables at the top of the internal RAM.
 */
#include "qemu/osdep.h"
#include "elf.h"
#include "hw/loader.h"
#include "qemu/error-report.h"
#include "system/reset.h"
#include "target/arm/cpu.h"
#include "irom.h"
#include "s5pv210.h"

static void boot_reset(void *opaque)
{
    cpu_reset(opaque);
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

/* An image made for a card has BL1's header in front, and its sum fits. */
static bool has_bl1_header(const char *kernel)
{
    g_autofree char *image = NULL;
    uint8_t bl1[BL1_SIZE] = { 0 };
    gsize size;

    if (!g_file_get_contents(kernel, &image, &size, NULL) ||
        size <= BL1_HEADER || size > BL1_SIZE) {
        return false;
    }
    memcpy(bl1, image, size);
    return bl1_word(bl1, 8) && bl1_fits(bl1);
}

static uint32_t load_raw(const char *kernel, hwaddr address)
{
    uint32_t header = 0;
    bool chosen = address;

    if (has_bl1_header(kernel)) {
        address = BL1_BASE;
        header = BL1_HEADER;
    } else if (!chosen) {
        address = S5PV210_LOAD_ADDRESS;
    }
    if (!room_at(address)) {
        error_report("-kernel %s: no memory at load-address=0x%" HWADDR_PRIx
                     "; DRAM is 0x20000000 to 0x5fffffff, internal RAM "
                     "0xd0020000 to 0xd0037fff", kernel, address);
        exit(1);
    }
    if (load_image_targphys(kernel, address, room_at(address)) < 0) {
        error_report("-kernel %s: is larger than the memory from 0x%"
                     HWADDR_PRIx " on", kernel, address);
        exit(1);
    }
    if (!header && !chosen) {
        info_report("-kernel %s: no ELF, and no header of a BL1 that fits: "
                    "loaded raw to 0x%" HWADDR_PRIx " and entered there; "
                    "load-address=0xd0020010 for a first stage", kernel,
                    address);
    }
    return address + header;
}

static void check_file(const char *kernel, struct stat *st)
{
    if (stat(kernel, st) < 0 || access(kernel, R_OK) < 0) {
        error_report("-kernel %s: cannot be read: %s", kernel,
                     strerror(errno));
        exit(1);
    }
    if (!S_ISREG(st->st_mode)) {
        error_report("-kernel %s: is no file; name an ELF or a raw binary",
                     kernel);
        exit(1);
    }
    if (!st->st_size) {
        error_report("-kernel %s: is empty; build it anew", kernel);
        exit(1);
    }
}

static uint32_t load(const char *kernel, hwaddr address)
{
    uint64_t entry = 0, low = 0, high = 0;
    struct stat st;
    ssize_t size;

    check_file(kernel, &st);
    if (st.st_size < EI_NIDENT) {
        return load_raw(kernel, address);
    }
    size = load_elf(kernel, NULL, NULL, NULL, &entry, &low, &high, NULL,
                    ELFDATA2LSB, EM_ARM, 1, 0);
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
    if (kernel) {
        s5pv210_irom_set_entry(s->irom, load(kernel, address));
    }
    qemu_register_reset(boot_reset, CPU(&s->cpu));
}
