# SPDX-License-Identifier: BSD-2-Clause
# tests/mutants/Mutate.pm - one C file in, all its mutants out.
#
# A mutant is one small mistake: a call left out, two swapped, an operator, a
# constant or a bit changed.  They are made from the tokens of the file, so a
# new line of code has its mutants without anybody listing them.
#
#   class        what is changed
#   maintenance  a clean, DSB, ISB, TLB, branch predictor or cache operation, or
#                a call of the helpers that own a sequence: left out, weakened,
#                or swapped with its neighbour
#   attribute    a bit of a descriptor or type: a term left out of an OR, a bit
#                in a #define moved
#   bound        a comparison or a limit: one off, the wrong way round
#   logic        conditions, arithmetic, other constants
#   statement    an assignment, another call, an early return: left out
package Mutate;
use strict;
use warnings;
use Exporter 'import';
our @EXPORT_OK = qw(mutants);

# What the maintenance sequences are made of, and the helpers that hold them.
my %barrier = map { $_ => 1 } qw(dsb isb dmb);
my %unordered = map { $_ => 1 } qw(tlb_invalidate_va tlb_invalidate_all
	branch_predictor_invalidate icache_invalidate_all forget_entries forget_block);
my %maintenance = (%barrier, %unordered, map { $_ => 1 } qw(table_clean clean_entries
	dcache_clean_pou dcache_clean_invalidate_set_way dcache_invalidate_set_way select_cache
	break_l1 make_executable one_level));
# May not be moved past a maintenance operation either.
my %ordered = (%maintenance, map { $_ => 1 } qw(table_write table_zero write_ttbcr write_entries
	make_l1 clear_block));

my %opposite = (
	'<' => '<=', '<=' => '<', '>' => '>=', '>=' => '>', '==' => '!=', '!=' => '==',
	'&&' => '||', '||' => '&&', '+' => '-', '-' => '+', '*' => '/', '/' => '*', '%' => '/',
	'<<' => '>>', '>>' => '<<', '&' => '|', '|' => '&', '^' => '|', '+=' => '-=', '-=' => '+=', '|=' => '=', '&=' => '=', '^=' => '=',
	'<<=' => '>>=', '>>=' => '<<=',
);
# Names of bits in descriptors and in types of mappings.
my $attribute = qr/(?:(?:PMD|PTE|LPTE|SMALL|MT|MEM)_\w+|MAP_(?:WRITE|EXEC|IS_RAM|NOMAP)|rights)$/;
my %compares = map { $_ => 1 } qw(< <= > >= == !=);
my %type_word = map { $_ => 1 } qw(u8 u16 u32 va_t pa_t bool void char int unsigned long short
	const volatile struct union enum static inline extern size_t va_list uintptr_t int32_t
	uint64_t __iomem typedef register);
my %keyword = map { $_ => 1 } qw(return sizeof case if while for switch else do goto);

