#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/tools/test_irq_abort.pl - an abort in an interrupt handler is reported in
# full and ends the run, although the interrupted thread expects an abort of its
# own (tests/target/test_irq_abort.c).  Prints TAP.
use strict;
use warnings;
use lib 'qemu';
use Machine;

my $o = Machine::options(\@ARGV);

$o->{guest} = 'selftest irq-abort';
my $m = Machine->start($o);
my $text;
1 while defined($text = $m->more) && $text ne '';
$m->stop unless defined $text;
my $status = defined $text ? $m->finish : -1;
my $said = $m->{text} =~ s/\r//gr;
my $n = 0;

print "1..5\n";
told(qr/^data abort reading 0x00000000: translation fault, first level \(DFSR 0x.05\)$/m, 'what it was');
told(qr/^  by access_read32\+0x0 \(pc 0x[0-9a-f]{8}\)$/m, 'which instruction it was');
# the mode's own link register, and the mode: IRQ, 0x12
told(qr/cpsr [0-9a-f]{6}[9d]2\n  called from read_null\+0x[0-9a-f]+$/m, "the handler's own registers");
told(qr/\nstopped\.\n\z/, 'it stops there');
result($status == 3, "with status 3 (it was $status)");

sub told {
	my ($line, $what) = @_;

	result($said =~ $line ? 1 : 0, $what);
}

sub result {
	my ($ok, $what) = @_;

	$n++;
	print $ok ? '' : 'not ', "ok $n - $what\n";
	print '# ', $m->last_words, "\n" unless $ok;
}
