/* dispatcher.c - which worker gets which request. */
#include "dispatcher.h"
#include "culprits.h"
#include "line.h"
#include "../../../common/mwp.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    GRACE_US = 5000000,     /* how long requests wait for a service that has no worker: one is being replaced */
    LOST_US = 3000000,      /* what a worker should have, and says that it has not, was lost on the way */
    MUTE_US = 10000000,     /* a worker that has work and does not answer for so long hangs, whatever it says */
    TRY_COST = 10,          /* a second try; each request that reads pays 1 */
    TRY_PURSE = 1000,       /* what can be saved up, and what there is at the start: a worker may die full */
    HEDGE_COST = 20,        /* a hedge; each request that reads pays 1 */
    HEDGE_PURSE = 200,
    HEDGE_LEAST_US = 5000,
    RECENT = 1024, LEARN = 128, /* what is slow is learnt of the last ones, now and then */
    FIRST_WINDOW = 2, WINDOW_STEP = 32, /* a new worker's window doubles with so many answers */
    NOBODY = -1,
};

typedef struct {
    line      line;
    row       flying;                  /* by when they were sent */
    int       workers [DISPATCHER_WORKERS]; /* where they stand */
    int       worker_count;
    int64_t   alone_since;             /* without a worker; 0: it has one */
    histogram waited [2], took [2], all; /* [0]: the last ones, [1]: those before */
    int64_t   slow_us;                 /* after which a second worker is asked */
    int64_t   submitted, answered, failed, shed, cancelled, repeated, hedged, busy_us;
} post;

struct dispatcher {
    worker_view workers [DISPATCHER_WORKERS];
    bool        used [DISPATCHER_WORKERS];
    post        posts [SERVICE_COUNT];
    jobs        jobs;
    int64_t    *costs;                 /* what each operation takes, in microseconds */
    culprits    culprits;
    int64_t     drops;                 /* of workers, since the start */
    int         try_purse, hedge_purse;
    action     *actions;
    size_t      first, count, room;
};

dispatcher *dispatcher_new (void)
{
    size_t count;
    operations (&count);
    dispatcher *self = calloc (1, sizeof *self);
    assert (self);
    self->try_purse = TRY_PURSE;
    self->costs = calloc (count, sizeof *self->costs);
    assert (self->costs);
    for (size_t i = 0; i < count; i++)
        self->costs [i] = 1;
    return self;
}

void dispatcher_destroy (dispatcher **self_p)
{
    dispatcher *self = *self_p;
    if (!self)
        return;
    jobs_destroy (&self->jobs);
    for (int i = 0; i < DISPATCHER_WORKERS; i++)
        free ((void *) (uintptr_t) self->workers [i].counts.at);
    for (int i = 0; i < SERVICE_COUNT; i++)
        line_destroy (&self->posts [i].line);
    free (self->actions);
    free (self->costs);
    free (self);
    *self_p = NULL;
}

/* --------------------------------------------------------------------------------- actions */

static action *act (dispatcher *self, action_kind kind, const void *id, size_t size)
{
    if (self->first + self->count == self->room) {
        if (self->first) /* else there may not even be room yet */
            memmove (self->actions, self->actions + self->first, self->count * sizeof *self->actions);
        self->first = 0;
        if (self->count * 2 >= self->room) {
            self->room = 2 * self->room + 64;
            self->actions = realloc (self->actions, self->room * sizeof *self->actions);
            assert (self->actions);
        }
    }
    action *a = &self->actions [self->first + self->count++];
    *a = (action) { .kind = kind, .id_size = size };
    if (size)
        memcpy (a->id, id, size);
    return a;
}

static void act_on (dispatcher *self, action_kind kind, int64_t rid, int worker)
{
    act (self, kind, self->workers [worker].id, self->workers [worker].id_size)->rid = rid;
}

