/* assign_test.c - who judges what is as good as the best of all ways, on thousands of small random cases, and the same each time.
 *
 *   SEED=n TRIALS=n assign_test                                                                                        */
#include "../../services/pipeline/jury/assign.h"
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

enum { INITIATIVES = 4, JURORS = 4, PAIRS = INITIATIVES * JURORS };

static uint64_t seed;

static int below (int bound) /* xorshift64* */
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (int) ((seed * UINT64_C (2685821657736338717) >> 33) % (unsigned) bound);
}

typedef struct { int count; int64_t squares, wishes; } worth;

static bool better (worth a, worth b)
{
    return a.count != b.count ? a.count > b.count : a.squares != b.squares ? a.squares < b.squares : a.wishes < b.wishes;
}

/* False: somebody is barred, or an initiative gets more than is wanted. */
static bool weigh (const assign_case *of, const bool *chosen, worth *out)
{
    int given [INITIATIVES] = { 0 }, load [JURORS];
    *out = (worth) { 0 };
    memcpy (load, of->load, of->jurors * sizeof *load);
    for (size_t i = 0; i < of->initiatives; i++)
        for (size_t j = 0; j < of->jurors; j++)
            if (chosen [i * of->jurors + j]) {
                int cost = of->cost [i * of->jurors + j];
                if (cost == ASSIGN_NEVER || ++given [i] > of->wanted [i])
                    return false;
                load [j]++;
                out->count++;
                out->wishes += cost;
            }
    for (size_t j = 0; j < of->jurors; j++)
        out->squares += load [j] * load [j];
    return true;
}

static worth best_of_all (const assign_case *of)
{
    size_t pairs = of->initiatives * of->jurors;
    worth best = { -1, 0, 0 }, one;
    for (unsigned mask = 0; mask < 1u << pairs; mask++) {
        bool chosen [PAIRS];
        for (size_t p = 0; p < pairs; p++)
            chosen [p] = mask >> p & 1;
        if (weigh (of, chosen, &one) && (best.count < 0 || better (one, best)))
            best = one;
    }
    return best;
}

static void as_good_as_the_best (void **state)
{
    const char *given = getenv ("SEED"), *often = getenv ("TRIALS");
    uint64_t first = given ? strtoull (given, NULL, 10) : (uint64_t) time (NULL) | 1;
    int trials = often ? atoi (often) : 3000;
    (void) state;
    print_message ("SEED=%" PRIu64 " TRIALS=%d\n", first, trials);
    seed = first;
    for (int trial = 0; trial < trials; trial++) {
        int wanted [INITIATIVES], load [JURORS], cost [PAIRS];
        /* Most cases small: every way is tried. */
        assign_case one = { (size_t) below (INITIATIVES) + 1, (size_t) below (trial % 50 ? 3 : JURORS) + 1, wanted, load, cost };
        bool chosen [PAIRS], again [PAIRS];
        worth found;
        for (size_t i = 0; i < one.initiatives; i++)
            wanted [i] = below (4);
        for (size_t j = 0; j < one.jurors; j++)
            load [j] = below (3);
        for (size_t p = 0; p < one.initiatives * one.jurors; p++)
            cost [p] = below (4) ? below (4) * 7 : ASSIGN_NEVER;
        size_t count = assign_solve (&one, chosen);
        assert_true (weigh (&one, chosen, &found));
        worth best = best_of_all (&one);
        if (count != (size_t) found.count || better (best, found))
            fail_msg ("trial %d of SEED=%" PRIu64 ": %d, %" PRId64 ", %" PRId64 " is not %d, %" PRId64 ", %" PRId64, trial, first,
                      found.count, found.squares, found.wishes, best.count, best.squares, best.wishes);
        assign_solve (&one, again);
        assert_memory_equal (chosen, again, one.initiatives * one.jurors * sizeof *chosen);
    }
}

static void a_whole_round_is_quick (void **state)
{
    enum { MANY = 100, SOME = 20 };
    static int wanted [MANY], load [SOME], cost [MANY * SOME];
    static bool chosen [MANY * SOME];
    assign_case one = { MANY, SOME, wanted, load, cost };
    (void) state;
    seed = 7;
    for (size_t i = 0; i < MANY; i++)
        wanted [i] = 3;
    for (size_t p = 0; p < MANY * SOME; p++)
        cost [p] = below (10) ? below (3) * 500 : ASSIGN_NEVER;
    clock_t before = clock ();
    assert_int_equal (assign_solve (&one, chosen), 3 * MANY);
    assert_true ((clock () - before) / CLOCKS_PER_SEC < 5);
    for (size_t j = 0; j < SOME; j++) {
        int many = 0;
        for (size_t i = 0; i < MANY; i++)
            many += chosen [i * SOME + j];
        assert_int_equal (many, 3 * MANY / SOME);
    }
}

int main (void)
{
    const struct CMUnitTest tests [] = { cmocka_unit_test (as_good_as_the_best), cmocka_unit_test (a_whole_round_is_quick) };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
