#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/dma.pl - the DMA controllers: programs that copy, fill, loop, wait, fail and
# never end.  Prints TAP.
use strict;
use warnings;
use File::Temp qw(tempdir);
use lib 'tests/machine';
use Qtest;
use S5pv210;
use Tap;

my ($INTEN, $EVENTS, $INTMIS, $INTCLR, $FAULTS, $FAULT, $STATUS, $SAR, $DEBUG) = (0x20, 0x24, 0x28, 0x2c, 0x34, 0x40, 0x100, 0x400, 0xd04);
my ($CODE, $FROM, $TO) = (0x30000000, 0x31000000, 0x32000000);
my ($STOPPED, $RUNNING, $WFE, $FAULTING) = (0, 1, 4, 15);

# ---- an assembler ----

my ($END, $LD, $ST, $STZ, $LDS, $STS) = map { pack 'C', $_ } 0, 4, 8, 0xc, 5, 9;
sub mov { return pack 'CCV', 0xbc, { sar => 0, ccr => 1, dar => 2 }->{ $_[0] }, $_[1] }
sub lp { return pack 'CC', 0x20 | $_[0] << 1, $_[1] - 1 }
sub lpend { return pack 'CC', 0x38 | $_[0] << 2, $_[1] }
sub sev { return pack 'CC', 0x34, $_[0] << 3 }
sub wfe { return pack 'CC', 0x36, $_[0] << 3 }
sub wfp { return pack 'CC', $_[0], $_[1] << 3 }

# both sides move, beats of so many bytes (a power of two), bursts of so many beats
sub ccr {
	my ($log, $beats) = @_;

	return 0x4001 | $log << 1 | $log << 15 | ($beats - 1) << 4 | ($beats - 1) << 18;
}

sub memory {
	my ($q, $at, $bytes) = @_;

	$bytes .= "\0" x (-length($bytes) & 3);
	$q->w(map { ($at + 4 * $_, unpack 'V', substr $bytes, 4 * $_, 4) } 0 .. length($bytes) / 4 - 1);
}

sub bytes {
	my ($q, $at, $n) = @_;

	return substr pack('V*', map { $q->r($at + 4 * $_) } 0 .. ($n + 3) / 4 - 1), 0, $n;
}

sub begin {
	my ($q, $base, $channel, $program, $at) = @_;

	$at //= $CODE + 0x1000 * $channel;
	memory($q, $at, $program);
	$q->w($base + 0xd08, 0x00a00000 | $channel << 24, $base + 0xd0c, $at, $base + $DEBUG, 0);
}

sub state { return $_[0]->r($_[1] + $STATUS + 8 * $_[2]) & 15 }

my $text = join '', map { chr 33 + $_ % 90 } 0 .. 4095;

for ([ mdma => 0xfa200000, 18 ], [ pdma0 => 0xe0900000, 19 ], [ pdma1 => 0xe0a00000, 20 ]) {
	my ($name, $base, $irq) = @$_;
	my $q = Qtest->start;

	is($q->r($base + 0xfe0) . ' ' . $q->r($base + 0xfe4), 0x30 . ' ' . 0x13, "$name: a PL330");
	memory($q, $FROM, $text);
	$q->w($base + $INTEN, 2);
	begin($q, $base, 0, mov(sar => $FROM) . mov(dar => $TO) . mov(ccr => ccr(3, 16)) . lp(0, 32) . $LD . $ST . lpend(0, 2) . sev(1) . $END);
	is(state($q, $base, 0), $RUNNING, "$name: a program runs");
	is(raw($q, $irq), 0, "$name: no interrupt yet");
	$q->step(100_000);
	is(state($q, $base, 0), $STOPPED, "$name: to its end");
	is(bytes($q, $TO, 4096), $text, "$name: 4 KiB are copied");
	is($q->r($TO + 4096), 0, "$name: and no more");
	is(raw($q, $irq) . ' ' . $q->r($base + $INTMIS), '1 2', "$name: its event interrupts");
	$q->w($base + $INTCLR, 2);
	is(raw($q, $irq) . ' ' . $q->r($base + $EVENTS), '0 0', "$name: until it is cleared");
	is($q->stop, 0, 'the machine ends');
}

my ($base, $irq) = (0xe0900000, 19);
my $q = Qtest->start;
memory($q, $FROM, $text);

begin($q, $base, 1, mov(sar => $FROM + 3) . mov(dar => $TO + 5) . mov(ccr => ccr(0, 7)) . lp(1, 3) . $LD . $ST . lpend(1, 2) . $END);
$q->step(10_000);
is(bytes($q, $TO, 28), "\0" x 5 . substr($text, 3, 21) . "\0\0", 'bytes, from odd addresses, by the other loop counter');
begin($q, $base, 1, mov(dar => $TO + 8) . mov(ccr => ccr(2, 4)) . $STZ . $END);
$q->step(10_000);
is(bytes($q, $TO, 28), "\0" x 5 . substr($text, 3, 3) . "\0" x 16 . substr($text, 22, 2) . "\0\0", 'zeros');
# a word that repeats: the source stays; loops within loops
begin($q, $base, 2, mov(sar => $FROM + 8) . mov(dar => $TO) . mov(ccr => ccr(2, 1) & ~1) . lp(0, 3) . lp(1, 4) . $LD . $ST . lpend(1, 2) .
	lpend(0, 6) . $END);
