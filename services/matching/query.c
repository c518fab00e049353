/* query.c - a word counts for an offer that has it, and for half in a compound. */
#include "query.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { REFERENCE_WORDS = 6, COMPOUND_PART = 2 };

/* ---- reading the need ---- */

typedef struct {
    ranking *to;
    int64_t  weight;
} reading;

static void take_word (void *to, const char *stem, const char *written)
{
    reading *self = to;
    ranking *r = self->to;
    if (r->query_count == QUERY_WORDS || strlen (stem) >= sizeof r->query->stem)
        return;
    for (size_t i = 0; i < r->query_count; i++)
        if (strcmp (r->query [i].stem, stem) == 0)
            return;
    query_word *fresh = &r->query [r->query_count++];
    strcpy (fresh->stem, stem);
    strcpy (fresh->written, written);
    fresh->weight = self->weight;
}

void query_read (ranking *self, const need_t *need)
{
    stemmer *dutch = stemmer_new ();
    stemmer_read (dutch, need->title, take_word, &(reading) { self, TITLE_WEIGHT });
    stemmer_read (dutch, need->description, take_word, &(reading) { self, 1 });
    stemmer_destroy (&dutch);
}

/* ---- meeting the offers ---- */

/* One word of the query on its way along the postings. What an offer earns by it is the most
 * that any of its terms gives, so that a compound beside its own part does not count twice.  */
typedef struct {
    const market *market;
    query_word   *asked;
    uint64_t      bit;
    int64_t       average; /* length of an offer */
    hit          *hits;
    int64_t      *gained;  /* per slot, by this word so far */
} walk;

static void follow (walk *self, const term *which, int64_t share)
{
    if (!which->count)
        return;
    int64_t rarity = score_rarity (self->market->offer_count, (int64_t) which->count);
    int64_t worth = self->asked->weight * rarity / share;
    if (worth > self->asked->most)
        self->asked->most = worth;
    for (size_t i = 0; i < which->count; i++) {
        const posting *at = &which->postings [i];
        int64_t times = TITLE_WEIGHT * at->title + at->body;
        int64_t length = self->market->slots [at->slot]->length;
        int64_t gain = worth * score_frequency (times, length, self->average) / 1000000;
        if (gain > self->gained [at->slot]) {
            self->hits [at->slot].earned += gain - self->gained [at->slot];
            self->hits [at->slot].words |= self->bit;
            self->gained [at->slot] = gain;
        }
    }
}

static void follow_part (void *to, const term *which)
{
    follow (to, which, COMPOUND_PART);
}

static int most_first (const void *a, const void *b)
{
    int64_t x = *(const int64_t *) a, y = *(const int64_t *) b;
    return (x < y) - (x > y);
}

/* A word of the title that no offer has counts as the rarest of all, so that an offer with a side
 * issue of the need does not pass for one with its subject. Such words of the description say
 * nothing about offers, and count for nothing.                                                 */
static void count_missing (query_word *self, int64_t offers)
{
    if (!self->most && self->weight == TITLE_WEIGHT)
        self->most = TITLE_WEIGHT * score_rarity (offers, 0);
}

static int64_t reference_of (const ranking *self)
{
    int64_t most [QUERY_WORDS], sum = 0;
    for (size_t i = 0; i < self->query_count; i++)
        most [i] = self->query [i].most;
    qsort (most, self->query_count, sizeof *most, most_first);
    for (size_t i = 0; i < self->query_count && i < REFERENCE_WORDS; i++)
        sum += most [i];
    return sum;
}

static void *zeroed (msgpack_zone *zone, size_t size)
{
    void *at = msgpack_zone_malloc (zone, size + !size);
    assert (at);
    return memset (at, 0, size);
}

hit *query_run (ranking *self, const market *from, msgpack_zone *zone, int64_t *reference)
{
    walk now = {
        .market = from,
        .average = from->offer_count ? from->total_length / from->offer_count : 0,
        .hits = zeroed (zone, from->slot_count * sizeof *now.hits),
        .gained = zeroed (zone, from->slot_count * sizeof *now.gained),
    };
    for (size_t i = 0; i < self->query_count; i++) {
        now.asked = &self->query [i];
        now.bit = UINT64_C (1) << i;
        memset (now.gained, 0, from->slot_count * sizeof *now.gained);
        const term *same = market_term (from, now.asked->stem);
        if (same)
            follow (&now, same, 1);
        market_related (from, now.asked->stem, follow_part, &now);
        count_missing (now.asked, from->offer_count);
    }
    *reference = reference_of (self);
    return now.hits;
}
