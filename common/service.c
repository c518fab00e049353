/* service.c - the front between gateways and the threads that serve, from its start to its ordered stop. */
#include "service.h"
#include "task.h"
#include "gateways.h"
#include "health.h"
#include "log.h"
#include "mwp.h"
#include "projector.h"
#include "text.h"
#include "timer.h"
#include <assert.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

enum { WORKERS = 64, OPERATIONS = 1000 /* as mwp_heartbeat has room for */, DRAIN_MS = 25000, LAST_MS = 2000, OVERDUE_MS = 15000, MOMENT_US = 400 };

typedef struct {
    zactor_t   *actor;
    worker_args args;
    size_t      in_hand; /* at most WORKER_WINDOW */
    int64_t     since;   /* when it last had nothing, or last answered */
} slot;

/* A request that waits for a worker; there are never more than the credit we gave. */
typedef struct waiting {
    struct waiting *next;
    worker_tag      tag;
    zmq_msg_t       head, body;
} waiting;

typedef struct {
    const service  *service;
    gateways       *gateways;
    size_t          slot_count, waiting_count;
    slot            slots [WORKERS];
    waiting        *first, **last;
    operation_tally *tallies;
    cancellations   cancelled;
    int64_t         took_ns;  /* what a request takes a worker, on average */
    projector      *projector;
    zactor_t       *timekeeper;      /* does what is due (timer.h); NULL: nothing of ours ever is */
    worker_args     timekeeper_args;
    char            name [80];
    zsock_t        *pipe; /* of the thread that runs us, or NULL: then signals end us */
    bool            ready, draining;
    bool            sent_away; /* a gateway wants us to drain */
    int64_t         drain_until;
    int64_t         rested, rested_seq; /* when, and at which event, unused memory was given back */
    health          health;
} front;

/* ------------------------------------------------------------------------------------ work */

/* Is it at what it took a while ago? Then more would wait behind that. */
static bool is_stuck (slot *s, int64_t now)
{
    enum { PROMPT_US = 2000 };
    int64_t began = atomic_load_explicit (&s->args.began, memory_order_relaxed);
    return began && now - began > PROMPT_US;
}

/* The worker with the least in hand; NULL when all have as much as they may. Where things are asked for together,
 * the one with the most, as long as it gets on: a statement for twenty costs little more than for ten.          */
static slot *next_worker (front *self)
{
    slot *best = NULL, *prompt = NULL;
    int64_t now = self->service->together ? clock_steady_us () : 0;
    for (size_t i = 0; i < self->slot_count; i++) {
        slot *s = &self->slots [i];
        if (s->in_hand >= WORKER_WINDOW)
            continue;
        if (!best || s->in_hand < best->in_hand)
            best = s;
        if (now && s->in_hand && !is_stuck (s, now) && (!prompt || s->in_hand > prompt->in_hand))
            prompt = s;
    }
    return prompt ? prompt : best;
}

static void hand_out (front *self)
{
    slot *s;
    while (self->first && (s = next_worker (self))) {
        waiting *w = self->first;
        void *pipe = zsock_resolve (zactor_sock (s->actor));
        self->first = w->next;
        if (!self->first)
            self->last = &self->first;
        self->waiting_count--;
        if (s->in_hand++ == 0)
            s->since = clock_steady_us ();
        zmq_send (pipe, &w->tag, sizeof w->tag, ZMQ_SNDMORE);
        zmq_msg_send (&w->head, pipe, ZMQ_SNDMORE);
        zmq_msg_send (&w->body, pipe, 0);
        free (w);
    }
}

static void take_request (front *self, gateway *from, zmq_msg_t frames [2])
{
    waiting *w = malloc (sizeof *w);
    assert (w);
    *w = (waiting) { .tag = { from->number, clock_steady_us () } };
    zmq_msg_init (&w->head);
    zmq_msg_init (&w->body);
    zmq_msg_move (&w->head, &frames [0]);
    zmq_msg_move (&w->body, &frames [1]);
    *self->last = w;
    self->last = &w->next;
    from->in_hand++;
    self->waiting_count++;
    hand_out (self);
}

/* What an answer took, for the credit that we give. */
static void measure (front *self, slot *s, int64_t now)
{
    enum { SHARE = 64 };
    self->took_ns += ((now - s->since) * 1000 - self->took_ns) / SHARE;
    s->since = now;
    s->in_hand--;
}

