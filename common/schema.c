/* schema.c - fields by name, and decoding: one validator for every record, from whatever it came. */
#include "schema.h"
#include "text.h"
#include "wire.h"
#include <assert.h>
#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A name in the code and the same one in a schema are mostly one text: the linker saw to that. */
static const field *field_called (const schema *self, const char *name)
{
    for (const field *f = self->fields; f < &self->fields [self->count]; f++)
        if (f->name == name)
            return f;
    return NULL;
}

static const field *field_among (const schema *self, size_t from, size_t to, const char *name, size_t size)
{
    for (const field *f = &self->fields [from]; f < &self->fields [to]; f++)
        if (f->name_size == size && *f->name == *name && memcmp (f->name, name, size) == 0)
            return f;
    return NULL;
}

const field *schema_field (const schema *self, const char *name, size_t *index)
{
    const field *f = field_called (self, name);
    if (!f)
        f = field_among (self, 0, self->count, name, strlen (name));
    *index = f ? (size_t) (f - self->fields) : 0;
    return f;
}

void *schema_at (const field *f, const void *record)
{
    return (char *) (uintptr_t) record + f->offset;
}

const char *schema_text (const schema *self, const void *record, const char *name)
{
    size_t i;
    const field *f = schema_field (self, name, &i);
    return f && f->kind <= KIND_DATE && schema_has (record, i) ? *(const char **) schema_at (f, record) : NULL;
}

int64_t schema_int (const schema *self, const void *record, const char *name, int64_t otherwise)
{
    size_t i;
    const field *f = schema_field (self, name, &i);
    if (!f || !schema_has (record, i))
        return otherwise;
    const void *at = schema_at (f, record);
    switch (f->kind) {
    case KIND_CHOICE: return *(const int *) at;
    case KIND_BOOL:   return *(const bool *) at;
    case KIND_INT:
    case KIND_MONEY:
    case KIND_MOMENT: return *(const int64_t *) at;
    default:          return otherwise;
    }
}

void schema_set_text (const schema *self, void *record, const char *name, const char *value)
{
    size_t i;
    const field *f = schema_field (self, name, &i);
    assert (f && f->kind <= KIND_DATE);
    *(const char **) schema_at (f, record) = value;
    schema_mark (record, i);
}

void schema_set_int (const schema *self, void *record, const char *name, int64_t value)
{
    size_t i;
    const field *f = schema_field (self, name, &i);
    assert (f);
    switch (f->kind) {
    case KIND_CHOICE: *(int *) schema_at (f, record) = (int) value; break;
    case KIND_BOOL:   *(bool *) schema_at (f, record) = value != 0; break;
    default:
        assert (f->kind == KIND_INT || f->kind == KIND_MONEY || f->kind == KIND_MOMENT);
        *(int64_t *) schema_at (f, record) = value;
    }
    schema_mark (record, i);
}

void schema_set_object (const schema *self, void *record, const char *name, void *value)
{
    size_t i;
    const field *f = schema_field (self, name, &i);
    assert (f && f->kind == KIND_OBJECT);
    *(void **) schema_at (f, record) = value;
    schema_mark (record, i);
}

void schema_set_list (const schema *self, void *record, const char *name, size_t count, void *entries)
{
    size_t i;
    const field *f = schema_field (self, name, &i);
    assert (f && (f->kind == KIND_LIST || f->kind == KIND_TEXTS || f->kind == KIND_CHOICES));
    *(list *) schema_at (f, record) = (list) { count, entries };
    schema_mark (record, i);
}

bool texts_have (const texts *self, const char *text)
{
    for (size_t i = 0; i < self->count; i++)
        if (strcmp (self->at [i], text) == 0)
            return true;
    return false;
}

int words_find (const words *self, const char *text, size_t length)
{
    for (int i = 0; i < self->count; i++)
        if (strlen (self->words [i].word) == length && memcmp (self->words [i].word, text, length) == 0)
            return i;
    return -1;
}

bool faults_add (faults *self, const char *path, const char *format, ...)
{
    if (self->count < sizeof self->at / sizeof *self->at) {
        va_list args;
        va_start (args, format);
        snprintf (self->at [self->count].path, sizeof self->at->path, "%s", path);
        vsnprintf (self->at [self->count].reason, sizeof self->at->reason, format, args);
        va_end (args);
        self->count++;
    }
    return false;
}

