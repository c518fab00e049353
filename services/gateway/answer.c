/* answer.c - HTTP replies: JSON by the schema, problems (RFC 9457), headers. */
#include "answer.h"
#include "files/files.h"
#include "../../common/cxml.h"
#include "../../common/file_body.h"
#include "../../common/json.h"
#include "../../common/log.h"
#include "../../common/text.h"
#include "../../common/wire.h"
#include <event2/buffer.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const char api_version [] = "0.1.0";

static void set (struct evhttp_request *request, const char *name, const char *value)
{
    evhttp_add_header (evhttp_request_get_output_headers (request), name, value);
}

static void set_number (struct evhttp_request *request, const char *name, int64_t value)
{
    char text [24];
    snprintf (text, sizeof text, "%" PRId64, value);
    set (request, name, text);
}

/* A basket is taken to a purchasing system by a form. Where to is what its buyer registered (services/pipeline/punchout/cxml_in.c). */
static bool goes_elsewhere (struct evhttp_request *request)
{
    static const char end [] = "/mandje/";
    const char *path = evhttp_uri_get_path (evhttp_request_get_evhttp_uri (request));
    size_t size = path ? strlen (path) : 0;
    return size >= sizeof end - 1 && strcmp (path + size - (sizeof end - 1), end) == 0;
}

#define POLICY(forms) "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self';" \
    " form-action 'self'" forms "; base-uri 'none'; frame-ancestors 'none'"

void answer_headers (struct evhttp_request *request, bool page)
{
    set (request, "X-Content-Type-Options", "nosniff");
    set (request, "X-Frame-Options", "DENY");
    set (request, "Strict-Transport-Security", "max-age=31536000");
    set (request, "Referrer-Policy", page ? "same-origin" : "no-referrer");
    set (request, "Content-Security-Policy", !page ? "default-src 'none'; frame-ancestors 'none'"
         : goes_elsewhere (request) ? POLICY (" https: http://127.0.0.1:* http://localhost:*") : POLICY (""));
    if (!page) {
        set (request, "API-Version", api_version);
        set (request, "Cache-Control", "no-store");
    }
}

static void send_text (struct evhttp_request *request, int status, const char *type, const char *text, size_t size)
{
    struct evbuffer *out = evbuffer_new ();
    if (*type)
        set (request, "Content-Type", type);
    evbuffer_add (out, text, size);
    evhttp_send_reply (request, status, NULL, out);
    evbuffer_free (out);
}

/* --------------------------------------------------------------------------------- problems */

typedef struct {
    int         outcome, status;
    const char *nl, *en;
} kind_of_problem;

static const kind_of_problem problems [] = {
    { outcome_invalid,     400, "Controleer de invoer.", "Check the input." },
    { outcome_anonymous,   401, "Log eerst in; stuur bij een sessie ook X-CSRF-Token mee.",
                                "Log in first; with a session, send X-CSRF-Token too." },
    { outcome_missing,     404, "Dit bestaat niet, of het is niet van u.", "This does not exist, or it is not yours." },
    { outcome_conflict,    409, "Dit kan nu niet.", "This is not possible now." },
    { outcome_stale,       412, "Dit is intussen gewijzigd; haal de nieuwste versie op.", "This changed meanwhile; get the newest version." },
    { outcome_unguarded,   428, "Stuur de ETag mee in If-Match.", "Send the ETag in If-Match." },
    { outcome_throttled,   429, "Er kwamen te veel verzoeken; wacht zo lang als Retry-After zegt.",
                                "Too many requests came; wait for as long as Retry-After says." },
    { outcome_unavailable, 503, "Even niet beschikbaar; probeer het zo weer.", "Unavailable for a moment; try again." },
    { outcome_index_behind, 503, "De zoekindex is nog niet zo ver als X-Min-Seq zegt; probeer het zo weer.",
                                 "The index is not as far yet as X-Min-Seq says; try again." },
    { outcome_broken,      500, "Er ging iets mis bij ons.", "Something went wrong on our side." },
};

static void problem_head (text_buffer *out, int status, const char *name, const char *title, const char *detail)
{
    text_printf (out, "{\"type\":\"urn:meerwaarde:problem:%s\",\"title\":", name);
    json_write_text (out, title, strlen (title));
    text_printf (out, ",\"status\":%d,\"detail\":", status);
    json_write_text (out, detail, strlen (detail));
}

static void problem_lists (text_buffer *out, const mwp_reply_t *reply)
{
    const schema *s = mwp_reply_schema ();
    size_t index;
    schema_field (s, "faults", &index);
    if (schema_has (reply, index)) {
        text_printf (out, ",\"errors\":[");
        for (size_t i = 0; i < reply->faults.count; i++) {
            text_printf (out, i ? ",": "");
            json_write (fault_schema (), &reply->faults.at [i], OWNER, out);
        }
        text_printf (out, "]");
    }
    schema_field (s, "commands", &index);
    if (schema_has (reply, index)) {
        text_printf (out, ",\"commands\":[");
        for (size_t i = 0; i < reply->commands.count; i++)
            text_printf (out, "%s\"%s\"", i ? "," : "", reply->commands.at [i]);
        text_printf (out, "]");
    }
}

