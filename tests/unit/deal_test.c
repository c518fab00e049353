/* deal_test.c - the questions that the deal asks, and the lines that a judgement may name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "../../common/begin.h"
#include "../../services/pipeline/deal/deal.h"
#include "../../services/pipeline/guards.h"
#include <stdlib.h>
#include <string.h>

static const char green [] = "10000000-0000-7000-8000-000000000001";
static const char town [] = "10000000-0000-7000-8000-000000000002";
static const char planting [] = "10000000-0000-7000-8000-000000000003";
static const char pruning [] = "10000000-0000-7000-8000-000000000004";

enum { DEADLINE = 1000 };

static quote_t a_quote (void)
{
    return (quote_t) {
        .supplier_id = green, .buyer_id = town, .quote_deadline = DEADLINE,
        .need_state = need_state_open, .supplier_admitted = true,
    };
}

static void the_instant_of_the_deadline_is_in_time (void **state)
{
    (void) state;
    quote_t quote = a_quote ();
    assert_true (quote_before_deadline (&quote, &(call) { .now = DEADLINE }));
    assert_false (quote_before_deadline (&quote, &(call) { .now = DEADLINE + 1 }));
}

static void a_closed_need_takes_no_quotes (void **state)
{
    (void) state;
    quote_t quote = a_quote ();
    const int closed [] = { need_state_draft, need_state_awarded, need_state_cancelled };
    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++) {
        quote.need_state = closed [i];
        assert_false (quote_before_deadline (&quote, &(call) { .now = 0 }));
        assert_false (quote_may_be_quoted (&quote, &(call) { .now = 0 }));
    }
}

static void only_who_is_admitted_quotes_and_never_to_themselves (void **state)
{
    (void) state;
    quote_t quote = a_quote ();
    assert_true (quote_may_be_quoted (&quote, &(call) { .now = 0 }));
    quote.supplier_admitted = false;
    assert_false (quote_may_be_quoted (&quote, &(call) { .now = 0 }));
    quote.supplier_admitted = true;
    quote.buyer_id = green;
    assert_false (quote_may_be_quoted (&quote, &(call) { .now = 0 }));
}

static void the_instant_of_the_deadline_does_not_close_a_need (void **state)
{
    (void) state;
    const need_t need = { .quote_deadline = DEADLINE };
    assert_false (need_quote_deadline_past (&need, &(call) { .now = DEADLINE }));
    assert_true (need_quote_deadline_past (&need, &(call) { .now = DEADLINE + 1 }));
}

static void who_wrote_a_need_does_not_decide_on_it (void **state)
{
    (void) state;
    const char anneke [] = "a", joost [] = "b", karim [] = "c";
    const need_t need = { .created_by = anneke, .submitted_by = joost };
    assert_false (need_other_person_wrote (&need, &(call) { .account = anneke }));
    assert_false (need_other_person_wrote (&need, &(call) { .account = joost }));
    assert_false (need_other_person_wrote (&need, &(call) { .account = NULL }));
    assert_true (need_other_person_wrote (&need, &(call) { .account = karim }));
}

static void a_route_is_short_or_sealed (void **state)
{
    (void) state;
    for (int route = 0; route < need_route_words ()->count; route++) {
        const need_t need = { .route = route };
        bool is_short = route == need_route_direct || route == need_route_private;
        assert_int_equal (need_route_is_short (&need, NULL), is_short);
        assert_int_equal (need_route_is_sealed (&need, NULL), !is_short);
    }
}

static void two_people_handle_an_invoice (void **state)
{
    (void) state;
    const char anneke [] = "a", joost [] = "b";
    const invoice_t invoice = { .ordered_by = anneke };
    assert_true (invoice_other_person_ordered (&invoice, &(call) { .account = joost }));
    assert_false (invoice_other_person_ordered (&invoice, &(call) { .account = anneke }));
    assert_false (invoice_other_person_ordered (&invoice, &(call) { .account = NULL }));
}

static void a_judgement_names_each_line_that_came_once (void **state)
{
    (void) state;
    delivery_line_t came [] = { { .order_line_id = planting }, { .order_line_id = pruning } };
    const delivery_t delivery = { .lines = { 2, came } };
    judged_line_t judged [] = { { .order_line_id = pruning }, { .order_line_id = planting } };
    const delivery_judgement_t judgement = { .lines = { 2, judged } };
    assert_int_equal (delivery_stray_line (&delivery, &judgement), -1);
    judged [1].order_line_id = pruning;
    assert_int_equal (delivery_stray_line (&delivery, &judgement), 1);
    judged [0].order_line_id = town;
    assert_int_equal (delivery_stray_line (&delivery, &judgement), 0);
}

static const char *begun (const schema *of, const void *thing, const char *org, uint32_t roles, const char *operation)
{
    const char *names [20];
    msgpack_zone zone;
    msgpack_zone_init (&zone, 8192);
    call now = { .zone = &zone, .op = operation_find ("order_get"), .guards = pipeline_guards, .org = org, .roles = roles };
    size_t count = begin_offer (&now, of, thing, names, 20);
    msgpack_zone_destroy (&zone);
    for (size_t i = 0; i < count; i++)
        if (strcmp (names [i], operation) == 0)
            return names [i];
    return NULL;
}

/* Guards of entries have to bear what is absent: a new thing is imagined from as much as is known. */
static void what_can_be_begun_is_asked_of_a_thing_of_which_nothing_is_known (void **state)
{
    (void) state;
    size_t count, index;
    const process *all = processes (&count);
    for (size_t i = 0; i < count; i++)
        for (int bit = 0; schema_field (all [i].record (), "begins", &index) && bit < role_words ()->count; bit++) {
            void *nothing = calloc (1, all [i].record ()->size);
            begun (all [i].record (), nothing, bit % 2 ? town : NULL, UINT32_C (1) << bit, "");
            free (nothing);
        }
}

