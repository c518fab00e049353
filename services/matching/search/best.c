/* best.c - counting by score, and an order by counting. */
#define _GNU_SOURCE /* qsort_r */
#include "best.h"
#include "grow.h"
#include <stdlib.h>

void best_begin (best_of *self, uint32_t highest, size_t most, uint32_t least)
{
    self->count = self->from_bin = 0;
    self->most = most;
    self->shift = 0;
    while (highest >> self->shift > BEST_BINS)
        self->shift++;
    self->bin = least >> self->shift;
    self->least = least;
    memset (self->counts, 0, sizeof self->counts);
}

void best_offer (best_of *self, hit_t hit)
{
    self->at = grow (self->at, self->count + 1, &self->room, sizeof *self->at);
    self->at [self->count++] = hit;
    self->counts [hit.score >> self->shift]++;
    uint32_t bin = self->bin;
    size_t from = self->from_bin + 1, most = self->most;
    for (; from - self->counts [bin] >= most; bin++)
        from -= self->counts [bin];
    self->from_bin = from;
    if (bin != self->bin)
        self->least = (self->bin = bin) << self->shift;
}

static int better_first (const void *a, const void *b, void *index)
{
    const hit_t *x = a, *y = b;
    const offer_id *ids = ((const index_t *) index)->ids;
    return x->score != y->score ? (x->score < y->score) - (x->score > y->score) : offer_id_compare (&ids [x->offer], &ids [y->offer]);
}

/* The highest that is in use. */
static uint32_t top_of (const best_of *self)
{
    uint32_t top = 0;
    for (size_t i = 0; i < self->count; i++)
        top = self->at [i].score > top ? self->at [i].score : top;
    return top >> self->shift;
}

/* Into bins, the highest first; those below the lowest that matters are left out. Ids will be compared where scores are equal. */
static void spread (best_of *self, const index_t *index, uint32_t top)
{
    uint32_t at = 0, begins [BEST_BINS + 1];
    for (uint32_t bin = top + 1; bin-- > self->bin; at += self->counts [bin])
        begins [bin] = at;
    self->sorted = grow (self->sorted, self->from_bin, &self->sorted_room, sizeof *self->sorted);
    for (size_t i = 0; i < self->count; i++)
        if (self->at [i].score >> self->shift >= self->bin) {
            __builtin_prefetch (&index->ids [self->at [i].offer]);
            self->sorted [begins [self->at [i].score >> self->shift]++] = self->at [i];
        }
}

size_t best_end (best_of *self, const index_t *index, hit_t *to)
{
    size_t taken = self->from_bin < self->most ? self->from_bin : self->most, at = 0;
    uint32_t top = top_of (self);
    spread (self, index, top);
    for (uint32_t bin = top; at < taken; at += self->counts [bin--])
        if (self->counts [bin] > 1)
            qsort_r (self->sorted + at, self->counts [bin], sizeof *self->sorted, better_first, (void *) (uintptr_t) index);
    if (taken)
        memcpy (to, self->sorted, taken * sizeof *to);
    return taken;
}

void best_free (best_of *self)
{
    free (self->at);
    free (self->sorted);
}
