/* rules.c - meerwaarde rules: the sets of weights, and what a change of them would do to the rankings that were kept. */
#include "client.h"
#include "ctl.h"
#include "weights.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char use [] =
    "Usage: meerwaarde rules                      the sets of weights, with who answers for them and since when\n"
    "       meerwaarde rules diff A B [--runs=100] [--json=yes]\n"
    "                                             what B instead of A would do to the newest kept rankings; A and B are versions,\n"
    "                                             or files with a line as in services/matching/rules.def (the last one counts)\n";

enum { PAGE = 50 };

typedef struct {
    client *set;
    client_caller who;
    json_t *a, *b;                                  /* the sets */
    json_t *shifts;                                 /* one of each run */
    int64_t changed, moved, entered, left, shift, kept; /* runs; offers; places moved by the offers that stay, and how many those are */
} comparison;

static int print_sets (const json_t *list)
{
    const json_t *items = json_object_get (list, "items");
    for (size_t i = 0; i < json_array_size (items); i++) {
        const json_t *one = json_array_get (items, i), *parts = json_object_get (one, "parts");
        bool in_force = strcmp (client_text (one, "version"), client_text (list, "in_force")) == 0;
        printf ("%-12s since %s, %s%s\n ", client_text (one, "version"), client_text (one, "since"), client_text (one, "owner"), in_force ? "; in force" : "");
        for (size_t k = 0; k < json_array_size (parts); k++)
            printf (" %s %" PRId64, client_text (json_array_get (parts, k), "name"), client_number (json_array_get (parts, k), "most_ppm") / 10000);
        printf ("\n");
    }
    return 0;
}

/* A version of the set that runs, else a file. */
static json_t *find_set (const json_t *list, const char *name)
{
    json_t *found = weights_named (list, name);
    FILE *file = found ? NULL : fopen (name, "r");
    if (!found && !file)
        fprintf (stderr, "meerwaarde rules: %s is no version that the platform has, and no file\n", name);
    if (file) {
        found = weights_read (file, name);
        fclose (file);
    }
    return found;
}

/* ---- one run ---- */

/* Places among the first; 0: not among them. */
static void count_move (comparison *self, int64_t before, int64_t after)
{
    self->entered += !before && after;
    self->left += before && !after;
    if (before && after) {
        self->moved += before != after;
        self->shift += llabs (before - after);
        self->kept++;
    }
}

static void count_run (comparison *self, const json_t *run)
{
    const json_t *moves = json_object_get (run, "moves");
    int64_t first = client_number (run, "places");
    bool changes = false;
    for (size_t i = 0; i < json_array_size (moves); i++) {
        int64_t before = client_number (json_array_get (moves, i), "before"), after = client_number (json_array_get (moves, i), "after");
        changes |= before != after;
        count_move (self, before <= first ? before : 0, after <= first ? after : 0);
    }
    self->changed += changes;
}

static int compare_run (comparison *self, const char *id)
{
    json_t *out, *in = json_pack ("{s:s,s:O,s:O}", "id", id, "before", self->a, "after", self->b);
    int how = client_call (self->set, "run_compare", in, &self->who, CALL_MS, &out);
    json_decref (in);
    if (how != outcome_done)
        return tell (how, out);
    count_run (self, out);
    json_array_append_new (self->shifts, out);
    return 0;
}

/* ---- all of them ---- */

static int compare_page (comparison *self, const json_t *page, long most)
{
    const json_t *items = json_object_get (page, "items");
    int status = 0;
    for (size_t i = 0; i < json_array_size (items) && (long) json_array_size (self->shifts) < most && status == 0; i++)
        status = compare_run (self, client_text (json_array_get (items, i), "id"));
    return status;
}

static int compare_runs (comparison *self, long most)
{
    char *cursor = NULL;
    int status = 0;
    do {
        json_t *in = json_pack ("{s:i,s:s*}", "limit", PAGE, "cursor", cursor), *out;
        int how = client_call (self->set, "run_recent", in, &self->who, CALL_MS, &out);
        json_decref (in);
        free (cursor);
        if (how != outcome_done)
            return tell (how, out);
        status = compare_page (self, out, most);
        const char *next = json_string_value (json_object_get (out, "next"));
        cursor = next && status == 0 && (long) json_array_size (self->shifts) < most ? strdup (next) : NULL;
        json_decref (out);
    } while (cursor);
    return status;
}

