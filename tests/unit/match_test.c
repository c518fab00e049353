/* match_test.c - the ranking: its rules one by one, and its promises on random markets.
 *
 * MATCH_SEED=n repeats a run.                                                          */
#include "../../services/matching/market/day.h"
#include "../../services/matching/explain.h"
#include "../../common/text.h"
#include "match_random.h"
#include <inttypes.h>

#define COUNT(table) (sizeof (table) / sizeof *(table))

static ranking *rank_on (world *self, const need_t *need, const char *date, size_t limit)
{
    market_show (self->market, self->seq);
    ranking *r = rank (self->market, need, day_of_date (date), limit, limit, self->zone);
    for (size_t i = 0; i < r->item_count; i++)
        rank_tell (r, self->market, r->items [i], self->zone);
    for (size_t i = 0; i < r->excluded_count; i++)
        rank_tell (r, self->market, r->excluded [i], self->zone);
    return r;
}

/* ---- rules ---- */

static void test_cpv (void **state)
{
    (void) state;
    static const struct { const char *asked, *offered; cpv_nearness how; } table [] = {
        { "77310000-6", "77310000-6", CPV_SAME },     { "77300000-3", "77310000-6", CPV_WITHIN },
        { "77000000-0", "77310000-6", CPV_WITHIN },   { "77310000-6", "77300000-3", CPV_GROUP },
        { "77310000-6", "77314000-4", CPV_WITHIN },   { "77314000-4", "77313000-7", CPV_CLASS },
        { "77314100-5", "77314000-4", CPV_CATEGORY }, { "77310000-6", "77211000-2", CPV_DIVISION },
        { "77310000-6", "55520000-1", CPV_APART },    { "77310000-6", "70000000-1", CPV_APART },
    };
    for (size_t i = 0; i < COUNT (table); i++)
        assert_int_equal (cpv_compare (cpv_number (table [i].asked), cpv_number (table [i].offered)), table [i].how);
    for (cpv_nearness how = CPV_APART; how < CPV_SAME; how++)
        assert_true (score_cpv (250000, how) < score_cpv (250000, how + 1));
    assert_int_equal (score_cpv (250000, CPV_SAME), 250000);
}

static void test_distance (void **state)
{
    (void) state;
    /* By the haversine formula in floating point, on a sphere of 6,371 km. */
    static const struct { const char *a, *b; int64_t metres; } table [] = {
        { "GM0153", "GM0153", 0 },      { "GM0153", "GM0164", 7776 },
        { "GM0153", "GM0484", 153029 }, { "GM0361", "GM0935", 203982 },
        { "GM0935", "GM0014", 270417 },
    };
    for (size_t i = 0; i < COUNT (table); i++) {
        const city *a = city_find (table [i].a), *b = city_find (table [i].b);
        int64_t metres = point_metres ((point) { a->latitude_e5, a->longitude_e5 },
                                       (point) { b->latitude_e5, b->longitude_e5 });
        int64_t allowed = table [i].metres * 3 / 1000;
        assert_true (llabs (metres - table [i].metres) <= allowed);
    }
    assert_int_equal (score_distance (200000, 0, false), 200000);
    assert_int_equal (score_distance (200000, 75000, false), 100000);
    assert_int_equal (score_distance (200000, 150000, false), 0);
    assert_int_equal (score_distance (200000, 300000, true), 66666);
    assert_int_equal (score_distance (200000, METRES_UNKNOWN, false), 0);
    assert_int_equal (score_distance (200000, 0, true), 200000);
}

static void test_impact (void **state)
{
    (void) state;
    assert_int_equal (score_impact (150000, 3, 2, 1), 100000);
    assert_int_equal (score_impact (150000, 3, 0, 1), 0);
    assert_int_equal (score_impact (150000, 2, 2, 1), 150000);
    assert_int_equal (score_impact (150000, 0, 0, 1), 150000);
    assert_int_equal (score_impact (150000, 0, 0, 0), 0);
}

