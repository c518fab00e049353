/* histogram.c - durations by how often they came. */
#include "histogram.h"

/* The first 16 microseconds have a bucket each; then each doubling has 16. */
static int bucket_of (int64_t us)
{
    if (us < HISTOGRAM_STEPS)
        return us < 0 ? 0 : (int) us;
    int doubling = 63 - __builtin_clzll ((unsigned long long) us);
    int bucket = (doubling - 3) * HISTOGRAM_STEPS + (int) (us >> (doubling - 4)) % HISTOGRAM_STEPS;
    return bucket < HISTOGRAM_BUCKETS ? bucket : HISTOGRAM_BUCKETS - 1;
}

/* The longest duration that belongs to it. */
static int64_t end_of (int bucket)
{
    if (bucket < HISTOGRAM_STEPS)
        return bucket;
    int doubling = bucket / HISTOGRAM_STEPS + 3;
    return ((int64_t) (bucket % HISTOGRAM_STEPS + HISTOGRAM_STEPS + 1) << (doubling - 4)) - 1;
}

void histogram_add (histogram *self, int64_t us)
{
    self->total++;
    self->sum_us += us;
    self->at [bucket_of (us)]++;
}

void histogram_merge (histogram *to, const histogram *from)
{
    to->total += from->total;
    to->sum_us += from->sum_us;
    for (int i = 0; i < HISTOGRAM_BUCKETS; i++)
        to->at [i] += from->at [i];
}

int64_t histogram_part (const histogram *self, double part)
{
    int64_t left = (int64_t) ((double) self->total * part);
    for (int i = 0; i < HISTOGRAM_BUCKETS && self->total; i++)
        if ((left -= self->at [i]) < 0 || (left == 0 && self->at [i]))
            return end_of (i);
    return self->total ? end_of (HISTOGRAM_BUCKETS - 1) : 0;
}

int64_t histogram_until (const histogram *self, int64_t us)
{
    int64_t count = 0;
    for (int i = 0; i <= bucket_of (us); i++)
        count += self->at [i];
    return count;
}