# mutants($path, $text): a list of { line, func, class, op, from, to, at, len, with }:
# $len bytes at $at become $with; from and to are for people.
sub mutants {
	my ($path, $text) = @_;
	my @t = lex($text);
	my @found;

	mark_scopes(\@t);
	for my $i (0 .. $#t) {
		push @found, operators(\@t, $i);
	}
	push @found, statements(\@t, $text), conditions(\@t, $text), terms(\@t);
	for my $m (@found) {
		# here a DMB would do for most: an accessor's barrier is no maintenance
		$m->{class} = 'logic' if $path =~ m,/io\.[ch]$, && $m->{op} eq 'DMB for DSB';
		$m->{file} = $path;
		$m->{line} = 1 + (substr($text, 0, $m->{at}) =~ tr/\n//);
		$m->{from} = squeeze(line_of($text, $m->{at}, $m->{len}, undef));
		$m->{to} = squeeze(line_of($text, $m->{at}, $m->{len}, $m->{with}));
	}
	my %seen;
	return grep { !$seen{"$_->{at} $_->{len} $_->{with}"}++ }
		sort { $a->{at} <=> $b->{at} || $a->{len} <=> $b->{len} || $a->{with} cmp $b->{with} }
		@found;
}

# The lines that [at, at + len) touches, with or without the change.
sub line_of {
	my ($text, $at, $len, $with) = @_;
	my $begin = rindex($text, "\n", $at - 1) + 1;
	my $end = index($text, "\n", $at + $len);

	$end = length $text if $end < 0;
	my $line = substr $text, $begin, $end - $begin;
	substr($line, $at - $begin, $len) = $with if defined $with;
	return $line;
}

sub squeeze {
	my ($s) = @_;
	$s =~ s,/\*.*?\*/,,gs;
	$s =~ s,/\*.*,,s;
	$s =~ s/\s+/ /g;
	$s =~ s/^ | $//g;
	return $s;
}

# ---- tokens ----

# { type: id num str op, text, at, macro }; comments and other directives are left out.
sub lex {
	my ($text) = @_;
	my (@t, $macro);

	while ($text !~ /\G\z/gc) {
		if ($text =~ /\G[ \t\r]+|\G\\\n/gc) { next }
		if ($text =~ m{\G/\*.*?\*/}gcs) { next }
		if ($text =~ /\G\n/gc) { undef $macro; next }
		if ($text =~ /\G#[ \t]*define[ \t]+(\w+)(\([^)]*\))?/gc) { $macro = $1; next }
		if ($text =~ /\G#(?:[^\n\\]|\\.)*/gcs) { next }
		my $at = pos($text) // 0;
		my $type = $text =~ /\G"(?:[^"\\]|\\.)*"|\G'(?:[^'\\]|\\.)*'/gc ? 'str'
			: $text =~ /\G[A-Za-z_]\w*/gc ? 'id'
			: $text =~ /\G\d\w*/gc ? 'num'
			: $text =~ /\G(?:<<=|>>=|\.\.\.|->|\+\+|--|<<|>>|[<>=!]=|&&|\|\||[-+*\/%&|^]=|.)/gc
			? 'op' : die;
		push @t, { type => $type, text => substr($text, $at, pos($text) - $at), at => $at,
			macro => $macro };
	}
	return @t;
}

# Give each token its function, and say where code and tables of data are.
sub mark_scopes {
	my ($t) = @_;
	my ($depth, $func, $data, $candidate, $paren) = (0, '', 0, '', 0);

	for my $i (0 .. $#$t) {
		my $k = $t->[$i];
		if (defined $k->{macro}) {
			@$k{qw(func code)} = ("#define $k->{macro}", 1);
			next;
		}
		if ($depth == 0 && $paren == 0) {
			$candidate = $k->{text} if $k->{type} eq 'id' && is($t, $i + 1, '(');
			$data = 1 if $k->{text} eq '=';
			if ($k->{text} eq ';') { $data = 0; $candidate = '' }
		}
		$paren++ if $k->{text} eq '(';
		$paren-- if $k->{text} eq ')';
		if ($k->{text} eq '{') {
			$func = $candidate if $depth == 0 && !$data && is($t, $i - 1, ')');
			$depth++;
		}
		$k->{func} = $func || ($data ? data_name($t, $i) : '');
		$k->{code} = $func || $data ? 1 : 0;
		$k->{depth} = $depth;
		if ($k->{text} eq '}') {
			$depth--;
			$func = '' if $depth == 0;
		}
	}
}

my $data_name = '';
sub data_name {
	my ($t, $i) = @_;
	return $data_name if $t->[$i]{text} ne '=';
	my $j = $i - 1;
	$j-- while $j > 0 && $t->[$j]{text} ne '[' && $t->[$j]{type} ne 'id';
	$j-- while $j > 0 && $t->[$j]{type} ne 'id';
	return $data_name = $t->[$j]{text};
}

sub is {
	my ($t, $i, $text) = @_;
	return $i >= 0 && $i <= $#$t && $t->[$i]{text} eq $text;
}

# The token that closes the bracket at $i.
sub closing {
	my ($t, $i) = @_;
	my %close = ('(' => ')', '[' => ']', '{' => '}');
	my ($open, $close, $depth) = ($t->[$i]{text}, $close{ $t->[$i]{text} }, 0);

	for (; $i <= $#$t; $i++) {
		$depth++ if $t->[$i]{text} eq $open;
		$depth-- if $t->[$i]{text} eq $close;
		return $i if !$depth;
	}
	die "unbalanced $open\n";
}

sub replace {
	my ($t, $first, $last, $with, $class, $op) = @_;
	my $end = $t->[$last]{at} + length $t->[$last]{text};

	return { at => $t->[$first]{at}, len => $end - $t->[$first]{at}, with => $with,
		class => $class, op => $op, func => $t->[$first]{func} };
}

# ---- single tokens ----

sub is_binary {
	my ($t, $i) = @_;
	my $p = $t->[$i - 1];

	return 0 if $i == 0 || $p->{type} eq 'str' || $type_word{ $p->{text} } || $keyword{ $p->{text} };
	return 0 if $i > 1 && $type_word{ $t->[$i - 2]{text} } && $t->[$i]{text} eq '*';
	return $p->{type} eq 'id' || $p->{type} eq 'num' || $p->{text} =~ /^[)\]]$/;
}

