#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/nand.pl - the NAND controller and its chip: identity, pages programmed, read
# and erased, the image that keeps them.  Prints TAP.
use strict;
use warnings;
use File::Temp qw(tempdir);
use lib 'tests/machine';
use Qtest;
use S5pv210;
use Tap;

my $NFCON = 0xb0e00000;
my ($CONT, $CMD, $ADDR, $DATA, $STAT) = map { $NFCON + $_ } 4, 8, 0xc, 0x10, 0x28;
my $IRQ = 1 * 32 + 8;
my ($PAGE, $WHOLE, $BLOCK) = (2048, 2048 + 64, 64);
my $dir = tempdir('mercator-XXXXXX', TMPDIR => 1, CLEANUP => 1);

sub row { return map { ($ADDR, $_) } $_[0] & 255, $_[0] >> 8 & 255, $_[0] >> 16 }
sub column { return map { ($ADDR, $_) } $_[0] & 255, $_[0] >> 8 }

sub get_bytes {
	my ($q, $n) = @_;

	return join ' ', map { sprintf '%02x', $q->get(1, $DATA) } 1 .. $n;
}

sub read_page {
	my ($q, $page, $column, $n) = @_;

	$q->w($CMD, 0x00, column($column), row($page), $CMD, 0x30);
	return get_bytes($q, $n);
}

sub program {
	my ($q, $page, $column, @bytes) = @_;

	$q->w($CMD, 0x80, column($column), row($page));
	$q->put(1, $DATA, $_) for @bytes;
	$q->w($CMD, 0x10, $CMD, 0x70);
	return $q->get(1, $DATA);
}

sub erase {
	my ($q, $page) = @_;

	$q->w($CMD, 0x60, row($page), $CMD, 0xd0, $CMD, 0x70);
	return $q->get(1, $DATA);
}

# ---- a chip without an image ----

my $q = Qtest->start;
$q->w($CONT, 1, $CMD, 0xff);
is($q->r($STAT) & 0x11, 0x11, 'after a reset it is ready, and became so');
$q->w($STAT, 0x10);
is($q->r($STAT) & 0x11, 0x01, 'a one clears the edge');
$q->w($CMD, 0x90, $ADDR, 0);
is(get_bytes($q, 6), 'ec dc 10 95 54 00', 'the ID, then nothing');
$q->w($CMD, 0x90, map({ ($ADDR, 0) } 1 .. 5));
is(get_bytes($q, 2), 'ec dc', 'the ID, for those who send five cycles');
$q->w($CMD, 0x90, $ADDR, 0x20);
is(get_bytes($q, 4), '00 00 00 00', 'no ONFI');
is(read_page($q, 4097, 0, 3), 'ff ff ff', 'an erased page');

is(program($q, 4097, 0, 1 .. 5), 0xe0, 'programming succeeds');
is(read_page($q, 4097, 0, 6), '01 02 03 04 05 ff', 'what was programmed is read');
is(read_page($q, 4097, 2, 2), '03 04', 'from a column on');
$q->w($CMD, 0x05, column(1), $CMD, 0xe0);
is(get_bytes($q, 2), '02 03', 'another column of the same page');
$q->w($CMD, 0x70);
$q->get(1, $DATA);
$q->w($CMD, 0x00);
is(get_bytes($q, 1), '04', 'and on, behind a look at the status');
is(read_page($q, 4096, 0, 2) . read_page($q, 4098, 0, 2), 'ff ffff ff', 'its neighbours are as they were');
program($q, 4097, 0, 0xfe, 0xff, 0xf0);
is(read_page($q, 4097, 0, 4), '00 02 00 04', 'programming again makes zeros only');
is(program($q, 4097, $PAGE, 0x12, 0x34), 0xe0, 'the spare area');
is(read_page($q, 4097, $PAGE - 1, 3), 'ff 12 34', 'is behind the page');
$q->w($CMD, 0x80, column(0), row(7), $DATA, 0x44332211, $CMD, 0x85, column(100));
$q->put(2, $DATA, 0x6655);
$q->w($CMD, 0x10);
is(read_page($q, 7, 0, 5) . ', ' . read_page($q, 7, 100, 3), '11 22 33 44 ff, 55 66 ff', 'wide stores; two columns of one page');
$q->w($CMD, 0x00, column(0), row(7), $CMD, 0x30);
is($q->r($DATA), 0x44332211, 'wide loads');
$q->w($CMD, 0x00, column(0), row(7), $CMD, 0x35, $CMD, 0x85, column(0), row(9), $CMD, 0x10);
is(read_page($q, 9, 0, 4), '11 22 33 44', 'a page copied inside of the chip');

