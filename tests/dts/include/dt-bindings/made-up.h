/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/dts/include/dt-bindings/made-up.h - words for the made-up SoC's interrupts
 * and pins.
 */
#define SPI 0
#define PPI 1
#define ACTIVE_LOW 1
