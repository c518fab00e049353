/* text_test.c - moments, dates, UUIDs, :names in statements. */
#include "../../common/statement.h"
#include "../../common/text.h"
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

static int64_t moment (const char *text)
{
    int64_t us;
    return moment_read (text, strlen (text), &us) ? us : -1;
}

static void moments_in_every_form_that_comes (void **state)
{
    (void) state;
    assert_int_equal (moment ("1970-01-01T00:00:00Z"), 0);
    assert_int_equal (moment ("2026-11-23T17:00:00Z"), INT64_C (1795453200000000));
    assert_int_equal (moment ("2026-11-23T18:00:00+01:00"), INT64_C (1795453200000000));
    assert_int_equal (moment ("2026-11-23 17:00:00.5+00"), INT64_C (1795453200500000)); /* as PostgreSQL writes */
    assert_int_equal (moment ("2024-02-29T00:00:00Z"), INT64_C (1709164800000000));
    static const char *const bad [] = { "2023-02-29T00:00:00Z", "2026-11-23", "2026-11-23T24:00:00Z", "2026-11-23T17:00:00",
                                        "2026-11-23T17:00:00ZZ", "26-11-23T17:00:00Z", "",
                                        "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal (moment (bad [i]), -1);
}

static void moments_are_written_as_they_are_read (void **state)
{
    (void) state;
    char out [MOMENT_TEXT];
    moment_write (INT64_C (1795453200500000), out);
    assert_string_equal (out, "2026-11-23T17:00:00.5Z");
    moment_write (-1, out);
    assert_string_equal (out, "1969-12-31T23:59:59.999999Z");
}

static void money_has_its_thousands (void **state)
{
    (void) state;
    char out [MONEY_TEXT];
    money_write (1023000, '.', out);
    assert_string_equal (out, "€ 10.230,00");
    money_write (-100000000005, ',', out);
    assert_string_equal (out, "€ -1,000,000,000.05");
    money_write (7, '.', out);
    assert_string_equal (out, "€ 0,07");
    money_write (INT64_MIN, '.', out);
    assert_string_equal (out, "€ -92.233.720.368.547.758,08");
}

static void uuids_rise_with_time (void **state)
{
    (void) state;
    char one [UUID_TEXT], two [UUID_TEXT], read [UUID_TEXT];
    uuid_new (INT64_C (1795453200000000), one);
    uuid_new (INT64_C (1795453200000300), two);
    assert_true (strcmp (one, two) < 0);
    assert_int_equal (one [14], '7');
    assert_true (uuid_read (one, 36, read));
    assert_false (uuid_read ("0195f3a1-0000-7000-8000-00000000000g", 36, read));
}

static void names_become_numbers_and_nothing_else_changes (void **state)
{
    (void) state;
    statement_text s;
    assert_true (statement_number ("-- :not me\nSELECT ':nor me', \":nor\", a::text FROM t WHERE b = :one AND c = :two::uuid AND d = :one", &s));
    assert_string_equal (s.sql, "-- :not me\nSELECT ':nor me', \":nor\", a::text FROM t WHERE b = $1 AND c = $2::uuid AND d = $1");
    assert_int_equal (s.count, 2);
    assert_string_equal (s.names [1], "two");
    statement_free (&s);
}

int main (void)
{
    const struct CMUnitTest tests [] = {
        cmocka_unit_test (moments_in_every_form_that_comes), cmocka_unit_test (moments_are_written_as_they_are_read),
        cmocka_unit_test (money_has_its_thousands),
        cmocka_unit_test (uuids_rise_with_time), cmocka_unit_test (names_become_numbers_and_nothing_else_changes),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
