/* ranking_test.c - a ranking is what the published formula says, on random rounds, by a model that counts otherwise; and a
 * juror more or less computes again, and never stretches.
 *
 *   SEED=n TRIALS=n ranking_test                                                                                        */
#include "../../services/pipeline/jury/ranking.h"
#include "../../common/text.h"
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

enum { CRITERIA = 6, INITIATIVES = 9, JURORS = 7, MOST = INITIATIVES * JURORS };

static uint64_t seed;

static int below (int bound) /* xorshift64* */
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (int) ((seed * UINT64_C (2685821657736338717) >> 33) % (unsigned) bound);
}

typedef struct {
    ranking_rules       rules;
    rubric_criterion_t  rubric [CRITERIA];
    size_t              initiatives, judged;
    counted_judgement_t judgements [MOST];
    counted_point_t     points [MOST] [CRITERIA];
} random_round;

static const char *const codes [CRITERIA] = { "a", "b", "c", "d", "e", "f" };
static const char *const ids [INITIATIVES] = { "i0", "i1", "i2", "i3", "i4", "i5", "i6", "i7", "i8" };
static const char *const jurors [JURORS] = { "j0", "j1", "j2", "j3", "j4", "j5", "j6" };
static const int scales [] = { 0, 1, 2, 3, 4, 5, 7, 10, 100 };

static int64_t scale_of (const rubric_criterion_t *criterion)
{
    return criterion->scale ? criterion->scale : 5;
}

/* Weights of which the last one makes a million; the first criterion always weighs. */
static void make_rubric (random_round *round)
{
    int64_t left = MILLION;
    size_t last = 0;
    round->rules = (ranking_rules) { round->rubric, 1 + (size_t) below (CRITERIA), below (2), 1 + below (3) };
    for (size_t i = 0; i < round->rules.criteria; i++) {
        rubric_criterion_t *criterion = &round->rubric [i];
        *criterion = (rubric_criterion_t) { .code = codes [i], .scale = scales [below (9)], .independent = i && below (4) == 0 };
        if (criterion->independent)
            continue;
        criterion->weight_ppm = below (2) ? left / 2 : below ((int) left + 1);
        left -= criterion->weight_ppm;
        last = i;
    }
    round->rubric [last].weight_ppm += left;
}

static void judge (random_round *round, int initiative, int juror)
{
    size_t at = round->judged++, given = 0;
    for (size_t i = 0; i < round->rules.criteria; i++)
        if (below (40)) {
            const rubric_criterion_t *criterion = &round->rubric [(i + (size_t) juror) % round->rules.criteria];
            round->points [at] [given++] = (counted_point_t) { .code = criterion->code, .points = below ((int) scale_of (criterion) + 1) };
        }
    round->judgements [at] = (counted_judgement_t) { .initiative_id = ids [initiative], .juror_id = jurors [juror],
                                                     .scores = { given, round->points [at] } };
}

static void make_round (random_round *round)
{
    memset (round, 0, sizeof *round);
    make_rubric (round);
    round->initiatives = (size_t) below (INITIATIVES + 1);
    for (size_t i = 0; i < round->initiatives; i++)
        for (int juror = 0; juror < JURORS; juror++)
            if (below (3))
                judge (round, (int) i, juror);
}

/* ------------------------------------------------------------------------------------- the model */

static int64_t points_for (const counted_judgement_t *judgement, const char *code)
{
    for (size_t i = 0; i < judgement->scores.count; i++)
        if (strcmp (judgement->scores.at [i].code, code) == 0)
            return judgement->scores.at [i].points;
    return -1;
}

static bool counts (const random_round *round, const counted_judgement_t *judgement, const char *id)
{
    for (size_t i = 0; i < round->rules.criteria; i++)
        if (!round->rubric [i].independent && points_for (judgement, round->rubric [i].code) < 0)
            return false;
    return strcmp (judgement->initiative_id, id) == 0;
}

