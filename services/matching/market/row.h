/* row.h - an offer as it is weighed and filtered: its columns, whole numbers, always the same size. What people read of it
 * is its record (records.h).                                                                                            */
#ifndef ROW_H
#define ROW_H
#include "../../../common/vocabulary.h"
#include "../search/index.h"
#include <assert.h>

enum { ROW_ON_REQUEST = -1 };

typedef struct {
    uint64_t record;               /* where its record is */
    uint32_t supplier;             /* number of its enterprise (market.h) */
    uint32_t area;                 /* number of where it is delivered (shelf.h) */
    uint32_t cpv;                  /* the code's eight digits */
    int32_t  price_cents;          /* or ROW_ON_REQUEST */
    uint32_t capacity;             /* 0: not said */
    uint32_t unit;                 /* row_unit; 0: not said */
    uint16_t lead_days, seat;      /* the seat of its enterprise as the offer says it: row_place */
    uint8_t  goals, groups;        /* a bit for each word of their lists */
    uint8_t  sector, national;
} offer_row;
static_assert (sizeof (offer_row) == 40, "rows are written as they lie");

/* All but where its record is, its enterprise and its area. */
offer_row row_of (const offer_t *);
/* The bits of those words of a list. */
uint32_t row_bits (const texts *, const words *);
/* The same number for the same unit, however it is capitalised; 0: none. */
uint32_t row_unit (const char *unit);
/* The number in a code of CBS, GM0153; 0: none. */
uint16_t row_place (const char *code);
enum { ROW_PLACES = 10000 };

/* An id as sixteen bytes; uuid_write of common/text.h is the other way. */
offer_id id_of_text (const char *);
#endif
