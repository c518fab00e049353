/* worker.h - one thread that serves: its own connection, one request at a time. */
#ifndef WORKER_H
#define WORKER_H
#include "service.h"
#include <czmq.h>
#include <stdatomic.h>

/* What gateways may have at a process, for each of its threads: as much as it does in WORKER_AHEAD_US, so that hardly
 * anything waits here, where it cannot be overtaken; but one that waits while one is done, and at most what can travel
 * together to the database. WORKER_WINDOW is what one thread may hold when another one is slow.                       */
enum { WORKER_CREDIT = 16, WORKER_LEAST_CREDIT = 2, WORKER_AHEAD_US = 2000, WORKER_WINDOW = 32 };

/* Where a request came from, and when: the first frame of what goes through a worker's pipe. */
typedef struct {
    int     gateway;
    int64_t came; /* clock_steady_us */
} worker_tag;

/* The last requests that nobody waits for any more; written by the front, read by workers. */
enum { CANCELLED = 64 };
typedef struct {
    _Atomic uint64_t at [CANCELLED];
    _Atomic uint64_t count;
} cancellations;
void cancellations_add (cancellations *, int gateway, int64_t rid);

/* What an operation did in this process; written by workers, read by the front. */
typedef struct {
    _Atomic int64_t count, failed, total_us;
} operation_tally;

typedef struct {
    const service *service;
    operation_tally *tallies; /* one per handler of the service */
    const char    *conninfo;  /* NULL: the service has no database */
    void          *context;   /* of the service's projection, or NULL */
    const signer  *signer;    /* NULL: none */
    const sealer  *sealer;    /* NULL: none */
    cancellations *cancelled; /* one for the process */
    _Atomic int    socket;    /* of the connection, so that the front can shut it; -1: none */
    _Atomic bool   broken;    /* a statement is bad, or the role is not safe: give up */
    _Atomic bool   ending;    /* begin nothing more */
    _Atomic int64_t began;    /* clock_steady_us when it took what it works on; 0: it waits for work */
    _Atomic int64_t busy_us;  /* time spent working, not waiting for work; written by the worker */
} worker_args;

/* A zactor. Its pipe takes [tag] and the frames of REQUEST, and gives [tag] and those of REPLY or REJECT.
 * It signals readiness once its connection stands and every statement is prepared.                         */
void worker_run (zsock_t *pipe, void *args);

/* The PostgreSQL schema of a service. */
const char *service_schema (const service *);
/* A connection of the service's own role, with its statements. NULL: not now, or (*fatal) never, which was logged. */
struct db *service_connect (const service *, const char *conninfo, bool *fatal);
/* The handler of an operation; NULL: it is not of this service. */
const handler_entry *service_handler (const service *, const char *operation);
#endif
