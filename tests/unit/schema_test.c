/* schema_test.c - records: every fault with its path, both encodings, what each side may read, SQL by name. */
#include "../../common/db.h"
#include "../../common/json.h"
#include "../../common/vocabulary.h"
#include "../../common/wire.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static msgpack_zone *zone;

static int open_zone (void **state)
{
    (void) state;
    zone = msgpack_zone_new (4096);
    return 0;
}

static int close_zone (void **state)
{
    (void) state;
    msgpack_zone_free (zone);
    return 0;
}

/* JSON text into a record; what is wrong in *all. */
static bool read_as (const schema *s, const char *json, void *record, schema_origin origin, const char *const *given, faults *all)
{
    *all = (faults) { 0 };
    return json_decode (s, json, strlen (json), record, zone, origin, given, all);
}

static const char *fault_at (const faults *all, const char *path)
{
    for (size_t i = 0; i < all->count; i++)
        if (strcmp (all->at [i].path, path) == 0)
            return all->at [i].reason;
    return NULL;
}

static void all_faults_come_at_once_with_their_paths (void **state)
{
    (void) state;
    quote_t quote;
    faults all;
    assert_false (read_as (quote_schema (),
        "{\"need_id\":\"nope\",\"surprise\":1,\"state\":\"draft\",\"lines\":[{\"description\":\"\",\"unit\":\"uur\",\"quantity\":0,"
        "\"unit_price_cents\":1.5,\"vat\":\"medium\"},7],\"valid_until\":\"2026-02-30\"}", &quote, FROM_CLIENT, NULL, &all));
    assert_string_equal (fault_at (&all, "need_id"), "must be a UUID");
    assert_string_equal (fault_at (&all, "surprise"), "is not a field of quote");
    assert_string_equal (fault_at (&all, "state"), "is set by the server");
    assert_string_equal (fault_at (&all, "lines[0].description"), "must be 1 to 300 characters, is 0");
    assert_string_equal (fault_at (&all, "lines[0].quantity"), "must be 1 to 1000000");
    assert_string_equal (fault_at (&all, "lines[0].unit_price_cents"), "must be a whole number");
    assert_string_equal (fault_at (&all, "lines[0].vat"), "must be a word of the list vat_rate");
    assert_string_equal (fault_at (&all, "lines[1]"), "must be an object");
    assert_string_equal (fault_at (&all, "valid_until"), "must be a date, as 2026-11-23");
}

static void what_is_missing_is_said_once (void **state)
{
    (void) state;
    payment_report_t payment;
    faults all;
    assert_false (read_as (payment_report_schema (), "{\"amount_cents\":null,\"bank_reference\":7}", &payment, FROM_CLIENT, NULL, &all));
    assert_string_equal (fault_at (&all, "amount_cents"), "is required");
    assert_string_equal (fault_at (&all, "bank_reference"), "must be text");
    assert_int_equal (all.count, 3); /* and invoice_id */
}

static void between_services_unknown_fields_pass (void **state)
{
    (void) state;
    ref_t ref;
    faults all;
    assert_true (read_as (ref_schema (), "{\"new\":[1],\"id\":\"0195F3A1-0000-7000-8000-00000000000A\"}", &ref, FROM_GATEWAY, NULL, &all));
    assert_string_equal (ref.id, "0195f3a1-0000-7000-8000-00000000000a");
    assert_false (read_as (ref_schema (), "{}", &ref, FROM_GATEWAY, NULL, &all));
    assert_true (read_as (ref_schema (), "{}", &ref, FROM_PEER, NULL, &all));
}

static void a_path_may_name_a_field_of_the_server (void **state)
{
    (void) state;
    offer_t offer;
    faults all;
    static const char json [] = "{\"id\":\"0195f3a1-0000-7000-8000-00000000000a\",\"title\":\"Lunch\",\"description\":\"Lunch voor veertig mensen.\","
        "\"kind\":\"service\",\"sector\":\"catering\",\"cpv\":\"55300000-3\",\"unit\":\"stuk\",\"vat\":\"low\",\"lead_days\":2}";
    assert_false (read_as (offer_schema (), json, &offer, FROM_CLIENT, NULL, &all));
    assert_true (read_as (offer_schema (), json, &offer, FROM_CLIENT, (const char *[]) { "id", NULL }, &all));
    assert_int_equal (offer.sector, sector_catering);
}

static void length_counts_characters_not_bytes (void **state)
{
    (void) state;
    reason_given_t in;
    faults all;
    static const char id [] = "\"id\":\"0195f3a1-0000-7000-8000-00000000000a\"";
    char json [200];
    snprintf (json, sizeof json, "{%s,\"reason\":\"€€€\"}", id);
    assert_true (read_as (reason_given_schema (), json, &in, FROM_CLIENT, NULL, &all));
    snprintf (json, sizeof json, "{%s,\"reason\":\"€\"}", id);
    assert_false (read_as (reason_given_schema (), json, &in, FROM_CLIENT, NULL, &all));
    assert_string_equal (fault_at (&all, "reason"), "must be 3 to 2000 characters, is 1");
}

