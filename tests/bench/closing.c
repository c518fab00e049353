/* closing.c - closes financing tables of 200 asks and 40 financiers, with the solver and with the same said in the plainest way.
 *
 * closing SEED ours|naive prints the milliseconds of each kind of table, and a sum over who is bound, as JSON. */
#include "../../services/pipeline/table/closing.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ASKS = 200, FINANCIERS = 40, PLEDGES = ASKS * FINANCIERS, WISHES = 3, KINDS = 8 };

static closing_ask       asks [ASKS];
static closing_pledge    pledges [PLEDGES];
static closing_condition conditions [PLEDGES][WISHES];
static uint64_t chance;

static size_t below (size_t limit)
{
    chance ^= chance << 13;
    chance ^= chance >> 7;
    chance ^= chance << 17;
    return (size_t) (chance % limit);
}

/* Every financier pledges on every ask, with one to three conditions. */
static void mixed (void)
{
    for (size_t a = 0; a < ASKS; a++)
        asks [a].least_cents = 20000000 + (int64_t) below (40000000);
    for (size_t i = 0; i < PLEDGES; i++) {
        closing_pledge *p = &pledges [i];
        *p = (closing_pledge) { .ask = i / FINANCIERS, .financier = i % FINANCIERS, .kind = (int) below (KINDS),
                                .cents = 100000 + (int64_t) below (4000000), .count = 1 + below (WISHES), .conditions = conditions [i] };
        for (size_t k = 0; k < p->count; k++) {
            closing_condition *c = &conditions [i][k];
            *c = (closing_condition) { .kind = (int) below (KINDS + 1) - 1, .pledge = below (PLEDGES), .fact = below (50) > 0 };
            size_t wish = below (20);
            c->wish = wish < 12 ? CLOSING_SUM : wish < 16 ? CLOSING_FINANCIERS : wish < 18 ? CLOSING_PLEDGE : CLOSING_FACT;
            c->least = c->wish == CLOSING_FINANCIERS ? (int64_t) below (30) : (int64_t) below (c->kind < 0 ? 60000000 : 6000000);
        }
    }
}

/* Each pledge asks for the next, and the last for what is not so: 8,000 strikings, one after the other. */
static void chain (void)
{
    mixed ();
    for (size_t i = 0; i < PLEDGES; i++) {
        pledges [i].count = 1;
        conditions [i][0] = i + 1 < PLEDGES ? (closing_condition) { .wish = CLOSING_PLEDGE, .pledge = i + 1 } : (closing_condition) { .wish = CLOSING_FACT };
    }
}

/* Each pledge asks for the next, and the last for the first: one circle of 8,000. */
static void ring (void)
{
    mixed ();
    for (size_t i = 0; i < PLEDGES; i++) {
        pledges [i].count = 1;
        conditions [i][0] = (closing_condition) { .wish = CLOSING_PLEDGE, .pledge = (i + 1) % PLEDGES };
    }
}

static int64_t counted (const closing_pledge *p, const closing_condition *c)
{
    int64_t sum = 0;
    uint64_t seen = 0;
    for (size_t i = 0; i < PLEDGES; i++) {
        const closing_pledge *other = &pledges [i];
        if (!other->holds || other->ask != p->ask)
            continue;
        seen |= UINT64_C (1) << other->financier;
        sum += c->kind == CLOSING_ANY_KIND || other->kind == c->kind ? other->cents : 0;
    }
    return c->wish == CLOSING_FINANCIERS ? __builtin_popcountll (seen) : sum;
}

static bool falls (const closing_pledge *p)
{
    closing_condition enough = { .kind = CLOSING_ANY_KIND, .least = asks [p->ask].least_cents };
    for (size_t k = 0; k < p->count; k++) {
        const closing_condition *c = &p->conditions [k];
        bool met = c->wish == CLOSING_FACT ? c->fact : c->wish == CLOSING_PLEDGE ? pledges [c->pledge].holds : counted (p, c) >= c->least;
        if (!met)
            return true;
    }
    return counted (p, &enough) < enough.least;
}

/* Strike whoever falls, and look at all again, until nobody does. Circles are not looked for. */
static void naive (void)
{
    for (size_t i = 0; i < PLEDGES; i++)
        pledges [i].holds = true;
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < PLEDGES; i++)
            if (pledges [i].holds && falls (&pledges [i]))
                more = !(pledges [i].holds = false);
    }
}

static double measure (void (*make) (void), bool ours, uint64_t *sum)
{
    struct timespec from, to;
    make ();
    closing_table table = { asks, ASKS, pledges, PLEDGES, 0 };
    clock_gettime (CLOCK_MONOTONIC, &from);
    if (ours)
        closing_solve (&table);
    else
        naive ();
    clock_gettime (CLOCK_MONOTONIC, &to);
    for (size_t i = 0; i < PLEDGES; i++)
        *sum = *sum * 31 + pledges [i].holds;
    return (double) (to.tv_sec - from.tv_sec) * 1e3 + (double) (to.tv_nsec - from.tv_nsec) / 1e6;
}

int main (int count, char **args)
{
    bool ours = count < 3 || strcmp (args [2], "naive") != 0;
    uint64_t sum = 0;
    chance = (count > 1 ? strtoull (args [1], NULL, 10) : 1) * UINT64_C (0x9e3779b97f4a7c15) + 1;
    double of_mixed = measure (mixed, ours, &sum);
    size_t held = 0;
    for (size_t i = 0; i < PLEDGES; i++)
        held += pledges [i].holds;
    printf ("{\"mixed\":%.3f,\"held\":%zu,\"sum\":\"%" PRIx64 "\"", of_mixed, held, sum);
    if (ours) /* the plain way takes a minute for a circle, and hours for a chain */
        printf (",\"ring\":%.3f,\"chain\":%.3f", measure (ring, ours, &sum), measure (chain, ours, &sum));
    puts ("}");
    return 0;
}
