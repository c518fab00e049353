/* advice.c - how many workers each service should have. */
#include "advice.h"
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Above this part of the time, requests begin to wait for each other. */
#define TARGET 0.65

enum { LONG_S = 300, DELAY_US = 20000 };

static void because (advice *self, const char *format, ...) __attribute__ ((format (printf, 2, 3)));
static void because (advice *self, const char *format, ...)
{
    va_list list_of;
    size_t used = strlen (self->why);
    va_start (list_of, format);
    vsnprintf (self->why + used, sizeof self->why - used, format, list_of);
    va_end (list_of);
}

static int percent (double part)
{
    return (int) lround (100 * part);
}

static void decide (advice *self, bool long_enough)
{
    int64_t needed = (int64_t) ceil ((double) self->workers * self->busy / TARGET), least = needed > 0 ? needed : 1;
    bool waits = self->queued > 0 && self->delay_us > DELAY_US;
    if (waits && least <= self->workers)
        least = self->workers + 1;
    int64_t most = 2 * self->workers;
    self->want = least > most ? most : least;
    because (self, "its %" PRId64 " threads worked %d %% of the time", self->threads, percent (self->busy));
    if (waits)
        because (self, ", and requests wait up to %" PRId64 " ms in the gateway", self->delay_us / 1000);
    if (self->want > self->workers)
        because (self, "; %" PRId64 " workers would be at %d %%", self->want, percent (self->busy * (double) self->workers / (double) self->want));
    if (least > most)
        because (self, ", and there is no going up to more than twice as many at once");
    self->later = self->want;
    if (self->want < self->workers) {
        self->later = self->workers - 1;
        self->want = long_enough ? self->later : self->workers;
        because (self, "; one less would do%s", long_enough ? "" : " when that lasts for five minutes, which --over=300 can tell");
    } else if (self->want == self->workers)
        because (self, "; up to %d %% is fine", percent (TARGET));
}

static void advise_one (advice *self, bool long_enough)
{
    self->want = self->later = self->workers > 0 ? self->workers : 1;
    if (self->workers == 0)
        because (self, "no worker takes work: start one");
    else if (self->busy < 0)
        because (self, "its workers do not tell how busy they are, or none of them was there all the time");
    else
        decide (self, long_enough);
    if (self->lag > 0)
        because (self, "; its view is %" PRId64 " events behind, which more workers do not mend: each reads the whole stream", self->lag);
}

size_t advise (const snapshot *before, const snapshot *now, advice all [SERVICE_COUNT])
{
    size_t count = 0;
    for (int i = 0; i < SERVICE_COUNT; i++) {
        const service_status_t *s = i == SERVICE_GATEWAY ? NULL : snapshot_service (now, service_names [i]);
        if (!s)
            continue;
        advice *a = &all [count++];
        *a = (advice) { .service = service_names [i], .workers = s->workers, .queued = s->queued, .delay_us = s->delay_us };
        a->busy = snapshot_busy (before, now, a->service, &a->threads);
        a->lag = snapshot_lag (now, a->service);
        advise_one (a, (double) (now->at - before->at) / 1e6 >= LONG_S);
    }
    return count;
}
