#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/flash/sdboot.pl - a card boots the board through the boot ROM and BL1, from
# either slot; and a card on which anything is wrong does not: who refuses it, what
# the console says, and how often the LEDs flash.  Prints TAP.
#
# usage: sdboot.pl --board NAME --qemu QEMU --machine M --card sd.img --bl1 bl1.elf
#        --nm NM [--part boots|refusals|codes]
#
# Virtual time is counted in instructions (-icount), far from the clock on the wall, so
# that seconds of flashing cost little.  Modules of perl-base only.
use strict;
use warnings;
use File::Temp qw(tempdir);
use Getopt::Long;
use IO::Select;
use lib 'tests/machine';
use Tap;

my %o = (timeout => 60);
GetOptions(\%o, map { "$_=s" } qw(board qemu machine card bl1 nm part timeout)) or exit 2;
my @leds = slurp("board/$o{board}/board.c") =~ /^\s*LED\("([^"]+)"/mg;
die "$0: board/$o{board}/board.c has no LED rows\n" unless @leds;

my ($SECTOR, $HEADER, $IMAGE, $BL1) = (512, 49 * 512, 50 * 512, 512);
my $BL1_BASE = 0xd0020000;
my ($bl1_runs, $kit_runs) = (qr/^BL1/m, qr/^Mercator on/m);
my $prompt = qr/^mercator> /m;
my $stopped = qr/^BL1 stopped, code (\d+): .*$/m;
our $shift = 7; # an instruction takes 2^shift ns
my $NOTHING_LEFT = qr/boot ROM: nothing to boot/;

my $dir = tempdir('mercator-XXXXXX', TMPDIR => 1, CLEANUP => 1);
my $good = slurp($o{card});
my $size = unpack 'V', substr $good, $HEADER + 8, 4;
my %symbol = map { /^([0-9a-f]+) . (\S+)$/ ? ($2 => hex $1) : () } `$o{nm} $o{bl1}`;
die "$0: $o{nm} $o{bl1} told nothing\n" unless $symbol{map_io};

my %part = (boots => [ \&boots ], refusals => [ \&bl1_flips, \&header_flips, \&headers_that_lie, \&image_flips ],
	codes => [ \&blinks ]);
my @parts = $o{part} ? $o{part} : sort keys %part;
$part{$_} or die "$0: --part $_: one of ", join(' ', sort keys %part), "\n" for @parts;
$_->() for map { @{ $part{$_} } } @parts;
done();

# ---- cards ----

sub slurp {
	my ($name) = @_;

	open my $f, '<:raw', $name or die "$0: $name: $!\n";
	local $/;
	return <$f>;
}

sub flipped {
	my ($card, $at, $bit) = @_;

	substr($card, $at, 1) = chr(ord(substr $card, $at, 1) ^ 1 << $bit);
	return $card;
}

sub with {
	my ($card, $at, $bytes) = @_;

	substr($card, $at, length $bytes) = $bytes;
	return $card;
}

# The sum in BL1's header anew, as the tool would have made it.
sub summed {
	my ($card) = @_;

	return with($card, $BL1 + 8, pack 'V', unpack '%32C*', substr $card, $BL1 + 16, 16384 - 16);
}

# BL1 with some bytes at a symbol replaced.
sub patched {
	my ($symbol, $plus, $bytes) = @_;

	return summed(with($good, $BL1 + $symbol{$symbol} - $BL1_BASE + $plus, $bytes));
}

# BL1 with a constant in a function's literal pool replaced.
sub constant {
	my ($symbol, $old, $new) = @_;
	my $at = index substr($good, $BL1, 16384), pack('V', $old), $symbol{$symbol} - $BL1_BASE;

	die sprintf "%s: %s() has no word 0x%08x\n", $0, $symbol, $old if $at < 0 || $at % 4;
	return summed(with($good, $BL1 + $at, pack 'V', $new));
}

# The boot ROM's function that reads the card, behind one that doubles its answer: what is
# public of it says "success or failure", and no number.
sub other_answer {
	my $at = $symbol{__bl1_bss_end} + 15 & ~15;
	my $code = pack 'V9', 0xe59dc000, 0xe92d5000,	# ldr ip, [sp]; push {ip, lr}
		0xe59fc010, 0xe59cc000, 0xe12fff3c,	# ldr ip, =0xd0037f98; ldr ip, [ip]; blx ip
		0xe1a00080, 0xe8bd9000,			# lsl r0, #1; pop {ip, pc}
		$at, 0xd0037f98;

	die "$0: BL1 leaves no room for other_answer()\n" if $at + length $code > $BL1_BASE + 16384;
	$good = with((my $kept = $good), $BL1 + $at - $BL1_BASE, $code);
	my $card = constant('soc_read_card', 0xd0037000, $at + 28 - 0xf98);
	$good = $kept;
	return $card;
}