static void test_text (void **state)
{
    (void) state;
    assert_int_equal (score_text (400000, 5, 10), 200000);
    assert_int_equal (score_text (400000, 25, 10), 400000);
    assert_int_equal (score_text (400000, 0, 0), 0);
    assert_true (score_rarity (1000, 1) > score_rarity (1000, 10));
    assert_true (score_rarity (1000, 1000) >= 0);
    assert_int_equal (score_rarity (7, 0), 4000); /* log2 (16 / 1) */
}

static void test_size_and_labels (void **state)
{
    (void) state;
    assert_int_equal (score_capacity (40000, 0, 10), 20000);
    assert_int_equal (score_capacity (40000, 10, 0), 20000);
    assert_int_equal (score_capacity (40000, 10, 10), 40000);
    assert_int_equal (score_capacity (40000, 11, 10), 0);
    assert_int_equal (score_price (50000, 100, 10, 1000), 50000);
    assert_int_equal (score_price (50000, 125, 10, 1000), 25000);
    assert_int_equal (score_price (50000, 150, 10, 1000), 0);
    assert_int_equal (score_price (50000, PRICE_UNKNOWN, 10, 1000), 25000);
    assert_int_equal (score_price (50000, 0, 10, 1000), 50000);
    assert_int_equal (score_price (50000, 100, 10, 0), 25000);
    assert_int_equal (score_price (50000, BILLION, BILLION, 1), 0);
    assert_int_equal (score_price (50000, BILLION, BILLION, BILLION * BILLION), 50000);
    assert_int_equal (score_freshness (36000, -1), 0);
    assert_int_equal (score_freshness (36000, 0), 200);
    assert_int_equal (score_freshness (36000, 89), 18000);
    assert_int_equal (score_freshness (36000, 5000), 36000);
}

/* A set holds from its day on; before all of them there is the first. */
static void test_sets_of_weights (void **state)
{
    (void) state;
    size_t count;
    const rules *all = rules_all (&count);
    for (size_t i = 0; i < count; i++) {
        int64_t sum = 0, since = day_of_date (all [i].since);
        for (int part = 0; part < PART_COUNT; part++)
            sum += all [i].most [part];
        assert_int_equal (sum, 1000000);
        assert_ptr_equal (rules_on (since), &all [i]);
        assert_ptr_equal (rules_on (since - 1), &all [i ? i - 1 : 0]);
    }
}

static void test_rules (void **state)
{
    (void) state;
    run_candidate_t fine = { .admitted = true, .delivers = true, .dated = true, .days_left = 14,
                        .lead_days = 14, .quantity = 50, .capacity = 50 };
    assert_int_equal (score_rule (&fine), RULE_NONE);
    run_candidate_t f = fine;
    f.full = true;
    assert_int_equal (score_rule (&f), hard_rule_full);
    f.closed = true;
    assert_int_equal (score_rule (&f), hard_rule_closed);
    f.capacity = 49;
    assert_int_equal (score_rule (&f), hard_rule_capacity);
    f.lead_days = 15;
    assert_int_equal (score_rule (&f), hard_rule_lead_time);
    f.delivers = false;
    assert_int_equal (score_rule (&f), hard_rule_region);
    f.admitted = false;
    assert_int_equal (score_rule (&f), hard_rule_not_admitted);
    f = fine;
    f.dated = false;
    f.lead_days = 700;
    f.capacity = 0;
    assert_int_equal (score_rule (&f), RULE_NONE);
}

