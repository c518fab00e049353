/* openapi.c - the API as an OpenAPI 3.0 document, from records and operations. */
#include "openapi.h"
#include "file_body.h"
#include "text.h"
#include "vocabulary.h"
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void text (text_buffer *out, const char *key, const char *value)
{
    text_printf (out, "\"%s\":", key);
    json_write_text (out, value, strlen (value));
}

static void words_enum (text_buffer *out, const words *of)
{
    text_printf (out, "\"type\":\"string\",\"enum\":[");
    for (int i = 0; i < of->count; i++)
        text_printf (out, "%s\"%s\"", i ? "," : "", of->words [i].word);
    text_printf (out, "]");
}

static void pattern (text_buffer *out, const char *form)
{
    text_printf (out, "\"type\":\"string\",\"pattern\":\"^");
    for (; *form; form++)
        text_printf (out, *form == '9' ? "[0-9]" : "%c", *form);
    text_printf (out, "$\"");
}

static void reference (text_buffer *out, const schema *to)
{
    char name [64];
    name_pascal (to->name, name);
    text_printf (out, "\"$ref\":\"#/components/schemas/%s\"", name);
}

/* The schema object's members, without braces. */
static void type_of (text_buffer *out, const field *f)
{
    switch (f->kind) {
    case KIND_ID:     text_printf (out, "\"type\":\"string\",\"format\":\"uuid\""); break;
    case KIND_TEXT:
        if (f->form) {
            text_printf (out, "\"type\":\"string\",\"maxLength\":%zu,\"pattern\":\"%s\"", f->form->most, f->form->pattern);
            break;
        }
        text_printf (out, "\"type\":\"string\",\"minLength\":%" PRId64 ",\"maxLength\":%" PRId64, f->min, f->max); break;
    case KIND_CODE:   pattern (out, f->pattern); break;
    case KIND_DATE:   text_printf (out, "\"type\":\"string\",\"format\":\"date\""); break;
    case KIND_CHOICE: words_enum (out, f->choice ()); break;
    case KIND_INT:
    case KIND_MONEY:
        text_printf (out, "\"type\":\"integer\",\"format\":\"int64\",\"minimum\":%" PRId64 ",\"maximum\":%" PRId64, f->min, f->max);
        break;
    case KIND_BOOL:   text_printf (out, "\"type\":\"boolean\""); break;
    case KIND_MOMENT: text_printf (out, "\"type\":\"string\",\"format\":\"date-time\""); break;
    case KIND_TEXTS:
        text_printf (out, "\"type\":\"array\",\"minItems\":%" PRId64 ",\"maxItems\":%" PRId64 ",\"items\":{", f->min, f->max);
        if (f->pattern)
            pattern (out, f->pattern);
        else
            text_printf (out, "\"type\":\"string\",\"minLength\":1,\"maxLength\":%" PRId64, f->each);
        text_printf (out, "}");
        break;
    case KIND_CHOICES:
        text_printf (out, "\"type\":\"array\",\"maxItems\":%" PRId64 ",\"items\":{", f->max);
        words_enum (out, f->choice ());
        text_printf (out, "}");
        break;
    case KIND_OBJECT:
        text_printf (out, "\"allOf\":[{");
        reference (out, f->of ());
        text_printf (out, "}]");
        break;
    case KIND_LIST:
        text_printf (out, "\"type\":\"array\",\"minItems\":%" PRId64 ",\"maxItems\":%" PRId64 ",\"items\":{", f->min, f->max);
        reference (out, f->of ());
        text_printf (out, "}");
        break;
    case KIND_ANY:    text_printf (out, "\"type\":\"object\",\"additionalProperties\":true"); break;
    }
}

/* A record that is only ever sent to us is described without what we set ourselves. */
static void component (text_buffer *out, const schema *s, bool answered)
{
    char name [64];
    const char *before = "";
    name_pascal (s->name, name);
    text_printf (out, "\"%s\":{\"type\":\"object\",\"additionalProperties\":false,", name);
    text (out, "description", s->doc);
    text_printf (out, ",\"properties\":{");
    for (size_t i = 0; i < s->count; i++) {
        const field *f = &s->fields [i];
        if (f->sight == HIDDEN || (f->need == KEPT && !answered))
            continue;
        text_printf (out, "%s\"%s\":{", before, f->name);
        type_of (out, f);
        text_printf (out, f->need == KEPT ? ",\"readOnly\":true," : ",");
        text (out, "description", f->doc);
        text_printf (out, "}");
        before = ",";
    }
    text_printf (out, "}");
    before = ",\"required\":[";
    for (size_t i = 0; i < s->count; i++)
        if (s->fields [i].need == REQUIRED && s->fields [i].sight != HIDDEN) {
            text_printf (out, "%s\"%s\"", before, s->fields [i].name);
            before = ",";
        }
    text_printf (out, *before == ',' && before [1] ? "}" : "]}");
}

