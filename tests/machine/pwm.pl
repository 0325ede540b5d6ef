#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/pwm.pl - the PWM timers: frequency and duty measured from the pin, the
# inverter, one shot, the clocks, the counters.  Prints TAP.
use strict;
use warnings;
use lib 'tests/machine';
use Qtest;
use S5pv210;
use Tap;

my $PART = 0.001;                       # 0.1 %
my $GPD0 = 5 * 8;                       # number of the pin GPD0_0 at the block's outputs
my @shift = (0, 8, 12, 16, 20);
my $q = Qtest->start;

$q->watch_out($GPIO_PATH);

# measure(timer, rounds): (frequency, duty) of its pin over so many whole rounds.
sub measure {
	my ($n, $rounds) = @_;
	my (@rise, $last, $high);

	$high = 0;
	$q->{changes} = [];
	while (@rise <= $rounds) {
		my $t = $q->step;

		for (grep { $_->[0] == $GPD0 + $n } splice @{ $q->{changes} }) {
			push @rise, $t if $_->[1];
			$high += $t - $rise[-1] if !$_->[1] && @rise;
			return (0, 0) if @rise && $t - $rise[0] > 100e9;
		}
	}
	my $ns = $rise[-1] - $rise[0];
	return ($rounds / $ns * 1e9, $high / $ns);
}

# run(timer, tcfg0, tcfg1, tcntb, tcmpb, further TCON bits)
sub run {
	my ($n, $tcfg0, $tcfg1, $tcntb, $tcmpb, $more) = @_;

	$q->w($PWM + 8, 0, $PWM, $tcfg0, $PWM + 4, $tcfg1, $bank{GPD0}, 2 << 4 * $n);
	$q->w($PWM + 0xc + 12 * $n, $tcntb, $PWM + 0x10 + 12 * $n, $tcmpb);
	$q->w($PWM + 8, (2 | $more) << $shift[$n]);
	$q->w($PWM + 8, (1 | $more) << $shift[$n]);
}

my ($RELOAD, $INVERT) = (8, 4);

# [ timer, prescaler, divider code, TCNTB, TCMPB ]; the buzzers of two courses among them
my @cases = ([ 0, 0, 0, 66700, 16675 ], [ 1, 1, 0, 66700, 60030 ], [ 2, 65, 4, 238, 119 ], [ 2, 65, 0, 2000, 1 ],
	[ 3, 255, 4, 100, 99 ], [ 0, 65, 2, 500, 250 ], [ 1, 15, 1, 7862, 3931 ], [ 2, 255, 3, 33333, 11111 ], [ 3, 0, 0, 100, 25 ]);

for (@cases) {
	my ($n, $prescaler, $divider, $tcntb, $tcmpb) = @$_;
	my $hz = $PSYS / ($prescaler + 1) / 2**$divider / $tcntb;
	my $what = sprintf 'timer %d, PCLK / %d / %d, TCNTB %d', $n, $prescaler + 1, 2**$divider, $tcntb;

	run($n, $prescaler << ($n < 2 ? 0 : 8), $divider << 4 * $n, $tcntb, $tcmpb, $RELOAD);
	my ($got, $duty) = measure($n, 20);
	near($got, $hz, $PART, sprintf '%s: %.1f Hz', $what, $hz);
	near($duty, $tcmpb / $tcntb, $PART, "... high for $tcmpb of them");
	run($n, $prescaler << ($n < 2 ? 0 : 8), $divider << 4 * $n, $tcntb, $tcmpb, $RELOAD | $INVERT);
	($got, $duty) = measure($n, 20);
	near($got, $hz, $PART, '... inverted, the same frequency');
	near($duty, 1 - $tcmpb / $tcntb, $PART, '... and the rest of the duty');
}

# ---- what is written while it runs holds from the next round ----

run(0, 65, 0, 1000, 500, $RELOAD);
measure(0, 2);
$q->w($PWM + 0xc, 2000, $PWM + 0x10, 500);
measure(0, 1);
my ($hz, $duty) = measure(0, 10);
near($hz, $PSYS / 66 / 2000, $PART, 'a new TCNTB while it runs');
near($duty, 0.25, $PART, '... and the duty of it');

# ---- clocks ----

run(1, 0, 0, 66700, 33350, $RELOAD);
$q->w($CLK + 0x300, 0x34131440);        # PCLK_PSYS: divided by 4, no more by 2
($hz) = measure(1, 10);
near($hz, $PSYS / 2 / 66700, $PART, 'PCLK_PSYS halved, so is the frequency');
$q->w($CLK + 0x300, 0x14131440, $CLK + 0x108, 0x814d0301);
($hz) = measure(1, 10);
near($hz, 24e6 * 333 / 3 / 2 / 10 / 66700, $PART, 'another MPLL');
$q->w($CLK + 0x108, 0x829b0c01);
run(3, 0, 5 << 12, 24000, 6000, $RELOAD);
($hz, $duty) = measure(3, 10);
near($hz, 1000, $PART, 'SCLK_PWM: the crystal');
near($duty, 0.25, $PART, '... and its duty');
$q->w($CLK + 0x214, 6 << 12, $CLK + 0x314, 9 << 12);
($hz) = measure(3, 10);
near($hz, 667e6 / 10 / 24000, $PART, '... MPLL by 10');

# ---- one shot ----

