/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * linker/mercator.ld.S - the one linker script, filled in by the C preprocessor
 * from mm/layout.h and the board's LOADADDR.
 *
 * Virtual addresses begin at KIMAGE_VADDR, load addresses at LOADADDR; the
 * distance is the same for every byte.  Order: text (RX), rodata (RO), and the
 * rest (RW), each from a page of its own, because each is mapped with rights of
 * its own.  Stacks, tables and heap take no room in the file.
 */
#include "mm/layout.h"

#define PAGE 4096
#define KIB 1024

/* Where a section is loaded: as far above LOADADDR as it runs above KIMAGE_VADDR. */
#define LOADED(section) AT(ADDR(section) - KIMAGE_VADDR + LOADADDR)

/* A stack and, below it, the page that is never mapped. */
#define STACK(mode, size)                                                                          \
	__guard_##mode = .;                                                                        \
	. += PAGE;                                                                                 \
	__stack_##mode##_bottom = .;                                                               \
	. += size;                                                                                 \
	__stack_##mode##_top = .;

OUTPUT_FORMAT("elf32-littlearm")
OUTPUT_ARCH(arm)
ENTRY(_start)

/* Flags: 4 read, 2 write, 1 execute. */
PHDRS
{
	text PT_LOAD FLAGS(5);
	rodata PT_LOAD FLAGS(4);
	data PT_LOAD FLAGS(6);
}

SECTIONS
{
	. = KIMAGE_VADDR;
	__image_start = .;

	.text : LOADED(.text) {
		KEEP(*(.head.text))
		*early.o(.text .text.*)
		*(.text .text.* .gnu.linkonce.t.*)
		*(.init .fini .glue_7 .glue_7t .vfp11_veneer .v4_bx)
		/* a page of its own: it is mapped a second time, at VECTORS_BASE */
		. = ALIGN(PAGE);
		__vectors_start = .;
		KEEP(*(.vectors))
		. = ALIGN(PAGE);
		__vectors_end = .;
	} :text
	__text_end = .;

	.rodata : LOADED(.rodata) {
		*(.rodata .rodata.* .gnu.linkonce.r.*)
		. = ALIGN(4);
		__preinit_array_start = .;
		KEEP(*(.preinit_array))
		__preinit_array_end = .;
		__init_array_start = .;
		KEEP(*(SORT_BY_INIT_PRIORITY(.init_array.*)))
		KEEP(*(.init_array))
		__init_array_end = .;
		__fini_array_start = .;
		KEEP(*(SORT_BY_INIT_PRIORITY(.fini_array.*)))
		KEEP(*(.fini_array))
		__fini_array_end = .;
		*(.ARM.extab*)
		. = ALIGN(4);
		__exidx_start = .;
		*(.ARM.exidx*)
		__exidx_end = .;
		/* last: it grows between the two links, and must move nothing */
		. = ALIGN(4);
		KEEP(*(.symbols))
		. = ALIGN(32);
	} :rodata

	/*
	 * Initialised data is loaded here, read-only, and copied to its place by
	 * the head: so the image can be entered a second time.
	 */
	__data_copy_start = .;
	__rodata_end = ALIGN(__data_copy_start + SIZEOF(.data), PAGE);
	. = __rodata_end;

	.data : AT(__data_copy_start - KIMAGE_VADDR + LOADADDR) {
		__data_start = .;
		*(.data .data.* .gnu.linkonce.d.*)
		. = ALIGN(32);
		__data_end = .;
	} :data

	/* zeroed by the head before any C; used by what runs with the MMU off */
	.early.bss (NOLOAD) : LOADED(.early.bss) {
		__early_bss_start = .;
		*early.o(.bss .bss.* COMMON)
		. = ALIGN(32);
		__early_bss_end = .;
	} :data

	/* zeroed once the MMU is on */
	.bss (NOLOAD) : LOADED(.bss) {
		__bss_start = .;
		*(.bss .bss.* COMMON)
		. = ALIGN(PAGE);
		__bss_end = .;
	} :data

	/* Not in any segment: a loader leaves them alone, nothing may expect zeros. */
	.stacks (NOLOAD) : LOADED(.stacks) {
		__stacks_start = .;
		STACK(svc, 16 * KIB)
		STACK(irq, 8 * KIB)
		STACK(abt, 8 * KIB)
		STACK(und, 4 * KIB)
		STACK(fiq, 4 * KIB)
		__stacks_end = .;
	} :NONE

	/*
	 * The first-level table wants 16 KiB alignment of its physical address,
	 * the load address promises 4 KiB: 12 KiB to shift it in.
	 */
	.tables (NOLOAD) : LOADED(.tables) {
		__tables_start = .;
		. += (16 + 12) * KIB + MM_TABLES * KIB;
		. = ALIGN(PAGE);
		__tables_end = .;
	} :NONE

	.heap (NOLOAD) : LOADED(.heap) {
		__heap_start = .;
		. += 256 * KIB;
		__heap_end = .;
	} :NONE
	__image_end = .;

	.debug_info 0 : { *(.debug_info) }
	.debug_abbrev 0 : { *(.debug_abbrev) }
	.debug_aranges 0 : { *(.debug_aranges) }
	.debug_rnglists 0 : { *(.debug_rnglists) }
	.debug_ranges 0 : { *(.debug_ranges) }
	.debug_loclists 0 : { *(.debug_loclists) }
	.debug_loc 0 : { *(.debug_loc) }
	.debug_line 0 : { *(.debug_line) }
	.debug_line_str 0 : { *(.debug_line_str) }
	.debug_str 0 : { *(.debug_str) }
	.debug_frame 0 : { *(.debug_frame) }
	.comment 0 : { *(.comment) }
	.ARM.attributes 0 : { KEEP(*(.ARM.attributes)) }

	/* What the linker makes for shared objects: there is none here, so empty. */
	.dynamic_link 0 : { *(.iplt .plt .igot.plt .got .got.plt .rel.*) }

	/DISCARD/ : { *(.note .note.* .eh_frame .ctors .dtors .jcr .tm_clone_table) }

	ASSERT(_start == __image_start,
	       "boot/head.S: _start must be the first byte of the image")
	ASSERT(LOADADDR % PAGE == 0,
	       "board.mk: LOADADDR must be a multiple of 4 KiB")
	ASSERT(__vectors_end - __vectors_start <= PAGE,
	       "boot/vectors.S: the vectors must fit one 4 KiB page")
	ASSERT(SIZEOF(.dynamic_link) == 0,
	       "the link needs run-time relocation (ifunc, GOT), and there is nobody to do it")
	ASSERT(__image_end - __image_start <= KIMAGE_SIZE,
	       "the image does not fit its window: raise KIMAGE_SIZE in mm/layout.h")
}
