#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tools/layout-svg.pl - docs/address-space.svg, drawn from mm/layout.h and a
# board's map table, so that the picture cannot drift from either.
#
# usage: layout-svg.pl BOARD ROW >docs/address-space.svg
# ROW is the static row that the picture follows to its registers.
use strict;
use warnings;

@ARGV == 2 or die "usage: layout-svg.pl BOARD ROW >docs/address-space.svg\n";
my ($board, $follow) = @ARGV;
my %at = constants('mm/layout.h');
my %size = constants('mm/types.h');
my @rows = rows("board/$board/board.c");
my ($load) = slurp("board/$board/board.mk") =~ /^LOADADDR := (0x\w+)/m
	or die "layout-svg.pl: board/$board/board.mk has no LOADADDR\n";
my ($ram) = grep { $_->{kind} eq 'RAM' } @rows;
my ($row) = grep { $_->{name} eq $follow } @rows;
my @io = sort { $a->{va} <=> $b->{va} } grep { $_->{kind} eq 'DEVICE' } @rows;
$ram && $row or die "layout-svg.pl: board/$board/board.c has no RAM row, or no row '$follow'\n";

# ---- reading ----

sub slurp {
	my ($path) = @_;

	open my $f, '<', $path or die "layout-svg.pl: $path: $!\n";
	local $/;
	return <$f>;
}

sub constants {
	my ($path) = @_;

	return map { /^#define (\w+) (0x\w+?)u?$/ ? ($1 => hex $2) : () } split /\n/, slurp($path);
}

# A number, SZ_4K, or 2 * SZ_4K.
sub number {
	my ($text) = @_;
	my $n = 1;

	$n *= exists $size{$_} ? $size{$_} : oct for split /\s*\*\s*/, $text;
	return $n;
}

sub rows {
	my ($path) = @_;
	my @found;

	for (split /\n/, slurp($path)) {
		push @found, { kind => 'RAM', name => $1, pa => number($2), size => number($3) }
			if /^\tMAP_RAM\("([^"]+)", ([^,]+), ([^,]+)\),/;
		push @found, { kind => 'DEVICE', name => $1, va => number($2), pa => number($3), size => number($4) }
			if /^\tMAP_DEVICE\("([^"]+)", ([^,]+), ([^,]+), ([^,]+)\),/;
	}
	return @found;
}

# ---- drawing ----

my %fill = (device => '#f6c177', ram => '#9fc5e8', code => '#a8d5a2', none => '#eeeeee', window => '#fdf1dc');
my $virtual_x = 216; # left edge of the virtual column
my $physical_x = 690;
my $width = 210;

sub hex8 { return sprintf '0x%08X', $_[0] }

sub mib {
	my ($bytes) = @_;

	return $bytes >= 1 << 20 ? ($bytes >> 20) . ' MiB' : ($bytes >> 10) . ' KiB';
}

sub text {
	my ($x, $y, $class, $words) = @_;

	$words =~ s/&/&amp;/g;
	$words =~ s/</&lt;/g;
	print qq(<text x="$x" y="$y" class="$class">$words</text>\n);
}

sub box {
	my ($x, $y, $h, $fill, @words) = @_;
	my $line = $y + $h / 2 + 4.5 - 8 * (@words - 1);

	print qq(<rect x="$x" y="$y" width="$width" height="$h" fill="$fill{$fill}"/>\n);
	for (0 .. $#words) {
		text($x + $width / 2, $line + 16 * $_, $_ ? 'small' : 'name', $words[$_]);
	}
}

# An address to the left of a column, at a height.
sub address {
	my ($x, $y, $address, $name) = @_;

	text($x - 8, $y + 4, 'addr', hex8($address));
	text($x - 90, $y + 4, 'label', $name) if $name;
}

