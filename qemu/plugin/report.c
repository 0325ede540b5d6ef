/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/plugin/report.c - findings: one line for each place and rule.
 *
 * Lines of the output file, fields separated by tabs:
 *   finding RULE PC SECTION TEXT     when it is first seen
 *   note    RULE PC SECTION TEXT     the same, not held against the program
 *   begin                            the program's first instruction
 *   again   RULE PC COUNT            at the end, when it came more than once
 *   count   NAME N                   at the end: what was judged
 *   end                              the run came to its end
 * Addresses of code in a text are written @xxxxxxxx; qemu/plugin/watch.pl
 * turns them into symbols and lines.
 */
#include <glib.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "watch.h"

static FILE *out;
static GHashTable *seen; /* "RULE PC" -> how often */
static bool begun = true;

uint64_t counts[COUNTS];
static const char *const count_names[COUNTS] = {
    "table-stores", "changes", "uses", "device-accesses", "tlb-invalidates",
    "register-writes",
};

void report_open(const char *path)
{
    out = path ? fopen(path, "w") : NULL;
    if (path && !out) {
        fprintf(stderr, "mercator-watch: %s cannot be written; "
                "findings go to standard error\n", path);
    }
    if (!out) {
        out = stderr;
    }
    seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

/* What runs before the program (a boot ROM) is not the program's. */
void report_wait(void)
{
    begun = false;
}

void report_begin(void)
{
    if (!begun) {
        fprintf(out, "begin\n");
    }
    begun = true;
}

static void tell(const char *kind, enum rule rule, uint32_t pc,
                 const char *section, const char *fmt, va_list ap)
{
    g_autofree char *key = g_strdup_printf("R%d\t%08x", rule, pc);
    uint32_t *n = g_hash_table_lookup(seen, key);

    if (n) {
        ++*n;
        return;
    }
    n = g_new(uint32_t, 1);
    *n = 1;
    g_hash_table_insert(seen, g_strdup(key), n);
    fprintf(out, "%s\t%s\t%s\t", kind, key, section);
    vfprintf(out, fmt, ap);
    fputc('\n', out);
    fflush(out);
}

void report(enum rule rule, uint32_t pc, const char *section,
            const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    tell(begun ? "finding" : "note", rule, pc, section, fmt, ap);
    va_end(ap);
}

void report_note(enum rule rule, uint32_t pc, const char *section,
                 const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    tell("note", rule, pc, section, fmt, ap);
    va_end(ap);
}

void report_close(void)
{
    GHashTableIter it;
    void *key, *n;

    g_hash_table_iter_init(&it, seen);
    while (g_hash_table_iter_next(&it, &key, &n)) {
        if (*(uint32_t *)n > 1) {
            fprintf(out, "again\t%s\t%u\n", (char *)key, *(uint32_t *)n);
        }
    }
    for (int i = 0; i < COUNTS; i++) {
        fprintf(out, "count\t%s\t%" PRIu64 "\n", count_names[i], counts[i]);
    }
    fprintf(out, "end\n");
    fflush(out);
}
