/* stream.c - the stream inside a gateway: relay, live and replay, and pages for GET /v1/events. */
#include "stream.h"
#include "../../../common/log.h"
#include "relay.h"
#include "replay.h"
#include <assert.h>
#include <inttypes.h>

static const char pages [] = "inproc://stream-pages";

struct stream {
    gate *gate;
    relay *relay;
    replay *replay;
    zsock_t *asking;
};

/* The two sockets for those outside, at two ports in a row. */
static bool open_gate (stream *self, const stream_options *options, void **said, void **asked)
{
    char second [200];
    const char *port = strrchr (options->outside, ':');
    self->gate = port ? gate_new (options->keys) : NULL;
    if (!self->gate)
        return false;
    snprintf (second, sizeof second, "%.*s:%d", (int) (port - options->outside), options->outside,
              atoi (port + 1) + 1);
    *said = gate_socket (self->gate, ZMQ_XPUB, options->outside);
    *asked = *said ? gate_socket (self->gate, ZMQ_ROUTER, second) : NULL;
    if (*said && !*asked)
        zmq_close (*said);
    return *asked;
}

stream *stream_new (const stream_options *options)
{
    stream *self = calloc (1, sizeof *self);
    void *said = NULL, *asked = NULL;
    assert (self);
    if (options->outside && *options->outside && !open_gate (self, options, &said, &asked)) {
        log_line ("error", "stream_closed", "outside=%s", options->outside);
        stream_destroy (&self);
        return NULL;
    }
    self->relay = relay_new (options->conninfo, options->directory, said);
    self->replay = replay_new (options->conninfo, options->directory, asked, pages);
    self->asking = zsock_new (ZMQ_DEALER);
    assert (self->asking);
    int rc = zsock_connect (self->asking, "%s", pages);
    assert (rc == 0);
    return self;
}

void stream_destroy (stream **self_p)
{
    stream *self = *self_p;
    if (!self)
        return;
    zsock_destroy (&self->asking);
    replay_destroy (&self->replay);
    relay_destroy (&self->relay);
    gate_destroy (&self->gate);
    free (self);
    *self_p = NULL;
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

int64_t stream_refused (const stream *self)
{
    return self->gate ? gate_refused (self->gate) : 0;
}

void *stream_socket (stream *self)
{
    return zsock_resolve (self->asking);
}

bool stream_page (stream *self, uint64_t tag, const char *audience, int64_t after, int64_t limit)
{
    void *socket = stream_socket (self);
    char from [24], most [24];
    snprintf (from, sizeof from, "%" PRId64, after);
    snprintf (most, sizeof most, "%" PRId64, limit);
    if (zmq_send (socket, &tag, sizeof tag, ZMQ_DONTWAIT | ZMQ_SNDMORE) < 0)
        return false;
    zmq_send (socket, audience, strlen (audience), ZMQ_SNDMORE);
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
