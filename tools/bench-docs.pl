#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tools/bench-docs.pl - the kit's own figures in docs/performance.md, rewritten
# from build/bench.tsv (make bench).
use strict;
use warnings;

my ($page, $figures) = ('docs/performance.md', 'build/bench.tsv');
my (%count, $text);

open my $f, '<', $figures or die "bench-docs.pl: $figures: $!; run `make bench` first\n";
while (<$f>) {
	my ($board, $case, $n) = split /[\t\n]/;

	$count{$board}{$case} = $n;
}

sub count {
	my ($board, $case) = @_;

	return $count{$board}{$case} // die "bench-docs.pl: $figures has no '$case' of $board; run `make bench`\n";
}

# "least (mean)" of a pair on virt
sub pair {
	my ($case) = @_;

	return count('virt', "map+unmap $case, min") . ' (' . count('virt', "map+unmap $case") . ')';
}

# row(first cell, what the second is now)
sub row {
	my ($key, @cells) = @_;
	my $now = join ' | ', @cells;
	my $old = join ' \| ', ('[^|\n]*?') x @cells;

	$text =~ s/^\| \Q$key\E \| $old \|/| $key | $now |/m or die "bench-docs.pl: $page has no row '$key'\n";
}

# words(text with # for the number, number)
sub words {
	my ($phrase, $n) = @_;
	my ($before, $after) = split /#/, $phrase;

	$text =~ s/\Q$before\E\d+\Q$after\E/$before$n$after/ or die "bench-docs.pl: $page does not say '$phrase'\n";
}

open $f, '<', $page or die "bench-docs.pl: $page: $!\n";
$text = do { local $/; <$f> };
row("$_ KiB", pair("${_}K")) for 4, 64;
row("$_ MiB", pair("${_}M")) for 1, 16;
row($_, pair("4K, $_ live")) for 16, 256, 1024, 4096;
row('the first row', count('virt', 'static row map+unmap, first row'));
row('the last row', count('virt', 'static row map+unmap, last row') . ' (of 5)');
for ('realview-pb-a8', 'vexpress-a9', 'virt') {
	row($_, count($_, 'entry to SCTLR.M'), count($_, 'entry to SCTLR.M without the set/way loops'));
}
words('first 4 KiB map of a MiB costs #:', count('virt', 'map+unmap 4K, first'));
words('4 KiB pair: # on realview-pb-a8', count('realview-pb-a8', 'map+unmap 4K'));
words('on realview-pb-a8, # on vexpress-a9', count('vexpress-a9', 'map+unmap 4K'));
open $f, '>', $page or die "bench-docs.pl: $page: $!\n";
print $f $text;
close $f or die "bench-docs.pl: $page: $!\n";