sub in_assert {
	my ($t, $i) = @_;
	return !$t->[$i]{code};
}

sub operators {
	my ($t, $i) = @_;
	my $k = $t->[$i];

	return () if in_assert($t, $i);
	return number($t, $i) if $k->{type} eq 'num';
	return replace($t, $i, $i, $k->{text} eq 'true' ? 'false' : 'true', 'logic', 'truth')
		if $k->{text} eq 'true' || $k->{text} eq 'false';
	return () if $k->{type} ne 'op';
	if ($k->{text} =~ /^[!~]$/) {
		return replace($t, $i, $i, '', 'logic', "drop $k->{text}");
	}
	return () if $k->{text} =~ /^[-+*&]$/ && !is_binary($t, $i);
	return limits($t, $i) if $compares{ $k->{text} };
	return () if !$opposite{ $k->{text} };
	my $class = $k->{text} eq '|' && shapes_attributes($t, $i) ? 'attribute' : 'logic';
	return replace($t, $i, $i, $opposite{ $k->{text} }, $class, "$k->{text} to $opposite{$k->{text}}");
}

sub limits {
	my ($t, $i) = @_;
	my $k = $t->[$i];
	my @m = replace($t, $i, $i, $opposite{ $k->{text} }, 'bound', "$k->{text} to $opposite{$k->{text}}");
	my $limit = $t->[$i + 1];
	my $by = $k->{text} =~ /^(?:<|>=)$/ ? '- 1' : '+ 1';

	return @m if $k->{text} =~ /[!=]=/ && $k->{text} !~ /[<>]/;
	push @m, replace($t, $i + 1, $i + 1, "($limit->{text} $by)", 'bound', "limit $by")
		if $limit->{type} eq 'id' && $t->[$i + 2]{text} =~ /^(?:\)|;|&&|\|\||\?)$/;
	return @m;
}

