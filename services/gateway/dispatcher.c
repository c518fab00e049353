/* dispatcher.c - which worker gets which request. */
#include "dispatcher.h"
#include "../../common/mwp.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    WORKERS = 256,
    REPEAT_COST = 10,    /* each request that reads pays 1 */
    REPEAT_PURSE = 1000, /* what can be saved up, and what there is at the start: a worker may die full */
    FATAL = 2,           /* deaths after which a request is not given away again */
};

/* A request that is queued (worker < 0) or in flight. */
typedef struct job {
    struct job *next;
    int64_t     rid;
    service_id  service;
    int         worker;
    int         deaths; /* of workers that had it */
    bool        reads_only;
} job;

struct dispatcher {
    action_sink *sink;
    void        *to;
    worker_view  workers [WORKERS];
    bool         used [WORKERS];
    job         *queued [SERVICE_COUNT], **tail [SERVICE_COUNT];
    size_t       length [SERVICE_COUNT];
    job         *flying;
    int          purse;
};

dispatcher *dispatcher_new (action_sink *sink, void *to)
{
    dispatcher *self = calloc (1, sizeof *self);
    assert (self);
    self->sink = sink;
    self->to = to;
    self->purse = REPEAT_PURSE;
    for (int i = 0; i < SERVICE_COUNT; i++)
        self->tail [i] = &self->queued [i];
    return self;
}

static void free_jobs (job *first)
{
    while (first) {
        job *next = first->next;
        free (first);
        first = next;
    }
}

void dispatcher_destroy (dispatcher **self_p)
{
    dispatcher *self = *self_p;
    for (int i = 0; self && i < SERVICE_COUNT; i++)
        free_jobs (self->queued [i]);
    if (self)
        free_jobs (self->flying);
    for (int i = 0; self && i < WORKERS; i++)
        free ((void *) (uintptr_t) self->workers [i].counts.at);
    free (self);
    *self_p = NULL;
}

static int find (const dispatcher *self, const void *id, size_t size)
{
    for (int i = 0; i < WORKERS; i++)
        if (self->used [i] && self->workers [i].id_size == size && !memcmp (self->workers [i].id, id, size))
            return i;
    return -1;
}

/* Least credit in use, among those with any left. */
static int choose (const dispatcher *self, service_id service)
{
    int best = -1;
    for (int i = 0; i < WORKERS; i++) {
        const worker_view *w = &self->workers [i];
        if (!self->used [i] || w->service != service || w->draining || w->suspect || w->in_flight >= w->credit)
            continue;
        const worker_view *b = &self->workers [best < 0 ? i : best];
        if (best < 0 || w->in_flight * b->credit < b->in_flight * w->credit)
            best = i;
    }
    return best;
}

static void send_on (dispatcher *self, job *j, int worker)
{
    j->worker = worker;
    j->next = self->flying;
    self->flying = j;
    self->workers [worker].in_flight++;
    self->sink (self->to, &(action) { .kind = ACT_SEND, .rid = j->rid, .to = &self->workers [worker] });
}

static void fail (dispatcher *self, int64_t rid, int outcome)
{
    self->sink (self->to, &(action) { .kind = ACT_FAIL, .rid = rid, .outcome = outcome });
}

static void hand_out (dispatcher *self, service_id service)
{
    int worker;
    while (self->queued [service] && (worker = choose (self, service)) >= 0) {
        job *j = self->queued [service];
        self->queued [service] = j->next;
        if (!j->next)
            self->tail [service] = &self->queued [service];
        self->length [service]--;
        send_on (self, j, worker);
    }
}

static bool anybody (const dispatcher *self, service_id service)
{
    for (int i = 0; i < WORKERS; i++)
        if (self->used [i] && self->workers [i].service == service)
            return true;
    return false;
}

void dispatcher_submit (dispatcher *self, service_id service, int64_t rid, bool reads_only)
{
    if (!anybody (self, service) || self->length [service] >= QUEUE_PER_SERVICE) {
        fail (self, rid, outcome_unavailable);
        return;
    }
    self->purse += reads_only && self->purse < REPEAT_PURSE;
    job *j = malloc (sizeof *j);
    assert (j);
    *j = (job) { .rid = rid, .service = service, .worker = -1, .reads_only = reads_only };
    *self->tail [service] = j;
    self->tail [service] = &j->next;
    self->length [service]++;
    hand_out (self, service);
}

/* It waited already: it is the first now. */
static void put_back (dispatcher *self, job *j)
{
    j->worker = -1;
    j->next = self->queued [j->service];
    self->queued [j->service] = j;
    if (!j->next)
        self->tail [j->service] = &j->next;
    self->length [j->service]++;
}

/* Takes the request out of the list that `at` heads; its job, or NULL. */
static job *take (job **at, int64_t rid)
{
    for (; *at; at = &(*at)->next)
        if ((*at)->rid == rid) {
            job *found = *at;
            *at = found->next;
            return found;
        }
    return NULL;
}

void dispatcher_cancel (dispatcher *self, int64_t rid)
{
    for (int i = 0; i < SERVICE_COUNT; i++) {
        job *j = take (&self->queued [i], rid);
        if (!j)
            continue;
        free (j);
        self->length [i]--;
        self->tail [i] = &self->queued [i];
        while (*self->tail [i])
            self->tail [i] = &(*self->tail [i])->next;
        return;
    }
    /* in flight: the worker still holds it, so its credit comes back with the reply */
}

