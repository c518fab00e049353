/* ours.c - the shelf and the query of the matching service, in processor time of one thread.
 *
 *   ours OFFERS.tsv QUERIES.tsv     says what the build took; then answers lines "any N", "filtered N" and "read N" by
 *                                   how many of the first N queries it answers in a second: the best ten of any word,
 *                                   of those in one region, and once more with their words read in the time          */
#include "../../../services/matching/query.h"
#include "../../../services/matching/score.h"
#include "rows.h"

enum { BATCH = 500 /* events that the stream gives at once */, BEST = 10 };

static void put (shelf *self, row *all, size_t i)
{
    char area [8];
    offer_id id = { { (uint8_t) (i >> 24), (uint8_t) (i >> 16), (uint8_t) (i >> 8), (uint8_t) i } };
    shelf_put (self, &(shelf_offer) {
        .id = id, .key = shelf_key (cpv_number (all [i].columns [3]), row_place (all [i].columns [4])), .title = all [i].columns [1],
        .description = all [i].columns [2], .area = region_code (all [i].columns [4], area), .row.record = i });
}

static void merge_all (shelf *self)
{
    for (shelf_merge *merge; (merge = shelf_merge_begin (self)); ) {
        shelf_merge_work (merge);
        shelf_merge_end (self, &merge);
    }
}

/* The words of a query, read beforehand as those of peers are. */
typedef struct { shelf_wanted *wanted; size_t count; } ready;

static ready *read_queries (const shelf *self, shelf_reader *reader, const row *queries, size_t count)
{
    static query q;
    ready *all = calloc (count, sizeof *all);
    assert (all);
    for (size_t i = 0; i < count; i++) {
        query_read (&q, self, NULL, reader, queries [i].columns [0], NULL);
        all [i] = (ready) { calloc (q.wanted_count + 1, sizeof *q.wanted), q.wanted_count };
        assert (all [i].wanted);
        memcpy (all [i].wanted, q.wanted, q.wanted_count * sizeof *q.wanted);
    }
    return all;
}

static void ask (const shelf *self, shelf_reader *reader, const row *queries, const ready *known, size_t count, const char *how)
{
    static query q;
    bool filtered = strcmp (how, "filtered") == 0, read = strcmp (how, "read") == 0;
    uint64_t sum = 0;
    double begin = now ();
    for (size_t i = 0; i < count; i++) {
        shelf_found best [BEST];
        char code [8];
        if (read)
            query_read (&q, self, NULL, reader, queries [i].columns [0], NULL);
        size_t found = shelf_find (self, reader, read ? q.wanted : known [i].wanted, read ? q.wanted_count : known [i].count,
                                   (shelf_where) { filtered ? region_code (queries [i].columns [1], code) : NULL, false }, best, BEST);
        sum += found ? best [0].score : 0;
    }
    printf ("{\"rate\":%.1f,\"sum\":%llu}\n", (double) count / (now () - begin), (unsigned long long) sum);
}

static shelf *fill (row *all, size_t offers, const wordlist *words)
{
    shelf *self = shelf_new ("dutch", words, NULL);
    for (size_t i = 0; i < offers; i++) {
        put (self, all, i);
        if (i % BATCH == BATCH - 1) {
            shelf_flush (self);
            merge_all (self);
        }
    }
    shelf_advance (self, 1);
    shelf_flush (self);
    shelf_merge *merge = shelf_merge_all (self); /* as a process does that has read as much as there was */
    if (merge) {
        shelf_merge_work (merge);
        shelf_merge_end (self, &merge);
    }
    return self;
}

int main (int argc, char *argv [])
{
    size_t offers, asked, count;
    char line [100], how [100];
    assert (argc == 3);
    row *all = read_rows (argv [1], &offers), *queries = read_rows (argv [2], &asked);
    wordlist *words = wordlist_new (WORDLIST_DUTCH);
    assert (words);
    double begin = now ();
    shelf *self = fill (all, offers, words);
    shelf_state state = shelf_now (self);
    printf ("{\"rate\":%.1f,\"bytes\":%.1f,\"indexes\":%lld}\n", (double) offers / (now () - begin),
            (double) state.bytes / (double) offers, (long long) state.parts);
    fflush (stdout);
    shelf_reader *reader = shelf_borrow (self);
    ready *known = read_queries (self, reader, queries, asked);
    while (fgets (line, sizeof line, stdin))
        if (sscanf (line, "%99s %zu", how, &count) == 2) {
            ask (self, reader, queries, known, count < asked ? count : asked, how);
            fflush (stdout);
        }
    return 0;
}
