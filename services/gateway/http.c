/* http.c - from an HTTP request to an operation's input, and from its answer to an HTTP reply. */
#define _GNU_SOURCE /* POLLRDHUP */
#include "gateway.h"
#include "answer.h"
#include "files/files.h"
#include "../../common/file_body.h"
#include "../../common/json.h"
#include "../../common/log.h"
#include "../../common/text.h"
#include "../../common/wire.h"
#include <arpa/inet.h>
#include <assert.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/http_struct.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>
#include <sys/socket.h>

enum {
    BODY_BYTES = 1 << 20, HEADER_BYTES = 16384, IDLE_S = 60,
    BUDGET_US = 10000000,
};

static const char *header (struct evhttp_request *request, const char *name)
{
    return evhttp_find_header (evhttp_request_get_input_headers (request), name);
}

/* ---------------------------------------------------------------------------------- request */

static method method_of (struct evhttp_request *request)
{
    switch (evhttp_request_get_command (request)) {
    case EVHTTP_REQ_GET:
    case EVHTTP_REQ_HEAD:   return METHOD_GET;
    case EVHTTP_REQ_POST:   return METHOD_POST;
    case EVHTTP_REQ_PUT:    return METHOD_PUT;
    case EVHTTP_REQ_DELETE: return METHOD_DELETE;
    default:                return METHOD_NONE;
    }
}

/* W3C trace context: the caller's, or a new one. */
static void take_trace (exchange *it)
{
    const char *given = header (it->request, "traceparent");
    unsigned char raw [24];
    char hex [49];
    if (given && strlen (given) == 55 && strspn (given, "0123456789abcdef-") == 55) {
        memcpy (it->trace, given, 56);
        return;
    }
    randombytes_buf (raw, sizeof raw);
    sodium_bin2hex (hex, sizeof hex, raw, sizeof raw);
    snprintf (it->trace, sizeof it->trace, "00-%.32s-%.16s-01", hex, hex + 32);
}

/* The session cookie's token, or the bearer token; `cookie` tells which. */
static bool token_of (struct evhttp_request *request, char out [200], bool *cookie)
{
    static const char name [] = "mw_session=", scheme [] = "Bearer ";
    const char *given = header (request, "Authorization"), *cookies = header (request, "Cookie");
    *cookie = false;
    *out = 0;
    if (given && strncmp (given, scheme, sizeof scheme - 1) == 0)
        snprintf (out, 200, "%s", given + sizeof scheme - 1);
    else if (cookies) {
        const char *at = strstr (cookies, name);
        *cookie = true;
        if (at && (at == cookies || at [-1] == ' ' || at [-1] == ';'))
            snprintf (out, 200, "%.*s", (int) strcspn (at + sizeof name - 1, "; "), at + sizeof name - 1);
    }
    return *out;
}

static void went_away (struct evhttp_connection *connection, void *arg);

/* The number, not the pointer, is what the connection's end knows. */
static void watch_departure (gateway *self, exchange *it)
{
    it->departure = malloc (sizeof *it->departure);
    assert (it->departure);
    *it->departure = (departure) { self, it->rid };
    evhttp_connection_set_closecb (evhttp_request_get_connection (it->request), went_away, it->departure);
}

static void went_away (struct evhttp_connection *connection, void *arg)
{
    departure *d = arg;
    exchange *it = exchange_find (d->of, d->rid);
    (void) connection;
    if (it)
        exchange_abandon (d->of, it);
}

/* While a request is under way libevent does not read, so it does not hear that the caller left. */
static bool has_left (struct evhttp_connection *connection)
{
    struct pollfd socket = { bufferevent_getfd (evhttp_connection_get_bufferevent (connection)), POLLRDHUP, 0 };
    return poll (&socket, 1, 0) == 1;
}

bool http_let_go (const exchange *it)
{
    if (!it->request || operation_writes (it->op) || !has_left (evhttp_request_get_connection (it->request)))
        return false;
    evhttp_connection_free (evhttp_request_get_connection (it->request)); /* and so it went away */
    return true;
}

/* What a mail reader sends where a mail says List-Unsubscribe-Post (RFC 8058): a form, and all that it means is in the
 * address.                                                                                                            */
