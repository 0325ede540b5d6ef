/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * app/demo.h - the course's demonstration: registers by a static and by dynamic mappings.
 */
#ifndef APP_DEMO_H
#define APP_DEMO_H

/** demo_main() - run it.  Return: 0, or 1 when something was not as it should be. */
int demo_main(void);

#endif
