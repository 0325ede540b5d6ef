#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/chips.pl - the chips on the boards' I2C bus: EEPROM, codec, sensor.  Prints TAP.
use strict;
use warnings;
use File::Temp qw(tempdir);
use lib 'tests/machine';
use Qtest;
use S5pv210;
use Tap;

my $BASE = 0xe1800000;
my ($CON, $STAT, $DS) = ($BASE, $BASE + 4, $BASE + 0xc);
my $SET = 0xaf;
my $q;

# the byte that is on the wire: whether it was acknowledged
sub byte {
	$q->step(200_000);
	return $q->r($STAT) & 1 ? 0 : 1;
}

sub finish {
	my ($stat) = @_;

	$q->w($STAT, $stat, $CON, $SET);
	$q->step(200_000);
}

# send(address, bytes...): how many were acknowledged, the address's counted
sub transmit {
	my ($address, @bytes) = @_;

	$q->w($CON, $SET, $DS, $address << 1, $STAT, 0xf0);
	my $acks = byte();
	for (@bytes) {
		$q->w($DS, $_, $CON, $SET);
		$acks += byte();
	}
	finish(0xd0);
	return $acks;
}

sub receive {
	my ($address, $n) = @_;
	my @got;

	$q->w($CON, $SET, $DS, $address << 1 | 1, $STAT, 0xb0);
	byte() or return 'nobody';
	for (1 .. $n) {
		$q->w($CON, $_ == $n ? $SET & ~0x80 : $SET);
		byte();
		push @got, sprintf '%02x', $q->r($DS);
	}
	finish(0x90);
	return join ' ', @got;
}

$q = Qtest->start(machine => 'tiny210');
is(transmit(0x1a, 0x0f << 1, 0), 3, 'tiny210: the codec takes a register');
is(transmit(0x50, 3), 2, 'the EEPROM is there');
is(receive(0x50, 2), 'ff ff', 'erased');
is(transmit(0x50, 0x0e, 1, 2, 3), 5, 'it is written');
transmit(0x50, 0x0d);
is(receive(0x50, 4), 'ff 01 02 ff', 'and keeps it; a page wraps');
transmit(0x50, 0x00);
is(receive(0x50, 1), '03', 'at its end');
transmit(0x53, 255, 0x5a);
transmit(0x53, 255);
is(receive(0x53, 2), '5a ff', 'its fourth part, from the last byte to the first');
is(transmit(0x54, 0), 0, 'it has no fifth');
is(transmit(0x0f, 0), 0, 'nor this board a sensor');
my $dir = tempdir('mercator-XXXXXX', TMPDIR => 1, CLEANUP => 1);
$q->qmp('stop');
$q->save("$dir/state");
my $one = $q;
$q = Qtest->start(machine => 'tiny210', incoming => 1, args => [ '-incoming', 'defer' ]);
$q->command("clock_set $one->{now}");
$q->restore("$dir/state");
$q->qmp('cont');
transmit(0x50, 0x0e);
is(receive(0x50, 2), '01 02', 'restored: what it was told');
$q->qmp('system_reset');
transmit(0x50, 0x0e);
is(receive(0x50, 2), '01 02', 'a reset of the machine does not erase it');
is($_->stop, 0, 'the machine ends') for $one, $q;

$q = Qtest->start(machine => 'x210');
is(transmit(0x0f, 0x1b, 0x80), 3, 'x210: the sensor takes a register');
transmit(0x0f, 0x1b);
is(receive(0x0f, 1), '80', 'and gives it back');
is(transmit(0x1a, 0x0f << 1, 0), 3, 'the codec takes a register');
is(transmit(0x50, 0), 0, 'there is no EEPROM');
is($q->stop, 0, 'the machine ends');

$q = Qtest->start(machine => 'tq210');
is(transmit(0x1a, 0x0f << 1, 0), 3, 'tq210: the codec takes a register');
is(transmit(0x50, 0x0f, 1, 2), 4, 'the EEPROM is written');
transmit(0x50, 0x08);
is(receive(0x50, 1), '02', 'its page is 8 bytes');
is(transmit(0x51, 0), 0, 'it has one part');
is($q->stop, 0, 'the machine ends');

$q = Qtest->start(machine => 'smdkv210');
is(transmit($_, 0), 0, sprintf 'smdkv210: nobody at 0x%02x', $_) for 0x0f, 0x1a, 0x50;
is($q->stop, 0, 'the machine ends');
done();