static void test_days (void **state)
{
    (void) state;
    static const struct { const char *moment, *day; } table [] = {
        { "2026-03-28T22:59:59Z", "2026-03-28" }, { "2026-03-28T23:00:00Z", "2026-03-29" },
        { "2026-03-29T21:59:59Z", "2026-03-29" }, { "2026-03-29T22:00:00Z", "2026-03-30" },
        { "2026-10-25T22:30:00Z", "2026-10-25" }, { "2026-10-24T22:30:00Z", "2026-10-25" },
        { "2024-02-29T12:00:00Z", "2024-02-29" }, { "2025-12-31T23:30:00Z", "2026-01-01" },
    };
    for (size_t i = 0; i < COUNT (table); i++) {
        int64_t moment;
        assert_true (moment_read (table [i].moment, strlen (table [i].moment), &moment));
        assert_int_equal (day_of_moment (moment), day_of_date (table [i].day));
    }
}

static void test_days_in_words (void **state)
{
    (void) state;
    static const struct { const char *day, *dutch, *english; } table [] = {
        { "2026-01-01", "1 januari 2026", "1 January 2026" }, { "2024-02-29", "29 februari 2024", "29 February 2024" },
        { "2026-09-30", "30 september 2026", "30 September 2026" }, { "2026-12-31", "31 december 2026", "31 December 2026" },
    };
    for (size_t i = 0; i < COUNT (table); i++) {
        char words [DAY_WORDS];
        day_say (day_of_date (table [i].day), true, words);
        assert_string_equal (words, table [i].dutch);
        day_say (day_of_date (table [i].day), false, words);
        assert_string_equal (words, table [i].english);
    }
}

/* ---- the market ---- */

static void test_words_of_compounds (void **state)
{
    world *self = *state;
    add_enterprise (self, 1, "GM0153", "admitted");
    add_offer (self, 1, 1, "Onderhoud van tuinen", "77310000-6", "");
    add_offer (self, 2, 1, "Tuinonderhoud", "77310000-6", "");
    add_offer (self, 3, 1, "Catering met een verhaal", "55520000-1", "");
    const need_t *need = make_need (self, "Tuinonderhoud", "77310000-6", "");
    ranking *r = rank_on (self, need, "2026-11-23", 20);
    assert_int_equal (r->item_count, 2);
    assert_string_equal (r->items [0]->offer->title, "Tuinonderhoud");
    assert_true (r->items [1]->points [score_part_text] > 0);
    assert_int_equal (r->items [0]->points [score_part_text], r->rules->most [score_part_text]);
    assert_int_equal (r->considered, 3);
}

/* Meeting a side issue of the need is not meeting its subject, also when no offer has that. */
static void test_subject_that_nobody_offers (void **state)
{
    world *self = *state;
    add_enterprise (self, 1, "GM0153", "admitted");
    add_offer (self, 1, 1, "Tuinonderhoud", "77310000-6", "");
    const need_t *need = make_need (self, "Bewegwijzering langs tuinpaden", "77310000-6", "");
    ranking *r = rank_on (self, need, "2026-11-23", 20);
    assert_int_equal (r->item_count, 1);
    assert_true (r->items [0]->points [score_part_text] < 100000);
}

