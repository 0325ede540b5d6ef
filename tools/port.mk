# SPDX-License-Identifier: BSD-2-Clause
# tools/port.mk - a new board's folder.
