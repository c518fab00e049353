/* percolate.c - the standing needs of the matching service, in processor time of one thread.
 *
 *   percolate OFFERS.tsv NEEDS.tsv     says how many needs stand and how fast they were put; then answers each line "N" by
 *                                      how many of the first N offers meet them all in a second, their words read in the
 *                                      time, and how many an offer meets on average
 *
 * A need waits for offers that are delivered in its region, a twentieth, and that earn a quarter of what its words can earn,
 * by two of its tokens or all.                                                                                            */
#include "../../../services/matching/score.h"
#include "../../../services/matching/standing.h"
#include "../../../services/matching/query.h"
#include "rows.h"

enum { SHARE = 4, COUNTED = 100000 /* offers, for what words are worth */ };

static offer_id id_of (size_t i)
{
    return (offer_id) { { (uint8_t) (i >> 24), (uint8_t) (i >> 16), (uint8_t) (i >> 8), (uint8_t) i } };
}

static shelf_offer offer_of (const row *r, size_t i, char area [8])
{
    return (shelf_offer) { .id = id_of (i), .key = shelf_key (cpv_number (r->columns [3]), 0), .title = r->columns [1], .description = r->columns [2],
                           .area = region_code (r->columns [4], area) };
}

static shelf *count_words (const row *offers, size_t count, const wordlist *words)
{
    shelf *self = shelf_new ("dutch", words, NULL);
    for (size_t i = 0; i < count && i < COUNTED; i++) {
        char area [8];
        shelf_offer offer = offer_of (&offers [i], i, area);
        shelf_put (self, &offer);
    }
    shelf_advance (self, 1);
    return self;
}

static void put_all (standing *self, const shelf *worth, shelf_reader *reader, const row *needs, size_t count)
{
    static query q;
    for (size_t i = 0; i < count; i++) {
        offer_id id = id_of (i);
        char region [8];
        query_read (&q, worth, NULL, reader, needs [i].columns [0], NULL);
        standing_put (self, &id, q.wanted, q.wanted_count, q.reference / SHARE, region_code (needs [i].columns [1], region), &needs [i]);
    }
}

static void meet (standing *self, analyser *with, const row *offers, size_t count)
{
    size_t sum = 0;
    double begin = now ();
    for (size_t i = 0; i < count; i++) {
        const standing_met *met;
        char area [8];
        shelf_offer offer = offer_of (&offers [i], i, area);
        sum += standing_meet (self, with, &offer, &met);
    }
    printf ("{\"rate\":%.1f,\"met\":%.1f}\n", (double) count / (now () - begin), (double) sum / (double) count);
    fflush (stdout);
}

int main (int argc, char *argv [])
{
    size_t offer_count, need_count, count;
    assert (argc == 3);
    row *offers = read_rows (argv [1], &offer_count), *needs = read_rows (argv [2], &need_count);
    wordlist *words = wordlist_new (WORDLIST_DUTCH);
    assert (words);
    shelf *worth = count_words (offers, offer_count, words);
    shelf_reader *reader = shelf_borrow (worth);
    standing *all = standing_new ();
    double begin = now ();
    put_all (all, worth, reader, needs, need_count);
    printf ("{\"needs\":%zu,\"rate\":%.1f}\n", standing_count (all), (double) need_count / (now () - begin));
    fflush (stdout);
    while (scanf ("%zu", &count) == 1)
        meet (all, shelf_analyser (reader), offers, count < offer_count ? count : offer_count);
    standing_destroy (&all);
    shelf_return (worth, reader);
    shelf_destroy (&worth);
    return 0;
}