static void what_can_be_begun_follows_from_the_thing_and_its_side (void **state)
{
    (void) state;
    order_t order = { 0 };
    const schema *s = order_schema ();
    schema_set_text (s, &order, "id", planting);
    schema_set_text (s, &order, "buyer_id", town);
    schema_set_text (s, &order, "supplier_id", green);
    schema_set_int (s, &order, "state", order_state_placed);
    assert_null (begun (s, &order, green, SUPPLIER, "delivery_announce"));
    schema_set_int (s, &order, "state", order_state_confirmed);
    assert_non_null (begun (s, &order, green, SUPPLIER, "delivery_announce"));
    assert_null (begun (s, &order, town, SUPPLIER, "delivery_announce"));
    assert_null (begun (s, &order, green, FINANCE, "delivery_announce"));
    assert_null (begun (s, &order, green, SUPPLIER, "impact_claim_create"));
    schema_set_int (s, &order, "standing_units", 1);
    assert_non_null (begun (s, &order, green, SUPPLIER, "impact_claim_create"));
}

int main (void)
{
    const struct CMUnitTest tests [] = {
        cmocka_unit_test (the_instant_of_the_deadline_is_in_time),
        cmocka_unit_test (a_closed_need_takes_no_quotes),
        cmocka_unit_test (only_who_is_admitted_quotes_and_never_to_themselves),
        cmocka_unit_test (the_instant_of_the_deadline_does_not_close_a_need),
        cmocka_unit_test (who_wrote_a_need_does_not_decide_on_it),
        cmocka_unit_test (a_route_is_short_or_sealed),
        cmocka_unit_test (two_people_handle_an_invoice),
        cmocka_unit_test (a_judgement_names_each_line_that_came_once),
        cmocka_unit_test (what_can_be_begun_is_asked_of_a_thing_of_which_nothing_is_known),
        cmocka_unit_test (what_can_be_begun_follows_from_the_thing_and_its_side),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
