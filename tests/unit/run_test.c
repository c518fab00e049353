/* run_test.c - kept rankings and the draw: fair, computable by anybody, the same after any history.
 *
 * MATCH_SEED=n repeats a run.                                                                     */
#include "../../services/matching/market/day.h"
#include "../../services/matching/run.h"
#include "../../common/text.h"
#include "match_random.h"
#include <inttypes.h>
#include <sodium.h>

enum { LOTS = 10, DRAWS = 10000, PLACES = 20 };

static const char as_of [] = "2026-12-20";
static uint64_t seed_used;

/* ---- the draw ---- */

/* A secret and a hash that differ with `number`, and so a seed as the service makes it. */
static void make_seed (uint32_t number, uint8_t seed [DRAW_BYTES])
{
    uint8_t secret [DRAW_BYTES], hash [DRAW_BYTES];
    char commitment [DRAW_TEXT], revealed [DRAW_TEXT];
    publication when = { .seq = number };
    crypto_hash_sha256 (secret, (const uint8_t *) &number, sizeof number);
    crypto_hash_sha256 (when.hash, secret, sizeof secret);
    crypto_hash_sha256 (hash, secret, sizeof secret);
    draw_write (hash, commitment);
    draw_write (secret, revealed);
    assert_true (draw_of (&(need_t) { .draw_commitment = commitment, .draw_secret = revealed }, &when, seed));
}

/* Figures of another program: SHA-256 of 0..31, of 0..63, and of that and an id. */
static void test_draw_by_hand (void **state)
{
    (void) state;
    uint8_t secret [DRAW_BYTES], seed [DRAW_BYTES];
    char revealed [DRAW_TEXT], text [DRAW_TEXT], commitment [] = "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd";
    publication when = { .seq = 1 };
    for (uint8_t i = 0; i < DRAW_BYTES; i++) {
        secret [i] = i;
        when.hash [i] = (uint8_t) (DRAW_BYTES + i);
    }
    draw_write (secret, revealed);
    need_t need = { .draw_commitment = commitment, .draw_secret = revealed };
    assert_true (draw_of (&need, &when, seed));
    draw_write (seed, text);
    assert_string_equal (text, "fdeab9acf3710362bd2658cdc9a29e8f9c757fcf9811603a8c447cd1d9151108");
    assert_true (draw_lot (seed, "00000000-0000-7000-8001-000000000001") == UINT64_C (0xadada3020f45217d));

    assert_false (draw_of (&need, NULL, seed));
    commitment [63] = 'e'; /* another secret than the one promised */
    assert_false (draw_of (&need, &when, seed));
    assert_false (draw_read ("630DCD2966C4336691125448BBB25B4FF412A49C732DB2C8ABC1B8581BD710DD", secret));
    assert_false (draw_read ("630d", secret));
}

static offer_id id_number (int kind, int number)
{
    char text [UUID_TEXT];
    return id_of_text (id_of (text, kind, number));
}

static void make_enterprises (offer_id ids [LOTS], placed all [LOTS], const uint8_t *seed)
{
    char text [UUID_TEXT];
    for (int i = 0; i < LOTS; i++) {
        ids [i] = id_number (1, i);
        all [i] = (placed) { .score = 500000, .lot = draw_lot (seed, id_of (text, 1, i)), .id = &ids [i] };
    }
}

static int by_place (const void *a, const void *b)
{
    return score_compare (a, b);
}

static double chi_square (const int *counts, size_t count, double due)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (counts [i] - due) * (counts [i] - due) / due;
    return sum;
}

/* Every enterprise comes in every place equally often: below what chance exceeds once in a thousand, 9 degrees. The seeds
 * are always the same, so that this can only fail by a change of the draw.                                              */
static void test_draws_are_fair (void **state)
{
    (void) state;
    int at [LOTS][LOTS] = { { 0 } };
    for (uint32_t n = 0; n < DRAWS; n++) {
        offer_id ids [LOTS];
        placed all [LOTS];
        uint8_t seed [DRAW_BYTES];
        make_seed (n, seed);
        make_enterprises (ids, all, seed);
        qsort (all, LOTS, sizeof *all, by_place);
        for (int place = 0; place < LOTS; place++)
            at [place][all [place].id - ids]++;
    }
    for (int place = 0; place < LOTS; place++) {
        double chi = chi_square (at [place], LOTS, (double) DRAWS / LOTS);
        print_message ("# place %d: chi-square %.1f\n", place + 1, chi);
        assert_true (chi < 27.88);
    }
}

