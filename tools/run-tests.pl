#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tools/run-tests.pl - run test programs, print what failed, and the sum.
#
# usage: run-tests.pl [-j N] [--timeout S] [--summary FILE] [--count KIND] [--log-dir DIR]
#                     NAME=COMMAND...
#
# A command speaks TAP.  With @NAME=COMMAND its exit status is its one test.
# One line a failing test; the last line is "N passed, N failed", with
# ", N skipped" if any were.  A plan that is missing or does not come true, a
# program killed or out of time, or a status without a failing test counts as
# one failure more.  --count: the sum is noted for `make counts` (tools/Counts.pm).
use strict;
use warnings;
use FindBin;
use Getopt::Long;
use IO::Select;
use lib $FindBin::Bin;
use Counts qw(tree_sum note);

my ($jobs, $timeout, $summary, $count, $log_dir, $verbose) = (2, 300, undef, undef, undef, 0);
Getopt::Long::Configure('require_order');
GetOptions('j=i' => \$jobs, 'timeout=i' => \$timeout, 'summary=s' => \$summary, 'count=s' => \$count,
	'log-dir=s' => \$log_dir, 'v' => \$verbose)
	or exit 2;

my ($passed, $failed, $skipped) = (0, 0, 0);
my @todo = map {
	/^(\@?)([^=]+)=(.+)$/s or die "run-tests.pl: '$_' is not NAME=COMMAND\n";
	{ name => $2, command => $3, status_only => $1 ne '', text => '' }
} @ARGV;
my %running;
my $tree = defined $count ? tree_sum() : undef;

$| = 1;
$SIG{$_} = sub { kill 'TERM', -$_->{pid} for values %running; exit 130 } for qw(INT TERM HUP);
while (@todo || %running) {
	begin(shift @todo) while @todo && keys %running < $jobs;
	step();
}

my $line = "$passed passed, $failed failed" . ($skipped ? ", $skipped skipped" : '');
if (defined $summary) {
	open my $f, '>', $summary or die "run-tests.pl: $summary: $!\n";
	print $f "$line\n";
}
note($count, $tree, $line) if defined $count;
print "$line\n";
exit($failed || !$passed ? 1 : 0);

sub begin {
	my ($t) = @_;

	pipe(my $from, my $to) or die "run-tests.pl: pipe: $!\n";
	my $pid = fork // die "run-tests.pl: fork: $!\n";
	if (!$pid) {
		setpgrp 0, 0;
		open STDIN, '<', '/dev/null' or die;
		open STDOUT, '>&', $to or die;
		open STDERR, '>&', $to or die;
		exec '/bin/sh', '-c', "exec $t->{command}" or die "$t->{command}: $!\n";
	}
	close $to;
	@$t{qw(pid from deadline)} = ($pid, $from, time + $timeout);
	$running{ fileno $from } = $t;
}

# Wait until a program says something or the first deadline is there.
sub step {
	my ($first) = sort { $a <=> $b } map { $_->{deadline} } values %running;
	my $wait = $first - time;
	my @ready = IO::Select->new(map { $_->{from} } values %running)->can_read($wait > 0 ? $wait : 0);

	for my $from (@ready) {
		my $t = $running{ fileno $from };

		finish($t) unless sysread $from, $t->{text}, 65536, length $t->{text};
	}
	for my $t (grep { $_->{deadline} <= time } values %running) {
		$t->{late} = 1;
		kill 'KILL', -$t->{pid};
		finish($t);
	}
}

sub finish {
	my ($t) = @_;

	delete $running{ fileno $t->{from} };
	waitpid $t->{pid}, 0;
	$t->{status} = $? & 127 ? 'signal ' . ($? & 127) : $? >> 8;
	judge($t);
	return unless $log_dir;
	my $file = "$log_dir/" . ($t->{name} =~ tr{/}{-}r) . '.log';
	open my $f, '>', $file or die "run-tests.pl: $file: $!\n";
	print $f $t->{text};
}

sub failure {
	my ($t, $why) = @_;

	$failed++;
	print "FAIL $t->{name}: $why\n";
}

sub judge {
	my ($t) = @_;
	my @before = ($passed, $failed, $skipped);

	if ($t->{status_only}) {
		$t->{status} eq '0' ? $passed++ : failure($t, "status $t->{status}" . ($t->{late} ? " after $timeout s" : '') . '; last line: ' . last_line($t));
	} else {
		tap($t);
	}
	my @now = ($passed - $before[0], $failed - $before[1], $skipped - $before[2]);
	printf "  %-7s %s: %d passed, %d failed%s\n", $now[1] ? 'FAILED' : 'TEST', $t->{name}, @now[0, 1],
		$now[2] ? ", $now[2] skipped" : '';
}

sub last_line {
	my ($t) = @_;
	my @lines = grep { /\S/ } split /\n/, $t->{text};

	return @lines ? $lines[-1] : '(it printed nothing)';
}

# The words a failing test gave: its "# ..." lines, joined (cmocka prints the
# place and the values there).
sub tap {
	my ($t) = @_;
	my ($plan, $seen, $bad, $open) = (undef, 0, 0, undef);
	my $close = sub {
		failure($t, $open) if defined $open;
		$open = undef;
	};

	for (split /\n/, $t->{text}) {
		if (/^1\.\.(\d+)/) {
			# several groups in one program: several plans, one after another
			$plan = ($plan // 0) + $1;
		} elsif (/^(not )?ok\b\s*\d*\s*-?\s*(.*)/) {
			my ($no, $what) = ($1, $2);

			$close->();
			$seen++;
			if ($what =~ /# *SKIP\b/i) {
				$skipped++;
				print "  SKIP    $t->{name}: $what\n" if $verbose;
			} elsif ($no) {
				$bad++;
				$open = $what;
			} else {
				$passed++;
			}
		} elsif (/^Bail out!\s*(.*)/) {
			$close->();
			$bad++;
			failure($t, "gave up: $1");
		} elsif (defined $open && /^\s*#\s*(.*\S)/) {
			$open .= " | $1" if length $open < 400;
		}
	}
	$close->();
	if ($t->{late}) {
		failure($t, "no end after $timeout s; last line: " . last_line($t));
	} elsif (!defined $plan) {
		failure($t, "no TAP plan; status $t->{status}, last line: " . last_line($t));
	} elsif ($plan != $seen) {
		failure($t, "$seen of $plan planned tests ran; status $t->{status}, last line: " . last_line($t));
	} elsif ($t->{status} ne '0' && !$bad) {
		failure($t, "status $t->{status} though no test failed; last line: " . last_line($t));
	} elsif (!$plan) {
		failure($t, 'no test in it');
	}
}
