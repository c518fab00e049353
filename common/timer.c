/* timer.c - writes down what waits for its moment, and does what is due. */
#include "timer.h"
#include "log.h"
#include "serve.h"
#include "text.h"
#include <assert.h>
#include <inttypes.h>
#include <string.h>

enum { LOOK_MS = 200, PATIENCE_US = 5000000, BEAT_US = 5000000, ASLEEP_US = 30000000 };

/* ------------------------------------------------------------------------------- after a step */

static bool waits_for (const process *p, int state, const char *command)
{
    for (size_t i = 0; i < p->step_count; i++) {
        const step *s = &p->steps [i];
        if (s->from == state && (s->who & SYSTEM) && strcmp (s->command, command) == 0)
            return true;
    }
    return false;
}

static const char *owner_of (const process *p, const void *thing)
{
    const schema *shape = p->record ();
    for (size_t i = 0; i < shape->count; i++)
        if (shape->fields [i].side == SIDE_OWNER)
            return schema_text (shape, thing, shape->fields [i].name);
    return NULL;
}

void timer_note (call *self, const process *p, const char *id, int state, const void *thing)
{
    const char *commands = "{", *dues = "{", *between = "";
    if (p->timer_count == 0)
        return;
    for (size_t i = 0; i < p->timer_count; i++) {
        const timer *t = &p->timers [i];
        char moment [MOMENT_TEXT];
        int64_t due = schema_int (p->record (), thing, t->field, 0);
        if (!due || !waits_for (p, state, t->command))
            continue;
        moment_write (due, moment);
        commands = call_print (self, "%s%s%s", commands, between, t->command);
        dues = call_print (self, "%s%s%s", dues, between, moment);
        between = ",";
    }
    pending_timers *note = call_alloc (self, sizeof *note);
    *note = (pending_timers) { .older = self->timers, .noun = p->name, .thing = call_text (self, id),
                               .org = owner_of (p, thing), .commands = call_print (self, "%s}", commands),
                               .dues = call_print (self, "%s}", dues) };
    char now [MOMENT_TEXT];
    moment_write (self->now, now);
    note->now = call_text (self, now);
    self->timers = note;
}

static const char *note_value (void *from, const char *name, int *size)
{
    const pending_timers *self = from;
    (void) size; /* all is text */
    return strcmp (name, "timer_noun") == 0     ? self->noun
         : strcmp (name, "timer_thing") == 0    ? self->thing
         : strcmp (name, "timer_org") == 0      ? self->org
         : strcmp (name, "timer_now") == 0      ? self->now
         : strcmp (name, "timer_commands") == 0 ? self->commands
                                                : self->dues;
}

/* What was noted last about a thing is what it waits for. */
static bool is_last (const call *self, const pending_timers *note)
{
    for (const pending_timers *newer = self->timers; newer != note; newer = newer->older)
        if (strcmp (newer->noun, note->noun) == 0 && strcmp (newer->thing, note->thing) == 0)
            return false;
    return true;
}

void timer_queue (call *self)
{
    for (pending_timers *note = self->timers; note; note = note->older)
        if (is_last (self, note))
            db_queue (self->db, "call_timers", note_value, note);
}

/* ------------------------------------------------------------------------------ what is due */

typedef struct {
    worker_args  *args;
    db           *db;
    int64_t       clock_offset;
    int64_t       beat_at;      /* when it last said that it is there, by the clock that nobody sets; 0: never */
    msgpack_zone *zone;
} keeper;

/* One that is due. */
typedef struct {
    const char *noun, *thing, *command, *org;
} due;

bool timer_wanted (const service *self)
{
    size_t count;
    char name [80];
    const process *all = processes (&count);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < all [i].timer_count; k++) {
            snprintf (name, sizeof name, "%s_%s", all [i].name, all [i].timers [k].command);
            if (service_handler (self, name))
                return true;
        }
    return false;
}

static const char *due_value (void *from, const char *name, int *size)
{
    const due *self = from;
    (void) size;
    return strcmp (name, "timer_noun") == 0    ? self->noun
         : strcmp (name, "timer_thing") == 0   ? self->thing
         : strcmp (name, "timer_command") == 0 ? self->command
                                               : NULL;
}

/* Claims it in the transaction that the step will be part of; the call's clock is then the database's. */
static bool claim (call *it, due *which)
{
    PGresult *rows [1];
    size_t skip = call_queue_entry (it);
    db_queue (it->db, "timer_claim", due_value, which);
    if (call_exchange (it, skip, rows, 1) != outcome_done || PQntuples (rows [0]) == 0)
        return false;
    const char *now = PQgetvalue (rows [0], 0, 0);
    return moment_read (now, strlen (now), &it->now);
}

