#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tools/check-docs.pl - the documents say what is so.  Prints TAP.
#
#   ```sh          is run from the root, without a terminal, and must exit 0
#   ```sh fails    the same, but must not exit 0
#   ```sh notest   is only shown
#   ```sh if FILE  is run if FILE is there (a program whose build takes long)
#   ```c FILE      is written to FILE; only in a document that works in a copy
#   ```console     each line must come, in order, in the output of the ```sh
#                  block before it; numbers count as equal, "..." stands for
#                  anything, the rest must be the same
#   ```console exact  the same, but numbers count, too
#   ```refusal     each line must be one that the sources can print
#   `dir/file`     and [links](to) must lead to a file; `call()` must be a name
#                  in the sources; a table's row with `drivers/CLASS.h` must name
#                  the drivers of that class, all and no others
#
# A document with the line <!-- check-docs: in a copy --> works in a copy of the
# tree, so it may change it.  NAME.zh.md must have the blocks, the headings' levels
# and the tables' rows of NAME.md; its blocks are not run again.
use strict;
use warnings;
use File::Temp;

my $timeout = 200;
my @documents = @ARGV ? @ARGV : grep { -e } 'README.md', 'CONTRIBUTING.md', glob('docs/*.md board/*/README.md');
my @sources = glob('Makefile */*.c */*.h */*.S */*/*.c */*/*.h tools/*.pl');
my $source_text = join "\n", map { slurp($_) } @sources;
my @formats = map { format_regex($_) } string_literals(map { slurp($_) } glob('mm/*.c boot/*.c boot/*/*.[ch] board/*/*.c'));
my $not_run = '';
my ($n, $failed) = (0, 0);
our $root = '.'; # where a document's commands run