static void print_place (int64_t place)
{
    if (place)
        printf ("%4" PRId64, place);
    else
        printf ("   -");
}

static void print_run (const json_t *run)
{
    const json_t *moves = json_object_get (run, "moves");
    int64_t first = client_number (run, "places");
    printf ("run %s of %s\n", client_text (run, "id"), client_text (run, "made_at"));
    for (size_t i = 0; i < json_array_size (moves); i++) {
        const json_t *move = json_array_get (moves, i);
        int64_t before = client_number (move, "before"), after = client_number (move, "after");
        bool was = before && before <= first, is = after && after <= first;
        if (before == after)
            continue;
        print_place (before);
        printf (" ->");
        print_place (after);
        printf ("  %-7s %s (%s)\n", !was ? "enters" : !is ? "leaves" : after < before ? "gains" : "loses", client_text (move, "title"), client_text (move, "supplier_name"));
    }
}

static int64_t mean_hundredths (const comparison *self)
{
    return self->kept ? self->shift * 100 / self->kept : 0;
}

static void print_comparison (const comparison *self)
{
    size_t count = json_array_size (self->shifts);
    for (size_t i = 0; i < count; i++)
        print_run (json_array_get (self->shifts, i));
    printf ("%s%s instead of %s, over the newest %zu kept rankings: the first ten change in %" PRId64 ";\n"
            "%" PRId64 " offers enter, %" PRId64 " leave, %" PRId64 " of the %" PRId64 " that stay have another place; mean shift %" PRId64 ".%02d places\n",
            count ? "\n" : "", client_text (self->b, "version"), client_text (self->a, "version"), count, self->changed,
            self->entered, self->left, self->moved, self->kept, mean_hundredths (self) / 100, (int) (mean_hundredths (self) % 100));
}

static int tell_comparison (comparison *self)
{
    return tell (outcome_done, json_pack ("{s:O,s:O,s:I,s:I,s:I,s:I,s:I,s:I,s:O}", "before", self->a, "after", self->b,
        "changed", (json_int_t) self->changed, "entered", (json_int_t) self->entered, "left", (json_int_t) self->left,
        "moved", (json_int_t) self->moved, "stayed", (json_int_t) self->kept, "mean_shift_hundredths", (json_int_t) mean_hundredths (self),
        "runs", self->shifts));
}

static int diff (client *set, const json_t *list, const char *a, const char *b, long most, bool as_json)
{
    comparison self = { .set = set, .who = client_operator (), .a = find_set (list, a), .b = find_set (list, b), .shifts = json_array () };
    int status = self.a && self.b ? compare_runs (&self, most) : 2;
    if (status == 0 && as_json)
        status = tell_comparison (&self);
    else if (status == 0)
        print_comparison (&self);
    json_decref (self.a);
    json_decref (self.b);
    json_decref (self.shifts);
    return status;
}

int ctl_rules (int argc, char *argv [])
{
    option options [] = {
        { "run", "var/run", "directory of the set's sockets", NULL },
        { "runs", "100", "so many of the newest kept rankings", "1..10000" },
        { "json", NULL, "yes: as JSON", NULL },
    };
    enum { COUNT = sizeof options / sizeof *options };
    const char *words [3], *rest;
    int status;
    if (!config_read (options, COUNT, use, argc, argv, &rest, &status))
        return status;
    size_t count = config_words (options, COUNT, argc, argv, words, sizeof words / sizeof *words);
    bool is_diff = count == 3 && strcmp (words [0], "diff") == 0;
    if (!is_diff && count) {
        fputs (use, stderr);
        return 2;
    }
    json_t *in = json_object (), *list;
    client_caller who = client_operator ();
    client *set = client_new (config_text (options, COUNT, "run"));
    int how = client_call (set, "rule_set_list", in, &who, CALL_MS, &list);
    json_decref (in);
    if (how != outcome_done || (!is_diff && ctl_yes (options, COUNT, "json")))
        status = tell (how, list);
    else {
        status = is_diff ? diff (set, list, words [1], words [2], config_number (options, COUNT, "runs"), ctl_yes (options, COUNT, "json")) : print_sets (list);
        json_decref (list);
    }
    client_destroy (&set);
    return status;
}
