/* notice.c - what people see of the processes: the tables of proto/notices.def, and whom an event concerns. */
#include "notice.h"
#include <assert.h>
#include <stdio.h>
#include <string.h>

#define COUNT(table) (sizeof (table) / sizeof *(table))

#define ABOUT(noun, relation, title, parent, via, page)
#define TOLD(event, nl, en)
#define NOTICE(event, roles, kind, nl, en)
#define SILENT(event, why)
#define TASK(noun, command, due, nl, en)
#define MAY(noun, command, why)
#define IDLE(noun, command, state, why)
#define ONWARD(noun, state, role, step, when, due, nl, en)

static const about all_abouts [] = {
#undef ABOUT
#define ABOUT(noun, relation, title, parent, via, page) { #noun, #relation, #title, #parent, #via, page },
#include "../proto/notices.def"
#undef ABOUT
#define ABOUT(noun, relation, title, parent, via, page)
};

static const told all_told [] = {
#undef TOLD
#define TOLD(event, nl, en) { EVENT_##event, nl, en },
#include "../proto/notices.def"
#undef TOLD
#define TOLD(event, nl, en)
};

static const notice all_notices [] = {
#undef NOTICE
#define NOTICE(event, roles, kind, nl, en) { EVENT_##event, roles, NOTICE_##kind, nl, en },
#include "../proto/notices.def"
#undef NOTICE
#define NOTICE(event, roles, kind, nl, en)
};

static const char *const all_silent [EVENT_COUNT] = {
#undef SILENT
#define SILENT(event, why) [EVENT_##event] = why,
#include "../proto/notices.def"
#undef SILENT
#define SILENT(event, why)
};

static const task_word all_tasks [] = {
#undef TASK
#define TASK(noun, command, due, nl, en) { #noun, #command, #due, nl, en },
#include "../proto/notices.def"
#undef TASK
#define TASK(noun, command, due, nl, en)
};

static const onward all_onward [] = {
#undef ONWARD
#define ONWARD(noun, state, role, step, when, due, nl, en) { #noun, #state, #step, when, #due, nl, en, role },
#include "../proto/notices.def"
#undef ONWARD
#define ONWARD(noun, state, role, step, when, due, nl, en)
};

static const struct { const char *noun, *command, *state, *why; } all_idle [] = {
#undef IDLE
#define IDLE(noun, command, state, why) { #noun, #command, #state, why },
#include "../proto/notices.def"
#undef IDLE
#define IDLE(noun, command, state, why)
};

static const struct { const char *noun, *command, *why; } all_may [] = {
#undef MAY
#define MAY(noun, command, why) { #noun, #command, why },
#include "../proto/notices.def"
#undef MAY
#undef IDLE
#undef ONWARD
};

const about *abouts (size_t *count)
{
    *count = COUNT (all_abouts);
    return all_abouts;
}

const about *about_find (const char *noun)
{
    for (size_t i = 0; i < COUNT (all_abouts); i++)
        if (strcmp (all_abouts [i].noun, noun) == 0)
            return &all_abouts [i];
    return NULL;
}

/* What a subject, as order/ID, is about; NULL: nothing that has a name here. */
static const about *about_subject (const char *subject)
{
    char noun [40];
    const char *id = strchr (subject, '/');
    if (!id || (size_t) (id - subject) >= sizeof noun)
        return NULL;
    snprintf (noun, sizeof noun, "%.*s", (int) (id - subject), subject);
    return about_find (noun);
}

const notice *notices (size_t *count)
{
    *count = COUNT (all_notices);
    return all_notices;
}

const told *told_find (event_id event)
{
    for (size_t i = 0; i < COUNT (all_told); i++)
        if (all_told [i].event == event)
            return &all_told [i];
    return NULL;
}

const char *silent_why (event_id event)
{
    return all_silent [event];
}

const task_word *task_words (size_t *count)
{
    *count = COUNT (all_tasks);
    return all_tasks;
}

const task_word *task_find (const char *noun, const char *command)
{
    for (size_t i = 0; i < COUNT (all_tasks); i++)
        if (strcmp (all_tasks [i].noun, noun) == 0 && strcmp (all_tasks [i].command, command) == 0)
            return &all_tasks [i];
    return NULL;
}

const onward *onwards (size_t *count)
{
    *count = COUNT (all_onward);
    return all_onward;
}

