#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/tools/test_usb.pl - the two files of `make usbboot` in turn, with gdb's protocol in
# the place of the boot ROM's USB loader, which QEMU does not have: it puts a file into
# memory and calls it.  Prints TAP.
#
# usage: test_usb.pl --board B --machine M --elf usb.elf --first ADDR --second FILE --loadaddr ADDR
use strict;
use warnings;
use lib 'qemu';
use Fcntl qw(F_SETFD);
use File::Temp qw(tempdir);
use IO::Socket::UNIX;
use Machine;

my $o = Machine::options(\@ARGV, 'first=s', 'second=s', 'loadaddr=s');
my ($n, $failed) = (0, 0);
my $first = oct $o->{first};
my $load = oct $o->{loadaddr};
my @kept = (4 .. 11, 13, 25); # r4 to r11, sp, cpsr: what a called function keeps
my $input = '';

$| = 1;
# QEMU's own loader puts the first file in place and the boot ROM enters it.
$o->{loader} = "-kernel " . $o->{elf} =~ s/\.elf$/.bin/r;
$o->{machine} .= ",load-address=$o->{first}";
$o->{guest} = 'demo';

my $dir = tempdir('mercator-XXXXXX', TMPDIR => 1, CLEANUP => 1);
my $listener = IO::Socket::UNIX->new(Local => "$dir/gdb", Listen => 1) or die "no socket in $dir: $!\n";
fcntl $listener, F_SETFD, 0 or die "fcntl: $!\n";
my $m = Machine->start($o, more => ['-S', '-gdb', 'chardev:gdb',
	'-chardev', 'socket,id=gdb,server=on,wait=off,fd=' . fileno $listener]);
END {
	my $status = $?;

	$m->stop if $m;
	$? = $status;
}
my $gdb = IO::Socket::UNIX->new("$dir/gdb") or die "gdb's socket: $!\n";
ask('?');

run_to($first);
result(register(15) == $first, 'the boot ROM enters the first file at ' . $o->{first});
my $return = register(14);
my @before = map { register($_) } @kept;
run_to($return);
result(register(15) == $return, sprintf 'it returns to where it was called from (0x%08x)', $return);
result("@before" eq join(' ', map { register($_) } @kept), '... with the registers and the stack of its caller');
read_console('now send');
result(scalar($m->{text} =~ /^BL1: RAM \d+ MiB at 0x/m), '... with RAM set up and tried');
result(scalar($m->{text} =~ /^BL1: RAM is ready; now send mercator.bin by USB, to $o->{loadaddr}/m), '... and says what it wants');
result(scalar($m->{text} !~ /stopped/), '... without a complaint');

put($load, $o->{second});
write_register(15, $load);
send_packet('c');
1 while defined(my $more = $m->more) && $m->{text} !~ /^demonstration: .*\n/m;
result(scalar($m->{text} =~ /loaded at $o->{loadaddr}, entered in SVC, MMU off, data cache off/), 'the second file is entered');
result(scalar($m->{text} =~ /demonstration: [1-9]\d* checks passed, 0 failed/), '... and runs the demonstration');
print "1..$n\n";
exit($failed ? 1 : 0);

sub result {
	my ($ok, $what) = @_;

	$n++;
	$failed++ unless $ok;
	printf "%sok %d - %s\n", $ok ? '' : 'not ', $n, $what;
	print $m->{text} =~ s/^/# /gmr unless $ok;
}

# The console's bytes come by a pipe of their own, perhaps after the stop.
sub read_console {
	my ($wanted) = @_;

	while ($m->{text} !~ /$wanted.*\n/) {
		last unless $m->more;
	}
}

# ---- gdb's remote protocol ----

sub send_packet {
	my ($text) = @_;

	syswrite $gdb, sprintf '$%s#%02x', $text, unpack('%8C*', $text);
}

# ask(PACKET): the stub's answer
sub ask {
	my ($text) = @_;

	send_packet($text);
	while ($input !~ /\$[^#]*#../) {
		$m->wait_for($gdb) or die "$o->{board}: gdb's stub does not answer to " . substr($text, 0, 20) . "\n";
		sysread $gdb, $input, 65536, length $input or die "$o->{board}: gdb's stub went away\n";
	}
	$input =~ s/^.*?\$([^#]*)#..//s;
	my $answer = $1;
	syswrite $gdb, '+';
	return $answer;
}

sub run_to {
	my ($addr) = @_;

	ask(sprintf 'Z1,%x,4', $addr);
	ask('c');
	ask(sprintf 'z1,%x,4', $addr);
}

sub register {
	return unpack 'V', pack 'H*', ask(sprintf 'p%x', $_[0]);
}

sub write_register {
	my ($number, $value) = @_;

	ask(sprintf 'P%x=%s', $number, unpack 'H*', pack 'V', $value);
}

# put(ADDR, FILE): into memory, as the loader would
sub put {
	my ($addr, $name) = @_;

	open my $f, '<:raw', $name or die "$name: $!\n";
	while (my $got = read $f, my $bytes, 1024) {
		my $answer = ask(sprintf 'M%x,%x:%s', $addr, $got, unpack 'H*', $bytes);

		die sprintf "%s: cannot be written at 0x%08x: %s\n", $name, $addr, $answer if $answer ne 'OK';
		$addr += $got;
	}
}
