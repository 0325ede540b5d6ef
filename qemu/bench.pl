#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# qemu/bench.pl - instruction counts of one board.
#
# Boots the image with the command "bench" under -icount shift=0, where one
# instruction takes one nanosecond of the guest's time, so that its figures are
# exact and repeatable.  The guest prints "BENCH<tab>case<tab>instructions";
# printed here: board, case, instructions.
use strict;
use warnings;
use lib do { __FILE__ =~ m{^(.*)/} ? $1 : '.' };
use Machine;

my $o = Machine::options(\@ARGV);
$o->{guest} ||= 'bench';
my $m = Machine->start($o, more => ['-icount', 'shift=0,sleep=off']);
my $text;

1 while defined($text = $m->more) && $text ne '';
if (!defined $text) {
	$m->stop;
	die "$o->{board}: no end after $o->{timeout} s; " . $m->last_words . "\n";
}
my $status = $m->finish;
my @rows = map { /^BENCH\t([^\t]+)\t(\d+)\s*$/ ? "$o->{board}\t$1\t$2\n" : () } split /\r?\n/, $m->{text};

print @rows;
die "$o->{board}: the bench ended with status $status; " . $m->last_words . "\n" if $status;
die "$o->{board}: the bench printed no figure; " . $m->last_words . "\n" unless @rows;
