/* schema_encode.c - records out: as MessagePack between services, as JSON for everybody else. */
#include "json.h"
#include "schema.h"
#include "text.h"
#include "wire.h"
#include <string.h>

/* A bit for each field that is shown. */
static uint64_t shown (const schema *self, const void *record, field_sight sight, const schema *as)
{
    size_t ignored;
    uint64_t present = *(const uint64_t *) record;
    for (uint64_t left = present; left; left &= left - 1) {
        const field *f = &self->fields [__builtin_ctzll (left)];
        if (f->sight > sight || f->sight == HIDDEN || (as && !schema_field (as, f->name, &ignored)))
            present ^= left & -left;
    }
    return present;
}

static void pack_texts (const texts *from, msgpack_packer *out)
{
    msgpack_pack_array (out, from->count);
    for (size_t i = 0; i < from->count; i++)
        pack_text (out, from->at [i]);
}

static void pack_field (const field *f, const void *at, field_sight sight, msgpack_packer *out)
{
    switch (f->kind) {
    case KIND_ID:
    case KIND_TEXT:
    case KIND_CODE:
    case KIND_DATE:    pack_text (out, *(const char *const *) at); break;
    case KIND_CHOICE:  pack_text (out, f->choice ()->words [*(const int *) at].word); break;
    case KIND_INT:
    case KIND_MONEY:
    case KIND_MOMENT:  msgpack_pack_int64 (out, *(const int64_t *) at); break;
    case KIND_BOOL:    *(const bool *) at ? msgpack_pack_true (out) : msgpack_pack_false (out); break;
    case KIND_TEXTS:
    case KIND_CHOICES: pack_texts (at, out); break;
    case KIND_OBJECT:  schema_encode (f->of (), *(void *const *) at, sight, NULL, out); break;
    case KIND_LIST: {
        const list *from = at;
        msgpack_pack_array (out, from->count);
        for (size_t i = 0; i < from->count; i++)
            schema_encode (f->of (), (const char *) from->at + i * f->of ()->size, sight, NULL, out);
        break;
    }
    case KIND_ANY:     out->callback (out->data, ((const bytes *) at)->at, ((const bytes *) at)->size); break;
    }
}

void schema_encode (const schema *self, const void *record, field_sight sight, const schema *as, msgpack_packer *out)
{
    uint64_t fields = shown (self, record, sight, as);
    msgpack_pack_map (out, (size_t) __builtin_popcountll (fields));
    for (; fields; fields &= fields - 1) {
        const field *f = &self->fields [__builtin_ctzll (fields)];
        msgpack_pack_str_with_body (out, f->name, f->name_size);
        pack_field (f, schema_at (f, record), sight, out);
    }
}

static void json_texts (const texts *from, text_buffer *out)
{
    text_append (out, "[", 1);
    for (size_t i = 0; i < from->count; i++) {
        if (i)
            text_append (out, ",", 1);
        json_write_text (out, from->at [i], strlen (from->at [i]));
    }
    text_append (out, "]", 1);
}

static void json_list (const field *f, const list *from, field_sight sight, text_buffer *out)
{
    text_append (out, "[", 1);
    for (size_t i = 0; i < from->count; i++) {
        if (i)
            text_append (out, ",", 1);
        json_write (f->of (), (const char *) from->at + i * f->of ()->size, sight, out);
    }
    text_append (out, "]", 1);
}

static void json_any (const bytes *from, text_buffer *out)
{
    msgpack_zone zone;
    msgpack_object object;
    msgpack_zone_init (&zone, 2048);
    if (!wire_unpack (from->at, from->size, &zone, &object))
        json_write_value (out, &object);
    else
        text_append (out, "null", 4);
    msgpack_zone_destroy (&zone);
}

static void json_field (const field *f, const void *at, field_sight sight, text_buffer *out)
{
    char moment [MOMENT_TEXT];
    const char *text;
    switch (f->kind) {
    case KIND_ID:
    case KIND_TEXT:
    case KIND_CODE:
    case KIND_DATE:
        text = *(const char *const *) at;
        json_write_text (out, text, strlen (text));
        break;
    case KIND_CHOICE:
        text = f->choice ()->words [*(const int *) at].word;
        json_write_text (out, text, strlen (text));
        break;
    case KIND_INT:
    case KIND_MONEY:
        text_number (out, *(const int64_t *) at);
        break;
    case KIND_MOMENT:
        moment_write (*(const int64_t *) at, moment);
        json_write_text (out, moment, strlen (moment));
        break;
    case KIND_BOOL:
        *(const bool *) at ? text_append (out, "true", 4) : text_append (out, "false", 5);
        break;
    case KIND_TEXTS:
    case KIND_CHOICES: json_texts (at, out); break;
    case KIND_OBJECT:  json_write (f->of (), *(void *const *) at, sight, out); break;
    case KIND_LIST:    json_list (f, at, sight, out); break;
    case KIND_ANY:     json_any (at, out); break;
    }
}

void json_write (const schema *self, const void *record, field_sight sight, text_buffer *out)
{
    char before = '{';
    for (uint64_t fields = shown (self, record, sight, NULL); fields; fields &= fields - 1) {
        const field *f = &self->fields [__builtin_ctzll (fields)];
        text_append (out, &before, 1);
        text_append (out, "\"", 1);
        text_append (out, f->name, f->name_size);
        text_append (out, "\":", 2);
        json_field (f, schema_at (f, record), sight, out);
        before = ',';
    }
    if (before == '{')
        text_append (out, "{", 1);
    text_append (out, "}", 1);
}