bool dispatcher_act (dispatcher *self, action *out)
{
    if (!self->count)
        return false;
    *out = self->actions [self->first++];
    self->first = --self->count ? self->first : 0;
    return true;
}

/* ------------------------------------------------------------------------------------ jobs */

static post *post_of (dispatcher *self, const job *j)
{
    return &self->posts [j->op->service];
}

static bool only_reads (const job *j)
{
    return j->level != ORDER;
}

/* The job is in no row any more. */
static void fail (dispatcher *self, job *j, int outcome, int reason)
{
    action *a = j->gone ? NULL : act (self, ACT_FAIL, NULL, 0);
    if (a) {
        a->rid = j->rid;
        a->outcome = outcome;
        a->reason = reason;
        post_of (self, j)->failed++;
    }
    jobs_end (&self->jobs, j);
}

/* --------------------------------------------------------------------------------- workers */

static int find_worker (const dispatcher *self, const bytes *id)
{
    for (int i = 0; i < DISPATCHER_WORKERS; i++)
        if (self->used [i] && self->workers [i].id_size == id->size && !memcmp (self->workers [i].id, id->at, id->size))
            return i;
    return NOBODY;
}

static int64_t room_of (const worker_view *w)
{
    return (w->credit < w->window ? w->credit : w->window) - w->in_flight;
}

/* Least credit in use, among those with any left; those first that have read far enough. */
static int choose (const dispatcher *self, const post *p, const job *j)
{
    int best = NOBODY;
    for (int k = 0; k < p->worker_count; k++) {
        int i = p->workers [k];
        const worker_view *w = &self->workers [i], *b = &self->workers [best < 0 ? i : best];
        if (w->draining || w->suspect || room_of (w) <= 0 || i == j->with [0])
            continue;
        bool fresh = w->seq >= j->min_seq, best_fresh = b->seq >= j->min_seq;
        if (best < 0 || fresh > best_fresh
        ||  (fresh == best_fresh && w->in_flight * b->credit < b->in_flight * w->credit))
            best = i;
    }
    return best;
}

static void send_to (dispatcher *self, job *j, int worker, int64_t now)
{
    worker_view *w = &self->workers [worker];
    j->with [j->with [0] == NOBODY ? 0 : 1] = worker;
    if (w->in_flight++ == 0)
        w->answered = now;
    act_on (self, ACT_SEND, j->rid, worker);
}

static void count_recent (histogram recent [2], int64_t us)
{
    if (recent [0].total == RECENT) {
        recent [1] = recent [0];
        recent [0] = (histogram) { 0 };
    }
    histogram_add (&recent [0], us);
}

static void hand_out (dispatcher *self, post *p, int64_t now)
{
    job *j;
    int worker;
    while ((j = line_next (&p->line)) && (worker = choose (self, p, j)) != NOBODY) {
        line_take (&p->line, j, now);
        count_recent (p->waited, now - j->came);
        j->sent = now;
        row_push (&p->flying, j);
        send_to (self, j, worker, now);
    }
}

/* ------------------------------------------------------------------------------ submitting */

static criticality level_of (const operation *op)
{
    bool inner = op->method == METHOD_NONE; /* what the gateway asks for itself holds up others */
    return operation_writes (op) || inner ? ORDER : op->who & ANYBODY ? BROWSE : MATCH;
}

static size_t number_of (const operation *op)
{
    size_t count;
    return (size_t) (op - operations (&count));
}

static void refuse (dispatcher *self, int64_t rid, int outcome, int reason)
{
    action *a = act (self, ACT_FAIL, NULL, 0);
    a->rid = rid;
    a->outcome = outcome;
    a->reason = reason;
}

