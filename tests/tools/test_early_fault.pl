#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/tools/test_early_fault.pl - exceptions while the MMU is still off: each is told
# with its address, and the run ends.  Prints TAP.
#
# The image's raw binary runs with other instructions at the beginning of
# pgtable_init().  At NOTHING the board answers no access.
use strict;
use warnings;
use lib 'qemu';
use File::Temp qw(tempdir);
use Machine;

my $o = Machine::options(\@ARGV, 'load=s', 'nothing=s', 'cross=s');
my ($load, $nothing) = map { hex } @$o{qw(load nothing)};
my $dir = tempdir('mercator-XXXXXX', TMPDIR => 1, CLEANUP => 1);
my %at = map { /^([0-9a-f]+) \w (\w+)$/ ? ($2 => hex $1) : () } `$o->{cross}nm $o->{elf}`;
my $offset = $at{pgtable_init} - $at{__image_start};
my $pc = $load + $offset;
my $image = image($o->{elf} =~ s/elf$/bin/r);
my $n = 0;
my $failed = 0;

# mov r0, #nothing, by its eight bits and their rotation
my $mov = 0xe3a00000 | ($nothing >> 24 & 0xff) | 4 << 8;
@$o{qw(elf raw)} = ("$dir/mercator.elf", $o->{load});
judge('undefined instruction', $pc + 4, undef, 0xe7f000f0);
judge('data abort', $pc + 4 + 8, $nothing, $mov, 0xe5900000);
judge('prefetch abort', $nothing + 4, undef, $mov | 15 << 12);
print "1..$n\n";
exit($failed ? 1 : 0);

sub image {
	my ($path) = @_;

	open my $f, '<:raw', $path or die "$0: $path: $!\n";
	local $/;
	return <$f>;
}

sub judge {
	my ($what, $lr, $far, @words) = @_;
	my $wanted = sprintf 'boot: %s with the MMU off, lr 0x%08x, image at 0x%08x, DFSR 0x[0-9a-f]+, DFAR %s$',
		$what, $lr, $load, defined $far ? sprintf('0x%08x', $far) : '0x[0-9a-f]{8}';
	my $changed = $image;

	substr($changed, $offset, 4 * @words) = pack 'V*', @words;
	open my $f, '>:raw', "$dir/mercator.bin" or die "$0: $dir/mercator.bin: $!\n";
	print $f $changed;
	close $f or die "$0: $dir/mercator.bin: $!\n";
	my $m = Machine->start($o);
	my $more;
	1 while defined($more = $m->more) && $more ne '';
	$m->stop unless defined $more;
	my $status = defined $more ? $m->finish : 'none';
	result(scalar(($m->{text} =~ s,\r,,gr) =~ m,^$wanted,m), "$what: told", $m->{text});
	result($status eq '3', '... and the run ends', "its status: $status");
}

sub result {
	my ($ok, $what, $more) = @_;

	$n++;
	$failed++ unless $ok;
	printf "%sok %d - %s\n", $ok ? '' : 'not ', $n, $what;
	print $more =~ s/^/# /gmr, "\n" unless $ok;
}
