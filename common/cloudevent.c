/* cloudevent.c - an event as the stream keeps it, made ready for JSON. */
#include "cloudevent.h"
#include "text.h"
#include "wire.h"
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { SEQUENCE = 21 };

static void pack_record (const schema *, const msgpack_object *, msgpack_packer *);

static void pack_moment (const msgpack_object *from, msgpack_packer *out)
{
    char text [MOMENT_TEXT];
    moment_write (from->via.i64, text);
    pack_text (out, text);
}

static void pack_records (const schema *shape, const msgpack_object *from, msgpack_packer *out)
{
    msgpack_pack_array (out, from->via.array.size);
    for (uint32_t i = 0; i < from->via.array.size; i++)
        pack_record (shape, &from->via.array.ptr [i], out);
}

static void pack_value (const field *f, const msgpack_object *from, msgpack_packer *out)
{
    bool number = from->type == MSGPACK_OBJECT_POSITIVE_INTEGER
                  || from->type == MSGPACK_OBJECT_NEGATIVE_INTEGER;
    if (f && f->kind == KIND_MOMENT && number)
        pack_moment (from, out);
    else if (f && f->kind == KIND_LIST && from->type == MSGPACK_OBJECT_ARRAY)
        pack_records (f->of (), from, out);
    else if (f && f->kind == KIND_OBJECT)
        pack_record (f->of (), from, out);
    else
        msgpack_pack_object (out, *from);
}

/* The same value, but for the moments. */
static void pack_record (const schema *shape, const msgpack_object *from, msgpack_packer *out)
{
    if (from->type != MSGPACK_OBJECT_MAP) {
        msgpack_pack_object (out, *from);
        return;
    }
    msgpack_pack_map (out, from->via.map.size);
    for (uint32_t i = 0; i < from->via.map.size; i++) {
        const msgpack_object_kv *pair = &from->via.map.ptr [i];
        char name [80];
        size_t index;
        snprintf (name, sizeof name, "%.*s", (int) pair->key.via.str.size, pair->key.via.str.ptr);
        msgpack_pack_object (out, pair->key);
        pack_value (schema_field (shape, name, &index), &pair->val, out);
    }
}

/* Data of a type that this build does not know stays as it is. */
static const char *finish_data (event_t *self, msgpack_zone *zone)
{
    const event_type *type = self->type ? event_find (self->type, strlen (self->type)) : NULL;
    msgpack_object object;
    const char *why = self->data.at ? wire_unpack (self->data.at, self->data.size, zone, &object)
                                    : "has no data";
    if (why || !type)
        return why;
    msgpack_sbuffer *buffer = msgpack_sbuffer_new ();
    msgpack_packer out = { buffer, msgpack_sbuffer_write };
    assert (buffer);
    msgpack_zone_push_finalizer (zone, (void (*) (void *)) msgpack_sbuffer_free, buffer);
    pack_record (type->record (), &object, &out);
    self->data = (bytes) { buffer->size, buffer->data };
    return NULL;
}

const char *cloudevent_read (bytes view, int64_t tseq, event_t *out, msgpack_zone *zone)
{
    msgpack_object object;
    faults all = { 0 };
    const schema *shape = event_schema ();
    const char *why = wire_unpack (view.at, view.size, zone, &object);
    *out = (event_t) { 0 };
    if (why)
        return why;
    if (!schema_decode (shape, &object, out, zone, FROM_PEER, NULL, &all))
        return "is not an event";
    char *sequence = msgpack_zone_malloc (zone, SEQUENCE);
    assert (sequence);
    snprintf (sequence, SEQUENCE, "%020" PRId64, tseq);
    schema_set_text (shape, out, "sequence", sequence);
    schema_set_text (shape, out, "datacontenttype", "application/json");
    return finish_data (out, zone);
}
