/* market_inside.h - what a market is made of: for market.c and market_snapshot.c only. */
#ifndef MARKET_INSIDE_H
#define MARKET_INSIDE_H
#include "../search/grow.h"
#include "map.h"
#include "market.h"
#include "records.h"

/* The newest version of a need. */
typedef struct {
    msgpack_zone *zone; /* holds it */
    const need_t *record;
    uint64_t      at;   /* where it is kept */
} kept_need;

typedef struct { point at; bool known; } known_place;

struct market {
    int64_t         seq;
    const wordlist *words;
    const char     *directory;  /* NULL: in memory */
    records       *records;     /* NULL: not open yet */
    shelf         *shelf;
    names         *names;       /* of CPV codes */
    map           *numbers;     /* of enterprises by their id's bytes: number, plus one */
    enterprise    *enterprises;
    msgpack_zone **zones;       /* each holds its record, or is NULL */
    size_t         enterprise_room, zone_room;
    uint32_t       count;       /* of enterprises */
    map           *needs;       /* by id: kept_need * */
    ledger        *ledger;      /* what was said of needs */
    known_place    places [ROW_PLACES];
    msgpack_zone  *scratch;     /* of the thread that applies */
};

/* Opens its records, of which the first `used` bytes were kept. NULL: it cannot be, *why says it. */
records *market_open_records (const market *, uint64_t used, const char **why);
/* Goes on from what was kept, into a market without records. False: it cannot; *why is NULL if nothing was kept. */
bool market_resume (market *, uint8_t epoch [16], const char **why);
uint32_t market_number (market *, const offer_id *);
/* From what is kept there. */
void market_know (market *, uint32_t number, uint64_t at);
void market_know_need (market *, uint64_t at);
#endif
