#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/screen.pl - what the display controller shows, pixel by pixel in the
# monitor's screendump, and when it interrupts.  Prints TAP.
use strict;
use warnings;
use lib 'tests/machine';
use Qtest;
use S5pv210;
use Tap;

my $FIMD = 0xf8000000;
my ($WIDTH, $HEIGHT) = (24, 10);
my @FRAME = map { 0x23000000 + 0x01000000 * $_ } 0 .. 4;
my $VSYNC = 2 * 32 + 1;
# HCLK_DSYS as the boot ROM leaves it
my $HCLK = $PSYS * 10 / 4;

my $q = Qtest->start;

is(join(' ', size(screen())), '640 480', 'before any program: a screen of some size');
ok(all_black(screen()), 'it is black');
panel($WIDTH, $HEIGHT);
formats();
swaps();
where();
palette();
blending();
key_and_map();
large();
frames();
nonsense();
$q->stop;
done();

# ---- the controller ----

sub fimd {
	my (@pairs) = @_;

	while (my ($offset, $value) = splice @pairs, 0, 2) {
		$q->w($FIMD + $offset, $value);
	}
}

# The registers as the course's programs for LCDs write them.
sub panel {
	my ($width, $height) = @_;

	fimd(0x10, 22 << 16 | 12 << 8 | 9, 0x14, 45 << 16 | 209 << 8 | 19, 0x18, ($height - 1) << 11 | $width - 1,
		0x34, 1, 0, 4 << 6 | 1 << 4 | 3);
}

