/* files.c - files in the gateway's loop: it moves bytes between connections and desks, and looks at none of them. */
#include "files.h"
#include "clean.h"
#include "../answer.h"
#include "../../../common/mwp.h"
#include "../../../common/wire.h"
#include <assert.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
    DESKS = 3,
    PIECE_BYTES = 64 * 1024,
    AWAY_BYTES = 256 * 1024,  /* of one file on the way to its desk */
    AT_ONCE = 128,            /* files that arrive */
    OF_ONE = 64,              /* and of one organisation */
    UPLOAD_US = 900000000,    /* from the first byte to the last: 25 MB at 30 KB/s */
    PAUSE_US = 60000000,      /* between two parts of an answer */
};

typedef struct files {
    desk_options options [DESKS];
    zactor_t    *desks [DESKS], *cleaner;
    watch        watches [DESKS];
    int          arriving;
} files;

/* A file on its way in. */
typedef struct upload {
    int64_t              left, away; /* bytes that are still to come; that the desk has not written */
    bool                 masked;     /* its body comes by the connection; else it lies in the request */
    bool                 begun;      /* a desk knows of it */
    struct bufferevent  *stream;
    bufferevent_data_cb  read, written;
    bufferevent_event_cb event;
    void                *arg;
} upload;

/* A file on its way out. */
typedef struct download {
    char    file_id [UUID_TEXT];
    int64_t size, from, to, no; /* bytes from up to, not including, to; the chunk that is next */
    bool    begun;
} download;

static zactor_t *desk_of (gateway *self, const exchange *it)
{
    return self->desks->desks [(uint64_t) it->rid % DESKS];
}

static void tell (gateway *self, const exchange *it, desk_ask ask)
{
    size_t at = (uint64_t) it->rid % DESKS;
    ask.rid = it->rid;
    memcpy (ask.org, it->from.org, sizeof ask.org);
    memcpy (ask.account, it->from.account, sizeof ask.account);
    ask.roles = it->from.roles;
    zmq_send (zsock_resolve (desk_of (self, it)), &ask, sizeof ask, 0);
    watch_again (&self->desks->watches [at]);
}

/* A field of the input, into `out`; "" when it is absent. */
static void input_text (const exchange *it, const char *name, char *out, size_t room)
{
    msgpack_zone zone;
    msgpack_object object;
    faults ignored = { 0 };
    msgpack_zone_init (&zone, 2048);
    void *record = msgpack_zone_malloc (&zone, it->op->in ()->size);
    bool fine = !wire_unpack (it->body.data, it->body.size, &zone, &object)
             && schema_decode (it->op->in (), &object, record, &zone, FROM_GATEWAY, NULL, &ignored);
    const char *text = fine ? schema_text (it->op->in (), record, name) : NULL;
    snprintf (out, room, "%s", text ? text : "");
    msgpack_zone_destroy (&zone);
}

/* ------------------------------------------------------------------------------- receiving */

/* The connection is evhttp's again. */
static void give_back (upload *u)
{
    if (!u->stream)
        return;
    bufferevent_disable (u->stream, EV_READ);
    bufferevent_setcb (u->stream, u->read, u->written, u->event, u->arg);
    u->stream = NULL;
}

bool files_is_giving (const exchange *it)
{
    return it->download && it->download->begun;
}

bool files_is_arriving (const exchange *it)
{
    return it->upload && it->upload->left;
}

void files_forget (gateway *self, exchange *it)
{
    if (it->upload) {
        if (it->request)
            give_back (it->upload);
        if (it->upload->begun)
            tell (self, it, (desk_ask) { .what = DESK_DROP });
        self->desks->arriving--;
        free (it->upload);
        it->upload = NULL;
    }
    free (it->download);
    it->download = NULL;
}

static struct evbuffer *source (const exchange *it)
{
    return it->upload->masked ? bufferevent_get_input (it->upload->stream) : evhttp_request_get_input_buffer (it->request);
}

/* As much as the desk can be given now; then it waits for the desk, or for the sender. */
static void pump (gateway *self, exchange *it)
{
    upload *u = it->upload;
    struct evbuffer *in = source (it);
    size_t there = evbuffer_get_length (in);
    while (u->left && there && u->away < AWAY_BYTES) {
        size_t size = there < PIECE_BYTES ? there : PIECE_BYTES;
        size = (int64_t) size < u->left ? size : (size_t) u->left;
        uint8_t *bytes = malloc (size);
        assert (bytes);
        evbuffer_remove (in, bytes, size);
        tell (self, it, (desk_ask) { .what = DESK_PIECE, .size = (int64_t) size, .bytes = bytes });
        u->left -= (int64_t) size;
        u->away += (int64_t) size;
        there -= size;
    }
    if (u->left == 0) {
        if (u->masked)
            mask_done (it->request);
        give_back (u);
        tell (self, it, (desk_ask) { .what = DESK_END });
        u->masked = false;
    }
}

