/* task.c - what waits for the caller: candidates from the tables, asked for their guards, in the order in which they are due. */
#include "task.h"
#include "notice.h"
#include "text.h"
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OF_A_NOUN = 100, NOUNS = 64, PAGE = 20 };

/* ---------------------------------------------------------------------------------- statement */

static bool is_of (service_id service, const process *p)
{
    char name [80];
    snprintf (name, sizeof name, "%s_get", p->name);
    const operation *op = operation_find (name);
    return op && op->service == service;
}

static bool waits (const step *s, const process *p)
{
    return s->from != NOWHERE && s->who != SYSTEM && task_waits (p->name, s->command, p->states [s->from].word);
}

/* The condition that somebody with the role has a task in one of the states. */
static void add_role (text_buffer *to, const process *p, int bit, const char *between)
{
    const char *side = notice_side (p, UINT32_C (1) << bit), *comma = "";
    text_printf (to, "%s((:call_roles::bigint & %" PRIu32 ") <> 0", between, UINT32_C (1) << bit);
    if (side)
        text_printf (to, " AND t.%s = app.org ()", side);
    text_printf (to, " AND t.state IN (");
    for (size_t i = 0; i < p->step_count; i++)
        if (waits (&p->steps [i], p) && p->steps [i].who >> bit & 1) {
            text_printf (to, "%s'%s'", comma, p->states [p->steps [i].from].word);
            comma = ", ";
        }
    text_printf (to, "))");
}

static uint32_t roles_with_tasks (const process *p)
{
    uint32_t roles = 0;
    for (size_t i = 0; i < p->step_count; i++)
        roles |= waits (&p->steps [i], p) ? p->steps [i].who & ~(uint32_t) SYSTEM : 0;
    return roles & ~(uint32_t) (MEMBER | ANYBODY);
}

/* A value of the thing's own, or of the first of its parents that has it: the id of whose page it is on, or the title. */
static void add_value (text_buffer *to, const about *it, const char *row, int depth, bool title)
{
    const char *via = title ? (*it->title ? NULL : *it->via ? it->via : NULL) : about_root (it);
    if (!via) {
        text_printf (to, title && !*it->title ? "NULL::text" : "%s.%s", row, title ? it->title : "id");
        return;
    }
    char up [16];
    const about *parent = about_find (it->parent);
    snprintf (up, sizeof up, "p%d", depth);
    text_printf (to, "(SELECT ");
    add_value (to, parent, up, depth + 1, title);
    text_printf (to, " FROM %s %s WHERE %s.id = %s.%s)", parent->relation, up, up, row, via);
}

static void begin_part (text_buffer *to, const about *it, const char *onward)
{
    text_printf (to, "%s(SELECT '%s' AS noun, t.id, ", to->size ? "\nUNION ALL\n" : "", it->noun);
    add_value (to, it, "t", 0, false);
    text_printf (to, " AS page_id, ");
    add_value (to, it, "t", 0, true);
    text_printf (to, " AS title, '%s' AS onward FROM %s t WHERE ", onward, it->relation);
}

/* The oldest things of a process that may wait for the caller. */
static void add_process (text_buffer *to, const process *p, uint32_t roles)
{
    const char *between = "";
    begin_part (to, about_find (p->name), "");
    for (int bit = 0; bit < role_words ()->count; bit++)
        if (roles >> bit & 1) {
            add_role (to, p, bit, between);
            between = " OR ";
        }
    text_printf (to, " ORDER BY t.id LIMIT %d)", OF_A_NOUN);
}

static void add_onward (text_buffer *to, const onward *self)
{
    const char *side = notice_side (process_find (self->noun), self->role);
    begin_part (to, about_find (self->noun), self->step);
    text_printf (to, "(:call_roles::bigint & %" PRIu32 ") <> 0 AND t.%s = app.org () AND t.state = '%s' AND %s"
                     " AND t.created_at > :call_now::timestamptz - interval '1 year' ORDER BY t.id LIMIT %d)",
                 self->role, side, self->state, self->when, OF_A_NOUN);
}

char *task_statement (service_id service)
{
    size_t count, onward_count;
    text_buffer to = { 0 };
    const process *all = processes (&count);
    const onward *more = onwards (&onward_count);
    for (size_t i = 0; i < count; i++) {
        uint32_t roles = roles_with_tasks (&all [i]);
        if (roles && about_find (all [i].name) && is_of (service, &all [i]))
            add_process (&to, &all [i], roles);
    }
    for (size_t i = 0; i < onward_count; i++)
        if (is_of (service, process_find (more [i].noun)))
            add_onward (&to, &more [i]);
    if (to.size)
        text_printf (&to, "\nORDER BY noun, onward, id");
    text_append (&to, "", to.size > 0);
    return to.at;
}

/* -------------------------------------------------------------------------------------- tasks */

