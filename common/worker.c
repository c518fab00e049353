/* worker.c - a thread that serves: its connection, the requests that wait for it, and their answers. */
#include "worker.h"
#include "json.h"
#include "log.h"
#include "migrate.h"
#include "mwp.h"
#include "plain.h"
#include "serve.h"
#include "text.h"
#include "wire.h"
#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = WORKER_WINDOW, RETRY_MS = 500 };

typedef struct {
    worker_args *args;
    db          *db;
    int64_t      clock_offset;
} worker;

/* A request from the front until its answer is on the way. */
typedef struct {
    zmq_msg_t            frames [3]; /* tag, head, body */
    msgpack_zone        *zone;       /* kept from request to request */
    call                 it;
    mwp_request_t       *request;
    const handler_entry *entry;
    int64_t              began;
    int                  reject;     /* why it was not begun; -1: it was */
    outcome              how;
    answer               to;
} job;

const char *service_schema (const service *self)
{
    return self->id == SERVICE_GATEWAY ? "identity" : service_names [self->id];
}

/* ------------------------------------------------------------------------------- connection */

struct db *service_connect (const service *self, const char *conninfo, bool *fatal)
{
    char why [120];
    db *fresh = db_new (conninfo, service_schema (self), self->statements, self->statement_count, fatal);
    if (fresh && !db_role_is_safe (fresh)) {
        log_text ("error", "role_unsafe", "why", "this role could bypass row-level security; use a service's own role");
        db_destroy (&fresh);
        *fatal = true;
    }
    if (fresh && !migrate_suits (fresh, why)) {
        log_text ("error", "database_unsuitable", "why", why);
        db_destroy (&fresh);
        *fatal = true;
    }
    return fresh;
}

static bool connect_database (worker *self)
{
    bool fatal;
    db_destroy (&self->db);
    atomic_store (&self->args->socket, -1);
    self->db = service_connect (self->args->service, self->args->conninfo, &fatal);
    if (self->db)
        atomic_store (&self->args->socket, db_socket (self->db));
    if (fatal)
        atomic_store (&self->args->broken, true);
    return self->db != NULL;
}

static bool connected (worker *self)
{
    return !self->args->conninfo || (self->db && db_alive (self->db)) || connect_database (self);
}

/* ------------------------------------------------------------------------------ cancellations */

static uint64_t name_of (int gateway, int64_t rid)
{
    return (uint64_t) (gateway + 1) << 48 ^ (uint64_t) rid;
}

void cancellations_add (cancellations *self, int gateway, int64_t rid)
{
    atomic_store_explicit (&self->at [atomic_fetch_add (&self->count, 1) % CANCELLED], name_of (gateway, rid), memory_order_relaxed);
}

static bool is_cancelled (cancellations *self, int gateway, int64_t rid)
{
    uint64_t name = name_of (gateway, rid);
    if (atomic_load_explicit (&self->count, memory_order_relaxed) == 0)
        return false;
    for (int i = 0; i < CANCELLED; i++)
        if (atomic_load_explicit (&self->at [i], memory_order_relaxed) == name)
            return true;
    return false;
}

/* ------------------------------------------------------------------------------------- jobs */

static const worker_tag *tag_of (job *j)
{
    assert (zmq_msg_size (&j->frames [0]) == sizeof (worker_tag));
    return zmq_msg_data (&j->frames [0]);
}

const handler_entry *service_handler (const service *self, const char *name)
{
    for (size_t i = 0; i < self->handler_count; i++)
        if (strcmp (self->handlers [i].operation, name) == 0)
            return &self->handlers [i];
    return NULL;
}

static msgpack_sbuffer *buffer_new (call *self)
{
    msgpack_sbuffer *buffer = msgpack_sbuffer_new ();
    msgpack_zone_push_finalizer (self->zone, (void (*) (void *)) msgpack_sbuffer_free, buffer);
    return buffer;
}

static void begin_call (worker *self, job *j)
{
    const schema *s = mwp_request_schema ();
    call *it = &j->it;
    it->account = schema_text (s, j->request, "account");
    it->org = schema_text (s, j->request, "org");
    it->roles = (uint32_t) schema_int (s, j->request, "roles", 0);
    it->now = schema_int (s, j->request, "at", clock_wall_us () + self->clock_offset);
    it->if_match = schema_int (s, j->request, "if_match", -1);
    it->min_seq = schema_int (s, j->request, "min_seq", 0);
    it->key = it->account || it->org ? schema_text (s, j->request, "key") : NULL;
    it->trace = schema_text (s, j->request, "trace");
    it->deadline = tag_of (j)->came + j->request->budget_ms * 1000;
    it->guards = self->args->service->guards;
    it->clock_offset = &self->clock_offset;
    it->service = self->args->context;
    it->signer = self->args->signer;
    it->sealer = self->args->sealer;
}

