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

enum { WORDS = 400, WAITING = 120, ASKED = 12 };

static uint64_t seed;

static unsigned below (unsigned bound) /* xorshift64* */
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (unsigned) ((seed * UINT64_C (2685821657736338717) >> 33) % bound);
}

/* Few words are frequent, and many rare. */
static void make_word (char out [16])
{
    unsigned number = below (below (WORDS) + 1);
    snprintf (out, 16, "wrd%c%c%ux", 'a' + number % 26, 'a' + number / 26, number % 7);
}

static void text (char *out, unsigned count)
{
    char one [16];
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
    const char  *municipality;
} model;

static const char *const places [] = { NULL, "GM0153", "GM0164", "GM0014" };
static const char *const areas [] = { "*", " GM0153", " GM0164 GM0153", "" };

static void want (void *to, const char *token, size_t size, unsigned strength)
{
    model *self = to;
    for (size_t i = 0; i < self->count; i++)
        if (self->wanted [i].size == size && memcmp (self->wanted [i].token, token, size) == 0)
            return;
    shelf_wanted *fresh = &self->wanted [self->count++];
    memcpy (fresh->token, token, size);
    fresh->size = size;
    fresh->factor = (1 + below (900)) * strength;
}

static void ask (model *self, analyser *with)
{
    char asked [400];
    text (asked, 1 + below (ASKED - 1));
    *self = (model) { .here = true, .municipality = places [below (4)] };
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
    char title [400], description [2000];
    for (size_t i = 0; i < trials; i++) {
        unsigned who = below (WAITING);
        offer_id id = numbered (who);
        if (below (4)) {
            ask (&models [who], with);
            standing_put (all, &id, models [who].wanted, models [who].count, models [who].least, models [who].municipality, &models [who]);
        } else {
            models [who].here = false;
            standing_remove (all, &id);
        }
        text (title, 1 + below (5));
        text (description, below (30));
        met += check (all, with, models, &(shelf_offer) { .title = title, .description = description, .area = areas [below (4)] });
    }
    size_t here = 0;
    for (unsigned i = 0; i < WAITING; i++)
        here += models [i].here;
    assert_int_equal (standing_count (all), here);
    assert_true (met > trials);
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
    };
    return cmocka_run_group_tests_name ("standing", tests, NULL, NULL);
}
