/* standing_test.c - an offer meets exactly those that it would be found by, through comings and goings.
 *
 *   SEED=n TRIALS=n standing_test                                                                          */
#include "../../services/matching/standing.h"
#include "../../common/text.h"
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { WORDS = 400, WORD_BYTES = 96, WAITING = 120, ASKED = 12, PLACES = 40, AREA = 3 };

static uint64_t seed;

static unsigned below (unsigned bound) /* xorshift64* */
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (unsigned) ((seed * UINT64_C (2685821657736338717) >> 33) % bound);
}

/* Few words are frequent, and many rare. Some have many grams, some are several words without a space between. */
static void make_word (char out [WORD_BYTES])
{
    static const char *const around [] [2] = { { "wrd", "x" }, { "wrd", "ling" }, { "", "7" }, { "W\u00e9rd", "x" },
        { "ver", "wegen" }, { "tussen", "gelegenheidshoofdkwartier" }, { "wrd", "x\u2019s" },
        { "wrd", "x\u2026verderlopend\u2026doorgaand\u2026onderbroken\u2026achtereenvolgend" } };
    unsigned number = below (below (WORDS) + 1), way = number % (sizeof around / sizeof *around);
    snprintf (out, WORD_BYTES, "%s%c%c%s", around [way] [0], 'a' + number % 26, 'a' + number / 26, around [way] [1]);
}

static void text (char *out, unsigned count)
{
    char one [WORD_BYTES];
    for (*out = 0; count; count--) {
        make_word (one);
        strcat (strcat (out, one), " ");
    }
}

static offer_id numbered (unsigned number)
{
    return (offer_id) { { (uint8_t) (number >> 8), (uint8_t) number } };
}

typedef struct {
    bool         here;
    shelf_wanted wanted [ASKED * 16];
    size_t       count;
    int64_t      least;
    char         place [8];
    const char  *municipality;  /* the place, or NULL */
} model;

/* Places come one after the other, so that some are new when many wait in others. */
static const char *make_place (char out [8], size_t trial)
{
    snprintf (out, 8, "GM%04u", below (1 + (unsigned) (trial < PLACES ? trial : PLACES)) * 241);
    return out;
}

static const char *make_area (char out [AREA * 7 + 1], size_t trial)
{
    char place [8];
    strcpy (out, below (8) ? "" : "*");
    for (unsigned i = *out ? 0 : below (AREA + 1); i; i--)
        strcat (strcat (out, " "), make_place (place, trial));
    return out;
}

static void want (void *to, const char *token, size_t size, unsigned strength)
{
    model *self = to;
    for (size_t i = 0; i < self->count; i++)
        if (self->wanted [i].size == size && memcmp (self->wanted [i].token, token, size) == 0)
            return;
    if (self->count == sizeof self->wanted / sizeof *self->wanted)
        return;
    shelf_wanted *fresh = &self->wanted [self->count++];
    memcpy (fresh->token, token, size);
    fresh->size = size;
    fresh->hash = index_hash (token, size);
    fresh->factor = (1 + below (900)) * strength;
}

static void ask (model *self, analyser *with, size_t trial)
{
    char asked [ASKED * WORD_BYTES];
    text (asked, 1 + below (ASKED - 1));
    *self = (model) { .here = true };
    self->municipality = below (4) ? make_place (self->place, trial) : NULL;
    analyser_read (with, asked, strlen (asked), below (2), want, self);
    int64_t most = 0;
    for (size_t i = 0; i < self->count; i++)
        most += self->wanted [i].factor * INT64_C (63);
    self->least = 1 + most * below (50) / 100;
}

static void take (void *to, const char *token, size_t size, unsigned strength)
{
    index_builder_token (to, token, size, strength);
}

/* By an index of this one offer. */
static index_t *index_of (analyser *with, const shelf_offer *offer, void **bytes)
{
    size_t size;
    index_builder *builder = index_builder_new ();
    index_builder_offer (builder, offer->key, &offer->id);
    analyser_read (with, offer->title, strlen (offer->title), GRAMS_KEPT, take, builder);
    analyser_read (with, offer->description, strlen (offer->description), GRAMS_NONE, take, builder);
    *bytes = index_builder_finish (builder, &size);
    index_builder_destroy (&builder);
    return index_on (*bytes);
}

