#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# qemu/debug.pl - a board halted at its first instruction, and gdb on it.
#
# Symbols are loaded twice: where the image is linked (for when the MMU is on)
# and where it is loaded (for before).  At a terminal gdb starts here and the
# board's serial output appears between its lines; without one the command to
# attach is printed and QEMU waits.  --batch: stop at a function (--at, else
# start_kernel), run gdb commands (--do 'a; b', else a look around), leave.
use strict;
use warnings;
use lib do { __FILE__ =~ m{^(.*)/} ? $1 : '.' };
use Fcntl qw(F_SETFD);
use File::Temp qw(tempdir);
use Machine;

my $o = Machine::options(\@ARGV, 'batch', 'at=s', 'do=s', 'loadaddr=s', 'vaddr=s', 'gdb=s');
my $at = $o->{at} || 'start_kernel';
my @do = split /\s*;\s*/, $o->{do} || 'backtrace; info registers pc sp cpsr; mmu walk $pc';
my ($here) = __FILE__ =~ m{^(.*)/};
my $dir = tempdir('mercator-XXXXXX', TMPDIR => 1, CLEANUP => 1);
my $socket = "$dir/gdb";
my $gdb = $o->{gdb} || (grep { -x } map { my $p = $_; map { "$p/$_" } 'gdb-multiarch', 'arm-none-eabi-gdb' } split /:/, $ENV{PATH})[0]
	|| die "debug.pl: no gdb-multiarch and no arm-none-eabi-gdb in PATH\n";

# gdb's -o moves all sections: from the link address down (or up) to the load address.
# "ll": as 32 bits the negative of more than 2 GiB is positive.
my $offset = oct($o->{loadaddr}) - oct($o->{vaddr});
my $move = $offset < 0 ? sprintf('-0x%xll', -$offset) : sprintf('0x%xll', $offset);
my @gdb = ($gdb, '-q', '-nx', $o->{elf}, '-x', "$here/mercator.gdb",
	'-ex', "add-symbol-file $o->{elf} -o $move", '-ex', "target remote $socket");

# The socket listens before QEMU is started and is handed over to it, so gdb
# can connect at once and nothing has to wait.
my $listener = IO::Socket::UNIX->new(Local => $socket, Listen => 1) or die "debug.pl: no socket in $dir: $!\n";
fcntl $listener, F_SETFD, 0 or die "debug.pl: fcntl: $!\n";
my @qemu = Machine::command($o, '-S', '-monitor', 'none', '-serial', 'stdio',
	'-chardev', 'socket,id=gdb,server=on,wait=off,fd=' . fileno $listener, '-gdb', 'chardev:gdb');

my $pid = fork // die "debug.pl: fork: $!\n";
if (!$pid) {
	# gdb owns the terminal: its Ctrl-C must not end QEMU
	setpgrp 0, 0;
	open STDIN, '<', '/dev/null';
	exec @qemu or exit 127;
}
close $listener;
END {
	if ($pid) {
		my $status = $?;

		kill 'KILL', $pid;
		waitpid $pid, 0;
		$? = $status;
	}
}

$SIG{$_} = sub { exit 130 } for qw(INT TERM HUP);
if (!$o->{batch} && !(-t STDIN && -t STDOUT)) {
	print "$o->{board} waits at its first instruction. Attach from a terminal with:\n\n  ", quoted(@gdb), "\n\n",
		"End it with Ctrl-C here, or with `kill` in gdb.\n";
	STDOUT->flush;
	waitpid $pid, 0;
	$pid = 0;
	exit($? ? 1 : 0);
}
# Ctrl-C is for gdb, which stops the board with it.
$SIG{INT} = 'IGNORE';
push @gdb, '-batch', map { ('-ex', $_) } "hbreak $at", 'continue', @do, 'disconnect' if $o->{batch};
exit gdb_session();

# Only --batch has a time limit: a person may take as long as they like.
sub gdb_session {
	my $gdb_pid = fork // die "debug.pl: fork: $!\n";

	exec @gdb or exit 127 unless $gdb_pid;
	local $SIG{ALRM} = sub {
		kill 'KILL', $gdb_pid;
		print STDERR "$o->{board}: $at was not reached within $o->{timeout} s\n";
	};
	alarm $o->{timeout} if $o->{batch};
	waitpid $gdb_pid, 0;
	return $? ? 1 : 0;
}

sub quoted {
	return join ' ', map { /[^\w\/.:=,+-]/ ? "'$_'" : $_ } @_;
}
