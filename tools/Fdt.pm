# SPDX-License-Identifier: BSD-2-Clause
# tools/Fdt.pm - a flattened device tree in memory: nodes, properties, phandles,
# aliases.
#
# The binary form is read (Devicetree Specification 0.4, chapter 5), because in it
# every property is plain bytes; dtc makes it from whatever there was.  A node is
# { name, path, parent, kids => [], prop => { name => bytes } }.
package Fdt;

use strict;
use warnings;

use constant { MAGIC => 0xd00dfeed, BEGIN_NODE => 1, END_NODE => 2, PROP => 3, NOP => 4, FINISH => 9 };

# read($bytes): the tree, or undef and why not.
sub read {
	my ($class, $bytes) = @_;

	return (undef, 'it is empty') unless length $bytes;
	return (undef, 'it does not begin with a device tree blob\'s magic number')
		if length $bytes < 40 || unpack('N', $bytes) != MAGIC;
	my ($total, $struct, $strings, $reserved) = unpack 'x4 N4', $bytes;
	return (undef, 'it is cut short: its header promises ' . $total . ' bytes, there are ' . length $bytes)
		if $total > length $bytes;
	my $t = bless { path => {}, phandle => {}, memreserve => [] }, $class;

	for (my $at = $reserved; $at + 16 <= $total; $at += 16) {
		my ($base, $size) = unpack 'Q>2', substr $bytes, $at, 16;
		last unless $base || $size;
		push @{$t->{memreserve}}, { base => $base, size => $size };
	}
	my $why = $t->parse($bytes, $struct, $strings);
	return $why ? (undef, $why) : $t;
}

sub string_at { return unpack 'Z*', substr $_[0], $_[1], 4096 }

sub parse {
	my ($t, $bytes, $at, $strings) = @_;
	my $node;

	while ($at + 4 <= length $bytes) {
		my $token = unpack 'N', substr $bytes, $at, 4;
		$at += 4;
		if ($token == BEGIN_NODE) {
			my $name = string_at($bytes, $at);
			$at += (length($name) + 4) & ~3;
			$node = $t->enter($node, $name);
		} elsif ($token == PROP) {
			my ($length, $name) = unpack 'N2', substr $bytes, $at, 8;
			return 'a property stands outside every node' unless $node;
			$node->{prop}{string_at($bytes, $strings + $name)} = substr $bytes, $at + 8, $length;
			$at += 8 + (($length + 3) & ~3);
		} elsif ($token == END_NODE) {
			return 'a node ends that never began' unless $node;
			my $phandle = value($node, 'phandle') // value($node, 'linux,phandle');
			$t->{phandle}{$phandle} = $node if defined $phandle;
			$node = $node->{parent};
		} elsif ($token == FINISH) {
			return $t->{root} && !$node ? '' : 'it ends inside a node';
		} elsif ($token != NOP) {
			return sprintf 'it is damaged: token 0x%x', $token;
		}
	}
	return 'it ends inside a node';
}

sub enter {
	my ($t, $parent, $name) = @_;
	my $path = !$parent ? '/' : $parent->{path} eq '/' ? "/$name" : "$parent->{path}/$name";
	my $node = { name => $name, path => $path, parent => $parent, kids => [], prop => {} };

	push @{$parent->{kids}}, $node if $parent;
	$t->{root} //= $node;
	$t->{path}{$path} = $node;
	return $node;
}

# ---- one node ----

# The property as 32-bit numbers, as its first one, as strings.
sub cells { return unpack 'N*', $_[0]{prop}{$_[1]} // '' }
sub value { return (cells(@_))[0] }
sub strings { return split /\0/, $_[0]{prop}{$_[1]} // '' }
sub has { return exists $_[0]{prop}{$_[1]} }
sub compatible { return strings($_[0], 'compatible') }

# compatible_with($node, $pattern): the first of its strings that the pattern matches
sub compatible_with {
	my ($node, $pattern) = @_;
	my ($found) = grep { $_ =~ $pattern } compatible($node);

	return $found;
}

# base($node): its name without the unit address
sub base { return $_[0]{name} =~ s/\@.*//r }

# okay($node): neither it nor what it hangs on is disabled.  Why not, if it is.
sub okay {
	my ($node) = @_;

	for (; $node; $node = $node->{parent}) {
		my $status = (strings($node, 'status'))[0] // 'okay';
		return 0 unless $status eq 'okay' || $status eq 'ok';
	}
	return 1;
}

# ---- the tree ----

# nodes(): all of them, parents first, as in the file
sub nodes {
	my ($t, $from) = @_;
	my @found = ($from // $t->{root});

	for (my $i = 0; $i < @found; $i++) {
		splice @found, $i + 1, 0, @{$found[$i]{kids}};
	}
	return @found;
}

sub by_phandle { return $_[0]{phandle}{$_[1] // 0} }

# find($text): a path, an alias, or an alias and a path below it.  A path may leave
# unit addresses out where that leaves no doubt.
sub find {
	my ($t, $text) = @_;
	my ($first, @rest) = split m{/}, $text;

	if ($first ne '') {
		my $alias = $t->{path}{'/aliases'} && $t->{path}{'/aliases'}{prop}{$first};
		return undef unless defined $alias;
		$text = join '/', $alias =~ s/\0.*//sr, @rest;
	}
	return $t->{path}{$text} if $t->{path}{$text};
	my $node = $t->{root};
	for my $name (grep { length } split m{/}, $text) {
		my @kids = grep { $_->{name} eq $name || base($_) eq $name } @{$node->{kids}};
		return undef if @kids != 1;
		$node = $kids[0];
	}
	return $node;
}

# aliases($pattern): [alias, node] by number
sub aliases {
	my ($t, $pattern) = @_;
	my $node = $t->{path}{'/aliases'} or return;

	return map { my $n = $t->find($_); $n ? [$_, $n] : () }
		sort { ($a =~ /(\d+)$/)[0] <=> ($b =~ /(\d+)$/)[0] } grep { /^$pattern\d+$/ } keys %{$node->{prop}};
}

# alias_of($node, $pattern): the name /aliases gives it
sub alias_of {
	my ($t, $node, $pattern) = @_;
	my ($found) = grep { $_->[1] == $node } $t->aliases($pattern);

	return $found ? $found->[0] : undef;
}

# references($node, $property, $cells_name): the list of { node, args } that a
# property like clocks or gpios holds; node is undef for an empty place.
sub references {
	my ($t, $node, $property, $cells_name) = @_;
	my @cells = cells($node, $property);
	my @found;

	while (@cells) {
		my $target = $t->by_phandle(shift @cells);
		push(@found, { node => undef, args => [] }), next unless $target;
		my $n = value($target, $cells_name) // 0;
		last if $n > @cells;
		push @found, { node => $target, args => [splice @cells, 0, $n] };
	}
	return @found;
}

1;
