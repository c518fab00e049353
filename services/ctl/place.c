/* place.c - where the set is, for every command: on this machine, or over tcp with the operator's key. */
#include "place.h"
#include "../../common/config.h"
#include <stdlib.h>
#include <string.h>

static option options [] = {
    { "control", NULL, "tcp endpoint of a gateway's control socket", "tcp" },
    { "stream", NULL, "tcp endpoint of a gateway's live stream", "tcp" },
    { "keys", "var/keys", "directory of the keys", NULL },
};
enum { COUNT = sizeof options / sizeof *options, WORDS = 32 };

static bool is_ours (const char *word)
{
    size_t length = strcspn (word, "=");
    for (int i = 0; i < COUNT; i++)
        if (strncmp (word, "--", 2) == 0 && strlen (options [i].name) == length - 2 && !strncmp (word + 2, options [i].name, length - 2))
            return true;
    return false;
}

bool place_read (int *argc, char *argv [])
{
    char *ours [WORDS] = { argv [0] };
    const char *rest;
    int count = 1, others = 0, status;
    for (int i = 0; i < *argc; i++)
        if (i > 0 && count < WORDS - 1 && is_ours (argv [i])) {
            ours [count++] = argv [i];
            if (!strchr (argv [i], '=') && i + 1 < *argc)
                ours [count++] = argv [++i];
        } else
            argv [others++] = argv [i];
    *argc = others;
    return config_read (options, COUNT, "", count, ours, &rest, &status);
}

const char *place_control (void)
{
    return config_text (options, COUNT, "control");
}

const char *place_keys (void)
{
    return config_text (options, COUNT, "keys");
}

const keys *place_operator (void)
{
    static keys *ours; /* until the program ends */
    if (!ours && !(ours = keys_new (place_keys (), "operator")))
        exit (2);
    return ours;
}

stream_source place_stream (const char *run)
{
    const char *endpoint = config_text (options, COUNT, "stream");
    return (stream_source) { run, endpoint, endpoint ? place_operator () : NULL };
}
