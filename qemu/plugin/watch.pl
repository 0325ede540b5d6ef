#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# qemu/plugin/watch.pl - a board's demonstration and target tests under the
# plug-in mercator-watch: findings by symbol, line and rule, as TAP.
#
#	watch.pl --board B --machine M --args A --elf E --load ADDR --plugin SO
#		[--cross PREFIX] [--run GUEST]... [--log-dir DIR] [--loader 'QEMU ARGS']
#
# A run (default: "demo", then "selftest") is one test.  It fails when the guest
# does, when there is a finding, and when the plug-in had nothing to judge.
# Addresses of the image at --load become those it was linked for.
use strict;
use warnings;
use lib do { __FILE__ =~ m{^(.*)/} ? "$1/.." : '..' };
use File::Temp qw(tempdir);
use Machine;

my %rules = (
	R0 => 'not watched', R1 => 'translation tables', R2 => 'cache operations by set and way',
	R3 => 'access to device memory', R4 => 'one page, two memory types', R5 => 'writable and executable',
	R6 => 'system registers', R7 => 'executable device memory', R8 => 'code written at run time');

my $o = Machine::options(\@ARGV, 'plugin=s', 'load=s', 'cross=s', 'run=s@', 'log-dir=s');
my $cross = $o->{cross} // 'arm-none-eabi-';
my $load = hex($o->{load} // die "$0: --load is missing: the physical address where the image lies\n");
my $dir = $o->{'log-dir'} // tempdir('mercator-XXXXXX', TMPDIR => 1, CLEANUP => 1);
my $here = __FILE__ =~ m{^(.*)/} ? $1 : '.';
my ($linked, $end) = image_range();
my ($total, $failed) = (0, 0);

-e ($o->{plugin} // '') or die "$0: --plugin: the plug-in is not there; make builds it: build/plugin/mercator-watch.so\n";
$| = 1;
judge($_) for @{ $o->{run} || ['demo', 'selftest'] };
print "1..$total\n";
exit($failed ? 1 : 0);

# Where the image was linked to lie, from its symbols.
sub image_range {
	my %at;

	open my $nm, '-|', "${cross}nm", $o->{elf} or die "$0: ${cross}nm: $!\n";
	/^([0-9a-f]+) \S (__image_start|__image_end)$/ and $at{$2} = hex $1 while <$nm>;
	close $nm;
	die "$0: $o->{elf} has no __image_start and __image_end\n" unless defined $at{__image_start} && $at{__image_end};
	return @at{qw(__image_start __image_end)};
}

# With the MMU off, and in the flat page, code runs where it was loaded.
sub link_address {
	my ($pc) = @_;

	return $pc >= $load && $pc - $load < $end - $linked ? $pc - $load + $linked : $pc;
}

sub result {
	my ($ok, $what) = @_;

	$total++;
	$failed++ unless $ok;
	printf "%sok %d - %s\n", $ok ? '' : 'not ', $total, $what;
}

sub judge {
	my ($guest) = @_;
	my $loader = ($o->{loader} // '') =~ s,.*/,,r;
	my $base = "$dir/" . ("watch-$o->{board}-$o->{machine}-$guest-$loader" =~ s/[^\w.]+/-/gr =~ s/-$//r);
	my $status = run_guest($guest, "$base.findings", "$base.log");
	my $seen = read_findings("$base.findings");
	my $what = $guest eq 'demo' ? 'the demonstration' : $guest;
	my $problem = problem($status, $seen, "$base.log");

	explain($_) for symbols(@{ $seen->{findings} });
	note($_) for symbols(@{ $seen->{notes} });
	if ($problem) {
		result(0, "$what under the watcher: $problem");
	} else {
		result(1, sprintf '%s under the watcher: no finding; %d changes of live descriptors, %d device accesses judged',
			$what, @{ $seen->{count} }{qw(changes device-accesses)});
	}
}

# The runner's output goes to a file: its TAP is not ours.
sub run_guest {
	my ($guest, $findings, $log) = @_;
	my @runner = $guest eq 'demo' ? ("$here/../run.pl", '--no-input') : ("$here/../target-test.pl");
	my $plugin = sprintf '-plugin %s,out=%s,from=0x%x', $o->{plugin}, $findings, $load;
	my $pid;

	unlink $findings;
	$pid = fork // die "$0: fork: $!\n";
	if (!$pid) {
		open STDOUT, '>', $log or die "$0: $log: $!\n";
		open STDERR, '>&', \*STDOUT or die;
		open STDIN, '<', '/dev/null' or die;
		exec $^X, @runner, '--board', $o->{board}, '--machine', $o->{machine}, '--args', "$o->{args} $plugin",
			'--elf', $o->{elf}, '--timeout', $o->{timeout}, '--qemu', $o->{qemu}, '--guest', $guest,
			defined $o->{loader} ? ('--loader', $o->{loader}) : ();
		die "$0: $runner[0]: $!\n";
	}
	waitpid $pid, 0;
	return $?;
}

sub read_findings {
	my ($file) = @_;
	my %seen = (findings => [], notes => [], count => {});
	my %by;

	open my $f, '<', $file or return \%seen;
	while (<$f>) {
		chomp;
		my ($kind, @field) = split /\t/;

		if ($kind eq 'finding' || $kind eq 'note') {
			my %one = (rule => $field[0], pc => hex $field[1], section => $field[2], text => $field[3], times => 1);

			push @{ $seen{"${kind}s"} }, \%one;
			$by{"@field[0, 1]"} = \%one;
		} elsif ($kind eq 'again') {
			$by{"@field[0, 1]"}{times} = $field[2];
		} elsif ($kind eq 'count') {
			$seen{count}{ $field[0] } = $field[1];
		} else {
			$seen{$kind} = 1; # begin, end
		}
	}
	return \%seen;
}

# Why this run is not good, or nothing.
sub problem {
	my ($status, $seen, $log) = @_;
	my $n = @{ $seen->{findings} };

	return "$n finding" . ($n == 1 ? '' : 's') . ', see above' if $n;
	return 'the plug-in said nothing; is this a QEMU 10.0 with plug-ins? ' . last_line($log) unless keys %{ $seen->{count} } || $seen->{begin};
	return sprintf('the image was never entered at 0x%x; ', $load) . last_line($log) unless $seen->{begin};
	return 'the plug-in did not come to its end; ' . last_line($log) unless $seen->{end};
	return 'the guest failed: ' . first_failure($log) if $status;
	return 'no live translation table was seen to change: nothing was judged' unless $seen->{count}{changes};
	return 'no access to device memory was seen: nothing was judged' unless $seen->{count}{'device-accesses'};
	return '';
}

sub lines_of {
	my ($file) = @_;

	open my $f, '<', $file or return ();
	return grep { /\S/ } map { s/[\r\n]+//gr } <$f>;
}

sub last_line {
	my ($last) = reverse lines_of(@_);

	return "its last line was: " . ($last // '(none)');
}

sub first_failure {
	my ($file) = @_;
	my ($bad) = grep { /^\s*not ok|FAILED|failed/ } lines_of($file);

	return ($bad // last_line($file)) . " ($file)";
}

# ---- addresses become symbols and lines ----

# symbols(@findings): the same, with {where} and code addresses in texts named.
sub symbols {
	my @findings = @_;
	my %name;

	return () unless @findings;
	for my $f (@findings) {
		$name{ $f->{pc} } = undef;
		$name{ hex $1 } = undef while $f->{text} =~ /@([0-9a-f]{8})/g;
	}
	resolve(\%name);
	for my $f (@findings) {
		$f->{where} = $name{ $f->{pc} };
		$f->{text} =~ s/@([0-9a-f]{8})/$name{hex $1}/ge;
	}
	return @findings;
}

# One call of addr2line: an address, then function and file:line of each frame,
# the innermost first.
sub resolve {
	my ($name) = @_;
	my %linked_of = map { sprintf('0x%08x', link_address($_)) => $_ } keys %$name;
	my (%frames, $at);

	open my $p, '-|', "${cross}addr2line", '-a', '-i', '-f', '-e', $o->{elf}, sort keys %linked_of
		or die "$0: ${cross}addr2line: $!\n";
	while (<$p>) {
		chomp;
		if (/^0x([0-9a-f]{8})$/) {
			$at = $_;
		} else {
			push @{ $frames{$at} }, $_;
		}
	}
	close $p;
	$name->{ $linked_of{$_} } = describe($_, @{ $frames{$_} || [] }) for keys %linked_of;
}

# The symbol is the outermost frame's; the line is the innermost one's that is not
# an instruction's wrapper in the seam.
sub describe {
	my ($at, @frames) = @_;
	my ($line, $symbol);

	while (my ($function, $place) = splice @frames, 0, 2) {
		$place =~ s{ \(discriminator \d+\)$}{};
		$place =~ s{^.*/(?=(?:app|board|boot|drivers|mm|tests)/)}{};
		$line = $place if !defined $line || $line =~ m{/seam\.h:};
		$symbol = $function;
	}
	return hex($at) >= 0xffff0000 ? "$at (the vectors)" : "$at (in no symbol)" if !defined $symbol || $symbol eq '??';
	return "$symbol ($line)";
}

sub explain {
	my ($f) = @_;

	printf "# %s %s: %s [DDI 0406C %s, %s]%s\n", $f->{rule}, $f->{where}, $f->{text}, $f->{section},
		$rules{ $f->{rule} }, $f->{times} > 1 ? ", $f->{times} times" : '';
}

sub note {
	my ($f) = @_;

	printf "# note: %s %s: %s [DDI 0406C %s]\n", $f->{rule}, $f->{where}, $f->{text}, $f->{section};
}
