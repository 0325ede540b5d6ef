# SPDX-License-Identifier: BSD-2-Clause
# tests/mutants/Argued.pm - lists of what is let pass, each with a reason.
#
#   FILE FUNCTION | a line of its source, spaces squeezed, without comments; of a
#                   mutant: OLD LINE => NEW LINE, with (2) for the second such one
#   FILE FUNCTION | another line, for the same reason
#           the reason, indented, on one or more lines
#
# A line that begins with # is for the reader alone.
package Argued;
use strict;
use warnings;
use Exporter 'import';
our @EXPORT_OK = qw(argued);

# argued($path): line => reason
sub argued {
	my ($path) = @_;
	my (%why, @block);

	open my $f, '<', $path or die "$path: $!\n";
	while (<$f>) {
		if (/^(\S+ .+? \| .*?)\s*$/ && !/^#/) {
			@block = () if @block && length $why{ $block[0] };
			die "$path:$.: twice: $1\n" if exists $why{$1};
			push @block, $1;
			$why{$1} = '';
		} elsif (/^\s+(\S.*?)\s*$/) {
			$why{$_} .= (length $why{$_} ? ' ' : '') . $1 for @block;
		} elsif (!/^#|^$/) {
			die "$path:$.: neither FILE FUNCTION | LINE nor an indented reason\n";
		}
	}
	for (sort keys %why) {
		die "$path: no reason is given for: $_\n" if !length $why{$_};
	}
	return %why;
}

1;
