#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/vicport.pl - the core's port to VIC0: with VE set in the system control
# register an IRQ is entered at its source's vector; and what the boot ROM does with an IRQ
# that no program has told it about.  Prints TAP.
#
# usage: vicport.pl vicport.elf         (of vicport.S)
use strict;
use warnings;
use lib 'tests/machine';
use Qtest;
use Tap;

my $q = Qtest->start(accel => 'tcg', args => [ '-kernel', $ARGV[0] ]);

$q->qmp('cont');
my @went = split //, $q->serial_read(8);
for (
	[ 'v', "the boot ROM's vectors, as it leaves them: the vector of the source" ],
	[ 't', 'VE off: the table' ], [ 'v', "VE on: the source's vector" ],
	[ 'v', '... again, after its end' ], [ 'v', "... through the chain, VIC2's" ],
	[ 'f', '... a FIQ has its place in the table' ], [ 't', 'VE off again: the table' ],
	[ "\n", 'and no more' ],
	)
{
	is(shift(@went) // 'nothing', @$_);
}
is($q->stop, 0, 'the machine ends');
done();
