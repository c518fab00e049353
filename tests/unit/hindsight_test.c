/* hindsight_test.c - a round that is run again by its own rules selects whom it selected, however its ties fell; halves; and
 * Wilson's interval beside the formula in floating point.
 *
 *   SEED=n TRIALS=n hindsight_test                                                                                      */
#include "../../services/pipeline/jury/choosing.h"
#include "../../services/pipeline/jury/hindsight.h"
#include <inttypes.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

enum { MOST = 12 };

static uint64_t seed;

static int below (int bound) /* xorshift64* */
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (int) ((seed * UINT64_C (2685821657736338717) >> 33) % (unsigned) bound);
}

static const char *const ids [MOST] = { "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l" };

/* Best first and then by id, as ranking.c gives it; few totals, so that there are ties. */
static size_t make_ranking (ranked_initiative_t *ranked)
{
    size_t count = (size_t) below (MOST) + 1;
    int64_t total = 9;
    for (size_t i = 0; i < count; i++) {
        bool tied = i && below (2);
        total -= i && !tied;
        ranked [i] = (ranked_initiative_t) { .initiative_id = ids [i], .judgements = 2, .total_ppm = total,
                                             .rank = tied ? ranked [i - 1].rank : (int64_t) i + 1 };
    }
    return count;
}

/* The jury decides ties as it likes: it shuffles within a rank, and then chooses in that order. */
static void decide (const ranked_initiative_t *ranked, size_t count, int64_t places, int64_t waiting, selection_line_t *lines)
{
    ranked_initiative_t order [MOST];
    memcpy (order, ranked, count * sizeof *ranked);
    for (int swap = 0; swap < 40; swap++) {
        int at = below ((int) count);
        if (at && order [at].rank == order [at - 1].rank) {
            ranked_initiative_t one = order [at];
            order [at] = order [at - 1];
            order [at - 1] = one;
        }
    }
    choosing_by_ranking (order, count, places, waiting, lines);
    for (size_t i = 0; i < count; i++)
        lines [i].initiative_id = order [i].initiative_id;
}

static void test_the_same_rules_select_the_same (void **unused)
{
    (void) unused;
    const char *given = getenv ("TRIALS");
    int differed = 0;
    for (int trial = given ? atoi (given) : 20000; trial > 0; trial--) {
        ranked_initiative_t ranked [MOST];
        selection_line_t was [MOST] = { { 0 } }, is [MOST] = { { 0 } };
        size_t count = make_ranking (ranked);
        int64_t places = below (MOST), waiting = below (4);
        decide (ranked, count, places, waiting, was);
        differed += strcmp (was [0].initiative_id, ranked [0].initiative_id) != 0;
        hindsight_ties (ranked, count, was, count);
        choosing_by_ranking (ranked, count, places, waiting, is);
        for (size_t i = 0; i < count; i++) {
            const selection_line_t *before = hindsight_line (was, count, ranked [i].initiative_id);
            assert_int_equal (is [i].outcome, before->outcome);
            assert_int_equal (is [i].place, before->place);
            assert_true (!i || ranked [i - 1].rank <= ranked [i].rank);
        }
    }
    assert_true (given || differed > 1000);
}

static void test_halves (void **unused)
{
    static const int64_t all [] = { 9, 7, 7, 7, 5, 5, 4, 1 };
    (void) unused;
    assert_int_equal (hindsight_upper (all, 8), 4);
    assert_int_equal (hindsight_upper (all, 6), 1); /* the third and the fourth have the same */
    assert_int_equal (hindsight_upper (all + 1, 3), 0);
    assert_int_equal (hindsight_upper (all, 0), 0);
    assert_int_equal (hindsight_upper (all, 1), 0);
}

static void test_wilson_is_the_formula (void **unused)
{
    const double z = 1.96;
    (void) unused;
    for (int64_t of = 1; of <= HINDSIGHT_MOST; of += of < 40 ? 1 : 37)
        for (int64_t came = 0; came <= of; came++) {
            int64_t low, high;
            double k = (double) came, n = (double) of;
            double middle = k + z * z / 2, width = z * sqrt (k * (n - k) / n + z * z / 4), parts = n + z * z;
            hindsight_wilson (came, of, &low, &high);
            assert_true (fabs ((double) low - fmax (0, (middle - width) / parts * 1e6)) < 2);
            assert_true (fabs ((double) high - fmin (1e6, (middle + width) / parts * 1e6)) < 2);
            assert_true (0 <= low && low * of <= came * MILLION && came * MILLION <= high * of && high <= MILLION);
        }
}

int main (void)
{
    const struct CMUnitTest tests [] = {
        cmocka_unit_test (test_the_same_rules_select_the_same),
        cmocka_unit_test (test_halves),
        cmocka_unit_test (test_wilson_is_the_formula),
    };
    const char *given = getenv ("SEED");
    seed = given ? strtoull (given, NULL, 10) : (uint64_t) time (NULL);
    printf ("# SEED=%" PRIu64 "\n", seed);
    return cmocka_run_group_tests_name ("hindsight", tests, NULL, NULL);
}