/* The points that count for one criterion, sorted by putting each in its place. */
static int sorted_points (const random_round *round, const char *id, size_t criterion, int64_t out [])
{
    int count = 0;
    for (size_t i = 0; i < round->judged; i++) {
        int64_t points = points_for (&round->judgements [i], round->rubric [criterion].code);
        if (points < 0 || !counts (round, &round->judgements [i], id))
            continue;
        int at = count++;
        for (; at && out [at - 1] > points; at--)
            out [at] = out [at - 1];
        out [at] = points;
    }
    return count;
}

/* Exact, as a fraction whose lower part is a multiple of all: 2 * 7! * 2100, more than any of these rounds needs. */
static const int64_t below_all = INT64_C (2) * 5040 * 2100;

static int64_t exact_result (const random_round *round, const char *id, size_t criterion, int *count)
{
    int64_t points [JURORS] = { 0 }, sum = 0;
    int64_t scale = scale_of (&round->rubric [criterion]);
    *count = sorted_points (round, id, criterion, points);
    if (!*count)
        return 0;
    if (round->rules.method == score_method_median)
        return (points [(*count - 1) / 2] + points [*count / 2]) * below_all / (2 * scale);
    for (int i = 0; i < *count; i++)
        sum += points [i];
    return sum * below_all / (*count * scale);
}

static int64_t model_total (const random_round *round, const char *id)
{
    int64_t sum = 0;
    int count, any = 0;
    for (size_t i = 0; i < round->rules.criteria; i++)
        if (!round->rubric [i].independent) {
            sum += round->rubric [i].weight_ppm * exact_result (round, id, i, &count);
            any |= count;
        }
    return any ? (int64_t) (sum / below_all) : -1;
}

/* ------------------------------------------------------------------------------------- the tests */

typedef struct {
    ranked_initiative_t ranked [INITIATIVES];
    ranked_criterion_t  criteria [INITIATIVES * CRITERIA];
} result;

static void rank (const random_round *round, result *out)
{
    memset (out, 0, sizeof *out);
    ranking_make (&round->rules, ids, round->initiatives, round->judgements, round->judged, out->ranked, out->criteria);
}

static const ranked_initiative_t *found (const result *in, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp (in->ranked [i].initiative_id, id) == 0)
            return &in->ranked [i];
    fail_msg ("%s is not ranked", id);
    return NULL;
}

static void check_criteria (const random_round *round, const ranked_initiative_t *got)
{
    assert_int_equal (got->criteria.count, round->rules.criteria);
    for (size_t i = 0; i < round->rules.criteria; i++) {
        int count;
        int64_t exact = exact_result (round, got->initiative_id, i, &count);
        assert_int_equal (got->criteria.at [i].judgements, count);
        assert_int_equal (got->criteria.at [i].result_ppm, (int64_t) (MILLION * exact / below_all));
        assert_int_equal (got->criteria.at [i].independent, round->rubric [i].independent);
    }
}

static void check_one (const random_round *round, const result *all, const char *id)
{
    const ranked_initiative_t *got = found (all, round->initiatives, id);
    int64_t total = model_total (round, id), better = 0, same = 0, given = 0;
    for (size_t i = 0; i < round->initiatives; i++) {
        better += model_total (round, ids [i]) > total;
        same += model_total (round, ids [i]) == total;
    }
    for (size_t i = 0; i < round->judged; i++)
        given += counts (round, &round->judgements [i], id);
    assert_int_equal (got->judgements, given);
    assert_int_equal (got->enough, given >= round->rules.min_reviews);
    assert_int_equal (got->judgements ? got->total_ppm : -1, total);
    if (got->judgements) {
        assert_int_equal (got->rank, better + 1);
        assert_int_equal (got->tied, same - 1);
        assert_true (got->total_ppm <= MILLION && got->spread_ppm <= MILLION);
    } else {
        assert_int_equal (got->rank, 0);
    }
    check_criteria (round, got);
}

static uint64_t number_from (const char *name, uint64_t otherwise)
{
    const char *given = getenv (name);
    return given ? strtoull (given, NULL, 10) : otherwise;
}

