/* service.h - everything that a service is, but its statements, guards and handlers. */
#ifndef SERVICE_H
#define SERVICE_H
#include "call.h"
#include "config.h"
#include "keys.h"
#include "signature.h"
#include <czmq.h>

typedef outcome (handler) (call *, const void *in, void *out);

typedef struct {
    const char *operation;
    handler    *run; /* NULL: the verb's generic one */
} handler_entry;

/* One event of the stream, for projections. */
typedef struct {
    int64_t           seq, ver, time;
    const event_type *type;
    const char       *id, *subject;
    const char       *actor;  /* the account that did it; NULL: nobody, or not told */
    const uint8_t    *hash;   /* of the stream's chain up to this event, EVS_HASH bytes (evs.h); NULL: not known */
    const void       *record; /* of type->record () */
} stream_event;

enum { SERVICE_EPOCH = 16 };

/* The service's own view of the stream, when it is not kept in the database. All run in one thread. */
typedef struct {
    /* `directory`: where it may keep itself, or NULL. What it knows already, from an earlier process: up to event *seq
     * of this epoch; it leaves *seq at 0 when it begins anew.                                                          */
    void *(*open) (const char *directory, int64_t *seq, uint8_t epoch [SERVICE_EPOCH]);
    void (*apply) (void *self, const stream_event *);
    void (*caught_up) (void *self, int64_t seq, int64_t head, const uint8_t epoch [SERVICE_EPOCH]); /* after every batch; how
                                                                                                 * far the stream is      */
    void (*astray) (void *self); /* the stream is another one: everything is told anew */
    void (*tell) (void *self, mwp_view_t *to); /* its size; of any thread */
    void (*close) (void **self_p);
} projection;

/* Where the rest of the set is. */
typedef struct {
    const char *run;      /* directory of the ipc sockets */
    const char *gateways; /* endpoints with commas; NULL: ipc in the run directory */
    const char *stream;   /* tcp://HOST:PORT of live; NULL: ipc in the run directory */
    const keys *keys;     /* for tcp, else NULL */
    const char *view;     /* directory for a projection to keep itself in; NULL: in memory only */
    const signer *signer; /* of a service that signs; NULL: it has no key */
    const sealer *sealer; /* of a service that seals; NULL: it has no key */
} service_set;

typedef struct service service;

/* What a duty gets; all of it outlives the thread. */
typedef struct {
    const service        *service;
    const char           *conninfo;
    const service_set    *set;
    option               *options; /* as they were given */
    size_t                option_count;
    _Atomic (const char *) trouble; /* what keeps it from its work, for its health; NULL: nothing */
    _Atomic bool           broken;  /* it can never do its work, which has been logged */
} duty_args;

/* What a service can do beside answering, in a thread of its own. */
typedef struct {
    const char   *name;
    const char   *serve;         /* what --serve may be: `answers` and the name, apart or together */
    const option *options;       /* of its own, besides those of every service */
    size_t        option_count;
    zactor_fn    *run;           /* with duty_args, until its pipe ends it */
} duty;

struct service {
    service_id           id;
    const char          *doc;
    const handler_entry *handlers;
    size_t               handler_count;
    const statement     *statements; /* none: the service has no database */
    size_t               statement_count;
    guard *const        *guards;     /* reason_count of them, or NULL */
    const char          *workers;    /* how many when nobody says; NULL: 2 */
    bool                 together;   /* its single things are asked for together where they wait together */
    bool                 seals;      /* some of what it keeps is sealed: a key is read at the start (seal.h) */
    bool                 signs;      /* some answers are signed: a key is read at the start (signature.h) */
    const projection    *projection; /* its READs are answered from it, also without the database; or NULL:
                                      * statements named on_<record> or on_<event> are run                 */
    const duty          *duty;       /* or NULL */
};

/* Options, log, workers, front, stream, signals, ordered stop. Returns the process's exit status. */
int service_main (const service *, int argc, char *argv []);

/* The same without options, for a service that lives in a thread of another program: ends when `pipe` says
 * something.                                                                                             */
int service_run (const service *, const char *conninfo, const service_set *, long workers, zsock_t *pipe);
#endif
