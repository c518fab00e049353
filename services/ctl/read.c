/* read.c - what a command was given, checked. */
#include "ctl.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool ctl_read (option *options, size_t count, size_t words, const char *about, int argc, char *argv [], const char **word, int *status)
{
    if (!config_read (options, count, about, argc, argv, word, status))
        return false;
    size_t given = config_words (options, count, argc, argv, NULL, 0);
    if (given == words)
        return true;
    fprintf (stderr, "meerwaarde %s: it takes %s, not %zu; try --help\n", argv [0], words ? "one name" : "options only", given);
    *status = 2;
    return false;
}

bool ctl_seconds (const option *options, size_t count, const char *name, double least, double most, double *seconds)
{
    const char *text = config_text (options, count, name);
    char *end = NULL;
    *seconds = text ? strtod (text, &end) : 0;
    if (text && *end == 0 && *seconds >= least && *seconds <= most)
        return true;
    fprintf (stderr, "meerwaarde: --%s=%s is not a number of seconds from %g to %g\n", name, text ? text : "", least, most);
    return false;
}

bool ctl_flag (int *argc, char *argv [], const char *flag)
{
    for (int i = 1; i < *argc; i++)
        if (strcmp (argv [i], flag) == 0) {
            memmove (argv + i, argv + i + 1, (size_t) (*argc - i) * sizeof *argv);
            --*argc;
            return true;
        }
    return false;
}

bool ctl_yes (const option *options, size_t count, const char *name)
{
    const char *text = config_text (options, count, name);
    return text && strcmp (text, "yes") == 0;
}
