/* seal_test.c - codes that people type, keys in parts, boxes of few sizes. */
#include "../../common/code.h"
#include "../../common/keys.h"
#include "../../common/seal.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <sodium.h>
#include <zmq.h>
#include <cmocka.h>

static const char need [] = "0190a000-0000-7000-8000-000000000001", other [] = "0190a000-0000-7000-8000-000000000002";

/* ---- codes ---- */

static void a_code_is_read_as_it_was_shown (void **state)
{
    char code [CODE_TEXT], again [CODE_TEXT], typed [80] = "";
    (void) state;
    for (int i = 0; i < 1000; i++) {
        code_new (code);
        assert_int_equal (strlen (code), CODE_TEXT - 1);
        assert_int_equal (code_read (code, again), 0);
        assert_string_equal (code, again);
    }
    for (size_t i = 0, at = 0; code [i]; i++)
        if (code [i] != '-') {
            typed [at++] = code [i] >= 'A' ? (char) (code [i] + 32) : code [i];
            typed [at++] = ' ';
        }
    assert_int_equal (code_read (typed, again), 0);
    assert_string_equal (code, again);
}

/* Every single wrong character, two neighbours that changed places, two groups that did. */
static void a_slip_of_the_hand_is_seen_where_it_is (void **state)
{
    static const char letters [] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ01OIL?";
    char code [CODE_TEXT], typed [CODE_TEXT], out [CODE_TEXT];
    (void) state;
    for (int round = 0; round < 200; round++) {
        code_new (code);
        for (int at = 0; at < CODE_TEXT - 1; at++)
            for (const char *c = letters; *c && code [at] != '-'; c++) {
                strcpy (typed, code);
                typed [at] = *c;
                assert_int_equal (code_read (typed, out), *c == code [at] ? 0 : at / 6 + 1);
            }
        for (int at = 0; at + 1 < CODE_TEXT - 1; at++) {
            if (code [at] == '-' || code [at + 1] == '-' || code [at] == code [at + 1])
                continue;
            strcpy (typed, code);
            typed [at] = code [at + 1];
            typed [at + 1] = code [at];
            assert_int_equal (code_read (typed, out), at / 6 + 1);
        }
        memcpy (typed, code, CODE_TEXT);
        memcpy (typed, code + 6, 5);
        memcpy (typed + 6, code, 5);
        assert_int_equal (code_read (typed, out), 1);
    }
    assert_int_equal (code_read ("", out), -1);
    code [30] = 0;
    assert_int_equal (code_read (code, out), -1);
}

/* ---- keys in parts ---- */

typedef struct {
    sealer    *platform;
    char       codes [3][CODE_TEXT];
    seal_parts parts;
} scene;

static sealer *platform_new (void)
{
    char directory [] = "/tmp/mw-seal-XXXXXX", path [80], public_key [KEY_TEXT], secret_key [KEY_TEXT];
    assert_non_null (mkdtemp (directory));
    snprintf (path, sizeof path, "%s/sealing.key_secret", directory);
    assert_int_equal (zmq_curve_keypair (public_key, secret_key), 0);
    FILE *out = fopen (path, "w");
    assert_non_null (out);
    fprintf (out, "curve\n    public-key = \"%s\"\n    secret-key = \"%s\"\n", public_key, secret_key);
    fclose (out);
    chmod (path, 0600);
    sealer *made = sealer_new (directory);
    assert_non_null (made);
    unlink (path);
    rmdir (directory);
    return made;
}

static void open_scene (scene *self)
{
    char keys [3][SEAL_KEY_TEXT];
    self->platform = platform_new ();
    for (int i = 0; i < 3; i++) {
        code_new (self->codes [i]);
        seal_code_key (self->codes [i], need, keys [i]);
    }
    assert_true (seal_make (self->platform, (const char *const []) { keys [0], keys [1] }, keys [2], &self->parts));
}

/* The holder's part as it is handed over; empty when the code does not open it. */
static const char *handed (const scene *self, int code, const char *part, char out [SEAL_PART_TEXT])
{
    return seal_hand_over (self->platform, self->codes [code], need, part, out) ? out : "";
}

static bool joins (const scene *self, size_t count, const char *a, const char *b, const char *c, unsigned char secret [SEAL_SECRET])
{
    return seal_join (self->platform, self->parts.key, (const char *const []) { a, b, c }, count, secret);
}

