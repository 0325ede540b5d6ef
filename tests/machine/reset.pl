#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/reset.pl - what every register of the S5PV210 machines says after
# power-on, and the same again after it was overwritten and the chip was reset.
# Prints TAP.
use strict;
use warnings;
use lib 'tests/machine';
use Qtest;
use S5pv210;
use Tap;

my $ones = 0xffffffff;

sub filled {
	my ($first, $last, $value) = @_;

	return map { $_ => $value } map { $first + 4 * $_ } 0 .. ($last - $first) / 4;
}

# The pads: an input reads its pull, and what the board pulls to its "off"; a board
# with keys pulls all pins of external interrupts up.
my %pad = (GPJ0 => 0x38, GPD0 => 0x02, map { $_ => 0xff } qw(GPH0 GPH1 GPH2 GPH3));

sub gpio {
	my %want;

	for (@banks) {
		my ($name, $offset, $pins, $group) = @$_;
		my $memory = $name =~ /^MP/;
		my $pull = $memory ? 0 : 0x5555 & (1 << 2 * $pins) - 1;

		if ($name !~ /^ETC/) {
			$want{$offset} = $memory ? 0x22222222 & (1 << 4 * $pins) - 1 : 0;
			$want{ $offset + 4 } = $pad{$name} // 0;
			$want{ $offset + $_ } = 0 for 0x10, 0x14;
		}
		$want{ $offset + 8 } = $pull;
		$want{ $offset + 0xc } = $memory ? 0xaaaa & (1 << 2 * $pins) - 1 : 0;
		next unless defined $group;
		$want{ 0x700 + 4 * $group } = $want{ 0xa00 + 4 * $group } = $want{ 0xb14 + 4 * $group } = 0;
		$want{ $_ + 8 * $group } = 0 for 0x800, 0x804;
		$want{ 0x900 + 4 * $group } = (1 << $pins) - 1;
	}
	return (%want, filled(0xb00, 0xb10, 0), filled(0xe00, 0xe0c, 0), filled(0xe80, 0xe9c, 0),
		filled(0xf00, 0xf0c, 0xff), filled(0xf40, 0xf4c, 0), 0xf80 => 0);
}

# [ block, base, { offset => value } ]
my @blocks = (
	[ 'chipid', $CHIPID, { 0 => 0x43110220, 4 => 0xc, 8 => 0, 12 => 0 } ],
	[ 'clk', $CLK, { (map { $_ => 0xfff } 0, 8, 0x10, 0x20),
		0x100 => 0xa07d0301, 0x108 => 0xa29b0c01, 0x110 => 0xa0600602, 0x114 => 0, 0x120 => 0xa06c0603,
		0x200 => 0x10001111, filled(0x204, 0x218, 0), filled(0x280, 0x284, $ones),
		0x300 => 0x14131440, filled(0x304, 0x31c, 0),
		filled(0x400, 0x408, $ones), filled(0x420, 0x424, $ones), filled(0x440, 0x444, $ones),
		filled(0x460, 0x470, $ones), filled(0x480, 0x484, $ones), 0x500 => 0, 0x7008 => 0 } ],
	[ 'pmu', $PMU, { 0x8000 => 3, 0xa000 => 1, 0xc000 => 0, 0xc004 => 0, 0xc008 => 0, 0xc00c => 0,
		0xc010 => 0xffffffbf, 0xc020 => 0x60000000, 0xc030 => 0x96000000, 0xc034 => 0xff, 0xc100 => 0xf,
		0xc104 => 0xfffff, 0xc110 => $ones, 0xc114 => 0x03ff03ff, 0xc200 => 0, 0xc204 => 0xbf, 0xc300 => 0x606,
		0xe000 => 0, 0xe100 => 0xc, 0xe800 => 1, 0xe804 => 0x960000, 0xe80c => 0, 0xe810 => 1, 0xe814 => 0,
		0xe818 => 0, 0xe81c => 0x5200, filled(0xf000, 0xf01c, 0) } ],
	[ 'gpio', $GPIO, { gpio() } ],
	[ 'pwm', $PWM, { 0 => 0x101, filled(4, 0x44, 0) } ],
	[ 'systimer', $SYSTIMER, { filled(0, 0x10, 0), filled(0x18, 0x20, 0) } ],
	[ 'wdt', $WDT, { 0 => 0x8021, 4 => 0x8000, 8 => 0x8000, 12 => 0 } ],
	[ 'rtc', $RTC, { map { $_ => 0 } 0x30, 0x40, 0x44, 0x50 .. 0x54, 0x58, 0x5c, 0x60, 0x64, 0x68, 0x6c, 0x90, 0x94 } ],
	(map { [ "uart$_", $UART[$_], { filled(0, 0xc, 0), 0x10 => 6, filled(0x14, 0x1c, 0), filled(0x24, 0x38, 0) } ] } 0 .. 3),
	(map { [ "dmc$_", $DMC[$_], { 0x40 => 0x46c7 } ] } 0, 1),
	[ 'sromc', $SROMC, { 0 => 8, filled(4, 0x18, 0x000f0000) } ],
	(map { [ "vic$_", $VIC[$_], { filled(0, 0x20, 0), 0x24 => 0xffff, 0x28 => 0xf, filled(0x100, 0x17c, 0),
		filled(0x200, 0x27c, 0xf), 0xf00 => 0, 0xfe0 => 0x92, 0xfe4 => 0x11, 0xfe8 => 4, 0xfec => 0,
		0xff0 => 0xd, 0xff4 => 0xf0, 0xff8 => 5, 0xffc => 0xb1 } ] } 0 .. 3),
);

