#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tools/new-board.pl - a new board's folder, from a device tree or from another board.
#
# usage: new-board.pl --name NAME --from FILE.dts|FILE.dtb|BOARD [--include DIR]...
#        [--ram BASE,SIZE] [--console PATH|ALIAS] [--qemu MACHINE] [--make MAKE] [--hostcc GCC]
# Through make: make new-board NAME=x FROM=file; make's variables come as NEW_BOARD_NAME
# and so on in the environment, where no shell reads them.  The folder is there when this ends
# well, and not there when it does not; one that exists is never touched.
use strict;
use warnings;
use File::Basename qw(dirname basename);
use File::Temp qw(tempdir);
use Getopt::Long;
use lib do { __FILE__ =~ m{^(.*)/} ? $1 : '.' };
use Blocks;
use BoardFolder;
use Fdt;
use FdtBus;
use Guess;
use GuessMemory;
use GuessPins;
use GuessReset;
use Plan;

my %o = (make => 'make', hostcc => 'gcc', include => []);
my $temp = tempdir(CLEANUP => 1);

# A reader that has seen enough, as head has, ends nothing here.
$SIG{PIPE} = 'IGNORE';
from_environment();
GetOptions(\%o, 'name=s', 'from=s', 'include=s@', 'ram=s', 'console=s', 'qemu=s', 'make=s', 'hostcc=s') && !@ARGV or exit 2;
delete $o{$_} for grep { defined $o{$_} && $o{$_} eq '' } qw(name from ram console qemu);
check_name();
defined $o{from} or refuse('FROM is missing', 'FROM=file.dts, FROM=file.dtb or FROM=BOARD; boards: ' . join ' ', boards());
my $plan = from_board() ? undef : plan(tree());
my %files = $plan ? BoardFolder::files($plan) : copied();
write_folder(%files);
summary($plan) if $plan;
check_map();
close STDOUT;
open STDOUT, '>', '/dev/null';
exit 0;

sub from_environment {
	for my $key (qw(name from ram console qemu make hostcc)) {
		my $given = $ENV{'NEW_BOARD_' . uc $key};
		$o{$key} = $given if defined $given && $given ne '';
	}
	$o{include} = [split ' ', $ENV{NEW_BOARD_INCLUDE} // ''];
}

# ---- saying no ----

sub refuse {
	my ($why, $way_out) = @_;

	$why = BoardFolder::printable($why);
	print STDERR "new-board: $why\n", $way_out ? "  way out: $way_out\n" : ();
	print STDERR "  nothing was written\n";
	exit 1;
}

sub boards { return sort map { m{^board/(.*)/board\.mk$} } glob 'board/*/board.mk' }

# build/NAME is the board's: these are taken there, or would be confusing.
my %reserved;
sub check_name {
	my $usage = 'make new-board NAME=my-board FROM=file.dts';

	@reserved{qw(host test fuzz coverage bench lib dtbs examples board.h)} = ();
	defined $o{name} or refuse('NAME is missing', $usage);
	$o{name} =~ /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}\z/
		or refuse("NAME=$o{name}: a name is 1 to 40 letters, digits, '-', '_' or '.', and begins with a letter or digit", $usage);
	!exists $reserved{$o{name}} or refuse("NAME=$o{name}: that name is taken by build/$o{name}", 'choose another name');
	!-e "board/$o{name}" or refuse("board/$o{name} is there already, and is not overwritten",
		"choose another NAME, or remove that folder first");
	!defined $o{qemu} || $o{qemu} =~ /^[A-Za-z0-9][A-Za-z0-9._,=-]*\z/
		or refuse("QEMU=$o{qemu}: a machine is letters, digits, '-', '_', '.', ',' and '='", 'qemu-system-arm -machine help lists the machines');
}

# ---- from another board ----

sub from_board {
	my ($name) = $o{from} =~ m{^(?:board/)?([^/]+)/?\z};

	return unless defined $name && -e "board/$name/board.mk";
	my @alien = grep { defined $o{lc $_} } qw(RAM CONSOLE QEMU);
	!@alien or refuse("FROM=$o{from} is a board, which is copied as it is: @alien cannot be given", 'leave that out and edit the copy');
	$o{from} = $name;
	return 1;
}

