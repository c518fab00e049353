/* call.h - what a handler gets, and what it can do. A handler reads top to bottom:
 *
 *     outcome need_award (call *self, const need_award_t *in, need_t *out)
 *     {
 *         int how = call_step (self, "award", in, out);
 *         ...
 *     }
 *
 * It frees nothing: what it allocates lives in the call's zone. `now`, ids and randomness come from the
 * call only. Outcomes are those of choices.def; anything but done or created rolls everything back.   */
#ifndef CALL_H
#define CALL_H
#include "db.h"
#include "seal.h"
#include "signature.h"
#include "vocabulary.h"

typedef int outcome; /* outcome_done, outcome_missing ... */

typedef struct pending_event pending_event;
typedef struct pending_timers pending_timers;

typedef struct call {
    const operation *op;
    msgpack_zone    *zone;
    const schema    *in_schema;
    const void      *in;
    const char      *account, *org; /* NULL: nobody, none */
    uint32_t         roles;
    int64_t          now;        /* the database's clock, microseconds */
    char             id [37];    /* a fresh UUID, for what a CREATE makes */
    int64_t          if_match;   /* -1: not given */
    const char      *key;        /* Idempotency-Key, or NULL */
    const char      *body_hash;  /* of the input, in hex */
    bytes            kept_reply, kept_body; /* what is kept under the key */
    const char      *trace;      /* W3C traceparent, or NULL */
    int64_t          deadline;   /* clock_steady_us */
    int64_t          min_seq;    /* 0: any */
    int64_t          rows;       /* of a page: asked for, plus one */
    const char      *cursor;     /* of a page: where the one before ended, or NULL */

    /* what becomes of it */
    faults           faults;     /* outcome_invalid */
    int              reason;     /* outcome_conflict */
    texts            commands;   /* outcome_conflict: what would be possible */
    int64_t          retry_ms;   /* after how long it is worth another try; 0: nobody knows */
    int64_t          version;    /* of the thing answered; 0: it has none */
    const char      *made;       /* id of the thing made */
    int64_t          seq;        /* of the index or projection answered from; 0: none */
    bool             replayed;

    /* the runtime's own */
    struct db       *db;
    guard *const    *guards;
    int              to_state;   /* of the step being taken, for :call_state */
    const words     *state_words;
    const char      *target;     /* id that :call_target stands for */
    const char      *targets;    /* ids that :call_targets stands for, as an array; NULL: the target alone */
    int64_t         *clock_offset; /* of the database's clock to ours, kept by the worker */
    bool             entered;    /* the transaction has begun */
    bool             answered;   /* the key was, before: nothing of this was done */
    bool             collided;   /* with another one: worth another try */
    size_t           event_count;
    pending_event   *events;     /* newest first */
    pending_timers  *timers;     /* newest first */
    bool             by_clock;   /* a timer's moment came: nobody read the thing before, so no If-Match */
    const void      *service;    /* the service's own context (an index, say) */
    const signer    *signer;     /* NULL: nothing can be signed */
    const sealer    *sealer;     /* NULL: nothing can be sealed */
} call;

void *call_alloc (call *, size_t);                 /* zeroed; lives as long as the call */
/* Copies of a text, or of what is printed, that live as long as the call. */
const char *call_text (call *, const char *from);
const char *call_print (call *, const char *format, ...) __attribute__ ((format (printf, 2, 3)));

/* Runs a statement with the input record's fields and the call's. Number of rows, or -1 with the outcome
 * in *how (unavailable, broken, conflict by a constraint).                                              */
int call_run (call *, const char *statement, PGresult **rows, outcome *how);
/* The same with another record's fields. */
int call_run_with (call *, const char *statement, const schema *, const void *record, PGresult **rows, outcome *how);

/* Generic verbs; a handler of its own calls them and adds what is special. */
outcome call_fetch (call *, const char *statement, void *out);              /* one row */
outcome call_page (call *, const char *statement, void *out);               /* items, next, total */
outcome call_enter (call *, void *out);                                     /* CREATE */
outcome call_step (call *, void *out);                                      /* COMMAND */
/* A CREATE within another call, as many as one likes, each with an id of its own. `record` is that operation's input. */
outcome call_enter_also (call *, const char *operation, const void *record, void *out);

/* From here on for another organisation, with these roles: one for which the caller came to act in this very call, and back again. */
outcome call_act_for (call *, const char *org, uint32_t roles);

/* A step of another thing, or of several, as a consequence of this one: role SYSTEM, same transaction.
 * The statement gives the column `id` of each; things that are not in the right state are an error.    */
outcome call_consequence (call *, const char *statement, const char *noun, const char *command);
/* The same of one thing that is known. */
outcome call_consequence_of (call *, const char *noun, const char *command, const char *id);

/* Queues, or runs, a statement of the runtime's own: for worker.c. */
size_t call_queue_entry (call *);
void call_queue (call *, const char *statement);
outcome call_read (call *, const PGresult *rows, int row, void *out);       /* a row as the answer; -1: missing */
outcome call_exchange (call *, size_t skip, PGresult *results [], size_t count);

/* The thing of a process by its id, as its <noun>_get reads it now. */
outcome call_load (call *, const process *, const char *id, void *thing);

/* Publishes; the engine does it for every step. `record` is of the event's schema, or of one that has its
 * fields. Subject is "<noun>/<id>".                                                                     */
void call_emit (call *, int event, const char *noun, const char *id, int64_t version, const schema *, const void *record);

outcome call_invalid (call *, const char *path, const char *format, ...) __attribute__ ((format (printf, 3, 4)));
outcome call_conflict (call *, int reason);
#endif
