/* dispatcher.h - which worker gets which request: a state machine without sockets and without a clock.
 *
 * dispatcher_step is told what happened and when; what is to be done about it is fetched with dispatcher_act. The same
 * events at the same times give the same actions, so that a simulator can drive it (tests/sim).
 *
 * What holds: a worker never has more than its credit; every request that was submitted is answered once or failed
 * once; a write is with one worker at most, ever, unless that worker says that it did not begin it; what only reads is
 * given once more when a worker dies or is slow, but such second tries are few; what was with two that died is not
 * given to a third.                                                                                                */
#ifndef DISPATCHER_H
#define DISPATCHER_H
#include "../../../common/histogram.h"
#include "../../../common/vocabulary.h"

typedef struct dispatcher dispatcher;

enum { WORKER_ID = 32, WORKER_NAME = 81, DISPATCHER_WORKERS = 256 };

/* ------------------------------------------------------------------------------ what happens */

typedef enum {
    SAW_SUBMIT,    /* a request: op, rid, tenant, print, min_seq */
    SAW_GONE,      /* nobody waits for rid any more */
    SAW_READY,     /* from a worker, as all below: ready */
    SAW_CREDIT,    /* credit */
    SAW_HEARTBEAT, /* heartbeat */
    SAW_REPLY,     /* rid, outcome, service_us */
    SAW_REJECT,    /* rid, reject: it did not begin it */
    SAW_DRAIN, SAW_BYE,
    SAW_UNSENT,    /* rid could not be handed over: that worker is not there any more */
    SAW_SKIPPED,   /* rid was not handed over, because nobody waited for it */
    SAW_TICK,
} sight_kind;

typedef struct {
    sight_kind       kind;
    bytes            peer;    /* of a worker: its routing id, at most WORKER_ID */
    int64_t          rid;
    const operation *op;
    uint64_t         tenant;  /* whose request it is; 0: nobody's in particular */
    uint64_t         print;   /* equal for equal requests */
    int64_t          min_seq; /* the worker should have read up to here; 0: any */
    int64_t          credit, service_us;
    int              outcome, reject;
    const mwp_ready_t     *ready;
    const mwp_heartbeat_t *heartbeat;
} sight;

/* --------------------------------------------------------------------------- what is to be done */

typedef enum {
    ACT_SEND, ACT_CANCEL,             /* rid, to this worker */
    ACT_FAIL,                         /* rid: outcome, reason */
    ACT_WELCOME, ACT_FENCE, ACT_DISCONNECT, ACT_DRAIN, /* to this worker */
    ACT_REFUSE,                       /* it is not of this platform: say so, and DISCONNECT */
} action_kind;

typedef struct {
    action_kind kind;
    uint8_t     id [WORKER_ID];
    size_t      id_size;
    int64_t     rid;
    int         outcome, reason; /* reason 0: none */
} action;

/* Times are in microseconds of one steady clock that starts above 0.
 * True when the frame counts: a reply that is to be passed on, a word of a worker that is known. */
bool dispatcher_step (dispatcher *, const sight *, int64_t now);
/* The next thing to be done; false: nothing. */
bool dispatcher_act (dispatcher *, action *);
/* When to tick again at the latest, if nothing else happens: INT64_MAX when there is nothing in flight. */
int64_t dispatcher_wake (const dispatcher *);

dispatcher *dispatcher_new (void);
void        dispatcher_destroy (dispatcher **self_p);

/* ------------------------------------------------------------------------------------- to look at */

typedef struct {
    uint8_t    id [WORKER_ID]; /* its routing id on our socket */
    size_t     id_size;
    char       name [WORKER_NAME], build [41];
    service_id service;
    int64_t    credit;         /* as it gave it */
    int64_t    window;         /* what of it is used: a new one is given work slowly */
    int64_t    in_flight, good; /* replies in all */
    int64_t    heard, answered; /* when it last spoke; when it last answered, or was given work with nothing in hand */
    int64_t    in_hand, oldest_ms, seq; /* as it said last */
    bytes      counts;         /* MessagePack of its heartbeat; owned */
    bool       draining, suspect; /* suspect: not heard for a while, or it hangs, so it gets nothing new */
} worker_view;

/* Since the start, but for what is called recent: the last 1,024 to 2,048. */
typedef struct {
    size_t    workers, queued;
    int64_t   credit, in_flight;
    int64_t   submitted, answered, failed, shed, cancelled, repeated, hedged, busy_us;
    histogram waited, took; /* recent: here; with a worker */
    histogram all;          /* took, since the start */
} service_view;

size_t dispatcher_workers (dispatcher *, worker_view *list_out [DISPATCHER_WORKERS]); /* borrowed */
void   dispatcher_service (dispatcher *, service_id, service_view *);
/* Asks that worker, of dispatcher_workers, to end in order; it gets nothing more. */
void   dispatcher_drain (dispatcher *, worker_view *);
#endif
