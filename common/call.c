/* call.c - statements in a call's transaction, and the verbs that most operations are. */
#include "call.h"
#include "emit.h"
#include "log.h"
#include "text.h"
#include "timer.h"
#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE_LIMIT = 20, IN_PROGRESS_MS = 1000 };

void *call_alloc (call *self, size_t size)
{
    void *at = msgpack_zone_malloc (self->zone, size + !size);
    assert (at);
    return memset (at, 0, size);
}

const char *call_text (call *self, const char *from)
{
    size_t size = strlen (from) + 1;
    return memcpy (call_alloc (self, size), from, size);
}

const char *call_print (call *self, const char *format, ...)
{
    char usual [128];
    va_list args;
    va_start (args, format);
    int size = vsnprintf (usual, sizeof usual, format, args);
    va_end (args);
    char *text = call_alloc (self, (size_t) size + 1);
    if ((size_t) size < sizeof usual)
        return memcpy (text, usual, (size_t) size + 1);
    va_start (args, format);
    vsnprintf (text, (size_t) size + 1, format, args);
    va_end (args);
    return text;
}

outcome call_invalid (call *self, const char *path, const char *format, ...)
{
    char reason_text [120];
    va_list args;
    va_start (args, format);
    vsnprintf (reason_text, sizeof reason_text, format, args);
    va_end (args);
    faults_add (&self->faults, path, "%s", reason_text);
    return outcome_invalid;
}

outcome call_conflict (call *self, int why)
{
    self->reason = why;
    return outcome_conflict;
}

/* ------------------------------------------------------------------------------ parameters */

typedef struct {
    call         *of;
    const schema *shape;
    const void   *record;
} binding;

static const char *moment_text (call *self, int64_t us)
{
    char text [MOMENT_TEXT];
    moment_write (us, text);
    return call_text (self, text);
}

/* The values that a statement may ask of the call itself. */
static bool call_value (call *self, const char *name, const char **value)
{
    const char *state_word = self->state_words ? self->state_words->words [self->to_state].word : NULL;
    struct { const char *name, *value; } plain [] = {
        { "call_id", self->id }, { "call_org", self->org }, { "call_account", self->account },
        { "call_target", self->target }, { "call_state", state_word }, { "call_cursor", self->cursor },
        { "call_key", self->key }, { "call_caller", self->org ? self->org : self->account },
        { "call_operation", self->op->name }, { "call_body_hash", self->body_hash },
    };
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (strcmp (plain [i].name, name) == 0) {
            *value = plain [i].value;
            return true;
        }
    if (strcmp (name, "call_now") == 0)
        *value = moment_text (self, self->now);
    else if (strcmp (name, "call_roles") == 0)
        *value = call_print (self, "%" PRIu32, self->roles);
    else if (strcmp (name, "call_targets") == 0)
        *value = self->targets ? self->targets : call_print (self, "{%s}", self->target);
    else if (strcmp (name, "call_rows") == 0)
        *value = call_print (self, "%" PRId64, self->rows);
    else
        return false;
    return true;
}

static const char *bind_value (void *from, const char *name, int *size)
{
    const binding *self = from;
    const char *value = NULL;
    bool reply = strcmp (name, "call_reply") == 0;
    if (reply || strcmp (name, "call_body") == 0) {
        const bytes *kept = reply ? &self->of->kept_reply : &self->of->kept_body;
        *size = (int) kept->size;
        return kept->at;
    }
    bool found = strncmp (name, "call_", 5) == 0 && call_value (self->of, name, &value);
    if (!found)
        value = db_bind (self->shape, self->record, name, self->of->zone, &found);
    if (!found) {
        fprintf (stderr, "%s: a statement asks for :%s, which neither %s nor the call has\n",
                 self->of->op->name, name, self->shape->name);
        abort (); /* our bug: the statement can never have worked */
    }
    return value;
}

/* ------------------------------------------------------------------------------- statements */

