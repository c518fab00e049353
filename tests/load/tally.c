/* tally.c - what came of the requests of a load, as a table for people and as JSON for programs. */
#include "tally.h"
#include <assert.h>
#include <stdlib.h>
#include <time.h>

const char *const sort_names [SORTS] = { "browse", "match", "deal" };
const char *const result_names [RESULTS] = { "good", "quota", "refused", "other", "broken", "crowded" };

ledger *ledger_new (long seconds, int64_t now)
{
    ledger *self = calloc (1, sizeof *self);
    struct timespec calendar;
    assert (self);
    clock_gettime (CLOCK_REALTIME, &calendar);
    self->room = (size_t) seconds + 1;
    self->seconds = calloc (self->room, sizeof *self->seconds);
    assert (self->seconds);
    self->began = self->ended = now;
    self->began_ms = calendar.tv_sec * INT64_C (1000) + calendar.tv_nsec / 1000000;
    return self;
}

void ledger_destroy (ledger **self_p)
{
    if (*self_p)
        free ((*self_p)->seconds);
    free (*self_p);
    *self_p = NULL;
}

static void note_moment (moment *self, result what, int64_t us)
{
    self->count [what]++;
    if (what == GOOD)
        histogram_add (&self->good, us);
}

void ledger_note (ledger *self, sort_of_request sort, result what, int64_t due, int64_t sent, int64_t now)
{
    tally *t = &self->by_sort [sort];
    size_t second = (size_t) ((due - self->began) / 1000000);
    t->count [what]++;
    if (what == GOOD)
        histogram_add (&t->good, now - due);
    if (what == REFUSED) {
        histogram_add (&t->refused, now - due);
        histogram_add (&t->refused_sent, now - sent);
    }
    if (what != CROWDED)
        histogram_add (&t->late, sent - due);
    note_moment (&self->seconds [second < self->room ? second : self->room - 1], what, now - due);
    note_moment (&self->recent, what, now - due);
    self->ended = now;
}

static double ms (const histogram *of, double part)
{
    return (double) histogram_part (of, part) / 1000;
}

static int64_t failed (const int64_t count [RESULTS])
{
    return count [OTHER] + count [BROKEN] + count [CROWDED];
}

void ledger_progress (ledger *self, int64_t now, size_t in_flight, FILE *to)
{
    const moment *m = &self->recent;
    int64_t second = (now - self->began + 500000) / 1000000;
    if (second % 20 == 1)
        fprintf (to, "second   good/s    p50 ms    p99 ms   refused    quota   failed   waiting\n");
    fprintf (to, "%6lld %8lld %9.2f %9.2f %9lld %8lld %8lld %9zu\n", (long long) second, (long long) m->count [GOOD],
             ms (&m->good, 0.5), ms (&m->good, 0.99), (long long) m->count [REFUSED], (long long) m->count [QUOTA],
             (long long) failed (m->count), in_flight);
    self->recent = (moment) { 0 };
}

/* All sorts together. */
static tally *total_of (const ledger *self)
{
    tally *all = calloc (1, sizeof *all);
    assert (all);
    for (int s = 0; s < SORTS; s++) {
        const tally *t = &self->by_sort [s];
        for (int r = 0; r < RESULTS; r++)
            all->count [r] += t->count [r];
        all->repeats += t->repeats;
        histogram_merge (&all->good, &t->good);
        histogram_merge (&all->refused, &t->refused);
        histogram_merge (&all->refused_sent, &t->refused_sent);
        histogram_merge (&all->late, &t->late);
    }
    return all;
}

static int64_t asked (const tally *t)
{
    int64_t sum = 0;
    for (int r = 0; r < RESULTS; r++)
        sum += t->count [r];
    return sum;
}

static double elapsed (const ledger *self)
{
    return (double) (self->ended - self->began) / 1e6;
}

static void table_line (const char *name, const tally *t, FILE *to)
{
    fprintf (to, "%-8s %9lld", name, (long long) asked (t));
    for (int r = 0; r < RESULTS; r++)
        fprintf (to, " %8lld", (long long) t->count [r]);
    fprintf (to, " %9.2f %9.2f %9.2f %9.2f\n", ms (&t->good, 0.5), ms (&t->good, 0.9), ms (&t->good, 0.99),
             ms (&t->good, 0.999));
}

void ledger_table (const ledger *self, FILE *to)
{
    tally *all = total_of (self);
    fprintf (to, "\n%-8s %9s", "", "asked");
    for (int r = 0; r < RESULTS; r++)
        fprintf (to, " %8s", result_names [r]);
    fprintf (to, " %9s %9s %9s %9s\n", "p50 ms", "p90", "p99", "p99.9");
    for (int s = 0; s < SORTS; s++)
        if (asked (&self->by_sort [s]))
            table_line (sort_names [s], &self->by_sort [s], to);
    table_line ("all", all, to);
    fprintf (to, "\n%.1f s, %.0f good answers a second. Durations of good answers, from when the request should have left;\n"
                 "the generator sent 99 of 100 within %.2f ms of that.", elapsed (self),
             elapsed (self) > 0 ? (double) all->count [GOOD] / elapsed (self) : 0, ms (&all->late, 0.99));
    if (all->repeats)
        fprintf (to, " %lld writes were sent again under their key.", (long long) all->repeats);
    if (all->count [REFUSED])
        fprintf (to, "\nRefused with 503: half within %.2f ms and 99 of 100 within %.2f ms of leaving (%.2f and %.2f ms"
                     " of when\nthey should have left).", ms (&all->refused_sent, 0.5), ms (&all->refused_sent, 0.99),
                 ms (&all->refused, 0.5), ms (&all->refused, 0.99));
    fprintf (to, "\n");
    free (all);
}

static void json_durations (const char *name, const histogram *of, FILE *to)
{
    fprintf (to, ",\"%s_ms\":{\"p50\":%.3f,\"p90\":%.3f,\"p99\":%.3f,\"p999\":%.3f}", name, ms (of, 0.5), ms (of, 0.9),
             ms (of, 0.99), ms (of, 0.999));
}

static void json_counts (const int64_t count [RESULTS], FILE *to)
{
    for (int r = 0; r < RESULTS; r++)
        fprintf (to, "%s\"%s\":%lld", r ? "," : "", result_names [r], (long long) count [r]);
}

static void json_tally (const char *name, const tally *t, FILE *to)
{
    fprintf (to, ",\"%s\":{\"asked\":%lld,\"repeats\":%lld,", name, (long long) asked (t), (long long) t->repeats);
    json_counts (t->count, to);
    json_durations ("good", &t->good, to);
    json_durations ("refused", &t->refused, to);
    json_durations ("refused_sent", &t->refused_sent, to);
    json_durations ("late", &t->late, to);
    fprintf (to, "}");
}

void ledger_json (const ledger *self, FILE *to)
{
    tally *all = total_of (self);
    fprintf (to, "{\"began_ms\":%lld,\"elapsed_s\":%.3f", (long long) self->began_ms, elapsed (self));
    json_tally ("all", all, to);
    for (int s = 0; s < SORTS; s++)
        json_tally (sort_names [s], &self->by_sort [s], to);
    fprintf (to, ",\"seconds\":[");
    for (size_t i = 0; i < self->room; i++) {
        fprintf (to, "%s{", i ? "," : "");
        json_counts (self->seconds [i].count, to);
        json_durations ("good", &self->seconds [i].good, to);
        fprintf (to, "}");
    }
    fprintf (to, "]}\n");
    free (all);
}
