#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tools/map-svg.pl - a board's map as a picture: virtual and physical addresses
# side by side, high addresses on top, a band from each mapping to its registers.
#
# usage: check-map --rows ... | map-svg.pl [--also ROW] [--example-image] >map.svg
# --also ROW: draw a dynamic mapping of that row's registers beside the static one.
# --example-image: say that the image's sizes are made up.
#
# What is mapped, and how, says the kit's own planner (tools/map_rows.c).  Heights
# grow with the logarithm of the size, and each stretch has room for its line of
# text, so no two labels can meet; what is left out is a hatched strip.
use strict;
use warnings;
use Getopt::Long ();

my ($also, $example_image);
Getopt::Long::GetOptions('also=s' => \$also, 'example-image' => \$example_image) && !@ARGV
	or die "usage: check-map --rows ... | map-svg.pl [--also ROW] [--example-image] >map.svg\n";

my $PAGE = 4096;
my (%window, @rows, @pieces, @devices, $board);
read_plan();

my @virtual = virtual_stretches();
my @physical = physical_stretches();

# ---- the plan ----

sub read_plan {
	while (<STDIN>) {
		chomp;
		my ($what, @f) = split /\t/, $_, -1;

		if ($what eq 'board') {
			$board = $f[0];
		} elsif ($what eq 'window') {
			$window{ $f[0] } = [hex $f[1], hex $f[2]];
		} elsif ($what eq 'row') {
			push @rows, { name => $f[0], type => $f[1], va => hex $f[2], pa => hex $f[3], size => hex $f[4], mapped => hex $f[5] };
		} elsif ($what eq 'piece' && $f[1] ne 'identity page') {
			push @pieces, { name => $f[0], what => $f[1], type => $f[2], rights => $f[3], va => hex $f[4], pa => hex $f[5],
				size => hex $f[6], blocks => [map { hex } @f[7 .. 10]] };
		} elsif ($what eq 'device' && $f[4] eq '-') {
			push @devices, { name => $f[0], pa => hex $f[2], size => hex $f[3] };
		}
	}
	defined $board && @rows or die "map-svg.pl: this is no plan of check-map --rows\n";
	die "map-svg.pl: there is no row '$also'\n" if defined $also && !grep { $_->{name} eq $also } @rows;
}

sub min { return $_[0] < $_[1] ? $_[0] : $_[1] }
sub max { return $_[0] > $_[1] ? $_[0] : $_[1] }

sub is_ram { return $_[0]{type} =~ /^RAM/ }

# The image's parts: the data of its window counts as one, with its guard pages.
sub image_parts {
	my (@parts, $data);

	for (@pieces) {
		next unless $_->{name} eq '-';
		if ($_->{what} ne 'data') {
			push @parts, {%$_};
		} elsif (!$data) {
			push @parts, $data = {%$_, blocks => [@{ $_->{blocks} }], guards => 0};
		} else {
			my $blocks = $_->{blocks};

			$data->{guards}++;
			$data->{size} = $_->{va} + $_->{size} - $data->{va};
			$data->{blocks}[$_] += $blocks->[$_] for 0 .. 3;
		}
	}
	return @parts;
}

my %part_words;
BEGIN { %part_words = (text => 'image: text', rodata => 'image: rodata', data => 'image: data, stacks, tables', vectors => 'vectors') }

# ---- stretches: what a column is made of, by rising address ----

# A stretch: first, last, words, fill, kind (used, free, apart); detail, pa, size if used.
sub virtual_stretches {
	my @used;

	for (@pieces) {
		next if $_->{name} eq '-';
		push @used, { first => $_->{va}, size => $_->{size}, pa => $_->{pa}, words => $_->{name},
			fill => is_ram($_) ? ($_->{rights} =~ /w/ ? 'ram' : 'rodata') : fill_of($_->{type}), rights => $_->{rights}, blocks => $_->{blocks} };
		$used[-1]{words} .= ': text and rodata' if is_ram($_) && $_->{rights} !~ /w/;
	}
	for (image_parts()) {
		my $fill = { text => 'text', vectors => 'text', rodata => 'rodata', data => 'ram' }->{ $_->{what} };

		push @used, { first => $_->{va}, size => $_->{size}, pa => $_->{pa}, words => $part_words{ $_->{what} },
			fill => $fill, rights => $_->{rights}, blocks => $_->{blocks}, guards => $_->{guards} };
	}
	push @used, second_view() if defined $also;
	for (@used) {
		$_->{last} = $_->{first} + $_->{size} - 1;
		$_->{kind} = 'used';
	}
	return fill_gaps(\&virtual_gap, [map { @$_ } values %window], sort { $a->{first} <=> $b->{first} } @used);
}

