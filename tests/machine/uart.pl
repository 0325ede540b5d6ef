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

# What arrives does so between two commands: ask until it has.
sub arrived {
	my ($u, $bytes) = @_;

	for (1 .. 10000) {
		return 1 if ($q->r($u + $UFSTAT) & 0x1ff) == $bytes;
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
	is_hex($q->r($u + $UFSTAT), 0x100, "... full with $depth");
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
	$got .= chr $q->r($u + $URXH) if $q->r($u + $UTRSTAT) & 1;
	last if length $got == length $long;
}
is($got, $long, 'a thousand bytes through a FIFO of 16');
is_hex($q->r($u + $UERSTAT), 0, '... without an overrun');
$q->w($u + $UFCON, 0);
$q->serial_send('xy');
for (1 .. 10000) { last if $q->r($u + $UTRSTAT) & 1 }
is(chr $q->r($u + $URXH), 'x', 'without the FIFO: one byte at a time');
for (1 .. 10000) { last if $q->r($u + $UTRSTAT) & 1 }
is(chr $q->r($u + $URXH), 'y', '... then the next');

is($q->stop, 0, 'the machine ends');
done();