field_sight schema_sight (const schema *self, const void *record, const char *org)
{
    field_sight most = PUBLIC;
    for (size_t i = 0; org && i < self->count; i++) {
        const field *f = &self->fields [i];
        if (!f->side || !schema_has (record, i) || strcmp (*(const char **) schema_at (f, record), org))
            continue;
        if (f->side == SIDE_OWNER)
            return OWNER;
        most = PARTY;
    }
    return most;
}

static void redact (const schema *self, void *record, const char *org, field_sight inherited)
{
    field_sight own = schema_sight (self, record, org), sight = own > inherited ? own : inherited;
    for (uint64_t left = *(uint64_t *) record; left; left &= left - 1) {
        const field *f = &self->fields [__builtin_ctzll (left)];
        if (f->sight > sight)
            *(uint64_t *) record ^= left & -left;
        else if (f->kind == KIND_OBJECT)
            redact (f->of (), *(void **) schema_at (f, record), org, sight);
        else if (f->kind == KIND_LIST) {
            list *inside = schema_at (f, record);
            for (size_t k = 0; k < inside->count; k++)
                redact (f->of (), (char *) inside->at + k * f->of ()->size, org, sight);
        }
    }
}

void schema_redact (const schema *self, void *record, const char *org)
{
    redact (self, record, org, PUBLIC);
}

/* ------------------------------------------------------------------------------- decoding */

/* Where we are: a chain on the stack, written out only when there is something to say. */
typedef struct place {
    const struct place *up;
    const char         *name; /* NULL: element `index` of a list */
    size_t              index;
} place;

typedef struct {
    msgpack_zone      *zone;
    schema_origin      origin;
    const char *const *given;
    faults            *faults;
} decoding;

static size_t path_write (const place *at, char *out, size_t room)
{
    if (!at->up)
        return 0;
    size_t used = path_write (at->up, out, room);
    int more = at->name ? snprintf (out + used, room - used, used ? ".%s" : "%s", at->name)
                        : snprintf (out + used, room - used, "[%zu]", at->index);
    size_t all = used + (size_t) more;
    return all < room ? all : room - 1;
}

static bool wrong (decoding *self, const place *at, const char *format, ...) __attribute__ ((format (printf, 3, 4)));

static bool wrong (decoding *self, const place *at, const char *format, ...)
{
    char path [100] = "", reason [120];
    va_list args;
    path_write (at, path, sizeof path);
    va_start (args, format);
    vsnprintf (reason, sizeof reason, format, args);
    va_end (args);
    return faults_add (self->faults, path, "%s", reason);
}

static void *take (decoding *self, size_t size)
{
    void *at = msgpack_zone_malloc (self->zone, size + !size);
    assert (at);
    return memset (at, 0, size);
}

static const char *keep (decoding *self, const msgpack_object_str *from)
{
    char *copy = take (self, from->size + 1);
    if (from->size > 0) /* an empty text may be nowhere */
        memcpy (copy, from->ptr, from->size);
    return copy;
}

static bool is_text (decoding *self, const msgpack_object *in, const place *at)
{
    return in->type == MSGPACK_OBJECT_STR || wrong (self, at, "must be text");
}

static bool read_text (decoding *self, const field *f, const msgpack_object *in, void *out, const place *at)
{
    size_t points;
    if (!is_text (self, in, at))
        return false;
    if (!utf8_check (in->via.str.ptr, in->via.str.size, &points))
        return wrong (self, at, "must be valid UTF-8 without zero bytes");
    if ((int64_t) points < f->min || (int64_t) points > f->max)
        return wrong (self, at, "must be %" PRId64 " to %" PRId64 " characters, is %zu", f->min, f->max, points);
    const char *text = keep (self, &in->via.str);
    if (f->form && !f->form->fits (text))
        return wrong (self, at, "must be %s", f->form->must);
    *(const char **) out = text;
    return true;
}

static bool read_id (decoding *self, const msgpack_object *in, void *out, const place *at)
{
    char id [UUID_TEXT];
    if (!is_text (self, in, at))
        return false;
    if (!uuid_read (in->via.str.ptr, in->via.str.size, id))
        return wrong (self, at, "must be a UUID");
    *(const char **) out = memcpy (take (self, sizeof id), id, sizeof id);
    return true;
}

static bool read_code (decoding *self, const field *f, const msgpack_object *in, void *out, const place *at)
{
    if (!is_text (self, in, at))
        return false;
    bool fits = in->via.str.size == strlen (f->pattern);
    for (uint32_t i = 0; fits && i < in->via.str.size; i++) {
        char c = in->via.str.ptr [i];
        fits = f->pattern [i] == '9' ? c >= '0' && c <= '9' : c == f->pattern [i];
    }
    if (!fits)
        return wrong (self, at, "must look like %s, 9 standing for a digit", f->pattern);
    *(const char **) out = keep (self, &in->via.str);
    return true;
}

