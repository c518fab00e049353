/* rank_test.c - a ranking held against weighing every offer of the market, on random ones.
 *
 * RANK_SEED=n repeats a run.                                                               */
#include "../../services/matching/market/day.h"
#include "../../services/matching/rank.h"
#include "../../common/text.h"
#include "match_random.h"
#include <inttypes.h>

enum { EVERY = 5000, MAKERS = 400 };

typedef struct {
    candidate all [EVERY], *good [EVERY], *late [EVERY], *away [EVERY];
    size_t    count, good_count, late_count, away_count;
} by_hand;

static bool concerns (const ranking *r, const candidate *c)
{
    return c->is.cpv_nearness != CPV_APART || c->points [score_part_text] >= r->rules->most [score_part_text] / 10;
}

static void weigh_every (world *self, const ranking *r, by_hand *to)
{
    const shelf *shelf = market_shelf (self->market);
    to->count = to->good_count = to->late_count = to->away_count = 0;
    for (int i = 0; i < EVERY; i++) {
        char text [UUID_TEXT];
        offer_id id = id_of_text (id_of (text, 2, i));
        shelf_found found;
        candidate *c = &to->all [to->count];
        if (!shelf_place (shelf, &id, &found))
            continue;
        found.score = query_score (&r->query, shelf, &found);
        bool delivers = rank_delivers (r, self->market, found.row);
        rank_weigh (r, self->market, &found, delivers, c);
        to->count++;
        if (!delivers && c->is.text_earned)
            to->away [to->away_count++] = c;
        else if (concerns (r, c) && c->kept_out == RULE_NONE)
            to->good [to->good_count++] = c;
        else if (concerns (r, c) && delivers)
            to->late [to->late_count++] = c;
    }
}

static int by_place (const void *a, const void *b)
{
    placed x = rank_place (*(candidate *const *) a), y = rank_place (*(candidate *const *) b);
    return score_compare (&x, &y);
}

static int by_earned (const void *a, const void *b)
{
    const candidate *x = *(candidate *const *) a, *y = *(candidate *const *) b;
    return x->is.text_earned != y->is.text_earned ? (x->is.text_earned < y->is.text_earned) - (x->is.text_earned > y->is.text_earned)
                                                  : memcmp (&x->id, &y->id, sizeof x->id);
}

static int by_points_of_text (const void *a, const void *b)
{
    const candidate *x = *(candidate *const *) a, *y = *(candidate *const *) b;
    int64_t p = x->points [score_part_text], q = y->points [score_part_text];
    return p != q ? (p < q) - (p > q) : memcmp (&x->id, &y->id, sizeof x->id);
}

/* No more than three of one enterprise, and so many in all. */
static size_t first_of_each (candidate *of [], size_t count, size_t limit)
{
    size_t taken = 0;
    qsort (of, count, sizeof *of, by_place);
    for (size_t i = 0; i < count && taken < limit; i++) {
        size_t same = 0;
        for (size_t k = 0; k < taken; k++)
            same += memcmp (&of [k]->supplier_id, &of [i]->supplier_id, sizeof (offer_id)) == 0;
        if (same < OF_ONE_ENTERPRISE)
            of [taken++] = of [i];
    }
    return taken;
}

static void check_items (const ranking *r, by_hand *hand, size_t limit)
{
    hand->good_count = first_of_each (hand->good, hand->good_count, limit);
    assert_int_equal (r->item_count, hand->good_count);
    for (size_t i = 0; i < r->item_count; i++) {
        assert_memory_equal (&r->items [i]->id, &hand->good [i]->id, sizeof (offer_id));
        assert_int_equal (r->items [i]->score, hand->good [i]->score);
    }
}

static void check_excluded (const ranking *r, by_hand *hand, size_t limit, size_t excluded)
{
    size_t count = 0, most = excluded < AWAY_MOST ? excluded : AWAY_MOST;
    int64_t cut = r->item_count == limit ? r->items [limit - 1]->score : 0;
    qsort (hand->late, hand->late_count, sizeof *hand->late, by_place);
    while (count < hand->late_count && count < excluded && hand->late [count]->score >= cut)
        count++;
    qsort (hand->away, hand->away_count, sizeof *hand->away, by_earned);
    for (size_t i = 0; i < hand->away_count && i < most; i++)
        if (concerns (r, hand->away [i]))
            hand->late [count++] = hand->away [i];
    qsort (hand->late, count, sizeof *hand->late, by_points_of_text);
    assert_int_equal (r->excluded_count, count < excluded ? count : excluded);
    for (size_t i = 0; i < r->excluded_count; i++)
        assert_memory_equal (&r->excluded [i]->id, &hand->late [i]->id, sizeof (offer_id));
}

/* Nobody is overlooked: what is left out of sight would not have been among the first. */
static void test_as_looking_at_every_offer (void **state)
{
    enum { NEEDS = 150 };
    static const size_t limits [] = { 1, 3, 20, 100, 500, 0 /* only of those kept out */ };
    world *self = *state;
    const char *given = getenv ("RANK_SEED");
    uint64_t seed = given ? strtoull (given, NULL, 10) : (uint64_t) clock_wall_us ();
    print_message ("# RANK_SEED=%" PRIu64 "\n", seed);
    shelf_merge *at_work = NULL;
    by_hand *hand = calloc (1, sizeof *hand);
    assert_non_null (hand);
    random_enterprises (self, &seed, MAKERS);
    for (int i = 0; i < 6000; i++) {
        int number = i < EVERY ? i : (int) random_below (&seed, EVERY);
        tell (self, EVENT_offer_changed, random_below (&seed, 20) ? random_offer (self, &seed, number, MAKERS)
              : make_offer (self, number, 1, "Weg hiermee", "77310000-6", "retired", ""));
        if (random_below (&seed, 200) == 0)
            at_work = show_and_merge (self, &seed, at_work);
    }
    for (int n = 0; n < NEEDS; n++) {
        size_t limit = limits [random_below (&seed, sizeof limits / sizeof *limits - 1)];
        size_t excluded = random_below (&seed, 2) ? limit : limits [random_below (&seed, sizeof limits / sizeof *limits)];
        const need_t *need = random_need (self, &seed);
        market_show (self->market, self->seq);
        ranking *r = rank (self->market, need, day_of_date ("2026-12-20"), limit, excluded, self->zone);
        weigh_every (self, r, hand);
        check_items (r, hand, limit);
        check_excluded (r, hand, limit, excluded);
        msgpack_zone_clear (self->zone);
    }
    end_merges (self, at_work);
    free (hand);
}

int main (void)
{
    const struct CMUnitTest tests [] = {
        cmocka_unit_test_setup_teardown (test_as_looking_at_every_offer, open_world, close_world),
    };
    return cmocka_run_group_tests_name ("rank", tests, NULL, NULL);
}
