/* place.c - distance without floating point. */
#include "place.h"
#include <stdlib.h>

/* Metres in a degree of a great circle: 2 pi 6,371,000 / 360. */
enum { METRES_PER_DEGREE = 111195, E5 = 100000 };

/* The largest whole number whose square is not above this one. */
static int64_t square_root (int64_t square)
{
    int64_t root = 0;
    for (int64_t bit = INT64_C (1) << 30; bit; bit >>= 1)
        if ((root + bit) * (root + bit) <= square)
            root += bit;
    return root;
}

/* Cosine in millionths, of -90 to 90 degrees: (32400 - 4 d d) / (32400 + d d), after Bhaskara I. */
static int64_t cosine_ppm (int64_t degree_e5)
{
    int64_t d = degree_e5 / 1000, full = 32400 * 10000; /* d in 1/100 degree */
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
