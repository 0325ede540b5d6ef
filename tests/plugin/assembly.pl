#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/plugin/assembly.pl - do the tests notice when a barrier or an operation on the
# core is missing?  The mutants of what no PC runs: assembly, and C's __asm__.
#
#	assembly.pl --on 'BOARD|MACHINE|ARGS|LOAD|ELSEWHERE|LOADERS|NOTHING'... --plugin SO --qemu QEMU
#		--survivors FILE [--cross PREFIX] [--jobs N] [--sample N [--seed S]]
#		[--match RE] [--list] FILE...
#
# Of FILE... each instruction that acts on the core itself (a barrier, a write to a
# system register, maintenance) is left out in turn, and each DSB is tried as the DMB
# that it is not.  The image that comes of it runs on each --on under the watcher: the
# demonstration, and the target tests entered twice; behind the LOADERS there are
# (tests/tools/hostile.S); with exceptions before the MMU is on, where an access to
# NOTHING is one; then on the first elsewhere than where it was linked to be loaded,
# without a host, with an abort in an interrupt.  What nothing notices is an error,
# unless --survivors argues for it (Argued.pm); what is argued for and is noticed is
# one, too.
#
# DIR/assembly.tsv has a line for each: what, and who noticed it and how.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin, "$FindBin::Bin/../mutants", "$FindBin::Bin/../../tools";
use Argued 'argued';
use Counts qw(tree_sum note);
use Cwd qw(abs_path getcwd);
use Digest::SHA 'sha1_hex';
use Getopt::Long 'GetOptions';
use Mutant;

my %o = (on => [], jobs => 1, seed => 1, cross => 'arm-none-eabi-', out => 'build/mutants');
GetOptions(\%o, 'on=s@', 'plugin=s', 'qemu=s', 'survivors=s', 'cross=s', 'jobs=i', 'sample=i', 'seed=i', 'match=s', 'list', 'out=s')
	or exit 2;
my @files = @ARGV or die "assembly.pl: no files\n";
my @all = map { mutants($_) } @files;
my @todo = chosen(@all);

if ($o{list}) {
	print "$_->{key}\n" for @todo;
	exit 0;
}
defined $o{$_} or die "assembly.pl: --$_ is missing (use it through make)\n" for qw(plugin qemu survivors);
my $top = getcwd();
my @on = map { my %on; @on{qw(board machine args load elsewhere loaders nothing)} = split /\|/; \%on } @{ $o{on} };
@on or die "assembly.pl: --on: no board\n";
my %argued = argued($o{survivors});
my $tree = tree_sum();
$_ = abs_path($_) // die "assembly.pl: $_ is not there\n" for @o{qw(plugin qemu)};
$| = 1;
run_all();
exit report();

# ---- what is left out ----

# { file, at, len, with, key }: a key says what is changed, not where it stands.
sub mutants {
	my ($file) = @_;
	my $text = Mutant::slurp($file);
	my @found = map { weakened($_) } $file =~ /\.S$/ ? of_assembly($text) : of_c($text);
	my %n;

	for my $m (@found) {
		my $key = "$file $m->{in} | $m->{from} => $m->{to}";
		my $nth = ++$n{$key};

		$m->{file} = $file;
		$m->{key} = $key . ($nth > 1 ? " ($nth)" : '');
	}
	return @found;
}

# The program without it, and with a DMB for a DSB; nothing of what computes or branches.
sub weakened {
	my ($m) = @_;
	return () if $m->{from} !~ /^(?:mcrr?|msr|cps\w*|dsb|isb|dmb|clrex|setend|eret)\b/;
	my @m = ({ %$m, with => '', to => 'nothing' });

	if ($m->{from} =~ /^dsb\b/) {
		(my $dmb = $m->{from}) =~ s/^dsb/dmb/;
		push @m, { %$m, with => $dmb, to => $dmb };
	}
	return @m;
}

# A line that is indented and no directive, behind a number that is a label or without.
sub of_assembly {
	my ($text) = @_;
	my ($in, @found) = ('');
	my $code = $text =~ s{/\*.*?\*/}{$& =~ s/[^\n]/ /gr}gesr;

	while ($code =~ /^(.*)\n/mg) {
		my ($line, $at) = ($1, $-[0]);

		$in = $1 if $line =~ /^(\w*[a-z_]\w*):/ || $line =~ /^\s*\.macro\s+(\w+)/;
		$line =~ /^(?:\w+:)?\s+((?:[a-z]\w*)(?:\s+(?:\\@|[^@\n])*?)?)\s*(?:@.*)?$/ or next;
		my $from = $1 =~ s,\s+$,,r;
		next if $line =~ /^\s*#/ || is_macro($code, $from);
		push @found, { in => $in, at => $at + index($line, $from), len => length $from, from => $from =~ s/\s+/ /gr };
	}
	return @found;
}

