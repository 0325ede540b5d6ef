#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/plugin/mutants.pl - does the watcher see?  Images with one thing broken,
# each of which must be reported by its rule, its symbol and its line.
#
#	mutants.pl --board B --machine M --args A --load ADDR --plugin SO
#		[--qemu QEMU] [--cross PREFIX] [--only NAME]... [--part I/N] [--table FILE]
#
# Run at the top of the tree, with the board's image built.  --part: every Nth
# mutant from the Ith on, so that several can be at work, each in its own copy.
# The copy is left in build/mutants/BOARD-I, with the logs of what was built and run.
use strict;
use warnings;
use lib do { __FILE__ =~ m{^(.*)/} ? $1 : '.' };
use Cwd qw(getcwd);
use Getopt::Long qw(GetOptions);
use Mutant;

my %o = (qemu => $ENV{QEMU} || 'qemu-system-arm', cross => 'arm-none-eabi-', args => '', only => [], timeout => 60, part => '1/1',
	table => (__FILE__ =~ s{[^/]*$}{}r) . 'mutants.txt');
GetOptions(\%o, 'board=s', 'machine=s', 'args=s', 'load=s', 'plugin=s', 'qemu=s', 'cross=s', 'only=s@', 'part=s', 'table=s', 'timeout=i')
	or exit 2;
defined $o{$_} or die "$0: --$_ is missing (use it through make)\n" for qw(board machine load plugin);

my $top = getcwd();
my ($part, $parts) = $o{part} =~ m{^([1-9]\d*)/([1-9]\d*)$} or die "$0: --part: wanted I/N, as in 1/3\n";
my $copy = "build/mutants/$o{board}-$part";
my $tree = "$top/$copy";
my %only = map { $_ => 1 } @{ $o{only} };
my @chosen = grep { !%only || $only{ $_->{name} } } Mutant::table($o{table});
my @mutants = @chosen[grep { $_ % $parts == $part - 1 } 0 .. $#chosen];
my ($total, $failed) = (0, 0);

die "$0: --only: no such mutant in $o{table}\n" unless @mutants;
$| = 1;
$_ = -e $_ ? Cwd::abs_path($_) : $_ for @o{qw(plugin qemu)};
Mutant::copy_tree($top, $tree, $o{board});
try_one($_) for @mutants;
print "1..$total\n";
exit($failed ? 1 : 0);

sub result {
	my ($ok, $what) = @_;

	$total++;
	$failed++ unless $ok;
	printf "%sok %d - %s\n", $ok ? '' : 'not ', $total, $what;
}

sub try_one {
	my ($m) = @_;
	my $why = Mutant::apply($tree, $m);

	if ($why) {
		result(0, "$m->{name}: $why");
		return;
	}
	if (Mutant::build($top, $tree, $o{board}, "$tree/build/$m->{name}.log")) {
		judge($m, watch($m));
	} else {
		result(0, "$m->{name}: it does not compile, see $copy/build/$m->{name}.log");
	}
	Mutant::restore($tree, $m);
}

sub watch {
	my ($m) = @_;
	my @command = ($^X, "$top/qemu/plugin/watch.pl", '--board', $o{board}, '--machine', $o{machine}, '--args', $o{args},
		'--elf', "$tree/build/$o{board}/mercator.elf", '--load', $o{load}, '--plugin', $o{plugin}, '--qemu', $o{qemu},
		'--cross', $o{cross}, '--timeout', $o{timeout}, '--log-dir', "$tree/build", '--run', $m->{run});

	open my $p, '-|', @command or die "$0: $command[1]: $!\n";
	my @lines = map { s/\n//r } <$p>;
	close $p;
	return @lines;
}

sub judge {
	my ($m, @lines) = @_;
	my @missed = Mutant::missed($m, $tree, @lines);

	print "$_\n" for @missed ? grep { /^#/ } @lines : ();
	print "# wanted: $_->{rule} in $_->{symbol}, at a line with: $_->{text}\n" for @missed;
	result(!@missed, "$m->{name}: " . (@missed ? 'not reported as it should be' : 'reported: ') .
		join ', ', map { @missed ? () : "$_->{rule} $_->{symbol}" } @{ $m->{expect} });
}
