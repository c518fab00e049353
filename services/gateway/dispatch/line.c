/* line.c - what waits for the workers of one service. */
#include "line.h"
#include <assert.h>
#include <stdlib.h>

enum {
    LASTS_US = 100000, /* how long waits are long before that is no burst any more */
    SHORT_US = 5000,   /* and when it is over */
    FEW = 4,           /* so few of its own may wait whatever the pace: who asks for less than its share has bursts too */
    BURST_US = 25000,  /* of work that who was idle may have saved up */
    PACE_SHARE = 16,   /* how much one more measurement counts */
};

/* Which wait is long when it lasts (CoDel's target, for work instead of packets), and which one nobody is asked for. */
static const struct { int64_t long_us, most_us; } waits [LEVELS] = {
    [MATCH] = { 100000, 1000000 }, [BROWSE] = { 20000, 300000 },
};

typedef struct party {
    struct party *next;
    uint64_t      tenant;
    int64_t       clock;
    size_t        count [LEVELS];
    row           rows [LEVELS];
    int64_t       long_since; /* 0: its waits are short */
    bool          shedding;
} party;

static size_t waiting_of (const party *p)
{
    return p->count [ORDER] + p->count [MATCH] + p->count [BROWSE];
}

void line_destroy (line *self)
{
    while (self->parties) {
        party *next = self->parties->next;
        free (self->parties);
        self->parties = next;
    }
}

/* The party of a tenant; on the way those are forgotten that wait for nothing and are owed nothing. */
static party *party_of (line *self, uint64_t tenant, bool make)
{
    for (party **at = &self->parties; *at;) {
        party *p = *at;
        if (p->tenant == tenant)
            return p;
        if (!waiting_of (p) && p->clock <= self->clock - BURST_US) {
            *at = p->next;
            free (p);
        } else
            at = &p->next;
    }
    if (!make)
        return NULL;
    party *p = calloc (1, sizeof *p);
    assert (p);
    p->tenant = tenant;
    p->clock = self->clock - BURST_US;
    p->next = self->parties;
    return self->parties = p;
}

/* How long one more would wait with so many of its own before it: all others who wait have a turn for each of them. */
static int64_t wait_after (const line *self, const party *p, size_t before)
{
    size_t all = self->waiting + !(p && waiting_of (p)), turns = (before + 1) * all - 1;
    return self->pace_ns * (int64_t) (turns < self->length ? turns : self->length) / 1000;
}

static bool is_long (const line *self, const party *p)
{
    return waiting_of (p) >= FEW && wait_after (self, p, waiting_of (p)) > waits [BROWSE].long_us;
}

/* It has a little more of its own before it than when it was last looked at. */
static void watch (const line *self, party *p, int64_t now)
{
    if (!is_long (self, p))
        return;
    if (!p->long_since)
        p->long_since = now;
    p->shedding |= now - p->long_since >= LASTS_US;
}

/* It has a little less. */
static void ease (const line *self, party *p)
{
    if (!is_long (self, p))
        p->long_since = 0;
    if (waiting_of (p) < FEW / 2 || wait_after (self, p, waiting_of (p)) <= SHORT_US)
        p->shedding = false;
}

bool line_admits (line *self, const job *j, int64_t now)
{
    party *p = party_of (self, j->tenant, false);
    size_t before = 0;
    if (self->length >= LINE_ROOM)
        return false;
    if (j->level == ORDER)
        return true;
    for (int level = ORDER; p && level <= (int) j->level; level++)
        before += p->count [level];
    if (p)
        watch (self, p, now);
    bool sheds = p && p->shedding && before >= FEW;
    return wait_after (self, p, before) <= (sheds ? waits [j->level].long_us : waits [j->level].most_us);
}

static void enter (line *self, job *j, bool first)
{
    party *p = party_of (self, j->tenant, true);
    self->waiting += !waiting_of (p);
    self->length++;
    if (!waiting_of (p) && p->clock < self->clock - BURST_US)
        p->clock = self->clock - BURST_US;
    p->count [j->level]++;
    j->party = p;
    (first ? row_push_front : row_push) (&p->rows [j->level], j);
}

void line_add (line *self, job *j)
{
    enter (self, j, false);
}

void line_put_back (line *self, job *j)
{
    enter (self, j, true);
    j->party->clock -= j->cost_us;
}

job *line_next (const line *self)
{
    const party *best = NULL;
    if (!self->length)
        return NULL;
    for (const party *p = self->parties; p; p = p->next)
        if (waiting_of (p) && (!best || p->clock < best->clock))
            best = p;
    for (int level = ORDER; best && level < LEVELS; level++)
        if (best->rows [level].first)
            return best->rows [level].first;
    return NULL;
}

void line_remove (line *self, job *j)
{
    party *p = j->party;
    row_remove (&p->rows [j->level], j);
    p->count [j->level]--;
    self->length--;
    self->waiting -= !waiting_of (p);
    j->party = NULL;
    ease (self, p);
}

/* The pace is known only while somebody always waits. A pause of the machine's is not the workers' pace: however long it
 * was, it counts as a few turns.                                                                                       */
static void measure (line *self, int64_t now)
{
    enum { FIRST_NS = 1000000, TIMES = 4 };
    int64_t took = (now - self->served) * 1000, most = TIMES * self->pace_ns + FIRST_NS;
    if (self->served && took >= 0)
        self->pace_ns += ((took < most ? took : most) - self->pace_ns) / PACE_SHARE;
}

void line_take (line *self, job *j, int64_t now)
{
    measure (self, now);
    self->clock = j->party->clock > self->clock ? j->party->clock : self->clock;
    j->party->clock += j->cost_us;
    self->furthest = j->party->clock > self->furthest ? j->party->clock : self->furthest;
    line_remove (self, j);
    self->served = self->length ? now : 0;
    if (!self->length)
        self->clock = self->furthest; /* where nobody waits nobody is owed anything */
}