static void both_ways_open_and_no_less_does (void **state)
{
    scene it;
    char first [SEAL_PART_TEXT], second [SEAL_PART_TEXT], escrow [SEAL_PART_TEXT], out [SEAL_PART_TEXT];
    unsigned char one [SEAL_SECRET], two [SEAL_SECRET];
    (void) state;
    open_scene (&it);
    const seal_parts *p = &it.parts;
    handed (&it, 0, p->openers [0], first);
    handed (&it, 1, p->openers [1], second);
    handed (&it, 2, p->escrow, escrow);
    assert_true (joins (&it, 3, p->platform, first, second, one));
    assert_true (joins (&it, 3, p->platform, second, first, two)); /* in whichever order they come */
    assert_memory_equal (one, two, SEAL_SECRET);
    assert_true (joins (&it, 2, p->platform_escrow, escrow, NULL, two));
    assert_memory_equal (one, two, SEAL_SECRET);

    assert_false (joins (&it, 2, p->platform, first, NULL, two));
    assert_false (joins (&it, 2, first, second, NULL, two));
    assert_false (joins (&it, 3, p->platform, first, first, two));
    assert_false (joins (&it, 2, p->platform, escrow, NULL, two));
    assert_false (joins (&it, 3, p->platform_escrow, first, second, two));
    assert_false (joins (&it, 2, p->platform_escrow, p->escrow, NULL, two)); /* as it lies in the database */
    assert_false (joins (&it, 3, p->platform, p->openers [0], p->openers [1], two));
    assert_false (seal_hand_over (it.platform, it.codes [1], need, p->openers [0], out));  /* another's code */
    assert_false (seal_hand_over (it.platform, it.codes [0], other, p->openers [0], out)); /* for another need */

    sealer *stranger = platform_new (); /* the database and all codes, without the file */
    assert_false (seal_join (stranger, p->key, (const char *const []) { p->platform, first, second }, 3, two));
    sealer_destroy (&stranger);
    sealer_destroy (&it.platform);
}

/* ---- boxes ---- */

static void a_box_has_one_of_few_sizes_and_opens_whole (void **state)
{
    static char content [(512 << 10) + 1];
    scene it;
    char first [SEAL_PART_TEXT], second [SEAL_PART_TEXT];
    unsigned char secret [SEAL_SECRET];
    bytes got;
    (void) state;
    open_scene (&it);
    handed (&it, 0, it.parts.openers [0], first);
    handed (&it, 1, it.parts.openers [1], second);
    assert_true (joins (&it, 3, it.parts.platform, first, second, secret));
    randombytes_buf (content, sizeof content);
    static const struct { size_t size, box; } cases [] = {
        { 1, 8 << 10 }, { (8 << 10) - 1, 8 << 10 }, { 8 << 10, 32 << 10 }, { 200 << 10, 512 << 10 }, { (512 << 10) - 1, 512 << 10 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        msgpack_zone *zone = msgpack_zone_new (4096);
        const char *box = seal_close (it.parts.key, content, cases [i].size, zone);
        assert_non_null (box);
        assert_int_equal (strlen (box), 2 * (cases [i].box + crypto_box_SEALBYTES));
        assert_true (seal_read (it.parts.key, secret, box, zone, &got));
        assert_int_equal (got.size, cases [i].size);
        assert_memory_equal (got.at, content, got.size);
        char *touched = strdup (box);
        touched [100] = touched [100] == '0' ? '1' : '0';
        assert_false (seal_read (it.parts.key, secret, touched, zone, &got));
        free (touched);
        msgpack_zone_free (zone);
    }
    msgpack_zone *zone = msgpack_zone_new (4096);
    assert_null (seal_close (it.parts.key, content, 512 << 10, zone));
    assert_false (seal_read (it.parts.key, secret, "", zone, &got));
    msgpack_zone_free (zone);
    sealer_destroy (&it.platform);
}

static void a_mac_is_the_platforms_own (void **state)
{
    unsigned char one [SEAL_MAC], two [SEAL_MAC];
    sealer *a = platform_new (), *b = platform_new ();
    (void) state;
    sealer_mac (a, "123456", 6, one);
    sealer_mac (a, "123456", 6, two);
    assert_memory_equal (one, two, SEAL_MAC);
    sealer_mac (b, "123456", 6, two);
    assert_memory_not_equal (one, two, SEAL_MAC);
    sealer_destroy (&a);
    sealer_destroy (&b);
}

int main (void)
{
    const struct CMUnitTest tests [] = {
        cmocka_unit_test (a_code_is_read_as_it_was_shown),
        cmocka_unit_test (a_slip_of_the_hand_is_seen_where_it_is),
        cmocka_unit_test (both_ways_open_and_no_less_does),
        cmocka_unit_test (a_box_has_one_of_few_sizes_and_opens_whole),
        cmocka_unit_test (a_mac_is_the_platforms_own),
    };
    return sodium_init () < 0 || cmocka_run_group_tests (tests, NULL, NULL);
}
