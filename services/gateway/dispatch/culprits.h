/* culprits.h - requests that were with workers when those died, known by what they ask for. */
#ifndef CULPRITS_H
#define CULPRITS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CULPRIT_DEATHS = 2 /* after which it is not given away again */, CULPRITS = 256 };

typedef struct {
    struct { uint64_t print; int deaths; int64_t last_death, blocked_until; } at [CULPRITS];
    size_t count;
} culprits; /* zeroed: none */

/* It was with a worker that died, the `death`th of all; of equal ones that one had, one counts. From CULPRIT_DEATHS on
 * it is refused for a minute, and for longer with each death.                                                        */
void culprits_accuse (culprits *, uint64_t print, int64_t death, int64_t now);
/* One like it was answered. */
void culprits_acquit (culprits *, uint64_t print);
bool culprits_has (const culprits *, uint64_t print, int64_t now);
#endif
