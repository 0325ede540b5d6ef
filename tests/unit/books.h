/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/books.h - do the records of the dynamic window add up?
 */
#ifndef TESTS_UNIT_BOOKS_H
#define TESTS_UNIT_BOOKS_H

/** books_wrong() - what in the window's records contradicts the rest, or NULL. */
const char *books_wrong(void);

/** books_spoil() - fill the records with junk, as RAM is before ioremap_init(). */
void books_spoil(void);

#endif
