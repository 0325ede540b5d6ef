#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# qemu/run.pl - boot a board in QEMU and be its user.
#
# At a terminal: the terminal is the board's serial line.  Without one: stdin's
# lines are typed one by one, each after the shell's next prompt, then Ctrl-D;
# the guest's output is copied, its exit status is ours.
# --no-input: type nothing, wait for the end.
use strict;
use warnings;
use lib do { __FILE__ =~ m{^(.*)/} ? $1 : '.' };
use Machine;

my $o = Machine::options(\@ARGV, 'no-input');
my ($input, $input_ended) = ('', 0); # what stdin gave and was not typed yet

interactive() if !$o->{'no-input'} && -t STDIN && -t STDOUT;
exit scripted();

sub interactive {
	print "$o->{board} in QEMU: leave with Ctrl-A x, Ctrl-A c is QEMU's monitor, Ctrl-A h helps.\n";
	STDOUT->flush;
	exec Machine::command($o, '-serial', 'mon:stdio');
	die "$o->{qemu} could not be started: $!\n";
}

# The shell waits for a line: its prompt stands alone, on a line begun since
# the last one was typed (an editing shell may redraw an older prompt).
sub at_prompt {
	my ($m, $typed_at) = @_;

	return $m->open_line eq $Machine::PROMPT
		&& ($typed_at < 0 || index($m->{text}, "\n", $typed_at) >= 0);
}

# next_line(): a line of stdin, undef at its end, '' (no newline) for "not yet".
sub next_line {
	return $1 if $input =~ s/^([^\n]*\n)//;
	return undef if $input_ended && $input eq '';
	if ($input_ended) {
		(my $line, $input) = ("$input\n", '');
		return $line;
	}
	return '';
}

sub scripted {
	my $m = Machine->start($o);
	my $typed_at = -1;
	my $ended = $o->{'no-input'};

	$| = 1;
	while (1) {
		my $waiting = !$ended && at_prompt($m, $typed_at);

		if ($waiting) {
			my $line = next_line();

			if (!defined $line) {
				$ended = 1;
				$m->send_text("\x04");
			} elsif ($line ne '') {
				$typed_at = length $m->{text};
				$m->send_text($line =~ s/\n/\r/r);
				$waiting = 0;
			}
		}
		my @ready = $m->wait_for($m->{from}, $waiting && !$ended && !$input_ended ? \*STDIN : ());
		return too_late($m) unless @ready;
		for (@ready) {
			if ($_ == $m->{from}) {
				my $text = $m->more;

				return done($m, $ended, $typed_at >= 0) if !defined $text || $text eq '';
				print $text =~ s/\r//gr;
			} else {
				sysread(STDIN, $input, 65536, length $input) or $input_ended = 1;
			}
		}
	}
}

sub too_late {
	my ($m) = @_;

	$m->stop;
	print STDERR "\n$o->{board}: no end after $o->{timeout} s, QEMU was stopped; ", $m->last_words, "\n",
		"  way out: RUN_TIMEOUT=seconds (0: no limit) if it only needs longer; else `make debug`.\n";
	return 124;
}

sub done {
	my ($m, $ended, $typed) = @_;
	my $status = $m->finish;

	print "\n" if $m->{text} ne '' && $m->{text} !~ /\n$/;
	return unhappy($m, $status, "QEMU did not start with -M $o->{machine}; is that right (QEMU_MACHINE and QEMU_ARGS of board.mk, make's arguments)?")
		if $status == 1 && $m->{text} !~ /\S/;
	# a guest that ends well without a word has not shown what it was to show
	return unhappy($m, $status, $m->last_words) if $m->{text} !~ /\S/;
	return unhappy($m, $status, 'the demonstration did not come to its end; ' . $m->last_words)
		if $o->{guest} eq 'demo' && !$status && $m->{text} !~ /^demonstration: /m;
	return unhappy($m, $status, 'nothing was typed, because no prompt came; ' . $m->last_words) if !$ended && !$typed;
	# `exit 3` as the last line is an end like any other
	return unhappy($m, $status, "QEMU ended with status $status before the input was used up; " . $m->last_words)
		if !$ended && $status && ($input ne '' || $m->{text} !~ /\Q$Machine::PROMPT\Eexit\b[^\n]*\s*$/);
	return $status;
}

sub unhappy {
	my ($m, $status, $why) = @_;

	print STDERR "$o->{board}: ", $why =~ s/(?<![.?)])$/./r, "\n";
	return $status || 1;
}