program($q, $BLOCK - 1, 0, 0);
program($q, $BLOCK, 0, 0);
is(erase($q, 5), 0xe0, 'erasing succeeds');
is(join(',', map { read_page($q, $_, 0, 1) } 7, 9, $BLOCK - 1, $BLOCK), 'ff,ff,ff,00', 'a whole block, not the next one');
is(read_page($q, 4096 * $BLOCK - 1, 0, 1), 'ff', 'the last page');
$q->w($CMD, 0x00, column($WHOLE - 1), row(4097), $CMD, 0x30);
is(get_bytes($q, 3), 'ff ff ff', 'nothing is behind the spare area');

# chip select, interrupt
program($q, 3, 0, 0x77);
$q->w($CONT, 3, $CMD, 0x60, row(3), $CMD, 0xd0, $CONT, 1);
is(read_page($q, 3, 0, 1), '77', 'a chip that is not selected does nothing');
$q->w($CONT, 3);
is(get_bytes($q, 1), 'ff', 'and drives nothing');
$q->w($STAT, 0x10, $CONT, 0x201);
is(raw($q, $IRQ), 0, 'no interrupt');
$q->w($CMD, 0xff);
is(raw($q, $IRQ), 1, 'an interrupt when it is ready');
$q->w($STAT, 0x10);
is(raw($q, $IRQ), 0, 'until the edge is cleared');
$q->w($CONT, 1);

# the whole of it, saved and restored, in the middle of a page
$q->w($CMD, 0x00, column(0), row(4097), $CMD, 0x30);
$q->get(1, $DATA);
$q->qmp('stop');
$q->save("$dir/state");
my $two = Qtest->start(incoming => 1, args => [ '-incoming', 'defer' ]);
$two->restore("$dir/state");
$two->qmp('cont');
is(get_bytes($two, 2), '02 00', 'restored: the page that was being read');
is(read_page($two, 3, 0, 2) . ', ' . read_page($two, 5, 0, 1), '77 ff, ff', 'restored: the cells');
$two->stop;
$q->qmp('cont');
$q->qmp('system_reset');
$q->w($CONT, 1);
is(read_page($q, 3, 0, 1), '77', 'a reset of the machine erases nothing');
is($q->stop, 0, 'the machine ends');

# ---- with an image ----

sub image {
	my ($name, $size, %at) = @_;

	open my $f, '>', "$dir/$name" or die;
	print $f "\xff" x $size;
	while (my ($offset, $bytes) = each %at) {
		seek $f, $offset, 0;
		print $f $bytes;
	}
	close $f;
	return "$dir/$name";
}

sub bytes_of {
	my ($file, $offset, $n) = @_;

	open my $f, '<', $file or die;
	seek $f, $offset, 0;
	my $bytes;
	read $f, $bytes, $n;
	return unpack 'H*', $bytes;
}

for my $case ([ 'with the spare area', $WHOLE, "\x21\x22" ], [ 'without spare area', $PAGE, "\xff\xff" ]) {
	my ($what, $step, $spare) = @$case;
	my $file = image('nand', 4 * $BLOCK * $step, 65 * $step => 'abc', ($step == $WHOLE ? (65 * $step + $PAGE => $spare) : ()));
	my $q = Qtest->start(args => [ '-drive', "if=mtd,format=raw,file=$file" ]);

	$q->w($CONT, 1);
	is(read_page($q, 65, 0, 4), '61 62 63 ff', "an image $what: its pages");
	is(read_page($q, 65, $PAGE, 2), join(' ', unpack '(H2)*', $spare), "an image $what: its spare area");
	program($q, 130, 4, 0xab);
	is(erase($q, 64), 0xe0, "an image $what: erasing");
	is(program($q, 1000, 0, 1), 0xe0, "an image $what: behind its end the chip goes on");
	is($q->stop, 0, 'the machine ends');
	is(bytes_of($file, 130 * $step, 6), 'ffffffffabff', "an image $what: what was programmed is in it");
	is(bytes_of($file, 65 * $step, 3), 'ffffff', "an image $what: what was erased is not");
}
done();
