/* platform_test.c - several gateways' views as one, and the advice that follows from two moments. */
#include "../../services/ctl/advice.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { SECOND = 1000000 };

/* A set of one service with some workers of two threads each. */
typedef struct {
    mwp_status_t     workers [8];
    service_status_t services [1];
    snapshot         look;
} scene;

static void scene_set (scene *self, const char *service, size_t workers, int64_t at, int64_t busy_us)
{
    static const char *const names [] = { "w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8" };
    const schema *s = mwp_status_schema ();
    *self = (scene) { 0 };
    for (size_t i = 0; i < workers; i++) {
        schema_set_text (s, &self->workers [i], "worker", names [i]);
        schema_set_text (s, &self->workers [i], "service", service);
        schema_set_int (s, &self->workers [i], "ready", true);
        schema_set_int (s, &self->workers [i], "credit", 32);
        schema_set_int (s, &self->workers [i], "threads", 2);
        schema_set_int (s, &self->workers [i], "busy_us", busy_us);
    }
    self->services [0] = (service_status_t) { .service = service, .workers = (int64_t) workers };
    self->look.is.workers.at = self->workers;
    self->look.is.workers.count = workers;
    self->look.is.services.at = self->services;
    self->look.is.services.count = 1;
    self->look.at = at;
}

static advice advice_for (size_t workers, double busy, int64_t seconds, int64_t queued, int64_t delay_us)
{
    static scene before, now; /* the advice's texts */
    advice all [SERVICE_COUNT];
    scene_set (&before, "matching", workers, SECOND, 5);
    scene_set (&now, "matching", workers, SECOND + seconds * SECOND, 5 + (int64_t) (busy * 2 * (double) seconds * SECOND));
    now.services [0].queued = queued;
    now.services [0].delay_us = delay_us;
    assert_int_equal (advise (&before.look, &now.look, all), 1);
    return all [0];
}

static void gateways_are_one (void **state)
{
    (void) state;
    msgpack_zone zone;
    scene a, b;
    platform_status_t parts [2], all;
    scene_set (&a, "matching", 3, 0, 7);
    scene_set (&b, "matching", 2, 0, 7);
    a.workers [0].in_flight = 4;
    b.workers [0].in_flight = 5;
    b.workers [1].ready = false;
    a.services [0].submitted = 100;
    b.services [0].submitted = 11;
    a.services [0].p99_us = 900;
    b.services [0].p99_us = 1800;
    parts [0] = a.look.is;
    parts [1] = b.look.is;
    parts [0].ready = true;
    parts [0].head = 40;
    parts [1].ready = false;
    parts [1].head = 41;
    msgpack_zone_init (&zone, 1024);
    platform_merge (parts, 2, &all, &zone);
    assert_int_equal (all.workers.count, 3);
    assert_int_equal (all.workers.at [0].in_flight, 9);
    assert_int_equal (all.workers.at [0].credit, 64);
    assert_int_equal (all.workers.at [0].busy_us, 7);
    assert_int_equal (all.workers.at [2].credit, 32);
    assert_int_equal (all.services.count, 1);
    assert_int_equal (all.services.at [0].submitted, 111);
    assert_int_equal (all.services.at [0].p99_us, 1800);
    assert_int_equal (all.services.at [0].workers, 2); /* one drains */
    assert_int_equal (all.head, 41);
    assert_false (all.ready);
    platform_merge (parts, 0, &all, &zone);
    assert_false (all.ready);
    assert_int_equal (all.workers.count, 0);
    msgpack_zone_destroy (&zone);
}

static void busy_ones_become_more (void **state)
{
    (void) state;
    advice a = advice_for (2, 0.9, 5, 0, 0);
    assert_int_equal (a.want, 3); /* 2 * 0.9 / 0.65 = 2.8 */
    assert_int_equal (a.threads, 4);
    assert_float_equal (a.busy, 0.9, 0.001);
    assert_non_null (strstr (a.why, "90 %"));
    assert_int_equal (advice_for (4, 1, 5, 0, 0).want, 7);
    assert_int_equal (advice_for (1, 0.66, 5, 0, 0).want, 2);
    assert_int_equal (advice_for (1, 5, 5, 0, 0).want, 2); /* a long request that ended now: all of the time, not more */
}

static void idle_ones_become_less_slowly (void **state)
{
    (void) state;
    advice soon = advice_for (6, 0.1, 5, 0, 0), late = advice_for (6, 0.1, 300, 0, 0);
    assert_int_equal (soon.want, 6);
    assert_int_equal (soon.later, 5);
    assert_non_null (strstr (soon.why, "five minutes"));
    assert_int_equal (late.want, 5);
    assert_int_equal (advice_for (1, 0, 300, 0, 0).want, 1);
    assert_int_equal (advice_for (4, 0.6, 300, 0, 0).want, 4);
}

static void waiting_counts_while_somebody_waits (void **state)
{
    (void) state;
    assert_int_equal (advice_for (2, 0.3, 5, 7, 50000).want, 3);
    assert_int_equal (advice_for (2, 0.3, 5, 0, 50000).want, 2); /* it was long ago */
    assert_int_equal (advice_for (2, 0.3, 5, 7, 5000).want, 2);
}

static void who_does_not_tell_is_left_alone (void **state)
{
    (void) state;
    scene before, now;
    advice all [SERVICE_COUNT];
    scene_set (&before, "matching", 2, SECOND, 0);
    scene_set (&now, "matching", 2, 2 * SECOND, 0);
    for (int i = 0; i < 2; i++)
        now.workers [i].has = before.workers [i].has = 0;
    advise (&before.look, &now.look, all);
    assert_int_equal (all [0].want, 2);
    assert_true (all [0].busy < 0);
    scene_set (&now, "matching", 0, 2 * SECOND, 0);
    advise (&before.look, &now.look, all);
    assert_int_equal (all [0].want, 1);
}

static void rates_begin_anew_with_a_gateway (void **state)
{
    (void) state;
    scene before, now;
    scene_set (&before, "matching", 1, SECOND, 0);
    scene_set (&now, "matching", 1, 3 * SECOND, 0);
    schema_set_int (service_status_schema (), &before.services [0], "submitted", 100);
    schema_set_int (service_status_schema (), &now.services [0], "submitted", 150);
    assert_float_equal (snapshot_rate (&before.look, &now.look, "matching", "submitted"), 25, 0.001);
    assert_true (snapshot_rate (&now.look, &before.look, "matching", "submitted") < 0);
    assert_true (snapshot_rate (&before.look, &now.look, "catalog", "submitted") < 0);
}

int main (void)
{
    const struct CMUnitTest tests [] = {
        cmocka_unit_test (gateways_are_one),
        cmocka_unit_test (busy_ones_become_more),
        cmocka_unit_test (idle_ones_become_less_slowly),
        cmocka_unit_test (waiting_counts_while_somebody_waits),
        cmocka_unit_test (who_does_not_tell_is_left_alone),
        cmocka_unit_test (rates_begin_anew_with_a_gateway),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
