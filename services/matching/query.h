/* query.h - the words of a need, and what each offer on the market earns by them. */
#ifndef QUERY_H
#define QUERY_H
#include "rank.h"

/* Fills query and query_count: each stem once, the title's first. */
void query_read (ranking *, const need_t *);

/* What an offer earned, and by which words of the query. */
typedef struct {
    int64_t  earned;
    uint64_t words;
} hit;

/* Per slot of the market, in the zone; fills `most` of each word. *reference is what an offer
 * earns with the six words of the need that tell most in its title.                           */
hit *query_run (ranking *, const market *, msgpack_zone *, int64_t *reference);
#endif
