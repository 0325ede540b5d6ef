# SPDX-License-Identifier: BSD-2-Clause
# tools/GuessMemory.pm - from a device tree to a plan: RAM, what is kept out of it,
# and where the image is loaded.
package GuessMemory;

use strict;
use warnings;
use Blocks;
use Fdt;
use FdtBus;
use Plan;

use constant { GIB4 => 1 << 32, ROOM => 8 << 20, LOAD_OFFSET => 0x10000,
	PAGE_OFFSET => 0xC0000000, LOWMEM => 0x28000000 };

sub memory_nodes {
	my ($t) = @_;

	return grep { ((Fdt::strings($_, 'device_type'))[0] // '') eq 'memory'
		|| $_->{name} =~ /^memory(@|$)/ && $_->{parent} == $t->{root} } grep { $_->{parent} && Fdt::okay($_) } $t->nodes;
}

# banks below 4 GiB, sorted, neighbours joined
sub banks {
	my ($t, $p) = @_;
	my @banks;

	for my $w (map { FdtBus::reg($_) } memory_nodes($t)) {
		next if $w->{why} || !$w->{size};
		if ($w->{base} >= GIB4) {
			$p->todo(sprintf 'RAM at 0x%x (%s) is above 4 GiB and left out: the kit has no LPAE.',
				$w->{base}, Plan::human($w->{size}));
			next;
		}
		my $end = $w->{base} + $w->{size};
		if ($end > GIB4) {
			$p->todo(sprintf 'RAM at 0x%x reaches past 4 GiB; only what is below is used.', $w->{base});
			$end = GIB4;
		}
		push @banks, [($w->{base} + 0xfff) & ~0xfff, $end & ~0xfff];
	}
	return join_banks(@banks);
}

sub join_banks {
	my @out;

	for my $bank (sort { $a->[0] <=> $b->[0] } grep { $_->[1] > $_->[0] } @_) {
		if (@out && $bank->[0] <= $out[-1][1]) {
			$out[-1][1] = $bank->[1] if $bank->[1] > $out[-1][1];
		} else {
			push @out, [@$bank];
		}
	}
	return @out;
}

# given_ram("BASE,SIZE" or "BASE+SIZE"): a bank, or undef; SIZE may end in K, M or G
sub given_ram {
	my ($text) = @_;
	my ($base, $size, $unit) = $text =~ /^(0x[0-9a-f]+|\d+)[,+](0x[0-9a-f]+|\d+)([KMG]?)\z/i or return undef;
	my %times = ('' => 1, K => 1 << 10, M => 1 << 20, G => 1 << 30);
	my @bank = (map { /^0x/i ? hex : int } $base, $size);

	$bank[1] = $bank[0] + $bank[1] * $times{uc $unit};
	return $bank[0] % 4096 || $bank[1] % 4096 || $bank[1] > GIB4 || $bank[1] <= $bank[0] ? undef : \@bank;
}

# memory($t, $p, $given, $qemu): RAM rows, or why there are none; $qemu is the machine
# that the board is in QEMU, if any (tools/Blocks.pm)
sub memory {
	my ($t, $p, $given, $qemu) = @_;
	my @banks = $given ? ($given) : banks($t, $p);

	if (!@banks) {
		my $base = Blocks::soc_figure($t->{root}, 'ram');
		return 'it has no memory node with a size below 4 GiB, and the kit does not know where this SoC\'s RAM is'
			unless defined $base;
		my $mib = $qemu ? $qemu->{only} // $qemu->{usual} // 128 : 64;
		my $assumed = $qemu ? "$mib MiB are assumed, as QEMU's $qemu->{name} has" : "$mib MiB are assumed";
		@banks = ([$base, $base + ($mib << 20)]);
		$p->{ram_note} = "the tree leaves its size to the boot loader; $assumed. Put the real size into the row.";
		$p->{ram_unknown} = !$qemu;
		$p->todo(sprintf 'RAM: the tree leaves its size to the boot loader; at 0x%08X %s. Correct the row "ram" (or RAM=0x%08X,SIZE here).', $base, $assumed, $base);
	}
	@banks = clear_of_linear_map($p, @banks);
	for my $i (0 .. $#banks) {
		push @{$p->{ram}}, { name => $p->name($i ? "ram$i" : 'ram'), base => $banks[$i][0],
			size => $banks[$i][1] - $banks[$i][0] };
	}
	$p->decided('RAM', join ', ', map { Plan::human($_->{size}) . ' at ' . Plan::hex8($_->{base}) } @{$p->{ram}});
	carve_outs($t, $p);
	return load_address($t, $p);
}

# The image's first page is mapped flat for a moment, so it must not lie where the
# linear map will be.  RAM that begins there physically is used from its middle on.
sub clear_of_linear_map {
	my ($p, @banks) = @_;
	my $end = $banks[0][1];

	return @banks if $banks[0][0] < PAGE_OFFSET || $banks[0][0] >= PAGE_OFFSET + LOWMEM;
	$p->{ram_unknown} = 1; # to QEMU: its -m begins below
	my $middle = PAGE_OFFSET + ($end - PAGE_OFFSET) / 2;
	$middle = ($middle + 0xfffff) & ~0xfffff;
	$p->{ram_note} = 'it begins where the linear map is in virtual addresses, and the switch-on code is mapped flat; so only the upper half is used.';
	$p->todo(sprintf 'RAM below 0x%08X is left out (%s): the physical addresses from 0x%08X are those of the linear map.',
		$middle, Plan::human($middle - $banks[0][0]), PAGE_OFFSET);
	$banks[0][0] = $middle;
	return @banks;
}

# /memreserve/ and /reserved-memory: kept out of the linear map.  A pool that Linux
# may use until it is asked for (reusable), or that has no place yet, is nobody's.
sub carve_outs {
	my ($t, $p) = @_;
	my @found = map { { name => 'memreserve', %$_ } } @{$t->{memreserve}};
	my $parent = $t->{path}{'/reserved-memory'};

	for my $node ($parent ? @{$parent->{kids}} : ()) {
		next if !Fdt::okay($node);
		if (!Fdt::has($node, 'reg') || Fdt::has($node, 'reusable')) {
			push @{$p->{nomap}}, { note => "reserved-memory $node->{name}: a pool of Linux, nothing to keep out" };
			next;
		}
		push @found, map { { name => Fdt::base($node), %$_ } } grep { !$_->{why} } FdtBus::reg($node);
		push @{$p->{nomap}}, map { { note => "reserved-memory $node->{name}: $_->{why}" } } grep { $_->{why} } FdtBus::reg($node);
	}
	for my $c (@found) {
		my ($from, $to) = ($c->{base} & ~0xfff, ($c->{base} + $c->{size} + 0xfff) & ~0xfff);
		my $inside = 0;
		for my $ram (@{$p->{ram}}) {
			my $a = $from > $ram->{base} ? $from : $ram->{base};
			my $b = $to < $ram->{base} + $ram->{size} ? $to : $ram->{base} + $ram->{size};
			next if $a >= $b;
			push @{$p->{nomap}}, { name => $p->name($c->{name}), base => $a, size => $b - $a };
			$inside = 1;
		}
		push @{$p->{nomap}}, { note => sprintf 'reserved-memory %s at 0x%08X (%s): outside RAM, nothing to keep out',
			$c->{name}, $c->{base}, Plan::human($c->{size}) } if !$inside && $c->{size};
	}
}

# The first 64 KiB boundary with room for the image in front of RAM's first row.
sub load_address {
	my ($t, $p) = @_;
	my $ram = $p->{ram}[0];
	my $at = (($ram->{base} + 0xffff) & ~0xffff) + LOAD_OFFSET;
	my @taken = sort { $a->{base} <=> $b->{base} } grep { $_->{size} } @{$p->{nomap}};

	for (@taken) {
		next if $_->{base} >= $at + ROOM || $_->{base} + $_->{size} <= $at;
		$at = ($_->{base} + $_->{size} + 0xffff) & ~0xffff;
	}
	return sprintf 'its first RAM bank (0x%08X, %s) has no %s in one piece for the image', $ram->{base},
		Plan::human($ram->{size}), Plan::human(ROOM) if $at + ROOM > $ram->{base} + $ram->{size};
	$p->{loadaddr} = $at;
	$p->decided('image', 'loaded at ' . Plan::hex8($at));
	return;
}

# shortened($p, $mib, $who): all RAM in MiB, cut down to what $who has (undef: all)
sub shortened {
	my ($p, $mib, $who) = @_;
	my $left = defined $mib ? $mib << 20 : GIB4;
	my $total = 0;

	for my $ram (@{$p->{ram}}) {
		if ($ram->{size} > $left) {
			$p->todo(sprintf 'RAM: %s has %d MiB, so the row "%s" was made that long; the real board has %s there.',
				$who, $mib, $ram->{name}, Plan::human($ram->{size}));
			$ram->{size} = $left;
		}
		$left -= $ram->{size};
		$total += $ram->{size};
	}
	@{$p->{ram}} = grep { $_->{size} } @{$p->{ram}};
	return $total >> 20;
}

1;
