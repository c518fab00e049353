/* dispatcher_sim.c - the dispatcher against chance: clients, workers and a network that delays, drops, repeats and
 * reorders, in a world whose only clock and only dice are here.
 *
 *   dispatcher_sim [SEEDS [FIRST]]    SEEDS worlds, one after the other, from seed FIRST
 *
 * What must hold, in every world:
 *   - each request that was submitted is answered once, or refused once, or given up once by who asked;
 *   - no write is begun twice, whatever is lost or repeated on the way;
 *   - a worker is never given more than the most that it allowed;
 *   - nobody is passed over for ever by others that came later;
 *   - when all is quiet nothing is in flight: no credit has leaked.
 * Ends with the number of steps, or with the seed and the step at which something did not hold, and status 1. */
#include "../../common/mwp.h"
#include "../../services/gateway/dispatch/dispatcher.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    STEPS = 1200, WORKERS = 5, REQUESTS = 2000, MESSAGES = 8192, TENANTS = 4, HELD = 256,
    BUDGET_US = 10000000, BEAT_US = 500000, TICK_US = 50000, READS_US = 40000,
    PATIENCE = 400, /* how many turns others may have before one that waits */
};

/* ------------------------------------------------------------------------------------ chance */

static uint64_t dice;

static uint32_t roll (uint32_t sides)
{
    dice = dice * UINT64_C (6364136223846793005) + UINT64_C (1442695040888963407);
    return (uint32_t) (dice >> 33) % sides;
}

static bool chance (uint32_t in_a_thousand)
{
    return roll (1000) < in_a_thousand;
}

/* ------------------------------------------------------------------------------------- world */

typedef enum { NEW, OPEN, ANSWERED, FAILED, GIVEN_UP } fate;

typedef struct {
    const operation *op;
    fate     fate;
    int64_t  submitted, deadline;
    int      begun, sent;
    uint32_t tenant;
    bool     waits;
} request;

/* A message on its way. */
typedef struct {
    int64_t     at;
    int         worker;    /* to or from this one, in this life of it */
    int         life;
    bool        to_worker;
    action_kind word;      /* to a worker */
    sight_kind  sight;     /* from a worker */
    int64_t     rid, value; /* value: credit, what is in hand, or why rejected */
} message;

typedef struct {
    bool    alive, known, stopped, draining, fenced;
    int     life;          /* counts its deaths: an old life's messages are nobody's */
    int64_t credit, most;  /* given last; the most it gave within the last moments */
    int64_t held [HELD], until [HELD]; /* requests, and when each will be done */
    int     count;
    bool    cancelled [HELD];
    int64_t beat_at;
} worker;

static struct {
    dispatcher *d;
    int64_t     now, quiet_after;
    request     requests [REQUESTS];
    int         waiting [TENANTS], passed_over [TENANTS];
    int         request_count;
    message     messages [MESSAGES];
    int         message_count;
    worker      workers [WORKERS];
    bool        rough;     /* messages may be lost, repeated, reordered */
    const operation *reading, *writing, *browsing;
    long        steps;
    uint64_t    seed;
} world;

static void broken (const char *what, int64_t rid)
{
    printf ("seed %llu, step %ld: %s (request %lld)\n", (unsigned long long) world.seed, world.steps, what, (long long) rid);
    exit (1);
}

static void must (bool holds, const char *what, int64_t rid)
{
    if (!holds)
        broken (what, rid);
}

/* -------------------------------------------------------------------------------- network */

static void post (message m)
{
    m.at = world.now + 50 + roll (world.rough && chance (20) ? 2000000 : 500);
    if (world.rough && chance (5))
        return;
    for (int copies = world.rough && !m.to_worker && chance (5) ? 2 : 1; copies; copies--)
        if (world.message_count < MESSAGES)
            world.messages [world.message_count++] = m;
}

static void id_of (int w, int life, uint8_t id [2])
{
    id [0] = (uint8_t) ('a' + w);
    id [1] = (uint8_t) life;
}