run(0, 65, 0, 1000, 500, 0);
$q->w($PWM + 0x44, 0x3e1);
$q->step(int(1000 / ($PSYS / 66) * 1e9) - 2000);
is_hex($q->r($PWM + 0x44), 1, 'one shot: not before its time');
$q->step(4000);
is_hex($q->r($PWM + 0x44), 0x21, '... then its interrupt');
is_hex($q->r($PWM + 8) & 1, 0, '... and its start bit is gone');
$q->w($PWM + 0x44, 0x21);
$q->step(1e9);
is_hex($q->r($PWM + 0x44), 1, '... no second one comes');

# ---- counters ----

for my $n (0 .. 4) {
	my $tcnto = $PWM + ($n == 4 ? 0x40 : 0x14 + 12 * $n);
	my $reload = ($n == 4 ? 4 : 8);

	$q->w($PWM + 8, 0, $PWM, 0, $PWM + 4, 0, $PWM + 0xc + 12 * $n, 1000000, $PWM + 8, 2 << $shift[$n]);
	is($q->r($tcnto), 1000000, "timer $n: the manual update loads it");
	$q->step(1e6);
	is($q->r($tcnto), 1000000, '... and it stands still before its start');
	$q->w($PWM + 8, (1 | $reload) << $shift[$n]);
	$q->step(5e6);
	near($q->r($tcnto), 1000000 - 0.005 * $PSYS, $PART, '... counts down');
	$q->w($PWM + 8, 0);
	my $left = $q->r($tcnto);
	$q->step(5e6);
	is($q->r($tcnto), $left, '... stops');
	$q->w($PWM + 8, (1 | $reload) << $shift[$n]);
	$q->step(20e6);
	near($q->r($tcnto), 1000000 - (0.025 * $PSYS - 1000000), $PART, '... goes on, and begins again');
	$q->w($PWM + 8, 0);
}

# polled: the 0 between two rounds, however long a read takes
$q->w($PWM + 0xc, 66700, $PWM + 8, 2);
$q->w($PWM + 8, 9);
my @zeros = (0) x 4;
for my $ms (0 .. 3) {
	for (1 .. 10) {
		$zeros[$ms]++ if !$q->r($PWM + 0x14);
		$q->step(1e5);
	}
}
is("@zeros", '0 1 1 1', 'TCNTO: who polls it sees one 0 after each round');
$q->step(1e9);
ok($q->r($PWM + 0x14) > 0, '... who looks once a second sees where it is');
$q->w($PWM + 8, 0);
for ([ 1e6, '1 0 0', 'a shot is over before the first read: it is seen to have counted' ],
	[ 1e9, '0 0 0', '... long before: it is not' ]) {
	my ($later, $shown, $what) = @$_;

	$q->w($PWM + 0xc, 67, $PWM + 8, 2);
	$q->w($PWM + 8, 0);
	$q->w($PWM + 8, 1);
	$q->step($later);
	is(join(' ', map { $q->r($PWM + 0x14) } 1 .. 3), $shown, $what);
}

# each status is cleared by its own 1
$q->w($PWM, 0, $PWM + 4, 0, $PWM + 0xc, 100, $PWM + 0x3c, 100, $PWM + 8, 0x200002, $PWM + 0x44, 0x3f1);
$q->w($PWM + 8, 0x100001);
$q->step(1e6);
is_hex($q->r($PWM + 0x44), 0x231, 'TINT_CSTAT: timers 0 and 4 have run out');
$q->w($PWM + 0x44, 0x31);
is_hex($q->r($PWM + 0x44), 0x211, '... a 1 for timer 0 clears that alone');
$q->w($PWM + 0x44, 0x11);
is_hex($q->r($PWM + 0x44), 0x211, '... zeros clear nothing');
$q->w($PWM + 0x44, 0x211);
is_hex($q->r($PWM + 0x44), 0x11, '... the other one');
$q->w($PWM + 8, 0);

# polled: the status comes while the interrupt is off, and asks nobody
$q->w($VIC[0] + 0x14, ~0);
$q->w($PWM + 0x44, 0x3e0, $PWM + 0x3c, 6670, $PWM + 8, 2 << 20);
$q->w($PWM + 8, 5 << 20);
$q->step(90e3);
is_hex($q->r($PWM + 0x44), 0, 'polled: nothing before the round is over');
for my $round (1 .. 3) {
	$q->step(100e3);
	is_hex($q->r($PWM + 0x44), 0x200, "... round $round shows without its interrupt enabled");
	is(raw($q, 25), 0, '... and its line stays down');
	$q->w($PWM + 0x44, 0x200);
}
$q->w($PWM + 8, 0);

# an interrupt a round, exactly
$q->w($PWM, 0, $PWM + 4, 0, $PWM + 0x3c, 66700, $PWM + 8, 2 << 20, $PWM + 0x44, 0x3f0);
my $started = $q->step(1);
$q->w($PWM + 8, 5 << 20);
my $rounds = 0;
for (1 .. 1000) {
	$q->step;
	next unless $q->r($PWM + 0x44) >> 9 & 1;
	$q->w($PWM + 0x44, 0x210);
	$rounds++;
}
near(($q->{now} - $started) / 1e9 * $PSYS / 66700, $rounds, 1e-6, 'a thousand rounds drift by nothing');
ok($rounds >= 990, '... and each has its interrupt', $rounds);

is($q->stop, 0, 'the machine ends');
done();