static void postpone (keeper *self, due *which)
{
    PGresult *rows;
    db_queue (self->db, "timer_postpone", due_value, which);
    db_exchange (self->db, &rows, 1, clock_steady_us () + PATIENCE_US);
    PQclear (rows);
}

/* The step, as the operation of that name does it. */
static void take (keeper *self, due *which)
{
    char name [80];
    snprintf (name, sizeof name, "%s_%s", which->noun, which->command);
    const operation *op = operation_find (name);
    const handler_entry *entry = service_handler (self->args->service, name);
    assert (op && entry); /* process_test looks that there is one for every timer */
    call it = { .op = op, .zone = self->zone, .in_schema = op->in (), .roles = SYSTEM, .org = which->org, .by_clock = true,
                .if_match = -1, .guards = self->args->service->guards, .db = self->db, .clock_offset = &self->clock_offset,
                .service = self->args->context, .signer = self->args->signer, .sealer = self->args->sealer,
                .deadline = clock_steady_us () + PATIENCE_US, .now = clock_wall_us () + self->clock_offset };
    void *in = call_alloc (&it, it.in_schema->size);
    schema_set_text (it.in_schema, in, "id", which->thing);
    it.in = in;
    msgpack_sbuffer header, body;
    msgpack_sbuffer_init (&header);
    msgpack_sbuffer_init (&body);
    bool ours = claim (&it, which);
    outcome how = ours ? serve_call (&it, entry, &(mwp_request_t) { 0 }, clock_steady_us (), &(bytes) { 0 },
                                     &(answer) { &header, &body })
                       : outcome_done;
    if (!ours)
        serve_give_up (&it);
    msgpack_sbuffer_destroy (&header);
    msgpack_sbuffer_destroy (&body);
    if (!ours)
        return;
    bool done = how == outcome_done;
    log_line (done ? "info" : "warn", "timer", "operation=%s thing=%s outcome=%s reason=%s", name, which->thing,
              outcome_words ()->words [how].word, reason_words ()->words [how == outcome_conflict ? it.reason : 0].word);
    if (!done && db_alive (self->db))
        postpone (self, which);
}

static const char *no_value (void *from, const char *name, int *size)
{
    (void) from, (void) name, (void) size;
    return NULL;
}

/* True: there may be more. */
static bool look (keeper *self)
{
    PGresult *rows;
    db_queue (self->db, "timer_due", no_value, NULL);
    bool fine = db_exchange (self->db, &rows, 1, clock_steady_us () + PATIENCE_US) == DB_FINE;
    int count = fine ? PQntuples (rows) : 0;
    for (int i = 0; i < count && db_alive (self->db); i++) {
        due which = { PQgetvalue (rows, i, 0), PQgetvalue (rows, i, 1), PQgetvalue (rows, i, 2),
                      PQgetisnull (rows, i, 3) ? NULL : PQgetvalue (rows, i, 3) };
        take (self, &which);
        msgpack_zone_clear (self->zone);
    }
    PQclear (rows);
    return count == 32;
}

static const char *pulse_value (void *from, const char *name, int *size)
{
    const keeper *self = from;
    (void) name, (void) size;
    return self->beat_at && clock_steady_us () - self->beat_at < ASLEEP_US ? "true" : "false";
}

/* That it is there, for a service that wants to know when nobody was; before it looks at what is due. */
static bool beat (keeper *self)
{
    PGresult *rows;
    int64_t now = clock_steady_us ();
    if (!db_has (self->db, "timer_pulse") || (self->beat_at && now - self->beat_at < BEAT_US))
        return true;
    db_queue (self->db, "timer_pulse", pulse_value, self);
    bool fine = db_exchange (self->db, &rows, 1, now + PATIENCE_US) == DB_FINE;
    PQclear (rows);
    if (fine)
        self->beat_at = now;
    return fine;
}

static bool connected (keeper *self)
{
    bool fatal = false;
    if (!self->db || !db_alive (self->db)) {
        db_destroy (&self->db);
        self->db = service_connect (self->args->service, self->args->conninfo, &fatal);
    }
    if (fatal)
        atomic_store (&self->args->broken, true);
    return self->db;
}

void timer_run (zsock_t *pipe, void *args)
{
    keeper self = { .args = args, .zone = msgpack_zone_new (MSGPACK_ZONE_CHUNK_SIZE) };
    assert (self.zone);
    connected (&self);
    zsock_signal (pipe, 0);
    zmq_pollitem_t item = { .socket = zsock_resolve (pipe), .events = ZMQ_POLLIN };
    bool more = false;
    while (!(zmq_poll (&item, 1, more ? 0 : LOOK_MS) != 0 || atomic_load (&self.args->broken)))
        more = connected (&self) && beat (&self) && look (&self);
    msgpack_zone_free (self.zone);
    db_destroy (&self.db);
}