/* In a smooth world messages between two arrive in the order in which they left. */
static int next_message (void)
{
    int best = -1;
    for (int i = 0; i < world.message_count; i++)
        if (best < 0 || world.messages [i].at < world.messages [best].at)
            best = i;
    if (best < 0 || world.rough)
        return best;
    for (int i = 0; i < best; i++)
        if (world.messages [i].worker == world.messages [best].worker && world.messages [i].to_worker == world.messages [best].to_worker)
            return i;
    return best;
}

/* --------------------------------------------------------------------------------- dispatcher */

static void carry_out (void);

static bool tell (sight seen)
{
    bool counts = dispatcher_step (world.d, &seen, world.now);
    world.steps++;
    carry_out ();
    return counts;
}

static void leaves_line (request *r)
{
    world.waiting [r->tenant] -= r->waits;
    r->waits = false;
}

/* A turn of one is a turn that all others who wait did not have. */
static void serve_tenant (request *r)
{
    for (uint32_t t = 0; r->waits && t < TENANTS; t++) {
        world.passed_over [t] = t != r->tenant && world.waiting [t] ? world.passed_over [t] + 1 : 0;
        must (world.passed_over [t] < PATIENCE, "an organisation is passed over for ever, this one", t);
    }
    leaves_line (r);
}

static void sent_to (const action *what)
{
    int w = what->id [0] - 'a', life = what->id [1];
    request *r = &world.requests [what->rid];
    if (r->fate != OPEN) {
        tell ((sight) { .kind = SAW_SKIPPED, .peer = { what->id_size, what->id }, .rid = what->rid });
        return;
    }
    if (!world.workers [w].alive || world.workers [w].life != life) {
        tell ((sight) { .kind = SAW_UNSENT, .peer = { what->id_size, what->id }, .rid = what->rid });
        return;
    }
    r->sent++;
    serve_tenant (r);
    post ((message) { .worker = w, .life = life, .to_worker = true, .word = ACT_SEND, .rid = what->rid });
}

static void carry_out (void)
{
    action what;
    while (dispatcher_act (world.d, &what)) {
        if (what.kind == ACT_SEND)
            sent_to (&what);
        else if (what.kind == ACT_FAIL) {
            request *r = &world.requests [what.rid];
            must (r->fate == OPEN, "it is refused, but it ended before", what.rid);
            r->fate = FAILED;
            leaves_line (r);
        } else if (what.id_size)
            post ((message) { .worker = what.id [0] - 'a', .life = what.id [1], .to_worker = true, .word = what.kind, .rid = what.rid });
    }
}

static void check_credit (void)
{
    worker_view *views [DISPATCHER_WORKERS];
    size_t count = dispatcher_workers (world.d, views);
    for (size_t i = 0; i < count; i++) {
        const worker *w = &world.workers [views [i]->id [0] - 'a'];
        must (views [i]->in_flight >= 0, "less than nothing is in flight", 0);
        if (w->life == views [i]->id [1])
            must (views [i]->in_flight <= w->most, "a worker has more than it ever allowed", 0);
    }
}

/* ------------------------------------------------------------------------------------ workers */

static void say (int w, sight_kind kind, int64_t rid, int64_t value)
{
    post ((message) { .worker = w, .life = world.workers [w].life, .sight = kind, .rid = rid, .value = value });
}

static void be_born (int w)
{
    worker *it = &world.workers [w];
    int life = it->life + 1;
    *it = (worker) { .alive = true, .life = life & 0xff, .credit = 1 + roll (8), .beat_at = world.now };
    it->most = it->credit;
}

static void begin (int w, int64_t rid)
{
    worker *it = &world.workers [w];
    request *r = &world.requests [rid];
    must (it->count < HELD, "a worker is flooded", rid);
    if (it->draining && it->fenced && chance (500)) {
        say (w, SAW_REJECT, rid, reject_draining);
        return;
    }
    r->begun++;
    must (r->begun == 1 || !operation_writes (r->op), "a write is begun twice", rid);
    must (r->begun <= 3, "a read is begun too often", rid);
    it->cancelled [it->count] = false;
    it->until [it->count] = world.now + (chance (20) ? roll (15000000) : roll (20000));
    it->held [it->count++] = rid;
}

