/* platform.c - what the gateways of a set say of it, at two moments. */
#include "platform.h"
#include "place.h"
#include "../../common/text.h"
#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { PATIENCE_MS = 1000 };

/* ----------------------------------------------------------------------------------- merging */

static void *zone_copy (msgpack_zone *zone, const void *from, size_t size)
{
    void *copy = msgpack_zone_malloc (zone, size ? size : 1);
    assert (copy);
    return size ? memcpy (copy, from, size) : copy;
}

static const char *zone_text (msgpack_zone *zone, const char *from)
{
    return from ? zone_copy (zone, from, strlen (from) + 1) : NULL;
}

static int64_t greater (int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static mwp_status_t *worker_of (const platform_status_t *self, const char *name)
{
    for (size_t i = 0; i < self->workers.count; i++)
        if (strcmp (self->workers.at [i].worker, name) == 0)
            return &self->workers.at [i];
    return NULL;
}

static service_status_t *service_of (const platform_status_t *self, const char *name)
{
    for (size_t i = 0; i < self->services.count; i++)
        if (strcmp (self->services.at [i].service, name) == 0)
            return &self->services.at [i];
    return NULL;
}

static void add_worker (platform_status_t *to, const mwp_status_t *from, msgpack_zone *zone)
{
    mwp_status_t *w = worker_of (to, from->worker);
    if (w) { /* what it says of itself, it says to all */
        w->ready &= from->ready;
        w->suspect |= from->suspect;
        w->credit += from->credit;
        w->in_flight += from->in_flight;
        return;
    }
    w = &to->workers.at [to->workers.count++];
    *w = *from;
    w->worker = zone_text (zone, from->worker);
    w->service = zone_text (zone, from->service);
    w->build = zone_text (zone, from->build);
    w->counts.at = zone_copy (zone, from->counts.at, from->counts.count * sizeof *from->counts.at);
    for (size_t i = 0; i < w->counts.count; i++)
        w->counts.at [i].operation = zone_text (zone, from->counts.at [i].operation);
}

static bool is_percentile (const field *f)
{
    return strcmp (f->name, "delay_us") == 0 || strcmp (f->name, "p50_us") == 0 || strcmp (f->name, "p99_us") == 0;
}

static void add_service (platform_status_t *to, const service_status_t *from, msgpack_zone *zone)
{
    service_status_t *s = service_of (to, from->service);
    const schema *shape = service_status_schema ();
    if (!s) {
        s = &to->services.at [to->services.count++];
        *s = *from;
        s->service = zone_text (zone, from->service);
        return;
    }
    for (size_t i = 0; i < shape->count; i++)
        if (shape->fields [i].kind == KIND_INT) {
            int64_t *sum = schema_at (&shape->fields [i], s), more = *(int64_t *) schema_at (&shape->fields [i], from);
            *sum = is_percentile (&shape->fields [i]) ? greater (*sum, more) : *sum + more;
        }
}

/* Each gateway counted the workers that it knows; those are the same ones. */
static void count_workers (platform_status_t *self)
{
    for (size_t i = 0; i < self->services.count; i++) {
        service_status_t *s = &self->services.at [i];
        s->workers = 0;
        for (size_t k = 0; k < self->workers.count; k++) {
            const mwp_status_t *w = &self->workers.at [k];
            s->workers += w->ready && !w->suspect && strcmp (w->service, s->service) == 0;
        }
    }
}

void platform_merge (const platform_status_t *parts, size_t count, platform_status_t *to, msgpack_zone *zone)
{
    size_t workers = 0, services = 0;
    *to = (platform_status_t) { .has = count ? parts [0].has : 0, .ready = count > 0 };
    for (size_t i = 0; i < count; i++) {
        workers += parts [i].workers.count;
        services += parts [i].services.count;
    }
    to->workers.at = msgpack_zone_malloc (zone, (workers + 1) * sizeof *to->workers.at);
    to->services.at = msgpack_zone_malloc (zone, (services + 1) * sizeof *to->services.at);
    assert (to->workers.at && to->services.at);
    for (size_t i = 0; i < count; i++) {
        const platform_status_t *part = &parts [i];
        for (size_t k = 0; k < part->workers.count; k++)
            add_worker (to, &part->workers.at [k], zone);
        for (size_t k = 0; k < part->services.count; k++)
            add_service (to, &part->services.at [k], zone);
        to->has |= part->has;
        to->ready &= part->ready;
        to->head = greater (to->head, part->head);
        to->busy_us = greater (to->busy_us, part->busy_us);
        to->blocked_us = greater (to->blocked_us, part->blocked_us);
    }
    count_workers (to);
}

/* --------------------------------------------------------------------------------- snapshots */

void snapshot_open (snapshot *self)
{
    *self = (snapshot) { 0 };
    msgpack_zone_init (&self->zone, 8192);
}

void snapshot_close (snapshot *self)
{
    msgpack_zone_destroy (&self->zone);
}

bool snapshot_take (snapshot *self, client *from)
{
    platform_status_t said = { 0 };
    client_caller who = client_operator ();
    msgpack_zone_clear (&self->zone);
    bool answered = client_ask (from, "platform_status", nothing_schema (), &(nothing_t) { 0 }, &who, PATIENCE_MS, &said) == outcome_done;
    platform_merge (&said, answered, &self->is, &self->zone);
    self->at = clock_steady_us ();
    client_forget (from);
    return answered;
}

void outlook_open (outlook *self, const char *run)
{
    self->set = client_new (run);
    self->at = place_control () ? place_control () : run;
    snapshot_open (&self->before);
    snapshot_open (&self->now);
}

void outlook_close (outlook *self)
{
    snapshot_close (&self->before);
    snapshot_close (&self->now);
    client_destroy (&self->set);
}

static bool look (outlook *self, snapshot *at, const char *command)
{
    bool answered = snapshot_take (at, self->set);
    if (!answered)
        fprintf (stderr, "meerwaarde %s: nobody answers at %s; does the set run?\n", command, self->at);
    return answered;
}

bool outlook_look (outlook *self, const char *command)
{
    return look (self, &self->now, command);
}

bool outlook_look_twice (outlook *self, const char *command, bool (*wait) (double seconds), double seconds)
{
    return look (self, &self->before, command) && !wait (seconds) && look (self, &self->now, command);
}

const service_status_t *snapshot_service (const snapshot *self, const char *name)
{
    return service_of (&self->is, name);
}

const mwp_status_t *snapshot_worker (const snapshot *self, const char *name)
{
    return worker_of (&self->is, name);
}

int64_t snapshot_seq (const snapshot *self, const char *service)
{
    int64_t least = -1;
    for (size_t i = 0; i < self->is.workers.count; i++) {
        const mwp_status_t *w = &self->is.workers.at [i];
        int64_t seq = strcmp (w->service, service) ? -1 : schema_int (mwp_status_schema (), w, "seq", -1);
        if (seq >= 0 && (least < 0 || seq < least))
            least = seq;
    }
    return least;
}

int64_t snapshot_lag (const snapshot *self, const char *service)
{
    int64_t seq = snapshot_seq (self, service), head = schema_int (platform_status_schema (), &self->is, "head", -1);
    return seq < 0 || head < 0 ? -1 : greater (head - seq, 0);
}

double snapshot_busy (const snapshot *before, const snapshot *now, const char *service, int64_t *threads)
{
    double worked = 0, wall = (double) (now->at - before->at);
    *threads = 0;
    for (size_t i = 0; i < now->is.workers.count; i++) {
        const mwp_status_t *w = &now->is.workers.at [i], *then = snapshot_worker (before, w->worker);
        int64_t its = schema_int (mwp_status_schema (), w, "threads", 0);
        if (strcmp (w->service, service) || !its || !then || then->busy_us > w->busy_us)
            continue;
        *threads += its;
        worked += (double) (w->busy_us - then->busy_us);
    }
    double part = *threads && wall > 0 ? worked / (wall * (double) *threads) : -1;
    return part > 1 ? 1 : part; /* a long request is counted where it ends */
}

double snapshot_rate (const snapshot *before, const snapshot *now, const char *service, const char *name)
{
    const service_status_t *a = snapshot_service (before, service), *b = snapshot_service (now, service);
    double seconds = (double) (now->at - before->at) / 1e6;
    int64_t more = !a || !b ? -1 : schema_int (service_status_schema (), b, name, 0) - schema_int (service_status_schema (), a, name, 0);
    return more < 0 || seconds <= 0 ? -1 : (double) more / seconds;
}
