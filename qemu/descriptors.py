# SPDX-License-Identifier: BSD-2-Clause
# qemu/descriptors.py - what a short descriptor says, and the shell's words for it.
#
# The bits are spelled here a third time, from DDI 0406C B3.5.1, figures B3-4 and
# B3-5: the encoder, the target's walker and this file share nothing.  Memory is
# read by whoever calls.

SZ_4K, SZ_64K, SZ_1M, SZ_16M = 0x1000, 0x10000, 0x100000, 0x1000000
MASK32 = 0xFFFFFFFF

# A format: its fields from bit 31 down to bit 0, each with its bits.
TABLE = "base 31:10, - 9, domain 8:5, - 4, NS 3, - 2, type 1:0"
SECTION = ("base 31:20, NS 19, 16M 18, nG 17, S 16, AP2 15, TEX 14:12, AP 11:10, - 9, domain 8:5, "
           "XN 4, C 3, B 2, type 1:0")
SUPERSECTION = ("base 31:24, - 23:20, NS 19, 16M 18, nG 17, S 16, AP2 15, TEX 14:12, AP 11:10, "
                "- 9, - 8:5, XN 4, C 3, B 2, type 1:0")
LARGE_PAGE = ("base 31:16, XN 15, TEX 14:12, nG 11, S 10, AP2 9, - 8:6, AP 5:4, C 3, B 2, "
              "type 1:0")
SMALL_PAGE = "base 31:12, nG 11, S 10, AP2 9, TEX 8:6, AP 5:4, C 3, B 2, type 1, XN 0"

KINDS = {SZ_16M: ("supersection", SUPERSECTION, "16 MiB, one of 16 equal entries"),
         SZ_1M: ("section", SECTION, "1 MiB"),
         SZ_64K: ("large page", LARGE_PAGE, "64 KiB, one of 16 equal entries"),
         SZ_4K: ("small page", SMALL_PAGE, "4 KiB")}

# TEX[2:0], C, B without remapping (B3.8.2, table B3-10)
MEMORY = {0b00000: "strongly-ordered", 0b00001: "device", 0b00100: "normal non-cached",
          0b00111: "normal cached"}

# AP[2:0] with SCTLR.AFE = 0 (B3.7.1, table B3-8): write, user, in words
ACCESS = ((False, False, "nobody may access it"),
          (True, False, "privileged code reads and writes, user code has no access"),
          (True, True, "privileged code reads and writes, user code reads"),
          (True, True, "privileged and user code read and write"),
          (False, False, "reserved"),
          (False, False, "privileged code reads, user code has no access"),
          (False, True, "privileged and user code read (deprecated)"),
          (False, True, "privileged and user code read"))


def fields(form, desc):
    """(name, place, number of bits, value) of each field."""
    for field in form.split(", "):
        name, place = field.split(" ")
        high, low = (place.split(":") * 2)[:2]
        bits = int(high) - int(low) + 1
        yield name, place, bits, desc >> int(low) & (1 << bits) - 1


class Walk:
    """What the tables say of one address.

    @l1 and @l2 read a descriptor: l1(va) and l2(first-level descriptor, va) give
    its address and its value.
    """

    def __init__(self, l1, l2, va):
        self.l1_at, self.l1 = l1(va)
        self.l2_at = self.l2 = None
        self.domain = 0
        kind = self.l1 & 3
        if kind == 1:
            self.domain = self.l1 >> 5 & 15
            self.l2_at, self.l2 = l2(self.l1, va)
            kind = self.l2 & 3
            self.leaf(va, self.l2, SZ_64K if kind == 1 else SZ_4K, kind != 0)
            return
        supersection = kind and self.l1 >> 18 & 1
        if kind and not supersection:
            self.domain = self.l1 >> 5 & 15
        self.leaf(va, self.l1, SZ_16M if supersection else SZ_1M, kind != 0)

    def leaf(self, va, desc, size, mapped):
        self.va, self.size, self.mapped = va & ~(size - 1), size, mapped
        if not mapped:
            return
        self.kind, self.form, self.extent = KINDS[size]
        self.desc, self.pa = desc, desc & ~(size - 1) & MASK32
        f = {name: value for name, _, _, value in fields(self.form, desc)}
        self.tex, self.c, self.b, self.ap = f["TEX"], f["C"], f["B"], f["AP2"] << 2 | f["AP"]
        self.memory = MEMORY.get(self.tex << 2 | self.c << 1 | self.b, "unknown memory type")
        self.write, self.user, self.access = ACCESS[self.ap]
        self.execute = not f["XN"]
        self.local, self.shared = f["nG"], f["S"]

    def rights(self):
        return "r%s%s" % ("w" if self.write else "-", "x" if self.execute else "-")


