/* main.c - the gateway: one loop for HTTP and workers, threads for identity and the stream. */
#define _GNU_SOURCE /* RUSAGE_THREAD */
#include "gateway.h"
#include "files/clean.h"
#include "files/files.h"
#include "identity/identity.h"
#include "stream/stream.h"
#include "../../common/config.h"
#include "../../common/log.h"
#include "../../common/mwp.h"
#include "../../common/openapi.h"
#include "../../common/text.h"
#include "../../common/worker.h"
#include <arpa/inet.h>
#include <malloc.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>

static option options [] = {
    { "http", "127.0.0.1:8080", "address and port to listen on", "address" },
    { "metrics", NULL, "address and port of the figures for a monitor; not given: none", "address" },
    { "web", "services/gateway/web/dist", "directory of the pages", NULL },
    { "db", NULL, "PostgreSQL connection string of role mw_gateway, for identity", "conninfo" },
    { "relay-db", NULL, "PostgreSQL connection string of role mw_relay, for the stream", "conninfo" },
    { "run", "var/run", "directory of the ipc sockets", NULL },
    { "keys", "var/keys", "directory of the keys, for tcp", NULL },
    { "trusted-proxy", NULL, "whose X-Forwarded-For tells where a login comes from: an address, or yes for whoever connects", NULL },
    { "dispatch", NULL, "tcp endpoint for workers, CURVE only; as in tcp://*:5550", "tcp" },
    { "control", NULL, "tcp endpoint for the operator's command line, CURVE only; as in tcp://*:5570", "tcp" },
    { "stream", NULL, "tcp endpoint of the live stream for subscribers, CURVE only; replay is one port up", "tcp" },
    { "spool", "/tmp", "directory in which files lie, without a name, while they arrive", NULL },
    { "workers", "2", "threads of identity", "1..64" },
    POST_OPTIONS,
    { "log", "logfmt", "log lines as logfmt or json", "logfmt|json" },
};
enum { OPTIONS = sizeof options / sizeof *options, TICK_US = 50000, DRAIN_S = 10, PATIENCE_US = 5000000 };

static const char *given (const char *name)
{
    return config_text (options, OPTIONS, name);
}

/* Hashing a password takes a core for 60 ms. On Linux this is the priority of the calling thread and of those
 * it starts: theirs gives way to the loop's.                                                             */
static void identity_run (zsock_t *pipe, void *args)
{
    (void) args;
    setpriority (PRIO_PROCESS, 0, 10);
    zsock_signal (pipe, 0);
    service_run (identity_service (), given ("db"), &(service_set) { .run = given ("run") },
                 config_number (options, OPTIONS, "workers"), pipe);
}

/* A connection of identity's for who mails; NULL: not now. */
static struct db *connect_post (void *of)
{
    const service *identity = identity_service ();
    bool fatal;
    (void) of;
    return db_new (given ("db"), service_schema (identity), identity->statements, identity->statement_count, &fatal);
}

/* ------------------------------------------------------------------------------------ the loop */

/* Identity drains through this loop, so it has to be gone before the loop may end. */
static bool identity_is_here (gateway *self)
{
    worker_view *workers [DISPATCHER_WORKERS];
    size_t count = dispatcher_workers (self->dispatcher, workers);
    for (size_t i = 0; i < count; i++)
        if (workers [i]->service == SERVICE_GATEWAY)
            return true;
    return false;
}

/* What a busy hour needed goes back to the system in a quiet moment. */
static void rest (gateway *self)
{
    enum { REST_US = 2000000 };
    int64_t now = clock_steady_us ();
    if (self->exchange_count || self->next_rid == self->rested_rid || now - self->rested < REST_US)
        return;
    malloc_trim (0);
    self->rested = now;
    self->rested_rid = self->next_rid;
}

/* A service without a worker that takes work; NULL: there is none. */
static const char *absentee (gateway *self)
{
    bool served [SERVICE_COUNT] = { 0 };
    worker_view *workers [DISPATCHER_WORKERS];
    size_t count = dispatcher_workers (self->dispatcher, workers);
    for (size_t i = 0; i < count; i++)
        served [workers [i]->service] |= !workers [i]->draining && !workers [i]->suspect;
    for (int i = 0; i < SERVICE_COUNT; i++)
        if (!served [i])
            return i == SERVICE_GATEWAY ? "identity" : service_names [i];
    return NULL;
}

/* What keeps it from doing its work; NULL: nothing. */
static const char *trouble (gateway *self, char text [80])
{
    const char *absent = absentee (self);
    if (absent)
        snprintf (text, 80, "%s has no worker that takes work", absent);
    return absent ? text : self->stopping ? "it is draining"
         : stream_alive (self->stream) ? NULL : "the stream's database does not answer";
}

