# SPDX-License-Identifier: BSD-2-Clause
# tools/map.mk - what a porter asks of a map table on this machine.
