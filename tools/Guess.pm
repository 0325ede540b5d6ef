# SPDX-License-Identifier: BSD-2-Clause
# tools/Guess.pm - from a device tree to a plan: core, interrupt controller,
# console, timer.  RAM is tools/GuessMemory.pm's, what hangs on pins GuessPins.pm's.
package Guess;

use strict;
use warnings;
use Blocks;
use Fdt;
use FdtBus;
use Plan;

# ---- is it one of ours? ----

# wrong_core($t): why this tree's processor cannot run the kit, or nothing
sub wrong_core {
	my ($t) = @_;
	my @cpus = grep { $_->{path} =~ m{^/cpus/} && Fdt::base($_) eq 'cpu' } $t->nodes;
	my @cores = map { Fdt::compatible($_) } @cpus;

	return if grep { /$Blocks::ARMV7/ } @cores;
	return 'it describes no processor under /cpus' unless @cores;
	return "its processor is $cores[0], which is no Arm core" unless grep { /$Blocks::OTHER_CORES/ } @cores;
	return "its core is $cores[0]; the kit is for 32-bit ARMv7-A (Cortex-A5, A7, A8, A9, A12, A15, A17 and their like)";
}

sub cpus {
	my ($t) = @_;

	return scalar grep { $_->{path} =~ m{^/cpus/cpu(@|$)} && Fdt::okay($_) } $t->nodes;
}

# ---- interrupts ----

