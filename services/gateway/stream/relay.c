/* relay.c - numbers what services leave in the outbox, and says it to whoever listens. */
#include "relay.h"
#include "../../../common/log.h"
#include "../../../common/text.h"
#include "store.h"
#include <assert.h>
#include <msgpack.h>
#include <stdatomic.h>

enum {
    BATCH = 1000,
    SAY = 500,     /* events read at once to be said */
    PACE_MS = 4,   /* between two drains: what comes together is numbered together */
    IDLE_MS = 20,  /* how long to wait for a nudge at most: what came by another gateway has none */
    LEAD_MS = 500, /* how often one that does not lead tries to */
    BEAT_MS = 1000,
    SILENCE_MS = 5000, /* one that hangs for so long loses the lead */
    ALIVE_MS = 3000,
};

struct relay {
    zactor_t *thread;
    char conninfo [1024], directory [256], nudges [60];
    void *outside;
    _Atomic int64_t said, term, alive_at; /* alive_at: clock_steady_us when a turn ended well */
};

/* What the thread has. */
typedef struct {
    relay *shared;
    zsock_t *pipe, *nudge;
    live *live;
    store *store;
    int64_t term; /* 0: another one leads, or nobody knows */
    uint8_t epoch [EVS_EPOCH];
    int64_t said; /* -1: not looked yet */
    int64_t lead_at, beat_at, drain_at, wait_ms;
    bool ended;
} work;

/* Where the log ends now: what came before is for those who fetch. */
static bool look (work *self)
{
    store_end end;
    if (!store_head (self->store, "all", &end))
        return false;
    if (self->said < 0 || memcmp (end.epoch, self->epoch, EVS_EPOCH) != 0)
        self->said = end.seq;
    memcpy (self->epoch, end.epoch, EVS_EPOCH);
    return true;
}

static void try_to_lead (work *self, int64_t now)
{
    if (self->term || now < self->lead_at)
        return;
    self->lead_at = now + LEAD_MS * INT64_C (1000);
    if (look (self) && store_lead (self->store, &self->term) && self->term)
        log_line ("info", "relay_leads", "term=%lld", (long long) self->term);
}

static void say_rows (work *self, const PGresult *rows)
{
    for (int i = 0; i < PQntuples (rows); i++) {
        const char *audience = PQgetvalue (rows, i, 0);
        bool all = streq (audience, "all");
        self->said = store_int (rows, i, 2);
        live_say (self->live, audience,
                  &(evs_header) { EVS_EVENT, (uint32_t) self->term, store_int (rows, i, 1),
                                  all ? self->said : 0 },
                  self->epoch, PQgetvalue (rows, i, 3), (size_t) PQgetlength (rows, i, 3));
    }
}

/* Says what the log has beyond what was said. Whether there may be more. */
static bool say_news (work *self)
{
    int64_t upto = self->said + SAY;
    PGresult *rows = self->said < 0 ? NULL : store_live (self->store, self->said, upto);
    if (PQntuples (rows) > 0)
        say_rows (self, rows);
    PQclear (rows);
    return self->said == upto;
}

/* The head of every audience somebody listens to, each second and to whoever just came: so that
 * also the loss of the last event is seen, and silence means that nobody is there. */
static void beat (work *self, int64_t now)
{
    if (now < self->beat_at || !look (self))
        return;
    self->beat_at = now + BEAT_MS * INT64_C (1000);
    char *audiences = live_audiences (self->live);
    PGresult *rows = audiences ? store_heads (self->store, audiences) : NULL;
    char moment [MOMENT_TEXT];
    moment_write (clock_wall_us (), moment);
    msgpack_sbuffer map;
    msgpack_packer packer;
    for (int i = 0; i < PQntuples (rows); i++) {
        evs_header header = { EVS_HEARTBEAT, (uint32_t) self->term, store_int (rows, i, 1), 0 };
        msgpack_sbuffer_init (&map);
        msgpack_packer_init (&packer, &map, msgpack_sbuffer_write);
        msgpack_pack_map (&packer, 2);
        msgpack_pack_str_with_body (&packer, "head", 4);
        msgpack_pack_int64 (&packer, header.tseq);
        msgpack_pack_str_with_body (&packer, "now", 3);
        msgpack_pack_str_with_body (&packer, moment, strlen (moment));
        live_say (self->live, PQgetvalue (rows, i, 0), &header, self->epoch, map.data, map.size);
        msgpack_sbuffer_destroy (&map);
    }
    PQclear (rows);
    free (audiences);
}

