#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/fuzz.pl - random reads and writes of every width at any address, while time
# goes by: QEMU must stay alive.  Prints the seed, and TAP.
#
# FUZZ_SEED=N: other accesses; FUZZ_ACCESSES=N: how many (1000000).
use strict;
use warnings;
use lib 'tests/machine';
use Qtest;
use S5pv210;
use Tap;

my $MACHINES = 4;                       # each with a share of the accesses, from power-on
my $BATCH = 400;                        # as many as the sockets hold
my $accesses = $ENV{FUZZ_ACCESSES} || 1_000_000;
my $seed = $ENV{FUZZ_SEED} // 210;
my @letter = qw(b w l q);
my @kept;                               # the last commands, to be shown if it dies

$Qtest::TIME_LIMIT = 120 + $accesses / 5000;
srand $seed;
print "# seed $seed: FUZZ_SEED=$seed FUZZ_ACCESSES=$accesses perl tests/machine/fuzz.pl does the same again\n";

# Where devices are: what QEMU itself says of its bus.
sub regions {
	my ($q) = @_;
	my %seen;

	for (split /\n/, $q->hmp('info mtree -f')) {
		/^ +([0-9a-f]{16})-([0-9a-f]{16}) \(prio -?\d+, i\/o\)/ or next;
		my ($first, $last) = map { hex } $1, $2;
		$seen{$first} = $last if $last < 2**32;
	}
	return map { [ $_, $seen{$_} ] } sort { $a <=> $b } keys %seen;
}

sub address {
	my ($regions) = @_;
	my $how = rand;

	return int rand 2**32 if $how < 0.05;
	my ($first, $last) = @{ $regions->[ rand @$regions ] };
	my $size = $last - $first + 1;
	# registers are at the beginning; the edges are where a mistake would be
	return $first + int rand($size < 0x100 ? $size : 0x100) if $how < 0.6;
	return $first + int rand($size < 0x1000 ? $size : 0x1000) if $how < 0.9;
	return $how < 0.93 ? $last - int rand 16 : $first + int rand $size;
}

sub value {
	my ($width) = @_;
	my $how = rand;
	my $v = $how < 0.2 ? int rand 16 : $how < 0.4 ? 1 << int rand 64 : $how < 0.5 ? ~0
		: int(rand 2**32) << 32 | int rand 2**32;

	return $width == 8 ? $v : $v & (1 << 8 * $width) - 1;
}

sub random_command {
	my ($regions) = @_;

	# most steps are short; a long one in which outputs toggle costs real time
	return 'clock_step ' . (1 + int 10**rand(rand() < 0.02 ? 8 : 5)) if rand() < 0.01;
	my $n = int rand 4;
	my $address = address($regions);
	$address &= ~((1 << $n) - 1) if rand() < 0.7;
	return sprintf 'read%s 0x%x', $letter[$n], $address if rand() < 0.4;
	return sprintf 'write%s 0x%x 0x%x', $letter[$n], $address, value(1 << $n);
}

sub attack {
	my ($machine, $count) = @_;
	my $q = Qtest->start(machine => $machine, deaf => 1, args => [ '-d', 'unimp', '-D', '/dev/null' ]);
	my @regions = regions($q);
	my $done = 0;

	while ($done < $count) {
		@kept = map { random_command(\@regions) } 1 .. ($count - $done < $BATCH ? $count - $done : $BATCH);
		$q->batch(@kept);
		$done += @kept;
	}
	@kept = ();
	$q->r($CHIPID) == 0x43110220 or die "the machine answers, but not as it should\n";
	return (scalar @regions, $q->stop);
}

for my $n (1 .. $MACHINES) {
	my $machine = qw(x210 tiny210 tq210 smdkv210)[ $n % 4 ];
	my ($regions, $status) = eval { attack($machine, int $accesses / $MACHINES) };

	print map { "# $_\n" } @kept if @kept;
	ok(defined $status && !$status, "$machine survives " . int($accesses / $MACHINES) . ' accesses' .
		($regions ? " to $regions regions and between them" : ''), ($@ || 'status ' . ($status // '?')) . " seed $seed");
}
done();
