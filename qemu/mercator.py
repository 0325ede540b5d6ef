# SPDX-License-Identifier: BSD-2-Clause
# qemu/mercator.py - gdb commands for the live translation tables and the maps.
#
# `mmu walk ADDR`, `mmu dump`, `iomem` and `vmallocinfo` print what the board's
# shell prints for walk, ptdump, iomem and vmallocinfo.  They only read: no
# function runs on the target, no register and no byte of it changes, so they
# may be used wherever it is halted: in an exception handler, with interrupts
# masked, before the MMU is on.
#
# What a stub offers differs, so each thing has a second way:
#   MMU registers   from the stub's register file (QEMU) or by its monitor (OpenOCD);
#                   else the image's own variables
#   table memory    by QEMU's physical mode; else through the image's window,
#                   where the kit keeps its tables
#
# What descriptors mean stands in qemu/descriptors.py.
import importlib
import os
import re
import struct
import sys

import gdb

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True
import descriptors  # noqa: E402  (it lies beside this file)

importlib.reload(descriptors)  # this file was sourced once more: as that one is now
MASK32 = 0xFFFFFFFF
SZ_16M = 0x1000000
PAGE_SHIFT = 12
# mm/map.h: the kinds a mapping is made with
MAP_KINDS = ("strongly-ordered", "device", "normal non-cached", "normal cached")


def say(text):
    gdb.write(text + "\n")


def refuse(text):
    raise gdb.GdbError(text)


def memory(addr, size):
    """Bytes as the debugger sees them: virtual addresses while the MMU is on."""
    return bytes(gdb.selected_inferior().read_memory(addr & MASK32, size))


def require_halted():
    thread = gdb.selected_thread()
    if thread is None or not thread.is_valid():
        refuse("There is no target: `make debug` connects to one, or `target remote HOST:PORT`.")
    if thread.is_running():
        refuse("The target is running: stop it first (Ctrl-C).")


# ---- the image: where it is linked, where it is loaded ----


class Image:
    """The ELF in gdb, and the variables of it that are in the target's memory."""

    def __init__(self):
        self.path = gdb.current_progspace().filename
        if not self.path:
            refuse("gdb has no image: `file build/BOARD/mercator.elf` gives it one.")
        self.window, self.load, self.head = self.first_segment()
        override = gdb.convenience_variable("load_address")
        if override is not None:
            self.load = int(override) & MASK32
        self.mapped = False  # is the window there, by what the registers say?

    def first_segment(self):
        """Link address, load address and first bytes (ELF32, little-endian)."""
        with open(self.path, "rb") as elf:
            header = elf.read(52)
            if header[:6] != b"\x7fELF\x01\x01":
                refuse("%s is no 32-bit little-endian ELF file." % self.path)
            table, = struct.unpack_from("<I", header, 28)
            entry, count = struct.unpack_from("<HH", header, 42)
            for i in range(count):
                elf.seek(table + i * entry)
                kind, offset, virtual, physical, size = struct.unpack("<5I", elf.read(20))
                if kind == 1 and size:
                    elf.seek(offset)
                    return virtual, physical, elf.read(min(size, 64))
        refuse("%s has nothing to load: is it the linked image?" % self.path)

    def is_at(self, addr):
        try:
            return memory(addr, len(self.head)) == self.head
        except gdb.error:
            return False

    def locate(self, mmu_on):
        """From now on read() finds the image; says why if it cannot."""
        self.mapped = mmu_on
        if self.is_at(self.window if mmu_on else self.load):
            return
        if mmu_on:
            refuse("The MMU is on, but %s is not at 0x%08x: another program's tables are in "
                   "force, or gdb has another build." % (self.path, self.window))
        refuse("The MMU is off, and %s is not at 0x%08x, where it was built to be loaded.\n"
               "Loaded elsewhere? `set $load_address = 0xADDRESS` says where."
               % (self.path, self.load))

    def address(self, name):
        """A symbol's address in the window, whichever copy of it gdb has found."""
        try:
            addr = int(gdb.parse_and_eval("&" + name)) & MASK32
        except gdb.error:
            refuse("%s has no '%s': gdb needs the unstripped image of this build."
                   % (self.path, name))
        if not 0 <= addr - self.window < SZ_16M:
            addr = addr - self.load + self.window
        return addr & MASK32

    def read(self, addr, size):
        """Bytes of the image, by their address in the window."""
        return memory(addr if self.mapped else addr - self.window + self.load, size)

    def u32(self, name):
        return struct.unpack("<I", self.read(self.address(name), 4))[0]

    def struct(self, addr, kind):
        return gdb.Value(self.read(addr, kind.sizeof), kind)

    def variable(self, name):
        """A copy of a whole variable: one read, whatever its size."""
        return self.struct(self.address(name), gdb.parse_and_eval(name).type)


