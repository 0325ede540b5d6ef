#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/bus.pl - where nothing is, the core takes a data abort, at every width;
# what is there and not modelled is reported once.  Prints TAP.
#
# usage: bus.pl probe.elf       (of probe.S)
use strict;
use warnings;
use File::Temp;
use lib 'tests/machine';
use Qtest;
use S5pv210;
use Tap;

my @kinds = qw(byte-read half-read word-read byte-write half-write word-write user-read);
my $END = 7;

# probe([address, kind number]...): 'A' or '.' for each, by the core itself
sub probe {
	my @list = @_;
	my $file = File::Temp->new;

	print $file pack 'V*', (map { @$_ } @list), 0, $END;
	close $file;
	my $q = Qtest->start(accel => 'tcg', args => [ '-kernel', $ARGV[0],
		'-device', "loader,file=$file,addr=0x30010000,force-raw=on" ]);
	$q->qmp('cont');
	my @answers = split //, $q->serial_read(scalar @list);
	is($q->stop, 0, 'the machine ends');
	return @answers;
}

# ---- holes and what is around them ----

my @holes = (0x60000000, 0x7ffffffc, 0xb0100000, 0xbffffffc, 0xc8000000, 0xd0010000, 0xd001fffc,
	0xd0038000, 0xd0100000, 0xe0001000, 0xe0110000, 0xe0201000, 0xe0300000, 0xe2501000, 0xe2701000, 0xe2901000, 0xe3000000,
	0xe9000000, 0xefffffff & ~3, 0xf0001000, 0xf2001000, 0xf2400000, 0xf5000000, 0xff000000, 0xfffffffc);
my @there = (0x00000000, 0x00040000, 0x0e0202e0, 0x1ffffffc, 0x20000000, 0x5ffffffc, 0xd0000000, 0xd0020000, 0xd0037ffc, 0x80000000, 0xaffffffc, $CHIPID,
	$CLK, $GPIO + 0xffc, $PWM, $SYSTIMER + 0xffc, $RTC, $UART[3] + 0x3fc, $VIC[0] + 4, $VIC[3] + 0xffc, $DMC[1] + 0xffc, 0xf1700000);

for my $case ([ 'nothing', 'A', @holes ], [ 'something', '.', @there ]) {
	my ($what, $want, @addresses) = @$case;
	my @list = map { my $a = $_; map { [ $a, $_ ] } 0 .. 5 } @addresses;
	my @got = probe(@list);

	for my $address (@addresses) {
		my @bad = map { $kinds[$_] } grep { (shift(@got) // 'no answer') ne $want } 0 .. 5;

		ok(!@bad, sprintf("%s at 0x%08x: %s", $what, $address, $want eq 'A' ? 'aborts' : 'answers'), "not so: @bad");
	}
}

# PL192: PROTECTION keeps user mode out; the register itself always does
is(join('', probe([ $VIC[0], 6 ], [ $VIC[0] + 0x20, 6 ], [ $VIC[0] + 0x20, 2 ], [ $CHIPID, 6 ])), '.A..',
	'VIC, in user mode: its status can be read, PROTECTION cannot');

# An access that begins in the last bytes of a block and ends behind it, as a DMA
# controller's might: QEMU itself must not stumble.
my $edge = Qtest->start;
for my $last (0x0000ffff, 0x00037fff, 0x5fffffff, 0xd000ffff, 0xd0037fff, 0xe0000fff, 0xe2900fff) {
	for my $width (2, 4, 8) {
		$edge->get($width, $last);
		$edge->put($width, $last, 0);
	}
	ok(1, sprintf 'accesses across 0x%08x', $last + 1);
}
is($edge->stop, 0, 'the machine ends');

# ---- not modelled: told once, with block and offset ----

my $log = File::Temp->new;
my $q = Qtest->start(args => [ '-d', 'unimp', '-D', "$log" ]);
my %base;
my %stub = map { $_ => 1 } $q->qmp('qom-list', path => '"/machine/soc"') =~ /"name": *"([^"]+)", *"type": *"child<s5pv210\.stub>"/g;

for (split /\n/, $q->hmp('info mtree -f')) {
	/^ +([0-9a-f]{16})-[0-9a-f]{16} \(prio -?\d+, i\/o\): (\S+)/ and $base{$2} //= hex $1;
}
my @stubs = sort grep { defined $base{$_} } keys %stub;
my @quiet = ([ 'pwm', $PWM, 0x48 ], [ 'systimer', $SYSTIMER, 0x14 ], [ 'wdt', $WDT, 0x10 ], [ 'rtc', $RTC, 0x8c ],
	[ 'uart1', $UART[1], 0x3c ], [ 'vic2', $VIC[2], 0x2c ], [ 'gpio', $GPIO, 0x680 ], [ 'clk', $CLK, 0x600 ],
	[ 'pmu', $PMU + 0x8000, 0x7020 ], [ 'dmc0', $DMC[0], 0x60 ]);
my @places = (@quiet, map { [ $_, $base{$_}, 0x10 ] } @stubs);

ok(@stubs > 0, 'blocks that are there and not modelled', scalar @stubs);
for (@places) {
	my ($name, $base, $offset) = @$_;

	$q->r($base + $offset) for 1 .. 3;
	$q->get(1, $base + $offset + 1);
	$q->w($base + $offset, 0x1234) for 1 .. 3;
	$q->r($base + $offset + 4);
}
is($q->stop, 0, 'the machine ends');
open my $f, '<', "$log" or die "$0: $log: $!\n";
my @lines = <$f>;
for (@places) {
	my ($name, $base, $offset) = @$_;
	my $at = sprintf '%s: +0x%03x is not modelled', $name, $offset;
	my @read = grep { /^\Q$at\E: read$/ } @lines;
	my @write = grep { /^\Q$at\E: write of 0x00001234 dropped$/ } @lines;

	ok(@read == 1 && @write == 1, sprintf('%s +0x%x is reported once for reads and once for writes', $name, $offset),
		@read . ' and ' . @write . ' times');
}

# without -d unimp, on stderr
$q = Qtest->start;
$q->r($PWM + 0x48) for 1 .. 3;
$q->stop;
is(scalar(() = $q->said =~ /warning: pwm: \+0x048 is not modelled: read \(said once\)/g), 1, 'without -d unimp, stderr has it');
done();
