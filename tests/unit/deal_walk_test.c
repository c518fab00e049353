/* deal_walk_test.c - millions of random steps of random people along the process tables of the deal, with its laws beside them. */
#define WALK_LAWS "deal_laws.def"
#define WALK_STEPS 6000000
#include "walk.h"

int main (void)
{
    const struct CMUnitTest tests [] = {
        cmocka_unit_test (a_million_steps_break_no_law),
        cmocka_unit_test (each_law_is_seen_broken),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