static void hostile_json_is_refused (void **state)
{
    (void) state;
    ref_t ref;
    faults all;
    static const char *const bad [] = {
        "", "{", "{\"id\":NaN}", "{\"id\":1e400}", "{\"id\":1,\"id\":2}", "{\"id\":\"\\ud800\"}", "{\"id\":\"a\\u0000\"}",
        "[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]", "{\"id\":18446744073709551616}", "nul", "{\"id\":'x'}", "{}{}",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false (read_as (ref_schema (), bad [i], &ref, FROM_CLIENT, NULL, &all));
}

static const char json_need [] =
    "{\"id\":\"0195f3a1-0000-7000-8000-00000000000a\",\"buyer_id\":\"0195f3a1-0000-7000-8000-00000000000b\",\"title\":\"Lunch \\\"groot\\\"\","
    "\"description\":\"Lunch voor veertig mensen.\",\"cpv\":[\"55300000-3\"],\"budget_cents\":1850000,\"municipality\":\"GM0153\","
    "\"quote_deadline\":\"2026-12-01T12:00:00+01:00\",\"goals\":[\"waste\"],\"quotes_in\":3,\"state\":\"open\",\"version\":4}";

static void each_side_reads_what_it_may (void **state)
{
    (void) state;
    need_t need;
    faults all;
    text_buffer out = { 0 };
    assert_true (read_as (need_schema (), json_need, &need, FROM_PEER, NULL, &all));
    assert_int_equal (schema_sight (need_schema (), &need, "0195f3a1-0000-7000-8000-00000000000b"), OWNER);
    assert_int_equal (schema_sight (need_schema (), &need, NULL), PUBLIC);
    json_write (need_schema (), &need, OWNER, &out);
    text_append (&out, "", 1);
    assert_non_null (strstr (out.at, "\"budget_cents\":1850000"));
    assert_non_null (strstr (out.at, "\"quote_deadline\":\"2026-12-01T11:00:00Z\""));
    assert_non_null (strstr (out.at, "Lunch \\\"groot\\\""));
    assert_null (strstr (out.at, "quotes_in")); /* a fact of the service, for nobody */
    out.size = 0;
    schema_redact (need_schema (), &need, "0195f3a1-0000-7000-8000-0000000000ff");
    json_write (need_schema (), &need, OWNER, &out);
    text_append (&out, "", 1);
    assert_null (strstr (out.at, "budget_cents"));
    text_free (&out);
}

static void messagepack_round_trip_is_the_same (void **state)
{
    (void) state;
    need_t need, again;
    faults all = { 0 };
    msgpack_object object;
    msgpack_sbuffer one, two;
    msgpack_sbuffer_init (&one);
    msgpack_sbuffer_init (&two);
    msgpack_packer first = { &one, msgpack_sbuffer_write }, second = { &two, msgpack_sbuffer_write };
    assert_true (read_as (need_schema (), json_need, &need, FROM_PEER, NULL, &all));
    schema_encode (need_schema (), &need, OWNER, NULL, &first);
    assert_null (wire_unpack (one.data, one.size, zone, &object));
    assert_true (schema_decode (need_schema (), &object, &again, zone, FROM_PEER, NULL, &all));
    schema_encode (need_schema (), &again, OWNER, NULL, &second);
    assert_int_equal (one.size, two.size);
    assert_memory_equal (one.data, two.data, one.size);
    msgpack_sbuffer_destroy (&one);
    msgpack_sbuffer_destroy (&two);
}

static void fields_bind_by_name (void **state)
{
    (void) state;
    need_t need;
    faults all;
    bool found;
    assert_true (read_as (need_schema (), json_need, &need, FROM_PEER, NULL, &all));
    assert_string_equal (db_bind (need_schema (), &need, "state", zone, &found), "open");
    assert_string_equal (db_bind (need_schema (), &need, "cpv", zone, &found), "{\"55300000-3\"}");
    assert_string_equal (db_bind (need_schema (), &need, "budget_cents", zone, &found), "1850000");
    assert_string_equal (db_bind (need_schema (), &need, "quote_deadline", zone, &found), "2026-12-01T11:00:00Z");
    assert_null (db_bind (need_schema (), &need, "unit", zone, &found));
    assert_true (found);
    assert_null (db_bind (need_schema (), &need, "no_such_field", zone, &found));
    assert_false (found);
}

int main (void)
{
    const struct CMUnitTest tests [] = {
        cmocka_unit_test (all_faults_come_at_once_with_their_paths), cmocka_unit_test (what_is_missing_is_said_once),
        cmocka_unit_test (between_services_unknown_fields_pass), cmocka_unit_test (a_path_may_name_a_field_of_the_server),
        cmocka_unit_test (length_counts_characters_not_bytes), cmocka_unit_test (hostile_json_is_refused),
        cmocka_unit_test (each_side_reads_what_it_may), cmocka_unit_test (messagepack_round_trip_is_the_same),
        cmocka_unit_test (fields_bind_by_name),
    };
    return cmocka_run_group_tests (tests, open_zone, close_zone);
}
