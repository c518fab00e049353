/* message_test.c - a mail as it goes out: whatever people wrote, its headers are ours. */
#include "../../common/mail.h"
#include "../../services/matching/alerts/message.h"
#include <setjmp.h>
#include <stdarg.h>
#include <sodium.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static letter_t letter_with (const char *subject)
{
    static match_part_t part = { .name = score_part_text, .points_ppm = 740000, .most_ppm = 1000000, .why = "Ja.", .why_en = "Yes." };
    static letter_lack_t lack = { .why = "Een keurmerk ontbreekt.", .why_en = "A label is missing." };
    letter_t letter = { .subject = subject, .subject_en = "In English", .text = "Tekst.", .text_en = "Text.", .score_ppm = 740000, .cut_ppm = 600000 };
    letter.parts.count = letter.missing.count = 1;
    letter.parts.at = &part;
    letter.missing.at = &lack;
    return letter;
}

/* The mail; the caller frees. */
static char *written (const char *subject, size_t count)
{
    letter_t letters [3] = { letter_with (subject), letter_with ("Tweede"), letter_with ("Derde") };
    text_buffer out = { 0 };
    message_write (&(message) { .id = "01900000-0000-7000-8000-000000000000", .date = INT64_C (1796000000000000), .from = "van@markt.example",
        .to = "aan@stad.example", .site = "https://markt.example", .token = "TOKEN", .letters = letters, .count = count, .total = count }, &out);
    text_append (&out, "", 1);
    return out.at;
}

/* The subject as people read it, from its encoded words. */
static void subject_of (const char *mail, char out [1000])
{
    size_t used = 0, size;
    const char *end = strstr (mail, "Message-ID:");
    for (const char *at = strstr (mail, "Subject:"); (at = strstr (at, "=?UTF-8?B?")) && at < end; ) {
        at += 10;
        assert_int_equal (sodium_base642bin ((unsigned char *) out + used, 1000 - used, at, strcspn (at, "?"), NULL, &size, NULL, sodium_base64_VARIANT_ORIGINAL), 0);
        used += size;
    }
    out [used] = 0;
}

/* The body, decoded; the caller frees. */
static char *body_of (const char *mail)
{
    const char *from = strstr (mail, "\r\n\r\n") + 4;
    char *text = calloc (1, strlen (from) + 1);
    size_t size;
    assert_int_equal (sodium_base642bin ((unsigned char *) text, strlen (from), from, strlen (from), "\r\n", &size, NULL, sodium_base64_VARIANT_ORIGINAL), 0);
    return text;
}

static void check_lines (const char *mail)
{
    for (const char *at = mail; *at; ) {
        size_t size = strcspn (at, "\r\n");
        assert_true (size <= 200);
        for (size_t i = 0; i < size; i++)
            assert_true (at [i] >= 0x20 && at [i] < 0x7f);
        assert_memory_equal (at + size, "\r\n", 2);
        at += size + 2;
    }
}

static void subjects_come_as_they_were_written_and_nothing_breaks_out (void **state)
{
    static const char *const subjects [] = {
        "Onderhoud", "Eén ‘binnentuin’ — mét zorg, het hele jaar door en ook in de weekenden, als dat nodig is",
        "Lunch\r\nBcc: ander@stad.example\r\n\r\nnog iets", "=?UTF-8?B?eA==?=", "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀",
    };
    (void) state;
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
        char *mail = written (subjects [i], 1), read [1000];
        check_lines (mail);
        assert_null (strstr (mail, "Bcc"));
        subject_of (mail, read);
        assert_string_equal (read, subjects [i]);
        free (mail);
    }
}

static void headers_are_those_of_every_copy (void **state)
{
    static const char *const wanted [] = {
        "Date: Mon, 30 Nov 2026 00:53:20 +0000\r\n", "From: Meerwaarde <van@markt.example>\r\n", "To: <aan@stad.example>\r\n",
        "Message-ID: <01900000-0000-7000-8000-000000000000@markt.example>\r\n",
        "List-Unsubscribe: <https://markt.example/afmelden/?token=TOKEN>\r\n",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", "Content-Transfer-Encoding: base64\r\n\r\n",
    };
    char *mail = written ("Onderhoud", 1), *again = written ("Onderhoud", 1);
    (void) state;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (!strstr (mail, wanted [i]))
            fail_msg ("%s is not in\n%s", wanted [i], mail);
    assert_string_equal (mail, again);
    free (mail);
    free (again);
}

static void the_body_says_it_in_two_languages (void **state)
{
    char *mail = written ("Onderhoud", 3), *body = body_of (mail), subject [1000];
    (void) state;
    subject_of (mail, subject);
    assert_string_equal (subject, "3 nieuwe meldingen");
    for (const char *const *at = (const char *const []) { "Onderhoud\r\nTekst.\r\nScore: 74 van 100; vanaf 60 krijgt u bericht.\r\n",
             "  - Omschrijving, 74 van 100: Ja.\r\n", "Wat ontbreekt:\r\n  - Een keurmerk ontbreekt.\r\n", "Tweede", "Derde",
             "Geen e-mail meer: https://markt.example/afmelden/?token=TOKEN\r\n", "In English\r\nText.\r\nScore: 74 of 100;", NULL }; *at; at++)
        if (!strstr (body, *at))
            fail_msg ("%s is not in\n%s", *at, body);
    free (mail);
    free (body);
}

static void only_plain_addresses_fit (void **state)
{
    static const char *const good [] = { "a@b", "naam.achternaam+markt@stad.voorbeeld.nl", "x_y!z@a-b.example" };
    static const char *const bad [] = {
        "", "@", "a@", "@b", "a b@c", "a@b c", "a@b\r\nBcc: d@e", "a@b>", "<a@b", "\"a\"@b", "a(c)@b",
        ".a@b", "a.@b", "a..b@c", "a@.b", "a@b.", "a@b..c", "a@-b", "a@@b", "a@b@c", "é@b", "a@é", "a@[127.0.0.1]", "a,b@c", "a@b,c@d", "a@b\t" };
    (void) state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!mail_address_fits (good [i]))
            fail_msg ("%s is refused", good [i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (mail_address_fits (bad [i]))
            fail_msg ("%s is let through", bad [i]);
    char longest [300];
    memset (longest, 'a', sizeof longest);
    memcpy (longest + 64, "@b", 3);
    assert_true (mail_address_fits (longest));
    memset (longest, 'a', 65);
    memcpy (longest + 65, "@b", 3);
    assert_false (mail_address_fits (longest));
}

int main (void)
{
    const struct CMUnitTest tests [] = {
        cmocka_unit_test (subjects_come_as_they_were_written_and_nothing_breaks_out), cmocka_unit_test (headers_are_those_of_every_copy),
        cmocka_unit_test (the_body_says_it_in_two_languages), cmocka_unit_test (only_plain_addresses_fit),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}
