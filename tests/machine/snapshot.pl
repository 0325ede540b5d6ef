#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/snapshot.pl - savevm and loadvm at chosen places: whoever carries on, in the
# same QEMU or in another, comes to the same end, with the same edges on the pins at
# the same virtual times.  Prints TAP.
#
# usage: snapshot.pl build/x210/mercator.elf busy.elf       (of busy.c)
#
# busy.elf is stopped at its functions point_... through QEMU's gdb stub.
use strict;
use warnings;
use File::Temp qw(tempdir);
use IO::Select;
use IO::Socket::UNIX;
use lib 'tests/machine';
use Qtest;
use Tap;

my ($demo, $busy) = @ARGV;
my $dir = tempdir('mercator-XXXXXX', TMPDIR => 1, CLEANUP => 1);
my $NM = ($ENV{CROSS} || 'arm-none-eabi-') . 'nm';
# the seed: a card chooses its address at random
my @TIME = ('-icount', 'shift=4,sleep=off', '-rtc', 'base=2024-02-29T23:59:50,clock=vm', '-seed', '7');

$busy or die "usage: snapshot.pl mercator.elf busy.elf\n";
demonstration();
program();
raw_cards();
done();

# ---- images, edges, memory ----

# qcow2(name, bytes, file behind it): as qemu-img create makes it
sub qcow2 {
	my ($name, $bytes, $behind) = @_;
	my $q = Qtest->start(machine => 'none', accel => 'tcg');
	my $file = "$dir/$name";
	my $more = $behind ? qq(,"backing-file":"$behind","backing-fmt":"raw") : '';

	job($q, qq({"driver":"file","filename":"$file","size":0}));
	$q->qmp('blockdev-add', driver => '"file"', 'node-name' => '"file"', filename => "\"$file\"");
	job($q, qq({"driver":"qcow2","file":"file","size":$bytes$more}));
	$q->stop;
	return $file;
}

sub job {
	my ($q, $options) = @_;

	$q->qmp('blockdev-create', 'job-id' => '"job"', options => $options);
	$q->until_told('query-jobs', qr/"status": *"concluded"/);
	$q->qmp('job-dismiss', id => '"job"');
}

# The edges in a VCD file: [ ns, "pin level" ]...; its levels at time 0 are none.
sub edges {
	my ($file) = @_;
	my ($ns, %pin, @edges) = (0);

	open my $f, '<', $file or die "$0: $file: $!\n";
	while (<$f>) {
		if (/^\$var wire 1 (\S+) (\S+)/) {
			$pin{$1} = $2;
		} elsif (/^#(\d+)/) {
			$ns = $1;
		} elsif (/^([01])(\S+)/ && $ns) {
			push @edges, [ $ns, "$pin{$2} $1" ];
		}
	}
	return @edges;
}

sub text_of {
	return join "\n", map { "$_->[0] $_->[1]" } @_;
}

# What the levels are after these edges.
sub levels {
	my %level = map { split / /, $_->[1] } @_;

	return join ' ', map { "$_=$level{$_}" } sort keys %level;
}

# ns since the start at which a snapshot was taken
sub time_of {
	my ($q, $tag) = @_;

	$q->qmp('query-named-block-nodes') =~ /(\{[^{}]*"name": *"\Q$tag\E"[^{}]*\})/ or die "$0: no snapshot $tag\n";
	my $about = $1;
	my ($s) = $about =~ /"vm-clock-sec": *(\d+)/;
	my ($ns) = $about =~ /"vm-clock-nsec": *(\d+)/;
	return $s * 1_000_000_000 + $ns;
}

# What a machine that stands has sent so far.
sub heard {
	my ($q) = @_;
	my $serial = IO::Select->new($q->{serial});

	while ($serial->can_read(0)) {
		sysread $q->{serial}, $q->{heard}, 65536, length $q->{heard} or last;
	}
	return substr $q->{heard}, 0, length $q->{heard}, '';
}

sub hmp_ok {
	my ($q, $command) = @_;

	return is($q->hmp($command), '', $command);
}

# ---- the demonstration ----

sub demo {
	my ($vcd, @more) = @_;

	return Qtest->start(machine => "x210,vcd=$dir/$vcd", accel => 'tcg', close => 1, args => [ @TIME, '-kernel', $demo, '-no-reboot',
		'-semihosting-config', 'enable=on,target=native,arg=mercator,arg=demo', @more ]);
}