static void set_candidate (run_candidate_t *to, const char *offer, const char *supplier)
{
    *to = (run_candidate_t) { .offer_id = offer, .supplier_id = supplier, .supplier_name = supplier, .title = offer,
                              .admitted = true, .delivers = true };
}

/* Three offers are one lot: their enterprise is first as often as the one with one offer. */
static void test_one_lot_an_enterprise (void **state)
{
    world *self = *state;
    int first [2] = { 0 };
    static const int of_three [] = { 0, 1, 3 };
    char ids [6] [UUID_TEXT];
    run_candidate_t all [4];
    for (int i = 0; i < 6; i++)
        id_of (ids [i], i < 4 ? 2 : 1, i);
    for (int i = 0; i < 4; i++)
        set_candidate (&all [i], ids [i], ids [i == 2 ? 5 : 4]);
    for (uint32_t n = 0; n < DRAWS; n++) {
        ranking how = { .rules = rules_named ("2026-11-b"), .drawn = true };
        msgpack_zone_clear (self->zone);
        make_seed (n, how.seed);
        rank_again (&how, all, 4, self->zone);
        bool alone_first = strcmp (how.items [0]->is.supplier_id, ids [5]) == 0;
        first [alone_first]++;
        for (int i = 0; i < 3; i++) /* those of one enterprise stay together, by id */
            assert_string_equal (how.items [i + alone_first]->is.offer_id, ids [of_three [i]]);
    }
    assert_true (chi_square (first, 2, DRAWS / 2.0) < 10.83);
}

/* What weighs more than the lot: the score, and who waits. Equal lots: the smaller id is first. */
static void test_lot_comes_last (void **state)
{
    (void) state;
    const offer_id one = id_number (2, 1), two = id_number (2, 2);
    assert_true (score_compare (&(placed) { .score = 2, .lot = 9, .id = &two }, &(placed) { .score = 1, .lot = 1, .id = &one }) < 0);
    assert_true (score_compare (&(placed) { .invited_at = 1, .lot = 9, .id = &two }, &(placed) { .invited_at = 2, .lot = 1, .id = &one }) < 0);
    assert_true (score_compare (&(placed) { .lot = 1, .id = &two }, &(placed) { .lot = 9, .id = &one }) < 0);
    assert_true (score_compare (&(placed) { .lot = 1, .id = &one }, &(placed) { .lot = 1, .id = &two }) < 0);
}

/* ---- records ---- */

static void fill (world *self, uint64_t *seed, int offers, int enterprises)
{
    random_enterprises (self, seed, enterprises);
    for (int i = 0; i < offers; i++)
        tell (self, EVENT_offer_published, random_offer (self, seed, i, enterprises));
    market_show (self->market, self->seq);
}

static void make_record (world *self, const need_t *need, run_content_t *out, char hash [HASH_TEXT])
{
    *out = (run_content_t) { 0 };
    run_write (rank (self->market, need, day_of_date (as_of), RUN_KEEPS, RUN_KEEPS, self->zone), self->market, PLACES, self->zone, out);
    record_hash (run_content_schema (), out, hash);
}

static void check_sum (const candidate *c)
{
    int64_t sum = 0;
    for (int i = 0; i < PART_COUNT; i++)
        sum += c->points [i];
    assert_int_equal (sum, c->score);
    assert_in_range (c->score, 0, 1000000);
}

/* The parts of every candidate are its score, also when it is computed again from the record; and that record is the same. */
static void test_ten_thousand_needs (void **state)
{
    enum { NEEDS = 10000 };
    world *self = *state;
    uint64_t seed = seed_used;
    size_t checked = 0;
    fill (self, &seed, 300, 40);
    for (int n = 0; n < NEEDS; n++) {
        msgpack_zone_clear (self->zone);
        run_content_t made, again;
        ranking how;
        char hash [HASH_TEXT], same [HASH_TEXT];
        make_record (self, random_need (self, &seed), &made, hash);
        run_again (&made, rules_named (made.rule_set), self->zone, &how, &again);
        record_hash (run_content_schema (), &again, same);
        assert_string_equal (hash, same);
        assert_int_equal (how.item_count + how.excluded_count, made.candidates.count);
        for (size_t i = 0; i < how.item_count; i++)
            check_sum (how.items [i]);
        for (size_t i = 0; i < how.excluded_count; i++)
            check_sum (how.excluded [i]);
        for (size_t i = 0; i < made.chosen.count; i++)
            assert_int_equal (how.items [i]->score, made.chosen.at [i].score_ppm);
        checked += made.candidates.count;
    }
    print_message ("# %zu candidates of %d needs\n", checked, NEEDS);
    assert_true (checked > NEEDS);
}

