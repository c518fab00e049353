/* histogram.h - durations by how often they came: 16 steps to each doubling, so that a percentile is right to 6 %. */
#ifndef HISTOGRAM_H
#define HISTOGRAM_H
#include <stdint.h>

enum { HISTOGRAM_STEPS = 16, HISTOGRAM_BUCKETS = HISTOGRAM_STEPS * 37 }; /* up to 2^40 µs, twelve days */

/* All zero is an empty one. */
typedef struct {
    int64_t total, sum_us;
    int64_t at [HISTOGRAM_BUCKETS];
} histogram;

void    histogram_add (histogram *, int64_t us);
void    histogram_merge (histogram *to, const histogram *from);
/* The least duration, in microseconds, below which `part` of all are; 0 when there are none. */
int64_t histogram_part (const histogram *, double part);
/* How many took at most so long; exact for powers of two, else up to the end of its step. */
int64_t histogram_until (const histogram *, int64_t us);
#endif