sub check {
	my ($q, $when, %other) = @_;

	for (@blocks) {
		my ($name, $base, $want) = @$_;
		my @wrong = map {
			my ($got, $should) = ($q->r($base + $_), $other{"$name+$_"} // $want->{$_});

			$got == $should ? () : sprintf '+0x%x is 0x%x, should be 0x%x', $_, $got, $should;
		} sort { $a <=> $b } grep { !($_ & 3) } keys %$want;
		ok(!@wrong, "$name: reset values $when", join '; ', @wrong);
	}
}

# What would stop the machine or start it again: PS_HOLD, SWRESET and the watchdog
# are put last, or not at all.
sub overwrite {
	my ($q) = @_;

	for (@blocks) {
		my ($name, $base, $want) = @$_;

		next if $name =~ /^(chipid|wdt)$/;
		$q->w($base + $_, 0x5a5a5a5a) for grep { !($_ & 3) && $_ != 0xe81c } keys %$want;
	}
}

my $q = Qtest->start;
check($q, 'at power-on');
is_hex($q->get(1, $CLK + 0x101), 0x03, 'a byte of a register is that byte');
is_hex($q->get(2, $CLK + 0x102), 0xa07d, 'a half of it, that half');

overwrite($q);
$q->w($PMU + 0xf000, 0x1234, $PMU + 0xf01c, 0x5678);
$q->w($CLK + 0x2000, 1);
$q->event('RESET');
check($q, 'after SWRESET', 'pmu+' . 0xa000 => 8, 'pmu+' . 0xf000 => 0x1234, 'pmu+' . 0xf01c => 0x5678,
	map { 'pmu+' . (0xf000 + 4 * $_) => 0x5a5a5a5a } 1 .. 6);
$q->qmp('system_reset');
$q->event('RESET');
check($q, 'after power was gone');
is($q->stop, 0, 'x210 ends');

$q = Qtest->start(machine => 'tiny210');
is_hex($q->r($bank{GPJ2} + 4), 0x0f, 'tiny210: LEDs off, their pins high');
is_hex($q->r($bank{GPH2} + 4), 0xff, 'tiny210: keys up, their pins high');
is_hex($q->r($bank{GPH3} + 4), 0xff, 'tiny210: four keys more, and what has none');
is_hex($q->r($bank{GPJ0} + 4), 0, "tiny210: the x210's LEDs are not there");
is($q->stop, 0, 'tiny210 ends');

$q = Qtest->start(machine => 'smdkv210');
is_hex($q->r($bank{$_} + 4), 0, "smdkv210: nothing hangs on $_") for qw(GPJ0 GPJ2 GPH2);
is($q->stop, 0, 'smdkv210 ends');
done();
