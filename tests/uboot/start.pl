#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/uboot/start.pl - the image started by a real U-Boot as its user would:
# demonstration and shell by go and by bootm, the status that comes back, and
# what is refused.  Prints TAP.
#
# The options of qemu/run.pl, and
#	--card 'mmc 0:1'    what U-Boot calls the card
#	--at ADDR           a place in RAM that is nobody's, not the image's own
#	--beyond ADDR       RAM of U-Boot's that is not in the board's row
#	--window ADDR       where the MiB of --at is to be mapped a second time, if
#	                    U-Boot's table is one of sections
use strict;
use warnings;
use lib 'qemu', 'tests/machine';
use Machine;
use Tap;

my @runner = ($^X, 'qemu/run.pl', @ARGV);
my %own = map { $_ => '' } qw(card at beyond window);
my $o = Machine::options(\@ARGV, map { $_ . '=s' } keys %own);
my ($card, $at, $beyond) = @$o{qw(card at beyond)};
my $image = file($o->{elf} =~ s/\.elf$/.bin/r);

# run.pl does not know our own options
for (my $i = 0; $i < @runner; $i++) {
	splice @runner, $i--, 2 if $runner[$i] =~ /^--(\w+)$/ && exists $own{$1};
}

sub file {
	my ($name) = @_;

	open my $f, '<:raw', $name or die "$0: $name: $!\n";
	local $/;
	return scalar <$f>;
}

sub load {
	my ($name, $where) = @_;

	return sprintf 'fatload %s %s %s', $card, $where, $name;
}

my @flush = ('dcache flush', 'icache flush');

# As a user of make would: run.pl with these lines for U-Boot, these for the
# image's shell.  Returns its status and what it printed.
sub run {
	my ($lines, $guest, $typed) = @_;
	my @line = (@runner, '--guest', $guest, map { ('--type', $_) } @$lines);

	push @line, '--no-input' unless defined $typed;
	pipe(my $in, my $to) or die "$0: pipe: $!\n";
	my $pid = open(my $from, '-|') // die "$0: fork: $!\n";
	if (!$pid) {
		open STDIN, '<&', $in or die;
		open STDERR, '>&', \*STDOUT or die;
		close $to;
		exec @line or die;
	}
	close $in;
	print $to $typed // '';
	close $to;
	my $text = do { local $/; <$from> } // '';
	close $from;                    # which waits for it
	return ($? >> 8, $text);
}

# The line the image begins with, in this state, at this place.
sub greeted {
	my ($text, $where, $mmu) = @_;

	return $text =~ /^Mercator on \Q$o->{board}\E: loaded at \Q$where\E, entered in SVC, MMU \Q$mmu\E, data cache \Q$mmu\E$/m ? 1 : 0;
}

sub demonstration {
	my ($how, $where, $mmu, @lines) = @_;
	my ($status, $text) = run(\@lines, 'demo');

	ok(greeted($text, $where, $mmu), "$how: entered at $where with the MMU $mmu", last_of($text));
	ok($text =~ /^demonstration: \d+ checks passed, 0 failed$/m && $status == 0,
		'... the demonstration comes to a good end', "status $status, " . last_of($text));
}

