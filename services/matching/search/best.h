/* best.h - the best of what is offered: a heap with the worst of them on top. */
#ifndef BEST_H
#define BEST_H
#include "format.h"

typedef struct {
    const index_t *index;
    hit_t         *at;
    size_t         count, most;
    uint32_t       least;  /* no score below this is wanted; rises */
} best_of;

/* A hit whose score is not below `least`. */
void best_offer (best_of *, hit_t);
/* Best first; answers how many. */
size_t best_sort (best_of *);
#endif
