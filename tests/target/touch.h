/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/target/touch.h - touching memory that may fault, and what must come of it.
 */
#ifndef TESTS_TARGET_TOUCH_H
#define TESTS_TARGET_TOUCH_H

#include "boot/abort.h"
#include "mm/iotable.h"

/* FS[4:0], DDI 0406C table B3-23; written again here, the kit's decoder is tested. */
enum {
	STATUS_ALIGNMENT = 0x01,
	STATUS_TRANSLATION_L1 = 0x05,
	STATUS_TRANSLATION_L2 = 0x07,
	STATUS_EXTERNAL = 0x08,
	STATUS_PERMISSION_L1 = 0x0d,
	STATUS_PERMISSION_L2 = 0x0f,
};

/** One of the functions below. */
typedef void (*access_fn)(va_t va, u32 value);

/* tests/target/access.S: the access is the function's first instruction. */
void access_read8(va_t va, u32 value);
void access_read16(va_t va, u32 value);
void access_read32(va_t va, u32 value);
void access_read64(va_t va, u32 value);
void access_read_many(va_t va, u32 value);
void access_read_exclusive(va_t va, u32 value);
void access_read_user(va_t va, u32 value);
void access_write8(va_t va, u32 value);
void access_write16(va_t va, u32 value);
void access_write32(va_t va, u32 value);
void access_write64(va_t va, u32 value);
void access_write_many(va_t va, u32 value);
void access_write_user(va_t va, u32 value);
void access_execute(va_t va, u32 value);
void access_undefined(va_t va, u32 value);
void access_vfp(va_t va, u32 value);
/** access_vfp_id() - FPSID, for which CPACR lets VFP be used meanwhile. */
u32 access_vfp_id(void);
/** access_physical_count() - the lower word of CNTPCT, on a core with the generic timer. */
u32 access_physical_count(void);
u32 access_svc(u32 op);
/** access_cycle_control() - PMCR, with PMCNTENSET.C in bit 31. */
u32 access_cycle_control(void);
/** access_banked_sp() - the stack pointer of @mode (CPSR.M); with interrupts masked. */
va_t access_banked_sp(u32 mode);

/** touch() - do it.  Return: whether it aborted; @info says how. */
bool touch(access_fn access, va_t va, u32 value, struct abort_info *info);

/** expect_data_abort() - the access aborts: DFSR says @status and @write, DFAR says @va. */
void expect_data_abort(access_fn access, va_t va, u32 status, bool write);
/** expect_no_execute() - a call to @va aborts: IFSR says @status, IFAR says @va. */
void expect_no_execute(va_t va, u32 status);
/** expect_works() - the access does not abort. */
void expect_works(access_fn access, va_t va, u32 value);

/** permission_status() - what a denied access to @va is reported as, by its descriptor. */
u32 permission_status(va_t va);

/** hole_in_memory() - @size bytes at @align that no row and nobody has; 0: none, and the test
 * in progress is skipped and may return. */
pa_t hole_in_memory(u32 size, u32 align);
/** map_hole() - ioremap_new() of such a hole; NULL: skipped or failed, the test may return. */
void __iomem *map_hole(u32 size, u32 align);
/** unclaimed_registers() - an address in spare_row() with @room bytes on both sides that no
 * driver has; 0: none, skipped likewise. */
pa_t unclaimed_registers(u32 room);
/** spare_ram() - the linear address of @size bytes of RAM that nothing uses; 0: none. */
va_t spare_ram(u32 size, u32 align);
/** spare_register() - a physical page with a device; to be looked at, no more. */
pa_t spare_register(void);
/** spare_row() - the static row of a device that is not needed to go on; NULL: none, the
 * test in progress is skipped and may return. */
const struct static_row *spare_row(void);
/** readable_in() - an address of @row, from spare_row(), where a read is answered. */
va_t readable_in(const struct static_row *row);
/** tables_sum() - a checksum over all translation tables, free ones too. */
u32 tables_sum(void);

#endif