static bool read_input (job *j, void *record)
{
    msgpack_object object;
    zmq_msg_t *body = &j->frames [2];
    return !wire_unpack (zmq_msg_data (body), zmq_msg_size (body), j->it.zone, &object)
        && schema_decode (j->it.in_schema, &object, record, j->it.zone, FROM_GATEWAY, NULL, &j->it.faults)
        && plain_input (&j->it, record);
}

/* A request that nobody waits for, or that another process is to do; -1: it is to be begun. */
static int why_not_begin (worker *self, job *j)
{
    if (is_cancelled (self->args->cancelled, tag_of (j)->gateway, j->request->rid))
        return reject_cancelled;
    if (atomic_load_explicit (&self->args->ending, memory_order_relaxed))
        return reject_draining;
    return j->began >= j->it.deadline ? reject_expired : -1;
}

/* Everything before the database: what is asked, by whom, with which input. */
static outcome prepare (worker *self, job *j)
{
    call *it = &j->it;
    if (!mwp_read (&j->frames [1], mwp_request_schema (), j->request, j->zone))
        return outcome_invalid;
    begin_call (self, j);
    j->reject = why_not_begin (self, j);
    if (j->reject >= 0)
        return outcome_unavailable;
    it->op = operation_find (j->request->operation);
    j->entry = service_handler (self->args->service, j->request->operation);
    if (!it->op || !j->entry)
        return outcome_missing;
    outcome how = serve_admission (it);
    if (how != outcome_done)
        return how;
    it->in_schema = it->op->in ();
    void *in = call_alloc (it, it->in_schema->size);
    it->in = in;
    if (!read_input (j, in))
        return outcome_invalid;
    bool from_memory = self->args->service->projection && it->op->verb == VERB_READ;
    if (!from_memory && !connected (self))
        return outcome_unavailable;
    it->db = self->db;
    return outcome_done;
}

static void open_job (worker *self, job *j)
{
    if (!j->zone)
        j->zone = msgpack_zone_new (32768);
    j->entry = NULL;
    j->reject = -1;
    j->it = (call) { .zone = j->zone, .if_match = -1 };
    j->to = (answer) { buffer_new (&j->it), buffer_new (&j->it) };
    j->request = call_alloc (&j->it, sizeof *j->request);
    j->began = clock_steady_us ();
    j->how = prepare (self, j);
}

static void log_call (const job *j, int64_t us)
{
    enum { SLOW_US = 100000 };
    const call *it = &j->it;
    bool trouble = j->how == outcome_broken || j->how == outcome_unavailable;
    if (trouble || us > SLOW_US || operation_writes (it->op))
        log_line (trouble ? "error" : "info", "call", "operation=%s outcome=%s us=%" PRId64 " org=%s trace=%s",
                  it->op->name, outcome_words ()->words [j->how].word, us, it->org ? it->org : "-", it->trace ? it->trace : "-");
}

static void tally (worker *self, const job *j)
{
    int64_t us = clock_steady_us () - j->began;
    bool trouble = j->how == outcome_broken || j->how == outcome_unavailable;
    operation_tally *to = &self->args->tallies [j->entry - self->args->service->handlers];
    atomic_fetch_add_explicit (&to->count, 1, memory_order_relaxed);
    atomic_fetch_add_explicit (&to->failed, trouble, memory_order_relaxed);
    atomic_fetch_add_explicit (&to->total_us, us, memory_order_relaxed);
    log_call (j, us);
}

static void send_head (void *pipe, job *j, mwp_command command, int flags)
{
    zmq_msg_t head;
    mwp_head (&head, command, j->to.header->data, j->to.header->size);
    zmq_msg_send (&j->frames [0], pipe, ZMQ_SNDMORE);
    zmq_msg_send (&head, pipe, flags);
}

static void send_reject (void *pipe, job *j)
{
    mwp_reject_t reject = { 0 };
    const schema *s = mwp_reject_schema ();
    msgpack_packer packer = { j->to.header, msgpack_sbuffer_write };
    schema_set_int (s, &reject, "rid", j->request->rid);
    schema_set_int (s, &reject, "why", j->reject);
    schema_encode (s, &reject, OWNER, NULL, &packer);
    send_head (pipe, j, MWP_REJECT, 0);
}

static void send_reply (void *pipe, job *j)
{
    if (j->to.header->size == 0)
        serve_refusal (&j->it, j->request, j->how, j->began, &j->to);
    send_head (pipe, j, MWP_REPLY, ZMQ_SNDMORE);
    zmq_send (pipe, j->to.body->data, j->to.body->size, 0);
}

static void close_job (worker *self, void *pipe, job *j)
{
    j->reject >= 0 ? send_reject (pipe, j) : send_reply (pipe, j);
    if (j->entry)
        tally (self, j);
    msgpack_zone_clear (j->zone);
    mwp_close (j->frames, 3);
}

/* ------------------------------------------------------------------------------------- work */

static bool is_plain_fetch (const job *j)
{
    return j->how == outcome_done && j->it.op->verb == VERB_FETCH && !j->entry->run;
}