enum { SCHEMAS = 1000 };

/* A record and what it consists of, all the way down; each once. */
static void collect_parts (const schema *s, const schema *all [], size_t *count);

static void collect (const schema *s, const schema *all [], size_t *count)
{
    if (file_media_type (s))
        return;
    for (size_t i = 0; i < *count; i++)
        if (all [i] == s)
            return;
    assert (*count < SCHEMAS);
    all [(*count)++] = s;
    collect_parts (s, all, count);
}

static void collect_parts (const schema *s, const schema *all [], size_t *count)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->fields [i].of)
            collect (s->fields [i].of (), all, count);
}

static const char *const method_names [] = { "", "get", "post", "put", "delete" };

static bool in_path (const operation *op, const char *name)
{
    char wanted [70];
    snprintf (wanted, sizeof wanted, "{%s}", name);
    return strstr (op->path, wanted) != NULL;
}

/* Has the operation a body: fields that the path does not give? */
static bool has_body (const operation *op)
{
    bool any = false;
    const schema *in = op->in ();
    for (size_t i = 0; i < in->count; i++)
        any |= in->fields [i].need != KEPT && !in_path (op, in->fields [i].name);
    return any && op->verb != VERB_RECEIVE && (op->method == METHOD_POST || op->method == METHOD_PUT);
}

static void parameter (text_buffer *out, const field *f, bool path)
{
    char name [64];
    path ? (void) strcpy (name, f->name) : name_camel (f->name, name);
    text_printf (out, "{\"name\":\"%s\",\"in\":\"%s\",\"required\":%s,", name, path ? "path" : "query",
                 path || f->need == REQUIRED ? "true" : "false");
    text (out, "description", f->doc);
    text_printf (out, ",\"schema\":{");
    type_of (out, f);
    text_printf (out, "}}");
}

static void parameters (text_buffer *out, const operation *op)
{
    const schema *in = op->in ();
    const char *before = "";
    text_printf (out, "\"parameters\":[");
    for (size_t i = 0; i < in->count; i++) {
        const field *f = &in->fields [i];
        bool path = in_path (op, f->name), query = (op->method == METHOD_GET || op->verb == VERB_RECEIVE) && !path;
        if (!path && !query)
            continue;
        text_printf (out, "%s", before);
        parameter (out, f, path);
        before = ",";
    }
    if (operation_wants_version (op)) {
        text_printf (out, "%s{\"$ref\":\"#/components/parameters/IfMatch\"}", before);
        before = ",";
    }
    if (operation_writes (op) && op->verb != VERB_RECEIVE)
        text_printf (out, "%s{\"$ref\":\"#/components/parameters/IdempotencyKey\"}", before);
    text_printf (out, "]");
}

/* Is the body the whole record, as far as a client gives it? */
static bool body_is_whole (const operation *op)
{
    const schema *in = op->in ();
    for (size_t i = 0; i < in->count; i++)
        if (in->fields [i].need != KEPT && in_path (op, in->fields [i].name))
            return false;
    return true;
}

static const char a_file [] = "\"type\":\"string\",\"format\":\"binary\"";

/* The body's schema is the record without what the path gives: a record that the path completes is said
 * in full, the others by reference.                                                                     */
static void request_body (text_buffer *out, const operation *op)
{
    const schema *in = op->in ();
    const char *before = "", *file = file_media_type (in);
    text_printf (out, ",\"requestBody\":{\"required\":true,\"content\":{\"%s\":{\"schema\":{", file ? file : "application/json");
    if (file)
        text_append (out, a_file, sizeof a_file - 1);
    else if (body_is_whole (op))
        reference (out, in);
    else {
        text_printf (out, "\"type\":\"object\",\"additionalProperties\":false,\"properties\":{");
        for (size_t i = 0; i < in->count; i++) {
            const field *f = &in->fields [i];
            if (f->need == KEPT || in_path (op, f->name))
                continue;
            text_printf (out, "%s\"%s\":{", before, f->name);
            type_of (out, f);
            text_printf (out, ",");
            text (out, "description", f->doc);
            text_printf (out, "}");
            before = ",";
        }
        text_printf (out, "}");
        before = ",\"required\":[";
        for (size_t i = 0; i < in->count; i++)
            if (in->fields [i].need == REQUIRED && !in_path (op, in->fields [i].name)) {
                text_printf (out, "%s\"%s\"", before, in->fields [i].name);
                before = ",";
            }
        text_printf (out, before [1] ? "" : "]");
    }
    text_printf (out, "}}}}");
}