static bool read_date (decoding *self, const msgpack_object *in, void *out, const place *at)
{
    if (!is_text (self, in, at))
        return false;
    if (!date_check (in->via.str.ptr, in->via.str.size))
        return wrong (self, at, "must be a date, as 2026-11-23");
    *(const char **) out = keep (self, &in->via.str);
    return true;
}

static bool read_choice (decoding *self, const field *f, const msgpack_object *in, void *out, const place *at)
{
    if (!is_text (self, in, at))
        return false;
    int index = words_find (f->choice (), in->via.str.ptr, in->via.str.size);
    if (index < 0)
        return wrong (self, at, "must be a word of the list %s", f->choice ()->name);
    *(int *) out = index;
    return true;
}

static bool is_whole (const msgpack_object *in, int64_t *value)
{
    if (in->type == MSGPACK_OBJECT_NEGATIVE_INTEGER)
        *value = in->via.i64;
    else if (in->type == MSGPACK_OBJECT_POSITIVE_INTEGER && in->via.u64 <= INT64_MAX)
        *value = (int64_t) in->via.u64;
    else
        return false;
    return true;
}

static bool read_int (decoding *self, const field *f, const msgpack_object *in, void *out, const place *at)
{
    int64_t value;
    if (!is_whole (in, &value))
        return wrong (self, at, "must be a whole number");
    if (value < f->min || value > f->max)
        return wrong (self, at, "must be %" PRId64 " to %" PRId64, f->min, f->max);
    *(int64_t *) out = value;
    return true;
}

static bool read_bool (decoding *self, const msgpack_object *in, void *out, const place *at)
{
    if (in->type != MSGPACK_OBJECT_BOOLEAN)
        return wrong (self, at, "must be true or false");
    *(bool *) out = in->via.boolean;
    return true;
}

/* A number between services, ISO text from a client. */
static bool read_moment (decoding *self, const msgpack_object *in, void *out, const place *at)
{
    int64_t *us = out;
    if (self->origin != FROM_CLIENT && is_whole (in, us))
        return (*us >= MOMENT_FIRST && *us <= MOMENT_LAST) || wrong (self, at, "must be in the years 1 to 9999");
    if (in->type == MSGPACK_OBJECT_STR && moment_read (in->via.str.ptr, in->via.str.size, us))
        return true;
    return wrong (self, at, "must be a moment, as 2026-11-23T17:00:00Z");
}

static bool read_texts (decoding *self, const field *f, const msgpack_object *in, void *out, const place *at)
{
    texts *to = out;
    if (in->type != MSGPACK_OBJECT_ARRAY)
        return wrong (self, at, "must be a list");
    if (in->via.array.size < f->min || in->via.array.size > f->max)
        return wrong (self, at, "must have %" PRId64 " to %" PRId64 " elements, has %u",
                      f->min, f->max, in->via.array.size);
    bool fine = true;
    field one = { .min = 1, .max = f->each, .pattern = f->pattern, .choice = f->choice };
    to->at = take (self, in->via.array.size * sizeof *to->at);
    for (; to->count < in->via.array.size; to->count++) {
        const msgpack_object *element = &in->via.array.ptr [to->count];
        place here = { at, NULL, to->count };
        int index;
        if (f->pattern)
            fine &= read_code (self, &one, element, &to->at [to->count], &here);
        else if (f->kind == KIND_TEXTS)
            fine &= read_text (self, &one, element, &to->at [to->count], &here);
        else if (read_choice (self, &one, element, &index, &here))
            to->at [to->count] = f->choice ()->words [index].word;
        else
            fine = false;
    }
    return fine;
}

static bool read_any (decoding *self, const msgpack_object *in, void *out)
{
    msgpack_sbuffer buffer;
    msgpack_sbuffer_init (&buffer);
    msgpack_packer packer = { &buffer, msgpack_sbuffer_write };
    msgpack_pack_object (&packer, *in);
    *(bytes *) out = (bytes) { buffer.size, memcpy (take (self, buffer.size), buffer.data, buffer.size) };
    msgpack_sbuffer_destroy (&buffer);
    return true;
}

static bool read_record (decoding *, const schema *, const msgpack_object *, void *, const place *, int depth);

