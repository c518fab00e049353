/* culprits.c - what may have killed workers. */
#include "culprits.h"
#include <string.h>

enum { BLOCK_US = 60000000 };

static size_t find (const culprits *self, uint64_t print)
{
    size_t i = 0;
    while (i < self->count && self->at [i].print != print)
        i++;
    return i;
}

void culprits_accuse (culprits *self, uint64_t print, int64_t death, int64_t now)
{
    size_t i = find (self, print);
    if (i == CULPRITS) /* the one accused first is forgotten */
        memmove (self->at, self->at + 1, (i = --self->count) * sizeof *self->at);
    if (i == self->count) {
        memset (&self->at [self->count++], 0, sizeof *self->at);
        self->at [i].print = print;
    }
    if (self->at [i].last_death == death)
        return;
    self->at [i].last_death = death;
    if (++self->at [i].deaths >= CULPRIT_DEATHS)
        self->at [i].blocked_until = now + (self->at [i].deaths - CULPRIT_DEATHS + 1) * (int64_t) BLOCK_US;
}

void culprits_acquit (culprits *self, uint64_t print)
{
    size_t i = find (self, print);
    if (i < self->count)
        self->at [i] = self->at [--self->count];
}

bool culprits_has (const culprits *self, uint64_t print, int64_t now)
{
    size_t i = find (self, print);
    return i < self->count && self->at [i].blocked_until > now;
}