sub arrow {
	my ($from_y, $to_y, $class) = @_;
	my ($a, $b) = ($virtual_x + $width, $physical_x - 6);

	printf qq(<path d="M%d %d C%d %d %d %d %d %d" class="%s" marker-end="url(#tip)"/>\n),
		$a, $from_y, $a + 90, $from_y, $b - 120, $to_y, $b, $to_y, $class;
}

my $picture_height = 700;
print <<"HEAD";
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 920 $picture_height" font-family="DejaVu Sans, Verdana, sans-serif">
<!-- SPDX-License-Identifier: BSD-2-Clause -->
<!-- made by tools/layout-svg.pl from mm/layout.h and board/$board: make docs -->
<title>Virtual and physical addresses of board $board</title>
<style>
rect { stroke: #444; stroke-width: 1 }
text { font-size: 13px; fill: #222; text-anchor: middle }
.head { font-size: 15px; font-weight: bold }
.name { font-size: 13px }
.small { font-size: 11px; fill: #444 }
.addr { font: 11.5px DejaVu Sans Mono, monospace; text-anchor: end }
.label { font-size: 11px; fill: #555; text-anchor: end }
.left { text-anchor: start; font-size: 12px }
path { fill: none; stroke: #444; stroke-width: 1.4 }
.new { stroke-dasharray: 6 4; stroke: #b03a2e }
</style>
<defs><marker id="tip" markerWidth="9" markerHeight="8" refX="8" refY="4" orient="auto">
<path d="M0 0L9 4L0 8z" style="fill:#444;stroke:none"/></marker></defs>
<rect x="0" y="0" width="920" height="$picture_height" style="fill:#fff;stroke:none"/>
HEAD

text($virtual_x + $width / 2, 26, 'head', 'virtual: what the program uses');
text($physical_x + $width / 2, 26, 'head', "physical: board $board");

# The virtual column, from the top down: [lower end, height, fill, words].
my @bands = (
	[$at{VECTORS_BASE}, 'VECTORS_BASE', 34, 'code', 'vectors (4 KiB, r-x)'],
	[$at{FIXADDR_START}, 'FIXADDR_START', 34, 'none', 'fixmap (kept for later)'],
	[$at{VMALLOC_END}, 'VMALLOC_END', 130, 'window'],
	[$at{VMALLOC_START}, 'VMALLOC_START', 110, 'window'],
	[$at{PAGE_OFFSET}, 'PAGE_OFFSET', 84, 'ram', "RAM's linear map", 'rw-; text and rodata of the image r--'],
	[$at{KIMAGE_VADDR}, 'KIMAGE_VADDR', 70, 'code', "the image's window", 'text r-x, rodata r--,', 'data and stacks rw-, guards'],
	[$at{TASK_SIZE}, 'TASK_SIZE', 50, 'none', 'free for static rows'],
	[0, '', 84, 'none', 'not mapped', 'TTBR0, walks off (PD0)', 'page 0: NULL, always faults'],
);
my %y; # band's name: top, bottom
my $y = 44;
for (@bands) {
	my ($low, $name, $h, $fill, @words) = @$_;

	box($virtual_x, $y, $h, $fill, @words);
	address($virtual_x, $y + $h, $low, $name);
	$y{ $name || 'user' } = [$y, $y + $h];
	$y += $h;
}
address($virtual_x, 44, 0xffffffff, '');

# Static rows: the one to follow, and how many there are.
my ($top) = @{ $y{VMALLOC_END} };
text($virtual_x + $width / 2, $top + 18, 'name', 'static rows: board.c');
text($virtual_x + $width / 2, $top + 34, 'small', scalar(@io) . " rows, $io[0]{name} to $io[-1]{name}, rw-, never x");
my $row_y = $top + 48;
print qq(<rect x="@{[$virtual_x + 14]}" y="$row_y" width="@{[$width - 28]}" height="46" fill="$fill{device}"/>\n);
text($virtual_x + $width / 2, $row_y + 19, 'name', "row '$row->{name}', " . mib($row->{size}));
text($virtual_x + $width / 2, $row_y + 35, 'small', 'at ' . hex8($row->{va}) . ', fixed');
text($virtual_x + $width / 2, $top + 116, 'small', 'the rest is free for rows');

# The dynamic window.
($top) = @{ $y{VMALLOC_START} };
text($virtual_x + $width / 2, $top + 18, 'name', 'dynamic window: ioremap()');
my $new_y = $top + 30;
print qq(<rect x="@{[$virtual_x + 14]}" y="$new_y" width="@{[$width - 28]}" height="38" fill="$fill{device}"/>\n);
text($virtual_x + $width / 2, $new_y + 16, 'name', 'ioremap_new()');
text($virtual_x + $width / 2, $new_y + 31, 'small', "a second view of '$row->{name}'");
print qq(<rect x="@{[$virtual_x + 14]}" y="@{[$new_y + 38]}" width="@{[$width - 28]}" height="20" fill="#fff" stroke-dasharray="3 3"/>\n);
text($virtual_x + $width / 2, $new_y + 52, 'small', 'guard page: faults');

# The physical column.
my $reg_y = 150;
box($physical_x, 44, $reg_y - 44, 'none', 'registers');
box($physical_x, $reg_y, 66, 'device', "'$row->{name}' registers", hex8($row->{pa}) . ', ' . mib($row->{size}));
box($physical_x, $reg_y + 66, 132, 'none', 'registers, or nothing');
my $ram_top = $reg_y + 66 + 132;
my $ram_end = $ram_top + 180;
box($physical_x, $ram_top, 180, 'ram');
text($physical_x + $width / 2, $ram_top + 26, 'name', "row '$ram->{name}', " . mib($ram->{size}));
my $image_y = $ram_top + 96;
print qq(<rect x="@{[$physical_x + 14]}" y="$image_y" width="@{[$width - 28]}" height="60" fill="$fill{code}"/>\n);
text($physical_x + $width / 2, $image_y + 26, 'name', 'the image');
text($physical_x + $width / 2, $image_y + 43, 'small', 'loaded at ' . hex8(hex $load));
box($physical_x, $ram_end, $y{user}[1] - $ram_end, 'none', 'boot ROM, other devices');
address($physical_x, $reg_y + 66, $row->{pa}, '');
address($physical_x, $ram_end, $ram->{pa}, '');
address($physical_x, $ram_top, $ram->{pa} + $ram->{size} - 1, '');
address($physical_x, $y{user}[1], 0, '');

arrow($row_y + 23, $reg_y + 22, 'map');
arrow($new_y + 19, $reg_y + 44, 'map new');
arrow(($y{PAGE_OFFSET}[0] + $y{PAGE_OFFSET}[1]) / 2, $ram_top + 44, 'map');
arrow(($y{KIMAGE_VADDR}[0] + $y{KIMAGE_VADDR}[1]) / 2, $image_y + 30, 'map');

# Which half is whose.
for (['TTBR1', 44, $y{TASK_SIZE}[1]], ['TTBR0', $y{user}[0], $y{user}[1]]) {
	my ($who, $from, $to) = @$_;

	printf qq(<path d="M26 %d H18 V%d H26"/>\n), $from + 3, $to - 3;
	printf qq(<text transform="translate(12 %d) rotate(-90)" class="small">%s</text>\n), ($from + $to) / 2, $who;
}

my @legend = (['device', 'device memory'], ['ram', 'normal, cached'], ['code', 'holds code'], ['none', 'not mapped, or not drawn']);
my $x = $virtual_x;
for (@legend) {
	my ($fill, $words) = @$_;

	printf qq(<rect x="%d" y="%d" width="16" height="16" fill="%s"/>\n), $x, $picture_height - 40, $fill{$fill};
	text($x + 22, $picture_height - 28, 'left', $words);
	$x += 148;
}
text($virtual_x, $picture_height - 8, 'left', 'Not to scale. Dashed: made at run time. The vectors are a page of the image, mapped a second time.');
print "</svg>\n";
