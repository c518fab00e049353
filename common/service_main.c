/* service_main.c - a service as a program: its options, and what they are for. */
#include "config.h"
#include "keys.h"
#include "log.h"
#include "mwp.h"
#include "service.h"
#include <malloc.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

/* Whether any of the endpoints is tcp, and so needs keys. */
static bool is_over_tcp (const service_set *set)
{
    return (set->gateways && strstr (set->gateways, "tcp://")) || set->stream;
}

int service_main (const service *service, int argc, char *argv [])
{
    option options [] = {
        { "db", NULL, "PostgreSQL connection string of the service's own role", "conninfo" },
        { "run", "var/run", "directory of the ipc sockets", NULL },
        { "gateways", NULL, "dispatchers, with commas: tcp://NAME:PORT, every address behind the name; else ipc in the run directory", "endpoints" },
        { "stream", NULL, "tcp://NAME:PORT of the live stream of any gateway; else ipc in the run directory", "tcp" },
        { "keys", "var/keys", "directory of the keys, for tcp", NULL },
        { "workers", service->workers ? service->workers : "2", "threads that serve, each with its own connection", "1..64" },
        { "log", "logfmt", "log lines as logfmt or json", "logfmt|json" },
        { "view", NULL, "directory to keep in what was read from the stream, for the next start; else in memory only", NULL },
    };
    const size_t count = sizeof options / sizeof *options - !service->projection;
    const char *rest;
    int status;
    if (!config_read (options, count, service->doc, argc, argv, &rest, &status))
        return status;
    const char *conninfo = service->statement_count ? config_text (options, count, "db") : NULL;
    if (service->statement_count && !conninfo) {
        fprintf (stderr, "%s: --db is missing: say how to reach PostgreSQL\n", argv [0]);
        return 2;
    }
    mallopt (M_ARENA_MAX, 2); /* a few threads with small zones do not need an arena each */
    mwp_start ();
    log_open (service_names [service->id], strcmp (config_text (options, count, "log"), "json") == 0);
    if (sodium_init () < 0)
        return 1;
    service_set set = { config_text (options, count, "run"), config_text (options, count, "gateways"),
                        config_text (options, count, "stream"), NULL,
                        service->projection ? config_text (options, count, "view") : NULL };
    keys *ours = is_over_tcp (&set) ? keys_new (config_text (options, count, "keys"), service_names [service->id]) : NULL;
    if (is_over_tcp (&set) && !ours)
        return 2;
    set.keys = ours;
    status = service_run (service, conninfo, &set, config_number (options, count, "workers"), NULL);
    keys_destroy (&ours);
    return status;
}
