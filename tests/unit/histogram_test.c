/* histogram_test.c - percentiles against a sorted list of the same numbers. */
#include "../../common/histogram.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>

static void empty_is_zero (void **state)
{
    (void) state;
    static histogram h;
    assert_int_equal (histogram_part (&h, 0.5), 0);
    assert_int_equal (histogram_until (&h, 1000), 0);
}

static int smaller (const void *a, const void *b)
{
    int64_t x = *(const int64_t *) a, y = *(const int64_t *) b;
    return (x > y) - (x < y);
}

static void percentiles_are_right_to_a_sixteenth (void **state)
{
    (void) state;
    enum { COUNT = 20000 };
    static int64_t all [COUNT];
    static histogram one, two, both;
    unsigned long long seed = 42;
    for (int i = 0; i < COUNT; i++) {
        seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
        all [i] = (int64_t) (seed >> 33) >> (seed >> 59);
        histogram_add (i % 2 ? &one : &two, all [i]);
    }
    histogram_merge (&both, &one);
    histogram_merge (&both, &two);
    qsort (all, COUNT, sizeof *all, smaller);
    for (double part = 0.01; part < 1; part += 0.01) {
        int64_t real = all [(int) (part * COUNT)], said = histogram_part (&both, part);
        assert_true (said >= real - real / 16 && said <= real + real / 16 + 1);
    }
    assert_int_equal (histogram_until (&both, INT64_C (1) << 40), COUNT);
    assert_true (histogram_part (&both, 1) >= all [COUNT - 1]);
}

static void no_duration_is_out_of_bounds (void **state)
{
    (void) state;
    static histogram h;
    histogram_add (&h, -5);
    histogram_add (&h, INT64_MAX);
    assert_int_equal (histogram_part (&h, 0.1), 0);
    assert_true (histogram_part (&h, 1) > 0);
}

int main (void)
{
    const struct CMUnitTest tests [] = {
        cmocka_unit_test (empty_is_zero),
        cmocka_unit_test (percentiles_are_right_to_a_sixteenth),
        cmocka_unit_test (no_duration_is_out_of_bounds),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
