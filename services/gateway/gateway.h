/* gateway.h - the front's one loop, and what its parts share. Nothing in it may block. */
#ifndef GATEWAY_H
#define GATEWAY_H
#include "dispatch/dispatcher.h"
#include "door.h"
#include "route.h"
#include "../../common/health.h"
#include "../../common/histogram.h"
#include "../../common/json.h"
#include <czmq.h>
#include <event2/event.h>
#include <event2/http.h>

typedef struct gateway gateway;
typedef struct exchange exchange;

/* Whose end a connection tells of: by number, never by a pointer. */
typedef struct departure {
    gateway *of;
    int64_t  rid;
} departure;

/* A ZeroMQ socket in the loop. Its descriptor is edge-triggered and a send can swallow the edge, so after
 * each send, too, the socket is looked at again (watch_again).                                           */
typedef struct {
    void         *socket;
    struct event *event;
    bool        (*ready) (gateway *, void *socket); /* reads one message; false: there was none */
    gateway      *of;
} watch;

void watch_start (watch *, gateway *, struct event_base *, void *socket, bool (*ready) (gateway *, void *));
void watch_again (watch *); /* nothing for one that was not started */
void watch_stop (watch *);

/* Who calls, as far as the gateway knows. */
typedef struct {
    char     token_hash [65], csrf [65];
    bearer_t who;       /* texts below */
    uint32_t roles;
    bool     several;       /* organisations that they may act for */
    int64_t  support_until; /* looks along as somebody else, and changes nothing; 0: is themselves */
    char     session_id [37], account [37], org [37], name [512], org_name [512];
} caller;

/* One request under way: from a browser, from the control socket, or our own look-up of a session. Found by
 * its number, never by a pointer held across a message.                                                   */
struct exchange {
    int64_t                rid, deadline, began;
    const operation       *op;
    struct evhttp_request *request;  /* NULL: the browser went away, or it is not HTTP */
    bytes                  peer;     /* of the control socket; owned */
    int64_t                peer_rid;
    int                    peer_at;  /* which of the control sockets */
    departure             *departure; /* what the connection's end is told to; owned */
    char                  *page;     /* file into which the answer is pasted; owned, or NULL */
    caller                 from;
    char                   token [65];   /* of a session being opened */
    char                   trace [60];
    mwp_request_t          header;   /* texts point into this struct, or into `key` */
    char                   key [101];
    msgpack_sbuffer        body;
    /* Who takes the answer to a look-up of our own; NULL: a caller waits for it. */
    void                 (*ours) (gateway *, exchange *, const mwp_reply_t *, const bytes *body);
    bool                   waits_for_caller;
    struct upload         *upload;    /* a file that comes in; owned, or NULL */
    struct download       *download;  /* a file that goes out; owned, or NULL */
    bool                   scarce;   /* little is left of the caller's quota */
    bool                   english;
    exchange              *next;     /* in its bucket */
};

/* A turn of the loop that serves a request: from its first callback to its end. */
typedef struct {
    int64_t began; /* clock_steady_us; 0: none */
    int64_t work;  /* processor time of the thread */
    long    sleeps;
} turn;

enum { BUCKETS = 4096, STATUS_CLASSES = 5 }; /* 1xx to 5xx */

struct gateway {
    struct event_base *loop;
    struct evhttp     *http, *monitor; /* NULL: nobody is let in yet; there is none */
    struct evhttp_bound_socket *entrance; /* of http; NULL: it is shut */
    struct event      *wake;      /* when the dispatcher wants to look */
    watch              dispatch [2], control [2], pages; /* of the first two: ipc, and tcp or none */
    door              *door;      /* NULL: nothing listens on tcp */
    dispatcher        *dispatcher;
    exchange          *buckets [BUCKETS];
    exchange          *spare;     /* exchanges to use again */
    size_t             exchange_count;
    int64_t            next_rid;
    msgpack_zone       frame_zone, body_zone; /* of the message, and of the answer, that is looked at now */
    text_buffer        text;                  /* of the answer that is written now */
    const char        *web, *run, *site;
    struct web        *files;
    struct files      *desks;     /* where uploads and downloads go */
    struct session_cache *sessions;
    struct quota_shares  *shares;
    const char        *trusted_proxy; /* whose X-Forwarded-For is believed: an address, "yes", or NULL */
    char              *openapi;
    size_t             openapi_size;
    struct stream     *stream;
    zactor_t          *identity;
    turn               turn;
    int64_t            busy_us, blocked_us; /* the longest turn: of work, and of one in which it slept */
    int64_t            rested, rested_rid;  /* when, and at which exchange, unused memory was given back */
    int64_t            answers [STATUS_CLASSES]; /* HTTP answers by the first digit of their status */
    histogram          answer_times;             /* of the API */
    health             health;
    bool               stopping, done, failed;
};

/* main.c */
void turn_begins (gateway *);