/* Any frame is a sign of life, and one more who can take what waits. */
static void heard (dispatcher *self, int i, int64_t now)
{
    self->workers [i].heard = now;
    self->workers [i].suspect = false;
    hand_out (self, self->workers [i].service);
}

static int service_named (const char *name)
{
    for (int i = 0; i < SERVICE_COUNT; i++)
        if (strcmp (service_names [i], name) == 0)
            return i;
    return -1;
}

void dispatcher_ready (dispatcher *self, const void *id, size_t size, const mwp_ready_t *said, int64_t now)
{
    char hash [33];
    int i = find (self, id, size), service = service_named (said->service);
    if (service < 0 || size > WORKER_ID || strcmp (said->operations, mwp_operations_hash ((service_id) service, hash)))
        return;
    for (int k = 0; i < 0 && k < WORKERS; k++)
        if (!self->used [k])
            i = k;
    if (i < 0)
        return;
    worker_view *w = &self->workers [i];
    if (!self->used [i])
        *w = (worker_view) { .id_size = size };
    self->used [i] = true;
    memcpy (w->id, id, size);
    strncpy (w->name, said->worker, sizeof w->name - 1);
    strncpy (w->build, said->build, sizeof w->build - 1);
    w->service = (service_id) service;
    w->credit = said->credit;
    heard (self, i, now);
}

bool dispatcher_credit (dispatcher *self, const void *id, size_t size, int64_t credit, int64_t now)
{
    int i = find (self, id, size);
    if (i < 0)
        return false;
    self->workers [i].credit = credit;
    heard (self, i, now);
    return true;
}

bool dispatcher_heartbeat (dispatcher *self, const void *id, size_t size, const mwp_heartbeat_t *said, int64_t now)
{
    int i = find (self, id, size);
    if (i < 0)
        return false;
    worker_view *w = &self->workers [i];
    heard (self, i, now);
    w->in_hand = said->in_hand;
    w->oldest_ms = said->oldest_ms;
    w->seq = said->seq;
    msgpack_sbuffer buffer;
    msgpack_sbuffer_init (&buffer);
    msgpack_packer packer = { &buffer, msgpack_sbuffer_write };
    schema_encode (mwp_heartbeat_schema (), said, OWNER, NULL, &packer);
    free ((void *) (uintptr_t) w->counts.at);
    w->counts = (bytes) { buffer.size, buffer.data };
    return true;
}

bool dispatcher_reply (dispatcher *self, const void *id, size_t size, int64_t rid, int64_t now)
{
    int i = find (self, id, size);
    job *j = i < 0 ? NULL : take (&self->flying, rid);
    bool its_own = j && j->worker == i;
    if (j && !its_own) { /* late: the request is with another one meanwhile */
        j->next = self->flying;
        self->flying = j;
    }
    if (its_own) {
        free (j);
        self->workers [i].in_flight--;
    }
    if (i >= 0)
        heard (self, i, now);
    return its_own;
}

void dispatcher_drain (dispatcher *self, const void *id, size_t size)
{
    int i = find (self, id, size);
    if (i >= 0)
        self->workers [i].draining = true;
}

/* What becomes of a request whose worker died. */
static void bereave (dispatcher *self, job *j)
{
    bool again = j->reads_only && ++j->deaths < FATAL && self->purse >= REPEAT_COST;
    if (again) {
        self->purse -= REPEAT_COST;
        put_back (self, j);
        return;
    }
    fail (self, j->rid, j->deaths >= FATAL ? outcome_broken : outcome_unavailable);
    free (j);
}

/* What is queued fails too when it was the last one. */
static void drop (dispatcher *self, int i)
{
    service_id service = self->workers [i].service;
    free ((void *) (uintptr_t) self->workers [i].counts.at);
    self->workers [i].counts = (bytes) { 0 };
    self->used [i] = false;
    for (job **at = &self->flying; *at;) {
        job *j = *at;
        if (j->worker != i) {
            at = &j->next;
            continue;
        }
        *at = j->next;
        bereave (self, j);
    }
    while (!anybody (self, service) && self->queued [service]) {
        job *j = self->queued [service];
        self->queued [service] = j->next;
        fail (self, j->rid, outcome_unavailable);
        free (j);
    }
    if (!self->queued [service]) {
        self->tail [service] = &self->queued [service];
        self->length [service] = 0;
    }
    hand_out (self, service);
}

void dispatcher_bye (dispatcher *self, const void *id, size_t size)
{
    int i = find (self, id, size);
    if (i >= 0)
        drop (self, i);
}

void dispatcher_unsent (dispatcher *self, const void *id, size_t size, int64_t rid)
{
    job *j = take (&self->flying, rid);
    service_id service = j ? j->service : SERVICE_COUNT;
    if (j)
        put_back (self, j);
    dispatcher_bye (self, id, size);
    if (service != SERVICE_COUNT)
        hand_out (self, service);
}

void dispatcher_tick (dispatcher *self, int64_t now)
{
    for (int i = 0; i < WORKERS; i++) {
        int64_t silent = now - self->workers [i].heard;
        self->workers [i].suspect = silent > MWP_SUSPECT_MS * INT64_C (1000);
        if (self->used [i] && silent > MWP_DEAD_MS * INT64_C (1000))
            drop (self, i);
    }
}

size_t dispatcher_workers (dispatcher *self, worker_view **list_out)
{
    size_t count = 0;
    for (int i = 0; i < WORKERS; i++)
        if (self->used [i])
            list_out [count++] = &self->workers [i];
    return count;
}