# ---- the MMU's registers ----

# CRn, op1, CRm, op2 (DDI 0406C B3.17.2), for stubs that are asked by a monitor command
CP15 = {"SCTLR": (1, 0, 0, 0), "TTBR0": (2, 0, 0, 0), "TTBR1": (2, 0, 0, 1), "TTBCR": (2, 0, 0, 2)}

source_wanted = "auto"


def stub_register(name):
    """From the register file of the stub; None: it has no such register."""
    frame = gdb.newest_frame()
    names = {r.name for r in frame.architecture().registers()}

    def read(*spellings):
        for s in spellings:
            if s in names:
                return int(frame.read_register(s)) & MASK32
        return None

    # Secure state has a bank of its own (B3.15.3); SCR.NS, or Monitor mode, says which is in use.
    scr = read("SCR")
    if scr is not None and (not scr & 1 or int(frame.read_register("cpsr")) & 0x1F == 0x16):
        banked = read(name + "_EL1_S", name + "_S")
        if banked is not None:
            return banked
    return read(name + "_EL1", name)


def monitor_register(name):
    """OpenOCD's command for a coprocessor register; None: no such command."""
    crn, op1, crm, op2 = CP15[name]
    try:
        answer = gdb.execute("monitor arm mrc 15 %d %d %d %d" % (op1, crn, crm, op2),
                             to_string=True).strip()
    except gdb.error:
        return None
    return int(answer, 0) & MASK32 if re.fullmatch(r"\d+|0x[0-9a-fA-F]+", answer) else None


class Registers:
    """What the core translates by: told by the stub, or concluded from the image."""

    def __init__(self, image):
        self.told = source_wanted != "image" and self.ask()
        if source_wanted == "registers" and not self.told:
            refuse("This stub does not tell SCTLR, TTBCR and TTBRn: `mmu source auto` goes by the "
                   "image's variables.")
        if not self.told:
            self.on = image.is_at(image.window)

    def ask(self):
        values = {}
        for name in CP15:
            values[name] = stub_register(name)
            if values[name] is None:
                values[name] = monitor_register(name)
            if values[name] is None:
                return False
        self.on = bool(values["SCTLR"] & 1)
        self.ttbcr = values["TTBCR"]
        self.ttbr = (values["TTBR0"], values["TTBR1"])
        return True

    def root(self, image, va):
        """The first-level table for @va, and how it is chosen (B3.5.4)."""
        n = self.ttbcr & 7 if self.told and self.on else 1
        upper = va >> (32 - n) if n else 0
        which = "TTBR%d (TTBCR.N = %d)" % (1 if upper else 0, n)
        if n:
            place = "bit 31" if n == 1 else "bits 31:%d" % (32 - n)
            which = "%s = %d: %s" % (place, upper, which)
        if not (self.told and self.on):
            return int(image.variable("boot_info")["root"]), which
        return self.ttbr[1] & ~0x3FFF if upper else self.ttbr[0] & ~(0x3FFF >> n), which


    def user_half_closed(self):
        """N = 1 and PD0 = 1 (B4.1.153)."""
        return self.told and self.on and self.ttbcr & 0x17 == 0x11


# ---- table memory ----


def packet(text):
    answer = gdb.execute("maintenance packet " + text, to_string=True)
    found = re.search(r'received: "(.*)"', answer)
    return found.group(1) if found else ""