# What ioremap_new() of the row would look like: its mapping and the guard page behind it.
sub second_view {
	my ($row) = grep { $_->{name} eq $also } @rows;
	my $start = $window{vmalloc}[0];
	my ($piece) = grep { $_->{name} eq $also } @pieces;

	return ({ first => $start, size => $row->{size}, pa => $row->{pa}, words => "ioremap_new(): '$also' again", fill => fill_of($row->{type}),
			rights => $piece->{rights}, blocks => $piece->{blocks}, dashed => 1 },
		{ first => $start + $row->{size}, size => $PAGE, words => 'guard page: faults', fill => 'none', dashed => 1 });
}

# Two words for what no row uses at this address: [words, fill].
sub virtual_gap {
	my ($first) = @_;
	my %gaps = (
		user => ['never mapped (page 0: NULL)', 'none'],
		image => ["the rest of the image's window", 'none'],
		linear => ['linear map: no RAM', 'none'],
		vmalloc => ['dynamic window: ioremap()', 'window'],
		fixmap => ['fixmap, kept for later', 'none'],
		vectors => ['nothing else here', 'none'],
	);

	for (keys %gaps) {
		return @{ $gaps{$_} } if $first >= $window{$_}[0] && $first <= $window{$_}[1];
	}
	return ('free for rows', 'free');
}

sub physical_stretches {
	my @image = grep { $_->{what} ne 'vectors' } image_parts();
	my (@owned, %cut);

	for (@rows) {
		my $past = $_->{type} eq 'RAM' ? $_->{pa} + $_->{mapped} : $_->{pa} + $_->{size};
		my $end = $_->{pa} + $_->{size};

		push @owned, { first => $_->{pa}, end => $past, words => $_->{name}, fill => $_->{type} eq 'RAM' ? 'ram' : fill_of($_->{type}), depth => 1 }
			if $past > $_->{pa};
		push @owned, { first => $past, end => $end, words => "$_->{name}: past the linear map", fill => 'beyond', depth => 1 } if $end > $past;
		$owned[-1]{depth} = 2 if $_->{type} eq 'RAM, not mapped';
		$owned[-1]{words} .= ': kept out' if $_->{type} eq 'RAM, not mapped';
	}
	for (@devices) {
		my $first = $_->{pa} & ~($PAGE - 1);
		my $end = ($_->{pa} + $_->{size} + $PAGE - 1) & ~($PAGE - 1);

		push @owned, { first => $first, end => $end, words => $_->{name}, fill => 'device', depth => 0, dynamic => 1 };
	}
	for (@image) {
		my $fill = { text => 'text', rodata => 'rodata', data => 'ram' }->{ $_->{what} };

		push @owned, { first => $_->{pa}, end => $_->{pa} + $_->{size}, words => $part_words{ $_->{what} }, fill => $fill, depth => 3 };
	}
	$cut{$_->{first}} = $cut{$_->{end}} = 1 for @owned;
	$cut{$_->{pa}} = $cut{ $_->{pa} + $_->{size} } = 1 for grep { !is_ram($_) } @rows;
	return fill_gaps(sub { return ('no row', 'free') }, [], pieces_between(\@owned, sort { $a <=> $b } keys %cut));
}

# From cut to cut: who owns it; the innermost gives the colour, rows on the same registers share the words.
sub pieces_between {
	my ($owned, @cuts) = @_;
	my @out;

	for my $i (0 .. $#cuts - 1) {
		my ($first, $end) = @cuts[$i, $i + 1];
		my @here = sort { $b->{depth} <=> $a->{depth} } grep { $_->{first} <= $first && $_->{end} >= $end } @$owned;
		my @same = grep { $_->{depth} == $here[0]{depth} } @here;
		my %seen;

		next unless @here;
		push @out, { first => $first, last => $end - 1, size => $end - $first, kind => 'used', fill => $here[0]{fill},
			words => join(', ', grep { !$seen{$_}++ } map { $_->{words} } @same) . ($here[0]{dynamic} ? ': ioremap()' : ''), dashed => $here[0]{dynamic}, dynamic => $here[0]{dynamic} };
	}
	return @out;
}