# The header of the image, whole, with some of its words replaced.
sub header {
	my (%new) = @_;
	my @w = unpack 'V7', substr $good, $HEADER, 28;

	$w[$_] = $new{$_} for keys %new;
	my $h = pack 'V7', @w;
	return with($good, $HEADER, $h . pack 'V', crc32($h));
}

# No code in common with boot/bl1/crc32.c.
sub crc32 {
	my ($bytes) = @_;
	my $crc = 0xffffffff;

	for my $c (unpack 'C*', $bytes) {
		$crc ^= $c;
		$crc = $crc & 1 ? $crc >> 1 ^ 0xedb88320 : $crc >> 1 for 1 .. 8;
	}
	return $crc ^ 0xffffffff;
}

# ---- runs ----

# run(qr/until/, card for slot 0 or undef, card for slot 2 or undef): all that QEMU and
# the guest say until then
sub run {
	my ($until, @cards) = @_;

	return watch($until, undef, qw(-no-reboot -semihosting-config), 'enable=on,target=native,arg=mercator,arg=shell',
		drives(@cards));
}

sub drives {
	my @cards = @_;
	my @drives;

	for my $slot (grep { defined $cards[$_] } 0, 1) {
		my $name = "$dir/card$slot";

		open my $f, '>:raw', $name or die "$0: $name: $!\n";
		print $f $cards[$slot];
		close $f or die "$0: $name: $!\n";
		push @drives, '-drive', "if=sd,index=$slot,format=raw,file=$name";
	}
	return @drives;
}

# $line is typed at the first prompt.
sub watch {
	my ($until, $line, @more) = @_;
	my ($text, $end) = ('', time + $o{timeout});
	my @command = ($o{qemu}, '-M', $o{machine}, qw(-display none -nic none -monitor none -serial stdio
		-trace s5pv210_led -icount), "shift=$shift,sleep=off", @more);

	pipe(my $from, my $to) or die "$0: pipe: $!\n";
	pipe(my $keys_out, my $keys) or die "$0: pipe: $!\n";
	my $pid = fork // die "$0: fork: $!\n";
	if (!$pid) {
		open STDIN, '<&', $keys_out;
		open STDOUT, '>&', $to;
		open STDERR, '>&', $to;
		close $_ for $from, $keys;
		exec @command or exit 127;
	}
	close $_ for $to, $keys_out;
	until ($text =~ $until) {
		my $left = $end - time;

		last if $left <= 0 || !IO::Select->new($from)->can_read($left);
		sysread $from, $text, 65536, length $text or last;
		if (defined $line && $text =~ $prompt) {
			syswrite $keys, "$line\r";
			undef $line;
		}
	}
	kill 'KILL', $pid;
	waitpid $pid, 0;
	return $text =~ s/\r//gr;
}

sub said {
	my ($text, $re, $what) = @_;

	return ok($text =~ $re, $what, 'it said: ' . join ' | ', grep { !/^s5pv210_led/ } split /\n/, $text);
}

# Not one instruction of the image, or of BL1: their first lines would be there.
sub silent {
	my ($text, $re, $what) = @_;

	return ok($text !~ $re, $what, 'it ran');
}


# ---- what boots ----

sub boots {
	my $text = run($prompt, $good);

	said($text, qr/^BL1 of Mercator on $o{board}$/m, 'slot 0: BL1 greets');
	said($text, qr/^BL1: SD channel 0: image of $size bytes to/m, 'slot 0: it reads that card');
	said($text, qr/^BL1: CRC-32 0x[0-9a-f]{8} fits; entering/m, 'slot 0: it checks the image');
	said($text, qr/^Mercator on $o{board}: loaded at 0x\w+, entered in SVC, MMU off, data cache off$/m,
		'slot 0: the image runs');
	said($text, $prompt, 'slot 0: the shell comes');
	ok($text !~ /unimp|not modelled|dropped/, 'slot 0: BL1 touches no register that is not there', $text);
	stages($text);

	$text = run($prompt, undef, $good);
	said($text, qr/^BL1: SD channel 2: image of $size bytes/m, 'slot 2: it reads that card');
	said($text, $prompt, 'slot 2: the shell comes');

	$text = run($prompt, with($good, $BL1, "\0" x 16384), $good);
	said($text, qr/SD channel 0: no BL1.*^BL1: SD channel 2:.*^mercator> /ms,
		'slot 0 without BL1, slot 2 with all: from slot 2');

	# no debugger: the image ends by resetting the chip
	$text = watch(qr/resetting.*$prompt/ms, 'exit 5', drives($good));
	said($text, qr/^finished with status 5; no debugger: resetting\n.*?^BL1 of Mercator.*?^Mercator on/ms,
		'a reset: it boots from the card again');

	$text = run($prompt, other_answer());
	said($text, $prompt, 'a boot ROM that says "read" by another number than 1: it boots');

	# The sum is over all 16 KiB, so the size decides nothing in this boot ROM.
	$text = run($prompt, flipped($good, $BL1, 3));
	said($text, $prompt, 'a flipped bit in the size of BL1: it boots all the same');
}