sub copied {
	my $from = "board/$o{from}";
	my %files;

	for my $path (grep { -f } glob "$from/*") {
		$files{basename $path} = Blocks::slurp($path);
	}
	$files{'board.c'} =~ s/^BOARD\("[^"]*"\);/BOARD("$o{name}");/m or refuse("$from/board.c has no line BOARD(\"$o{from}\");", 'copy another board');
	$files{'board.c'} =~ s{^ \* board/\Q$o{from}\E - (.*)}{ * board/$o{name} - copied from $o{from}, of which this is said:\n * $1}m;
	my $first = 1;
	$files{'board.mk'} =~ s{^(QEMU_(?:MACHINE|ARGS|PROGRAM|ALSO)\s*:?=)}
		{($first-- > 0 ? "# This names the copied board's machine; set your own:\n" : '') . "# $1"}gem;
	$files{'board.mk'} =~ s/^(BOARD_DESC\s*:?=\s*).*/$1$o{name}, begun as a copy of $o{from}/m;
	$files{'README.md'} = "<!-- SPDX-License-Identifier: BSD-2-Clause -->\n# $o{name}\n\nBegun as a copy of `$o{from}`. It has not run yet.\n";
	print "new-board: board/$o{name}, a copy of board/$o{from}: ", join(' ', sort keys %files), "\n";
	print "\nto fill in: whatever differs. In board.mk: LOADADDR, and QEMU_MACHINE if QEMU has the board; in board.c: the rows.\n\n";
	return %files;
}

# ---- from a device tree ----

sub tree {
	my $from = $o{from} = $o{from} =~ m{^-} ? "./$o{from}" : $o{from}; # no option of the compiler's

	-e $from or refuse("FROM=$from: there is no such file, and no board of that name", 'a .dts or .dtb file, or one of: ' . join ' ', boards());
	-f $from or refuse("FROM=$from is not a file", 'name the .dts or .dtb file itself');
	open my $f, '<:raw', $from or refuse("FROM=$from cannot be read: $!");
	my $bytes = do { local $/; <$f> };
	$bytes = compiled($from, $bytes) unless length $bytes >= 4 && unpack('N', $bytes) == Fdt::MAGIC;
	my ($tree, $why) = Fdt->read(through_dtc($from, $bytes));
	$tree or refuse("FROM=$from is not a device tree: $why", 'a .dts or .dtb file for a 32-bit Arm board');
	return $tree;
}

# run($what, command...): its output; refuses in its own words
sub run {
	my ($what, $way_out, @command) = @_;
	my $log = "$temp/log";
	my $pid = fork // die "fork: $!\n";

	if (!$pid) {
		open STDOUT, '>', $log or die;
		open STDERR, '>&', \*STDOUT or die;
		exec @command or die "new-board: $command[0] cannot be started: $!\n";
	}
	waitpid $pid, 0;
	return if $? == 0;
	print STDERR map { "  $_\n" } split /\n/, Blocks::slurp($log);
	refuse($what, $way_out);
}

