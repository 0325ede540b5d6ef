# SPDX-License-Identifier: BSD-2-Clause
# tools/Plan.pm - a board folder while it is being decided: RAM, register windows,
# device rows, and what is left to a person.
#
# Rows are text as it will stand in board.c.  A row with {off} is written as a
# comment, and {off} is the reason.
package Plan;

use strict;
use warnings;

use constant { PAGE => 0x1000, NAME_MAX => 15 };

sub new {
	my ($class, %given) = @_;

	return bless { %given, ram => [], nomap => [], windows => [], devs => [], decided => [], todo => [],
		left => [], names => {}, at => {}, mk => [] }, $class;
}

sub decided { my ($p, $what, $text) = @_; push @{$p->{decided}}, [$what, $text] }
sub todo { my ($p, $text) = @_; push @{$p->{todo}}, $text }

# todo_for($class, $name, $why): the rows of a class with one reason are one line
sub todo_for {
	my ($p, $class, $name, $why) = @_;
	my $at = $p->{todo_at}{"$class $why"};

	return $p->{todo}[$at] =~ s/: \Q$why\E\.$/, $name: $why./ if defined $at;
	$p->{todo_at}{"$class $why"} = @{$p->{todo}};
	$p->todo("$class $name: $why.");
}

# leave($text): said below the tables; there is no row that could move up
sub leave { my ($p, $text) = @_; push @{$p->{left}}, $text }

# ---- words and numbers as C wants them ----

sub hex8 { return sprintf '0x%08X', $_[0] }

my @SIZES = (['SZ_1G', 1 << 30], ['SZ_16M', 1 << 24], ['SZ_1M', 1 << 20], ['SZ_64K', 1 << 16], ['SZ_4K', 1 << 12]);

# size(n): SZ_4K, 2 * SZ_4K, or the plain number
sub size {
	my ($n) = @_;

	my %named = (0x4000 => 'SZ_16K', 1 << 27 => 'SZ_128M', 1 << 28 => 'SZ_256M', 1 << 29 => 'SZ_512M');

	return $named{$n} if $named{$n};
	for (@SIZES) {
		return $_->[0] if $n == $_->[1];
	}
	for (@SIZES) {
		next if $n % $_->[1];
		return $n / $_->[1] <= 4096 ? $n / $_->[1] . " * $_->[0]" : sprintf '0x%X', $n;
	}
	return $n < 10 ? $n : sprintf '0x%X', $n;
}

# human(n): 512 MiB
sub human {
	my ($n) = @_;

	return $n % (1 << 20) ? $n % 1024 ? "$n B" : ($n >> 10) . ' KiB' : ($n >> 20) . ' MiB';
}

# name($text): at most 15 characters of a-z, 0-9 and -, that no other row has
sub name {
	my ($p, $text) = @_;
	my $base = lc($text) =~ s/[^a-z0-9]+/-/gr =~ s/^-+|-+$//gr;
	$base = 'row' if $base eq '';
	my $name = substr($base, 0, NAME_MAX) =~ s/-+$//r;

	for (my $i = 2; $p->{names}{$name}++; $i++) {
		$name = substr($base, 0, NAME_MAX - 1 - length $i) =~ s/-+$//r . "-$i";
	}
	return $name;
}

# ---- rows ----

# window($name, $base, $size, $off): the pages of these registers want a row
sub window {
	my ($p, $name, $base, $size, $off) = @_;
	my $from = $base & ~(PAGE - 1);
	my $to = ($base + $size + PAGE - 1) & ~(PAGE - 1);

	push @{$p->{windows}}, { name => $name, base => $from, size => $to - $from, off => $off };
}

# row($class, $text, %more): a row of board_devices; off => why it is a comment,
# note => a comment above it
sub row {
	my ($p, $class, $text, %more) = @_;

	push @{$p->{devs}}, { class => $class, text => $text, %more };
}

# device($class, $name, $driver, $window, $fields, %more): registers of an IP block,
# with their window
sub device {
	my ($p, $class, $name, $driver, $w, $fields, %more) = @_;
	my ($base, $size) = $w ? ($w->{base}, $w->{size}) : (0, 0);

	if ($size && !$more{off}) {
		$p->todo("$class $name: " . $p->taken($w) . '.') if $p->taken($w);
		$p->{at}{$base} //= $name;
	}
	$p->row($class, sprintf('DEV(DEV_%s, "%s", "%s", %s, %s%s),', $class, $name, $driver,
		$base ? hex8($base) : 0, $size ? size($size) : 0, join '', map { ", $_" } @$fields), %more);
	$p->window($more{window_name} // $name, $base, $size, $more{off}) if $size;
}

# on($class, $name, $parent, $line, $low, %more): a LED, key or buzzer
sub on {
	my ($p, $class, $name, $parent, $line, $low, %more) = @_;

	$p->row($class, sprintf('%s("%s", "%s", %s, GPIO_ACTIVE_%s),', $class, $name, $parent, $line,
		$low ? 'LOW' : 'HIGH'), %more);
}

# taken($w): what to say where another live row has these registers
sub taken {
	my ($p, $w) = @_;
	my $other = $p->{at}{$w->{base}} // return;

	return 'the tree gives it the registers of "' . $other . '" (' . hex8($w->{base}) . '); one of the two is wrong';
}

sub count { my ($p, $class) = @_; return scalar grep { $_->{class} eq $class && !$_->{off} } @{$p->{devs}} }

1;