# fill_gaps(words, borders, stretches): all 4 GiB, gaps cut at the borders.
sub fill_gaps {
	my ($gap, $borders, @used) = @_;
	my ($at, @out) = (0);
	my $close = sub {
		my ($end) = @_;

		while ($at < $end) {
			my ($next) = sort { $a <=> $b } grep { $_ > $at && $_ < $end } map { ($_, $_ + 1) } grep { $_ & 1 || $_ > $at } @$borders;
			my ($words, $fill) = $gap->($at);

			$next = $end if !defined $next;
			# a border's last byte belongs below the cut
			$next++ if $next & 1 && $next < $end;
			push @out, { first => $at, last => $next - 1, size => $next - $at, kind => $fill eq 'free' ? 'free' : 'apart', words => $words, fill => $fill };
			$at = $next;
		}
	};

	for (@used) {
		$close->($_->{first});
		push @out, $_;
		$at = $_->{last} + 1;
	}
	$close->(1 << 32);
	return @out;
}

sub fill_of {
	my ($type) = @_;

	return { 'device' => 'device', 'strongly-ordered' => 'so', 'normal non-cached' => 'nc', 'normal cached' => 'cached',
		'RAM' => 'ram', 'RAM, not mapped' => 'nomap' }->{$type} // die "map-svg.pl: unknown type '$type'\n";
}

# ---- geometry ----

my ($width, $top, $bottom) = (1120, 84, 106);
my ($virtual_x, $virtual_w, $physical_x, $physical_w) = (196, 300, 688, 250);
# By font size: a letter of the labels takes no more than this.
sub letters { return length($_[0]) * $_[1] * 0.61 }

sub size_words {
	my ($n) = @_;

	for (['GiB', 30], ['MiB', 20], ['KiB', 10]) {
		my ($unit, $shift) = @$_;

		return ($n >> $shift) . " $unit" if $n >= 1 << $shift && !($n & ((1 << $shift) - 1));
		return sprintf("%.1f $unit", $n / (1 << $shift)) =~ s/\.0 / /r if $n >= 10 << $shift;
	}
	return "$n B";
}

sub detail {
	my ($s) = @_;
	my @names = ('16M', '1M', '64K', '4K');
	my @words = size_words($s->{size});

	push @words, join ' ', map { "$s->{blocks}[$_]\x{d7}$names[$_]" } grep { $s->{blocks}[$_] } 0 .. 3 if $s->{blocks};
	push @words, $s->{rights} if $s->{rights};
	push @words, "$s->{guards} guards" if $s->{guards};
	return join ' ', @words;
}

# How high a stretch is drawn, and whether its words need two lines.
sub measure {
	my ($s, $w, $slope) = @_;

	$s->{detail} = detail($s);
	$s->{words} =~ s/.(?:\.\.\.)?$/.../ while letters($s->{words}, 12.5) > $w - 22;
	$s->{two} = $s->{kind} eq 'used' && letters($s->{words}, 12.5) + letters($s->{detail}, 11) > $w - 36;
	if ($s->{kind} eq 'free') {
		$s->{h} = 15;
	} else {
		$s->{h} = int(20 + $slope * log(max(1, $s->{size} / $PAGE)) / log(2) + 0.5);
		$s->{h} = max($s->{h}, 36) if $s->{two};
	}
}

# From the top down, high addresses first; the shorter column's gaps grow.
sub place {
	my ($height, @stretches) = @_;
	my @gaps = grep { $_->{kind} ne 'used' } @stretches;
	my $spare = $height;
	my $y = $top;

	$spare -= $_->{h} for @stretches;
	for my $i (0 .. $#gaps) {
		my $more = int($spare / (@gaps - $i));

		$gaps[$i]{h} += $more;
		$spare -= $more;
	}
	for (reverse @stretches) {
		$_->{y} = $y;
		$y += $_->{h};
	}
}

sub total {
	my $sum = 0;

	$sum += $_->{h} for @_;
	return $sum;
}

# Where an address is in a column: heights grow evenly inside a stretch.
sub height_of {
	my ($address, @stretches) = @_;

	for (@stretches) {
		next if $address < $_->{first} || $address > $_->{last} + 1;
		return $_->{y} + $_->{h} - $_->{h} * ($address - $_->{first}) / $_->{size};
	}
	die sprintf "map-svg.pl: 0x%x is in no stretch\n", $address;
}

# ---- drawing ----

my %fill = (device => '#f6c177', so => '#ee9b7d', nc => '#f3a8c4', cached => '#8fd3d1', ram => '#a9cdee', beyond => '#d3dce6',
	nomap => '#c9b6e4', text => '#9bd19a', rodata => '#d2ebc8', window => '#fdf3df', none => '#f3f3f3', free => 'url(#hatch)');
