/* form.c - the checks: remainders of numbers too long for a machine word, and short lists. */
#include "form.h"
#include <stdio.h>
#include <string.h>

static bool is_upper (char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_digit (char c)
{
    return c >= '0' && c <= '9';
}

static size_t span (const char *text, bool (*is) (char))
{
    size_t size = 0;
    while (text [size] && is (text [size]))
        size++;
    return size;
}

static bool is_either (char c)
{
    return is_upper (c) || is_digit (c);
}

/* ISO 7064: letters count as 10 to 35, and what stands before is worth a hundred times as much as two digits. */
static int modulo_97 (int before, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        before = is_digit (text [i]) ? (before * 10 + text [i] - '0') % 97
                                     : (before * 100 + text [i] - 'A' + 10) % 97;
    return before;
}

static bool iban_fits (const char *text)
{
    size_t size = strlen (text);
    bool formed = size >= 15 && size <= 34 && span (text, is_either) == size && span (text, is_upper) >= 2
               && is_digit (text [2]) && is_digit (text [3]);
    if (formed && strncmp (text, "NL", 2) == 0)
        formed = size == 18;
    return formed && modulo_97 (modulo_97 (0, text + 4, size - 4), text, 4) == 1;
}

/* Spaces are for people, and so is case. */
static bool bank_reference_fits (const char *text)
{
    char plain [141] = "";
    size_t size = 0;
    for (; *text; text++) {
        if ((unsigned char) *text < ' ' || *text == 127 || size == sizeof plain - 1)
            return false;
        if (*text != ' ')
            plain [size++] = (char) (*text >= 'a' && *text <= 'z' ? *text - 'a' + 'A' : *text);
    }
    if (size < 4 || strncmp (plain, "RF", 2) || !is_digit (plain [2]) || !is_digit (plain [3]))
        return size > 0;
    return size >= 5 && size <= 25 && span (plain, is_either) == size
        && modulo_97 (modulo_97 (0, plain + 4, size - 4), plain, 4) == 1;
}

/* Of legal persons: the eleven-test over the nine digits. Of natural persons since 2020: mod 97 over all of it. */
static bool dutch_vat_fits (const char *text)
{
    int sum = 0;
    if (strlen (text) != 14 || span (text + 2, is_digit) != 9 || text [11] != 'B' || span (text + 12, is_digit) != 2)
        return false;
    for (int i = 0; i < 8; i++)
        sum += (text [2 + i] - '0') * (9 - i);
    return sum % 11 == text [10] - '0' || modulo_97 (0, text, 14) == 1;
}

static bool vat_number_fits (const char *text)
{
    static const char countries [] = " AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI ";
    char country [5];
    size_t size = strlen (text);
    snprintf (country, sizeof country, " %.2s ", text);
    if (size < 4 || size > 14 || span (text, is_either) != size || !strstr (countries, country))
        return false;
    return strncmp (text, "NL", 2) || dutch_vat_fits (text);
}

static bool country_fits (const char *text)
{
    static const char countries [] =
        " AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC"
        " CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD"
        " GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH"
        " KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW"
        " MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC"
        " SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY"
        " UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW ";
    char wanted [5];
    snprintf (wanted, sizeof wanted, " %.2s ", text);
    return span (text, is_upper) == 2 && !text [2] && strstr (countries, wanted);
}

const text_form text_form_iban = { "^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$", 34, "an IBAN without spaces, with the right check digits",
                         iban_fits };
const text_form text_form_vat_number = { "^[A-Z]{2}[A-Z0-9]{2,12}$", 14, "a VAT number as NL123456782B01, with the right check digit",
                               vat_number_fits };
const text_form text_form_country = { "^[A-Z]{2}$", 2, "a country of ISO 3166-1, as NL", country_fits };
const text_form text_form_bank_reference = { "[^ ]", 140, "what the bank calls the payment; of an RF reference with the right check digits",
                               bank_reference_fits };