/* The same in cXML, where the status of HTTP says only that the document came. 5xx: it may be sent again. */
static void send_cxml_problem (exchange *it, int status, const char *title, const char *detail, const mwp_reply_t *reply)
{
    text_buffer out = { 0 }, all = { 0 };
    char id [24];
    snprintf (id, sizeof id, "%" PRId64, it->rid);
    text_printf (&all, "%s", detail);
    for (size_t i = 0; reply->outcome == outcome_invalid && i < reply->faults.count; i++)
        text_printf (&all, "\n%s: %s", reply->faults.at [i].path, reply->faults.at [i].reason);
    cxml_response (&out, clock_wall_us (), id, status == 503 || status == 429 ? 560 : status == 404 ? 401 : status, title, all.at, NULL);
    send_text (it->request, 200, "text/xml", out.at, out.size);
    text_free (&all);
    text_free (&out);
}

static void send_problem (exchange *it, const mwp_reply_t *reply)
{
    const kind_of_problem *p = problems + sizeof problems / sizeof *problems - 1;
    for (size_t i = 0; i < sizeof problems / sizeof *problems; i++)
        if (problems [i].outcome == reply->outcome)
            p = &problems [i];
    const char *name = outcome_words ()->words [p->outcome].word, *detail = it->english ? p->en : p->nl;
    const char *reason_given = schema_text (mwp_reply_schema (), reply, "reason");
    int why = reason_given ? words_find (reason_words (), reason_given, strlen (reason_given)) : -1;
    if (why > 0) {
        name = reason_given;
        detail = it->english ? reason_words ()->words [why].en : reason_words ()->words [why].nl;
    }
    const word *title = &outcome_words ()->words [p->outcome];
    if (it->op->out () == cxml_file_schema ()) {
        send_cxml_problem (it, p->status, it->english ? title->en : title->nl, detail, reply);
        return;
    }
    text_buffer out = { 0 };
    problem_head (&out, p->status, name, it->english ? title->en : title->nl, detail);
    problem_lists (&out, reply);
    text_printf (&out, "}");
    int64_t again_ms = p->status == 503 ? 1000 * (1 + it->rid % 3) : 0; /* not all at once again */
    again_ms = schema_int (mwp_reply_schema (), reply, "retry_ms", again_ms);
    if (again_ms)
        set_number (it->request, "Retry-After", (again_ms + 999) / 1000);
    if (p->status == 401)
        set (it->request, "WWW-Authenticate", "Bearer");
    send_text (it->request, p->status, "application/problem+json", out.at, out.size);
    text_free (&out);
}

void answer_of_faults (const faults *from, fault_t list_of [], mwp_reply_t *reply)
{
    size_t index;
    *reply = (mwp_reply_t) { 0 };
    schema_set_int (mwp_reply_schema (), reply, "outcome", outcome_invalid);
    for (size_t i = 0; i < from->count; i++)
        list_of [i] = (fault_t) { 3, from->at [i].path, from->at [i].reason };
    *(list *) schema_at (schema_field (mwp_reply_schema (), "faults", &index), reply) = (list) { from->count, list_of };
    schema_mark (reply, index);
}

void answer_plain (struct evhttp_request *request, int status, const char *nl, const char *en)
{
    const char *language = evhttp_find_header (evhttp_request_get_input_headers (request), "Accept-Language");
    bool english = language && strncmp (language, "en", 2) == 0;
    text_buffer out = { 0 };
    answer_headers (request, false);
    mask_break_off (request);
    problem_head (&out, status, status == 404 ? "missing" : status == 405 ? "method" : status == 411 ? "length" : status == 413 ? "too_large"
                  : status == 415 ? "unsupported" : "invalid",
                  english ? en : nl, english ? en : nl);
    text_printf (&out, "}");
    send_text (request, status, "application/problem+json", out.at, out.size);
    text_free (&out);
}

/* ------------------------------------------------------------------------------------- data */

/* Where a new thing is: the path that made it, and its id. */
static void set_location (exchange *it, const char *id)
{
    char path [200];
    const char *command = strstr (it->op->path, "/_"); /* what is made by POST /invoices/_import is at /invoices */
    int size = (int) (command ? (size_t) (command - it->op->path) : strlen (it->op->path));
    snprintf (path, sizeof path, "/v1%.*s/%s", size, it->op->path, id);
    set (it->request, "Location", path);
}

static void set_cookie (exchange *it, const char *token, bool end)
{
    const char *scheme = evhttp_find_header (evhttp_request_get_input_headers (it->request), "X-Forwarded-Proto");
    char cookie [200];
    snprintf (cookie, sizeof cookie, "mw_session=%s; Path=/; HttpOnly; SameSite=Lax%s%s", token,
              scheme && strcmp (scheme, "https") == 0 ? "; Secure" : "", end ? "; Max-Age=0" : "");
    set (it->request, "Set-Cookie", cookie);
}