static outcome outcome_of (call *self, db_state how)
{
    int known;
    self->collided |= how == DB_COLLIDED;
    switch (how) {
    case DB_FINE:     return outcome_done;
    case DB_COLLIDED:
    case DB_GONE:     return outcome_unavailable;
    case DB_REFUSED:
        self->answered = strcmp (db_constraint (self->db), "key_answered") == 0;
        known = words_find (reason_words (), db_constraint (self->db), strlen (db_constraint (self->db)));
        self->retry_ms = known == key_in_progress ? IN_PROGRESS_MS : 0;
        if (known <= 0 && !self->answered) /* a law that nobody can be told of is our fault */
            log_line ("error", "statement_failed", "constraint=%s", db_constraint (self->db));
        return known > 0 ? call_conflict (self, known) : outcome_broken;
    default:         return outcome_broken;
    }
}

static void queue (call *self, const char *statement, const schema *shape, const void *record)
{
    binding from = { self, shape, record };
    db_queue (self->db, statement, bind_value, &from);
}

void call_queue (call *self, const char *statement)
{
    queue (self, statement, self->in_schema, self->in);
}

/* The first statement of a write travels with BEGIN and the caller; each one of a read with the caller,
 * in the implicit transaction of its own round trip. Returns how many results come before it.            */
size_t call_queue_entry (call *self)
{
    bool writes = operation_writes (self->op);
    if (writes && self->entered)
        return 0;
    self->entered = true;
    if (writes)
        db_queue_text (self->db, "BEGIN");
    call_queue (self, writes && self->key ? "call_enter_once" : "call_enter");
    return writes ? 2 : 1;
}

/* The calls to come take their clock from here. */
static void keep_clock (call *self, const PGresult *entry)
{
    int64_t now;
    const char *text = PQgetvalue (entry, 0, PQfnumber (entry, "now"));
    if (moment_read (text, strlen (text), &now))
        *self->clock_offset = now - clock_wall_us ();
}

/* One round trip; results from `skip` on are the caller's and live as long as the zone. */
outcome call_exchange (call *self, size_t skip, PGresult *results [], size_t count)
{
    size_t queued = db_queued (self->db);
    PGresult **all = call_alloc (self, queued * sizeof *all);
    assert (skip + count <= queued);
    db_state how = db_exchange (self->db, all, queued, self->deadline);
    for (size_t i = 0; i < queued; i++)
        if (all [i])
            msgpack_zone_push_finalizer (self->zone, (void (*) (void *)) PQclear, all [i]);
    if (skip && all [skip - 1])
        keep_clock (self, all [skip - 1]);
    for (size_t i = 0; i < count; i++)
        results [i] = how == DB_FINE ? all [skip + i] : NULL;
    return outcome_of (self, how);
}

int call_run_with (call *self, const char *statement, const schema *shape, const void *record, PGresult **rows, outcome *how)
{
    size_t skip = call_queue_entry (self);
    queue (self, statement, shape, record);
    *how = call_exchange (self, skip, rows, 1);
    return *how == outcome_done ? PQntuples (*rows) : -1;
}

int call_run (call *self, const char *statement, PGresult **rows, outcome *how)
{
    return call_run_with (self, statement, self->in_schema, self->in, rows, how);
}

/* ------------------------------------------------------------------------------------ verbs */

static outcome read_row (call *self, const PGresult *rows, const schema *shape, void *out)
{
    if (PQntuples (rows) == 0)
        return outcome_missing;
    return db_row (rows, 0, shape, out, self->zone) ? outcome_done : outcome_broken;
}

outcome call_read (call *self, const PGresult *rows, int row, void *out)
{
    if (row < 0)
        return outcome_missing;
    return db_row (rows, row, self->op->out (), out, self->zone) ? outcome_done : outcome_broken;
}

/* A row may be the caller's to act on, as a handler does on quotes, and still have nothing that they may read. */
static bool shows_nothing (const call *self, const schema *shape, const void *record)
{
    field_sight sight = schema_sight (shape, record, self->org);
    for (size_t i = 0; i < shape->count; i++)
        if (schema_has (record, i) && shape->fields [i].sight <= sight)
            return false;
    return true;
}

