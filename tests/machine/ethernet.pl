#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/ethernet.pl - the boards' DM9000: who it is, its PHY, packets out and in.
# Prints TAP.
use strict;
use warnings;
use Fcntl;
use File::Temp qw(tempdir);
use Socket;
use lib 'tests/machine';
use Qtest;
use S5pv210;
use Tap;

my ($NCR, $NSR, $TCR, $RCR, $EPCR, $EPAR, $EPDRL, $EPDRH, $PAR) = (0, 1, 2, 5, 0xb .. 0xe, 0x10);
my ($MRCMDX, $MRCMD, $MWCMD, $TXPLL, $TXPLH, $ISR, $IMR) = (0xf0, 0xf2, 0xf8, 0xfc .. 0xff);
my ($q, $index, $data);

sub in { $q->put(1, $index, $_[0]); return $q->get(1, $data) }
sub out { while (my ($r, $v) = splice @_, 0, 2) { $q->put(1, $index, $r); $q->put(1, $data, $v) } }
sub hex_in { return join ' ', map { sprintf '%02x', in($_) } @_ }

# Where the boards wire it: the chip select, the line that tells index from data, the interrupt.
for ([ x210 => 0x88000000, 4 ], [ x210 => 0x88000300, 4 ], [ tiny210 => 0x88000000, 8 ], [ tiny210 => 0x88001000, 0x300c ],
	[ tq210 => 0x88000000, 4, 'GPH1_2' ], [ smdkv210 => 0xa8000000, 2, 'GPH1_1' ]) {
	my ($machine, $base, $step, $pin) = @$_;

	($index, $data) = ($base, $base + $step);
	$q = Qtest->start(machine => $machine);
	is(hex_in(0x28 .. 0x2b), '46 0a 00 90', sprintf '%s: it is at 0x%x and +%x', $machine, $base, $step);
	if ($pin) {
		out($IMR, 0x82);
		send_frame("\xff" x 60);
		is($q->qom_get($GPIO_PATH, $pin), 'true', "its interrupt is at $pin");
	}
	$q->stop;
}

# ---- on a cable whose other end is here ----

$^F = 100;                              # the socket is for QEMU, too
socketpair(my $cable, my $theirs, AF_UNIX, SOCK_STREAM, PF_UNSPEC) or die;
$^F = 2;
my $nic = 'socket,fd=' . fileno($theirs) . ',mac=52:54:00:12:34:56';
($index, $data) = (0x88000000, 0x88000004);
$q = Qtest->start(machine => 'tiny210', args => [ '-nic', $nic ]);
close $theirs;

out($NCR, 1);
is(in($NCR), 0, 'a reset is over at once');
is(hex_in($PAR .. $PAR + 5), '52 54 00 12 34 56', 'its address is the one QEMU was told');
is(in($NSR) & 0x40, 0x40, 'there is a link');
is(in($ISR) >> 6, 0, 'the bus has 16 bits');
out($EPAR, 0x41, $EPCR, 0xc);
is(in($EPCR) & 1, 0, 'the PHY answers at once');
is((in($EPDRL) | in($EPDRH) << 8) & 0x24, 0x24, 'link, negotiation complete');
out($EPAR, 0x40, $EPDRL, 0, $EPDRH, 0x80, $EPCR, 0xa, $EPAR, 0x40, $EPCR, 0xc);
is(in($EPDRH) & 0x80, 0, "the PHY's reset is over at once");
out($EPAR, 0, $EPCR, 4);
is(in($EPDRL) | in($EPDRH) << 8, 0xffff, 'there is no EEPROM');

sub send_frame {
	my ($frame) = @_;

	$q->put(1, $index, $MWCMD);
	$q->put(2, $data, $_) for unpack 'v*', $frame . "\0" x (length($frame) & 1);
	out($TXPLL, length($frame) & 255, $TXPLH, length($frame) >> 8, $TCR, 1);
}

sub from_cable {
	my $frame = '';

	sysread $cable, my $length, 4;
	$length = unpack 'N', $length;
	sysread $cable, $frame, $length - length $frame, length $frame while length $frame < $length;
	return $frame;
}

my @frame = map { pack 'H12 H12 n a*', 'ffffffffffff', '525400123456', 0x0800, $_ x 61 } 'a', 'b';
for (0 .. 4) {
	send_frame($frame[ $_ & 1 ]);
	is(from_cable(), $frame[ $_ & 1 ], "packet $_ is sent");
}
is(in($NSR) & 4, 4, 'and said to be');
is(in($ISR), 2, 'as an interrupt, too');
out($NSR, 4, $ISR, 2);
is(in($NSR) & 4 | in($ISR), 0, 'which ones clear');

sub to_cable {
	my ($frame) = @_;

	syswrite $cable, pack 'N a*', length $frame, $frame;
	# QEMU reads its sockets between two commands of ours
	for (1 .. 10000) {
		return 1 if in($ISR) & 1;
	}
	return 0;
}

sub half { return sprintf '%04x', $q->get(2, $data) }

my $mine = pack 'H12 H12 n a*', '525400123456', '020000000001', 0x0806, 'question' x 10;
out($IMR, 0x81);
$q->put(1, $index, $MRCMDX);
is($q->get(1, $data) & 3, 0, 'no packet has come');
out($RCR, 0x31);
my $pin = sub { $q->qom_get($GPIO_PATH, 'GPH0_7') };
is($pin->(), 'false', 'its interrupt is low');
is(to_cable($mine), 1, 'a packet comes');
is($pin->(), 'true', 'its interrupt is high');
out($ISR, 1);
is($pin->(), 'false', 'until it is cleared');
$q->put(1, $index, $MRCMDX);
is($q->get(1, $data) & 3, 1, 'a packet is there');
is($q->get(1, $data) & 3, 1, 'as often as one looks');
$q->put(1, $index, $MRCMD);
is(half(), '0001', 'its status');
is(half(), sprintf('%04x', length($mine) + 4), 'its length, with the checksum');

# saved in the middle of a packet
my $dir = tempdir('mercator-XXXXXX', TMPDIR => 1, CLEANUP => 1);
$q->qmp('stop');
$q->save("$dir/state");
$q->stop;
$q = Qtest->start(machine => 'tiny210', incoming => 1, args => [ '-incoming', 'defer' ]);
$q->restore("$dir/state");
$q->qmp('cont');
is(pack('v*', map { $q->get(2, $data) } 1 .. length($mine) / 2), $mine, 'its bytes, in the machine it was restored to');
half() for 1 .. 2;
$q->put(1, $index, $MRCMDX);
is($q->get(1, $data) & 3, 0, 'no packet is behind it');

# loop-back: more packets than its memory is long, all of them for it
out($NCR, 2, $PAR, 0x52);
my @bad;
for my $n (0 .. 99) {
	my $frame = pack 'H12 H12 n n*', '525400123456', '020000000001', 0x88b5, map { $n * 1000 + $_ } 1 .. 200;

	send_frame($frame);
	$q->put(1, $index, $MRCMD);
	half() for 1 .. 2;
	push @bad, $n if pack('v*', map { $q->get(2, $data) } 1 .. length($frame) / 2) ne $frame;
	half() for 1 .. 2;
}
is("@bad", '', 'a hundred packets come back');
send_frame(pack 'H12 H12 n a60', '020000000002', '020000000001', 0x88b5, '');
$q->put(1, $index, $MRCMDX);
is($q->get(1, $data) & 3, 0, 'one for somebody else does not');
is($q->stop, 0, 'the machine ends');
done();
