#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/spi.pl - SPI: FIFO, loop-back, packet count, a flash on the bus.  Prints TAP.
use strict;
use warnings;
use File::Temp qw(tempdir);
use lib 'tests/machine';
use Qtest;
use S5pv210;
use Tap;

my ($CH, $MODE, $SELECT, $INT, $STATUS, $TX, $RX, $COUNT, $CLEAR) = (0, map { 4 * $_ } 2 .. 9);
my ($TX_ON, $RX_ON, $SW_RESET, $LOOP) = (1, 2, 0x20, 8);

for ([ spi0 => 0xe1300000, 256, 1 * 32 + 15 ], [ spi1 => 0xe1400000, 64, 1 * 32 + 16 ]) {
	my ($name, $base, $depth, $irq) = @$_;
	my $q = Qtest->start;
	my $w = sub { while (my ($r, $v) = splice @_, 0, 2) { $q->w($base + $r, $v) } };
	my $r = sub { $q->r($base + $_[0]) };
	my $level = sub { $r->($STATUS) >> 15 & 0x1ff };

	is($r->($SELECT), 1, "$name: nobody is selected at first");
	is($r->($STATUS) & 0x2000003, 0x2000001, "$name: ready to send, nothing on the wire, nothing received");
	$w->($CH, $TX_ON, $TX, 0x12);
	is($level->(), 0, "$name: what is not to be received is not");
	$w->($CH, $TX_ON | $RX_ON, $TX, 0x12);
	is($level->(), 1, "$name: a byte out is a byte in");
	is($r->($RX), 0xff, "$name: all ones where nobody answers");
	$w->($MODE, $LOOP, map({ ($TX, $_) } 1 .. 5));
	is(join(' ', $level->(), map { $r->($RX) } 1 .. 5), '5 1 2 3 4 5', "$name: looped back");
	is($r->($STATUS) & 0x10, 0, "$name: no error");
	$r->($RX);
	is($r->($STATUS) & 0x10, 0x10, "$name: read from an empty FIFO");
	$w->($CLEAR, 0x1f);
	is($r->($STATUS) & 0x10, 0, "$name: cleared");
	$w->($TX, $_ & 255) for 1 .. $depth;
	is($level->() . ' ' . ($r->($STATUS) & 0x20), "$depth 0", "$name: $depth bytes fit");
	$w->($TX, 0);
	is($level->() . ' ' . ($r->($STATUS) & 0x20), "$depth 32", "$name: one more does not");
	$w->($CH, $SW_RESET | $TX_ON | $RX_ON);
	is($level->() . ' ' . ($r->($STATUS) & 0x20), '0 0', "$name: a reset of the channel empties it");
	$w->($CH, $TX_ON | $RX_ON, $MODE, $LOOP | 2 << 29 | 2 << 17, $TX, 0x44332211);
	is($level->() . ' ' . $r->($RX), '4 ' . 0x44332211, "$name: words");

	# interrupt: more than the trigger's bytes
	$w->($MODE, $LOOP | 2 << 11, $INT, 2, $TX, 1, $TX, 2);
	is(raw($q, $irq), 0, "$name: two bytes, trigger 2");
	$w->($TX, 3);
	is(raw($q, $irq), 1, "$name: three bytes interrupt");
	$r->($RX);
	is(raw($q, $irq), 0, "$name: until one is read");
	is($q->stop, 0, 'the machine ends');
}

my $q = Qtest->start(args => [ '-device', 'w25q80bl,bus=spi0' ]);
my $base = 0xe1300000;
$q->w($base + $SELECT, 0, $base, $TX_ON | $RX_ON);
$q->w($base + $TX, $_) for 0x9f, 0, 0, 0;
is(join(' ', map { sprintf '%02x', $q->r($base + $RX) } 1 .. 4), '00 ef 40 14', 'a flash says who it is');
is($q->stop, 0, 'the machine ends');

$q = Qtest->start;
$q->w($base + $COUNT, 0x10000 | 300, $base, $RX_ON);
is($q->r($base + $STATUS) >> 15 & 0x1ff, 256, 'a receiver with a packet count fills its FIFO');
my $got = 0;
while ($q->r($base + $STATUS) >> 15 & 0x1ff) {
	$q->r($base + $RX);
	$got++;
}
is($got, 300, 'and stops at the count');

my $dir = tempdir('mercator-XXXXXX', TMPDIR => 1, CLEANUP => 1);
$q->w($base, $TX_ON | $RX_ON, $base + $MODE, $LOOP, $base + $TX, 0x51, $base + $TX, 0x52);
$q->qmp('stop');
$q->save("$dir/state");
my $two = Qtest->start(incoming => 1, args => [ '-incoming', 'defer' ]);
$two->restore("$dir/state");
$two->qmp('cont');
is(join(' ', $two->r($base + $STATUS) >> 15 & 0x1ff, map { sprintf '%x', $two->r($base + $RX) } 1 .. 2), '2 51 52', 'restored: what was received');
is($_->stop, 0, 'the machine ends') for $q, $two;
done();