static void submit (dispatcher *self, const sight *s, int64_t now)
{
    post *p = &self->posts [s->op->service];
    job like = { .op = s->op, .level = level_of (s->op), .tenant = s->tenant, .print = s->print, .rid = s->rid,
                 .came = now, .min_seq = s->min_seq, .cost_us = self->costs [number_of (s->op)],
                 .with = { NOBODY, NOBODY } };
    p->submitted++;
    if (!p->worker_count && !p->alone_since)
        p->alone_since = now;
    if (culprits_has (&self->culprits, s->print, now)) {
        p->failed++;
        refuse (self, s->rid, outcome_broken, 0);
    } else if (p->alone_since && now - p->alone_since > GRACE_US) {
        p->failed++;
        refuse (self, s->rid, outcome_unavailable, 0);
    } else if (!line_admits (&p->line, &like, now)) {
        p->shed++;
        refuse (self, s->rid, outcome_unavailable, overloaded);
    } else {
        if (only_reads (&like)) {
            self->try_purse += self->try_purse < TRY_PURSE;
            self->hedge_purse += self->hedge_purse < HEDGE_PURSE;
        }
        line_add (&p->line, jobs_add (&self->jobs, &like));
        hand_out (self, p, now);
    }
}

/* What waits leaves at once. What a worker has stays until the worker lets go of it: that is its credit. */
static void gone (dispatcher *self, int64_t rid)
{
    job *j = jobs_find (&self->jobs, rid);
    if (!j || j->gone)
        return;
    post *p = post_of (self, j);
    p->cancelled++;
    if (j->party) {
        line_remove (&p->line, j);
        jobs_end (&self->jobs, j);
        return;
    }
    j->gone = true;
    for (int k = 0; k < 2; k++)
        if (j->with [k] != NOBODY && only_reads (j))
            act_on (self, ACT_CANCEL, rid, j->with [k]);
}

/* ----------------------------------------------------------------------- ends of a request */

/* The worker has it no more. Whether somebody else still has. */
static bool let_go (dispatcher *self, job *j, int worker)
{
    if (j->with [0] == worker)
        j->with [0] = j->with [1];
    j->with [1] = NOBODY;
    self->workers [worker].in_flight--;
    return j->with [0] != NOBODY;
}

static bool has (const job *j, int worker)
{
    return j && worker != NOBODY && (j->with [0] == worker || j->with [1] == worker);
}

/* Back into the line, first of its own. */
static void again (dispatcher *self, job *j)
{
    line_put_back (&post_of (self, j)->line, j);
}

/* Nobody has it any more, and nobody began it. */
static void give_back (dispatcher *self, job *j)
{
    row_remove (&post_of (self, j)->flying, j);
    j->gone ? jobs_end (&self->jobs, j) : again (self, j);
}

/* What becomes of a request whose worker died, or that was lost. */
static void bereave (dispatcher *self, job *j)
{
    post *p = post_of (self, j);
    row_remove (&p->flying, j);
    j->deaths++;
    if (!j->gone && only_reads (j) && j->deaths < CULPRIT_DEATHS && self->try_purse >= TRY_COST) {
        self->try_purse -= TRY_COST;
        p->repeated++;
        again (self, j);
    } else
        fail (self, j, j->deaths >= CULPRIT_DEATHS ? outcome_broken : outcome_unavailable, 0);
}

static void forget_worker (dispatcher *self, int worker)
{
    post *p = &self->posts [self->workers [worker].service];
    for (int k = 0; k < p->worker_count; k++)
        if (p->workers [k] == worker)
            p->workers [k--] = p->workers [--p->worker_count];
    free ((void *) (uintptr_t) self->workers [worker].counts.at);
    self->workers [worker].counts = (bytes) { 0 };
    self->used [worker] = false;
}

static void drop (dispatcher *self, int worker, int64_t now)
{
    post *p = &self->posts [self->workers [worker].service];
    forget_worker (self, worker);
    self->drops++;
    for (job *j = p->flying.first, *after; j; j = after) {
        after = j->after;
        if (!has (j, worker))
            continue;
        culprits_accuse (&self->culprits, j->print, self->drops, now);
        if (!let_go (self, j, worker))
            bereave (self, j);
    }
    p->alone_since = p->worker_count ? 0 : now;
    hand_out (self, p, now);
}

