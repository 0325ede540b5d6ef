#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/tools/test_gdb.pl - gdb's mmu, iomem and vmallocinfo say what the shell
# says, line by line, wherever the board is halted.  Prints TAP.
#
# usage: test_gdb.pl --board B --machine M --args A --elf E --loadaddr L [--gdb GDB]
#
# One board, three visits by gdb: at the shell, in the abort handler, and a
# second start at its first instruction.
use strict;
use warnings;
use Fcntl qw(F_SETFD);
use File::Temp qw(tempdir);
use lib 'qemu';
use Machine;

my $planned = 19;
my $o = Machine::options(\@ARGV, 'gdb=s', 'loadaddr=s');
my $gdb = $o->{gdb} || (grep { -x } map { my $p = $_; map { "$p/$_" } 'gdb-multiarch', 'arm-none-eabi-gdb' } split /:/, $ENV{PATH})[0];
my $dir = tempdir('mercator-XXXXXX', TMPDIR => 1, CLEANUP => 1);
my @always = ($gdb // '', '-q', '-nx', '-batch', $o->{elf}, '-x', 'qemu/mercator.gdb');
my ($n, $failed, $board) = (0, 0);

$| = 1;
skip_all('no gdb-multiarch and no arm-none-eabi-gdb in PATH: apt-get install gdb-multiarch') unless $gdb;
skip_all("$gdb has no Python, which the commands are written in") if run_alone() !~ /^42 in Python$/m;
print "1..$planned\n";
without_target();
at_the_shell();
in_the_abort_handler();
$board->stop;
before_the_mmu();
$board->stop;
exit($failed ? 1 : 0);

sub skip_all {
	my ($why) = @_;

	print "1..$planned\n";
	print "ok $_ # SKIP $why\n" for 1 .. $planned;
	exit 0;
}

# is(what came, what should, name): whole texts; the first line that differs is shown
sub is {
	my ($got, $wanted, $name) = @_;
	my @got = split /\n/, $got // '';
	my @wanted = split /\n/, $wanted // '';
	my ($i) = grep { ($got[$_] // '') ne ($wanted[$_] // '') } 0 .. (@got > @wanted ? $#got : $#wanted);

	result(!defined $i && scalar @wanted, $name, !@wanted ? 'nothing to compare with'
		: defined $i ? ('line ' . ($i + 1) . ': ' . ($got[$i] // '(none)'), 'wanted: ' . ($wanted[$i] // '(none)')) : ());
}

sub like {
	my ($got, $pattern, $name) = @_;

	result(scalar(($got // '') =~ $pattern), $name, 'it said:', split /\n/, $got // '(nothing)');
}

sub result {
	my ($ok, $name, @why) = @_;

	$n++;
	$failed++ unless $ok;
	printf "%sok %d - %s\n", $ok ? '' : 'not ', $n, $name;
	print "# $_\n" for $ok ? () : @why;
}

# ---- the board ----

# The stub's socket listens before QEMU is started and is handed over to it.
sub start_board {
	my (@more) = @_;
	my $socket = "$dir/gdb$n";
	my $listener = IO::Socket::UNIX->new(Local => $socket, Listen => 1) or die "test_gdb.pl: no socket in $dir: $!\n";

	fcntl $listener, F_SETFD, 0 or die "test_gdb.pl: fcntl: $!\n";
	$o->{guest} = 'shell';
	$board = Machine->start($o, more => ['-chardev',
		'socket,id=gdb,server=on,wait=off,fd=' . fileno $listener, '-gdb', 'chardev:gdb', @more]);
	$board->{gdb} = $socket;
}

# Read on until the text from @from on matches.
sub wait_for_text {
	my ($pattern, $from) = @_;

	until (substr($board->{text}, $from) =~ $pattern) {
		my $chunk = $board->more;

		next if defined $chunk && $chunk ne '';
		$board->stop;
		print "Bail out! $o->{board}: no $pattern; ", $board->last_words, "\n";
		exit 1;
	}
	return substr $board->{text}, $from;
}

# shell(line): what the board prints between the line and the next prompt
sub shell {
	my ($line) = @_;
	my $from = length $board->{text};

	$board->send_text("$line\r");
	return wait_for_text(qr/\n\Q$Machine::PROMPT\E$/, $from) =~ s/\r//gr =~ s/^[^\n]*\n//r =~ s/\Q$Machine::PROMPT\E$//r;
}

# ---- gdb ----

# gdb(commands...): what it prints for each, by its place; a command that begins
# with '!' is typed at the board's shell once gdb has let it run.
sub gdb {
	my @do = @_;
	my @ex = map { ('-ex', "echo \@\@$_\\n", '-ex', $do[$_] =~ s/^!.*/continue/r) } 0 .. $#do;
	my $pid = open(my $from, '-|') // die "test_gdb.pl: fork: $!\n";

	if (!$pid) {
		open STDIN, '<', '/dev/null' or die;
		open STDERR, '>&', \*STDOUT or die;
		exec @always, '-ex', "target remote $board->{gdb}", @ex, '-ex', 'echo @@end\n', '-ex', 'detach' or die;
	}
	return answers($from, @do);
}

sub answers {
	my ($from, @do) = @_;
	my ($text, $typed) = ('', -1);

	while ($board->wait_for($from)) {
		sysread $from, $text, 65536, length $text or last;
		next unless $text =~ /.*^\@\@(\d+)$/ms && $1 > $typed;
		$typed = $1;
		$board->send_text("$1\r") if $do[$typed] =~ /^!(.*)/;
	}
	my %said = $text =~ /^\@\@(\w+)\n(.*?)(?=^\@\@|\z)/gms;
	return map { $said{$_} } 0 .. $#do;
}

# gdb without a target
sub run_alone {
	my (@options) = @_;
	my @command = ($always[0], @options, @always[1 .. $#always], '-ex', 'python print(6 * 7, "in Python")',
		'-ex', 'printf "linked at 0x%x\n", &__image_start', '-ex', 'help mmu', '-ex', 'mmu dump');

	open my $from, '-|', 'sh', '-c', 'exec "$@" 2>&1 </dev/null', 'gdb', @command or die;
	local $/;
	return <$from>;
}

# ---- the cases ----

sub without_target {
	like(run_alone(), qr/mmu walk ADDR.*mmu dump.*There is no target/s, 'help, and no target: it says so');
	# where its Python files are not found, gdb has no use for Python either
	like(run_alone('--data-directory', $dir), qr/This gdb has no Python/, 'a gdb without Python: it says so');
}

# A register window of the map table that is not RAM: its name, where it is seen, where it is.
sub some_row {
	shell('maps') =~ /^(0x\w+)-0x\w+ -> (0x\w+) (\S+) +device /m
		or die "test_gdb.pl: $o->{board} has no device row\n";
	return ($1, $2);
}

# The first of 64 MiB, aligned to that, where the board has nothing.
sub some_free_mib {
	my @taken = map { /^([0-9a-f]+)-([0-9a-f]+) :/ ? [hex($1) >> 20, hex($2) >> 20] : () } split /\n/, shell('iomem');

	for my $mib (map { $_ * 64 } 8 .. 63) {
		return $mib unless grep { $_->[0] < $mib + 64 && $_->[1] >= $mib } @taken;
	}
	die "test_gdb.pl: $o->{board} has no 64 MiB free\n";
}

my (%shell, @asked);

# Mappings of all sizes, and some that are gone; what the shell says of them.
sub make_mappings {
	my ($va, $pa) = some_row();

	shell("ioremap $pa 4 new") =~ /appears at (0x\w+)/ or die "test_gdb.pl: ioremap failed\n";
	my $page = $1;
	shell("request gdbtest $pa 4");
	shell("ioremap $pa 4");
	my $free = some_free_mib();
	shell(sprintf 'ioremap 0x%x %s', $free << 20, $_) for '0x10000 np', '0x300000', '0x2000000';
	shell(sprintf 'ioremap 0x%x45678 0x12345 wc', $free + 35) =~ /appears at (0x\w+)/ or die "test_gdb.pl: ioremap failed\n";
	shell("iounmap $1");
	shell('iounmap 0xe8765000');
	@asked = ((map { "walk $_" } $va, $page, '0', '0xbf000000', '0xffffffff', '0xe8f00004'), 'ptdump', 'iomem', 'vmallocinfo');
	$shell{$_} = shell($_) for @asked;
}

sub in_gdb {
	return map { s/^walk/mmu walk/r =~ s/^ptdump/mmu dump/r } @_;
}

sub joined {
	return join "", map { $_ // '(nothing)' } @_;
}

sub at_the_shell {
	start_board();
	wait_for_text(qr/\n\Q$Machine::PROMPT\E$/, 0);
	make_mappings();
	my $all = joined(@shell{@asked});
	like($all, qr/supersection|section .*device.*large page.*waits, unmapped by.*[1-9] live.*[1-9] on static rows/s,
		'the shell shows mappings of all kinds');

	my @said = gdb('info registers', in_gdb(@asked), 'info registers', 'maintenance packet qqemu.PhyMemMode');
	my ($before, $after, $mode) = ($said[0], @said[-2, -1]);
	@said = @said[1 .. @asked];
	is(joined(@said[0 .. 5]), joined(@shell{ @asked[0 .. 5] }), 'at the shell: mmu walk');
	is($said[6], $shell{ptdump}, 'at the shell: mmu dump');
	is($said[7], $shell{iomem}, 'at the shell: iomem');
	is($said[8], $shell{vmallocinfo}, 'at the shell: vmallocinfo');
	is($after, $before, 'the registers are as before');
	like($mode, qr/received: "0"/, 'the stub reads virtual addresses again');
	is(shell('vmallocinfo'), $shell{vmallocinfo}, 'and the board goes on');

	@said = gdb('mmu source image', in_gdb(@asked));
	is(joined(@said[1 .. @asked]), $all, 'the same by the image\'s variables alone');
}

sub in_the_abort_handler {
	my $from = length $board->{text};
	my @said = gdb('hbreak exception', '!fault null', 'info registers cpsr', in_gdb(@asked), 'delete');

	my ($cpsr) = ($said[2] // '') =~ /(0x[0-9a-f]+)/;

	is(sprintf('%02x', hex($cpsr // 0) & 0x9f), '97', 'halted in abort mode, interrupts masked');
	is(joined(@said[3 .. 2 + @asked]), joined(@shell{@asked}), 'there: the same lines');
	like(wait_for_text(qr/\n\Q$Machine::PROMPT\E$/, $from), qr/caught, and back at the shell/, 'and the handler goes on');
}

# Halted where nothing is built, and where the table is but the MMU is off.
sub before_the_mmu {
	my ($row) = grep { /^walk 0xf/ } @asked;
	my ($linked) = run_alone() =~ /^linked at (0x\w+)/m;
	my $off = qr/(?:core \d+: t|T)he MMU is off /;
	my $moved = oct($o->{loadaddr}) - oct $linked;
	my @here = in_gdb($row, 'ptdump', 'iomem', 'vmallocinfo');

	start_board('-S');
	push @always, '-ex', sprintf 'add-symbol-file %s -o %s0x%xll', $o->{elf}, $moved < 0 ? ('-', -$moved) : ('', $moved);
	my @said = gdb(@here, 'hbreak paging_init', 'continue', 'finish', @here);

	is(joined(map { /^$off.*no table is built yet/i ? "none\n" : $_ } @said[0, 1]), "none\n" x 2,
		'at the first instruction: no MMU, no table');
	is(joined(map { /^$off.*none yet/ ? "none\n" : $_ } @said[2, 3]), "none\n" x 2,
		'at the first instruction: no resources, no window');
	is($said[7] =~ s/^$off.*:\n//r, $shell{$row}, 'tables built, MMU off: mmu walk');
	like($said[8], qr/^$off.* as far as it is built:\n$o->{loadaddr}-\S+ -> $o->{loadaddr} .*\n0xffff0000-\S+ -> /s,
		'tables built, MMU off: mmu dump, the identity page included');
	is(joined(map { /^$off.*none yet/ ? "none\n" : $_ } @said[9, 10]), "none\n" x 2,
		'tables built, MMU off: no resources, no window');
}