static bool is_one_click (struct evhttp_request *request)
{
    struct evbuffer *in = evhttp_request_get_input_buffer (request);
    const char *type = header (request, "Content-Type");
    bool form = type && (strncasecmp (type, "application/x-www-form-urlencoded", 33) == 0
                         || strncasecmp (type, "multipart/form-data", 19) == 0);
    return form && evbuffer_search (in, "List-Unsubscribe", 16, NULL).pos >= 0
        && evbuffer_search (in, "One-Click", 9, NULL).pos >= 0;
}

static bool is_type (const char *given, const char *wanted)
{
    size_t length = strlen (wanted);
    return given && strncasecmp (given, wanted, length) == 0 && (!given [length] || strchr ("; ", given [length]));
}

/* A body that is a file, as the record of it. */
static bool read_file (struct evhttp_request *request, const char *media_type, struct evbuffer *in, msgpack_packer *out, faults *wrong)
{
    const char *type = header (request, "Content-Type");
    size_t size = evbuffer_get_length (in);
    bool either = strcmp (media_type, "text/xml") == 0 && is_type (type, "application/xml");
    if (!either && !is_type (type, media_type))
        return faults_add (wrong, "Content-Type", "must be %s", media_type);
    if (size == 0)
        return faults_add (wrong, "", "must not be empty");
    msgpack_pack_map (out, 1);
    pack_text (out, "content");
    msgpack_pack_bin (out, size);
    msgpack_pack_bin_body (out, evbuffer_pullup (in, -1), size);
    return true;
}

/* Reads the body; false: answered with what is wrong. */
static bool read_body (struct evhttp_request *request, const operation *op, msgpack_sbuffer *out, faults *wrong)
{
    struct evbuffer *in = evhttp_request_get_input_buffer (request);
    size_t size = evbuffer_get_length (in);
    msgpack_packer packer = { out, msgpack_sbuffer_write };
    const char *media_type = file_media_type (op->in ());
    if (media_type)
        return read_file (request, media_type, in, &packer, wrong);
    return size == 0 || is_one_click (request) || json_read ((const char *) evbuffer_pullup (in, -1), size, &packer, wrong);
}

static bool take_if_match (exchange *it, faults *wrong)
{
    const char *given = header (it->request, "If-Match");
    char *end;
    if (!given)
        return true;
    long long version = strtoll (given + (*given == '"'), &end, 10);
    if (version < 0 || end == given || strspn (end, "\"") != strlen (end))
        return faults_add (wrong, "If-Match", "must be the ETag of an answer, as \"7\"");
    schema_set_int (mwp_request_schema (), &it->header, "if_match", version);
    return true;
}

static bool take_key (exchange *it, faults *wrong)
{
    const char *given = header (it->request, "Idempotency-Key");
    size_t points;
    if (!given)
        return true;
    if (!utf8_check (given, strlen (given), &points) || points < 1 || points > 100 || strlen (given) >= sizeof it->key)
        return faults_add (wrong, "Idempotency-Key", "must be 1 to 100 characters");
    strcpy (it->key, given);
    schema_set_text (mwp_request_schema (), &it->header, "key", it->key);
    return true;
}

static bool take_min_seq (exchange *it, faults *wrong)
{
    const char *given = header (it->request, "X-Min-Seq");
    char *end;
    if (!given)
        return true;
    long long seq = strtoll (given, &end, 10);
    if (seq < 0 || *end || end == given)
        return faults_add (wrong, "X-Min-Seq", "must be the number of an event");
    schema_set_int (mwp_request_schema (), &it->header, "min_seq", seq);
    return true;
}