# A macro's lines are tried where they stand, its uses are not.
sub is_macro {
	my ($code, $from) = @_;
	my ($word) = $from =~ /^(\w+)/;

	return $code =~ /^\s*\.macro\s+\Q$word\E\b/m;
}

# The instructions in the strings of __asm__, between its bracket and its first colon.
sub of_c {
	my ($text) = @_;
	my @found;

	while ($text =~ /__asm__(?:\s+volatile)?\(((?:\s*"(?:[^"\\]|\\.)*")+)/g) {
		my ($strings, $begin) = ($1, $-[1]);
		my ($in) = (substr($text, 0, $begin) =~ /^\w[^\n;{}]*?\b(\w+)\([^;{}]*\)\s*\n\{/mg)[-1] // '';

		while ($strings =~ /("|\\n\\t)([a-z](?:[^"\\])*)/g) {
			push @found, { in => $in, at => $begin + $-[2], len => length $2, from => $2 };
		}
	}
	return @found;
}

sub chosen {
	my @m = @_;

	@m = grep { $_->{key} =~ /$o{match}/ } @m if defined $o{match};
	if ($o{sample} && $o{sample} < @m) {
		my %order = map { $_->{key} => sha1_hex("$o{seed} $_->{key}") } @m;
		@m = (sort { $order{ $a->{key} } cmp $order{ $b->{key} } } @m)[0 .. $o{sample} - 1];
		printf "mutants: a sample, SEED=%d; all: make mutants-assembly\n", $o{seed};
	}
	return @m;
}

# ---- run ----