/* Callers may come once there is somebody for all that they may ask; until then another gateway takes them. One that is
 * alone does not wait for ever: without one service it can still do the work of the others.                           */
static void let_callers_in (gateway *self, int64_t began)
{
    if (self->http || self->stopping)
        return;
    const char *absent = absentee (self);
    if (absent && clock_steady_us () - began < PATIENCE_US)
        return;
    if (http_open (self, given ("http")))
        log_line (absent ? "warning" : "info", "ready", "http=%s without=%s", given ("http"), absent ? absent : "-");
    else {
        log_line ("error", "http_taken", "http=%s", given ("http"));
        fprintf (stderr, "meerwaarde-gateway: cannot listen on %s; is the port taken?\n", given ("http"));
        self->failed = true;
        event_base_loopbreak (self->loop);
    }
}

static void tick (evutil_socket_t fd, short what, void *arg)
{
    (void) fd;
    (void) what;
    gateway *self = arg;
    int64_t now = clock_steady_us ();
    hall_tell (self, &(sight) { .kind = SAW_TICK });
    exchange_expire (self, now);
    rest (self);
    health_tell (&self->health, trouble (self, (char [80]) { 0 }));
    hall_watch_again (self);
    if (!self->stopping && zsock_events (self->identity) & ZMQ_POLLIN) { /* it ended by itself; its log says why */
        self->failed = true;
        event_base_loopbreak (self->loop);
    }
    /* Twice in a row: what was answered last is on its way, and nobody was let in meanwhile. */
    bool done = self->stopping && self->exchange_count == 0 && !identity_is_here (self);
    if (done && self->done)
        event_base_loopbreak (self->loop);
    self->done = done;
}

/* The first signal lets what is under way end; a second one does not wait for it. */
static void stop (evutil_socket_t fd, short what, void *arg)
{
    (void) fd;
    (void) what;
    gateway *self = arg;
    if (self->stopping)
        event_base_loopbreak (self->loop);
    else {
        log_line ("info", "draining", "exchanges=%zu", self->exchange_count);
        http_let_nobody_in (self);
        zsock_set_sndtimeo (self->identity, 0);
        zstr_send (self->identity, "$TERM");
        event_base_loopexit (self->loop, &(struct timeval) { DRAIN_S, 0 });
    }
    self->stopping = true;
}

static turn look_at_clock (void)
{
    struct rusage use;
    getrusage (RUSAGE_THREAD, &use);
    return (turn) { clock_steady_us (), (use.ru_utime.tv_sec + use.ru_stime.tv_sec) * INT64_C (1000000)
                    + use.ru_utime.tv_usec + use.ru_stime.tv_usec, use.ru_nvcsw };
}

void turn_begins (gateway *self)
{
    if (!self->turn.began)
        self->turn = look_at_clock ();
}

/* How long callers were kept waiting: by the loop's own work, which its processor time tells, or by anything
 * that made it sleep within a turn, which nothing may. To be preempted by other threads is neither.         */
static void turn_ends (gateway *self)
{
    if (!self->turn.began)
        return;
    turn now = look_at_clock ();
    int64_t work = now.work - self->turn.work, wall = now.began - self->turn.began;
    self->busy_us = work > self->busy_us ? work : self->busy_us;
    if (now.sleeps > self->turn.sleeps && wall > self->blocked_us)
        self->blocked_us = wall;
    self->turn.began = 0;
}

/* One turn of the loop at a time, so that its length is known. */
static void run (gateway *self)
{
    int64_t began = clock_steady_us ();
    while (!event_base_got_exit (self->loop) && !event_base_got_break (self->loop)) {
        event_base_loop (self->loop, EVLOOP_ONCE);
        let_callers_in (self, began);
        hall_flush (self);
        turn_ends (self);
    }
}

/* False: somebody may come over tcp, but the key for that cannot be used. */
static bool hang_door (gateway *self)
{
    bool wanted = given ("dispatch") || given ("control") || given ("stream");
    self->door = wanted ? door_new (given ("keys")) : NULL;
    return self->door || !wanted;
}

