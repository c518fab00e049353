/* place.c - distance in whole numbers. */
#include "place.h"
#include <math.h>

/* Metres in a degree of a great circle: 2 pi 6,371,000 / 360. */
enum { METRES_PER_DEGREE = 111195, E5 = 100000 };

/* The largest whole number whose square is not above this one. Below 2^53, and no two places are as far apart, the root that
 * IEEE 754 prescribes is never rounded up to the next whole number: it is the same on every machine.                     */
static int64_t square_root (int64_t square)
{
    return (int64_t) sqrt ((double) square);
}

/* Cosine in millionths, of -90 to 90 degrees: (32400 - 4 d d) / (32400 + d d), after Bhaskara I. */
static int64_t cosine_ppm (int64_t degree_e5)
{
    int64_t d = degree_e5 / 1000, full = INT64_C (324000000); /* d in 1/100 degree */
    return 1000000 * (full - 4 * d * d) / (full + d * d);
}

int64_t point_metres (point a, point b)
{
    int64_t north = ((int64_t) a.latitude_e5 - b.latitude_e5) * METRES_PER_DEGREE / E5;
    int64_t east = ((int64_t) a.longitude_e5 - b.longitude_e5) * METRES_PER_DEGREE / E5;
    int64_t middle = ((int64_t) a.latitude_e5 + b.latitude_e5) / 2;
    east = east * cosine_ppm (middle) / 1000000;
    return square_root (north * north + east * east);
}
