/* serve.h - one call from decoded input to the bytes of its answer. */
#ifndef SERVE_H
#define SERVE_H
#include "service.h"

typedef struct {
    msgpack_sbuffer *header, *body;
} answer;

/* May this caller ask for this at all? Which things are theirs is for policies and sides to say. */
outcome serve_admission (const call *);
/* The whole call: earlier answer, verb or handler, commit, encoding. A collision with another transaction
 * is tried again, twice; not when the call came in a transaction that its maker began. `body` is what came,
 * for the idempotency key.                                                                                 */
outcome serve_call (call *, const handler_entry *, const mwp_request_t *, int64_t began, const bytes *body, answer *);
/* The end of a read that has its record: encodes header and body. */
void serve_record (call *, const mwp_request_t *, void *record, int64_t began, answer *);
/* Takes back what a call that is not to be answered began in its transaction. */
void serve_give_up (call *);
/* An answer without a body. */
void serve_refusal (call *, const mwp_request_t *, outcome, int64_t began, answer *);
#endif
