# SPDX-License-Identifier: BSD-2-Clause
# tools/BoardFolder.pm - from a plan to the files of a board: virtual addresses for
# the windows, and the text of board.c, board.mk and README.md.
package BoardFolder;

use strict;
use warnings;
use Blocks;
use Plan;

use constant { VA_FIRST => 0xF8000000, VA_LAST => 0xFFBFFFFF, MIB => 1 << 20, BIGGEST => 32 << 20, COLUMNS => 100 };

# ---- windows ----

# Windows of one kind that share a page or touch become one.
sub merged {
	my @out;

	for my $w (sort { $a->{base} <=> $b->{base} } @_) {
		my $last = $out[-1];
		if ($last && $w->{base} <= $last->{base} + $last->{size}) {
			my $end = $w->{base} + $w->{size};
			$last->{size} = $end - $last->{base} if $end > $last->{base} + $last->{size};
			$last->{name} = joined($last->{name}, $w->{name});
		} else {
			push @out, { %$w };
		}
	}
	return @out;
}

# One name for two: gic-dist and gic-cpu are gic, uart and gpio0 are uart-gpio0.
sub joined {
	my ($a, $b) = @_;
	my ($block) = $a =~ /^(\S+)-(?:dist|cpu)$/;

	return $a if $a eq $b || index($a, $b) >= 0;
	return $block if defined $block && $b =~ /^\Q$block\E-(dist|cpu)$/;
	return length "$a-$b" <= Plan::NAME_MAX ? "$a-$b" : $a;
}

sub overlap { my ($a, $b) = @_; return $a->{base} < $b->{base} + $b->{size} && $b->{base} < $a->{base} + $a->{size} }

# place($p): merged windows with virtual addresses.  Each MiB of physical addresses
# gets a MiB of virtual ones, so that offsets below a MiB read the same in both and
# large descriptors fit wherever the window is large.
sub place {
	my ($p) = @_;
	my @live = merged(grep { !$_->{off} } @{$p->{windows}});
	my @spare = grep { my $w = $_; !grep { overlap($w, $_) } @live, @{$p->{ram}} }
		merged(grep { $_->{off} && $_->{size} <= BIGGEST } @{$p->{windows}});
	my ($next, %at) = (VA_FIRST);

	for my $w (@live, @spare) {
		my ($first, $last) = ($w->{base} >> 20, ($w->{base} + $w->{size} - 1) >> 20);
		if ($first != $last || !defined $at{$first}) {
			my $align = $w->{size} >= 16 * MIB && !($w->{base} % (16 * MIB)) ? 16 * MIB : MIB;
			$next = ($next + $align - 1) & ~($align - 1);
			$at{$_} = $next + (($_ - $first) << 20) for $first .. $last;
			$next += ($last - $first + 1) << 20;
		}
		$w->{va} = $at{$first} + ($w->{base} & (MIB - 1));
	}
	my @fits = grep { $_->{va} + $_->{size} - 1 <= VA_LAST } @spare;
	return (\@live, \@fits);
}

# Registers inside a RAM bank end it: nothing is known of what is behind them, nor
# where their block begins; blocks begin at 16 MiB boundaries as a rule.
sub cut_ram {
	my ($p) = @_;

	for my $ram (@{$p->{ram}}) {
		for my $w (sort { $a->{base} <=> $b->{base} } grep { !$_->{off} } @{$p->{windows}}) {
			next unless overlap($ram, $w);
			my $end = $w->{base} & ~(16 * MIB - 1);
			$ram->{size} = $end - $ram->{base};
			$p->decided('RAM', sprintf '%s ends at 0x%08X: the registers "%s" are behind that', $ram->{name}, $end, $w->{name});
			last;
		}
	}
	@{$p->{ram}} = grep { $_->{size} > 0 } @{$p->{ram}};
}

# ---- lines of C ----

# Words that fit into lines.
sub wrapped {
	my ($width, $text) = @_;
	my @lines = ('');

	for my $word (split ' ', $text) {
		push @lines, '' if length($lines[-1]) + length($word) + 1 > $width && $lines[-1] ne '';
		$lines[-1] .= ($lines[-1] eq '' ? '' : ' ') . $word;
	}
	return @lines;
}

# A row in its lines: broken at a comma, continued four columns further.
sub broken {
	my ($width, $indent, $text) = @_;
	my ($line, @lines) = ('');

	for my $part (split /(?<=,) /, $text) {
		if ($line ne '' && length($line) + 1 + length($part) > $width) {
			push @lines, $line;
			$line = $indent . $part;
		} else {
			$line .= ($line eq '' ? '' : ' ') . $part;
		}
	}
	return (@lines, $line);
}

# No text from a tree may end the comment it stands in.
sub harmless { return printable($_[0]) =~ s{\*/}{* /}gr =~ s{/\*}{/ *}gr }

# One line of text: UTF-8 stays as it is, other bytes above ASCII are question marks.
sub printable {
	my ($text) = @_;
	my $copy = $text;

	$text =~ s/[\x00-\x1f\x7f]+/ /g;
	$text =~ s/[\x80-\xff]/?/g unless utf8::decode($copy);
	return $text;
}

sub comment {
	my @lines = map { "\t * $_\n" } map { wrapped(COLUMNS - 11, harmless($_)) } @_;

	return @lines == 1 ? $lines[0] =~ s{^\t \* (.*)\n}{\t/* $1 */\n}r : join '', "\t/*\n", @lines, "\t */\n";
}