/* Validates everything the caller gave; what is left is bytes for a worker. */
static bool take_input (gateway *self, exchange *it, const route *to, const struct evkeyvalq *query, faults *wrong)
{
    msgpack_sbuffer body;
    msgpack_zone *zone = &self->body_zone;
    msgpack_object object;
    msgpack_packer packer = { &it->body, msgpack_sbuffer_write };
    msgpack_sbuffer_init (&body);
    void *record = msgpack_zone_malloc (zone, it->op->in ()->size);
    const char *why = NULL;
    bool fine = (it->op->verb == VERB_RECEIVE || read_body (it->request, it->op, &body, wrong))
             && route_merge (to, query, &(bytes) { body.size, body.data }, &packer, wrong);
    if (fine && (why = wire_unpack (it->body.data, it->body.size, zone, &object)))
        fine = faults_add (wrong, "", "%s", why);
    fine = fine && schema_decode (it->op->in (), &object, record, zone, FROM_CLIENT, to->names, wrong);
    fine &= take_if_match (it, wrong);
    fine &= take_key (it, wrong);
    fine &= take_min_seq (it, wrong);
    msgpack_zone_clear (zone);
    msgpack_sbuffer_destroy (&body);
    return fine;
}

/* An IP address in one way of writing; one of IPv4 as such, also where it came over IPv6. */
static bool read_address (const char *given, char out [INET6_ADDRSTRLEN])
{
    struct in6_addr six;
    struct in_addr four;
    char text [INET6_ADDRSTRLEN];
    snprintf (text, sizeof text, "%.*s", (int) strcspn (given, " \t%"), given);
    if (inet_pton (AF_INET6, text, &six) == 1 && !IN6_IS_ADDR_V4MAPPED (&six))
        return inet_ntop (AF_INET6, &six, out, INET6_ADDRSTRLEN);
    return inet_pton (AF_INET, strncasecmp (text, "::ffff:", 7) ? text : text + 7, &four) == 1
        && inet_ntop (AF_INET, &four, out, INET6_ADDRSTRLEN);
}

/* Whom the proxy says that it speaks for: what it wrote itself, which is the last word of the last header. */
static const char *forwarded_for (struct evhttp_request *request)
{
    const char *last = NULL;
    struct evkeyval *h;
    TAILQ_FOREACH (h, evhttp_request_get_input_headers (request), next)
        if (strcasecmp (h->key, "X-Forwarded-For") == 0)
            last = h->value;
    const char *comma = last ? strrchr (last, ',') : NULL;
    last = comma ? comma + 1 : last;
    return last ? last + strspn (last, " \t") : NULL;
}

bool http_address (const gateway *self, struct evhttp_request *request, char out [])
{
    char *peer;
    ev_uint16_t port;
    evhttp_connection_get_peer (evhttp_request_get_connection (request), &peer, &port);
    if (!read_address (peer, out))
        return false;
    const char *proxy = self->trusted_proxy, *said = proxy ? forwarded_for (request) : NULL;
    if (said && (strcmp (proxy, "yes") == 0 || strcmp (proxy, out) == 0))
        read_address (said, out);
    return true;
}

void http_add_object (exchange *it, const char *name, const msgpack_object *value)
{
    msgpack_zone zone;
    msgpack_object object;
    msgpack_zone_init (&zone, 2048);
    if (!wire_unpack (it->body.data, it->body.size, &zone, &object)) {
        msgpack_sbuffer with;
        msgpack_sbuffer_init (&with);
        msgpack_packer packer = { &with, msgpack_sbuffer_write };
        msgpack_pack_map (&packer, object.via.map.size + 1);
        for (uint32_t i = 0; i < object.via.map.size; i++) {
            msgpack_pack_object (&packer, object.via.map.ptr [i].key);
            msgpack_pack_object (&packer, object.via.map.ptr [i].val);
        }
        pack_text (&packer, name);
        msgpack_pack_object (&packer, *value);
        msgpack_sbuffer_destroy (&it->body);
        it->body = with;
    }
    msgpack_zone_destroy (&zone);
}

void http_add_field (exchange *it, const char *name, const char *value)
{
    msgpack_object text = { .type = MSGPACK_OBJECT_STR, .via.str = { (uint32_t) strlen (value), value } };
    http_add_object (it, name, &text);
}

void http_invalid (gateway *self, exchange *it, const faults *wrong)
{
    mwp_reply_t reply;
    fault_t list_of [sizeof wrong->at / sizeof *wrong->at];
    answer_of_faults (wrong, list_of, &reply);
    exchange_answer (self, it, &reply, &(bytes) { 0 });
}

