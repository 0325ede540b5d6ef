#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/rtc.pl - the calendar's roll-over from the second to the year, alarms,
# the tick.  Prints TAP.
use strict;
use warnings;
use lib 'tests/machine';
use Qtest;
use S5pv210;
use Tap;

my ($INTP, $RTCCON, $TICNT, $RTCALM, $CURTICCNT) = map { $RTC + $_ } 0x30, 0x40, 0x44, 0x50, 0x90;
my $q = Qtest->start(args => [ '-rtc', 'base=2024-02-28T23:59:57,clock=vm' ]);

# "year-month-date day hour:minute:second", as the registers have it: BCD
sub calendar {
	my ($sec, $min, $hour, $date, $day, $mon, $year) = map { $q->r($RTC + 0x70 + 4 * $_) } 0 .. 6;

	return sprintf '%03x-%02x-%02x %x %02x:%02x:%02x', $year, $mon, $date, $day, $hour, $min, $sec;
}

sub set {
	my ($text) = @_;
	my ($year, $mon, $date, $day, $hour, $min, $sec) = map { hex } split /[- :]/, $text;

	$q->w($RTCCON, 1);
	$q->w($RTC + 0x70, $sec, $RTC + 0x74, $min, $RTC + 0x78, $hour, $RTC + 0x7c, $date, $RTC + 0x80, $day,
		$RTC + 0x84, $mon, $RTC + 0x88, $year);
	$q->w($RTCCON, 8);      # the second begins now
	$q->w($RTCCON, 0);
}

is(calendar(), '024-02-28 4 23:59:57', "the calendar begins with QEMU's -rtc, a Wednesday");
$q->step(3e9);
is(calendar(), '024-02-29 5 00:00:00', 'and runs with RTCCON 0');

# [ what, before, a second later ]
for ([ 'second', '024-05-06 2 07:08:09', '024-05-06 2 07:08:10' ], [ 'minute', '024-05-06 2 07:08:59', '024-05-06 2 07:09:00' ],
	[ 'tens of minutes', '024-05-06 2 07:09:59', '024-05-06 2 07:10:00' ], [ 'hour', '024-05-06 2 09:59:59', '024-05-06 2 10:00:00' ],
	[ 'day', '024-05-06 2 23:59:59', '024-05-07 3 00:00:00' ], [ 'week', '024-05-11 7 23:59:59', '024-05-12 1 00:00:00' ],
	[ 'month of 30', '024-04-30 3 23:59:59', '024-05-01 4 00:00:00' ], [ 'month of 31', '024-08-31 7 23:59:59', '024-09-01 1 00:00:00' ],
	[ 'September', '023-09-30 7 23:59:59', '023-10-01 1 00:00:00' ], [ 'year', '023-12-31 1 23:59:59', '024-01-01 2 00:00:00' ],
	[ 'decade', '029-12-31 2 23:59:59', '030-01-01 3 00:00:00' ], [ 'century', '099-12-31 5 23:59:59', '100-01-01 6 00:00:00' ],
	[ 'February of a leap year', '024-02-28 4 23:59:59', '024-02-29 5 00:00:00' ],
	[ 'its 29th', '024-02-29 5 23:59:59', '024-03-01 6 00:00:00' ],
	[ 'February of another year', '023-02-28 3 23:59:59', '023-03-01 4 00:00:00' ],
	[ 'February 2000, a leap year', '000-02-28 2 23:59:59', '000-02-29 3 00:00:00' ],
	[ 'February 2100, no leap year', '100-02-28 1 23:59:59', '100-03-01 2 00:00:00' ]) {
	my ($what, $before, $after) = @$_;

	set($before);
	$q->step(999e6);
	is(calendar(), $before, "$what: not within its second");
	$q->step(2e6);
	is(calendar(), $after, "$what: $after");
}

set('024-01-01 2 00:00:00');
$q->step(366 * 86400e9);
is(calendar(), '025-01-01 4 00:00:00', 'a leap year slept through at once');
$q->step(365 * 86400e9);
is(calendar(), '026-01-01 5 00:00:00', '... and a year of 365 days');

# open only around the reads, as drivers do: time goes on
set('024-05-06 2 07:08:00');
for (1 .. 10) {
	$q->w($RTCCON, 1);
	$q->r($RTC + 0x70);
	$q->w($RTCCON, 0);
	$q->step(1e9);
}
is(calendar(), '024-05-06 2 07:08:10', 'RTCCON opened and closed each second loses nothing');
$q->w($CLK + 0x2000, 1);
$q->event('RESET');
is(calendar(), '024-05-06 2 07:08:10', 'a reset does not touch the calendar');

