/* load.c - drives a set with requests that leave on a schedule, whatever its answers do.
 *
 * The schedule is a Poisson process, and a duration counts from when a request should have left, so that a set that
 * falls behind cannot slow the questions down and look better than it is. With --rate=0 it asks as fast as it is
 * answered instead: that finds the most a set can do, and its durations say nothing about callers.               */
#include "lines.h"
#include "plan.h"
#include "../../common/config.h"
#include "../../common/text.h"
#include <assert.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { REPEAT_AFTER_US = 1000000, HOSTS = 200, BEATS = 10 };

static option options [] = {
    { "url", "http://127.0.0.1:8080", "the gateway", NULL },
    { "rate", "200", "requests a second; 0: as fast as they are answered", NULL },
    { "seconds", "30", "how long", NULL },
    { "profile", "mix", "browse, match, deal (drafts needs) or mix", NULL },
    { "ask", NULL, "instead of a profile: GET this path", NULL },
    { "as", "karin@enschede.example", "who asks: e-mail addresses, with commas", NULL },
    { "password", "meerwaarde-demo", "of all of them", NULL },
    { "token", NULL, "instead of logging in: bearer tokens, with commas", NULL },
    { "connections", "512", "at most so many; what finds none is counted as crowded", NULL },
    { "timeout", "15", "seconds that an answer may take", NULL },
    { "repeats", "0", "how often a write that failed is sent again under its key, a second later", NULL },
    { "orders-from", "-1", "deals are orders for prepared quotes from this number on, for tests", NULL },
    { "seed", "0", "of the schedule and what is asked; 0: from the clock", NULL },
    { "json", NULL, "yes: the summary as JSON", NULL },
};
enum { OPTIONS = sizeof options / sizeof *options };

typedef struct request {
    struct request *next;
    draw            what;
    int64_t         due, sent;
    long            repeats_left;
} request;

typedef struct {
    struct event_base *loop;
    struct event      *wake, *beat;
    plan              *plan;
    lines             *lines;
    ledger            *ledger;
    request           *repeating, **last; /* in the order in which they go out again */
    double             rate;
    int64_t            next_due, end, now;
    long               repeats;
    bool               closed_loop;
} load;

static const char *given (const char *name)
{
    return config_text (options, OPTIONS, name);
}

static long number (const char *name)
{
    return config_number (options, OPTIONS, name);
}

/* -------------------------------------------------------------------------------------- requests */

static void dispatch (load *self, request *it)
{
    char text [REQUEST_BYTES];
    if (!lines_have_room (self->lines)) {
        ledger_note (self->ledger, it->what.sort, CROWDED, it->due, it->due, self->now);
        free (it);
        return;
    }
    size_t size = plan_write (self->plan, &it->what, text, sizeof text);
    it->sent = self->now;
    lines_send (self->lines, it, text, size, it->sent);
}

static void start (load *self, int64_t due)
{
    request *it = calloc (1, sizeof *it);
    assert (it);
    *it = (request) { .what = plan_draw (self->plan), .due = due };
    it->repeats_left = it->what.sort == DEAL ? self->repeats : 0;
    dispatch (self, it);
}

static result result_of (int status, bool says_when)
{
    bool later = (status == 503 || status == 409) && says_when; /* 409: the same write, that went to another one before, is not over yet */
    return status == 0 ? BROKEN : status == 429 && says_when ? QUOTA : later ? REFUSED : status / 100 == 2 ? GOOD : OTHER;
}

static void answered (void *to, void *arg, int status, bool says_when)
{
    load *self = to;
    request *it = arg;
    result what = result_of (status, says_when);
    self->now = clock_steady_us ();
    if (what == OTHER)
        fprintf (stderr, "load: %s was answered %d\n", sort_names [it->what.sort], status);
    if (what != GOOD && what != OTHER && it->repeats_left-- > 0) {
        self->ledger->by_sort [it->what.sort].repeats++;
        it->sent = self->now; /* since when it waits */
        it->next = NULL;
        *self->last = it;
        self->last = &it->next;
        return;
    }
    ledger_note (self->ledger, it->what.sort, what, it->due, it->sent, self->now);
    free (it);
    if (self->closed_loop && self->now < self->end)
        start (self, self->now);
}

static void repeat_due (load *self)
{
    while (self->repeating && self->now - self->repeating->sent >= REPEAT_AFTER_US) {
        request *it = self->repeating;
        self->repeating = it->next;
        if (!self->repeating)
            self->last = &self->repeating;
        dispatch (self, it);
    }
}

/* ------------------------------------------------------------------------------------------ time */

static void on_wake (evutil_socket_t fd, short what, void *arg)
{
    (void) fd;
    (void) what;
    load *self = arg;
    self->now = clock_steady_us ();
    for (; self->next_due <= self->now && self->next_due < self->end; self->now = clock_steady_us ()) {
        start (self, self->next_due);
        self->next_due += (int64_t) (-log1p (-plan_chance (self->plan)) / self->rate * 1e6);
    }
    int64_t left = self->next_due - self->now;
    if (self->next_due < self->end)
        event_add (self->wake, &(struct timeval) { left > 0 ? left / 1000000 : 0, left > 0 ? left % 1000000 : 0 });
}

/* Ten times a second: what comes again, what takes too long, whether it is over; each second a line. */
static void on_beat (evutil_socket_t fd, short what, void *arg)
{
    (void) fd;
    (void) what;
    load *self = arg;
    static unsigned beats;
    self->now = clock_steady_us ();
    repeat_due (self);
    lines_expire (self->lines, self->now);
    if (++beats % BEATS == 0)
        ledger_progress (self->ledger, self->now, lines_busy (self->lines), stderr);
    if (self->now >= self->end && !lines_busy (self->lines) && !self->repeating)
        event_base_loopbreak (self->loop);
}

