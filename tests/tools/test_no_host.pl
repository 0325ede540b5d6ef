#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/tools/test_no_host.pl - without a semihosting host, as on silicon: the
# image's own SVC handler answers, and an exit is told and becomes a reset.
# Prints TAP.
use strict;
use warnings;
use lib 'qemu';
use Machine;

my $o = Machine::options(\@ARGV);
$o->{'no-host'} = 1;
my $m = Machine->start($o);
my $typed = 0;
my $text;

while (defined($text = $m->more) && $text ne '') {
	next if $typed || $m->open_line ne $Machine::PROMPT;
	$m->send_text("exit 4\r");
	$typed = 1;
}
$m->stop unless defined $text;
my $status = defined $text ? $m->finish : -1;
my $told = $m->{text} =~ /^finished with status 4; no debugger: resetting\r?$/m;

print "1..3\n";
result(1, $typed, 'no command line: the shell comes');
result(2, $told, 'exit 4 is told');
# -no-reboot: QEMU ends where the board would start again
result(3, $status == 0, "and the machine restarts (QEMU's status $status)");

sub result {
	my ($n, $ok, $what) = @_;

	print $ok ? '' : 'not ', "ok $n - $what\n";
	print '# ', $m->last_words, "\n" unless $ok;
}
