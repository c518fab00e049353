/* schema_sql.c - records to and from PostgreSQL, by name: fields as parameters, columns as fields. */
#include "db.h"
#include "json.h"
#include "log.h"
#include "text.h"
#include "wire.h"
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *keep (msgpack_zone *zone, const char *from, size_t size)
{
    char *copy = msgpack_zone_malloc (zone, size + 1);
    assert (copy);
    memcpy (copy, from, size);
    copy [size] = 0;
    return copy;
}

/* {"a","b \"c\""} */
static const char *array_literal (const texts *from, msgpack_zone *zone)
{
    text_buffer out = { 0 };
    text_append (&out, "{", 1);
    for (size_t i = 0; i < from->count; i++) {
        text_append (&out, i ? ",\"" : "\"", i ? 2 : 1);
        for (const char *c = from->at [i]; *c; c++)
            text_printf (&out, *c == '"' || *c == '\\' ? "\\%c" : "%c", *c);
        text_append (&out, "\"", 1);
    }
    text_append (&out, "}", 1);
    const char *kept = keep (zone, out.at, out.size);
    text_free (&out);
    return kept;
}

/* A list or object as JSON text; every field, for it stays inside the service. */
static const char *json_literal (const field *f, const void *at, msgpack_zone *zone)
{
    text_buffer out = { 0 };
    if (f->kind == KIND_OBJECT)
        json_write (f->of (), *(void *const *) at, OWNER, &out);
    else {
        const list *from = at;
        text_append (&out, "[", 1);
        for (size_t i = 0; i < from->count; i++) {
            if (i)
                text_append (&out, ",", 1);
            json_write (f->of (), (const char *) from->at + i * f->of ()->size, OWNER, &out);
        }
        text_append (&out, "]", 1);
    }
    const char *kept = keep (zone, out.at, out.size);
    text_free (&out);
    return kept;
}

const char *db_bind (const schema *self, const void *record, const char *name, msgpack_zone *zone, bool *found)
{
    size_t index;
    char digits [MOMENT_TEXT];
    const field *f = schema_field (self, name, &index);
    *found = f != NULL;
    if (!f || !record || !schema_has (record, index))
        return NULL;
    const void *at = schema_at (f, record);
    switch (f->kind) {
    case KIND_ID:
    case KIND_TEXT:
    case KIND_CODE:
    case KIND_DATE:    return *(const char *const *) at;
    case KIND_CHOICE:  return f->choice ()->words [*(const int *) at].word;
    case KIND_BOOL:    return *(const bool *) at ? "t" : "f";
    case KIND_INT:
    case KIND_MONEY:   return keep (zone, digits, (size_t) snprintf (digits, sizeof digits, "%" PRId64, *(const int64_t *) at));
    case KIND_MOMENT:
        moment_write (*(const int64_t *) at, digits);
        return keep (zone, digits, strlen (digits));
    case KIND_TEXTS:
    case KIND_CHOICES: return array_literal (at, zone);
    case KIND_OBJECT:
    case KIND_LIST:    return json_literal (f, at, zone);
    case KIND_ANY:     return NULL;
    }
    return NULL;
}

/* One element of an array literal into `out`; the rest of the text, behind the comma or brace. */
static const char *array_element (const char *in, char *out)
{
    bool quoted = *in == '"';
    in += quoted;
    while (quoted ? *in != '"' : *in != ',' && *in != '}') {
        if (*in == '\\')
            in++;
        *out++ = *in++;
    }
    *out = 0;
    return in + quoted;
}

static void read_array (const char *in, texts *out, msgpack_zone *zone)
{
    size_t room = 1;
    for (const char *c = in; *c; c++)
        room += *c == ',';
    *out = (texts) { 0, msgpack_zone_malloc (zone, room * sizeof *out->at) };
    char *text = msgpack_zone_malloc (zone, strlen (in) + 1);
    assert (out->at && text);
    for (in++; *in && *in != '}'; in += *in == ',') {
        in = array_element (in, text);
        out->at [out->count++] = text;
        text += strlen (text) + 1;
    }
}

/* JSON text into one field, through the validator that everything passes. */
static bool read_json (const field *f, const char *in, void *record, const schema *self, msgpack_zone *zone)
{
    faults all = { 0 };
    msgpack_sbuffer buffer;
    msgpack_sbuffer_init (&buffer);
    msgpack_packer packer = { &buffer, msgpack_sbuffer_write };
    msgpack_object object;
    const schema just_this = { self->name, self->doc, self->size, 1, f };
    msgpack_pack_map (&packer, 1);
    pack_text (&packer, f->name);
    void *scratch = msgpack_zone_malloc (zone, self->size);
    bool good = scratch && json_read (in, strlen (in), &packer, &all)
             && !wire_unpack (buffer.data, buffer.size, zone, &object)
             && schema_decode (&just_this, &object, scratch, zone, FROM_PEER, NULL, &all);
    if (good)
        memcpy (schema_at (f, record), schema_at (f, scratch), f->kind == KIND_LIST ? sizeof (list) : sizeof (void *));
    else
        log_line ("error", "column_refused", "field=%s path=%s", f->name, all.count ? all.at [0].path : "?");
    msgpack_sbuffer_destroy (&buffer);
    return good;
}

static bool read_column (const field *f, const char *in, void *record, const schema *self, msgpack_zone *zone)
{
    void *at = schema_at (f, record);
    switch (f->kind) {
    case KIND_ID:
    case KIND_TEXT:
    case KIND_CODE:
    case KIND_DATE:
        *(const char **) at = in;
        return true;
    case KIND_CHOICE:
        *(int *) at = words_find (f->choice (), in, strlen (in));
        return *(int *) at >= 0;
    case KIND_INT:
    case KIND_MONEY:
        *(int64_t *) at = strtoll (in, NULL, 10);
        return true;
    case KIND_BOOL:
        *(bool *) at = *in == 't';
        return true;
    case KIND_MOMENT:
        return moment_read (in, strlen (in), at);
    case KIND_TEXTS:
    case KIND_CHOICES:
        read_array (in, at, zone);
        return true;
    case KIND_OBJECT:
    case KIND_LIST:
        return read_json (f, in, record, self, zone);
    case KIND_ANY:
        return false;
    }
    return false;
}

/* The column of that name, or -1. Statements list columns mostly as the record lists its fields, so the one
 * after the last is tried first; PQfnumber would copy and fold the name each time.                         */
static int column_of (const PGresult *rows, const char *name, int likely)
{
    int count = PQnfields (rows);
    if (likely < count && strcmp (PQfname (rows, likely), name) == 0)
        return likely;
    for (int i = 0; i < count; i++)
        if (strcmp (PQfname (rows, i), name) == 0)
            return i;
    return -1;
}

bool db_row (const PGresult *rows, int row, const schema *self, void *record, msgpack_zone *zone)
{
    bool good = true;
    int likely = 0;
    memset (record, 0, self->size);
    for (size_t i = 0; i < self->count; i++) {
        const field *f = &self->fields [i];
        int column = column_of (rows, f->name, likely);
        likely = column + 1;
        if (column < 0 || PQgetisnull (rows, row, column))
            continue;
        if (read_column (f, PQgetvalue (rows, row, column), record, self, zone))
            schema_mark (record, i);
        else {
            log_line ("error", "column_unreadable", "record=%s field=%s", self->name, f->name);
            good = false;
        }
    }
    return good;
}