/* A task, and by what it is ordered. */
typedef struct {
    task_t      task;
    int64_t     due; /* INT64_MAX: never */
} waiting;

static int due_first (const void *a, const void *b)
{
    const waiting *x = a, *y = b;
    int how = x->due != y->due ? (x->due > y->due) - (x->due < y->due) : strcmp (x->task.id, y->task.id);
    return how ? how : strcmp (x->task.steps.at [0], y->task.steps.at [0]);
}

static const char *role_word (uint32_t role)
{
    for (int bit = 0; bit < role_words ()->count; bit++)
        if (role >> bit & 1)
            return role_words ()->words [bit].word;
    return NULL;
}

/* In which of the caller's roles: the first that has the step. */
static const char *role_of (const process *p, int from, const char *command, uint32_t roles)
{
    for (size_t i = 0; i < p->step_count; i++)
        if (p->steps [i].from == from && strcmp (p->steps [i].command, command) == 0 && p->steps [i].who & roles)
            for (int bit = 0; bit < role_words ()->count; bit++)
                if ((p->steps [i].who & roles) >> bit & 1)
                    return role_words ()->words [bit].word;
    return NULL;
}

static void set_due (waiting *to, const char *field_name, const schema *shape, const void *thing)
{
    char end [MOMENT_TEXT];
    size_t index;
    const schema *s = task_schema ();
    const field *f = *field_name ? schema_field (shape, field_name, &index) : NULL;
    to->due = INT64_MAX;
    if (!f || !schema_has (thing, index))
        return;
    if (f->kind == KIND_MOMENT) {
        to->due = schema_int (shape, thing, field_name, INT64_MAX);
        schema_set_int (s, &to->task, "due_at", to->due);
        return;
    }
    const char *day = schema_text (shape, thing, field_name);
    snprintf (end, sizeof end, "%.10sT22:59:59Z", day); /* only to put it in order */
    moment_read (end, strlen (end), &to->due);
    schema_set_text (s, &to->task, "due_on", day);
}

static bool is_among (const char *const *commands, size_t count, const char *command)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp (commands [i], command) == 0)
            return true;
    return false;
}

/* The tasks among the commands that would pass now, in the order in which they are declared: the first says what to do. */
static texts tasks_of (call *self, const process *p, int from, uint32_t roles, const void *thing)
{
    size_t words;
    const task_word *all = task_words (&words);
    const char **now = call_alloc (self, p->step_count * sizeof *now);
    texts to = { 0, call_alloc (self, p->step_count * sizeof *to.at) };
    size_t count = process_offer (p, from, roles, thing, self, self->guards, now, p->step_count);
    for (size_t i = 0; i < words; i++)
        if (strcmp (all [i].noun, p->name) == 0 && is_among (now, count, all [i].command)
        &&  task_waits (p->name, all [i].command, p->states [from].word))
            to.at [to.count++] = all [i].command;
    return to;
}

static const onward *onward_find (const char *noun, const char *step)
{
    size_t count;
    const onward *all = onwards (&count);
    for (size_t i = 0; i < count; i++)
        if (strcmp (all [i].noun, noun) == 0 && strcmp (all [i].step, step) == 0)
            return &all [i];
    return NULL;
}

/* What was found of a thing: on whose page it is, its title, and what waits besides its steps. */
typedef struct { const char *page_id, *title, *onward; } candidate;

/* False: nothing of it waits for the caller after all. */
static bool fill (call *self, waiting *to, const process *p, const void *thing, const candidate *found)
{
    const schema *s = task_schema (), *shape = p->record ();
    size_t index;
    int from = (int) schema_int (shape, thing, "state", NOWHERE);
    uint32_t roles = process_roles (p, thing, self->org, self->roles);
    const onward *beside = onward_find (p->name, found->onward);
    texts steps = beside ? (texts) { 1, memcpy (call_alloc (self, sizeof (char *)), &beside->step, sizeof (char *)) }
                         : tasks_of (self, p, from, roles, thing);
    if (!steps.count)
        return false;
    schema_set_text (s, &to->task, "noun", p->name);
    schema_set_text (s, &to->task, "id", schema_text (shape, thing, "id"));
    if (found->title) /* a thing without one, or of a parent that the caller does not see */
        schema_set_text (s, &to->task, "title", found->title);
    schema_set_text (s, &to->task, "state", p->states [from].word);
    schema_set_text (s, &to->task, "role", beside ? role_word (beside->role) : role_of (p, from, steps.at [0], roles));
    schema_set_text (s, &to->task, "page", about_address (self->zone, about_find (p->name), found->page_id, schema_text (shape, thing, "id")));
    schema_set_int (s, &to->task, "since", schema_int (shape, thing, "created_at", self->now));
    *(texts *) schema_at (schema_field (s, "steps", &index), &to->task) = steps;
    schema_mark (&to->task, index);
    set_due (to, beside ? beside->due : task_find (p->name, steps.at [0])->due, shape, thing);
    return true;
}