sub demonstration {
	my @state = ('-drive', 'if=none,format=qcow2,file=' . qcow2('state.qcow2', 65536));
	my $whole = demo('whole.vcd');

	$whole->qmp('cont');
	my $text = $whole->serial_read(1e9);
	my $status = $whole->wait_end;
	my @edges = edges("$dir/whole.vcd");
	is($status, 0, 'the demonstration, undisturbed, succeeds');
	ok(@edges > 20, '... and moves its pins', scalar @edges);

	my @part = (0.05, 0.3, 0.6, 0.9);
	my $first = demo('first.vcd', @state);
	my ($said, %said, %when) = ('');
	$first->qmp('cont');
	for (@part) {
		$said .= $first->serial_read(int($_ * length $text) - length $said);
		$first->qmp('stop');
		hmp_ok($first, "savevm at$_");
		$said{$_} = $said .= heard($first);
		$when{$_} = time_of($first, "at$_");
		$first->qmp('cont');
	}
	$said .= $first->serial_read(1e9);
	is($first->wait_end, $status, '... saved four times meanwhile: the same exit status');
	ok($said eq $text, '... the same output');
	ok(text_of(edges("$dir/first.vcd")) eq text_of(@edges), '... the same edges');
	for my $part (@part) {
		my $q = demo('next.vcd', @state, '-loadvm', "at$part");

		$q->qmp('cont');
		my $rest = $q->serial_read(1e9);
		is($q->wait_end, $status, "loaded at $when{$part} ns by another QEMU: the same exit status");
		same_end(\@edges, $when{$part});
		ok($said{$part} . $rest eq $text, '... the same output', length($said{$part}) . '+' . length($rest));
	}
}