/* [tag] and the frames of REPLY or REJECT, from a worker's pipe to the gateway that asked. */
static bool pass_reply (front *self, slot *s)
{
    zmq_msg_t frames [3];
    worker_tag tag;
    int count = mwp_receive (zsock_resolve (zactor_sock (s->actor)), frames, 3, ZMQ_DONTWAIT);
    if (count < 0)
        return false;
    assert (count >= 2 && zmq_msg_size (&frames [0]) == sizeof tag);
    memcpy (&tag, zmq_msg_data (&frames [0]), sizeof tag);
    gateway *g = gateways_find (self->gateways, tag.gateway);
    if (g) {
        g->in_hand--;
        for (int i = 1; i < count; i++)
            if (zmq_msg_send (&frames [i], zsock_resolve (g->dealer), (i + 1 < count ? ZMQ_SNDMORE : 0) | ZMQ_DONTWAIT) < 0)
                break; /* the gateway is gone */
    }
    mwp_close (frames, count);
    measure (self, s, clock_steady_us ());
    hand_out (self);
    return true;
}

static void take_cancel (front *self, const gateway *from, zmq_msg_t *head)
{
    msgpack_zone zone;
    mwp_cancel_t cancel;
    msgpack_zone_init (&zone, 256);
    if (mwp_read (head, mwp_cancel_schema (), &cancel, &zone))
        cancellations_add (&self->cancelled, from->number, cancel.rid);
    msgpack_zone_destroy (&zone);
}

/* ---------------------------------------------------------------------------- signs of life */

/* What one gateway may have here: an equal part of what all threads do in a moment. */
static int64_t credit_of (const front *self)
{
    int64_t each = self->took_ns ? WORKER_AHEAD_US * INT64_C (1000) / self->took_ns : WORKER_CREDIT, known = 0;
    each = each > WORKER_CREDIT ? WORKER_CREDIT : each < WORKER_LEAST_CREDIT ? WORKER_LEAST_CREDIT : each;
    for (size_t i = 0; i < gateways_count (self->gateways); i++)
        known += gateways_at (self->gateways, i)->welcome;
    int64_t share = each * (int64_t) self->slot_count / (known ? known : 1);
    return share ? share : 1;
}

static void tell_credit (front *self, gateway *g)
{
    mwp_credit_t credit = { 0 };
    int64_t now = credit_of (self);
    if (now == g->credit)
        return;
    g->credit = now;
    schema_set_int (mwp_credit_schema (), &credit, "credit", now);
    mwp_send (zsock_resolve (g->dealer), NULL, MWP_CREDIT, mwp_credit_schema (), &credit, NULL);
}

static void greet (front *self, gateway *g)
{
    char hash [33];
    mwp_ready_t ready = { 0 };
    const schema *s = mwp_ready_schema ();
    schema_set_text (s, &ready, "worker", self->name);
    schema_set_text (s, &ready, "service", service_names [self->service->id]);
    schema_set_text (s, &ready, "build", mwp_build);
    g->credit = credit_of (self);
    schema_set_int (s, &ready, "credit", g->credit);
    schema_set_text (s, &ready, "operations", mwp_operations_hash (self->service->id, hash));
    mwp_send (zsock_resolve (g->dealer), NULL, MWP_READY, s, &ready, NULL);
    if (!g->asked)
        g->asked = clock_steady_us ();
}

static void count_calls (const front *self, list *to)
{
    const service *s = self->service;
    mwp_count_t *counts = to->at;
    assert (s->handler_count <= OPERATIONS);
    for (size_t i = 0; i < s->handler_count; i++) {
        int64_t count = atomic_load_explicit (&self->tallies [i].count, memory_order_relaxed);
        if (count == 0)
            continue;
        mwp_count_t *c = &counts [to->count++];
        const schema *shape = mwp_count_schema ();
        *c = (mwp_count_t) { 0 };
        schema_set_text (shape, c, "operation", s->handlers [i].operation);
        schema_set_int (shape, c, "count", count);
        schema_set_int (shape, c, "failed", atomic_load_explicit (&self->tallies [i].failed, memory_order_relaxed));
        schema_set_int (shape, c, "total_us", atomic_load_explicit (&self->tallies [i].total_us, memory_order_relaxed));
    }
}

