#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# qemu/target-test.pl - the target tests of one board, judged from outside.
#
# Boots the image with the command "selftest", reads its TAP from the serial
# line and prints TAP of its own: the guest's tests, and for each line
#
#	@xp ADDR MASK VALUE description
#
# one more, for which the word at physical ADDR is read by QEMU's monitor and
# not by the guest, who waits for a newline meanwhile.  A plan that does not
# come true, a status that contradicts the results, an end without a plan, and
# more than a fifth of tests skipped are failures.
use strict;
use warnings;
use lib do { __FILE__ =~ m{^(.*)/} ? $1 : '.' };
use Machine;

my $o = Machine::options(\@ARGV, 'log=s');
my ($total, $failed, $skipped) = (0, 0, 0);
my ($plan, $seen, $seen_failed) = (undef, 0, 0);

$| = 1;
$o->{guest} ||= 'selftest';
my $m = eval { Machine->start($o, monitor => 1) };
if (!$m) {
	result(0, "boots ($@)" =~ s/\n//gr);
	print "1..$total\n";
	exit 1;
}

my $rest = '';
my $end = '';
while (1) {
	my $text = eval { $m->more };

	if (!defined $text) {
		$end = "no end after $o->{timeout} s; " . $m->last_words;
		$m->stop;
		last;
	}
	last if $text eq '';
	$rest .= $text;
	while ($rest =~ s/^([^\n]*)\n//) {
		line($1 =~ s/\r//gr);
	}
}
judge_end($end);
keep_log();
print "1..$total\n";
exit($failed ? 1 : 0);

sub result {
	my ($ok, $what, $directive) = @_;

	$total++;
	$failed++ unless $ok;
	printf "%sok %d - %s%s\n", $ok ? '' : 'not ', $total, $what, $directive // '';
}

sub line {
	my ($line) = @_;

	if ($line =~ /^1\.\.(\d+)/) {
		result(0, "one plan only: a second one ($line) came, so the guest started twice") if defined $plan;
		$plan = $1;
	} elsif ($line =~ /^(not )?ok\b\s*(\d*)\s*-?\s*(.*)/) {
		guest_test(!$1, $2, $3);
	} elsif ($line =~ /^Bail out!\s*(.*)/) {
		result(0, "the guest gave up: $1");
	} elsif ($line =~ /^\@xp\b/) {
		outside($line);
	} elsif ($line =~ /^#/) {
		print "$line\n";
	}
}

sub guest_test {
	my ($ok, $number, $what) = @_;
	my $directive = $what =~ s/\s*(# *(?:SKIP|TODO)\b.*)//i ? " $1" : '';

	$seen++;
	$seen_failed++ unless $ok;
	$skipped++ if $directive =~ /SKIP/i;
	if ($number ne '' && $number != $seen) {
		result(0, "the guest's test number $number came as number $seen: $what");
		return;
	}
	result($ok, $what, $directive);
}

# @xp ADDR MASK VALUE description
sub outside {
	my ($line) = @_;
	my ($addr, $mask, $value, $what) = $line =~ /^\@xp\s+(\S+)\s+(\S+)\s+(\S+)\s*(.*)/;

	if (!defined $value || grep { !/^(0x)?[0-9a-fA-F]+$/ } $addr, $mask, $value) {
		result(0, "outside: cannot read '$line': wanted \@xp ADDR MASK VALUE description, in hexadecimal");
		$m->send_text("\n");
		return;
	}
	($addr, $mask, $value) = map { hex } $addr, $mask, $value;
	my $word = eval { $m->physical($addr) };

	if (!defined $word) {
		result(0, sprintf 'outside: %s: the monitor could not read 0x%08x', $what, $addr);
	} elsif (($word & $mask) != ($value & $mask)) {
		result(0, sprintf 'outside: %s: 0x%08x holds 0x%08x, wanted 0x%08x in the bits 0x%08x',
			$what, $addr, $word, $value, $mask);
	} else {
		result(1, "outside: $what");
	}
	$m->send_text("\n");
}

sub judge_end {
	my ($end) = @_;

	if ($end ne '') {
		result(0, "the run ends: $end");
		return;
	}
	my $status = $m->finish;

	if (!defined $plan) {
		result(0, "the guest prints a plan (1..N); QEMU's status was $status, " . $m->last_words);
	} elsif ($plan != $seen) {
		result(0, "the guest ran $seen of the $plan tests it planned; QEMU's status was $status, " . $m->last_words);
	} elsif (!$plan) {
		result(0, 'the guest has tests');
	}
	if (!$status != !$seen_failed) {
		result(0, "the guest's status $status goes with $seen_failed failing tests");
	}
	if ($skipped * 5 > $seen) {
		result(0, "no more than a fifth of the tests is skipped: $skipped of $seen were");
	}
}

sub keep_log {
	return unless $o->{log};
	open my $f, '>', $o->{log} or die "$0: $o->{log}: $!\n";
	print $f $m->{text} =~ s/\r//gr;
}
