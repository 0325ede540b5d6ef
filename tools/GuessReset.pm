# SPDX-License-Identifier: BSD-2-Clause
# tools/GuessReset.pm - from a device tree to a plan: how the board restarts.
package GuessReset;

use strict;
use warnings;
use Fdt;
use FdtBus;
use Plan;

use constant { WHOLE_WORD => 0xffffffff, SYS_CFGCTRL => 0xa4, CFG_START_WRITE => 0xc0000000 };

sub row {
	my ($p, $at, $value, $off) = @_;

	$p->device('RESET', $p->name('reset'), 'regwrite', { base => $at, size => 4 },
		['.irq = -1', '.flags = ' . sprintf('0x%X', $value)], off => $off);
	$p->decided('restart', sprintf 'writes 0x%X to %s', $value, Plan::hex8($at)) unless $off;
	$p->todo("Restart: $off.") if $off;
}

# syscon-reboot: a word of the register block it names.  With a mask and no value the
# mask is the value; with both, only the bits of the mask are meant.
sub syscon {
	my ($t, $p, $node) = @_;
	my $regs = Fdt::has($node, 'regmap') ? $t->by_phandle(Fdt::value($node, 'regmap')) : $node->{parent};
	my $w = $regs ? FdtBus::window($regs, 0) : { why => 'its regmap is not in the tree' };
	my $offset = Fdt::value($node, 'offset') // Fdt::value($node, 'reg');
	my ($value, $mask) = (Fdt::value($node, 'value'), Fdt::value($node, 'mask'));
	my $off;

	return without($p, $node, $w->{why}) if $w->{why};
	return without($p, $node, 'it has no offset, or neither value nor mask') unless defined $offset && defined($value // $mask);
	$off = sprintf '%s changes the bits 0x%X of that word alone, and "regwrite" writes all of it', $node->{path}, $mask
		if defined $value && defined $mask && $mask != WHOLE_WORD;
	$off //= "$regs->{path} is big-endian, and \"regwrite\" writes little-endian" if Fdt::has($regs, 'big-endian');
	$off //= "$regs->{path} has registers of other than 32 bits" if (Fdt::value($regs, 'reg-io-width') // 4) != 4;
	$off //= 'there is another way to restart' if $p->count('RESET');
	row($p, $w->{base} + $offset, $value // $mask, $off);
}

# Where a node of the configuration bus is: 0 is the motherboard.
sub site {
	my ($node) = @_;

	for (; $node; $node = $node->{parent}) {
		return Fdt::value($node, 'arm,vexpress,site') if Fdt::has($node, 'arm,vexpress,site');
	}
	return 0;
}

# arm,vexpress-reboot: a function of the configuration bus, written through the system
# registers.  Motherboard Express uATX (ARM DUI 0447), SYS_CFGCTRL.
sub vexpress {
	my ($t, $p, $node) = @_;
	my $bus = $node->{parent} // {};
	my $regs = $t->by_phandle(Fdt::value($bus, 'arm,vexpress,config-bridge'));
	my ($function, $device) = Fdt::cells($node, 'arm,vexpress-sysreg,func');
	my $w = $regs ? FdtBus::window($regs, 0) : { why => 'its bus names no configuration bridge' };

	return without($p, $node, $w->{why}) if $w->{why};
	return without($p, $node, 'the kit restarts through the motherboard alone') if site($node);
	return without($p, $node, 'it names no function') unless defined $device;
	row($p, $w->{base} + SYS_CFGCTRL, CFG_START_WRITE | $function << 20 | $device,
		$p->count('RESET') ? 'there is another way to restart' : undef);
}

# A way that the kit has no driver for.
sub without {
	my ($p, $node, $why) = @_;
	my $what = (Fdt::compatible($node))[0] // 'no compatible';

	push @{$p->{restarts}}, "$node->{path} ($what)";
	$p->leave("restart by $p->{restarts}[-1]: $why.");
}

# reset($t, $p): the row, or what the tree has instead
sub reset {
	my ($t, $p) = @_;

	my @nodes = grep { Fdt::okay($_) } $t->nodes;

	for my $node (@nodes) {
		if (Fdt::compatible_with($node, qr/^syscon-reboot$/)) {
			syscon($t, $p, $node);
		} elsif (Fdt::compatible_with($node, qr/^arm,vexpress-reboot$/)) {
			vexpress($t, $p, $node);
		} elsif (Fdt::compatible_with($node, qr/^gpio-restart$/)) {
			without($p, $node, 'a GPIO line; the kit\'s DEV_RESET rows write a register');
		}
	}
	return if $p->count('RESET');
	for my $node (grep { Fdt::compatible_with($_, qr/[-,](wdt|watchdog)|^arm,sp805$/) && Fdt::has($_, 'reg') } @nodes) {
		without($p, $node, 'the kit has no driver for watchdogs');
	}
	$p->todo('Restart: there is no row. The tree names ' . join(', ', @{$p->{restarts}})
		. '; if one word to one register does it, add DEV(DEV_RESET, "reset", "regwrite", ADDRESS, 4, .irq = -1, .flags = VALUE) and its window.')
		if $p->{restarts};
}

1;
