/* notices_test.c - nothing that happens in a process is forgotten: each event is told or named as silent, each step
 * of people is a task or named as none, and whoever has a task is told of it. And that the checkers can fail.        */
#include "../../common/notice.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static uint32_t told_roles (event_id event)
{
    size_t count;
    const notice *all = notices (&count);
    uint32_t roles = 0;
    for (size_t i = 0; i < count; i++)
        roles |= all [i].event == event ? all [i].roles : 0;
    return roles;
}

static bool is_public (event_id event)
{
    return event_types () [event].audience != RECORD;
}

static void every_event_of_a_process_is_told_or_silent (void **state)
{
    (void) state;
    int faults = 0;
    for (int e = 0; e < EVENT_COUNT; e++) {
        if (!notice_process (e))
            continue;
        bool told = told_roles (e), silent = silent_why (e) && *silent_why (e);
        if (!told_find (e))
            faults += printf ("notices.def: TOLD (%s, ...) is missing\n", event_types () [e].name) > 0;
        if (is_public (e) && told == silent)
            faults += printf ("notices.def: %s needs a NOTICE, or SILENT with why, not both\n", event_types () [e].name) > 0;
    }
    assert_int_equal (faults, 0);
}

/* How many words a record has that somebody wrote, its parts included. */
static int words_in (const schema *self)
{
    int count = 0;
    for (size_t i = 0; i < self->count; i++) {
        const field *f = &self->fields [i];
        count += f->kind == KIND_TEXT || f->kind == KIND_TEXTS;
        count += f->kind == KIND_LIST || f->kind == KIND_OBJECT ? words_in (f->of ()) : 0;
    }
    return count;
}

/* The log forgets nothing, and an applicant may be erased (I15). What an enterprise is called is on the market anyhow. */
static void no_event_of_an_initiative_has_words (void **state)
{
    (void) state;
    size_t index;
    int seen = 0;
    for (int e = 0; e < EVENT_COUNT; e++) {
        const schema *s = event_types () [e].record ();
        bool about = schema_field (s, "initiative_id", &index) || strcmp (s->name, "initiative_notice") == 0;
        seen += about;
        if (about && strcmp (s->name, "graduation_told") != 0 && words_in (s) > 0)
            fail_msg ("%s says something in words that cannot be erased", event_types () [e].name);
    }
    assert_true (seen > 60);
    assert_true (words_in (initiative_schema ()) > 5 && words_in (objection_schema ()) > 5); /* it sees words, and those of parts */
}

/* Roles that have a task in the state, each where they are told for the same side. */
static uint32_t tasked_roles (const process *p, int at)
{
    uint32_t roles = 0;
    for (size_t i = 0; i < p->step_count; i++)
        if (p->steps [i].from == at && task_waits (p->name, p->steps [i].command, p->states [at].word))
            roles |= p->steps [i].who & ~(uint32_t) (SYSTEM | MEMBER | ANYBODY);
    return roles;
}

/* How many steps lead to where somebody has a task who is not told. Who took the step goes on by themselves. */
static int untold (const process *p, uint32_t (*told) (event_id))
{
    int faults = 0;
    for (size_t i = 0; i < p->step_count; i++) {
        const step *s = &p->steps [i];
        event_id event = (event_id) s->event;
        uint32_t next = tasked_roles (p, s->to) & ~s->who;
        if (s->from != s->to && is_public (event) && !silent_why (event) && next & ~told (event))
            faults += printf ("%s: after %s somebody has a task and is not told of it (roles %x)\n", p->name,
                              event_types () [event].name, next & ~told (event)) > 0;
    }
    return faults;
}

static void whoever_has_a_task_is_told (void **state)
{
    (void) state;
    size_t count;
    const process *all = processes (&count);
    int faults = 0;
    for (size_t i = 0; i < count; i++)
        faults += untold (&all [i], told_roles);
    assert_int_equal (faults, 0);
}

static uint32_t nobody (event_id event)
{
    (void) event;
    return 0;
}

/* A checker that has never failed proves nothing. */
static void the_checker_sees_who_is_not_told (void **state)
{
    (void) state;
    assert_true (untold (process_find ("order"), nobody) > 0);
}

static void every_step_of_people_is_a_task_or_none (void **state)
{
    (void) state;
    size_t count;
    const process *all = processes (&count);
    int faults = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < all [i].step_count; k++) {
            const step *s = &all [i].steps [k];
            bool task = task_find (all [i].name, s->command), may = may_why (all [i].name, s->command);
            if (s->from != NOWHERE && (s->who & ~(uint32_t) SYSTEM) && task == may)
                faults += printf ("notices.def: (%s, %s) has to be a TASK, or MAY with why, not both\n", all [i].name, s->command) > 0;
        }
    assert_int_equal (faults, 0);
}

static void check_about (const process *p, int *faults)
{
    const about *it = about_find (p->name);
    size_t index;
    if (!it) {
        *faults += printf ("notices.def: ABOUT (%s, ...) is missing\n", p->name) > 0;
        return;
    }
    const field *title = *it->title ? schema_field (p->record (), it->title, &index) : NULL;
    const field *via = *it->via ? schema_field (p->record (), it->via, &index) : NULL;
    if (*it->title && (!title || title->kind != KIND_TEXT || title->sight > PARTY))
        *faults += printf ("notices.def: %s: the title %s is no text that both parties see\n", p->name, it->title) > 0;
    if (*it->parent && (!about_find (it->parent) || !via || via->kind != KIND_ID))
        *faults += printf ("notices.def: %s: its parent cannot be found\n", p->name) > 0;
}