static void hear (int w, const message *m)
{
    worker *it = &world.workers [w];
    switch (m->word) {
    case ACT_SEND:       begin (w, m->rid); break;
    case ACT_WELCOME:    it->known = true; break;
    case ACT_DISCONNECT: it->known = false; break;
    case ACT_FENCE:      it->fenced = true; break;
    case ACT_CANCEL:
        for (int i = 0; i < it->count; i++)
            it->cancelled [i] |= it->held [i] == m->rid;
        break;
    default: break;
    }
}

static void finish (int w)
{
    worker *it = &world.workers [w];
    for (int i = 0; i < it->count; i++) {
        if (it->until [i] > world.now && !it->cancelled [i])
            continue;
        it->cancelled [i] ? say (w, SAW_REJECT, it->held [i], reject_cancelled) : say (w, SAW_REPLY, it->held [i], 0);
        it->count--;
        it->held [i] = it->held [it->count];
        it->until [i] = it->until [it->count];
        it->cancelled [i] = it->cancelled [it->count];
        i--;
    }
    if (it->draining && it->fenced && it->count == 0) {
        say (w, SAW_BYE, 0, 0);
        it->alive = false;
    }
}

static void live (int w)
{
    worker *it = &world.workers [w];
    if (!it->alive || it->stopped)
        return;
    finish (w);
    if (!it->alive || world.now < it->beat_at)
        return;
    it->beat_at = world.now + BEAT_US;
    if (it->draining && !it->fenced)
        say (w, SAW_DRAIN, 0, 0);
    else if (it->known || it->draining)
        say (w, SAW_HEARTBEAT, 0, it->count);
    else
        say (w, SAW_READY, 0, it->credit);
}

/* What came meanwhile is read before anything is said. */
static void go_on (worker *it)
{
    if (it->stopped && it->beat_at < world.now + READS_US)
        it->beat_at = world.now + READS_US;
    it->stopped = false;
}

static void mishap (void)
{
    int w = (int) roll (WORKERS);
    worker *it = &world.workers [w];
    switch (roll (8)) {
    case 0: it->alive = false; break;                 /* it dies, with all that it has */
    case 1: it->stopped = it->alive; break;
    case 2:
    case 3: go_on (it); break;
    case 4: it->draining = it->alive; break;
    case 5:
        if (it->alive && it->known && !it->draining) {
            it->credit = 1 + roll (8);
            it->most = it->credit > it->most ? it->credit : it->most;
            say (w, SAW_CREDIT, 0, it->credit);
        }
        break;
    default:
        if (!it->alive)
            be_born (w);
    }
}

/* ------------------------------------------------------------------------------------ clients */

static void ask (void)
{
    int64_t rid = ++world.request_count;
    request *r = &world.requests [rid];
    *r = (request) { .op = chance (300) ? world.writing : chance (500) ? world.browsing : world.reading, .fate = OPEN,
                     .submitted = world.now, .deadline = world.now + (chance (100) ? roll (1000000) : BUDGET_US),
                     .tenant = chance (600) ? 0 : roll (TENANTS), .waits = true };
    world.waiting [r->tenant]++;
    tell ((sight) { .kind = SAW_SUBMIT, .rid = rid, .op = r->op, .tenant = r->tenant + 1, .print = (uint64_t) rid });
}

static void give_up (int64_t rid)
{
    world.requests [rid].fate = GIVEN_UP;
    leaves_line (&world.requests [rid]);
    tell ((sight) { .kind = SAW_GONE, .rid = rid });
}

static void expire (void)
{
    for (int rid = 1; rid <= world.request_count && rid < REQUESTS; rid++)
        if (world.requests [rid].fate == OPEN && world.requests [rid].deadline <= world.now)
            give_up (rid);
}

/* ------------------------------------------------------------------------------------- a world */

