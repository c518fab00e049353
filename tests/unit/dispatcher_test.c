/* dispatcher_test.c - who gets which request, without a socket or a clock. Chance and faults: tests/sim. */
#include "../../common/mwp.h"
#include "../../services/gateway/dispatch/dispatcher.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { MOST = 8192, SECOND = 1000000 };

/* What was done, in order. */
typedef struct {
    dispatcher *d;
    int64_t     now;
    int64_t     sent [2 * MOST], failed [MOST];
    int         outcome [MOST], reason [MOST];
    char        to [2 * MOST], cancelled_at [MOST];
    size_t      sent_count, failed_count, cancel_count, refused, drained;
} desk;

static void look (desk *self)
{
    action what;
    while (dispatcher_act (self->d, &what))
        switch (what.kind) {
        case ACT_SEND:
            self->to [self->sent_count] = (char) what.id [0];
            self->sent [self->sent_count++] = what.rid;
            break;
        case ACT_FAIL:
            self->outcome [self->failed_count] = what.outcome;
            self->reason [self->failed_count] = what.reason;
            self->failed [self->failed_count++] = what.rid;
            break;
        case ACT_CANCEL: self->cancelled_at [self->cancel_count++] = (char) what.id [0]; break;
        case ACT_REFUSE: self->refused++; break;
        case ACT_DRAIN:  self->drained++; break;
        default: break;
        }
}

static bool tell (desk *self, sight seen)
{
    bool counts = dispatcher_step (self->d, &seen, self->now);
    look (self);
    return counts;
}

static desk *open_desk (void)
{
    desk *self = calloc (1, sizeof *self);
    self->d = dispatcher_new ();
    self->now = SECOND;
    return self;
}

static void close_desk (desk *self)
{
    dispatcher_destroy (&self->d);
    free (self);
}

static bool from (desk *self, char id, sight seen)
{
    seen.peer = (bytes) { 1, &id };
    return tell (self, seen);
}

static bool said_hello (desk *self, char id, int64_t credit, const char *operations)
{
    mwp_ready_t ready = { 0, "w", "pipeline", "0", credit, operations };
    return from (self, id, (sight) { .kind = SAW_READY, .ready = &ready });
}

static bool replied (desk *self, char id, int64_t rid)
{
    return from (self, id, (sight) { .kind = SAW_REPLY, .rid = rid, .outcome = outcome_done });
}

static const operation *reading (void) { return operation_find ("need_get"); }
static const operation *writing (void) { return operation_find ("need_publish"); }

static void submit_for (desk *self, uint64_t tenant, int64_t rid, const operation *op)
{
    assert_non_null (op);
    tell (self, (sight) { .kind = SAW_SUBMIT, .rid = rid, .op = op, .tenant = tenant, .print = (uint64_t) rid });
}

static void submit (desk *self, int64_t rid, const operation *op)
{
    submit_for (self, 1, rid, op);
}

/* A worker that has shown what it can do, so that its whole credit is used. */
static void worker_known (desk *self, char id, int64_t credit)
{
    char hash [33];
    said_hello (self, id, credit, mwp_operations_hash (SERVICE_PIPELINE, hash));
    worker_view *views [DISPATCHER_WORKERS];
    size_t count = dispatcher_workers (self->d, views);
    for (size_t i = 0; i < count; i++)
        if ((char) views [i]->id [0] == id)
            views [i]->window = credit;
    from (self, id, (sight) { .kind = SAW_CREDIT, .credit = credit });
}

static void nobody_serves (void **state)
{
    (void) state;
    desk *d = open_desk ();
    submit (d, 1, reading ()); /* one may be on its way */
    assert_int_equal (d->failed_count, 0);
    d->now += 6 * SECOND;
    tell (d, (sight) { .kind = SAW_TICK });
    assert_int_equal (d->failed_count, 1);
    submit (d, 2, reading ());
    assert_int_equal (d->failed_count, 2);
    close_desk (d);
}