bool task_waits (const char *noun, const char *command, const char *state)
{
    for (size_t i = 0; i < COUNT (all_idle); i++)
        if (strcmp (all_idle [i].noun, noun) == 0 && strcmp (all_idle [i].command, command) == 0
        &&  strcmp (all_idle [i].state, state) == 0)
            return false;
    return task_find (noun, command) != NULL;
}

const char *may_why (const char *noun, const char *command)
{
    for (size_t i = 0; i < COUNT (all_may); i++)
        if (strcmp (all_may [i].noun, noun) == 0 && strcmp (all_may [i].command, command) == 0)
            return all_may [i].why;
    return NULL;
}

const process *notice_process (event_id event)
{
    size_t count;
    const process *all = processes (&count);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < all [i].step_count; k++)
            if (all [i].steps [k].event == (int) event)
                return &all [i];
    return NULL;
}

const process *notice_sides (event_id event, const char *subject)
{
    const process *own = notice_process (event);
    const about *it = own ? NULL : about_subject (subject);
    return own ? own : it ? process_find (it->parent) : NULL;
}

const char *notice_side (const process *self, uint32_t role)
{
    for (size_t i = 0; i < self->side_count; i++)
        if (self->sides [i].role == role)
            return self->sides [i].field;
    return NULL;
}

const char *about_root (const about *self)
{
    const about *up = *self->parent ? about_find (self->parent) : NULL;
    return up && strcmp (up->page, self->page) == 0 ? self->via : NULL;
}

const char *about_address (msgpack_zone *zone, const about *self, const char *page_id, const char *id)
{
    size_t size = strlen (self->page) + strlen (page_id) + strlen (self->noun) + strlen (id) + 3;
    char *text = msgpack_zone_malloc (zone, size);
    assert (text);
    int end = snprintf (text, size, "%s%s", self->page, page_id);
    if (about_root (self))
        snprintf (text + end, size - (size_t) end, "#%s-%s", self->noun, id);
    return text;
}

/* ----------------------------------------------------------------------------- whom it concerns */

static void add (text_buffer *to, const char *key, const char *text)
{
    text_printf (to, "\"%s\":", key);
    text ? json_write_text (to, text, strlen (text)) : text_append (to, "null", 4);
    text_append (to, ",", 1);
}

/* A line of `notices` for one role: those of one line that have different sides are told apart. */
static void add_role (text_buffer *to, size_t no, const process *p, uint32_t bit, const schema *shape, const void *record)
{
    const char *side = notice_side (p, UINT32_C (1) << bit);
    const char *org = side ? schema_text (shape, record, side) : NULL;
    if (side && !org)
        return;
    text_printf (to, "%s{\"no\":%zu,", to->at [to->size - 1] == '[' ? "" : ",", no);
    add (to, "org", org);
    text_printf (to, "\"act\":%s,\"role\":\"%s\"}", all_notices [no].kind == NOTICE_ACT ? "true" : "false",
                 role_words ()->words [bit].word);
}

static void add_told (text_buffer *to, const event_type *type, const char *subject, const void *record)
{
    event_id event = (event_id) (type - event_types ());
    const process *p = notice_sides (event, subject);
    text_printf (to, "\"told\":[");
    for (size_t i = 0; i < COUNT (all_notices) && p; i++)
        for (uint32_t bit = 0; bit < (uint32_t) role_words ()->count; bit++)
            if (all_notices [i].event == event && all_notices [i].roles >> bit & 1)
                add_role (to, i, p, bit, type->record (), record);
    text_printf (to, "]}");
}

bool notice_of_event (const event_type *type, const char *subject, const void *record, text_buffer *out)
{
    const about *it = about_subject (subject);
    if (!it)
        return false;
    const char *noun = it->noun, *id = strchr (subject, '/');
    const schema *s = type->record ();
    size_t index;
    bool parent = *it->via && schema_field (s, it->via, &index), title = *it->title && schema_field (s, it->title, &index);
    text_append (out, "{", 1);
    add (out, "id", id + 1);
    add (out, "noun", noun);
    add (out, "parent", parent ? schema_text (s, record, it->via) : NULL);
    text_printf (out, "\"beside\":%s,", about_root (it) ? "true" : "false");
    add (out, "title", title ? schema_text (s, record, it->title) : NULL);
    add_told (out, type, subject, record);
    return true;
}
