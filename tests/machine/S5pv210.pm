# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/S5pv210.pm - the S5PV210's addresses and interrupt numbers, as the tests
# of its machine need them; docs/s5pv210-machine.md says where they come from.
package S5pv210;

use strict;
use warnings;
use Exporter 'import';

our @EXPORT = qw($CHIPID $CLK $PMU $GPIO $PWM $SYSTIMER $WDT $RTC @UART @DMC @VIC $SROMC
	$GPIO_PATH $PSYS @banks %bank route raw);

our ($CHIPID, $CLK, $PMU, $GPIO) = (0xe0000000, 0xe0100000, 0xe0100000, 0xe0200000);
our ($PWM, $SYSTIMER, $WDT, $RTC) = (0xe2500000, 0xe2600000, 0xe2700000, 0xe2800000);
our @UART = map { 0xe2900000 + 0x400 * $_ } 0 .. 3;
our @DMC = (0xf0000000, 0xf1400000);
our @VIC = map { 0xf2000000 + 0x100000 * $_ } 0 .. 3;
our $SROMC = 0xe8000000;
our $GPIO_PATH = '/machine/soc/gpio';

# PCLK_PSYS as the boot ROM leaves it: MPLL 24 * 667 / 12 / 2, divided by 5 and 2.
our $PSYS = 24e6 * 667 / 12 / 2 / 5 / 2;

# [ name, offset, pins, number of its GPIO interrupt group or undef ], in the order
# of the model's pins: 8 numbers a bank
our @banks = (
	[ 'GPA0', 0x000, 8, 0 ], [ 'GPA1', 0x020, 4, 1 ], [ 'GPB', 0x040, 8, 2 ],
	[ 'GPC0', 0x060, 5, 3 ], [ 'GPC1', 0x080, 5, 4 ], [ 'GPD0', 0x0a0, 4, 5 ],
	[ 'GPD1', 0x0c0, 6, 6 ], [ 'GPE0', 0x0e0, 8, 7 ], [ 'GPE1', 0x100, 5, 8 ],
	[ 'GPF0', 0x120, 8, 9 ], [ 'GPF1', 0x140, 8, 10 ], [ 'GPF2', 0x160, 8, 11 ],
	[ 'GPF3', 0x180, 6, 12 ], [ 'GPG0', 0x1a0, 7, 13 ], [ 'GPG1', 0x1c0, 7, 14 ],
	[ 'GPG2', 0x1e0, 7, 15 ], [ 'GPG3', 0x200, 7, 16 ], [ 'GPI', 0x220, 7 ],
	[ 'GPJ0', 0x240, 8, 17 ], [ 'GPJ1', 0x260, 6, 18 ], [ 'GPJ2', 0x280, 8, 19 ],
	[ 'GPJ3', 0x2a0, 8, 20 ], [ 'GPJ4', 0x2c0, 5, 21 ],
	[ 'MP0_1', 0x2e0, 8 ], [ 'MP0_2', 0x300, 4 ], (map { [ "MP0_$_", 0x2c0 + 0x20 * $_, 8 ] } 3 .. 7),
	(map { [ "MP1_$_", 0x3c0 + 0x20 * $_, $_ == 8 ? 7 : 8 ] } 0 .. 8),
	(map { [ "MP2_$_", 0x4e0 + 0x20 * $_, $_ == 8 ? 7 : 8 ] } 0 .. 8),
	[ 'ETC0', 0x600, 6 ], [ 'ETC1', 0x620, 8 ], [ 'ETC2', 0x640, 8 ], [ 'ETC4', 0x660, 6 ],
	(map { [ "GPH$_", 0xc00 + 0x20 * $_, 8 ] } 0 .. 3),
);
our %bank = map { $_->[0] => $GPIO + $_->[1] } @banks;

# Let interrupt n (VIC * 32 + source) through to the core.
sub route {
	my ($q, $n) = @_;

	$q->w($VIC[ $n >> 5 ] + 0x10, 1 << ($n & 31));
}

# Its line, before any mask.
sub raw {
	my ($q, $n) = @_;

	return $q->r($VIC[ $n >> 5 ] + 8) >> ($n & 31) & 1;
}

1;