static void a_request_waits_for_the_worker_that_replaces_the_last (void **state)
{
    (void) state;
    desk *d = open_desk ();
    worker_known (d, 'a', 2);
    from (d, 'a', (sight) { .kind = SAW_BYE });
    submit (d, 1, writing ());
    d->now += 2 * SECOND;
    tell (d, (sight) { .kind = SAW_TICK });
    worker_known (d, 'b', 2);
    assert_int_equal (d->failed_count, 0);
    assert_int_equal (d->sent_count, 1);
    assert_true (replied (d, 'b', 1));
    close_desk (d);
}

static void credit_is_never_exceeded_and_the_rest_waits_here (void **state)
{
    (void) state;
    desk *d = open_desk ();
    worker_known (d, 'a', 2);
    for (int64_t rid = 1; rid <= 5; rid++)
        submit (d, rid, writing ());
    assert_int_equal (d->sent_count, 2);
    assert_true (replied (d, 'a', 1));
    assert_int_equal (d->sent_count, 3);
    assert_int_equal (d->sent [2], 3); /* first come, first served */
    assert_false (replied (d, 'a', 1)); /* a second answer is nobody's */
    tell (d, (sight) { .kind = SAW_GONE, .rid = 4 });
    assert_true (replied (d, 'a', 2));
    assert_int_equal (d->sent [3], 5);
    close_desk (d);
}

static void a_new_worker_is_given_work_slowly (void **state)
{
    (void) state;
    char hash [33];
    desk *d = open_desk ();
    said_hello (d, 'a', 100, mwp_operations_hash (SERVICE_PIPELINE, hash));
    for (int64_t rid = 1; rid <= 300; rid++)
        submit (d, rid, reading ());
    assert_in_range (d->sent_count, 1, 4);
    for (int64_t rid = 1; rid <= 200; rid++)
        replied (d, 'a', rid);
    assert_int_equal (d->sent_count, 300);
    close_desk (d);
}

static void the_least_busy_one_is_chosen (void **state)
{
    (void) state;
    desk *d = open_desk ();
    worker_known (d, 'a', 2);
    worker_known (d, 'b', 8);
    for (int64_t rid = 1; rid <= 10; rid++)
        submit (d, rid, writing ());
    size_t to_b = 0;
    for (size_t i = 0; i < d->sent_count; i++)
        to_b += d->to [i] == 'b';
    assert_int_equal (d->sent_count, 10);
    assert_int_equal (to_b, 8);
    close_desk (d);
}

static void who_has_read_far_enough_is_preferred (void **state)
{
    (void) state;
    desk *d = open_desk ();
    worker_known (d, 'a', 4);
    worker_known (d, 'b', 4);
    mwp_heartbeat_t beat = { 0 };
    schema_set_int (mwp_heartbeat_schema (), &beat, "seq", 100);
    from (d, 'b', (sight) { .kind = SAW_HEARTBEAT, .heartbeat = &beat });
    for (int64_t rid = 1; rid <= 5; rid++)
        tell (d, (sight) { .kind = SAW_SUBMIT, .rid = rid, .op = reading (), .min_seq = 100 });
    for (size_t i = 0; i < 4; i++)
        assert_int_equal (d->to [i], 'b');
    assert_int_equal (d->to [4], 'a'); /* which waits until it has */
    close_desk (d);
}

static void the_dead_are_noticed_and_their_callers_told (void **state)
{
    (void) state;
    desk *d = open_desk ();
    worker_known (d, 'a', 1);
    submit (d, 1, writing ());
    submit (d, 2, writing ());
    d->now += MWP_DEAD_MS * INT64_C (1000);
    tell (d, (sight) { .kind = SAW_TICK });
    assert_int_equal (d->failed_count, 0);
    d->now++;
    tell (d, (sight) { .kind = SAW_TICK });
    assert_int_equal (d->failed_count, 1); /* the one in flight; the other may find another worker */
    assert_int_equal (d->failed [0], 1);
    close_desk (d);
}