static bool read_list (decoding *self, const field *f, const msgpack_object *in, void *out, const place *at, int depth)
{
    list *to = out;
    const schema *shape = f->of ();
    if (in->type != MSGPACK_OBJECT_ARRAY)
        return wrong (self, at, "must be a list");
    if (in->via.array.size < f->min || in->via.array.size > f->max)
        return wrong (self, at, "must have %" PRId64 " to %" PRId64 " elements, has %u",
                      f->min, f->max, in->via.array.size);
    bool fine = true;
    to->at = take (self, in->via.array.size * shape->size);
    for (; to->count < in->via.array.size; to->count++) {
        place here = { at, NULL, to->count };
        void *element = (char *) to->at + to->count * shape->size;
        fine &= read_record (self, shape, &in->via.array.ptr [to->count], element, &here, depth + 1);
    }
    return fine;
}

static bool read_object (decoding *self, const field *f, const msgpack_object *in, void *out, const place *at, int depth)
{
    void *inner = take (self, f->of ()->size);
    *(void **) out = inner;
    return read_record (self, f->of (), in, inner, at, depth + 1);
}

static bool read_field (decoding *self, const field *f, const msgpack_object *in, void *out, const place *at, int depth)
{
    switch (f->kind) {
    case KIND_ID:      return read_id (self, in, out, at);
    case KIND_TEXT:    return read_text (self, f, in, out, at);
    case KIND_CODE:    return read_code (self, f, in, out, at);
    case KIND_DATE:    return read_date (self, in, out, at);
    case KIND_CHOICE:  return read_choice (self, f, in, out, at);
    case KIND_INT:
    case KIND_MONEY:   return read_int (self, f, in, out, at);
    case KIND_BOOL:    return read_bool (self, in, out, at);
    case KIND_MOMENT:  return read_moment (self, in, out, at);
    case KIND_TEXTS:
    case KIND_CHOICES: return read_texts (self, f, in, out, at);
    case KIND_OBJECT:  return read_object (self, f, in, out, at, depth);
    case KIND_LIST:    return read_list (self, f, in, out, at, depth);
    case KIND_ANY:     return read_any (self, in, out);
    }
    return false;
}

static bool may_give (const decoding *self, const field *f)
{
    if (f->need != KEPT || self->origin != FROM_CLIENT)
        return true;
    for (const char *const *name = self->given; name && *name; name++)
        if (strcmp (*name, f->name) == 0)
            return true;
    return false;
}

static bool read_record (decoding *self, const schema *shape, const msgpack_object *in, void *record, const place *at, int depth)
{
    assert (depth < SCHEMA_DEPTH);
    memset (record, 0, shape->size);
    if (in->type != MSGPACK_OBJECT_MAP)
        return wrong (self, at, "must be an object");
    bool fine = true;
    uint64_t came = 0; /* also what came and was wrong: that is not missing as well */
    size_t next = 0; /* most come in the order of declaration, so that each is found at once */
    for (uint32_t i = 0; i < in->via.map.size; i++) {
        const msgpack_object_kv *pair = &in->via.map.ptr [i];
        const msgpack_object_str *key = &pair->key.via.str;
        const field *f = NULL;
        if (pair->key.type == MSGPACK_OBJECT_STR && !(f = field_among (shape, next, shape->count, key->ptr, key->size)))
            f = field_among (shape, 0, next, key->ptr, key->size);
        size_t index = f ? (size_t) (f - shape->fields) : 0;
        next = f ? index + 1 : next;
        char unknown [64] = "?";
        if (!f && pair->key.type == MSGPACK_OBJECT_STR && key->size > 0 && key->size < sizeof unknown)
            memcpy (unknown, key->ptr, key->size);
        place here = { at, f ? f->name : unknown, 0 };
        if (f && !may_give (self, f))
            fine = wrong (self, &here, "is set by the server");
        else if (!f && self->origin == FROM_CLIENT)
            fine = wrong (self, &here, "is not a field of %s", shape->name);
        else if (f && pair->val.type != MSGPACK_OBJECT_NIL) {
            came |= UINT64_C (1) << index;
            if (read_field (self, f, &pair->val, schema_at (f, record), &here, depth))
                schema_mark (record, index);
            else
                fine = false;
        }
    }
    for (size_t i = 0; self->origin != FROM_PEER && i < shape->count; i++) {
        place here = { at, shape->fields [i].name, 0 };
        if (shape->fields [i].need == REQUIRED && !(came >> i & 1))
            fine = wrong (self, &here, "is required");
    }
    return fine;
}

bool schema_decode (const schema *self, const msgpack_object *in, void *record, msgpack_zone *zone,
                    schema_origin origin, const char *const *given, faults *all)
{
    decoding it = { zone, origin, given, all };
    return read_record (&it, self, in, record, &(place) { 0 }, 0);
}
