/* round_walk_test.c - the laws of a round (domain.md §5.2) on the process tables and pure functions: millions of single steps, and
 * ten thousand whole rounds of random people, from draft to table, with a model beside them that counts for itself.
 *
 *   SEED=n ROUNDS=n round_walk_test
 *
 * Where each law is checked (here: s, a single step in round_laws.def; r, whole rounds below; elsewhere its file):
 *   I1  numbers at every stage         s, r; of the database: system/round-walk
 *   I2  nothing where one is barred    s, r (screening, assigning); every endpoint, text and average: system/round-walk, system/jury
 *   I3  blind means blind              not of tables: system/round-walk, system/jury
 *   I4  others after one's own lock    s (whose it is, and when); what is read: system/round-walk
 *   I5  the score is the formula       r, and unit/ranking_test; from the locked rows: system/round-walk
 *   I6  a juror less recomputes        s, r, and unit/ranking_test
 *   I7  a deviation has reason, signed s, r
 *   I8  the waiting list is in order   s (terms), r (who comes on it); who is promoted: system/round-walk
 *   I9  one extension for all          s, r
 *   I10 a partner that applies         s, r; derived from rows: system/round-walk
 *   I11 in at most one round           r (what is handed in stays there); of the rows: system/round-walk
 *   I12 enough or nobody is bound      s, r, and unit/closing_test; of the rows: system/round-walk
 *   I13 real by somebody outside       s; of the rows: system/round-walk
 *   I14 round 2 leaves round 1 alone   not of tables: system/walkthrough-manager
 *   I15 erasing keeps counts           s, r (who, once, and that it moves nothing); of all that is kept: system/erasing, system/round-walk
 *   I16 late makes no row              s, r (late is refused); no row and no trace: system/round-walk
 *   I17 told the public name only      system/round-walk, unit/notices_test                                                  */
#define WALK_LAWS "round_laws.def"
#define WALK_STEPS 1000000
#include "walk.h"
#include "round_world.h"

static int64_t rounds_asked (void)
{
    const char *given = getenv ("ROUNDS");
    return given ? strtoll (given, NULL, 10) : 10000;
}

static void ten_thousand_rounds_break_no_law (void **unused)
{
    (void) unused;
    walk all = { 0 };
    memcpy (all.guards, pipeline_guards, sizeof pipeline_guards);
    state_of_chance = seed ();
    int64_t rounds = rounds_asked (), ended [2] = { 0 };
    for (int64_t i = 0; i < rounds && !*all.fault; i++)
        ended [live_a_round (&all)]++;
    assert_string_equal (all.fault, "");
    printf ("# %" PRId64 " rounds, %" PRId64 " of them decided; %" PRId64 " steps taken, %" PRId64 " refused\n", rounds, ended [true],
            all.taken, all.refused);
    assert_true (ended [true] > rounds / 20);
    for (size_t i = 0; i < ROUND_LAWS; i++)
        if (broken [i] || met [i] < 1)
            fail_msg ("%s: broken %" PRId64 " times, met %" PRId64, round_laws [i], broken [i], met [i]);
    for (size_t i = 0; i < LAWS; i++)
        if (all.broken [i])
            fail_msg ("%s of %s %s was broken in a round", laws [i].name, laws [i].noun, laws [i].command);
}

/* Where every guard lets everything pass, or who ranks, spreads and closes is drunk, every law is broken. */
static void each_law_of_a_round_is_seen_broken (void **unused)
{
    (void) unused;
    walk careless = { 0 }, careful = { 0 };
    for (int g = 0; g < reason_count; g++)
        careless.guards [g] = pipeline_guards [g] ? yes : NULL;
    memcpy (careful.guards, pipeline_guards, sizeof pipeline_guards);
    memset (broken, 0, sizeof broken);
    drunk = true;
    state_of_chance = seed ();
    for (int i = 0; i < 4000; i++)
        live_a_round (i % 2 ? &careless : &careful);
    drunk = false;
    for (size_t i = 0; i < ROUND_LAWS; i++)
        if (!broken [i] && !of_tables [i])
            fail_msg ("%s held all the same", round_laws [i]);
}

int main (void)
{
    const struct CMUnitTest tests [] = {
        cmocka_unit_test (a_million_steps_break_no_law),
        cmocka_unit_test (each_law_is_seen_broken),
        cmocka_unit_test (ten_thousand_rounds_break_no_law),
        cmocka_unit_test (each_law_of_a_round_is_seen_broken),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