static void a_draining_worker_gets_nothing_more (void **state)
{
    (void) state;
    desk *d = open_desk ();
    worker_known (d, 'a', 4);
    worker_known (d, 'b', 4);
    from (d, 'a', (sight) { .kind = SAW_DRAIN });
    for (int64_t rid = 1; rid <= 4; rid++)
        submit (d, rid, writing ());
    for (size_t i = 0; i < d->sent_count; i++)
        assert_int_equal (d->to [i], 'b');
    close_desk (d);
}

static void what_a_draining_worker_did_not_begin_goes_to_another_even_a_write (void **state)
{
    (void) state;
    desk *d = open_desk ();
    worker_known (d, 'a', 4);
    submit (d, 1, writing ());
    worker_known (d, 'b', 4);
    from (d, 'a', (sight) { .kind = SAW_DRAIN });
    from (d, 'a', (sight) { .kind = SAW_REJECT, .rid = 1, .reject = reject_draining });
    assert_int_equal (d->sent_count, 2);
    assert_int_equal (d->to [1], 'b');
    assert_true (replied (d, 'b', 1));
    close_desk (d);
}

static void what_could_not_be_sent_goes_to_another (void **state)
{
    (void) state;
    desk *d = open_desk ();
    worker_known (d, 'a', 4);
    submit (d, 1, writing ()); /* left for a */
    submit (d, 2, writing ()); /* could not be handed over */
    worker_known (d, 'b', 4);
    from (d, 'a', (sight) { .kind = SAW_UNSENT, .rid = 2 });
    assert_int_equal (d->failed_count, 1);
    assert_int_equal (d->failed [0], 1);
    assert_int_equal (d->sent [2], 2);
    assert_int_equal (d->to [2], 'b');
    close_desk (d);
}

static void another_vocabulary_is_not_let_in (void **state)
{
    (void) state;
    desk *d = open_desk ();
    worker_view *views [DISPATCHER_WORKERS];
    assert_false (said_hello (d, 'a', 4, "of another build"));
    assert_int_equal (d->refused, 1);
    assert_int_equal (dispatcher_workers (d->d, views), 0);
    close_desk (d);
}

static void a_read_goes_to_another_when_its_worker_dies_and_a_write_does_not (void **state)
{
    (void) state;
    desk *d = open_desk ();
    worker_known (d, 'a', 4);
    submit (d, 1, reading ());
    submit (d, 2, writing ());
    worker_known (d, 'b', 4);
    from (d, 'a', (sight) { .kind = SAW_BYE });
    assert_int_equal (d->failed_count, 1);
    assert_int_equal (d->failed [0], 2);
    assert_int_equal (d->outcome [0], outcome_unavailable);
    assert_int_equal (d->sent [2], 1);
    assert_int_equal (d->to [2], 'b');
    assert_true (replied (d, 'b', 1));
    close_desk (d);
}

/* And one like it is refused for a while, until an answer to one shows that it does no harm. */
static void what_killed_two_is_not_given_to_a_third (void **state)
{
    (void) state;
    desk *d = open_desk ();
    sight deadly = { .kind = SAW_SUBMIT, .rid = 1, .op = reading (), .print = 666 };
    worker_known (d, 'a', 1);
    tell (d, deadly);
    worker_known (d, 'b', 1);
    worker_known (d, 'c', 1);
    from (d, d->to [0], (sight) { .kind = SAW_BYE });
    from (d, d->to [1], (sight) { .kind = SAW_BYE });
    assert_int_equal (d->sent_count, 2);
    assert_int_equal (d->failed_count, 1);
    assert_int_equal (d->outcome [0], outcome_broken);
    deadly.rid = 2;
    tell (d, deadly);
    assert_int_equal (d->failed_count, 2);
    assert_int_equal (d->outcome [1], outcome_broken);
    d->now += 61 * (int64_t) SECOND;
    worker_known (d, 'd', 1);
    deadly.rid = 3;
    tell (d, deadly);
    assert_int_equal (d->sent_count, 3);
    assert_true (replied (d, d->to [2], 3));
    close_desk (d);
}

