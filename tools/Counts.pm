# SPDX-License-Identifier: BSD-2-Clause
# tools/Counts.pm - what each kind of test came to, kept until the tree changes.
#
# A kind's result is a line in build/counts/KIND, behind a sum of every file of the
# tree as it was when the tests began: `make counts` shows what is said of this tree.
package Counts;
use strict;
use warnings;
use Digest::SHA;
use Exporter 'import';
use File::Find;
use File::Path 'make_path';

our @EXPORT_OK = qw(tree_sum note noted);
my $dir = 'build/counts';

# Called at the top of the tree.
sub tree_sum {
	my $sum = Digest::SHA->new(1);
	my @files;

	find({ no_chdir => 1, wanted => sub {
		my $path = $File::Find::name;

		$File::Find::prune = 1 if $path eq './build' || $path =~ m{^\./\.git};
		push @files, $path if -f $path && !-l $path;
	} }, '.');
	for my $path (sort @files) {
		$sum->add("$path\0");
		open my $f, '<:raw', $path or next; # gone since: the tree changes just now
		$sum->addfile($f);
	}
	return $sum->hexdigest;
}

# note(KIND, SUM, TEXT): the tree was SUM when the tests began.
sub note {
	my ($kind, $sum, $text) = @_;

	make_path($dir);
	open my $f, '>', "$dir/$kind" or die "Counts.pm: $dir/$kind: $!\n";
	print $f "$sum\t$text\n";
	close $f or die "Counts.pm: $dir/$kind: $!\n";
}

# (SUM, TEXT) of the last run, or nothing.
sub noted {
	my ($kind) = @_;

	open my $f, '<', "$dir/$kind" or return;
	my ($sum, $text) = (<$f> // '') =~ /^([0-9a-f]{40})\t(.+)$/ or return;
	return ($sum, $text);
}

1;
