/* stream.c - the stream inside a gateway: relay, live and replay, and pages for GET /v1/events. */
#include "stream.h"
#include "../../../common/log.h"
#include "relay.h"
#include "replay.h"
#include <assert.h>
#include <inttypes.h>

static const char pages [] = "inproc://stream-pages", nudges [] = "inproc://stream-nudges";
enum { MESSAGE_BYTES = 256 * 1024 };

struct stream {
    relay *relay;
    replay *replay;
    zsock_t *asking, *nudging;
};

/* The two sockets for those outside, at two ports in a row. */
static bool open_outside (const stream_options *options, void **said, void **asked)
{
    char second [300];
    const char *port = strrchr (options->outside, ':');
    snprintf (second, sizeof second, "%.*s:%d", (int) (port - options->outside), options->outside,
              atoi (port + 1) + 1);
    *said = door_socket (options->door, ZMQ_XPUB, DOOR_STREAM, options->outside, MESSAGE_BYTES);
    *asked = *said ? door_socket (options->door, ZMQ_ROUTER, DOOR_STREAM, second, MESSAGE_BYTES) : NULL;
    if (*said && !*asked)
        zmq_close (*said);
    return *asked;
}

static zsock_t *connected (int type, const char *endpoint)
{
    zsock_t *socket = zsock_new (type);
    assert (socket);
    zsock_set_linger (socket, 0);
    if (type == ZMQ_PUSH)
        zsock_set_sndhwm (socket, 1);
    int rc = zsock_connect (socket, "%s", endpoint);
    assert (rc == 0);
    return socket;
}

stream *stream_new (const stream_options *options)
{
    stream *self = calloc (1, sizeof *self);
    void *said = NULL, *asked = NULL;
    assert (self);
    if (options->outside && !open_outside (options, &said, &asked)) {
        log_line ("error", "stream_closed", "outside=%s", options->outside);
        stream_destroy (&self);
        return NULL;
    }
    self->relay = relay_new (options->conninfo, options->directory, nudges, said);
    self->replay = replay_new (options->conninfo, options->directory, asked, pages);
    self->asking = connected (ZMQ_DEALER, pages);
    self->nudging = connected (ZMQ_PUSH, nudges);
    return self;
}

void stream_destroy (stream **self_p)
{
    stream *self = *self_p;
    if (!self)
        return;
    zsock_destroy (&self->asking);
    zsock_destroy (&self->nudging);
    replay_destroy (&self->replay);
    relay_destroy (&self->relay);
    free (self);
    *self_p = NULL;
}

void stream_nudge (stream *self)
{
    zmq_send (zsock_resolve (self->nudging), "", 0, ZMQ_DONTWAIT);
}

int64_t stream_head (const stream *self)
{
    return relay_head (self->relay);
}

bool stream_alive (const stream *self)
{
    return relay_alive (self->relay);
}

int64_t stream_term (const stream *self)
{
    return relay_term (self->relay);
}

void *stream_socket (stream *self)
{
    return zsock_resolve (self->asking);
}

bool stream_page (stream *self, uint64_t tag, const char *audience, const char *subjects, int64_t after, int64_t limit)
{
    void *socket = stream_socket (self);
    char from [24], most [24];
    snprintf (from, sizeof from, "%" PRId64, after);
    snprintf (most, sizeof most, "%" PRId64, limit);
    if (zmq_send (socket, &tag, sizeof tag, ZMQ_DONTWAIT | ZMQ_SNDMORE) < 0)
        return false;
    zmq_send (socket, audience, strlen (audience), ZMQ_SNDMORE);
    zmq_send (socket, subjects, strlen (subjects), ZMQ_SNDMORE);
    zmq_send (socket, from, strlen (from), ZMQ_SNDMORE);
    zmq_send (socket, most, strlen (most), 0);
    return true;
}

bool stream_answer (stream *self, uint64_t *tag, zmq_msg_t *page)
{
    void *socket = stream_socket (self);
    if (zmq_recv (socket, tag, sizeof *tag, ZMQ_DONTWAIT) != sizeof *tag)
        return false;
    zmq_msg_init (page);
    int size = zmq_msg_recv (page, socket, 0);
    assert (size >= 0);
    return true;
}
