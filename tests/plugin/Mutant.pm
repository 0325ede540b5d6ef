# SPDX-License-Identifier: BSD-2-Clause
# tests/plugin/Mutant.pm - a copy of the tree in which one thing at a time is
# broken: the table of what, the change itself, the image that comes of it.
#
# The table (mutants.txt) has one paragraph for each mutant, "key: value" lines:
#	name     letters, digits, dashes
#	file     the source that is changed
#	in       the function (C) or label (assembly) whose body is changed;
#	         without: the whole file
#	change   a Perl substitution, s/from/to/; it must match, and change something
#	run      what the guest is given: demo, selftest GROUP, selftest twice
#	expect   RULE SYMBOL TEXT: a finding of that rule, in that symbol, at a source
#	         line that holds TEXT; may stand several times
# Modules of perl-base only.
package Mutant;

use strict;
use warnings;

# table(FILE): the mutants, as hashes; what is wrong with the table is fatal.
sub table {
	my ($file) = @_;
	my (@mutants, %names);

	open my $f, '<', $file or die "$file: $!\n";
	local $/ = '';
	while (my $paragraph = <$f>) {
		my %m = (expect => []);

		for (grep { !/^#/ } split /\n/, $paragraph) {
			my ($key, $value) = /^(name|file|in|change|run|expect):\s+(.*?)\s*$/
				or die "$file: cannot read '$_': wanted name, file, in, change, run or expect, a colon, a value\n";

			if ($key eq 'expect') {
				my ($rule, $symbol, $text) = $value =~ /^(R\d)\s+(\S+)\s+(.+)$/
					or die "$file: cannot read 'expect: $value': wanted RULE SYMBOL TEXT\n";

				push @{ $m{expect} }, { rule => $rule, symbol => $symbol, text => $text };
			} else {
				$m{$key} = $value;
			}
		}
		next unless $m{name};
		defined $m{$_} or die "$file: $m{name}: no $_\n" for qw(file change run);
		die "$file: $m{name}: no expect\n" unless @{ $m{expect} };
		die "$file: $m{name} stands twice\n" if $names{ $m{name} }++;
		push @mutants, \%m;
	}
	die "$file: it has no mutants\n" unless @mutants;
	return @mutants;
}

sub slurp {
	my ($file) = @_;

	local $/;
	open my $f, '<', $file or die "$file: $!\n";
	return <$f>;
}

sub spew {
	my ($file, $text) = @_;

	open my $f, '>', $file or die "$file: $!\n";
	print $f $text or die "$file: $!\n";
	close $f or die "$file: $!\n";
}

# copy_tree(FROM, TO, BOARDS...): the sources and the boards' objects, with their times,
# so that make compiles there what a mutant changes and no more.
sub copy_tree {
	my ($from, $to, @boards) = @_;
	my %board = map { ("'build/$_'" => 1) } @boards;

	system('rm', '-rf', $to);
	system('mkdir', '-p', "$to/build") == 0 or die "$to cannot be made\n";
	system("cd '$from' && tar cf - --exclude=./build --exclude=./.git . @{[ sort keys %board ]} | tar xf - -C '$to'") == 0
		or die "$from cannot be copied to $to\n";
}

# body(TEXT, NAME): where the function or label begins and how long it is.
sub body {
	my ($text, $name) = @_;

	return ($-[0], $+[0] - $-[0]) if $text =~ /^\w[^;{}\n]*\b\Q$name\E\([^;{}]*\)\n\{.*?^\}/ms;
	return ($-[0], $+[0] - $-[0]) if $text =~ /^\Q$name\E:.*?(?=^\w+:|\z)/ms;
	return ();
}

# apply(TREE, MUTANT): undef, or why it cannot be done.  restore() undoes it.
sub apply {
	my ($tree, $m) = @_;
	my $text = $m->{was} = slurp("$tree/$m->{file}");
	my ($at, $length) = defined $m->{in} ? body($text, $m->{in}) : (0, length $text);

	return "$m->{file} has no $m->{in}()" unless defined $at;
	my $part = my $old = substr $text, $at, $length;
	my $n = eval "\$part =~ $m->{change}";
	return "'$m->{change}' is no substitution: $@" if $@;
	return "'$m->{change}' matches nothing in " . ($m->{in} // $m->{file}) . ': the source was changed, correct the table' unless $n;
	return "'$m->{change}' changes nothing" if $part eq $old;
	substr($text, $at, $length) = $part;
	spew("$tree/$m->{file}", $text);
	return undef;
}

sub restore {
	my ($tree, $m) = @_;

	spew("$tree/$m->{file}", $m->{was});
}

# build(FROM, TREE, BOARD, LOG, MORE...): the image there, and what is made of it.  Flags must read as in FROM, or
# make would compile everything again.
sub build {
	my ($from, $tree, $board, $log, @more) = @_;

	delete @ENV{qw(MAKEFLAGS MAKELEVEL MFLAGS MAKEOVERRIDES)};
	return system("cd '$tree' && INSTALL=no make -j1 BOARD='$board' REPRODUCIBLE='-ffile-prefix-map=$from=.' image @more >'$log' 2>&1") == 0;
}

# found(MUTANT, TREE, @lines): the expectations that no finding meets.  The lines are
# watch.pl's: "# RULE SYMBOL (FILE:LINE): text".
sub missed {
	my ($m, $tree, @lines) = @_;
	my @missed;

	for my $want (@{ $m->{expect} }) {
		push @missed, $want unless grep { meets($want, $tree, $_) } @lines;
	}
	return @missed;
}

sub meets {
	my ($want, $tree, $line) = @_;
	my ($rule, $symbol, $file, $number) = $line =~ /^# (R\d) (\S+) \(([^:()]+):(\d+)\): / or return 0;

	return 0 unless $rule eq $want->{rule} && $symbol =~ /^\Q$want->{symbol}\E(\.\w+)*$/ && -e "$tree/$file";
	my @source = split /\n/, slurp("$tree/$file");
	return index($source[$number - 1] // '', $want->{text}) >= 0;
}

1;