static void beat (front *self, gateway *g)
{
    mwp_heartbeat_t beat = { 0 };
    const schema *s = mwp_heartbeat_schema ();
    int64_t now = clock_steady_us (), oldest = now, in_hand = (int64_t) self->waiting_count, busy_us = 0;
    for (size_t i = 0; i < self->slot_count; i++) {
        busy_us += atomic_load_explicit (&self->slots [i].args.busy_us, memory_order_relaxed);
        if (self->slots [i].in_hand) {
            in_hand += (int64_t) self->slots [i].in_hand;
            oldest = self->slots [i].since < oldest ? self->slots [i].since : oldest;
        }
    }
    mwp_count_t counts [OPERATIONS];
    list tally = { 0, counts };
    size_t index;
    count_calls (self, &tally);
    schema_set_int (s, &beat, "in_hand", in_hand);
    schema_set_int (s, &beat, "yours", g->in_hand);
    schema_set_int (s, &beat, "oldest_ms", (now - oldest) / 1000);
    if (self->projector)
        schema_set_int (s, &beat, "seq", projector_seq (self->projector));
    schema_set_int (s, &beat, "threads", (int64_t) self->slot_count);
    schema_set_int (s, &beat, "busy_us", busy_us);
    *(list *) schema_at (schema_field (s, "counts", &index), &beat) = tally;
    schema_mark (&beat, index);
    mwp_view_t view = { 0 };
    if (self->service->projection) {
        self->service->projection->tell (projector_context (self->projector), &view);
        schema_set_object (s, &beat, "view", &view);
    }
    mwp_send (zsock_resolve (g->dealer), NULL, MWP_HEARTBEAT, s, &beat, NULL);
}

/* A worker whose statement outlives every bound loses its connection; the call ends as unavailable. */
static void shut_overdue (front *self)
{
    int64_t limit = clock_steady_us () - OVERDUE_MS * INT64_C (1000);
    for (size_t i = 0; i < self->slot_count; i++) {
        slot *s = &self->slots [i];
        int fd = atomic_load (&s->args.socket);
        if (s->in_hand && s->since < limit && fd >= 0) {
            log_line ("error", "worker_overdue", "slot=%zu", i);
            shutdown (fd, SHUT_RDWR);
        }
    }
}

/* NULL: it can work. */
static const char *why_not (const front *self)
{
    for (size_t i = 0; i < self->slot_count; i++)
        if (self->slots [i].args.conninfo && atomic_load (&self->slots [i].args.socket) < 0)
            return "a connection to the database is missing";
    return !self->projector || projector_ready (self->projector) ? NULL : "the stream is not read to its end yet";
}

/* For who watches over the process: the same, and whether work comes and goes. */
static const char *trouble (const front *self)
{
    int64_t limit = clock_steady_us () - OVERDUE_MS * INT64_C (1000);
    bool welcome = false;
    for (size_t i = 0; i < gateways_count (self->gateways); i++)
        welcome |= gateways_at (self->gateways, i)->welcome;
    for (size_t i = 0; i < self->slot_count; i++)
        if (self->slots [i].in_hand && self->slots [i].since < limit)
            return "a thread is overdue";
    return self->draining ? "it is draining" : why_not (self) ? why_not (self) : welcome ? NULL : "no gateway knows it";
}

/* What starting, catching up or a busy hour needed once goes back to the system in a quiet moment. */
static void rest (front *self)
{
    enum { REST_US = 2000000 };
    int64_t now = clock_steady_us ();
    bool busy = false;
    for (size_t i = 0; i < self->slot_count; i++)
        busy |= self->slots [i].since > self->rested;
    busy |= self->rested_seq != (self->projector ? projector_seq (self->projector) : 0);
    if (self->rested == 0 || (busy && now - self->rested > REST_US)) {
        malloc_trim (0);
        /* the first time comes while others still tidy up, so it is not the last */
        self->rested_seq = !self->rested ? -1 : self->projector ? projector_seq (self->projector) : 0;
        self->rested = now;
    }
}