static void learn (dispatcher *self, post *p, const job *j, const sight *s, int64_t now)
{
    enum { SHARE = 16 };
    int64_t took = now - j->sent, *cost = &self->costs [number_of (j->op)];
    int64_t work = s->service_us > 0 ? s->service_us : took;
    *cost += (work - *cost) / SHARE;
    *cost = *cost < 1 ? 1 : *cost;
    p->answered++;
    p->busy_us += work;
    count_recent (p->took, took);
    histogram_add (&p->all, took);
    if (p->took [0].total % LEARN == 0) {
        int64_t slow = histogram_part (&p->took [0], 0.95);
        p->slow_us = slow > HEDGE_LEAST_US ? slow : HEDGE_LEAST_US;
    }
}

/* True: the first answer, from one who has it. */
static bool reply (dispatcher *self, const sight *s, int worker, int64_t now)
{
    job *j = jobs_find (&self->jobs, s->rid);
    if (!has (j, worker))
        return false;
    worker_view *w = &self->workers [worker];
    post *p = post_of (self, j);
    bool first = !j->gone, others = let_go (self, j, worker);
    w->answered = now;
    if (++w->good % WINDOW_STEP == 0 && w->window < w->credit)
        w->window *= 2;
    if (first)
        learn (self, p, j, s, now);
    if (s->outcome != outcome_broken)
        culprits_acquit (&self->culprits, j->print);
    j->gone = true;
    if (others && first)
        act_on (self, ACT_CANCEL, j->rid, j->with [0]);
    if (!others) {
        row_remove (&p->flying, j);
        jobs_end (&self->jobs, j);
    }
    return first;
}

/* It was not begun, so it may go elsewhere, even when it writes; unless there is no use in it. */
static void rejected (dispatcher *self, const sight *s, int worker)
{
    job *j = jobs_find (&self->jobs, s->rid);
    if (!has (j, worker) || let_go (self, j, worker))
        return;
    if (s->reject == reject_draining || j->gone)
        give_back (self, j);
    else {
        row_remove (&post_of (self, j)->flying, j);
        fail (self, j, outcome_unavailable, 0);
    }
}

/* ----------------------------------------------------------------------- words of a worker */

static int service_named (const char *name)
{
    for (int i = 0; i < SERVICE_COUNT; i++)
        if (strcmp (service_names [i], name) == 0)
            return i;
    return NOBODY;
}

static int new_worker (dispatcher *self, const bytes *id, service_id service)
{
    int i = 0;
    while (i < DISPATCHER_WORKERS && self->used [i])
        i++;
    if (i == DISPATCHER_WORKERS)
        return NOBODY;
    post *p = &self->posts [service];
    worker_view *w = &self->workers [i];
    *w = (worker_view) { .id_size = id->size, .service = service, .window = FIRST_WINDOW };
    memcpy (w->id, id->at, id->size);
    self->used [i] = true;
    p->workers [p->worker_count++] = i;
    p->alone_since = 0;
    return i;
}

static bool ready (dispatcher *self, const sight *s, int64_t now)
{
    char hash [33];
    const mwp_ready_t *said = s->ready;
    int i = find_worker (self, &s->peer), service = service_named (said->service);
    bool ours = service >= 0 && s->peer.size <= WORKER_ID && (i < 0 || (int) self->workers [i].service == service)
             && strcmp (said->operations, mwp_operations_hash ((service_id) service, hash)) == 0;
    if (ours && i < 0)
        i = new_worker (self, &s->peer, (service_id) service);
    if (!ours || i < 0) {
        act (self, ACT_REFUSE, s->peer.at, s->peer.size <= WORKER_ID ? s->peer.size : 0);
        return false;
    }
    worker_view *w = &self->workers [i];
    strncpy (w->name, said->worker, sizeof w->name - 1);
    strncpy (w->build, said->build, sizeof w->build - 1);
    w->credit = said->credit;
    w->heard = now;
    act_on (self, ACT_WELCOME, 0, i);
    hand_out (self, &self->posts [service], now);
    return true;
}