static void came_more (struct bufferevent *stream, void *arg)
{
    departure *whose = arg;
    exchange *it = exchange_find (whose->of, whose->rid);
    (void) stream;
    turn_begins (whose->of);
    if (it && it->upload)
        pump (whose->of, it);
}

/* The sender left, or says nothing for too long. */
static void came_end (struct bufferevent *stream, short what, void *arg)
{
    departure *whose = arg;
    exchange *it = exchange_find (whose->of, whose->rid);
    (void) stream, (void) what;
    if (it && it->request)
        evhttp_connection_free (evhttp_request_get_connection (it->request)); /* and so it went away */
}

/* Bytes of the body to come; -1: it is not said. */
static int64_t announced (exchange *it, bool masked)
{
    struct evkeyvalq *headers = evhttp_request_get_input_headers (it->request);
    const char *length = evhttp_find_header (headers, "Content-Length");
    char *end;
    if (!masked)
        return (int64_t) evbuffer_get_length (evhttp_request_get_input_buffer (it->request));
    long long size = length ? strtoll (length, &end, 10) : -1;
    return size < 0 || end == length || *end ? -1 : size;
}

static int arriving_of (gateway *self, const char *org)
{
    int count = 0;
    for (size_t i = 0; i < BUCKETS; i++)
        for (exchange *it = self->buckets [i]; it; it = it->next)
            count += it->upload && strcmp (it->from.org, org) == 0;
    return count;
}

static void listen_to (exchange *it)
{
    upload *u = it->upload;
    const char *expect = evhttp_find_header (evhttp_request_get_input_headers (it->request), "Expect");
    static const char go_on [] = "HTTP/1.1 100 Continue\r\n\r\n";
    u->stream = evhttp_connection_get_bufferevent (evhttp_request_get_connection (it->request));
    bufferevent_getcb (u->stream, &u->read, &u->written, &u->event, &u->arg);
    bufferevent_setcb (u->stream, came_more, NULL, came_end, it->departure);
    if (expect && strcasecmp (expect, "100-continue") == 0 && evbuffer_get_length (bufferevent_get_input (u->stream)) == 0) {
        bufferevent_write (u->stream, go_on, sizeof go_on - 1);
        bufferevent_enable (u->stream, EV_WRITE);
    }
    bufferevent_enable (u->stream, EV_READ);
}

void files_receive (gateway *self, exchange *it)
{
    bool masked = mask_is_open (it->request);
    int64_t size = announced (it, masked);
    const refusal_words *large = file_refusal_words (FILE_TOO_LARGE), *empty = file_refusal_words (FILE_EMPTY);
    if (!*it->from.org)
        exchange_fail (self, it, outcome_anonymous, 0);
    else if (size < 0)
        http_refuse (self, it, 411, "Zeg in Content-Length hoe groot het bestand is.", "Say in Content-Length how large the file is.");
    else if (size == 0)
        http_refuse (self, it, empty->status, empty->nl, empty->en);
    else if (size > DESK_DOCUMENT_BYTES)
        http_refuse (self, it, large->status, large->nl, large->en);
    else if (self->desks->arriving >= AT_ONCE || arriving_of (self, it->from.org) >= OF_ONE)
        exchange_fail (self, it, outcome_unavailable, 0);
    else {
        desk_ask begin = { .what = DESK_BEGIN, .size = size };
        input_text (it, "name", begin.name, sizeof begin.name);
        it->upload = calloc (1, sizeof *it->upload);
        assert (it->upload);
        *it->upload = (upload) { .left = size, .masked = masked, .begun = true };
        it->deadline = clock_steady_us () + UPLOAD_US;
        self->desks->arriving++;
        tell (self, it, begin);
        if (masked)
            listen_to (it);
        pump (self, it);
    }
}

static void answer_kept (gateway *self, exchange *it, const desk_word *word)
{
    document_t out = { 0 };
    const schema *s = document_schema ();
    mwp_reply_t reply = { 0 };
    msgpack_sbuffer body;
    msgpack_sbuffer_init (&body);
    msgpack_packer packer = { &body, msgpack_sbuffer_write };
    schema_set_text (s, &out, "file", word->hash);
    schema_set_text (s, &out, "name", word->name);
    schema_set_text (s, &out, "media_type", word->media_type);
    schema_set_int (s, &out, "size", word->size);
    schema_encode (s, &out, OWNER, NULL, &packer);
    schema_set_int (mwp_reply_schema (), &reply, "outcome", outcome_created);
    schema_set_text (mwp_reply_schema (), &reply, "id", word->hash);
    exchange_answer (self, it, &reply, &(bytes) { body.size, body.data });
    msgpack_sbuffer_destroy (&body);
}

