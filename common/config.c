/* config.c - options from the command line, else the environment, else what the table says. */
#include "config.h"
#include "resolve.h"
#include <arpa/inet.h>
#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static option *find (option *table, size_t count, const char *name, size_t length)
{
    for (size_t i = 0; i < count; i++)
        if (strlen (table [i].name) == length && memcmp (table [i].name, name, length) == 0)
            return &table [i];
    return NULL;
}

static void variable_of (const char *name, char out [60])
{
    size_t used = strlen (strcpy (out, "MEERWAARDE_"));
    for (; *name && used < 59; name++)
        out [used++] = (char) (*name == '-' ? '_' : toupper ((unsigned char) *name));
    out [used] = '\0';
}

/* -------------------------------------------------------------------------------------- kinds */

static bool is_number (const char *text, const char *range)
{
    char *end, *after;
    long long least = strtoll (range, &end, 10), most = strtoll (end + 2, NULL, 10);
    errno = 0;
    long long number = strtoll (text, &after, 10);
    return (isdigit ((unsigned char) *text) || *text == '-') && !*after && !errno && number >= least && number <= most;
}

static bool is_word (const char *text, const char *words)
{
    size_t size = strlen (text);
    for (const char *at = words; at; at = strchr (at, '|')) {
        at += *at == '|';
        if (strncmp (at, text, size) == 0 && (at [size] == '|' || !at [size]))
            return true;
    }
    return false;
}

/* A name, `*`, or an address that is one: what is made of digits and points alone has four of them. */
static bool is_host (const char *host)
{
    struct in6_addr ignored;
    size_t size = strlen (host);
    if (strchr (host, ':'))
        return inet_pton (AF_INET6, host, &ignored) == 1;
    if (strspn (host, "0123456789.") == size)
        return inet_pton (AF_INET, host, &ignored) == 1;
    return strcmp (host, "*") == 0
        || strspn (host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_") == size;
}

static bool is_tcp (const char *text)
{
    char host [256], port [6];
    return endpoint_split (text, host, port) && is_host (host);
}

static bool is_address (const char *text)
{
    char endpoint [ENDPOINT_TEXT];
    return snprintf (endpoint, sizeof endpoint, "tcp://%s", text) < (int) sizeof endpoint && is_tcp (endpoint);
}

static bool are_endpoints (const char *text)
{
    char *all = strdup (text), *rest;
    bool good = all && *all != ',';
    for (char *at = good ? strtok_r (all, ",", &rest) : NULL; at && good; at = strtok_r (NULL, ",", &rest))
        good = is_tcp (at) || (strncmp (at, "ipc://", 6) == 0 && at [6]);
    free (all);
    return good;
}

static bool is_conninfo (const char *text)
{
    PQconninfoOption *parts = PQconninfoParse (text, NULL);
    PQconninfoFree (parts);
    return parts;
}

static const struct {
    const char *kind, *expected;
    bool      (*fits) (const char *);
} kinds [] = {
    { "address", "HOST:PORT, with a port from 1 to 65535", is_address },
    { "tcp", "tcp://HOST:PORT, with a port from 1 to 65535", is_tcp },
    { "endpoints", "tcp://HOST:PORT or ipc://PATH, several with commas between", are_endpoints },
    { "conninfo", "a connection string of PostgreSQL, as in: host=db dbname=meerwaarde user=mw_catalog", is_conninfo },
};

/* NULL when the text is what the option wants; else what it wants, in words. */
static const char *misses (const option *o, const char *text, char words [120])
{
    if (!o->kind)
        return NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp (o->kind, kinds [i].kind) == 0)
            return kinds [i].fits (text) ? NULL : kinds [i].expected;
    const char *dots = strstr (o->kind, "..");
    if (dots ? is_number (text, o->kind) : is_word (text, o->kind))
        return NULL;
    if (dots)
        snprintf (words, 120, "a number from %.*s to %s", (int) (dots - o->kind), o->kind, dots + 2);
    else
        snprintf (words, 120, "one of: %s", o->kind);
    return words;
}

/* ------------------------------------------------------------------------------------- reading */

/* `given` was said by `who`, an option or a variable. */
static bool take (option *o, const char *given, const char *who, const char *program)
{
    char words [120];
    if (!given || !*given)
        return true;
    const char *wanted = misses (o, given, words);
    bool secret = o->kind && strcmp (o->kind, "conninfo") == 0; /* it may hold a password */
    if (wanted)
        fprintf (stderr, "%s: %s is \"%s\"; it must be %s\n", program, who, secret ? "..." : given, wanted);
    o->value = given;
    return !wanted;
}

static void help (const option *table, size_t count, const char *about, const char *program)
{
    printf ("%s\n\nUsage: %s [--option=value ...]\n\n", about, program);
    for (size_t i = 0; i < count; i++)
        printf ("  --%-14s %s%s%s%s\n", table [i].name, table [i].doc, table [i].value ? " [" : "",
                table [i].value ? table [i].value : "", table [i].value ? "]" : "");
    printf ("\nEach option can also be given in the environment: --log as MEERWAARDE_LOG.\n");
}

static bool read_environment (option *table, size_t count, const char *program)
{
    char variable [60];
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        variable_of (table [i].name, variable);
        good &= take (&table [i], getenv (variable), variable, program);
    }
    return good;
}

/* How many arguments the one at hand takes: --name=value is one, --name value are two; 0: it is no option. */
static int arguments (const option *table, size_t count, int left, char *const at [])
{
    if (strncmp (at [0], "--", 2))
        return 0;
    bool apart = find ((option *) (uintptr_t) table, count, at [0] + 2, strlen (at [0] + 2)) && left > 1 && strncmp (at [1], "--", 2);
    return 1 + apart;
}

static bool read_option (option *table, size_t count, int taken, char *const at [], const char *program)
{
    char who [60];
    const char *word = at [0] + 2;
    size_t length = strcspn (word, "=");
    option *o = find (table, count, word, length);
    if (!o || (taken == 1 && word [length] != '=')) {
        fprintf (stderr, "%s: %s is not an option with a value; try --help\n", program, at [0]);
        return false;
    }
    snprintf (who, sizeof who, "--%s", o->name);
    return take (o, taken == 1 ? word + length + 1 : at [1], who, program);
}

size_t config_words (const option *table, size_t count, int argc, char *argv [], const char *words [], size_t room)
{
    size_t found = 0;
    for (int i = 1, taken; i < argc; i += taken ? taken : 1) {
        taken = arguments (table, count, argc - i, argv + i);
        if (!taken && found++ < room)
            words [found - 1] = argv [i];
    }
    return found;
}

bool config_read (option *table, size_t count, const char *about, int argc, char *argv [], const char **rest, int *status)
{
    *rest = NULL;
    *status = 0;
    for (int i = 1; i < argc; i++)
        if (strcmp (argv [i], "--help") == 0) {
            help (table, count, about, argv [0]);
            return false;
        }
    bool good = read_environment (table, count, argv [0]);
    for (int i = 1, taken; i < argc; i += taken ? taken : 1) {
        taken = arguments (table, count, argc - i, argv + i);
        if (taken)
            good &= read_option (table, count, taken, argv + i, argv [0]);
        else
            *rest = argv [i];
    }
    *status = good ? 0 : 2;
    return good;
}

const char *config_text (const option *table, size_t count, const char *name)
{
    const option *o = find ((option *) (uintptr_t) table, count, name, strlen (name));
    assert (o);
    return o->value;
}

long config_number (const option *table, size_t count, const char *name)
{
    const char *text = config_text (table, count, name);
    return text ? strtol (text, NULL, 10) : 0;
}