# ---- alarm ----

# alarm(fields enabled, calendar before, seconds until it comes)
my %alarm = (sec => 0x54, min => 0x58, hour => 0x5c, date => 0x60, mon => 0x64, year => 0x68);
my %enable = (sec => 1, min => 2, hour => 4, date => 8, mon => 0x10, year => 0x20);

sub alarm_comes {
	my ($what, $before, $seconds, %field) = @_;
	my $bits = 0x40;

	set($before);
	for (keys %field) {
		$q->w($RTC + $alarm{$_}, hex $field{$_});
		$bits |= $enable{$_};
	}
	$q->w($INTP, 3, $RTCALM, $bits);
	$q->step(($seconds - 0.5) * 1e9);
	is($q->r($INTP), 0, "alarm, $what: not before");
	is(raw($q, 28), 0, '... nor at the VIC');
	$q->step(1e9);
	is($q->r($INTP), 2, '... then');
	is(raw($q, 28), 1, '... at the VIC');
	$q->w($INTP, 1);
	is($q->r($INTP), 2, '... a 1 elsewhere does not clear it');
	$q->w($INTP, 2, $RTCALM, 0);
	is(raw($q, 28), 0, '... a 1 there does');
}

alarm_comes('each minute at :30', '024-05-06 2 07:08:00', 30, sec => '30');
alarm_comes('each hour at :10:05', '024-05-06 2 07:08:00', 125, sec => '05', min => '10');
alarm_comes('next day', '024-05-06 2 23:59:00', 61, sec => '01', min => '00', hour => '00', date => '07');
alarm_comes('new year', '024-12-31 3 23:59:50', 10, sec => '00', min => '00', hour => '00', date => '01', mon => '01', year => '025');
set('024-05-06 2 07:08:00');
$q->w($RTC + 0x54, 0x05, $RTC + 0x58, 0x20, $RTCALM, 0x43);
$q->step(60e9);
is($q->r($INTP), 0, 'alarm: all enabled fields must be equal');
$q->w($RTCALM, 0x03);
$q->step(3600e9);
is($q->r($INTP), 0, 'alarm: none without the global enable');

# ---- tick ----

# [ code of the clock, Hz, TICNT ]
for ([ 0, 32768, 100 ], [ 8, 128, 64 ], [ 15, 1, 3 ], [ 5, 1024, 1 ]) {
	my ($code, $hz, $ticnt) = @$_;
	my $ns = ($ticnt + 1) / $hz * 1e9;

	$q->w($RTCCON, 0, $INTP, 3, $TICNT, $ticnt, $RTCCON, 0x100 | $code << 4);
	my $began = $q->step(1) - 1;
	for my $round (1 .. 3) {
		$q->step(int($began + ($round - 0.002) * $ns) - $q->{now});
		is($q->r($INTP), 0, "tick of $ticnt at $hz Hz: $round not too early");
		$q->step(int(0.004 * $ns));
		is($q->r($INTP), 1, '... and not too late');
		is(raw($q, 29), 1, '... at the VIC');
		$q->w($INTP, 1);
	}
}
$q->w($RTCCON, 0, $TICNT, 1000, $RTCCON, 0x180);        # 128 Hz
$q->step(2e9);
is($q->r($CURTICCNT), 1000 - 256, 'CURTICCNT: what is left after 2 s at 128 Hz');
$q->w($RTCCON, 0, $INTP, 3);
$q->step(20e9);
is($q->r($INTP), 0, 'no tick once it is off');

# as programs do: on first, its count afterwards; TICNT 0 is a tick each clock
$q->w($TICNT, 0, $RTCCON, 0x101);
$q->step(1e6);
is($q->r($INTP), 1, 'TICNT 0: it ticks');
$q->w($INTP, 1);
$q->step(1e6);
is($q->r($INTP), 1, '... and ticks again');
$q->w($TICNT, 32767, $INTP, 1);
for my $round (1 .. 3) {
	$q->step(0.98e9);
	is($q->r($INTP), 0, "TICNT written while it is on: nothing before second $round");
	$q->step(0.02e9 + 1000);
	is($q->r($INTP), 1, '... then its tick');
	$q->w($INTP, 1);
}
$q->w($RTCCON, 0);

# a program that writes every word must not be harmed by it
$q->w($RTC + $_, 0) for grep { !($_ & 3) && ($_ < 0x48 || $_ > 0x4f) && ($_ < 0x8c || $_ > 0x8f) } 0x30 .. 0x94;
ok(1, 'every word written with 0');
is($q->stop, 0, 'the machine ends');
done();
