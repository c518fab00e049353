/* json.c - JSON text from and to MessagePack; jansson reads, this writes. */
#include "json.h"
#include "wire.h"
#include <assert.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *text_reserve (text_buffer *self, size_t more)
{
    if (self->size + more > self->room) {
        self->room = 2 * self->room + more + 512;
        self->at = realloc (self->at, self->room);
        assert (self->at);
    }
    return self->at + self->size;
}

void text_append (text_buffer *self, const char *from, size_t size)
{
    if (size > 0) /* for nothing, neither side need exist */
        memcpy (text_reserve (self, size), from, size);
    self->size += size;
}

void text_printf (text_buffer *self, const char *format, ...)
{
    enum { USUAL = 128 };
    va_list args;
    char *at = text_reserve (self, USUAL);
    va_start (args, format);
    int size = vsnprintf (at, USUAL, format, args);
    va_end (args);
    if (size >= USUAL) {
        va_start (args, format);
        vsnprintf (text_reserve (self, (size_t) size + 1), (size_t) size + 1, format, args);
        va_end (args);
    }
    self->size += (size_t) size;
}

void text_number (text_buffer *self, int64_t value)
{
    char digits [20], *at = digits + sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t) value : (uint64_t) value;
    do
        *--at = (char) ('0' + rest % 10);
    while (rest /= 10);
    if (value < 0)
        text_append (self, "-", 1);
    text_append (self, at, (size_t) (digits + sizeof digits - at));
}

void text_free (text_buffer *self)
{
    free (self->at);
    *self = (text_buffer) { 0 };
}

static void repack (const json_t *, msgpack_packer *);

static void repack_object (const json_t *in, msgpack_packer *out)
{
    const char *key;
    json_t *value;
    msgpack_pack_map (out, json_object_size (in));
    json_object_foreach ((json_t *) (uintptr_t) in, key, value) {
        pack_text (out, key);
        repack (value, out);
    }
}

static void repack (const json_t *in, msgpack_packer *out)
{
    switch (json_typeof (in)) {
    case JSON_OBJECT:
        repack_object (in, out);
        break;
    case JSON_ARRAY:
        msgpack_pack_array (out, json_array_size (in));
        for (size_t i = 0; i < json_array_size (in); i++)
            repack (json_array_get (in, i), out);
        break;
    case JSON_STRING:
        msgpack_pack_str_with_body (out, json_string_value (in), json_string_length (in));
        break;
    case JSON_INTEGER:
        msgpack_pack_int64 (out, json_integer_value (in));
        break;
    case JSON_REAL:
        msgpack_pack_double (out, json_real_value (in));
        break;
    case JSON_TRUE:
        msgpack_pack_true (out);
        break;
    case JSON_FALSE:
        msgpack_pack_false (out);
        break;
    case JSON_NULL:
        msgpack_pack_nil (out);
    }
}

/* jansson's own limit is 2,048 levels of recursion; ours is looked at before it reads. */
static bool shallow (const char *text, size_t size)
{
    int depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < size; i++) {
        if (quoted && text [i] == '\\')
            i++;
        else if (text [i] == '"')
            quoted = !quoted;
        else if (!quoted && (text [i] == '{' || text [i] == '['))
            depth++;
        else if (!quoted && (text [i] == '}' || text [i] == ']'))
            depth--;
        if (depth > WIRE_DEPTH)
            return false;
    }
    return true;
}

bool json_read (const char *text, size_t size, msgpack_packer *out, faults *all)
{
    json_error_t error;
    if (!shallow (text, size))
        return faults_add (all, "", "is nested deeper than %d levels", WIRE_DEPTH);
    json_t *value = json_loadb (text, size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (!value)
        return faults_add (all, "", "is not JSON: %.60s, line %d, column %d", error.text, error.line, error.column);
    repack (value, out);
    json_decref (value);
    return true;
}

bool json_decode (const schema *self, const char *text, size_t size, void *record, msgpack_zone *zone, schema_origin origin,
                  const char *const *given, faults *all)
{
    msgpack_object object;
    msgpack_sbuffer buffer;
    msgpack_sbuffer_init (&buffer);
    msgpack_packer packer = { &buffer, msgpack_sbuffer_write };
    bool good = json_read (text, size, &packer, all);
    const char *why = good ? wire_unpack (buffer.data, buffer.size, zone, &object) : NULL;
    good = good && (!why || faults_add (all, "", "%s", why)) && schema_decode (self, &object, record, zone, origin, given, all);
    msgpack_sbuffer_destroy (&buffer);
    return good;
}

void json_write_text (text_buffer *out, const char *from, size_t size)
{
    text_append (out, "\"", 1);
    size_t plain = 0;
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char) from [i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        text_append (out, from + plain, i - plain);
        plain = i + 1;
        if (c == '"' || c == '\\')
            text_printf (out, "\\%c", c);
        else if (c == '\n')
            text_append (out, "\\n", 2);
        else
            text_printf (out, "\\u%04x", c);
    }
    text_append (out, from + plain, size - plain);
    text_append (out, "\"", 1);
}

static void write_map (text_buffer *out, const msgpack_object_map *map)
{
    text_append (out, "{", 1);
    for (uint32_t i = 0; i < map->size; i++) {
        if (i)
            text_append (out, ",", 1);
        json_write_text (out, map->ptr [i].key.via.str.ptr, map->ptr [i].key.via.str.size);
        text_append (out, ":", 1);
        json_write_value (out, &map->ptr [i].val);
    }
    text_append (out, "}", 1);
}

void json_write_value (text_buffer *out, const msgpack_object *in)
{
    switch (in->type) {
    case MSGPACK_OBJECT_BOOLEAN:
        in->via.boolean ? text_append (out, "true", 4) : text_append (out, "false", 5);
        break;
    case MSGPACK_OBJECT_POSITIVE_INTEGER:
        text_printf (out, "%" PRIu64, in->via.u64);
        break;
    case MSGPACK_OBJECT_NEGATIVE_INTEGER:
        text_printf (out, "%" PRId64, in->via.i64);
        break;
    case MSGPACK_OBJECT_STR:
        json_write_text (out, in->via.str.ptr, in->via.str.size);
        break;
    case MSGPACK_OBJECT_ARRAY:
        text_append (out, "[", 1);
        for (uint32_t i = 0; i < in->via.array.size; i++) {
            if (i)
                text_append (out, ",", 1);
            json_write_value (out, &in->via.array.ptr [i]);
        }
        text_append (out, "]", 1);
        break;
    case MSGPACK_OBJECT_MAP:
        write_map (out, &in->via.map);
        break;
    default: /* no field of ours is a float or binary */
        text_append (out, "null", 4);
    }
}
