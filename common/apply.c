/* apply.c - events into a service's tables: which statement, with which parameters, in which
 * transaction. */
#include "apply.h"
#include "log.h"
#include "notice.h"
#include "statement.h"
#include "text.h"
#include "wire.h"
#include "worker.h"
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const int64_t patience_us = 30000000;

/* Run for each event that people are told of, besides what the event has of its own. It sees no record: `event_told` is what it is about. */
static const char of_any [] = "on_event";

/* As SYSTEM, of no organisation: a view holds what is needed of everybody. Nothing waits for the
 * disk: after a crash the view and its position are both a moment older, and the log still has it. */
static const char enter [] =
    "SELECT set_config ('app.org', '', true), set_config ('app.account', '', true),"
    " set_config ('app.roles', '4096', true), set_config ('synchronous_commit', 'off', true)";
static_assert (SYSTEM == 4096, "the role in `enter`");

static const statement own [] = {
    { "position_read", "SELECT seq, epoch FROM position" },
    { "position_lock", "SELECT seq FROM position FOR UPDATE" },
    { "position_move", "UPDATE position SET seq = :upto::bigint, epoch = :epoch::uuid,"
                       " recorded_at = coalesce (:event_time::timestamptz, recorded_at)" },
    { "position_pass", "UPDATE position SET seq = :upto::bigint, epoch = :epoch::uuid,"
                       " recorded_at = coalesce (:event_time::timestamptz, recorded_at)"
                       " WHERE seq = :before::bigint" },
};
enum { OWN = sizeof own / sizeof *own };

struct applier {
    db *db;
    char conninfo [1024];
    const char *schema_name;
    statement *statements;
    size_t count;
};

/* What parameters are taken from. */
typedef struct {
    const stream_event *event; /* NULL: none */
    msgpack_zone *zone;
    char number [24], ver [24], moment [MOMENT_TEXT];
    char before [24], upto [24], epoch [UUID_TEXT];
} binding;

/* ------------------------------------------------------------------------------ reading */

static bool unreadable (const stream_item *item, const char *what, const char *why)
{
    log_line ("error", "event_unreadable", "seq=%" PRId64 " what=%s why=%s", item->seq, what, why);
    return false;
}

static bool read_record (const stream_item *item, const bytes *from, const char *what,
                         const schema *shape, void *out, msgpack_zone *zone)
{
    msgpack_object object;
    faults all = { 0 };
    const char *why = wire_unpack (from->at, from->size, zone, &object);
    if (why)
        return unreadable (item, what, why);
    return schema_decode (shape, &object, out, zone, FROM_PEER, NULL, &all)
           || unreadable (item, what, all.at [0].path);
}

static void *zeroed (msgpack_zone *zone, size_t size)
{
    void *at = msgpack_zone_malloc (zone, size);
    assert (at);
    return memset (at, 0, size);
}

/* The event without its record; false: none that this version knows. */
static bool read_envelope (const stream_item *item, msgpack_zone *zone, event_t *envelope,
                           stream_event *out)
{
    *envelope = (event_t) { 0 };
    if (!read_record (item, &item->body, "event", event_schema (), envelope, zone))
        return false;
    const event_type *type = envelope->type ? event_find (envelope->type, strlen (envelope->type))
                                            : NULL;
    if (!type || !envelope->id || !envelope->subject || !envelope->data.at)
        return false;
    *out = (stream_event) {
        .seq = item->seq,
        .ver = envelope->ver,
        .time = envelope->time,
        .type = type,
        .id = envelope->id,
        .subject = envelope->subject,
        .actor = envelope->actor,
        .hash = item->hash,
    };
    return true;
}

bool apply_read (const stream_item *item, msgpack_zone *zone, stream_event *out)
{
    event_t envelope;
    if (!read_envelope (item, zone, &envelope, out))
        return false;
    void *record = zeroed (zone, out->type->record ()->size);
    if (!read_record (item, &envelope.data, out->type->name, out->type->record (), record, zone))
        return false;
    out->record = record;
    return true;
}

