#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/plugin/decode.pl - the plug-in's decoder against the assembler: each
# instruction below is assembled, and decoded as it is said here.  Prints TAP.
#
#	decode.pl SHOW [CROSS]      SHOW: built from tests/plugin/show_decode.c
#
# A line: instruction = class, alignment, accesses, marks (pc: loads or stores the
# PC; load: an exception return that is a load).  Those of both instruction sets
# are tried in both.
use strict;
use warnings;
use File::Temp qw(tempdir);

my ($show, $cross) = (@ARGV, 'arm-none-eabi-');
my $dir = tempdir('mercator-XXXXXX', TMPDIR => 1, CLEANUP => 1);
my ($n, $failed) = (0, 0);

my $both = <<'END';
ldr r0, [r1] = single 4 1
ldr r0, [r1, #4]! = single 4 1
ldr r0, [r1, r2] = single 4 1
str r0, [r1], #4 = single 4 1
ldrb r0, [r1] = single 1 1
strb r0, [r1, r2] = single 1 1
ldrh r0, [r1] = single 2 1
strh r0, [r1, r2] = single 2 1
ldrsb r0, [r1, r2] = single 1 1
ldrsh r0, [r1, r2] = single 2 1
ldrd r0, r1, [r2] = double 4 2
strd r0, r1, [r2, #8] = double 4 2
ldm r0, {r1, r2, r3} = multi 4 3
stm r0!, {r1, r2} = multi 4 2
ldm r0!, {r8, r9, pc} = multi 4 3 pc
push {r4, lr} = multi 4 2
push {r4-r11, lr} = multi 4 9
pop {r4, pc} = multi 4 2 pc
pop {r0, r1} = multi 4 2
ldrex r0, [r1] = exclusive 4 1
ldrexb r0, [r1] = exclusive 1 1
ldrexh r0, [r1] = exclusive 2 1
ldrexd r0, r1, [r2] = exclusive 8 1
strex r0, r1, [r2] = exclusive 4 1
strexd r0, r2, r3, [r4] = exclusive 8 1
clrex = other 1 1
vldr d0, [r0] = vfp 4 1
vstr s1, [r0, #8] = vfp 4 1
vldm r0, {d0-d3} = vfp-multi 4 8
vstmia r0!, {s0-s2} = vfp-multi 4 3
vpush {d8} = vfp-multi 4 2
vld1.32 {d0}, [r0] = neon 1 1
vst4.8 {d0-d3}, [r0]! = neon 1 1
vadd.i32 d0, d1, d2 = vfp-op 1 1
vadd.f32 s0, s1, s2 = vfp-op 1 1
vmov s0, r1 = vfp-op 1 1
vmrs r0, fpscr = vfp-op 1 1
vmov d0, r0, r1 = vfp-op 1 1
mcr p15, 0, r3, c7, c10, 1 = mcr 1 1 07a1 r3
mcr p15, 0, r0, c8, c7, 0 = mcr 1 1 0870 r0
mcr p15, 4, r0, c12, c0, 0 = mcr 1 1 4c00 r0
mrc p15, 1, r12, c0, c0, 0 = mrc 1 1 1000 r12
mrc p14, 0, r0, c0, c0, 0 = other 1 1
mrrc p15, 1, r0, r1, c14 = other 1 1
stc p14, c5, [r0], #4 = coprocessor 4 1
dsb = dsb 1 1
dsb ish = dsb 1 1
dsb st = dsb-st 1 1
dsb ishst = dsb-st 1 1
dmb = other 1 1
isb = isb 1 1
svc #1 = svc 1 1
cpsie i = unmask 1 1
cpsid aif = other 1 1
msr cpsr_c, r0 = unmask 1 1
msr cpsr_f, r0 = other 1 1
mrs r0, cpsr = other 1 1
subs pc, lr, #4 = return 1 1
rfeia sp! = return 4 2 pc load
srsdb sp!, #19 = multi 4 2
add r0, r1, r2 = other 1 1
mul r0, r1, r2 = other 1 1
umull r0, r1, r2, r3 = other 1 1
movw r0, #0x1234 = other 1 1
ubfx r0, r1, #4, #8 = other 1 1
cmp r0, #4 = other 1 1
bx lr = other 1 1
nop = other 1 1
pld [r0] = other 1 1
END

my $arm = <<'END';
swp r0, r1, [r2] = swap 4 1
swpb r0, r1, [r2] = swap 1 1
movs pc, lr = return 1 1
eret = return 1 1
ldm sp!, {r0, r1, pc}^ = return 4 3 pc load
ldm r0, {sp, lr}^ = multi 4 2
ldrne r0, [r1] = single 4 1
mcreq p15, 0, r0, c1, c0, 0 = mcr 1 1 0100 r0
msr cpsr_c, #0xd3 = unmask 1 1
strht r0, [r1], #2 = single 2 1
usada8 r0, r1, r2, r3 = other 1 1
END

my $thumb = <<'END';
tbb [r0, r1] = single 1 1
tbh [r0, r1, lsl #1] = single 2 1
ldr r0, [pc, #8] = single 4 1
ldr.w r0, [r1, #4092] = single 4 1
cbz r0, . + 4 = other 1 1
END

sub lines_of {
	return map { [/^(.*?) = (.*)$/] } split /\n/, join '', @_;
}

# The encodings, in order: [bytes, word as it lies in memory].
sub assemble {
	my ($set, @list) = @_;
	my @code;

	open my $s, '>', "$dir/$set.s" or die "$dir/$set.s: $!\n";
	print $s ".syntax unified\n.arch armv7-a\n.arch_extension virt\n.arch_extension sec\n.fpu neon\n.$set\n";
	print $s ".balign 4\n";
	printf $s ".global i%03d\ni%03d: %s\n", $_, $_, $list[$_][0] for 0 .. $#list;
	printf $s ".global i%03d\ni%03d:\n", scalar @list, scalar @list;
	close $s;
	system("${cross}as -mno-warn-deprecated -o $dir/$set.o $dir/$set.s && ${cross}objcopy -O binary -j .text $dir/$set.o $dir/$set.bin") == 0
		or die "$0: the assembler refuses its list\n";
	my %at = map { /^([0-9a-f]+) . i(\d+)$/ ? ($2 + 0, hex $1) : () } split /\n/, `${cross}nm $dir/$set.o`;
	my $bin = do { local (@ARGV, $/) = "$dir/$set.bin"; <> };

	for (0 .. $#list) {
		my $bytes = $at{ $_ + 1 } - $at{$_};

		push @code, [$bytes, unpack 'V', substr($bin . "\0\0", $at{$_}, 4)];
	}
	return @code;
}

sub try_set {
	my ($set, @list) = @_;
	my @code = assemble($set, @list);

	open my $in, '>', "$dir/$set.in" or die "$dir: $!\n";
	printf $in $set eq 'arm' ? "arm %2\$x\n" : "thumb %x %x\n", @$_ for @code;
	close $in;
	my @said = split /\n/, `$show <$dir/$set.in`;

	for (0 .. $#list) {
		my ($insn, $want) = @{ $list[$_] };
		my $ok = ($said[$_] // 'nothing') eq $want;

		$n++;
		$failed++ unless $ok;
		printf "%sok %d - %s: %s%s\n", $ok ? '' : 'not ', $n, $set, $insn,
			$ok ? '' : sprintf(' (%0*x) is said to be %s, not %s', $code[$_][0] * 2, $code[$_][1], $said[$_] // 'nothing', $want);
	}
}

try_set('arm', lines_of($both, $arm));
try_set('thumb', lines_of($both, $thumb));
print "1..$n\n";
exit($failed ? 1 : 0);
