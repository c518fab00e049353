/* drain.c - meerwaarde drain: takes one worker out, which finishes what it has. */
#include "ctl.h"
#include "platform.h"
#include "../../common/text.h"
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char about [] =
    "meerwaarde drain WORKER: gives a worker nothing more; it finishes what it has in hand, and ends.\n"
    "Where something restarts what ends, as a container engine does, it comes back as a new worker: this is for taking\n"
    "one out that misbehaves. How many there are is the orchestrator's to say:\n"
    "  docker compose up -d --scale matching=2\n"
    "Its way down is the same drain, so that no request is lost either.";

static bool takes_work (const mwp_status_t *w)
{
    return w->ready && !w->suspect;
}

static bool is_only_one (const snapshot *now, const mwp_status_t *worker)
{
    for (size_t i = 0; i < now->is.workers.count; i++) {
        const mwp_status_t *w = &now->is.workers.at [i];
        if (w != worker && takes_work (w) && strcmp (w->service, worker->service) == 0)
            return false;
    }
    return true;
}

static void tell_names (const snapshot *now, const char *name)
{
    fprintf (stderr, "meerwaarde drain: there is no worker %s; there are:\n", name);
    for (size_t i = 0; i < now->is.workers.count; i++)
        fprintf (stderr, "  %s\n", now->is.workers.at [i].worker);
}

/* May it be drained? Tells why not. */
static bool may_go (const snapshot *now, const char *name, bool even_alone)
{
    const mwp_status_t *w = snapshot_worker (now, name);
    if (!w)
        tell_names (now, name);
    else if (strcmp (w->service, service_names [SERVICE_GATEWAY]) == 0)
        fprintf (stderr, "meerwaarde drain: %s is a part of the gateway; stop the gateway itself\n", name);
    else if (!even_alone && is_only_one (now, w))
        fprintf (stderr, "meerwaarde drain: %s is the only worker of %s: its requests would be refused until another one starts;"
                         " --alone=yes does it nonetheless\n", name, w->service);
    else
        return true;
    return false;
}

static void tell_progress (const mwp_status_t *w, int64_t *last)
{
    bool person = isatty (STDOUT_FILENO);
    if (w->in_hand != *last)
        printf (person ? "\r%s: in hand %lld   " : "%s: in hand %lld\n", w->worker, (long long) w->in_hand);
    fflush (stdout);
    *last = w->in_hand;
}

/* Until it is gone: nobody knows the name any more, or a new process has it. */
static bool wait_until_gone (outlook *self, const char *name, double seconds)
{
    int64_t until = clock_steady_us () + (int64_t) (seconds * 1e6), last = -1;
    while (clock_steady_us () < until) {
        const mwp_status_t *w = NULL;
        if (snapshot_take (&self->now, self->set) && (!(w = snapshot_worker (&self->now, name)) || w->ready))
            return true;
        if (w)
            tell_progress (w, &last);
        nanosleep (&(struct timespec) { 0, 50000000 }, NULL);
    }
    return false;
}

static int drain (outlook *self, const char *name, bool even_alone, double seconds)
{
    client_caller who = client_operator ();
    worker_ref_t which = { 0 };
    nothing_t nothing;
    schema_set_text (worker_ref_schema (), &which, "worker", name);
    if (!outlook_look (self, "drain") || !may_go (&self->now, name, even_alone))
        return 1;
    int how = client_ask (self->set, "worker_drain", worker_ref_schema (), &which, &who, CALL_MS, &nothing);
    if (how != outcome_done) {
        fprintf (stderr, "meerwaarde drain: the gateway could not tell %s to end (%s)\n", name, how < 0 ? "no answer" : outcome_words ()->words [how].word);
        return 1;
    }
    if (!wait_until_gone (self, name, seconds)) {
        fprintf (stderr, "\nmeerwaarde drain: %s gets nothing more, but is still there after %g s\n", name, seconds);
        return 1;
    }
    printf ("%s%s is gone\n", isatty (STDOUT_FILENO) ? "\r\033[K" : "", name);
    return 0;
}

int ctl_drain (int argc, char *argv [])
{
    option options [] = {
        { "run", "var/run", "directory of the set's sockets", NULL },
        { "wait", "30", "seconds to wait until it is gone", NULL },
        { "alone", NULL, "yes: also when no other worker serves the same", NULL },
    };
    enum { COUNT = sizeof options / sizeof *options };
    const char *name;
    double seconds;
    int status;
    if (!ctl_read (options, COUNT, 1, about, argc, argv, &name, &status))
        return status;
    if (!ctl_seconds (options, COUNT, "wait", 0, 3600, &seconds))
        return 2;
    outlook self;
    outlook_open (&self, config_text (options, COUNT, "run"));
    status = drain (&self, name, ctl_yes (options, COUNT, "alone"), seconds);
    outlook_close (&self);
    return status;
}
