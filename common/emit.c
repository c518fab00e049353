/* emit.c - an event is written as it will stay: the whole body, and the view that each audience gets. */
#include "emit.h"
#include "json.h"
#include "text.h"
#include "wire.h"
#include <assert.h>
#include <stdio.h>
#include <string.h>

/* The installation (NL GOV profile for CloudEvents). OIN prefix 00000099 marks a test organisation. */
static const char source [] = "urn:nld:oin:00000099000000000000:systeem:meerwaarde";

typedef struct {
    call              *of;
    pending_event     *event;
    const event_type  *type;
    const schema      *shape;
    const void        *record;
    bytes              views [HIDDEN]; /* made once for all who may see as much */
} emission;

/* The event as a record, its data as `sight` may see it. */
static event_t envelope (const emission *self, field_sight sight, msgpack_sbuffer *data, char type [80])
{
    msgpack_packer packer = { data, msgpack_sbuffer_write };
    const schema *s = event_schema ();
    event_t e = { 0 };
    snprintf (type, 80, "nl.meerwaarde.%s.v1", self->type->name);
    schema_encode (self->shape, self->record, sight, self->type->record (), &packer);
    schema_set_text (s, &e, "specversion", "1.0");
    schema_set_text (s, &e, "id", self->event->id);
    schema_set_text (s, &e, "source", source);
    schema_set_text (s, &e, "type", type);
    schema_set_text (s, &e, "subject", self->event->subject);
    schema_set_int (s, &e, "time", self->of->now);
    schema_set_text (s, &e, "datacontenttype", "application/msgpack");
    schema_set_int (s, &e, "ver", self->event->version);
    if (self->of->trace)
        schema_set_text (s, &e, "traceparent", self->of->trace);
    size_t index;
    const field *f = schema_field (s, "data", &index);
    *(bytes *) schema_at (f, &e) = (bytes) { data->size, data->data };
    schema_mark (&e, index);
    return e;
}

/* The event in MessagePack. The audit's body says who did it, and by what. */
static bytes view (const emission *self, field_sight sight, bool audit)
{
    char type [80];
    msgpack_sbuffer data, out;
    msgpack_sbuffer_init (&data);
    msgpack_sbuffer_init (&out);
    msgpack_packer packer = { &out, msgpack_sbuffer_write };
    event_t e = envelope (self, sight, &data, type);
    if (audit && self->of->account)
        schema_set_text (event_schema (), &e, "actor", self->of->account);
    if (audit)
        schema_set_text (event_schema (), &e, "operation", self->of->op->name);
    schema_encode (event_schema (), &e, OWNER, NULL, &packer);
    bytes kept = { out.size, memcpy (call_alloc (self->of, out.size), out.data, out.size) };
    msgpack_sbuffer_destroy (&data);
    msgpack_sbuffer_destroy (&out);
    return kept;
}

/* Names of audiences as the text of an array, and their views in binary form: for each its size and itself. */
typedef struct {
    text_buffer names, views;
    uint32_t    count;
} audiences;

static void put32 (text_buffer *to, uint32_t value)
{
    char b [4] = { (char) (value >> 24), (char) (value >> 16), (char) (value >> 8), (char) value };
    text_append (to, b, sizeof b);
}

static void add_audience (emission *self, const char *name, field_sight sight, audiences *to)
{
    bytes *seen = &self->views [sight];
    if (!seen->at)
        *seen = view (self, sight, false);
    text_printf (&to->names, "%s%s", to->count++ ? "," : "{", name);
    put32 (&to->views, (uint32_t) seen->size);
    text_append (&to->views, seen->at, seen->size);
}

/* The organisations in the record's own sides, each once. */
static void add_parties (emission *self, audiences *to)
{
    const char *done [8];
    size_t count = 0;
    for (size_t i = 0; i < self->shape->count && count < 8; i++) {
        const field *f = &self->shape->fields [i];
        if (!f->side || !schema_has (self->record, i))
            continue;
        const char *org = *(const char **) schema_at (f, self->record);
        bool again = false;
        for (size_t k = 0; k < count; k++)
            again |= strcmp (done [k], org) == 0;
        if (again)
            continue;
        done [count++] = org;
        add_audience (self, call_print (self->of, "org/%s", org), schema_sight (self->shape, self->record, org), to);
    }
}

/* PostgreSQL's array_send: dimensions, no NULL in it, the type of its elements; each dimension's size and first index. */
static bytes views_array (call *self, const audiences *from)
{
    enum { BYTEA = 17 };
    text_buffer all = { 0 };
    put32 (&all, from->count > 0);
    put32 (&all, 0);
    put32 (&all, BYTEA);
    if (from->count) {
        put32 (&all, from->count);
        put32 (&all, 1);
    }
    text_append (&all, from->views.at, from->views.size);
    bytes kept = { all.size, memcpy (call_alloc (self, all.size), all.at, all.size) };
    text_free (&all);
    return kept;
}

void call_emit (call *self, int event, const char *noun, const char *id, int64_t version, const schema *shape, const void *record)
{
    pending_event *e = call_alloc (self, sizeof *e);
    emission it = { self, e, &event_types () [event], shape, record, { { 0 } } };
    audiences to = { .count = 0 };
    *e = (pending_event) { .older = self->events, .event = event, .version = version };
    uuid_new (self->now, e->id);
    snprintf (e->subject, sizeof e->subject, "%s/%s", noun, id);
    e->body = view (&it, OWNER, true);
    if (it.type->audience == MARKET)
        add_audience (&it, "public", PUBLIC, &to);
    if (it.type->audience != RECORD)
        add_parties (&it, &to);
    e->audiences = call_print (self, "%.*s%s", (int) to.names.size, to.count ? to.names.at : "", to.count ? "}" : "{}");
    e->views = views_array (self, &to);
    text_free (&to.names);
    text_free (&to.views);
    self->events = e;
    self->event_count++;
}

static const char *event_value (void *from, const char *name, int *size)
{
    const pending_event *e = ((void **) from) [0];
    call *self = ((void **) from) [1];
    char moment [MOMENT_TEXT];
    if (strcmp (name, "event_id") == 0)
        return e->id;
    if (strcmp (name, "event_type") == 0)
        return call_print (self, "nl.meerwaarde.%s.v1", event_types () [e->event].name);
    if (strcmp (name, "event_subject") == 0)
        return e->subject;
    if (strcmp (name, "event_ver") == 0)
        return call_print (self, "%lld", (long long) e->version);
    if (strcmp (name, "event_body") == 0) {
        *size = (int) e->body.size;
        return e->body.at;
    }
    if (strcmp (name, "event_audiences") == 0)
        return e->audiences;
    if (strcmp (name, "event_views") == 0) {
        *size = (int) e->views.size;
        return e->views.at;
    }
    assert (strcmp (name, "event_time") == 0);
    moment_write (self->now, moment);
    return call_text (self, moment);
}

void emit_queue (call *self)
{
    pending_event **in_order = call_alloc (self, self->event_count * sizeof *in_order);
    size_t at = self->event_count;
    for (pending_event *e = self->events; e; e = e->older)
        in_order [--at] = e;
    for (; at < self->event_count; at++)
        db_queue (self->db, "call_event", event_value, (void *[]) { in_order [at], self });
}