class Tables:
    """Translation tables by their physical address; each block is read once."""

    def __init__(self, image, on):
        self.blocks = {}
        # QEMU answers with the mode it is in, which is put back after each read.
        self.mode = packet("qqemu.PhyMemMode") if source_wanted != "image" else ""
        self.physical = on and self.mode in ("0", "1")
        self.first = image.address("__tables_start")
        self.end = image.address("__tables_end")
        self.offset = 0
        if on:
            self.offset = image.window - int(image.variable("boot_info")["phys"])

    def block(self, pa, size):
        if (pa, size) not in self.blocks:
            self.blocks[pa, size] = self.read(pa, size)
        return self.blocks[pa, size]

    def read(self, pa, size):
        if self.physical:
            packet("Qqemu.PhyMemMode:1")
            try:
                return memory(pa, size)
            finally:
                packet("Qqemu.PhyMemMode:" + self.mode)
        if self.offset and not self.first <= (pa + self.offset) & MASK32 < self.end:
            refuse("The table at 0x%08x is not one of the image's, and this stub cannot read "
                   "physical memory." % pa)
        return memory(pa + self.offset, size)

    def l1(self, root, va):
        """Address and value of the first-level descriptor."""
        at = va >> 20 << 2
        return root | at, struct.unpack_from("<I", self.block(root, 0x4000), at)[0]

    def l2(self, l1, va):
        table, at = l1 & ~0x3FF & MASK32, (va >> 12 & 0xFF) << 2
        return table | at, struct.unpack_from("<I", self.block(table, 0x400), at)[0]


# ---- a look at the target ----


class Target:
    """The halted target: its image, the registers in force, its tables."""

    def __init__(self):
        require_halted()
        self.image = Image()
        self.registers = Registers(self.image)
        self.on = self.registers.on
        self.image.locate(self.on)

    def tables(self):
        """The tables, once one is built; says whose they are while the MMU is off."""
        if self.registers.told and self.on and self.registers.ttbcr >> 31:
            refuse("TTBCR.EAE is set: the tables have long descriptors, the kit's are short ones.")
        tables = Tables(self.image, self.on)
        if not self.on:
            self.table_without_mmu(tables)
        return tables

    def table_without_mmu(self, tables):
        image = self.image
        root = int(image.variable("boot_info")["root"])
        # boot/early.c: the first 16 KiB boundary of the image's pool
        wanted = tables.first - image.window + image.load + 0x3FFF & ~0x3FFF
        if root != wanted:
            refuse("%s is off (SCTLR.M = 0) and no table is built yet: addresses are physical "
                   "ones.\n%s" % (self.whose_mmu(), self.way_on()))
        say("%s is off (SCTLR.M = 0): addresses are physical ones now. In memory there is a "
            "table at 0x%08x, as far as it is built:" % (self.whose_mmu(), root))

    @staticmethod
    def many_cores():
        return len(gdb.selected_inferior().threads()) > 1

    def whose_mmu(self):
        return "core %d: the MMU" % gdb.selected_thread().num if self.many_cores() else "The MMU"

    def way_on(self):
        other = "  Each core has one of its own: `thread N`." if self.many_cores() else ""
        return "`hbreak start_kernel`, `continue` leads to where it is on." + other

    def walk(self, tables, va):
        root, _ = self.registers.root(self.image, va)
        return descriptors.Walk(lambda at: tables.l1(root, at), tables.l2, va)

    def require_mmu(self, what):
        if not self.on:
            refuse("%s is off (SCTLR.M = 0): %s is made behind it, so there is none yet.\n%s"
                   % (self.whose_mmu(), what, self.way_on()))


class Command(gdb.Command):
    """A command that reads the target; its help is the class's docstring."""

    def invoke(self, argument, from_tty):
        try:
            self.run(argument.strip())
        except gdb.MemoryError as e:
            refuse("The stub could not read the target's memory: %s" % e)


class MmuPrefix(gdb.Command):
    """Translation tables of the halted target, as the core reads them.

mmu walk ADDR -- the translation of one address, step by step
mmu dump      -- all of them, neighbouring equal descriptors in one line
mmu source    -- what they go by: the core's registers or the image's variables

The words are those of the board's shell (walk, ptdump).  Only memory and
registers are read: they work in an exception handler and with interrupts
masked, and the target is as it was afterwards.  While the MMU is off they
show the table that is being built, or say that there is none.
See also iomem, vmallocinfo."""

    def __init__(self):
        super().__init__("mmu", gdb.COMMAND_DATA, gdb.COMPLETE_NONE, True)