/* The first signal lets what is under way end; a second one does not wait for it. */
static void on_signal (evutil_socket_t fd, short what, void *arg)
{
    (void) fd;
    (void) what;
    load *self = arg;
    self->now = clock_steady_us ();
    if (self->now >= self->end)
        event_base_loopbreak (self->loop);
    self->end = self->end < self->now ? self->end : self->now;
}

/* ----------------------------------------------------------------------------------------- start */

/* "http://host:port" as an address and a Host header; false after a fault, which was told. */
static bool find_host (const char *url, char host [HOSTS], struct addrinfo **out)
{
    char name [HOSTS];
    static const char scheme [] = "http://";
    const struct addrinfo wanted = { .ai_socktype = SOCK_STREAM };
    if (strncmp (url, scheme, sizeof scheme - 1) || strlen (url) >= HOSTS) {
        fprintf (stderr, "load: --url=%s is not http://host:port; TLS ends at the ingress, ask behind it.\n", url);
        return false;
    }
    snprintf (host, HOSTS, "%.*s", (int) strcspn (url + sizeof scheme - 1, "/"), url + sizeof scheme - 1);
    snprintf (name, HOSTS, "%s", host);
    char *port = strrchr (name, ':');
    if (port)
        *port++ = 0;
    int fault = getaddrinfo (name, port ? port : "80", &wanted, out);
    if (fault)
        fprintf (stderr, "load: %s: %s\n", host, gai_strerror (fault));
    return !fault;
}

static uint64_t seed (void)
{
    const char *text = given ("seed");
    uint64_t chosen = text ? strtoull (text, NULL, 10) : 0;
    return chosen ? chosen : (uint64_t) clock_steady_us () % 1000000007;
}

static plan *make_plan (const struct addrinfo *to, const char *host)
{
    plan_options wanted = {
        .to = to, .host = host, .profile = given ("profile"), .ask = given ("ask"), .as = given ("as"),
        .password = given ("password"), .token = given ("token"), .orders_from = number ("orders-from"), .seed = seed (),
    };
    fprintf (stderr, "%s at %s, seed %llu\n", wanted.ask ? wanted.ask : wanted.profile, host, (unsigned long long) wanted.seed);
    return plan_new (&wanted);
}

static void drive (load *self, const struct addrinfo *to)
{
    struct event_config *precise = event_config_new ();
    event_config_set_flag (precise, EVENT_BASE_FLAG_PRECISE_TIMER); /* else a request leaves up to a millisecond late */
    self->loop = event_base_new_with_config (precise);
    assert (self->loop);
    self->now = clock_steady_us ();
    self->next_due = self->now;
    self->end = self->now + number ("seconds") * 1000000;
    self->ledger = ledger_new (number ("seconds"), self->now);
    self->lines = lines_new (self->loop, to->ai_addr, to->ai_addrlen, (size_t) number ("connections"),
                             number ("timeout") * 1000000, answered, self);
    self->wake = event_new (self->loop, -1, 0, on_wake, self);
    self->beat = event_new (self->loop, -1, EV_PERSIST, on_beat, self);
    event_add (self->beat, &(struct timeval) { 0, 1000000 / BEATS });
    struct event *interrupt = evsignal_new (self->loop, SIGINT, on_signal, self);
    event_add (interrupt, NULL);
    if (self->closed_loop)
        for (long i = 0; i < number ("connections"); i++)
            start (self, self->now);
    else
        event_active (self->wake, EV_TIMEOUT, 0);
    event_base_dispatch (self->loop);
    event_free (interrupt);
    event_free (self->wake);
    event_free (self->beat);
    event_config_free (precise);
}

static bool options_make_sense (void)
{
    static const struct { const char *name; long least, most; } bounds [] = {
        { "rate", 0, 1000000 }, { "seconds", 1, 86400 }, { "connections", 1, 20000 }, { "timeout", 1, 600 }, { "repeats", 0, 1000 },
    };
    bool fine = true;
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
        const char *text = given (bounds [i].name);
        char *end = NULL;
        long value = text ? strtol (text, &end, 10) : -1;
        if (!text || *end || value < bounds [i].least || value > bounds [i].most) {
            fprintf (stderr, "load: --%s has to be a number from %ld to %ld.\n", bounds [i].name, bounds [i].least, bounds [i].most);
            fine = false;
        }
    }
    return fine;
}

int main (int argc, char *argv [])
{
    const char *rest;
    char host [HOSTS];
    struct addrinfo *to;
    int status;
    if (!config_read (options, OPTIONS, "Drives a set with requests that leave on a schedule, whatever its answers do.",
                      argc, argv, &rest, &status))
        return status;
    if (!options_make_sense () || !find_host (given ("url"), host, &to))
        return 2;
    struct rlimit files;
    getrlimit (RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max; /* a connection each */
    setrlimit (RLIMIT_NOFILE, &files);
    load self = { .rate = (double) number ("rate"), .repeats = number ("repeats"), .closed_loop = number ("rate") == 0,
                  .plan = make_plan (to, host) };
    self.last = &self.repeating;
    if (!self.plan)
        return 1;
    drive (&self, to);
    (given ("json") ? ledger_json : ledger_table) (self.ledger, stdout);
    lines_destroy (&self.lines);
    ledger_destroy (&self.ledger);
    plan_destroy (&self.plan);
    event_base_free (self.loop);
    freeaddrinfo (to);
    return 0;
}
