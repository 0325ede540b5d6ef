# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/Qtest.pm - a machine in QEMU without its core: registers read and
# written by QEMU's qtest protocol, time that moves when it is told to, QMP beside
# it.
#
# QEMU gets its ends of socket pairs by number, so there is no path and no moment
# at which it is not there yet.  Nothing sleeps: every wait is a read of an answer.
# Modules of perl-base only.
package Qtest;

use strict;
use warnings;
use Fcntl;
use File::Temp qw(tempdir);
use IO::Handle;
use IO::Select;
use Socket;

our $TIME_LIMIT = 180;      # seconds for a whole test, if QEMU does not answer

my %letter = (1 => 'b', 2 => 'w', 4 => 'l', 8 => 'q');
my @alive;

# start(machine => 'x210', accel => 'qtest', args => [...], incoming => 1, deaf => 1)
# accel 'tcg': the core runs, QMP starts it; then time moves by itself.
# deaf: nobody reads the serial line; otherwise a UART waits for its reader.
# close: after six bytes already (the smallest buffer), instead of some hundred.
sub start {
	my ($class, %how) = @_;
	my $q = bless { text => {}, events => [], irq => {}, heard => '', dir => tempdir('mercator-XXXXXX', TMPDIR => 1, CLEANUP => 1) },
		$class;
	my $accel = $how{accel} // 'qtest';
	my @line = ($ENV{QEMU} || 'build/qemu/qemu-system-arm', '-M', $how{machine} // 'x210', '-accel', $accel,
		'-display', 'none', '-nodefaults', '-S', '-no-shutdown');
	my %end;

	for my $name ('qmp', $how{deaf} ? () : 'serial', $accel eq 'qtest' ? 'qtest' : ()) {
		socketpair(my $ours, my $theirs, AF_UNIX, SOCK_STREAM, PF_UNSPEC) or die "$0: socketpair: $!\n";
		@$q{$name} = ($ours);
		setsockopt $theirs, SOL_SOCKET, SO_SNDBUF, 1 if $how{close} && $name eq 'serial';
		$end{$name} = $theirs;
		push @line, '-chardev', "socket,id=$name,fd=" . fileno $theirs;
	}
	push @line, '-mon', 'chardev=qmp,mode=control', '-serial', $how{deaf} ? 'null' : 'chardev:serial';
	push @line, '-qtest', 'chardev:qtest', '-qtest-log', 'none' if $end{qtest};
	push @line, @{ $how{args} || [] };
	$q->launch(\%end, @line);
	$q->answer('qmp');              # QEMU greets
	$q->qmp('qmp_capabilities');
	$q->qmp('cont') if $end{qtest} && !$how{incoming};
	return $q;
}

sub launch {
	my ($q, $end, @line) = @_;
	my $pid = fork // die "$0: fork: $!\n";

	if (!$pid) {
		open STDIN, '<', '/dev/null' or die;
		open STDERR, '>', "$q->{dir}/stderr" or die;
		open STDOUT, '>&', \*STDERR or die;
		# close-on-exec is what perl sets on every handle behind the first three
		fcntl($_, F_SETFD, 0) for values %$end;
		{ no warnings 'exec'; exec @line }
		print STDERR "$line[0] could not be started: $! (make qemu-s5pv210 builds it)\n";
		exec 'false';
	}
	close $_ for values %$end;
	$q->{pid} = $pid;
	push @alive, $pid;
	$SIG{PIPE} = 'IGNORE';
	$SIG{$_} = sub { exit 1 } for qw(INT TERM HUP);
	$SIG{ALRM} = sub { die "$0: QEMU did not answer within $TIME_LIMIT s\n" };
	alarm $TIME_LIMIT;
}

# An unhappy end of ours must not leave a QEMU behind.
END {
	my $status = $?;

	kill 'KILL', @alive;
	$? = $status;
}

# What QEMU said on stderr.
sub said {
	my ($q) = @_;

	open my $f, '<', "$q->{dir}/stderr" or return '';
	local $/;
	return <$f> // '';
}

# The next line from one of QEMU's sockets.
sub line {
	my ($q, $from) = @_;
	my $text = \$q->{text}{$from};

	$$text //= '';
	while (1) {
		return $1 if $$text =~ s/^([^\n]*)\n//;
		$q->listen_meanwhile($from);
		next if sysread $q->{$from}, $$text, 65536, length $$text;
		my @last = grep { /\S/ } split /\n/, $q->said;
		die "$0: QEMU ended; it said: ", $last[-1] // 'nothing', "\n";
	}
}

