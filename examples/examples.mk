# SPDX-License-Identifier: BSD-2-Clause
# examples/examples.mk - the mapping core as a library, and programs that use it.
