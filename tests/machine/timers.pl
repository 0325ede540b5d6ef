#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/timers.pl - the system timer's ticks and interrupts, the watchdog's
# interrupt and reset, and what RST_STAT and INFORM say after a reset.  Prints TAP.
use strict;
use warnings;
use lib 'tests/machine';
use Qtest;
use S5pv210;
use Tap;

my ($TCFG, $TCON, $TICNTB, $TICNTO, $ICNTB, $ICNTO, $CSTAT) =
	map { $SYSTIMER + $_ } 0, 4, 8, 0xc, 0x18, 0x1c, 0x20;
my ($WTCON, $WTDAT, $WTCNT, $WTCLRINT) = map { $WDT + $_ } 0, 4, 8, 12;
my $RST_STAT = $PMU + 0xa000;
my $q = Qtest->start;

sub expired {
	return $q->r($CSTAT) >> 1 & 1;
}

# ---- system timer ----

$q->w($TCFG, 1 << 16);
is_hex($q->r($TCFG), 0, 'TICK_SWRST clears itself');

# [ what, TCFG, input clock ]
for ([ 'the crystal', 0, 24e6 ], [ 'the crystal / 250 / 8', 0x3f9, 24e6 / 250 / 8 ],
	[ 'the RTC crystal', 1 << 12, 32768 ], [ 'PCLK_PSYS / 4', 3 << 12 | 0x200, $PSYS / 4 ]) {
	my ($what, $tcfg, $hz) = @$_;
	my $ns = 10 * 100 / $hz * 1e9;          # ten ticks of a hundred clocks

	$q->w($TCON, 0, $TCFG, $tcfg, $TICNTB, 99, $ICNTB, 9, $CSTAT, 0x3e);
	$q->w($CSTAT, 0x41, $TCON, 0x29);
	my $began = $q->{now} // 0;

	for my $round (1 .. 3) {
		$q->step(int($began + ($round - 0.001) * $ns) - ($q->{now} // 0));
		is(expired(), 0, "$what: interrupt $round not too early");
		$q->step(int(0.002 * $ns));
		is(expired(), 1, '... and not too late');
		is(raw($q, 26), 1, '... at the VIC');
		$q->w($CSTAT, 0x43);
		is(raw($q, 26), 0, '... cleared');
	}
	$q->w($TCON, 0);
}

$q->w($TCFG, 0, $TICNTB, 23999, $ICNTB, 999, $CSTAT, 0x3e);
$q->w($TCON, 9);
$q->step(250e6);
near($q->r($ICNTO), 750, 0.01, 'ICNTO: what is left of a second after a quarter');
$q->step(500e3);
near($q->r($TICNTO), 12000, 0.01, 'TICNTO: half a tick');
$q->step(1e9);
is(expired(), 1, 'one shot: it came');
$q->w($CSTAT, 0x3e);
$q->step(2e9);
is(expired(), 0, '... and does not come again');
$q->w($CSTAT, 0x3e, $TCON, 0x19);
$q->step(1.01e9);
is(expired(), 1, '... until it is loaded by hand');
$q->w($TCON, 0, $CSTAT, 0x3e);

# a write has its status bit a moment later: some wait for it to be 0, some to be 1
$q->r($CSTAT);
$q->w($CSTAT, 0x3e);
for ([ 'TICNTB', $TICNTB, 4 ], [ 'TFCNTB', $TICNTB + 8, 8 ], [ 'ICNTB', $ICNTB, 0x10 ], [ 'TCON', $TCON, 0x20 ]) {
	my ($name, $register, $bit) = @$_;

	$q->w($register, 0);
	is_hex($q->r($CSTAT) & 0x3c, 0, "$name written: a look at once shows nothing");
	is_hex($q->r($CSTAT) & 0x3c, $bit, '... the next one its status');
	is_hex($q->r($CSTAT) & 0x3c, $bit, '... which stays');
	$q->w($CSTAT, $bit);
	is_hex($q->r($CSTAT) & 0x3c, 0, '... until it is cleared');
}

# a write is told by an interrupt, if that is enabled and the global bit is
$q->w($CSTAT, 0x200, $ICNTB, 5);
is(raw($q, 26), 0, 'ICNTB written: no interrupt without the global enable');
$q->w($CSTAT, 0x201);
is(raw($q, 26), 1, '... with it there is');
$q->w($CSTAT, 0x201 | 0x10);
is(raw($q, 26), 0, '... until the status is cleared');
$q->w($CSTAT, 0x3e);

# the slowest there is: four thousand million ticks of 128 s or more.  It must not
# be taken for one that is due.
$q->w($TCFG, 1 << 12 | 0x4ff, $TICNTB, ~0, $ICNTB, ~0, $TCON, 0x29);
$q->step($_) for 1, 1e9, 100e9;
is(expired(), 0, 'an interrupt ages away does not come');
near($q->r($TICNTO), 2**32 - 101 * 32768 / 256 / 16, 1e-6, '... though its tick counts');
$q->w($TCFG, 0, $TCON, 0, $CSTAT, 0x3e);

# ---- watchdog ----

my $step = 256 * 128 / $PSYS * 1e9;             # ns of one count, at the slowest

$q->w($WTDAT, 1000, $WTCNT, 200, $WTCON, 0xff3c);
$q->step(int(50.5 * $step));
is($q->r($WTCNT), 150, 'watchdog: 50 counts at PCLK / 256 / 128');
$q->step(int(149 * $step));
is(raw($q, 27), 0, '... no interrupt before 0');
$q->step(int(2 * $step));
is(raw($q, 27), 1, '... then one');
near($q->r($WTCNT), 999, 0.002, '... and WTCNT starts again from WTDAT');
is_hex($q->r($RST_STAT), 1, '... without a reset');
$q->w($WTCLRINT, 0);
is(raw($q, 27), 0, '... cleared by any value');
$q->w($WTCON, 0);
my $count = $q->r($WTCNT);
$q->step(1e9);
is($q->r($WTCNT), $count, 'stopped, it stands still');
for my $divider (0 .. 3) {
	$q->w($WTCNT, 0x8000, $WTCON, 0x20 | $divider << 3);
	$q->step(1e6);
	near(0x8000 - $q->r($WTCNT), $PSYS / (16 << $divider) / 1000, 0.01, 'PCLK / ' . (16 << $divider));
	$q->w($WTCON, 0);
}

# fed, it is quiet; then it bites
$q->w($PMU + 0xf000, 0xcafe, $WTDAT, 100, $WTCNT, 100, $WTCON, 0xff39);
for (1 .. 5) {
	$q->step(int(90 * $step));
	$q->w($WTCNT, 100);
}
is_hex($q->r($RST_STAT), 1, 'a watchdog that is fed resets nothing');
$q->step(int(99 * $step));
is_hex($q->r($PMU + 0xf000), 0xcafe, '... nor one that is about to');
is_hex($q->r($WTCON), 0xff39, '... which still runs');
$q->step(int(2 * $step));
$q->event('RESET');
is_hex($q->r($RST_STAT), 4, 'unfed it resets the chip: RST_STAT says watchdog');
is_hex($q->r($PMU + 0xf000), 0xcafe, '... INFORM0 stays');
is_hex($q->r($WTCON), 0x8021, '... and the watchdog is as reset leaves it');
$q->step(10e9);
is_hex($q->r($RST_STAT), 4, '... for good');

$q->w($CLK + 0x2000, 0);
is_hex($q->r($RST_STAT), 4, 'SWRESET 0 does nothing');
$q->w($CLK + 0x2000, 1);
$q->event('RESET');
is_hex($q->r($RST_STAT), 8, 'SWRESET 1: RST_STAT says software');
is_hex($q->r($PMU + 0xf000), 0xcafe, '... INFORM0 stays');
$q->qmp('system_reset');
$q->event('RESET');
is_hex($q->r($RST_STAT), 1, 'power off and on: RST_STAT says so');
is_hex($q->r($PMU + 0xf000), 0, '... and INFORM0 is gone');

# PS_HOLD lets the board's supply go
$q->w($PMU + 0xe81c, 0x5301, $PMU + 0xe81c, 0x5201);
$q->event('SHUTDOWN');
ok(1, 'PS_HOLD low: the power is off');
is($q->stop, 0, 'the machine ends');

# the watchdog as reset leaves it, without a boot ROM that would stop it
my $BITE = int(0x8000 * 129 * 16 / $PSYS * 1e9 + 1e6);
$q = Qtest->start;
is_hex($q->r($WTCON), 0x8021, 'WTCON as the chip has it');
$q->w($WTCNT, 0x8000);
$q->step($BITE);
$q->event('RESET');
is_hex($q->r($RST_STAT), 4, '... and it bites who has it in hand and does not stop it');
is($q->stop, 0, 'the machine ends');
$q = Qtest->start;
$q->step($BITE);
is_hex($q->r($WTCON), 0, 'where nothing has touched it, it stops itself');
is_hex($q->r($RST_STAT), 1, '... without a reset');
ok($q->said =~ /nothing has passed the boot ROM/, '... and says why', $q->said);
is($q->stop, 0, 'the machine ends');
done();