# next.vcd goes on where the undisturbed run was.
sub same_end {
	my ($edges, $when) = @_;
	my @next = edges("$dir/next.vcd");
	my @got = grep { $_->[0] > $when } @next;
	my @want = grep { $_->[0] > $when } @$edges;

	my ($n) = grep { ($got[$_] // [0])->[0] != $want[$_]->[0] || $got[$_]->[1] ne $want[$_]->[1] } 0 .. $#want;

	ok(text_of(@got) eq text_of(@want), '... the same edges from there on', defined $n
		? 'should be ' . text_of($want[$n]) : 'more than there should be');
}

# ---- a program that uses most blocks ----

sub start_busy {
	my ($vcd, $card, @more) = @_;

	return Qtest->start(machine => "x210,vcd=$dir/$vcd", accel => 'tcg', args => [ @TIME, '-kernel', $busy,
		'-drive', "if=sd,$card", '-gdb', "unix:$dir/gdb,server=on,wait=off", @more ]);
}

sub until_end {
	my ($q, $said) = @_;

	while ($said !~ /^end$/m) {
		my $more = $q->serial_read(1);

		length $more or die "$0: busy.elf: QEMU ended: ", $q->said;
		$said .= $more;
	}
	$q->qmp('stop');
	return $said;
}

# The program's own memory, its log, what it read from the card, its stacks.
sub memory {
	my ($q) = @_;
	my $all = '';

	for ([ 0x30008000, 0x8000 ], [ 0x31000000, 0x4000 ], [ 0x32000000, 0x20000 ], [ 0x32fff000, 0x101000 ], [ 0xd0020000, 0x18000 ]) {
		my ($address, $bytes) = @$_;

		$q->qmp('pmemsave', val => $address, size => $bytes, filename => "\"$dir/memory\"");
		open my $f, '<:raw', "$dir/memory" or die "$0: $dir/memory: $!\n";
		local $/;
		$all .= <$f>;
	}
	return $all;
}

sub different {
	my ($got, $want) = @_;

	($got ^ $want) =~ /[^\0]/ or return '';
	my $at = $-[0] & ~3;
	return sprintf 'first at byte 0x%x: %s, should be %s', $at, map { unpack 'H8', substr $_, $at, 4 } $got, $want;
}

sub points {
	my @all = map { /^([0-9a-f]+) T point_(\w+)$/ ? [ hex $1, $2 ] : () } `$NM $busy`;

	@all or die "$0: $NM $busy names no point_...\n";
	return map { $_->[1] => $_->[0] } @all;
}

# ---- QEMU's gdb stub: breakpoints ----

# A breakpoint costs an instruction's time, so that all runs must stop at all of them:
# also the one that the others are compared with.  Only gdb lets a machine go on that gdb
# watches: what the stub reads while QMP has it running stops it again, and is lost.
sub gdb {
	my $gdb = IO::Socket::UNIX->new(Peer => "$dir/gdb") or die "$0: $dir/gdb: $!\n";

	$gdb->autoflush;
	return $gdb;
}

sub packet {
	my ($gdb, $what) = @_;

	printf $gdb '$%s#%02x', $what, unpack('%8C*', $what);
	my $got = '';
	until ($got =~ /\$[^#]*#..$/) {
		sysread $gdb, $got, 4096, length $got or die "$0: the gdb stub went away\n";
	}
	syswrite $gdb, '+';
	return $got =~ s/.*\$([^#]*)#..$/$1/sr;
}

# through(QEMU, what to do at each, point => address...): the points in the order in which
# they were reached, and the output with what came before
sub through {
	my ($q, $said, $at, %point) = @_;
	my @order;

	if (!%point) {
		$q->qmp('cont');
		return until_end($q, $said);
	}
	my $gdb = gdb();

	packet($gdb, sprintf 'Z0,%x,4', $_) for values %point;
	for (1 .. keys %point) {
		packet($gdb, 'c') =~ /^T05/ or die "$0: no breakpoint was reached\n";
		my ($pc) = packet($gdb, 'pf') =~ /^([0-9a-f]{8})$/ or die "$0: no pc\n";
		$pc = unpack 'V', pack 'H8', $pc;
		my ($name) = grep { $point{$_} == $pc } keys %point or die sprintf "$0: stopped at 0x%x, which is no point\n", $pc;

		$said .= heard($q);
		$at->($name, $said);
		push @order, $name;
		packet($gdb, sprintf 'z0,%x,4', $pc);
	}
	packet($gdb, 'D') eq 'OK' or die "$0: the gdb stub does not let go\n";
	return (until_end($q, $said), @order);
}

sub program {
	my $raw = card();
	my $card = 'format=qcow2,file=' . qcow2('card.qcow2', -s $raw, $raw);
	my %point = points();

	my $whole = start_busy('whole.vcd', $card);
	my ($text, @order) = through($whole, '', sub { }, %point);
	my $memory = memory($whole);
	$whole->stop;
	my @edges = edges("$dir/whole.vcd");
	ok($text =~ /^card [0-9a-f]{8}\n[0-9a-f]{8}\nlines 0000.*\nlog /m, 'the busy program, undisturbed, comes to its end', $text);
	ok(@edges > 100, '... and moves its pins', scalar @edges);
	core_registers($text);

	my $first = start_busy('first.vcd', $card);
	my (%said, %when);
	my ($same) = through($first, '', sub {
		my ($name, $said) = @_;

		hmp_ok($first, "savevm $name");
		$said{$name} = $said;
		$when{$name} = time_of($first, $name);
	}, %point);
	is($same, $text, '... saved at each point: the same output');
	ok(memory($first) eq $memory, '... the same memory', different(memory($first), $memory));
	$first->stop;
	ok(text_of(edges("$dir/first.vcd")) eq text_of(@edges), '... the same edges');

	for my $name (@order) {
		my $q = start_busy('next.vcd', $card, '-loadvm', $name);

		delete $point{$name};
		is((through($q, $said{$name}, sub { }, %point))[0], $text, "loaded at point_$name, $when{$name} ns: the same output");
		ok(memory($q) eq $memory, '... the same memory');
		$q->stop;
		same_end(\@edges, $when{$name});
	}
	back($card, $text, $memory, $said{pio});
}

# The same QEMU goes back, more than once.
sub back {
	my ($card, $text, $memory, $said) = @_;
	my $q = start_busy('next.vcd', $card);
	my %point = points();

	through($q, '', sub { }, %point);
	delete $point{$_} for qw(start handler buzzer uart adc i2c pio);
	for ('back', 'back again') {
		hmp_ok($q, 'loadvm pio');
		heard($q);
		is((through($q, $said, sub { }, %point))[0], $text, "$_ to point_pio in the same QEMU: the same output");
		ok(memory($q) eq $memory, '... the same memory');
	}
	$q->stop;
}

# What the program wrote to the registers of the core stands there at its end.
sub core_registers {
	my ($text) = @_;
	my %want = (contextidr => 0x1234a5, tpidrurw => 0x11112222, tpidruro => 0x33334444, tpidrprw => 0x55556666, ttbr0 => 0x3100404a,
		ttbr1 => 0x3200004a, ttbcr => 1, dacr => 0x55555555, dfsr => 0x805, ifsr => 7, dfar => 0xdeadbeec, ifar => 0xcafef00c,
		par => 0x31000000, cpacr => 0xf00000, prrr => 0xff0a81a8, nmrr => 0x40e040e0, vbar => 0xd0000000);

	is($text =~ /^$_ ([0-9a-f]{8})$/m ? hex $1 : 'not told', $want{$_}, "$_ is as the program set it") for sort keys %want;
}

sub card {
	my $file = "$dir/card.img";

	open my $f, '>:raw', $file or die "$0: $file: $!\n";
	for my $sector (0 .. 2047) {
		print $f pack 'C*', map { $_ * 7 + $sector * 13 + ($_ >> 8) & 0xff } 0 .. 511;
	}
	close $f;
	return $file;
}

# ---- a card that is a raw image ----

sub raw_cards {
	my $card = "format=raw,file=$dir/card.img";
	my @state = ('-drive', "if=none,format=qcow2,file=$dir/state.qcow2");
	my $q = start_busy('next.vcd', $card, @state);

	ok($q->hmp('savevm raw') =~ /Device 'sd0' is writable but does not support snapshots/, 'savevm refuses a raw card, and names it');
	$q->stop;
	$q = start_busy('next.vcd', "$card,snapshot=on", @state);
	hmp_ok($q, 'savevm start');
	$q->qmp('cont');
	my $text = until_end($q, '');
	hmp_ok($q, 'loadvm start');
	heard($q);
	$q->qmp('cont');
	is(until_end($q, ''), $text, 'with snapshot=on it goes back within one QEMU');
	$q->stop;
}
