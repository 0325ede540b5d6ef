#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/i2c.pl - the I2C controllers, with an EEPROM on a bus.  Prints TAP.
use strict;
use warnings;
use lib 'tests/machine';
use Qtest;
use S5pv210;
use Tap;

my ($CON, $STAT, $ADD, $DS, $LC) = map { 4 * $_ } 0 .. 4;
# acknowledge, PCLK / 512, interrupt, PCLK / 16
my $SET = 1 << 7 | 1 << 6 | 1 << 5 | 15;
my $PENDING = 1 << 4;
my $BYTE = 9 * 512 * 16 / $PSYS * 1e9;
my ($WRITE, $READ) = (0xd0, 0x90);
my $EEPROM = 0xa0;

for (
	[ 'i2c0', 0xe1800000, 1 * 32 + 14 ], [ 'i2c1', 0xfab00000, 2 * 32 + 13 ],
	[ 'i2c2', 0xe1a00000, 1 * 32 + 19 ], [ 'i2c-hdmiphy', 0xfa900000, 1 * 32 + 20 ],
	)
{
	my ($name, $base, $irq) = @$_;
	my $q = Qtest->start(args => [ '-device', "at24c-eeprom,bus=$name,address=0x50,rom-size=256" ]);

	eeprom($q, $name, $base, $irq);
	nobody($q, $base) if $name eq 'i2c0';
	$q->stop;
}
done();

# Wait for the byte that is on the wire.
sub byte {
	my ($q, $base) = @_;

	$q->step(int $BYTE + 1000);
	return $q->r($base + $STAT) & 1 ? 'nack' : 'ack';
}

sub go_on {
	my ($q, $base, $con) = @_;

	$q->w($base + $CON, $con // $SET);
	return byte($q, $base);
}

sub begin {
	my ($q, $base, $mode, $byte) = @_;

	$q->w($base + $DS, $byte, $base + $STAT, $mode | 1 << 5);
}

sub finish {
	my ($q, $base, $mode) = @_;

	$q->w($base + $STAT, $mode, $base + $CON, $SET);
	$q->step(int $BYTE);
}

sub eeprom {
	my ($q, $name, $base, $irq) = @_;

	$q->w($base + $CON, $SET);
	begin($q, $base, $WRITE, $EEPROM);
	is($q->r($base + $CON) & $PENDING, 0, "$name: the address takes its time");
	# as many programs do: harmless while nothing is pending
	$q->w($base + $CON, $SET);
	$q->step(int($BYTE) - 1000);
	is($q->r($base + $CON) & $PENDING, 0, 'not yet');
	$q->step(2000);
	is($q->r($base + $CON) & $PENDING, $PENDING, 'now it is through');
	is($q->r($base + $STAT) & 1, 0, 'the EEPROM answers');
	is(raw($q, $irq), 1, 'it interrupts');
	for my $byte (0x10, 0x5a, 0xc3) {
		$q->w($base + $DS, $byte);
		is(go_on($q, $base), 'ack', sprintf 'byte 0x%02x', $byte);
	}
	$q->w($base + $STAT, $WRITE);
	$q->step(int $BYTE);
	is($q->r($base + $STAT) & 1 << 5, 1 << 5, 'a stop waits for the pending bit: busy');
	is($q->r($base + $CON) & $PENDING, $PENDING, 'which stands');
	$q->w($base + $CON, $SET);
	$q->step(int $BYTE);
	is($q->r($base + $STAT) & 1 << 5, 0, 'the bus is free');
	is(raw($q, $irq), 0, 'no interrupt then');
	read_back($q, $base);
}

# Set the address, a repeated start, read two bytes, the last without an answer.
sub read_back {
	my ($q, $base) = @_;

	begin($q, $base, $WRITE, $EEPROM);
	byte($q, $base);
	$q->w($base + $DS, 0x10);
	go_on($q, $base);
	begin($q, $base, $READ, $EEPROM | 1);
	is(go_on($q, $base), 'ack', 'a repeated start, to read');
	is(go_on($q, $base), 'ack', 'the first byte');
	is_hex($q->r($base + $DS), 0x5a, 'is what was written');
	is(go_on($q, $base, $SET & ~(1 << 7)), 'nack', 'the last byte gets no answer');
	is_hex($q->r($base + $DS), 0xc3, 'and is right, too');
	finish($q, $base, $READ);
}

sub nobody {
	my ($q, $base) = @_;

	$q->w($base + $CON, $SET);
	begin($q, $base, $WRITE, 0x42);
	is(byte($q, $base), 'nack', 'an address that nobody has');
	is($q->r($base + $CON) & $PENDING, $PENDING, 'ends, too');
	$q->w($base + $DS, 1);
	is(go_on($q, $base), 'nack', 'nor does a byte get an answer');
	finish($q, $base, $WRITE);
}