/* ---------------------------------------------------------------------------------- giving */

static void set (exchange *it, const char *name, const char *value)
{
    evhttp_add_header (evhttp_request_get_output_headers (it->request), name, value);
}

static const char *given (const exchange *it, const char *name)
{
    return evhttp_find_header (evhttp_request_get_input_headers (it->request), name);
}

void files_give (gateway *self, exchange *it)
{
    desk_ask ask = { .what = DESK_FIND };
    input_text (it, "file", ask.hash, sizeof ask.hash);
    it->download = calloc (1, sizeof *it->download);
    assert (it->download);
    tell (self, it, ask);
}

/* RFC 6266 and 8187: once in ASCII, once as it is. Photos are shown, anything else is saved. */
static void set_disposition (exchange *it, const desk_word *file, bool photo)
{
    char text [FILE_NAME_ROOM * 4 + 80], plain [FILE_NAME_ROOM], *to = plain;
    for (const char *at = file->name; *at; at++)
        if (((unsigned char) *at & 0xc0) != 0x80) /* one sign for each character */
            *to++ = (char) (*at < 0x20 || *at > 0x7e || strchr ("\"\\%;", *at) ? '_' : *at);
    *to = 0;
    char *coded = evhttp_uriencode (file->name, -1, 0);
    snprintf (text, sizeof text, "%s; filename=\"%s\"; filename*=UTF-8''%s", photo ? "inline" : "attachment", plain, coded);
    free (coded);
    set (it, "Content-Disposition", text);
}

static void set_headers (exchange *it, const desk_word *file, bool photo)
{
    char tag [70];
    snprintf (tag, sizeof tag, "\"%s\"", file->hash);
    answer_headers (it->request, false);
    evhttp_remove_header (evhttp_request_get_output_headers (it->request), "Cache-Control");
    evhttp_remove_header (evhttp_request_get_output_headers (it->request), "Content-Security-Policy");
    set (it, "Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'");
    set (it, "Cross-Origin-Resource-Policy", "same-origin");
    set (it, "Cache-Control", photo ? "private, max-age=600" : "private, no-cache"); /* who may read may change */
    set (it, "Vary", "Cookie, Authorization");
    set (it, "ETag", tag);
    set (it, "Accept-Ranges", "bytes");
}

/* The one range that is asked for (RFC 9110, 14); more than one are answered with everything. 0: it is not in the file. */
static int take_range (exchange *it, download *d, const char *hash)
{
    const char *range = given (it, "Range"), *when = given (it, "If-Range");
    char *end;
    d->to = d->size;
    if (!range || strncmp (range, "bytes=", 6) || strchr (range, ',') || (when && !strstr (when, hash)))
        return 200;
    range += 6;
    if (*range == '-') {
        long long last = strtoll (range + 1, &end, 10);
        if (last <= 0 || *end)
            return *end ? 200 : 416;
        d->from = last < d->size ? d->size - last : 0;
        return 206;
    }
    long long from = strtoll (range, &end, 10);
    if (end == range || *end != '-' || from < 0)
        return 200;
    range = end + 1;
    long long last = strtoll (range, &end, 10);
    if (*end || (*range && last < from))
        return 200;
    if (from >= d->size)
        return 416;
    d->from = from;
    d->to = *range && last < d->size - 1 ? last + 1 : d->size;
    return 206;
}

/* Nothing but the end is left to be sent, and the request is not ours any more. */
static struct evhttp_request *finish (gateway *self, exchange *it)
{
    struct evhttp_request *request = it->request;
    evhttp_connection_set_closecb (evhttp_request_get_connection (request), NULL, NULL);
    histogram_add (&self->answer_times, clock_steady_us () - it->began);
    it->request = NULL;
    exchange_end (self, &it);
    return request;
}

static void ask_chunk (gateway *self, exchange *it)
{
    desk_ask ask = { .what = DESK_CHUNK, .no = it->download->no++ };
    memcpy (ask.file_id, it->download->file_id, sizeof ask.file_id);
    it->deadline = clock_steady_us () + PAUSE_US;
    tell (self, it, ask);
}