static void begin (gateway *self, struct evhttp_request *request, const route *to, const struct evkeyvalq *query, char *page)
{
    faults wrong = { 0 };
    char token [200];
    bool cookie;
    exchange *it = exchange_new (self, to->op, BUDGET_US);
    const char *language = header (request, "Accept-Language");
    it->request = request;
    it->page = page;
    it->english = language && strncmp (language, "en", 2) == 0;
    take_trace (it);
    watch_departure (self, it);
    bool ends = session_ends (it), known = token_of (request, token, &cookie);
    if (!known && !(to->op->who & ANYBODY) && !sender_says (to->op)) {
        exchange_fail (self, it, outcome_anonymous, 0);
        return;
    }
    if (!ends && !take_input (self, it, to, query, &wrong)) {
        http_invalid (self, it, &wrong);
        return;
    }
    if (session_opens (to->op))
        session_login (self, it);
    if (sender_says (to->op))
        sender_resolve (self, it);
    else
        known ? session_resolve (self, it, token) : http_go_on (self, it);
}

void http_go_on (gateway *self, exchange *it)
{
    char ignored [200];
    bool cookie = false;
    if (!it->request) {
        exchange_end (self, &it);
        return;
    }
    token_of (it->request, ignored, &cookie);
    session_prepare (it, cookie, header (it->request, "X-CSRF-Token"));
    if (session_only_reads (it))
        exchange_fail (self, it, outcome_conflict, support_only_reads);
    else if (operation_wants_version (it->op) && schema_int (mwp_request_schema (), &it->header, "if_match", -1) < 0)
        exchange_fail (self, it, outcome_unguarded, 0);
    else if (quota_admit (self, it))
        exchange_submit (self, it);
}

/* Two ways to say where the body ends are a way to hide a second request in it (RFC 9112, 6.3). */
static bool is_ambiguous (struct evhttp_request *request)
{
    return header (request, "Transfer-Encoding") && header (request, "Content-Length");
}

static void came_in (struct evhttp_request *request, void *arg)
{
    gateway *self = arg;
    struct evkeyvalq query = { 0 };
    const char *path = evhttp_uri_get_path (evhttp_request_get_evhttp_uri (request));
    const char *given = evhttp_uri_get_query (evhttp_request_get_evhttp_uri (request));
    char *decoded = evhttp_uridecode (path ? path : "/", 0, NULL);
    bool upload = mask_take_off (request) || (path && strcmp (path, "/v1/files") == 0);
    method how = method_of (request);
    TAILQ_INIT (&query);
    turn_begins (self);
    monitor_watch (self, request);
    if (self->stopping || is_ambiguous (request))
        evhttp_add_header (evhttp_request_get_output_headers (request), "Connection", "close");
    if (is_ambiguous (request))
        answer_plain (request, 400, "Het verzoek zegt op twee manieren waar het eindigt.", "The request says in two ways where it ends.");
    else if (given && (strstr (given, "%00") || evhttp_parse_query_str (given, &query) < 0)) /* libevent would end a text there */
        answer_plain (request, 400, "De zoekvraag in het adres is onleesbaar.", "The query in the address cannot be read.");
    else if (!upload && evbuffer_get_length (evhttp_request_get_input_buffer (request)) > BODY_BYTES)
        answer_plain (request, 413, "Het verzoek is groter dan 1 MB.", "The request is larger than 1 MB.");
    else if (strcmp (decoded, "/v1/openapi.json") == 0 && how == METHOD_GET)
        answer_openapi (self, request);
    else if (strncmp (decoded, "/v1", 3) == 0 && (decoded [3] == '/' || !decoded [3])) {
        route to = route_find (how, decoded);
        if (to.op)
            begin (self, request, &to, &query, NULL);
        else
            answer_plain (request, to.path_known ? 405 : 404, "Dit adres bestaat niet.", "There is nothing at this address.");
    } else if (how == METHOD_GET) {
        char *page = NULL;
        const operation *data = web_data_operation (self, decoded, &query, &page);
        route to = { .op = data, .path_known = true };
        if (data && evhttp_request_get_command (request) == EVHTTP_REQ_GET) {
            route_forget_unknown (data, &query);
            begin (self, request, &to, &query, page);
        }
        else if (!web_serve (self, request, decoded))
            answer_plain (request, 404, "Deze pagina bestaat niet.", "There is no such page.");
    } else if (how == METHOD_POST && is_one_click (request) && strcmp (decoded, "/afmelden/") == 0) {
        bool of_steps = evhttp_find_header (&query, "van"); /* and not of what fits */
        route to = route_find (METHOD_POST, of_steps ? "/v1/notice-unsubscribe" : "/v1/unsubscribe");
        route_forget_unknown (to.op, &query);
        begin (self, request, &to, &query, NULL);
    } else
        answer_plain (request, 405, "Deze methode kan hier niet.", "This method is not possible here.");
    evhttp_clear_headers (&query);
    free (decoded);
}

