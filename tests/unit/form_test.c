/* form_test.c - texts with a check of their own: what fits, and what one wrong character does. */
#include "../../common/form.h"
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

static void each (const text_form *as, bool fits, const char *const texts [])
{
    for (; *texts; texts++)
        if (as->fits (*texts) != fits)
            fail_msg ("%s: %s", *texts, fits ? "is refused" : "fits");
}

static void an_account_is_right_by_its_remainder (void **state)
{
    (void) state;
    each (&text_form_iban, true, (const char *const []) { "NL91ABNA0417164300", "BE68539007547034", "DE89370400440532013000",
                                                     "GB82WEST12345698765432", "MT84MALT011000012345MTLCAST001S", NULL });
    each (&text_form_iban, false, (const char *const []) { "NL91ABNA0417164301", "NL19ABNA0417164300", "nl91abna0417164300",
                                                      "NL91 ABNA 0417 1643 00", "NL91ABNA041716430", "NL", "", "0091ABNA0417164300",
                                                      "NLXXABNA0417164300", "NL91ABNA0417164300000000000000000000", NULL });
}

static void no_single_wrong_character_of_an_account_passes (void **state)
{
    (void) state;
    static const char right [] = "NL91ABNA0417164300";
    for (size_t at = 2; at < sizeof right - 1; at++)
        for (const char *c = right [at] <= '9' ? "0123456789" : "ABCDEFGHIJKLMNOPQRSTUVWXYZ"; *c; c++) {
            char text [sizeof right];
            memcpy (text, right, sizeof right);
            text [at] = *c;
            assert_int_equal (text_form_iban.fits (text), *c == right [at]);
        }
}

static void a_dutch_vat_number_has_a_check_of_two_kinds (void **state)
{
    (void) state;
    each (&text_form_vat_number, true, (const char *const []) { "NL123456782B01", "NL000099998B57", "BE0428759497", "DE123456788", NULL });
    each (&text_form_vat_number, false, (const char *const []) { "NL123456789B01", "NL123456782B0", "NL123456782C01", "123456782B01",
                                                            "NL12345678", "US123456789", "nl123456782B01", "", "N", NULL });
}

static void a_country_is_one_of_the_list (void **state)
{
    (void) state;
    each (&text_form_country, true, (const char *const []) { "NL", "BE", "DE", "CW", NULL });
    each (&text_form_country, false, (const char *const []) { "nl", "NLD", "N", "", "XX", "L ", " N", "EU", NULL });
}

int main (void)
{
    const struct CMUnitTest tests [] = {
        cmocka_unit_test (an_account_is_right_by_its_remainder),
        cmocka_unit_test (no_single_wrong_character_of_an_account_passes),
        cmocka_unit_test (a_dutch_vat_number_has_a_check_of_two_kinds),
        cmocka_unit_test (a_country_is_one_of_the_list),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