static void test_as_the_formula_says (void **unused)
{
    random_round round;
    result got;
    size_t tied = 0;
    uint64_t trials = number_from ("TRIALS", 10000);
    (void) unused;
    for (uint64_t trial = 0; trial < trials; trial++) {
        make_round (&round);
        rank (&round, &got);
        for (size_t i = 0; i < round.initiatives; i++) {
            check_one (&round, &got, ids [i]);
            tied += got.ranked [i].tied > 0;
            assert_true (!i || got.ranked [i].judgements == 0 || got.ranked [i - 1].rank <= got.ranked [i].rank);
        }
    }
    assert_true (trials < 1000 || tied > trials / 20);
}

/* A juror who is recused takes along only what they gave: others keep their points, and whom they did not judge their total. */
static void test_a_juror_less_computes_again (void **unused)
{
    random_round round, fewer;
    result before, after;
    (void) unused;
    for (int trial = 0; trial < 4000; trial++) {
        make_round (&round);
        fewer = round;
        const char *gone = jurors [below (JURORS)];
        fewer.judged = 0;
        for (size_t i = 0; i < round.judged; i++)
            if (strcmp (round.judgements [i].juror_id, gone) != 0)
                fewer.judgements [fewer.judged++] = round.judgements [i];
        rank (&round, &before);
        rank (&fewer, &after);
        for (size_t i = 0; i < round.initiatives; i++) {
            bool touched = false;
            for (size_t j = 0; j < round.judged; j++)
                touched |= strcmp (round.judgements [j].juror_id, gone) == 0 && counts (&round, &round.judgements [j], ids [i]);
            check_one (&fewer, &after, ids [i]);
            const ranked_initiative_t *was = found (&before, round.initiatives, ids [i]);
            const ranked_initiative_t *is = found (&after, round.initiatives, ids [i]);
            assert_true (touched || was->total_ppm == is->total_ppm);
            assert_int_equal (is->judgements, was->judgements - touched);
        }
    }
}

/* 0 + 15 of 15 and 5 + 10 of 15 at equal weights are the same: rounded part by part they would not be. */
static void test_the_same_is_the_same (void **unused)
{
    random_round round = { .initiatives = 2, .rubric = { { .code = "a", .weight_ppm = 500000 }, { .code = "b", .weight_ppm = 500000 } } };
    static const int given [2] [3] [2] = { { { 0, 5 }, { 0, 5 }, { 0, 5 } }, { { 1, 3 }, { 2, 3 }, { 2, 4 } } };
    result got;
    (void) unused;
    round.rules = (ranking_rules) { round.rubric, 2, score_method_mean, 3 };
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 3; j++) {
            counted_point_t *points = round.points [round.judged];
            points [0] = (counted_point_t) { .code = "a", .points = given [i] [j] [0] };
            points [1] = (counted_point_t) { .code = "b", .points = given [i] [j] [1] };
            round.judgements [round.judged++] = (counted_judgement_t) { .initiative_id = ids [i], .juror_id = jurors [j], .scores = { 2, points } };
        }
    rank (&round, &got);
    for (int i = 0; i < 2; i++) {
        assert_int_equal (got.ranked [i].total_ppm, 500000);
        assert_int_equal (got.ranked [i].rank, 1);
        assert_int_equal (got.ranked [i].tied, 1);
    }
}

static void test_scales_have_a_common_multiple (void **unused)
{
    rubric_criterion_t rubric [6] = { { .scale = 4 }, { .scale = 6 }, { 0 }, { .scale = 97 }, { .scale = 89 }, { .scale = 83 } };
    (void) unused;
    assert_int_equal (ranking_multiple (rubric, 0), 1);
    assert_int_equal (ranking_multiple (rubric, 3), 60);
    assert_int_equal (ranking_multiple (rubric, 5), 517980);
    assert_int_equal (ranking_multiple (rubric, 6), 0);
}

int main (void)
{
    const struct CMUnitTest tests [] = {
        cmocka_unit_test (test_as_the_formula_says),
        cmocka_unit_test (test_a_juror_less_computes_again),
        cmocka_unit_test (test_the_same_is_the_same),
        cmocka_unit_test (test_scales_have_a_common_multiple),
    };
    seed = number_from ("SEED", (uint64_t) time (NULL));
    printf ("# SEED=%" PRIu64 "\n", seed);
    return cmocka_run_group_tests_name ("ranking", tests, NULL, NULL);
}
