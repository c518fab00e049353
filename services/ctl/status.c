/* status.c - meerwaarde status: every worker, and whether the set is ready. */
#include "client.h"
#include "ctl.h"
#include "place.h"
#include "../../common/config.h"
#include "../../common/text.h"
#include <stdio.h>
#include <string.h>
#include <time.h>

static void print_table (const platform_status_t *s)
{
    printf ("%-18s %-10s %-8s %6s %7s %9s %8s\n", "worker", "service", "build", "credit", "in hand", "oldest ms", "seq");
    for (size_t i = 0; i < s->workers.count; i++) {
        const mwp_status_t *w = &s->workers.at [i];
        printf ("%-18s %-10s %-8s %6lld %7lld %9lld %8lld\n", w->worker, w->service, w->build, (long long) w->credit,
                (long long) w->in_hand, (long long) w->oldest_ms, (long long) w->seq);
    }
    printf ("events %lld, %s\n", (long long) s->head, s->ready ? "ready" : "not ready: a service has no worker");
}

int ctl_status (int argc, char *argv [])
{
    option options [] = {
        { "run", "var/run", "directory of the set's sockets", NULL },
        { "wait", "0", "seconds to wait until the set is ready", "0..86400" },
        { "json", "no", "yes: as JSON", "yes|no" },
    };
    enum { COUNT = sizeof options / sizeof *options, ONE_MS = 1000 };
    const char *rest;
    int status;
    if (!config_read (options, COUNT, "meerwaarde status", argc, argv, &rest, &status))
        return status;
    int64_t until = clock_steady_us () + config_number (options, COUNT, "wait") * INT64_C (1000000);
    platform_status_t now = { 0 };
    client_caller who = client_operator ();
    client *self = client_new (config_text (options, COUNT, "run"));
    int how;
    for (;;) {
        how = client_ask (self, "platform_status", nothing_schema (), &(nothing_t) { 0 }, &who, ONE_MS, &now);
        if ((how == outcome_done && now.ready) || clock_steady_us () >= until)
            break;
        nanosleep (&(struct timespec) { 0, 20000000 }, NULL);
    }
    if (how != outcome_done)
        fprintf (stderr, "meerwaarde: nobody answers at %s; does the set run?\n",
                 place_control () ? place_control () : config_text (options, COUNT, "run"));
    else if (strcmp (config_text (options, COUNT, "json"), "yes") == 0) {
        text_buffer text = { 0 };
        json_write (platform_status_schema (), &now, OWNER, &text);
        printf ("%.*s\n", (int) text.size, text.at);
        text_free (&text);
    } else
        print_table (&now);
    client_destroy (&self);
    return how == outcome_done && now.ready ? 0 : 1;
}
