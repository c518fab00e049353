/* main.c - meerwaarde, the operator's command line. */
#include "ctl.h"
#include "events.h"
#include "place.h"
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name, *use, *doc;
    int       (*run) (int argc, char *argv []);
} commands [] = {
    { "status", "[--wait=SECONDS] [--json=yes]", "every worker, and whether the set is ready", ctl_status },
    { "top", "[--every=SECONDS] [--once] [--json=yes]", "what each service and worker does, live", ctl_top },
    { "health", "SERVICE", "can that process here do its work? for container engines", ctl_health },
    { "drain", "WORKER [--wait=SECONDS]", "take one worker out, without losing a request", ctl_drain },
    { "scale-advice", "[--over=SECONDS] [--json=yes]", "how many workers each service should have, and why", ctl_scale },
    { "call", "OPERATION JSON [--as ACCOUNT:ORG:ROLES]", "run an operation past HTTP", ctl_call },
    { "match", "WORDS [--municipality=GM0153] [--limit=10] [--json=yes]", "the offers that words find", ctl_match },
    { "why", "RUN [--json=yes]", "a kept ranking computed again: the same, or where it differs", ctl_why },
    { "rules", "[diff A B] [--runs=100] [--json=yes]", "the sets of weights; what a change would do to kept rankings", ctl_rules },
    { "events", "tail [--after=N] [--audience=all] [--json]", "follow the stream", ctl_events },
    { "verify", "[--from=N] [--to=N]", "walk the stream's hash chain; names the first tampered event", ctl_verify },
    { "verify-pack", "FILE --key=KEY", "proves that a need's pack is what the platform signed; works anywhere", ctl_verify_pack },
    { "verify-receipt", "FILE --key=KEY [--content=FILE]", "proves what was handed in, and when", ctl_verify_receipt },
    { "import", "cpv|municipalities|kvk FILE", "load an official list", ctl_import },
    { "user", "add EMAIL NAME", "make an account, or set its password (asked, or from standard input)", ctl_user },
    { "key", "init | list | rotate NAME | retire NAME | ...", "the set's keys, and those of systems outside; key --help", ctl_key },
    { "demo", "DIRECTORY [--once=FILE]", "play the demo set through the operations", ctl_demo },
    { "print", "openapi|types|words|diagrams|processes", "what proto/ declares, for others", ctl_print },
};
enum { COMMANDS = sizeof commands / sizeof *commands };

int main (int argc, char *argv [])
{
    if (sodium_init () < 0)
        return 1;
    if (!place_read (&argc, argv))
        return 2;
    for (int i = 0; argc > 1 && i < COMMANDS; i++)
        if (strcmp (argv [1], commands [i].name) == 0)
            return commands [i].run (argc - 1, argv + 1);
    bool asked = argc > 1 && strcmp (argv [1], "--help") == 0;
    FILE *out = asked ? stdout : stderr;
    if (argc > 1 && !asked)
        fprintf (out, "meerwaarde: there is no command %s\n\n", argv [1]);
    fprintf (out, "Usage: meerwaarde COMMAND ...\n\n");
    for (int i = 0; i < COMMANDS; i++)
        fprintf (out, "  %-12s %-50s %s\n", commands [i].name, commands [i].use, commands [i].doc);
    fprintf (out, "\n--run=DIR (or MEERWAARDE_RUN) says where the set's sockets are; var/run if not given. From another machine:\n"
                  "--control=tcp://HOST:5570 and --stream=tcp://HOST:5560 (or MEERWAARDE_CONTROL, MEERWAARDE_STREAM), with the\n"
                  "operator's key in --keys=DIR (or MEERWAARDE_KEYS).\n");
    return asked ? 0 : 2;
}
