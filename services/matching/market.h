/* market.h - the market in memory: what is offered, by whom and where, and which words lead to
 * it.
 *
 * It is a function of the events applied and of nothing else, so that two processes that applied
 * the same events give the same answers. One thread applies; others may read while none does.    */
#ifndef MARKET_H
#define MARKET_H
#include "../../common/service.h"
#include "map.h"
#include "place.h"
#include "stems.h"

/* How often a word stands in an offer. */
typedef struct {
    uint32_t slot;         /* of the offer, in market.slots */
    uint16_t title, body;  /* times in its title, and in its description */
} posting;

typedef struct {
    char    *stem;
    posting *postings;
    size_t   count, room;
} term;

typedef struct {
    term **at;
    size_t count, room;
} term_list;

/* The newest version of an organisation, offer or need. */
typedef struct {
    msgpack_zone *zone;    /* holds the record */
    const void   *record;
    int64_t       slot;    /* of an offer on the market; -1: none */
    int64_t       length;  /* words in it, those of the title weighed */
    term_list     terms;   /* each once */
} entry;

typedef struct {
    int64_t   seq;         /* the last event applied */
    map      *organisations, *offers, *needs; /* by id: entry * */
    map      *places;      /* by code of the municipality: point * */
    map      *terms;       /* by stem: term * */
    map      *compounds;   /* by a beginning or end of stems: term_list * of those */
    entry   **slots;       /* offers on the market; NULL: free */
    size_t    slot_count, slot_room;
    int64_t   offer_count, total_length; /* of those on the market */
    stemmer  *stemmer;
} market;

/* With the cities of the network and nothing else. */
market *market_new (void);
void market_destroy (market **self_p);

/* What is not about organisations, offers, needs or municipalities only moves the sequence on. */
void market_apply (market *, const stream_event *);

/* Newest versions; NULL when never heard of. */
const organisation_t *market_organisation (const market *, const char *id);
const need_t *market_need (const market *, const char *id);
/* Where a municipality is; NULL when never heard of. */
const point *market_place (const market *, const char *code);

/* The offers' word with this stem, or NULL. */
const term *market_term (const market *, const char *stem);
/* Calls `found` for each word of the offers that begins or ends this one ("onderhoud" of
 * "tuinonderhoud"), or that this one begins or ends. Parts of less than four letters count for
 * none.                                                                                        */
void market_related (const market *, const char *stem, void (*found) (void *to, const term *),
                     void *to);
#endif
