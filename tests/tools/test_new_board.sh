#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tests/tools/test_new_board.sh - make new-board: the rows it writes from device trees
# of our own, and what it refuses.  Prints TAP.
#
# In a copy of the tree.  Most cases run the script alone; the cases of make itself
# end with the host's judge of the map table.
set -u

dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
tar cf - --exclude=./build --exclude=./.git . | tar xf - -C "$dir" || exit 1
cd "$dir" || exit 1
n=0

verdict() { # NAME, and in $why what is wrong
	n=$((n + 1))
	if [ -z "$why" ]; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		printf '%s\n' "$why" | sed 's/^/# /'
		sed 's/^/#   /' out
	fi
}

# from NAME FILE [option...]: board/NAME without check-map
from() {
	name=$1
	tree=$2
	shift 2
	perl tools/new-board.pl --name "$name" --from "tests/dts/$tree" --include tests/dts/include --make true "$@" >out 2>&1
}

# rows NAME TEXT FILE: each line of TEXT (its indent aside) stands in FILE as a line
rows() {
	why=
	while IFS= read -r line; do
		sed 's/^[[:space:]]*//' "$3" | grep -Fxq -e "$line" || why="$why
missing in $3: $line"
	done <<END
$2
END
	verdict "$1"
}

# refused NAME TEXT ARGUMENT...: make new-board says all lines of TEXT and leaves no folder
refused() {
	name=$1
	text=$2
	shift 2
	why=
	echo board/* >before
	make -s new-board "$@" >out 2>&1 && why="it was accepted"
	echo board/* | cmp -s - before || why="$why
board/ has changed"
	while IFS= read -r line; do
		grep -Fq -e "$line" out || why="$why
not said: $line"
	done <<END
$text
END
	verdict "$name"
}

echo 1..64

# ---- rows ----

from full full.dts
rows "two banks that touch are one row, one above 4 GiB is reported" 'MAP_RAM("ram", 0x80000000, 24 * SZ_16M),
MAP_RAM("ram1", 0xA0000000, 4 * SZ_16M),' board/full/board.c
rows "what is above 4 GiB is named" '1. RAM at 0x100000000 (1024 MiB) is above 4 GiB and left out: the kit has no LPAE.' out
rows "reserved memory and memreserve are kept out, a pool is not" 'MAP_RAM_NOMAP("memreserve", 0x80000000, SZ_4K),
MAP_RAM_NOMAP("firmware", 0x80010000, 9 * SZ_4K),
/* reserved-memory pool: a pool of Linux, nothing to keep out */' board/full/board.c
rows "the image goes behind what is reserved" 'LOADADDR := 0x80020000' board/full/board.mk
rows "ranges are applied; the clock by name, by a factor; stdout-path by alias" \
	'DEV(DEV_CONSOLE, "console", "pl011", 0x10001000, SZ_4K, .irq = 37, .clock = 12000000),
MAP_DEVICE("console", 0xF8001000, 0x10001000, SZ_4K),' board/full/board.c
rows "GIC with its second window; the virtual timer's PPI" \
	'DEV(DEV_INTC, "gic", "gic", 0x2C001000, SZ_4K, .phys2 = 0x2C002000, .size2 = 2 * SZ_4K),
DEV(DEV_TIMER, "timer", "generic", 0, 0, .irq = 27),' board/full/board.c
rows "buses inside buses; interrupt-map; interrupts-extended; neighbours share a row" \
	'DEV(DEV_GPIO, "gpio0", "pl061", 0x10102000, SZ_4K, .irq = 73),
DEV(DEV_GPIO, "gpio1", "pl061", 0x10103000, SZ_4K, .irq = 82),
MAP_DEVICE("gpio0-gpio1", 0xF8102000, 0x10102000, 2 * SZ_4K),' board/full/board.c
rows "LEDs, keys and buzzers with their flags" 'LED("status", "gpio0", 3, GPIO_ACTIVE_LOW),
LED("red-heartbeat", "gpio1", 6, GPIO_ACTIVE_HIGH),
KEY("user-key", "gpio0", 7, GPIO_ACTIVE_LOW),
BUZZER("buzzer", "gpio1", 0, GPIO_ACTIVE_HIGH),' board/full/board.c
rows "what it cannot reach is a comment with the reason" '*   LED("expander", "gpio", 4, GPIO_ACTIVE_HIGH),
* nxp,pca9555 has no driver here: it is reached through i2c:
*   LED("far", "gpio", 4, GPIO_ACTIVE_HIGH),
* /far/gpio@0: /far has no ranges: its addresses are not the core'\''s:
*   LED("backlight", "GPIO", 0, GPIO_ACTIVE_HIGH),
* it is driven by pwm-leds, not by a GPIO line:
*   BUZZER("buzzer-2", "GPIO", 0, GPIO_ACTIVE_HIGH),
*   KEY("interrupt-only", "GPIO", 0, GPIO_ACTIVE_HIGH),
* the tree gives it no GPIO line:' board/full/board.c
rows "and stands in the list of what is left to do" '2. LED expander: nxp,pca9555 has no driver here: it is reached through i2c.
4. KEY interrupt-only: the tree gives it no GPIO line.' out
rows "a model cannot end the comment it stands in, nor reach make" \
	'* board/full - Made-up Board * / $(x). Written by make new-board from full.dts; what it' board/full/board.c
rows "the description is plain text" 'BOARD_DESC := Made-up Board */ (x)' board/full/board.mk
why=
grep -q 'unused\|serial0\|uart1' board/full/board.c && why="a disabled node has a row"
verdict "what is disabled has no row"

from sparse sparse.dts
rows "no memory node: the SoC's base, a size to correct" 'MAP_RAM("ram", 0x40000000, 4 * SZ_16M),
DEV(DEV_CONSOLE, "console", "8250", 0x01C28000, 0x400, .irq = 32, .clock = 24000000,
.aux = 4),' board/sparse/board.c
rows "port, pin and flags in three cells; an interrupt through a transparent controller" \
	'#include "drivers/gpio_sunxi.h"
DEV(DEV_GPIO, "pio", "sunxi", 0x01C20800, 0x400, .irq = 43),
LED("power", "pio", SUNXI_GPIO(11, 10), GPIO_ACTIVE_HIGH),
BUZZER("buzzer", "pio", SUNXI_GPIO(0, 8), GPIO_ACTIVE_LOW),' board/sparse/board.c
rows "blocks without a driver stand as comments" '* the kit has no driver for made-up,timer:
*   DEV(DEV_TIMER, "timer-2", "DRIVER", 0x01C20C00, 0xA0, .irq = 50),
* other UARTs; the kit has one console; the kit has no driver for made-up,uart:' board/sparse/board.c

from samsung samsung.dts
rows "banks as sub-nodes; a chain of VICs; a key without its bank's place" \
	'DEV(DEV_INTC, "pl192", "pl192", 0xF2000000, SZ_4K, .phys2 = 0xF2100000, .size2 = SZ_4K,
DEV(DEV_CONSOLE, "console", "s5p", 0xE2900800, 0x400, .irq = 44, .clock = 0),
MAP_DEVICE("console", 0xF8100000, 0xE2900000, SZ_4K),
LED("d22", "gpio-e0200000", S5P_GPIO(0x240, 3), GPIO_ACTIVE_LOW),
* the tree does not say where bank gpq9 begins: write it as S5P_GPIO(offset, 1):' board/samsung/board.c
rows "RAM where the linear map is: its upper half" 'MAP_RAM("ram", 0xC8000000, SZ_128M),' board/samsung/board.c

from mbus mbus.dts
rows "addresses far above 4 GiB keep their low bits on the way down" \
	'DEV(DEV_CONSOLE, "console", "8250", 0xF1012000, 0x100, .irq = -1, .clock = 250000000,
DEV(DEV_GPIO, "gpio5", "mmio", 0xF1018140, 4, .phys2 = 0xF1018144, .size2 = 4, .irq = -1,' board/mbus/board.c
rows "two devices with the same registers are not both taken" \
	"* /soc/internal-regs/twin@18140: the tree gives it the registers of \"gpio5\" (0xF1018140); one of
*   LED(\"two\", \"twin\", 1, GPIO_ACTIVE_HIGH)," board/mbus/board.c
rows "a GPIO block is called what the tree calls it, and its node is named" \
	'/* /soc/internal-regs/gpio@18140 */
LED("one", "gpio5", 1, GPIO_ACTIVE_HIGH),' board/mbus/board.c
rows "LEDs of a controller behind I2C are not dropped" '* it is driven by made-up,router-leds, not by a GPIO line:
*   LED("wan", "GPIO", 0, GPIO_ACTIVE_HIGH),
*   LED("red-power", "GPIO", 0, GPIO_ACTIVE_HIGH),' board/mbus/board.c
rows "a bank's letter stays, without a driver, too" '*   LED("lettered", "GPIOD", 11, GPIO_ACTIVE_HIGH),' board/mbus/board.c
rows "one reason is one line of the list; it says which block the driver was chosen for" \
	'4. LED wan, red-power: it is driven by made-up,router-leds, not by a GPIO line.
7. KEY left, right: driver mmio, chosen for marvell,orion-gpio, cannot read a key.' out
rows "a controller that the root does not name, and the twd's clock" \
	'1. Interrupt controller: /soc/internal-regs/interrupt-controller@20a00 is made-up,mpic, which
3. Timer: put PERIPHCLK, in Hz, into .clock of the commented twd row' out
rows "a timer that might abort is a comment" '* a timer that the loader has not clocked aborts; move the row up if yours clocks this one:
*   DEV(DEV_TIMER, "timer-3", "omap3", 0xF1020300, 0x100, .irq = -1),' board/mbus/board.c
rows "ways to restart that the kit lacks, and memory outside RAM, are named" \
	'* restart by /restart (gpio-restart): a GPIO line; the kit'\''s DEV_RESET rows write a register.
* restart by /soc/internal-regs/watchdog@20400 (made-up,wdt): the kit has no driver for watchdogs.
/* reserved-memory sram at 0x90000000 (16 KiB): outside RAM, nothing to keep out */' board/mbus/board.c
rows "a model of two lines is one; UTF-8 stays in comments" \
	'* board/mbus - Brücke zwei. Written by make new-board from mbus.dts; what it could not' board/mbus/board.c
rows "and is ASCII in make" 'BOARD_DESC := Br?cke zwei' board/mbus/board.mk

from smdkv310 smdkv310.dts
rows "a console that is not QEMU's first UART" 'QEMU_ARGS := -m 1024 -serial null' board/smdkv310/board.mk
rows "a usual figure of the SoC, and a note of it" \
	'/* .clock is not in the tree: the usual figure of SCLK_UART, as U-Boot sets it */
DEV(DEV_CONSOLE, "console", "s5p", 0x13810000, 0x100, .irq = 85, .clock = 100000000),' board/smdkv310/board.c
rows "syscon-reboot is a row; one of some bits is a comment" \
	'DEV(DEV_RESET, "reset", "regwrite", 0x10020400, 4, .irq = -1, .flags = 0x1),
* /restart-in-part changes the bits 0x6 of that word alone, and "regwrite" writes all of it:
*   DEV(DEV_RESET, "reset-2", "regwrite", 0x10020404, 4, .irq = -1, .flags = 0x2),' board/smdkv310/board.c
rows "QEMU's machine without GPIO: the list says so" \
	'4. QEMU: its smdkc210 has no GPIO block. The GPIO, LED, BUZZER and KEY rows are right for the
board; take them out to run the demonstration in QEMU.' out
sed 's/"made-up,sparse"/"cubietech,a10-cubieboard"/' tests/dts/sparse.dts >tests/dts/cubie.dts
from cubie cubie.dts
rows "no memory node, but a machine of QEMU's: as much as that has" 'MAP_RAM("ram", 0x40000000, SZ_1G),' board/cubie/board.c
rows "and -m says the same" 'QEMU_ARGS := -m 1024' board/cubie/board.mk
from unsized sparse.dts --qemu some-machine
rows "no -m is no empty QEMU_ARGS" 'QEMU_MACHINE := some-machine
# QEMU_ARGS := -m MEGABYTES' board/unsized/board.mk

from zynq zynq.dts --qemu some-machine
rows "QEMU= names the machine" 'QEMU_MACHINE := some-machine' board/zynq/board.mk
rows "the private region's timers are one window" 'DEV(DEV_TIMER, "timer", "twd", 0xF8F00200, 0x500, .irq = 29, .clock = 333333343),' board/zynq/board.c
from given sparse.dts --ram 0x40000000,512M
rows "RAM= is taken as it is" 'MAP_RAM("ram", 0x40000000, SZ_512M),' board/given/board.c
from chosen full.dts --console serial0
rows "CONSOLE= chooses another UART" 'DEV(DEV_CONSOLE, "console", "8250", 0x10104000, 0x100, .irq = 38, .clock = 0, .aux = 4),' board/chosen/board.c
from lacking sparse.dts --console /soc/serial@1c28400
rows "a console without a driver: no image yet, and it says so" \
	"check-map: not run: board/lacking/board.c has no console row yet (see the list above)" out

why=
for b in full sparse samsung mbus smdkv310 cubie zynq given chosen lacking; do
	gcc -std=gnu11 -Wall -Wextra -Werror -I. -c -o out.o "board/$b/board.c" >out 2>&1 || why="$why board/$b/board.c does not compile"
done
verdict "each board.c compiles without a warning"
if command -v clang-format >/dev/null; then
	why=
	clang-format --dry-run -Werror board/full/board.c board/sparse/board.c board/samsung/board.c board/mbus/board.c >out 2>&1 ||
		why="not laid out as make format would"
	verdict "each board.c is laid out as the house lays out"
else
	n=$((n + 1))
	echo "ok $n - each board.c is laid out as the house lays out # SKIP no clang-format here"
fi
why=
perl -Itools -MBlocks -e 'print map { "$_->[0] $_->[1]\n" } grep { !Blocks::has_driver(@$_) } Blocks::all_drivers()' >out
[ -s out ] && why="drivers/ has no such driver:"
verdict "every driver the tables can name exists"

# ---- make ----

why=
make -s new-board NAME=made FROM=tests/dts/full.dts INCLUDE=tests/dts/include >out 2>&1 || why="it failed"
for text in 'check-map: made: 7 rows, accepted' 'next:' 'make BOARD=made picture'; do
	grep -Fq "$text" out || why="$why; not said: $text"
done
verdict "make new-board ends with check-map and the next step"
why=
make -s new-board NAME=twin FROM=virt >out 2>&1 || why="it failed"
grep -Fq 'BOARD("twin");' board/twin/board.c || why="$why; BOARD() was not renamed"
grep -Fq 'check-map: twin:' out || why="$why; check-map was not run"
verdict "FROM=BOARD copies the folder and renames it"
rows "a copy runs no other board's machine" "# This names the copied board's machine; set your own:
# QEMU_MACHINE := virt
# QEMU_ALSO := virt,virtualization=on" board/twin/board.mk
rows "and its header says what it is" '* board/twin - copied from virt, of which this is said:' board/twin/board.c
rm -rf board/twin board/made
why=
# head is gone long before check-map has something to say
perl tools/new-board.pl --name made --from tests/dts/sparse.dts 2>err | head -n 1 >out
[ -d board/made ] || why="board/made was taken back"
! grep -q . err || why="$why; $(cat err)"
verdict "a reader that goes away is no refusal"
rm -rf board/made

# ---- refusals ----

refused "no NAME" 'NAME is missing' FROM=virt
refused "a NAME that is none" "NAME=a/b: a name is" NAME=a/b FROM=virt
refused "a NAME of two lines" "NAME=a b: a name is" "NAME=a
b" FROM=virt
# In each, what a shell would run if a quote got through to one.
pwned="x'; touch pwned; '"
for variable in NAME FROM INCLUDE RAM CONSOLE QEMU; do
	make -s new-board NAME=quote FROM=tests/dts/sparse.dts "$variable=$pwned" >out 2>&1
	rm -rf board/quote
done
why=
[ ! -e pwned ] || why="the quote reached a shell"
verdict "a quote reaches no shell"
refused "a QEMU that is no machine" 'a machine is letters, digits' NAME=x FROM=tests/dts/sparse.dts 'QEMU=virt other'
refused "a board that is there" 'board/virt is there already, and is not overwritten' NAME=virt FROM=x210
refused "no FROM" 'FROM is missing' NAME=x
refused "RAM for a copy" 'FROM=virt is a board, which is copied as it is: RAM cannot be given' NAME=x FROM=virt RAM=0,64M
refused "FROM that is not there" 'FROM=nothing.dtb: there is no such file, and no board of that name' NAME=x FROM=nothing.dtb
refused "FROM that is no device tree" 'FROM=README.md is not a device tree' NAME=x FROM=README.md
printf '/dts-v1/;\n/ { compatible = ; };\n' >bad.dts
refused "dtc's own words, with the file's name" 'bad.dts:2' NAME=x FROM=bad.dts
refused "an #include without its folder" 'dt-bindings/made-up.h
way out: if an #include was not found, name its folder' NAME=x FROM=tests/dts/full.dts
sed 's/arm,cortex-a7/arm,cortex-a57/' tests/dts/sparse.dts >a64.dts
refused "a 64-bit core" 'its core is arm,cortex-a57; the kit is for 32-bit ARMv7-A' NAME=x FROM=a64.dts
sed 's/, "allwinner,sun8i-h3"//; s/serial@/other@/; /serial0/d; s/snps,dw-apb-uart/made-up,thing/' tests/dts/sparse.dts >none.dts
refused "no RAM" 'no RAM: it has no memory node
way out: say it: RAM=BASE,SIZE' NAME=x FROM=none.dts
refused "no console" 'no console: no stdout-path
way out: name the UART: CONSOLE=' NAME=x FROM=none.dts RAM=0x40000000,64M
[ $n = 64 ]