static void header_of (text_buffer *out, const char *name, const char *component_name)
{
    text_printf (out, "\"%s\":{\"$ref\":\"#/components/headers/%s\"}", name, component_name);
}

static void good_response (text_buffer *out, const operation *op)
{
    bool makes = op->verb == VERB_CREATE || op->verb == VERB_CREATE_BY || op->verb == VERB_RECEIVE;
    bool creates = makes || op->out () == session_schema (), empty = op->method == METHOD_DELETE;
    text_printf (out, empty ? "\"204\":{\"description\":\"Gedaan.\"" : creates ? "\"201\":{\"description\":\"Gemaakt.\""
                                                                           : "\"200\":{\"description\":\"Gedaan.\"");
    text_printf (out, ",\"headers\":{");
    header_of (out, "API-Version", "ApiVersion");
    if (schema_field (op->out (), "version", &(size_t) { 0 })) {
        text_printf (out, ",");
        header_of (out, "ETag", "ETag");
    }
    if (makes) {
        text_printf (out, ",");
        header_of (out, "Location", "Location");
    }
    text_printf (out, "}");
    if (op->verb == VERB_GIVE)
        text_printf (out, ",\"content\":{\"*/*\":{\"schema\":{\"type\":\"string\",\"format\":\"binary\"}}}");
    else if (!empty) {
        const char *file = file_media_type (op->out ());
        text_printf (out, ",\"content\":{\"%s\":{\"schema\":{", file ? file : "application/json");
        if (file)
            text_append (out, a_file, sizeof a_file - 1);
        else
            reference (out, op->out ());
        text_printf (out, "}}}");
    }
    text_printf (out, "}");
}

/* Where anybody may ask, logging in can still go wrong, and what is one's own has to be asked as somebody. */
static bool may_be_anonymous (const operation *op)
{
    return !(op->who & ANYBODY) || strcmp (op->name, "session_open") == 0 || strcmp (op->name, "event_list") == 0;
}

static void responses (text_buffer *out, const operation *op)
{
    const struct { const char *status; bool possible; } all [] = {
        { "400", true },
        { "401", may_be_anonymous (op) },
        { "404", true },
        { "409", operation_writes (op) },
        { "412", operation_wants_version (op) },
        { "411", op->verb == VERB_RECEIVE },
        { "413", has_body (op) || op->verb == VERB_RECEIVE },
        { "415", op->verb == VERB_RECEIVE },
        { "428", operation_wants_version (op) },
        { "429", true },
        { "503", true },
    };
    text_printf (out, ",\"responses\":{");
    good_response (out, op);
    if (op->verb == VERB_GIVE)
        text_printf (out, ",\"206\":{\"description\":\"Het deel dat Range vraagt.\",\"content\":{\"*/*\":{\"schema\":{\"type\":\"string\",\"format\":\"binary\"}}},\"headers\":{\"API-Version\":{\"$ref\":\"#/components/headers/ApiVersion\"}}}"
                          ",\"304\":{\"description\":\"Niet gewijzigd.\",\"headers\":{\"API-Version\":{\"$ref\":\"#/components/headers/ApiVersion\"}}},\"416\":{\"description\":\"Zo'n deel is er niet.\"}");
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all [i].possible)
            text_printf (out, ",\"%s\":{\"$ref\":\"#/components/responses/Problem\"}", all [i].status);
    text_printf (out, "}");
}

static void operation_object (text_buffer *out, const operation *op)
{
    char tag [40] = "";
    memcpy (tag, op->path + 1, strcspn (op->path + 1, "/"));
    text_printf (out, "\"%s\":{\"operationId\":\"%s\",\"tags\":[\"%s\"],", method_names [op->method], op->name, tag);
    text (out, "summary", op->doc);
    text_printf (out, ",");
    parameters (out, op);
    if (has_body (op))
        request_body (out, op);
    if (op->verb == VERB_RECEIVE)
        text_printf (out, ",\"requestBody\":{\"required\":true,\"content\":{\"*/*\":{\"schema\":{\"type\":\"string\",\"format\":\"binary\"}}}}");
    responses (out, op);
    if (!(op->who & ANYBODY))
        text_printf (out, ",\"security\":[{\"session\":[]},{\"key\":[]}]");
    text_printf (out, "}");
}

static bool first_with_path (const operation *all, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (all [i].method && strcmp (all [i].path, all [at].path) == 0)
            return false;
    return true;
}