/* What is neither there nor answered was lost: its credit comes back. Those sent a moment ago may be on their way. */
static void reconcile (dispatcher *self, int worker, int64_t said, int64_t now)
{
    post *p = &self->posts [self->workers [worker].service];
    int64_t lost = self->workers [worker].in_flight - said;
    for (job *j = p->flying.first, *after; j && lost > 0 && now - j->sent > LOST_US; j = after) {
        after = j->after;
        if (!has (j, worker))
            continue;
        lost--;
        if (!let_go (self, j, worker))
            bereave (self, j);
    }
}

static void heartbeat (worker_view *w, const mwp_heartbeat_t *said)
{
    msgpack_sbuffer buffer;
    w->in_hand = said->in_hand;
    w->oldest_ms = said->oldest_ms;
    w->seq = schema_int (mwp_heartbeat_schema (), said, "seq", 0);
    msgpack_sbuffer_init (&buffer);
    msgpack_packer packer = { &buffer, msgpack_sbuffer_write };
    schema_encode (mwp_heartbeat_schema (), said, OWNER, NULL, &packer);
    free ((void *) (uintptr_t) w->counts.at);
    w->counts = (bytes) { buffer.size, buffer.data };
}

/* It answers nothing for longer than any request may take, or one of its threads does. */
static bool hangs (const worker_view *w, int64_t now)
{
    return (w->in_flight && now - w->answered > MUTE_US) || w->oldest_ms * 1000 > MUTE_US;
}

static bool worker_spoke (dispatcher *self, const sight *s, int64_t now)
{
    int i = find_worker (self, &s->peer);
    bool counts = i != NOBODY;
    if (!counts) {
        if (s->kind == SAW_CREDIT || s->kind == SAW_HEARTBEAT)
            act (self, ACT_DISCONNECT, s->peer.at, s->peer.size <= WORKER_ID ? s->peer.size : 0);
        if (s->kind == SAW_DRAIN) /* not known, so nothing comes from here */
            act (self, ACT_FENCE, s->peer.at, s->peer.size <= WORKER_ID ? s->peer.size : 0);
        return false;
    }
    worker_view *w = &self->workers [i];
    w->heard = now;
    switch (s->kind) {
    case SAW_CREDIT:    w->credit = s->credit; break;
    case SAW_HEARTBEAT:
        heartbeat (w, s->heartbeat);
        reconcile (self, i, s->heartbeat->yours, now);
        break;
    case SAW_REPLY:     counts = reply (self, s, i, now); break;
    case SAW_REJECT:    rejected (self, s, i); break;
    case SAW_DRAIN:
        w->draining = true;
        act_on (self, ACT_FENCE, 0, i);
        break;
    default:            break;
    }
    w->suspect = hangs (w, now);
    hand_out (self, &self->posts [w->service], now);
    return counts;
}

/* ------------------------------------------------------------------------------------ time */

static void fail_line (dispatcher *self, post *p)
{
    job *j;
    while ((j = line_next (&p->line))) {
        line_remove (&p->line, j);
        fail (self, j, outcome_unavailable, 0);
    }
}

/* Asks a second worker for what takes longer than nearly all do, as long as a fifth of all credit is free. */
static void hedge (dispatcher *self, post *p, int64_t now)
{
    int64_t credit = 0, used = 0;
    for (int k = 0; k < p->worker_count; k++) {
        credit += self->workers [p->workers [k]].credit;
        used += self->workers [p->workers [k]].in_flight;
    }
    for (job *j = p->flying.first; j && now - j->sent >= p->slow_us; j = j->after) {
        if (j->gone || !only_reads (j) || j->hedged || j->deaths)
            continue;
        int worker = used * 5 <= credit * 4 && self->hedge_purse >= HEDGE_COST ? choose (self, p, j) : NOBODY;
        if (worker == NOBODY)
            return;
        self->hedge_purse -= HEDGE_COST;
        p->hedged++;
        j->hedged = true;
        used++;
        send_to (self, j, worker, now);
    }
}

