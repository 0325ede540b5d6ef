#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/panel.pl - what a person at the board sees, touches and hears: LEDs,
# keys, the buzzer's sound, wave forms.  Prints TAP.
use strict;
use warnings;
use File::Temp qw(tempdir);
use lib 'tests/machine';
use Qtest;
use S5pv210;
use Tap;

# A note and what the timer makes of it: PCLK / 2 counted down from this.
my $PITCH = 880;
my $COUNT = int($PSYS / 2 / $PITCH + 0.5);
# The program ends itself by the watchdog, after this many of its ticks.
my $WDT_HZ = $PSYS / 256 / 128;
my $TICKS = 1200;

my $dir = tempdir('mercator-XXXXXX', TMPDIR => 1, CLEANUP => 1);

leds_and_keys();
played();
wrong_pins();
done();

# ---- LEDs and keys, without a core ----

sub leds_and_keys {
	my $q = Qtest->start;

	is($q->qom_get('/machine/led0', 'lit'), 'false', 'led0 is dark at first');
	$q->w($bank{GPJ0}, 1 << 12, $bank{GPJ0} + 4, 1 << 3);
	is($q->qom_get('/machine/led0', 'lit'), 'false', 'led0 is dark while GPJ0_3 is high');
	$q->w($bank{GPJ0} + 4, 0);
	is($q->qom_get('/machine/led0', 'lit'), 'true', 'led0 is lit when GPJ0_3 goes low');
	is($q->qom_get('/machine/led1', 'lit'), 'false', 'led1 stays dark');
	is($q->qom_get($GPIO_PATH, 'GPJ0_3'), 'false', 'the pin itself is low');
	$q->w($bank{GPD0}, 1 << 8, $bank{GPD0} + 4, 1 << 2);
	is($q->qom_get('/machine/buzzer', 'on'), 'true', 'the buzzer is on while GPD0_2 is high');
	typed($q);
	set($q);
	$q->stop;
}

sub pressed {
	my ($q) = @_;

	return $q->r($bank{GPH0} + 4) >> 2 & 1 ? 'up' : 'down';
}

sub typed {
	my ($q) = @_;

	is(pressed($q), 'up', 'sw5 is up');
	$q->w($bank{GPH0}, 0xf << 8, $GPIO + 0xe00, 2 << 8, $GPIO + 0xf00, 0xfb);
	$q->hmp('sendkey 1 100');
	is(pressed($q), 'down', 'sendkey 1: sw5 goes down');
	is(raw($q, 2), 1, 'EINT2 asks');
	is($q->qom_get('/machine/sw5', 'pressed'), 'true', 'and says so');
	$q->step(50_000_000);
	is(pressed($q), 'down', 'it is held');
	$q->step(100_000_000);
	is(pressed($q), 'up', 'and comes up again');
	is($q->qom_get('/machine/sw5', 'pressed'), 'false', 'and says so');
	$q->step(100_000_000);          # sendkey's pause after a key
	$q->hmp('sendkey 2 100');
	is($q->r($bank{GPH0} + 4) >> 3 & 1, 0, 'sendkey 2: sw6 goes down');
	is(pressed($q), 'up', 'sw5 does not');
	$q->step(300_000_000);
}

sub set {
	my ($q) = @_;

	$q->qom_set('/machine/sw10', 'pressed', 'true');
	is($q->r($bank{GPH2} + 4) & 0xf, 7, 'qom-set: sw10 is GPH2_3');
	$q->qom_set('/machine/sw10', 'pressed', 'false');
	is($q->r($bank{GPH2} + 4) & 0xf, 0xf, 'and comes up');
}

# ---- the buzzer and the wave forms: a program on the core ----

# mov rd, #value in two halves
sub load {
	my ($rd, $value) = @_;
	my ($low, $high) = ($value & 0xffff, $value >> 16);

	return map { $_->[0] | ($_->[1] & 0xf000) << 4 | $rd << 12 | $_->[1] & 0xfff }
		[ 0xe3000000, $low ], [ 0xe3400000, $high ];
}

# A program that stores these words, and then stands still.
sub program {
	my (@pairs) = @_;
	my @code;

	while (my ($address, $value) = splice @pairs, 0, 2) {
		push @code, load(0, $address), load(1, $value), 0xe5801000;
	}
	return pack 'V*', @code, 0xeafffffe;
}

sub file {
	my ($name, $bytes) = @_;

	open my $f, '>:raw', "$dir/$name" or die "$0: $dir/$name: $!\n";
	print $f $bytes;
	close $f or die "$0: $dir/$name: $!\n";
	return "$dir/$name";
}

sub content {
	my ($name) = @_;

	open my $f, '<:raw', "$dir/$name" or return '';
	local $/;
	return <$f> // '';
}

sub note {
	my @end = ($WDT + 4, $TICKS, $WDT + 8, $TICKS, $WDT, 0xff00 | 0x20 | 0x18 | 1);
	my @led = map { ($bank{GPJ0} + 4, $_ ? 1 << 3 : 0) } 1, 0, 1, 0;

	return program(@end, $bank{GPJ0}, 1 << 12, @led, $bank{GPD0}, 2 << 8,
		$PWM + 0x24, $COUNT, $PWM + 0x28, $COUNT >> 1, $PWM + 8, 0xa000, $PWM + 8, 0x9000);
}

