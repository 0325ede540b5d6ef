#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/tools/test_card_boot.pl - the kit as the firmware of a Raspberry Pi starts it from
# the card: in Hyp mode, at its address, with the other cores in the firmware's stub.
# That stub must be the same afterwards.  Prints TAP.
#
# usage: test_card_boot.pl --board B --machine M --args "..." --elf card.elf --stub stub.bin
use strict;
use warnings;
use lib 'qemu';
use Machine;

my $o = Machine::options(\@ARGV, 'stub=s');
my ($n, $failed) = (0, 0);

$| = 1;
$o->{guest} = 'shell';
my $m = Machine->start($o, monitor => 1);
END {
	my $status = $?;

	$m->stop if $m;
	$? = $status;
}
result(scalar(typed(undef) =~ /loaded at 0x00008000, entered in HYP, MMU off/), 'entered in Hyp mode at 0x8000');
result(same_stub(), "the firmware's stub is as it was when the shell comes");
my $demo = typed("demo\r");
result(scalar($demo =~ /demonstration: [1-9]\d* checks passed, 0 failed/), 'the demonstration');
result(scalar($demo =~ /led0/ && $demo =~ /buzzer/), '... drives LED and buzzer');
# how they end is another test's (card/BOARD:target)
result(scalar(typed("selftest\r") =~ /^1\.\.[1-9]\d*\r?$/m), 'the target tests run');
result(same_stub(), 'the stub is the same after them');
print "1..$n\n";
exit($failed ? 1 : 0);

sub result {
	my ($ok, $what) = @_;

	$n++;
	$failed++ unless $ok;
	printf "%sok %d - %s\n", $ok ? '' : 'not ', $n, $what;
	print $m->{text} =~ s/^/# /gmr unless $ok;
}

# typed(LINE): what the guest says until its next prompt.  What it asks to be read from
# outside is another test's.
sub typed {
	my ($line) = @_;
	my $from = length $m->{text};
	my $answered = $from;

	$m->send_text($line) if defined $line;
	while (1) {
		my $more = $m->more;

		die "$o->{board}: no prompt; " . $m->last_words . "\n" if !defined $more || $more eq '';
		while (substr($m->{text}, $answered) =~ /^\@xp[^\n]*\n/m) {
			$answered += $+[0];
			$m->send_text("\n");
		}
		my $said = substr $m->{text}, $from;
		return $said if $m->open_line eq $Machine::PROMPT && (!defined $line || $said =~ /\n/);
	}
}

sub same_stub {
	open my $f, '<:raw', $o->{stub} or die "$o->{stub}: $!\n";
	local $/;
	my $stub = <$f>;
	my $at = 0;

	for (unpack 'V*', $stub) {
		my $word = $m->physical($at);

		if (!defined $word || $word != $_) {
			printf "# 0x%08x holds 0x%08x, was 0x%08x\n", $at, $word // 0, $_;
			return 0;
		}
		$at += 4;
	}
	return $at > 0;
}
