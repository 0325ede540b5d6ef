#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/state.pl - a machine saved and loaded into another QEMU goes on exactly:
# every block in the middle of something, and the kit's own image in the middle of
# its demonstration.  Prints TAP.
#
# usage: state.pl build/x210/mercator.elf
use strict;
use warnings;
use File::Temp qw(tempdir);
use lib 'tests/machine';
use Qtest;
use S5pv210;
use Tap;

my $dir = tempdir('mercator-XXXXXX', TMPDIR => 1, CLEANUP => 1);

# ---- the blocks, without a core ----

# What can be read without changing it.
my @blocks = ([ 'clk', $CLK, 0x500 ], [ 'pmu', $PMU + 0x8000, 0x7020 ], [ 'gpio', $GPIO, 0xf84 ], [ 'pwm', $PWM, 0x48 ],
	[ 'systimer', $SYSTIMER, 0x24 ], [ 'wdt', $WDT, 0xc ], [ 'rtc', $RTC, 0x98 ],
	(map { [ "uart$_", $UART[$_], 0x3c ] } 0 .. 3), (map { [ "vic$_", $VIC[$_], 0x280 ] } 0 .. 3), [ 'dmc0', $DMC[0], 0x58 ]);
my %not_read = map { $_ => 1 } map { ($_ + 0x14, $_ + 0x24) } @UART;

sub picture {
	my ($q) = @_;

	return map {
		my ($name, $base, $size) = @$_;

		map { "$name+" . sprintf('%x=%x', $_ - $base, $q->r($_)) }
			grep { !$not_read{$_} } map { $base + 4 * $_ } 0 .. $size / 4 - 1;
	} @blocks;
}

sub differences {
	my ($one, $two) = @_;

	return join '; ', map { "$one->[$_] became $two->[$_]" } grep { $one->[$_] ne $two->[$_] } 0 .. $#$one;
}

# Everything in the middle of something.
sub busy {
	my ($q) = @_;

	$q->w($CLK + 0x300, 0x24131440, $PMU + 0xf004, 0xabcd, $DMC[0] + 8, 0x20f01323);
	$q->w($bank{GPD0}, 0x2222, $bank{GPJ0}, 0x111000, $bank{GPJ0} + 4, 0x10, $bank{GPH0}, 0xf00, $GPIO + 0xe00, 0x200,
		$GPIO + 0xf00, 0xfb);
	$q->qom_set('/machine/sw5', 'pressed', 'true');
	$q->qom_set($GPIO_PATH, 'GPJ2_2', 'true');
	$q->w($PWM, 0x4101, $PWM + 0xc, 40000, $PWM + 0x10, 10000, $PWM + 0x18, 30000, $PWM + 0x1c, 9, $PWM + 0x3c, 1_000_000);
	$q->w($PWM + 8, 0x200202, $PWM + 8, 0x500d0d, $PWM + 0x44, 0x13);
	$q->w($SYSTIMER + 8, 23999, $SYSTIMER + 0x18, 77, $SYSTIMER + 0x20, 0x41, $SYSTIMER + 4, 0x29);
	$q->r($SYSTIMER + 0x20);         # from now on it reads the same
	$q->w($WDT + 4, 5000, $WDT + 8, 4000, $WDT, 0xff3c);
	$q->w($RTC + 0x54, 0x30, $RTC + 0x50, 0x41, $RTC + 0x44, 50, $RTC + 0x40, 0x180);
	for my $n (0 .. 3) {
		$q->w($UART[$n], 3, $UART[$n] + 8, 0x71, $UART[$n] + 4, 0xa5, $UART[$n] + 0x28, 35, $UART[$n] + 0x38, 2 + $n);
		$q->w($UART[$n] + 0x20, $_) for 1 .. 5 + $n;
		$q->w($VIC[$n] + 0x100 + 4 * $_, 0x1000 * $n + $_, $VIC[$n] + 0x200 + 4 * $_, $_ & 15) for 0 .. 31;
		$q->w($VIC[$n] + 0x18, 0x11 << $n, $VIC[$n] + 0xc, 2 << $n);
	}
	$q->w($VIC[$_] + 0x10, 0x7fffffff) for 0 .. 3;
	$q->r($VIC[0] + 0xf00);         # one is in service
	$q->step(12_345_678);
}