static void test_exclusions (void **state)
{
    world *self = *state;
    add_enterprise (self, 1, "GM0034", "admitted");
    add_enterprise (self, 2, "GM0153", "registered");
    add_offer (self, 1, 1, "Lunch", "55520000-1",
               ",\"national\":true,\"lead_days\":3,\"capacity\":100");
    add_offer (self, 2, 1, "Lunch", "55520000-1", ",\"national\":true,\"lead_days\":30");
    add_offer (self, 3, 1, "Lunch", "55520000-1", ",\"national\":true,\"capacity\":10");
    add_offer (self, 4, 1, "Lunch", "55520000-1", ",\"region\":[\"GM0034\"]");
    add_offer (self, 5, 2, "Lunch", "55520000-1", "");
    add_offer (self, 6, 1, "Lunch", "55520000-1", ",\"region\":[\"GM0034\",\"GM0153\"]");
    const need_t *need = make_need (self, "Lunch", "55520000-1",
        ",\"start_on\":\"2026-12-10\",\"quantity\":40");
    ranking *r = rank_on (self, need, "2026-11-23", 20);
    assert_int_equal (r->item_count, 2);
    assert_int_equal (r->excluded_count, 4);
    static const int expected [] = { [2] = hard_rule_lead_time, [3] = hard_rule_capacity, [4] = hard_rule_region,
                                      [5] = hard_rule_not_admitted };
    for (size_t i = 0; i < r->excluded_count; i++) {
        char why [WHY_BYTES];
        int number = atoi (r->excluded [i]->offer->id + 24);
        assert_int_equal (r->excluded [i]->kept_out, expected [number]);
        explain_rule (r, r->excluded [i], DUTCH, why);
        assert_true (strlen (why) > 10);
    }
    /* Another unit cannot be compared; after the deadline for quotes the day stands still. */
    need = make_need (self, "Lunch", "55520000-1", ",\"quantity\":40,\"unit\":\"persoon\"");
    assert_int_equal (rank_on (self, need, "2026-11-23", 20)->item_count, 3);
    need = make_need (self, "Lunch", "55520000-1", ",\"start_on\":\"2027-03-04\"");
    assert_int_equal (rank_on (self, need, "2027-12-01", 20)->item_count, 3);
}

static void test_three_of_one_enterprise (void **state)
{
    world *self = *state;
    add_enterprise (self, 1, "GM0153", "admitted");
    add_enterprise (self, 2, "GM0193", "admitted");
    for (int i = 0; i < 5; i++)
        add_offer (self, i, 1, "Schoonmaak van kantoren", "90910000-9", "");
    add_offer (self, 9, 2, "Schoonmaak", "90910000-9", ",\"national\":true");
    const need_t *need = make_need (self, "Schoonmaak van kantoren", "90910000-9", "");
    ranking *r = rank_on (self, need, "2026-11-23", 20);
    assert_int_equal (r->item_count, 4);
    assert_string_equal (r->items [3]->is.supplier_name, "Onderneming 2");
    assert_int_equal (rank_on (self, need, "2026-11-23", 2)->item_count, 2);
}

static void test_offers_come_and_go (void **state)
{
    world *self = *state;
    const need_t *need = make_need (self, "Drukwerk", "79810000-5", "");
    add_enterprise (self, 1, "GM0153", "admitted");
    tell (self, EVENT_offer_drafted,
          make_offer (self, 1, 1, "Drukwerk", "79810000-5", "draft", ""));
    assert_int_equal (rank_on (self, need, "2026-11-23", 20)->item_count, 0);
    add_offer (self, 1, 1, "Drukwerk", "79810000-5", "");
    assert_int_equal (rank_on (self, need, "2026-11-23", 20)->item_count, 1);
    add_offer (self, 1, 1, "Fietsen", "34430000-0", "");
    assert_int_equal (rank_on (self, need, "2026-11-23", 20)->item_count, 0);
    tell (self, EVENT_offer_retired,
          make_offer (self, 1, 1, "Drukwerk", "79810000-5", "retired", ""));
    assert_int_equal (rank_on (self, need, "2026-11-23", 20)->considered, 0);
}

/* ---- promises on random markets ---- */

static uint64_t seed_used;

static void assert_in_order (const candidate *before, const candidate *after)
{
    placed a = rank_place (before), b = rank_place (after);
    assert_true (score_compare (&a, &b) < 0);
}

static void check_candidate (const ranking *r, const candidate *c)
{
    int64_t sum = 0;
    char why [WHY_BYTES];
    for (int i = 0; i < PART_COUNT; i++) {
        assert_true (c->points [i] >= 0 && c->points [i] <= r->rules->most [i]);
        sum += c->points [i];
        for (tongue in = DUTCH; in <= ENGLISH; in++) {
            explain_part (r, c, i, in, why);
            assert_true (strlen (why) > 10 && why [strlen (why) - 1] == '.');
        }
    }
    assert_int_equal (sum, c->score);
    assert_true (c->score <= 1000000);
}

