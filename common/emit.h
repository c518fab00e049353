/* emit.h - events of a call, from the handler to the outbox. */
#ifndef EMIT_H
#define EMIT_H
#include "call.h"

struct pending_event {
    pending_event *older;
    char           id [37];
    char           subject [128];
    int            event;
    int64_t        version;
    bytes          body;
    const char    *audiences; /* as PostgreSQL's text of an array */
    bytes          views;     /* as PostgreSQL's binary form of an array of bytea */
};

/* Queues the events of the call, oldest first. */
void emit_queue (call *);
#endif
