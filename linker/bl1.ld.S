/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * linker/bl1.ld.S - BL1's linker script, filled in by the C preprocessor from
 * the chip's memory.h (board/SOC/), which the build puts before it.
 *
 * BL1 runs where the boot ROM puts it, behind its header, with everything in
 * place: code, data and, behind what is loaded, zeroed words and the stack.
 */
OUTPUT_FORMAT("elf32-littlearm")
OUTPUT_ARCH(arm)
ENTRY(_start)

PHDRS
{
	all PT_LOAD FLAGS(7);
}

SECTIONS
{
	. = BL1_BASE + BL1_HEADER;
	/* of its own: the text behind it is aligned to more than the header leaves */
	.entry : {
		KEEP(*(.entry))
	} :all

	.text : {
		*(.text .text.*)
		*(.rodata .rodata.*)
		*(.glue_7 .glue_7t .vfp11_veneer .v4_bx)
		. = ALIGN(4);
		*(.data .data.*)
		. = ALIGN(4);
		__bl1_end = .;
	} :all

	.bss (NOLOAD) : {
		__bl1_bss_start = .;
		*(.bss .bss.* COMMON)
		. = ALIGN(4);
		__bl1_bss_end = .;
	} :all

	__bl1_stack_top = BL1_STACK_TOP;

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
	.dynamic_link 0 : { *(.iplt .plt .igot.plt .got .got.plt .rel.*) }
	/DISCARD/ : { *(.note .note.* .eh_frame .ARM.exidx* .ARM.extab*) }

	ASSERT(_start == BL1_BASE + BL1_HEADER,
	       "boot/bl1/entry.S: _start must be the first byte behind the header")
	ASSERT(__bl1_end - BL1_BASE <= BL1_BYTES,
	       "BL1 is larger than the 16 KiB that the boot ROM reads; make boot/bl1 smaller")
	ASSERT(BL1_STACK_TOP - __bl1_bss_end >= BL1_STACK_MIN,
	       "BL1 leaves too little room for its stack")
	ASSERT(SIZEOF(.dynamic_link) == 0,
	       "BL1 needs run-time relocation (ifunc, GOT), and there is nobody to do it")
}
