/* call.c - meerwaarde call, print, user, key and import: small commands over the control socket. */
#include "client.h"
#include "ctl.h"
#include "../../common/config.h"
#include "../../common/openapi.h"
#include "../../common/text.h"
#include <assert.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zmq.h>

enum { CALL_MS = 15000 };

static const char *run_directory (void)
{
    const char *given = getenv ("MEERWAARDE_RUN");
    return given && *given ? given : "var/run";
}

/* "BUYER,FINANCE" as bits; false: an unknown name. */
static bool read_roles (char *text, uint32_t *roles)
{
    char *rest;
    for (char *name = strtok_r (text, ",", &rest); name; name = strtok_r (NULL, ",", &rest)) {
        int bit = words_find (role_words (), name, strlen (name));
        if (bit < 0) {
            fprintf (stderr, "meerwaarde: %s is not a role\n", name);
            return false;
        }
        *roles |= 1u << bit;
    }
    return true;
}

/* ACCOUNT:ORG:ROLES, each may be empty. */
static bool read_caller (char *text, client_caller *who)
{
    char *org = strchr (text, ':'), *roles = org ? strchr (org + 1, ':') : NULL;
    if (!roles) {
        fprintf (stderr, "meerwaarde: --as wants ACCOUNT:ORG:ROLES\n");
        return false;
    }
    *org++ = *roles++ = 0;
    *who = (client_caller) { .account = text, .org = org, .if_match = -1 };
    return read_roles (roles, &who->roles);
}

static int tell (int how, json_t *out)
{
    char *text = out ? json_dumps (out, JSON_INDENT (1) | JSON_ENCODE_ANY) : NULL;
    bool good = how == outcome_done || how == outcome_created;
    if (how < 0)
        fprintf (stderr, "meerwaarde: nobody answers at %s; does the set run?\n", run_directory ());
    else if (text)
        fprintf (good ? stdout : stderr, "%s\n", text);
    free (text);
    json_decref (out);
    return good ? 0 : 1;
}

int ctl_call (int argc, char *argv [])
{
    client_caller who = client_operator ();
    const char *words [2] = { NULL, "{}" };
    int count = 0;
    for (int i = 1; i < argc; i++) {
        if (strcmp (argv [i], "--as") == 0 && i + 1 < argc) {
            if (!read_caller (argv [++i], &who))
                return 2;
        } else if (strcmp (argv [i], "--if-match") == 0 && i + 1 < argc)
            who.if_match = atoll (argv [++i]);
        else if (count < 2)
            words [count++] = argv [i];
    }
    json_t *in = json_loads (words [1], 0, NULL), *out;
    if (!words [0] || !in) {
        fprintf (stderr, "Usage: meerwaarde call OPERATION '{\"field\": \"value\"}' [--as ACCOUNT:ORG:ROLES] [--if-match N]\n");
        return 2;
    }
    client *self = client_new (run_directory ());
    int how = client_call (self, words [0], in, &who, CALL_MS, &out);
    client_destroy (&self);
    json_decref (in);
    return tell (how, out);
}

int ctl_print (int argc, char *argv [])
{
    const char *what = argc > 1 ? argv [1] : "";
    text_buffer out = { 0 };
    if (strcmp (what, "openapi") == 0)
        openapi_write (&out);
    else if (strcmp (what, "types") == 0)
        typescript_types (&out);
    else if (strcmp (what, "words") == 0)
        typescript_words (&out);
    else if (strcmp (what, "diagrams") == 0) {
        size_t count;
        const process *all = processes (&count);
        for (size_t i = 0; i < count; i++)
            process_dot (&all [i], stdout);
        return 0;
    } else {
        fprintf (stderr, "Usage: meerwaarde print openapi|types|words|diagrams\n");
        return 2;
    }
    fwrite (out.at, 1, out.size, stdout);
    text_free (&out);
    return 0;
}

int ctl_user (int argc, char *argv [])
{
    char password [201] = "";
    if (argc < 4 || strcmp (argv [1], "add")) {
        fprintf (stderr, "Usage: meerwaarde user add EMAIL NAME < password\n");
        return 2;
    }
    fprintf (stderr, "Password (10 characters or more): ");
    if (!fgets (password, sizeof password, stdin))
        return 2;
    password [strcspn (password, "\n")] = 0;
    json_t *in = json_pack ("{s:s,s:s,s:s}", "email", argv [2], "name", argv [3], "password", password), *out;
    client_caller who = client_operator ();
    client *self = client_new (run_directory ());
    int how = client_call (self, "account_put", in, &who, CALL_MS, &out);
    sodium_memzero (password, sizeof password);
    client_destroy (&self);
    json_decref (in);
    return tell (how, out);
}

