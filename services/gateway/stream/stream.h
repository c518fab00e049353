/* stream.h - the stream inside a gateway: relay, live and replay, and pages for GET /v1/events. */
#ifndef STREAM_H
#define STREAM_H
#include "../door.h"
#include <zmq.h>

typedef struct stream stream;

typedef struct {
    const char *conninfo;  /* as mw_relay */
    const char *directory; /* of the sockets: live, replay */
    const char
        *outside; /* tcp://127.0.0.1:PORT for live, replay is at PORT + 1; NULL or empty: none */
    door *door; /* needed for outside */
} stream_options;

/* Starts its threads. NULL when `outside` cannot be opened; it has been logged. */
stream *stream_new (const stream_options *);
void stream_destroy (stream **self_p);

/* Something was written: the relay looks at once instead of soon. For the thread that made the stream. */
void stream_nudge (stream *);

/* Number of the newest event; -1 before the first look at the database. */
int64_t stream_head (const stream *);

/* For who watches over it. Alive: the relay's database answers. The term is that of its lead, 0 while
 * another relay leads. */
bool stream_alive (const stream *);
int64_t stream_term (const stream *);

/* Pages, for one thread with an event loop: ask, watch the socket's ZMQ_FD, take answers until
 * there are none. `audience` is `public` or `org/<uuid>`; `tag` is the caller's own number of
 * the question. With subjects (page.h) `audience` is a text array. */
void *stream_socket (stream *);
bool stream_page (stream *, uint64_t tag, const char *audience, const char *subjects, int64_t after, int64_t limit);
/* The MessagePack of an event_page in *page, which the caller closes; empty when the database is
 * away. */
bool stream_answer (stream *, uint64_t *tag, zmq_msg_t *page);
#endif
