#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tools/counts.pl - how much was tested, in numbers: what the last run of each kind
# came to, if the tree is still the same.
#
# usage: counts.pl                  the table
#        counts.pl --sum            the sum of the tree, for a run that begins
#        counts.pl KIND TEXT [SUM]  note that the tests of KIND came to TEXT, begun at SUM
#
# Called at the top of the tree.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Counts qw(tree_sum note noted);

# Each is the name of its make target.  A shorter kind may stand in for it.
my @kinds = qw(lint test test-uboot test-m32 test-asan random fuzz coverage mutants mutants-assembly proofs proofs-broken);
my %instead = (mutants => 'mutants-sample');
my $now = tree_sum();

if (@ARGV) {
	if ("@ARGV" eq '--sum') { print "$now\n"; exit 0 }
	@ARGV == 2 || @ARGV == 3 or die "usage: counts.pl [--sum | KIND TEXT [SUM]]\n";
	note($ARGV[0], $ARGV[2] // $now, $ARGV[1]);
	exit 0;
}
line($_) for @kinds;
print "(a run is of this tree if no file has changed since it began; make everything runs all of them)\n";
sub line {
	my ($kind) = @_;
	my ($sum, $text) = noted($kind);

	if (($sum // '') ne $now && $instead{$kind}) {
		my ($other, $less) = noted($instead{$kind});
		return say($kind, $less) if ($other // '') eq $now;
	}
	if (($sum // '') eq $now) {
		say($kind, $text);
		within_test() if $kind eq 'test';
		return;
	}
	say($kind, defined $sum ? "(of another tree: $text)" : "not run: make $kind");
}

sub say {
	printf "%-16s %s\n", @_;
}

# What the logs of `make test` say of its parts.
sub within_test {
	my ($random) = matches('unit-test_random.log', qr/^random: SEED=\d+ OPS=(\d+)/m);
	my $inputs = 0;
	my $mutants = () = matches('watch-mutants-*.log', qr/^(ok) \d+ - \S+: reported/m);

	$inputs += $_ for matches('replay-*.log', qr/(\d+) inputs replayed/);
	say('', "in it: $random operations in random order on the model") if $random;
	say('', "in it: $inputs inputs of fuzzers replayed") if $inputs;
	say('', "in it: $mutants images with a rule broken, found out by the plug-in") if $mutants;
}

sub matches {
	my ($files, $what) = @_;
	my @found;

	for my $path (glob "build/test/$files") {
		open my $f, '<', $path or next;
		local $/;
		push @found, <$f> =~ /$what/g;
	}
	return @found;
}
