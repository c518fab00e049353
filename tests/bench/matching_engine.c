/* matching_engine.c - how fast the index is built and searched, in processor time, on one core.
 *
 *   matching_engine OFFERS.tsv NEEDS.tsv QUERIES
 *
 * Columns as shared/bench/search's generator writes them; offers are sorted here by CPV and municipality. A line of JSON. */
#define _GNU_SOURCE
#include "../../services/matching/score.h"
#include "../../services/matching/search/analyser.h"
#include "../../services/matching/search/index.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { COLUMNS = 12, TOKENS = 64, BEST = 10, REGIONS = 20 };

static double now (void)
{
    struct timespec t;
    clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double) t.tv_sec + (double) t.tv_nsec / 1e9;
}

typedef struct { char *line, *columns [COLUMNS]; uint32_t number; } row;

static row *read_rows (const char *path, size_t most, size_t *count)
{
    FILE *file = fopen (path, "re");
    char *line = NULL;
    size_t room = 0, rows = 0;
    row *all = NULL;
    if (!file) {
        fprintf (stderr, "matching_engine: %s cannot be read\n", path);
        exit (1);
    }
    for (*count = 0; *count < most && getline (&line, &room, file) > 0; ++*count) {
        if (*count == rows)
            all = realloc (all, (rows = rows ? 2 * rows : 4096) * sizeof *all);
        assert (all);
        row *r = &all [*count];
        *r = (row) { .line = strdup (line), .number = (uint32_t) *count };
        r->line [strcspn (r->line, "\n")] = 0;
        char *at = r->line;
        for (int i = 0; i < COLUMNS && at; i++)
            r->columns [i] = strsep (&at, "\t");
    }
    free (line);
    fclose (file);
    return all;
}

static int by_cpv (const void *a, const void *b)
{
    const row *x = a, *y = b;
    int cpv = strcmp (x->columns [3], y->columns [3]), place = strcmp (x->columns [4], y->columns [4]);
    return cpv ? cpv : place ? place : (x->number > y->number) - (x->number < y->number);
}

static void fill (void *to, const char *token, size_t size, unsigned strength)
{
    index_builder_token (to, token, size, strength);
}

typedef struct { const index_t *index; wanted query [TOKENS]; size_t count; } asking;

static void want (void *to, const char *token, size_t size, unsigned strength)
{
    asking *self = to;
    int64_t number = index_token (self->index, token, size);
    if (number != INDEX_NONE && self->count < TOKENS)
        self->query [self->count++] = (wanted) { number,
            (uint32_t) score_rarity (index_offers (self->index), index_frequency (self->index, number)) / 16 * strength };
}

static int by_time (const void *a, const void *b)
{
    double x = *(const double *) a, y = *(const double *) b;
    return (x > y) - (x < y);
}

typedef size_t find_function (const index_t *, finder *, const wanted *, size_t, const uint64_t *, hit_t *, size_t);

static void measure (const char *name, find_function *find, const index_t *index, finder *with, const asking *all, size_t count,
                     uint64_t *const regions [REGIONS], const row *needs)
{
    double *took = malloc (count * sizeof *took), began, whole = 0;
    uint64_t sum = 0;
    assert (took);
    for (int round = 0; round < 2; round++) {
        sum = 0;
        began = now ();
        for (size_t i = 0; i < count; i++) {
            hit_t best [BEST];
            double from = now ();
            size_t found = find (index, with, all [i].query, all [i].count, regions ? regions [atoi (needs [i].columns [9]) % REGIONS] : NULL, best, BEST);
            took [i] = (now () - from) * 1e6;
            for (size_t k = 0; k < found; k++)
                sum += best [k].score;
        }
        whole = now () - began;
    }
    qsort (took, count, sizeof *took, by_time);
    printf (",\"%s\":{\"rate\":%.0f,\"p50_us\":%.1f,\"p99_us\":%.1f,\"sum\":%llu}", name, (double) count / whole, took [count / 2],
            took [count * 99 / 100], (unsigned long long) sum);
    free (took);
}

int main (int argc, char *argv [])
{
    if (argc != 4) {
        fprintf (stderr, "usage: matching_engine OFFERS.tsv NEEDS.tsv QUERIES\n");
        return 2;
    }
    size_t offers, needs, size;
    const char *why;
    row *all = read_rows (argv [1], SIZE_MAX, &offers), *asked = read_rows (argv [2], strtoul (argv [3], NULL, 10), &needs);
    qsort (all, offers, sizeof *all, by_cpv);
    double began = now ();
    analyser *with = analyser_new ("dutch", "/usr/share/dict/dutch");
    index_builder *builder = index_builder_new ();
    uint64_t *regions [REGIONS];
    assert (with);
    for (size_t i = 0; i < REGIONS; i++)
        regions [i] = calloc (offers / 64 + 1, 8);
    for (size_t i = 0; i < offers; i++) {
        uint32_t n = all [i].number;
        index_builder_offer (builder, strtoull (all [i].columns [3], NULL, 10) << 16 | strtoul (all [i].columns [4], NULL, 10), &(offer_id) { { (uint8_t) (n >> 24), (uint8_t) (n >> 16), (uint8_t) (n >> 8), (uint8_t) n } });
        analyser_read (with, all [i].columns [1], strlen (all [i].columns [1]), true, fill, builder);
        analyser_read (with, all [i].columns [2], strlen (all [i].columns [2]), false, fill, builder);
        regions [atoi (all [i].columns [5]) % REGIONS] [i / 64] |= UINT64_C (1) << (i % 64);
    }
    void *bytes = index_builder_finish (builder, &size);
    double built = now () - began;
    began = now ();
    index_t *index = index_open (bytes, size, &why);
    double opened = now () - began;
    finder *finder = finder_new ();
    asking *queries = calloc (needs, sizeof *queries);
    assert (index && queries);
    double words = 0;
    for (size_t i = 0; i < needs; i++) {
        queries [i].index = index;
        analyser_read (with, asked [i].columns [8], strlen (asked [i].columns [8]), false, want, &queries [i]);
        words += (double) queries [i].count;
    }
    printf ("{\"offers\":%zu,\"build_per_s\":%.0f,\"bytes_per_offer\":%.0f,\"open_s\":%.2f,\"tokens_per_query\":%.1f", offers,
            (double) offers / built, (double) size / (double) offers, opened, words / (double) needs);
    measure ("or", index_find, index, finder, queries, needs, NULL, asked);
    measure ("everything", index_find_all, index, finder, queries, needs, NULL, asked);
    measure ("filtered", index_find, index, finder, queries, needs, regions, asked);
    printf ("}\n");
    return 0;
}
