#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/boot.pl - what comes before a program's first instruction: the boot ROM and
# its media, the order in which it falls back, what it says of each, the state and
# the functions it leaves to a first stage; and -kernel.  Prints TAP.
#
# usage: boot.pl bl1.bin        (of bl1.S)
use strict;
use warnings;
use File::Temp qw(tempdir);
use IO::Handle;
use lib 'tests/machine';
use Tap;

my $QEMU = $ENV{QEMU} || 'build/qemu/qemu-system-arm';
my $TIME_LIMIT = 60;            # seconds for one boot, if nothing comes
my $dir = tempdir('mercator-XXXXXX', TMPDIR => 1, CLEANUP => 1);
my $pid;

END {
	my $status = $?;

	kill 'KILL', $pid if $pid;
	$? = $status;
}

# ---- a first stage, and the card it is on ----

my ($BASE, $ENTRY, $MAX, $LIST) = (0xd0020000, 0xd0020010, 16384, 0x800);
my $DRAM = 0x23e00000;
my %do = (peek => 1, poke => 2, copy => 3, sum => 4, state => 5, catch => 6, call => 7, swi => 8, undefined => 9, load => 10,
	leave => 11);
my $program = contents($ARGV[0] // die "usage: boot.pl bl1.bin\n");
my $STATE = [ 'state' ];

length $program <= $LIST or die "$0: $ARGV[0] reaches into its list\n";

sub contents {
	my ($file) = @_;

	open my $f, '<:raw', $file or die "$0: $file: $!\n";
	local $/;
	return <$f>;
}

# The program, with this to do.
sub code {
	my @steps = @_;
	my $list = join '', map { my ($what, @args) = @$_; pack 'V6', $do{$what}, map { $_ // 0 } @args[0 .. 4] } @steps;

	return $program . "\0" x ($LIST - length $program) . $list . pack 'V6', (0) x 6;
}

sub sum {
	return unpack '%32C*', $_[0];
}

# bl1(code, size => word or text of 8 bytes, last => 4 bytes, padded => 0): with its header
sub bl1 {
	my ($code, %how) = @_;
	my $size = $how{size} // "\0" x 8;

	$code .= "\0" x ($MAX - 16 - length $code) if $how{padded} // 1;
	$size = pack 'V2', $size, 0 if $size =~ /^\d+\z/;
	return $size . pack('V', sum($code)) . ($how{last} // "\0" x 4) . $code;
}

# card(name, bytes, sector => contents...): an image; "..." fills what lies behind a BL1
my $cards = 0;

sub card {
	my ($bytes, %at) = @_;
	my $file = "$dir/card" . $cards++ . '.img';

	open my $f, '+>:raw', $file or die "$0: $file: $!\n";
	for (sort { $a <=> $b } keys %at) {
		seek $f, 512 * $_, 0;
		print $f $at{$_};
	}
	$f->flush;
	truncate $f, $bytes or die "$0: $file: $!\n";
	close $f;
	return $file;
}

my $MIB = 1 << 20;

sub bootable {
	my ($bl1, @more) = @_;

	return card($MIB, 1 => $bl1, @more);
}

sub slot {
	my ($n, $file, $more) = @_;

	return ('-drive', "if=sd,index=$n,format=raw,file=$file" . ($more // ''));
}

# ---- QEMU: everything it says and the guest sends, in one stream ----

my $OVER = qr/^end$|: stopped|could not|(?<!info: )-kernel .*: /m;

# boot([arguments], machine => 'x210,om=..', send => what UART2 gets after its calls, till =>
# pattern): what came until the pattern; QEMU's end is an end, too
sub boot {
	my ($args, %how) = @_;
	my $till = $how{till} // $OVER;
	my $text = '';

	pipe my $from, my $its_out or die;
	pipe my $its_in, my $to or die;
	$pid = fork // die "$0: fork: $!\n";
	if (!$pid) {
		open STDIN, '<&', $its_in or die;
		open STDOUT, '>&', $its_out or die;
		open STDERR, '>&', $its_out or die;
		exec $QEMU, '-M', $how{machine} // 'x210', qw(-display none -monitor none -serial stdio -nodefaults), @$args;
		die "$QEMU: $! (make qemu-s5pv210 builds it)\n";
	}
	close $_ for $its_out, $its_in;
	$to->autoflush;
	alarm $TIME_LIMIT;
	while ($text !~ $till && sysread $from, $text, 65536, length $text) {
		$text =~ s/\r//g;
		print $to delete $how{send} if defined $how{send} && $text =~ /U{2}/;
	}
	alarm 0;
	kill 'KILL', $pid;
	waitpid $pid, 0;
	$pid = undef;
	return $text =~ s/^(U*)\S*?qemu-system-arm: /$1/mgr;
}

$SIG{ALRM} = sub { die "$0: a boot takes more than $TIME_LIMIT s\n" };

sub words {
	my ($text) = @_;

	return join ' ', $text =~ /^U*([0-9a-f]{8})$/mg;
}

# What the boot ROM said, a line each.
sub told {
	my ($text) = @_;

	return join "\n", $text =~ /((?:boot ROM|-kernel)[^\n]*)/g;
}

sub hexes {
	return join ' ', map { sprintf '%08x', $_ } @_;
}

my $HOST = [ 'peek', 0xd0037488, 1 ];
my ($FROM_0, $FROM_2) = ('eb000000', 'eb200000');
my $second = bootable(bl1(code($HOST)));
my @SECOND = slot(1, $second);
my $NO_0 = 'boot ROM: SD channel 0: no card (-drive if=sd,index=0,format=raw,file=... puts one there)';
my $NO_2 = $NO_0 =~ s/channel 0/channel 2/r =~ s/index=0/index=1/r;
my $UART = 'boot ROM: waiting for a program on UART2';
my $USB = 'boot ROM: nothing to boot; the chip would wait for USB now, which is not modelled: stopped. '
	. '-kernel FILE loads a program as the USB loader does';

headers();
entry();
refusals();
flips();
fall_back();
om_pins();
options();
nand();
uart();
copies();
vectors();
stops();
sizes();
kernel();
done();

# ---- a card that boots ----

# The headers of the tools that people have; what follows a short program on the
# card is something else.
sub headers {
	my $code = code($HOST);
	my $junk = "\xee" x $MAX;
	my %tool = (
		'nothing but the sum' => bl1($code),
		'stars' => bl1($code, size => '*' x 8, last => '****'),
		'a text' => bl1($code, size => 'S5PC110 ', last => 'ER  '),
		'16384 as its size' => bl1($code, size => $MAX),
		'the length with the header' => bl1($code, size => 16 + length $code, padded => 0) . $junk,
		'the length without the header' => bl1($code, size => length $code, padded => 0) . $junk,
		'too large a size, and the sum of 16 KiB' => bl1($code, size => 0x6000),
	);

	for (sort keys %tool) {
		my $text = boot([ slot(0, bootable($tool{$_})) ]);

		is(words($text), $FROM_0, "a header with $_ boots");
		is(told($text), '', '... without a word');
	}
	my $text = boot([ slot(0, bootable(bl1($code))) ], machine => 'x210,emmc=on');
	is(words($text), $FROM_0, 'so does an eMMC');
}

sub entry {
	my @steps = ($STATE, map { [ 'peek', $_, 1 ] } 0xe2700000, 0xe0000004, 0xe010e100, 0xd0037480, 0xd0037484, 0xb0e00028);
	my ($cpsr, $sp, $sctlr, $wtcon, $omr, $om_stat, $blocks, $info) =
		map { hex } split / /, words(boot([ slot(0, bootable(bl1(code(@steps)))) ]));

	is_hex($cpsr & 0xff, 0x53, 'BL1 is entered in SVC mode, ARM, IRQs on, FIQs off');
	is_hex($sp, 0xd0037d80, '... with its stack');
	is_hex($sctlr & 0x3007, 0x1000, '... MMU and D-cache off, I-cache on, vectors low');
	is_hex($wtcon, 0, '... and the watchdog off');
	is_hex($omr, 0xc, 'the OM pins in CHIPID');
	is_hex($om_stat, 0xc, '... and in the PMU');
	is($blocks, $MIB / 512, "the card's blocks");
	is($info & 0xffff, 4, 'an SD card, not of high capacity');
	ok($info >> 16, '... which has an address');

	my $large = card(4 << 30, 1 => bl1(code($HOST, map { [ 'peek', $_, 1 ] } 0xd0037480, 0xd0037484)));
	my ($host, $n, $kind) = split / /, words(boot([ slot(0, $large) ]));
	is("$host $n " . (hex($kind) & 0xffff), "$FROM_0 00800000 5", 'a card of 4 GiB: high capacity');
	($host, $n, $kind) = split / /, words(boot([ slot(0, $large) ], machine => 'x210,emmc=on'));
	is("$host $n " . (hex($kind) & 0xffff), "$FROM_0 00800000 3", 'an eMMC of 4 GiB');
}

# ---- cards that do not boot: said why, and the second card does ----

sub refused_at_0 {
	my ($what, $message, @args) = @_;
	my $text = boot([ @args, @SECOND ]);

	ok(told($text) =~ /\A$message\z/, "$what: refused, and said", told($text));
	is(words($text), $FROM_2, '... and channel 2 boots');
}

sub damaged {
	my ($bl1, $at, $mask) = @_;

	substr($bl1, $at, 1) ^= chr $mask;
	return $bl1;
}

sub refusals {
	my $good = bl1(code($HOST));
	my $short = code($HOST) . "\x5a" x 8;
	my $junk = "\xee" x $MAX;
	my $sum = qr/boot ROM: SD channel 0: BL1 refused: its bytes 16 to 16383 add up to 0x[0-9a-f]{6}, its header \(\+8\) says 0x[0-9a-f]{8}/;
	my %bad = (
		'a flipped bit in the program' => [ damaged($good, 0x80, 4), $sum ],
		'one in the last byte' => [ damaged($good, $MAX - 1, 0x80), $sum ],
		'a wrong sum' => [ damaged($good, 8, 1), $sum ],
		'a size of 0 over a short program' => [ bl1($short, padded => 0) . $junk, $sum ],
		'a size that ends in the header' => [ bl1($short, size => 16, padded => 0) . $junk, $sum ],
		'a size one byte off' => [ bl1($short, size => 15 + length $short, padded => 0) . $junk, $sum ],
		'a size of 16385' => [ bl1($short, size => $MAX + 1, padded => 0) . $junk,
			qr/$sum; the size in the header \(\+0\) is more than 16384/ ],
		'a program of 24 KiB' => [ bl1($short . $junk, size => 0x6000, padded => 0),
			qr/$sum; the size in the header \(\+0\) is more than 16384/ ],
	);

	refused_at_0($_, $bad{$_}[1], slot(0, bootable($bad{$_}[0]))) for sort keys %bad;
	refused_at_0('an empty card', qr/boot ROM: SD channel 0: no BL1: sectors 1 to 32 are zero/, slot(0, card($MIB)));
	refused_at_0('a BL1 in sector 0', $sum, slot(0, card($MIB, 0 => $good)));
	refused_at_0('no card', quotemeta $NO_0);
}

# Every single bit that the sum covers counts, as do those of the sum; those of the size do
# where nothing else says how long the program is.
sub flips {
	my $code = code($HOST);

	$code .= "\x5a" x (0x40 - (16 + length $code) % 0x20);          # 0x10 of the length stays clear
	my $bl1 = bl1($code, size => 16 + length $code, padded => 0);
	my @wrong;
	my $seed = 210;
	my @bits = (map({ 8 * 8 + $_ } 0 .. 31), 0 .. 31);

	length($bl1) & 0x10 and die "$0: flips: a length of another kind is wanted\n";
	push @bits, 8 * 16 + ($seed = $seed * 1103515245 + 12345 & 0x7fffffff) % (8 * length $code) for 1 .. 32;
	for (@bits) {
		my $card = bootable(damaged($bl1, $_ >> 3, 1 << ($_ & 7)) . "\xee" x $MAX);
		my $text = boot([ slot(0, $card) ], till => qr/refused|^end$|: stopped/m);

		push @wrong, $_ if $text !~ /refused/;
		unlink $card;
	}
	is(join(' ', @wrong), '', @bits . ' single bits of sum, size and program, flipped: none boots');
	is(words(boot([ slot(0, bootable($bl1 . "\xee" x $MAX)) ])), $FROM_0, '... and unflipped it does');
}

sub fall_back {
	my $text = boot([]);

	is(told($text), join("\n", $NO_0, $NO_2, $UART, $USB), 'nothing at all: channel 0, channel 2, UART2, USB');
	is($text =~ tr/U//, 8 + 3, '... UART2 calls with 0x55');         # "UART2" twice and "USB" are text
	$text = boot([ slot(0, bootable("\1" x $MAX)), slot(1, card($MIB)) ]);
	ok(told($text) =~ /\ASD|channel 0: BL1 refused.*\n.*channel 2: no BL1.*\n.*UART2\n.*USB/, 'two bad cards: the same order',
		told($text));
	is(words(boot([ slot(0, bootable(bl1(code($HOST)))), @SECOND ])), $FROM_0, 'two good cards: channel 0 boots');
	$text = boot([@SECOND], machine => 'smdkv210');
	is(words($text), $FROM_2, 'smdkv210: the second card boots, too');
}

sub om_pins {
	my @first = slot(0, bootable(bl1(code($HOST))));

	for (0x00, 0x04, 0x08, 0x14, 0x1e) {
		my $text = boot([ @first, @SECOND ], machine => "x210,om=$_");

		is(told($text), sprintf('boot ROM: the OM pins (0x%02x) name a medium that this machine has not; trying SD channel 2 '
			. '(-M om=0x0c: SD channel 0; om=0x02: NAND)', $_), sprintf 'om=0x%02x: said', $_);
		is(words($text), $FROM_2, '... and channel 2 boots');
	}
	is(words(boot([@first], machine => 'x210,om=0x0d')), $FROM_0, 'the other crystal: as 0x0c');
	my $text = boot([@first], machine => 'x210,om=0x2c');
	is(told($text), $UART, 'OM5: UART2 first');
	is(words($text), $FROM_0, '... then the card');
	$text = boot([@first], machine => 'x210,om=0x40');
	ok($text =~ /om=0x40: the OM pins are six: 0 to 0x3f/, 'more than six OM pins: said', $text);
}

# ---- what the command line offers, and what it does not ----

sub options {
	my $help = `$QEMU -M x210,help`;

	ok(scalar($help =~ /^ *$_=<\w+> +- \S/m), "-M x210,help: $_, and what it is", $help)
		for qw(load-address emmc om console vcd pins);
	for my $option (qw(-bios -initrd -dtb)) {
		my $text = boot([ $option, $ARGV[0], qw(-kernel), $ARGV[0] ]);

		ok(scalar($text =~ /\Q$option\E: this machine has its own boot ROM/), "$option: refused, and said why", $text);
	}
}

# ---- NAND ----

# Its image with or without spare areas: BL1 in the first pages, and the function that reads a page.
sub nand {
	my ($OM, $PAGE, $SPARE, $STAGE) = ('x210,om=0x02', 2048, 64, 20 * 64 + 5);
	my ($POINTER, $COPY) = (0xd0037f90, 0xd0037f98);
	my $function = hex words(boot([ slot(0, bootable(bl1(code([ 'peek', $POINTER, 1 ])))) ]));
	my $data = join '', map { chr(($_ * 5 + ($_ >> 8)) & 0xff) } 0 .. $PAGE - 1;
	my $code = code([ 'poke', $COPY, $function ], [ 'poke', $DRAM + $PAGE, 0x12345678 ], [ 'copy', 20, 5, $DRAM ], [ 'sum', $DRAM, $PAGE ],
		[ 'peek', $DRAM + $PAGE, 1 ], [ 'copy', 3, 1, $DRAM ], [ 'peek', $DRAM, 1 ]);
	my @want = (0, rotating_sum($data), 0x12345678, 0, 0xffffffff);

	for my $spare (0, $SPARE) {
		my $bl1 = bl1($code);
		my $cells = join '', map { substr($bl1, $_ * $PAGE, $PAGE) . "\xff" x $spare } 0 .. 7;

		$cells .= "\xff" x (($PAGE + $spare) * $STAGE - length $cells) . $data;
		$cells .= "\xff" x (($PAGE + $spare) * 64 * 21 - length $cells);
		my $text = boot(mtd($cells), machine => $OM);
		is(words($text), hexes(@want), "NAND with $spare bytes of spare area: BL1 runs, and reads pages");
		is(told($text), '', '... without a word');
	}
	my $flipped = bl1($code);
	substr($flipped, 5000, 1) ^= "\1";
	my $text = boot([ @{ mtd($flipped . "\xff" x ($PAGE * 64 - $MAX)) }, @SECOND ], machine => $OM);
	ok(told($text) =~ /\Aboot ROM: NAND: BL1 refused: its bytes 16 to 16383 add up to .*\z/, 'a bit of it flipped: refused', told($text));
	is(words($text), $FROM_2, '... and channel 2 boots');
	$text = boot([@SECOND], machine => $OM);
	is(told($text), 'boot ROM: NAND: no BL1: its first 8 pages are erased (-drive if=mtd,format=raw,file=... gives the chip its contents)',
		'an erased chip: said');
	is(words($text), $FROM_2, '... and channel 2 boots');
}

sub mtd {
	my ($cells) = @_;
	my $file = "$dir/nand" . $cards++ . '.img';

	open my $f, '>:raw', $file or die "$0: $file: $!\n";
	print $f $cells;
	close $f or die "$0: $file: $!\n";
	return [ '-drive', "if=mtd,format=raw,file=$file" ];
}

# ---- UART2 ----

sub uart {
	my $image = pack('V4', 0xea000002, 0, 0, 0) . code($STATE);
	my @sent = (pack('CV', 0xcc, length $image), $image);
	my $text = boot([], send => join '', @sent);

	is(words($text), words($text) =~ /^([0-9a-f]{6}53 d0037d80 \S+)$/ ? $1 : 'SVC, stack', 'UART2: a program comes, and runs');
	$text = boot([], send => pack 'CV', 0xcc, 0x17401);
	is(told($text), join("\n", $NO_0, $NO_2, $UART, 'boot ROM: UART2: a program of 95233 bytes does not fit into the internal RAM',
		$USB), '... one that is too large: said');
	$text = boot([], send => pack 'CV', 0xcc, 0);
	ok(told($text) =~ /a program of 0 bytes/, '... an empty one, too', told($text));
}

# ---- what a first stage calls ----

# A second stage, which is in its card's sectors 49 on, says "S" and goes back.
sub copies {
	my $stage = pack('V5', 0xe59f3008, 0xe3a01053, 0xe5831000, 0xe12fff1e, 0xe2900820);
	my @noise = map { my $sector = $_; join '', map { chr(($_ * 7 + $sector * 13 + ($_ >> 8)) & 0xff) } 0 .. 511 } 0 .. 2047;
	my %disk = (49 => $stage . substr(join('', @noise[ 49 .. 180 ]), length $stage), 1847 => join '', @noise[ 1847 .. 2047 ]);
	my $all = "\0" x (49 * 512) . $disk{49} . "\0" x (1847 * 512 - 181 * 512) . $disk{1847};

	for my $from (0, 2) {
		my @case = ([ 49, 1, 1 ], [ 49, 132, 0 ], [ 50, 3, 0 ], [ 51, 128, 1 ], [ 2047, 1, 0 ], [ 1847, 201, 1 ], [ 49, 1, 0 ]);
		my (@steps, @want);

		for (@case) {
			my ($sector, $count, $init) = @$_;
			my $bytes = substr $all, 512 * $sector, 512 * $count;

			push @steps, [ 'poke', $DRAM + length $bytes, 0x12345678 ], [ 'copy', $from, $sector, $count, $DRAM, $init ],
				[ 'sum', $DRAM, length $bytes ], [ 'peek', $DRAM + length $bytes, 1 ];
			push @want, 1, rotating_sum($bytes), 0x12345678;
		}
		push @steps, [ 'call', $DRAM ], [ 'copy', $from, 49, 0, $DRAM, 0 ];
		push @want, 1;
		# past the card's end, in part and altogether, other channels, and what works still after it
		push @steps, [ 'copy', $from, 2048, 1, $DRAM, 0 ], [ 'copy', $from, 2040, 16, $DRAM, 0 ],
			[ 'copy', $from, 0x7fffff, 1, $DRAM, 1 ], [ 'copy', $from ^ 2, 49, 1, $DRAM, 1 ], [ 'copy', 1, 49, 1, $DRAM, 1 ],
			[ 'copy', $from, 49, 1, $DRAM, 1 ], [ 'sum', $DRAM, 512 ], [ 'copy', $from, 49, 0, $DRAM, 0 ];
		push @want, (0) x 5, 1, rotating_sum(substr $all, 49 * 512, 512), 1;
		my $card = card($MIB, 1 => bl1(code($HOST, @steps)), %disk);
		my $text = boot([ slot($from / 2, $card) ]);

		is(words($text =~ s/^S//mr), hexes($from ? 0xeb200000 : 0xeb000000, @want), "channel $from: sectors come as they are, "
			. 'what is not there fails');
		ok($text =~ /^S/m, '... and a second stage runs');
		my $file = sprintf '(-drive if=sd,index=%u,format=raw,file=... puts one there)', ($from ^ 2) / 2;
		is(told($text), join("\n", $from ? $NO_0 : (),
			"boot ROM: a program's copy from SD channel $from, sector 2048, failed: the card refuses CMD18",
			"boot ROM: a program's copy from SD channel @{[ $from ^ 2 ]} failed: no card $file"), '... what failed is said, once');
	}
	other_copies();
}

# As bl1.S does it.
sub rotating_sum {
	my $sum = 0;

	$sum = ($sum << 1 & 0xffffffff | $sum >> 31) + $_ & 0xffffffff for unpack 'C*', $_[0];
	return $sum;
}

# The table's other functions, entered in the place of CopySDMMCtoMem.
sub other_copies {
	for (0x94, 0x9c, 0xa0, 0xa4, 0xa8, 0xac, 0xb0) {
		my $pointer = 0xd0037f00 + $_;
		my $text = boot([ slot(0, bootable(bl1(code([ 'peek', $pointer, 1 ])))) ]);
		my $function = hex words($text);

		$text = boot([ slot(0, bootable(bl1(code([ 'poke', 0xd0037f98, $function ], [ 'copy' ], [ 'copy' ])))) ]);
		my $failed = $_ < 0x98 || $_ == 0xb0 ? 1 : 0;
		is(words($text), hexes($failed, $failed), sprintf 'the function at 0x%x says "failed"', $pointer);
		is(told($text), sprintf('boot ROM: the function at 0x%08x reads a medium that this machine has not: it says failed', $pointer),
			'... and why, once');
	}
}

# ---- exceptions ----

sub vectors {
	my $HOLE = 0x60000000;
	my ($SOFTINT, $SELECT, $ENABLE) = (0xf2000018, 0xf200000c, 0xf2000010);
	my @catch = map { [ 'catch', $_ ] } 0x04, 0x08, 0x0c, 0x10, 0x18;
	my $text = boot([ slot(0, bootable(bl1(code(@catch, ['swi'], ['undefined'], [ 'load', $HOLE ], [ 'call', $HOLE ],
		[ 'poke', $ENABLE, 2 ], [ 'poke', $SOFTINT, 2 ], $STATE)))) ]);

	is(words($text) =~ s/( \S+){3}$//r, hexes(8, 4, 0x10, 0xc, 0x18), "exceptions reach the program's own handlers");
	my %unset = (0x04 => [ 'undefined instruction', ['undefined'] ], 0x08 => [ 'SWI', ['swi'] ],
		0x0c => [ 'prefetch abort', [ 'call', $HOLE ] ], 0x10 => [ 'data abort', [ 'load', $HOLE ] ],
		0x18 => [ 'IRQ', [ 'poke', $ENABLE, 2 ], [ 'poke', $SOFTINT, 2 ] ]);
	for (sort { $a <=> $b } keys %unset) {
		my ($name, @steps) = @{ $unset{$_} };

		$text = boot([ slot(0, bootable(bl1(code(@steps)))) ]);
		ok(told($text) =~ /\Aboot ROM: \Q$name\E \(lr 0x[0-9a-f]{8}\), and no handler at @{[ sprintf '0x%08x', 0xd0037400 + $_ ]}: stopped\z/,
			"$name without one: said", told($text));
	}
	is(told(boot([ slot(0, bootable(bl1(code(['leave'])))) ])), 'boot ROM: the program has returned: stopped',
		'a program that returns: said');
}

# Stopped, the core waits; QEMU says so where its time is that of the instructions.
sub stops {
	my @time = qw(-icount shift=3,sleep=off);
	my $idle = qr/icount sleep disabled and no active timers/;
	# cpsid if; mov r0, #0xf2000000; mov r1, #1; str r1, [r0, #0x18]; str r1, [r0, #0x10]
	my $pending = pack 'V5', 0xf10c00c0, 0xe3a004f2, 0xe3a01001, 0xe5801018, 0xe5801010;
	my %end = ('no medium' => [], map { my ($name, $end) = @$_; ("$name, an interrupt pending" =>
		[ '-kernel', file('pending.bin' . $cards++, $pending . pack 'V', $end) ]) }
		[ 'an exception', 0xe7f000f0 ], [ 'a program that returns', 0xe12fff1e ]);

	for (sort keys %end) {
		my $text = boot([ @time, @{ $end{$_} } ], till => $idle);

		ok($text =~ /: stopped.*$idle/s, "stopped ($_): nothing runs any more", $text);
	}
	my ($ENABLE, $WDT) = (0xf2000010, 0xe2700000);
	my $text = boot([ @time, slot(0, bootable(bl1(code([ 'catch', 0x18 ], [ 'poke', $ENABLE, 1 << 27 ], [ 'poke', $WDT + 4, 0x8000 ],
		[ 'poke', $WDT + 8, 0x8000 ], [ 'poke', $WDT, 0x24 ], ['leave'])))) ], till => qr/^00000018$|$idle/m);
	ok($text =~ /has returned: stopped.*^00000018$/ms, '... but the interrupts of a program that returned with them on', $text);
}

# ---- images of any size ----

sub sizes {
	my $bl1 = bl1(code($HOST));
	my %size = ('a BL1 and no more' => [ 512 + $MAX, 'sd0: an image of 16896 bytes, enlarged to 256 KiB' ],
		'no whole sector' => [ 3 * $MIB + 77, 'sd0: an image of 3146240 bytes, enlarged to 4 MiB' ]);

	for (sort keys %size) {
		my ($bytes, $message) = @{ $size{$_} };
		my $card = card($bytes, 1 => $bl1);
		my $text = boot([ slot(0, $card, ',snapshot=on') ]);

		is(words($text), $FROM_0, "$_: boots");
		ok($text =~ /\Q$message: the size of a card is a power of 2 (snapshot=on leaves the file as it is)\E/, '... and says so', $text);
		is(-s $card, $bytes, '... and snapshot=on leaves the file as it is');
		boot([ slot(0, $card) ]);
		ok((-s $card) > $bytes, '... without it, the file grows');
		is(words(boot([ slot(0, $card) ])), $FROM_0, '... and boots, next time');
	}
	# cut inside of BL1: what is missing is zero, as is what the header's sum has there
	is(words(boot([ slot(0, card(512 + 0x1000, 1 => $bl1), ',snapshot=on') ])), $FROM_0, 'an image that ends before its zeros do: boots');
}

# ---- -kernel ----

sub file {
	my ($name, $contents) = @_;

	open my $f, '>:raw', "$dir/$name" or die "$0: $name: $!\n";
	print $f $contents;
	close $f;
	return "$dir/$name";
}

sub kernel {
	my @steps = ($STATE, [ 'peek', 0xe2700000, 1 ]);
	my $entered = qr/^[0-9a-f]{6}53 d0037d80 [0-9a-f]{8} 00000000$/;
	my $with = file('with.bin', bl1(code(@steps)));
	my $raw = file('raw.bin', code(@steps));
	my %good = (
		'an image with a header' => [ $with, '' ],
		'a raw one at 0xd0020010' => [ $raw, ',load-address=0xd0020010' ],
	);

	for (sort keys %good) {
		my ($file, $where) = @{ $good{$_} };
		my $text = boot([ '-kernel', $file ], machine => "x210$where");

		ok(words($text) =~ $entered, "-kernel with $_: SVC, IRQs on, stack, watchdog off", $text);
	}
	# "S", a line's end, and back to the boot ROM
	my $stage = pack('V*', 0xe59f3010, 0xe3a01053, 0xe5831000, 0xe3a0100a, 0xe5831000, 0xe12fff1e, 0xe2900820);
	my $dram = file('dram.bin', $stage);
	for ('', ',load-address=0x30008000', ',load-address=0x20000000', ',load-address=0x5ffffff0') {
		my $text = boot([ '-kernel', $dram ], machine => "x210$_");

		if (/f0$/) {
			ok(told($text) =~ /^-kernel .*: is larger than the memory from 0x5ffffff0 on/, '... past the end: said', $text);
			next;
		}
		ok($text =~ /^S$/m && $text =~ /^boot ROM: the program has returned: stopped$/m, "-kernel, raw$_: runs, returns", $text);
		my $said = $text =~ /-kernel .*: no ELF, and no header of a BL1 that fits: loaded raw to 0x30008000/;
		ok($said == ($_ eq ''), '... and where it was put is said if nobody chose', $text);
	}
	my $text = boot([ '-kernel', elf('elf', 0x30100000, $stage) ]);
	ok($text =~ /^S$/m, '-kernel with an ELF: runs', $text);
	for ([ 'an ELF where no memory is', [ elf('elf', 0x70000000, $stage) ], '', 'its segments, 0x70000000 to 0x7000001c, are not in memory' ],
		[ 'a load-address where no memory is', [$raw], ',load-address=0xd0010000', 'no memory at load-address=0xd0010000; DRAM is' ],
		[ 'a file that is not there', ["$dir/none"], '', 'cannot be read' ], [ 'a folder', [$dir], '', 'is no file; name' ],
		[ 'an empty file', [ file('empty', '') ], '', 'is empty; build it anew' ]) {
		my ($what, $file, $where, $message) = @$_;

		$text = boot([ '-kernel', @$file ], machine => "x210$where");
		ok($text =~ /^-kernel \Q$file->[0]\E: .*\Q$message\E/m, "-kernel with $what: said", $text);
	}
	# "bx lr" is a program
	$text = boot([ '-kernel', file('short', pack 'V', 0xe12fff1e) ]);
	ok($text =~ /^boot ROM: the program has returned: stopped$/m, '-kernel with four bytes: runs, returns', $text);
	$text = boot([ '-kernel', $with, slot(0, bootable(bl1(code($HOST)))) ]);
	ok(words($text) =~ $entered, '-kernel goes before a card', $text);
}

# The smallest ELF: one segment, at its own address.
sub elf {
	my ($name, $address, $code) = @_;
	my $header = pack 'a4C12 v2V5v6', "\x7fELF", 1, 1, 1, (0) x 9, 2, 40, 1, $address, 52, 0, 0x05000000, 52, 32, 1, 40, 0, 0;
	my $segment = pack 'V8', 1, 84, $address, $address, length $code, length $code, 5, 4;

	return file($name, $header . $segment . $code);
}