# ---- one address, step by step ----


def field_lines(form, desc):
    """Names above bit numbers above values."""
    columns = [(name, place, format(value, "0%db" % bits))
               for name, place, bits, value in fields(form, desc)]
    widths = [max(len(text) for text in column) for column in columns]
    for line in zip(*columns):
        yield "    " + " ".join(text.ljust(w) for text, w in zip(line, widths)).rstrip()


def leaf_lines(walk, level):
    if not walk.mapped:
        yield ("  L%d descriptor 0x%08x: type (bits 1:0) = 00, nothing is mapped"
               % (level, walk.l1 if level == 1 else walk.l2))
        return
    yield "  L%d descriptor 0x%08x: a %s, %s" % (level, walk.desc, walk.kind, walk.extent)
    yield from field_lines(walk.form, walk.desc)
    yield ("    TEX C B = %s %d %d: %s; %s"
           % (format(walk.tex, "03b"), walk.c, walk.b, walk.memory,
              "XN = 0: may be executed" if walk.execute else "XN = 1: never executed"))
    yield "    AP2 AP = %d %s: %s" % (walk.ap >> 2, format(walk.ap & 3, "02b"), walk.access)
    yield ("    nG = %s; S = %s; domain %d"
           % ("1: per process" if walk.local else "0: in all address spaces",
              "1: shared between cores" if walk.shared else "0: not shared", walk.domain))


def walk_lines(walk, va, root, which):
    """As the shell's `walk`; @which: what names the first-level table at @root."""
    yield "VA 0x%08x" % va
    yield ("  %s, first-level table at 0x%08x%s"
           % (which, root, "" if va >> 31 else "; no user space"))
    yield ("  L1 index = VA bits 31:20 = 0x%03x; 0x%08x + 0x%03x * 4 = 0x%08x"
           % (va >> 20, root, va >> 20, walk.l1_at))
    if walk.l2_at is None:
        yield from leaf_lines(walk, 1)
    else:
        table, index = walk.l2_at & ~0x3FF, va >> 12 & 0xFF
        yield "  L1 descriptor 0x%08x: a second-level table at 0x%08x" % (walk.l1, table)
        yield from field_lines(TABLE, walk.l1)
        yield ("  L2 index = VA bits 19:12 = 0x%02x; 0x%08x + 0x%02x * 4 = 0x%08x"
               % (index, table, index, walk.l2_at))
        yield from leaf_lines(walk, 2)
    if not walk.mapped:
        yield ("no PA: translation fault, %s level, for all of 0x%08x-0x%08x"
               % ("first" if walk.l2_at is None else "second", walk.va, walk.va + walk.size - 1))
        return
    yield ("PA 0x%08x = 0x%08x + 0x%x (VA bits %d:0): %s, %s"
           % (walk.pa + va - walk.va, walk.pa, va - walk.va, walk.size.bit_length() - 2,
              walk.memory, walk.rights()))


# ---- all of them ----


class Run:
    """Neighbouring equal descriptors: one line of the dump."""

    def __init__(self, walk):
        self.first, self.count = walk, 0
        self.add(walk)

    def add(self, walk):
        self.count += 1
        self.next_va, self.next_pa = walk.va + walk.size, walk.pa + walk.size & MASK32

    def continues(self, w):
        f = self.first
        return (w.size, w.va, w.pa, w.memory, w.rights(), w.user) == \
            (f.size, self.next_va, self.next_pa, f.memory, f.rights(), f.user)

    def line(self):
        f = self.first
        return ("0x%08x-0x%08x -> 0x%08x %5d x %-12s %s %s"
                % (f.va, self.next_va - 1, f.pa, self.count, f.kind, f.rights(), f.memory))


def dump_lines(walk_at):
    """As the shell's `ptdump`; @walk_at(va) gives the Walk of an address."""
    run, va = None, 0
    while va <= MASK32:
        walk = walk_at(va)
        va = walk.va + walk.size
        if not walk.mapped:
            continue
        if run and run.continues(walk):
            run.add(walk)
            continue
        if run:
            yield run.line()
        run = Run(walk)
    if run:
        yield run.line()
