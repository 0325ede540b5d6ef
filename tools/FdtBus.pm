# SPDX-License-Identifier: BSD-2-Clause
# tools/FdtBus.pm - what a node's reg, interrupts and clocks mean to the core:
# physical addresses, the controller and its cells, Hertz.
#
# Devicetree Specification 0.4: 2.3.6 reg, 2.3.8 ranges, 2.4 interrupts.
package FdtBus;

use strict;
use warnings;
use Fdt;

# ---- addresses ----

# A number of 1 or 2 cells; the lower two of more (only compared, never returned).
sub join_cells {
	my $n = 0;

	$n = ($n << 32) | $_ for @_ > 2 ? @_[-2, -1] : @_;
	return $n;
}

sub address_cells { return Fdt::value($_[0], '#address-cells') // 2 }
sub size_cells { return Fdt::value($_[0], '#size-cells') // 1 }

# ranges of a bus: [child, parent, size] each; undef where it has no such property
sub ranges {
	my ($bus) = @_;
	my ($ca, $pa, $cs) = (address_cells($bus), address_cells($bus->{parent}), size_cells($bus));
	my @cells = Fdt::cells($bus, 'ranges');
	my @found;

	return undef unless Fdt::has($bus, 'ranges');
	while (@cells >= $ca + $pa + $cs) {
		my @child = splice @cells, 0, $ca;
		my @parent = splice @cells, 0, $pa;
		push @found, [join_cells(@child), join_cells(@parent), join_cells(splice @cells, 0, $cs)];
	}
	return \@found;
}

# up($bus, $address, $size): that range as the core sees it, or undef and why not
sub up {
	my ($bus, $address, $size) = @_;

	for (; $bus->{parent}; $bus = $bus->{parent}) {
		my $ranges = ranges($bus);
		return (undef, "$bus->{path} has no ranges: its addresses are not the core's") unless $ranges;
		next unless @$ranges;
		return (undef, "$bus->{path} has addresses of " . address_cells($bus) . ' cells (PCI)')
			if address_cells($bus) > 2;
		my ($fits) = grep { $address >= $_->[0] && $address - $_->[0] < $_->[2] } @$ranges;
		return (undef, sprintf '%s translates no range with 0x%x', $bus->{path}, $address) unless $fits;
		return (undef, sprintf '%s translates only a part of 0x%x', $bus->{path}, $address)
			if $size > $fits->[2] - ($address - $fits->[0]);
		# in this order: a negative difference would be a double and lose its low bits
		$address = $address - $fits->[0] + $fits->[1];
	}
	return $address;
}

# reg($node): its windows, { base, size } or { why } each.  A window without size
# cells (I2C, SPI, CPUs) is not an address.
sub reg {
	my ($node) = @_;
	my $bus = $node->{parent};
	my @cells = Fdt::cells($node, 'reg');
	my @found;

	return () unless $bus;
	my ($ca, $cs) = (address_cells($bus), size_cells($bus));
	return () unless $ca;
	while (@cells >= $ca + $cs) {
		my @address = splice @cells, 0, $ca;
		my $size = join_cells(splice @cells, 0, $cs);
		my ($base, $why) = $cs ? up($bus, join_cells(@address), $size)
			: (undef, "it is an address on $bus->{path}, not one of the core's");
		push @found, defined $base ? { base => $base, size => $size } : { why => $why };
	}
	return @found;
}

# window($node, $i): the i-th window if the core can reach it: { base, size } or { why }
sub window {
	my ($node, $i) = @_;
	my $w = (reg($node))[$i // 0] or return { why => 'it has no reg' . ($i ? " of number $i" : '') };

	return $w if $w->{why};
	return { why => sprintf 'it lies at 0x%x, above 4 GiB: the kit has no LPAE', $w->{base} }
		if $w->{base} + $w->{size} > 1 << 32;
	return { why => 'its reg has the size 0' } unless $w->{size};
	return $w;
}

# ---- interrupts ----

# The node that $node's own interrupts go to.
sub interrupt_parent {
	my ($t, $node) = @_;

	for (; $node; $node = $node->{parent}) {
		return $t->by_phandle(Fdt::value($node, 'interrupt-parent')) if Fdt::has($node, 'interrupt-parent');
		my $up = $node->{parent};
		return $up if $up && (Fdt::has($up, 'interrupt-controller') || Fdt::has($up, 'interrupt-map'));
	}
	return undef;
}

# raw_interrupts($t, $node): { ctrl, cells } each, as written
sub raw_interrupts {
	my ($t, $node) = @_;

	return map { { ctrl => $_->{node}, cells => $_->{args} } } grep { $_->{node} }
		$t->references($node, 'interrupts-extended', '#interrupt-cells')
		if Fdt::has($node, 'interrupts-extended');
	my @cells = Fdt::cells($node, 'interrupts') or return ();
	my $ctrl = interrupt_parent($t, $node) or return ();
	my $n = Fdt::value($ctrl, '#interrupt-cells') or return ();
	my @found;

	push @found, { ctrl => $ctrl, cells => [splice @cells, 0, $n] } while @cells >= $n;
	return @found;
}

# through_map($t, $node, $irq): one step through an interrupt-map
sub through_map {
	my ($t, $node, $irq) = @_;
	my $nexus = $irq->{ctrl};
	my $na = Fdt::value($nexus, '#address-cells') // 2;
	my @unit = ((Fdt::cells($node, 'reg'))[0 .. $na - 1], @{$irq->{cells}});
	my @mask = Fdt::cells($nexus, 'interrupt-map-mask');
	my @map = Fdt::cells($nexus, 'interrupt-map');

	while (@map > @unit) {
		my @entry = splice @map, 0, scalar @unit;
		my $parent = $t->by_phandle(shift @map) or return undef;
		my $cells = Fdt::value($parent, '#interrupt-cells') // 1;
		my $skip = Fdt::value($parent, '#address-cells') // 0;
		my @to = splice @map, 0, $skip + $cells;
		next if grep { (($unit[$_] // 0) & ($mask[$_] // 0xffffffff)) != ($entry[$_] & ($mask[$_] // 0xffffffff)) } 0 .. $#unit;
		return { ctrl => $parent, cells => [@to[$skip .. $#to]] };
	}
	return undef;
}

# Controllers that stand before another one and hand its numbers through unchanged.
my $transparent = qr/^(fsl,imx\w+-gpc|ti,omap\d-wugen-mpu|nvidia,tegra\d+-ictlr|mediatek,\w+-sysirq|
	allwinner,sun[\w-]+-r-intc|samsung,exynos\w+-pmu)$/x;

sub is_transparent { return Fdt::compatible_with($_[0], $transparent) }

# interrupts($t, $node): { ctrl, cells } each, at the controller that has the last word
sub interrupts {
	my ($t, $node) = @_;
	my @found;

	for my $irq (raw_interrupts($t, $node)) {
		for (my $steps = 0; $irq && $steps < 8; $steps++) {
			my $ctrl = $irq->{ctrl};
			if (Fdt::has($ctrl, 'interrupt-map')) {
				$irq = through_map($t, $node, $irq);
			} elsif (is_transparent($ctrl)) {
				my $next = interrupt_parent($t, $ctrl);
				last if !$next || $next == $ctrl;
				$irq = { ctrl => $next, cells => $irq->{cells} };
			} else {
				last;
			}
		}
		push @found, $irq;
	}
	return @found;
}

# root_controller($t): where the tree's interrupts end
sub root_controller {
	my ($t) = @_;
	my $ctrl = interrupt_parent($t, $t->{root});

	for (my $steps = 0; $ctrl && $steps < 8; $steps++) {
		my $next = interrupt_parent($t, $ctrl);
		return $ctrl if !$next || $next == $ctrl || !Fdt::okay($next);
		$ctrl = $next;
	}
	return $ctrl;
}

# ---- clocks ----

# clock($t, $node, @names): Hertz of the input clock with one of these names, or the
# first; undef where the tree does not say.
sub clock {
	my ($t, $node, @names) = @_;
	my @have = Fdt::strings($node, 'clock-names');
	my @clocks = $t->references($node, 'clocks', '#clock-cells');
	my ($at) = map { my $name = $_; grep { $have[$_] eq $name } 0 .. $#have } @names;

	return Fdt::value($node, 'clock-frequency') if Fdt::has($node, 'clock-frequency');
	return @clocks ? rate($t, $clocks[$at // 0], 0) : undef;
}

# rate($t, { node, args }): what that clock output gives
sub rate {
	my ($t, $ref, $depth) = @_;
	my $from = $ref->{node} or return undef;

	return undef if $depth > 8;
	if (Fdt::compatible_with($from, qr/^fixed-clock$/)) {
		return Fdt::value($from, 'clock-frequency');
	}
	if (Fdt::compatible_with($from, qr/^fixed-factor-clock$/)) {
		my $in = rate($t, ($t->references($from, 'clocks', '#clock-cells'))[0] // {}, $depth + 1);
		my ($mult, $div) = (Fdt::value($from, 'clock-mult'), Fdt::value($from, 'clock-div'));
		return defined $in && $mult && $div ? int($in * $mult / $div) : undef;
	}
	# an oscillator that can only do one thing
	my ($low, $high) = Fdt::cells($from, 'freq-range');
	return $low if defined $high && $low == $high;
	return assigned($t, $ref, $depth);
}

# A provider may say what its outputs are set to.
sub assigned {
	my ($t, $ref, $depth) = @_;
	my @set = $t->references($ref->{node}, 'assigned-clocks', '#clock-cells');
	my @parents = $t->references($ref->{node}, 'assigned-clock-parents', '#clock-cells');
	my @rates = Fdt::cells($ref->{node}, 'assigned-clock-rates');

	for my $i (0 .. $#set) {
		next unless $set[$i]{node} && $set[$i]{node} == $ref->{node} && "@{$set[$i]{args}}" eq "@{$ref->{args}}";
		return $rates[$i] if $rates[$i];
		return rate($t, $parents[$i], $depth + 1) if $parents[$i];
	}
	return undef;
}

1;
