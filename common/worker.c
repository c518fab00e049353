/* worker.c - from a request's bytes to a reply's: decode, one transaction, commit, encode. */
#include "worker.h"
#include "emit.h"
#include "log.h"
#include "migrate.h"
#include "text.h"
#include "wire.h"
#include <assert.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

typedef struct {
    worker_args *args;
    db          *db;
    zsock_t     *nudge; /* tells the relay that the outbox holds something; lossy on purpose */
    int64_t      clock_offset;
} worker;

const char *service_schema (const service *self)
{
    return self->id == SERVICE_GATEWAY ? "identity" : service_names [self->id];
}

/* ------------------------------------------------------------------------------- connection */

static bool connect_database (worker *self)
{
    bool fatal;
    const service *s = self->args->service;
    db_destroy (&self->db);
    atomic_store (&self->args->socket, -1);
    self->db = db_new (self->args->conninfo, service_schema (s), s->statements, s->statement_count, &fatal);
    if (self->db && !db_role_is_safe (self->db)) {
        log_text ("error", "role_unsafe", "why", "this role could bypass row-level security; use a service's own role");
        db_destroy (&self->db);
        fatal = true;
    }
    char why [120];
    if (self->db && !migrate_suits (self->db, why)) {
        log_text ("error", "database_unsuitable", "why", why);
        db_destroy (&self->db);
        fatal = true;
    }
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

/* ---------------------------------------------------------------------------------- a call */

/* What a caller may read, and may do with each thing in the answer. */
static void fill_commands (call *self, const schema *shape, void *record)
{
    const process *p = process_find (shape->name);
    size_t index;
    const field *f = p ? schema_field (shape, "commands", &index) : NULL;
    if (f) {
        int from = (int) schema_int (shape, record, "state", NOWHERE);
        uint32_t roles = process_roles (p, record, self->org, self->roles);
        texts *to = schema_at (f, record);
        to->at = call_alloc (self, p->step_count * sizeof *to->at);
        to->count = process_offer (p, from, roles, record, self, self->guards, to->at, p->step_count);
        schema_mark (record, index);
    }
    for (size_t i = 0; i < shape->count; i++) {
        const field *inner = &shape->fields [i];
        if (inner->kind != KIND_LIST || !schema_has (record, i))
            continue;
        list *items = schema_at (inner, record);
        for (size_t k = 0; k < items->count; k++)
            fill_commands (self, inner->of (), (char *) items->at + k * inner->of ()->size);
    }
}

static outcome run_verb (call *self, const handler_entry *entry, void *out)
{
    if (entry->run)
        return entry->run (self, self->in, out);
    switch (self->op->verb) {
    case VERB_FETCH:
        self->target = schema_text (self->in_schema, self->in, "id");
        return call_fetch (self, call_print (self, "%s_get", self->op->out ()->name), out);
    case VERB_PAGE:    return call_page (self, self->op->name, out);
    case VERB_CREATE:  return call_enter (self, out);
    case VERB_COMMAND: return call_step (self, out);
    default:           return outcome_broken;
    }
}

/* May this caller ask for this at all? Which things are theirs is for policies and sides to say. */
static outcome admit (const call *self)
{
    uint32_t who = self->op->who;
    if (who & ANYBODY)
        return outcome_done;
    if (!self->account && !self->org && !self->roles)
        return outcome_anonymous;
    return who & (MEMBER | self->roles) ? outcome_done : outcome_missing;
}

static const char *bytea (call *self, const void *from, size_t size)
{
    char *hex = call_alloc (self, 2 * size + 3);
    memcpy (hex, "\\x", 2);
    sodium_bin2hex (hex + 2, 2 * size + 1, from, size);
    return hex;
}

static msgpack_sbuffer *buffer_new (call *self)
{
    msgpack_sbuffer *buffer = msgpack_sbuffer_new ();
    msgpack_zone_push_finalizer (self->zone, (void (*) (void *)) msgpack_sbuffer_free, buffer);
    return buffer;
}

typedef struct {
    msgpack_sbuffer *header, *body;
} answer;

static void encode_reply (call *self, const mwp_request_t *request, outcome how, int64_t began, answer *to)
{
    const schema *s = mwp_reply_schema ();
    mwp_reply_t reply = { 0 };
    fault_t all [16];
    msgpack_packer packer = { to->header, msgpack_sbuffer_write };
    schema_set_int (s, &reply, "rid", request->rid);
    schema_set_int (s, &reply, "outcome", how);
    schema_set_int (s, &reply, "service_us", clock_steady_us () - began);
    if (how == outcome_conflict)
        schema_set_text (s, &reply, "reason", reason_words ()->words [self->reason].word);
    if (self->made && how == outcome_created)
        schema_set_text (s, &reply, "id", self->made);
    if (self->version)
        schema_set_int (s, &reply, "version", self->version);
    if (self->seq)
        schema_set_int (s, &reply, "seq", self->seq);
    size_t index;
    if (how == outcome_conflict) {
        *(texts *) schema_at (schema_field (s, "commands", &index), &reply) = self->commands;
        schema_mark (&reply, index);
    }
    for (size_t i = 0; i < self->faults.count; i++)
        all [i] = (fault_t) { 3, self->faults.at [i].path, self->faults.at [i].reason };
    *(list *) schema_at (schema_field (s, "faults", &index), &reply) = (list) { self->faults.count, all };
    if (self->faults.count)
        schema_mark (&reply, index);
    schema_encode (s, &reply, PUBLIC, NULL, &packer);
}

/* The answer that the key got before, or why the call may not go on; false: go on. */
static bool answered_before (call *self, const mwp_request_t *request, answer *to, outcome *how)
{
    PGresult *rows [2];
    size_t skip = call_queue_entry (self);
    call_queue (self, "call_lock");
    call_queue (self, "call_seen");
    *how = call_exchange (self, skip, rows, 2);
    if (*how != outcome_done)
        return true;
    if (*PQgetvalue (rows [0], 0, 0) != 't') {
        *how = call_conflict (self, key_in_progress);
        return true;
    }
    if (PQntuples (rows [1]) == 0)
        return false;
    if (strcmp (PQgetvalue (rows [1], 0, 0), self->op->name) || strcmp (PQgetvalue (rows [1], 0, 1), self->body_hash)) {
        *how = call_conflict (self, key_reused);
        return true;
    }
    msgpack_object object;
    mwp_reply_t kept;
    faults all = { 0 };
    size_t size;
    unsigned char *raw = PQunescapeBytea ((unsigned char *) PQgetvalue (rows [1], 0, 2), &size);
    msgpack_zone_push_finalizer (self->zone, PQfreemem, raw);
    if (!wire_unpack (raw, size, self->zone, &object)
    &&  schema_decode (mwp_reply_schema (), &object, &kept, self->zone, FROM_PEER, NULL, &all)) {
        msgpack_packer packer = { to->header, msgpack_sbuffer_write };
        schema_set_int (mwp_reply_schema (), &kept, "rid", request->rid);
        schema_set_int (mwp_reply_schema (), &kept, "replayed", true);
        schema_encode (mwp_reply_schema (), &kept, PUBLIC, NULL, &packer);
    }
    raw = PQunescapeBytea ((unsigned char *) PQgetvalue (rows [1], 0, 3), &size);
    msgpack_zone_push_finalizer (self->zone, PQfreemem, raw);
    msgpack_sbuffer_write (to->body, (const char *) raw, size);
    self->replayed = true;
    *how = outcome_done;
    return true;
}

/* A write is also its audit: one that published nothing publishes that it was done. */
static outcome commit (call *self, const answer *kept)
{
    if (self->event_count == 0)
        call_emit (self, EVENT_operation_done, "operation", self->id, 1, nothing_schema (), &(nothing_t) { 0 });
    emit_queue (self);
    if (self->key) {
        self->kept_reply = bytea (self, kept->header->data, kept->header->size);
        self->kept_body = bytea (self, kept->body->data, kept->body->size);
        call_queue (self, "call_answered");
    }
    db_queue_text (self->db, "COMMIT");
    return call_exchange (self, 0, NULL, 0);
}

static void roll_back (call *self)
{
    if (self->entered && operation_writes (self->op) && db_alive (self->db)) {
        PGresult *ignored;
        db_queue_text (self->db, "ROLLBACK");
        db_exchange (self->db, &ignored, 1, clock_steady_us () + 1000000);
        PQclear (ignored);
    }
}

static void encode_body (call *self, void *out, answer *to)
{
    const schema *shape = self->op->out ();
    msgpack_packer packer = { to->body, msgpack_sbuffer_write };
    if (!self->version)
        self->version = schema_int (shape, out, "version", 0);
    fill_commands (self, shape, out);
    schema_redact (shape, out, self->org);
    schema_encode (shape, out, OWNER, NULL, &packer);
}

/* Runs a call that has its input; the answer's bytes are in *to. */
static outcome perform (call *self, const handler_entry *entry, const mwp_request_t *request, int64_t began, answer *to)
{
    bool writes = operation_writes (self->op);
    void *out = call_alloc (self, self->op->out ()->size);
    outcome how = outcome_done;
    if (writes && self->key && answered_before (self, request, to, &how) && self->replayed) {
        roll_back (self);
        return outcome_done;
    }
    if (how == outcome_done)
        how = run_verb (self, entry, out);
    bool good = how == outcome_done || how == outcome_created;
    if (good) {
        encode_body (self, out, to);
        encode_reply (self, request, how, began, to);
        outcome committed = writes ? commit (self, to) : outcome_done;
        if (committed != outcome_done) {
            how = committed;
            good = false;
        }
    }
    if (!good) {
        roll_back (self);
        msgpack_sbuffer_clear (to->header);
        msgpack_sbuffer_clear (to->body);
        encode_reply (self, request, how, began, to);
    }
    return how;
}

static const handler_entry *entry_of (const service *self, const char *name)
{
    for (size_t i = 0; i < self->handler_count; i++)
        if (strcmp (self->handlers [i].operation, name) == 0)
            return &self->handlers [i];
    return NULL;
}

static void begin_call (worker *self, call *it, const mwp_request_t *request, int64_t began)
{
    const schema *s = mwp_request_schema ();
    it->account = schema_text (s, request, "account");
    it->org = schema_text (s, request, "org");
    it->roles = (uint32_t) schema_int (s, request, "roles", 0);
    it->now = schema_int (s, request, "at", clock_wall_us () + self->clock_offset);
    it->if_match = schema_int (s, request, "if_match", -1);
    it->min_seq = schema_int (s, request, "min_seq", 0);
    it->key = it->account || it->org ? schema_text (s, request, "key") : NULL;
    it->trace = schema_text (s, request, "trace");
    it->deadline = began + request->budget_ms * 1000;
    it->db = self->db;
    it->guards = self->args->service->guards;
    it->clock_offset = &self->clock_offset;
    it->service = self->args->context;
    uuid_new (it->now, it->id);
}

static void hash_body (call *self, const void *body, size_t size)
{
    unsigned char hash [crypto_generichash_BYTES];
    char *hex = call_alloc (self, 2 * sizeof hash + 1);
    crypto_generichash (hash, sizeof hash, body, size, NULL, 0);
    sodium_bin2hex (hex, 2 * sizeof hash + 1, hash, sizeof hash);
    self->body_hash = hex;
}

static void log_call (const call *self, outcome how, int64_t us)
{
    enum { SLOW_US = 100000 };
    bool trouble = how == outcome_broken || how == outcome_unavailable;
    if (trouble || us > SLOW_US || operation_writes (self->op))
        log_line (trouble ? "error" : "info", "call", "operation=%s outcome=%s us=%" PRId64 " org=%s trace=%s",
                  self->op->name, outcome_words ()->words [how].word, us,
                  self->org ? self->org : "-", self->trace ? self->trace : "-");
}

static void tell (worker *self, const handler_entry *entry, const call *it, outcome how, int64_t us)
{
    bool trouble = how == outcome_broken || how == outcome_unavailable;
    operation_tally *tally = &self->args->tallies [entry - self->args->service->handlers];
    atomic_fetch_add_explicit (&tally->count, 1, memory_order_relaxed);
    atomic_fetch_add_explicit (&tally->failed, trouble, memory_order_relaxed);
    atomic_fetch_add_explicit (&tally->total_us, us, memory_order_relaxed);
    log_call (it, how, us);
}

/* The whole way of one request. A collision with another transaction is tried again, twice. */
static outcome serve (worker *self, call *it, const mwp_request_t *request, const void *body, size_t size, answer *to)
{
    int64_t began = clock_steady_us ();
    msgpack_object object;
    outcome how = outcome_missing;
    const handler_entry *entry = entry_of (self->args->service, request->operation);
    begin_call (self, it, request, began);
    it->op = operation_find (request->operation);
    if (entry && it->op) {
        it->in_schema = it->op->in ();
        it->in = call_alloc (it, it->in_schema->size);
        how = admit (it);
        if (how == outcome_done
        &&  (wire_unpack (body, size, it->zone, &object)
        ||   !schema_decode (it->in_schema, &object, (void *) (uintptr_t) it->in, it->zone, FROM_GATEWAY, NULL, &it->faults)))
            how = outcome_invalid;
        if (how == outcome_done && !connected (self))
            how = outcome_unavailable;
        it->db = self->db;
    }
    if (how != outcome_done) {
        encode_reply (it, request, how, began, to);
        return how;
    }
    hash_body (it, body, size);
    call fresh = *it;
    for (int attempt = 0; attempt < 3; attempt++) {
        *it = fresh;
        how = perform (it, entry, request, began, to);
        if (!it->collided)
            break;
        msgpack_sbuffer_clear (to->header);
        msgpack_sbuffer_clear (to->body);
    }
    tell (self, entry, it, how, clock_steady_us () - began);
    if (it->event_count && (how == outcome_done || how == outcome_created))
        zmq_send (zsock_resolve (self->nudge), "", 0, ZMQ_DONTWAIT);
    return how;
}

/* ---------------------------------------------------------------------------------- frames */

static void send_answer (void *pipe, zmq_msg_t *tag, const answer *from)
{
    zmq_msg_send (tag, pipe, ZMQ_SNDMORE);
    zmq_send (pipe, from->header->data, from->header->size, ZMQ_SNDMORE);
    zmq_send (pipe, from->body->data, from->body->size, 0);
}

static void handle (worker *self, void *pipe, zmq_msg_t frames [3])
{
    call it = { .zone = msgpack_zone_new (4096), .if_match = -1 };
    answer to = { buffer_new (&it), buffer_new (&it) };
    msgpack_object object;
    mwp_request_t *request = call_alloc (&it, sizeof *request);
    if (!wire_unpack (zmq_msg_data (&frames [1]), zmq_msg_size (&frames [1]), it.zone, &object)
    &&  schema_decode (mwp_request_schema (), &object, request, it.zone, FROM_GATEWAY, NULL, &it.faults))
        serve (self, &it, request, zmq_msg_data (&frames [2]), zmq_msg_size (&frames [2]), &to);
    send_answer (pipe, &frames [0], &to);
    msgpack_zone_free (it.zone);
}

/* One message, or a moment without any, which is for mending the connection. False: stop. */
static bool receive (worker *self, void *pipe)
{
    zmq_msg_t frames [3];
    int count = 0;
    bool running = true, more = true;
    while (more && count < 3) {
        zmq_msg_init (&frames [count]);
        if (zmq_msg_recv (&frames [count], pipe, 0) < 0) {
            running = errno == EAGAIN || errno == EINTR;
            break;
        }
        more = zmq_msg_more (&frames [count++]);
    }
    if (count == 3)
        handle (self, pipe, frames);
    else if (count > 0)
        running = false; /* $TERM */
    else if (running && !atomic_load (&self->args->broken))
        connected (self);
    for (int i = 0; i < count; i++)
        zmq_msg_close (&frames [i]);
    return running;
}

void worker_run (zsock_t *pipe, void *args)
{
    enum { RETRY_MS = 500 };
    worker self = { .args = args, .nudge = zsock_new (ZMQ_PUSH) };
    void *raw = zsock_resolve (pipe);
    zsock_set_sndhwm (self.nudge, 1);
    zsock_set_linger (self.nudge, 0);
    zsock_connect (self.nudge, "ipc://%s/nudge", self.args->run);
    connected (&self);
    zsock_signal (pipe, 0);
    zmq_setsockopt (raw, ZMQ_RCVTIMEO, &(int) { RETRY_MS }, sizeof (int));
    while (receive (&self, raw))
        ;
    db_destroy (&self.db);
    zsock_destroy (&self.nudge);
}
