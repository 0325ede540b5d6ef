/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/s5pv210/buzzer.c - the buzzer on a board's pin, through QEMU's audio
 * back ends.
 *
 * The level of the pin over virtual time is the wave form: each sample is the
 * part of its time that the buzzer was driven, so that the pitch is exact also
 * where the edges are between two samples.  The voice begins with the first
 * sound and then goes on, so that pauses keep their length.
 */
#include "qemu/osdep.h"
#include "audio/audio.h"
#include "hw/qdev-properties.h"
#include "migration/vmstate.h"
#include "qapi/error.h"
#include "qemu/error-report.h"
#include "qemu/module.h"
#include "qemu/timer.h"
#include "panel.h"
#include "trace.h"

OBJECT_DECLARE_SIMPLE_TYPE(S5PV210BuzzerState, S5PV210_BUZZER)

#define RATE 44100
#define AMPLITUDE 8000
#define RING 8192               /* samples: more than any back end waits */
#define GAP_NS (NANOSECONDS_PER_SECOND / 10)

struct S5PV210BuzzerState {
    DeviceState parent_obj;

    const char *name;
    bool active_high;
    bool level;
    bool heard;                 /* there was a sound: the voice is active */

    QEMUSoundCard card;
    SWVoiceOut *voice;
    int64_t start_ns;           /* virtual time of sample 0 */
    int64_t done_ns;            /* the wave is known up to here */
    int64_t driven_ns;          /* of the sample that is not complete */
    uint64_t sample;            /* its number */
    int16_t ring[RING];
    unsigned first, filled;
};

static bool buzzer_on(Object *obj, Error **errp)
{
    S5PV210BuzzerState *s = S5PV210_BUZZER(obj);

    return s->level == s->active_high;
}

/* ---- the wave ---- */

static int64_t sample_ns(const S5PV210BuzzerState *s, uint64_t sample)
{
    return s->start_ns + muldiv64(sample, NANOSECONDS_PER_SECOND, RATE);
}

static void wave_start(S5PV210BuzzerState *s, int64_t now)
{
    s->start_ns = s->done_ns = now;
    s->driven_ns = 0;
    s->sample = 0;
}

/* A back end that has stopped listening loses what is oldest. */
static void wave_put(S5PV210BuzzerState *s, int16_t value)
{
    if (s->filled == RING) {
        s->first = (s->first + 1) % RING;
        s->filled--;
    }
    s->ring[(s->first + s->filled++) % RING] = value;
}

static void wave_advance(S5PV210BuzzerState *s, int64_t to, bool on)
{
    s->driven_ns += on ? to - s->done_ns : 0;
    s->done_ns = to;
}

/* Up to now the pin was as it is. */
static void wave_catch_up(S5PV210BuzzerState *s)
{
    int64_t now = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
    bool on = buzzer_on(OBJECT(s), NULL);

    /* nobody asked for long, or a snapshot has turned the time back */
    if (now - s->done_ns > GAP_NS || now < s->done_ns) {
        wave_start(s, now);
    }
    for (int64_t end = sample_ns(s, s->sample + 1); end <= now;
         end = sample_ns(s, s->sample + 1)) {
        wave_advance(s, end, on);
        wave_put(s, s->driven_ns * AMPLITUDE / (end - sample_ns(s, s->sample)));
        s->driven_ns = 0;
        s->sample++;
    }
    wave_advance(s, now, on);
}

static void buzzer_play(void *opaque, int room)
{
    S5PV210BuzzerState *s = opaque;

    wave_catch_up(s);
    while (s->filled && room > 0) {
        size_t n = MIN(MIN(s->filled, RING - s->first) * sizeof(s->ring[0]),
                       room);

        n = AUD_write(s->voice, &s->ring[s->first], n);
        if (!n) {
            return;
        }
        room -= n;
        s->first = (s->first + n / sizeof(s->ring[0])) % RING;
        s->filled -= n / sizeof(s->ring[0]);
    }
}

static void buzzer_hear(S5PV210BuzzerState *s)
{
    s->heard = true;
    wave_start(s, qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL));
    AUD_set_active_out(s->voice, true);
}

/* ---- the device ---- */

static void buzzer_pin(void *opaque, int n, int level)
{
    S5PV210BuzzerState *s = opaque;

    if (s->level == !!level) {
        return;
    }
    if (s->heard) {
        wave_catch_up(s);
    }
    s->level = level;
    trace_s5pv210_buzzer(s->name, buzzer_on(OBJECT(s), NULL),
                         qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL));
    if (!s->heard && s->voice && buzzer_on(OBJECT(s), NULL)) {
        buzzer_hear(s);
    }
}

static void buzzer_init(Object *obj)
{
    qdev_init_gpio_in(DEVICE(obj), buzzer_pin, 1);
    object_property_add_bool(obj, "on", buzzer_on, NULL);
}

static void buzzer_realize(DeviceState *dev, Error **errp)
{
    S5PV210BuzzerState *s = S5PV210_BUZZER(dev);
    struct audsettings as = { RATE, 1, AUDIO_FORMAT_S16,
                              AUDIO_HOST_ENDIANNESS };

    s->name = object_get_canonical_path_component(OBJECT(dev));
    s->level = !s->active_high;
    /* without audiodev=: the default back end; where there is none, silence */
    if (!AUD_register_card(s->name, &s->card, s->card.state ? errp : NULL)) {
        return;
    }
    s->voice = AUD_open_out(&s->card, NULL, s->name, s, buzzer_play, &as);
    if (!s->voice) {
        warn_report("%s: the audio back end gives no voice: it stays silent; "
                    "choose another -audiodev", s->name);
    }
}

static int buzzer_post_load(void *opaque, int version_id)
{
    S5PV210BuzzerState *s = opaque;

    if (s->heard && s->voice) {
        buzzer_hear(s);
    }
    return 0;
}

static const VMStateDescription buzzer_vmstate = {
    .name = TYPE_S5PV210_BUZZER,
    .version_id = 1,
    .minimum_version_id = 1,
    .post_load = buzzer_post_load,
    .fields = (const VMStateField[]) {
        VMSTATE_BOOL(level, S5PV210BuzzerState),
        VMSTATE_BOOL(heard, S5PV210BuzzerState),
        VMSTATE_END_OF_LIST()
    }
};

static const Property buzzer_properties[] = {
    DEFINE_AUDIO_PROPERTIES(S5PV210BuzzerState, card),
    DEFINE_PROP_BOOL("active-high", S5PV210BuzzerState, active_high, true),
};

static void buzzer_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);

    dc->realize = buzzer_realize;
    dc->vmsd = &buzzer_vmstate;
    dc->user_creatable = false;
    device_class_set_props(dc, buzzer_properties);
}

static const TypeInfo buzzer_info = {
    .name = TYPE_S5PV210_BUZZER,
    .parent = TYPE_DEVICE,
    .instance_size = sizeof(S5PV210BuzzerState),
    .instance_init = buzzer_init,
    .class_init = buzzer_class_init,
};

static void buzzer_register(void)
{
    type_register_static(&buzzer_info);
}

type_init(buzzer_register)