my $one = Qtest->start(args => [ '-rtc', 'base=2024-02-29T23:59:50,clock=vm' ]);
busy($one);
my @before = picture($one);
$one->qmp('stop');
$one->save("$dir/blocks");
my $two = Qtest->start(incoming => 1, args => [ '-rtc', 'base=1999-01-01,clock=vm', '-incoming', 'defer' ]);
$two->command("clock_set $one->{now}");
$two->restore("$dir/blocks");
$two->qmp('cont');
my @after = picture($two);
is(differences(\@before, \@after), '', 'every register is as it was saved');
is($two->qom_get($_->[0], $_->[1]), $one->qom_get($_->[0], $_->[1]), "$_->[0] $_->[1] too")
	for [ '/machine/sw5', 'pressed' ], [ '/machine/led0', 'lit' ], [ '/machine/led1', 'lit' ], [ $GPIO_PATH, 'GPJ2_2' ],
	[ $GPIO_PATH, 'GPD0_0' ];
$one->qmp('cont');
for my $ns (1, 1000, 333_333, 50_000_000, 10_000_000_000) {
	$_->step($ns) for $one, $two;
	is(differences([ picture($one) ], [ picture($two) ]), '', "and both are the same $ns ns later");
}
for my $q ($one, $two) {
	$q->{fifo} = join ' ', map { my $u = $_; map { $q->r($u + 0x24) } 1 .. 9 } @UART;
	$q->{vectors} = join ' ', map { my $v = $_; map { $q->w($v + 0xf00, 0); $q->r($v + 0xf00) } 1 .. 3 } @VIC;
}
is($two->{fifo}, $one->{fifo}, 'what waits in the FIFOs comes out the same');
is($two->{vectors}, $one->{vectors}, 'and so do the vectors');
ok($one->{fifo} =~ /^1 2 3 4 5 0/, 'which are those that were sent', $one->{fifo});
is($_->stop, 0, 'a machine ends') for $one, $two;

# ---- the demonstration ----

sub demo {
	return Qtest->start(accel => 'tcg', close => 1, args => [ '-icount', 'shift=4', '-kernel', $ARGV[0], '-no-reboot',
		'-semihosting-config', 'enable=on,target=native,arg=mercator,arg=demo', @_ ]);
}

my $whole = demo();
$whole->qmp('cont');
my $text = $whole->serial_read(1e9);
my $status = $whole->wait_end;
is($status, 0, 'the demonstration, undisturbed, succeeds');
ok($text =~ /demonstration: \d+ checks passed, 0 failed/, '... and says so', substr $text, -200);

# Saved after so much of its output, wherever the core is just then.
for my $part (0.15, 0.5, 0.85) {
	my $percent = 100 * $part;
	my $first = demo();

	$first->qmp('cont');
	my $said = $first->serial_read(int($part * length $text));
	$first->qmp('stop');
	$first->save("$dir/demo");
	$first->qmp('quit');
	$said .= $first->serial_read(1e9);
	$first->wait_end;
	my $second = demo('-incoming', 'defer');
	$second->restore("$dir/demo");
	$second->qmp('cont');
	my $rest = $second->serial_read(1e9);
	is($second->wait_end, $status, "saved after $percent %, loaded elsewhere: the same exit status");
	ok(length $rest > 0 && length $said < length $text, '... each said a part', length($said) . ' and ' . length $rest);
	ok($said . $rest eq $text, '... and together exactly the same', first_difference($text, $said . $rest));
}
done();

sub first_difference {
	my ($want, $got) = @_;
	my @want = split /\n/, $want;
	my @got = split /\n/, $got;

	for (0 .. $#want) {
		return "line $_: '" . ($got[$_] // '') . "', should be '$want[$_]'" if ($got[$_] // '') ne $want[$_];
	}
	return 'more than there should be';
}
