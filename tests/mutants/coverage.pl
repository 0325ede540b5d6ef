#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/mutants/coverage.pl - is every branch of the mapping core taken, or argued for?
#
# usage: coverage.pl GCOVR.json LIST
#
# GCOVR.json is what gcovr --json says of the unit tests.  A line with a branch
# that no test takes is an error unless LIST has it with a reason (Argued.pm); a
# line of LIST whose branches are all taken is an error, too.
use strict;
use warnings;
use FindBin;
use JSON::PP 'decode_json';
use lib $FindBin::Bin, "$FindBin::Bin/../../tools";
use Argued 'argued';
use Counts qw(tree_sum note noted);

@ARGV == 2 or die "usage: coverage.pl GCOVR.json LIST\n";
my ($json, $list) = @ARGV;
my %why = argued($list);
my ($branches, $taken, $let, @bad, %met) = (0, 0, 0);

for my $file (@{ decode_json(slurp($json))->{files} }) {
	my @source = split /\n/, slurp($file->{file});

	for my $line (@{ $file->{lines} }) {
		my @all = @{ $line->{branches} };
		my $missed = grep { !$_->{count} } @all;
		my $n = $line->{line_number};

		$branches += @all;
		$taken += @all - $missed;
		next if !$missed;
		my $key = "$file->{file} " . function_at(\@source, $n) . ' | ' . squeeze($source[$n - 1]);
		$met{$key} = 1;
		if (exists $why{$key}) {
			$let += $missed;
		} else {
			push @bad, "$file->{file}:$n: $missed of " . @all . " branches never taken: " .
				squeeze($source[$n - 1]);
		}
	}
}
push @bad, map { "$list: every branch of this is taken now, so it needs no reason: $_" }
	grep { !$met{$_} } sort keys %why;
print "$_\n" for @bad;
my $sum = sprintf '%d of %d branches of the mapping core taken, %d argued for in %s', $taken,
	$branches, $let, $list;
print "coverage: $sum\n";
note('coverage', (noted('coverage'))[0] // tree_sum(), $sum . (@bad ? '; ' . @bad . ' to be mended' : ''));
exit(@bad ? 1 : 0);

sub slurp {
	my ($path) = @_;
	local $/;
	open my $f, '<', $path or die "coverage.pl: $path: $!\n";
	return scalar <$f>;
}

# The last line in column one that opens a function.
sub function_at {
	my ($source, $n) = @_;

	for my $i (reverse 0 .. $n - 1) {
		my $line = $source->[$i] =~ s/__attribute__\(\(\w+\)\)//r;
		return $1 if $line =~ /^[A-Za-z_].*?(\w+)\([^;]*$/;
	}
	return '?';
}

sub squeeze {
	my ($s) = @_;
	$s =~ s,/\*.*?\*/,,g;
	$s =~ s/\s+/ /g;
	$s =~ s/^ | $//g;
	return $s;
}