# irq($t, $p, $node, $i): the kit's number of the node's i-th interrupt, or -1 and why
sub irq {
	my ($t, $p, $node, $i) = @_;
	my $irq = (FdtBus::interrupts($t, $node))[$i // 0];
	my $ctrl = $irq && $irq->{ctrl};
	my ($kind, $n, @more) = $irq ? @{$irq->{cells}} : ();

	return (-1, 'the tree gives it no interrupt') unless $irq;
	return (-1, "its interrupt goes to $ctrl->{path}, which the kit does not drive") unless $p->{intcs}{$ctrl->{path}};
	my ($driver, $base) = @{$p->{intcs}{$ctrl->{path}}};
	return ($kind == 1 ? 16 + $n : 32 + $n) if $driver eq 'gic' && defined $n;
	return $base + $kind if $driver eq 'pl192' || $driver eq 'sun4i' || $driver eq 'bcm2836' || $driver eq 'omap';
	return ((64, 0, 32)[$kind] + $n) if $driver eq 'bcm2836-peripherals' && $kind <= 2;
	return (-1, "its interrupt cells (@{$irq->{cells}}) are not understood");
}

sub intc {
	my ($t, $p) = @_;
	my $root = FdtBus::root_controller($t) // (grep { Blocks::known(\@Blocks::INTCS, $_) && Fdt::okay($_) } $t->nodes)[0]
		// most_wired($t);
	my ($driver) = $root ? Blocks::known(\@Blocks::INTCS, $root) : ();
	my @others = grep { Fdt::has($_, 'interrupt-controller') && !Fdt::has($_, 'gpio-controller') && Fdt::okay($_)
		&& !($root && $_ == $root) && (FdtBus::reg($_))[0] && !FdtBus::window($_, 0)->{why} } $t->nodes;

	$p->{intcs} = {};
	if (!$root) {
		$p->todo('Interrupt controller: the tree names none; everything is polled until there is a DEV_INTC row.');
	} elsif (!$driver || !Blocks::has_driver('irq', $driver)) {
		my $what = (Fdt::compatible($root))[0] // 'no compatible';
		unknown_intc($p, $root, $driver, "the kit has no driver for $what");
		$p->todo("Interrupt controller: $root->{path} is $what, which the kit has no driver for; everything is polled.");
	} else {
		@others = root_intc($t, $p, $root, $driver, @others);
	}
	for (grep { Fdt::has($_, 'compatible') } @others) {
		unknown_intc($p, $_, undef, FdtBus::is_transparent($_) ? 'needs no driver, it hands its interrupts through'
			: 'the kit drives the root controller alone; what is wired to this one is polled');
	}
}

# The controller that most nodes name, of a tree whose root names none.
sub most_wired {
	my ($t) = @_;
	my (%wires, %node);

	for my $ctrl (map { $_->{ctrl} } map { FdtBus::interrupts($t, $_) } grep { Fdt::okay($_) } $t->nodes) {
		next if !$ctrl || Fdt::has($ctrl, 'gpio-controller') || !Fdt::has($ctrl, 'reg');
		$wires{$ctrl->{path}}++;
		$node{$ctrl->{path}} = $ctrl;
	}
	my ($most) = sort { $wires{$b} <=> $wires{$a} || $a cmp $b } keys %wires;
	return $most && $node{$most};
}

# A controller that stays a comment.
sub unknown_intc {
	my ($p, $node, $driver, $why) = @_;
	my $w = FdtBus::window($node, 0);

	$p->device('INTC', $p->name(Fdt::base($node) =~ s/^interrupt-controller$/intc/r), $driver // 'DRIVER', $w->{why} ? { base => 0, size => 0 } : $w, [],
		off => ($why =~ /no driver for/ ? '' : ((Fdt::compatible($node))[0] // '?') . ': ') . $why . ($w->{why} ? "; $w->{why}" : ''));
}

# The row of the one that the kit drives.  Return: the others that it does not serve.
sub root_intc {
	my ($t, $p, $root, $driver, @others) = @_;
	my @w = map { FdtBus::window($root, $_) } 0, 1;
	my %form = (
		gic => sub { ([$w[0], $w[1]], [], [$root->{path} => 'gic', 0]) },
		sun4i => sub { ([$w[0]], [], [$root->{path} => 'sun4i', 0]) },
		omap => sub { ([$w[0]], [], [$root->{path} => 'omap', 0]) },
		pl192 => sub { vic_chain($root, grep { ((Blocks::known(\@Blocks::INTCS, $_))[0] // '') eq 'pl192' } @others) },
		bcm2836 => sub {
			my ($second) = grep { Fdt::compatible_with($_, qr/^brcm,bcm2836-armctrl-ic$/) } @others;
			my $w2 = $second ? FdtBus::window($second, 0) : { why => 'there is no brcm,bcm2836-armctrl-ic' };
			$w2 = { base => $w2->{base}, size => 0x28 } unless $w2->{why};
			return ([$w[0], $w2], [], [$root->{path} => 'bcm2836', 96],
				$second ? [$second->{path} => 'bcm2836-peripherals', 0] : ());
		},
	);
	my ($windows, $fields, @serves) = $form{$driver}->();

	for (@$windows) {
		next unless $_->{why};
		unknown_intc($p, $root, $driver, $_->{why});
		$p->todo("Interrupt controller: $root->{path}: $_->{why}.");
		return @others;
	}
	$p->{intcs}{$_->[0]} = [@$_[1, 2]] for @serves;
	my $name = $p->name($driver);
	my $second = $windows->[1];
	unshift @$fields, '.phys2 = ' . Plan::hex8($second->{base}), '.size2 = ' . Plan::size($second->{size}) if $second;
	$p->device('INTC', $name, $driver, $windows->[0], $fields, window_name => $driver eq 'gic' ? 'gic-dist' : $name);
	$p->window($driver eq 'gic' ? 'gic-cpu' : "$name-$_", $windows->[$_]{base}, $windows->[$_]{size}) for 1 .. $#$windows;
	$p->decided('interrupts', "$driver at " . Plan::hex8($windows->[0]{base}));
	return grep { !$p->{intcs}{$_->{path}} } @others;
}

# PL192s in a chain: by address, all at one distance.
sub vic_chain {
	my @vics = sort { ($a->[1]{base} // 0) <=> ($b->[1]{base} // 0) } map { [$_, FdtBus::window($_, 0)] } @_;
	my @w = map { $_->[1] } @vics;
	my $n = 0;

	return (\@w, @vics > 1 ? ['.aux = ' . @vics] : [], map { [$_->[0]{path} => 'pl192', 32 * $n++] } @vics);
}

# ---- the console ----

sub uart_nodes {
	my ($t) = @_;

	return grep { (Blocks::known(\@Blocks::UARTS, $_) || Fdt::base($_) =~ /^(serial|uart)$/) && Fdt::has($_, 'compatible')
		&& Fdt::has($_, 'reg') && !(FdtBus::reg($_))[0]{why} } $t->nodes;
}

# console_node($t, $p, $wanted): the UART, and how it was found; or undef and why not
sub console_node {
	my ($t, $p, $wanted) = @_;
	my $chosen = $t->{path}{'/chosen'} // { prop => {} };
	my ($stdout) = map { (Fdt::strings($chosen, $_))[0] // () } 'stdout-path', 'linux,stdout-path';
	my ($path, $rate) = split /:/, $stdout // '';
	my $node;

	if (defined $wanted) {
		$node = $t->find($wanted);
		return $node ? ($node, "CONSOLE=$wanted") : (undef, "CONSOLE=$wanted is neither a path nor an alias of the tree");
	}
	if (defined $path && $path ne '') {
		$node = $t->find($path);
		$p->todo("Console: stdout-path says $rate; the kit's console runs at 115200 baud, 8n1.")
			if $node && defined $rate && $rate =~ /^(\d+)/ && $1 != 115200;
		return ($node, "stdout-path $path") if $node && Fdt::okay($node);
		$p->todo('Console: stdout-path is ' . ($node ? 'disabled' : 'a node that is not there') . " ($path); another UART was taken.");
	}
	my ($tty) = ((Fdt::strings($chosen, 'bootargs'))[0] // '') =~ /\bconsole=tty[A-Za-z]+(\d+)/;
	$node = defined $tty ? $t->find("serial$tty") : undef;
	return ($node, "bootargs console=...$tty") if $node && Fdt::okay($node);
	my @uarts = grep { Fdt::okay($_) } uart_nodes($t);
	my $usual = Blocks::soc_figure($t->{root}, 'console') // '';
	for (sort { ($b->[0] eq $usual) <=> ($a->[0] eq $usual) } $t->aliases('serial')) {
		next unless Fdt::okay($_->[1]);
		$p->todo('Console: the tree has no stdout-path. ' . ($_->[0] eq $usual ? 'The usual one of this SoC' : 'The first alias')
			. ", $_->[0], was taken of " . @uarts . ' enabled UARTs; CONSOLE= chooses another.') if @uarts > 1;
		return ($_->[1], "alias $_->[0]");
	}
	return (undef, 'no stdout-path, no alias serialN that is enabled, no enabled UART that the kit knows') unless @uarts;
	$p->todo('Console: no stdout-path and no serial alias; the first of ' . @uarts . ' enabled UARTs was taken.') if @uarts > 1;
	return ($uarts[0], 'the only place left');
}

# uart_row($t, $p, $node, $name, $off): its row.  Return: the driver, or nothing
sub uart_row {
	my ($t, $p, $node, $name, $off) = @_;
	my ($driver, $more) = Blocks::known(\@Blocks::UARTS, $node);
	my $what = (Fdt::compatible($node))[0] // 'no compatible';
	my $w = FdtBus::window($node, 0);
	my @fields;

	my $why = $w->{why} // (!$driver ? "the kit has no driver for $what" :
		!Blocks::has_driver('uart', $driver) ? "the kit has no driver \"$driver\" ($what)" : undef);
	$w = { base => 0, size => 0 } if $w->{why};
	if ($driver && $driver eq '8250') {
		my $stride = Fdt::has($node, 'reg-shift') ? 1 << Fdt::value($node, 'reg-shift') : $more->{stride} // 1;
		my $offset = Fdt::value($node, 'reg-offset') // 0;
		$w = { base => $w->{base} + $offset, size => $w->{size} - $offset } if $w->{size} > $offset;
		$why //= "registers $stride bytes apart; the driver knows 1, 2 and 4" if $stride > 4;
		push @fields, ".aux = $stride";
	} elsif ($more->{before} && $w->{size}) {
		$w = { base => $w->{base} - $more->{before}, size => $w->{size} + $more->{before} };
	}
	my ($irq, $no_irq) = irq($t, $p, $node, 0);
	my ($clock, $note, $clock_from) = uart_clock($t, $node, $driver, $more);
	$p->device('CONSOLE', $name, $driver // 'DRIVER', $w, [".irq = $irq", ".clock = $clock", @fields],
		off => $off ? $off . ($why ? "; $why" : '') : $why, note => $off || $why ? undef : $note);
	return if $off;
	if ($why) {
		$p->todo("Console: $node->{path}: $why. The image needs one: complete the commented row, or choose another UART (CONSOLE=).");
		return;
	}
	$p->todo("Console: $no_irq; it is polled.") if $no_irq;
	$p->todo("Console: .clock is $clock_from; check it, or put 0 to keep the loader's set-up.") if $clock && $clock_from ne 'the tree\'s figure';
	$p->todo('Console: no input clock is known that would do. .clock = 0 keeps what the boot loader set; put the clock in Hz from the manual if nothing set it.') unless $clock;
	return $driver;
}

# Hertz, a comment for the row, and where the figure is from.
sub uart_clock {
	my ($t, $node, $driver, $more) = @_;
	my $clock = FdtBus::clock($t, $node, @{($more // {})->{clock} // []});
	my $usual = Blocks::soc_figure($t->{root}, 'uart') // ($driver && Blocks::soc_figure($t->{root}, "uart_$driver"));

	return (0, ".clock = 0, which keeps the loader's rate: $more->{keep}") if $more && $more->{keep};
	return ($clock, undef, 'the tree\'s figure') if $clock;
	return ($usual->[0], ".clock is not in the tree: $usual->[1]", "not from the tree but $usual->[1]") if $usual;
	return (0, '.clock = 0: the port stays as the boot loader set it up; else its input clock in Hz');
}

sub console {
	my ($t, $p, $wanted) = @_;
	my ($node, $how) = console_node($t, $p, $wanted);

	return $how unless $node;
	my $driver = uart_row($t, $p, $node, $p->name('console'));
	$p->{console} = $driver;
	$p->{console_at} = FdtBus::window($node, 0)->{base};
	$p->decided('console', "$node->{path}, driver $driver (by $how)") if $driver;
	for (grep { $_ != $node && Fdt::okay($_) } uart_nodes($t)) {
		uart_row($t, $p, $_, $p->name($t->alias_of($_, 'serial') // Fdt::base($_)),
			'other UARTs; the kit has one console');
	}
	return;
}

# ---- the timer ----

sub timer_nodes {
	my ($t) = @_;

	return grep { Fdt::has($_, 'compatible') && (Blocks::known(\@Blocks::TIMERS, $_)
		|| Fdt::base($_) =~ /^timer$/ || Fdt::compatible_with($_, qr/^(?!ti,sysc).*[-,](timer|gpt|epit|mct|global-timer)$/)) } $t->nodes;
}

# How each driver's row is filled in: the window, the fields, or { why }.
my %timer_form = (
	generic => sub {
		my ($t, $p, $node) = @_;
		my @names = Fdt::strings($node, 'interrupt-names');
		my ($virtual) = grep { $names[$_] eq 'virt' } 0 .. $#names;
		my ($irq, $why) = irq($t, $p, $node, $virtual // 2);
		my $hz = Fdt::value($node, 'clock-frequency');
		return { window => undef, irq => $irq, why_irq => $why, clock => $hz, clock_may_lack => 1 };
	},
	sp804 => sub { plain_timer(@_, 0) },
	'imx-gpt' => sub { usual_clock($_[0], plain_timer(@_, 0), 'gpt') },
	omap4 => sub { usual_clock($_[0], plain_timer(@_, 0), 'dmtimer') },
	omap3 => sub { plain_timer(@_, 0) },
	sun4i => sub { two_interrupts(@_, 1, 0) },
	s5p => sub { two_interrupts(@_, 4, 3) },
	twd => sub {
		my ($t, $p, $node) = @_;
		my $form = usual_clock($t, plain_timer(@_, 0), 'twd');
		my $w = $form->{window};
		$form->{window} = { base => $w->{base} - 0x400, size => 0x500 } unless $w->{why};
		return $form;
	},
);

sub plain_timer {
	my ($t, $p, $node, $more, $at) = @_;
	my ($irq, $why) = irq($t, $p, $node, $at);

	return { window => FdtBus::window($node, 0), irq => $irq, why_irq => $why,
		clock => FdtBus::clock($t, $node, @{$more->{clock} // []}) };
}

# A clock that the tree does not give, by the SoC.
sub usual_clock {
	my ($t, $form, $what) = @_;
	my $usual = Blocks::soc_figure($t->{root}, $what);

	@$form{'clock', 'guess'} = @$usual if !$form->{clock} && $usual;
	return $form;
}

sub two_interrupts {
	my ($t, $p, $node, $more, $at, $tick_at) = @_;
	my $form = plain_timer($t, $p, $node, $more, $at);
	my ($tick, $why) = irq($t, $p, $node, $tick_at);

	push @{$form->{fields}}, ".aux = $tick" if !$why;
	return $form;
}

# One timer as a row.  Return: true if it is live.
sub timer_row {
	my ($t, $p, $node, $off) = @_;
	my ($driver, $more) = Blocks::known(\@Blocks::TIMERS, $node);
	my $what = (Fdt::compatible($node))[0];
	my $known = $driver && Blocks::has_driver('timer', $driver);
	my $form = $known ? $timer_form{$driver}->($t, $p, $node, $more)
		: { window => FdtBus::window($node, 0), irq => (irq($t, $p, $node, 0))[0], why => "the kit has no driver for $what" };
	my $w = $form->{window};

	$form->{why} //= $w->{why} if $w;
	$form->{why} //= $more->{off} if $known;
	$form->{why} //= 'the tree does not say its input clock: put ' . ($driver eq 'twd' ? 'PERIPHCLK, in Hz,' : 'it') . ' into .clock' unless $form->{clock} || $form->{clock_may_lack};
	$form->{why} = $form->{why} ? "$off; $form->{why}" : $off if $off;
	my $name = $form->{why} ? $p->name(Fdt::base($node)) : 'timer';
	my @fields = (".irq = $form->{irq}", $form->{clock} ? ".clock = $form->{clock}" : (), @{$form->{fields} // []});

	$p->device('TIMER', $name, $driver // 'DRIVER', $w && $w->{why} ? undef : $w, \@fields, off => $form->{why},
		note => $form->{guess} && "not in the tree: .clock is $form->{guess}");
	return 0 if $form->{why};
	$p->todo("Timer: $form->{why_irq}; there will be no tick.") if $form->{why_irq};
	$p->todo('Timer: the tree says that firmware does not set the generic timer up; if time stands still, nothing started its counter.')
		if unreliable($node);
	$p->todo("Timer: .clock is not from the tree but $form->{guess}; check it.") if $form->{guess};
	$p->decided('timer', "$node->{path}, driver $driver");
	return 1;
}

# The one that is preferred among those that work; the others as comments.
sub timer {
	my ($t, $p) = @_;
	my @nodes = map { [$_, unreliable($_) + (((Blocks::known(\@Blocks::TIMERS, $_))[1] // {})->{prefer} // 99)] } timer_nodes($t);
	my ($live, $twd);

	$p->name('timer'); # for the one that is taken, whatever the others are called
	for (sort { $a->[1] <=> $b->[1] } grep { Fdt::okay($_->[0]) } @nodes) {
		my $was = $live;
		$live = timer_row($t, $p, $_->[0], $was ? 'other timers; the kit has one clock' : undef) || $was;
		$twd //= $_->[0] if ((Blocks::known(\@Blocks::TIMERS, $_->[0]))[0] // '') eq 'twd';
	}
	return if $live;
	for (grep { !Fdt::okay($_->[0]) && $_->[1] < 99 } @nodes) {
		timer_row($t, $p, $_->[0], 'disabled in the tree');
	}
	return $p->todo("Timer: put PERIPHCLK, in Hz, into .clock of the commented twd row ($twd->{path}) and move the row up; without a timer, delays return at once.")
		if $twd && !FdtBus::window($twd, 0)->{why};
	$p->todo('Timer: none of the tree can be used as it stands (see the comments in board.c); without one, delays return at once.');
}

# A generic timer that no firmware sets up may stand still.
sub unreliable { return Fdt::has($_[0], 'arm,cpu-registers-not-fw-configured') ? 50 : 0 }

1;
