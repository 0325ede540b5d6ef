/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/vcd.c - writes the levels of pins over virtual time as a VCD
 * file (IEEE 1364), which GTKWave and others show.
 *
 * A probe stands between the pin and what is wired to it.
 */
#include "qemu/osdep.h"
#include "hw/irq.h"
#include "qapi/error.h"
#include "qemu/notify.h"
#include "qemu/timer.h"
#include "system/runstate.h"
#include "system/system.h"
#include "s5pv210.h"
#include "vcd.h"

#define PROBES_MAX 64

typedef struct Vcd {
    FILE *f;
    DeviceState *gpio;
    int64_t ns;                 /* of the last "#" line */
    unsigned probes;
    char *pin[PROBES_MAX];
    qemu_irq behind[PROBES_MAX];        /* what is wired to the pin */
    bool level[PROBES_MAX];
    Notifier end;
} Vcd;

/* The name of a variable inside the file: one printable character. */
static char vcd_id(unsigned n)
{
    return '!' + n;
}

/* A snapshot may turn the time back: the file cannot. */
static void vcd_time(Vcd *v)
{
    int64_t ns = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);

    if (ns > v->ns) {
        v->ns = ns;
        fprintf(v->f, "#%" PRId64 "\n", ns);
    }
}

static void vcd_level(Vcd *v, int n, bool level)
{
    if (v->level[n] != level) {
        v->level[n] = level;
        vcd_time(v);
        fprintf(v->f, "%d%c\n", level, vcd_id(n));
    }
}

static void vcd_pin(void *opaque, int n, int level)
{
    Vcd *v = opaque;

    vcd_level(v, n, level);
    qemu_set_irq(v->behind[n], level);
}

static bool vcd_now(Vcd *v, int n)
{
    return object_property_get_bool(OBJECT(v->gpio), v->pin[n], &error_abort);
}

/*
 * Somebody may look while the machine stands; and a snapshot that was loaded
 * meanwhile has levels of its own.
 */
static void vcd_run_state(void *opaque, bool running, RunState state)
{
    Vcd *v = opaque;

    if (!v->f) {
        return;
    }
    if (!running) {
        fflush(v->f);
        return;
    }
    for (unsigned n = 0; n < v->probes; n++) {
        vcd_level(v, n, vcd_now(v, n));
    }
}

/* The last line says how long the levels stayed as they are. */
static void vcd_end(Notifier *n, void *data)
{
    Vcd *v = container_of(n, Vcd, end);

    vcd_time(v);
    fclose(v->f);
    v->f = NULL;
}

static void vcd_probe(Vcd *v, const char *pin)
{
    unsigned n = v->probes++;

    v->pin[n] = g_strdup(pin);
    v->level[n] = vcd_now(v, n);
    v->behind[n] = qdev_intercept_gpio_out(v->gpio,
                                           qemu_allocate_irq(vcd_pin, v, n),
                                           NULL, s5pv210_gpio_line(pin));
    fprintf(v->f, "$var wire 1 %c %s $end\n", vcd_id(n), pin);
}

static void vcd_header(Vcd *v, const char *board, char **pins)
{
    fprintf(v->f, "$comment pins of %s, virtual time $end\n"
            "$timescale 1 ns $end\n$scope module %s $end\n", board, board);
    for (; *pins; pins++) {
        if (**pins) {
            vcd_probe(v, *pins);
        }
    }
    fprintf(v->f, "$upscope $end\n$enddefinitions $end\n#0\n$dumpvars\n");
    for (unsigned n = 0; n < v->probes; n++) {
        fprintf(v->f, "%d%c\n", v->level[n], vcd_id(n));
    }
    fprintf(v->f, "$end\n");
}

static bool pins_exist(char **pins, Error **errp)
{
    unsigned n = 0;

    for (; *pins; pins++) {
        if (!**pins) {
            continue;
        }
        if (s5pv210_gpio_line(*pins) < 0) {
            error_setg(errp, "pins: there is no pin \"%s\"; they are called "
                       "GPA0_0 to GPH3_7, several with : between them", *pins);
            return false;
        }
        n++;
    }
    if (n == 0 || n > PROBES_MAX) {
        error_setg(errp, "vcd: %u pins are named; 1 to %u can be written: "
                   "pins=GPJ0_3:GPD0_2", n, PROBES_MAX);
        return false;
    }
    return true;
}

void s5pv210_vcd(DeviceState *gpio, const char *board, const char *file,
                 const char *pins, Error **errp)
{
    g_auto(GStrv) pin = g_strsplit_set(pins, ":, ", 0);
    Vcd *v;

    if (!pins_exist(pin, errp)) {
        return;
    }
    v = g_new0(Vcd, 1);
    v->f = fopen(file, "w");
    if (!v->f) {
        error_setg_errno(errp, errno, "vcd: %s cannot be written", file);
        g_free(v);
        return;
    }
    v->gpio = gpio;
    vcd_header(v, board, pin);
    v->end.notify = vcd_end;
    qemu_add_exit_notifier(&v->end);
    qemu_add_vm_change_state_handler(vcd_run_state, v);
}