/* However many operations there are: what is learnt of each is kept apart from what is known of requests. */
static void what_killed_two_stays_known_while_all_else_is_answered (void **state)
{
    (void) state;
    desk *d = open_desk ();
    char hash [33];
    size_t count;
    const operation *all = operations (&count);
    sight deadly = { .kind = SAW_SUBMIT, .rid = 1, .op = reading (), .print = 666 };
    worker_known (d, 'a', 1);
    tell (d, deadly);
    worker_known (d, 'b', 1);
    from (d, d->to [0], (sight) { .kind = SAW_BYE });
    from (d, d->to [1], (sight) { .kind = SAW_BYE });
    for (int s = 0; s < SERVICE_COUNT; s++) {
        mwp_ready_t ready = { 0, "w", service_names [s], "0", 8, mwp_operations_hash ((service_id) s, hash) };
        from (d, (char) ('c' + s), (sight) { .kind = SAW_READY, .ready = &ready });
    }
    for (size_t i = 0; i < count; i++) {
        char id = (char) ('c' + (int) all [i].service);
        submit (d, 1000 + (int64_t) i, &all [i]);
        d->now += 100000;
        replied (d, id, 1000 + (int64_t) i);
    }
    size_t failed = d->failed_count;
    deadly.rid = 2;
    tell (d, deadly);
    assert_int_equal (d->failed_count, failed + 1);
    assert_int_equal (d->outcome [failed], outcome_broken);
    close_desk (d);
}

/* What many ask at the same time is with a worker many times when it dies, of something else most likely. */
static void equal_requests_of_one_death_are_accused_once (void **state)
{
    (void) state;
    desk *d = open_desk ();
    worker_known (d, 'a', 8);
    for (int64_t rid = 1; rid <= 2; rid++)
        tell (d, (sight) { .kind = SAW_SUBMIT, .rid = rid, .op = reading (), .print = 7 });
    assert_int_equal (d->sent_count, 2);
    worker_known (d, 'b', 8);
    from (d, 'a', (sight) { .kind = SAW_BYE });
    tell (d, (sight) { .kind = SAW_SUBMIT, .rid = 3, .op = reading (), .print = 7 });
    assert_int_equal (d->failed_count, 0);
    close_desk (d);
}

static void an_innocent_bystander_of_a_death_is_cleared_by_its_answer (void **state)
{
    (void) state;
    desk *d = open_desk ();
    for (int64_t rid = 1; rid <= 5; rid++) {
        worker_known (d, 'a', 1);
        tell (d, (sight) { .kind = SAW_SUBMIT, .rid = rid, .op = reading (), .print = 7 });
        from (d, 'a', (sight) { .kind = SAW_BYE });
        worker_known (d, 'b', 1);
        assert_true (replied (d, 'b', rid));
        from (d, 'b', (sight) { .kind = SAW_BYE });
    }
    assert_int_equal (d->failed_count, 0);
    close_desk (d);
}

static void repeats_are_at_most_a_tenth_once_the_purse_is_empty (void **state)
{
    (void) state;
    enum { ROUNDS = 100, EACH = 20 };
    desk *d = open_desk ();
    char first = 'a', second = 'b';
    worker_known (d, 'a', EACH);
    for (int64_t round = 0; round < ROUNDS; round++) {
        for (int64_t k = 1; k <= EACH; k++)
            submit (d, round * EACH + k, reading ());
        worker_known (d, second, EACH);
        from (d, first, (sight) { .kind = SAW_BYE }); /* with all twenty */
        for (int64_t k = 1; k <= EACH; k++)
            replied (d, second, round * EACH + k);
        char was = first;
        first = second;
        second = was;
    }
    size_t repeats = d->sent_count - ROUNDS * EACH;
    assert_int_equal (repeats + d->failed_count, ROUNDS * EACH);
    assert_true (repeats >= 100 && repeats <= 100 + ROUNDS * EACH / 10);
    close_desk (d);
}

