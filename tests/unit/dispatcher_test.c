/* dispatcher_test.c - who gets which request, without a socket or a clock. */
#include "../../common/mwp.h"
#include "../../services/gateway/dispatcher.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

enum { MOST = 4096 };

typedef struct {
    int64_t sent [2 * MOST], failed [MOST];
    int     outcome [MOST];
    char    to [2 * MOST];
    size_t  sent_count, failed_count;
} log;

static void note (void *arg, const action *what)
{
    log *self = arg;
    if (what->kind == ACT_FAIL) {
        self->outcome [self->failed_count] = what->outcome;
        self->failed [self->failed_count++] = what->rid;
    } else {
        self->to [self->sent_count] = (char) what->to->id [0];
        self->sent [self->sent_count++] = what->rid;
    }
}

static void worker_ready (dispatcher *d, char id, int64_t credit, int64_t now)
{
    char hash [33];
    mwp_ready_t ready = { 0, "w", "pipeline", "0", credit, mwp_operations_hash (SERVICE_PIPELINE, hash) };
    dispatcher_ready (d, &id, 1, &ready, now);
}

static void nobody_serves (void **state)
{
    (void) state;
    log all = { 0 };
    dispatcher *d = dispatcher_new (note, &all);
    dispatcher_submit (d, SERVICE_PIPELINE, 1, false);
    assert_int_equal (all.failed_count, 1);
    dispatcher_destroy (&d);
}

static void credit_is_never_exceeded_and_the_rest_waits_here (void **state)
{
    (void) state;
    log all = { 0 };
    dispatcher *d = dispatcher_new (note, &all);
    worker_ready (d, 'a', 2, 0);
    for (int64_t rid = 1; rid <= 5; rid++)
        dispatcher_submit (d, SERVICE_PIPELINE, rid, false);
    assert_int_equal (all.sent_count, 2);
    assert_true (dispatcher_reply (d, "a", 1, 1, 0));
    assert_int_equal (all.sent_count, 3);
    assert_int_equal (all.sent [2], 3); /* first come, first served */
    assert_false (dispatcher_reply (d, "a", 1, 1, 0)); /* a second answer is nobody's */
    dispatcher_cancel (d, 4);
    assert_true (dispatcher_reply (d, "a", 1, 2, 0));
    assert_int_equal (all.sent [3], 5);
    dispatcher_destroy (&d);
}

static void the_least_busy_one_is_chosen (void **state)
{
    (void) state;
    log all = { 0 };
    dispatcher *d = dispatcher_new (note, &all);
    worker_ready (d, 'a', 2, 0);
    worker_ready (d, 'b', 8, 0);
    for (int64_t rid = 1; rid <= 10; rid++)
        dispatcher_submit (d, SERVICE_PIPELINE, rid, false);
    size_t to_b = 0;
    for (size_t i = 0; i < all.sent_count; i++)
        to_b += all.to [i] == 'b';
    assert_int_equal (all.sent_count, 10);
    assert_int_equal (to_b, 8);
    dispatcher_destroy (&d);
}

static void the_dead_are_noticed_and_their_callers_told (void **state)
{
    (void) state;
    log all = { 0 };
    dispatcher *d = dispatcher_new (note, &all);
    worker_ready (d, 'a', 1, 0);
    dispatcher_submit (d, SERVICE_PIPELINE, 1, false);
    dispatcher_submit (d, SERVICE_PIPELINE, 2, false);
    dispatcher_tick (d, MWP_DEAD_MS * INT64_C (1000));
    assert_int_equal (all.failed_count, 0);
    dispatcher_tick (d, MWP_DEAD_MS * INT64_C (1000) + 1);
    assert_int_equal (all.failed_count, 2); /* the one in flight, and the one that nobody can take now */
    dispatcher_destroy (&d);
}

static void a_draining_worker_gets_nothing_more (void **state)
{
    (void) state;
    log all = { 0 };
    dispatcher *d = dispatcher_new (note, &all);
    worker_ready (d, 'a', 4, 0);
    worker_ready (d, 'b', 4, 0);
    dispatcher_drain (d, "a", 1);
    for (int64_t rid = 1; rid <= 4; rid++)
        dispatcher_submit (d, SERVICE_PIPELINE, rid, false);
    for (size_t i = 0; i < all.sent_count; i++)
        assert_int_equal (all.to [i], 'b');
    dispatcher_destroy (&d);
}

