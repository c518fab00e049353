/* subscriber.h - the client of EVS/1: an audience's events in order, without gap or repetition. */
#ifndef SUBSCRIBER_H
#define SUBSCRIBER_H
#include "evs.h"
#include "keys.h"
#include "schema.h"

typedef struct subscriber subscriber;

/* Where the stream is; the texts outlive the subscriber. */
typedef struct {
    const char *run;      /* directory of the ipc sockets, when there is no endpoint */
    const char *endpoint; /* tcp://HOST:PORT of live, replay is one port up: any one of the addresses behind the name; or NULL */
    const keys *keys;     /* for tcp */
} stream_source;

typedef struct {
    int64_t tseq, seq;   /* seq: only of `all`, else 0 */
    bytes body;          /* MessagePack of a record event, not looked at yet: wire_unpack it */
    const uint8_t *hash; /* of the chain up to here; only of `all`, else NULL */
} stream_item;

typedef struct {
    size_t count; /* may be 0: a look at the log found nothing new */
    const stream_item *items;
    int64_t upto, head;
} stream_batch;

/* Follows an audience from the event after number `after`; `epoch` is the one that this number
 * belongs to, or NULL when the caller knows none. Connects in the background, and again whenever
 * it has to. */
subscriber *subscriber_new (const stream_source *, const char *audience, int64_t after,
                            const uint8_t *epoch);
void subscriber_destroy (subscriber **self_p);

/* What comes next, or NULL after `timeout_ms`, or after a problem. It lives until the next call. */
const stream_batch *subscriber_next (subscriber *, int timeout_ms);

/* Why there will be nothing any more: EPOCH_CHANGED, AHEAD, FORBIDDEN, BAD_REQUEST; NULL: all is
 * well. */
const char *subscriber_problem (const subscriber *);
/* The epoch of the numbers, or NULL as long as nobody has told. */
const uint8_t *subscriber_epoch (const subscriber *);
#endif
