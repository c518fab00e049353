/* health.c - meerwaarde health: can a process do its work? For container engines, which ask every second. */
#include "ctl.h"
#include "../../common/health.h"
#include "../../common/vocabulary.h"
#include <stdio.h>
#include <string.h>

/* Who tells how it is: the services, and what one of them does in a process of its own (duty, common/service.h). */
static const char *name_of (int i)
{
    static const char *const duties [] = { "alerts", "outgoing", NULL };
    return i < SERVICE_COUNT ? service_names [i] : duties [i - SERVICE_COUNT];
}

static bool is_known (const char *name)
{
    for (int i = 0; name_of (i); i++)
        if (strcmp (name_of (i), name) == 0)
            return true;
    fprintf (stderr, "meerwaarde health: there is no %s; there are", name);
    for (int i = 0; name_of (i); i++)
        fprintf (stderr, "%s %s", i ? "," : "", name_of (i));
    fprintf (stderr, "\n");
    return false;
}

int ctl_health (int argc, char *argv [])
{
    option options [] = {
        { "run", "var/run", "run directory of the process: it keeps SERVICE.health there", NULL },
    };
    enum { COUNT = sizeof options / sizeof *options };
    const char *name;
    char why [HEALTH_WHY];
    int status;
    if (!ctl_read (options, COUNT, 1, "meerwaarde health SERVICE: status 0 when it can do its work; else 1, and why not", argc, argv, &name, &status))
        return status;
    if (!is_known (name))
        return 2;
    if (health_read (config_text (options, COUNT, "run"), name, why))
        return 0;
    fprintf (stderr, "%s\n", why);
    return 1;
}