static void paths (text_buffer *out, const operation *all, size_t count)
{
    text_printf (out, "\"paths\":{\"/openapi.json\":{\"get\":{\"operationId\":\"openapi_get\",\"tags\":[\"openapi\"],\"summary\":\"This document.\","
        "\"responses\":{\"200\":{\"description\":\"Gedaan.\",\"headers\":{\"API-Version\":{\"$ref\":\"#/components/headers/ApiVersion\"}},"
        "\"content\":{\"application/json\":{\"schema\":{\"type\":\"object\"}}}}}}}");
    for (size_t i = 0; i < count; i++) {
        if (!all [i].method || !first_with_path (all, i))
            continue;
        const char *before = "";
        text_printf (out, ",\"%s\":{", all [i].path);
        for (size_t k = i; k < count; k++)
            if (all [k].method && strcmp (all [k].path, all [i].path) == 0) {
                text_printf (out, "%s", before);
                operation_object (out, &all [k]);
                before = ",";
            }
        text_printf (out, "}");
    }
    text_printf (out, "}");
}

static const char head [] =
    "{\"openapi\":\"3.0.3\",\"info\":{\"title\":\"Meerwaarde\",\"version\":\"0.1.0\","
    "\"description\":\"De markt, de programma's, de roadmap en de resultaten van sociaal ondernemerschap in Nederland.\","
    "\"contact\":{\"name\":\"Meerwaarde\",\"email\":\"api@meerwaarde.example\",\"url\":\"https://meerwaarde.example/open-data/\"},"
    "\"license\":{\"name\":\"EUPL-1.2\",\"url\":\"https://eupl.eu/1.2/nl/\"}},"
    "\"servers\":[{\"url\":\"https://meerwaarde.example/v1\",\"description\":\"Zet hier uw eigen adres.\"}],";

static const char shared [] =
    "\"parameters\":{"
    "\"IfMatch\":{\"name\":\"If-Match\",\"in\":\"header\",\"required\":true,\"description\":\"The ETag of the thing as you know it.\",\"schema\":{\"type\":\"string\"}},"
    "\"IdempotencyKey\":{\"name\":\"Idempotency-Key\",\"in\":\"header\",\"required\":false,\"description\":\"Repeating a write with the same key changes nothing and gives the same answer.\",\"schema\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":100}}},"
    "\"headers\":{"
    "\"ApiVersion\":{\"description\":\"Version of the API.\",\"schema\":{\"type\":\"string\"}},"
    "\"ETag\":{\"description\":\"Version of the thing.\",\"schema\":{\"type\":\"string\"}},"
    "\"Location\":{\"description\":\"Where the new thing is.\",\"schema\":{\"type\":\"string\",\"format\":\"uri-reference\"}}},"
    "\"responses\":{\"Problem\":{\"description\":\"Wat er mis is (RFC 9457).\",\"headers\":{\"API-Version\":{\"$ref\":\"#/components/headers/ApiVersion\"}},"
    "\"content\":{\"application/problem+json\":{\"schema\":{\"$ref\":\"#/components/schemas/Problem\"}}}}},"
    "\"securitySchemes\":{\"session\":{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"mw_session\",\"description\":\"With X-CSRF-Token on writes.\"},"
    "\"key\":{\"type\":\"http\",\"scheme\":\"bearer\"}},"
    "\"schemas\":{\"Problem\":{\"type\":\"object\",\"additionalProperties\":false,\"description\":\"What is wrong.\",\"required\":[\"type\",\"title\",\"status\",\"detail\"],\"properties\":{"
    "\"type\":{\"type\":\"string\",\"format\":\"uri\"},\"title\":{\"type\":\"string\"},\"status\":{\"type\":\"integer\"},\"detail\":{\"type\":\"string\"},"
    "\"errors\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/Fault\"}},"
    "\"commands\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}}";

void openapi_write (text_buffer *out)
{
    size_t count, schemas = 0, answered;
    const operation *all = operations (&count);
    const schema *used [SCHEMAS];
    collect (fault_schema (), used, &schemas);
    for (size_t i = 0; i < count; i++)
        if (all [i].method && all [i].method != METHOD_DELETE)
            collect (all [i].out (), used, &schemas);
    answered = schemas;
    for (size_t i = 0; i < count; i++)
        if (has_body (&all [i]))
            body_is_whole (&all [i]) ? collect (all [i].in (), used, &schemas) : collect_parts (all [i].in (), used, &schemas);
    text_append (out, head, sizeof head - 1);
    paths (out, all, count);
    text_printf (out, ",\"components\":{");
    text_append (out, shared, sizeof shared - 1);
    for (size_t i = 0; i < schemas; i++) {
        text_printf (out, ",");
        component (out, used [i], i < answered);
    }
    text_printf (out, "}}}");
}
