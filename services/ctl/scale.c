/* scale.c - meerwaarde scale-advice: how many workers, and why. */
#include "advice.h"
#include "ctl.h"
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char about [] =
    "meerwaarde scale-advice: looks at the set for some seconds and says how many workers each service should have.\n"
    "  want = ceil (workers x busy / 0.65), busy being the part of the time in which their threads worked;\n"
    "  up at once, but at most to twice as many; down by one, and only when it was seen for five minutes (--over=300).\n"
    "Advice is for the load that was seen; it does nothing by itself.";

/* The machine that this command runs on, between two looks. */
typedef struct {
    double busy, total;   /* of all cores, in ticks since the start */
    double throttled;     /* microseconds in which our control group was not allowed to run */
} machine;

/* ------------------------------------------------------------------------------------ machine */

static machine look_at_machine (void)
{
    machine m = { 0 };
    double ticks [8] = { 0 };
    FILE *file = fopen ("/proc/stat", "r");
    if (file && fscanf (file, "cpu %lf %lf %lf %lf %lf %lf %lf %lf", &ticks [0], &ticks [1], &ticks [2], &ticks [3], &ticks [4],
                        &ticks [5], &ticks [6], &ticks [7]) == 8)
        for (int i = 0; i < 8; i++) {
            m.total += ticks [i];
            m.busy += i == 3 || i == 4 ? 0 : ticks [i]; /* idle, and waiting for a disk */
        }
    if (file)
        fclose (file);
    file = fopen ("/sys/fs/cgroup/cpu.stat", "r");
    char line [100];
    while (file && fgets (line, sizeof line, file))
        if (strncmp (line, "throttled_usec ", 15) == 0)
            m.throttled = strtod (line + 15, NULL);
    if (file)
        fclose (file);
    return m;
}

static double machine_busy (const machine *before, const machine *now)
{
    return now->total > before->total ? (now->busy - before->busy) / (now->total - before->total) : 0;
}

/* -------------------------------------------------------------------------------------- words */

/* All of them are named: compose sets those that are not to what its file says. False: nothing is to be done. */
static bool command_of (const advice all [], size_t count, text_buffer *out)
{
    bool change = false;
    text_printf (out, "docker compose up -d");
    for (size_t i = 0; i < count; i++) {
        text_printf (out, " --scale %s=%" PRId64, all [i].service, all [i].want);
        change |= all [i].want != all [i].workers;
    }
    return change;
}

static const char *limits_of (double cores_busy, bool throttled)
{
    return cores_busy > 0.9 ? "The cores of this machine are full: more workers here only take time from each other. Add cores or a machine first."
         : throttled ? "This container was held back by its own limit of processor time; if the workers share it, raise that first." : NULL;
}

static void print_advice (const advice all [], size_t count, double cores_busy, bool throttled)
{
    text_buffer command = { 0 };
    bool change = command_of (all, count, &command);
    for (size_t i = 0; i < count; i++)
        printf ("%-10s %" PRId64 " -> %" PRId64 "  %s.\n", all [i].service, all [i].workers, all [i].want, all [i].why);
    printf ("\n%ld cores of this machine, %.0f %% busy.\n", sysconf (_SC_NPROCESSORS_ONLN), 100 * cores_busy);
    if (limits_of (cores_busy, throttled))
        printf ("%s\n", limits_of (cores_busy, throttled));
    change ? printf ("%.*s\n", (int) command.size, command.at) : printf ("Nothing to do.\n");
    text_free (&command);
}

static void print_json (const advice all [], size_t count, double seconds, double cores_busy, bool throttled)
{
    text_buffer command = { 0 };
    bool change = command_of (all, count, &command);
    json_t *services = json_array ();
    for (size_t i = 0; i < count; i++) {
        const advice *a = &all [i];
        json_array_append_new (services, json_pack ("{s:s,s:I,s:I,s:o,s:I,s:I,s:o,s:I,s:I,s:s}", "service", a->service,
            "workers", (json_int_t) a->workers, "threads", (json_int_t) a->threads, "utilisation", a->busy < 0 ? json_null () : json_real (a->busy),
            "queued", (json_int_t) a->queued, "queue_delay_us", (json_int_t) a->delay_us, "lag", a->lag < 0 ? json_null () : json_integer (a->lag),
            "want", (json_int_t) a->want, "later", (json_int_t) a->later, "why", a->why));
    }
    json_t *whole = json_pack ("{s:f,s:i,s:f,s:s?,s:o,s:o}", "seconds", seconds, "cores", (int) sysconf (_SC_NPROCESSORS_ONLN),
        "cores_busy", cores_busy, "limit", limits_of (cores_busy, throttled), "services", services,
        "command", change ? json_stringn (command.at, command.size) : json_null ());
    json_dumpf (whole, stdout, JSON_INDENT (1) | JSON_REAL_PRECISION (4));
    printf ("\n");
    json_decref (whole);
    text_free (&command);
}

/* -------------------------------------------------------------------------------------- main */

/* Never ended by the user: Ctrl-C ends the program. */
static bool wait_visibly (double seconds)
{
    bool person = isatty (STDERR_FILENO);
    for (int left = (int) ceil (seconds); left > 0; left--) {
        if (person)
            fprintf (stderr, "\rlooking at the set, %d s left ", left);
        nanosleep (&(struct timespec) { 1, 0 }, NULL);
    }
    if (person)
        fprintf (stderr, "\r\033[K");
    return false;
}

static int look_and_say (outlook *self, double over, bool json)
{
    advice all [SERVICE_COUNT];
    machine then = look_at_machine ();
    if (!outlook_look_twice (self, "scale-advice", wait_visibly, over))
        return 1;
    machine here = look_at_machine ();
    double cores_busy = machine_busy (&then, &here), seconds = (double) (self->now.at - self->before.at) / 1e6;
    bool throttled = here.throttled - then.throttled > seconds * 1e6 / 20;
    size_t count = advise (&self->before, &self->now, all);
    json ? print_json (all, count, seconds, cores_busy, throttled) : print_advice (all, count, cores_busy, throttled);
    return 0;
}

int ctl_scale (int argc, char *argv [])
{
    option options [] = {
        { "run", "var/run", "directory of the set's sockets", NULL },
        { "over", "5", "seconds to look", NULL },
        { "json", NULL, "yes: as JSON", NULL },
    };
    enum { COUNT = sizeof options / sizeof *options };
    const char *rest;
    double over;
    int status;
    if (!ctl_read (options, COUNT, 0, about, argc, argv, &rest, &status))
        return status;
    if (!ctl_seconds (options, COUNT, "over", 1, 3600, &over))
        return 2;
    outlook self;
    outlook_open (&self, config_text (options, COUNT, "run"));
    status = look_and_say (&self, over, ctl_yes (options, COUNT, "json"));
    outlook_close (&self);
    return status;
}