static void what_could_not_be_sent_goes_to_another (void **state)
{
    (void) state;
    log all = { 0 };
    dispatcher *d = dispatcher_new (note, &all);
    worker_ready (d, 'a', 4, 0);
    dispatcher_submit (d, SERVICE_PIPELINE, 1, false); /* left for a */
    dispatcher_submit (d, SERVICE_PIPELINE, 2, false); /* could not be handed over */
    worker_ready (d, 'b', 4, 0);
    dispatcher_unsent (d, "a", 1, 2);
    assert_int_equal (all.failed_count, 1);
    assert_int_equal (all.failed [0], 1);
    assert_int_equal (all.sent [2], 2);
    assert_int_equal (all.to [2], 'b');
    dispatcher_destroy (&d);
}

static void another_vocabulary_is_not_let_in (void **state)
{
    (void) state;
    log all = { 0 };
    dispatcher *d = dispatcher_new (note, &all);
    mwp_ready_t ready = { 0, "w", "pipeline", "0", 4, "of another build" };
    worker_view *views [256];
    dispatcher_ready (d, "a", 1, &ready, 0);
    assert_int_equal (dispatcher_workers (d, views), 0);
    dispatcher_destroy (&d);
}

static void a_read_goes_to_another_when_its_worker_dies_and_a_write_does_not (void **state)
{
    (void) state;
    log all = { 0 };
    dispatcher *d = dispatcher_new (note, &all);
    worker_ready (d, 'a', 4, 0);
    dispatcher_submit (d, SERVICE_PIPELINE, 1, true);
    dispatcher_submit (d, SERVICE_PIPELINE, 2, false);
    worker_ready (d, 'b', 4, 0);
    dispatcher_bye (d, "a", 1);
    assert_int_equal (all.failed_count, 1);
    assert_int_equal (all.failed [0], 2);
    assert_int_equal (all.outcome [0], outcome_unavailable);
    assert_int_equal (all.sent [2], 1);
    assert_int_equal (all.to [2], 'b');
    assert_true (dispatcher_reply (d, "b", 1, 1, 0));
    dispatcher_destroy (&d);
}

static void what_killed_two_is_not_given_to_a_third (void **state)
{
    (void) state;
    log all = { 0 };
    dispatcher *d = dispatcher_new (note, &all);
    worker_ready (d, 'a', 1, 0);
    dispatcher_submit (d, SERVICE_PIPELINE, 1, true);
    worker_ready (d, 'b', 1, 0);
    worker_ready (d, 'c', 1, 0);
    dispatcher_bye (d, &all.to [0], 1);
    dispatcher_bye (d, &all.to [1], 1);
    assert_int_equal (all.sent_count, 2);
    assert_int_equal (all.failed_count, 1);
    assert_int_equal (all.outcome [0], outcome_broken);
    dispatcher_destroy (&d);
}

static void repeats_are_at_most_a_tenth_once_the_purse_is_empty (void **state)
{
    (void) state;
    static log all;
    enum { ROUNDS = 100, EACH = 20 };
    memset (&all, 0, sizeof all);
    dispatcher *d = dispatcher_new (note, &all);
    char first = 'a', second = 'b';
    worker_ready (d, 'a', EACH, 0);
    for (int64_t round = 0; round < ROUNDS; round++) {
        for (int64_t k = 1; k <= EACH; k++)
            dispatcher_submit (d, SERVICE_PIPELINE, round * EACH + k, true);
        worker_ready (d, second, EACH, 0);
        dispatcher_bye (d, &first, 1); /* with all twenty */
        for (int64_t k = 1; k <= EACH; k++)
            dispatcher_reply (d, &second, 1, round * EACH + k, 0);
        char was = first;
        first = second;
        second = was;
    }
    size_t repeats = all.sent_count - ROUNDS * EACH;
    assert_int_equal (repeats + all.failed_count, ROUNDS * EACH);
    assert_true (repeats >= 100 && repeats <= 100 + ROUNDS * EACH / 10);
    dispatcher_destroy (&d);
}

static void a_late_answer_is_nobodys (void **state)
{
    (void) state;
    log all = { 0 };
    dispatcher *d = dispatcher_new (note, &all);
    worker_ready (d, 'a', 1, 0);
    dispatcher_submit (d, SERVICE_PIPELINE, 1, true);
    worker_ready (d, 'b', 1, 0);
    dispatcher_bye (d, "a", 1);
    worker_ready (d, 'a', 1, 0); /* it was only stopped, and is back */
    assert_false (dispatcher_reply (d, "a", 1, 1, 0));
    assert_true (dispatcher_reply (d, "b", 1, 1, 0));
    assert_int_equal (all.failed_count, 0);
    dispatcher_destroy (&d);
}