# One LED more lit at each step.
sub stages {
	my ($text) = @_;
	my $dark = @leds;
	my @lit = $text =~ /^s5pv210_led (\w+) = 1 at/mg;

	is(join(' ', @lit[ 0 .. ($#leds < $#lit ? $#leds : $#lit) ]), "@leds", 'slot 0: each step lights a LED');
}

# ---- what the boot ROM refuses ----

sub bl1_flips {
	my $code = $symbol{__bl1_end} - $BL1_BASE;
	my %at = ('its first byte' => 16, 'its middle' => $code >> 1, 'its last byte' => $code - 1,
		'the zeros behind it' => $code + 100, 'the last of 16 KiB' => 16383,
		map { ("byte $_ of its checksum" => 8 + $_) } 0 .. 3);

	for my $where (sort keys %at) {
		my $text = run($NOTHING_LEFT, flipped($good, $BL1 + $at{$where}, $at{$where} % 8));

		said($text, qr/boot ROM: SD channel 0: BL1 refused: its bytes 16 to 16383 add up to/,
			"BL1, a bit in $where: the boot ROM refuses it");
		silent($text, $bl1_runs, "BL1, a bit in $where: nothing of it runs");
	}
	my $text = run($NOTHING_LEFT, "\0" x length $good);
	said($text, qr/SD channel 0: no BL1: sectors 1 to 32 are zero/, 'an empty card: the boot ROM says so');
}

# ---- what BL1 refuses ----

# refused(card, code, what it says, name): BL1 stops, says why, and the image stays out
sub refused {
	my ($card, $code, $says, $name) = @_;
	my $text = run($stopped, $card);
	my ($got) = $text =~ $stopped;

	is($got, $code, "$name: code $code");
	said($text, $says, "$name: it says why");
	silent($text, $kit_runs, "$name: the image does not run");
}

sub header_flips {
	my @word = qw(magic version size CRC load entry zero header-CRC);

	for my $n (0 .. 7) {
		refused(flipped($good, $HEADER + 4 * $n + $n % 4, $n), $n ? 8 : 7,
			$n ? qr/^BL1: sector 49: the image's header is damaged: its CRC-32 does not fit/m
			   : qr/^BL1: sector 49: no image: the sector of its header holds something else/m,
			"header, a bit in its $word[$n]");
	}
}

sub headers_that_lie {
	my $word = $size - 1 & ~3;

	refused(header(1 => 2), 8, qr/a version that this BL1 does not know/, 'header of another version');
	refused(header(2 => 0), 8, qr/a size that cannot be/, 'an image of no bytes');
	refused(header(2 => 8142 * $SECTOR + 1), 8, qr/a size that cannot be/, 'an image larger than its room');
	refused(header(4 => 0x30008004, 5 => 0x30008004), 8, qr/a load address or entry that cannot be/,
		'a load address within a page');
	refused(header(5 => $size + unpack 'V', substr $good, $HEADER + 16, 4), 8,
		qr/a load address or entry that cannot be/, 'an entry behind the image');
	refused(header(4 => 0xd0020000, 5 => 0xd0020000), 8, qr/that is not RAM of $o{board}/,
		'a load address in BL1 itself');
	my ($base, $pages) = ram();
	refused(header(4 => $base + $pages - 4096, 5 => $base + $pages - 4096), 8, qr/that is not RAM of $o{board}/,
		'an image that reaches beyond RAM');
}

# The first RAM row of the board, as it is in BL1.
sub ram {
	my ($pfn, $length) = unpack 'x20 V x4 V', substr $good, $BL1 + $symbol{map_io} - $BL1_BASE, 36;

	return ($pfn << 12, $length);
}

sub image_flips {
	my %at = ('first' => [ 0, 0 ], 'last' => [ $size - 1, 7 ],
		map { ("${_}th" => [ $_, $_ % 8 ]) } map { int($size * $_ / 7) } 1 .. 6);

	for my $n (sort keys %at) {
		my ($byte, $bit) = @{ $at{$n} };

		refused(flipped($good, $IMAGE + $byte, $bit), 9,
			qr/^BL1: the image is damaged: its CRC-32 is 0x\w+, its header says 0x\w+/m,
			"image, a bit in its $n byte");
	}
	my $half = $size >> 1;
	refused(with($good, $IMAGE + $half, "\0" x ($size - $half)), 9, qr/^BL1: the image is damaged/m,
		'an image of which half was written');
	# what is behind the image on the card is nobody's
	my $text = run($prompt, flipped($good, $IMAGE + $size, 0));
	said($text, $prompt, 'a bit behind the image: it boots');
}

# ---- the LEDs ----

sub blinks {
	my ($base, $length) = ram();
	my $row = sub { patched('map_io', $_[0], pack 'V', $_[1]) };

	flashes(1, patched('map_io', 20, pack 'V x4 V', 0x60000, 0x10000000),
		qr/^BL1: data abort, lr 0x\w+, DFSR 0x\w+, DFAR 0x\w+/m, 'RAM where this machine has none');
	flashes(2, constant('soc_clocks', 0x807d0301, 0x007d0301), qr/^BL1: APLL \(1000 MHz\) does not lock/m,
		'the APLL left off');
	flashes(3, $row->(28, 0x18000000), qr/^BL1: DMC[01]: RAM 0x\w+ to 0x\w+: it serves 256 or 512 MiB/m,
		'a RAM row of 384 MiB');
	# mov r0, #0; bx lr
	flashes(4, patched('ram_test', 0, pack 'V2', 0xe3a00000, 0xe12fff1e), qr/^BL1: RAM at 0x\w+: wrote 0x/m,
		'the RAM test made to fail');
	flashes(5, constant('soc_boot_channel', 0xd0037000, 0xd0036ffc), qr/^BL1: the boot ROM names 0x\w+ as the controller/m,
		'a controller that is none');
	flashes(6, substr($good, 0, 128 * 1024), qr/^BL1: SD channel 0: sectors \d+ to \d+ cannot be read/m,
		'a card that ends within the image');
	flashes(7, with($good, $HEADER, "\0" x $SECTOR), qr/^BL1: sector 49: no image: .* is empty/m,
		'no image on the card');
	flashes(8, flipped($good, $HEADER + 9, 1), qr/^BL1: sector 49: the image's header is damaged/m,
		'a damaged header');
	flashes(9, flipped($good, $IMAGE + 1000, 1), qr/^BL1: the image is damaged/m, 'a damaged image');
}

# Two rounds of flashes, all LEDs at once, and the reason said in each round.
sub flashes {
	my ($code, $card, $says, $name) = @_;
	local $shift = 9;
	my $text = run(qr/(^BL1 stopped.*){3}/ms, $card);
	my ($begin) = $text =~ /\A(.*?)^BL1 stopped/ms;
	my @round = map { [ /^s5pv210_led (\w+) = 1 at (\d+) ns/mg ] }
		($text =~ /^BL1 stopped.*?\n(.*?)(?=^BL1 stopped)/msg);
	my @count = map { my $r = $_; join ',', map { my $led = $_; scalar grep { $_ eq $led } @$r } @leds } @round;
	my $want = join ',', ($code) x @leds;

	said($text, $says, "code $code ($name): the console says why");
	ok(@round == 2 && $count[0] eq $want && $count[1] eq $want, "code $code ($name): all LEDs flash $code times",
		'they flashed ' . join('; ', @count) . ", should be $want each round");
	said($text, qr/^BL1 stopped, code $code: .*?^BL1:.*?^BL1 stopped, code $code: /ms,
		"code $code ($name): and says it again");
	silent($text, $kit_runs, "code $code ($name): the image does not run");
	rhythm($code, $name, $text);
}

# 200 ms lit, 300 ms dark, 1500 ms between rounds; the timer's step is a percent.
sub rhythm {
	my ($code, $name, $text) = @_;
	my ($stops) = $text =~ /^BL1 stopped.*?\n(.*)\z/ms;
	my ($led, @at) = ($leds[0]);
	my @want = ((200, 300) x ($code - 1), 200, 1800);

	push @at, $1 / 1e6 while $stops =~ /^s5pv210_led $led = [01] at (\d+) ns/mg;
	my $bad = grep { !defined $at[ $_ + 1 ] || abs($at[ $_ + 1 ] - $at[$_] - $want[$_]) > $want[$_] * 0.05 } 0 .. $#want;
	ok(!$bad, "code $code ($name): lit 200 ms, dark 300, a pause of 1500",
		'in ms: ' . join ' ', map { sprintf '%.0f', $at[ $_ + 1 ] - $at[$_] } 0 .. $#at - 1);
}
