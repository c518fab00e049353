/* market.h - the market in memory: what is offered, by whom and where, and which words lead to
 * it.
 *
 * It is a function of the events applied and of nothing else, so that two processes that applied
 * the same events give the same answers. One thread applies; others may read while none does.    */
#ifndef MARKET_H
#define MARKET_H
#include "../../common/service.h"
#include "map.h"
#include "names.h"
#include "place.h"
#include "shelf.h"

typedef struct market market;

/* With the cities of the network and nothing else. Borrows the list of words, which may be NULL. */
market *market_new (const wordlist *);
void market_destroy (market **self_p);

/* What is not about organisations, offers, needs, municipalities or CPV codes only moves the sequence on.
 * What was applied shows from market_show on, which says up to which event.                    */
void market_apply (market *, const stream_event *);
void market_show (market *, int64_t seq);

int64_t market_seq (const market *);
/* Offers to look into; each `item` of it is an offer_t. */
const shelf *market_shelf (const market *);
/* The same for who merges. */
shelf *market_shelf_to_merge (market *);

/* What the codes of the CPV are called. */
const names *market_names (const market *);

/* Newest versions; NULL when never heard of. */
const organisation_t *market_organisation (const market *, const char *id);
const need_t *market_need (const market *, const char *id);
const offer_t *market_offer (const market *, const char *id);
/* Where the index has an offer; false: it is not on the market. */
bool market_find (const market *, const offer_t *, shelf_found *);
/* When an enterprise was last invited by anybody, microseconds since 1970; 0: never. */
int64_t market_invited_at (const market *, const char *id);
/* Where a municipality is; NULL when never heard of. */
const point *market_place (const market *, const char *code);
#endif
