#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/g2d.pl - FIMG2D: rectangles filled, copied, stretched, clipped.  Prints TAP.
use strict;
use warnings;
use File::Temp qw(tempdir);
use lib 'tests/machine';
use Qtest;
use S5pv210;
use Tap;

my $G2D = 0xfa000000;
my ($FROM, $TO) = (0x31000000, 0x32000000);
my $IRQ = 2 * 32 + 9;
my ($XRGB8888, $RGB565, $AXBGR) = (0, 2, 2 << 4);
my ($SRC, $DST, $CLIP, $ROP4, $FG, $BG) = (0x300, 0x400, 0x600, 0x614, 0x700, 0x704);
my ($STRETCH, $WINDOW) = (0x10, 0x100);
my $q = Qtest->start;

sub g2d { while (my ($offset, $value) = splice @_, 0, 2) { $q->w($G2D + $offset, $value) } }
sub corner { return $_[1] << 16 | $_[0] }

# an image of 8 by 4 pixels, and the part of it that counts
sub image {
	my ($which, $base, $mode, $bytes, @at) = @_;

	g2d($which, 0, $which + 4, $base, $which + 8, 8 * $bytes, $which + 0xc, $mode, $which + 0x10, corner(@at[ 0, 1 ]),
		$which + 0x14, corner(@at[ 2, 3 ]));
}

sub start { g2d($ROP4, 0xcccc, 0x104, $_[0] // 0, 0x100, 1) }
sub fill_memory { $q->w(map { ($_[0] + 4 * $_, $_[1]->($_)) } 0 .. 31) }
sub row { my ($y) = @_; return join ' ', map { sprintf '%x', $q->r($TO + 32 * $y + 4 * $_) } 0 .. 7 }

is($q->r($G2D + 0x10) & 1, 1, 'nothing is being done');
image($DST, $TO, $XRGB8888, 4, 2, 1, 5, 3);
g2d($SRC, 1, $FG, 0x112233, $BG, 0x445566, 4, 1);
is(raw($q, $IRQ), 0, 'no interrupt');
start();
is(row(0) . ', ' . row(1) . ', ' . row(3), '0 0 0 0 0 0 0 0, 0 0 112233 112233 112233 0 0 0, 0 0 0 0 0 0 0 0', 'filled with the foreground');
is(row(2), '0 0 112233 112233 112233 0 0 0', 'to its last row');
is(raw($q, $IRQ) . ' ' . $q->r($G2D + 0xc), '1 1', 'an interrupt when it is done');
g2d(0xc, 1);
is(raw($q, $IRQ), 0, 'until it is cleared');
is($q->r($G2D + 0x10) & 1, 1, 'and ready');
g2d($SRC, 2, $CLIP, corner(3, 0), $CLIP + 4, corner(8, 2));
start($WINDOW);
is(row(1) . ', ' . row(2), '0 0 112233 445566 445566 0 0 0, 0 0 112233 112233 112233 0 0 0', 'the background, in a window');

fill_memory($FROM, sub { 0x10000 * int($_[0] / 8) + $_[0] % 8 });
image($SRC, $FROM, $XRGB8888, 4, 1, 2, 4, 4);
image($DST, $TO, $XRGB8888, 4, 0, 0, 3, 2);
start();
is(row(0) . ', ' . row(1), '20001 20002 20003 0 0 0 0 0, 30001 30002 30003 445566 445566 0 0 0', 'copied');
image($DST, $TO, $XRGB8888, 4, 0, 0, 6, 4);
start($STRETCH);
is(row(0) . ', ' . row(3), '20001 20001 20002 20002 20003 20003 0 0, 30001 30001 30002 30002 30003 30003 0 0', 'stretched');
g2d(0x204, 1);
start($STRETCH);
is(row(1), '20003 20003 20002 20002 20001 20001 0 0', 'mirrored');
g2d(0x204, 2);
start($STRETCH);
is(row(1), '30001 30001 30002 30002 30003 30003 0 0', 'upside down');
g2d(0x204, 0);
fill_memory($TO, sub { 0xff });
image($DST, $TO, $XRGB8888, 4, 0, 0, 3, 1);
g2d($ROP4, 0x6666, 0x104, 0, 0x100, 1);
is(row(0), '200fe 200fd 200fc ff ff ff ff ff', 'exclusive or');

$q->w($FROM, 0xf80007e0, $FROM + 4, 0x0000001f);
image($SRC, $FROM, $RGB565, 2, 0, 0, 4, 1);
image($DST, $TO, $XRGB8888, 4, 0, 0, 4, 1);
start();
is(row(0), join(' ', map { sprintf '%x', $_ } 0xff00ff00, 0xffff0000, 0xff0000ff, 0xff000000) . ' ff ff ff ff', 'RGB565 to 32 bits');
g2d($DST + 0xc, $AXBGR);
start();
is(row(0), join(' ', map { sprintf '%x', $_ } 0xff00ff00, 0xff0000ff, 0xffff0000, 0xff000000) . ' ff ff ff ff', 'in the other order');
image($SRC, $TO, $AXBGR, 4, 0, 0, 4, 1);
image($DST, $TO + 32, $RGB565, 2, 0, 0, 4, 1);
start();
is(sprintf('%08x %08x', $q->r($TO + 32), $q->r($TO + 36)), 'f80007e0 0000001f', 'and back');

my $dir = tempdir('mercator-XXXXXX', TMPDIR => 1, CLEANUP => 1);
$q->qmp('stop');
$q->save("$dir/state");
my $two = Qtest->start(incoming => 1, args => [ '-incoming', 'defer' ]);
$two->restore("$dir/state");
is($two->r($G2D + $DST + 4), $TO + 32, 'restored: its registers');
is($two->stop, 0, 'the machine ends');
$q->qmp('cont');

# nonsense
image($SRC, 0xe2700000, $XRGB8888, 4, 0, 0, 8191, 8191);
image($DST, 0xfa000000, $XRGB8888, 4, 0, 0, 64, 64);
start($STRETCH);
is($q->r($G2D + 0x10) & 1, 1, 'what is no memory is left alone');
g2d(0, 1);
is($q->r($G2D + $FG), 0, 'its own reset');
is($q->stop, 0, 'the machine ends');
done();