/* How long to wait for a nudge: where something came, more comes soon, and not all of it by here. */
static int64_t patience (const work *self, bool busy)
{
    int64_t longer = self->wait_ms ? 2 * self->wait_ms : PACE_MS;
    return busy ? PACE_MS : longer < IDLE_MS ? longer : IDLE_MS;
}

/* One turn; `wait_ms` says how long until the next. */
static void turn (work *self)
{
    int64_t now = clock_steady_us ();
    if (!store_alive (self->store)) {
        self->term = 0;
        self->wait_ms = IDLE_MS;
        atomic_store (&self->shared->term, 0);
        return;
    }
    try_to_lead (self, now);
    int moved = self->term ? store_drain (self->store, &self->term, BATCH) : 0;
    self->drain_at = moved > 0 ? clock_steady_us () + PACE_MS * INT64_C (1000) : 0;
    int64_t before = self->said;
    if (moved > 0 || !self->term)
        while (say_news (self))
            ;
    self->wait_ms = moved == BATCH ? 0 : patience (self, self->said > before);
    beat (self, now);
    atomic_store (&self->shared->said, self->said);
    atomic_store (&self->shared->term, self->term);
    atomic_store (&self->shared->alive_at, clock_steady_us ());
}

/* Waits for a nudge, a listener, the end, or until it is time to look by itself. */
static void wait_for_something (work *self)
{
    zmq_pollitem_t items [4] = {
        { .socket = zsock_resolve (self->pipe), .events = ZMQ_POLLIN },
        { .socket = zsock_resolve (self->nudge), .events = ZMQ_POLLIN },
    };
    int64_t rest = self->wait_ms ? (self->drain_at - clock_steady_us ()) / 1000 : 0;
    if (rest > 0)
        zmq_poll (items, 1, rest);
    zmq_poll (items, 2 + live_polls (self->live, items + 2), items [0].revents ? 0 : self->wait_ms);
    if (items [0].revents) {
        char *word = zstr_recv (self->pipe);
        self->ended = !word || streq (word, "$TERM");
        zstr_free (&word);
    }
    if (items [1].revents)
        while (zmq_recv (zsock_resolve (self->nudge), NULL, 0, ZMQ_DONTWAIT) >= 0)
            ;
    if (live_listen (self->live))
        self->beat_at = 0;
}

static void run (zsock_t *pipe, void *argument)
{
    relay *shared = argument;
    char endpoint [300];
    snprintf (endpoint, sizeof endpoint, "ipc://%s/live", shared->directory);
    work self = {
        .shared = shared,
        .pipe = pipe,
        .said = -1,
        .live = live_new (endpoint, shared->outside),
        .store = store_new (shared->conninfo, "meerwaarde-relay", SILENCE_MS),
    };
    self.nudge = zsock_new (ZMQ_PULL);
    zsock_set_rcvhwm (self.nudge, 1);
    int rc = zsock_bind (self.nudge, "%s", shared->nudges);
    assert (rc == 0);
    zsock_signal (pipe, 0);
    while (!self.ended) {
        turn (&self);
        wait_for_something (&self);
    }
    zsock_destroy (&self.nudge);
    live_destroy (&self.live);
    store_destroy (&self.store);
}

relay *relay_new (const char *conninfo, const char *directory, const char *nudges, void *outside)
{
    relay *self = calloc (1, sizeof *self);
    assert (self);
    snprintf (self->conninfo, sizeof self->conninfo, "%s", conninfo);
    snprintf (self->directory, sizeof self->directory, "%s", directory);
    snprintf (self->nudges, sizeof self->nudges, "%s", nudges);
    self->outside = outside;
    atomic_store (&self->said, -1);
    self->thread = zactor_new (run, self);
    assert (self->thread);
    return self;
}

void relay_destroy (relay **self_p)
{
    if (*self_p) {
        zactor_destroy (&(*self_p)->thread);
        free (*self_p);
        *self_p = NULL;
    }
}

int64_t relay_head (const relay *self)
{
    return atomic_load (&self->said);
}

int64_t relay_term (const relay *self)
{
    return atomic_load (&self->term);
}

bool relay_alive (const relay *self)
{
    return clock_steady_us () - atomic_load (&self->alive_at) < ALIVE_MS * INT64_C (1000);
}