/* --------------------------------------------------------------------------- statements */

/* Is that a name that `value` below knows, for an event of this record? */
static bool is_bound (const schema *shape, const char *name)
{
    static const char *const known [] = {
        "event_seq",  "event_ver", "event_time",   "event_id",   "event_subject",
        "event_type", "event_actor", "call_org",  "call_account", "call_roles", "call_now",
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp (known [i], name) == 0)
            return true;
    size_t index;
    return shape ? schema_field (shape, name, &index) != NULL : strcmp (name, "event_told") == 0;
}

/* The record that on_<event> or on_<record> gets; NULL: no such event or record. */
static const schema *record_of (const char *name)
{
    for (int i = 0; i < EVENT_COUNT; i++) {
        const event_type *type = &event_types () [i];
        if (strcmp (name, type->name) == 0 || strcmp (name, type->record ()->name) == 0)
            return type->record ();
    }
    return NULL;
}

/* A statement that could never run, or not with these names, is our mistake: told at the start. */
static void check_statement (const statement *self)
{
    statement_text text;
    bool any = strcmp (self->name, of_any) == 0;
    const schema *shape = any ? NULL : record_of (self->name + strlen ("on_"));
    bool good = (shape || any) && statement_number (self->text, &text);
    if (!good)
        log_line ("error", "projection_unknown", "statement=%s", self->name);
    assert (good);
    for (int i = 0; i < text.count; i++)
        if (!is_bound (shape, text.names [i])) {
            log_line ("error", "projection_parameter", "statement=%s name=%s", self->name,
                      text.names [i]);
            assert (!"a parameter of a projection");
        }
    statement_free (&text);
}

applier *applier_new (const service *service, const char *conninfo)
{
    applier *self = calloc (1, sizeof *self);
    assert (self);
    self->statements = calloc (service->statement_count + OWN, sizeof *self->statements);
    assert (self->statements);
    for (size_t i = 0; i < service->statement_count; i++)
        if (strncmp (service->statements [i].name, "on_", 3) == 0) {
            check_statement (&service->statements [i]);
            self->statements [self->count++] = service->statements [i];
        }
    if (self->count == 0)
        applier_destroy (&self);
    else {
        memcpy (self->statements + self->count, own, sizeof own);
        self->count += OWN;
        self->schema_name = service_schema (service);
        snprintf (self->conninfo, sizeof self->conninfo, "%s", conninfo);
    }
    return self;
}

void applier_destroy (applier **self_p)
{
    applier *self = *self_p;
    if (!self)
        return;
    db_destroy (&self->db);
    free (self->statements);
    free (self);
    *self_p = NULL;
}

/* --------------------------------------------------------------------------- parameters */

static const char *about_event (binding *self)
{
    text_buffer text = { 0 };
    notice_of_event (self->event->type, self->event->subject, self->event->record, &text);
    char *kept = zeroed (self->zone, text.size + 1);
    memcpy (kept, text.at, text.size);
    text_free (&text);
    return kept;
}

static const char *value (void *from, const char *name, int *size)
{
    (void) size; /* all is text */
    binding *self = from;
    const stream_event *e = self->event;
    bool found;
    if (strcmp (name, "upto") == 0)
        return self->upto;
    if (strcmp (name, "before") == 0)
        return self->before;
    if (strcmp (name, "epoch") == 0)
        return self->epoch;
    if (strcmp (name, "event_time") == 0 || strcmp (name, "call_now") == 0)
        return e ? self->moment : NULL;
    if (strcmp (name, "event_seq") == 0)
        return self->number;
    if (strcmp (name, "event_ver") == 0)
        return self->ver;
    if (strcmp (name, "event_id") == 0)
        return e->id;
    if (strcmp (name, "event_subject") == 0)
        return e->subject;
    if (strcmp (name, "event_type") == 0)
        return e->type->name;
    if (strcmp (name, "event_actor") == 0)
        return e->actor;
    if (strcmp (name, "event_told") == 0)
        return about_event (self);
    if (strcmp (name, "call_roles") == 0)
        return "4096";
    if (strncmp (name, "call_", 5) == 0)
        return NULL;
    return db_bind (e->type->record (), e->record, name, self->zone, &found);
}

