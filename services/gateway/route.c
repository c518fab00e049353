/* route.c - from method and path to an operation; and its input from path, query and body. */
#include "route.h"
#include "../../common/text.h"
#include "../../common/wire.h"
#include <event2/http.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

static const char prefix [] = "/v1";

/* One segment of a template and of a path; both stop at the next slash. */
static size_t segment (const char *at)
{
    return strcspn (at, "/");
}

static bool fits (const char *template, const char *path, route *to)
{
    to->count = 0;
    while (*template == '/' && *path == '/') {
        template++;
        path++;
        size_t want = segment (template), have = segment (path);
        if (*template == '{') {
            if (have == 0 || have >= sizeof to->values [0] || to->count == ROUTE_PARAMS)
                return false;
            memcpy (to->values [to->count], path, have);
            to->values [to->count++][have] = 0;
        } else if (want != have || memcmp (template, path, want))
            return false;
        template += want;
        path += have;
    }
    return !*template && !*path;
}

/* The fields that the template names. */
static void name_params (route *self)
{
    const schema *in = self->op->in ();
    size_t index, count = 0;
    for (const char *at = strchr (self->op->path, '{'); at; at = strchr (at + 1, '{')) {
        char name [64] = "";
        memcpy (name, at + 1, strcspn (at + 1, "}"));
        self->names [count++] = schema_field (in, name, &index)->name;
    }
    self->names [count] = NULL;
}

route route_find (method how, const char *path)
{
    size_t count;
    const operation *all = operations (&count);
    route found = { 0 };
    if (strncmp (path, prefix, sizeof prefix - 1))
        return found;
    path += sizeof prefix - 1;
    for (size_t i = 0; i < count; i++) {
        route one = { .path_known = true, .op = &all [i] };
        if (all [i].method == METHOD_NONE || !fits (all [i].path, path, &one))
            continue;
        found.path_known = true;
        if (all [i].method == how && (!found.op || one.count < found.count))
            found = one; /* a word of the path is nearer than a name for any */
    }
    if (found.op)
        name_params (&found);
    return found;
}

/* ------------------------------------------------------------------------------------ input */

static const field *field_of_query (const schema *in, const char *key)
{
    for (size_t i = 0; i < in->count; i++) {
        char camel [64];
        name_camel (in->fields [i].name, camel);
        if (strcmp (camel, key) == 0)
            return &in->fields [i];
    }
    return NULL;
}

void route_forget_unknown (const operation *op, struct evkeyvalq *query)
{
    struct evkeyval *pair = TAILQ_FIRST (query), *after;
    for (; pair; pair = after) {
        after = TAILQ_NEXT (pair, next);
        if (!field_of_query (op->in (), pair->key))
            evhttp_remove_header (query, pair->key);
    }
}

/* A text as the value that the field wants; what does not fit stays a text, which validation refuses. */
static void pack_value (const field *f, const char *text, msgpack_packer *out)
{
    char *end;
    long long number = strtoll (text, &end, 10);
    if ((f->kind == KIND_INT || f->kind == KIND_MONEY) && *text && !*end)
        msgpack_pack_int64 (out, number);
    else if (f->kind == KIND_BOOL && strcmp (text, "true") == 0)
        msgpack_pack_true (out);
    else if (f->kind == KIND_BOOL && strcmp (text, "false") == 0)
        msgpack_pack_false (out);
    else
        pack_text (out, text);
}

static bool is_list (const field *f)
{
    return f->kind == KIND_TEXTS || f->kind == KIND_CHOICES;
}

/* Is this the first pair with its key? */
static bool first_of (const struct evkeyval *pair, const struct evkeyvalq *all)
{
    const struct evkeyval *other;
    TAILQ_FOREACH (other, all, next)
        if (strcmp (other->key, pair->key) == 0)
            return other == pair;
    return true;
}

static size_t times (const char *key, const struct evkeyvalq *all)
{
    size_t count = 0;
    const struct evkeyval *pair;
    TAILQ_FOREACH (pair, all, next)
        count += strcmp (pair->key, key) == 0;
    return count;
}

static void pack_query (const schema *in, const struct evkeyval *pair, const struct evkeyvalq *all, msgpack_packer *out)
{
    const field *f = field_of_query (in, pair->key);
    const struct evkeyval *each;
    pack_text (out, f->name);
    if (!is_list (f)) {
        pack_value (f, pair->value, out);
        return;
    }
    msgpack_pack_array (out, times (pair->key, all));
    TAILQ_FOREACH (each, all, next)
        if (strcmp (each->key, pair->key) == 0)
            pack_text (out, each->value);
}

/* An empty value is a form field that was left open. */
static bool counts (const schema *in, const struct evkeyval *pair, const struct evkeyvalq *all)
{
    return *pair->value && field_of_query (in, pair->key) && first_of (pair, all);
}

static bool check_query (const schema *in, const struct evkeyvalq *query, faults *wrong)
{
    bool fine = true;
    const struct evkeyval *pair;
    TAILQ_FOREACH (pair, query, next) {
        const field *f = field_of_query (in, pair->key);
        if (!f)
            fine = faults_add (wrong, pair->key, "is not a query key here");
        else if (!is_list (f) && first_of (pair, query) && times (pair->key, query) > 1)
            fine = faults_add (wrong, pair->key, "is given more than once");
    }
    return fine;
}

bool route_merge (const route *self, const struct evkeyvalq *query, const bytes *body, msgpack_packer *out, faults *wrong)
{
    const schema *in = self->op->in ();
    msgpack_zone zone;
    msgpack_object object = { .type = MSGPACK_OBJECT_MAP };
    msgpack_zone_init (&zone, 2048);
    const char *why = body->size ? wire_unpack (body->at, body->size, &zone, &object) : NULL;
    bool fine = check_query (in, query, wrong);
    if (why || object.type != MSGPACK_OBJECT_MAP)
        fine = faults_add (wrong, "", "%s", why ? why : "must be an object");
    if (fine) {
        size_t count = object.via.map.size + self->count;
        const struct evkeyval *pair;
        TAILQ_FOREACH (pair, query, next)
            count += counts (in, pair, query);
        msgpack_pack_map (out, count);
        for (size_t i = 0; i < self->count; i++) {
            pack_text (out, self->names [i]);
            pack_text (out, self->values [i]);
        }
        TAILQ_FOREACH (pair, query, next)
            if (counts (in, pair, query))
                pack_query (in, pair, query, out);
        for (uint32_t i = 0; i < object.via.map.size; i++) {
            msgpack_pack_object (out, object.via.map.ptr [i].key);
            msgpack_pack_object (out, object.via.map.ptr [i].val);
        }
    }
    msgpack_zone_destroy (&zone);
    return fine;
}