static void perform (job *j)
{
    bytes body = { zmq_msg_size (&j->frames [2]), zmq_msg_data (&j->frames [2]) };
    j->how = serve_call (&j->it, j->entry, j->request, j->began, &body, &j->to);
}

static bool same_text (const char *a, const char *b)
{
    return a == b || (a && b && strcmp (a, b) == 0);
}

static bool same_caller (const call *a, const call *b)
{
    return a->roles == b->roles && same_text (a->org, b->org) && same_text (a->account, b->account);
}

/* Do two jobs ask for one kind of thing, as the same caller? */
static bool alike (const job *a, const job *b)
{
    return is_plain_fetch (b) && a->it.op == b->it.op && same_caller (&a->it, &b->it);
}

static const char *id_of (const job *j)
{
    return schema_text (j->it.in_schema, j->it.in, "id");
}

static int row_of (const PGresult *rows, const char *id)
{
    int column = PQfnumber (rows, "id");
    for (int i = 0; i < PQntuples (rows); i++)
        if (strcmp (PQgetvalue (rows, i, column), id) == 0)
            return i;
    return -1;
}

/* Single things that the same caller waits for are asked for at once: one statement, one round trip. When it
 * fails they are asked for one by one, so that nobody pays for another.                                     */
static void fetch_together (worker *self, job jobs [], size_t count)
{
    call *first = &jobs [0].it;
    PGresult *rows [2];
    text_buffer ids = { 0 };
    for (size_t i = 0; i < count; i++)
        text_printf (&ids, "%c%s", i ? ',' : '{', id_of (&jobs [i]));
    text_append (&ids, "}", 2);
    first->targets = ids.at;
    size_t skip = call_queue_entry (first);
    call_queue (first, call_print (first, "%s_get", first->op->out ()->name));
    bool fine = db_exchange (self->db, rows, skip + 1, first->deadline) == DB_FINE;
    first->targets = NULL;
    for (size_t i = 0; i < count; i++) {
        job *j = &jobs [i];
        void *record = call_alloc (&j->it, j->it.op->out ()->size);
        if (!fine && !connected (self))
            j->how = outcome_unavailable;
        else if (!fine) {
            j->it.db = self->db;
            perform (j);
        } else if ((j->how = call_read (&j->it, rows [skip], row_of (rows [skip], id_of (j)), record)) == outcome_done)
            serve_record (&j->it, j->request, record, j->began, &j->to);
    }
    for (size_t i = 0; i <= skip; i++)
        PQclear (rows [i]);
    text_free (&ids);
}

static void work (worker *self, void *pipe, job jobs [], size_t count)
{
    int64_t began = clock_steady_us ();
    atomic_store_explicit (&self->args->began, began, memory_order_relaxed);
    for (size_t i = 0; i < count; i++)
        open_job (self, &jobs [i]);
    for (size_t i = 0; i < count;) {
        size_t together = 1;
        while (is_plain_fetch (&jobs [i]) && i + together < count && alike (&jobs [i], &jobs [i + together]))
            together++;
        if (together > 1)
            fetch_together (self, jobs + i, together);
        else if (jobs [i].how == outcome_done)
            perform (&jobs [i]);
        for (; together; together--) /* none waits for the others' work, and what it frees is given out meanwhile */
            close_job (self, pipe, &jobs [i++]);
    }
    atomic_store_explicit (&self->args->began, 0, memory_order_relaxed);
    atomic_fetch_add_explicit (&self->args->busy_us, clock_steady_us () - began, memory_order_relaxed);
}

/* One message into a job's frames: 1 when it is a request, 0 when there is none, -1 to stop. */
static int take (void *pipe, zmq_msg_t frames [3], int flags)
{
    int count = mwp_receive (pipe, frames, 3, flags);
    if (count < 0)
        return errno == EAGAIN || errno == EINTR ? 0 : -1;
    if (count == 3)
        return 1;
    mwp_close (frames, count); /* $TERM */
    return -1;
}

void worker_run (zsock_t *pipe, void *args)
{
    worker self = { .args = args };
    void *raw = zsock_resolve (pipe);
    job *jobs = calloc (BATCH, sizeof *jobs);
    assert (jobs);
    connected (&self);
    zsock_signal (pipe, 0);
    zmq_setsockopt (raw, ZMQ_RCVTIMEO, &(int) { RETRY_MS }, sizeof (int));
    for (int came = 0; came >= 0;) {
        size_t count = 0;
        came = take (raw, jobs [0].frames, 0);
        while (came > 0 && ++count < BATCH)
            came = take (raw, jobs [count].frames, ZMQ_DONTWAIT);
        if (count)
            work (&self, raw, jobs, count);
        else if (came == 0 && !atomic_load (&self.args->broken)) {
            if (self.db) /* a quiet moment, for mending the connection */
                db_listen (self.db);
            connected (&self);
        }
    }
    for (size_t i = 0; i < BATCH; i++)
        if (jobs [i].zone)
            msgpack_zone_free (jobs [i].zone);
    free (jobs);
    db_destroy (&self.db);
}
