/* invoice.c - what a supplier asks to be paid for accepted units: its guard. Dropping and rejecting
 * give the units back to the order's lines, in the statements of those names. */
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

outcome invoice_drop (call *self, const ref_t *in, invoice_t *out)
{
    (void) in;
    return call_step (self, out);
}

outcome invoice_reject (call *self, const reason_given_t *in, invoice_t *out)
{
    (void) in;
    return call_step (self, out);
}
