/* serve.c - one call: what was answered before, the verb, the commit, the bytes of the answer. */
#include "serve.h"
#include "begin.h"
#include "emit.h"
#include "text.h"
#include "timer.h"
#include "wire.h"
#include <assert.h>
#include <sodium.h>
#include <string.h>

/* What a caller may read, and may do with each thing in the answer. */
static void fill_commands (call *self, const schema *shape, size_t count, void *records);

static void fill_lists (call *self, const schema *shape, void *record)
{
    for (size_t i = 0; i < shape->count; i++) {
        const field *inner = &shape->fields [i];
        if (inner->kind != KIND_LIST || !schema_has (record, i))
            continue;
        list *items = schema_at (inner, record);
        fill_commands (self, inner->of (), items->count, items->at);
    }
}

/* What may be begun with it, where its record says that. */
static void fill_begins (call *self, const schema *shape, void *record)
{
    size_t index;
    const field *f = schema_field (shape, "begins", &index);
    if (!f)
        return;
    texts *to = schema_at (f, record);
    to->at = call_alloc (self, (size_t) f->max * sizeof *to->at);
    to->count = begin_offer (self, shape, record, to->at, (size_t) f->max);
    schema_mark (record, index);
}

static void fill_commands (call *self, const schema *shape, size_t count, void *records)
{
    const process *p = process_find (shape->name);
    size_t index;
    const field *f = p ? schema_field (shape, "commands", &index) : NULL;
    for (size_t i = 0; i < count; i++) {
        void *record = (char *) records + i * shape->size;
        if (f) {
            int from = (int) schema_int (shape, record, "state", NOWHERE);
            uint32_t roles = process_roles (p, record, self->org, self->roles);
            texts *to = schema_at (f, record);
            to->at = call_alloc (self, p->step_count * sizeof *to->at);
            to->count = process_offer (p, from, roles, record, self, self->guards, to->at, p->step_count);
            schema_mark (record, index);
            fill_begins (self, shape, record);
        }
        fill_lists (self, shape, record);
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

outcome serve_admission (const call *self)
{
    uint32_t who = self->op->who;
    if (who & ANYBODY)
        return outcome_done;
    if (!self->account && !self->org && !self->roles)
        return outcome_anonymous;
    return who & (MEMBER | self->roles) ? outcome_done : outcome_missing;
}

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
    if (self->retry_ms)
        schema_set_int (s, &reply, "retry_ms", self->retry_ms);
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

/* The answer that the key got before. */
static outcome answer_again (call *self, const mwp_request_t *request, answer *to)
{
    PGresult *rows;
    call_queue (self, "call_seen");
    outcome how = call_exchange (self, 0, &rows, 1);
    if (how != outcome_done)
        return how;
    if (PQntuples (rows) == 0)
        return outcome_unavailable; /* forgotten meanwhile: the next try is the first */
    if (strcmp (PQgetvalue (rows, 0, 0), self->op->name) || strcmp (PQgetvalue (rows, 0, 1), self->body_hash))
        return call_conflict (self, key_reused);
    msgpack_object object;
    mwp_reply_t kept;
    faults all = { 0 };
    size_t size;
    unsigned char *raw = PQunescapeBytea ((unsigned char *) PQgetvalue (rows, 0, 2), &size);
    msgpack_zone_push_finalizer (self->zone, PQfreemem, raw);
    if (!wire_unpack (raw, size, self->zone, &object)
    &&  schema_decode (mwp_reply_schema (), &object, &kept, self->zone, FROM_PEER, NULL, &all)) {
        msgpack_packer packer = { to->header, msgpack_sbuffer_write };
        schema_set_int (mwp_reply_schema (), &kept, "rid", request->rid);
        schema_set_int (mwp_reply_schema (), &kept, "replayed", true);
        schema_encode (mwp_reply_schema (), &kept, PUBLIC, NULL, &packer);
    }
    raw = PQunescapeBytea ((unsigned char *) PQgetvalue (rows, 0, 3), &size);
    msgpack_zone_push_finalizer (self->zone, PQfreemem, raw);
    msgpack_sbuffer_write (to->body, (const char *) raw, size);
    self->replayed = true;
    return outcome_done;
}

/* The answer as it may be kept. */
static bytes kept_body (call *self, const void *out, const answer *to)
{
    const char *unkept = operation_sealed (self->op);
    size_t index;
    if (!unkept || !*unkept)
        return (bytes) { to->body->size, to->body->data };
    const schema *shape = self->op->out ();
    void *copy = memcpy (call_alloc (self, shape->size), out, shape->size);
    const field *f = schema_field (shape, unkept, &index);
    assert (f);
    *(uint64_t *) copy &= ~(UINT64_C (1) << index);
    msgpack_sbuffer *body = msgpack_sbuffer_new ();
    msgpack_zone_push_finalizer (self->zone, (void (*) (void *)) msgpack_sbuffer_free, body);
    msgpack_packer packer = { body, msgpack_sbuffer_write };
    schema_encode (shape, copy, OWNER, NULL, &packer);
    return (bytes) { body->size, body->data };
}

/* A write is also its audit: one that published nothing publishes that it was done. */
static outcome commit (call *self, const void *out, const answer *to)
{
    if (self->event_count == 0)
        call_emit (self, EVENT_operation_done, "operation", self->id, 1, nothing_schema (), &(nothing_t) { 0 });
    emit_queue (self);
    timer_queue (self);
    if (self->key) {
        self->kept_reply = (bytes) { to->header->size, to->header->data };
        self->kept_body = kept_body (self, out, to);
        call_queue (self, "call_answered");
    }
    db_queue_text (self->db, "COMMIT");
    return call_exchange (self, 0, NULL, 0);
}

void serve_give_up (call *self)
{
    if (self->entered && operation_writes (self->op) && db_alive (self->db)) {
        PGresult *ignored;
        db_queue_text (self->db, "ROLLBACK");
        db_exchange (self->db, &ignored, 1, clock_steady_us () + 1000000);
        PQclear (ignored);
    }
    self->entered = false;
}

static void encode_body (call *self, void *out, answer *to)
{
    const schema *shape = self->op->out ();
    msgpack_packer packer = { to->body, msgpack_sbuffer_write };
    if (!self->version)
        self->version = schema_int (shape, out, "version", 0);
    fill_commands (self, shape, 1, out);
    schema_redact (shape, out, self->org);
    schema_encode (shape, out, OWNER, NULL, &packer);
}

void serve_record (call *self, const mwp_request_t *request, void *record, int64_t began, answer *to)
{
    encode_body (self, record, to);
    encode_reply (self, request, outcome_done, began, to);
}

void serve_refusal (call *self, const mwp_request_t *request, outcome how, int64_t began, answer *to)
{
    msgpack_sbuffer_clear (to->header);
    msgpack_sbuffer_clear (to->body);
    encode_reply (self, request, how, began, to);
}

static outcome attempt (call *self, const handler_entry *entry, const mwp_request_t *request, int64_t began, answer *to)
{
    bool writes = operation_writes (self->op);
    void *out = call_alloc (self, self->op->out ()->size);
    outcome how = run_verb (self, entry, out);
    if (self->answered) {
        serve_give_up (self);
        how = answer_again (self, request, to);
        if (self->replayed)
            return how;
    }
    if (how == outcome_done || how == outcome_created) {
        encode_body (self, out, to);
        encode_reply (self, request, how, began, to);
        outcome committed = writes ? commit (self, out, to) : outcome_done;
        if (committed == outcome_done)
            return how;
        how = committed;
    }
    serve_give_up (self);
    serve_refusal (self, request, how, began, to);
    return how;
}

static void hash_body (call *self, const bytes *body)
{
    unsigned char hash [SEAL_MAC];
    char *hex = call_alloc (self, 2 * sizeof hash + 1);
    if (self->sealer && operation_sealed (self->op))
        sealer_mac (self->sealer, body->at, body->size, hash);
    else
        crypto_generichash (hash, sizeof hash, body->at, body->size, NULL, 0);
    sodium_bin2hex (hex, 2 * sizeof hash + 1, hash, sizeof hash);
    self->body_hash = hex;
}

outcome serve_call (call *self, const handler_entry *entry, const mwp_request_t *request, int64_t began, const bytes *body, answer *to)
{
    outcome how = outcome_broken;
    if (self->key)
        hash_body (self, body);
    if (operation_writes (self->op))
        uuid_new (self->now, self->id);
    call fresh = *self;
    for (int tries = 0; tries < 3; tries++) {
        *self = fresh;
        msgpack_sbuffer_clear (to->header);
        msgpack_sbuffer_clear (to->body);
        how = attempt (self, entry, request, began, to);
        if (!self->collided || fresh.entered) /* what came in a transaction of its own cannot be said again */
            break;
    }
    return how;
}