static void tick (front *self)
{
    if (!self->ready && !why_not (self)) {
        self->ready = true;
        log_line ("info", "ready", "workers=%zu", self->slot_count);
    }
    int64_t now = clock_steady_us (), silent = now - MWP_DEAD_MS * INT64_C (1000);
    if (!self->draining)
        gateways_look (self->gateways, now);
    for (size_t i = 0; i < gateways_count (self->gateways) && self->ready; i++) {
        gateway *g = gateways_at (self->gateways, i);
        if (g->welcome && g->heard < silent)
            g->welcome = false;
        g->welcome || self->draining ? beat (self, g) : greet (self, g);
        if (g->welcome && !self->draining)
            tell_credit (self, g);
    }
    shut_overdue (self);
    if (self->ready)
        rest (self);
    if (!self->pipe) /* else the program that it lives in tells */
        health_tell (&self->health, trouble (self));
}

static void drain (front *self)
{
    self->draining = true;
    self->drain_until = clock_steady_us () + DRAIN_MS * INT64_C (1000);
    log_line ("info", "draining", "in_hand=%zu", self->waiting_count);
    for (size_t i = 0; i < gateways_count (self->gateways); i++) {
        gateway *g = gateways_at (self->gateways, i);
        g->fenced = !g->welcome; /* one that does not know us sends nothing */
        mwp_send (zsock_resolve (g->dealer), NULL, MWP_DRAIN, NULL, NULL, NULL);
    }
}

/* Everything is answered; or the time for it is over, and what is not begun goes back. */
static bool drained (front *self)
{
    int64_t now = clock_steady_us ();
    bool done = self->waiting_count == 0;
    for (size_t i = 0; i < self->slot_count; i++)
        done &= !self->slots [i].in_hand;
    for (size_t i = 0; i < gateways_count (self->gateways); i++)
        done &= gateways_at (self->gateways, i)->fenced;
    for (size_t i = 0; i < self->slot_count && now > self->drain_until; i++)
        atomic_store (&self->slots [i].args.ending, true);
    return done || now > self->drain_until + LAST_MS * INT64_C (1000);
}

/* ---------------------------------------------------------------------------------- gateways */

static bool receive (front *self, gateway *g)
{
    zmq_msg_t frames [2];
    int count = mwp_receive (zsock_resolve (g->dealer), frames, 2, ZMQ_DONTWAIT);
    if (count < 0)
        return false;
    g->heard = clock_steady_us ();
    switch (count ? mwp_command_of (&frames [0]) : 0) {
    case MWP_REQUEST:
        if (count == 2)
            take_request (self, g, frames);
        break;
    case MWP_WELCOME:
        g->welcome = true;
        g->asked = 0;
        break;
    case MWP_CANCEL:     take_cancel (self, g, &frames [0]); break;
    case MWP_DISCONNECT: g->welcome = false; break;
    case MWP_FENCE:      g->fenced = true; break;
    case MWP_DRAIN:      self->sent_away = !self->pipe; break;
    default:             break; /* not ours, or a word for gateways */
    }
    mwp_close (frames, count);
    return true;
}

/* Two threads wake up for an answer, and for a request. While every thread has more to do than it can in a moment, besides
 * what it does, those that come in that moment are handed on together.                                                   */
static void gather (const front *self)
{
    for (size_t i = 0; i < self->slot_count; i++)
        if ((int64_t) self->slots [i].in_hand * self->took_ns < MOMENT_US * INT64_C (1000) + self->took_ns)
            return;
    usleep (MOMENT_US);
}

static void serve (front *self)
{
    int64_t next = 0;
    while (!(self->draining && drained (self))) {
        gather (self);
        zmq_pollitem_t items [GATEWAYS + WORKERS + 1];
        size_t count = 0;
        size_t known = gateways_count (self->gateways);
        for (size_t i = 0; i < known; i++)
            items [count++] = (zmq_pollitem_t) { zsock_resolve (gateways_at (self->gateways, i)->dealer), 0, ZMQ_POLLIN, 0 };
        for (size_t i = 0; i < self->slot_count; i++)
            items [count++] = (zmq_pollitem_t) { zsock_resolve (zactor_sock (self->slots [i].actor)), 0, ZMQ_POLLIN, 0 };
        if (self->pipe)
            items [count++] = (zmq_pollitem_t) { zsock_resolve (self->pipe), 0, ZMQ_POLLIN, 0 };
        int period = self->ready && !self->draining ? MWP_HEARTBEAT_MS : 20;
        zmq_poll (items, (int) count, period);
        for (size_t i = 0; i < known + self->slot_count; i++)
            while (items [i].revents & ZMQ_POLLIN)
                if (!(i < known ? receive (self, gateways_at (self->gateways, i)) : pass_reply (self, &self->slots [i - known])))
                    break;
        bool told = self->pipe && items [count - 1].revents & ZMQ_POLLIN;
        for (size_t i = 0; i < self->slot_count; i++)
            if (atomic_load (&self->slots [i].args.broken))
                return;
        if (clock_steady_us () >= next) {
            tick (self);
            next = clock_steady_us () + (self->ready ? MWP_HEARTBEAT_MS : 20) * INT64_C (1000);
        }
        if ((told || self->sent_away || (zsys_interrupted && !self->pipe)) && !self->draining)
            drain (self);
    }
}

