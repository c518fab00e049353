/* projector.c - keeps a service's own view of the stream: a thread that applies every event
 * once, in order. */
#include "projector.h"
#include "apply.h"
#include "log.h"
#include "text.h"
#include <assert.h>
#include <czmq.h>
#include <inttypes.h>
#include <stdatomic.h>

enum { TURN_MS = 100, FIRST_PAUSE_MS = 50, LONGEST_PAUSE_MS = 2000 };

struct projector {
    zactor_t *thread;
    const service *service;
    char conninfo [1024];
    stream_source from;
    const char *directory; /* of a projection; NULL: in memory only */
    void *context;
    _Atomic int64_t seq;
    _Atomic bool ready;
};

/* What the thread has. */
typedef struct {
    projector *shared;
    zsock_t *pipe;
    applier *applier;       /* NULL: the view is in memory */
    subscriber *subscriber; /* NULL: not begun, or to begin again */
    uint8_t epoch [EVS_EPOCH]; /* of a projection's events */
    bool knows_epoch;
    int64_t fence;          /* where the log ended at the first look; -1: not looked yet */
    size_t most; /* events a transaction; 1 after a failure, to find the one that fails */
    int pause_ms;
    bool ended;
} work;

static void stay (work *self, int ms)
{
    zmq_pollitem_t item = { .socket = zsock_resolve (self->pipe), .events = ZMQ_POLLIN };
    int came = self->ended ? 0 : zmq_poll (&item, 1, ms);
    if (came > 0) { /* heard, so that what was done before it was said is seen to be over */
        char *word = zstr_recv (self->pipe);
        zstr_free (&word);
    }
    self->ended |= came != 0;
}

/* Longer each time, until something goes well again. */
static void pause_a_while (work *self)
{
    subscriber_destroy (&self->subscriber);
    stay (self, self->pause_ms);
    self->pause_ms = self->pause_ms * 2 < LONGEST_PAUSE_MS ? self->pause_ms * 2 : LONGEST_PAUSE_MS;
}

static bool begin (work *self)
{
    int64_t seq = atomic_load (&self->shared->seq);
    if (self->applier && !applier_position (self->applier, &seq, self->epoch, &self->knows_epoch))
        return false;
    atomic_store (&self->shared->seq, seq);
    self->subscriber = subscriber_new (&self->shared->from, "all", seq, self->knows_epoch ? self->epoch : NULL);
    return true;
}

static void apply_in_memory (work *self, const stream_batch *batch)
{
    const projection *view = self->shared->service->projection;
    msgpack_zone *zone = msgpack_zone_new (65536);
    assert (zone);
    for (size_t i = 0; i < batch->count; i++) {
        stream_event event;
        if (apply_read (&batch->items [i], zone, &event))
            view->apply (self->shared->context, &event);
        msgpack_zone_clear (zone);
    }
    msgpack_zone_free (zone);
    memcpy (self->epoch, subscriber_epoch (self->subscriber), EVS_EPOCH);
    self->knows_epoch = true;
    view->caught_up (self->shared->context, batch->upto, batch->head, self->epoch);
    atomic_store (&self->shared->seq, batch->upto);
}

/* False: begin again from what is stored, after a pause. */
static bool apply_in_database (work *self, const stream_batch *batch)
{
    int64_t upto = batch->count ? batch->items [0].seq - 1 : batch->upto;
    while (upto < batch->upto) {
        apply_result how = applier_apply (self->applier, batch, subscriber_epoch (self->subscriber),
                                          self->most, &upto);
        if (how != APPLY_DONE) {
            self->most = how == APPLY_FAILED ? 1 : self->most;
            return false;
        }
        atomic_store (&self->shared->seq, upto);
    }
    self->most = EVS_FETCH;
    return true;
}

static void note_progress (work *self, const stream_batch *batch)
{
    int64_t seq = atomic_load (&self->shared->seq);
    self->pause_ms = FIRST_PAUSE_MS;
    if (self->fence < 0)
        self->fence = batch->head;
    if (seq < self->fence || atomic_load (&self->shared->ready))
        return;
    log_line ("info", "caught_up", "seq=%" PRId64, seq);
    atomic_store (&self->shared->ready, true);
}

/* A database that was put back, or another one: what a projection knows never happened. */
static void go_astray (work *self, const char *problem)
{
    bool other = strcmp (problem, "EPOCH_CHANGED") == 0 || strcmp (problem, "AHEAD") == 0;
    if (self->applier || !other)
        return;
    self->shared->service->projection->astray (self->shared->context);
    atomic_store (&self->shared->seq, 0);
    self->knows_epoch = false;
    self->fence = -1;
}

static void turn (work *self)
{
    if (!self->subscriber && !begin (self)) {
        pause_a_while (self);
        return;
    }
    const stream_batch *batch = subscriber_next (self->subscriber, TURN_MS);
    if (subscriber_problem (self->subscriber)) {
        log_line ("error", "stream_problem", "code=%s seq=%" PRId64,
                  subscriber_problem (self->subscriber), atomic_load (&self->shared->seq));
        go_astray (self, subscriber_problem (self->subscriber));
        pause_a_while (self);
    } else if (batch) {
        bool good = true;
        if (self->applier)
            good = apply_in_database (self, batch);
        else
            apply_in_memory (self, batch);
        if (good)
            note_progress (self, batch);
        else
            pause_a_while (self);
    }
    stay (self, 0);
}

static void run (zsock_t *pipe, void *argument)
{
    projector *shared = argument;
    const projection *view = shared->service->projection;
    work self = {
        .shared = shared, .pipe = pipe, .fence = -1, .most = EVS_FETCH, .pause_ms = FIRST_PAUSE_MS
    };
    if (view) {
        int64_t seq = 0;
        shared->context = view->open (shared->directory, &seq, self.epoch);
        self.knows_epoch = seq > 0;
        atomic_store (&shared->seq, seq);
    } else
        self.applier = applier_new (shared->service, shared->conninfo);
    zsock_signal (pipe, 0);
    while (!self.ended)
        turn (&self);
    subscriber_destroy (&self.subscriber);
    applier_destroy (&self.applier);
    if (view)
        view->close (&shared->context);
}

static bool has_view (const service *self)
{
    for (size_t i = 0; i < self->statement_count; i++)
        if (strncmp (self->statements [i].name, "on_", 3) == 0)
            return true;
    return self->projection;
}

projector *projector_new (const service *service, const char *conninfo, const stream_source *from, const char *directory)
{
    if (!has_view (service))
        return NULL;
    projector *self = calloc (1, sizeof *self);
    assert (self);
    self->service = service;
    snprintf (self->conninfo, sizeof self->conninfo, "%s", conninfo ? conninfo : "");
    self->from = *from;
    self->directory = directory;
    self->thread = zactor_new (run, self);
    assert (self->thread);
    return self;
}

void projector_destroy (projector **self_p)
{
    if (*self_p) {
        zactor_destroy (&(*self_p)->thread);
        free (*self_p);
        *self_p = NULL;
    }
}

int64_t projector_seq (projector *self)
{
    return atomic_load (&self->seq);
}

bool projector_ready (projector *self)
{
    return atomic_load (&self->ready);
}

void *projector_context (projector *self)
{
    return self->context;
}
