# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/Tap.pm - one line of TAP for each thing that is tested; the plan comes
# last.  Modules of perl-base only.
package Tap;

use strict;
use warnings;
use Exporter 'import';

our @EXPORT = qw(ok is is_hex near done);

my ($n, $bad) = (0, 0);

$| = 1;

# The prototype makes a failing match a false value: in a list it would be nothing at
# all, and the name would count as true.
sub ok($$;$) {
	my ($true, $what, $why) = @_;

	$n++;
	print $true ? "ok $n - $what\n" : "not ok $n - $what\n";
	return $true if $true;
	$bad++;
	print "# $why\n" if defined $why;
	return $true;
}

sub is {
	my ($got, $want, $what) = @_;

	$got //= '(nothing)';
	return ok($got eq $want, $what, "is $got, should be $want");
}

sub is_hex {
	my ($got, $want, $what) = @_;

	return ok($got == $want, $what, sprintf 'is 0x%x, should be 0x%x', $got, $want);
}

# near(got, want, part of want that it may be off)
sub near {
	my ($got, $want, $part, $what) = @_;

	return ok(abs($got - $want) <= $part * abs $want, $what,
		"is $got, should be $want within " . 100 * $part . ' %');
}

# done(): the plan, and the program's exit status.
sub done {
	print "1..$n\n";
	exit($bad ? 1 : 0);
}

1;