static void a_late_answer_is_nobodys (void **state)
{
    (void) state;
    desk *d = open_desk ();
    worker_known (d, 'a', 1);
    submit (d, 1, reading ());
    worker_known (d, 'b', 1);
    from (d, 'a', (sight) { .kind = SAW_BYE });
    worker_known (d, 'a', 1); /* it was only stopped, and is back */
    assert_false (replied (d, 'a', 1));
    assert_true (replied (d, 'b', 1));
    assert_int_equal (d->failed_count, 0);
    close_desk (d);
}

static void who_is_silent_gets_nothing_new_until_it_speaks (void **state)
{
    (void) state;
    desk *d = open_desk ();
    worker_known (d, 'a', 2);
    d->now += (MWP_SUSPECT_MS + 1) * INT64_C (1000);
    tell (d, (sight) { .kind = SAW_TICK });
    submit (d, 1, writing ());
    assert_int_equal (d->sent_count + d->failed_count, 0);
    assert_true (from (d, 'a', (sight) { .kind = SAW_CREDIT, .credit = 2 }));
    assert_int_equal (d->sent_count, 1);
    close_desk (d);
}

/* It says that it lives, but nothing comes of it. */
static void who_hangs_gets_nothing_new (void **state)
{
    (void) state;
    desk *d = open_desk ();
    mwp_heartbeat_t beat = { .in_hand = 1, .yours = 1, .oldest_ms = 10001 };
    worker_known (d, 'a', 4);
    from (d, 'a', (sight) { .kind = SAW_HEARTBEAT, .heartbeat = &beat });
    submit (d, 1, writing ());
    assert_int_equal (d->sent_count, 0);
    beat = (mwp_heartbeat_t) { 0 };
    from (d, 'a', (sight) { .kind = SAW_HEARTBEAT, .heartbeat = &beat });
    assert_int_equal (d->sent_count, 1);
    for (int i = 0; i < 11; i++) {
        beat.yours = 1;
        d->now += SECOND;
        from (d, 'a', (sight) { .kind = SAW_HEARTBEAT, .heartbeat = &beat });
    }
    submit (d, 2, writing ());
    assert_int_equal (d->sent_count, 1);
    close_desk (d);
}

static void what_was_lost_on_the_way_gives_its_credit_back (void **state)
{
    (void) state;
    desk *d = open_desk ();
    mwp_heartbeat_t beat = { 0 };
    worker_known (d, 'a', 1);
    submit (d, 1, writing ());
    submit (d, 2, writing ());
    from (d, 'a', (sight) { .kind = SAW_HEARTBEAT, .heartbeat = &beat }); /* may still be on its way */
    assert_int_equal (d->failed_count, 0);
    d->now += 3 * SECOND + 1;
    from (d, 'a', (sight) { .kind = SAW_HEARTBEAT, .heartbeat = &beat });
    assert_int_equal (d->failed_count, 1);
    assert_int_equal (d->sent [1], 2);
    close_desk (d);
}

static void what_nobody_waits_for_is_cancelled_but_not_a_write (void **state)
{
    (void) state;
    desk *d = open_desk ();
    worker_known (d, 'a', 2);
    submit (d, 1, reading ());
    submit (d, 2, writing ());
    tell (d, (sight) { .kind = SAW_GONE, .rid = 1 });
    tell (d, (sight) { .kind = SAW_GONE, .rid = 2 });
    assert_int_equal (d->cancel_count, 1);
    submit (d, 3, reading ());
    assert_int_equal (d->sent_count, 2); /* the worker still has both */
    from (d, 'a', (sight) { .kind = SAW_REJECT, .rid = 1, .reject = reject_cancelled });
    assert_int_equal (d->sent_count, 3);
    assert_false (replied (d, 'a', 2));
    close_desk (d);
}

