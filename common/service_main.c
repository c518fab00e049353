/* service_main.c - a service as a program: its options, and what they are for. */
#include "config.h"
#include "health.h"
#include "keys.h"
#include "log.h"
#include "mwp.h"
#include "service.h"
#include <assert.h>
#include <malloc.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

/* Whether any of the endpoints is tcp, and so needs keys. */
static bool is_over_tcp (const service_set *set)
{
    return (set->gateways && strstr (set->gateways, "tcp://")) || set->stream;
}

enum { OPTIONS_MOST = 24, HEALTH_MS = 500 };

/* The options of every service, and those of its duty. */
static size_t add_duty (const duty *self, option options [], size_t count)
{
    if (!self)
        return count;
    options [count++] = (option) { "serve", "answers", "what this process does, with commas", self->serve };
    assert (count + self->option_count <= OPTIONS_MOST);
    memcpy (options + count, self->options, self->option_count * sizeof *options);
    return count + self->option_count;
}

static bool serves (const option *options, size_t count, const duty *self, const char *what)
{
    return self ? strstr (config_text (options, count, "serve"), what) != NULL : strcmp (what, "answers") == 0;
}

/* A process that does its duty and answers nobody, until a signal. */
static void attend (const duty *self, duty_args *args)
{
    health health;
    health_open (&health, args->set->run, self->name);
    while (!zsys_interrupted && !atomic_load (&args->broken)) {
        health_tell (&health, atomic_load (&args->trouble));
        zclock_sleep (HEALTH_MS);
    }
    health_close (&health);
}

/* Answers, does its duty, or both. Exit status. */
static int work (const service *service, const char *conninfo, const service_set *set, option options [], size_t count)
{
    const duty *duty = service->duty;
    duty_args args = { .service = service, .conninfo = conninfo, .set = set, .options = options, .option_count = count,
                       .trouble = "it begins" };
    zactor_t *at_work = duty && serves (options, count, duty, duty->name) ? zactor_new (duty->run, &args) : NULL;
    int status = 0;
    if (!atomic_load (&args.broken) && serves (options, count, duty, "answers"))
        status = service_run (service, conninfo, set, config_number (options, count, "workers"), NULL);
    else if (duty && !atomic_load (&args.broken))
        attend (duty, &args);
    zactor_destroy (&at_work);
    return status || atomic_load (&args.broken);
}

int service_main (const service *service, int argc, char *argv [])
{
    option options [OPTIONS_MOST] = {
        { "db", NULL, "PostgreSQL connection string of the service's own role", "conninfo" },
        { "run", "var/run", "directory of the ipc sockets", NULL },
        { "gateways", NULL, "dispatchers, with commas: tcp://NAME:PORT, every address behind the name; else ipc in the run directory", "endpoints" },
        { "stream", NULL, "tcp://NAME:PORT of the live stream of any gateway; else ipc in the run directory", "tcp" },
        { "keys", "var/keys", "directory of the keys, for tcp and for signing", NULL },
        { "workers", service->workers ? service->workers : "2", "threads that serve, each with its own connection", "1..64" },
        { "log", "logfmt", "log lines as logfmt or json", "logfmt|json" },
        { "view", NULL, "directory to keep in what was read from the stream, for the next start; else in memory only", NULL },
    };
    size_t count = 0;
    while (options [count].name)
        count++;
    count = add_duty (service->duty, options, count - !service->projection);
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
    service_set set = { .run = config_text (options, count, "run"), .gateways = config_text (options, count, "gateways"),
                        .stream = config_text (options, count, "stream"),
                        .view = service->projection ? config_text (options, count, "view") : NULL };
    keys *ours = is_over_tcp (&set) ? keys_new (config_text (options, count, "keys"), service_names [service->id]) : NULL;
    if (is_over_tcp (&set) && !ours)
        return 2;
    set.keys = ours;
    signer *pen = service->signs ? signer_new (config_text (options, count, "keys")) : NULL;
    if (service->signs && !pen)
        log_text ("warn", "no_signing_key: what has to be signed is refused", "keys", config_text (options, count, "keys"));
    set.signer = pen;
    sealer *wax = service->seals ? sealer_new (config_text (options, count, "keys")) : NULL;
    if (service->seals && !wax)
        log_text ("warn", "no_sealing_key: what has to be sealed is refused", "keys", config_text (options, count, "keys"));
    set.sealer = wax;
    status = work (service, conninfo, &set, options, count);
    sealer_destroy (&wax);
    signer_destroy (&pen);
    keys_destroy (&ours);
    return status;
}
