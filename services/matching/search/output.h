/* output.h - an index being written, token by token. */
#ifndef OUTPUT_H
#define OUTPUT_H
#include "format.h"

typedef struct { uint32_t offer; uint8_t weight; } entry;

typedef struct output output;

/* For so many offers. */
output *output_new (uint32_t offers);
/* All offers in order, and then all tokens in the order of index_compare, each with its entries by rising offer: one at
 * least.                                                                                                            */
void output_offer (output *, uint64_t key, const offer_id *);
void output_token (output *, const char *text, size_t size, const entry *, uint32_t count);
/* The block of bytes, for the caller to free. */
void *output_finish (output **self_p, size_t *size);
#endif
