# SPDX-License-Identifier: BSD-2-Clause
# tools/S5pBanks.pm - where each GPIO bank of a Samsung SoC begins in its block, which
# the device trees do not say.
#
# S5PV210 User's Manual, section 2.2; Exynos 4210, 4412, 5250, 5410 and 5420 User's
# Manuals, chapter GPIO.  A name stands for one bank of one block, so the blocks of a
# SoC share a table.
package S5pBanks;

use strict;
use warnings;
use Fdt;

use constant APART => 0x20;

# "offset of the first: names"; "-" is a gap.
my %BANKS = (
	'samsung,s5pv210-pinctrl' => [
		0x000 => 'gpa0 gpa1 gpb gpc0 gpc1 gpd0 gpd1 gpe0 gpe1 gpf0 gpf1 gpf2 gpf3 gpg0 gpg1 gpg2 gpg3 gpi',
		0x240 => 'gpj0 gpj1 gpj2 gpj3 gpj4 mp01 mp02 mp03 mp04 mp05 mp06 mp07',
		0xC00 => 'gph0 gph1 gph2 gph3'],
	'samsung,exynos4210-pinctrl' => [
		0x000 => 'gpa0 gpa1 gpb gpc0 gpc1 gpd0 gpd1 gpe0 gpe1 gpe2 gpe3 gpe4 gpf0 gpf1 gpf2 gpf3',
		0x000 => 'gpj0 gpj1 gpk0 gpk1 gpk2 gpk3 gpl0 gpl1 gpl2 gpy0 gpy1 gpy2 gpy3 gpy4 gpy5 gpy6',
		0xC00 => 'gpx0 gpx1 gpx2 gpx3', 0x000 => 'gpz'],
	'samsung,exynos4x12-pinctrl' => [
		0x000 => 'gpa0 gpa1 gpb gpc0 gpc1 gpd0 gpd1', 0x180 => 'gpf0 gpf1 gpf2 gpf3', 0x240 => 'gpj0 gpj1',
		0x040 => 'gpk0 gpk1 gpk2 gpk3 gpl0 gpl1 gpl2 gpy0 gpy1 gpy2 gpy3 gpy4 gpy5 gpy6',
		0x260 => 'gpm0 gpm1 gpm2 gpm3 gpm4', 0xC00 => 'gpx0 gpx1 gpx2 gpx3', 0x000 => 'gpz',
		0x000 => 'gpv0 gpv1 gpv2 gpv3 gpv4'],
	'samsung,exynos5250-pinctrl' => [
		0x000 => 'gpa0 gpa1 gpa2 gpb0 gpb1 gpb2 gpb3 gpc0 gpc1 gpc2 gpc3 gpd0 gpd1 gpy0 gpy1 gpy2 gpy3 gpy4 gpy5 gpy6',
		0x2E0 => 'gpc4', 0xC00 => 'gpx0 gpx1 gpx2 gpx3',
		0x000 => 'gpe0 gpe1 gpf0 gpf1 gpg0 gpg1 gpg2 gph0 gph1', 0x000 => 'gpv0 gpv1 - gpv2 gpv3 - gpv4', 0x000 => 'gpz'],
	'samsung,exynos5410-pinctrl' => [
		0x000 => 'gpa0 gpa1 gpa2 gpb0 gpb1 gpb2 gpb3 gpc0 gpc3 gpc1 gpc2 gpm5 gpd1 gpe0 gpe1 gpf0 gpf1 gpg0 gpg1 gpg2',
		0x280 => 'gph0 gph1 gpm7 gpy0 gpy1 gpy2 gpy3 gpy4 gpy5 gpy6 gpy7', 0xC00 => 'gpx0 gpx1 gpx2 gpx3',
		0x000 => 'gpj0 gpj1 gpj2 gpj3 gpj4 gpk0 gpk1 gpk2 gpk3', 0x000 => 'gpv0 gpv1 - gpv2 gpv3 - gpv4', 0x000 => 'gpz'],
	'samsung,exynos5420-pinctrl' => [
		0x000 => 'gpy7', 0xC00 => 'gpx0 gpx1 gpx2 gpx3',
		0x000 => 'gpc0 gpc1 gpc2 gpc3 gpc4 gpd1 gpy0 gpy1 gpy2 gpy3 gpy4 gpy5 gpy6',
		0x000 => 'gpe0 gpe1 gpf0 gpf1 gpg0 gpg1 gpg2 gpj4',
		0x000 => 'gpa0 gpa1 gpa2 gpb0 gpb1 gpb2 gpb3 gpb4 gph0', 0x000 => 'gpz'],
);

# offset($block, $bank): where the bank begins in that pin controller, or undef
sub offset {
	my ($block, $bank) = @_;
	my ($soc) = grep { $BANKS{$_} } Fdt::compatible($block);
	my @runs = $soc ? @{$BANKS{$soc}} : ();

	while (my ($at, $names) = splice @runs, 0, 2) {
		for (split ' ', $names) {
			return $at if $_ eq $bank;
			$at += APART;
		}
	}
	return undef;
}

1;
