#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tools/mksymbols.pl - the image's own symbol table, as assembly.
#
# In: `nm -n` of a linked image (nothing: an empty table).  Out: the functions
# as offsets from the image's first byte, sorted, each with the offset of its
# name, for boot/symbols.c to search.  Only text is listed, so the table's own
# size changes no line of it.
use strict;
use warnings;

my ($first, $end, @functions);

while (<STDIN>) {
	my ($addr, $type, $name) = /^([0-9a-f]{8}) (\S) (\S+)$/ or next;

	$addr = hex $addr;
	$first = $addr if $name eq '__image_start';
	$end = $addr if $name eq '__text_end';
	push @functions, [$addr, $name] if $type =~ /^[tTwW]$/ && $name !~ /^__(image|text|vectors)_/;
}
@functions = grep { defined $first && $_->[0] >= $first && $_->[0] < $end } @functions;

print <<'HEAD';
	.section .symbols, "a", %progbits
	.balign 4
	.global __symbols_count, __symbols_table, __symbols_names
	.hidden __symbols_count, __symbols_table, __symbols_names
HEAD

# Several names of one address: the first in the alphabet speaks for it.
my ($last, @names) = (-1);
my $at = 0;
my $rows = '';
my $count = 0;

for (sort { $a->[0] <=> $b->[0] || $a->[1] cmp $b->[1] } @functions) {
	my ($addr, $name) = @$_;

	next if $addr == $last;
	$last = $addr;
	$rows .= sprintf "\t.word 0x%x, %d\n", $addr - $first, $at;
	push @names, $name;
	$at += length($name) + 1;
	$count++;
}
print "__symbols_count:\n\t.word $count\n";
print "__symbols_table:\n", $rows;
print "__symbols_names:\n", map { "\t.asciz \"$_\"\n" } @names;
print "\t.balign 4\n";
