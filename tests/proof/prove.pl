#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/proof/prove.pl - run CBMC on the harnesses of this folder; TAP.
#
# usage: prove.pl [--breaks] CBMC [harness.c ...]
#
# A harness says in its first comment what it wants (proof.h).  --breaks makes
# each of its "break:" changes in a copy of the source and expects the proof to
# fail: a proof that nothing can break proves nothing.  Likewise each REACHED() of
# each variant must be reached by some input: an assumption that leaves none would
# prove anything.
use strict;
use warnings;
use File::Basename qw(basename dirname);
use File::Path qw(make_path);
use File::Temp qw(tempdir);

$| = 1;
my $here = dirname(__FILE__);
my $breaks = @ARGV && $ARGV[0] eq '--breaks' && shift;
my $cbmc = shift or die "usage: prove.pl [--breaks] CBMC [harness.c ...]\n";
my @harnesses = @ARGV ? @ARGV : grep { !/tables\.c$/ } sort glob("$here/*.c");
my $count = 0;

# The first comment's fields (proof.h); with, narrow and break may stand there several times.
sub fields_of {
	my ($file) = @_;
	my %f = (with => [], break => [], narrow => []);
	open my $in, '<', $file or die "prove.pl: $file cannot be read: $!\n";
	while (<$in>) {
		last if m{^ \*/};
		next if !/^ \* (sources|memory|options|unwind|with|break|bound|narrow): (.*)/;
		if (ref $f{$1}) { push @{ $f{$1} }, $2 }
		else { $f{$1} = defined $f{$1} ? $f{$1} . ($1 eq 'unwind' ? ',' : ' ') . $2 : $2 } # goes on
	}
	close $in;
	$f{$_} // die "prove.pl: $file has no line \" * $_: ...\" in its first comment\n"
	    for qw(unwind bound);
	$f{sources} //= ''; # it includes what it proves
	$f{memory} //= 'tables.c';
	$f{options} //= '';
	$f{with} = [''] if !@{ $f{with} };
	return \%f;
}

# What CBMC says of a harness, with @options further ones.
sub said {
	my ($harness, $f, $with, $root, $sources, @options) = @_;
	my ($unwind, $sets) = split ' ', $f->{unwind};
	my @asked = (@options, split ' ', "$f->{options} $with");
	my @memory = $f->{memory} eq 'none' ? () : "$here/$f->{memory}";
	my @command = ($cbmc, '--unwind', $unwind, $sets ? ('--unwindset', $sets) : (), @asked,
		'-I', $here, ($root ? ('-I', $root) : ()), '-I', "$here/../..", $harness, @memory,
		@$sources);
	open my $pipe, '-|', 'sh', '-c', 'exec "$@" 2>&1', 'sh', @command
	    or die "prove.pl: $cbmc cannot be started: $!\n";
	my @lines = <$pipe>;
	close $pipe;
	return @lines;
}

