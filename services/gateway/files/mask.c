/* mask.c - uploads as evhttp sees them: without a body; see files.h.
 *
 * A connection's input is looked at where a request begins: when it is new, and when the one before was answered. The
 * mark that says "this is an upload" is the buffer's limit, which it needs anyway.                                   */
#include "files.h"
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/http_struct.h>
#include <string.h>
#include <unistd.h>

static const char first_line [] = "POST /v1/files", disguise [] = "HEAD";
enum {
    LINE_BYTES = sizeof first_line - 1,
    WINDOW_BYTES = 128 * 1024 + 7, /* of a body in memory */
    PATIENCE_S = 20,               /* with a sender who does not see that nobody listens any more */
    AT_ONCE = 64,                  /* senders who are given that */
};

static struct bufferevent *stream_of (struct evhttp_request *request)
{
    return evhttp_connection_get_bufferevent (evhttp_request_get_connection (request));
}

/* Is it the start of an upload? False also while too little of it is there. */
static bool is_upload (struct evbuffer *in)
{
    char line [LINE_BYTES + 1];
    return evbuffer_copyout (in, line, sizeof line) == (ev_ssize_t) sizeof line && memcmp (line, first_line, LINE_BYTES) == 0
        && (line [LINE_BYTES] == ' ' || line [LINE_BYTES] == '?');
}

/* Before evhttp reads what came: it reads whole lines, so it has read nothing while there is less than one. */
static void looks (struct evbuffer *in, const struct evbuffer_cb_info *what, void *stream)
{
    char line [LINE_BYTES];
    ev_ssize_t size = what->n_added ? evbuffer_copyout (in, line, sizeof line) : 0;
    if (!what->n_added || (size < LINE_BYTES && memcmp (line, first_line, (size_t) size) == 0)
        || evbuffer_get_length (in) == LINE_BYTES)
        return;
    evbuffer_remove_cb (in, looks, stream);
    if (!is_upload (in))
        return;
    memcpy (evbuffer_pullup (in, sizeof disguise - 1), disguise, sizeof disguise - 1);
    bufferevent_setwatermark (stream, EV_READ, 0, WINDOW_BYTES);
}

struct bufferevent *mask_new_connection (struct event_base *base, void *arg)
{
    (void) arg;
    struct bufferevent *stream = bufferevent_socket_new (base, -1, 0);
    if (stream)
        evbuffer_add_cb (bufferevent_get_input (stream), looks, stream);
    return stream;
}

void mask_next (struct evhttp_request *request)
{
    struct bufferevent *stream = stream_of (request);
    struct evbuffer *in = bufferevent_get_input (stream);
    evbuffer_remove_cb (in, looks, stream); /* where a request was answered before it was read, there is one still */
    evbuffer_add_cb (in, looks, stream);
    looks (in, &(struct evbuffer_cb_info) { .n_added = evbuffer_get_length (in) }, stream);
}

bool mask_is_open (struct evhttp_request *request)
{
    size_t limit = 0;
    struct evhttp_connection *connection = evhttp_request_get_connection (request);
    return connection && bufferevent_getwatermark (stream_of (request), EV_READ, NULL, &limit) == 0 && limit == WINDOW_BYTES;
}

bool mask_take_off (struct evhttp_request *request)
{
    if (!mask_is_open (request))
        return false;
    request->type = EVHTTP_REQ_POST;
    return true;
}

void mask_done (struct evhttp_request *request)
{
    bufferevent_setwatermark (stream_of (request), EV_READ, 0, 0);
}

/* ------------------------------------------------------------------------------- farewells */

typedef struct {
    struct event *event;
    int           fd;
    int64_t       until;
} farewell;

static int farewells;

static void pours_away (evutil_socket_t fd, short what, void *arg)
{
    static char nowhere [65536];
    farewell *self = arg;
    if (!(what & EV_TIMEOUT) && clock_steady_us () < self->until && read (fd, nowhere, sizeof nowhere) > 0)
        return;
    farewells--;
    event_free (self->event);
    close (self->fd);
    free (self);
}

/* Bytes that nobody read when a connection ends make the other side forget what it was answered. */
void mask_break_off (struct evhttp_request *request)
{
    if (!mask_is_open (request))
        return;
    struct bufferevent *stream = stream_of (request);
    mask_done (request);
    bufferevent_disable (stream, EV_READ);
    evhttp_remove_header (evhttp_request_get_output_headers (request), "Connection");
    evhttp_add_header (evhttp_request_get_output_headers (request), "Connection", "close");
    int fd = farewells < AT_ONCE ? dup (bufferevent_getfd (stream)) : -1;
    if (fd < 0)
        return;
    farewell *self = calloc (1, sizeof *self);
    *self = (farewell) { .fd = fd, .until = clock_steady_us () + PATIENCE_S * INT64_C (1000000) };
    self->event = event_new (bufferevent_get_base (stream), fd, EV_READ | EV_PERSIST, pours_away, self);
    event_add (self->event, &(struct timeval) { PATIENCE_S, 0 });
    farewells++;
}