sub played {
	my $raw = file('note.bin', note());
	my $q = Qtest->start(
		machine => "x210,audiodev=room,vcd=$dir/pins.vcd,pins=GPD0_2:GPJ0_3",
		accel => 'tcg',
		args => [ '-icount', 'shift=6,sleep=off', '-no-reboot', '-kernel', $raw,
			'-audiodev', "wav,id=room,path=$dir/note.wav" ],
	);

	$q->qmp('cont');
	$q->event('SHUTDOWN');
	$q->stop;
	sound(content('note.wav'));
	waves(content('pins.vcd'));
}

# Where the wave goes up through the middle between its extremes, in samples.
sub rises {
	my (@wave) = @_;
	my ($low, $high) = (sort { $a <=> $b } @wave)[0, -1];
	my $middle = ($low + $high) / 2;
	my @at;

	for (1 .. $#wave) {
		my ($a, $b) = @wave[ $_ - 1, $_ ];

		push @at, $_ - 1 + ($middle - $a) / ($b - $a) if $a < $middle && $b >= $middle;
	}
	return @at;
}

sub sound {
	my ($wav) = @_;
	my ($channels, $rate, $bits) = unpack 'x22 v V x6 v', substr $wav, 0, 44;
	my @all = unpack 's<*', substr $wav, 44;
	my @wave = map { $all[ $_ * $channels ] } 0 .. @all / $channels - 1;
	my @at = rises(@wave);

	is("$rate Hz, $bits bits", '44100 Hz, 16 bits', 'the sound is a WAV file');
	near(@wave / $rate, $TICKS / $WDT_HZ, 0.05, 'as long as the program ran');
	near(@at > 1 ? $rate * $#at / ($at[-1] - $at[0]) : 0, $PITCH, 0.0005, "its pitch is $PITCH Hz");
}

# A reader of VCD: ({ name => [ [ ns, level ]... ] }, the last time).
sub vcd {
	my ($text) = @_;
	my (%name, %wave);
	my $now = 0;

	for (split /\n/, $text) {
		if (/^\$var wire 1 (\S+) (\S+) \$end$/) {
			$name{$1} = $2;
		} elsif (/^#(\d+)$/) {
			die "$0: the time of the VCD file goes back at $_\n" if $1 < $now;
			$now = $1;
		} elsif (/^([01])(\S+)$/) {
			push @{ $wave{ $name{$2} } }, [ $now, $1 ];
		} elsif (!/^\$/) {
			die "$0: the VCD file has the line $_\n";
		}
	}
	return (\%wave, $now);
}

sub waves {
	my ($text) = @_;
	my ($wave, $end) = vcd($text);
	my @edge = @{ $wave->{GPD0_2} };
	# the first rise is the pin becoming TOUT2, which stands high
	my ($ready, @rise) = map { $_->[0] } grep { $_->[1] } @edge;
	my @fall = map { $_->[0] } grep { !$_->[1] && $_->[0] > $rise[0] } @edge;

	ok($text =~ /^\$timescale 1 ns \$end$/m, 'the wave forms are a VCD file in nanoseconds');
	is(join(' ', sort keys %$wave), 'GPD0_2 GPJ0_3', 'it has the chosen pins');
	is(join('', map { $_->[1] } @{ $wave->{GPJ0_3} }), '101010', 'every change of the LED');
	near(1e9 * $#rise / ($rise[-1] - $rise[0]), $PSYS / 2 / $COUNT, 0.0001, 'the frequency of TOUT2');
	near(($fall[0] - $rise[0]) / ($rise[1] - $rise[0]), 0.5, 0.001, 'and its duty');
	near($end / 1e9, $TICKS / $WDT_HZ, 0.01, 'the file ends when the program does');
}

# ---- mistakes on the command line ----

sub complaint {
	my (@args) = @_;
	my $qemu = $ENV{QEMU} || 'build/qemu/qemu-system-arm';

	return qx('$qemu' @args -display none 2>&1 </dev/null);
}

sub wrong_pins {
	my $said = complaint('-M', "x210,vcd=$dir/no.vcd,pins=GPJ0_3:GPJ0_8");

	ok($said =~ /no pin "GPJ0_8"/, 'a pin that does not exist is named', $said);
	ok(!-e "$dir/no.vcd", 'and no file begun');
	$said = complaint('-M', "x210,vcd=$dir/no.vcd,pins=GPJ0_3,,GPJ0_8");
	ok($said =~ /no pin "GPJ0_8"/, 'with a comma between them, too, which QEMU wants doubled', $said);
	$said = complaint('-M', "smdkv210,vcd=$dir/no.vcd");
	ok($said =~ /0 pins are named.*pins=/, 'a board without parts: pins are to be named', $said);
	$said = complaint('-M', 'x210,pins=GPJ0_3');
	ok($said =~ /vcd=FILE/, 'pins without a file', $said);
	$said = complaint('-M', "x210,vcd=$dir/none/x.vcd");
	ok($said =~ m{none/x\.vcd cannot be written}, 'a file that cannot be written', $said);
}