/* Of two that earn the same, who waits longest for an invitation comes first. */
static void test_who_waits_comes_first (void **state)
{
    world *self = *state;
    char first [37], second [37], sent [200];
    for (int i = 1; i <= 2; i++) {
        add_enterprise (self, i, "GM0153", "admitted");
        add_offer (self, i, i, "Lunch", "55520000-1", ",\"national\":true");
    }
    const need_t *need = make_need (self, "Lunch", "55520000-1", "");
    assert_string_equal (rank_on (self, need, "2026-11-24", 20)->items [0]->offer->id, id_of (first, 2, 1));
    for (int i = 1; i <= 2; i++) {
        snprintf (sent, sizeof sent, "{\"need_id\":\"%s\",\"supplier_id\":\"%s\"}", need->id, id_of (second, 1, i));
        market_apply (self->market, &(stream_event) { .seq = ++self->seq, .time = 1000 * i,
            .type = &event_types () [EVENT_invitation_sent], .record = record_of (self, invitation_schema (), sent) });
        market_show (self->market, self->seq);
        ranking *r = rank_on (self, need, "2026-11-24", 20);
        assert_int_equal (r->items [0]->score, r->items [1]->score);
        assert_string_equal (r->items [0]->offer->id, id_of (first, 2, i == 1 ? 2 : 1));
    }
}

static void test_parts_add_up_in_order (void **state)
{
    world *self = *state;
    uint64_t seed = seed_used;
    random_enterprises (self, &seed, 40);
    for (int i = 0; i < 400; i++)
        tell (self, EVENT_offer_published, random_offer (self, &seed, i, 40));
    for (int n = 0; n < 100; n++) {
        ranking *r = rank_on (self, random_need (self, &seed), "2026-12-20", 100);
        for (size_t i = 0; i < r->item_count; i++) {
            const candidate *c = r->items [i];
            check_candidate (r, c);
            assert_int_equal (c->kept_out, RULE_NONE);
            if (i)
                assert_in_order (r->items [i - 1], c);
        }
        for (size_t i = 0; i < r->excluded_count; i++) {
            check_candidate (r, r->excluded [i]);
            assert_int_not_equal (r->excluded [i]->kept_out, RULE_NONE);
        }
    }
}

static void assert_same_ranking (const ranking *a, const ranking *b)
{
    assert_int_equal (a->item_count, b->item_count);
    assert_int_equal (a->excluded_count, b->excluded_count);
    assert_int_equal (a->considered, b->considered);
    for (size_t i = 0; i < a->item_count; i++) {
        assert_string_equal (a->items [i]->offer->id, b->items [i]->offer->id);
        assert_memory_equal (a->items [i]->points, b->items [i]->points, sizeof a->items [i]->points);
    }
    for (size_t i = 0; i < a->excluded_count; i++)
        assert_string_equal (a->excluded [i]->offer->id, b->excluded [i]->offer->id);
}

static void merge_all (world *self)
{
    shelf *which = market_shelf_to_merge (self->market);
    market_show (self->market, self->seq);
    shelf_merge *merge = shelf_merge_all (which);
    if (merge) {
        shelf_merge_work (merge);
        shelf_merge_end (which, &merge);
    }
    assert_int_equal (shelf_now (which).parts, 1);
}

