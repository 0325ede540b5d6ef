# SPDX-License-Identifier: BSD-2-Clause
# What BL1 takes of drivers/ on this chip, beside the console of the board's row.
s5pv210.drivers := drivers/gpio_s5p.c
