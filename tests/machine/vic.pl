#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/vic.pl - the four PL192: enables, software interrupts, priorities,
# vectors, what is in service, the daisy chain, FIQ.  Prints TAP.
use strict;
use warnings;
use lib 'tests/machine';
use Qtest;
use S5pv210;
use Tap;

my ($IRQSTATUS, $FIQSTATUS, $RAW, $SELECT, $ENABLE, $CLEAR, $SOFT, $SOFTCLEAR) = map { 4 * $_ } 0 .. 7;
my ($PRIORITYMASK, $DAISY, $VECTOR, $PRIORITY, $ADDRESS) = (0x24, 0x28, 0x100, 0x200, 0xf00);
my ($IRQ, $FIQ) = (0, 1);
my $q = Qtest->start;

$q->watch('/machine/soc/cpu');

# The core's two lines, as "irq fiq".
sub lines {
	$q->r($VIC[0] + $RAW);          # whatever is on its way has come with the answer
	return join ' ', map { $q->{irq}{$_} // 0 } $IRQ, $FIQ;
}

sub start_again {
	$q->qmp('system_reset');
	$q->event('RESET');
	for my $v (@VIC) {
		$q->w($v + $VECTOR + 4 * $_, $v + $_) for 0 .. 31;
	}
}

# ---- one controller ----

start_again();
for my $n (0 .. 3) {
	my $v = $VIC[$n];

	$q->w($v + $SOFT, 0x80000001);
	is_hex($q->r($v + $RAW), 0x80000001, "VIC$n: a software interrupt is raw");
	is_hex($q->r($v + $IRQSTATUS), 0, '... and asks nobody while it is not enabled');
	$q->w($v + $ENABLE, 0x80000000);
	$q->w($v + $ENABLE, 0x00000002);
	is_hex($q->r($v + $ENABLE), 0x80000002, '... INTENABLE sets bits');
	is_hex($q->r($v + $IRQSTATUS), 0x80000000, '... enabled it asks');
	is(lines(), '1 0', "... and reaches the core's IRQ");
	$q->w($v + $SELECT, 0x80000000);
	is_hex($q->r($v + $FIQSTATUS), 0x80000000, '... INTSELECT makes it a FIQ');
	is_hex($q->r($v + $IRQSTATUS), 0, '... and no IRQ');
	is(lines(), '0 1', "... at the core's FIQ");
	$q->w($v + $CLEAR, 0x80000000);
	is_hex($q->r($v + $ENABLE), 2, '... INTENCLEAR clears what is 1 in it');
	is(lines(), '0 0', '... and the core is left alone');
	$q->w($v + $SOFTCLEAR, 0x80000000);
	is_hex($q->r($v + $SOFT), 1, '... SOFTINTCLEAR likewise');
	$q->w($v + $_, 0) for $SELECT;
	$q->w($v + $SOFTCLEAR, ~0, $v + $CLEAR, ~0);
}

# ---- priorities ----

start_again();
my $v = $VIC[0];
$q->w($v + $ENABLE, ~0);
$q->w($v + $SOFT, 1 << 9 | 1 << 3);
is_hex($q->r($v + $ADDRESS), $v + 3, 'of two alike the lower source is first');
is_hex($q->r($v + $ADDRESS), $v + 3, '... a second read finds nothing that may interrupt it');
is(lines(), '0 0', '... nor does the core');
$q->w($v + $SOFTCLEAR, 1 << 3, $v + $ADDRESS, 0);
is(lines(), '1 0', 'after its end the other one asks');
is_hex($q->r($v + $ADDRESS), $v + 9, '... and is given');
$q->w($v + $SOFTCLEAR, ~0, $v + $ADDRESS, 0);
is(lines(), '0 0', '... and all is quiet');
$q->w($v + $ADDRESS, 0);
is(lines(), '0 0', 'an end with nothing in service does nothing');

# nested: 12 (8), interrupted by 20 (4), by 28 (0); each end takes one level off
$q->w($v + $PRIORITY + 4 * 12, 8, $v + $PRIORITY + 4 * 20, 4, $v + $PRIORITY + 4 * 28, 0);
$q->w($v + $SOFT, 1 << 12);
is_hex($q->r($v + $ADDRESS), $v + 12, 'priority 8 begins');
$q->w($v + $SOFT, 1 << 1);
is(lines(), '0 0', '... 15 must wait');
$q->w($v + $SOFT, 1 << 20);
is(lines(), '1 0', '... 4 interrupts it');
is_hex($q->r($v + $ADDRESS), $v + 20, '... and begins');
$q->w($v + $SOFT, 1 << 28);
is_hex($q->r($v + $ADDRESS), $v + 28, '... 0 interrupts that');
$q->w($v + $SOFTCLEAR, 1 << 28, $v + $ADDRESS, 0);
is(lines(), '0 0', 'its end leaves 4 in service: 4 itself may not interrupt');
$q->w($v + $SOFTCLEAR, 1 << 20, $v + $ADDRESS, 0);
is(lines(), '0 0', 'then 8');
$q->w($v + $SOFTCLEAR, 1 << 12, $v + $ADDRESS, 0);
is(lines(), '1 0', 'then 15 may');
is_hex($q->r($v + $ADDRESS), $v + 1, '... and is given');
$q->w($v + $SOFTCLEAR, ~0, $v + $ADDRESS, 0);

$q->w($v + $PRIORITYMASK, 0xffff & ~(1 << 4), $v + $SOFT, 1 << 20);
is(lines(), '0 0', 'SWPRIORITYMASK holds priority 4 back');
is_hex($q->r($v + $IRQSTATUS), 1 << 20, '... its status does not hide');
$q->w($v + $PRIORITYMASK, 0xffff);
is(lines(), '1 0', '... until it is let through');

# ---- FIQ knows no priority ----

start_again();
$q->w($v + $ENABLE, ~0, $v + $SELECT, 1 << 7, $v + $SOFT, 1 << 7 | 1 << 2);
is(lines(), '1 1', 'an IRQ and a FIQ together');
is_hex($q->r($v + $ADDRESS), $v + 2, 'the vector is of the IRQ');
is(lines(), '0 1', 'what is in service holds no FIQ back');

# ---- the daisy chain ----

start_again();
$q->w($_ + $ENABLE, ~0) for @VIC;
$q->w($VIC[3] + $SOFT, 1 << 2);
is(lines(), '1 0', "VIC3's interrupt goes through three others");
is_hex($q->r($VIC[0] + $ADDRESS), $VIC[3] + 2, "VIC0 gives VIC3's vector");
is(lines(), '0 0', '... which is in service then in all of them');
$q->w($VIC[1] + $SOFT, 1 << 5);
is(lines(), '0 0', '... so that 15 in VIC1 waits');
$q->w($VIC[3] + $SOFTCLEAR, ~0);
$q->w($_ + $ADDRESS, 0) for reverse @VIC;
is(lines(), '1 0', '... until all have ended');
is_hex($q->r($VIC[1] + $IRQSTATUS), 1 << 5, 'programs that look for it themselves find it');
is_hex($q->r($VIC[1] + $ADDRESS), $VIC[1] + 5, "... with its vector in VIC1's own ADDRESS");
$q->w($VIC[1] + $SOFTCLEAR, ~0);
$q->w($_ + $ADDRESS, 0) for @VIC;
is(lines(), '0 0', 'an end written to all four, as they do, is quiet');

# PRIORITYDAISY: where the chain stands among VIC0's own
$q->w($VIC[0] + $PRIORITY + 4 * 6, 7, $VIC[0] + $SOFT, 1 << 6, $VIC[2] + $SOFT, 1 << 8);
is_hex($q->r($VIC[0] + $ADDRESS), $VIC[0] + 6, 'the chain has priority 15, own sources come first');
$q->w($VIC[0] + $ADDRESS, 0, $VIC[0] + $DAISY, 3, $VIC[1] + $DAISY, 3);
is_hex($q->r($VIC[0] + $ADDRESS), $VIC[2] + 8, 'with priority 3 the chain comes first');
start_again();
$q->w($VIC[0] + $ENABLE, ~0, $VIC[1] + $ENABLE, ~0, $VIC[0] + $SOFT, 1 << 31, $VIC[1] + $SOFT, 1);
is_hex($q->r($VIC[0] + $ADDRESS), $VIC[0] + 31, 'alike, own sources come before the chain');

start_again();
$q->w($VIC[2] + $ENABLE, ~0, $VIC[2] + $SELECT, 1 << 30, $VIC[2] + $SOFT, 1 << 30);
is(lines(), '0 1', "VIC2's FIQ goes through the chain");
$q->w($VIC[2] + $SOFTCLEAR, ~0);
is(lines(), '0 0', '... and away');

is($q->stop, 0, 'the machine ends');
done();
