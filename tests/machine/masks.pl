#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/masks.pl - which bits of a register can be written, which only be read,
# and which are cleared by writing 1.  Prints TAP.
use strict;
use warnings;
use lib 'tests/machine';
use Qtest;
use S5pv210;
use Tap;

my $ones = 0xffffffff;
my $q = Qtest->start;

# kept(name, address, bits that keep what is written, bits that read 1 whatever)
sub kept {
	my ($name, $address, $bits, $fixed) = @_;
	my $before = $q->r($address);

	$fixed //= 0;
	$q->w($address, $ones);
	my $set = $q->r($address);
	$q->w($address, 0);
	my $clear = $q->r($address);
	# one byte alone, on a word of ones
	my $lane = 0;
	if ($bits & 0xff00) {
		$q->w($address, $ones);
		$q->put(1, $address + 1, 0);
		$lane = $q->r($address) ^ (($bits & ~0xff00) | $fixed);
	}
	$q->w($address, $before);
	ok($set == ($bits | $fixed) && $clear == $fixed && !$lane, "$name keeps what it should",
		sprintf 'ones give 0x%x, zeros 0x%x; should be 0x%x and 0x%x; a byte touches 0x%x too much', $set, $clear,
		$bits | $fixed, $fixed, $lane);
}

# read_only(name, address...): neither ones nor zeros change them
sub read_only {
	my ($name, @addresses) = @_;
	my @changed;

	for (@addresses) {
		my $before = $q->r($_);

		for my $value ($ones, 0) {
			$q->w($_, $value);
			push @changed, sprintf '0x%x: 0x%x became 0x%x', $_, $before, $q->r($_) if $q->r($_) != $before;
		}
	}
	ok(!@changed, "$name cannot be written", join '; ', @changed);
}

sub each_bank {
	for (@banks) {
		my ($name, $offset, $pins, $group) = @$_;
		my ($one, $two, $four) = map { (1 << $pins * $_) - 1 } 1, 2, 4;
		my $at = $GPIO + $offset;

		kept("$name PUD", $at + 8, $two);
		kept("$name DRV", $at + 12, $two);
		next if $name =~ /^ETC/;
		kept("$name CON", $at, $four);
		kept("$name CONPDN", $at + 0x10, $two);
		kept("$name PUDPDN", $at + 0x14, $two);
		next unless defined $group;
		kept("$name FLTCON0", $GPIO + 0x800 + 8 * $group, $ones);
		kept("$name FLTCON1", $GPIO + 0x804 + 8 * $group, $ones);
		kept("$name FIXPRI", $GPIO + 0xb14 + 4 * $group, 7);
	}
	# outputs: DAT is what was written, on the bank's pins and no more
	for (grep { $_->[0] !~ /^ETC/ } @banks) {
		my ($name, $offset, $pins) = @$_;

		$q->w($GPIO + $offset, 0x11111111);
		kept("$name DAT", $GPIO + $offset + 4, (1 << $pins) - 1);
		$q->w($GPIO + $offset, 0);
	}
}

each_bank();
kept("EXT_INT_${_}_CON", $GPIO + 0xe00 + 4 * $_, 0x77777777) for 0 .. 3;
kept("EXT_INT_${_}_MASK", $GPIO + 0xf00 + 4 * $_, 0xff) for 0 .. 3;
$q->w($GPIO + 0xf40, 0xff);
kept("$_->[0]", $GPIO + $_->[1], $_->[2]) for [ 'GPIO_INT_GRPPRI', 0xb00, 1 ], [ 'GPIO_INT_GRPFIXPRI', 0xb10, 0x1f ];
read_only('GPIO_INT_SVC and SVC_PEND', $GPIO + 0xb08, $GPIO + 0xb0c);

kept('TCFG0', $PWM, 0xffffff);
kept('TCFG1', $PWM + 4, 0xfffff);
# with something to count: a timer that has run out clears its own start bit
$q->w($PWM + 0xc + 12 * $_, $ones) for 0 .. 4;
kept('TCON', $PWM + 8, 0x7fff1f);
kept("TCNTB$_", $PWM + 0xc + 12 * $_, $ones) for 0 .. 4;
kept("TCMPB$_", $PWM + 0x10 + 12 * $_, $ones) for 0 .. 3;
read_only('TCNTO0..4', map { $PWM + $_ } 0x14, 0x20, 0x2c, 0x38, 0x40);
kept('TINT_CSTAT, enables', $PWM + 0x44, 0x1f);

kept('system timer TCFG, but for SWRST', $SYSTIMER, 0xffff);
kept('TICNTB', $SYSTIMER + 8, $ones);
kept('ICNTB', $SYSTIMER + 0x18, $ones);
read_only('TICNTO and ICNTO', $SYSTIMER + 0xc, $SYSTIMER + 0x1c);
$q->w($SYSTIMER + 0x20, 0x3e);
kept('INT_CSTAT, enables', $SYSTIMER + 0x20, 0x7c1);
for ([ 0x08, 2 ], [ 0x10, 3 ], [ 0x18, 4 ], [ 0x04, 5 ]) {
	my ($register, $bit) = @$_;

	$q->w($SYSTIMER + 0x20, 0x3e);
	$q->w($SYSTIMER + $register, 0);
	$q->r($SYSTIMER + 0x20);                # not at once: see timers.pl
	is_hex($q->r($SYSTIMER + 0x20), 1 << $bit, sprintf 'a write of +0x%02x shows in INT_CSTAT', $register);
	$q->w($SYSTIMER + 0x20, 0x3e & ~(1 << $bit));
	is_hex($q->r($SYSTIMER + 0x20), 1 << $bit, '... ones elsewhere let it stand');
	$q->w($SYSTIMER + 0x20, 1 << $bit);
	is_hex($q->r($SYSTIMER + 0x20), 0, '... and a one there clears it');
}

