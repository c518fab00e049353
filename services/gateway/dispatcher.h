/* dispatcher.h - which worker gets which request: a state machine without sockets and without a clock.
 *
 * The only queue is here, so that a request can be counted, bounded and cancelled. A worker never holds
 * more than its credit. What only reads and was with a worker that died goes to another one, as long as such
 * repeats are at most a tenth of what came; a write never does, because it may have been done. What was with
 * two that died is not given to a third. Hedging and shedding belong to a later version of MWP.             */
#ifndef DISPATCHER_H
#define DISPATCHER_H
#include "../../common/vocabulary.h"

typedef struct dispatcher dispatcher;

enum { WORKER_ID = 32, WORKER_NAME = 81, QUEUE_PER_SERVICE = 1024 };

typedef struct {
    uint8_t    id [WORKER_ID]; /* its routing id on our socket */
    size_t     id_size;
    char       name [WORKER_NAME], build [41];
    service_id service;
    int64_t    credit, in_flight, heard;
    int64_t    in_hand, oldest_ms, seq; /* as it said last */
    bytes      counts;                  /* MessagePack of its list of mwp_count; owned */
    bool       draining, suspect; /* suspect: not heard for a while, so it gets nothing new */
} worker_view;

/* What the caller is to do. */
typedef enum { ACT_SEND, ACT_FAIL } action_kind;
typedef struct {
    action_kind kind;
    int64_t     rid;
    worker_view *to; /* ACT_SEND; until the next call */
    int         outcome; /* ACT_FAIL: unavailable, or broken when it killed two workers */
} action;

typedef void action_sink (void *to, const action *);

/* Times are in microseconds of one steady clock. Every call may give actions to the sink. */
dispatcher  *dispatcher_new (action_sink *, void *to);
void         dispatcher_destroy (dispatcher **self_p);
void         dispatcher_submit (dispatcher *, service_id, int64_t rid, bool reads_only);
void         dispatcher_cancel (dispatcher *, int64_t rid);                 /* nobody waits for it any more */
void         dispatcher_ready (dispatcher *, const void *id, size_t size, const mwp_ready_t *, int64_t now);
bool         dispatcher_credit (dispatcher *, const void *id, size_t size, int64_t credit, int64_t now);
bool         dispatcher_heartbeat (dispatcher *, const void *id, size_t size, const mwp_heartbeat_t *, int64_t now);
bool         dispatcher_reply (dispatcher *, const void *id, size_t size, int64_t rid, int64_t now);
void         dispatcher_drain (dispatcher *, const void *id, size_t size);
void         dispatcher_bye (dispatcher *, const void *id, size_t size);
/* The request could not be handed over, so the worker is gone: it goes to another one, as it never left. */
void         dispatcher_unsent (dispatcher *, const void *id, size_t size, int64_t rid);
void         dispatcher_tick (dispatcher *, int64_t now);                   /* drops who is silent too long */
size_t       dispatcher_workers (dispatcher *, worker_view **list_out);     /* borrowed */
#endif
