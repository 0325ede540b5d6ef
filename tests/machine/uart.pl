#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/uart.pl - the UARTs: FIFOs of 256, 64, 16 and 16 bytes, triggers, level,
# pulse and time-out, what goes out and comes in at the line.  Prints TAP.
use strict;
use warnings;
use lib 'tests/machine';
use Qtest;
use S5pv210;
use Tap;

my ($ULCON, $UCON, $UFCON, $UTRSTAT, $UERSTAT, $UFSTAT, $UTXH, $URXH) = (0, 4, 8, 0x10, 0x14, 0x18, 0x20, 0x24);
my ($UBRDIV, $UDIVSLOT, $UINTP, $UINTSP, $UINTM) = (0x28, 0x2c, 0x30, 0x34, 0x38);
my @depth = (256, 64, 16, 16);
my $q = Qtest->start;

# What arrives does so at the baud rate, and between two commands: ask until it has.
sub arrived {
	my ($u, $bytes) = @_;

	for (1 .. 10000) {
		return 1 if ($q->r($u + $UFSTAT) & 0x1ff) == $bytes;
		$q->step(100e3);
	}
	return 0;
}

# ---- FIFOs, by loop-back ----

for my $n (0 .. 3) {
	my ($u, $depth) = ($UART[$n], $depth[$n]);

	$q->w($u + $ULCON, 3, $u + $UCON, 0x25, $u + $UFCON, 1, $u + $UINTM, 0xf);
	is_hex($q->r($u + $UTRSTAT), 6, "UART$n: empty");
	for my $i (1 .. $depth - 1) {
		$q->w($u + $UTXH, $i);
	}
	is_hex($q->r($u + $UFSTAT), $depth - 1, "UART$n: its FIFO counts " . ($depth - 1));
	is_hex($q->r($u + $UTRSTAT), 7, '... and has something');
	$q->put(1, $u + $UTXH, 0xee);
	is_hex($q->r($u + $UFSTAT), 0x100 | $depth & 0xff, "... full with $depth");
	is_hex($q->r($u + $UERSTAT), 0, '... no overrun yet');
	$q->w($u + $UTXH, 0x99);
	is_hex($q->r($u + $UERSTAT), 1, '... one more: overrun');
	my @got = map { $q->get(1, $u + $URXH) } 1 .. $depth;
	is("@got", join(' ', (map { $_ & 0xff } 1 .. $depth - 1), 0xee), '... all come out in turn');
	is_hex($q->r($u + $UTRSTAT), 6, '... then it is empty');
	$q->w($u + $UTXH, 1, $u + $UFCON, 3);
	is_hex($q->r($u + $UFSTAT), 0, '... RX reset empties it');
	is_hex($q->r($u + $UFCON), 1, '... and clears itself');

	# the trigger: UART0 32 bytes a step, UART1 8, the others 2
	for my $code (0, 3, 7) {
		my $trigger = ($code + 1) * $depth / 8;

		$q->w($u + $UFCON, 3 | $code << 4, $u + $UINTP, 0xf, $u + $UINTM, 0xe);
		$q->w($u + $UTXH, $_) for 2 .. $trigger;
		is_hex($q->r($u + $UINTP), 0, "UART$n: trigger $trigger is not reached by a byte less");
		$q->w($u + $UTXH, 1);
		is_hex($q->r($u + $UINTP), 1, '... but with it');
		$q->w($u + $UINTP, 1);
		is_hex($q->r($u + $UINTP), 0, '... a pulse does not come back');
		$q->w($u + $UCON, 0x125);
		is_hex($q->r($u + $UINTP), 1, '... a level does');
		$q->w($u + $UINTP, 1);
		is_hex($q->r($u + $UINTP), 1, '... as long as there is so much');
		$q->r($u + $URXH);
		$q->w($u + $UINTP, 1);
		is_hex($q->r($u + $UINTP), 0, '... and no longer');
		$q->w($u + $UCON, 0x25);
	}

	# UINTM hides from UINTP, not from UINTSP
	$q->w($u + $UCON, 0x205, $u + $UINTM, 0xf);
	is_hex($q->r($u + $UINTP), 0, "UART$n: masked");
	is_hex($q->r($u + $UINTSP), 4, '... the source is pending');
	$q->w($u + $UINTM, 0xb);
	is_hex($q->r($u + $UINTP), 4, '... and shows without the mask');
	$q->w($u + $UCON, 0, $u + $UFCON, 6, $u + $UINTP, 0xf, $u + $UINTM, 0);
}

# ---- time ----

# 115200 baud: PCLK / 16 / (UBRDIV + 1 + slots / 16); three characters of ten bits
my $u = $UART[0];
$q->w($u + $ULCON, 3, $u + $UBRDIV, 35, $u + $UDIVSLOT, 0x80, $u + $UFCON, 0x11, $u + $UCON, 0xa5, $u + $UINTM, 0xe);
my $bit = 16 * (36 + 1 / 16) / $PSYS * 1e9;
$q->w($u + $UTXH, 0x41);
$q->step(int(29.9 * $bit));
is_hex($q->r($u + $UINTP), 0, 'RX time-out: not before three characters');
$q->step(int(0.2 * $bit));
is_hex($q->r($u + $UINTP), 1, '... then');
$q->r($u + $URXH);
$q->w($u + $UINTP, 1);
$q->step(1e9);
is_hex($q->r($u + $UINTP), 0, '... not for an empty FIFO');
$q->w($u + $UCON, 5, $u + $UINTP, 0xf, $u + $UINTM, 0xb, $u + $UTXH, 0x42);
$q->step(int(9.9 * $bit));
is_hex($q->r($u + $UINTP), 0, 'TX by pulse: not while the character is on its way');
$q->step(int(0.2 * $bit));
is_hex($q->r($u + $UINTP), 4, '... then');
is($q->serial_read(1), 'B', '... and it is out at the line, as 0x41 in loop-back was not');