class MmuWalk(Command):
    """Translate one address step by step, as the shell's `walk ADDR` does.

Usage: mmu walk ADDR
ADDR is any expression: 0xf8009000, $pc, &boot_info."""

    def __init__(self):
        super().__init__("mmu walk", gdb.COMMAND_DATA, gdb.COMPLETE_EXPRESSION)

    def run(self, argument):
        if not argument:
            refuse("mmu walk: which address?  `mmu walk 0xf8009000`, `mmu walk $pc`")
        va = int(gdb.parse_and_eval(argument)) & MASK32
        target = Target()
        tables = target.tables()
        walk = target.walk(tables, va)
        for line in descriptors.walk_lines(walk, va, *target.registers.root(target.image, va)):
            say(line)
        if walk.mapped and not va >> 31 and target.registers.user_half_closed():
            say("  TTBCR.PD0 is set: the core makes no walk for this address, it faults")


class MmuDump(Command):
    """Show the whole table, as the shell's `ptdump` does.

Usage: mmu dump
Each line is a range of equal neighbours: virtual, physical, how many
descriptors of which size, rights, memory type."""

    def __init__(self):
        super().__init__("mmu dump", gdb.COMMAND_DATA, gdb.COMPLETE_NONE)

    def run(self, argument):
        target = Target()
        tables = target.tables()
        for line in descriptors.dump_lines(lambda va: target.walk(tables, va)):
            say(line)


class MmuSource(gdb.Command):
    """What mmu walk and mmu dump go by.

Usage: mmu source [auto | registers | image]
auto       SCTLR, TTBCR, TTBRn and physical memory if the stub offers them,
           else as `image` (the default)
registers  the registers, or an error
image      the image's own variables, its tables through its window: works
           with any stub, and differs only if the registers were changed"""

    def __init__(self):
        super().__init__("mmu source", gdb.COMMAND_DATA)

    def complete(self, text, word):
        return [s for s in ("auto", "registers", "image") if s.startswith(word or "")]

    def invoke(self, argument, from_tty):
        global source_wanted
        if argument in ("auto", "registers", "image"):
            source_wanted = argument
        elif argument:
            refuse("mmu source: '%s' is none of auto, registers, image" % argument)
        else:
            say("mmu source: " + source_wanted)


# ---- the resource tree ----

TREE_MOST = 4096  # nodes; a tree with more is damaged


class Resources:
    """A copy of mm/resource.c's tree."""

    BUSY, RAM = 2, 4

    def __init__(self, image):
        self.image, self.nodes = image, 0
        self.kind = gdb.lookup_type("struct resource")
        root = image.variable("iomem_resource")
        if root["name"].string(errors="replace") != "iomem":
            refuse("The resource tree is not there yet: resource_init() in boot/main.c has not "
                   "run.\n`hbreak devices_probe`, `continue` leads to where it is filled.")
        self.top = self.children(root)

    def children(self, parent):
        found, at = [], int(parent["child"])
        while at:
            self.nodes += 1
            if self.nodes > TREE_MOST:
                refuse("The resource tree is damaged: it goes on after %d nodes." % TREE_MOST)
            r = self.image.struct(at, self.kind)
            found.append((int(r["start"]), int(r["end"]), r["name"].string(errors="replace"),
                          int(r["flags"]), self.children(r)))
            at = int(r["sibling"])
        return found

    def owner(self, pa):
        """The innermost node's name, as refusals and vmallocinfo have it."""
        name, level = "nobody", self.top
        while True:
            inside = [r for r in level if r[0] <= pa <= r[1]]
            if not inside:
                return name
            name, level = inside[0][2], inside[0][4]

    def show(self, level, depth):
        for start, end, name, flags, children in level:
            note = "" if flags & self.BUSY else " (RAM)" if flags & self.RAM else " (row)"
            say("%s%08x-%08x : %s%s" % ("  " if depth else "", start, end, name, note))
            self.show(children, depth + 1)


class Iomem(Command):
    """Show who owns which physical addresses, as the shell's `iomem` does.

Usage: iomem
RAM and rows of the map table, and below them what drivers have requested."""

    def __init__(self):
        super().__init__("iomem", gdb.COMMAND_DATA, gdb.COMPLETE_NONE)

    def run(self, argument):
        target = Target()
        target.require_mmu("the resource tree")
        resources = Resources(target.image)
        resources.show(resources.top, 0)


# ---- the dynamic window ----


