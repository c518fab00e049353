/* visit.h - a visit to a block of offers: only as many of its tokens are read as could matter (MaxScore; Turtle and Flood
 * 1995). The memory is far: a visit is prepared some visits before, and what it will read is fetched in between.        */
#ifndef VISIT_H
#define VISIT_H
#include "best.h"

/* Where the entries of a token of the query are: of one with a row, in the index; of another, as read for this query. */
typedef struct {
    const uint16_t *near;        /* where they begin */
    const uint8_t  *bounds;      /* by block: the greatest weight; 0: none */
    const uint64_t *spans;       /* by block that has any: where they begin, and in the lower half how many; NULL: in the index */
    uint32_t        factor, row;
} sought;

/* A token in a block: what it could give, and, once they were looked for, its entries. */
typedef struct {
    const sought   *token;
    const uint16_t *at;    /* NULL: not looked for yet */
    uint32_t        count, most;
} here;

/* A visit to a block: its tokens, as the query has them, and what they could give together. */
typedef struct {
    here    *tokens;
    size_t   count, first;  /* first: so many are asked for before */
    uint32_t block, sum;
} visit;

/* What is needed to make visits. */
typedef struct {
    uint32_t sums [INDEX_BLOCK];     /* of the block; all zero between visits */
    uint32_t marks [INDEX_BLOCK];    /* what a token weighs, where the upper bits are those of `mark` */
    uint32_t mark;
    hit_t    candidates [INDEX_BLOCK + 1];
    uint32_t least;                  /* what cannot come to this does not matter any more */
    best_of  best;                   /* by words, where there is no judge */
    const index_judge *judge;        /* or NULL */
    uint32_t *besides;               /* by block: what an offer could have besides its words; and whether all matter there */
    bool     *whole;
} visitor;

/* Which tokens of a query (what is worth most first) are in a block; where entries begin of those that will be read is asked
 * for from the memory.                                                                                                   */
void visit_prepare (const index_t *, const visitor *, visit *, const sought query [], size_t count, uint32_t block);
/* Their entries are asked for. */
void visit_fetch (const index_t *, visit *, const uint64_t *allowed);
/* Offers those of the block to the judge or the best that could be among them; `allowed`, a bit for each of all offers, or NULL: everybody is. */
void visit_make (const index_t *, visitor *, visit *, const uint64_t *allowed);

/* Adds what a token gives to the sums of a block. */
static inline void visit_add (uint32_t *restrict sums, const uint16_t *restrict at, uint32_t count, uint32_t factor)
{
    for (uint32_t i = 0; i < count; i++)
        sums [near_offer (at [i])] += near_weight (at [i]) * factor;
}
#endif
