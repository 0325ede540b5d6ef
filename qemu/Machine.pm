# SPDX-License-Identifier: BSD-2-Clause
# qemu/Machine.pm - a board running in QEMU: its command line, its serial line,
# its monitor, its end.
#
# Nothing waits by sleeping: every wait is a select() on what may happen next,
# against one deadline for the whole run.  Modules of perl-base only.
package Machine;

use strict;
use warnings;
use File::Temp qw(tempdir);
use Getopt::Long qw(GetOptionsFromArray);
use IO::Handle;
use IO::Select;
use IO::Socket::UNIX;

our $PROMPT = 'mercator> ';

# options(\@argv, extra => \$variable...): the options all runners share.
sub options {
	my ($argv, @extra) = @_;
	my %o = (qemu => $ENV{QEMU} || 'qemu-system-arm', timeout => 120, args => '', guest => '');

	GetOptionsFromArray($argv, \%o, 'board=s', 'machine=s', 'args=s', 'elf=s', 'guest=s',
		'timeout=i', 'qemu=s', 'raw=s', 'no-host', 'loader=s', 'loader-prompt=s', 'type=s@', @extra)
		or exit 2;
	for (qw(board elf)) {
		defined $o{$_} or die "$0: --$_ is missing (use it through make)\n";
	}
	if (!$o{machine}) {
		print STDERR "$o{board} cannot be run: its board.mk names no QEMU_MACHINE, because QEMU has no such machine.\n",
			"  way out: flash build/$o{board}/mercator.bin, or run a board that `make help` does not mark so.\n";
		exit 3;
	}
	return \%o;
}

# image(\%o): the ELF, or with --raw ADDR the raw binary beside it, put there and
# entered there, as a boot loader's "go" would; or with --loader QEMU's arguments
# for a real one, which through_loader() talks to.
sub image {
	my ($o) = @_;

	return split ' ', $o->{loader} if defined $o->{loader};
	return ('-kernel', $o->{elf}) unless defined $o->{raw};
	my $bin = $o->{elf} =~ s/\.elf$/.bin/r;

	return ('-device', "loader,file=$bin,addr=$o->{raw},force-raw=on",
		'-device', "loader,addr=$o->{raw},cpu-num=0");
}

# command(\%o, @more): QEMU without display, network, audio or reboot.  The guest
# reads its command line by semihosting (SYS_GET_CMDLINE): "mercator" and the
# words of --guest.
sub command {
	my ($o, @more) = @_;

	return ($o->{qemu}, '-M', $o->{machine}, split(' ', $o->{args}), image($o),
		'-display', 'none', '-nic', 'none', '-no-reboot',
		'-audiodev', 'none,id=quiet',
		# an emulator without this block would warn of it
		($o->{machine} =~ /^(realview|vexpress|versatile|integrator)/ ? ('-global', 'pl041.audiodev=quiet') : ()),
		($o->{'no-host'} ? () : ('-semihosting-config',
			join(',arg=', 'enable=on,target=native', 'mercator', split ' ', $o->{guest}))),
		@more);
}

# start(\%o, monitor => 1, more => [...]): QEMU with its serial line on pipes.
sub start {
	my ($class, $o, %how) = @_;
	my $m = bless { o => $o, text => '', deadline => $o->{timeout} ? time + $o->{timeout} : 0 }, $class;
	my @more = ('-chardev', 'stdio,id=serial,signal=off', '-serial', 'chardev:serial', '-monitor', 'none');
	my $listener;

	if ($how{monitor}) {
		# QEMU calls us, so there is no moment at which it is not there yet.
		$m->{dir} = tempdir('mercator-XXXXXX', TMPDIR => 1, CLEANUP => 1);
		$listener = IO::Socket::UNIX->new(Local => "$m->{dir}/monitor", Listen => 1)
			or die "$0: no socket in $m->{dir}: $!\n";
		push @more, '-chardev', "socket,id=mon,path=$m->{dir}/monitor", '-mon', 'chardev=mon,mode=control';
	}

	pipe(my $guest_in, my $to) or die "$0: pipe: $!\n";
	pipe(my $from, my $guest_out) or die "$0: pipe: $!\n";
	my $pid = fork // die "$0: fork: $!\n";
	if (!$pid) {
		open STDIN, '<&', $guest_in or die;
		open STDOUT, '>&', $guest_out or die;
		close $_ for $to, $from;
		{ no warnings 'exec'; exec command($o, @more, @{ $how{more} || [] }) }
		print STDERR "$o->{qemu} could not be started: $! (Debian: apt-get install qemu-system-arm)\n";
		exec 'false';
	}
	close $_ for $guest_in, $guest_out;
	$to->autoflush(1);
	@$m{qw(pid to from)} = ($pid, $to, $from);
	# Ctrl-C or an unhappy end of ours must not leave a QEMU behind.
	$SIG{$_} = sub { $m->stop; exit 130 } for qw(INT TERM HUP);
	$SIG{PIPE} = 'IGNORE';
	$m->monitor_open($listener) if $listener;
	$m->through_loader if defined $o->{loader};
	return $m;
}

