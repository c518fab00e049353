/* projector.h - keeps a service's own view of the stream: a thread that applies every event
 * once, in order.
 *
 * The view is in the service's schema, by its statements on_<event> or on_<record>, and the
 * position moves in the same transaction; several processes of a service take turns. Or it is in
 * memory (a projection), and then it is built from the first event on, or from where it kept itself. */
#ifndef PROJECTOR_H
#define PROJECTOR_H
#include "service.h"
#include "subscriber.h"

typedef struct projector projector;

/* NULL when the service has no view: neither a projection nor such statements. `directory`: for a projection
 * to keep itself in, borrowed, or NULL.                                                                       */
projector *projector_new (const service *, const char *conninfo, const stream_source *, const char *directory);
void projector_destroy (projector **self_p);

/* For any thread. Ready: everything was applied that was in the log when it looked first. */
int64_t projector_seq (projector *);
bool projector_ready (projector *);
/* What projection->open () gave, from the moment that projector_new returns. */
void *projector_context (projector *);
#endif
