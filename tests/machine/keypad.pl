#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/keypad.pl - the matrix keypad, scanned as drivers do it.  Prints TAP.
use strict;
use warnings;
use lib 'tests/machine';
use Qtest;
use S5pv210;
use Tap;

my ($CON, $STATUS, $COL, $ROW) = map { 0xe1600000 + 4 * $_ } 0 .. 3;
my $PATH = '/machine/soc/keypad';
my $IRQ = 2 * 32 + 25;
my $IDLE = 0x3fff;

my $q = Qtest->start;

is_hex($q->r($ROW), $IDLE, 'no key is down: all rows are high');
$q->w($CON, 3, $COL, 0);
$q->qom_set($PATH, 'pressed', '"0,3 9,7"');
is_hex($q->r($ROW), $IDLE & ~(1 << 0 | 1 << 9), 'two keys pull their rows down');
is_hex($q->r($STATUS), 1 << 0 | 1 << 9, 'which sets their press bits');
is(raw($q, $IRQ), 1, 'and interrupts');
is(join(' ', map { sprintf '%x', row_of($_) } 0 .. 7), '3fff 3fff 3fff 3ffe 3fff 3fff 3fff 3dff', 'a scan finds both');
$q->w($COL, 0, $STATUS, 0xffffffff);
is(raw($q, $IRQ), 0, 'acknowledged');
is($q->qom_get($PATH, 'pressed'), '0,3 9,7', 'the property says so');
$q->qom_set($PATH, 'pressed', '"9,7"');
is_hex($q->r($STATUS), 1 << 16, 'a release sets its bit');
ok(!eval { $q->qom_set($PATH, 'pressed', '"14,0"'); 1 }, 'there is no row 14');
like_error($@);
is_hex($q->r($ROW), $IDLE & ~(1 << 9), 'and nothing has changed');
$q->stop;
done();

# Only this column is driven low.
sub row_of {
	my ($column) = @_;

	$q->w($COL, (~(1 << $column) & 0xff) << 8);
	return $q->r($ROW);
}

sub like_error {
	my ($said) = @_;

	ok($said =~ /14,0\S* is no key/, 'the error names it', $said);
}