/* One organisation asks for a hundred at once; the other's next one does not wait for all of them. */
static void each_organisation_has_its_turn (void **state)
{
    (void) state;
    desk *d = open_desk ();
    worker_known (d, 'a', 1);
    int64_t rid = 0;
    while (rid < 100)
        submit_for (d, 1, ++rid, reading ());
    submit_for (d, 2, 1001, reading ());
    submit_for (d, 2, 1002, reading ());
    size_t turns = 0;
    for (; turns < 10 && d->sent [d->sent_count - 1] != 1002; turns++)
        replied (d, 'a', d->sent [d->sent_count - 1]);
    assert_true (turns <= 5);
    close_desk (d);
}

static void fill (desk *d, int64_t *rid, uint64_t tenant, const operation *op, int64_t pace)
{
    submit_for (d, tenant, ++*rid, op);
    d->now += pace;
}

/* Browsing is refused first, then matches; who asks for little is not refused for another's crowd; orders never. */
static void too_much_for_too_long_is_refused_at_the_door (void **state)
{
    (void) state;
    desk *d = open_desk ();
    const operation *browse = operation_find ("need_list"), *match = operation_find ("quote_list");
    assert_true (browse && match && browse->who & ANYBODY && !(match->who & ANYBODY));
    worker_known (d, 'a', 1);
    int64_t rid = 0, answered = 0;
    for (int i = 0; i < 2000; i++) { /* one in a millisecond is answered, three come */
        for (int k = 0; k < 3; k++)
            fill (d, &rid, 1, browse, 333);
        replied (d, 'a', d->sent [answered++]);
        if (i == 1500) {
            size_t before = d->failed_count;
            submit_for (d, 2, ++rid, browse);
            submit_for (d, 1, ++rid, writing ());
            assert_int_equal (d->failed_count, before);
        }
    }
    assert_in_range (d->failed_count, 3500, 4000);
    assert_int_equal (d->outcome [0], outcome_unavailable);
    assert_int_equal (d->reason [0], overloaded);
    service_view view;
    dispatcher_service (d->d, SERVICE_PIPELINE, &view);
    assert_in_range (histogram_part (&view.waited, 0.5), 10000, 30000);
    close_desk (d);
}

/* Eight who ask for half of their share, in bursts at the same time, beside one who asks for ten times its own. */
static void who_asks_for_less_than_its_share_is_not_refused (void **state)
{
    enum { PACE = 3000, OTHERS = 8, BURST = 3, EVERY = 2 * (OTHERS + 1) * BURST, FLOOD = 1000000 };
    (void) state;
    desk *d = open_desk ();
    const operation *browse = operation_find ("need_list");
    int64_t rid = 0, flood = FLOOD;
    worker_known (d, 'a', 1);
    submit_for (d, 1, ++flood, browse);
    for (size_t turn = 0; turn < 2000; turn++, d->now += PACE) {
        for (uint64_t other = 0; other < OTHERS; other++)
            for (int k = 0; k < BURST && turn % EVERY == EVERY - 1; k++)
                submit_for (d, 2 + other, ++rid, browse);
        for (int k = 0; k < 2; k++)
            submit_for (d, 1, ++flood, browse);
        replied (d, 'a', d->sent [turn]);
    }
    assert_true (rid > 800);
    assert_true (d->failed_count > 2000);
    for (size_t i = 0; i < d->failed_count; i++)
        assert_true (d->failed [i] > FLOOD);
    close_desk (d);
}

