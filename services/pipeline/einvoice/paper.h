/* paper.h - an invoice, credit note or order as a document, the same for all that write it: UBL, PDF. */
#ifndef PAPER_H
#define PAPER_H
#include "../../../common/call.h"

typedef enum { PAPER_INVOICE, PAPER_CREDIT_NOTE, PAPER_ORDER } paper_kind;

typedef struct {
    int64_t     no, quantity, price_cents, net_cents, percentage;
    const char *description, *unit, *cpv;
    int         vat; /* vat_rate */
} paper_line;

/* Borrows from the records that it was made of. Texts may be NULL where not every kind has them. */
typedef struct {
    paper_kind             kind;
    const char            *number, *date, *due, *note;
    const char            *order_reference; /* the buyer's own, or the order's number */
    const char            *invoice_number;  /* that a credit note corrects */
    const invoice_party_t *seller, *buyer;
    paper_line            *lines;
    size_t                 line_count;
    const vat_share_t     *vat;
    size_t                 vat_count;
    int64_t                net_cents, vat_cents, gross_cents;
    bool                   fictional;
} paper;

/* The document of that kind and id, as far as the caller may read it. Missing also while it is a draft. */
outcome paper_load (call *, paper_kind, const char *id, paper *out);

/* The same of records at hand; of the call only the zone is used. */
void paper_of_invoice (call *, const invoice_t *, paper *out);
void paper_of_credit_note (call *, const credit_note_t *, paper *out);

/* "factuur-2026-1.xml": only letters, digits, dots and dashes of the number. */
const char *paper_file_name (call *, const paper *, const char *ending);
#endif
