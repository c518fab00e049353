/* best.h - the best of what is offered. How many there are of which score is counted, coarsely: so it is known at once below
 * which score nothing matters any more. They are put in order only in the end.                                          */
#ifndef BEST_H
#define BEST_H
#include "format.h"

enum { BEST_BINS = 1024 };

typedef struct {
    hit_t   *at, *sorted;           /* what was offered; room for as many */
    size_t   count, room, sorted_room;
    size_t   most;                  /* so many are wanted */
    uint32_t counts [BEST_BINS + 1];/* of those offered, by their score >> shift */
    uint32_t bin;                   /* the lowest with any of the best */
    size_t   from_bin;              /* how many are in that and all above */
    unsigned shift;
    uint32_t least;                 /* no score below this is wanted; rises */
} best_of;

/* None yet, of scores up to `highest`; the best `most`, one or more. */
void best_begin (best_of *, uint32_t highest, size_t most, uint32_t least);
/* A hit whose score is not below `least`. */
void best_offer (best_of *, hit_t);
/* Best first, of equal scores the one with the lesser id; answers how many. */
size_t best_end (best_of *, const index_t *, hit_t *to);
void best_free (best_of *);
#endif