static void who_is_silent_gets_nothing_new_until_it_speaks (void **state)
{
    (void) state;
    log all = { 0 };
    int64_t later = (MWP_SUSPECT_MS + 1) * INT64_C (1000);
    dispatcher *d = dispatcher_new (note, &all);
    worker_ready (d, 'a', 2, 0);
    dispatcher_tick (d, later);
    dispatcher_submit (d, SERVICE_PIPELINE, 1, false);
    assert_int_equal (all.sent_count + all.failed_count, 0);
    assert_true (dispatcher_credit (d, "a", 1, 2, later));
    assert_int_equal (all.sent_count, 1);
    dispatcher_destroy (&d);
}

/* Whatever happens, each request ends exactly once: answered, failed, or cancelled. A write is sent once, a read to
 * two workers at most, and only who has it can answer it.                                                         */
static void every_request_ends_once (void **state)
{
    (void) state;
    const char *given = getenv ("SEED");
    unsigned seed = given ? (unsigned) strtoul (given, NULL, 10) : (unsigned) time (NULL);
    print_message ("# SEED=%u\n", seed);
    srand (seed);
    static log all;
    static char open [MOST], holder [MOST], sent [MOST];
    memset (&all, 0, sizeof all);
    dispatcher *d = dispatcher_new (note, &all);
    int64_t rid = 0, now = 0;
    size_t seen_sent = 0, seen_failed = 0;
    while (rid < MOST - 1) {
        char id = (char) ('a' + rand () % 4);
        now += rand () % 400000;
        switch (rand () % 8) {
        case 0: worker_ready (d, id, 1 + rand () % 4, now); break;
        case 1: dispatcher_bye (d, &id, 1); break;
        case 2: dispatcher_tick (d, now); break;
        case 3:
        case 4: open [++rid] = 1; dispatcher_submit (d, SERVICE_PIPELINE, rid, rid % 2); break;
        default: {
            int64_t any = rid ? 1 + rand () % rid : 0;
            bool right = any && id == holder [any], taken = any && dispatcher_reply (d, &id, 1, any, now);
            assert_true (right || !taken);
            if (taken) {
                assert_int_equal (open [any], 1);
                open [any] = 0;
                holder [any] = 0;
            }
        }}
        for (; seen_failed < all.failed_count; seen_failed++) {
            assert_int_equal (open [all.failed [seen_failed]], 1);
            open [all.failed [seen_failed]] = 0;
            holder [all.failed [seen_failed]] = 0;
        }
        for (; seen_sent < all.sent_count; seen_sent++) {
            int64_t one = all.sent [seen_sent];
            assert_true (++sent [one] <= 1 + one % 2);
            if (open [one])
                holder [one] = all.to [seen_sent];
        }
    }
    for (char id = 'a'; id < 'e'; id++)
        dispatcher_bye (d, &id, 1);
    for (; seen_failed < all.failed_count; seen_failed++)
        open [all.failed [seen_failed]]--;
    for (int64_t i = 1; i <= rid; i++)
        assert_int_equal (open [i], 0);
    dispatcher_destroy (&d);
}

int main (void)
{
    const struct CMUnitTest tests [] = {
        cmocka_unit_test (nobody_serves), cmocka_unit_test (credit_is_never_exceeded_and_the_rest_waits_here),
        cmocka_unit_test (the_least_busy_one_is_chosen), cmocka_unit_test (the_dead_are_noticed_and_their_callers_told),
        cmocka_unit_test (a_draining_worker_gets_nothing_more), cmocka_unit_test (what_could_not_be_sent_goes_to_another),
        cmocka_unit_test (another_vocabulary_is_not_let_in),
        cmocka_unit_test (a_read_goes_to_another_when_its_worker_dies_and_a_write_does_not),
        cmocka_unit_test (what_killed_two_is_not_given_to_a_third),
        cmocka_unit_test (repeats_are_at_most_a_tenth_once_the_purse_is_empty),
        cmocka_unit_test (a_late_answer_is_nobodys), cmocka_unit_test (who_is_silent_gets_nothing_new_until_it_speaks),
        cmocka_unit_test (every_request_ends_once),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
