/* config.c - options from the command line, else the environment, else what the table says. */
#include "config.h"
#include <assert.h>
#include <ctype.h>
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

static const char *environment (const char *name)
{
    char variable [60] = "MEERWAARDE_";
    size_t used = strlen (variable);
    for (; *name && used < sizeof variable - 1; name++)
        variable [used++] = *name == '-' ? '_' : (char) toupper ((unsigned char) *name);
    variable [used] = 0;
    return getenv (variable);
}

static void help (const option *table, size_t count, const char *about, const char *program)
{
    printf ("%s\n\nUsage: %s [--option=value ...]\n\n", about, program);
    for (size_t i = 0; i < count; i++)
        printf ("  --%-14s %s%s%s%s\n", table [i].name, table [i].doc, table [i].fallback ? " [" : "",
                table [i].fallback ? table [i].fallback : "", table [i].fallback ? "]" : "");
    printf ("\nEach option can also be given in the environment: --log as MEERWAARDE_LOG.\n");
}

bool config_read (option *table, size_t count, const char *about, int argc, char *argv [], const char **rest, int *status)
{
    *rest = NULL;
    *status = 0;
    for (size_t i = 0; i < count; i++) {
        const char *given = environment (table [i].name);
        table [i].value = given ? given : table [i].fallback;
    }
    for (int i = 1; i < argc; i++) {
        const char *word = argv [i];
        if (strcmp (word, "--help") == 0) {
            help (table, count, about, argv [0]);
            return false;
        }
        if (strncmp (word, "--", 2)) {
            *rest = word;
            continue;
        }
        size_t length = strcspn (word + 2, "=");
        option *o = find (table, count, word + 2, length);
        if (!o || word [2 + length] != '=') {
            fprintf (stderr, "%s: %s is not an option with a value; try --help\n", argv [0], word);
            *status = 2;
            return false;
        }
        o->value = word + 2 + length + 1;
    }
    return true;
}

const char *config_text (const option *table, size_t count, const char *name)
{
    const option *o = find ((option *) (size_t) table, count, name, strlen (name));
    assert (o);
    return o->value && *o->value ? o->value : NULL;
}

long config_number (const option *table, size_t count, const char *name)
{
    const char *text = config_text (table, count, name);
    return text ? strtol (text, NULL, 10) : 0;
}