/* ------------------------------------------------------------------------------------- start */

static worker_args args_of (front *self, const char *conninfo, const service_set *set)
{
    return (worker_args) { .service = self->service, .tallies = self->tallies, .conninfo = conninfo,
                           .context = self->projector ? projector_context (self->projector) : NULL,
                           .signer = set->signer, .sealer = set->sealer, .cancelled = &self->cancelled, .socket = -1 };
}

static void start_workers (front *self, const char *conninfo, const service_set *set)
{
    self->tallies = calloc (self->service->handler_count, sizeof *self->tallies);
    assert (self->tallies);
    for (size_t i = 0; i < self->slot_count; i++) {
        slot *s = &self->slots [i];
        s->args = args_of (self, conninfo, set);
        s->actor = zactor_new (worker_run, &s->args);
    }
    self->timekeeper_args = args_of (self, conninfo, set);
    if (conninfo && timer_wanted (self->service))
        self->timekeeper = zactor_new (timer_run, &self->timekeeper_args);
}

static int stop (front *self)
{
    bool broken = false;
    if (!self->pipe)
        health_close (&self->health);
    for (size_t i = 0; i < gateways_count (self->gateways); i++)
        mwp_send (zsock_resolve (gateways_at (self->gateways, i)->dealer), NULL, MWP_BYE, NULL, NULL, NULL);
    zactor_destroy (&self->timekeeper);
    for (size_t i = 0; i < self->slot_count; i++) {
        broken |= atomic_load (&self->slots [i].args.broken);
        zactor_destroy (&self->slots [i].actor);
    }
    projector_destroy (&self->projector);
    gateways_destroy (&self->gateways);
    free (self->tallies);
    log_line ("info", "stopped", "%s", "");
    return broken;
}

/* Unique on the platform: by its number, or, where it is the first process of a container, by the container's name. */
static void name_worker (front *self)
{
    char place [60] = "";
    if (getpid () != 1 || gethostname (place, sizeof place - 1) != 0)
        snprintf (place, sizeof place, "%d", (int) getpid ());
    snprintf (self->name, sizeof self->name, "%s-%s", service_names [self->service->id], place);
}

/* The service with the statement that finds what waits for somebody (task.h); the caller frees both. */
static service with_tasks (const service *plain, char **text)
{
    service whole = *plain;
    *text = plain->statement_count ? task_statement (plain->id) : NULL;
    if (!*text)
        return whole;
    statement *all = calloc (plain->statement_count + 1, sizeof *all);
    assert (all);
    memcpy (all, plain->statements, plain->statement_count * sizeof *all);
    all [whole.statement_count++] = (statement) { "task_find", *text };
    whole.statements = all;
    return whole;
}

int service_run (const service *plain, const char *conninfo, const service_set *set, long workers, zsock_t *pipe)
{
    char beside [300], *tasks;
    const struct service whole = with_tasks (plain, &tasks), *service = &whole;
    front *self = calloc (1, sizeof *self);
    assert (self);
    self->service = service;
    self->last = &self->first;
    self->pipe = pipe;
    self->slot_count = workers < 1 ? 1 : workers > WORKERS ? WORKERS : (size_t) workers;
    name_worker (self);
    health_open (&self->health, set->run, service_names [service->id]);
    self->projector = projector_new (service, conninfo, &(stream_source) { set->run, set->stream, set->keys }, set->view);
    start_workers (self, conninfo, set);
    snprintf (beside, sizeof beside, "ipc://%s/dispatch", set->run);
    self->gateways = gateways_new (set->gateways ? set->gateways : beside, set->keys, &resolution_system);
    serve (self);
    int status = stop (self);
    free (self);
    if (tasks)
        free ((void *) whole.statements);
    free (tasks);
    return status;
}
