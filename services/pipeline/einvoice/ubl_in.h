/* ubl_in.h - an invoice, credit note or order in UBL 2.1 as somebody else's program wrote it: hostile until read. */
#ifndef UBL_IN_H
#define UBL_IN_H
#include "../../../common/schema.h"

typedef struct {
    const char *order_line;  /* number of the order's line (BT-132) */
    int64_t     quantity, price_cents, percentage;
} ubl_line;

/* What it says, as far as it is used here. Texts that it lacks are NULL. */
typedef struct {
    const char *number, *due, *note, *order_reference, *invoice_number, *seller_id, *buyer_id, *iban;
    int64_t     net_cents, vat_cents, gross_cents;
    ubl_line   *lines;
    size_t      line_count;
} ubl_document;

/* Reads it into the zone. False: it is not such a document, or not one that adds up; every fault with its place. Nothing is
 * fetched, no entity is expanded, a document type is refused, and depth is bounded.                                        */
bool ubl_read (const void *data, size_t size, bool credit, msgpack_zone *, ubl_document *out, faults *wrong);

typedef struct {
    const char *item, *unit;  /* the seller's number of it: an offer; the unit is NULL where it is not said */
    int64_t     quantity, price_cents;
} ubl_order_line;

/* An order, likewise. */
typedef struct {
    const char     *number, *seller_id, *buyer_id;
    int64_t         net_cents; /* -1: it does not say */
    ubl_order_line *lines;
    size_t          line_count;
} ubl_order;

bool ubl_order_read (const void *data, size_t size, msgpack_zone *, ubl_order *out, faults *wrong);
#endif
