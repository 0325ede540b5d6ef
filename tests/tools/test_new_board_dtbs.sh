#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tests/tools/test_new_board_dtbs.sh - make new-board on the device trees of real
# boards: each gives a folder that compiles for the board and whose map table the
# host's judge accepts, or, where the kit lacks the console's driver, the list of
# what is left to do.  Prints TAP.
#
# usage: test_new_board_dtbs.sh DIR JUDGE HOSTCC COMPILER...
# DIR is what tools/fetch-dtbs.sh filled, JUDGE a folder with check-map's objects.
set -u

# A board, and what is its console: "-" where the kit has no driver for it.
boards='
exynos4210-smdkv310 s5p 0x13810000
exynos4412-odroidx s5p 0x13810000
exynos5250-arndale s5p 0x12C20000
exynos5422-odroidxu4 s5p 0x12C20000
imx51-babbage imx 0x73FBC000
imx53-qsb imx 0x53FBC000
imx6q-sabrelite imx 0x021E8000
imx6dl-cubox-i imx 0x02020000
imx6ul-14x14-evk imx 0x02020000
imx6sx-sdb imx 0x02020000
imx7d-sdb imx 0x30860000
sun4i-a10-cubieboard 8250 0x01C28000
sun5i-a13-olinuxino 8250 0x01C28400
sun6i-a31-hummingbird 8250 0x01C28000
sun7i-a20-cubietruck 8250 0x01C28000
sun8i-h3-orangepi-pc 8250 0x01C28000
sun9i-a80-optimus 8250 0x07000000
bcm2836-rpi-2-b pl011 0x3F201000
omap3-beagle-xm omap 0x49020000
omap4-panda-es omap 0x48020000
omap5-uevm omap 0x48020000
am335x-boneblack omap 0x44E09000
am57xx-beagle-x15 omap 0x48020000
vexpress-v2p-ca9 pl011 0x10009000
vexpress-v2p-ca15-tc1 pl011 0x1C090000
tegra124-jetson-tk1 8250 0x70006300
rk3036-kylin 8250 0x20068000
rk3188-radxarock 8250 0x20064000
rk3288-firefly 8250 0xFF690000
armada-370-mirabox 8250 0xD0012000
armada-388-clearfog 8250 0xF1012000
armada-xp-gp 8250 0xF1012000
dove-cubox 8250 0xF1012000
aspeed-ast2600-evb 8250 0x1E784000
socfpga_cyclone5_socdk 8250 0xFFC02000
socfpga_arria10_socdk_sdmmc 8250 0xFFC02100
highbank pl011 0xFFF36000
ecx-2000 pl011 0xFFF36000
mmp3-dell-ariel 8250 0xD4018000
stm32mp157c-dk2 - 0x40010000
meson8b-odroidc1 - 0xC81004C0
'

dtbs=$(cd "$1" && pwd) && judge=$(cd "$2" && pwd) && hostcc=$3 || exit 1
shift 3
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
tar cf - --exclude=./build --exclude=./.git . | tar xf - -C "$dir" || exit 1
cd "$dir" || exit 1
c=board/made/board.c
n=0

# written DRIVER BASE: the folder in board/made, with the console that is the board's
written() {
	if [ "$1" = - ]; then
		grep -q "^ \*   DEV(DEV_CONSOLE, \"console\", \"DRIVER\", $2," $c || why="no commented console row at $2"
		grep -q '^ *1\. ' out || why="$why; no list of what is left"
		grep -Fq 'no console row yet' out || why="$why; it does not say that there is no image yet"
	else
		grep -q "^	DEV(DEV_CONSOLE, \"console\", \"$1\", $2," $c || why="the console is not $1 at $2"
	fi
}

# builds DRIVER COMPILER...: for the board, and the judge accepts the table
builds() {
	driver=$1
	shift
	"$@" -c $c -o board.o >cc.out 2>&1 || why="$why; it does not compile: $(head -n 1 cc.out)"
	"$hostcc" -std=gnu11 -I. -Itests/model -Wl,--gc-sections $c "$judge"/*.o -o check-map >cc.out 2>&1 ||
		why="$why; the judge does not link: $(head -n 1 cc.out)"
	./check-map >map.out 2>&1 || why="$why; the judge refuses: $(grep '^map: ' map.out | head -n 2 | tr '\n' ' ')"
}

# board NAME DRIVER BASE COMPILER...
board() {
	name=$1
	driver=$2
	base=$3
	shift 3
	n=$((n + 1))
	why=
	rm -rf board/made
	if [ -n "$skip" ]; then
		echo "ok $n - $name # SKIP $skip"
		return
	elif [ ! -e "$dtbs/$name.dtb" ]; then
		echo "ok $n - $name # SKIP $(cat "$dtbs/complete") has no such device tree"
		return
	elif perl tools/new-board.pl --name made --from "$dtbs/$name.dtb" --make true >out 2>&1; then
		written "$driver" "$base"
		builds "$driver" "$@"
		seen=$((seen + 1))
	else
		why="new-board: $(tail -n 3 out | tr '\n' ' ')"
	fi
	if [ -z "$why" ]; then
		echo "ok $n - $name: $(grep -c '^	MAP_' $c) rows of the map, $(grep -Ec '^	(DEV|LED|KEY|BUZZER)\(' $c) devices," \
			"$(grep -Ec '^ *[0-9]+\. ' out) left to a person"
	else
		echo "not ok $n - $name"
		echo "# $why"
		sed 's/^/#   /' out
	fi
}

skip=
[ -e "$dtbs/complete" ] || skip=$(cat "$dtbs/why" 2>/dev/null || echo "nothing was fetched")
seen=0
total=$(printf '%s' "$boards" | grep -c .)
echo "1..$((total + 1))"
while read -r line_board line_driver line_base; do
	[ -z "$line_board" ] || board "$line_board" "$line_driver" "$line_base" "$@" </dev/null
done <<END
$boards
END
n=$((n + 1))
if [ -n "$skip" ]; then
	echo "ok $n - at least 30 boards # SKIP $skip"
elif [ $seen -ge 30 ]; then
	echo "ok $n - at least 30 boards: $seen"
else
	echo "not ok $n - at least 30 boards"
	echo "# only $seen of $total were there"
fi
