/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/counter.h - a down counter in virtual time, for the timers.
 *
 * Nothing runs while it counts: the value is computed when somebody asks.  A
 * counter that reloads keeps to the exact multiples of its period.
 */
#ifndef HW_ARM_S5PV210_COUNTER_H
#define HW_ARM_S5PV210_COUNTER_H

#include "migration/vmstate.h"

typedef struct S5PV210Counter {
    uint32_t hz;                /* of the input; 0: it stands still */
    uint64_t divisor;           /* input clocks for each step */
    bool running;
    uint64_t count;             /* what is left, while it does not run */
    int64_t epoch;              /* virtual ns of step 0, while it runs... */
    uint64_t zero;              /* ... and the step at which 0 is reached */
} S5PV210Counter;

extern const VMStateDescription s5pv210_counter_vmstate;

#define VMSTATE_S5PV210_COUNTER(field, state)                              \
    VMSTATE_STRUCT(field, state, 1, s5pv210_counter_vmstate, S5PV210Counter)

/* A new rate holds from now on; what is left stays. */
void s5pv210_counter_set_rate(S5PV210Counter *c, uint32_t hz, uint64_t divisor);
void s5pv210_counter_set(S5PV210Counter *c, uint64_t count);
void s5pv210_counter_start(S5PV210Counter *c);
void s5pv210_counter_stop(S5PV210Counter *c);

/* What is left; 0 when it has run out. */
uint64_t s5pv210_counter_get(const S5PV210Counter *c);

/*
 * How often 0 was reached since the last call.  Each time it starts again at
 * reload, or stops at 0 when reload is 0.
 */
uint64_t s5pv210_counter_expired(S5PV210Counter *c, uint64_t reload);

/* The virtual ns at which count will be left; INT64_MAX: not in a lifetime. */
int64_t s5pv210_counter_when(const S5PV210Counter *c, uint64_t count);

#endif