static void tick (dispatcher *self, int64_t now)
{
    for (int i = 0; i < DISPATCHER_WORKERS; i++) {
        worker_view *w = &self->workers [i];
        if (!self->used [i])
            continue;
        int64_t silent = now - w->heard;
        w->suspect = silent > MWP_SUSPECT_MS * INT64_C (1000) || hangs (w, now);
        if (silent > MWP_DEAD_MS * INT64_C (1000))
            drop (self, i, now);
    }
    for (int i = 0; i < SERVICE_COUNT; i++) {
        post *p = &self->posts [i];
        if (p->alone_since && now - p->alone_since > GRACE_US)
            fail_line (self, p);
        if (p->slow_us)
            hedge (self, p, now);
    }
}

int64_t dispatcher_wake (const dispatcher *self)
{
    int64_t at = INT64_MAX;
    for (int i = 0; i < SERVICE_COUNT; i++) {
        const post *p = &self->posts [i];
        if (p->flying.first && p->slow_us && p->worker_count > 1 && p->flying.first->sent + p->slow_us < at)
            at = p->flying.first->sent + p->slow_us;
    }
    return at;
}

bool dispatcher_step (dispatcher *self, const sight *s, int64_t now)
{
    int worker;
    job *j;
    switch (s->kind) {
    case SAW_SUBMIT: submit (self, s, now); return true;
    case SAW_GONE:   gone (self, s->rid); return true;
    case SAW_READY:  return ready (self, s, now);
    case SAW_TICK:   tick (self, now); return true;
    case SAW_SKIPPED:
    case SAW_UNSENT:
        worker = find_worker (self, &s->peer);
        j = jobs_find (&self->jobs, s->rid);
        if (has (j, worker) && !let_go (self, j, worker))
            give_back (self, j);
        if (worker != NOBODY)
            s->kind == SAW_UNSENT ? drop (self, worker, now) : hand_out (self, &self->posts [self->workers [worker].service], now);
        return true;
    case SAW_BYE:
        worker = find_worker (self, &s->peer);
        if (worker != NOBODY)
            drop (self, worker, now);
        return true;
    default: return worker_spoke (self, s, now);
    }
}

/* ----------------------------------------------------------------------------------- views */

size_t dispatcher_workers (dispatcher *self, worker_view *list_out [DISPATCHER_WORKERS])
{
    size_t count = 0;
    for (int i = 0; i < DISPATCHER_WORKERS; i++)
        if (self->used [i])
            list_out [count++] = &self->workers [i];
    return count;
}

void dispatcher_service (dispatcher *self, service_id service, service_view *out)
{
    const post *p = &self->posts [service];
    *out = (service_view) {
        .queued = p->line.length, .submitted = p->submitted, .answered = p->answered, .failed = p->failed, .shed = p->shed,
        .cancelled = p->cancelled, .repeated = p->repeated, .hedged = p->hedged, .busy_us = p->busy_us,
        .waited = p->waited [0], .took = p->took [0], .all = p->all,
    };
    histogram_merge (&out->waited, &p->waited [1]);
    histogram_merge (&out->took, &p->took [1]);
    for (int k = 0; k < p->worker_count; k++) {
        const worker_view *w = &self->workers [p->workers [k]];
        out->workers += !w->draining && !w->suspect;
        out->credit += w->credit;
        out->in_flight += w->in_flight;
    }
}

void dispatcher_drain (dispatcher *self, worker_view *w)
{
    w->draining = true;
    act (self, ACT_DRAIN, w->id, w->id_size);
}
