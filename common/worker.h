/* worker.h - one thread that serves: its own connection, one request at a time. */
#ifndef WORKER_H
#define WORKER_H
#include "service.h"
#include <czmq.h>
#include <stdatomic.h>

/* What a gateway may have at a process, for each of its threads; and what one thread may hold of it: those that wait
 * together can travel together to the database. With more credit the queue would be here instead of at the gateways,
 * which would stand still while we work.                                                                            */
enum { WORKER_CREDIT = 16, WORKER_WINDOW = 32 };

/* What an operation did in this process; written by workers, read by the front. */
typedef struct {
    _Atomic int64_t count, failed, total_us;
} operation_tally;

typedef struct {
    const service *service;
    operation_tally *tallies; /* one per handler of the service */
    const char    *conninfo;  /* NULL: the service has no database */
    void          *context;   /* of the service's projection, or NULL */
    _Atomic int    socket;    /* of the connection, so that the front can shut it; -1: none */
    _Atomic bool   broken;    /* a statement is bad, or the role is not safe: give up */
} worker_args;

/* A zactor. Its pipe takes [tag][mwp_request][body] and gives [tag][mwp_reply][body]; `tag` is the front's.
 * It signals readiness once its connection stands and every statement is prepared.                         */
void worker_run (zsock_t *pipe, void *args);

/* The PostgreSQL schema of a service. */
const char *service_schema (const service *);
#endif