static void bind_event (binding *self, const stream_event *event)
{
    self->event = event;
    snprintf (self->number, sizeof self->number, "%" PRId64, event->seq);
    snprintf (self->ver, sizeof self->ver, "%" PRId64, event->ver);
    moment_write (event->time, self->moment);
}

static void bind_position (binding *self, int64_t upto, const uint8_t epoch [EVS_EPOCH])
{
    snprintf (self->upto, sizeof self->upto, "%" PRId64, upto);
    uuid_write (epoch, self->epoch);
}

/* ------------------------------------------------------------------------- transactions */

static void clear (PGresult *results [], size_t count)
{
    for (size_t i = 0; i < count; i++)
        PQclear (results [i]);
}

static bool connected (applier *self)
{
    bool fatal;
    if (self->db && db_alive (self->db))
        return true;
    db_destroy (&self->db);
    self->db = db_new (self->conninfo, self->schema_name, self->statements, self->count, &fatal);
    return self->db;
}

bool applier_position (applier *self, int64_t *seq, uint8_t epoch [EVS_EPOCH], bool *knows_epoch)
{
    PGresult *rows;
    if (!connected (self))
        return false;
    db_queue (self->db, "position_read", value, &(binding) { 0 });
    bool good = db_exchange (self->db, &rows, 1, clock_steady_us () + patience_us) == DB_FINE
                && PQntuples (rows) == 1;
    if (good) {
        char id [UUID_TEXT];
        *seq = strtoll (PQgetvalue (rows, 0, 0), NULL, 10);
        *knows_epoch = !PQgetisnull (rows, 0, 1)
                       && uuid_read (PQgetvalue (rows, 0, 1), (size_t) PQgetlength (rows, 0, 1),
                                     id);
        if (*knows_epoch)
            uuid_bytes (id, epoch);
    }
    PQclear (rows);
    return good;
}

static void roll_back (applier *self)
{
    PGresult *ignored;
    if (!db_alive (self->db))
        return;
    db_queue_text (self->db, "ROLLBACK");
    db_exchange (self->db, &ignored, 1, clock_steady_us () + patience_us);
    PQclear (ignored);
}

/* Opens the transaction and waits for the position: of several processes one is at work at a
 * time. */
static db_state lock_position (applier *self, int64_t *stored)
{
    PGresult *rows [3];
    db_queue_text (self->db, "BEGIN");
    db_queue_text (self->db, enter);
    db_queue (self->db, "position_lock", value, &(binding) { 0 });
    db_state how = db_exchange (self->db, rows, 3, clock_steady_us () + patience_us);
    if (how == DB_FINE)
        *stored = strtoll (PQgetvalue (rows [2], 0, 0), NULL, 10);
    clear (rows, 3);
    return how;
}

/* The event's own statement wins over the one of its record; NULL: the view does not need this
 * event. */
static const char *statement_of (const applier *self, const event_type *type, char name [80])
{
    snprintf (name, 80, "on_%s", type->name);
    if (!db_has (self->db, name))
        snprintf (name, 80, "on_%s", type->record ()->name);
    return db_has (self->db, name) ? name : NULL;
}

/* Whether the statement for any event is for this one. */
static bool is_told (const applier *self, const event_type *type, const char *subject)
{
    const process *p = db_has (self->db, of_any) ? notice_sides ((event_id) (type - event_types ()), subject) : NULL;
    return p && about_find (p->name);
}