class Symbols:
    """The image's own table of functions, so that names are those of its reports."""

    def __init__(self, image):
        self.start = image.address("__image_start")
        self.size = image.address("__text_end") - self.start
        count = image.u32("__symbols_count")
        table = image.read(image.address("__symbols_table"), count * 8)
        self.rows = list(struct.iter_unpack("<II", table))
        self.names, self.image = image.address("__symbols_names"), image

    def name(self, addr):
        at = addr - self.start
        below = [r for r in self.rows if r[0] <= at]
        if not 0 <= at < self.size or not below:
            return "0x%08x" % addr
        text = self.image.read(self.names + below[-1][1], 128).split(b"\0")[0].decode()
        return "%s+0x%x" % (text, at - below[-1][0])


def layout(name):
    """A number of mm/layout.h: macros are not in the debug information."""
    path = os.path.join(HERE, "..", "mm", "layout.h")
    with open(path, encoding="utf-8") as text:
        found = re.search(r"^#define %s (0x[0-9A-Fa-f]+|[0-9]+)$" % name, text.read(), re.M)
    if not found:
        refuse("mm/layout.h does not say %s" % name)
    return int(found.group(1), 0)


class Window:
    """A copy of mm/window.c's state."""

    LIVE, PAGE, WAITS = 1, 2, 3  # enum area_state
    UNIT_PAGES = 2

    def __init__(self, image):
        state = image.variable("io_window")
        self.area, self.block = state["area"], state["block"]
        self.block_of_slot = [int(state["block_of_slot"][i])
                              for i in range(length(state["block_of_slot"]))]
        self.block_units = length(self.block[0]["free"]) * 32
        self.small_areas = length(self.area) - len(self.block_of_slot)
        self.maps = int(state["maps"])
        self.start = layout("VMALLOC_START")

    def rooms(self):
        """(address, area) of all room by address, taken or not."""
        for slot, block in enumerate(self.block_of_slot):
            if not block:
                yield self.start + (slot << 20), self.area[self.small_areas + slot]
                continue
            va = int(self.block[block - 1]["va"])
            for unit in range(self.block_units):
                yield (va + (unit * self.UNIT_PAGES << PAGE_SHIFT),
                       self.area[(block - 1) * self.block_units + unit])

    def mappings(self):
        """(first byte, area, is it live) of what is live or waits."""
        for va, area in self.rooms():
            state = int(area["state"])
            if state in (self.LIVE, self.PAGE, self.WAITS):
                yield va + (int(area["skip"]) << PAGE_SHIFT), area, state != self.WAITS


def length(array):
    return array.type.range()[1] + 1


class Vmallocinfo(Command):
    """Show the dynamic window, as the shell's `vmallocinfo` does.

Usage: vmallocinfo
What ioremap() has mapped and who called it; freed ranges that wait before
they may be used again; and the counts."""

    def __init__(self):
        super().__init__("vmallocinfo", gdb.COMMAND_DATA, gdb.COMPLETE_NONE)

    def run(self, argument):
        target = Target()
        target.require_mmu("the dynamic window")
        image = target.image
        resources, symbols, window = Resources(image), Symbols(image), Window(image)
        live = live_pages = waiting = 0
        for va, area, is_live in window.mappings():
            pages, phys = int(area["pages"]), int(area["phys"])
            place = "0x%08x-0x%08x %5d pages" % (va, va + (pages << PAGE_SHIFT) - 1, pages)
            if is_live:
                live, live_pages = live + 1, live_pages + pages
                say("%s -> 0x%08x %-17s '%s' %s"
                    % (place, phys, MAP_KINDS[int(area["type"]) & 3], resources.owner(phys),
                       symbols.name(int(area["mapped_by"]))))
            else:
                waiting += 1
                say("%s    waits, unmapped by %s %d maps ago"
                    % (place, symbols.name(int(area["unmapped_by"])),
                       window.maps - int(area["freed_at"]) & MASK32))
        say("%d live (%d pages), %d waiting, %d on static rows, %d maps made, %d refused, "
            "%d bad iounmaps"
            % (live, live_pages, waiting, self.on_static_rows(image), window.maps,
               image.u32("'mm/ioremap.c'::refused"), image.u32("'mm/ioremap.c'::bad_unmaps")))

    @staticmethod
    def on_static_rows(image):
        rows = image.variable("static_rows")
        return sum(int(rows["row"][i + 1]["count"]) for i in range(int(rows["n"])))


for command in (MmuPrefix, MmuWalk, MmuDump, MmuSource, Iomem, Vmallocinfo):
    command()
