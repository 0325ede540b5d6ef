#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/blink.pl - `led NAME blink` at the shell, judged at the pins: so
# many edges, half a second a round, and the LED ends as it was.  TAP.
#
# usage: blink.pl mercator.elf      (QEMU=the emulator with the machine x210)
use strict;
use warnings;
use File::Temp qw(tempdir);
use FindBin;
use lib $FindBin::Bin;
use Tap;

my $elf = shift or die "usage: blink.pl mercator.elf\n";
my $dir = tempdir(CLEANUP => 1);

# The lines typed at the shell; what it printed, and the edges of @pins: [ns, level].
sub typed {
	my ($lines, $pins) = @_;
	my $vcd = "$dir/pins.vcd";
	unlink $vcd;
	my $said = qx(printf '%b' '$lines' | perl qemu/run.pl --board x210 --machine 'x210,vcd=$vcd,pins=$pins' \\
		--args '-icount shift=3,sleep=off' --elf '$elf' --guest shell --timeout 100 2>&1);
	return ($said, edges($vcd));
}

# name => [[time, level], ...] without the levels at the beginning
sub edges {
	my ($file) = @_;
	my (%name, %edges, $now);
	open my $in, '<', $file or return {};
	while (<$in>) {
		$name{$1} = $2 if /^\$var wire 1 (\S+) (\S+) \$end/;
		$now = $1 if /^#(\d+)/;
		push @{ $edges{ $name{$2} } }, [$now // 0, $1] if /^([01xz])(\S+)$/ && $name{$2};
	}
	return \%edges;
}

# The last @n edges are half a period apart, to a per cent.
sub in_step {
	my ($edges, $n) = @_;
	my @last = map { $_->[0] } @{$edges}[-$n .. -1];
	for my $i (1 .. $#last) {
		my $ms = ($last[$i] - $last[ $i - 1 ]) / 1e6;
		return 0 if $ms < 249 || $ms > 253;
	}
	return 1;
}

my ($said, $pins) = typed('led led0 blink 3\nled led0\n', 'GPJ0_3:GPJ0_4');
my $led0 = $pins->{GPJ0_3} // [];
ok(scalar($said =~ /^led0: blinked, times: 3\r?$/m), 'it says so', $said =~ s,\n,\n# ,gr);
ok(scalar($said =~ /^led0: dark/m), 'and the LED ends as it was');
ok(@$led0 >= 6 && in_step($led0, 6), 'six edges, a quarter of a second apart');
ok(join('', map { $_->[1] } @{$led0}[-6 .. -1]) eq '010101', 'lit, dark, three times');

($said, my $both) = typed('led all blink 2\n', 'GPJ0_3:GPJ0_4');
ok(in_step($both->{GPJ0_3}, 4) && in_step($both->{GPJ0_4}, 4), 'all of them blink');
ok(abs($both->{GPJ0_3}[-1][0] - $both->{GPJ0_4}[-1][0]) < 1e6, 'together');

($said) = typed('led led0 blink 0\nled led0 blink 101\nled led0 on 3\n', 'GPJ0_3');
ok(scalar(() = $said =~ /TIMES/g) >= 2, 'no times, or too many: refused', $said =~ s,\n,\n# ,gr);
ok($said !~ /blinked/, 'and nothing blinks');
ok(scalar($said =~ /'3'/), 'a word too many is named');
done();
