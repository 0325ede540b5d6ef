/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * linker/hidden.h - put before every C file that runs with the MMU off.
 *
 * -fvisibility=hidden covers what a file defines; this covers what it declares
 * too, so that the compiler reaches a neighbour's data relative to the PC and
 * not through a table of absolute addresses.
 */
#pragma GCC visibility push(hidden)
