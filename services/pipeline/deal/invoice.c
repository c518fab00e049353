/* invoice.c - what a supplier asks to be paid for accepted units: its guards, and what follows when it
 * is issued. Dropping and rejecting give the units back to the order's lines, in the statements of those
 * names; what was sent is corrected by a credit note only. */
#include "../pipeline.h"
#include "deal.h"
#include <string.h>

/* Two people, always: a caller without an account is no person. */
bool invoice_other_person_ordered (const void *thing, const call *now)
{
    const invoice_t *invoice = thing;
    return now->account
        && (!invoice->ordered_by || strcmp (invoice->ordered_by, now->account) != 0);
}

static bool has_address (const invoice_party_t *party)
{
    return (party->kvk_number || party->oin) && party->street && party->postcode && party->city;
}

/* What EN 16931 and NLCIUS want of both (BR-08, BR-10, BR-S-02, BR-NL-1, 3, 4, 10 and 11). */
bool invoice_invoice_details_known (const void *thing, const call *now)
{
    const invoice_t *invoice = thing;
    (void) now;
    return invoice->seller && invoice->buyer && has_address (invoice->seller)
        && has_address (invoice->buyer) && invoice->seller->vat_number && invoice->seller->iban;
}

bool invoice_three_ways_alike (const void *thing, const call *now)
{
    const invoice_t *invoice = thing;
    (void) now;
    return invoice->differing == 0;
}

bool invoice_nothing_credited (const void *thing, const call *now)
{
    const invoice_t *invoice = thing;
    (void) now;
    return invoice->credited_cents == 0;
}

/* On the platform it is with the buyer at once, and compared at once; how it also goes out is posted
 * apart (einvoice/), and waits for nobody. */
outcome invoice_issue (call *self, const ref_t *in, invoice_t *out)
{
    outcome how = call_step (self, out);
    if (how == outcome_done)
        how = call_consequence (self, "invoice_itself", "invoice", "deliver");
    if (how == outcome_done)
        how = call_consequence (self, "invoice_itself", "invoice", "match");
    if (how == outcome_done)
        how = call_load (self, process_find ("invoice"), in->id, out);
    self->version = out->version;
    return how;
}