static void deliver (const message *m)
{
    worker *it = &world.workers [m->worker];
    if (m->to_worker) {
        if (it->alive && it->life == m->life)
            hear (m->worker, m);
        return;
    }
    uint8_t id [2];
    char hash [33];
    id_of (m->worker, m->life, id);
    mwp_ready_t ready = { .worker = "w", .service = "pipeline", .build = "0", .credit = m->value,
                          .operations = mwp_operations_hash (SERVICE_PIPELINE, hash) };
    mwp_heartbeat_t beat = { .in_hand = m->value, .yours = m->value };
    bool counts = tell ((sight) { .kind = m->sight, .peer = { 2, id }, .rid = m->rid, .credit = m->value,
                                  .outcome = outcome_done, .reject = (int) m->value, .ready = &ready, .heartbeat = &beat });
    if (m->sight == SAW_REPLY && counts) {
        must (world.requests [m->rid].fate == OPEN, "it is answered, but it ended before", m->rid);
        world.requests [m->rid].fate = ANSWERED;
    }
}

static void advance (void)
{
    int i = next_message ();
    int64_t next = world.now + 1 + roll (10000);
    message m = { 0 };
    if (i >= 0)
        m = world.messages [i];
    if (i < 0 || m.at > next)
        world.now = next;
    else if (m.to_worker && world.workers [m.worker].stopped)
        world.messages [i].at = next + READS_US / 2; /* it lies there until the worker goes on */
    else {
        memmove (&world.messages [i], &world.messages [i + 1], (size_t) (--world.message_count - i) * sizeof m);
        world.now = m.at > world.now ? m.at : world.now;
        deliver (&m);
    }
    for (int w = 0; w < WORKERS; w++)
        live (w);
}

static void run (uint64_t seed)
{
    const operation *reading = world.reading, *writing = world.writing, *browsing = world.browsing;
    long steps = world.steps;
    memset (&world, 0, sizeof world);
    world.reading = reading, world.writing = writing, world.browsing = browsing;
    world.steps = steps;
    world.seed = dice = seed;
    world.rough = seed % 2;
    world.now = 1000000;
    world.d = dispatcher_new ();
    roll (1);
    uint32_t trouble = roll (30), crowd = 50 + roll (600);
    int64_t tick_at = 0;
    for (int w = 0; w < WORKERS; w++)
        be_born (w);
    for (long end = world.steps + STEPS; world.steps < end;) {
        if (chance (crowd) && world.request_count < REQUESTS - 1)
            ask ();
        if (chance (trouble))
            mishap ();
        if (chance (3) && world.request_count) {
            int64_t rid = 1 + roll ((uint32_t) world.request_count);
            if (world.requests [rid].fate == OPEN)
                give_up (rid);
        }
        if (world.now >= tick_at) {
            tell ((sight) { .kind = SAW_TICK });
            tick_at = world.now + TICK_US;
            expire ();
        }
        advance ();
        check_credit ();
    }
    /* Now nothing goes wrong any more. All that is open ends, and no worker owes anything. */
    world.rough = false;
    for (int w = 0; w < WORKERS; w++)
        go_on (&world.workers [w]);
    for (int64_t until = world.now + 40000000; world.now < until; check_credit ()) {
        for (int w = 0; w < WORKERS; w++)
            if (!world.workers [w].alive)
                be_born (w);
        if (world.now >= tick_at) {
            tell ((sight) { .kind = SAW_TICK });
            tick_at = world.now + TICK_US;
            expire ();
        }
        advance ();
    }
    for (int rid = 1; rid <= world.request_count; rid++)
        must (world.requests [rid].fate != OPEN, "it never ended", rid);
    worker_view *views [DISPATCHER_WORKERS];
    size_t count = dispatcher_workers (world.d, views);
    for (size_t i = 0; i < count; i++)
        must (views [i]->in_flight == 0, "all is quiet, and something is in flight", 0);
    must (count > 0, "all is quiet, and no worker is known", 0);
    dispatcher_destroy (&world.d);
}

int main (int argc, char *argv [])
{
    long seeds = argc > 1 ? strtol (argv [1], NULL, 10) : 100;
    uint64_t first = argc > 2 ? strtoull (argv [2], NULL, 10) : 1;
    world.reading = operation_find ("quote_list");
    world.browsing = operation_find ("need_list");
    world.writing = operation_find ("need_publish");
    for (long i = 0; i < seeds; i++)
        run (first + (uint64_t) i);
    printf ("%ld steps in %ld worlds, from seed %llu: all holds\n", world.steps, seeds, (unsigned long long) first);
    return 0;
}
