#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/adc.pl - the A/D converters and the touch screen.  Prints TAP.
use strict;
use warnings;
use lib 'tests/machine';
use Qtest;
use S5pv210;
use Tap;

my ($CON, $TSCON, $DLY, $DATX, $DATY, $PENSTAT, $CLRADC, $MUX, $CLRPEN) = map { 4 * $_ } 0 .. 8;
my $DONE = 1 << 15;
my $SET = 1 << 16 | 1 << 14 | 65 << 6;

my $q = Qtest->start;

converts($_->[0], 0xe1700000 + $_->[0] * 0x1000, $_->[1]) for [ 0, 2 * 32 + 23 ], [ 1, 3 * 32 + 9 ];
pen('/machine/soc/tsadc0', 0xe1700000, 2 * 32 + 24);
$q->stop;
done();

sub converts {
	my ($n, $base, $irq) = @_;
	my $path = "/machine/soc/tsadc$n";

	is_hex($q->r($base + $CON), 0x3fc4, "tsadc$n: TSADCCON's reset value");
	$q->qom_set($path, 'ain0', 0xabc);
	$q->qom_set($path, 'ain3', 0x123);
	$q->w($base + $MUX, 0, $base + $CON, $SET);
	is($q->r($base + $CON) & $DONE, 0, 'no conversion, none is done');
	$q->w($base + $CON, $SET | 1);
	is($q->r($base + $CON) & 1, 0, 'the start bit clears itself');
	is($q->r($base + $CON) & $DONE, 0, 'not done at once');
	my $ns = int(5 * 66 / $PSYS * 1e9);
	$q->step($ns - 100);
	is($q->r($base + $CON) & $DONE, 0, 'nor just before its time');
	$q->step(200);
	is($q->r($base + $CON) & $DONE, $DONE, 'but after it');
	is_hex($q->r($base + $DATX) & 0xfff, 0xabc, 'the value at input 0');
	is(raw($q, $irq), 1, 'it interrupts');
	$q->w($base + $CLRADC, 0);
	is(raw($q, $irq), 0, 'until it is acknowledged');
	$q->w($base + $MUX, 3, $base + $CON, $SET | 1);
	$q->step(10_000);
	is_hex($q->r($base + $DATX) & 0xfff, 0x123, 'another input');
	$q->w($base + $MUX, 0, $base + $CON, $SET & ~(1 << 16) | 1);
	$q->step(10_000);
	is_hex($q->r($base + $DATX) & 0xfff, 0xabc >> 2, 'with 10 bits');
	$q->w($base + $CON, $SET | 2);
	$q->r($base + $DATX);
	is($q->r($base + $CON) & $DONE, 0, 'a read can start the next one');
	$q->step(10_000);
	is_hex($q->r($base + $DATX) & 0xfff, 0xabc, 'which is done then');
}

sub pen {
	my ($path, $base, $irq) = @_;

	$q->step(10_000);
	$q->w($base + $CON, $SET, $base + $TSCON, 0xd3);
	is($q->r($base + $DATX) >> 15, 1, 'the pen is up');
	is(raw($q, $irq), 0, 'and has not interrupted');
	$q->qom_set($path, 'touch-x', 1000);
	$q->qom_set($path, 'touch-y', 3000);
	$q->qom_set($path, 'touched', 'true');
	is(raw($q, $irq), 1, 'the pen comes down: an interrupt');
	is($q->r($base + $PENSTAT), 1, 'PENSTAT says down');
	is($q->r($base + $DATX) >> 15, 0, 'so do the data');
	$q->w($base + $CLRPEN, 0, $base + $PENSTAT, 0);
	is(raw($q, $irq), 0, 'acknowledged');
	$q->w($base + $TSCON, 0x5c | 4, $base + $CON, $SET | 1);
	$q->step(10_000);
	is($q->r($base + $DATX) & 0xfff, 1000, 'automatic: X');
	is($q->r($base + $DATY) & 0xfff, 3000, 'and Y');
	$q->w($base + $TSCON, 0xd3 | 1 << 8);
	$q->qom_set($path, 'touched', 'false');
	is(raw($q, $irq), 1, 'the pen goes up: an interrupt');
	is($q->r($base + $PENSTAT), 2, 'PENSTAT says up');
	$q->w($base + $CLRPEN, 0, $base + $TSCON, 0x58);
	$q->qom_set($path, 'touched', 'true');
	is(raw($q, $irq), 0, 'no interrupt while TSCON does not wait');
}
