/* match_random.h - markets and needs of chance, for what has to hold on all of them. */
#ifndef MATCH_RANDOM_H
#define MATCH_RANDOM_H
#include "match_world.h"

enum { WORDS_KNOWN = 32, CODES_KNOWN = 12 };

static const char *const vocabulary [WORDS_KNOWN] = {
    "lunch", "biologische", "tuinonderhoud", "onderhoud", "tuinen", "schoonmaak", "kantoor",
    "drukwerk", "fietsen", "fietskoerier", "meubels", "houten", "textiel", "kleding", "wasserij",
    "website", "data", "digitaliseren", "archief", "schilderwerk", "buitengevel", "verhuizing",
    "afval", "inzameling", "kerstpakket", "bloemen", "catering", "vergadering", "zorg",
    "dagbesteding", "maatwerk", "hergebruik",
};
static const char *const codes [CODES_KNOWN] = {
    "77310000-6", "77314000-4", "77300000-3", "55520000-1", "55523000-2", "90910000-9",
    "79810000-5", "34430000-0", "39130000-2", "98310000-9", "72400000-4", "50800000-3",
};

static unsigned random_below (uint64_t *seed, unsigned bound) /* xorshift64* */
{
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    return (unsigned) ((*seed * UINT64_C (2685821657736338717) >> 33) % bound);
}

static const char *random_title (uint64_t *seed, char out [200])
{
    out [0] = 0;
    for (unsigned i = 0, count = 1 + random_below (seed, 5); i < count; i++)
        sprintf (out + strlen (out), "%s%s", i ? " " : "",
                 vocabulary [random_below (seed, WORDS_KNOWN)]);
    return out;
}

static const char *random_goals (uint64_t *seed, char out [200])
{
    const words *goals = impact_goal_words ();
    sprintf (out, ",\"goals\":[\"%s\",\"%s\"]", goals->words [random_below (seed, 4)].word,
             goals->words [4 + random_below (seed, 4)].word);
    return out;
}

static const offer_t *random_offer (world *self, uint64_t *seed, int number, int enterprises)
{
    char title [200], more [500], goals [200];
    snprintf (more, sizeof more, ",\"national\":%s,\"lead_days\":%u,\"capacity\":%u%s",
              random_below (seed, 2) ? "true" : "false", random_below (seed, 60),
              1 + random_below (seed, 200), random_goals (seed, goals));
    return make_offer (self, number, (int) random_below (seed, (unsigned) enterprises),
                       random_title (seed, title), codes [random_below (seed, CODES_KNOWN)],
                       "published", more);
}

static const need_t *random_need (world *self, uint64_t *seed)
{
    char title [200], more [500], goals [200];
    snprintf (more, sizeof more, ",\"start_on\":\"2027-01-%02u\",\"quantity\":%u%s",
              1 + random_below (seed, 28), 1 + random_below (seed, 150),
              random_goals (seed, goals));
    return make_need (self, random_title (seed, title), codes [random_below (seed, CODES_KNOWN)],
                      more);
}

static void random_enterprises (world *self, uint64_t *seed, int count)
{
    size_t city_count;
    const city *all = cities (&city_count);
    for (int i = 0; i < count; i++)
        add_enterprise (self, i, all [random_below (seed, (unsigned) city_count)].code,
                        random_below (seed, 10) ? "admitted" : "registered");
}

/* Shows what was told, and merges some or all of what could be merged; the merge at work goes on while more is told. */
static shelf_merge *show_and_merge (world *self, uint64_t *seed, shelf_merge *at_work)
{
    shelf *which = market_shelf_to_merge (self->market);
    market_show (self->market, self->seq);
    if (at_work && random_below (seed, 2)) {
        shelf_merge_work (at_work);
        shelf_merge_end (which, &at_work);
    }
    return at_work ? at_work : shelf_merge_begin (which);
}

static void end_merges (world *self, shelf_merge *at_work)
{
    while (at_work || (at_work = shelf_merge_begin (market_shelf_to_merge (self->market)))) {
        shelf_merge_work (at_work);
        shelf_merge_end (market_shelf_to_merge (self->market), &at_work);
    }
}
#endif
