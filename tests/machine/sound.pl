#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/sound.pl - I2S: FIFOs that move in time; what else a sound program asks.
# Prints TAP.
use strict;
use warnings;
use File::Temp qw(tempdir);
use lib 'tests/machine';
use Qtest;
use S5pv210;
use Tap;

my ($CON, $MOD, $FIC, $TXD, $RXD) = (0, 4, 8, 0x10, 0x14);
my ($ACTIVE, $TX_PAUSE, $RX_FULL, $TX_FULL, $RX_EMPTY, $TX_EMPTY) = (1, 0x10, 0x80, 0x100, 0x200, 0x400);
my ($UNDERRUN_IRQ, $UNDERRUN) = (0x10000, 0x20000);
my $WORD = 1e9 / 44100;

for ([ i2s0 => 0xeee30000, 2 * 32 + 16 ], [ i2s1 => 0xe2100000, 2 * 32 + 17 ], [ i2s2 => 0xe2a00000, 2 * 32 + 18 ]) {
	my ($name, $base, $irq) = @$_;
	my $q = Qtest->start;
	my $con = sub { $q->r($base + $CON) };
	my $count = sub { $q->r($base + $FIC) >> 8 & 0x7f };

	is($con->() & ($TX_FULL | $TX_EMPTY | $RX_EMPTY), $TX_EMPTY | $RX_EMPTY, "$name: nothing to play");
	$q->w($base + $TXD, $_) for 1 .. 63;
	is($count->() . ' ' . ($con->() & $TX_FULL), '63 0', "$name: there is room for one more");
	$q->w($base + $TXD, 64);
	is($count->() . ' ' . ($con->() & ($TX_FULL | $TX_EMPTY)), "64 $TX_FULL", "$name: the FIFO is full");
	$q->step(int 10 * $WORD);
	is($count->(), 64, "$name: nothing is played before it is switched on");
	$q->w($base + $CON, $ACTIVE | $TX_PAUSE);
	$q->step(int 10 * $WORD);
	is($count->(), 64, "$name: nor in a pause");
	$q->w($base + $CON, $ACTIVE);
	$q->step(int 10.5 * $WORD);
	is($count->() . ' ' . ($con->() & $TX_FULL), '54 0', "$name: ten words in ten words' time");
	$q->step(int $WORD);
	is($count->(), 53, "$name: and on");
	$q->w($base + $CON, $ACTIVE | $UNDERRUN_IRQ);
	$q->step(int 52.8 * $WORD);
	is(raw($q, $irq) . ' ' . ($con->() & $TX_EMPTY), "0 $TX_EMPTY", "$name: played to the end");
	$q->step(int 2 * $WORD);
	is(raw($q, $irq) . ' ' . ($con->() & $UNDERRUN), "1 $UNDERRUN", "$name: no more came: an interrupt");
	$q->w($base + $CON, $ACTIVE | $UNDERRUN_IRQ | $UNDERRUN);
	is(raw($q, $irq), 0, "$name: until it is cleared");
	$q->w($base + $TXD, $_) for 1 .. 5;
	$q->w($base + $FIC, 0x8000);
	is($count->(), 0, "$name: flushed");

	is($con->() & $RX_EMPTY, $RX_EMPTY, "$name: a transmitter records nothing");
	$q->w($base + $MOD, 1 << 8);
	$q->step(int 3.5 * $WORD);
	is($q->r($base + $FIC) & 0x7f, 3, "$name: a receiver does");
	is($q->r($base + $RXD), 0, "$name: silence");
	is($q->r($base + $FIC) & 0x7f, 2, "$name: a word less");
	$q->step(int 100 * $WORD);
	is($con->() & ($RX_FULL | $RX_EMPTY), $RX_FULL, "$name: until its FIFO is full");
	is($q->stop, 0, 'the machine ends');
}

# in the middle of a sound, saved and restored
my $dir = tempdir('mercator-XXXXXX', TMPDIR => 1, CLEANUP => 1);
my $base = 0xeee30000;
my $one = Qtest->start;
$one->w($base + $CON, $ACTIVE | $UNDERRUN_IRQ);
$one->w($base + $TXD, $_) for 1 .. 20;
$one->step(int 5.5 * $WORD);
$one->qmp('stop');
$one->save("$dir/state");
my $two = Qtest->start(incoming => 1, args => [ '-incoming', 'defer' ]);
$two->command("clock_set $one->{now}");
$two->restore("$dir/state");
$two->qmp('cont');
is($two->r($base + $FIC) >> 8, 15, 'restored: what is left to play');
$two->step(int 17 * $WORD);
is(raw($two, 2 * 32 + 16), 1, 'restored: its end interrupts');
$_->stop for $one, $two;

# ---- blocks that keep what was written, and say what a program waits for ----

my $q = Qtest->start;
for ([ 'audio clocks' => 0xeee10000, 0, 1 ], [ 'AC97' => 0xe2200000, 0, 4 ], [ 'PCM' => 0xe2300000, 0, 3 ],
	[ 'S/PDIF' => 0xe1100000, 4, 5 ], [ 'USB PHY' => 0xec100000, 0, 7 ], [ 'OTG' => 0xec000000, 8, 0x21 ]) {
	my ($what, $block, $offset, $value) = @$_;

	$q->w($block + $offset, $value);
	is($q->r($block + $offset), $value, "$what: registers are kept");
}
is($q->r(0xe2300018) & 0x2008, 0x2008, 'PCM: its FIFOs are empty');
$q->w(0xec000010, 1);
is($q->r(0xec000010), 0x80000000, 'OTG: a reset is over at once');
is($q->r(0xec000040) >> 16, 0x4f54, 'OTG: who it is');
is($q->r(0xec200000) >> 16, 0x0100, 'EHCI 1.0');
is($q->r(0xec300000) & 0xff, 0x10, 'OHCI 1.0');
is($q->stop, 0, 'the machine ends');
done();
