/* market.h - the market as matching knows it: what is offered, by whom and where, and which words lead to it.
 *
 * It is a function of the events applied and of nothing else, so that two processes that applied the same events give the
 * same answers. Of offers it has rows and words at hand; records are read when somebody wants to see them. One thread
 * applies; others may read while none does.                                                                            */
#ifndef MARKET_H
#define MARKET_H
#include "../../../common/service.h"
#include "ledger.h"
#include "names.h"
#include "place.h"
#include "shelf.h"

typedef struct market market;

/* With the cities of the network and nothing else; or as it was kept in `directory`, and then market_seq is not 0 and
 * `epoch` is the one of its events. Borrows the list of words and the directory, both may be NULL: without a directory it
 * is in memory only. *why: what was kept cannot be used, and the market begins anew; NULL: all is well, or nothing was
 * kept. NULL: the directory cannot be used at all.                                                                      */
market *market_new (const wordlist *, const char *directory, uint8_t epoch [16], const char **why);
void market_destroy (market **self_p);
/* What was kept there is of no use any more. */
void market_forget (const char *directory);

/* What is not about organisations, offers, needs, municipalities or CPV codes only moves the sequence on.
 * What was applied shows from market_show on, which says up to which event.                    */
void market_apply (market *, const stream_event *);
void market_show (market *, int64_t seq);

int64_t market_seq (const market *);
/* Offers to look into. */
const shelf *market_shelf (const market *);
/* The same for who merges. */
shelf *market_shelf_to_merge (market *);

/* What the codes of the CPV are called. */
const names *market_names (const market *);

/* An enterprise, or another organisation, as it is weighed. */
typedef struct {
    offer_id              id;
    const organisation_t *record;      /* its newest version; NULL: not heard of */
    uint64_t              record_at;   /* where that is kept; 0: nowhere */
    int64_t               invited_at;  /* when anybody invited it last, microseconds since 1970; 0: never */
    int32_t               label_until; /* the day up to which its best label holds; LABEL_FOREVER, or below 0: it has none */
    uint16_t              seat;        /* row_place; 0: not heard of */
    int32_t               closed_from, closed_until; /* days, both included; CLOSED_NEVER: it is not */
    bool                  admitted, full;
} enterprise;
enum { LABEL_FOREVER = INT32_MAX, LABEL_NEVER = -1, CLOSED_NEVER = -1 };

/* By its number, as a row has it; and by its id, NULL: never heard of. */
const enterprise *market_enterprise (const market *, uint32_t number);
const enterprise *market_enterprise_of (const market *, const char *id);

/* The newest version; NULL when never heard of. */
const need_t *market_need (const market *, const char *id);
/* The record of an offer on the market, a copy in the zone. */
const offer_t *market_offer (const market *, const offer_row *, msgpack_zone *);
/* Its record will be read soon: it is far in the memory. */
void market_expect (const market *, const offer_row *);
/* What was said of needs: publications and invitations. */
const ledger *market_ledger (const market *);
/* Where a municipality is (row_place); NULL when never heard of. */
const point *market_place (const market *, uint16_t place);

/* ---- keeping it: only with a directory ---- */

/* What the next process needs in order to go on from here; the market has been shown. Begun and ended by the thread that
 * applies, the work may be done elsewhere. False: it could not be written; what was kept before still is.             */
typedef struct market_keep market_keep;
market_keep *market_keep_begin (market *, const uint8_t epoch [16]);
bool market_keep_work (market_keep *);
void market_keep_end (market *, market_keep **);
#endif
