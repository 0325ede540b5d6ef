#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/clock.pl - what the clock controller says its multiplexers have chosen, by
# which programs reckon every clock.  Prints TAP.
use strict;
use warnings;
use lib 'tests/machine';
use Qtest;
use S5pv210;
use Tap;

my ($SRC0, $SRC6, $MUX_STAT0, $MUX_STAT1) = map { $CLK + $_ } 0x200, 0x218, 0x1100, 0x1104;
my $q = Qtest->start;

is_hex($q->r($MUX_STAT0), 0x21112222, 'at first: the PLLs, 2 in their fields');
$q->w($SRC0, 0);
is_hex($q->r($MUX_STAT0), 0x11111111, 'the crystal everywhere: 1');
for my $field (0 .. 7) {
	$q->w($SRC0, 1 << 4 * $field);
	is_hex($q->r($MUX_STAT0), 0x11111111 + (1 << 4 * $field), "CLK_SRC0's bit " . 4 * $field);
}
is_hex($q->r($MUX_STAT1), 0x01010000, 'HPM and DMC0: their first inputs');
$q->w($SRC6, 1 << 16 | 3 << 24);
is_hex($q->r($MUX_STAT1), 0x08020000, 'HPM and DMC0: others');
$q->w($MUX_STAT0, 0xffffffff);
is_hex($q->r($MUX_STAT0), 0x11111111 + (1 << 28), 'it cannot be written');
is($q->stop, 0, 'the machine ends');
done();