/* exchange.c */
exchange *exchange_new (gateway *, const operation *, int64_t budget_us);
exchange *exchange_find (gateway *, int64_t rid);
void      exchange_end (gateway *, exchange **self_p);
/* Hands it to a worker, or answers it here (me_get, event_list, platform_status, worker_drain). */
void      exchange_submit (gateway *, exchange *);
/* `reason`: of reasons.def, or 0. */
void      exchange_fail (gateway *, exchange *, int outcome, int reason);
/* The browser went away: what only reads need not be answered any more. */
void      exchange_abandon (gateway *, exchange *);
/* A worker's answer: a reply header and the body's bytes. Ends the exchange. */
void      exchange_answer (gateway *, exchange *, const mwp_reply_t *, const bytes *body);
/* Ends those whose time is over, or whose caller has left. */
void      exchange_expire (gateway *, int64_t now);

/* hall.c: the sockets of dispatcher and control */
/* False: an endpoint cannot be had, which has been logged. `dispatch` and `control` are tcp, NULL: none. */
bool hall_open (gateway *, const char *dispatch, const char *control);
void hall_watch_again (gateway *);
void hall_close (gateway *);
void hall_tell (gateway *, const sight *); /* to the dispatcher, now */
void hall_flush (gateway *);               /* does what it wants; at the end of each turn of the loop */
void hall_answer_control (gateway *, exchange *, const mwp_reply_t *, const bytes *body);
void hall_status (gateway *, exchange *);
/* What the whole set does now; lives as long as the zone, and until the loop goes on. */
void hall_describe (gateway *, platform_status_t *, msgpack_zone *);

/* drain.c: answers worker_drain */
void drain_worker (gateway *, exchange *);

/* monitor.c: figures for a monitor, on a port of their own */
bool monitor_open (gateway *, const char *address);
void monitor_close (gateway *);
/* To be called for each HTTP request that came in: its answer will be counted. */
void monitor_watch (gateway *, struct evhttp_request *);

/* events.c: GET /v1/events, through the stream's own thread */
void events_open (gateway *);
void events_ask (gateway *, exchange *);

/* quota.c: how much callers may ask */
void quota_open (gateway *);
void quota_close (gateway *);
/* Counts a request of a known caller. False: no more of them for now, and it is answered. */
bool quota_admit (gateway *, exchange *);
/* RateLimit, in an answer to who has little left. */
void quota_headers (gateway *, exchange *);

/* session.c: who a token stands for, and what opens and ends it */
void session_open_cache (gateway *);
void session_close_cache (gateway *);
/* Fills exchange->from: at once from the cache, or later by a look-up; then the exchange goes on. */
void session_resolve (gateway *, exchange *, const char *token);
/* The same of who sent a document in cXML; attempts are counted. `address` may be NULL. */
void session_resolve_sender (gateway *, exchange *, const char *key_hash, const char *holder, const char *address);
void session_hash (const char *token, char out [65]);
void session_csrf (const char *token_hash, char out [65]);
bool session_opens (const operation *);
/* It ends what the caller's own token stands for, and says no more than that. */
bool session_ends (const exchange *);
/* Who looks along as somebody else changes nothing but that; and this would. */
bool session_only_reads (const exchange *);
/* A login carries where it comes from, and the hash of the token that only the gateway knows until it is the cookie. */
void session_login (const gateway *, exchange *);
/* In whose name it goes on, known by a `cookie` or not, and what it says of the token itself. `csrf` may be NULL. */
void session_prepare (exchange *, bool cookie, const char *csrf);
/* What the token stands for may be another thing now. */
void session_answered (gateway *, const exchange *);

/* http.c */
bool http_open (gateway *, const char *address);
/* Listens on HOST:PORT; NULL: it cannot, or the address has no port. */
struct evhttp_bound_socket *http_listen (struct evhttp *, const char *address);
/* Who is in is served to the end, and told to go elsewhere then. */
void http_let_nobody_in (gateway *);
void http_close (gateway *);
/* After the caller is known: CSRF, then on to the worker. */
void http_go_on (gateway *, exchange *);
void http_answer (gateway *, exchange *, const mwp_reply_t *, const bytes *body);
/* Where the caller is, as far as it may be believed; false: nowhere. `out` has room for INET6_ADDRSTRLEN. */
bool http_address (const gateway *, struct evhttp_request *, char out []);
/* One more field of the input, which only the gateway may set. */
void http_add_field (exchange *, const char *name, const char *value);
void http_add_object (exchange *, const char *name, const msgpack_object *value);
/* Answers with what is wrong, and ends the exchange. */
void http_invalid (gateway *, exchange *, const faults *);
/* Answers without an operation's record, and ends the exchange. */
void http_refuse (gateway *, exchange *, int status, const char *nl, const char *en);
/* True: who asked has left, which ends an exchange that only reads. */
bool http_let_go (const exchange *);

/* sender.c: whom a document in cXML is from */
bool sender_says (const operation *);
void sender_resolve (gateway *, exchange *);

/* web.c: pages, and the data that is pasted into them */
bool web_open (gateway *, const char *directory);
void web_close (gateway *);
/* Answers with a file of the pages; false: there is none. */
bool web_serve (gateway *, struct evhttp_request *, const char *path);
/* The operation whose answer belongs into the page at `path` for a query, and the page's file (to free); NULL: none. */
const operation *web_data_operation (gateway *, const char *path, const struct evkeyvalq *query, char **file);
/* Answers with a page and its data (size 0: the page fetches by itself). */
void web_send_page (struct evhttp_request *, const char *file, const char *json, size_t size);
#endif