kept('WTCON', $WDT, 0xff3d);
kept('WTDAT', $WDT + 4, 0xffff);
# stopped: a count of 0 that runs is WTDAT the next moment
$q->w($WDT, 0);
kept('WTCNT', $WDT + 8, 0xffff);

kept('RTCCON', $RTC + 0x40, 0x3ff);
kept('TICNT', $RTC + 0x44, $ones);
kept('RTCALM', $RTC + 0x50, 0x7f);
my @fields = (0x7f, 0x7f, 0x3f, 0x3f, 0x1f, 0xfff);
kept("ALM$_->[0]", $RTC + 0x54 + 4 * $_->[1], $fields[ $_->[1] ])
	for [ 'SEC', 0 ], [ 'MIN', 1 ], [ 'HOUR', 2 ], [ 'DATE', 3 ], [ 'MON', 4 ], [ 'YEAR', 5 ];
read_only('the calendar, with RTCCON 0', map { $RTC + 0x70 + 4 * $_ } 0 .. 6);
$q->w($RTC + 0x40, 1);
@fields = (0x7f, 0x7f, 0x3f, 0x3f, 7, 0x1f, 0xfff);
kept("BCD$_->[0], with RTCCON 1", $RTC + 0x70 + 4 * $_->[1], $fields[ $_->[1] ])
	for [ 'SEC', 0 ], [ 'MIN', 1 ], [ 'HOUR', 2 ], [ 'DATE', 3 ], [ 'DAY', 4 ], [ 'MON', 5 ], [ 'YEAR', 6 ];
read_only('CURTICCNT', $RTC + 0x90);

for my $n (0 .. 3) {
	my $u = $UART[$n];

	kept("UART$n ULCON", $u, 0x7f);
	kept("UART$n UCON", $u + 4, 0x1ffff);
	kept("UART$n UFCON, but for the resets", $u + 8, 0x771);
	kept("UART$n UBRDIV", $u + 0x28, 0xffff);
	kept("UART$n UDIVSLOT", $u + 0x2c, 0xffff);
	kept("UART$n UINTM", $u + 0x38, 0xf);
	read_only("UART$n status", map { $u + $_ } 0x10, 0x14, 0x18, 0x1c);
}

for my $n (0 .. 3) {
	my $v = $VIC[$n];

	kept("VIC$n INTSELECT", $v + 0xc, $ones);
	kept("VIC$n PROTECTION", $v + 0x20, 1);
	kept("VIC$n SWPRIORITYMASK", $v + 0x24, 0xffff);
	kept("VIC$n PRIORITYDAISY", $v + 0x28, 0xf);
	kept("VIC$n VECTADDR$_", $v + 0x100 + 4 * $_, $ones) for 0, 31;
	kept("VIC$n VECTPRIORITY$_", $v + 0x200 + 4 * $_, 0xf) for 0, 31;
	read_only("VIC$n status and ids", map { $v + $_ } 0, 4, 8, 0xfe0, 0xfe4, 0xfe8, 0xfec, 0xff0, 0xff4, 0xff8, 0xffc);
}

# PLLs: LOCKED is ENABLE, at once
for ([ 'APLL', 0x100 ], [ 'MPLL', 0x108 ], [ 'EPLL', 0x110 ], [ 'VPLL', 0x120 ]) {
	my ($name, $offset) = @$_;

	kept("$name, LOCKED follows ENABLE", $CLK + $offset, $ones);
	$q->w($CLK + $offset, 0x20000000);
	is_hex($q->r($CLK + $offset), 0, "$name: LOCKED cannot be written");
	$q->w($CLK + $offset, 0x80000000);
	is_hex($q->r($CLK + $offset), 0xa0000000, "$name: on is locked");
}
kept($_->[0], $CLK + $_->[1], $ones) for [ 'CLK_SRC0', 0x200 ], [ 'CLK_DIV0', 0x300 ], [ 'CLK_GATE_IP3', 0x46c ],
	[ 'CLK_OUT', 0x500 ], [ 'DISPLAY_CONTROL', 0x7008 ];
read_only('CHIPID', map { $CHIPID + 4 * $_ } 0 .. 3);
read_only('RST_STAT, BLK_PWR_STAT and OM_STAT', map { $PMU + $_ } 0xa000, 0xc204, 0xe100);
kept('OTHERS, but for the releases', $PMU + 0xe000, 0x0fffffff);
kept("INFORM$_", $PMU + 0xf000 + 4 * $_, $ones) for 0 .. 7;
read_only('DMC PHYSTATUS', map { $_ + 0x40 } @DMC);
kept('DMC0 MEMCONFIG0', $DMC[0] + 8, $ones);
kept('SROMC BW', $SROMC, $ones);

is($q->stop, 0, 'the machine ends');
done();