/* ----------------------------------------------------------------------------------- answer */

void http_answer (gateway *self, exchange *it, const mwp_reply_t *reply, const bytes *body)
{
    session_answered (self, it);
    if (!it->request)
        return;
    struct evhttp_connection *connection = evhttp_request_get_connection (it->request);
    evhttp_connection_set_closecb (connection, NULL, NULL);
    histogram_add (&self->answer_times, clock_steady_us () - it->began);
    if (files_is_giving (it)) /* half of a file is no answer, and no other can follow it */
        evhttp_connection_free (connection);
    else {
        files_forget (self, it);
        answer_send (self, it, reply, body);
    }
    it->request = NULL;
}

void http_refuse (gateway *self, exchange *it, int status, const char *nl, const char *en)
{
    struct evhttp_request *request = it->request;
    evhttp_connection_set_closecb (evhttp_request_get_connection (request), NULL, NULL);
    histogram_add (&self->answer_times, clock_steady_us () - it->began);
    files_forget (self, it);
    answer_plain (request, status, nl, en);
    it->request = NULL;
    exchange_end (self, &it);
}

struct evhttp_bound_socket *http_listen (struct evhttp *server, const char *address)
{
    char host [80] = "";
    const char *colon = strrchr (address, ':');
    char *end = NULL;
    long port = colon ? strtol (colon + 1, &end, 10) : 0;
    if (port < 1 || port > UINT16_MAX || *end)
        return NULL;
    memcpy (host, address, (size_t) (colon - address) < sizeof host ? (size_t) (colon - address) : 0);
    struct evhttp_bound_socket *bound = evhttp_bind_socket_with_handle (server, host, (uint16_t) port);
    if (!bound)
        return NULL;
    /* Every connection inherits it. libevent writes 16 KB at a time, and the rest of a page would wait for the
     * caller's acknowledgement of those, which callers delay by 40 ms.                                       */
    setsockopt (evhttp_bound_socket_get_fd (bound), IPPROTO_TCP, TCP_NODELAY, &(int) { 1 }, sizeof (int));
    return bound;
}

bool http_open (gateway *self, const char *address)
{
    self->http = evhttp_new (self->loop);
    evhttp_set_allowed_methods (self->http, EVHTTP_REQ_GET | EVHTTP_REQ_HEAD | EVHTTP_REQ_POST | EVHTTP_REQ_PUT | EVHTTP_REQ_DELETE);
    evhttp_set_max_body_size (self->http, (ev_ssize_t) 4 * BODY_BYTES);
    evhttp_set_max_headers_size (self->http, HEADER_BYTES);
    evhttp_set_timeout (self->http, IDLE_S);
    evhttp_set_default_content_type (self->http, NULL);
    evhttp_set_bevcb (self->http, mask_new_connection, NULL);
    evhttp_set_gencb (self->http, came_in, self);
    self->entrance = http_listen (self->http, address);
    return self->entrance;
}

void http_let_nobody_in (gateway *self)
{
    if (self->entrance)
        evhttp_del_accept_socket (self->http, self->entrance);
    self->entrance = NULL;
}

void http_close (gateway *self)
{
    if (self->http)
        evhttp_free (self->http);
    self->http = NULL;
    self->entrance = NULL;
}