sub run_all {
	my (%running, @left);
	my @free = map { "$o{out}/assembly-$_" } 1 .. $o{jobs};
	my ($done, $said) = (0, 0);

	Mutant::copy_tree($top, "$top/$_", map { $_->{board} } @on) for @free;
	@left = @todo;
	while (@left || %running) {
		while (@left && @free) {
			my ($m, $dir) = (shift @left, shift @free);
			my $pid = fork // die "assembly.pl: fork: $!\n";

			if (!$pid) {
				Mutant::spew("$dir/verdict", join "\t", judge($m, "$top/$dir"));
				exit 0;
			}
			$running{$pid} = [ $m, $dir ];
		}
		my $pid = wait;
		my ($m, $dir) = @{ delete $running{$pid} // die "assembly.pl: wait: $!\n" };

		push @free, $dir;
		@$m{qw(status by message)} = ('error', '', 'no verdict');
		@$m{qw(status by message)} = split /\t/, Mutant::slurp("$dir/verdict"), -1 if -e "$dir/verdict";
		unlink "$dir/verdict";
		$done++;
		next if time - $said < 5 && $done < @todo;
		$said = time;
		save();
		printf "  MUTANTS %d of %d: %d noticed\n", $done, scalar @todo, scalar grep { ($_->{status} // '') eq 'killed' } @todo;
	}
}

sub save {
	open my $f, '>', "$o{out}/assembly.tsv" or die "assembly.pl: $o{out}/assembly.tsv: $!\n";
	print $f join("\t", @$_{qw(key status by message)}), "\n" for grep { $_->{status} } @todo;
	close $f or die "assembly.pl: $o{out}/assembly.tsv: $!\n";
}

# (status, who noticed, how); the copy is as it was afterwards.
sub judge {
	my ($m, $dir) = @_;
	my $was = Mutant::slurp("$dir/$m->{file}");
	my $text = $was;

	substr($text, $m->{at}, $m->{len}) = $m->{with};
	Mutant::spew("$dir/$m->{file}", $text);
	my @verdict = verdict($dir);
	Mutant::spew("$dir/$m->{file}", $was);
	return map { s/[\t\n]/ /gr } @verdict;
}

sub verdict {
	my ($dir) = @_;
	my (%is_new, $first);

	for my $on (@on) {
		$is_new{ $on->{board} } //= new_image($dir, $on->{board});
		return ('does not compile', '', '') if $is_new{ $on->{board} } eq 'none';
		next if $is_new{ $on->{board} } eq 'same';
		$first //= $on;
		my ($by, $how) = on_this($dir, $on);
		return ('killed', "$on->{machine}: $by", $how) if defined $how;
	}
	return $first ? without_the_watcher($dir, $first) : ('same code', '', '');
}

# (what noticed, how), or nothing
sub on_this {
	my ($dir, $on) = @_;
	my ($off, @aliases) = split ' ', $on->{loaders} // '';

	for my $run (['demo', 10], $off ? ['demo', 10, $off] : (), ['selftest twice', 60], $off ? ['selftest', 60, $off] : ()) {
		my $how = watch($dir, $on, @$run);
		return (($run->[2] ? 'a hostile loader, ' : '') . $run->[0], $how) if defined $how;
	}
	if ($on->{nothing}) {
		my $how = target_test($dir, $on, 'tests/tools/test_early_fault.pl',
			"--load $on->{elsewhere} --nothing $on->{nothing} --cross $o{cross}");
		return ('early exceptions', $how) if defined $how;
	}
	for my $loader (@aliases) {
		my $how = target_test($dir, $on, 'qemu/target-test.pl', "--guest 'selftest boot' --loader '-kernel $loader'");
		return ('a loader with an alias', $how) if defined $how;
	}
	return ();
}

sub without_the_watcher {
	my ($dir, $on) = @_;
	my %more = (elsewhere => "qemu/target-test.pl --raw $on->{elsewhere}", 'without a host' => 'tests/tools/test_no_host.pl',
		'abort in an interrupt' => 'tests/tools/test_irq_abort.pl');

	for my $what (sort keys %more) {
		my $how = target_test($dir, $on, split(' ', $more{$what}, 2), '');
		return ('killed', "$on->{machine}: $what", $how) if defined $how;
	}
	return ('survived', '', '');
}

sub target_test {
	my ($dir, $on, $script, $more) = @_;

	return first_bad("cd '$dir' && perl $script --qemu '$o{qemu}' --timeout 30 --board $on->{board} " .
		"--machine '$on->{machine}' --args '$on->{args}' --elf build/$on->{board}/mercator.elf $more");
}

# 'new', 'same' as without the change, or 'none'.
sub new_image {
	my ($dir, $board) = @_;
	my $image = "build/$board/mercator.bin";
	my %loader = map { ($_ => 1) } map { split ' ', $_->{loaders} // '' } grep { $_->{board} eq $board } @on;

	Mutant::build($top, $dir, $board, "$dir/build.log", sort keys %loader) or return 'none';
	return system('cmp', '-s', "$top/$image", "$dir/$image") ? 'new' : 'same';
}

sub watch {
	my ($dir, $on, $guest, $timeout, $loader) = @_;
	my $behind = $loader ? "--loader '-kernel $dir/$loader'" : '';

	return first_bad("perl qemu/plugin/watch.pl --board $on->{board} --machine '$on->{machine}' --args '$on->{args}' " .
		"--elf $dir/build/$on->{board}/mercator.elf --load $on->{load} --plugin '$o{plugin}' --qemu '$o{qemu}' " .
		"--cross $o{cross} --timeout $timeout --log-dir $dir/build --run '$guest' $behind");
}

# What a test that prints TAP finds first, or undef: a finding of the watcher, or
# what fails.
sub first_bad {
	my ($command) = @_;
	my @said = split /\n/, `{ $command; } 2>&1 </dev/null`;
	my $status = $?;
	my ($rule) = grep { /^# R\d / } @said;
	my ($bad) = grep { /^not ok/ } @said;

	return undef if !$status && !defined $bad;
	return $rule // $bad // $said[-1] // "status $status";
}

# ---- what it comes to ----

sub report {
	my (%n, %seen, @bad);
	my $whole = !$o{sample} && !defined $o{match};

	for my $m (@todo) {
		my $argued = exists $argued{ $m->{key} };

		$seen{ $m->{key} } = 1;
		push @bad, "$o{survivors} says that nothing notices, but $m->{by} does: $m->{key}" if $argued && $m->{status} eq 'killed';
		push @bad, "$m->{status}: $m->{key}" if !$argued && $m->{status} =~ /^(?:survived|error)$/;
		$n{ $argued && $m->{status} eq 'survived' ? 'argued' : $m->{status} }++;
		$n{rule}++ if $m->{message} =~ /^# R\d/;
	}
	push @bad, map { "$o{survivors}: there is no such mutant any more: $_" } grep { !$seen{$_} } sort keys %argued if $whole;
	$_ //= 0 for @n{qw(killed argued survived error rule), 'same code', 'does not compile'};
	print "$_\n" for @bad;
	my $mutants = @todo - $n{'same code'} - $n{'does not compile'};
	my $text = "$mutants of the assembly: $n{killed} noticed ($n{rule} by a rule of the watcher), $n{argued} argued for" .
		(@bad ? '; ' . @bad . ' to be mended' : '');
	print "$text; $n{'same code'} more make the same code, $n{'does not compile'} none\n";
	note('mutants-assembly', $tree, $text) if $whole;
	return @bad ? 1 : 0;
}