# The boot loader that --loader started gets the lines of --type, one at each of
# its prompts; the last one enters the image.  What it printed is no output of
# the image's: it goes to $m->{loader_text}.
sub through_loader {
	my ($m) = @_;
	my $o = $m->{o};
	my @lines = @{ $o->{type} || [] };
	my $stopped = 0;

	while (@lines) {
		my $text = $m->more;

		if (!defined $text || $text eq '') {
			my $why = defined $text ? 'QEMU ended' : "no prompt '$o->{'loader-prompt'}' after $o->{timeout} s";

			$m->stop;
			die "$o->{board}: the boot loader did not get to '$lines[0]': $why; ", $m->last_words, "\n";
		}
		if (!$stopped && $m->{text} =~ /Hit any key to stop autoboot/) {
			$stopped = 1;
			$m->send_text(' ');
		}
		next unless $m->open_line eq $o->{'loader-prompt'};
		$m->send_text(shift(@lines) . "\r");
		$m->{loader_text} .= $m->{text};
		$m->{text} = '';
	}
}

# Seconds left, or undef without a limit.
sub left {
	my ($m) = @_;

	return undef unless $m->{deadline};
	my $s = $m->{deadline} - time;
	return $s > 0 ? $s : 0;
}

# wait_for(handles...): those that can be read; none when the time is up.
sub wait_for {
	my ($m, @handles) = @_;

	return IO::Select->new(@handles)->can_read($m->left);
}

# more(): read what the guest wrote and return it; '' at its end, undef when the
# time is up.  $m->{text} keeps everything.
sub more {
	my ($m) = @_;

	$m->wait_for($m->{from}) or return undef;
	my $n = sysread $m->{from}, my $chunk, 65536;
	return '' unless $n;
	$m->{text} .= $chunk;
	return $chunk;
}

sub send_text {
	my ($m, $text) = @_;

	syswrite $m->{to}, $text;
}

# The line the guest has not finished yet, and the last whole one, for messages.
sub open_line {
	my ($m) = @_;

	return substr($m->{text}, rindex($m->{text}, "\n") + 1) =~ s/\r//gr;
}

sub last_words {
	my ($m) = @_;
	my @lines = grep { /\S/ } split /[\r\n]+/, $m->{text};

	return 'it printed nothing; ' . silence() unless @lines;
	return 'it waits at its prompt and hears nothing that is typed; ' . deafness() if $m->open_line eq $PROMPT;
	return 'it waits for a newline and does not hear it; ' . deafness() if $lines[-1] =~ /^\@xp\b/;
	return "its last line was: $lines[-1]";
}

# What makes a board speak to nobody, or listen to nobody, in a port's first hours.
sub silence {
	return 'is the console row of board.c right (driver, .phys, .aux)? Is it the serial line that QEMU '
		. 'shows, its first? If not: -serial null in QEMU_ARGS for each one before it';
}

sub deafness {
	return 'is .irq right in the console row of board.c? (a GIC\'s SPI n is 32 + n; .irq = -1 polls)';
}

sub stop {
	my ($m) = @_;

	return unless $m->{pid};
	kill 'KILL', $m->{pid};
	waitpid $m->{pid}, 0;
	$m->{pid} = 0;
}

# finish(): QEMU's exit status, once its output has ended; a signal is 128 + n.
sub finish {
	my ($m) = @_;

	close $m->{to};
	waitpid $m->{pid}, 0;
	$m->{pid} = 0;
	return $? & 127 ? 128 + ($? & 127) : $? >> 8;
}

# ---- the monitor (QMP): one line out, one line back ----

sub monitor_open {
	my ($m, $listener) = @_;
	my @ready = $m->wait_for($listener, $m->{from});

	if (!grep { $_ == $listener } @ready) {
		die "$m->{o}{board}: QEMU ended before its monitor was there, status " . $m->finish . "\n" if @ready;
		$m->stop;
		die "$m->{o}{board}: QEMU did not open its monitor within $m->{o}{timeout} s\n";
	}
	$m->{mon} = $listener->accept;
	$m->monitor_line(qr/"QMP"/);
	$m->monitor_send('{"execute":"qmp_capabilities"}');
}

sub monitor_line {
	my ($m, $want) = @_;

	while (1) {
		if ($m->{mon_text} && $m->{mon_text} =~ s/^([^\n]*)\n//) {
			my $line = $1;

			return $line if $line =~ $want;
			next;
		}
		$m->wait_for($m->{mon}) or die "$m->{o}{board}: QEMU's monitor does not answer\n";
		sysread $m->{mon}, my $chunk, 65536 or die "$m->{o}{board}: QEMU's monitor went away\n";
		$m->{mon_text} .= $chunk;
	}
}

sub monitor_send {
	my ($m, $json) = @_;

	syswrite $m->{mon}, "$json\n";
	return $m->monitor_line(qr/^\{"(return|error)"/);
}

# physical(ADDR): the word there, read by the monitor, or undef.
sub physical {
	my ($m, $addr) = @_;
	my $answer = $m->monitor_send(sprintf
		'{"execute":"human-monitor-command","arguments":{"command-line":"xp /1wx 0x%x"}}', $addr);

	return $answer =~ /[0-9a-f]+: 0x([0-9a-f]{8})/ ? hex $1 : undef;
}

1;
