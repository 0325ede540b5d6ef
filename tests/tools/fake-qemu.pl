#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/tools/fake-qemu.pl - stands for QEMU, to test the harness and not a
# board: prints what FAKE_SAYS holds, waits for a line after each @xp, answers
# the monitor's xp with FAKE_WORD, and ends with FAKE_STATUS ("hang": never).
use strict;
use warnings;
use IO::Select;
use IO::Socket::UNIX;

my ($path) = "@ARGV" =~ /path=(\S+)/ or exit 9;
exit 5 if ($ENV{FAKE_STATUS} // '') eq 'early';
my $mon = IO::Socket::UNIX->new(Peer => $path) or exit 8;
my @lines = split /\n/, $ENV{FAKE_SAYS} // '';

$| = 1;
$mon->autoflush(1);
print $mon qq({"QMP": {}}\n);
<$mon>;
print $mon qq({"return": {}}\n);
while (defined(my $line = shift @lines)) {
	print "$line\r\n";
	next unless $line =~ /^\@xp/;
	# the harness asks the monitor, then types a newline; a bad @xp only the latter
	for my $ready (IO::Select->new($mon, \*STDIN)->can_read) {
		next unless ref $ready eq 'IO::Socket::UNIX';
		<$mon>;
		print $mon qq({"return": "0000000000001000: $ENV{FAKE_WORD}\\r\\n"}\n);
	}
	<STDIN>;
}
if (($ENV{FAKE_STATUS} // 0) eq 'hang') {
	close STDIN;
	IO::Select->new($mon)->can_read;
}
exit($ENV{FAKE_STATUS} // 0);