static bool start (gateway *self)
{
    self->run = given ("run");
    self->site = given ("site");
    /* The late answer to a number of an earlier life, which a worker may still hold, is nobody's. */
    self->next_rid = (int64_t) randombytes_random () << 20;
    self->trusted_proxy = given ("trusted-proxy");
    struct event_config *config = event_config_new ();
    event_config_set_flag (config, EVENT_BASE_FLAG_NOLOCK | EVENT_BASE_FLAG_EPOLL_USE_CHANGELIST);
    self->loop = event_base_new_with_config (config);
    event_config_free (config);
    msgpack_zone_init (&self->frame_zone, 8192);
    msgpack_zone_init (&self->body_zone, 16384);
    self->stream = stream_new (&(stream_options) { given ("relay-db"), self->run, given ("stream"), self->door });
    if (!self->stream || !hall_open (self, given ("dispatch"), given ("control")))
        return false;
    health_open (&self->health, self->run, service_names [SERVICE_GATEWAY]);
    events_open (self);
    session_open_cache (self);
    quota_open (self);
    files_open (self, given ("db"), given ("spool"));
    if (!web_open (self, given ("web")))
        log_line ("warning", "pages_missing", "web=%s", given ("web"));
    text_buffer document = { 0 };
    openapi_write (&document);
    self->openapi = document.at;
    self->openapi_size = document.size;
    if (given ("metrics") && !monitor_open (self, given ("metrics"))) {
        log_line ("error", "metrics_taken", "metrics=%s", given ("metrics"));
        fprintf (stderr, "meerwaarde-gateway: --metrics=%s: cannot listen there; it wants HOST:PORT that nobody has taken\n", given ("metrics"));
        return false;
    }
    return true;
}

static void end (gateway *self)
{
    health_close (&self->health);
    http_close (self);
    files_close (self);
    monitor_close (self);
    web_close (self);
    session_close_cache (self);
    quota_close (self);
    if (self->pages.event)
        event_free (self->pages.event);
    if (self->dispatcher)
        hall_close (self);
    stream_destroy (&self->stream);
    door_destroy (&self->door);
    if (self->loop)
        event_base_free (self->loop);
    free (self->openapi);
    while (self->spare) {
        exchange *next = self->spare->next;
        free (self->spare);
        self->spare = next;
    }
    text_free (&self->text);
    msgpack_zone_destroy (&self->frame_zone);
    msgpack_zone_destroy (&self->body_zone);
}

static bool proxy_is_clear (const char *proxy)
{
    struct in6_addr address;
    return !proxy || strcmp (proxy, "yes") == 0
        || inet_pton (AF_INET, proxy, &address) == 1 || inet_pton (AF_INET6, proxy, &address) == 1;
}

int main (int argc, char *argv [])
{
    const char *rest;
    int status;
    if (argc == 2 && strcmp (argv [1], "clean") == 0)
        return clean_main ();
    if (!config_read (options, OPTIONS, "meerwaarde-gateway: the front of the platform", argc, argv, &rest, &status))
        return status;
    if (!given ("db") || !given ("relay-db")) {
        fprintf (stderr, "%s: --db and --relay-db are needed: say how to reach PostgreSQL\n", argv [0]);
        return 2;
    }
    if (!proxy_is_clear (given ("trusted-proxy"))) {
        fprintf (stderr, "%s: --trusted-proxy=%s is neither an IP address nor yes\n", argv [0], given ("trusted-proxy"));
        return 2;
    }
    mallopt (M_ARENA_MAX, 2);
    log_open ("gateway", strcmp (given ("log"), "json") == 0);
    mwp_start ();
    zsys_handler_set (NULL);  /* signals come through the loop */
    signal (SIGPIPE, SIG_IGN); /* a browser may go away while it is answered */
    if (sodium_init () < 0)
        return 1;
    gateway *self = calloc (1, sizeof *self);
    if (!self)
        return 1;
    if (!hang_door (self)) {
        free (self);
        return 2;
    }
    if (!start (self)) {
        end (self);
        free (self);
        return 1;
    }
    struct timeval period = { 0, TICK_US };
    struct event *timer = event_new (self->loop, -1, EV_PERSIST, tick, self);
    struct event *term = evsignal_new (self->loop, SIGTERM, stop, self), *interrupt = evsignal_new (self->loop, SIGINT, stop, self);
    self->identity = zactor_new (identity_run, NULL);
    post_args mailing = { .connect = connect_post, .write = identity_mail };
    zactor_t *post;
    self->failed = !post_start (&mailing, options, OPTIONS, &post);
    event_add (timer, &period);
    event_add (term, NULL);
    event_add (interrupt, NULL);
    if (!self->failed)
        run (self);
    event_free (timer);
    event_free (term);
    event_free (interrupt);
    zactor_destroy (&post);
    zactor_destroy (&self->identity);
    end (self);
    status = self->failed;
    free (self);
    log_line ("info", "stopped", "%s", "");
    return status;
}