# A window of the whole panel, or of a rectangle.
sub window {
	my ($n, $wincon, $left, $top, $right, $bottom) = @_;

	fimd(0x40 + 16 * $n, ($left // 0) << 11 | ($top // 0),
		0x44 + 16 * $n, ($right // $WIDTH - 1) << 11 | ($bottom // $HEIGHT - 1),
		0xa0 + 8 * $n, $FRAME[$n], 0x20 + 4 * $n, $wincon | 1);
}

sub fill {
	my ($address, $bytes) = @_;

	$q->command(sprintf 'write 0x%x 0x%x 0x%s', $address, length $bytes, unpack 'H*', $bytes);
}

# ---- what is on the screen ----

sub screen_file {
	my $file = "$q->{dir}/screen.ppm";

	$q->qmp('screendump', filename => "\"$file\"");
	return $file;
}

# [ columns, lines, [ 0xrrggbb ... ] ]
sub screen {
	my $file = screen_file();

	open my $f, '<:raw', $file or die "$0: $file: $!\n";
	local $/;
	my $ppm = <$f>;
	$ppm =~ s/^P6\s+(\d+)\s+(\d+)\s+255\s// or die "$0: $file is no PPM file\n";
	return [ $1, $2, [ map { hex } unpack '(H6)*', $ppm ] ];
}

sub size {
	my ($s) = @_;

	return @$s[ 0, 1 ];
}

sub all_black {
	my ($s) = @_;

	return !grep { $_ } @{ $s->[2] };
}

# The first pixel that is not as it should be, or ''.
sub differs {
	my ($want) = @_;
	my ($columns, $lines, $got) = @{ screen() };

	return "$columns x $lines" if @$got != @$want;
	for (0 .. $#$want) {
		next if $got->[$_] == $want->[$_];
		return sprintf 'column %d, line %d: 0x%06x, not 0x%06x', $_ % $columns, $_ / $columns, $got->[$_],
			$want->[$_];
	}
	return '';
}

sub shows {
	my ($want, $what) = @_;
	my $why = differs($want);

	ok($why eq '', $what, $why);
}

# The same brightness in eight bits.
sub widen {
	my ($v, $bits) = @_;
	my $all = sprintf("%0${bits}b", $v) x 8;

	return oct '0b' . substr $all, 0, 8;
}

sub rgb {
	my ($r, $g, $b) = @_;

	return $r << 16 | $g << 8 | $b;
}

# A value for each pixel, all different, of so many bits.
sub values_of {
	my ($bits) = @_;

	return map { ($_ * 2654435761 & 0xffffffff) >> 32 - $bits } 1 .. $WIDTH * $HEIGHT;
}

# ---- the tests ----

sub formats {
	# mode, bits in memory, what makes them the usual order, alpha, red, green, blue
	for (
		[ 'RGB565', 5, 16, 1 << 16, 0, 5, 6, 5 ], [ 'RGB888', 11, 32, 1 << 15, 8, 8, 8, 8 ],
		[ 'ARGB8888', 13, 32, 1 << 15, 8, 8, 8, 8 ], [ 'ARGB1555', 6, 16, 1 << 16, 1, 5, 5, 5 ],
		[ 'RGB666', 8, 32, 1 << 15, 14, 6, 6, 6 ], [ 'ARGB4444', 14, 16, 1 << 16, 4, 4, 4, 4 ],
		[ 'ARGB1232', 4, 8, 1 << 17, 1, 2, 3, 2 ],
		)
	{
		my ($name, $mode, $bits, $swap, $a, $r, $g, $b) = @$_;
		my @pixels = values_of($bits);

		fill($FRAME[0], pack +({ 8 => 'C', 16 => 'v', 32 => 'V' }->{$bits}) . '*', @pixels);
		window(0, $mode << 2 | $swap);
		shows([
			map {
				rgb(widen($_ >> $b + $g & (1 << $r) - 1, $r), widen($_ >> $b & (1 << $g) - 1, $g),
					widen($_ & (1 << $b) - 1, $b))
			} @pixels
		], "window 0: $name");
	}
	is(join(' ', size(screen())), "$WIDTH $HEIGHT", 'the screen has the size of VIDTCON2');
}

sub swaps {
	my @pixels = values_of(24);

	fill($FRAME[0], pack 'V*', @pixels);
	window(0, 11 << 2);
	shows([ map { @pixels[ $_ * 2 + 1, $_ * 2 ] } 0 .. $#pixels / 2 ], 'without a swap the upper word is first');
	window(0, 11 << 2 | 1 << 17);
	fill($FRAME[0], pack 'N*', @pixels);
	shows(\@pixels, 'byte swap: big endian');
}

sub where {
	my @pixels = values_of(24);

	fill($FRAME[0], pack 'V*', @pixels);
	fill($FRAME[0] + 0x10000, pack 'V*', reverse @pixels);
	fimd(0xa4, $FRAME[0] + 0x10000);
	window(0, 11 << 2 | 1 << 15 | 1 << 20);
	shows([ reverse @pixels ], 'the second buffer');
	is($q->r($FIMD + 0x20) >> 20 & 3, 3, 'and its status bit');
	window(0, 11 << 2 | 1 << 15, 4, 2, 9, 5);
	fimd(0x100, 40 << 13 | 24);
	shows([
		map {
			my ($x, $y) = ($_ % $WIDTH - 4, int($_ / $WIDTH) - 2);
			$x < 0 || $x > 5 || $y < 0 || $y > 3 ? 0 : $pixels[ $y * 16 + $x ];
		} 0 .. $#pixels
	], 'a rectangle of a larger picture');
	fimd(0x100, 0);
	window(0, 11 << 2 | 1 << 15, $WIDTH - 2, 0, $WIDTH + 20, 200);
	is_hex(screen()->[2][ $WIDTH - 1 ], $pixels[1], 'a window that reaches over the edge');
	fimd(0x34, 0);
	ok(all_black(screen()), 'nothing without SHADOWCON');
	fimd(0x34, 1, 0, 0);
	ok(all_black(screen()), 'nothing without ENVID');
	is(join(' ', size(screen())), "$WIDTH $HEIGHT", 'but the screen keeps its size');
	fimd(0, 4 << 6 | 3, 0xa0, 0xe0200000);
	window(0, 11 << 2 | 1 << 15);
	fimd(0xa0, 0xe0200000);
	ok(all_black(screen()), 'what is no RAM is black');
}

sub palette {
	my @pixels = values_of(8);
	my @colours = map { $_ * 0x010305 & 0xffffff } 0 .. 255;

	fill($FRAME[0], pack 'C*', @pixels);
	fimd(0x1a0, 1);
	fimd(map { (0x2400 + 4 * $_, $colours[$_]) } 0 .. 255);
	window(0, 3 << 2 | 1 << 17);
	shows([ map { $colours[$_] } @pixels ], '8 bits with a palette');
	is_hex($q->r($FIMD + 0x400 + 4 * 77), $colours[77], 'the palette has its second address');
	fimd(0x1a0, 6, 0x2400 + 4 * $pixels[0], 0xf81f);
	is_hex(screen()->[2][0], 0xff00ff, 'a palette of RGB565');
}

sub mixed {
	my ($alpha, $above, $below) = @_;
	my @part = map { my $s = $_; int((($above >> $s & 255) * $alpha + ($below >> $s & 255) * (255 - $alpha) + 127) / 255) }
		16, 8, 0;

	return rgb(@part);
}

sub blending {
	my @below = values_of(24);
	my @above = map { $_ ^ 0x55aa33cc } values_of(32);

	fill($FRAME[0], pack 'V*', @below);
	fill($FRAME[1], pack 'V*', @above);
	fimd(0x34, 3);
	window(0, 11 << 2 | 1 << 15);
	window(1, 11 << 2 | 1 << 15);
	fimd(0x58, 0xfff << 12);
	shows([ map { $_ & 0xffffff } @above ], 'window 1 over window 0: opaque');
	fimd(0x58, 0);
	shows(\@below, 'transparent');
	fimd(0x58, 0x888 << 12);
	shows([ map { mixed(0x88, $above[$_], $below[$_]) } 0 .. $#above ], 'half');
	window(1, 13 << 2 | 1 << 15 | 1 << 6 | 1 << 1);
	shows([ map { mixed($above[$_] >> 24, $above[$_], $below[$_]) } 0 .. $#above ], 'ARGB8888, each pixel its alpha');
	window(1, 13 << 2 | 1 << 15 | 1 << 6);
	fimd(0x58, 0xfff);
	shows([ map { $above[$_] >> 24 & 1 ? $above[$_] & 0xffffff : $below[$_] } 0 .. $#above ], 'the AEN bit');

	# nothing is below the lowest one that is shown
	fimd(0x58, 0, 0x20, 0);
	shows([ map { $_ & 0xffffff } @above ], 'window 1 alone: its alpha does not matter');
	fimd(0x20, 11 << 2 | 1 << 15 | 1, 0x34, 2);
	shows([ map { $_ & 0xffffff } @above ], 'window 0 not in SHADOWCON: the same');
	fimd(0x34, 3, 0, 4 << 6 | 1 << 17 | 1 << 4 | 3, 0x24, 0);
	shows([ map { ($_ & 0xff) << 16 | ($_ & 0xff00) | $_ >> 16 & 0xff } @below ], 'BGR: red and blue change places');
	fimd(0, 4 << 6 | 1 << 4 | 3);
}

sub key_and_map {
	my @below = values_of(24);
	my @above = map { $_ % 3 ? 0x102030 : 0x405060 } 0 .. $#below;

	fill($FRAME[1], pack 'V*', @above);
	window(1, 11 << 2 | 1 << 15);
	fimd(0x58, 0xfff << 12, 0x140, 1 << 25, 0x144, 0x102030);
	shows([ map { $above[$_] == 0x102030 ? $below[$_] : $above[$_] } 0 .. $#above ], 'the colour key');
	fimd(0x140, 0, 0x184, 1 << 24 | 0x123456);
	shows([ (0x123456) x @below ], 'the colour map');
	fimd(0x184, 0, 0x24, 0, 0x34, 1);
	fimd(0x34, 0x1f);
	for my $n (2 .. 4) {
		fimd(0x180 + 4 * $n, 1 << 24 | 0x111111 * $n, 0x48 + 16 * $n, 0xfff << 12);
		window($n, 11 << 2 | 1 << 15, $n, 0, 10, 0);
	}
	is(join(' ', map { sprintf '%06x', $_ } @{ screen()->[2] }[ 2 .. 4 ]), '222222 333333 444444', 'windows 2, 3 and 4');
	fimd(map { (0x20 + 4 * $_, 0, 0x180 + 4 * $_, 0) } 1 .. 4);
	fimd(0x34, 1);
}

# A picture as the course's panel has it, by its checksum.
sub large {
	my @line = map { $_ * 0x010203 & 0xffffff } 0 .. 799;
	my $want = 0;

	panel(800, 480);
	window(0, 11 << 2 | 1 << 15, 0, 0, 799, 479);
	for my $y (0 .. 479) {
		my @pixels = map { $_ ^ $y } @line;

		fill($FRAME[0] + $y * 3200, pack 'V*', @pixels);
		$want += unpack '%32n*', pack 'N*', @pixels;
	}
	my $s = screen();
	is(join(' ', size($s)), '800 480', 'a panel of 800 x 480');
	is(unpack('%32n*', pack 'N*', @{ $s->[2] }), $want & 0xffffffff, 'the checksum of its picture');
	panel($WIDTH, $HEIGHT);
}

sub frame_seconds {
	return (10 + 13 + 23 + 480) * (20 + 210 + 46 + 800) * 5 / $HCLK;
}

sub frames {
	panel(800, 480);
	fimd(0, 0);
	fimd(0, 4 << 6 | 3, 0x130, 1 << 12 | 1 << 15 | 1);
	is(raw($q, $VSYNC), 0, 'no frame interrupt yet');
	my @at;
	for (1 .. 3) {
		push @at, $q->step;
		is(raw($q, $VSYNC), 1, "frame $_ interrupts") if $_ == 1;
		fimd(0x134, 2);
	}
	is(raw($q, $VSYNC), 0, 'and is acknowledged');
	near(($at[2] - $at[0]) / 2e9, frame_seconds(), 0.0001, 'the frames come at the rate of the registers');
	is($q->r($FIMD + 4) >> 13 & 3, 0, 'VSTATUS: vsync');
	$q->step(int(frame_seconds() * 1e9 * (10 + 23 + 100.5) / 526));
	is($q->r($FIMD + 4) >> 13 & 3, 2, 'VSTATUS: active');
	is($q->r($FIMD + 4) >> 16 & 0x7ff, 100, 'LINECNT');
	fimd(0x130, 1 << 12 | 3 << 15 | 1);
	near($q->step - $at[2], frame_seconds() * 1e9 * (10 + 23 + 480) / 526, 0.0001, 'an interrupt at the front porch');
	fimd(0x134, 2, 0, 0);
	$q->step(50_000_000);
	is($q->r($FIMD + 0x134), 0, 'no frames when it is off');
	fimd(0x130, 0);
}

# Whatever a guest writes, QEMU goes on.
sub nonsense {
	my $seed = $ENV{SEED} // 210;

	print "# SEED=$seed\n";
	srand $seed;
	for (1 .. 20) {
		fimd(map { ($_ < 100 ? 4 * int rand 0xb0 : 4 * int rand 0x1050, int rand 2**32) } 1 .. 120);
		fimd(0, 3 | int(rand 2**32) & ~0x3f, 0x34, 0x1f, 0x18, int rand 2**22);
		fimd(map { (0x20 + 4 * $_, 1 | int rand 2**32) } 0 .. 4);
		screen_file();
		$q->step(1_000_000);
	}
	ok(1, 'random registers do not end it');
}