static void every_process_has_a_name_and_a_page (void **state)
{
    (void) state;
    size_t count;
    const process *all = processes (&count);
    int faults = 0;
    for (size_t i = 0; i < count; i++)
        check_about (&all [i], &faults);
    assert_int_equal (faults, 0);
}

static void a_task_is_idle_only_where_it_is_said (void **state)
{
    (void) state;
    assert_true (task_waits ("organisation", "admit", "under_review"));
    assert_false (task_waits ("organisation", "admit", "provisional"));
    assert_false (task_waits ("organisation", "leave", "admitted"));
}

static void every_task_is_a_step_with_a_deadline_that_exists (void **state)
{
    (void) state;
    size_t count, index;
    const task_word *all = task_words (&count);
    for (size_t i = 0; i < count; i++) {
        const process *p = process_find (all [i].noun);
        assert_non_null (p);
        bool there = false;
        for (size_t k = 0; k < p->step_count; k++)
            there |= strcmp (p->steps [k].command, all [i].command) == 0;
        if (!there)
            fail_msg ("%s has no step %s", all [i].noun, all [i].command);
        const field *due = *all [i].due ? schema_field (p->record (), all [i].due, &index) : NULL;
        if (*all [i].due && (!due || (due->kind != KIND_MOMENT && due->kind != KIND_DATE)))
            fail_msg ("%s %s: %s is no moment", all [i].noun, all [i].command, all [i].due);
    }
}

static void what_waits_besides_has_a_state_a_side_and_a_name_of_its_own (void **state)
{
    (void) state;
    size_t count, index;
    const onward *all = onwards (&count);
    for (size_t i = 0; i < count; i++) {
        const process *p = process_find (all [i].noun);
        assert_non_null (p);
        assert_true (words_find (p->words (), all [i].state, strlen (all [i].state)) >= 0);
        assert_non_null (notice_side (p, all [i].role));
        assert_null (task_find (all [i].noun, all [i].step));
        if (*all [i].due)
            assert_non_null (schema_field (p->record (), all [i].due, &index));
    }
}

/* A role with a side is told of an event only when the event's record says for whom. */
static void whoever_is_told_can_be_found (void **state)
{
    (void) state;
    size_t count, index;
    const notice *all = notices (&count);
    for (size_t i = 0; i < count; i++)
        for (int bit = 0; bit < role_words ()->count; bit++) {
            const process *p = notice_process (all [i].event);
            const char *side = p && all [i].roles >> bit & 1 ? notice_side (p, UINT32_C (1) << bit) : NULL;
            if (side && !schema_field (event_types () [all [i].event].record (), side, &index))
                fail_msg ("%s does not say who %s is", event_types () [all [i].event].name, side);
        }
}

static void an_event_says_whom_it_concerns (void **state)
{
    (void) state;
    order_t order = { 0 };
    text_buffer out = { 0 };
    const schema *s = order_schema ();
    schema_set_text (s, &order, "need_id", "01900000-0000-7000-8000-000000000001");
    schema_set_text (s, &order, "need_title", "Lunch \"voor\" 40");
    schema_set_text (s, &order, "buyer_id", "01900000-0000-7000-8000-00000000000b");
    schema_set_text (s, &order, "supplier_id", "01900000-0000-7000-8000-00000000000a");
    assert_true (notice_of_event (&event_types () [EVENT_order_placed], "order/01900000-0000-7000-8000-000000000002", &order, &out));
    text_append (&out, "", 1);
    assert_non_null (strstr (out.at, "\"parent\":\"01900000-0000-7000-8000-000000000001\",\"beside\":true,\"title\":\"Lunch \\\"voor\\\" 40\""));
    assert_non_null (strstr (out.at, "\"org\":\"01900000-0000-7000-8000-00000000000a\",\"act\":true,\"role\":\"SUPPLIER\"}]}"));
    assert_null (strstr (out.at, "000b"));
    text_free (&out);
}

int main (void)
{
    const struct CMUnitTest tests [] = {
        cmocka_unit_test (every_event_of_a_process_is_told_or_silent),
        cmocka_unit_test (no_event_of_an_initiative_has_words), cmocka_unit_test (whoever_has_a_task_is_told),
        cmocka_unit_test (the_checker_sees_who_is_not_told), cmocka_unit_test (every_step_of_people_is_a_task_or_none),
        cmocka_unit_test (every_process_has_a_name_and_a_page), cmocka_unit_test (every_task_is_a_step_with_a_deadline_that_exists),
        cmocka_unit_test (what_waits_besides_has_a_state_a_side_and_a_name_of_its_own),
        cmocka_unit_test (a_task_is_idle_only_where_it_is_said),
        cmocka_unit_test (whoever_is_told_can_be_found), cmocka_unit_test (an_event_says_whom_it_concerns),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