# Until this socket has something to say, take what the guest sends: with a full
# serial line QEMU stands still, and answers nobody.  Little at a time: a guest should
# not come far while QEMU has not yet done what it was told.
sub listen_meanwhile {
	my ($q, $from) = @_;
	my @open = ($q->{$from}, $q->{serial} // ());

	while (1) {
		my @ready = IO::Select->new(@open)->can_read;

		return if !@ready || grep { $_ == $q->{$from} } @ready;
		sysread $q->{serial}, $q->{heard}, 1, length $q->{heard} or @open = ($q->{$from});
	}
}

# The next line that is no event: a level that changed, something that happened.
sub answer {
	my ($q, $from) = @_;

	while (1) {
		my $line = $q->line($from);

		if ($from eq 'qtest' && $line =~ /^IRQ (raise|lower) (\d+)/) {
			$q->{irq}{$2} = $1 eq 'raise' ? 1 : 0;
			push @{ $q->{changes} }, [ $2, $q->{irq}{$2} ];
		} elsif ($from eq 'qmp' && $line =~ /"event": *"(\w+)"/) {
			push @{ $q->{events} }, $1;
		} else {
			return $line;
		}
	}
}

# ---- registers and time ----

# Each command is answered by one line: "OK" and a value.
sub command {
	my ($q, $command) = @_;

	return ($q->batch($command))[0];
}

# Many at once, few enough for the sockets to hold.
sub batch {
	my ($q, @commands) = @_;
	my @answers;

	syswrite $q->{qtest}, join('', map { "$_\n" } @commands);
	for my $command (@commands) {
		my $answer = $q->answer('qtest');

		$answer =~ /^OK *(.*)/ or die "$0: $command: $answer\n";
		push @answers, $1;
	}
	return @answers;
}

sub get {
	my ($q, $width, $address) = @_;

	return hex $q->command(sprintf 'read%s 0x%x', $letter{$width}, $address) =~ s/^0x//r;
}

sub put {
	my ($q, $width, $address, $value) = @_;

	$q->command(sprintf 'write%s 0x%x 0x%x', $letter{$width}, $address, $value);
}

sub r {
	my ($q, $address) = @_;

	return $q->get(4, $address);
}

# w(address, value, address, value...)
sub w {
	my ($q, @pairs) = @_;

	while (my ($address, $value) = splice @pairs, 0, 2) {
		$q->put(4, $address, $value & 0xffffffff);
	}
}

# step(ns), or step() to the next thing that is due; the time it is then.
sub step {
	my ($q, $ns) = @_;

	return $q->{now} = 0 + $q->command(defined $ns ? "clock_step $ns" : 'clock_step');
}

# watch(path): the levels of its inputs are kept in $q->{irq} from now on, every
# change in $q->{changes}; watch_out(path): those of its outputs.
sub watch {
	my ($q, $path) = @_;

	$q->command("irq_intercept_in $path");
}

sub watch_out {
	my ($q, $path, @name) = @_;

	$q->command(join ' ', 'irq_intercept_out', $path, @name);
}

# ---- QMP ----

# qmp(command, 'argument' => '"json"'...): the answer's line.
sub qmp {
	my ($q, $command, %argument) = @_;
	my $arguments = join ',', map { "\"$_\":$argument{$_}" } sort keys %argument;

	syswrite $q->{qmp}, "{\"execute\":\"$command\",\"arguments\":{$arguments}}\n";
	my $answer = $q->answer('qmp');
	$answer =~ /"error"/ and die "$0: $command $arguments: $answer\n";
	return $answer;
}

# Wait until this event has come.
sub event {
	my ($q, $name) = @_;

	while (!grep { $_ eq $name } @{ $q->{events} }) {
		my $line = $q->line('qmp');

		push @{ $q->{events} }, $1 if $line =~ /"event": *"(\w+)"/;
	}
	@{ $q->{events} } = ();
}

# until_told(command, pattern): ask until the answer is this one, again after each event.
# An event may come in front of an answer that was made up before it.
sub until_told {
	my ($q, $command, $pattern) = @_;

	while (1) {
		@{ $q->{events} } = ();
		my $answer = $q->qmp($command);
		return $answer if $answer =~ $pattern;
		$q->line('qmp') if !@{ $q->{events} };
	}
}

sub qom_get {
	my ($q, $path, $property) = @_;

	$q->qmp('qom-get', path => "\"$path\"", property => "\"$property\"") =~ /"return": *(.*?)\}\s*$/
		or die "$0: $path $property: not understood\n";
	return $1 =~ s/^"(.*)"$/$1/r;
}

sub qom_set {
	my ($q, $path, $property, $value) = @_;

	$q->qmp('qom-set', path => "\"$path\"", property => "\"$property\"", value => $value);
}

sub hmp {
	my ($q, $line) = @_;

	$q->qmp('human-monitor-command', 'command-line' => "\"$line\"") =~ /"return": *"(.*)"\}\s*$/
		or die "$0: $line: not understood\n";
	return $1 =~ s/\\r\\n|\\n/\n/gr;
}

# save(file): the whole machine's state; restore(file) in one started with
# "-incoming defer".
sub save {
	my ($q, $file) = @_;

	$q->migrate('migrate', $file);
}

sub restore {
	my ($q, $file) = @_;

	$q->migrate('migrate-incoming', $file);
}

sub migrate {
	my ($q, $command, $file) = @_;

	$q->qmp('migrate-set-capabilities', capabilities => '[{"capability":"events","state":true}]');
	$q->qmp($command, uri => "\"file:$file\"");
	$q->until_told('query-migrate', qr/"status": *"(completed|failed)"/) =~ /"completed"/ or die "$0: $command $file failed: ", $q->said;
}

# ---- the serial line, and the end ----

sub serial_send {
	my ($q, $text) = @_;

	syswrite $q->{serial}, $text;
}

# So many bytes of what the guest sent, or less where it ends.
sub serial_read {
	my ($q, $bytes) = @_;

	while (length $q->{heard} < $bytes) {
		sysread $q->{serial}, $q->{heard}, 65536, length $q->{heard} or last;
	}
	return substr $q->{heard}, 0, $bytes, '';
}

# stop(): end QEMU; wait_end(): let it end by itself.  Its exit status.
sub stop {
	my ($q) = @_;

	syswrite $q->{qmp}, "{\"execute\":\"quit\"}\n";
	return $q->wait_end;
}

sub wait_end {
	my ($q) = @_;

	waitpid $q->{pid}, 0;
	@alive = grep { $_ != $q->{pid} } @alive;
	return $? & 127 ? 128 + ($? & 127) : $? >> 8;
}

1;