/* Queues what the event needs: 2 statements at most. */
static size_t queue_event (applier *self, const stream_item *item, binding *with)
{
    char name [80];
    stream_event *event = zeroed (with->zone, sizeof *event);
    if (!apply_read (item, with->zone, event))
        return 0;
    bind_event (with, event);
    const char *own = statement_of (self, event->type, name);
    bool told = is_told (self, event->type, event->subject);
    if (own)
        db_queue (self->db, own, value, with);
    if (told)
        db_queue (self->db, of_any, value, with);
    return (own != NULL) + (size_t) told;
}

static void tell_failure (const binding *with, size_t most)
{
    if (most == 1 && with->event)
        log_line ("error", "projection_failed", "seq=%" PRId64 " type=%s subject=%s",
                  with->event->seq, with->event->type->name, with->event->subject);
}

/* Events after `stored`, at most `most`; the position moves to the last of them. */
static db_state apply_rest (applier *self, const stream_batch *batch,
                            const uint8_t epoch [EVS_EPOCH], size_t most, int64_t stored,
                            int64_t *upto)
{
    PGresult *rows [2 * EVS_FETCH + 2];
    size_t queued = 0, taken = 0;
    binding with = { .zone = msgpack_zone_new (65536) };
    assert (with.zone && batch->count <= EVS_FETCH);
    *upto = stored;
    for (size_t i = 0; i < batch->count && taken < most; i++)
        if (batch->items [i].seq > stored) {
            queued += queue_event (self, &batch->items [i], &with);
            *upto = batch->items [i].seq;
            taken++;
        }
    bind_position (&with, *upto, epoch);
    db_queue (self->db, "position_move", value, &with);
    db_queue_text (self->db, "COMMIT");
    db_state how = db_exchange (self->db, rows, queued + 2, clock_steady_us () + patience_us);
    clear (rows, queued + 2);
    if (how != DB_FINE)
        tell_failure (&with, most);
    msgpack_zone_free (with.zone);
    return how;
}

/* Most of what a service hears is not for its view: that moves the position, in one round trip. */
static bool pass_over (applier *self, const stream_batch *batch, const uint8_t epoch [EVS_EPOCH],
                       int64_t *upto)
{
    char name [80];
    PGresult *rows [2];
    event_t envelope;
    stream_event event = { 0 };
    binding with = { .zone = msgpack_zone_new (8192) };
    assert (with.zone);
    bool passed = batch->count > 0;
    for (size_t i = 0; i < batch->count && passed; i++)
        if (read_envelope (&batch->items [i], with.zone, &envelope, &event))
            passed = !statement_of (self, event.type, name) && !is_told (self, event.type, event.subject);
    if (passed) {
        if (event.type)
            bind_event (&with, &event);
        bind_position (&with, batch->items [batch->count - 1].seq, epoch);
        snprintf (with.before, sizeof with.before, "%" PRId64, batch->items [0].seq - 1);
        db_queue_text (self->db, enter);
        db_queue (self->db, "position_pass", value, &with);
        passed = db_exchange (self->db, rows, 2, clock_steady_us () + patience_us) == DB_FINE
                 && strcmp (PQcmdTuples (rows [1]), "1") == 0;
        clear (rows, 2);
    }
    if (passed)
        *upto = batch->items [batch->count - 1].seq;
    msgpack_zone_free (with.zone);
    return passed;
}

apply_result applier_apply (applier *self, const stream_batch *batch,
                            const uint8_t epoch [EVS_EPOCH], size_t most, int64_t *upto)
{
    int64_t stored;
    if (!connected (self))
        return APPLY_GONE;
    if (pass_over (self, batch, epoch, upto))
        return APPLY_DONE;
    db_state how = lock_position (self, &stored);
    if (how == DB_FINE && batch->count && stored + 1 < batch->items [0].seq) {
        roll_back (self);
        return APPLY_BACK;
    }
    if (how == DB_FINE)
        how = apply_rest (self, batch, epoch, most, stored, upto);
    if (how != DB_FINE)
        roll_back (self);
    return how == DB_FINE                              ? APPLY_DONE
           : db_alive (self->db) && how != DB_COLLIDED ? APPLY_FAILED
                                                       : APPLY_GONE;
}