# Rows that are out, and why: lines of a comment.
sub rows_out {
	my ($why, @rows) = @_;

	return join '', (map { " * $_\n" } wrapped(COLUMNS - 4, harmless(@rows ? "$why:" : $why))),
		map { " *   $_\n" } map { broken(COLUMNS - 6, '    ', harmless($_)) } @rows;
}

sub map_row {
	my ($w) = @_;

	return sprintf 'MAP_DEVICE("%s", %s, %s, %s),', $w->{name}, Plan::hex8($w->{va}), Plan::hex8($w->{base}), Plan::size($w->{size});
}

sub map_table {
	my ($p) = @_;
	my ($live, $spare) = place($p);
	my $text = ($p->{ram_note} ? comment("RAM: $p->{ram_note}") =~ s/^\t//gmr . "\n" : '')
		. "/* name, virtual, physical, size: the map table */\nconst struct map_desc map_io[] = {\n";

	$text .= sprintf "\tMAP_RAM(\"%s\", %s, %s),\n", $_->{name}, Plan::hex8($_->{base}), Plan::size($_->{size}) for @{$p->{ram}};
	for (@{$p->{nomap}}) {
		$text .= $_->{size} ? sprintf("\tMAP_RAM_NOMAP(\"%s\", %s, %s),\n", $_->{name}, Plan::hex8($_->{base}), Plan::size($_->{size}))
			: comment($_->{note});
	}
	$text .= "\t" . map_row($_) . "\n" for @$live;
	$p->{spare_rows} = [map { map_row($_) } @$spare];
	return "$text};\n";
}

my @ORDER = qw(CONSOLE INTC TIMER GPIO PWM LED BUZZER KEY RESET);

sub device_table {
	my ($p) = @_;
	my $text = "const struct device_desc board_devices[] = {\n";

	for my $class (@ORDER) {
		my @rows = grep { $_->{class} eq $class } @{$p->{devs}};
		for (grep { !$_->{off} } @rows) {
			$text .= comment($_->{note}) if $_->{note};
			$text .= join '', map { "\t$_\n" } broken(COLUMNS - 8, '    ', $_->{text});
		}
	}
	return "$text};\n";
}

# What is in neither table, below both: the tables stay short, and a row is moved up
# once its reason is gone.
sub left_out {
	my ($p) = @_;
	my (%rows, @order);

	for my $class (@ORDER) {
		for (grep { $_->{class} eq $class && $_->{off} } @{$p->{devs}}) {
			push @order, $_->{off} unless $rows{$_->{off}};
			push @{$rows{$_->{off}}}, $_->{text};
		}
	}
	my @parts = ((map { rows_out($_, @{$rows{$_}}) } @order), map { rows_out($_) } @{$p->{left}});
	push @parts, rows_out('registers of these', @{$p->{spare_rows}}) if @{$p->{spare_rows}};
	return @parts ? join '', "/*\n * Not in the tables, and why; a row moves up when its reason is gone.\n",
		(map { " *\n$_" } @parts), " */\n\n" : '';
}

# ---- the files ----

sub board_c {
	my ($p) = @_;
	my @about = map { " * $_\n" } wrapped(COLUMNS - 13, harmless("board/$p->{board} - $p->{model}. Written by make new-board from $p->{from}; "
		. 'what it could not decide stands here as comments.'));
	my @includes = ('board/board.h', map { $p->{"uses_$_"} ? "drivers/gpio_$_.h" : () } qw(s5p sunxi));

	return join '', "/* SPDX-License-Identifier: BSD-2-Clause */\n/*\n", @about, " */\n",
		(map { "#include \"$_\"\n" } @includes), "\n", map_table($p), "\n", device_table($p), "\n", left_out($p), "BOARD(\"$p->{board}\");\n";
}

sub board_mk {
	my ($p) = @_;
	my $text = "# SPDX-License-Identifier: BSD-2-Clause\nBOARD_DESC := " . mk_text($p->{model}) . "\nLOADADDR := " . Plan::hex8($p->{loadaddr}) . "\n";

	$text .= join '', map { "$_\n" } @{$p->{mk}};
	$text .= join '', map { "# $_\n" } wrapped(COLUMNS - 4, $p->{machine_note}) if $p->{machine_note};
	return $text . "QEMU_MACHINE := $p->{machine}\n"
		. ($p->{machine_args} eq '' ? "# QEMU_ARGS := -m MEGABYTES\n" : "QEMU_ARGS := $p->{machine_args}\n") if $p->{machine};
	return $text . "# If QEMU has this board (qemu-system-arm -machine help lists them), name it:\n"
		. "# QEMU_MACHINE := NAME\n# QEMU_ARGS := -m MEGABYTES\n";
}

# Nothing that make would take for more than text.
sub mk_text { return printable($_[0]) =~ s/[\xc0-\xff][\x80-\xbf]*/?/gr =~ s/[\$#\\'"`]//gr }

sub readme {
	my ($p) = @_;
	my $n = 0;
	my $text = "<!-- SPDX-License-Identifier: BSD-2-Clause -->\n# $p->{board}\n\n" . printable("$p->{model}, written by `make new-board` from `$p->{from}`.") . "\nIt has not run yet.\n\n";

	$text .= "Left to a person:\n\n" . join '', map { ++$n . '. ' . join("\n   ", wrapped(95, $_)) . "\n" } @{$p->{todo}} if @{$p->{todo}};
	return $text;
}

# files($p): name => text
sub files {
	my ($p) = @_;

	cut_ram($p);
	return ('board.c' => board_c($p), 'board.mk' => board_mk($p), 'README.md' => readme($p));
}

1;