/* ------------------------------------------------------------------------------------- keys */

static bool write_certificate (const char *path, const char *public_key, const char *secret_key)
{
    FILE *out = fopen (path, "wx");
    if (!out)
        return errno == EEXIST; /* keys that are there stay */
    fchmod (fileno (out), secret_key ? 0600 : 0644);
    fprintf (out, "#   CURVE certificate (ZPL), made by meerwaarde key init\n\nmetadata\ncurve\n    public-key = \"%s\"\n", public_key);
    if (secret_key)
        fprintf (out, "    secret-key = \"%s\"\n", secret_key);
    return fclose (out) == 0;
}

static int key_init (int argc, char *argv [])
{
    const char *keys = "var/keys", *given = getenv ("MEERWAARDE_KEYS");
    char public_key [41], secret_key [41], path [300];
    keys = given && *given ? given : keys;
    for (int i = 1; i + 1 < argc; i++)
        if (strcmp (argv [i], "--keys") == 0)
            keys = argv [i + 1];
    mkdir (keys, 0700);
    if (zmq_curve_keypair (public_key, secret_key) != 0)
        return 1;
    snprintf (path, sizeof path, "%s/subscribers", keys);
    mkdir (path, 0700);
    snprintf (path, sizeof path, "%s/stream.key_secret", keys);
    bool fresh = access (path, F_OK) != 0;
    bool good = write_certificate (path, public_key, secret_key);
    snprintf (path, sizeof path, "%s/stream.key", keys);
    good = good && (!fresh || write_certificate (path, public_key, NULL));
    if (!good)
        fprintf (stderr, "meerwaarde: cannot write keys to %s: %s\n", keys, strerror (errno));
    return good ? 0 : 1;
}

/* The key is shown here and nowhere else: the platform keeps its hash. */
static int key_api (int argc, char *argv [])
{
    unsigned char raw [32], hash [32];
    char token [80] = "mwk_", hex [65];
    if (argc < 5) {
        fprintf (stderr, "Usage: meerwaarde key api ACCOUNT-ID ORGANISATION-ID LABEL\n");
        return 2;
    }
    randombytes_buf (raw, sizeof raw);
    sodium_bin2hex (token + 4, sizeof token - 4, raw, sizeof raw);
    crypto_generichash (hash, sizeof hash, (const unsigned char *) token, strlen (token), NULL, 0);
    sodium_bin2hex (hex, sizeof hex, hash, sizeof hash);
    json_t *in = json_pack ("{s:s,s:s,s:s,s:s}", "account_id", argv [2], "organisation_id", argv [3], "label", argv [4], "token_hash", hex), *out;
    client_caller who = client_operator ();
    client *self = client_new (run_directory ());
    int how = client_call (self, "api_key_create", in, &who, CALL_MS, &out);
    client_destroy (&self);
    json_decref (in);
    if (how != outcome_done)
        return tell (how, out);
    json_decref (out);
    printf ("%s\n", token);
    return 0;
}

int ctl_key (int argc, char *argv [])
{
    if (argc > 1 && strcmp (argv [1], "init") == 0)
        return key_init (argc - 1, argv + 1);
    if (argc > 1 && strcmp (argv [1], "api") == 0)
        return key_api (argc, argv);
    fprintf (stderr, "Usage: meerwaarde key init [--keys DIR] | key api ACCOUNT-ID ORGANISATION-ID LABEL\n");
    return 2;
}

/* ----------------------------------------------------------------------------------- import */

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

typedef struct {
    const char *name, *operation;
    char        separator;
    json_t   *(*row) (char *names [COLUMNS], char *values [COLUMNS], int count);
} list_kind;

static const list_kind kinds [] = {
    { "cpv", "cpv_import", '\t', cpv_row },
    { "municipalities", "municipality_import", ',', municipality_row },
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
    fprintf (stderr, "Usage: meerwaarde import cpv FILE.tsv | import municipalities FILE.csv\n");
    return 2;
}