/* Told in one go and never merged, or in pieces that are merged by chance: the same bytes. */
static void test_history_leaves_no_trace_in_records (void **state)
{
    enum { OFFERS = 600, NEEDS = 50 };
    world *plain = *state, *busy;
    uint64_t seed = seed_used, other = seed_used + 1;
    shelf_merge *at_work = NULL;
    assert_int_equal (open_world ((void **) &busy), 0);
    uint64_t again = seed;
    fill (plain, &seed, OFFERS, 60);
    random_enterprises (busy, &again, 60);
    for (int i = 0; i < OFFERS; i++) {
        tell (busy, EVENT_offer_published, random_offer (busy, &again, i, 60));
        if (random_below (&other, 9) == 0)
            at_work = show_and_merge (busy, &other, at_work);
    }
    end_merges (busy, at_work);
    market_show (busy->market, busy->seq);
    assert_true (shelf_now (market_shelf (busy->market)).parts > 0);
    for (int n = 0; n < NEEDS; n++) {
        run_content_t a, b;
        char x [HASH_TEXT], y [HASH_TEXT];
        const need_t *need = random_need (plain, &seed);
        make_record (plain, need, &a, x);
        make_record (busy, need, &b, y);
        assert_string_equal (x, y);
    }
    close_world ((void **) &busy);
}

/* A need that came on the market has a draw, which is in its record; a changed secret, hash or seed shows. */
static void test_record_has_its_draw (void **state)
{
    world *self = *state;
    uint64_t seed = seed_used;
    uint8_t secret [DRAW_BYTES] = { 7 }, hash [DRAW_BYTES];
    char more [400], commitment [DRAW_TEXT], revealed [DRAW_TEXT], kept [HASH_TEXT], now [HASH_TEXT];
    run_content_t made, again;
    ranking how;
    crypto_hash_sha256 (hash, secret, sizeof secret);
    draw_write (hash, commitment);
    draw_write (secret, revealed);
    snprintf (more, sizeof more, ",\"draw_commitment\":\"%s\",\"draw_secret\":\"%s\"", commitment, revealed);
    const need_t *need = make_need (self, "onderhoud tuinen", "77310000-6", more);
    add_offer (self, 999, 1, "Onderhoud van tuinen", "77310000-6", ",\"national\":true");
    fill (self, &seed, 100, 40);
    market_apply (self->market, &(stream_event) { .seq = ++self->seq, .type = &event_types () [EVENT_need_published], .record = need, .hash = hash });
    market_show (self->market, self->seq);
    make_record (self, need, &made, kept);
    assert_non_null (made.draw);
    assert_int_equal (made.draw->published_seq, self->seq);
    run_again (&made, rules_named (made.rule_set), self->zone, &how, &again);
    record_hash (run_content_schema (), &again, now);
    assert_string_equal (kept, now);

    draw_write (secret, commitment); /* its seed is another one: the lots would be too */
    made.draw->seed = commitment;
    record_hash (run_content_schema (), &made, kept);
    run_again (&made, rules_named (made.rule_set), self->zone, &how, &again);
    record_hash (run_content_schema (), &again, now);
    assert_string_not_equal (kept, now);
}

int main (void)
{
    const char *given = getenv ("MATCH_SEED");
    seed_used = given ? strtoull (given, NULL, 10) : (uint64_t) clock_wall_us ();
    print_message ("# MATCH_SEED=%" PRIu64 "\n", seed_used);
    const struct CMUnitTest tests [] = {
        cmocka_unit_test (test_draw_by_hand),
        cmocka_unit_test (test_draws_are_fair),
        cmocka_unit_test_setup_teardown (test_one_lot_an_enterprise, open_world, close_world),
        cmocka_unit_test (test_lot_comes_last),
        cmocka_unit_test_setup_teardown (test_ten_thousand_needs, open_world, close_world),
        cmocka_unit_test_setup_teardown (test_history_leaves_no_trace_in_records, open_world, close_world),
        cmocka_unit_test_setup_teardown (test_record_has_its_draw, open_world, close_world),
    };
    return cmocka_run_group_tests_name ("run", tests, NULL, NULL);
}