/* Two markets that were told the same rank the same, whenever they showed it and whatever they merged. */
static void test_history_leaves_no_trace (void **state)
{
    world *plain = *state, *busy;
    open_world ((void **) &busy);
    uint64_t seed = seed_used, other = seed_used + 1;
    shelf_merge *at_work = NULL;
    size_t most_parts = 0;
    random_enterprises (plain, &seed, 20);
    seed = seed_used;
    random_enterprises (busy, &seed, 20);
    for (int i = 0; i < 3000; i++) { /* new ones, other versions of old ones, and some that leave */
        int number = (int) random_below (&seed, 700);
        const offer_t *offer = random_below (&seed, 5) ? random_offer (plain, &seed, number, 20)
                             : make_offer (plain, number, 1, "Weg hiermee", "77310000-6", "retired", "");
        tell (plain, EVENT_offer_changed, offer);
        tell (busy, EVENT_offer_changed, offer);
        if (random_below (&other, 20) == 0)
            at_work = show_and_merge (busy, &other, at_work);
        size_t parts = (size_t) shelf_now (market_shelf (busy->market)).parts;
        most_parts = parts > most_parts ? parts : most_parts;
        if (i % 100 == 99) {
            const need_t *need = random_need (plain, &seed);
            assert_same_ranking (rank_on (plain, need, "2026-12-20", 100),
                                 rank_on (busy, need, "2026-12-20", 100));
        }
    }
    assert_true (most_parts > 2);
    end_merges (busy, at_work);
    for (int n = 0; n < 50; n++) {
        if (n == 25)
            merge_all (busy);
        const need_t *need = random_need (plain, &seed);
        assert_same_ranking (rank_on (plain, need, "2026-12-20", 100),
                             rank_on (busy, need, "2026-12-20", 100));
    }
    close_world ((void **) &busy);
}

static void test_ten_thousand_offers (void **state)
{
    enum { OFFERS = 10000, NEEDS = 50 };
    world *self = *state;
    uint64_t seed = seed_used;
    random_enterprises (self, &seed, 500);
    for (int i = 0; i < OFFERS; i++)
        tell (self, EVENT_offer_published, random_offer (self, &seed, i, 500));
    int64_t begin = clock_steady_us ();
    for (int n = 0; n < NEEDS; n++)
        assert_true (rank_on (self, random_need (self, &seed), "2026-12-20", 20)->item_count > 0);
    int64_t each = (clock_steady_us () - begin) / NEEDS;
    print_message ("# %d offers: %" PRId64 " us a ranking\n", OFFERS, each);
    assert_true (each < 500000); /* only a mistake of order is a fault here; bench measures */
}

int main (void)
{
    const char *given = getenv ("MATCH_SEED");
    seed_used = given ? strtoull (given, NULL, 10) : (uint64_t) clock_wall_us ();
    print_message ("# MATCH_SEED=%" PRIu64 "\n", seed_used);
    const struct CMUnitTest tests [] = {
        cmocka_unit_test (test_cpv),
        cmocka_unit_test (test_distance),
        cmocka_unit_test (test_impact),
        cmocka_unit_test (test_text),
        cmocka_unit_test (test_size_and_labels),
        cmocka_unit_test (test_sets_of_weights),
        cmocka_unit_test (test_rules),
        cmocka_unit_test (test_days),
        cmocka_unit_test (test_days_in_words),
        cmocka_unit_test_setup_teardown (test_words_of_compounds, open_world, close_world),
        cmocka_unit_test_setup_teardown (test_subject_that_nobody_offers, open_world, close_world),
        cmocka_unit_test_setup_teardown (test_exclusions, open_world, close_world),
        cmocka_unit_test_setup_teardown (test_three_of_one_enterprise, open_world, close_world),
        cmocka_unit_test_setup_teardown (test_offers_come_and_go, open_world, close_world),
        cmocka_unit_test_setup_teardown (test_who_waits_comes_first, open_world, close_world),
        cmocka_unit_test_setup_teardown (test_parts_add_up_in_order, open_world, close_world),
        cmocka_unit_test_setup_teardown (test_history_leaves_no_trace, open_world, close_world),
        cmocka_unit_test_setup_teardown (test_ten_thousand_offers, open_world, close_world),
    };
    return cmocka_run_group_tests_name ("match", tests, NULL, NULL);
}
