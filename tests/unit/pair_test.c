/* pair_test.c - mentors and initiatives: the parts add up, and the division is the best of all, over thousands of random cases.
 * SEED=number runs the same cases again.                                                                                     */
#include "../../services/pipeline/training/pair.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

enum { CASES = 5000, MOST = 5 };
static uint64_t seed;

static int64_t chance (int64_t below)
{
    seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
    return (int64_t) (seed % (uint64_t) below);
}

typedef struct {
    size_t  initiatives, mentors;
    int64_t scores [MOST * MOST], free [MOST], hours;
} puzzle;

static puzzle random_puzzle (void)
{
    puzzle p = { .initiatives = (size_t) chance (MOST + 1), .mentors = (size_t) chance (4), .hours = 1 + chance (8) };
    for (size_t i = 0; i < p.initiatives * p.mentors; i++)
        p.scores [i] = chance (6) == 0 ? -1 : chance (3) == 0 ? 500000 : chance (1000001);
    for (size_t m = 0; m < p.mentors; m++)
        p.free [m] = chance (25);
    return p;
}

/* What a division is worth: how many have somebody, then the sum. -1 when it is not allowed. */
static int64_t worth (const puzzle *p, const int chosen [])
{
    int64_t value = 0, taken [MOST] = { 0 };
    for (size_t i = 0; i < p->initiatives; i++) {
        if (chosen [i] == PAIR_NOBODY)
            continue;
        int64_t score = p->scores [i * p->mentors + (size_t) chosen [i]];
        if (score < 0 || (taken [chosen [i]] + 1) * p->hours > p->free [chosen [i]])
            return -1;
        value += INT64_C (1000000000) + score - PAIR_BALANCE * taken [chosen [i]]++;
    }
    return value;
}

static int64_t best (const puzzle *p, size_t at, int chosen [])
{
    if (at == p->initiatives)
        return worth (p, chosen);
    int64_t most = -1;
    for (int m = PAIR_NOBODY; m < (int) p->mentors; m++) {
        chosen [at] = m;
        int64_t value = best (p, at + 1, chosen);
        most = value > most ? value : most;
    }
    return most;
}

static void the_division_is_the_best_of_all (void **state)
{
    (void) state;
    for (int i = 0; i < CASES; i++) {
        puzzle p = random_puzzle ();
        int chosen [MOST], again [MOST], tried [MOST];
        int64_t sum = pair_assign (p.scores, p.initiatives, p.free, p.mentors, p.hours, chosen);
        assert_int_equal (worth (&p, chosen), best (&p, 0, tried));
        assert_int_equal (pair_assign (p.scores, p.initiatives, p.free, p.mentors, p.hours, again), sum);
        assert_memory_equal (chosen, again, p.initiatives * sizeof *chosen);
        int64_t somebody = 0;
        for (size_t k = 0; k < p.initiatives; k++)
            somebody += chosen [k] != PAIR_NOBODY;
        assert_int_equal (worth (&p, chosen), somebody * INT64_C (1000000000) + sum);
    }
}

static const char *random_words (char text [200])
{
    static const char *const words [] = { "marketing", "boekhouden", "horeca", "textiel", "hout", "subsidie", "bank", "zorg", "de", "één" };
    text [0] = '\0';
    for (int64_t n = chance (8); n > 0; n--) {
        strcat (text, words [chance (10)]);
        strcat (text, chance (2) ? ", " : " ");
    }
    return text;
}

static void the_parts_add_up_and_each_is_about_its_own (void **state)
{
    (void) state;
    for (int i = 0; i < CASES; i++) {
        char a [200], b [200], c [200], d [200];
        pair_initiative of = { random_words (a), random_words (b), chance (4) > 0, 5100000 + chance (200000), 400000 + chance (300000) };
        pair_mentor mentor = { random_words (c), random_words (d), chance (4) > 0, 5100000 + chance (200000), 400000 + chance (300000),
                               1 + chance (40), 0 };
        mentor.free = chance (mentor.hours + 1);
        pair_fit fit = pair_fit_of (&of, &mentor), other;
        assert_int_equal (fit.score, fit.skills + fit.goals + fit.region + fit.room);
        assert_true (fit.skills >= 0 && fit.skills <= PAIR_SKILLS && fit.goals >= 0 && fit.goals <= PAIR_GOALS);
        assert_true (fit.region >= 0 && fit.region <= PAIR_REGION && fit.room >= 0 && fit.room <= PAIR_ROOM);
        assert_true (fit.score <= 1000000);
        mentor.words = NULL;
        other = pair_fit_of (&of, &mentor);
        assert_int_equal (other.skills, 0);
        assert_int_equal (other.score, fit.score - fit.skills);
        mentor.placed = false;
        assert_int_equal (pair_fit_of (&of, &mentor).score, fit.score - fit.skills - fit.region);
    }
}

static void what_fits_is_seen (void **state)
{
    (void) state;
    pair_initiative of = { "een wasserij voor horeca, met marketing en subsidie van de bank", "care inclusive_labour", true, 5222150, 689370 };
    pair_mentor mentor = { "horeca marketing subsidie bank marketing", "care", true, 5222150, 689370, 20, 20 };
    pair_fit fit = pair_fit_of (&of, &mentor);
    assert_int_equal (fit.skills, PAIR_SKILLS);
    assert_int_equal (fit.goals, PAIR_GOALS / 2);
    assert_int_equal (fit.region, PAIR_REGION);
    assert_int_equal (fit.room, PAIR_ROOM);
    mentor.words = "marketing marketing de een van";
    assert_int_equal (pair_fit_of (&of, &mentor).skills, PAIR_SKILLS / 4); /* once, and no short words */
    mentor.latitude_e5 = 5091970, mentor.longitude_e5 = 690000;            /* 145 km away */
    assert_int_equal (pair_fit_of (&of, &mentor).region, 0);
}

int main (void)
{
    const struct CMUnitTest tests [] = {
        cmocka_unit_test (the_division_is_the_best_of_all),
        cmocka_unit_test (the_parts_add_up_and_each_is_about_its_own),
        cmocka_unit_test (what_fits_is_seen),
    };
    const char *given = getenv ("SEED");
    seed = given ? strtoull (given, NULL, 10) : (uint64_t) time (NULL) * 2654435761u | 1;
    printf ("SEED=%llu\n", (unsigned long long) seed);
    return cmocka_run_group_tests (tests, NULL, NULL);
}
