/* why.c - meerwaarde why: a kept ranking computed again, and what every place and every exclusion follows from. */
#include "client.h"
#include "ctl.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char about [] =
    "meerwaarde why RUN: computes a kept ranking again from what went into it, says whether the same comes out, and shows the\n"
    "parts of every score and the rule that kept each other offer out. Ends with 1 when it is not the same.";

/* A millionth as a hundredth part with two decimals, as people count. */
static void print_points (int64_t ppm)
{
    printf ("%3" PRId64 ".%02d", ppm / 10000, (int) (ppm % 10000 / 100));
}

static void print_candidate (const json_t *item)
{
    const json_t *parts = json_object_get (item, "parts");
    const char *rule = client_text (item, "rule");
    int64_t place = client_number (item, "place");
    if (place)
        printf ("%4" PRId64 "  ", place);
    else
        printf ("%s", *rule ? " out  " : "   -  ");
    print_points (client_number (item, "score_ppm"));
    for (size_t i = 0; i < json_array_size (parts); i++) {
        printf ("    ");
        print_points (client_number (json_array_get (parts, i), "points_ppm"));
    }
    printf ("  %s (%s)", client_text (item, "title"), client_text (item, "supplier_name"));
    int which = words_find (hard_rule_words (), rule, strlen (rule));
    printf (which < 0 ? "\n" : "; %s\n", which < 0 ? "" : hard_rule_words ()->words [which].en);
}

static void print_candidates (const json_t *items)
{
    printf ("\nplace  score");
    for (int i = 0; i < score_part_words ()->count; i++)
        printf (" %9s", score_part_words ()->words [i].word);
    printf ("\n");
    for (size_t i = 0; i < json_array_size (items); i++)
        print_candidate (json_array_get (items, i));
}

static void print_verdict (const json_t *out)
{
    const json_t *differs = json_object_get (out, "differs"), *draw = json_object_get (out, "draw");
    printf ("run %s\nof need %s, made at %s for %s, by rules %s and words %s, up to event %" PRId64 "\n", client_text (out, "id"), client_text (out, "need_id"),
            client_text (out, "made_at"), client_text (out, "as_of"), client_text (out, "rule_set"), client_text (out, "analyser"), client_number (out, "index_seq"));
    if (draw)
        printf ("draw %s, of event %" PRId64 "\n", client_text (draw, "seed"), client_number (draw, "published_seq"));
    if (json_is_true (json_object_get (out, "same")))
        printf ("same: %s comes out again\n", client_text (out, "hash"));
    else
        printf ("NOT THE SAME: kept was %s, now comes out %s\n", client_text (out, "hash"), *client_text (out, "hash_now") ? client_text (out, "hash_now") : "nothing");
    for (size_t i = 0; i < json_array_size (differs); i++)
        printf ("  %s\n", json_string_value (json_array_get (differs, i)));
}

int ctl_why (int argc, char *argv [])
{
    option options [] = {
        { "run", "var/run", "directory of the set's sockets", NULL },
        { "json", NULL, "yes: as JSON", NULL },
    };
    enum { COUNT = sizeof options / sizeof *options };
    const char *id;
    int status;
    if (!ctl_read (options, COUNT, 1, about, argc, argv, &id, &status))
        return status;
    json_t *in = json_pack ("{s:s}", "id", id), *out;
    client_caller who = client_operator ();
    client *self = client_new (config_text (options, COUNT, "run"));
    int how = client_call (self, "run_check", in, &who, CALL_MS, &out);
    client_destroy (&self);
    json_decref (in);
    if (how == outcome_missing)
        fprintf (stderr, "meerwaarde why: there is no such run\n");
    if (how != outcome_done)
        return tell (how, out);
    bool same = json_is_true (json_object_get (out, "same")) && json_array_size (json_object_get (out, "differs")) == 0;
    if (ctl_yes (options, COUNT, "json"))
        return tell (how, out) || !same;
    print_verdict (out);
    print_candidates (json_object_get (out, "candidates"));
    json_decref (out);
    return same ? 0 : 1;
}
