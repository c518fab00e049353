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
    const char    *body;      /* all as PostgreSQL text: bytea and arrays of it */
    const char    *audiences;
    const char    *views;
};

/* Queues the events of the call, oldest first. */
void emit_queue (call *);
#endif
