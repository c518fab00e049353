/* import.c - meerwaarde import: official lists, as their publishers give them, in batches. */
#include "client.h"
#include "ctl.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 250, COLUMNS = 16, LINE = 4096 };

/* One line into its columns, in place; a field may be quoted. */
static int split (char *line, char separator, char *columns [COLUMNS])
{
    int count = 0;
    line [strcspn (line, "\r\n")] = 0;
    for (char *at = line; count < COLUMNS; at++) {
        bool quoted = *at == '"';
        columns [count++] = at += quoted;
        while (*at && (quoted ? *at != '"' : *at != separator))
            at++;
        if (quoted && *at)
            *at++ = 0;
        if (!*at)
            break;
        *at = 0;
    }
    return count;
}

static const char *column (const char *name, char *names [COLUMNS], char *values [COLUMNS], int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp (names [i], name) == 0)
            return values [i];
    return NULL;
}

static json_t *cpv_row (char *names [COLUMNS], char *values [COLUMNS], int count)
{
    const char *code = column ("code", names, values, count), *nl = column ("nl", names, values, count);
    const char *en = column ("en", names, values, count);
    return code && nl && en ? json_pack ("{s:s,s:s,s:s}", "code", code, "name", nl, "name_en", en) : NULL;
}

static json_t *municipality_row (char *names [COLUMNS], char *values [COLUMNS], int count)
{
    const char *code = column ("cbs_code", names, values, count), *name = column ("name", names, values, count);
    const char *lat = column ("lat", names, values, count), *lon = column ("lon", names, values, count);
    const char *province = column ("province", names, values, count);
    const city *ours = code ? city_find (code) : NULL; /* the network's own spelling stays */
    if (!code || !name || !lat || !lon || !province)
        return NULL;
    return json_pack ("{s:s,s:s,s:s,s:I,s:I}", "code", code, "name", ours ? ours->name : name, "province", province,
                      "latitude_e5", (json_int_t) (strtod (lat, NULL) * 1e5 + 0.5),
                      "longitude_e5", (json_int_t) (strtod (lon, NULL) * 1e5 + 0.5));
}

/* legal_form and ended_on may be empty. */
static json_t *kvk_row (char *names [COLUMNS], char *values [COLUMNS], int count)
{
    const char *number = column ("kvk_number", names, values, count), *name = column ("name", names, values, count);
    const char *form = column ("legal_form", names, values, count), *ended = column ("ended_on", names, values, count);
    if (!number || !name)
        return NULL;
    return json_pack ("{s:s,s:s,s:s*,s:s*}", "number", number, "name", name, "legal_form", form && *form ? form : NULL,
                      "ended_on", ended && *ended ? ended : NULL);
}

typedef struct {
    const char *name, *operation;
    char        separator;
    json_t   *(*row) (char *names [COLUMNS], char *values [COLUMNS], int count);
} list_kind;

static const list_kind kinds [] = {
    { "cpv", "cpv_import", '\t', cpv_row },
    { "municipalities", "municipality_import", ',', municipality_row },
    { "kvk", "kvk_import", ',', kvk_row },
};

static int send_batch (client *self, const list_kind *kind, json_t *items, json_int_t *changed, json_int_t *same)
{
    client_caller who = client_operator ();
    json_t *in = json_pack ("{s:O}", "items", items), *out;
    int how = client_call (self, kind->operation, in, &who, CALL_MS, &out);
    json_decref (in);
    if (how != outcome_done)
        return tell (how, out);
    *changed += json_integer_value (json_object_get (out, "changed"));
    *same += json_integer_value (json_object_get (out, "same"));
    json_decref (out);
    json_array_clear (items);
    return 0;
}

static int import_file (const list_kind *kind, FILE *in)
{
    char head [LINE], line [LINE], *names [COLUMNS], *values [COLUMNS];
    json_int_t changed = 0, same = 0, number = 1;
    int status = 0, columns = fgets (head, sizeof head, in) ? split (head, kind->separator, names) : 0;
    json_t *items = json_array ();
    client *self = client_new (run_directory ());
    while (status == 0 && fgets (line, sizeof line, in)) {
        int count = split (line, kind->separator, values);
        json_t *row = kind->row (names, values, count < columns ? count : columns);
        number++;
        if (!row) {
            fprintf (stderr, "meerwaarde: line %lld lacks a column; nothing of it was taken\n", (long long) number);
            status = 1;
            break;
        }
        json_array_append_new (items, row);
        if (json_array_size (items) == BATCH)
            status = send_batch (self, kind, items, &changed, &same);
        if (number % 1000 == 0)
            fprintf (stderr, "\r%lld lines", (long long) number);
    }
    if (status == 0 && json_array_size (items))
        status = send_batch (self, kind, items, &changed, &same);
    fprintf (stderr, "\r");
    if (status == 0)
        printf ("%lld changed, %lld the same\n", (long long) changed, (long long) same);
    json_decref (items);
    client_destroy (&self);
    return status;
}

int ctl_import (int argc, char *argv [])
{
    for (size_t i = 0; argc == 3 && i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp (argv [1], kinds [i].name))
            continue;
        FILE *in = fopen (argv [2], "r");
        if (!in) {
            fprintf (stderr, "meerwaarde: cannot read %s: %s\n", argv [2], strerror (errno));
            return 1;
        }
        int status = import_file (&kinds [i], in);
        fclose (in);
        return status;
    }
    fputs ("Usage: meerwaarde import LIST FILE, of these lists:", stderr);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        fprintf (stderr, " %s", kinds [i].name);
    fputc ('\n', stderr);
    return 2;
}