/* ------------------------------------------------------------------------------------ loading */

/* Rows of the candidates from `at` on that are of one noun, and wait for the same. */
static int same_noun (const PGresult *rows, int at)
{
    int count = 1;
    while (at + count < PQntuples (rows) && strcmp (PQgetvalue (rows, at, 0), PQgetvalue (rows, at + count, 0)) == 0
       &&  strcmp (PQgetvalue (rows, at, 4), PQgetvalue (rows, at + count, 4)) == 0)
        count++;
    return count;
}

static const char *ids_of (call *self, const PGresult *rows, int at, int count)
{
    char *text = call_alloc (self, (size_t) count * UUID_TEXT + 2), *end = text;
    for (int i = 0; i < count; i++)
        end += sprintf (end, "%c%s", i ? ',' : '{', PQgetvalue (rows, at + i, 1));
    strcpy (end, "}");
    return text;
}

static int row_of (const PGresult *rows, int at, int count, const char *id)
{
    for (int i = at; i < at + count; i++)
        if (strcmp (PQgetvalue (rows, i, 1), id) == 0)
            return i;
    return -1;
}

static const char *value (const PGresult *rows, int row, int column)
{
    return PQgetisnull (rows, row, column) ? NULL : PQgetvalue (rows, row, column);
}

/* Things of one noun, as they were loaded; how many of them wait. -1: a row cannot be read. */
static int take (call *self, const PGresult *found, int at, int count, const PGresult *things, waiting *to)
{
    const process *p = process_find (PQgetvalue (found, at, 0));
    int taken = 0;
    for (int i = 0; i < PQntuples (things); i++) {
        void *thing = call_alloc (self, p->record ()->size);
        if (!db_row (things, i, p->record (), thing, self->zone))
            return -1;
        int row = row_of (found, at, count, schema_text (p->record (), thing, "id"));
        if (row >= 0 && PQgetisnull (found, row, 2) == 0)
            taken += fill (self, &to [taken], p, thing,
                           &(candidate) { PQgetvalue (found, row, 2), value (found, row, 3), PQgetvalue (found, row, 4) });
    }
    return taken;
}

/* Every candidate as it is now, in one round trip; how many wait, or -1 with *how. */
static int load (call *self, const PGresult *found, waiting *to, outcome *how)
{
    PGresult *things [NOUNS] = { NULL };
    int nouns = 0, waits_now = 0;
    size_t skip = PQntuples (found) ? call_queue_entry (self) : 0;
    for (int at = 0; at < PQntuples (found); at += same_noun (found, at)) {
        self->targets = ids_of (self, found, at, same_noun (found, at));
        call_queue (self, call_print (self, "%s_get", PQgetvalue (found, at, 0)));
        assert (nouns < NOUNS);
        nouns++;
    }
    self->targets = NULL;
    *how = nouns ? call_exchange (self, skip, things, (size_t) nouns) : outcome_done;
    for (int at = 0, noun = 0; *how == outcome_done && at < PQntuples (found); at += same_noun (found, at), noun++) {
        int taken = take (self, found, at, same_noun (found, at), things [noun], to + waits_now);
        if (taken < 0)
            *how = outcome_broken;
        waits_now += taken;
    }
    return *how == outcome_done ? waits_now : -1;
}

/* --------------------------------------------------------------------------------------- page */

static const char *cursor_of (call *self, const waiting *it)
{
    return call_print (self, "%019" PRId64 ".%s.%s", it->due, it->task.id, it->task.steps.at [0]);
}

outcome call_tasks (call *self, task_page_t *out)
{
    PGresult *found;
    outcome how;
    const schema *s = task_page_schema ();
    int64_t limit = schema_int (self->in_schema, self->in, "limit", PAGE);
    const char *after = schema_text (self->in_schema, self->in, "cursor");
    if (call_run (self, "task_find", &found, &how) < 0)
        return how;
    waiting *all = call_alloc (self, (size_t) PQntuples (found) * sizeof *all);
    int count = load (self, found, all, &how);
    if (count < 0)
        return how;
    qsort (all, (size_t) count, sizeof *all, due_first);
    size_t index;
    list *items = schema_at (schema_field (s, "items", &index), out);
    schema_mark (out, index);
    task_t *shown = call_alloc (self, (size_t) limit * sizeof *shown);
    items->at = shown;
    int i = 0;
    while (i < count && after && strcmp (cursor_of (self, &all [i]), after) <= 0)
        i++;
    for (; i < count && items->count < (size_t) limit; i++)
        shown [items->count++] = all [i].task;
    if (i < count && items->count)
        schema_set_text (s, out, "next", cursor_of (self, &all [i - 1]));
    schema_set_int (s, out, "total", count);
    return outcome_done;
}