# Source: the preprocessor as Linux runs it, then dtc, which keeps the labels.
sub compiled {
	my ($from, $text) = @_;
	my @dirs = (dirname($from), @{$o{include}});

	$text =~ m{/dts-v1/|#include|/include/} or refuse("FROM=$from is not a device tree: neither a blob nor a source with /dts-v1/", 'a .dts or .dtb file');
	for (@{$o{include}}) {
		-d or refuse("INCLUDE: $_ is not a folder", 'name folders, separated by spaces: INCLUDE="linux/include linux/arch/arm/boot/dts"');
	}
	run("FROM=$from: the preprocessor stopped (see above)", 'if an #include was not found, name its folder: INCLUDE="DIR DIR" (Linux: include and arch/arm/boot/dts)',
		$o{hostcc}, '-E', '-nostdinc', '-undef', '-D__DTS__', '-x', 'assembler-with-cpp', (map { "-I$_" } @dirs), '-o', "$temp/tree.dts", $from);
	run("FROM=$from: dtc stopped (see above)", 'correct the source; the kit uses it as dtc understands it',
		'dtc', '-q', '-@', '-I', 'dts', '-O', 'dtb', (map { ('-i', $_) } @dirs), '-o', "$temp/source.dtb", "$temp/tree.dts");
	open my $f, '<:raw', "$temp/source.dtb" or die;
	local $/;
	return <$f>;
}

# dtc judges a blob, too, and brings it into one form.
sub through_dtc {
	my ($from, $bytes) = @_;

	open my $f, '>:raw', "$temp/in.dtb" or die "$temp: $!\n";
	print $f $bytes;
	close $f or die "$temp: $!\n";
	run("FROM=$from: dtc stopped (see above)", 'a whole, undamaged .dtb', 'dtc', '-q', '-I', 'dtb', '-O', 'dtb', '-o', "$temp/out.dtb", "$temp/in.dtb");
	open $f, '<:raw', "$temp/out.dtb" or die;
	local $/;
	return <$f>;
}

sub plan {
	my ($t) = @_;
	my $root = $t->{root};
	my $model = (Fdt::strings($root, 'model'))[0] // (Fdt::compatible($root))[0] // basename $o{from};
	my $qemu = qemu_guess($t);
	my $p = Plan->new(board => $o{name}, model => BoardFolder::printable($model), from => basename($o{from}));
	my $given = defined $o{ram} ? GuessMemory::given_ram($o{ram}) : undef;
	my $no_core = Guess::wrong_core($t);

	!$no_core or refuse("FROM=$o{from}: $no_core", 'the device tree of a board with an ARMv7-A core');
	!defined $o{ram} || $given or refuse("RAM=$o{ram}: wanted BASE,SIZE in whole 4 KiB pages below 4 GiB", 'for example RAM=0x40000000,512M');
	my $no_ram = GuessMemory::memory($t, $p, $given, $qemu);
	!$no_ram or refuse("FROM=$o{from}: no RAM: $no_ram", 'say it: RAM=BASE,SIZE, for example RAM=0x80000000,512M');
	Guess::intc($t, $p);
	my $no_console = Guess::console($t, $p, $o{console});
	!$no_console or refuse("FROM=$o{from}: no console: $no_console", 'name the UART: CONSOLE=/path/in/the/tree or CONSOLE=serialN');
	Guess::timer($t, $p);
	GuessPins::pins($t, $p);
	GuessReset::reset($t, $p);
	outer_cache($t, $p);
	machine($p, $qemu);
	my $cores = Guess::cpus($t);
	$p->decided('cores', "$cores; one runs, the others are parked") if $cores > 1;
	return $p;
}

# The boot head turns a PL310 off that a loader left on.
sub outer_cache {
	my ($t, $p) = @_;
	my ($node) = grep { Fdt::compatible_with($_, qr/^arm,pl310-cache$/) && Fdt::okay($_) } $t->nodes;
	my $w = $node ? FdtBus::window($node, 0) : return;

	return if $w->{why};
	my $off = Blocks::soc_figure($t->{root}, 'no_pl310');
	push @{$p->{mk}}, $off ? ('# The PL310 takes orders only from secure firmware here, so the boot head leaves it alone:', '# PL310_BASE := ' . Plan::hex8($w->{base}))
		: 'PL310_BASE := ' . Plan::hex8($w->{base});
	$p->todo('Outer cache: the loader must hand the PL310 over switched off (board.mk says why).') if $off;
}

# qemu_guess($t): QEMU's machine for this board, { name, and what tools/Blocks.pm has of
# it }; nothing where QEMU= names another.
sub qemu_guess {
	my ($t) = @_;
	my ($known) = grep { Fdt::compatible_with($t->{root}, $_->[0]) } @Blocks::QEMU;
	my ($name, %more) = $known ? @$known[1 .. $#$known] : return;

	return defined $o{qemu} && $o{qemu} ne $name ? undef : { name => $name, %more };
}

sub machine {
	my ($p, $qemu) = @_;

	$p->{machine} = $o{qemu} // ($qemu ? $qemu->{name} : return);
	$p->{machine_args} = $p->{ram_unknown} ? '' : '-m ' . GuessMemory::shortened($p, undef, undef);
	machine_limits($p, $qemu) if $qemu;
	$p->decided('QEMU', "machine $p->{machine}" . (defined $o{qemu} ? ' (QEMU=)' : ' (a guess, by the name of the board)'));
}

# What that machine differs in from the board.
sub machine_limits {
	my ($p, $qemu) = @_;
	my $ram = GuessMemory::shortened($p, $qemu->{only} // $qemu->{max}, "QEMU's $qemu->{name}");
	my ($serial) = grep { $qemu->{uarts}[$_] == ($p->{console_at} // -1) } 0 .. $#{$qemu->{uarts}};

	$p->{machine_args} = '-m ' . ($qemu->{only} // $ram);
	# the runners' -serial is the one after these
	$p->{machine_args} .= ' -serial null' x ($serial // 0);
	$p->todo(sprintf 'QEMU: its %s has no UART at 0x%08X, so nothing is heard there; CONSOLE= chooses another.', $qemu->{name}, $p->{console_at})
		if !defined $serial && defined $p->{console_at};
	return unless $qemu->{no_gpio} && $p->count('GPIO');
	$p->{machine_note} = "QEMU's $qemu->{name} has no GPIO block: the GPIO, LED, BUZZER and KEY rows are the real board's; "
		. 'take them out to run the demonstration in QEMU.';
	$p->todo("QEMU: its $qemu->{name} has no GPIO block. The GPIO, LED, BUZZER and KEY rows are right for the board; "
		. 'take them out to run the demonstration in QEMU.');
}

# ---- writing, and what comes after ----

my $folder_is_ours;

sub write_folder {
	my %files = @_;

	mkdir "board/$o{name}" or refuse("board/$o{name} cannot be made: $!");
	$folder_is_ours = 1;
	for my $name (sort keys %files) {
		my $path = "board/$o{name}/$name";
		open my $f, '>', $path or take_back("$path: $!");
		print $f $files{$name};
		close $f or take_back("$path: $!");
	}
}

sub take_back {
	my ($why) = @_;

	if ($folder_is_ours) {
		unlink glob "board/$o{name}/*";
		rmdir "board/$o{name}";
	}
	refuse($why, undef);
}

sub summary {
	my ($p) = @_;
	my $n = 0;

	print "new-board: board/$o{name} from $o{from} ($p->{model})\n\ndecided:\n";
	printf "  %-11s%s\n", @$_ for @{$p->{decided}};
	print "\nto fill in:\n", map { '  ' . ++$n . '. ' . join("\n     ", BoardFolder::wrapped(90, $_)) . "\n" } @{$p->{todo}} if @{$p->{todo}};
	print @{$p->{todo}} ? "\n" : "\nto fill in: nothing; look the rows over all the same.\n\n";
}

# judged($board): make check-map's status; its words are in a file, as a reader of ours
# that goes away must not look like a refusal
sub judged {
	my ($board) = @_;
	my $pid = fork // die "fork: $!\n";

	if (!$pid) {
		open STDOUT, '>', "$temp/judge" or die;
		open STDERR, '>&', \*STDOUT or die;
		exec $o{make}, '--no-print-directory', '-s', $board, 'check-map' or die "new-board: $o{make} cannot be started: $!\n";
	}
	waitpid $pid, 0;
	return $?;
}

# The table's judge; without a console row there is nothing to build it from.
sub check_map {
	if ($plan && !$plan->{console}) {
		print "check-map: not run: board/$o{name}/board.c has no console row yet (see the list above)\n";
		print "next: complete the console's row, then make BOARD=$o{name} check-map\n";
		return;
	}
	# QEMU= meant the machine; and this make has no job server to offer
	delete $ENV{QEMU} if defined $o{qemu};
	$ENV{MAKEFLAGS} = ($ENV{MAKEFLAGS} // '') =~ s/(^|\s)(-?-j\S*|--jobserver\S*|QEMU=\S*)//gr;
	my $status = judged("BOARD=$o{name}");
	my $said = Blocks::slurp("$temp/judge");
	if ($status != 0) {
		print STDERR $said;
		take_back("board/$o{name} was taken back, because make check-map did not accept it (see above)");
	}
	print $said;
	my $can_run = Blocks::slurp("board/$o{name}/board.mk") =~ /^QEMU_MACHINE\s*:?=\s*\S/m;
	print "\nnext:\n";
	print "  make BOARD=$o{name} run       boots it in QEMU\n" if $can_run;
	print "  make BOARD=$o{name} picture   draws both maps\n";
	print "  make BOARD=$o{name}           builds build/$o{name}/mercator.bin; load it at LOADADDR and enter it there\n";
}
