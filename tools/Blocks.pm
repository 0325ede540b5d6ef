# SPDX-License-Identifier: BSD-2-Clause
# tools/Blocks.pm - what the kit knows by name: compatible strings and their
# drivers, and the few figures of a SoC that no device tree carries.
#
# A new driver needs a line here.  A line may name a driver that drivers/ lacks:
# has_driver() asks the sources, and the row is written as a comment then.
package Blocks;

use strict;
use warnings;
use Fdt;

# Each table: [pattern, driver, what else the rows need].

# clock: names in clock-names; stride: bytes between registers where reg-shift does
# not say; before: where the driver's first register is, in front of the node's.
our @UARTS = (
	[qr/^arm,(pl011|sbsa-uart)$/, 'pl011', { clock => ['uartclk'] }],
	[qr/^samsung,(s5pv210|exynos\w*|s3c6400)-uart$/, 's5p', { clock => ['clk_uart_baud0', 'uart'] }],
	[qr/^brcm,bcm2835-aux-uart$/, 'bcm2835-aux', { before => 0x40 }],
	[qr/^fsl,imx\w+-uart$/, 'imx', { clock => ['per'] }],
	[qr/^(xlnx,xuartps|cdns,uart-r1p\w+)$/, 'cadence', { clock => ['uart_clk', 'ref_clk'] }],
	[qr/^ti,(omap[2345]|am3352|am4372|am654|dra742)-uart$/, 'omap', {}],
	[qr/^snps,dw-apb-uart$/, '8250', { clock => ['baudclk'] }],
	[qr/^marvell,armada-38x-uart$/, '8250', { clock => ['baudclk'] }],
	[qr/^nvidia,tegra(20|30|114|124)-uart$/, '8250', { stride => 4 }],
	[qr/^(mrvl,mmp-uart|intel,xscale-uart)$/, '8250', { stride => 4 }],
	[qr/^nuvoton,npcm750-uart$/, '8250', { stride => 4 }],
	# divides by more than 16 where a register of its own says so, which stays the loader's
	[qr/^mediatek,mt6577-uart$/, '8250', { stride => 4, keep => 'it may divide by other than 16' }],
	[qr/^(ns16550a?|ns8250|ns16450|ns16750|altr,16550-FIFO\d+)$/, '8250', {}],
);

# cells: how a reference's arguments become a line; name: what the row is called
# where gpioN would say less.
our @GPIOS = (
	[qr/^arm,pl061$/, 'pl061', {}],
	[qr/^samsung,(s5pv210|exynos\w+)-pinctrl$/, 's5p', { cells => 's5p' }],
	[qr/^brcm,bcm(2835|2711)-gpio$/, 'bcm2835', {}],
	[qr/^fsl,imx(35|51|53|6\w+|7\w+)-gpio$/, 'imx', {}],
	[qr/^allwinner,sun(?!20i-d1|8i-v853|55i)[\w-]+-r-pinctrl$/, 'sunxi', { cells => 'sunxi', name => 'r-pio' }],
	[qr/^allwinner,sun(?!20i-d1|8i-v853|55i)[\w-]+-pinctrl$/, 'sunxi', { cells => 'sunxi', name => 'pio' }],
	[qr/^xlnx,zynq-gpio-1\.0$/, 'zynq', {}],
	[qr/^ti,omap3-gpio$/, 'omap3', {}],
	[qr/^ti,omap4-gpio$/, 'omap4', {}],
	[qr/^arm,vexpress-sysreg,sys_led$/, 'ledreg', { lines => 8, outputs_only => 1 }],
	# plain registers: where the data and the direction register are, and its sense.
	# Their inputs are read elsewhere, so no key can hang on them.
	[qr/^rockchip,(gpio-bank|rk3188-gpio-bank0)$/, 'mmio', { data => 0x00, dir => 0x04, outputs_only => 1 }],
	[qr/^marvell,(orion|mv78200|armadaxp|armada-370)-gpio$/, 'mmio',
		{ data => 0x00, dir => 0x04, input_high => 1, outputs_only => 1 }],
	[qr/^snps,dw-apb-gpio-port$/, 'mmio',
		{ data => 0x00, dir => 0x04, per_port => 0x0c, parent_window => 1, outputs_only => 1 }],
);

our @INTCS = (
	[qr/^arm,(gic-400|cortex-a(5|7|9|15)-gic|pl390|eb11mp-gic|tc11mp-gic|arm1176jzf-devchip-gic)$/, 'gic', {}],
	[qr/^(qcom,msm-qgic2|qcom,msm-8660-qgic)$/, 'gic', {}],
	[qr/^arm,(pl192-vic|versatile-vic)$/, 'pl192', {}],
	[qr/^brcm,bcm2836-l1-intc$/, 'bcm2836', {}],
	[qr/^allwinner,sun4i-a10-ic$/, 'sun4i', {}],
	[qr/^ti,(am33xx|omap3)-intc$/, 'omap', {}],
);

