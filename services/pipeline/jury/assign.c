/* assign.c - a flow of smallest cost: source -> initiative -> juror -> sink, a path at a time (successive shortest paths).
 *
 * The n-th judgement of a juror costs 2n - 1, so that the sum is the square of their load; that counts before all wishes together.
 * Paths are found by Bellman and Ford, as taking back has a negative cost; the cases are small. */
#include "assign.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const assign_case *of;
    bool    *chosen;
    int     *given, *taken;      /* per initiative, per juror */
    int64_t *reach_i, *reach_j;  /* the cheapest way to each */
    size_t  *from_i, *from_j;    /* over which juror, which initiative */
    int64_t  weight;             /* of a square, in wishes */
} flow;

static const int64_t FAR = INT64_MAX / 4;
static const size_t NOBODY = SIZE_MAX;

static void *room_for (size_t count, size_t size)
{
    void *at = calloc (count + 1, size);
    assert (at);
    return at;
}

static void start (flow *self)
{
    for (size_t j = 0; j < self->of->jurors; j++) {
        self->reach_j [j] = FAR;
        self->from_j [j] = NOBODY;
    }
    for (size_t i = 0; i < self->of->initiatives; i++) {
        self->reach_i [i] = self->given [i] < self->of->wanted [i] ? 0 : FAR;
        self->from_i [i] = NOBODY;
    }
}

/* One pair: forward when it is free, back when it is chosen. True: something became cheaper. */
static bool relax (flow *self, size_t i, size_t j)
{
    int cost = self->of->cost [i * self->of->jurors + j];
    bool chosen = self->chosen [i * self->of->jurors + j];
    if (cost == ASSIGN_NEVER)
        return false;
    if (!chosen && self->reach_i [i] < FAR && self->reach_i [i] + cost < self->reach_j [j]) {
        self->reach_j [j] = self->reach_i [i] + cost;
        self->from_j [j] = i;
        return true;
    }
    if (chosen && self->reach_j [j] < FAR && self->reach_j [j] - cost < self->reach_i [i]) {
        self->reach_i [i] = self->reach_j [j] - cost;
        self->from_i [i] = j;
        return true;
    }
    return false;
}

static void spread (flow *self)
{
    start (self);
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < self->of->initiatives; i++)
            for (size_t j = 0; j < self->of->jurors; j++)
                more |= relax (self, i, j);
    }
}

static int64_t end_cost (const flow *self, size_t j)
{
    return self->reach_j [j] + self->weight * (2 * ((int64_t) self->of->load [j] + self->taken [j]) + 1);
}

/* Of equal ones the first. */
static size_t cheapest (const flow *self)
{
    size_t best = NOBODY;
    for (size_t j = 0; j < self->of->jurors; j++)
        if (self->reach_j [j] < FAR && (best == NOBODY || end_cost (self, j) < end_cost (self, best)))
            best = j;
    return best;
}

static void take (flow *self, size_t j)
{
    self->taken [j]++;
    for (;;) {
        size_t i = self->from_j [j];
        self->chosen [i * self->of->jurors + j] = true;
        if (self->from_i [i] == NOBODY) {
            self->given [i]++;
            return;
        }
        j = self->from_i [i];
        self->chosen [i * self->of->jurors + j] = false;
    }
}

size_t assign_solve (const assign_case *of, bool *chosen)
{
    size_t many = of->initiatives * of->jurors, count = 0;
    flow self = { .of = of, .chosen = chosen, .weight = (int64_t) many * ASSIGN_DEAREST + 1,
                  .given = room_for (of->initiatives, sizeof (int)), .taken = room_for (of->jurors, sizeof (int)),
                  .reach_i = room_for (of->initiatives, sizeof (int64_t)), .reach_j = room_for (of->jurors, sizeof (int64_t)),
                  .from_i = room_for (of->initiatives, sizeof (size_t)), .from_j = room_for (of->jurors, sizeof (size_t)) };
    memset (chosen, 0, many * sizeof *chosen);
    for (;;) {
        spread (&self);
        size_t j = cheapest (&self);
        if (j == NOBODY)
            break;
        take (&self, j);
        count++;
    }
    free (self.given);
    free (self.taken);
    free (self.reach_i);
    free (self.reach_j);
    free (self.from_i);
    free (self.from_j);
    return count;
}
