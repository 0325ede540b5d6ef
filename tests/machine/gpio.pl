#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/gpio.pl - pins: outputs, inputs, pulls; edges and levels of EINT and of
# the GPIO interrupts; LEDs and keys.  Prints TAP.
use strict;
use warnings;
use File::Temp;
use lib 'tests/machine';
use Qtest;
use S5pv210;
use Tap;

my @names = ('low level', 'high level', 'falling edge', 'rising edge', 'both edges');
my $trace = File::Temp->new;
my $q = Qtest->start(args => [ '-trace', 's5pv210_gpio_pin', '-D', "$trace" ]);

sub drive {
	my ($pin, $level) = @_;

	$q->qom_set($GPIO_PATH, $pin, $level ? 'true' : 'false');
}

# ---- outputs and inputs ----

for (grep { $_->[0] !~ /^ETC/ } @banks) {
	my ($name, $offset, $pins) = @$_;
	my $all = (1 << $pins) - 1;
	my $at = $GPIO + $offset;
	my @bad;

	$q->w($at, 0x11111111);
	for my $pin (0 .. $pins - 1) {
		$q->w($at + 4, 1 << $pin);
		push @bad, "output $pin" if $q->r($at + 4) != 1 << $pin || $q->qom_get($GPIO_PATH, "${name}_$pin") ne 'true';
		$q->w($at + 4, $all & ~(1 << $pin));
		push @bad, "output $pin low" if $q->qom_get($GPIO_PATH, "${name}_$pin") ne 'false';
	}
	$q->w($at, 0);
	for my $pin (0 .. $pins - 1) {
		drive("${name}_$_", $_ == $pin) for 0 .. $pins - 1;
		push @bad, "input $pin" if $q->r($at + 4) != 1 << $pin;
	}
	# what was written to DAT of an input comes out when it becomes an output
	$q->w($at + 4, 0x55, $at, 0x11111111);
	push @bad, 'written before it was an output' if $q->r($at + 4) != (0x55 & $all);
	$q->w($at, 0, $at + 4, 0);
	ok(!@bad, "$name: levels go out and come in, pin by pin", join '; ', @bad);
}

$q->qmp('system_reset');
$q->event('RESET');
$q->stop;
open my $log, '<', "$trace" or die "$0: $trace: $!\n";
my @traced = grep { /s5pv210_gpio_pin GPJ2_7 = [01] at \d+ ns/ } <$log>;
ok(scalar @traced >= 4, 'each change of a pin is a trace event', scalar(@traced) . ' of GPJ2_7');

$q = Qtest->start;
for my $name (qw(GPA0 GPF3 GPJ3)) {
	my $pins = (grep { $_->[0] eq $name } @banks)[0][2];
	my $all = (1 << $pins) - 1;

	$q->w($bank{$name} + 8, 0xaaaa);
	is_hex($q->r($bank{$name} + 4), $all, "$name: pulled up");
	$q->w($bank{$name} + 8, 0x5555);
	is_hex($q->r($bank{$name} + 4), 0, "$name: pulled down");
	$q->w($bank{$name} + 8, 0xaaaa);
	drive("${name}_0", 0);
	is_hex($q->r($bank{$name} + 4), $all & ~1, "$name: who drives a pin is stronger");
}

# ---- EINT ----

# events(mode, pend register, bit, pin): what comes of idle, fall, low, rise, high
sub sequence {
	my ($pend, $bit, $pin) = @_;
	my @seen;
	my $look = sub {
		my $set = $q->r($pend) >> $bit & 1;

		$q->w($pend, 1 << $bit);
		push @seen, $set . ($q->r($pend) >> $bit & 1);
	};

	$q->w($pend, 0xff);
	$look->();                      # high, nothing happens
	drive($pin, 0);
	$look->();                      # fell, and stays low
	$look->();
	drive($pin, 1);
	$look->();                      # rose
	return join ' ', @seen;
}

# Each as "pending, and after it was cleared": a level that holds comes back.
my @want = ('00 11 11 10', '11 10 00 11', '00 10 00 00', '00 00 00 10', '00 10 00 10');

for my $eint (0, 2, 7, 8, 15, 16, 23, 24, 31) {
	my ($m, $pin) = ($eint >> 3, $eint & 7);

	for my $mode (0 .. 4) {
		drive("GPH${m}_$pin", 1);
		$q->w($bank{"GPH$m"}, 0xf << 4 * $pin);
		$q->w($GPIO + 0xe00 + 4 * $m, $mode << 4 * $pin);
		is(sequence($GPIO + 0xf40 + 4 * $m, $pin, "GPH${m}_$pin"), $want[$mode], "EINT$eint: $names[$mode]");
	}
	$q->w($GPIO + 0xe00 + 4 * $m, 4 << 4 * $pin, $bank{"GPH$m"}, 0);
	is(sequence($GPIO + 0xf40 + 4 * $m, $pin, "GPH${m}_$pin"), '00 00 00 00', "EINT$eint: not while it is an input");
}