outcome call_fetch (call *self, const char *statement, void *out)
{
    PGresult *rows;
    outcome how;
    if (call_run (self, statement, &rows, &how) < 0)
        return how;
    how = read_row (self, rows, self->op->out (), out);
    return how == outcome_done && shows_nothing (self, self->op->out (), out) ? outcome_missing : how;
}

outcome call_page (call *self, const char *statement, void *out)
{
    const schema *page = self->op->out ();
    size_t index;
    const field *items = schema_field (page, "items", &index);
    int64_t limit = schema_int (self->in_schema, self->in, "limit", items->max < PAGE_LIMIT ? items->max : PAGE_LIMIT);
    bool cut = schema_field (page, "next", &(size_t) { 0 }) != NULL;
    PGresult *rows;
    outcome how;
    if (!cut)
        limit = items->max;
    self->rows = limit + 1;
    self->cursor = schema_text (self->in_schema, self->in, "cursor");
    int found = call_run (self, statement, &rows, &how);
    if (found < 0)
        return how;
    int shown = found > limit ? (int) limit : found;
    list *to = schema_at (items, out);
    const schema *shape = items->of ();
    *to = (list) { (size_t) shown, call_alloc (self, (size_t) shown * shape->size) };
    schema_mark (out, index);
    for (int i = 0; i < shown; i++)
        if (!db_row (rows, i, shape, (char *) to->at + (size_t) i * shape->size, self->zone))
            return outcome_broken;
    int total = PQfnumber (rows, "total"), cursor = PQfnumber (rows, "cursor");
    if (total >= 0 && schema_field (page, "total", &index))
        schema_set_int (page, out, "total", found ? strtoll (PQgetvalue (rows, 0, total), NULL, 10) : 0);
    if (cut && cursor >= 0 && found > limit)
        schema_set_text (page, out, "next", PQgetvalue (rows, shown - 1, cursor));
    return outcome_done;
}

static void queue_noun (call *self, const process *p, const char *what)
{
    call_queue (self, call_print (self, "%s_%s", p->name, what));
}

outcome call_load (call *self, const process *p, const char *id, void *thing)
{
    PGresult *rows;
    const char *before = self->target;
    self->target = id;
    size_t skip = call_queue_entry (self);
    queue_noun (self, p, "get");
    outcome how = call_exchange (self, skip, &rows, 1);
    self->target = before;
    return how == outcome_done ? read_row (self, rows, p->record (), thing) : how;
}

static void offer_commands (call *self, const process *p, const void *thing, uint32_t roles)
{
    int from = (int) schema_int (p->record (), thing, "state", NOWHERE);
    self->commands.at = call_alloc (self, p->step_count * sizeof *self->commands.at);
    self->commands.count = process_offer (p, from, roles, thing, self, self->guards, self->commands.at, p->step_count);
}

/* Why not: a thing in which the caller has no side is not theirs to know about. */
static outcome refuse (call *self, const process *p, const void *thing, uint32_t roles, int why)
{
    bool stranger = schema_sight (p->record (), thing, self->org) == PUBLIC;
    if (why == not_yours_to_do && stranger)
        return outcome_missing;
    if (thing)
        offer_commands (self, p, thing, roles);
    return call_conflict (self, why);
}

static void publish (call *self, const process *p, const step *taken, const char *id, const void *thing)
{
    int64_t version = schema_int (p->record (), thing, "version", 1);
    call_emit (self, taken->event, p->name, id, version, p->record (), thing);
    timer_note (self, p, id, taken->to, thing);
    self->version = version;
}

outcome call_enter (call *self, void *out)
{
    const process *p = process_find (self->op->out ()->name);
    PGresult *rows [2];
    int why;
    self->target = self->id;
    size_t skip = call_queue_entry (self);
    call_queue (self, self->op->name);
    queue_noun (self, p, "get");
    outcome how = call_exchange (self, skip, rows, 2);
    if (how != outcome_done)
        return how;
    if (PQntuples (rows [0]) == 0)
        return outcome_missing;
    how = read_row (self, rows [1], p->record (), out);
    if (how != outcome_done)
        return how;
    uint32_t roles = process_roles (p, out, self->org, self->roles);
    const step *taken = process_try (p, NOWHERE, operation_command (self->op), roles, out, self, self->guards, &why);
    if (!taken)
        return call_conflict (self, why);
    publish (self, p, taken, self->id, out);
    self->made = self->id;
    return outcome_created;
}

