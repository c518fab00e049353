/* statistics.c - a table by the tokens' hashes, open addressing. Two tokens with one hash of 64 bits would be one, for
 * every process alike.                                                                                            */
#include "statistics.h"
#include "../search/format.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

typedef struct { uint64_t hash; uint32_t now, edition; } tally;

struct statistics {
    tally  *tallies;
    size_t  mask, count;
    int64_t now, edition; /* offers */
};

enum { FIRST_ROOM = 1 << 12, STEP_BITS = 14, SHARE_BITS = 4, AHEAD = 8 /* tallies that are asked for */ };

static tally *tallies_new (size_t room)
{
    tally *fresh = calloc (room, sizeof *fresh);
    assert (fresh);
    return fresh;
}

statistics *statistics_new (void)
{
    statistics *self = calloc (1, sizeof *self);
    assert (self);
    self->mask = FIRST_ROOM - 1;
    self->tallies = tallies_new (FIRST_ROOM);
    return self;
}

void statistics_destroy (statistics **self_p)
{
    if (*self_p)
        free ((*self_p)->tallies);
    free (*self_p);
    *self_p = NULL;
}

/* 0 marks a free place. */
static uint64_t hash_of (const char *token, size_t size)
{
    uint64_t hash = index_hash (token, size);
    return hash ? hash : 1;
}

static tally *tally_of (const statistics *self, uint64_t hash)
{
    size_t i = hash & self->mask;
    while (self->tallies [i].hash && self->tallies [i].hash != hash)
        i = (i + 1) & self->mask;
    return &self->tallies [i];
}

static void spread (statistics *self)
{
    tally *old = self->tallies;
    size_t room = self->mask + 1;
    self->mask = 2 * room - 1;
    self->tallies = tallies_new (2 * room);
    for (size_t i = 0; i < room; i++)
        if (old [i].hash)
            *tally_of (self, old [i].hash) = old [i];
    free (old);
}

void statistics_count (statistics *self, const index_t *index, int by)
{
    self->now += by * (int64_t) index_offers (index);
    for (uint32_t i = 0; i < index->head.tokens; i++) {
        if (i + AHEAD < index->head.tokens)
            __builtin_prefetch (&self->tallies [index->hashes [i + AHEAD] & self->mask]);
        uint64_t hash = index->hashes [i] ? index->hashes [i] : 1;
        tally *at = tally_of (self, hash);
        if (!at->hash) {
            if (3 * ++self->count > 2 * self->mask) {
                spread (self);
                at = tally_of (self, hash);
            }
            at->hash = hash;
        }
        at->now += (uint32_t) by * index->tokens [i].frequency;
    }
}

void statistics_cut (statistics *self)
{
    self->edition = self->now;
    for (size_t i = 0; i <= self->mask; i++)
        self->tallies [i].edition = self->tallies [i].now;
}

int64_t statistics_offers (const statistics *self)
{
    return self->edition;
}

int64_t statistics_frequency (const statistics *self, const char *token, size_t size)
{
    return tally_of (self, hash_of (token, size))->edition;
}

typedef struct { int64_t now, edition; uint64_t count; } totals;

void statistics_save (const statistics *self, snapshot *to)
{
    snapshot_put (to, &(totals) { self->now, self->edition, self->count }, sizeof (totals));
    snapshot_put (to, self->tallies, (self->mask + 1) * sizeof *self->tallies);
}

bool statistics_load (statistics *self, snapshot *from)
{
    size_t one, room;
    const totals *all = snapshot_array (from, sizeof *all, &one);
    const tally *tallies = snapshot_array (from, sizeof *tallies, &room);
    if (!all || one != 1 || !tallies || !room || room & (room - 1) || all->count >= room)
        return false;
    free (self->tallies);
    self->tallies = tallies_new (room);
    memcpy (self->tallies, tallies, room * sizeof *tallies);
    self->mask = room - 1;
    self->count = all->count;
    self->now = all->now;
    self->edition = all->edition;
    return true;
}

int64_t edition_of (int64_t seq)
{
    int bits = seq < 1 ? 0 : 63 - __builtin_clzll ((uint64_t) seq) - SHARE_BITS;
    bits = bits < 0 ? 0 : bits > STEP_BITS ? STEP_BITS : bits;
    return seq >> bits << bits;
}
