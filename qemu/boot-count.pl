#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# qemu/boot-count.pl - instructions from entry to SCTLR.M, with and without the
# set/way loops, whose length is the core's geometry and nothing else.
#
# QEMU runs one instruction at a time and says each one's address; the count
# ends at the first one in the image's virtual window.  Printed in the form of
# qemu/bench.pl.
use strict;
use warnings;
use lib do { __FILE__ =~ m{^(.*)/} ? $1 : '.' };
use Machine;

my $nm = 'arm-none-eabi-nm';
my $o = Machine::options(\@ARGV, 'nm=s' => \$nm);
my (%symbol, %size);

open my $symbols, '-|', $nm, '-S', $o->{elf} or die "$0: $nm: $!\n";
while (<$symbols>) {
	my ($addr, $size, $name) = /^([0-9a-f]+) (?:([0-9a-f]+) )?\S (\S+)$/ or next;

	($symbol{$name}, $size{$name}) = (hex $addr, hex($size || 0));
}
my $window = $symbol{__image_start} // die "$0: $o->{elf} has no __image_start\n";

# Where the image is loaded and entered: its first segment's physical address.
sub load_address {
	my ($elf) = @_;
	open my $in, '<:raw', $elf or die "$0: $elf: $!\n";
	my $bytes = do { local $/; <$in> };
	my ($at, $size, $count) = unpack '@28 V @42 v v', $bytes;
	for my $i (0 .. $count - 1) {
		my ($type, $paddr) = unpack '@' . ($at + $i * $size) . ' V @' . ($at + $i * $size + 12) . ' V', $bytes;
		return $paddr if $type == 1;
	}
	die "$0: $elf has nothing to load\n";
}
my $load = load_address($o->{elf});

# The switch has had two names.
my $version = `$o->{qemu} --version` =~ /version (\d+)/ ? $1 : 0;
my @single = $version >= 9 ? ('-accel', 'tcg,one-insn-per-tb=on') : ('-singlestep');
my $pid = open my $trace, '-|';

defined $pid or die "$0: fork: $!\n";
if (!$pid) {
	open STDERR, '>&', \*STDOUT or die;
	open STDIN, '<', '/dev/null' or die;
	exec Machine::command($o, @single, '-serial', 'null', '-monitor', 'none', '-d', 'exec,nochain');
	die "$o->{qemu} could not be started: $!\n";
}
$SIG{ALRM} = sub { kill 'KILL', $pid; die "$o->{board}: the MMU did not come on in $o->{timeout} s\n" };
alarm $o->{timeout};

my ($all, $loops) = (0, 0);
while (<$trace>) {
	my ($pc) = m{\[[0-9a-f]+/([0-9a-f]+)/} or next;

	$pc = hex $pc;
	last if $all && $pc >= $window;
	# what QEMU's own loader or a boot ROM runs in front of the image is not counted
	next if !$all && $pc != $load;
	$all++;
	for my $f (qw(dcache_invalidate_all dcache_clean_invalidate_all)) {
		my $at = $pc - $load + $window - $symbol{$f};

		$loops++ if $at >= 0 && $at < $size{$f};
	}
}
alarm 0;
kill 'KILL', $pid;
die "$o->{board}: no instruction was seen; does $o->{qemu} know -d exec?\n" unless $all;
print "$o->{board}\tentry to SCTLR.M\t$all\n";
print "$o->{board}\tentry to SCTLR.M without the set/way loops\t", $all - $loops, "\n";
