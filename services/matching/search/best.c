/* best.c - of equal scores the one with the lesser id is better. */
#include "best.h"
#include <endian.h>
#include <string.h>

static uint64_t half_of (const uint8_t *bytes)
{
    uint64_t half;
    memcpy (&half, bytes, sizeof half);
    return be64toh (half);
}

static bool is_worse (const best_of *self, const hit_t *a, const hit_t *b)
{
    if (a->score != b->score)
        return a->score < b->score;
    const uint8_t *x = self->index->ids [a->offer].bytes, *y = self->index->ids [b->offer].bytes;
    uint64_t x_first = half_of (x), y_first = half_of (y);
    return x_first != y_first ? x_first > y_first : half_of (x + 8) > half_of (y + 8);
}

static void sink (best_of *self, hit_t hit)
{
    size_t i = 0;
    for (size_t child; (child = 2 * i + 1) < self->count; i = child) {
        if (child + 1 < self->count && is_worse (self, &self->at [child + 1], &self->at [child]))
            child++;
        if (!is_worse (self, &self->at [child], &hit))
            break;
        self->at [i] = self->at [child];
    }
    self->at [i] = hit;
}

static void rise (best_of *self, hit_t hit)
{
    size_t i = self->count++;
    for (; i && is_worse (self, &hit, &self->at [(i - 1) / 2]); i = (i - 1) / 2)
        self->at [i] = self->at [(i - 1) / 2];
    self->at [i] = hit;
}

void best_offer (best_of *self, hit_t hit)
{
    if (self->count < self->most)
        rise (self, hit);
    else if (is_worse (self, &self->at [0], &hit))
        sink (self, hit);
    if (self->count == self->most && self->at [0].score > self->least)
        self->least = self->at [0].score;
}

size_t best_sort (best_of *self)
{
    size_t count = self->count;
    while (self->count > 1) {
        hit_t worst = self->at [0], last = self->at [--self->count];
        sink (self, last);
        self->at [self->count] = worst;
    }
    return count;
}
