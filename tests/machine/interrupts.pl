#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/interrupts.pl - each block's interrupt on its way: the block, its line at
# the VIC and no other, the core; and back when it is cleared.  Prints TAP.
use strict;
use warnings;
use lib 'tests/machine';
use Qtest;
use S5pv210;
use Tap;

my $q = Qtest->start;

$q->watch('/machine/soc/cpu');

# The lines that are up, at all four VICs.
sub lines_up {
	my @up;

	for my $n (0 .. 3) {
		my $raw = $q->r($VIC[$n] + 8);

		push @up, grep { $raw >> ($_ & 31) & 1 } map { 32 * $n + $_ } 0 .. 31;
	}
	return "@up";
}

# path(name, number, sub that raises it, sub that clears it)
sub path {
	my ($name, $n, $raise, $clear) = @_;

	$q->w($_ + 0x14, ~0) for @VIC;
	route($q, $n);
	ok(!$q->{irq}{0}, "$name: quiet before", 'the core has an IRQ of ' . lines_up());
	$raise->();
	is(lines_up(), $n, "$name: its line at the VIC is up, and no other");
	ok($q->{irq}{0}, "$name: the core has its IRQ", 'it has none');
	$clear->();
	is(lines_up(), '', "$name: cleared, the line is down");
	ok(!$q->{irq}{0}, "$name: and so is the core's", 'it is still up');
}

# ---- EINT: a rising edge on each pin ----

for my $eint (0 .. 31) {
	my ($m, $pin) = ($eint >> 3, $eint & 7);
	my $port = "GPH${m}_$pin";

	$q->qom_set($GPIO_PATH, $port, 'false');
	$q->w($bank{"GPH$m"}, 0xf << 4 * $pin);
	$q->w($GPIO + 0xe00 + 4 * $m, 3 << 4 * $pin);
	$q->w($GPIO + 0xf40 + 4 * $m, 0xff, $GPIO + 0xf00 + 4 * $m, 0xff & ~(1 << $pin));
	path("EINT$eint", $eint < 16 ? $eint : 16, sub { $q->qom_set($GPIO_PATH, $port, 'true') },
		sub { $q->w($GPIO + 0xf40 + 4 * $m, 1 << $pin) });
	$q->w($bank{"GPH$m"}, 0, $GPIO + 0xf00 + 4 * $m, 0xff);
}

# ---- GPIO interrupts: the last pin of each group ----

for (grep { defined $_->[3] } @banks) {
	my ($name, $offset, $pins, $group) = @$_;
	my $pin = $pins - 1;
	my $pend = $GPIO + 0xa00 + 4 * $group;

	$q->qom_set($GPIO_PATH, "${name}_$pin", 'true');
	$q->w($GPIO + $offset, 0xf << 4 * $pin);
	$q->w($GPIO + 0x700 + 4 * $group, 2 << 4 * $pin, $pend, 0xff, $GPIO + 0x900 + 4 * $group, 0xff & ~(1 << $pin));
	path("GPIO_INT of ${name}_$pin", 30, sub { $q->qom_set($GPIO_PATH, "${name}_$pin", 'false') }, sub {
		is_hex($q->r($GPIO + 0xb08), ($group + 1) << 3 | $pin, "$name: SVC names the pin");
		is_hex($q->r($pend), 1 << $pin, "$name: and PEND has it");
		$q->w($pend, 1 << $pin);
	});
	$q->w($GPIO + $offset, 0, $GPIO + 0x900 + 4 * $group, 0xff);
}

# ---- timers ----

$q->w($PWM, 0, $PWM + 4, 0);
for my $n (0 .. 4) {
	my $shift = $n ? 4 + 4 * $n : 0;

	$q->w($PWM + 0xc + 12 * $n, 1000, $PWM + 0x44, 1 << $n);
	$q->w($PWM + 8, 2 << $shift);
	path("PWM timer $n", 21 + $n, sub { $q->w($PWM + 8, 1 << $shift); $q->step(20000) },
		sub { $q->w($PWM + 0x44, 0x20 << $n | 1 << $n) });
	$q->w($PWM + 8, 0, $PWM + 0x44, 0x3e0);
}

$q->w($SYSTIMER + 8, 99, $SYSTIMER + 0x18, 9, $SYSTIMER + 0x20, 0x3e);
$q->w($SYSTIMER + 0x20, 1 | 1 << 6);
path('system timer', 26, sub { $q->w($SYSTIMER + 4, 9); $q->step(50000) }, sub { $q->w($SYSTIMER + 0x20, 0x7e | 1) });
$q->w($SYSTIMER + 4, 0, $SYSTIMER + 0x20, 0x3e);

$q->w($WDT + 4, 10, $WDT + 8, 10);
path('watchdog', 27, sub { $q->w($WDT, 0x24); $q->step(5000) }, sub { $q->w($WDT, 0, $WDT + 12, 0) });

# ---- RTC ----

$q->w($RTC + 0x40, 1, $RTC + 0x70, 0x10, $RTC + 0x40, 0, $RTC + 0x54, 0x12);
path('RTC alarm', 28, sub { $q->w($RTC + 0x50, 0x41); $q->step(3e9) }, sub { $q->w($RTC + 0x50, 0, $RTC + 0x30, 2) });
$q->w($RTC + 0x44, 10);
path('RTC tick', 29, sub { $q->w($RTC + 0x40, 0x100); $q->step(1e6) }, sub { $q->w($RTC + 0x40, 0, $RTC + 0x30, 1) });

# ---- UARTs ----

for my $n (0 .. 3) {
	my $u = $UART[$n];

	$q->w($u, 3, $u + 8, 0, $u + 0x38, 0xb);
	path("UART$n, sent", 42 + $n, sub { $q->w($u + 4, 0x205) }, sub { $q->w($u + 4, 0, $u + 0x30, 0xf) });
	$q->w($u + 0x38, 0xe, $u + 4, 0x21);
	path("UART$n, received", 42 + $n, sub { $q->w($u + 0x20, 0x55) }, sub {
		is_hex($q->r($u + 0x24), 0x55, "UART$n: the byte is there");
		$q->w($u + 0x30, 1);
	});
	$q->w($u + 0x38, 0xd);
	path("UART$n, overrun", 42 + $n, sub { $q->w($u + 0x20, 1, $u + 0x20, 2) }, sub { $q->w($u + 0x30, 0xf) });
	is_hex($q->r($u + 0x14), 1, "UART$n: UERSTAT says so");
	is_hex($q->r($u + 0x14), 0, '... once');
}

is($q->stop, 0, 'the machine ends');
done();
