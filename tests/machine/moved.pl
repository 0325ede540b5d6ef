#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/machine/moved.pl - the screen, the A/D converter, I2C, the keypad and the buzzer,
# saved in the middle of something, go on in another QEMU.  Prints TAP.
use strict;
use warnings;
use File::Temp qw(tempdir);
use lib 'tests/machine';
use Qtest;
use S5pv210;
use Tap;

my ($FIMD, $ADC, $I2C, $KEYPAD) = (0xf8000000, 0xe1700000, 0xe1800000, 0xe1600000);
my $FRAME = 0x23000000;
my $VSYNC = 2 * 32 + 1;

my $dir = tempdir('mercator-XXXXXX', TMPDIR => 1, CLEANUP => 1);
my @eeprom = ('-device', 'at24c-eeprom,bus=i2c0,address=0x50,rom-size=256');

my $one = Qtest->start(args => [@eeprom]);
busy($one);
my $then = $one->{now};
$one->qmp('stop');
$one->save("$dir/state");
my $two = Qtest->start(incoming => 1, args => [ @eeprom, '-incoming', 'defer' ]);
$two->command("clock_set $then");
$two->restore("$dir/state");
$_->qmp('cont') for $one, $two;
for my $what (\&screen, \&buzzer, \&adc, \&i2c, \&keypad, \&frame) {
	my ($name, $got) = $what->($two);
	my (undef, $want) = $what->($one);

	ok($got eq $want && $want ne '', $name, "$got, should be $want");
}
$_->stop for $one, $two;
done();

# All of it begins, nothing ends.
sub busy {
	my ($q) = @_;
	my $picture = unpack 'H*', pack 'V*', map { $_ * 0x01020304 } 1 .. 64;

	$q->command("write $FRAME 0x100 0x$picture");
	$q->w($FIMD + 0x18, 7 << 11 | 7, $FIMD + 0x44, 7 << 11 | 7, $FIMD + 0xa0, $FRAME, $FIMD + 0x34, 1,
		$FIMD + 0x20, 0x802d, $FIMD + 0x130, 1 << 12 | 1, $FIMD, 200 << 6 | 3);
	$q->w($bank{GPD0}, 1 << 8, $bank{GPD0} + 4, 1 << 2);
	$q->qom_set('/machine/soc/tsadc0', 'ain5', 0x765);
	$q->w($ADC + 0x1c, 5, $ADC, 1 << 16 | 1 << 14 | 255 << 6 | 1);
	$q->w($I2C, 0xe1, $I2C + 0xc, 0xa0, $I2C + 4, 0xf0);
	$q->qom_set('/machine/soc/keypad', 'pressed', '"2,5"');
	$q->w($KEYPAD, 1);
	$q->step(5000);
}

sub screen {
	my ($q) = @_;

	$q->qmp('screendump', filename => "\"$dir/screen.ppm\"");
	open my $f, '<:raw', "$dir/screen.ppm" or die "$0: $dir/screen.ppm: $!\n";
	local $/;
	return 'the picture', unpack 'H*', <$f>;
}

sub buzzer {
	my ($q) = @_;

	return 'the buzzer', $q->qom_get('/machine/buzzer', 'on');
}

# Not done before its time, and done then.
sub adc {
	my ($q) = @_;
	my $before = $q->r($ADC) >> 15 & 1;

	$q->step(50_000);
	return 'the conversion ends', sprintf '%d %d %x', $before, $q->r($ADC) >> 15 & 1, $q->r($ADC + 0xc);
}

sub i2c {
	my ($q) = @_;
	my $before = $q->r($I2C) >> 4 & 1;

	$q->step(200_000);
	return 'the byte on the wire ends', join ' ', $before, $q->r($I2C) >> 4 & 1, $q->r($I2C + 4);
}

sub keypad {
	my ($q) = @_;

	return 'the key is down', join ' ', $q->qom_get('/machine/soc/keypad', 'pressed'), $q->r($KEYPAD + 0xc);
}

sub frame {
	my ($q) = @_;

	$q->w($FIMD + 0x134, 2);
	$q->step until raw($q, $VSYNC);
	return 'the next frame', $q->{now};
}
