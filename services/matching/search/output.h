/* output.h - an index being written, token by token. */
#ifndef OUTPUT_H
#define OUTPUT_H
#include "format.h"

/* An offer's number, and a weight in the lower six bits. */
typedef uint32_t entry;

enum { OFFERS_MOST = 1 << (32 - WEIGHT_BITS) };

static inline entry entry_of (uint32_t offer, uint32_t weight)
{
    return offer << WEIGHT_BITS | weight;
}

typedef struct output output;

/* For so many offers; OFFERS_MOST at most. */
output *output_new (uint32_t offers);
/* All offers in order, and then all tokens by rising hash, each with its entries by rising offer: one at least. */
void output_offer (output *, uint64_t key, const offer_id *);
void output_token (output *, uint64_t hash, bool gram, const entry *, uint32_t count);
/* The block of bytes, for the caller to free. */
void *output_finish (output **self_p, size_t *size);
#endif