my @legend = (['device', 'device'], ['so', 'strongly-ordered'], ['nc', 'normal, non-cached'], ['cached', 'normal, cached'], ['ram', 'RAM, read and write'],
	['text', 'code, r-x'], ['rodata', 'read only'], ['nomap', 'RAM kept out'], ['beyond', 'RAM past the linear map'],
	['window', 'dynamic window'], ['none', 'not mapped'], ['free', 'left out: free, or no row']);

sub xml {
	my ($s) = @_;
	my %entity = ('&' => '&amp;', '<' => '&lt;', '>' => '&gt;', '"' => '&quot;', "\x{d7}" => '&#215;');

	$s =~ s/([&<>"\x{d7}])/$entity{$1}/g;
	return $s;
}

sub num {
	my $s = sprintf '%.1f', $_[0];

	$s =~ s/\.0$//;
	return $s;
}

sub text {
	my ($x, $y, $class, $words) = @_;

	printf "<text x=\"%s\" y=\"%s\" class=\"%s\">%s</text>\n", num($x), num($y), $class, xml($words);
}

sub rect {
	my ($x, $y, $w, $h, $fill, $more) = @_;

	printf "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"%s/>\n", num($x), num($y), num($w), num($h), $fill, $more // '';
}

sub band {
	my ($from, $to, $fill, $more) = @_;
	my ($a, $b) = ($virtual_x + $virtual_w, $physical_x);
	my $mid = ($a + $b) / 2;

	printf "<path d=\"M%s %sC%s %s %s %s %s %sV%sC%s %s %s %s %s %sz\" fill=\"%s\" class=\"band\"%s/>\n",
		map({ num($_) } $a, $from->[0], $mid, $from->[0], $mid, $to->[0], $b, $to->[0],
			$to->[1], $mid, $to->[1], $mid, $from->[1], $a, $from->[1]), $fill, $more // '';
}

# The row to follow: its registers, and both mappings of them.
sub is_followed { return defined $also && ($_[0]{words} eq $also || ($_[0]{dashed} && defined $_[0]{pa})) ? 1 : 0 }

sub style {
	my ($s) = @_;

	return (is_followed($s) ? ' style="stroke:#a8201a;stroke-opacity:1;stroke-width:1.8"' : '')
		. ($s->{dashed} ? ' stroke-dasharray="5 3"' : '');
}

sub hex8 { return sprintf '0x%08X', $_[0] }

# Two short strokes on each edge: this is higher in truth.
sub broken {
	my ($x, $w, $s) = @_;
	my $y = $s->{y} + $s->{h} / 2;

	for ($x, $x + $w) {
		printf "<path d=\"M%s %sl8 -4M%s %sl8 -4\" class=\"break\"/>\n", num($_ - 4), num($y + 4), num($_ - 4), num($y);
	}
}

sub stretch {
	my ($s, $x, $w, $address_x, $anchor) = @_;
	my $middle = $s->{y} + $s->{h} / 2;

	rect($x, $s->{y}, $w, $s->{h}, $fill{ $s->{fill} }, style($s));
	if ($s->{kind} eq 'free') {
		my $words = "$s->{words}, $s->{detail}";
		my $room = letters($words, 10.5) + 8;

		rect($x + ($w - $room) / 2, $middle - 6.5, $room, 13, '#fff', ' class="plain"');
		text($x + $w / 2, $middle + 3.5, 'gap', $words);
		return;
	}
	broken($x, $w, $s) if $s->{size} >= 1 << 20;
	if ($s->{kind} eq 'apart') {
		text($x + $w / 2, $middle + 4, 'apart', "$s->{words}, $s->{detail}");
	} elsif ($s->{two}) {
		text($x + 11, $middle - 3, 'name', $s->{words});
		text($x + $w - 11, $middle + 12, 'detail', $s->{detail});
	} else {
		text($x + 11, $middle + 4.5, 'name', $s->{words});
		text($x + $w - 11, $middle + 4.5, 'detail', $s->{detail});
	}
	text($address_x, $middle + 4, "address $anchor", hex8($s->{first}) . '-' . sprintf('%08X', $s->{last}));
}

sub draw_bands {
	my ($window) = grep { $_->{fill} eq 'window' } @virtual;

	for (sort { is_followed($a) <=> is_followed($b) } grep { defined $_->{pa} } @virtual) {
		band([$_->{y}, $_->{y} + $_->{h}], [height_of($_->{pa} + $_->{size}, @physical), height_of($_->{pa}, @physical)],
			$fill{ $_->{fill} }, style($_));
	}
	for (grep { $_->{dynamic} } @physical) {
		my $y = $window->{y} + $window->{h} / 2;

		band([$y - 2, $y + 2], [$_->{y}, $_->{y} + $_->{h}], $fill{device}, ' stroke-dasharray="5 3"');
	}
}

# Which table base register translates which half.
sub draw_halves {
	my $border = height_of($window{user}[1] + 1, @virtual);
	my $end = $top + total(@virtual);

	for (['TTBR1', $top, $border], ['TTBR0', $border, $end]) {
		my ($who, $from, $to) = @$_;
		my $mid = ($from + $to) / 2;

		printf "<path d=\"M34 %sH26V%sH34\" class=\"break\"/>\n", num($from + 2), num($to - 2);
		printf "<text transform=\"translate(19 %s) rotate(-90)\" class=\"half\">%s</text>\n", num($mid), $who;
	}
}

sub draw_legend {
	my ($y) = @_;
	my %used = map { $_->{fill} => 1 } @virtual, @physical;
	my $x = 40;

	for (grep { $used{ $_->[0] } } @legend) {
		my ($fill, $words) = @$_;
		my $step = 26 + letters($words, 11.5) + 14;

		($x, $y) = (40, $y + 22) if $x + $step > $width - 20;
		rect($x, $y, 18, 14, $fill{$fill});
		text($x + 25, $y + 11, 'legend', $words);
		$x += $step;
	}
	text(40, $y + 36, 'legend', 'Bands lead from virtual addresses to what they show. Heights grow with the logarithm of the size; // marks 1 MiB and more.');
	my @notes = ((grep { $_->{dashed} } @virtual, @physical) ? 'Dashed: made at run time.' : (),
		$example_image ? 'The sizes of the image are examples.' : ());
	text(40, $y + 54, 'legend', "@notes") if @notes;
}

measure($_, $virtual_w, @rows > 28 ? 0.7 : 1.7) for @virtual;
measure($_, $physical_w, @rows > 28 ? 0.7 : 1.7) for @physical;
my $column = max(total(@virtual), total(@physical));
place($column, @virtual);
place($column, @physical);
my $end = $top + $column;
my $height = $end + $bottom;
my $title = "$board: virtual and physical addresses";

print <<"HEAD";
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 $width $height" width="$width" height="$height" font-family="DejaVu Sans, Verdana, Arial, sans-serif">
<!-- SPDX-License-Identifier: BSD-2-Clause -->
<!-- drawn by tools/map-svg.pl from the plan of check-map: make BOARD=$board picture -->
<title>@{[xml($title)]}</title>
<style>
rect { stroke: #555; stroke-width: 1 }
.plain { stroke: none }
text { fill: #1d1d1d; font-size: 12.5px }
.title { font-size: 19px; font-weight: bold; text-anchor: middle }
.head { font-size: 13.5px; font-weight: bold; text-anchor: middle }
.detail { font-size: 11px; fill: #333; text-anchor: end }
.gap { font-size: 10.5px; fill: #666; text-anchor: middle }
.apart { font-size: 12px; fill: #444; text-anchor: middle }
.address { font: 11px DejaVu Sans Mono, Menlo, Consolas, monospace }
.end { text-anchor: end }
.half { font-size: 11px; fill: #555; text-anchor: middle }
.legend { font-size: 11.5px; fill: #333 }
.band { fill-opacity: .38; stroke: #555; stroke-opacity: .5; stroke-width: .7 }
.break { fill: none; stroke: #555; stroke-width: 1.1 }
</style>
<defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect width="7" height="7" style="fill:#fff;stroke:none"/><path d="M0 0V7" style="stroke:#ddd;stroke-width:3"/></pattern></defs>
<rect x="0" y="0" width="$width" height="$height" style="fill:#fff;stroke:none"/>
HEAD
text($width / 2, 32, 'title', $title);
text($virtual_x + $virtual_w / 2, 66, 'head', 'virtual: what the program uses');
text($physical_x + $physical_w / 2, 66, 'head', 'physical: what is on the bus');
draw_bands();
stretch($_, $virtual_x, $virtual_w, $virtual_x - 9, 'end') for @virtual;
stretch($_, $physical_x, $physical_w, $physical_x + $physical_w + 9, 'start') for @physical;
draw_halves();
draw_legend($end + 22);
print "</svg>\n";