# The first that works is taken: prefer the low number.
our @TIMERS = (
	[qr/^arm,armv7-timer$/, 'generic', { prefer => 1 }],
	[qr/^arm,sp804$/, 'sp804', { prefer => 2, clock => ['timclken1', 'timer1clk', 'timer0clk'] }],
	[qr/^allwinner,(sun4i-a10|sun8i-a23|sun8i-v3s|suniv-f1c100s)-timer$/, 'sun4i', { prefer => 3 }],
	[qr/^arm,cortex-a(9|5)-twd-timer$/, 'twd', { prefer => 4 }],
	[qr/^samsung,(s5pc100|exynos4210|s5p6440)-pwm$/, 's5p', { prefer => 5 }],
	[qr/^fsl,imx(31|51|53|6q|6dl|6sl|6sx|6ul|7d)-gpt$/, 'imx-gpt', { prefer => 6, clock => ['ipg'] }],
	# The first of these is timer 2, which U-Boot clocks and uses; others may be off, and abort.
	[qr/^ti,am335x-timer$/, 'omap4', { prefer => 7, clock => ['fck'] }],
	[qr/^ti,(omap3430-timer|am335x-timer-1ms)$/, 'omap3', { prefer => 98, clock => ['fck'],
		off => 'a timer that the loader has not clocked aborts; move the row up if yours clocks this one' }],
);

our @PWMS = ([qr/^samsung,(s5pc100|exynos4210|s5p6440)-pwm$/, 's5p', {}]);

# What the tables know a node as: (driver, what else), by its strings in order.
sub known {
	my ($table, $node) = @_;

	for my $string (Fdt::compatible($node)) {
		for (@$table) {
			return ($_->[1], $_->[2]) if $string =~ $_->[0];
		}
	}
	return;
}

my %have;

# has_driver($kind, $name): do the sources have drivers/KIND_*.c with that name?  A
# console needs an early console, too.
sub has_driver {
	my ($kind, $name) = @_;

	$have{$kind} //= { map { $_ => 1 } map { slurp($_) =~ /(?:\.name = |_OPS\()"([^"]+)"/g } glob("drivers/${kind}_*.c") };
	return 0 unless $have{$kind}{$name};
	return $kind ne 'uart' || -e "drivers/earlycon_$name.c";
}

# all_drivers(): [kind, name] of every driver the tables can name
sub all_drivers {
	my %kinds = (uart => \@UARTS, gpio => \@GPIOS, irq => \@INTCS, timer => \@TIMERS, pwm => \@PWMS);
	my %seen;

	return grep { !$seen{"@$_"}++ } map { my $kind = $_; map { [$kind, $_->[1]] } @{$kinds{$kind}} } sort keys %kinds;
}

sub slurp {
	my ($path) = @_;

	open my $f, '<', $path or return '';
	local $/;
	return <$f>;
}

# ---- processor cores ----

our $ARMV7 = qr/^(arm,cortex-a(5|7|8|9|12|15|17)|qcom,(krait|scorpion)|marvell,(pj4a?|pj4b|pj4b-v7|sheeva-v7)|brcm,brahma-b15)$/;
our $OTHER_CORES = qr/^(arm|marvell|nvidia|apple|cavium|qcom|faraday|mrvl|intel|brcm|ampere|fujitsu)[,-]/;

# ---- SoCs: matched against the root's compatible ----

# ram: where RAM begins, for trees that leave it to the boot loader.
# uart: the usual input clock of the UARTs, and why.  Only where that is fixed in
# hardware or by every boot loader; else the loader's set-up is kept.
# console: the alias its boards use, where a tree has no stdout-path.
# no_pl310: the cache controller takes orders only through firmware.
our @SOCS = (
	[qr/^allwinner,sun9i/, { ram => 0x20000000, uart => [24000000, 'the oscillator'] }],
	[qr/^(allwinner,|nextthing,gr8)/, { ram => 0x40000000, uart => [24000000, 'the oscillator'] }],
	[qr/^brcm,bcm283[67]$/, { ram => 0, uart_pl011 => [48000000, 'what its firmware sets'] }],
	[qr/^fsl,imx6(ul|ull|ulz|sl|sll|sx)/, { ram => 0x80000000, uart => [80000000, 'PLL3 / 6, the reset value'],
		gpt => [66000000, 'the usual IPG clock'] }],
	[qr/^fsl,imx6/, { ram => 0x10000000, uart => [80000000, 'PLL3 / 6, the reset value'],
		gpt => [66000000, 'the usual IPG clock'] }],
	[qr/^fsl,imx7/, { ram => 0x80000000, uart => [24000000, 'the oscillator, the reset value'] }],
	[qr/^ti,am33xx|^ti,am43|^ti,omap[345]|^ti,dra7|^ti,am57/, { ram => 0x80000000,
		uart => [48000000, 'the functional clock'] }],
	[qr/^ti,am33xx/, { dmtimer => [24000000, 'the oscillator, as U-Boot sets timer 2'] }],
	[qr/^ti,omap[345]/, { console => 'serial2' }],
	[qr/^ti,omap4|^ti,am43|^samsung,exynos4/, { no_pl310 => 1 }],
	[qr/^rockchip,/, { console => 'serial2', ram => 0x60000000, uart => [24000000, 'the oscillator'] }],
	[qr/^nuvoton,npcm750/, { uart => [24000000, 'what its boot loader sets'] }],
	[qr/^aspeed,ast2600/, { uart => [1846154, '24 MHz / 13'] }],
	[qr/^nvidia,tegra(30|114|124)/, { uart => [408000000, 'PLLP'] }],
	[qr/^nvidia,tegra20/, { uart => [216000000, 'PLLP'] }],
	[qr/^samsung,exynos4210/, { uart => [100000000, 'the usual figure of SCLK_UART, as U-Boot sets it'] }],
	[qr/^xlnx,zynq-7000/, { uart => [50000000, 'the usual figure of Xilinx\'s start-up code'],
		twd => [333333343, 'half of the usual 666.7 MHz'] }],
	[qr/^st,stm32mp1/, { ram => 0xC0000000 }],
);

