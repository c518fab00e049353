/* top.c - meerwaarde top: the set, live. */
#include "ctl.h"
#include "screen.h"
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static const char about [] =
    "meerwaarde top: what each service and worker does, every second. Ctrl-C ends it.\n"
    "Not on a terminal, or with --once, it looks twice, so that there are rates, and prints once.\n\n"
    "  wrk worker processes that take work   cred/sent/hand  their windows, what gateways sent, what they hold\n"
    "  wait, delay  requests that wait in the gateway; 99 % of the last ones waited less than delay\n"
    "  p50, p99     how long workers took    rtry/hedg/shed  repeated, sent twice, refused since the gateway started\n"
    "  seq, lag     event up to which all its workers have read, and how far that is behind\n"
    "  busy         part of the time in which a worker's threads worked\n"
    "  view         of workers that answer from an index: its offers and bytes, the parts that it consists of and the offers in\n"
    "               all but the largest, how long the last merge took, the event of its statistics, and the last one on the disk\n"
    "  turn         the longest turn of the gateway's loop since it started";

/* The terminal's other page, without a cursor; and back. */
static const char enter [] = "\033[?1049h\033[?25l", leave [] = "\033[?25h\033[?1049l";

static sigset_t ends_of_user (void)
{
    sigset_t ends;
    sigemptyset (&ends);
    sigaddset (&ends, SIGINT);
    sigaddset (&ends, SIGTERM);
    sigaddset (&ends, SIGHUP);
    return ends;
}

/* Waits; true when the user wants to end. Signals are blocked, so they are only seen here. */
static bool is_ended (double seconds)
{
    sigset_t ends = ends_of_user ();
    struct timespec wait = { (time_t) seconds, (long) (fmod (seconds, 1) * 1e9) };
    return sigtimedwait (&ends, NULL, &wait) > 0;
}

static size_t rows_of_terminal (void)
{
    struct winsize size;
    return ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_row : 0;
}

/* From the upper left corner; each line is cleared to its end, and what is below it. */
static void paint (const text_buffer *text)
{
    printf ("\033[H");
    for (size_t i = 0; i < text->size; i++)
        text->at [i] == '\n' ? (void) printf ("\033[K\r\n") : (void) putchar (text->at [i]);
    printf ("\033[J");
    fflush (stdout);
}

static int show_live (outlook *self, double every)
{
    bool answered = false, ended = false;
    printf ("%s", enter);
    while (!ended) {
        text_buffer text = { 0 };
        answered = snapshot_take (&self->now, self->set);
        if (answered)
            screen_write (&self->before, &self->now, rows_of_terminal (), &text);
        else
            text_printf (&text, "No gateway answers at %s; trying again.\n", self->at);
        paint (&text);
        text_free (&text);
        ended = is_ended (every);
        snapshot shown = self->now;
        self->now = self->before;
        self->before = shown;
    }
    printf ("%s", leave);
    return answered ? 0 : 1;
}

static int show_once (outlook *self, double every, bool json)
{
    if (!outlook_look_twice (self, "top", is_ended, every))
        return 1;
    if (json) {
        json_t *all = screen_json (&self->before, &self->now);
        json_dumpf (all, stdout, JSON_COMPACT | JSON_REAL_PRECISION (6));
        printf ("\n");
        json_decref (all);
    } else {
        text_buffer text = { 0 };
        screen_write (&self->before, &self->now, 0, &text);
        fwrite (text.at, 1, text.size, stdout);
        text_free (&text);
    }
    return 0;
}

int ctl_top (int argc, char *argv [])
{
    option options [] = {
        { "run", "var/run", "directory of the set's sockets", NULL },
        { "every", "1", "seconds between two looks", NULL },
        { "json", NULL, "yes: once, as JSON", NULL },
    };
    enum { COUNT = sizeof options / sizeof *options };
    const char *rest;
    double every;
    int status;
    bool once = ctl_flag (&argc, argv, "--once");
    if (!ctl_read (options, COUNT, 0, about, argc, argv, &rest, &status))
        return status;
    if (!ctl_seconds (options, COUNT, "every", 0.1, 3600, &every))
        return 2;
    bool json = ctl_yes (options, COUNT, "json");
    sigset_t ends = ends_of_user ();
    sigprocmask (SIG_BLOCK, &ends, NULL);
    outlook self;
    outlook_open (&self, config_text (options, COUNT, "run"));
    status = once || json || !isatty (STDOUT_FILENO) ? show_once (&self, every, json) : show_live (&self, every);
    outlook_close (&self);
    return status;
}