# ---- the line: one cable, whichever UART is used ----

for my $n (3, 2, 1, 0) {
	my $u = $UART[$n];

	$q->w($u + $ULCON, 3, $u + $UCON, 5, $u + $UFCON, 1);
	$q->put(1, $u + $UTXH, ord) for split //, "sent by $n\n";
	is($q->serial_read(10), "sent by $n\n", "UART$n: what it sends comes out");
	$q->serial_send("typed $n");
	ok(arrived($u, 7), '... what is typed goes to who sent last');
	is(join('', map { chr $q->r($u + $URXH) } 1 .. 7), "typed $n", '... unharmed');
}

# more than fits waits outside; nothing is lost
$u = $UART[2];
$q->put(1, $u + $UTXH, ord '>');
$q->serial_read(1);
my $long = join '', map { chr(33 + $_ % 90) } 0 .. 999;
$q->serial_send($long);
my $got = '';
for (1 .. 100000) {
	$q->step(100e3);
	$got .= chr $q->r($u + $URXH) if $q->r($u + $UTRSTAT) & 1;
	last if length $got == length $long;
}
is($got, $long, 'a thousand bytes through a FIFO of 16');
is_hex($q->r($u + $UERSTAT), 0, '... without an overrun');

# the next character takes its time, so that a handler may clear the interrupt behind its read
$u = $UART[0];
$q->w($u + $UCON, 5, $u + $UFCON, 0, $u + $UINTP, 0xf, $u + $UINTM, 0xe);
$q->put(1, $u + $UTXH, ord '>');
$q->serial_read(1);
$q->serial_send('ab');
for (1 .. 10000) {
	last if $q->r($u + $UINTP) & 1;
}
is(chr $q->r($u + $URXH), 'a', 'two characters typed at once: the first');
is(scalar(grep { $q->r($u + $UTRSTAT) & 1 } 1 .. 20), 0, '... the second is not there yet');
$q->w($u + $UINTP, 1);
for (1 .. 10000) {
	last if $q->r($u + $UINTP) & 1;
	$q->step(int $bit);
}
is_hex($q->r($u + $UINTP), 1, '... it has an interrupt of its own');
is(chr $q->r($u + $URXH), 'b', '... and is there');

# with one holding register the line waits for the handler that clears the interrupt
$q->serial_send('cde');
sub asked {
	my ($u) = @_;

	for (1 .. 10000) {
		return 1 if $q->r($u + $UTRSTAT) & 1;
		$q->step(int $bit);
	}
	return 0;
}
ok(asked($u), 'typed while a handler is busy');
is(chr $q->r($u + $URXH), 'c', '... it reads the first');
$q->step(int(50 * $bit));
is_hex($q->r($u + $UTRSTAT), 6, '... is late to clear its interrupt: the second waits');
$q->w($u + $UINTP, 1);
ok(asked($u), '... then it comes');
is_hex($q->r($u + $UINTP), 1, '... with its interrupt');
is(chr $q->r($u + $URXH), 'd', '... and is read');
ok(asked($u), '... who never clears it is not kept for good');
is(chr $q->r($u + $URXH), 'e', '... nor loses a character');
$q->w($u + $UINTP, 1);

# A count of 256 is 0: who polls the count alone must not wait for good when more is
# pasted than the FIFO holds.
$u = $UART[0];
$q->w($u + $UFCON, 1);
$q->put(1, $u + $UTXH, ord '>');
$q->serial_read(1);
$q->serial_send($long);
ok(arrived($u, 255), 'UART0: what is pasted stops one short of a full FIFO');
$got = '';
for (1 .. 100000) {
	$q->step(100e3);
	$got .= chr $q->r($u + $URXH) if $q->r($u + $UFSTAT) & 0xff;
	last if length $got == length $long;
}
is($got, $long, '... and all of it comes through to who polls the count');
$q->w($u + $UFCON, 0x73);
$q->serial_send($long);
ok(arrived($u, 0x100), '... a trigger of 256 is reached all the same');

# typed before anybody receives: it waits for the first UART that does
$q->stop;
$q = Qtest->start;
$q->serial_send('early');
$q->step(10e6);
$q->w($UART[0] + $ULCON, 3, $UART[0] + $UCON, 5, $UART[0] + $UFCON, 7);
ok(arrived($UART[0], 5), 'typed before the program has set up its UART');
is(join('', map { chr $q->r($UART[0] + $URXH) } 1 .. 5), 'early', '... nothing is lost by its reset of the FIFO');
is_hex($q->r($UART[2] + $UTRSTAT), 6, '... or by going to the console, which does not receive');

is($q->stop, 0, 'the machine ends');
done();
