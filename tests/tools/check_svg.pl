#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/tools/check_svg.pl - is a picture well-formed XML, with a background of
# its own, and do its labels keep apart and inside?
#
# usage: check_svg.pl FILE.svg
# Prints what is wrong; exit status 1 if anything is.
use strict;
use warnings;

my ($path) = @ARGV;
open my $f, '<', $path or die "check_svg.pl: $path: $!\n";
my $svg = do { local $/; <$f> };
my @wrong;
my (%size, @labels);

well_formed();
labels();
apart();
background();
print "$path: $_\n" for @wrong;
exit(@wrong ? 1 : 0);

sub wrong { push @wrong, @_ }

# Tags nest, attributes are quoted and not repeated, no stray < or &, one root.
sub well_formed {
	my ($text, $roots, @open) = ($svg, 0);

	$text =~ s/<!--(?:(?!--).)*-->//gs;
	while ($text =~ /\G([^<]*)(<([^>]*)>)?/gc) {
		my ($words, $tag) = ($1, $3);

		wrong("text outside the root: $words") if !@open && $words =~ /\S/;
		wrong("a & that begins no entity: $words") if $words =~ /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)/;
		last unless defined $tag;
		if ($tag =~ m{^/(\w+)\s*$}) {
			my $was = pop @open // 'nothing';

			wrong("</$1> closes <$was>") if $was ne $1;
			next;
		}
		if ($tag !~ m{^(\w+)((?:\s+[\w:-]+="[^"<&]*(?:&[#\w]+;[^"<&]*)*")*)\s*(/?)$}) {
			wrong("no tag: <$tag>");
			next;
		}
		my ($name, $attributes, $closed, %seen) = ($1, $2, $3);
		wrong("<$name> has $1 twice") while $attributes =~ /([\w:-]+)="/g && $seen{$1}++;
		$roots++ unless @open;
		push @open, $name unless $closed;
	}
	wrong("a < without its >") if (pos($text) // 0) < length $text;
	wrong("<$_> is not closed") for @open;
	wrong("$roots roots") if $roots != 1;
}

# Each label's box, by the font size of its class and letters as wide as they get.
sub labels {
	my ($width, $height) = $svg =~ /viewBox="0 0 (\d+) (\d+)"/ or return wrong('no viewBox');

	$size{$1} = $2 while $svg =~ /^\.(\w+) \{ font(?:-size)?: ([\d.]+)px/mg;
	while ($svg =~ m{<text x="([\d.]+)" y="([\d.]+)" class="([\w ]+)">([^<]*)</text>}g) {
		my ($x, $y, $class, $words) = ($1, $2, $3, $4);
		my ($font) = map { $size{$_} // () } split / /, $class;

		$font //= 12.5;
		$words =~ s/&#?\w+;/x/g;
		my $w = length($words) * $font * 0.6;
		my $middle = $class =~ /title|head|gap|apart|half/;
		my $left = $class =~ /\bend\b|detail/ ? $x - $w : $middle ? $x - $w / 2 : $x;
		push @labels, [$left, $y - 0.75 * $font, $left + $w, $y + 0.22 * $font, $words];
		wrong("'$words' leaves the picture") if $left < 0 || $left + $w > $width || $y > $height || $y < $font;
	}
	wrong('no labels') unless @labels;
}

sub apart {
	for my $i (0 .. $#labels) {
		for my $j (0 .. $i - 1) {
			my ($p, $q) = @labels[$i, $j];

			wrong("'$p->[4]' and '$q->[4]' overlap")
				if $p->[0] < $q->[2] && $q->[0] < $p->[2] && $p->[1] < $q->[3] && $q->[1] < $p->[3];
		}
	}
}

# Pages are light or dark: the first shape covers all in one colour.
sub background {
	my ($w, $h) = $svg =~ /viewBox="0 0 (\d+) (\d+)"/ or return;

	wrong('no background of its own')
		unless $svg =~ /<rect x="0" y="0" width="$w" height="$h" style="fill:#fff;stroke:none"\/>/;
}
