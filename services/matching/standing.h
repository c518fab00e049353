/* standing.h - what stands and waits for offers: open needs and saved profiles, found by the words of an offer.
 *
 * It is the index the other way round: each token of an offer leads to those that ask for it, and what it gives them is
 * added up.                                                                                                          */
#ifndef STANDING_H
#define STANDING_H
#include "market/shelf.h"

typedef struct standing standing;

standing *standing_new (void);
void standing_destroy (standing **self_p);

enum { STANDING_TOGETHER = 2 };

/* Waits from now on for offers that earn at least `least` by these tokens, by two of them or by all, and are delivered in the municipality (NULL:
 * anywhere); takes the place of an earlier one under this id. The item is the caller's.                              */
void standing_put (standing *, const offer_id *, const shelf_wanted *, size_t count, int64_t least, const char *municipality,
                   const void *item);
void standing_remove (standing *, const offer_id *);
size_t standing_count (const standing *);

typedef struct { offer_id id; const void *item; int64_t earned; } standing_met;

/* Whom an offer meets, by its words and its area (as of a shelf_offer), in the order of their ids. They live until the
 * next call. One thread at a time.                                                                                  */
size_t standing_meet (standing *, analyser *, const shelf_offer *, const standing_met **met);
#endif