$q->step(20_000);
is(bytes($q, $TO, 52), substr($text, 8, 4) x 12 . "\0" x 4, 'one word, twelve times');
begin($q, $base, 2, mov(sar => $FROM) . mov(dar => $TO) . mov(ccr => ccr(2, 1)) . pack('Cv', 0x54, 16) . pack('Cv', 0x5e, 0xfffc) . $LD .
	$ST . $END);
$q->step(20_000);
is(bytes($q, $TO - 4, 4), substr($text, 16, 4), 'addresses moved forth and back');
is($q->r($base + $SAR + 0x40) . ' ' . $q->r($base + $SAR + 0x44), ($FROM + 20) . ' ' . $TO, 'they can be read');

# a peripheral: UART0 sends what memory has
$q->w($UART[0], 3, $UART[0] + 8, 1, $UART[0] + 4, 5);
memory($q, $FROM, 'by DMA');
begin($q, $base, 0, mov(sar => $FROM) . mov(dar => $UART[0] + 0x20) . mov(ccr => ccr(0, 1) & ~0x4000) . lp(0, 6) . wfp(0x30, 1) . $LDS . $STS .
	lpend(0, 4) . $END);
$q->step(20_000);
is($q->serial_read(6), 'by DMA', 'memory to UART0');

# events between channels, and from outside
begin($q, $base, 3, wfe(4) . mov(dar => $TO) . mov(ccr => ccr(2, 1)) . $STZ . sev(6) . $END);
$q->step(5000);
is(state($q, $base, 3), $WFE, 'a channel waits for an event');
begin($q, $base, 4, sev(4) . $END);
$q->step(5000);
is(state($q, $base, 3) . ' ' . $q->r($base + $EVENTS), "$STOPPED 64", 'another one sends it');
begin($q, $base, 3, wfe(7) . $END);
$q->w($base + 0xd08, 0x00340000 | 7 << 27, $base + $DEBUG, 0);
$q->step(5000);
is(state($q, $base, 3), $STOPPED, 'an event by hand');

# what is wrong
for ([ 'no instruction', "\xff", 0, 1 << 0 ], [ 'nothing to store', mov(dar => $TO) . mov(ccr => ccr(2, 1)) . $ST, 1 << 13 ],
	[ 'nothing is there to be read', mov(sar => 0x60000000) . mov(ccr => ccr(2, 1)) . $LD, 1 << 18 ],
	[ 'nothing is there to be written', mov(dar => 0x60000000) . mov(ccr => ccr(2, 1)) . $STZ, 1 << 17 ],
	[ 'more loaded than there is room for', mov(sar => $FROM) . mov(ccr => ccr(3, 16)) . $LD x 20, 1 << 12 ]) {
	my ($what, $program, $fault) = @$_[ 0, 1, $#$_ ];

	begin($q, $base, 5, $program . $END);
	$q->step(10_000);
	is(state($q, $base, 5) . ' ' . $q->r($base + $FAULTS) . ' ' . $q->r($base + $FAULT + 20), "$FAULTING 32 $fault", "a fault: $what");
	$q->w($base + 0xd08, 0x00010001 | 5 << 8, $base + $DEBUG, 0);
	is(state($q, $base, 5) . ' ' . $q->r($base + $FAULTS), "$STOPPED 0", 'the channel is killed');
}
begin($q, $base, 6, '', 0x60000000);
$q->step(10_000);
is($q->r($base + $FAULT + 24), 1 << 16, 'a fault: no memory at its program');

# a program that never ends, one that starts its own controller, saved and restored
begin($q, $base, 7, mov(dar => $TO) . mov(ccr => ccr(2, 1) & ~0x4000) . $STZ . pack('CC', 0x28, 1));
$q->w($TO, 1);
$q->step(50_000);
is($q->r($TO) . state($q, $base, 7), "0$RUNNING", 'a loop without an end leaves QEMU alive');
memory($q, $FROM, pack 'V', 0);
begin($q, $base, 0, mov(sar => $FROM) . mov(dar => $base + $DEBUG) . mov(ccr => ccr(2, 1)) . $LD . $ST . $END);
$q->w($base + 0xd08, 0x00340000 | 9 << 27);
$q->step(10_000);
is($q->r($base + $EVENTS) >> 9 & 1, 1, 'a program that writes to its own controller');
my $dir = tempdir('mercator-XXXXXX', TMPDIR => 1, CLEANUP => 1);
$q->qmp('stop');
$q->save("$dir/state");
my $two = Qtest->start(incoming => 1, args => [ '-incoming', 'defer' ]);
$two->command("clock_set $q->{now}");
$two->restore("$dir/state");
$two->qmp('cont');
$two->w($TO, 5);
$two->step(10_000);
is($two->r($TO) . state($two, $base, 7), "0$RUNNING", 'restored: it goes on');
$two->qmp('system_reset');
is(state($two, $base, 7), $STOPPED, 'a reset stops it');
is($_->stop, 0, 'the machine ends') for $q, $two;
done();
