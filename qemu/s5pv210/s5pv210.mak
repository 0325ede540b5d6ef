# SPDX-License-Identifier: GPL-2.0-or-later
# The devices of the S5PV210 machines; what they need is selected in Kconfig.
CONFIG_S5PV210=y
# The machines of the kit's other boards: the plug-in watches them in this QEMU,
# since only 10.0 shows a plug-in the values of stores.
CONFIG_ARM_VIRT=y
CONFIG_EXYNOS4=y
CONFIG_RASPI=y
CONFIG_REALVIEW=y
CONFIG_VEXPRESS=y
