# SPDX-License-Identifier: GPL-2.0-or-later
# The devices of the S5PV210 machines; what they need is selected in Kconfig.
CONFIG_S5PV210=y
