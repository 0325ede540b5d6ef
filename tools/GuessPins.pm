# SPDX-License-Identifier: BSD-2-Clause
# tools/GuessPins.pm - from a device tree to a plan: LEDs, buzzers and keys, and the
# GPIO and PWM blocks they hang on.
package GuessPins;

use strict;
use warnings;
use Blocks;
use Fdt;
use FdtBus;
use Guess;
use Plan;
use S5pBanks;

# As many as the kit serves (drivers/probe.h).
my %LIMIT = (GPIO => 8, LED => 16, BUZZER => 4, KEY => 16);

# ---- GPIO blocks ----

# The node that has the registers of a GPIO controller: itself, or the block that
# its banks or ports are children of.
sub block_of {
	my ($node) = @_;

	for (my $at = $node; $at; $at = $at->{parent}) {
		my ($driver, $more) = Blocks::known(\@Blocks::GPIOS, $at);
		return ($at, $driver, $more) if $driver;
		last if Fdt::has($at, 'compatible');
	}
	return;
}

# windows($node, $block, $more): what the row's .phys and .phys2 are
sub windows {
	my ($node, $block, $more) = @_;
	my $w = FdtBus::window($more->{parent_window} ? $block->{parent} : $block, 0);

	return $w if $w->{why} || !defined $more->{data};
	my $base = $w->{base} + ($more->{per_port} // 0) * (Fdt::value($node, 'reg') // 0);
	return ({ base => $base + $more->{data}, size => 4 }, { base => $base + $more->{dir}, size => 4 });
}

# chip($t, $p, $node, $off): the row name of that controller's block, made when it
# is first wanted; or undef and why not
sub chip {
	my ($t, $p, $node, $off) = @_;
	my ($block, $driver, $more) = block_of($node);
	my $what = (map { Fdt::compatible($_) } grep { $_ } $node, $node->{parent})[0] // 'no compatible';

	return (undef, "$what has no driver here" . behind($node)) unless $driver;
	return ($p->{chips}{$block->{path}}, undef, $driver, $more, $block) if $p->{chips}{$block->{path}};
	return (undef, "the kit has no driver \"$driver\" ($what)") unless Blocks::has_driver('gpio', $driver);
	my ($w, $w2) = windows($node, $block, $more);
	return (undef, "$block->{path}: $w->{why}") if $w->{why};
	my $taken = $p->taken($w);
	return (undef, "$block->{path}: $taken") if $taken;
	return (undef, "the kit serves $LIMIT{GPIO} GPIO blocks") if !$off && $p->count('GPIO') >= $LIMIT{GPIO};
	my $name = $p->name($more->{name} // chip_name($t, $block, $w));
	my ($irq) = Guess::irq($t, $p, $block, 0);
	my @fields = ($w2 ? ('.phys2 = ' . Plan::hex8($w2->{base}), '.size2 = 4') : (), ".irq = $irq",
		$more->{input_high} ? '.flags = GPIO_DIR_INPUT_HIGH' : (),
		$more->{lines} ? ".aux = $more->{lines}" : ());

	$p->device('GPIO', $name, $driver, $w, \@fields, off => $off, note => $block->{path});
	$p->{chips}{$block->{path}} = $name unless $off;
	$p->{"uses_$driver"} = 1;
	return ($name, undef, $driver, $more, $block);
}

# What the tree calls it: alias, bank, a numbered node, label; or its address, as a
# number of ours could be another one's in the manual.
sub chip_name {
	my ($t, $block, $w) = @_;
	my $labels = $t->{path}{'/__symbols__'} // { prop => {} };
	my ($label) = grep { (Fdt::strings($labels, $_))[0] eq $block->{path} } sort keys %{$labels->{prop}};
	my $name = $t->alias_of($block, 'gpio') // (Fdt::strings($block, 'st,bank-name'))[0]
		// (Fdt::base($block) =~ /^(gpio\d+)$/)[0] // hwmod($t, $block) // $label;

	return $name // sprintf 'gpio-%08x', $w->{base};
}

# TI's own number, except where Linux counts from 1 and the manual from 0 (AM335x, AM437x).
sub hwmod {
	my ($t, $block) = @_;

	return if Fdt::compatible_with($t->{root}, qr/^ti,am(33xx|43)/);
	return ((Fdt::strings($block, 'ti,hwmods'))[0] // '') =~ /^(gpio\d+)$/ ? $1 : undef;
}

# What stands between it and the core.
sub behind {
	my ($node) = @_;

	for (my $at = $node->{parent}; $at; $at = $at->{parent}) {
		return ': it is reached through ' . Fdt::base($at) if Fdt::base($at) =~ /^(i2c|spi|usb|mdio|onewire)/;
	}
	return '';
}

# line($driver's numbering, $node, $args): C text of the line, or undef and why not
sub line {
	my ($node, $block, $more, @args) = @_;
	my $kind = $more->{cells} // '';

	if ($kind eq 'sunxi') {
		return "SUNXI_GPIO($args[0], $args[1])" if @args >= 2;
	} elsif ($kind eq 's5p') {
		my $bank = Fdt::base($node) =~ s/-gpio-bank$//r;
		my $at = S5pBanks::offset($block, $bank);
		return sprintf 'S5P_GPIO(0x%03X, %d)', $at, $args[0] if defined $at;
		return (undef, "the tree does not say where bank $bank begins: write it as S5P_GPIO(offset, $args[0])");
	} elsif (@args) {
		return $args[0];
	}
	return (undef, 'its cells are not understood');
}

# The flags are the last cell of two or more.
sub active_low { return @_ > 1 && $_[-1] & 1 }

# pin($t, $p, $class, $node, $ref, $name): a LED, buzzer or key on that line
sub pin {
	my ($t, $p, $class, $node, $ref, $name) = @_;
	my @args = @{$ref->{args}};
	my ($text, $why);

	$why = "the kit serves $LIMIT{$class}" if $p->count($class) >= $LIMIT{$class};
	my ($chip, $no_chip, $driver, $more, $block) = $why ? () : chip($t, $p, $ref->{node});
	$why //= $no_chip;
	($text, $why) = line($ref->{node}, $block, $more, @args) if $chip;
	$why = "driver $driver, chosen for " . (Fdt::compatible($block))[0] . ', cannot read a key' if $chip && !$why && $class eq 'KEY' && $more->{outputs_only};
	$p->on($class, $name, $chip // ($ref->{node} ? (Fdt::strings($ref->{node}, 'st,bank-name'))[0] // Fdt::base($ref->{node}) : 'GPIO'), $text // $args[-2] // $args[0] // 0,
		active_low(@args), off => $why);
	$p->todo_for($class, $name, $why) if $why;
}

# A candidate that hangs on no line at all.
sub no_pin {
	my ($p, $class, $name, $why) = @_;

	$p->on($class, $name, 'GPIO', 0, 0, off => $why);
	$p->todo_for($class, $name, $why);
}

# ---- what hangs on them ----

my @COLOURS = qw(white red green blue amber violet yellow ir multi rgb purple orange pink cyan lime);

# label_of($node): what people call it: the last part of the label, or function and
# colour, or the node's name
sub label_of {
	my ($node) = @_;
	my ($label) = Fdt::strings($node, 'label');
	my ($function) = Fdt::strings($node, 'function');
	my $colour = Fdt::value($node, 'color');

	if (defined $label && $label =~ /[A-Za-z0-9]/) {
		my @parts = grep { /\w/ } split /:/, $label;
		return $parts[-1];
	}
	if (defined $function) {
		my $number = Fdt::value($node, 'function-enumerator');
		return join '-', defined $colour && $COLOURS[$colour] ? $COLOURS[$colour] : (), $function, $number // ();
	}
	return Fdt::base($node) =~ /^(led|key|button|switch)$/ ? $node->{name} : Fdt::base($node);
}

sub gpio_refs { return $_[0]->references($_[1], Fdt::has($_[1], 'gpios') ? 'gpios' : 'gpio', '#gpio-cells') }

sub is_buzzer { return label_of($_[0]) =~ /buzz|beep|bell|speaker/i }

# The children of gpio-leds and gpio-keys.
sub children {
	my ($t, $p, $class, $parent) = @_;

	for my $node (grep { Fdt::okay($_) } @{$parent->{kids}}) {
		my ($ref) = gpio_refs($t, $node);
		my $this = $class eq 'LED' && is_buzzer($node) ? 'BUZZER' : $class;
		my $name = $p->name(label_of($node));
		if ($ref && $ref->{node}) {
			pin($t, $p, $this, $node, $ref, $name);
		} else {
			no_pin($p, $this, $name, 'the tree gives it no GPIO line');
		}
	}
}

# LEDs and keys that are something else than a GPIO line.
sub foreign {
	my ($t, $p, $class, $parent, $why) = @_;
	my @kids = grep { my $kid = $_; Fdt::okay($kid) && grep { Fdt::has($kid, $_) } 'linux,code', qw(label function color pwms reg) }
		@{$parent->{kids}};

	# pins of a controller that may be plain GPIO lines, too
	@kids = grep { Fdt::base($_) !~ /^gpio/ } @kids if Fdt::has($parent, 'gpio-controller');
	return if !@kids && Fdt::has($parent, 'gpio-controller');

	no_pin($p, $class, $p->name(label_of($_)), $why) for @kids ? @kids : $parent;
}

# register-bit-led: one bit of a register of its parent
sub register_led {
	my ($t, $p, $node) = @_;
	my $w = FdtBus::window($node->{parent}, 0);
	my ($offset, $mask) = (Fdt::value($node, 'offset') // (Fdt::cells($node, 'reg'))[0], Fdt::value($node, 'mask'));
	my $name = $p->name(label_of($node));

	return no_pin($p, 'LED', $name, $w->{why}) if $w->{why};
	return no_pin($p, 'LED', $name, 'its offset or mask is missing') unless defined $offset && $mask && !($mask & ($mask - 1));
	my $at = $w->{base} + $offset;
	my $bit = length(sprintf '%b', $mask) - 1;
	if (!$p->{chips}{"register $at"}) {
		$p->{chips}{"register $at"} = $p->name('leds');
		$p->device('GPIO', $p->{chips}{"register $at"}, 'ledreg', { base => $at, size => 4 }, ['.irq = -1', '.aux = 32']);
	}
	$p->on('LED', $name, $p->{chips}{"register $at"}, $bit, 0);
}

sub beeper {
	my ($t, $p, $node) = @_;
	my ($ref) = $t->references($node, 'pwms', '#pwm-cells');
	my $at = $ref && $ref->{node};
	my ($driver) = $at ? Blocks::known(\@Blocks::PWMS, $at) : ();
	my $name = $p->name('buzzer');
	my $what = $at ? (Fdt::compatible($at))[0] // $at->{path} : 'a PWM that is not there';
	my $w = $at ? FdtBus::window($at, 0) : { why => 'the tree names no PWM' };
	my $why = $w->{why};

	$why //= "$what: the kit has no PWM driver for it; on its GPIO line it would do" unless $driver && Blocks::has_driver('pwm', $driver);
	return no_pin($p, 'BUZZER', $name, $why) if $why;
	my $clock = FdtBus::clock($t, $at, 'timers');
	$why = 'put the PWM\'s input clock into .clock and its pin into .aux (drivers/pwm.h); the tree has neither';
	my $pwm = $p->name('pwm0');
	$p->device('PWM', $pwm, $driver, $w, ['.irq = -1', '.clock = ' . ($clock // 0), '.aux = 0'], off => $why);
	$p->on('BUZZER', $name, $pwm, $ref->{args}[0], 0, off => $why);
	$p->todo("BUZZER $name: $why.");
}

my $led_block = qr/^(pwm-leds\S*|adc-leds|\S*[,-]leds?(-\S+)?|\S*led-controller|
	(\S*,)?(pca955\d|pca963\d|lp\d{4}\S*|is31fl\w+|tlc591\d\d|tca6507|an30259a|aw2013|lm3\w+))$/x;

# led_controller($node): what drives LEDs in that node, or nothing: by its strings, or
# a folder of LEDs inside another block.
sub led_controller {
	my ($node) = @_;
	my $driven = Fdt::compatible_with($node, $led_block);

	return $driven if $driven;
	return if Fdt::base($node) !~ /^(leds?|led-controller)$/ || !$node->{parent} || !$node->{parent}{parent};
	return unless grep { Fdt::has($_, 'reg') && (Fdt::has($_, 'function') || Fdt::has($_, 'color') || Fdt::has($_, 'label')) }
		@{$node->{kids}};
	return (Fdt::compatible($node))[0] // (Fdt::compatible($node->{parent}))[0] // $node->{parent}{path};
}

# One node, by what it says it is.
sub look_at {
	my ($t, $p, $node) = @_;
	my @is = Fdt::compatible($node);
	my $is = " @is ";

	if ($is =~ / gpio-leds /) {
		children($t, $p, 'LED', $node);
	} elsif ($is =~ / gpio-keys(-polled)? /) {
		children($t, $p, 'KEY', $node);
	} elsif ($is =~ / register-bit-led /) {
		register_led($t, $p, $node);
	} elsif ($is =~ / gpio-beeper /) {
		my ($ref) = gpio_refs($t, $node);
		my $name = $p->name('buzzer');
		$ref && $ref->{node} ? pin($t, $p, 'BUZZER', $node, $ref, $name)
			: no_pin($p, 'BUZZER', $name, 'the tree gives it no GPIO line');
	} elsif ($is =~ / pwm-beeper /) {
		beeper($t, $p, $node);
	} elsif ($is =~ /,sys_led /) {
		return; # lines, and so a GPIO block
	} elsif (my $by = led_controller($node)) {
		foreign($t, $p, 'LED', $node, "it is driven by $by, not by a GPIO line");
	} elsif ($is =~ / (adc-keys|gpio-matrix-keypad|\S+-keypad|allwinner,\S+-lradc-keys) /) {
		foreign($t, $p, 'KEY', $node, "it is read by $1, not by a GPIO line");
	}
}

# pins($t, $p): everything; then the GPIO blocks that nothing hangs on, for own wires
sub pins {
	my ($t, $p) = @_;

	look_at($t, $p, $_) for grep { Fdt::okay($_) } $t->nodes;
	for my $node (grep { Fdt::has($_, 'gpio-controller') && Fdt::okay($_) } $t->nodes) {
		my ($block, $driver) = block_of($node);
		next if !$driver || !Blocks::has_driver('gpio', $driver) || $p->{chips}{$block->{path}} || $p->{spare}{$block->{path}}++;
		chip($t, $p, $node, 'GPIO blocks that no LED, buzzer or key of the tree hangs on');
	}
	for my $class (qw(LED BUZZER KEY)) {
		my @rows = grep { $_->{class} eq $class } @{$p->{devs}};
		my $live = grep { !$_->{off} } @rows;
		$p->decided(lc $class, @rows ? "$live of " . @rows . ' in the tree' : 'none in the tree');
	}
	$p->todo('LED: the tree has none that the kit can drive; if the board has one, add LED("led0", "gpioN", LINE, GPIO_ACTIVE_HIGH).')
		unless $p->count('LED');
}

1;