static int64_t earned (const index_t *index, const model *of)
{
    int64_t sum = 0;
    size_t together = 0;
    for (size_t i = 0; i < of->count; i++) {
        uint32_t weight = index_weight (index, index_token (index, index_hash (of->wanted [i].token, of->wanted [i].size)), 0);
        sum += (int64_t) of->wanted [i].factor * weight;
        together += weight > 0;
    }
    return together >= STANDING_TOGETHER || together == of->count ? sum : 0;
}

static size_t check (standing *all, analyser *with, const model models [WAITING], const shelf_offer *offer)
{
    const standing_met *met;
    void *bytes;
    size_t count = standing_meet (all, with, offer, &met), at = 0;
    index_t *index = index_of (with, offer, &bytes);
    for (unsigned i = 0; i < WAITING; i++) {
        const model *m = &models [i];
        bool there = !m->municipality || strcmp (offer->area, "*") == 0 || strstr (offer->area, m->municipality);
        int64_t sum = m->here && there ? earned (index, m) : 0;
        if (!sum || sum < m->least)
            continue;
        assert_true (at < count);
        assert_ptr_equal (met [at].item, m);
        assert_int_equal (met [at++].earned, sum);
    }
    assert_int_equal (at, count);
    index_close (&index);
    free (bytes);
    return count;
}

static void an_offer_meets_whom_it_would_be_found_by (void **state)
{
    (void) state;
    const char *given = getenv ("TRIALS");
    size_t trials = given ? (size_t) atol (given) : 20000, met = 0;
    analyser *with = analyser_new ("dutch", NULL);
    standing *all = standing_new ();
    static model models [WAITING];
    char title [5 * WORD_BYTES], description [30 * WORD_BYTES], area [AREA * 7 + 1];
    for (size_t i = 0; i < trials; i++) {
        unsigned who = below (WAITING);
        offer_id id = numbered (who);
        if (below (4)) {
            ask (&models [who], with, i);
            standing_put (all, &id, models [who].wanted, models [who].count, models [who].least, models [who].municipality, &models [who]);
        } else {
            models [who].here = false;
            standing_remove (all, &id);
        }
        text (title, 1 + below (5));
        text (description, below (30));
        met += check (all, with, models, &(shelf_offer) { .title = title, .description = description, .area = make_area (area, i) });
    }
    size_t here = 0;
    for (unsigned i = 0; i < WAITING; i++)
        here += models [i].here;
    assert_int_equal (standing_count (all), here);
    assert_true (met > trials);
    standing_destroy (&all);
    analyser_destroy (&with);
}

static void an_offer_for_the_whole_country_meets_a_crowd (void **state)
{
    (void) state;
    enum { CROWD = 100000 };
    analyser *with = analyser_new ("dutch", NULL);
    standing *all = standing_new ();
    shelf_wanted lunch = { .token = { TOKEN_WORD, 'l', 'u', 'n', 'c', 'h' }, .size = 6, .factor = 1 };
    lunch.hash = index_hash (lunch.token, lunch.size);
    for (unsigned i = 0; i < CROWD; i++) {
        offer_id id = { { (uint8_t) (i >> 16), (uint8_t) (i >> 8), (uint8_t) i } };
        standing_put (all, &id, &lunch, 1, 1, "GM0153", all);
    }
    const standing_met *met;
    assert_int_equal (standing_meet (all, with, &(shelf_offer) { .title = "Lunch", .description = "", .area = "*" }, &met), CROWD);
    assert_int_equal (standing_meet (all, with, &(shelf_offer) { .title = "Lunch", .description = "", .area = "GM0164" }, &met), 0);
    standing_destroy (&all);
    analyser_destroy (&with);
}

int main (void)
{
    const char *given = getenv ("SEED");
    seed = given ? strtoull (given, NULL, 10) : (uint64_t) clock_wall_us ();
    print_message ("# SEED=%" PRIu64 "\n", seed);
    const struct CMUnitTest tests [] = {
        cmocka_unit_test (an_offer_meets_whom_it_would_be_found_by),
        cmocka_unit_test (an_offer_for_the_whole_country_meets_a_crowd),
    };
    return cmocka_run_group_tests_name ("standing", tests, NULL, NULL);
}