sub last_of {
	my ($text) = @_;
	my @lines = grep { /\S/ } split /\n/, $text;

	return 'its last line: ' . ($lines[-1] // 'none');
}

# The image says why it stops, and its status says that it has.
sub stops {
	my ($how, $why, @lines) = @_;
	my ($status, $text) = run(\@lines, 'demo');

	ok($text =~ $why && $status == 1, $how, "status $status, " . last_of($text));
	ok($text !~ /^demonstration:/m, '... and nothing of it runs');
}

# answer(lines): what follows the last of them, up to U-Boot's next prompt or the
# image's; and whether it is U-Boot's.
sub answer {
	my $m = eval { Machine->start({ %$o, type => \@_ }) };
	my $text;

	return ("$@", 0) unless $m;
	while (defined($text = $m->more) && $text ne '') {
		last if grep { $m->open_line eq $_ } $o->{'loader-prompt'}, $Machine::PROMPT;
	}
	$m->stop;
	return ($m->{text} =~ s/\r//gr, $m->open_line eq $o->{'loader-prompt'});
}

# U-Boot refuses: its words, and its prompt again.
sub refused {
	my ($how, $why, @lines) = @_;
	# what this U-Boot's environment says may be "no"
	my ($text, $back) = answer('setenv verify yes', @lines);

	ok($text =~ $why, $how, last_of($text));
	ok($back && $text !~ /Mercator on/, '... U-Boot is at its prompt again, the image never ran', last_of($text));
}

# U-Boots of the chip's vendor have RAM a second time at 0xC0000000, and their
# users say `go 0xC0008000`: one more section in the table of this one.
sub window {
	my ($text) = answer('bdinfo');
	my $table = $text =~ /^TLB addr\s*= (0x[0-9a-f]+)/m ? hex $1 : 0;
	my $section = sprintf 'mw.l %#x %#x', $table + (hex($o->{window}) >> 20) * 4, hex($at) & ~0xfffff | 0xc0e;

	ok($table, 'bdinfo says where the table is', last_of($text));
	demonstration('go where RAM is mapped a second time', $at, 'on', load('mercator.bin', $at), $section, @flush,
		sprintf 'go %#x', hex($o->{window}) + (hex($at) & 0xfffff));
}

# A byte of what was loaded to $at, with one bit of it turned.
sub flip {
	my ($bytes, $offset) = @_;

	return sprintf 'mw.b %#x %#x', hex($at) + $offset, ord(substr $bytes, $offset, 1) ^ 0x10;
}

my $uimage = file($o->{elf} =~ s/mercator\.elf$/uImage/r);
my ($date, $own, $entry) = (unpack 'N10', $uimage)[2, 4, 5];
is_hex($entry, $own, 'uImage: entered where it is loaded');
is($date, $ENV{SOURCE_DATE_EPOCH} || 0, 'uImage: its date is SOURCE_DATE_EPOCH, so the same image gives the same bytes');
$own = sprintf '0x%08x', $own;

demonstration('go', $at, 'on', load('mercator.bin', $at), @flush, "go $at");
demonstration('bootm of a kernel', $own, 'off', load('uImage', $at), "bootm $at - \${fdtcontroladdr}");
demonstration('bootm of a standalone program', $own, 'on',
	load('uImage.standalone', $at), 'setenv autostart yes', "bootm $at");

window() if $o->{window};

my ($status, $text) = run([ load('mercator.bin', $at), @flush, "go $at" ], 'shell', "version\nexit 7\n");
ok($status == 7, 'go: the shell\'s exit status is QEMU\'s', "status $status, " . last_of($text));

# a place the image cannot be at
my $crooked = sprintf '%#x', hex($at) + 4;
stops('go at an address that is no multiple of 4096: the image says so', qr/^boot: stopped.* multiple of 4096/m,
	load('mercator.bin', $crooked), @flush, "go $crooked");
stops('go outside the RAM of the board\'s row: the image says so', qr/^map: the image at \Q$beyond\E-\S+ is not inside RAM/m,
	load('mercator.bin', $at), "cp.b $at $beyond \${filesize}", @flush, "go $beyond");

# a bit that turned on the way
my @bytes = (length($uimage) - 1, 64 + int(length($image) / 2), 64);
for my $offset (@bytes) {
	refused("bootm: a bit of byte $offset turned, the image's own sum fails", qr/Bad Data CRC/,
		load('uImage', $at), flip($uimage, $offset), "bootm $at - \${fdtcontroladdr}");
}
for my $offset (4, 16, 24, 40) {
	refused("bootm: a bit of the header's byte $offset turned", qr/Bad Header Checksum/,
		load('uImage', $at), flip($uimage, $offset), "bootm $at - \${fdtcontroladdr}");
}
refused('bootm: a bit of the magic number turned', qr/Wrong Image (Format|Type)/,
	load('uImage', $at), flip($uimage, 0), "bootm $at - \${fdtcontroladdr}");
done();
