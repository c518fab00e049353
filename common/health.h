/* health.h - a process tells in a file that it can do its work, for those who watch over it.
 *
 * <run>/<name>.health holds one line, `ready` or why not, and is written anew at least twice a second by the thread that
 * takes the work: one that hangs falls silent. Processes that share a run directory and a name share the file. */
#ifndef HEALTH_H
#define HEALTH_H
#include <stdbool.h>
#include <stdint.h>

enum { HEALTH_FRESH_MS = 3000, HEALTH_WHY = 400 };

typedef struct {
    char     path [300], said [100];
    int64_t  told;  /* clock_steady_us; 0: never */
    uint64_t inode; /* of the file, as long as it is ours */
} health;

void health_open (health *, const char *run, const char *name);
/* To be called at least every 500 ms. `why` NULL: ready. Touches no disk unless the text changed. */
void health_tell (health *, const char *why);
/* Takes the file away. */
void health_close (health *);

/* Is there a file of that name, fresh and ready? If not, a sentence about it in `why`. */
bool health_read (const char *run, const char *name, char why [HEALTH_WHY]);
#endif