# make's job server and this run's BOARD are not for the commands in a document.
$ENV{MAKEFLAGS} = ($ENV{MAKEFLAGS} // '') =~ s/(^|\s)(-?-j\S*|--jobserver\S*|BOARDS?=\S*)//gr;
delete @ENV{qw(MFLAGS MAKELEVEL MAKEOVERRIDES)};

for (@documents) {
	/^(.*)\.zh\.md$/ ? check_translation($_, "$1.md") : check_document($_);
}
print "1..$n\n";
exit($failed ? 1 : 0);

sub slurp {
	my ($path) = @_;

	open my $f, '<', $path or die "check-docs.pl: $path: $!\n";
	local $/;
	return <$f>;
}

# result(ok, name, lines of explanation...)
sub result {
	my ($ok, $name, @why) = @_;

	$n++;
	$failed++ unless $ok;
	printf "%sok %d - %s\n", $ok ? '' : 'not ', $n, $name;
	print "# $_\n" for $ok ? () : @why;
}

# ---- one document ----

sub check_document {
	my ($path) = @_;
	my ($number, $fence, $begin, @block, $output, @missing) = (0);
	my $copy = slurp($path) =~ /^<!-- check-docs: in a copy -->$/m ? copy_of_the_tree() : undef;
	local $root = $copy ? $copy->dirname : '.';

	for (split /\n/, slurp($path)) {
		$number++;
		if (defined $fence && /^```$/) {
			$output = end_of_block("$path:$begin", $fence, \@block, $output);
			undef $fence;
		} elsif (defined $fence) {
			push @block, $_;
		} elsif (/^```(.*)$/) {
			($fence, $begin, @block) = ($1, $number);
		} else {
			push @missing, map { "line $number: $_" } missing_in($path, $_);
		}
	}
	result(!defined $fence, "$path: every fence is closed", "the one of line $begin is not") if defined $fence;
	result(!@missing, "$path: what it names is there", @missing);
}

# What a line of text names and nobody has.
sub missing_in {
	my ($path, $line) = @_;
	my $dir = $path =~ m{^(.*/)} ? $1 : '';
	my @missing;

	while ($line =~ /\]\(([^)#]+)(#[^)]*)?\)/g) {
		my $link = $1;

		push @missing, "no file $dir$link" unless $link =~ /^\w+:/ || -e "$dir$link";
	}
	while ($line =~ /`([^`]+)`/g) {
		my $code = $1;

		if ($code =~ m{^(?:mm|boot|board|drivers|app|tests|tools|qemu|docs|linker|\.ci)/[\w./-]*$}) {
			push @missing, "no file $code" unless -e $code || $code =~ /NAME|BOARD|CLASS_BLOCK/;
		} elsif ($code =~ /^(\w+)\(\)$/) {
			push @missing, "nothing is called $code" unless $source_text =~ /\b\Q$1\E\b/;
		}
	}
	push @missing, drivers_missing_in($1, $line) if $line =~ m{^\|.*`drivers/(\w+)\.h` \|$};
	return @missing;
}

sub drivers_missing_in {
	my ($class, $line) = @_;
	my %named = map { $_ => 1 } grep { !m{/} } $line =~ /`([^`]+)`/g;
	my %there = map { $_ => 1 } map { slurp($_) =~ /(?:^\t\.name = |_OPS\()"([^"]+)"/mg } glob("drivers/${class}_*.c");

	return unless %there; # not a class of drivers
	return ((map { "no $class driver is called $_" } sort grep { !$there{$_} } keys %named),
		(map { "the $class driver $_ is not in the row" } sort grep { !$named{$_} } keys %there));
}

sub end_of_block {
	my ($where, $fence, $block, $output) = @_;

	return run_block($where, $block, 0) if $fence eq 'sh';
	return run_block($where, $block, 1) if $fence eq 'sh fails';
	return undef if $fence eq 'sh notest';
	return -e "$root/$1" ? run_block($where, $block, 0) : left_out($where, $block, $1) if $fence =~ /^sh if (\S+)$/;
	write_file($where, $1, $block) if $fence =~ /^\w+ (\w[\w.\/-]*\/[\w.-]+)$/;
	check_console($where, $block, $output, \&loose) if $fence eq 'console';
	check_console($where, $block, $output, \&spaced) if $fence eq 'console exact';
	check_refusals($where, $block) if $fence eq 'refusal';
	return $output;
}

# Not run, and so nothing to compare with.
sub left_out {
	my ($where, $block, $file) = @_;

	result(1, "$where: $block->[0] # SKIP there is no $file");
	return \$not_run;
}

# ---- a tree that a document may change ----

sub copy_of_the_tree {
	my $dir = File::Temp->newdir('mercator-docs-XXXXXX', TMPDIR => 1);

	system("tar cf - --exclude=./build --exclude=./.git . | tar xf - -C $dir") and die "check-docs.pl: no copy in $dir\n";
	return $dir;
}

sub write_file {
	my ($where, $path, $block) = @_;

	if ($root eq '.') {
		result(0, "$where: $path", 'only a document that works in a copy may write files');
		return;
	}
	open my $f, '>', "$root/$path" or return result(0, "$where: $path", "it cannot be written: $!");
	print $f map { "$_\n" } @$block;
	close $f;
	result(1, "$where: $path is written");
}

# ---- two languages, one content ----

sub shape {
	my ($path) = @_;
	my ($inside, @shape) = (0);

	for (split /\n/, slurp($path)) {
		my $fence = /^```/;

		push @shape, $fence || $inside ? $_ : /^(#+) / ? $1 : /^\|/ ? '|' x tr/|// : ();
		$inside = !$inside if $fence;
	}
	return @shape;
}

sub check_translation {
	my ($path, $original) = @_;
	my @here = shape($path);
	my @there = -e $original ? shape($original) : ();
	my ($first) = grep { ($here[$_] // '') ne ($there[$_] // '') } 0 .. ($#here > $#there ? $#here : $#there);

	result(!defined $first, "$path: the blocks, headings and tables of $original",
		defined $first ? ('first difference:', 'here:  ' . ($here[$first] // '(ends)'), 'there: ' . ($there[$first] // '(ends)')) : ());
	my $number = 0;
	my @missing = map { $number++; my $line = $number; map { "line $line: $_" } missing_in($path, $_) } split /\n/, slurp($path);
	result(!@missing, "$path: what it names is there", @missing);
}

# ---- commands and what they print ----

sub run_block {
	my ($where, $block, $must_fail) = @_;
	my ($output, $status) = ('', -1);
	my $pid = open(my $from, '-|') // die "check-docs.pl: fork: $!\n";

	if (!$pid) {
		setpgrp 0, 0;
		open STDIN, '<', '/dev/null' or die;
		open STDERR, '>&', \*STDOUT or die;
		chdir $root or die;
		exec 'sh', '-e', '-c', join("\n", @$block) or die;
	}
	local $SIG{ALRM} = sub { kill 'KILL', -$pid };
	alarm $timeout;
	$output .= $_ while <$from>;
	close $from;
	alarm 0;
	$status = $? & 127 ? "signal " . ($? & 127) : $? >> 8;
	my @last = grep { defined } (split /\n/, $output)[-5 .. -1];
	my $as_said = $must_fail ? $status =~ /^[1-9]/ : $status eq '0';
	result($as_said, "$where: $block->[0]", "it ended with $status; its last lines:", @last);
	return $output;
}

sub spaced {
	my ($line) = @_;

	$line =~ s/\s+/ /g;
	$line =~ s/^ | $//g;
	return $line;
}

# Numbers, and where in a function a code address lies, may change.
sub loose {
	my ($line) = @_;

	$line =~ s/\b0x[0-9a-fA-F]+\b/#/g;
	$line =~ s/\b[0-9a-f]{8}\b/#/g;
	$line =~ s/\b\d+\b/#/g;
	return spaced($line);
}

sub check_console {
	my ($where, $block, $output, $comparable) = @_;

	return result(1, "$where: the output shown # SKIP the command was not run") if ref $output;
	my @lines = map { $comparable->($_) } split /\n/, $output // '';
	my @wanted = grep { /\S/ } @$block;

	for (@wanted) {
		next if $_ =~ /^\s*\.\.\.$/;
		my $want = $comparable->($_);

		shift @lines while @lines && $lines[0] ne $want;
		if (!@lines) {
			result(0, "$where: the output shown", 'not printed, or not in this order:', $_);
			return;
		}
		shift @lines;
	}
	result(scalar @wanted, "$where: the output shown", 'it is empty');
}

# ---- what the sources can print ----

# Neighbouring literals are one.
sub string_literals {
	my @found;

	for (@_) {
		push @found, join '', $1 =~ /"((?:[^"\\]|\\.)*)"/g while /((?:"(?:[^"\\]|\\.)*"\s*)+)/g;
	}
	return grep { /\w{2,}/ } @found;
}

# A literal as a regex; what %s stood for is captured.
sub format_regex {
	my ($format) = @_;
	my $regex = '';

	$format =~ s/^(?:\\n)+//;
	$format =~ s/\\(.)/$1/g;
	for (split /(%[-0]?\d*[a-zA-Z%])/, $format) {
		$regex .= !/^%/ ? quotemeta : $_ eq '%%' ? '%' : /s$/ ? '(.*?)' : '\S+(?: \w+)?';
	}
	return qr/^$regex$/;
}

# Words put in by %s must be in the sources, too; a name in quotes may be any.
sub printable {
	my ($line, $depth) = @_;

	for (@formats) {
		next unless $line =~ $_;
		my @parts = map { substr $line, $-[$_], $+[$_] - $-[$_] } grep { defined $-[$_] } 1 .. $#-;

		next if grep { / / && ($_ eq $line || $depth > 2 || !printable($_, $depth + 1)) } @parts;
		return 1;
	}
	return 0;
}

sub check_refusals {
	my ($where, $block) = @_;
	my @unknown = grep { !printable($_, 0) && !printable(s,^map:   fix: ,,r, 0) } grep { /\S/ } @$block;

	result(@$block && !@unknown, "$where: the refusals shown", 'the sources do not print:', @unknown);
}