static void found (gateway *self, exchange *it, const desk_word *file)
{
    char text [90];
    download *d = it->download;
    bool photo = strncmp (file->media_type, "image/", 6) == 0;
    const char *known = given (it, "If-None-Match");
    memcpy (d->file_id, file->file_id, sizeof d->file_id);
    d->size = file->size;
    set_headers (it, file, photo);
    int status = known && strstr (known, file->hash) ? 304 : take_range (it, d, file->hash);
    d->begun = true;
    if (status == 206) {
        snprintf (text, sizeof text, "bytes %" PRId64 "-%" PRId64 "/%" PRId64, d->from, d->to - 1, d->size);
        set (it, "Content-Range", text);
    } else if (status == 416) {
        snprintf (text, sizeof text, "bytes */%" PRId64, d->size);
        set (it, "Content-Range", text);
    }
    if (status == 304 || status == 416) {
        evhttp_send_reply (finish (self, it), status, NULL, NULL);
        return;
    }
    snprintf (text, sizeof text, "%" PRId64, d->to - d->from);
    set (it, "Content-Length", text);
    set (it, "Content-Type", file->media_type);
    set_disposition (it, file, photo);
    d->no = d->from / DESK_CHUNK_BYTES;
    evhttp_send_reply_start (it->request, status, NULL);
    if (evhttp_request_get_command (it->request) == EVHTTP_REQ_HEAD)
        evhttp_send_reply_end (finish (self, it));
    else
        ask_chunk (self, it);
}

/* The connection took what it was given. */
static void went_out (struct evhttp_connection *connection, void *arg)
{
    departure *whose = arg;
    exchange *it = exchange_find (whose->of, whose->rid);
    (void) connection;
    turn_begins (whose->of);
    if (!it || !it->download)
        return;
    if (it->download->from < it->download->to)
        ask_chunk (whose->of, it);
    else
        evhttp_send_reply_end (finish (whose->of, it));
}

static void give_chunk (exchange *it, const desk_word *word)
{
    download *d = it->download;
    int64_t skip = d->from % DESK_CHUNK_BYTES, size = word->size - skip;
    size = size < d->to - d->from ? size : d->to - d->from;
    struct evbuffer *out = evbuffer_new ();
    evbuffer_add (out, word->bytes + skip, size > 0 ? (size_t) size : 0);
    d->from += size;
    evhttp_send_reply_chunk_with_cb (it->request, out, went_out, it->departure);
    evbuffer_free (out);
}

/* ------------------------------------------------------------------------------------ words */

static void hear_upload (gateway *self, exchange *it, const desk_word *word)
{
    const refusal_words *why = file_refusal_words (word->why);
    if (word->what == DESK_TOOK) {
        it->upload->away -= word->size;
        if (it->upload->left && it->request)
            pump (self, it);
        return;
    }
    it->upload->begun = false; /* the desk has forgotten it */
    if (!it->request)
        exchange_end (self, &it);
    else if (word->what == DESK_KEPT)
        answer_kept (self, it, word);
    else if (word->what == DESK_REFUSED) {
        if (why->status == 415)
            set (it, "Accept", file_kinds_taken ());
        http_refuse (self, it, why->status, why->nl, why->en);
    } else if (word->what == DESK_FULL)
        exchange_fail (self, it, outcome_conflict, place_for_files);
    else
        exchange_fail (self, it, outcome_unavailable, 0);
}

static void hear_download (gateway *self, exchange *it, const desk_word *word)
{
    if (word->what == DESK_FOUND)
        found (self, it, word);
    else if (word->what == DESK_BYTES && word->size > it->download->from % DESK_CHUNK_BYTES)
        give_chunk (it, word);
    else
        exchange_fail (self, it, word->what == DESK_MISSING ? outcome_missing : outcome_unavailable, 0);
}

static bool desk_spoke (gateway *self, void *socket)
{
    desk_word word;
    if (zmq_recv (socket, &word, sizeof word, ZMQ_DONTWAIT) != (int) sizeof word)
        return false;
    turn_begins (self);
    exchange *it = exchange_find (self, word.rid);
    if (it && it->upload)
        hear_upload (self, it, &word);
    else if (it && it->download && it->request)
        hear_download (self, it, &word);
    free (word.bytes);
    return true;
}

void files_open (gateway *self, const char *conninfo, const char *spool)
{
    size_t limit = zsys_pipehwm ();
    self->desks = calloc (1, sizeof *self->desks);
    assert (self->desks);
    zsys_set_pipehwm (0); /* what is on the way is bounded by AWAY_BYTES of each file */
    for (int i = 0; i < DESKS; i++) {
        self->desks->options [i] = (desk_options) { conninfo, spool, i == 0 };
        self->desks->desks [i] = desk_new (&self->desks->options [i]);
        assert (self->desks->desks [i]);
        watch_start (&self->desks->watches [i], self, self->loop, zsock_resolve (self->desks->desks [i]), desk_spoke);
    }
    zsys_set_pipehwm (limit);
    self->desks->cleaner = cleaner_new (&self->desks->options [0]);
    assert (self->desks->cleaner);
}

void files_close (gateway *self)
{
    if (!self->desks)
        return;
    zactor_destroy (&self->desks->cleaner);
    for (int i = 0; i < DESKS; i++) {
        event_free (self->desks->watches [i].event);
        zactor_destroy (&self->desks->desks [i]);
    }
    free (self->desks);
    self->desks = NULL;
}