outcome call_enter_also (call *self, const char *operation, const void *record, void *out)
{
    call before = *self;
    self->op = operation_find (operation);
    self->in = record;
    self->in_schema = self->op->in ();
    uuid_new (self->now, self->id);
    outcome how = call_enter (self, out);
    self->op = before.op;
    self->in = before.in;
    self->in_schema = before.in_schema;
    self->made = before.made;
    self->version = before.version;
    self->target = before.target;
    return how;
}

outcome call_act_for (call *self, const char *org, uint32_t roles)
{
    PGresult *ignored;
    outcome how;
    self->org = org;
    self->roles = roles;
    call_run (self, "call_enter", &ignored, &how);
    return how;
}

/* Everything that a step is: lock, look, ask, change, look again, publish. `own` is the operation's own
 * statement; without it only the state changes.                                                          */
static outcome take_step (call *self, const process *p, const char *command, const char *id, uint32_t held,
                          const char *own, bool guarded, void *out)
{
    PGresult *rows [3];
    int why;
    void *thing = call_alloc (self, p->record ()->size);
    self->target = id;
    size_t skip = call_queue_entry (self);
    queue_noun (self, p, "lock");
    queue_noun (self, p, "get");
    outcome how = call_exchange (self, skip, rows, 2);
    if (how == outcome_done)
        how = read_row (self, rows [1], p->record (), thing);
    if (how != outcome_done)
        return how;

    uint32_t roles = process_roles (p, thing, self->org, held);
    int from = (int) schema_int (p->record (), thing, "state", NOWHERE);
    const step *taken = process_try (p, from, command, roles, thing, self, self->guards, &why);
    if (!taken)
        return refuse (self, p, thing, roles, why);
    guarded &= !self->by_clock;
    if (guarded && self->if_match < 0)
        return outcome_unguarded;
    if (guarded && self->if_match != schema_int (p->record (), thing, "version", -1))
        return outcome_stale;

    self->state_words = p->words ();
    self->to_state = taken->to;
    if (own)
        call_queue (self, own);
    queue_noun (self, p, "move");
    queue_noun (self, p, "get");
    size_t first = own ? 1 : 0;
    how = call_exchange (self, 0, rows, first + 2);
    for (size_t i = 0; how == outcome_done && i <= first; i++)
        if (PQntuples (rows [i]) == 0)
            how = outcome_missing;
    if (how == outcome_done)
        how = read_row (self, rows [first + 1], p->record (), out);
    if (how == outcome_done)
        publish (self, p, taken, id, out);
    return how;
}

outcome call_step (call *self, void *out)
{
    const process *p = process_find (self->op->out ()->name);
    const char *id = schema_text (self->in_schema, self->in, "id");
    const char *own = db_has (self->db, self->op->name) ? self->op->name : NULL;
    return take_step (self, p, operation_command (self->op), id, self->roles, own, true, out);
}

outcome call_consequence_of (call *self, const char *noun, const char *command, const char *id)
{
    const process *p = process_find (noun);
    int64_t version = self->version; /* the answer is about the first thing */
    const char *target = self->target;
    outcome how = take_step (self, p, command, call_text (self, id), SYSTEM, NULL, false, call_alloc (self, p->record ()->size));
    self->version = version;
    self->target = target;
    return how;
}

outcome call_consequence (call *self, const char *statement, const char *noun, const char *command)
{
    PGresult *rows;
    outcome how;
    int count = call_run (self, statement, &rows, &how);
    for (int i = 0; i < count && how == outcome_done; i++)
        how = call_consequence_of (self, noun, command, PQgetvalue (rows, i, PQfnumber (rows, "id")));
    return how;
}
