/* process_test.c - every process graph walked for dead ends; the entry check; and that the walker can fail. */
#include "../../common/vocabulary.h"
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

static void every_graph_can_be_reached_and_can_end (void **state)
{
    (void) state;
    size_t count;
    const process *all = processes (&count);
    assert_true (count >= 14);
    for (size_t i = 0; i < count; i++)
        assert_int_equal (process_faults (&all [i], stdout), 0);
}

/* A checker that has never failed proves nothing. */
static void the_walker_finds_a_dead_end (void **state)
{
    (void) state;
    process broken = *process_find ("seat");
    step steps [4];
    size_t kept = 0;
    for (size_t i = 0; i < broken.step_count; i++)
        if (broken.steps [i].from != seat_state_taken)
            steps [kept++] = broken.steps [i];
    broken.steps = steps;
    broken.step_count = kept;
    FILE *nowhere = fopen ("/dev/null", "w");
    assert_int_equal (process_faults (&broken, nowhere), 2); /* taken never ends; nothing leads to given_up */
    fclose (nowhere);
}

/* One thing has one timer of a command, so that two would meet in it. */
static void the_walker_finds_two_moments_for_one_command (void **state)
{
    (void) state;
    process broken = *process_find ("selection");
    timer timers [] = { broken.timers [0], broken.timers [0] };
    broken.timers = timers;
    broken.timer_count = 2;
    FILE *nowhere = fopen ("/dev/null", "w");
    assert_int_equal (process_faults (&broken, nowhere), 1);
    fclose (nowhere);
}

static void every_state_and_field_that_a_process_names_exists (void **state)
{
    (void) state;
    size_t count, index;
    const process *all = processes (&count);
    for (size_t i = 0; i < count; i++) {
        const schema *s = all [i].record ();
        const field *f = schema_field (s, "state", &index);
        assert_non_null (f);
        assert_ptr_equal (f->choice (), all [i].words ());
        assert_non_null (schema_field (s, "version", &index));
        assert_non_null (schema_field (s, "commands", &index));
        for (size_t k = 0; k < all [i].side_count; k++)
            assert_non_null (schema_field (s, all [i].sides [k].field, &index));
    }
}

/* Each step that somebody outside can take is an operation, and each command is a step. */
static void commands_and_operations_are_the_same_set (void **state)
{
    (void) state;
    size_t count, operation_count;
    char name [80];
    const process *all = processes (&count);
    const operation *ops = operations (&operation_count);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < all [i].step_count; k++) {
            const step *s = &all [i].steps [k];
            snprintf (name, sizeof name, "%s_%s", all [i].name, s->command);
            const operation *op = operation_find (name);
            if (s->who != SYSTEM && !op)
                fail_msg ("%s is a step, but no operation", name);
            if (op && s->who != SYSTEM && !(op->who & s->who) && !(op->who & MEMBER))
                fail_msg ("%s: nobody who may call it may take the step", name);
        }
    for (size_t i = 0; i < operation_count; i++)
        if (operation_wants_version (&ops [i])) {
            const process *p = process_find (ops [i].out ()->name);
            bool there = false;
            for (size_t k = 0; p && k < p->step_count; k++)
                there |= strcmp (p->steps [k].command, operation_command (&ops [i])) == 0;
            if (!there)
                fail_msg ("%s is a command, but no step", ops [i].name);
        }
}

/* What the clock does is an operation and a step of SYSTEM, at a moment that the record has. */
static void every_timer_has_its_step_and_its_moment (void **state)
{
    (void) state;
    size_t count, index, timers = 0;
    char name [80];
    const process *all = processes (&count);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < all [i].timer_count; k++, timers++) {
            const timer *t = &all [i].timers [k];
            const field *f = schema_field (all [i].record (), t->field, &index);
            uint32_t who = 0;
            for (size_t n = 0; n < all [i].step_count; n++)
                if (strcmp (all [i].steps [n].command, t->command) == 0)
                    who |= all [i].steps [n].who;
            snprintf (name, sizeof name, "%s_%s", all [i].name, t->command);
            if (!f || f->kind != KIND_MOMENT || !(who & SYSTEM) || !operation_find (name))
                fail_msg ("TIMER (%s, %s, %s)", all [i].name, t->command, t->field);
            assert_non_null (schema_field (operation_find (name)->in (), "id", &index));
        }
    assert_true (timers > 0);
}