/* A login's answer gets the CSRF token, which only the gateway can know. */
static void complete_session (exchange *it, session_t *answer, char csrf [65])
{
    char hash [65];
    session_hash (it->token, hash);
    session_csrf (hash, csrf);
    schema_set_text (session_schema (), answer, "csrf_token", csrf);
    if (answer->me)
        schema_set_text (me_schema (), answer->me, "csrf_token", csrf);
    set_cookie (it, it->token, false);
}

static void set_numbers (exchange *it, const mwp_reply_t *reply)
{
    char text [40];
    const schema *s = mwp_reply_schema ();
    int64_t version = schema_int (s, reply, "version", 0), seq = schema_int (s, reply, "seq", 0);
    if (version) {
        snprintf (text, sizeof text, "\"%lld\"", (long long) version);
        set (it->request, "ETag", text);
    }
    if (seq)
        set_number (it->request, "X-Index-Seq", seq);
    if (schema_int (s, reply, "replayed", false))
        set (it->request, "Idempotency-Replayed", "true");
}

/* A file as it is, for keeping: no browser shows it in our name. False: a worker of another build wrote what we cannot
 * read.                                                                                                             */
static bool send_file (gateway *self, exchange *it, const bytes *body)
{
    msgpack_zone *zone = &self->body_zone;
    msgpack_object object;
    faults ignored = { 0 };
    xml_file_t file;
    char disposition [200] = "attachment";
    bool fine = !wire_unpack (body->at, body->size, zone, &object)
             && schema_decode (xml_file_schema (), &object, &file, zone, FROM_PEER, NULL, &ignored);
    bytes content = fine ? file_bytes (&file.content, zone) : (bytes) { 0 };
    if (content.size) {
        if (file.file_name)
            snprintf (disposition, sizeof disposition, "attachment; filename=\"%s\"", file.file_name);
        set (it->request, "Content-Disposition", disposition);
        send_text (it->request, 200, file_media_type (it->op->out ()), content.at, content.size);
    }
    msgpack_zone_clear (zone);
    return content.size;
}

/* The body in JSON; false: a worker of another build wrote what we cannot read. */
static bool body_as_json (gateway *self, exchange *it, const bytes *body, text_buffer *out)
{
    msgpack_zone *zone = &self->body_zone;
    msgpack_object object;
    faults ignored;
    char csrf [65];
    const schema *shape = it->op->out ();
    void *record = msgpack_zone_malloc (zone, shape->size);
    ignored.count = 0;
    const char *why = wire_unpack (body->at, body->size, zone, &object);
    bool fine = !why && schema_decode (shape, &object, record, zone, FROM_PEER, NULL, &ignored);
    if (fine) {
        if (shape == session_schema ())
            complete_session (it, record, csrf);
        json_write (shape, record, OWNER, out);
    } else
        log_line ("error", "answer_unreadable", "operation=%s path=%s", it->op->name, ignored.count ? ignored.at [0].path : why ? why : "-");
    msgpack_zone_clear (zone);
    return fine;
}

void answer_send (gateway *self, exchange *it, const mwp_reply_t *reply, const bytes *body)
{
    text_buffer *out = &self->text;
    out->size = 0;
    bool good = reply->outcome == outcome_done || reply->outcome == outcome_created;
    bool file = good && file_media_type (it->op->out ()) != NULL;
    bool readable = good && (file || body_as_json (self, it, body, out));
    mwp_reply_t broken = { 0 };
    schema_set_int (mwp_reply_schema (), &broken, "outcome", outcome_broken);
    if (it->page) {
        web_send_page (it->request, it->page, readable ? out->at : "", readable ? out->size : 0);
        return;
    }
    answer_headers (it->request, false);
    mask_break_off (it->request);
    set (it->request, "traceparent", it->trace);
    quota_headers (self, it);
    if (!good || !readable || (file && !send_file (self, it, body)))
        send_problem (it, good ? &broken : reply);
    else if (file)
        return;
    else if (it->op->method == METHOD_DELETE) {
        if (strcmp (it->op->name, "session_close") == 0)
            set_cookie (it, "", true);
        send_text (it->request, 204, "", "", 0);
    } else {
        const char *made = schema_text (mwp_reply_schema (), reply, "id");
        bool created = reply->outcome == outcome_created;
        set_numbers (it, reply);
        if (created && made && it->op->method == METHOD_POST)
            set_location (it, made);
        send_text (it->request, created ? 201 : 200, "application/json", out->at, out->size);
    }
}

void answer_openapi (gateway *self, struct evhttp_request *request)
{
    answer_headers (request, false);
    set (request, "Access-Control-Allow-Origin", "*");
    send_text (request, 200, "application/json", self->openapi, self->openapi_size);
}