# The verdict: "proved", or the assertions that failed, or why CBMC stopped.
sub verdict {
	my @lines = said(@_, '--unwinding-assertions');
	return ('proved', '') if grep { /^VERIFICATION SUCCESSFUL/ } @lines;
	my @failed = grep { /: FAILURE$/ } @lines;
	return ('failed', @failed) if @failed;
	return ('stopped', @lines[($#lines > 8 ? -8 : 0) .. -1]);
}

# Does some input come by each REACHED()?  To find one, another solver would have to go on
# where it stopped; CBMC's own does.
sub reached {
	my ($harness, $f, $with, @rest) = @_;
	my %own = (%$f, options => $f->{options} =~ s/--external-sat-solver \S+//r);
	$with =~ s/--external-sat-solver \S+//;
	my @lines = said($harness, \%own, $with, @rest, '--cover', 'cover', '-DREACH');
	my @missed = grep { /: FAILED$/ } @lines;
	return ('reached', '') if !@missed && grep { /^\*\* [1-9]\d* of \d+ covered/ } @lines;
	return ('missed', @missed) if @missed;
	return ('stopped', @lines[($#lines > 8 ? -8 : 0) .. -1]);
}

sub result {
	my ($ok, $name, @why) = @_;
	$count++;
	print $ok ? '' : 'not ', "ok $count - $name\n", map { "# $_" } $ok ? () : @why;
}

# s/what/with/, once, or each time with a g behind it; $1 is what the first brackets took.
# undef: nothing matched.
sub substitute {
	my ($text, $change) = @_;
	my ($from, $to, $each) = $change =~ m{^s/((?:[^/\\]|\\.)*)/((?:[^/\\]|\\.)*)/(g?)$}
	    or die "prove.pl: \"$change\" is not s/what/with/ or s/what/with/g\n";
	return if $text !~ $from;
	my $with = sub { my $kept = shift // ''; (my $t = $to) =~ s/\$1/$kept/g; $t };
	if ($each) { $text =~ s/$from/$with->($1)/ge }
	else { $text =~ s/$from/$with->($1)/e }
	return $text;
}

sub read_file {
	my ($file) = @_;
	open my $in, '<', $file or die "prove.pl: $file cannot be read: $!\n";
	return do { local $/; <$in> };
}

# A folder with copies of the files that @changes ("file s/what/with/") change.
sub changed_copies {
	my @changes = @_;
	my $dir = tempdir(CLEANUP => 1);
	for (@changes) {
		my ($file, $change) = split ' ', $_, 2;
		my $at = -e "$dir/$file" ? "$dir/$file" : "$here/../../$file";
		my $text = substitute(read_file($at), $change);
		return (undef, "$change matches nothing in $file: correct the harness\n") if !defined $text;
		make_path(dirname("$dir/$file"));
		open my $out, '>', "$dir/$file" or die "prove.pl: $dir/$file: $!\n";
		print $out $text;
		close $out;
	}
	return $dir;
}

# The verdicts that $judge has on all variants of a harness, with @changes made to the
# sources; with changes to break it, up to the first that fails.
sub verdicts_of {
	my ($judge, $harness, $f, @changes) = @_;
	my @verdicts;
	my ($dir, $why) = changed_copies(@{ $f->{narrow} }, @changes);
	return ['no change', $why] if !$dir;
	my @sources = map { -e "$dir/$_" ? "$dir/$_" : "$here/../../$_" } split ' ', $f->{sources};
	for my $with (@{ $f->{with} }) {
		push @verdicts, [$judge->($harness, $f, $with, $dir, \@sources)];
		last if @changes && $verdicts[-1][0] eq 'failed';
	}
	return @verdicts;
}

# A result for each variant, right if it is $wanted.
sub judge_it {
	my ($harness, $f, $judge, $wanted, @name) = @_;
	my @verdicts = verdicts_of($judge, $harness, $f);
	for my $i (0 .. $#verdicts) {
		my ($what, @why) = @{ $verdicts[$i] };
		result($what eq $wanted, join(' ', basename($harness, '.c'), $f->{with}[$i] || (), @name),
			@why);
	}
}

sub break_it {
	my ($harness, $f) = @_;
	for my $break (@{ $f->{break} }) {
		my @verdicts = verdicts_of(\&verdict, $harness, $f, $break);
		my @what = map { $_->[0] } @verdicts;
		my $ok = (grep { $_ eq 'failed' } @what) && !(grep { !/^(?:failed|proved)$/ } @what);
		result($ok, basename($harness, '.c') . " fails with $break",
			$ok ? () : map { "$_->[0]: " . ($_->[1] // '') } @verdicts);
	}
}

for my $harness (@harnesses) {
	my $f = fields_of($harness);
	if ($breaks) {
		judge_it($harness, $f, \&reached, 'reached', 'reaches what it is about');
		break_it($harness, $f);
	} else {
		judge_it($harness, $f, \&verdict, 'proved');
	}
}
print "1..$count\n";