# soc_figure($node, $what): the first of the table that fits the root node
sub soc_figure {
	my ($root, $what) = @_;

	for my $soc (@SOCS) {
		return $soc->[1]{$what} if defined $soc->[1]{$what} && Fdt::compatible_with($root, $soc->[0]);
	}
	return undef;
}

# QEMU's name for a board, and how much RAM that machine can have, or insists on
# (only, or usual where the tree leaves it open).  uarts: its serial lines in QEMU's order, by address (of so many, so far
# apart).  no_gpio: it has nothing at the GPIO block's address.  Read from QEMU 7.2,
# hw/arm.
our @QEMU = (
	[qr/^arm,realview-pb-a8$/, 'realview-pb-a8', max => 512, uarts => apart(0x10009000, 0x1000, 4)],
	[qr/^arm,realview-pbx$/, 'realview-pbx-a9', max => 512, uarts => apart(0x10009000, 0x1000, 4)],
	[qr/^arm,vexpress,v2p-ca9$/, 'vexpress-a9', max => 1024, uarts => apart(0x10009000, 0x1000, 4)],
	[qr/^arm,vexpress,v2p-ca15/, 'vexpress-a15', max => 1024, uarts => apart(0x1C090000, 0x10000, 4)],
	[qr/^raspberrypi,2-model-b$/, 'raspi2b', only => 1024, uarts => [0x3F201000, 0x3F215040]],
	[qr/^xunlong,orangepi-pc$/, 'orangepi-pc', only => 1024, no_gpio => 1, uarts => apart(0x01C28000, 0x400, 4)],
	[qr/^cubietech,a10-cubieboard$/, 'cubieboard', max => 1024, usual => 1024, no_gpio => 1, uarts => [0x01C28000]],
	[qr/^fsl,imx6q-sabrelite$/, 'sabrelite', max => 1024,
		uarts => [0x02020000, 0x021E8000, 0x021EC000, 0x021F0000, 0x021F4000]],
	[qr/^fsl,imx6ul-14x14-evk$/, 'mcimx6ul-evk', max => 512,
		uarts => [0x02020000, 0x021E8000, 0x021EC000, 0x021F0000, 0x021F4000, 0x021FC000, 0x02018000, 0x02024000]],
	[qr/^fsl,imx7d-sdb$/, 'mcimx7d-sabre', max => 1024,
		uarts => [0x30860000, 0x30890000, 0x30880000, 0x30A60000, 0x30A70000, 0x30A80000, 0x30A90000]],
	[qr/^xlnx,zynq-zc702$/, 'xilinx-zynq-a9', max => 1024, no_gpio => 1, uarts => apart(0xE0000000, 0x1000, 2)],
	[qr/^samsung,smdkv310$/, 'smdkc210', only => 1024, no_gpio => 1, uarts => apart(0x13800000, 0x10000, 4)],
	[qr/^aspeed,ast2600-evb/, 'ast2600-evb', only => 1024, uarts => [0x1E784000]],
	[qr/^nuvoton,npcm750-evb$/, 'npcm750-evb', max => 512, uarts => apart(0xF0001000, 0x1000, 4)],
	[qr/^calxeda,highbank$/, 'highbank', max => 2048, uarts => [0xFFF36000]],
	[qr/^calxeda,ecx-2000$/, 'midway', max => 2048, uarts => [0xFFF36000]],
);

# apart($first, $step, $n): that many addresses
sub apart {
	my ($first, $step, $n) = @_;

	return [map { $first + $_ * $step } 0 .. $n - 1];
}

1;
