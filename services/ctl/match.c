/* match.c - meerwaarde match: the offers that words find, at a prompt. */
#include "client.h"
#include "ctl.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char about [] =
    "meerwaarde match WORDS: the offers on the market that fit the words best, with what they earn of a hundred points\n"
    "for text, and the words that found them. Words that no offer has are named, and what they seem to mean.";

static void print_words (const char *before, const json_t *words)
{
    for (size_t i = 0; i < json_array_size (words); i++)
        printf ("%s%s", i ? ", " : before, json_string_value (json_array_get (words, i)));
}

static void print_found (const json_t *item)
{
    const json_t *price = json_object_get (item, "price_cents");
    int64_t cents = json_integer_value (price);
    printf ("%3" PRId64 "  %s\n     %s, %s; ", client_number (item, "text_ppm") / 10000,
            client_text (item, "title"), client_text (item, "supplier_name"), client_text (item, "supplier_municipality_name"));
    if (price)
        printf ("from EUR %" PRId64 ".%02d per %s, ", cents / 100, (int) (cents % 100), client_text (item, "unit"));
    printf ("in %" PRId64 " days", client_number (item, "lead_days"));
    print_words ("; found by ", json_object_get (item, "words"));
    if (*client_text (item, "cpv_name"))
        printf ("; as %s", client_text (item, "cpv_name"));
    printf ("\n     %s\n", client_text (item, "offer_id"));
}

static void print_result (const json_t *out)
{
    const json_t *items = json_object_get (out, "items"), *unknown = json_object_get (out, "unknown");
    const json_t *meant = json_object_get (out, "meant");
    for (size_t i = 0; i < json_array_size (items); i++)
        print_found (json_array_get (items, i));
    printf ("%" PRId64 "%s offers, up to event %" PRId64 "\n", client_number (out, "total"),
            json_is_true (json_object_get (out, "more")) ? "+" : "", client_number (out, "index_seq"));
    for (size_t i = 0; i < json_array_size (meant); i++) {
        const json_t *one = json_array_get (meant, i);
        printf ("%s: looked for %s too\n", client_text (one, "written"), client_text (one, "meant"));
    }
    if (json_array_size (unknown)) {
        print_words ("no offer has: ", unknown);
        printf ("\n");
    }
}

int ctl_match (int argc, char *argv [])
{
    option options [] = {
        { "run", "var/run", "directory of the set's sockets", NULL },
        { "municipality", NULL, "only what is delivered there: a CBS code, GM0153", NULL },
        { "limit", "10", "at most so many", "1..50" },
        { "json", NULL, "yes: as JSON", NULL },
    };
    enum { COUNT = sizeof options / sizeof *options };
    const char *words;
    int status;
    if (!ctl_read (options, COUNT, 1, about, argc, argv, &words, &status))
        return status;
    const char *where = config_text (options, COUNT, "municipality");
    json_t *in = json_pack ("{s:s,s:i,s:s*}", "q", words, "limit", (int) config_number (options, COUNT, "limit"), "municipality", where);
    if (!in) {
        fprintf (stderr, "meerwaarde match: the words are not UTF-8\n");
        return 2;
    }
    client_caller who = client_operator ();
    client *self = client_new (config_text (options, COUNT, "run"));
    json_t *out;
    int how = client_call (self, "offer_search", in, &who, CALL_MS, &out);
    client_destroy (&self);
    json_decref (in);
    if (how != outcome_done || ctl_yes (options, COUNT, "json"))
        return tell (how, out);
    print_result (out);
    json_decref (out);
    return 0;
}