for (grep { $_->[0] =~ /^(GPA1|GPC0|GPF3|GPG0|GPJ0|GPJ4)$/ } @banks) {
	my ($name, $offset, $pins, $group) = @$_;
	my $pin = $pins - 1;

	for my $mode (0 .. 4) {
		drive("${name}_$pin", 1);
		$q->w($bank{$name}, 0xf << 4 * $pin, $GPIO + 0x700 + 4 * $group, $mode << 4 * $pin);
		is(sequence($GPIO + 0xa00 + 4 * $group, $pin, "${name}_$pin"), $want[$mode], "${name}_$pin: $names[$mode]");
	}
	$q->w($bank{$name}, 0);
}

# masked: latched, and told when the mask goes
drive('GPH0_1', 1);
$q->w($bank{GPH0}, 0xf0, $GPIO + 0xe00, 2 << 4, $GPIO + 0xf40, 0xff, $GPIO + 0xf00, 0xff);
drive('GPH0_1', 0);
is(raw($q, 1), 0, 'EINT1 masked: the VIC does not see it');
$q->w($GPIO + 0xf00, 0xfd);
is(raw($q, 1), 1, '... until the mask goes');
$q->w($GPIO + 0xf00, 0xff);

# two of EINT16..31 share a line, which falls with the last of them
$q->w($bank{GPH2}, 0xf << 16, $bank{GPH3}, 0xf << 20, $GPIO + 0xe08, 3 << 16, $GPIO + 0xe0c, 3 << 20);
drive($_, 0) for qw(GPH2_4 GPH3_5);
$q->w($GPIO + 0xf48, 0xff, $GPIO + 0xf4c, 0xff, $GPIO + 0xf08, 0xef, $GPIO + 0xf0c, 0xdf);
drive($_, 1) for qw(GPH2_4 GPH3_5);
$q->w($GPIO + 0xf48, 0x10);
is(raw($q, 16), 1, 'EINT20 cleared, EINT29 holds their line');
$q->w($GPIO + 0xf4c, 0x20);
is(raw($q, 16), 0, '... and lets go when it is cleared');

# ---- what a person sees and touches ----

sub panel {
	my ($machine, $leds, $keys, $lit) = @_;
	my $q = Qtest->start(machine => $machine);
	my ($on, $off) = $lit ? qw(high low) : qw(low high);

	while (my ($led, $pin) = splice @$leds, 0, 2) {
		my ($name, $n) = split /_(?=\d$)/, $pin;

		is($q->qom_get("/machine/$led", 'lit'), 'false', "$machine: $led is off");
		$q->w($bank{$name} + 4, $lit ? 1 << $n : 0xff & ~(1 << $n), $bank{$name}, 1 << 4 * $n);
		is($q->qom_get("/machine/$led", 'lit'), 'true', "... lit by $pin $on");
		$q->w($bank{$name} + 4, $lit ? 0 : 0xff);
		is($q->qom_get("/machine/$led", 'lit'), 'false', "... off by $off");
	}
	while (my ($key, $pin) = splice @$keys, 0, 2) {
		my ($name, $n) = split /_(?=\d$)/, $pin;

		is($q->r($bank{$name} + 4) >> $n & 1, 1, "$machine: $key is up, $pin high");
		$q->qom_set("/machine/$key", 'pressed', 'true');
		is($q->r($bank{$name} + 4) >> $n & 1, 0, '... pressed, low');
		$q->qom_set("/machine/$key", 'pressed', 'false');
		is($q->r($bank{$name} + 4) >> $n & 1, 1, '... and high again');
	}
	is($q->stop, 0, "$machine ends");
}

is($q->stop, 0, 'the machine ends');
panel('x210', [qw(led0 GPJ0_3 led1 GPJ0_4 led2 GPJ0_5 led3 GPD0_1)],
	[qw(sw5 GPH0_2 sw6 GPH0_3 sw7 GPH2_0 sw8 GPH2_1 sw9 GPH2_2 sw10 GPH2_3)]);
panel('tiny210', [qw(led1 GPJ2_0 led2 GPJ2_1 led3 GPJ2_2 led4 GPJ2_3)],
	[qw(k1 GPH2_0 k2 GPH2_1 k3 GPH2_2 k4 GPH2_3 k5 GPH3_0 k6 GPH3_1 k7 GPH3_2 k8 GPH3_3)]);
panel('tq210', [qw(led1 GPC0_3 led2 GPC0_4)],
	[qw(key1 GPH0_0 key2 GPH0_1 key3 GPH0_2 key4 GPH0_3 key5 GPH0_4 key6 GPH0_5 key7 GPH2_6 key8 GPH2_7)], 1);
done();