static void a_slow_read_is_asked_of_a_second_worker_and_the_first_answer_counts (void **state)
{
    (void) state;
    desk *d = open_desk ();
    worker_known (d, 'a', 8);
    worker_known (d, 'b', 8);
    int64_t rid = 0;
    for (int i = 0; i < 1500; i++) { /* learn what is slow, and save up */
        submit (d, ++rid, reading ());
        d->now += 1000;
        replied (d, d->to [d->sent_count - 1], rid);
    }
    size_t before = d->sent_count;
    submit (d, ++rid, reading ());
    char first = d->to [before], second = first == 'a' ? 'b' : 'a';
    from (d, second, (sight) { .kind = SAW_CREDIT, .credit = 8 });
    assert_in_range (dispatcher_wake (d->d), d->now + 4000, d->now + 6000);
    d->now += 10000;
    tell (d, (sight) { .kind = SAW_TICK });
    assert_int_equal (d->sent_count, before + 2);
    assert_int_equal (d->to [before + 1], second);
    assert_true (replied (d, second, rid));
    assert_int_equal (d->cancelled_at [0], first);
    assert_false (replied (d, first, rid));
    submit (d, ++rid, writing ());
    d->now += 1000000;
    tell (d, (sight) { .kind = SAW_TICK });
    assert_int_equal (d->sent_count, before + 3); /* a write is never asked of two */
    close_desk (d);
}

static void a_drained_worker_gets_nothing_more (void **state)
{
    (void) state;
    desk *d = open_desk ();
    worker_known (d, 'a', 1);
    worker_view *views [DISPATCHER_WORKERS];
    assert_int_equal (dispatcher_workers (d->d, views), 1);
    dispatcher_drain (d->d, views [0]);
    submit (d, 1, writing ());
    assert_int_equal (d->sent_count, 0);
    assert_int_equal (d->drained, 1);
    close_desk (d);
}

int main (void)
{
    const struct CMUnitTest tests [] = {
        cmocka_unit_test (nobody_serves),
        cmocka_unit_test (a_request_waits_for_the_worker_that_replaces_the_last),
        cmocka_unit_test (credit_is_never_exceeded_and_the_rest_waits_here),
        cmocka_unit_test (a_new_worker_is_given_work_slowly),
        cmocka_unit_test (the_least_busy_one_is_chosen),
        cmocka_unit_test (who_has_read_far_enough_is_preferred),
        cmocka_unit_test (the_dead_are_noticed_and_their_callers_told),
        cmocka_unit_test (a_draining_worker_gets_nothing_more),
        cmocka_unit_test (what_a_draining_worker_did_not_begin_goes_to_another_even_a_write),
        cmocka_unit_test (what_could_not_be_sent_goes_to_another),
        cmocka_unit_test (another_vocabulary_is_not_let_in),
        cmocka_unit_test (a_read_goes_to_another_when_its_worker_dies_and_a_write_does_not),
        cmocka_unit_test (what_killed_two_is_not_given_to_a_third),
        cmocka_unit_test (what_killed_two_stays_known_while_all_else_is_answered),
        cmocka_unit_test (equal_requests_of_one_death_are_accused_once),
        cmocka_unit_test (an_innocent_bystander_of_a_death_is_cleared_by_its_answer),
        cmocka_unit_test (repeats_are_at_most_a_tenth_once_the_purse_is_empty),
        cmocka_unit_test (a_late_answer_is_nobodys),
        cmocka_unit_test (who_is_silent_gets_nothing_new_until_it_speaks),
        cmocka_unit_test (who_hangs_gets_nothing_new),
        cmocka_unit_test (what_was_lost_on_the_way_gives_its_credit_back),
        cmocka_unit_test (what_nobody_waits_for_is_cancelled_but_not_a_write),
        cmocka_unit_test (each_organisation_has_its_turn),
        cmocka_unit_test (too_much_for_too_long_is_refused_at_the_door),
        cmocka_unit_test (who_asks_for_less_than_its_share_is_not_refused),
        cmocka_unit_test (a_slow_read_is_asked_of_a_second_worker_and_the_first_answer_counts),
        cmocka_unit_test (a_drained_worker_gets_nothing_more),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