static bool never (const void *thing, const call *at)
{
    (void) thing, (void) at;
    return false;
}

static bool always_so (const void *thing, const call *at)
{
    (void) thing, (void) at;
    return true;
}

static void the_entry_check_says_why_not (void **state)
{
    (void) state;
    int why;
    guard *guards [reason_count] = { 0 };
    const process *p = process_find ("need");
    need_t need = { 0 };
    guards [route_is_short] = always_so;
    guards [deadline_ahead] = never;
    assert_null (process_try (p, need_state_draft, "award", APPROVER, &need, NULL, guards, &why));
    assert_int_equal (why, out_of_state);
    assert_null (process_try (p, need_state_draft, "publish", SUPPLIER, &need, NULL, guards, &why));
    assert_int_equal (why, not_yours_to_do);
    assert_null (process_try (p, need_state_open, "publish", SUPPLIER, &need, NULL, guards, &why));
    assert_int_equal (why, not_yours_to_do);
    assert_null (process_try (p, need_state_draft, "publish", BUYER, &need, NULL, guards, &why));
    assert_int_equal (why, deadline_ahead);
    assert_non_null (process_try (p, need_state_draft, "put", BUYER, &need, NULL, guards, &why));
}

/* A guard of a command is asked of each of its steps; of several steps from a state, the first that passes is taken. */
static void a_command_may_have_guards_of_its_own (void **state)
{
    (void) state;
    int why;
    guard *guards [reason_count] = {
        [quote_deadline_past] = always_so, [nobody_quoted] = never, [is_consultation] = never,
        [was_away] = never,
        [route_is_sealed] = always_so, [route_is_short] = always_so,
    };
    const process *p = process_find ("need");
    need_t need = { 0 };
    const step *taken = process_try (p, need_state_open, "close", SYSTEM, &need, NULL, guards, &why);
    assert_non_null (taken);
    assert_int_equal (taken->to, need_state_sealed_closed);
    guards [quote_deadline_past] = never;
    assert_null (process_try (p, need_state_open, "close", SYSTEM, &need, NULL, guards, &why));
    assert_int_equal (why, quote_deadline_past);
    const char *offered [4];
    assert_int_equal (process_offer (p, need_state_open, SYSTEM, &need, NULL, guards, offered, 4), 0);
}

static void a_role_with_a_side_counts_only_there (void **state)
{
    (void) state;
    need_t need = { 0 };
    schema_set_text (need_schema (), &need, "buyer_id", "one");
    const process *p = process_find ("need");
    assert_int_equal (process_roles (p, &need, "one", BUYER | SUPPLIER), BUYER | SUPPLIER);
    assert_int_equal (process_roles (p, &need, "two", BUYER | SUPPLIER), SUPPLIER);
    assert_int_equal (process_roles (p, &need, NULL, BUYER | APPROVER), 0);
}

int main (void)
{
    const struct CMUnitTest tests [] = {
        cmocka_unit_test (every_timer_has_its_step_and_its_moment),
        cmocka_unit_test (every_graph_can_be_reached_and_can_end), cmocka_unit_test (the_walker_finds_a_dead_end),
        cmocka_unit_test (the_walker_finds_two_moments_for_one_command),
        cmocka_unit_test (every_state_and_field_that_a_process_names_exists),
        cmocka_unit_test (commands_and_operations_are_the_same_set), cmocka_unit_test (the_entry_check_says_why_not),
        cmocka_unit_test (a_command_may_have_guards_of_its_own),
        cmocka_unit_test (a_role_with_a_side_counts_only_there),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