sub number {
	my ($t, $i) = @_;
	my $text = $t->[$i]{text};
	my ($value) = $text =~ /^(0x[0-9a-fA-F]+|\d+)[uUlL]*$/ or return ();
	my $n = $value =~ /^0x/ ? hex $value : $value;
	my $class = ($t->[$i]{macro} // '') =~ /^$attribute/ ? 'attribute' : $compares{ $t->[$i - 1]{text} } ? 'bound' : 'logic';
	my @to = $n && $class eq 'attribute' ? ($n + 1, $n - 1) : ($n + 1);

	if ($value =~ /^0x/ && $n) { # a mask: one less at either end
		my @set = grep { $n >> $_ & 1 } 0 .. 31;
		@to = map { $n & ~(1 << $_) } $set[0] == $set[-1] ? $set[0] : @set[0, -1];
	}
	return map { replace($t, $i, $i, $value =~ /^0x/ ? sprintf('0x%xu', $_) : "${_}u", $class,
		"$text to $_") } grep { $_ <= 0xffffffff } @to;
}

# Is this | between bits of descriptors or types?
sub shapes_attributes {
	my ($t, $i) = @_;
	return grep { $t->[$_]{text} =~ /^$attribute/ }
		grep { $_ >= 0 && $_ <= $#$t } $i - 1, $i + 1;
}

# ---- a term left out of an OR of attributes ----

sub terms {
	my ($t) = @_;
	my @m;

	for my $i (1 .. $#$t - 1) {
		my $k = $t->[$i];
		next if !$k->{code} || $k->{type} ne 'id' || $k->{text} !~ /^$attribute/;
		if (is_whole_macro($t, $i)) {
			push @m, replace($t, $i, $i, '0', 'attribute', "$k->{text} to 0");
		} elsif (is($t, $i - 1, '|')) {
			push @m, replace($t, $i - 1, $i, '', 'attribute', "without $k->{text}");
		} elsif (is($t, $i + 1, '|')) {
			push @m, replace($t, $i, $i + 1, '', 'attribute', "without $k->{text}");
		}
	}
	return @m;
}

# #define NAME ATTRIBUTE: the attribute alone, by another name.
sub is_whole_macro {
	my ($t, $i) = @_;
	my $name = $t->[$i]{macro};

	return defined $name && ($t->[$i - 1]{macro} // '') ne $name &&
		($t->[$i + 1]{macro} // '') ne $name;
}

# ---- conditions ----

sub conditions {
	my ($t, $text) = @_;
	my @m;

	for my $i (0 .. $#$t) {
		my $k = $t->[$i];
		next if !$k->{code};
		if ($k->{text} eq '?') {
			push @m, replace($t, $i, $i, '&& 0 ?', 'logic', 'never'),
				replace($t, $i, $i, '|| 1 ?', 'logic', 'always');
			next;
		}
		next if $k->{text} !~ /^(?:if|while)$/ || !is($t, $i + 1, '(');
		my $end = closing($t, $i + 1);
		next if is_single($t, $i + 2, $end - 1); # another operator does the same
		my $inner = substr $text, $t->[$i + 1]{at}, $t->[$end]{at} + 1 - $t->[$i + 1]{at};
		push @m, replace($t, $i + 1, $end, "(!$inner)", 'logic', 'negated');
	}
	return @m;
}

# One == or !=, or one !: turned round by itself.
sub is_single {
	my ($t, $first, $last) = @_;
	my @ops = map { $_->{text} } @$t[$first .. $last];

	return 0 if grep { /^(?:&&|\|\||\?|[<>]=?)$/ } @ops;
	return grep({ /^[!=]=$/ } @ops) == 1 || $ops[0] eq '!' && !grep { /^[!=]=$/ } @ops;
}

# ---- statements ----

# Expression statements, and returns, breaks and continues that something else follows.
sub statements {
	my ($t, $text) = @_;
	my (@m, @all);

	for (my $i = 0; $i < $#$t; $i++) {
		next if !$t->[$i]{func} || defined $t->[$i]{macro} || !starts_statement($t, $i);
		my $s = statement_at($t, $i) or next;
		push @all, $s;
	}
	for my $n (0 .. $#all) {
		my $s = $all[$n];
		my $src = substr $text, $t->[$s->{first}]{at}, $t->[$s->{last}]{at} + 1 - $t->[$s->{first}]{at};
		push @m, replace($t, $s->{first}, $s->{last}, ';',
			$maintenance{ $s->{call} } ? 'maintenance' : 'statement', 'left out')
			if !$s->{final};
		push @m, weaker($t, $s);
		my $next = $all[$n + 1];
		next if !$next || $next->{first} != $s->{last} + 1 || !may_swap($s, $next);
		my $gap_at = $t->[$s->{last}]{at} + 1;
		my $gap = substr $text, $gap_at, $t->[$next->{first}]{at} - $gap_at;
		my $second = substr $text, $t->[$next->{first}]{at},
			$t->[$next->{last}]{at} + 1 - $t->[$next->{first}]{at};
		push @m, replace($t, $s->{first}, $next->{last}, "$second$gap$src", 'maintenance',
			"$s->{call}() and $next->{call}() swapped");
	}
	return @m;
}

sub may_swap {
	my ($a, $b) = @_;
	return 0 if grep { $_->{call} eq 'select_cache' } $a, $b;
	return 0 if !$ordered{ $a->{call} } || !$ordered{ $b->{call} } || $a->{call} eq $b->{call};
	return 0 if $unordered{ $a->{call} } && $unordered{ $b->{call} };
	return $maintenance{ $a->{call} } || $maintenance{ $b->{call} };
}

# The same operation for another address, or a barrier that waits for less.
sub weaker {
	my ($t, $s) = @_;
	my $open = $s->{first} + 1;

	return () if !$maintenance{ $s->{call} } || !is($t, $open, '(');
	return replace($t, $s->{first}, $s->{first}, 'dmb', 'maintenance', 'DMB for DSB')
		if $s->{call} eq 'dsb';
	return replace($t, $s->{first}, $s->{first}, 'dsb', 'maintenance', 'DSB for ISB')
		if $s->{call} eq 'isb';
	my $by = $s->{call} eq 'tlb_invalidate_va' ? '^ (SZ_1M | SZ_4K)'
		: $s->{call} =~ /^(?:table_clean|dcache_clean_pou)$/ ? '+ 64u' : return ();
	my $close = closing($t, $open);
	return replace($t, $close, $close, " $by)", 'maintenance', 'for the neighbour');
}

sub starts_statement {
	my ($t, $i) = @_;
	my $p = $t->[$i - 1];

	return 0 if $i == 0 || !$p->{func} || in_parens($t, $i);
	return 1 if $p->{text} =~ /^[;{}]$/ || $p->{text} eq 'else' || $p->{text} eq 'do';
	return 1 if $p->{text} eq ':' && !ternary($t, $i - 1);
	return $p->{text} eq ')' && closes_control($t, $i - 1);
}

sub in_parens {
	my ($t, $i) = @_;
	my $depth = 0;

	while (--$i >= 0 && $t->[$i]{func}) {
		return 1 if $t->[$i]{text} eq '(' && !$depth--;
		$depth++ if $t->[$i]{text} eq ')';
		return 0 if !$depth && $t->[$i]{text} eq '{';
	}
	return 0;
}

sub ternary {
	my ($t, $i) = @_;
	while (--$i >= 0) {
		return 1 if $t->[$i]{text} eq '?';
		return 0 if $t->[$i]{text} =~ /^(?:[;{}]|case|default)$/;
	}
	return 0;
}

sub closes_control {
	my ($t, $i) = @_;
	my $depth = 0;

	for (; $i >= 0; $i--) {
		$depth++ if $t->[$i]{text} eq ')';
		$depth-- if $t->[$i]{text} eq '(';
		return $i > 0 && $t->[$i - 1]{text} =~ /^(?:if|for|while|switch)$/ if !$depth;
	}
	return 0;
}

sub statement_at {
	my ($t, $i) = @_;
	my $k = $t->[$i];
	my $end = $i;

	return undef if $k->{text} =~ /^(?:if|for|while|switch|do|else|case|default|goto|[;{}])$/;
	return undef if $type_word{ $k->{text} } || $k->{text} eq '_Static_assert';
	return undef if $k->{type} eq 'id' && $t->[$i + 1]{type} eq 'id' && $k->{text} ne 'return';
	$end = $t->[$end]{text} =~ /^[([{]$/ ? closing($t, $end) + 1 : $end + 1
		while $end <= $#$t && $t->[$end]{text} ne ';';
	my $jumps = $k->{text} =~ /^(?:return|break|continue)$/;
	# void f(...) { ...; return; } aside, a function's last word stays
	my $final = $jumps && is($t, $end + 1, '}') && $t->[$end + 1]{depth} == 1 ||
		$k->{text} eq '__builtin_unreachable';
	return { first => $i, last => $end, final => $final,
		call => !$jumps && is($t, $i + 1, '(') ? $k->{text} : '' };
}

1;
